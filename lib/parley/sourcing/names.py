"""The names in a text, and for whom they stand, so far as capital letters, titles and a study's list tell.

Names are not looked up in a list of people or places: a text introduces its people ("harbour minister Ada
Lund") and then calls them by their surnames.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.sourcing.people import (
    BODIES,
    FUNCTION,
    LISTS,
    PERSONS,
    Directory,
    adjective_side,
    folded,
    gender,
    is_adjective,
)
from parley.text.words import fold

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = (
    rf"(?:(?:Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Rev|Prof|Dr|Mrs|Mr|Ms|St|{_CAPITAL})\.|(?:{_CAPITAL}\.)+(?!\w)"
    rf"|{_CAPITAL}\w*+(?:[’'`](?!s\b)(?=\w)\w++|[-‐‑](?={_CAPITAL})\w++)*+(?![-‐‑][a-z]))"
)
_PARTICLE = "(?:" + "|".join(sorted(LISTS["particle"])) + ")"
_PREFIX = rf"(?:(?:{'|'.join(sorted(LISTS['prefix']))})-(?={_CAPITAL}))"
_BODY_NEXT = rf"(?<=s)[’'] (?=(?:{'|'.join(sorted(word.capitalize() for word in BODIES))})\b)"  # Dockers' Union
_RUN = re.compile(
    rf"(?<![\w’'-]){_PREFIX}?{_WORD}"
    rf"(?:(?:[ \xa0](?:{_PARTICLE} (?={_CAPITAL}|{_PARTICLE} )){{0,2}}{_PREFIX}?|{_BODY_NEXT}){_WORD})*"
)
_APOSTROPHES = "’'`‘"
_OFFICE_OF = re.compile(r"(\w{2,20}) of (?:the )?[\w-]{1,20} \Z")
_NO_NAMES = FUNCTION - LISTS["address"] | LISTS["calendar"]
_HEADS = PERSONS | BODIES | LISTS["he name"] | LISTS["she name"]  # Bill, who may be a bill elsewhere
_LONGEST = 150  # characters; a longer run of capitals is shouting
_SPEECH = frozenset(("said", "says", "told", "added"))
_DOUBTFUL = "doubtful"  # no name, unless it is the surname of somebody in the text (Ms Brown, Ms May)
_DATES = LISTS["preposition"] | {"early", "late", "last", "mid", "next", "this"}
_OPENING, _CLOSING = '“"„«‘(', "”»’)"
_OF = re.compile(rf" (?:of|for) (?:the )?(?={_CAPITAL}){_WORD}(?: {_WORD})*")
_APPOSITION = re.compile(r", (?:\d{1,3}, )?([\w’'` -]{2,90})")


class Name(NamedTuple):
    """A name in a text, ``text[start:end]``, with the capitalised titles before it."""

    start: int
    end: int
    at: int  # where the bare name begins
    name: str  # in full, as the study or the article gives it
    sort: str  # person, body, people (a kind of people), or empty where the text does not tell
    listed: bool  # by the study
    possessive: bool


class _Known(NamedTuple):
    """The names of several words in a text: who a shorter one can stand for."""

    first: dict[str, Name]  # by the first word
    initials: dict[str, Name]
    longest: dict[tuple[str, str], Name]  # by the first and last word: the fullest form
    surnames: dict[str, dict[tuple[str, str], Name]]  # by the last word: the first mention of everyone called so
    latest: dict[str, Name]  # by the last word: the last mention so far


def find_names(text: str, directory: Directory) -> list[Name]:
    """Find every name in a text and say for whom it stands.

    A surname stands for the full name before it in the same paragraph, else for the first one of the article
    that ends in it; initials for the name whose words begin so; one word for a longer name that begins with
    it, unless the word is a place's ("in Halden"). In a line set in capitals throughout only names known from
    elsewhere are found.

    Parameters
    ----------
    text : str
    directory : Directory
        See `parley.sourcing.people.read_sides`.

    Returns
    -------
    list of Name
        In order of the text, never overlapping.

    Examples
    --------
    >>> from parley.sourcing.people import read_sides
    >>> text = "Harbour minister Ada Lund met the Dock Workers' Union (DWU). Lund left."
    >>> [(one.name, one.sort) for one in find_names(text, read_sides({}))][:3]
    [('Ada Lund', 'person'), ("Dock Workers' Union", 'body'), ("Dock Workers' Union", 'body')]
    """
    titles = _title_lines(text)
    small = set(text.split())
    pieces = _pieces(text, directory, small, titles)
    # A word that is capitalised within sentences too (Bill) is not small for beginning one.
    firsts = [(start, _parts(text[start : min(end, start + _LONGEST)])[0][:1]) for start, end, _ in pieces]
    small -= {
        form
        for start, forms in firsts
        for form in forms
        if form in small and not _opening(text, start) and not _within(titles, start)
    }
    found: list[Name] = []
    for start, end, speaker in pieces:
        if speaker is not None:
            found.append(Name(start, end, start, speaker, directory.sort[speaker], True, _possessive(text, end)))
        elif not _within(titles, start):
            found += _unlisted(text, start, end, small)
    return _in_full(text, _separate(found), titles)


def _within(lines: Sequence[tuple[int, int]], place: int) -> bool:
    k = bisect_right(lines, (place, len(lines) and lines[-1][1])) - 1
    return k >= 0 and lines[k][0] <= place < lines[k][1]


def _title_lines(text: str) -> list[tuple[int, int]]:
    """Lines set in capitals throughout, where a capital tells nothing."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if len(line) < 250:
            long = [word.strip("“‘\"'([")[:1] for word in line.split() if len(word) > 3]
            # A sentence, with its stop, can be short and full of names.
            least = 1 if line.rstrip().endswith((".", "!", "?", "”", '"')) else 0.7
            if len(long) > 2 and sum(map(str.isupper, long)) >= least * len(long):
                found.append((at, at + len(line)))
        at += len(line)
    return found


def _pieces(text: str, directory: Directory, small: set, titles: Sequence):
    """Names of the study, and what they leave of the runs of capitalised words: start, end, speaker."""
    listed = _listed(text, directory, small, titles)
    pieces = list(listed)
    k = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        while k < len(listed) and listed[k][1] <= start:
            k += 1
        at, n = start, k
        while n < len(listed) and listed[n][0] < end:
            if at < listed[n][0]:
                pieces.append((at, listed[n][0], None))
            at = max(at, listed[n][1])
            n += 1
        if at < end:
            pieces.append((at, end, None))
    return sorted(pieces)


def _listed(text: str, directory: Directory, small: set, titles: Sequence) -> list[tuple[int, int, str]]:
    """Where names of the study stand and mean who they mean there."""
    if directory.pattern is None:
        return []
    found = [(*match.span(), directory.speakers[folded(match[0])]) for match in directory.pattern.finditer(text)]
    result = []
    for n, (start, end, speaker) in enumerate(found):
        if directory.sort[speaker] == "people":  # of whatever country
            result.append((start, end, speaker))
            continue
        # "minister Jo Berg" is not the minister that the study lists, unless it lists him as Jo Berg.
        next_name = text[end : end + 2].strip("- ")
        if fold(_last_word(text[start:end])) in PERSONS and text[end : end + 1] == " " and next_name.isupper():
            after = found[n + 1] if n + 1 < len(found) else None
            if after is None or after[0] != end + 1 or after[2] != speaker:
                continue
        if _within(titles, start) or not _foreign(text, start, speaker, directory, small):
            result.append((start, end, speaker))
    return result


def _first_word(text: str) -> str:
    return text.split(None, 1)[0] if text.strip() else ""


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1] if text.strip() else ""


def _foreign(text: str, start: int, speaker: str, directory: Directory, small: set) -> bool:
    """Whether the word before makes it somebody else's: the Elbonian Foreign Ministry, Elbonia's; Natalia
    Lavrov."""
    before = text[max(0, start - 30) : start]
    if before[-1:] not in (" ", "-"):
        return False
    word = _last_word(before).rstrip("-")
    if before[-1] == "-":
        return word.rpartition(" ")[2].lower() not in LISTS["prefix"] and word[:1].isalpha()
    form = fold(word)
    if not word[:1].isupper() or word[-1] in '.,;:”"' or form in _NO_NAMES or form in PERSONS:
        return False
    side = directory.side[speaker]
    if adjective_side(form, directory) == side or directory.side.get(directory.speakers.get((form,), "")) == side:
        return False
    office = _OFFICE_OF.search(text, max(0, start - 40), start)
    if office and fold(office[1]) in PERSONS:  # Secretary of State Ada Lund
        return False
    begins = start - 1 - len(word)
    if not _opening(text, begins):
        return True
    first_name = directory.sort[speaker] == "person" and not form.endswith(("ly", "wards"))
    return (first_name or is_adjective(form)) and form not in small


def _opening(text: str, place: int) -> bool:
    """Whether a sentence or quotation begins here, so that a capital tells nothing."""
    before = text[max(0, place - 4) : place]
    if before[-1:] in tuple(_OPENING):
        return True
    before = before.rstrip(" \xa0" + _OPENING + _CLOSING)
    return not before or before[-1] in ".!?:…\n—–-|"


def _possessive(text: str, end: int) -> bool:
    if text[end : end + 1] in tuple(_APOSTROPHES):
        return text[end + 1 : end + 2] == "s" or (text[end - 1] == "s" and text[end + 1 : end + 2] == " ")
    return text[end - 1] == "s" and text[end - 2] in _APOSTROPHES


def _unlisted(text: str, start: int, end: int, small: set) -> list[Name]:
    """The name in a run of capitalised words, behind its titles, if there is one."""
    forms, places = _parts(text[start : min(end, start + _LONGEST)])
    if not forms or end - start > _LONGEST:
        return []
    first, last = 0, len(forms)
    while first < last and forms[first] in _NO_NAMES:
        first += 1
    opening = first == 0 and _opening(text, start + places[0][0])
    if opening and last > 1 and forms[0] in small and forms[0] not in _HEADS:
        first = 1
    while (
        last > first
        and forms[last - 1] in LISTS["calendar"]
        and (last < len(forms) or forms[last - 1].endswith("day") or text[end : end + 2].strip().isdigit())
    ):
        last -= 1
    heads = [k for k in range(first, last) if forms[k] in PERSONS]
    bare = heads[-1] + 1 if heads else first
    if len(forms) == 1 and forms[0] in LISTS["calendar"] and not text[end : end + 2].strip().isdigit():
        dated = fold(_last_word(text[max(0, start - 8) : start])) in _DATES
        return [] if dated else [Name(start, end, start, text[start:end], _DOUBTFUL, False, _possessive(text, end))]
    if bare >= last:
        return []
    if (
        last - bare > 2
        and not heads
        and text[max(0, start - 4) : start] == " of "
        and (fold(_last_word(text[max(0, start - 24) : start - 4])) in PERSONS)
    ):
        bare = last - 2  # Secretary of State Ada Lund
        heads = [bare]
    begin, at, stop = start + places[first][0], start + places[bare][0], start + places[last - 1][1]
    doubtful = False
    body = not BODIES.isdisjoint(forms[bare:last])
    if body and not heads and not _possessive(text, stop) and (more := _OF.match(text, stop)):
        stop = more.end()
    elif last - bare == 1 and not heads:
        # One word that begins a sentence may be any word; the plural of a noun most likely is.
        if body and not text[begin:stop].isupper():
            return []
        # "Harbour minister Ada Lund", "Consumer groups": what comes next is no verb.
        behind = fold(_first_word(text[end + 1 : end + 20]))
        doubtful = opening and (_common(forms[bare], small) or behind in _HEADS)
    sort = "body" if body else "person" if heads else _DOUBTFUL if doubtful else ""
    return [Name(begin, stop, at, " ".join(text[at:stop].split()), sort, False, _possessive(text, stop))]


@lru_cache(maxsize=2**16)
def _parts(run: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The folded words of a run, with their places in it; what folds to nothing ('S) is no word."""
    found = [(fold(match[0]).rstrip("."), match.span()) for match in re.finditer(r"\S+", run)]
    return tuple(form for form, _ in found if form), tuple(place for form, place in found if form)


def _common(form: str, small: set) -> bool:
    plural = form.endswith(("s", "men", "people")) and not form.endswith(("ss", "us"))
    return plural or form in small


def _separate(found: Sequence[Name]) -> list[Name]:
    """Without names inside the one before: the Bank of the North, the North."""
    result: list[Name] = []
    for name in found:
        if not result or name.start >= result[-1].end:
            result.append(name)
    return result


def _in_full(text: str, found: Sequence[Name], titles: Sequence) -> list[Name]:
    """Give short names the full name they stand for, and say which are a person's."""
    found = [name for name in found if _parts(name.name)[0]]
    split = [_parts(name.name)[0] for name in found]
    known = _Known({}, {}, {}, {}, {})
    for name, forms in zip(found, split, strict=True):
        if len(forms) > 1 and name.sort != "people":
            key = (forms[0], forms[-1])
            known.first.setdefault(forms[0], name)
            known.initials.setdefault("".join(form[0] for form in forms if form not in ENGLISH_STOP_WORDS), name)
            best = known.longest.get(key, name)
            if best.name != name.name:
                best = max(best, name, key=lambda one: (one.listed, not one.name.isupper(), len(one.name)))
            known.longest[key] = best
            if name.sort != "body":
                known.surnames.setdefault(forms[-1], {}).setdefault(key, name)
    single = [(name, forms[0]) for name, forms in zip(found, split, strict=True) if len(forms) == 1]
    alone = {form for _, form in single}
    places = {
        form for name, form in single if fold(_last_word(text[max(0, name.start - 12) : name.start])) in LISTS["place"]
    }
    breaks = [match.start() for match in re.finditer("\n", text)]
    result = []
    for name, forms in zip(found, split, strict=True):
        key = (forms[0], forms[-1])
        if len(forms) > 1 and name.sort not in ("body", "people"):
            known.latest[forms[-1]] = name
        if name.listed or (name.sort == "body" and len(forms) > 1):
            result += _without_person(name, forms, known)
        elif len(forms) > 1:
            person = name.sort or (
                (forms[-1] in alone or title(text, name))
                and LISTS["compass"].isdisjoint(forms)
                and text[max(0, name.start - 4) : name.start] not in ("the ", "The ")
            )
            result.append(name._replace(name=known.longest[key].name, sort=name.sort or ("person" if person else "")))
        elif name.sort != _DOUBTFUL or forms[0] in known.surnames:
            result.append(_short(text, name, forms[0], known, places, breaks))
    result += _in_title_lines(text, titles, result, known)
    sorts: dict[str, str] = {}
    for name in result:
        if name.sort:
            sorts.setdefault(name.name, name.sort)
    return sorted(name if name.sort else name._replace(sort=sorts.get(name.name, "")) for name in result)


def _without_person(name: Name, forms: tuple[str, ...], known: _Known) -> list[Name]:
    """A body, and the person printed right behind it: the chief of the Port Authority Ada Lund."""
    other = known.surnames.get(forms[-1], {}).get(forms[-2:])
    if name.listed or len(forms) < 4 or other is None:
        return [name]
    at = name.end - len(" ".join(name.name.split()[-2:]))
    return [
        name._replace(name=" ".join(name.name.split()[:-2]), end=at - 1, possessive=False),
        Name(at, name.end, at, _fullest(other, known).name, "person", other.listed, name.possessive),
    ]


def _short(text: str, name: Name, form: str, known: _Known, places: set, breaks: Sequence[int]) -> Name:
    """A name of one word: a surname, initials, or the first word of a longer name."""
    if form in known.surnames:
        everyone = list(islice(known.surnames[form].values(), 20))
        latest = known.latest.get(form)
        if len(everyone) > 1:
            mine = gender(title(text, name))
            near = latest and bisect_right(breaks, latest.start) == bisect_right(breaks, name.start)
            everyone = [latest, *everyone] if near else everyone
            genders = [gender(title(text, one), one.name) for one in everyone] if mine else []
            best = mine if mine in genders else ""
            other = everyone[genders.index(best)] if mine and best in genders else everyone[0]
        else:
            other = everyone[0]
        sort = "person"
    elif form in known.initials and name.name.isupper() and len(form) > 1:
        other = known.initials[form]
        sort = other.sort or "body"
    elif form in known.first and form not in places and not name.sort:
        other = known.first[form]
        sort = other.sort
    else:
        return name
    return name._replace(name=_fullest(other, known).name, sort=sort, listed=other.listed)


def _fullest(name: Name, known: _Known) -> Name:
    forms = _parts(name.name)[0]
    return name if name.listed or name.sort == "body" else known.longest.get((forms[0], forms[-1]), name)


def _in_title_lines(text: str, titles: Sequence, found: Sequence[Name], known: _Known) -> list[Name]:
    """Names known from elsewhere in the lines set in capitals throughout."""
    more: list[Name] = []
    taken = {place for name in found if _within(titles, name.start) for place in range(name.start, name.end)}
    for begin, end in titles:
        for word in re.finditer(_WORD, text[begin:end]):
            start, stop = begin + word.start(), begin + word.end()
            form = fold(word[0])
            other = next(iter(known.surnames.get(form, {}).values()), None) or known.first.get(form)
            if other is None or start in taken:
                continue
            before = _last_word(text[begin:start])
            at = start - 1 - len(before) if before and fold(before) == fold(other.name.split()[0]) else start
            if more and at < more[-1].end:  # "Halden", then "Foods" or "Lund": the longer reading
                at = more.pop().start
            more.append(
                Name(
                    at,
                    stop,
                    at,
                    _fullest(other, known).name,
                    other.sort,
                    other.listed,
                    _possessive(text, stop),
                )
            )
    return more


def title(text: str, name: Name) -> tuple[str, ...]:
    """The folded words that introduce a name: those before it that end in a word for a person, and its
    apposition.

    Examples
    --------
    >>> from parley.sourcing.people import read_sides
    >>> text = "The town's harbour minister, Ada Lund, met Tom Berg, 53, head of the port, and left."
    >>> [title(text, name) for name in find_names(text, read_sides({}))]
    [('harbor', 'minister'), ('head', 'port')]
    """
    found: list[str] = []
    line = max(name.at - 70, text.rfind("\n", max(0, name.at - 70), name.at) + 1)
    nearest = text.rfind(" ", line, name.at - 1) + 1 or line
    known = text[name.at - 1 : name.at] == " " and fold(text[nearest : name.at - 1].rstrip(",")) in PERSONS
    for word in reversed(text[line : name.at].split()[-6:] if known else ()):
        form = fold(word.rstrip(","))
        if (
            (not found and form not in PERSONS)
            or (found and word.endswith((",", ".")))
            or word.endswith(("’s", "'s", "`s"))
            or (form in ENGLISH_STOP_WORDS and form != "of")
            or form in _SPEECH
        ):
            break
        found.insert(0, form)
    after = text.startswith(", ", name.end) and _APPOSITION.match(text, name.end, min(len(text), name.end + 100))
    if after:
        forms = [fold(word) for word in after[1].split()]
        head = next((n for n, form in enumerate(forms) if form in LISTS["preposition"]), len(forms))
        if not PERSONS.isdisjoint(forms[:head]) and _SPEECH.isdisjoint(forms):
            found += [form for form in forms if form not in ENGLISH_STOP_WORDS]
    return tuple(found)
