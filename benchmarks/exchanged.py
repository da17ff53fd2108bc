"""News of any size from PolNeAR's articles: sentences and words change places between them, so that none is another's copy."""

import random
import re
from pathlib import Path

from parley.text.sentences import split

_WORD = re.compile(r"[A-Za-z]+")
# Verbs and words by which sources, quotations and stances are found stay where they are.
_STAY = re.compile(r"[A-Z]|.{0,3}$|.*(?:ed|ing|ly)$|(?:said|says|told|tells|that|with|from|according|would|will|have)$")
RUN = 3  # in so many words one is exchanged, so that no five in a row are those of another copy of the sentence


def read_texts(polnear: Path) -> list[str]:
    """The texts of PolNeAR's train part."""
    return [path.read_bytes().decode("utf-8") for path in sorted((polnear / "train" / "text").glob("*.txt"))]


def exchanged(texts: list[str], articles: int, seed: int = 19) -> list[str]:
    """So many articles with the lengths of `texts`, of their sentences and words."""
    draw = random.Random(seed)
    lengths = [[len(split(line)) for line in text.split("\n") if line.strip()] for text in texts]
    sentences = [line[a:b] for text in texts for line in text.split("\n") for a, b in split(line)]
    words = [word for one in sentences for word in _WORD.findall(one) if not _STAY.match(word)]

    def another(sentence: str) -> str:
        """A sentence with other words: of each run, the longest that may change."""
        out, at, run = [], 0, []
        for found in [*_WORD.finditer(sentence), None]:
            run += [found] if found else []
            if len(run) == RUN or not found:
                free = [one for one in run if not _STAY.match(one[0])] or run[:1]
                if free:
                    one = max(free, key=lambda one: len(one[0]))
                    out += [sentence[at : one.start()], draw.choice(words)]
                    at = one.end()
                run = []
        return "".join([*out, sentence[at:]])

    made = []
    for number in range(articles):
        lines = (" ".join(another(draw.choice(sentences)) for _ in range(n)) for n in lengths[number % len(lengths)])
        made.append("\n".join(lines))
    return made
