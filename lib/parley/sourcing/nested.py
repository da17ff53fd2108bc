"""A voice inside a voice: what somebody is said to have said ("The mayor said the union had accused him").

The content of an attribution is read once more, as a text of its own.
"""

import re
from collections.abc import Mapping, Sequence

from parley.sourcing.cues import CUES
from parley.sourcing.finder import BRINGS_IN, find_runs, in_text, worded
from parley.sourcing.rules import sureness
from parley.text.lists import word_set

LEAST = 0.6  # nothing is counted on PolNeAR, which does not nest: twice as sure as for what stands outside
_MARKS = " ,“”\"'‘’«»`"
_DEEPEST = 3  # "The mayor said the union backed a call by the guards to": contents inside contents
_OPENINGS = ("that ", "to ")
# Who speaks inside a content and is not somebody else, or nobody in particular.
_NOBODY_ELSE = word_set(
    "i we you it this that these those which who what one there my our your anyone anybody someone somebody whoever"
)
_WORDS = re.compile(r"[^\W_]+")


def find_nested(text: str, record: Mapping[str, Sequence[tuple[int, int]]], depth: int = _DEEPEST) -> list[dict]:
    """Find the attributions inside the content of another one, and inside theirs, as `find_attributions` gives them."""
    # What the outer speaker says of himself as I or we is left out; that "he" is he is for `resolve` to tell.
    found = []
    for start, end in record["content"]:
        inner = text[start:end].rstrip(_MARKS).lstrip(_MARKS)
        inner = next((inner[len(word) :] for word in _OPENINGS if inner.lower().startswith(word)), inner)
        if not BRINGS_IN.search(inner) and CUES.keys().isdisjoint(_WORDS.findall(inner.lower())):
            continue  # half of all contents: nobody is said to say anything there
        at = text.find(inner, start)
        t, read = find_runs(inner, headlines=[(0, 0)])  # a content's first line is no headline, whatever it looks like
        for one in read:
            if depth > 1:
                found += find_nested(text, in_text(t, one, at), depth - 1)
            if sureness(one) < LEAST or not one["source"] or not one["content"]:
                continue
            first = t.low[one["source"][0][0]].split("'")[0]
            if first not in _NOBODY_ELSE:
                found.append(in_text(t, one, at))
    return [one for one in found if one["source"] and worded(text, one)]
