"""An article's cast: who is mentioned where, what they are called, and on whose side they stand."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.sourcing.names import Name, find_names, title
from parley.sourcing.people import BODIES, LISTS, Directory, adjective_side, folded
from parley.text.quotations import around, quotations
from parley.text.sentences import split
from parley.text.words import Word, words

DESCRIBED_BODIES = BODIES | LISTS["company"] | LISTS["watchdog"]
# However long a sentence is, no more is looked at for one question, so that work grows with the text.
MOST = 50


class Who(NamedTuple):
    """Whom a source phrase stands for."""

    speaker: str | None
    side: str | None
    named: bool
    sort: str  # person, body, people, joint, spokesman, or empty
    first: int | None = None  # the attribution that brought in an unnamed source, for a name found later


NOBODY = Who(None, "unclear", False, "")


class Cast(NamedTuple):
    """What an article's text tells about the people and bodies in it."""

    text: str
    directory: Directory
    names: list[Name]
    starts: list[int]  # of the names
    quotes: list[tuple[int, int]]
    sentences: list[int]  # where each begins
    sources: dict[int, list[tuple[int, Who]]]  # by sentence: place, who; filled in from left to right
    sides: dict[str, str]  # of people and bodies the study does not list: from how they are introduced
    kept: dict  # what only some articles need: genders, titles


def read_cast(text: str, directory: Directory) -> Cast:
    """Read names, quotations and sentences off a text."""
    names = find_names(text, directory)
    quotes = quotations(text)
    sentences, at = [0], 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            sentences += [at + start for start, _ in split(line) if not around(quotes, at + start)]
        at += len(line)
    return Cast(text, directory, names, [name.start for name in names], quotes, sentences, {}, {}, {})


def sentence_of(cast: Cast, place: int) -> int:
    """The number of the sentence that a place stands in."""
    return bisect_right(cast.sentences, place) - 1


def names_of(cast: Cast, sentence: int) -> list[Name]:
    """The names in a sentence, the first ones of a very long one."""
    end = cast.sentences[sentence + 1] if sentence + 1 < len(cast.sentences) else len(cast.text)
    first = bisect_left(cast.starts, cast.sentences[sentence])
    return cast.names[first : min(first + MOST, bisect_left(cast.starts, end))]


def names_in(cast: Cast, start: int, end: int) -> list[Name]:
    """The names that stand inside a stretch of text; what comes before them there may be cut off."""
    k = bisect_left(cast.starts, start)
    if k and cast.names[k - 1].at >= start:
        k -= 1
    found = []
    while k < len(cast.names) and cast.names[k].start < end:
        if cast.names[k].end <= end + 1:  # U.N. at the end of a sentence
            found.append(cast.names[k])
        k += 1
    return found


def side_of(cast: Cast, name: Name, start: int, end: int) -> str:
    """A listed speaker's side; others keep the side of what they are introduced with."""
    if name.name in cast.directory.side:
        return cast.directory.side[name.name]
    if not cast.directory.side:
        return "other"
    if name.name not in cast.sides:
        cast.sides[name.name] = side_in(cast, start, end) or _side_introduced(cast, name.name) or ""
    return cast.sides[name.name] or "other"


def _side_introduced(cast: Cast, speaker: str) -> str | None:
    """The side in the words around the first mentions of somebody that come with a title."""
    if "mentions" not in cast.kept:
        cast.kept["mentions"] = mentions = defaultdict(list)
        for name in cast.names:
            mentions[name.name].append(name)
    for name in cast.kept["mentions"][speaker][:5]:
        if title(cast.text, name):
            line = cast.text.rfind("\n", max(0, name.at - 60), name.at) + 1
            before = re.search(r"[^,.;:“”\"]*$", cast.text[max(line, name.at - 60) : name.at])
            behind = re.match(r", [^.;:\n]{0,80}", cast.text[name.end : name.end + 90])
            if side := side_in(cast, name.at - len(before[0]), name.end + (len(behind[0]) if behind else 0)):
                return side
    return None


def side_in(cast: Cast, start: int, end: int) -> str | None:
    """The side of the first body or group in a stretch of text, or of the first state in an adjective."""
    text = cast.text
    listed = next((name for name in names_in(cast, start, end) if name.listed), None)
    before = words(text[start : listed.start if listed else end])
    if listed and listed.sort == "people" and LISTS["preposition"].isdisjoint(word.form for word in before):
        return cast.directory.side[listed.name]  # "Elbonian rebels" are rebels first
    for word in before:
        if text[start + word.start].isupper() and (side := adjective_side(word.form, cast.directory)):
            return side
    return cast.directory.side[listed.name] if listed else None


def find_body(cast: Cast, phrase: Sequence[Word]) -> Who | None:
    """The body that "the ministry" or "the organization" stands for, or that capital letters name."""
    text, start, end, head = cast.text, phrase[0].start, phrase[-1].end, phrase[-1].form
    if phrase[0].form in LISTS["indefinite"] | LISTS["owner"]:
        return None
    inside = names_in(cast, start, phrase[-1].start)
    if inside:  # the Fastnet rescue service
        speaker = " ".join(text[max(start, inside[0].start) : end].split())
        if inside[-1].possessive:  # Lund's office
            speaker = f"{inside[-1].name}'s {' '.join(text[inside[-1].end : end].split()[1:])}"
        return Who(speaker, side_in(cast, start, end) or "other", True, "body")
    wanted = {word.form for word in phrase} - ENGLISH_STOP_WORDS
    k = bisect_left(cast.starts, start)
    before, behind = range(k - 1, max(-1, k - 3 * MOST), -1), range(k, min(k + 3 * MOST, len(cast.names)))
    for n in (*before, *behind):
        name = cast.names[n]
        if name.sort in ("person", "people") or around(cast.quotes, name.start):
            continue
        called = words_for(cast, name)
        if wanted <= called or (n < k and len(wanted) == 1 and _can_be_called(cast, name, head, called)):
            return Who(name.name, side_of(cast, name, start, end), True, "body")
    capital = (text[phrase[-1].start].isupper() and start < phrase[-1].start) or text[start:end].isupper()
    if capital and len(phrase) < 3:  # Congress
        return Who(text[start:end].removeprefix("the "), "other", True, "body")
    return None


def words_for(cast: Cast, name: Name) -> set[str]:
    """All words by which a body can be called: those of its name, and of the study's aliases for it."""
    called = cast.kept.setdefault("called", {})
    if name.name not in called:
        called[name.name] = {*folded(name.name)} | cast.directory.called.get(name.name, set())
    return called[name.name]


def _can_be_called(cast: Cast, name: Name, head: str, called: set[str]) -> bool:
    if head in LISTS["watchdog"]:
        return not LISTS["regulator"].isdisjoint(called)
    if head in LISTS["company"]:
        return LISTS["public"].isdisjoint(called) and not name.listed and distance(cast.text, name) < 4
    return (
        head in LISTS["generic"] and not LISTS["organization"].isdisjoint(called) and LISTS["state"].isdisjoint(called)
    )


def distance(text: str, name: Name) -> int:
    """How far a name is from a later pronoun: 1 plain, 2 possessive, 3 behind a preposition, 4 a place."""
    before = text[max(0, name.start - 30) : name.start]
    if before.endswith((" ", "-")):
        forms = before.lower().split()[-2:]
        if forms and forms[-1] in ("the", "a", "an", "its", "his", "her", "their", "of"):
            forms.pop()
        if forms and forms[-1] in LISTS["place"]:
            return 4
        if forms and forms[-1] in LISTS["preposition"]:
            return 3
    return 2 if name.possessive else 1
