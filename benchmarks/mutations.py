"""Read thousands of damaged texts through every table of a study; none may stop it.

    python benchmarks/mutations.py --texts FOLDER --count 20000

Texts of the five articles and of the folder lose, double and move marks, change case, run together and break off, drawn
with a fixed seed. Whatever raises is printed with the seed of its text; `--seed N --count 1` reads that text alone.
"""

import argparse
import random
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from parley import study_from_table
from parley.stance import concordance

TEXTS = Path(__file__).parents[1] / "corpus" / "texts"
MARKS = "“”\"‘’'`«».,:;?!…—–-()[]\n"
STRAY = (*MARKS, "''", "``", "...", "’S ", "'S ", "\n\n", " \xa0", "\u00ad", "\u200b", "İ", "U.S. ", "Mr. ", "\r\n")
SIDES = {
    "town": {"Ada Lund": ["Lund", "the mayor"], "Norland": ["Norby"], "residents": ["citizens"]},
    "us": {
        "Donald Trump": ["Trump"],
        "U.S.": ["US", "Washington"],
        "FBI": [],
        "State Department": ["state department"],
    },
    "russia": {"Russia": ["Moscow"], "Sergei Lavrov": ["Lavrov", "Russian Foreign Minister"]},
}
KEYWORDS = {
    "pause": ["truce", "ceasefire", "pause", "deal", "talks"],
    "fight": ["war", "ban", "strike", "attack", "plan"],
}
BATCH = 50


def mutate(texts: Sequence[str], seed: int) -> str:
    """One of the texts, or a part of it, damaged in one to six ways."""
    draw = random.Random(seed)
    text = draw.choice(texts)
    start = draw.randrange(max(1, len(text) - 600))
    text = text[start : start + draw.choice((80, 600, 2500))]
    for _ in range(draw.randint(1, 6)):
        text = draw.choice(WAYS)(text, draw)
    return text


def drop_marks(text: str, draw: random.Random) -> str:
    """Without one kind of mark, here and there or everywhere."""
    mark, share = draw.choice(MARKS), draw.choice((0.3, 1))
    return "".join(one for one in text if one != mark or draw.random() > share)


def double_marks(text: str, draw: random.Random) -> str:
    """With some marks twice or more."""
    times = draw.randint(2, 4)
    return "".join(one * times if one in MARKS and draw.random() < 0.2 else one for one in text)


def move_marks(text: str, draw: random.Random) -> str:
    """With some characters, marks above all, at other places."""
    signs = list(text)
    places = [k for k, sign in enumerate(signs) if sign in MARKS]
    for k in draw.sample(places, len(places) // 3):
        other = draw.randrange(len(signs))
        signs[k], signs[other] = signs[other], signs[k]
    return "".join(signs)


def add_marks(text: str, draw: random.Random) -> str:
    """With marks and other strange things thrown in."""
    for _ in range(draw.randint(1, 8)):
        k = draw.randint(0, len(text))
        text = text[:k] + draw.choice(STRAY) + text[k:]
    return text


def change_case(text: str, draw: random.Random) -> str:
    """In another case from somewhere to somewhere."""
    a, b = sorted(draw.randint(0, len(text)) for _ in range(2))
    return text[:a] + draw.choice((str.upper, str.lower, str.title, str.swapcase))(text[a:b]) + text[b:]


def join_lines(text: str, draw: random.Random) -> str:
    """In fewer paragraphs, or in more."""
    return text.replace("\n", draw.choice(("", " "))) if draw.random() < 0.5 else text.replace(". ", ".\n")


def cut_words(text: str, draw: random.Random) -> str:
    """With words lost, doubled or broken off."""
    words = text.split(" ")
    for _ in range(draw.randint(1, 10)):
        k = draw.randrange(len(words))
        word = words[k]
        words[k] = draw.choice(("", f"{word} {word}", word[: len(word) // 2], word[len(word) // 2 :], word + "’S"))
    return " ".join(words)


def edit(text: str, draw: random.Random) -> str:
    """As another outlet prints it: some words, one or a dozen in a row, cut, added or put in the place of others."""
    words = text.split(" ")
    for _ in range(draw.randint(3, 10)):
        k, other = draw.randrange(len(words)), draw.randrange(len(words))
        words[k : k + draw.choice((0, 1, 2, 5, 12))] = words[other : other + draw.choice((0, 1, 2, 5, 12))]
    return " ".join(words)


WAYS = (drop_marks, double_marks, move_marks, add_marks, change_case, join_lines, cut_words)


def tables(texts: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Every table of a study of these texts, by name, in which every attribution is where it says."""
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # empty texts and control characters are to be expected
        study = study_from_table(frame, keywords=KEYWORDS, sides=SIDES)
        names = ("segments", "sentences", "attributions", "mentions", "passages")
        made = {name: getattr(study, name) for name in names} | {"concordance": concordance(study, "the")}
    text = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    for row in made["attributions"].itertuples():
        assert row.content_text == " … ".join(text[row.article_id][start:end] for start, end in row.content)
    return made


def main() -> int:
    """Read the mutated texts in batches, and one by one where a batch fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, help="a folder of .txt files, beside the five articles")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="the first one; each text has the next")
    asked = parser.parse_args()
    paths = [*sorted(TEXTS.glob("*.txt")), *sorted(asked.texts.glob("*.txt") if asked.texts else [])]
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    seeds = range(asked.seed, asked.seed + asked.count)
    failed = 0
    for first in range(0, len(seeds), BATCH):
        batch = {f"m{seed}": mutate(texts, seed) for seed in seeds[first : first + BATCH]}
        try:
            tables(batch)
        except Exception:
            for name, text in [*batch.items(), ("batch", None)]:
                try:
                    tables({name: text} if text is not None else batch)
                except Exception:
                    if text is None and failed:
                        continue
                    failed += 1
                    print(f"seed {name[1:]}: {text!r}\n{traceback.format_exc(limit=-3)}", flush=True)
        if first % 1000 == 0:
            print(f"{first + len(batch)} read, {failed} failed", file=sys.stderr, flush=True)
    print(f"{len(seeds)} mutated texts, {failed} stopped a study")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
