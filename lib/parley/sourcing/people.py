"""Words for people and bodies, and the speakers that a study lists, ready to be found in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from parley.text.classes import STOP_WORDS
from parley.text.forms import fold, words
from parley.text.lists import rows

Sides = Mapping[str, Mapping[str, Sequence[str]]]  # by side and speaker: the aliases

# What each list is for stands in the file.
LISTS = {row["list"]: frozenset(row["words"].split()) for row in rows("people.csv")}
STATES = {form: name.replace("_", " ") for form, _, name in (word.partition(":") for word in LISTS["nationality"])}
PERSONS = LISTS["office"] | LISTS["address"] | LISTS["person"]
BODIES = LISTS["body"]
FUNCTION = STOP_WORDS | LISTS["preposition"] | {"says", "said", "yes", "today", "yesterday", "meanwhile"}
FUNCTION -= LISTS["he name"] | LISTS["she name"]  # Bill

_SPELLINGS: dict[str, list[str]] = {}
for _row in rows("spelling.csv"):
    _SPELLINGS.setdefault(_row["form"], []).append(_row["variant"])
_ADJECTIVE = re.compile(r"(?:ians?|ans?|n|ese|ish|is?|ic|ern)$")


class Directory(NamedTuple):
    """The speakers of a study."""

    pattern: re.Pattern | None  # finds all their names
    speakers: dict[tuple[str, ...], str]  # by the folded words of a name
    side: dict[str, str]
    sort: dict[str, str]  # person, body, people (a kind of people), or empty where the study does not tell
    called: dict[str, set[str]]  # all words of a speaker's names
    stems: dict[str, list[tuple[str, str]]]  # one-word names, for the adjectives made of them, with their sides


def read_sides(sides: Sides) -> Directory:
    """Make a study's section [sides] ready for look-up; of two speakers with one alias the first has it."""
    return _read_sides(
        tuple((side, speaker, tuple(names)) for side, speakers in sides.items() for speaker, names in speakers.items())
    )


@lru_cache(maxsize=16)
def _read_sides(given: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Directory:
    # An alias that begins with a capital must begin with one in the text; one that begins small matches both. A speaker
    # written without any capital ("residents") is a kind of people: it gives a side, but is nobody's name.
    directory = Directory(None, {}, {}, {}, {}, {})
    patterns: dict[str, set[str]] = {}
    for side, speaker, aliases in given:
        directory.side.setdefault(speaker, side)
        sort = directory.sort[speaker] = _sort(speaker, aliases)
        names = [speaker, *aliases]
        if sort in ("person", "") and len(speaker.split()) > 1:
            names.append(speaker.split()[-1])
        if sort == "people":
            names += [one for name in names for one in _singular(name)]
        for name in dict.fromkeys(names):
            _add(directory, name, speaker, side, patterns)
    return directory._replace(pattern=_compiled(patterns)) if patterns else directory


def _compiled(patterns: dict[str, set[str]]) -> re.Pattern:
    """One pattern, grouped by first letter: a text's word is compared with the few names that begin like it."""
    groups = [
        f"{first}(?:{'|'.join(sorted(rest, key=lambda one: (-len(one), one)))})" for first, rest in patterns.items()
    ]
    initials = "".join(first.strip("[]") for first in patterns)
    return re.compile(rf"(?<!\w)(?=[{initials}])(?:{'|'.join(groups)})(?!\w)(?![-‐‑][a-z])")


def name_pattern(name: str) -> tuple[set[str], re.Pattern]:
    """What finds a name in the ways in which it can be printed; and beginnings of words, in lower case, of which each has one.

    Of a kind of people one of them is found too (activist). An abbreviation, with points or without, begins in no one way.
    """
    patterns: dict[str, set[str]] = {}
    for one in [name, *(_singular(name) if name.islower() else ())]:
        for first, rest in _printed(one):
            patterns.setdefault(first, set()).add(rest)
    longest = max((name[word.start : word.end] for word in words(name)), key=len, default="")
    printed = [] if longest.isupper() else _variants(longest)
    return {re.match(r"[^\W_]*", one.lower())[0].rstrip("s") for one in printed} or {""}, _compiled(patterns)


def _singular(name: str) -> list[str]:
    return [name[:-1]] if name.endswith("s") and " " not in name else []


def _add(directory: Directory, alias: str, speaker: str, side: str, patterns: dict[str, set[str]]) -> None:
    found, forms = words(alias), folded(alias)
    if not found:
        return
    directory.speakers.setdefault(forms, speaker)
    directory.called.setdefault(speaker, set()).update(forms)
    for first, rest in _printed(alias):
        patterns.setdefault(first, set()).add(rest)
    # An adjective is made of one word, or of a state's name: of "State Department" the first may be anybody's.
    if len(forms) - (forms[0] == "the") == 1 and directory.sort[speaker] in ("body", "people"):
        adjectives = [forms[-1]] if alias[found[-1].start].isupper() and forms[-1] not in BODIES else []
    else:
        adjectives = [form for form, state in STATES.items() if state == alias]
    for form in adjectives:
        if len(form) > 3:
            directory.stems.setdefault(form[:4], []).append((form, side))


def _printed(alias: str) -> Iterator[tuple[str, str]]:
    """The first letter, and what follows, of the ways in which a name can be printed."""
    alias = re.sub("^The ", "the ", alias)  # the Gazette
    parts = [alias[word.start : word.end] for word in words(alias)]
    tail = "".join(
        r"[’'‘`]?[\s‐‑-]{1,2}(?:" + "|".join(_initial(w.lower()) + _rest(w) for w in _variants(part)) + ")"
        for part in parts[1:]
    )
    return ((_initial(head), _rest(head) + tail) for head in _variants(parts[0]))


def _variants(word: str) -> list[str]:
    """A word in its British and American spelling, with the capital it was given."""
    form = fold(word)
    if form not in _SPELLINGS or not word.isalpha():
        return [word]
    return [same.capitalize() if word[0].isupper() else same for same in (form, *_SPELLINGS[form])]


def _initial(word: str) -> str:
    first = word[0]
    return f"[{first}{first.upper()}]" if first.islower() else re.escape(first)


def _rest(word: str) -> str:
    bare = re.sub(r"['’‘`]s$", "", word)
    letters = bare.replace(".", "")
    if letters.isupper() and letters.isalpha() and len(letters) < 6:  # UN, U.N.
        return f"(?:{letters[1:]}|" + "".join(rf"\.{letter}" for letter in letters[1:]) + r"\.?)"
    rest = "".join(r"[’'‘`]" if mark in "’'‘`" else re.escape(mark) for mark in bare[1:])
    return (f"(?i:{rest})" if rest else "") + ("" if bare == word else "[’'‘`]s")


def _sort(speaker: str, aliases: Sequence[str]) -> str:
    parts = folded(speaker)
    if not any(letter.isupper() for letter in speaker):
        return "people"
    if len(parts) < 2 or not BODIES.isdisjoint(parts):
        return "body"
    surname = speaker.split()[-1]
    called = [folded(alias) for alias in aliases if alias.endswith(surname)]
    first = PERSONS | LISTS["address"] | LISTS["he name"] | LISTS["she name"]
    if surname in aliases or not first.isdisjoint((parts[0], *(forms[0] for forms in called))):
        return "person"
    return "body" if speaker[:2].isupper() else ""  # PC World


@lru_cache(maxsize=4096)
def folded(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(word.form for word in words(name))


def adjective_side(form: str, directory: Directory) -> str | None:
    """The side of the listed state or place that an adjective is made of: Atlantian, of Atlantis."""
    # Without its ending it must be the beginning, four letters or more, of a name that goes on for at most four.
    known = directory.stems.get(form[:4], ())
    ending = _ADJECTIVE.search(form) if known else None
    stem = form[: ending.start()] if ending else ""
    for name, side in known:
        if name in (form, form + "s") or (len(stem) > 3 and name.startswith(stem) and len(name) - len(stem) < 5):
            return side
    return None


def is_adjective(form: str) -> bool:
    """Whether a word has the ending of an adjective made of a place's name."""
    return _ADJECTIVE.search(form) is not None


def gender(title: Sequence[str], name: str = "") -> str:
    """The pronoun that a title, or else a common first name, gives away: "he", "she", or empty."""
    first, _, rest = name.partition(" ")
    by_title = (pronoun for pronoun in ("he", "she") if not LISTS[pronoun].isdisjoint(title))
    by_name = (pronoun for pronoun in ("he", "she") if rest and first.casefold() in LISTS[f"{pronoun} name"])
    return next(by_title, None) or next(by_name, "")
