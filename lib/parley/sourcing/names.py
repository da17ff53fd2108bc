"""The names in a text, and for whom they stand, so far as capital letters, titles and a study's list tell.

Names are not looked up in a list of people or places: a text introduces its people ("harbour minister Ada
Lund") and then calls them by their surnames.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import takewhile

from parley.sourcing.people import BODIES, LISTS, PERSONS, STATES, Directory, adjective_side, folded, gender
from parley.sourcing.runs import (
    DOUBTFUL,
    WORD,
    Name,
    TitleLines,
    find_bare_names,
    last_word,
    opening,
    parts,
    possessive,
)
from parley.text.classes import STOP_WORDS
from parley.text.forms import fold

_SPEECH = frozenset(("said", "says", "told", "added"))
_APPOSITION = re.compile(r", (?!is |was |has )(?:\d{1,3}, )?((?:(?!\b(?:who|which)\b)[\w'’` -]){2,90})")
_HELD = re.compile(r"(?:, who (?:is|was)| is(?= (?:an?|the)\b)) ([^,.;:\n]{2,120})")  # an office, as in an apposition
_OFFICE_BEFORE = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Hh]er|[Hh]is|[Ii]ts|[Tt]heir) ((?:[\w'’-]+ )+[\w'’-]+), \Z")
_PARTICIPLES = frozenset(("allied", "armed", "appointed", "elected", "exiled", "jailed", "retired", "united"))
_LIMITED = frozenset(("inc", "llc", "ltd", "plc"))
_GOES_ON = LISTS["preposition"] | {"and", "who"}
_NAMESAKES = 20  # people of one surname that are told apart


class _Known:
    """The names of several words in a text: who a shorter one can stand for."""

    def __init__(self, found: list[Name]) -> None:
        self.first: dict[str, Name] = {}  # by the first word
        self.initials: dict[str, Name] = {}
        self.longest: dict[tuple[str, str], Name] = {}  # by the first and last word: the fullest form
        self.surnames: dict[str, dict[tuple[str, str], Name]] = {}  # by the last word: everyone called so
        self.bodies: dict[
            tuple[str, ...], Name
        ] = {}  # by their last two words, or all but Ltd: the first one called so
        self.latest: dict[str, Name] = {}  # by the last word: the last mention so far
        for name in found:
            forms = parts(name.name)[0]
            if len(forms) < 2 or name.sort == "people":
                continue
            if name.sort == "body" and not name.listed and len(forms) > 2 and forms[-1] in BODIES:
                self.bodies.setdefault(forms[:-1] if forms[-1] in _LIMITED else forms[-2:], name)
            key = (forms[0], forms[-1])
            self.first.setdefault(forms[0], name)
            if name.sort == "body" or len(forms) > 2:
                self.initials.setdefault("".join(form[0] for form in forms if form not in STOP_WORDS), name)
            best = self.longest.setdefault(key, name)
            if best.name != name.name:
                one = max(best, name, key=lambda one: (one.listed, not one.name.isupper(), len(one.name)))
                self.longest[key] = one
            if name.sort != "body" and forms[0] not in LISTS["compass"]:
                self.surnames.setdefault(forms[-1], {}).setdefault(key, name)

    def called_before(self, name: Name, forms: tuple[str, ...]) -> Name:
        """A body by the longer name that it has been given before: the Security Council of the United Nations."""
        full = self.bodies.get(forms)
        return (
            name._replace(name=full.name, sort="body") if full and not name.listed and full.start < name.start else name
        )

    def fullest(self, name: Name) -> str:
        forms = parts(name.name)[0]
        known = name.listed or name.sort == "body"
        return name.name if known else self.longest.get((forms[0], forms[-1]), name).name


def find_names(text: str, directory: Directory) -> list[Name]:
    """Every name in a text, and for whom it stands; in order, never overlapping."""
    titles = TitleLines(text)
    found = [_in_full(name, directory) for name in find_bare_names(text, directory, titles) if parts(name.name)[0]]
    found = _joined(text, found)
    found = _namesakes(text, _people_of_bodies(text, found), directory)
    known = _Known(found)
    single = [(name, parts(name.name)[0][0]) for name in found if len(parts(name.name)[0]) == 1]
    alone = {form for _, form in single}
    sure = {form for name, form in single if name.sort != DOUBTFUL}
    places = {
        form for name, form in single if fold(last_word(text[max(0, name.start - 12) : name.start])) in LISTS["place"]
    }
    breaks = [match.start() for match in re.finditer("\n", text)]
    result: list[Name] = []
    for name in found:
        forms = parts(name.name)[0]
        if len(forms) > 1 and name.sort not in ("body", "people"):
            known.latest[forms[-1]] = name
        if name.listed or (name.sort == "body" and len(forms) > 1) or forms in known.bodies:
            result += _without_person(known.called_before(name, forms), forms, known)
        elif len(forms) > 1:
            person = title(text, name) or gender((), name.name)
            alike = forms[-1] in alone and not adjective_side(forms[-1], directory)
            person = person or (alike and not text.endswith(("the ", "The "), 0, name.start))  # the Big Wind
            sort = name.sort or ("person" if person else "")
            full = known.longest[forms[0], forms[-1]].name
            result.append(name if (full, sort) == (name.name, name.sort) else name._replace(name=full, sort=sort))
        elif (
            name.sort != DOUBTFUL
            or forms[0] in sure
            or forms[0] in known.surnames
            or (name.name.isupper() and forms[0] in known.initials)
        ):
            name = name._replace(sort="") if name.sort == DOUBTFUL else name
            result.append(_short(text, name, forms[0], known, places, breaks))
    result += _in_title_lines(text, titles, result, known)
    sorts = {name.name: name.sort for name in reversed(result) if name.sort}
    result = [name if name.sort or name.name not in sorts else name._replace(sort=sorts[name.name]) for name in result]
    return sorted(name._replace(name=name.name.title()) if _shouted(name) else name for name in result)


def _shouted(name: Name) -> bool:
    """Whether a person is named in capitals only, as in a transcript: ADA LUND."""
    return name.name.isupper() and " " in name.name and not name.listed and bool(gender((), name.name))


def _in_full(name: Name, directory: Directory) -> Name:
    """A name that a listed person's second first name makes longer: Ada Maria Lund, where Ada Lund is listed."""
    forms = parts(name.name)[0]
    who = directory.speakers.get((forms[0], forms[-1])) if len(forms) > 2 and not name.listed else None
    if who is None or directory.sort[who] == "body" or name.sort == "body":
        return name
    return name._replace(name=who, listed=True, sort=directory.sort[who])


def _joined(text: str, found: list[Name]) -> list[Name]:
    """Names with each listed body that only begins a longer name joined to it: the UN Security Council, Halden Analytics."""
    result: list[Name] = []
    for name in found:
        before = result[-1] if result else name
        more = (name.sort == "body" and not name.listed) or (not name.sort and " " not in name.name)
        begins = before.listed and before.sort == "body" and not before.possessive and before.end + 1 == name.start
        if more and begins and text[before.end] == " " and name.start == name.at:
            result[-1] = name._replace(start=before.start, at=before.at, name=text[before.at : name.end], sort="body")
        else:
            result.append(name)
    return result


def _people_of_bodies(text: str, found: list[Name]) -> list[Name]:
    """Names that the study lists under a body and the text gives to a person: minister Carl Dunn, of the Reds."""
    people: dict[str, str] = {}  # by what is printed: the surname
    for name in found:
        printed = text[name.at : name.end]
        listed = name.listed and name.sort in ("body", "") and 1 < len(parts(printed)[0]) < 4
        if (
            listed
            and BODIES.isdisjoint(parts(printed)[0])
            and printed != name.name
            and _title_before(_around(text, name)[0])
        ):
            people[printed] = parts(printed)[0][-1]
    if not people:
        return found
    same = {surname: printed for printed, surname in people.items()}
    result = []
    for name in found:
        printed, forms = text[name.at : name.end], parts(name.name)[0]
        if printed in people:
            name = name._replace(name=printed, sort="person")
        elif forms[-1] in same and not name.listed and len(forms) == 1:
            name = name._replace(name=same[forms[-1]], sort="person", listed=True)
        result.append(name)
    return result


def _namesakes(text: str, found: list[Name], directory: Directory) -> list[Name]:
    """Names with each surname of somebody listed given to whom it means: another one of that name, where he is named."""
    shown: dict[str, dict[str, Name]] = {}  # by surname: those whom the text gives a first name, in order
    surnames = {folded(who)[-1]: who for who, sort in directory.sort.items() if sort in ("person", "") and " " in who}
    bare = {}
    for name in found:
        printed, full = parts(text[name.at : name.end])[0], parts(name.name)[0]
        if not printed or full[-1] not in surnames or name.sort in ("body", "people"):
            continue
        if name.listed and printed[-1] == full[-1] and PERSONS.issuperset(printed[:-1]):
            bare[name.start] = full[-1]
        elif len(full) > 1 and (name.listed or _introduced(text, name, full)):
            shown.setdefault(full[-1], {}).setdefault(name.name, name)
    result = []
    spoken: dict[str, Name] = {}  # by surname: who was last named in full, if he then spoke
    for name in found:
        if (surname := bare.get(name.start)) and name.sort != "body":
            name = _meant(text, name, surname, shown.get(surname, {}), spoken.get(surname), directory)
        elif (full := parts(name.name)[0]) and full[-1] in shown and " " in text[name.at : name.end]:
            spoken.pop(full[-1], None)
            known = name.listed or gender((), name.name)
            if known and fold(next(iter(text[name.end : name.end + 20].split()), "")) in _SPEECH:
                spoken[full[-1]] = name
        result.append(name)
    return result


def _introduced(text: str, name: Name, forms: tuple[str, ...]) -> bool:
    """Whether words with a capital name somebody in full, and not one word that only begins a sentence: Given Lund's age."""
    known = gender((), name.name) or title(text, name)
    return bool(known) or not (opening(text, name.start) or forms[0] in LISTS["compass"])


def _meant(
    text: str, name: Name, surname: str, shown: dict[str, Name], spoken: Name | None, directory: Directory
) -> Name:
    """Whom a surname means that a listed person has."""
    address = gender(_title_before(_around(text, name)[0]))
    own = gender((), name.name)
    listed = [who for who in directory.sort if folded(who)[-1:] == (surname,) and who not in shown]
    if address and own and address != own:  # Mrs Berg, where Tom Berg is listed
        other = next((who for who in (*shown, *listed) if gender((), who) in (address, "") and who != name.name), None)
        return name._replace(name=other or text[name.at : name.end], listed=other in directory.sort, sort="person")
    if spoken and not address:
        return name._replace(name=spoken.name, listed=spoken.listed, sort="person")
    first = next(iter(shown.values()), None)
    if name.name in shown or first is None or first.start > name.start:
        return name
    return name._replace(name=first.name, listed=first.listed, sort="person")


def _without_person(name: Name, forms: tuple[str, ...], known: _Known) -> list[Name]:
    """A body, and the person printed right behind it: the chief of the Port Authority Ada Lund."""
    other = known.surnames.get(forms[-1], {}).get(forms[-2:])
    called = len(forms) > 2 and forms[-3] in BODIES and gender((), " ".join(forms[-2:]))
    if name.listed or not (called or (other and len(forms) > 3)):
        return [name]
    *body, first, last = name.name.split()
    at = name.end - len(f"{first} {last}")
    other = other or Name(at, name.end, at, f"{first} {last}", "person", False, False)
    return [
        name._replace(name=" ".join(body), end=at - 1, possessive=False),
        Name(at, name.end, at, known.fullest(other), "person", other.listed, name.possessive),
    ]


def _short(text: str, name: Name, form: str, known: _Known, places: set, breaks: list[int]) -> Name:
    """A name of one word: a surname, initials, or the first word of a longer name, if no place's ("in Halden")."""
    if fold(next(iter(text[name.end : name.end + 20].split()), "")) in LISTS["outlet"]:  # Berg magazine
        return name._replace(sort="body")
    if form in known.surnames:
        other, sort = _namesake(text, name, form, known, breaks), "person"
    elif form in known.initials and name.name.isupper() and len(form) > 1:
        other = known.initials[form]
        sort = other.sort or "body"
    elif form in known.first and form not in places and form not in STATES and not name.sort:
        other = known.first[form]
        sort = other.sort
    else:
        return name
    return name._replace(name=known.fullest(other), sort=sort, listed=other.listed)


def _namesake(text: str, name: Name, form: str, known: _Known, breaks: list[int]) -> Name:
    """Whom a surname stands for: who fits the form of address, was named last in the paragraph, or first of all."""
    everyone = list(known.surnames[form].values())[:_NAMESAKES]
    latest = known.latest.get(form)
    if latest and bisect_right(breaks, latest.start) == bisect_right(breaks, name.start):
        everyone.insert(0, latest)
    mine = gender(title(text, name))
    theirs = [gender(title(text, one), one.name) for one in everyone] if mine else [""] * len(everyone)
    for wanted in (mine, ""):
        if wanted in theirs:
            return everyone[theirs.index(wanted)]
    return name


def _in_title_lines(text: str, titles: TitleLines, found: list[Name], known: _Known) -> Iterator[Name]:
    """Names known from elsewhere in the lines set in capitals throughout."""
    taken = {place for name in found if name.start in titles for place in range(name.start, name.end)}
    for begin, end in titles.spans:
        more: list[Name] = []
        for word in re.finditer(WORD, text[begin:end]):
            start, stop = begin + word.start(), begin + word.end()
            form = fold(word[0])
            other = next(iter(known.surnames.get(form, {}).values()), None) or known.first.get(form)
            if other is None or start in taken:
                continue
            more.append(
                Name(start, stop, start, known.fullest(other), other.sort, other.listed, possessive(text, stop))
            )
        yield from more


def title(text: str, name: Name) -> tuple[str, ...]:
    """The folded words that introduce a name: those before it that end in a word for a person, and its apposition."""
    before, behind = _around(text, name)
    return _title_before(before) + _title_behind(behind)


def _around(text: str, name: Name) -> tuple[str, str]:
    line = max(name.at - 70, text.rfind("\n", max(0, name.at - 70), name.at) + 1)
    return text[line : name.at], text[name.end : name.end + 140]


def titled_span(text: str, name: Name) -> tuple[int, int] | None:
    """Where the words that introduce a name begin and end, of its apposition its first part; a predicate is none."""
    before, behind = _around(text, name)
    first, last = _title_before(before), _title_behind(behind)
    held = _HELD.match(behind)
    if held and not PERSONS.isdisjoint(_head(map(fold, held[1].split()))):
        return name.at, name.end + held.end()
    if (
        not first
        and (office := _OFFICE_BEFORE.search(before))
        and not PERSONS.isdisjoint(_head(map(fold, office[1].split())))
    ):
        return name.at - len(before) + office.start(1), name.end
    if not (first or last):
        return None
    words, n = before.split(), len(first)
    for k, word in enumerate(words[len(words) - n :] if n else ()):
        if word.islower() and word.endswith("ed") and word not in _PARTICIPLES:
            n, first = n - k - 1, ()  # the Front accused minister Ada Lund
            break
    n += bool(n) and words[-n - 1 : -n] != [] and words[-n - 1].endswith(("’s", "'s", "`s"))
    start = name.at - len(re.search(rf"(?:\S+\s+){{{n}}}\Z", before)[0])
    return start, name.end + (_APPOSITION.match(behind).end() if last else 0)


def _title_before(before: str) -> tuple[str, ...]:
    last = before.rsplit(None, 1)[-1:] if before[-1:] == " " else ()
    if not last or fold(last[0].rstrip(",")) not in PERSONS:  # most names have none
        return ()
    found: list[str] = []
    capital = False
    for word in reversed(before.split()[-6:]):
        form = fold(word.rstrip(","))
        if found and (
            (word.endswith(".") and word.count(".") < 2)
            or (word.endswith(",") and not (LISTS["address"].issuperset(found) and form in PERSONS))
            or word.endswith(("’s", "'s", "`s"))
            or (form in STOP_WORDS and form not in ("of", "and", "former"))
            or form in _SPEECH
            or (capital and word.islower() and form not in ("of", "former"))  # Lund told Herald columnist Tom Berg
            or (form == "and" and LISTS["address"].issuperset(found))  # Berg and Mr Lund
        ):
            break
        capital = capital or not (word.islower() or form in LISTS["address"])
        found.insert(0, form)
    return tuple(found)


def _title_behind(after: str) -> tuple[str, ...]:
    apposition = _APPOSITION.match(after)
    if apposition is None:
        return ()
    forms = [fold(word) for word in apposition[1].split()]
    if PERSONS.isdisjoint(_head(forms)) or not _SPEECH.isdisjoint(forms):
        return ()
    return tuple(form for form in forms if form not in STOP_WORDS)


def _head(forms: Iterable[str]) -> list[str]:
    """The noun of an apposition, before what it is of or where; none where nothing stands before that."""
    return [*takewhile(lambda form: form not in _GOES_ON, forms)][-1:]
