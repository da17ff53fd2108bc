"""How well mentions and their polarity are read, and how fast words are matched.

    python benchmarks/stance.py [POLNEAR]

POLNEAR is a folder with a copy of PolNeAR (articles in train/text); without it only the study of this
repository and the speed are measured. See stance_coding.md for the coding.
"""

import argparse
import re
import time
import warnings
from pathlib import Path

import pandas as pd
from results import record
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score

from parley import Study, load_study, study_from_table
from parley.codings import names, read_mentions
from parley.corpus.corrections import POLARITIES
from parley.keywords.matching import find_mentions
from parley.stance import mentions

CODING = Path(__file__).with_name("stance_coding.csv")
SENTENCES = CODING.with_name("stance_sentences.csv")
WORDS = CODING.with_name("stance_words.txt").read_text(encoding="utf-8").splitlines()
MEGABYTES = 100


def read_texts(polnear: Path, articles: list[str]) -> pd.DataFrame:
    texts = [
        (polnear / "train" / "text" / f"{name}.txt").open(encoding="utf-8", newline="").read() for name in articles
    ]
    return pd.DataFrame({"article_id": articles, "text": texts})


def as_body(study: Study, coded: pd.DataFrame) -> Study:
    """The study with every coded mention in its prose: readers also coded notes that count as furniture."""
    segments = study.segments.copy()
    for mention in coded.itertuples():
        here = (
            segments["article_id"].eq(mention.article_id)
            & segments["start"].le(mention.start)
            & segments["end"].gt(mention.start)
        )
        segments.loc[here & segments["kind"].isin(["furniture", "repeat"]), "kind"] = "body"
    return study.but(segments=segments)


def read_part(polnear: Path, part: str) -> pd.DataFrame:
    """One part of the coding, and beside each mention what the rules read: `polarity_found`, missing if not found."""
    coded = pd.read_csv(CODING).query("part == @part")
    table = read_texts(polnear, sorted(coded["article_id"].unique()))
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        # Each article is a study of its own, so that none is judged by what it shares with the others.
        for k in range(len(table)):
            study = study_from_table(table.iloc[[k]], keywords={word: [word] for word in WORDS})
            here = coded[coded["article_id"] == table["article_id"].iloc[k]]
            found.append(mentions(as_body(study, here)))
    return coded.merge(pd.concat(found), on=["article_id", "start", "end"], how="left", suffixes=("", "_found"))


def judge(polnear: Path, part: str, command: str) -> None:
    """Score one part of the coding: every coded mention, one that is not found as neutral."""
    both = read_part(polnear, part)
    answer = both["polarity_found"].fillna("neutral")
    record("stance", f"{part} part: coded mentions", len(both), "mentions", command)
    record(
        "stance",
        f"{part} part: mentions found",
        int(both["polarity_found"].notna().sum()),
        "mentions",
        command,
    )
    record("stance", f"{part} part: macro F1", f1_score(both["polarity"], answer, average="macro"), "F1", command)
    record("stance", f"{part} part: right", float((both["polarity"] == answer).mean()), "share", command)
    if part == "spent":
        return
    scores = f1_score(both["polarity"], answer, average=None, labels=POLARITIES)
    for polarity, score in zip(POLARITIES, scores, strict=True):
        record("stance", f"{part} part: F1, {polarity}", score, "F1", command)
    matrix = confusion_matrix(both["polarity"], answer, labels=POLARITIES)
    for polarity, row in zip(POLARITIES, matrix, strict=True):
        for answered, number in zip(POLARITIES, row, strict=True):
            record("stance", f"{part} part: coded {polarity}, read {answered}", int(number), "mentions", command)
    if part == "kept":
        readers = f1_score(both["first"], both["second"], average="macro")
        record("stance", f"{part} part: one reading against the other, macro F1", readers, "F1", command)


def written(command: str) -> None:
    """The sentences written for this: outright stances, and indirect ones."""
    table = pd.read_csv(SENTENCES)
    place = table["sentence"].str.extract(r"^(?P<before>.*)\[(?P<mention>.*)\](?P<after>.*)$")
    table["text"] = place["before"] + place["mention"] + place["after"]
    table["article_id"] = table.index.map("s{:04d}".format)
    table["start"] = place["before"].str.len()
    table["end"] = table["start"] + place["mention"].str.len()
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        # One study a word: "land reform" would else hide the "reform" in it.
        for word, rows in table.groupby(place["mention"].str.lower()):
            study = study_from_table(rows[["article_id", "text"]], keywords={"word": [word]})
            found.append(mentions(as_body(study, rows))[["article_id", "start", "end", "polarity"]])
    both = table.merge(pd.concat(found), on=["article_id", "start", "end"], how="left", suffixes=("", "_found"))
    both["answer"] = both["polarity_found"].fillna("neutral")
    for (name, part), rows in both.groupby(["set", "part"]):
        label = f"{name} sentences, {part} part"
        record("stance", f"{label}: sentences", len(rows), "sentences", command)
        score = f1_score(rows["polarity"], rows["answer"], average="macro")
        record("stance", f"{label}: macro F1", score, "F1", command)
        record("stance", f"{label}: right", float((rows["polarity"] == rows["answer"]).mean()), "share", command)


def agreement(command: str) -> None:
    """How far the two readings agree, of the mentions that were read twice."""
    coded = pd.read_csv(CODING).dropna(subset="second")
    record(
        "stance",
        "agreement of the two readings, Cohen's kappa",
        cohen_kappa_score(coded["first"], coded["second"]),
        "kappa",
        command,
    )
    record("stance", "readings that differ", int((coded["first"] != coded["second"]).sum()), "mentions", command)


def own_study(command: str) -> None:
    """The five articles against their coding. The rules were written with these in view: in-sample."""
    study = load_study(Path(__file__).parents[1] / "corpus")
    coded = read_mentions(study, names(study)[0])
    found = mentions(study)
    both = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    record("stance", "five articles: coded mentions", len(coded), "mentions", command)
    record("stance", "five articles: found and coded", len(both), "mentions", command)
    record("stance", "five articles: found, not coded", len(found) - len(both), "mentions", command)
    for column in ("polarity", "holder", "side"):
        right = both[column].fillna("") == both[f"{column}_coded"].fillna("")
        record("stance", f"five articles: {column} right", int(right.sum()), "mentions", command)


def speed(texts: list[str], command: str) -> None:
    """CPU time for one word over 100 MB of text, beside a plain regular expression in the same run."""
    size = sum(len(text.encode()) for text in texts)
    texts = texts * (MEGABYTES * 10**6 // size + 1)
    size = sum(len(text.encode()) for text in texts) / 1e6
    for word in ("truce", "wall"):
        # All forms of the word, as a reader would write them down, without case.
        plain = re.compile(
            rf"(?<!\w){word[:-1]}(?:{word[-1]}|{word[-1]}s|{word[-1]}d|{word[-1]}ed|ing|{word[-1]}ing)(?!\w)",
            re.IGNORECASE,
        )
        start = time.process_time()
        found = [match.span() for text in texts for match in plain.finditer(text)]
        between = time.process_time()
        ours = [mention[:2] for text in texts for mention in find_mentions(text, {"word": [word]})]
        end = time.process_time()
        if found != ours:
            raise SystemExit(f"speed: {word}: the two ways of matching differ, {len(found)} and {len(ours)} places.")
        record("stance", f"matching {word!r} in 100 MB", (end - between) * 100 / size, "CPU s", command)
        record(
            "stance",
            f"matching {word!r} in 100 MB by a plain regular expression",
            (between - start) * 100 / size,
            "CPU s",
            command,
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("polnear", nargs="?", type=Path, help="folder with a copy of PolNeAR")
    arguments.add_argument(
        "--part",
        choices=["develop", "spent", "kept", "all"],
        default="all",
        help="which part of the coding to score",
    )
    given = arguments.parse_args()
    command = "python benchmarks/stance.py" + (" POLNEAR" if given.polnear else "")
    agreement(command)
    own_study(command)
    written(command)
    if given.polnear:
        texts = read_texts(
            given.polnear, sorted(path.stem for path in (given.polnear / "train" / "text").glob("*.txt"))
        )
        speed(texts["text"].tolist(), command)
        for part in ["develop", "spent", "kept"] if given.part == "all" else [given.part]:
            judge(given.polnear, part, command)
    else:
        speed(load_study(Path(__file__).parents[1] / "corpus").articles["text"].tolist(), command)


if __name__ == "__main__":
    main()
