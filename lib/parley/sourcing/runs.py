"""Where names stand in a text: names that a study lists, and runs of capitalised words without their titles."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from parley.sourcing.people import (
    BODIES,
    FUNCTION,
    LISTS,
    PERSONS,
    STATES,
    Directory,
    adjective_side,
    folded,
    is_adjective,
)
from parley.text.forms import fold

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
WORD = (
    rf"(?:(?:{_CAPITAL}\.){{2,}}(?!\w)|(?:Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Rev|Prof|Dr|Mrs|Mr|Ms|St|Adm|Amb|Cllr|Cmdr|Del|Det|Fr|Hon|Insp|Maj|Supt|{_CAPITAL})\."
    rf"|{_CAPITAL}\w*+(?:[’'`](?!s\b)(?=\w)\w++|[-‐‑](?={_CAPITAL})\w++)*+(?:\.(?:com|org|net)\b)?+(?![-‐‑][a-z]))"
)
_PARTICLE = "(?:" + "|".join(sorted(LISTS["particle"])) + ")"
_PREFIX = rf"(?:(?:{'|'.join(sorted(LISTS['prefix']))})-(?={_CAPITAL}))"
_BODY_NEXT = rf"(?:(?<=s)[’']|(?<=en)[’']s) (?=(?:{'|'.join(sorted(word.capitalize() for word in BODIES))})\b)"  # Dockers' Union, Women's Institute
_RUN = re.compile(
    rf"(?<![\w’'-]){_PREFIX}?{WORD}"
    rf"(?:(?:[ \xa0](?:{_PARTICLE} (?={_CAPITAL}|{_PARTICLE} )){{0,2}}{_PREFIX}?|{_BODY_NEXT}){WORD})*"
)
_OFFICE = re.compile(r"(\w{2,20}) (?:of|for) \Z")
_OFFICE_OF = re.compile(r"(\w{2,20}) of (?:the )?[\w-]{1,20} \Z")
_OF = re.compile(rf" (?:of|for) (?:the )?(?={_CAPITAL}){WORD}(?: {WORD})*+(?! \d)")
_AND = re.compile(rf"(?:, {WORD}(?: {WORD})?+){{0,3}},? and (?={_CAPITAL})({WORD}(?: {WORD})?+)(?! {WORD})")
_MORE = re.compile(rf"(?: {WORD})+")
_INITIALS = re.compile(r"(?:U[NS]|U\.[NS]\.|WHO)(?!\w)")
_INITIALED = re.compile(rf"(?:([\w’'-]{{2,}})\.? )?(?<![\w.])((?:{_CAPITAL}\. )+)\Z")
_VERBAL = re.compile(r"(?:\w{4,}ed|\w{3,}ing)\Z")
_CONTRACTED = re.compile(r"'(?:d|ll|m|re|s|ve)\Z")
_NO_NAMES = FUNCTION - LISTS["address"] | LISTS["calendar"]
_NOT_FOREIGN = _NO_NAMES - {"jan"} | PERSONS
_LEADING = FUNCTION | PERSONS
_FIRST_NAMES = LISTS["he name"] | LISTS["she name"]
_HEADS = PERSONS | BODIES | LISTS["he name"] | LISTS["she name"]  # Bill, who may be a bill elsewhere
_NEAR = 5000  # characters on either side in which a name that stands by itself is looked for
_LONGEST = 150  # characters; a longer run of capitals is shouting
_APOSTROPHES, _OPENING, _CLOSING = frozenset("’'`‘"), '“"„«‘(', "”»’)"
_BEFORE_OPENING = " \xa0" + _OPENING + _CLOSING
BEHIND = frozenset(("kc", "mep", "mp", "qc", "sc", "td"))  # Ada Lund TD
DOUBTFUL = "doubtful"  # no name, unless it is the surname of somebody in the text (Ms Brown, Ms May)


class Name(NamedTuple):
    """A name in a text, ``text[start:end]``, with the capitalised titles before it."""

    start: int
    end: int
    at: int  # where the bare name begins
    name: str  # in full, as the study or the article gives it
    sort: str  # person, body, people (a kind of people), or empty where the text does not tell
    listed: bool  # by the study
    possessive: bool


class TitleLines:
    """Lines set in capitals throughout, where a capital tells nothing."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = []
        at = 0
        for line in text.splitlines(keepends=True):
            if len(line) < 250:
                long = [word.strip("“‘\"'([")[:1] for word in line.split() if len(word) > 3]
                # A sentence, with its stop, can be short and full of names.
                least = 1 if line.rstrip().endswith((".", "!", "?", "”", '"')) else 0.7
                if len(long) > 2 and sum(map(str.isupper, long)) >= least * len(long):
                    self.spans.append((at, at + len(line)))
            at += len(line)

    def __contains__(self, place: int) -> bool:
        k = bisect_right(self.spans, place, key=lambda span: span[0]) - 1
        return k >= 0 and place < self.spans[k][1]


def find_bare_names(text: str, directory: Directory, titles: TitleLines) -> list[Name]:
    """The names in a text as they are printed, in order and never overlapping; none that only a title line has."""
    small = set(text.split())
    pieces = sorted(_pieces(text, directory, small, titles))
    # A word that is capitalised within sentences too (Bill) is not small for beginning one.
    for start, end, _ in pieces:
        first = parts(text[start : min(end, start + _LONGEST)])[0][:1]
        if not small.isdisjoint(first) and not opening(text, start):
            small.difference_update(first)
    found: list[Name] = []
    for start, end, speaker in pieces:
        if speaker is not None:
            name = Name(start, end, start, speaker, directory.sort[speaker], True, possessive(text, end))
        else:
            name = None if start in titles else _name_in_run(text, start, end, small)
        if name and (not found or name.start >= found[-1].end):  # not the North inside the Bank of the North
            found.append(name)
    return found


def _pieces(text: str, directory: Directory, small: set, titles: TitleLines) -> Iterator[tuple[int, int, str | None]]:
    """Names of the study, and what they leave of the runs of capitalised words: start, end, speaker."""
    of_study = list(_names_of_study(text, directory, small, titles))
    yield from of_study
    k = 0
    for run in _RUN.finditer(text):
        at, end = run.span()
        while k < len(of_study) and of_study[k][1] <= at:
            k += 1
        n = k
        while n < len(of_study) and of_study[n][0] < end:
            if at < of_study[n][0]:
                yield at, of_study[n][0], None
            at = max(at, of_study[n][1])
            n += 1
        if at < end:
            yield at, end, None


def _names_of_study(text: str, directory: Directory, small: set, titles: TitleLines) -> Iterator[tuple[int, int, str]]:
    """Where names of the study stand and mean who they mean there."""
    found = list(directory.pattern.finditer(text)) if directory.pattern else []
    speakers = [directory.speakers[folded(match[0])] for match in found]
    for n, (match, speaker) in enumerate(zip(found, speakers, strict=True)):
        start, end = match.span()
        if directory.sort[speaker] == "people":  # of whatever country
            yield start, end, speaker
            continue
        # "minister Jo Berg" is not the minister that the study lists, unless it lists him as Jo Berg.
        titled = text[end : end + 1] == " " and text[end : end + 2].strip("- ").isupper()
        if titled and fold(last_word(match[0])) in PERSONS:
            behind = n + 1 < len(found) and found[n + 1].start() == end + 1
            if not behind or speakers[n + 1] != speaker:
                continue
        if fold(last_word(match[0])) in PERSONS and not _own_office(text, end, speaker, directory):
            continue
        if directory.sort[speaker] == "person" and start not in titles and _goes_on(text, end, found[n + 1 : n + 2]):
            continue
        if start in titles or not _foreign(text, start, match[0], speaker, directory, small):
            yield start, end, speaker


def _goes_on(text: str, end: int, behind: list[re.Match]) -> bool:
    """Whether the name of a person is only the beginning of another one: Blair Horan, the Blair Foundation."""
    more = _MORE.match(text, end)
    if more is None or (behind and behind[0].start() == end + 1):
        return False
    forms = parts(more[0])[0]
    return PERSONS.isdisjoint(forms) and not (forms and forms[0] in _NO_NAMES)


def _own_office(text: str, end: int, speaker: str, directory: Directory) -> bool:
    """Whether an office that the study lists is held where it should be: not the president of Hill College."""
    of = _OF.match(text, end) if not possessive(text, end) else None
    if of is None or not directory.pattern:
        return True
    listed = directory.pattern.search(text, end, of.end())
    return listed is not None and directory.side[directory.speakers[folded(listed[0])]] == directory.side[speaker]


def last_word(text: str) -> str:
    """The last word of a stretch of text, as printed."""
    return text.rsplit(None, 1)[-1] if text.strip() else ""


def _foreign(text: str, start: int, match: str, speaker: str, directory: Directory, small: set) -> bool:
    """Whether the word before makes it somebody else's: the Elbonian Foreign Ministry, Elbonia's; Natalia Lavrov."""
    before = text[max(0, start - 30) : start]
    if before[-1:] not in (" ", "-"):
        return False
    if directory.sort[speaker] in ("person", "") and _other_initials(before, speaker, directory):
        return True
    word = last_word(before).rstrip("-")
    if before[-1] == "-":
        return word.rpartition(" ")[2].lower() not in LISTS["prefix"] and word[:1].isalpha()
    form = fold(word)
    named = directory.sort[speaker] == "person" and (" " in match or word.endswith(("’s", "'s", "`s")))
    if not word[:1].isupper() or word[-1] in '.,;:”"' or form in _NOT_FOREIGN or named:
        return False  # Labour's Lund, the Elbonian Ada Lund
    if re.search(r"[-‐‑][a-z]+$", word) or _abbreviated(
        match, word, directory.speakers[folded(match)]
    ):  # the Ostland-based Relief Council
        return False
    if adjective_side(form, directory) == directory.side[speaker]:
        return False
    office = _OFFICE_OF.search(text, max(0, start - 40), start)
    if office and fold(office[1]) in PERSONS:  # Secretary of State Ada Lund
        return False
    if not opening(text, start - 1 - len(word)):
        return True
    first_name = directory.sort[speaker] == "person" and not form.endswith(("ly", "wards"))
    return (first_name or is_adjective(form)) and form not in small


def _other_initials(before: str, speaker: str, directory: Directory) -> bool:
    """Whether the initials before a surname are another one's: E. Lund, Tom B. Lund, where Ada Lund is listed."""
    found = _INITIALED.search(before)
    given = directory.called[speaker] - {folded(speaker)[-1]}
    if not found or not given:
        return False
    word, form = found[1] or "", fold(found[1] or "").rstrip(".")
    if word and not word[0].isupper() and form not in _LEADING:
        return False  # plan B. Lund said
    first = form if word[:1].isupper() and form not in _NO_NAMES | PERSONS else found[2].lower()
    return first[0] not in {own[0] for own in given}


def _abbreviated(match: str, word: str, speaker: str) -> bool:
    """Whether a name is the initials of a body, which somewhere else are that body too: the Halden DWU."""
    return match.isupper() and (is_adjective(fold(word)) or (speaker not in STATES.values() and not word.isupper()))


def opening(text: str, place: int) -> bool:
    """Whether a sentence or quotation begins here, so that a capital tells nothing."""
    before = text[max(0, place - 4) : place]
    if before[-1:] == " " and before[-2:-1].isalpha():
        return False
    if before[-1:] in _OPENING:
        return True
    before = before.rstrip(_BEFORE_OPENING)
    return not before or before[-1] in ".!?:…\n—–-|*•"


def possessive(text: str, end: int) -> bool:
    """Whether a possessive ending stands behind a place, or before it."""
    if text[end : end + 1] in _APOSTROPHES:
        return text[end + 1 : end + 2] == "s" or (text[end - 1] == "s" and text[end + 1 : end + 2] == " ")
    return text[end - 1] == "s" and text[end - 2] in _APOSTROPHES


def _initials(text: str, place: int) -> bool:
    """Whether UN, US or WHO stand here, which in small letters are no names."""
    return _INITIALS.match(text, place) is not None


def _name_in_run(text: str, start: int, end: int, small: set) -> Name | None:
    """The name in a run of capitalised words, behind its titles, if there is one."""
    forms, places = parts(text[start : min(end, start + _LONGEST)])
    if not forms or end - start > _LONGEST:
        return None
    first, last = 0, len(forms)
    while (
        first < last
        and (_CONTRACTED.sub("", forms[first]) if "'" in forms[first] else forms[first]) in _NO_NAMES
        and not _initials(text, start + places[first][0])
    ):
        if forms[first] == "jan" and last - first > 1:  # with a full stop the month ends a run of words
            break  # Jan Berg
        if forms[first] in ("an", "one", "our") and last - first > 1 and not opening(text, start + places[first][0]):
            break  # An Taisce
        first += 1
    if first == last and (last > 1 or forms[0] not in LISTS["calendar"]):
        return None
    begins = first == 0 and opening(text, start + places[0][0])
    dated = text[end : end + 2].strip().isdigit()
    while last > first and forms[last - 1] in LISTS["calendar"]:
        if last == len(forms) and not forms[last - 1].endswith("day") and not dated:
            break
        last -= 1
    while last - first > 2 and forms[last - 1] in BEHIND:
        last -= 1
    heads = [k for k in range(first, last) if forms[k] in PERSONS]
    bare = heads[-1] + 1 if heads else first
    if len(forms) == 1 and forms[0] in LISTS["calendar"] and not dated:
        return Name(start, end, start, text[start:end], DOUBTFUL, False, possessive(text, end))
    if bare >= last:
        return None
    body = not BODIES.isdisjoint(forms[bare:last])
    of = text.endswith((" of ", " for "), 0, start)
    office = _OFFICE.search(text, max(0, start - 30), start) if of else None
    if last - bare > 2 and not heads and office and fold(office[1]) in PERSONS and BODIES.isdisjoint(forms[last - 2 :]):
        bare = last - 2  # Secretary of State Ada Lund
        heads = [bare]
    elif last - bare > 2 and not heads and of and _person_at_end(text[start - 4 : end]):
        first = bare = last - 2  # the Department of Communications Ada Lund
        heads = [bare]
    elif last - bare == 3 and not body and forms[bare] in STATES:
        bare += 1  # Elbonian Ada Lund
    elif last - bare > 3 and not body and forms[last - 2] in _FIRST_NAMES and forms[bare] not in _FIRST_NAMES:
        bare = last - 2  # Halden County Recorder Ada Lund
        heads = [bare]
    begin, at, stop = start + places[first][0], start + places[bare][0], start + places[last - 1][1]
    doubtful = False
    body = not BODIES.isdisjoint(forms[bare:last])
    goes_on = text.startswith((" of ", " for "), stop) and not heads and not possessive(text, stop)
    more = _OF.match(text, stop) if goes_on else None
    if more and (
        body or (last - bare == 1 and not BODIES.isdisjoint(parts(more[0])[0]))
    ):  # the Port of London Authority
        stop, body = more.end() - _person_at_end(more[0]), True
        others = _AND.match(text, stop) if last - bare < 3 else None  # the Department for Work and Pensions
        if others and not _known_apart(text[max(0, start - _NEAR) : start + _NEAR], others[1]):
            stop = others.end()
    elif last - bare == 1 and not heads:
        # One word that begins a sentence may be any word; the plural of a noun most likely is.
        if body and not text[begin:stop].isupper():
            return None
        plural = forms[bare].endswith(("s", "men", "people")) and not forms[bare].endswith(("ss", "us"))
        # "Harbour minister Ada Lund", "Consumer groups": what comes next is no verb.
        behind = fold(next(iter(text[end + 1 : end + 20].split()), ""))
        odd = plural or forms[bare] in small or behind in _HEADS or _VERBAL.match(forms[bare])
        doubtful = begins and bool(odd)
    heads = heads or [last for one in forms[last - 1 : last] if one in ("jr", "sr")]
    sort = "body" if body else "person" if heads else DOUBTFUL if doubtful else ""
    name = " ".join(text[at:stop].split())
    if "." in name and re.fullmatch(r"(?:\w\.)+", name):  # U.N.
        name = name.replace(".", "")
    return Name(begin, stop, at, name, sort, False, possessive(text, stop))


def _person_at_end(phrase: str) -> int:
    """How many characters of "of Communications Ada Lund" are somebody's name, which the body's does not go on with."""
    forms, places = parts(phrase)
    named = len(forms) > 3 and forms[-2] in _FIRST_NAMES and forms[-1] not in BODIES
    return len(phrase) - places[-2][0] + 1 if named else 0


def _known_apart(text: str, name: str) -> bool:
    """Whether what stands behind "and" is more likely a name by itself than the end of a body's name."""
    forms = parts(name)[0]
    speaks = any(form in known for known in (BODIES, PERSONS, _FIRST_NAMES, _NO_NAMES, STATES) for form in forms)
    return speaks or name.isupper() or name in STATES.values() or text.count(name) > text.count(f"and {name}")


@lru_cache(maxsize=2**16)
def parts(run: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The folded words of a run, with their places in it; what folds to nothing ('S) is no word."""
    found = [(fold(match[0]).rstrip("."), match.span()) for match in re.finditer(r"\S+", run)]
    return tuple(form for form, _ in found if form), tuple(place for form, place in found if form)
