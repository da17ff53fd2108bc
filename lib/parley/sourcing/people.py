"""Words for people and bodies, and the speakers that a study lists, ready to be found in a text."""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.text.words import fold, words

Sides = Mapping[str, Mapping[str, Sequence[str]]]


def _lists() -> dict[str, frozenset[str]]:
    with (files("parley") / "data" / "people.csv").open(encoding="utf-8", newline="") as lines:
        return {row["list"]: frozenset(row["words"].split()) for row in csv.DictReader(lines)}


def _spellings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (files("parley") / "data" / "spelling.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["form"], []).append(row["variant"])
    return found


LISTS = _lists()  # what each list is for stands in the file
PERSONS = LISTS["office"] | LISTS["address"] | LISTS["person"]
BODIES = LISTS["body"]
FUNCTION = ENGLISH_STOP_WORDS | LISTS["preposition"] | {"says", "said", "yes", "today", "yesterday", "meanwhile"}

_SPELLINGS = _spellings()
_ADJECTIVE = re.compile(r"(?:ians?|ans?|n|ese|ish|is?|ic|ern|s)$")


class Directory(NamedTuple):
    """The speakers of a study."""

    pattern: re.Pattern | None  # finds all their names
    speakers: dict[tuple[str, ...], str]  # by the folded words of a name
    side: dict[str, str]
    sort: dict[str, str]  # person, body, people (a kind of people), or empty where the study does not tell
    called: dict[str, set[str]]  # all words of a speaker's names
    stems: dict[str, list[tuple[str, str]]]  # one-word names, for the adjectives made of them, with their sides


def read_sides(sides: Sides) -> Directory:
    """Make a study's section [sides] ready for look-up.

    An alias is matched word by word, however its hyphens, apostrophes and spelling are printed. One that
    begins with a capital must begin with one in the text; one that begins small matches both. The last word
    of a person's name is an alias without being listed. Of two speakers with one alias the first has it.

    A speaker written without any capital letter ("residents") is a kind of people: it gives a side, but is
    nobody's name. Its one-word aliases count in the singular as well.

    Parameters
    ----------
    sides : mapping of side to mapping of speaker to list of aliases
        As in study.toml.

    Returns
    -------
    Directory

    Examples
    --------
    >>> directory = read_sides({"town": {"Ada Lund": ["Lund", "harbour minister"], "residents": []}})
    >>> directory.sort
    {'Ada Lund': 'person', 'residents': 'people'}
    >>> found = directory.pattern.finditer("The Harbor Minister and a resident; Lund-led residents")
    >>> [match[0] for match in found]
    ['Harbor Minister', 'resident', 'residents']
    """
    return _read_sides(
        tuple(
            (side, tuple((speaker, tuple(names)) for speaker, names in speakers.items()))
            for side, speakers in sides.items()
        )
    )


@lru_cache(maxsize=16)
def _read_sides(sides: tuple) -> Directory:
    directory = Directory(None, {}, {}, {}, {}, {})
    patterns: dict[str, set[str]] = {}
    for side, speakers in sides:
        for speaker, aliases in speakers:
            directory.side.setdefault(speaker, side)
            directory.sort[speaker] = _sort(speaker, aliases)
            listed = [speaker, *aliases]
            if directory.sort[speaker] in ("person", "") and len(speaker.split()) > 1:
                listed.append(speaker.split()[-1])
            if directory.sort[speaker] == "people":
                listed += [name[:-1] for name in listed if name.endswith("s") and " " not in name]
            for alias in dict.fromkeys(listed):
                _add(directory, alias, speaker, side, patterns)
    if not patterns:
        return directory
    # Grouped by first letter: a text's word is compared with the few names that begin like it.
    groups = [
        f"{first}(?:{'|'.join(sorted(rest, key=lambda one: (-len(one), one)))})" for first, rest in patterns.items()
    ]
    initials = "".join(first.strip("[]") for first in patterns)
    return directory._replace(pattern=re.compile(rf"(?<!\w)(?=[{initials}])(?:{'|'.join(groups)})(?!\w)(?![-‐‑][a-z])"))


def _add(directory: Directory, alias: str, speaker: str, side: str, patterns: dict[str, set[str]]) -> None:
    found, forms = words(alias), folded(alias)
    if not found:
        return
    directory.speakers.setdefault(forms, speaker)
    directory.called.setdefault(speaker, set()).update(forms)
    for first, rest in _patterns([alias[word.start : word.end] for word in found]):
        patterns.setdefault(first, set()).add(rest)
    length = len(forms) - (forms[0] == "the")
    common = BODIES if length == 1 else BODIES | LISTS["compass"]
    proper = [word.form for word in found if alias[word.start].isupper() and word.form not in common]
    # Of "Saudi Arabia" the first word is a stem too; of longer names and of aliases it may be any common
    # word.
    if proper and len(proper[0]) > 3 and directory.sort[speaker] != "person" and length <= 1 + (alias == speaker):
        directory.stems.setdefault(proper[0][:4], []).append((proper[0], side))


def _patterns(parts: list[str]) -> list[tuple[str, str]]:
    """The first letter, and what follows, of the ways in which a name can be printed."""
    heads = _variants(parts[0])
    tail = "".join(
        r"[’'‘`]?[\s‐‑-]{1,2}(?:" + "|".join(_initial(w.lower()) + _rest(w) for w in _variants(part)) + ")"
        for part in parts[1:]
    )
    return [(_initial(head), _rest(head) + tail) for head in heads]


def _variants(word: str) -> list[str]:
    """A word in its British and American spelling, with the capital it was given."""
    form = fold(word)
    if form not in _SPELLINGS or not word.isalpha():
        return [word]
    same = [form, *_SPELLINGS[form]]
    return [variant.capitalize() if word[0].isupper() else variant for variant in same]


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
    if surname in aliases or parts[0] in PERSONS:
        return "person"
    return "body" if not LISTS["compass"].isdisjoint(parts) or not surname[0].isupper() else ""


@lru_cache(maxsize=4096)
def folded(name: str) -> tuple[str, ...]:
    """The folded words of a name.

    Examples
    --------
    >>> folded("The Dock Workers’ Union")
    ('the', 'dock', 'workers', 'union')
    """
    return tuple(word.form for word in words(name))


def adjective_side(form: str, directory: Directory) -> str | None:
    """The side of the state or place that an adjective is made of, if the study lists it: Atlantian, of
    Atlantis.

    The adjective without its ending must be the beginning, four letters or more, of a listed name, and the
    name may go on for at most four letters. Others (Dutch) are for the study's list.

    Examples
    --------
    >>> directory = read_sides({"islands": {"Atlantis": []}, "coast": {"Lebania": []}})
    >>> [adjective_side(form, directory) for form in ("atlantian", "lebanese", "atlantic", "leban")]
    ['islands', 'coast', 'islands', None]
    """
    known = directory.stems.get(form[:4])
    if not known:
        return None
    ending = _ADJECTIVE.search(form)
    stem = form[: ending.start()] if ending else ""
    for name, side in known:
        if form == name or (len(stem) > 3 and name.startswith(stem) and len(name) - len(stem) < 5):
            return side
    return None


def is_adjective(form: str) -> bool:
    """Whether a word has the ending of an adjective made of a place's name."""
    return _ADJECTIVE.search(form) is not None


def gender(title: Sequence[str], name: str = "") -> str:
    """The pronoun that a title, or else a common first name, gives away: "he", "she", or empty.

    Examples
    --------
    >>> gender(["union", "spokeswoman"]), gender(["mayor"], "Tom Berg"), gender(["mayor"], "Berg")
    ('she', 'he', '')
    """
    for pronoun in ("he", "she"):
        if not LISTS[pronoun].isdisjoint(title):
            return pronoun
    first, _, rest = name.partition(" ")
    for pronoun in ("he", "she") if rest else ():
        if first.casefold() in LISTS[f"{pronoun} name"]:
            return pronoun
    return ""
