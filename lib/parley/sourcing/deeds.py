"""What is done is not said: verbs that bring in words only where their object is something said."""

from parley.text.lists import word_set
from parley.text.tokens import Tokens

_NEAR = 10  # tokens of the object that are looked at
_DEEDS = word_set("release fire launch lay push pass put send deliver file respond")
# What can be said, shown or printed ("released a statement", not "released 13 hostages").
_SAID = word_set(
    "statement report poll survey study list letter video ad advert memo email message detail data result plan proposal "
    "bill budget transcript document finding figure speech remark comment verdict ruling order warning criticism doubt "
    "blame shade ballot vote complaint lawsuit suit brief motion petition return record book song policy resolution law "
    "legislation line answer response attack claim name word tweet information schedule platform"
)

_NAMED = word_set("named identified quoted")


def stays_unnamed(t: Tokens, start: int) -> bool:
    """Whether what stands behind "declined" or "asked" is only that somebody's name be left out: "not to be named"."""
    return t.low[start : start + 2] == ["to", "be"] and not _NAMED.isdisjoint(t.low[start + 2 : start + 3])


def is_deed(t: Tokens, lemma: str, source: str, start: int, end: int) -> bool:
    """Whether a verb with the object `start` to `end` tells what somebody did, or a place saw, and not what he said."""
    if any(t.inside[start:end]):
        return False
    if lemma == "see":  # "the city saw heavy shelling", not "the voters saw him as a rival"
        return source == "noun" and "as" not in t.low[start:end]
    stop = min(end, start + _NEAR)
    behind = (k for k in range(start + 1, stop) if t.kind[k] == "prep" and t.low[k] != "of")
    words = t.low[start : next(behind, stop)]  # "fired rockets in an attack", but "fired back at him"
    return lemma in _DEEDS and words[:1] != ["back"] and _SAID.isdisjoint(word.removesuffix("s") for word in words)
