"""Whom a source phrase stands for: a name with titles, a pronoun, or somebody described."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.sourcing.cast import (
    DESCRIBED_BODIES,
    MOST,
    NOBODY,
    Cast,
    Who,
    find_body,
    names_in,
    sentence_of,
    side_in,
    side_of,
)
from parley.sourcing.names import Name, title
from parley.sourcing.people import BODIES, LISTS, PERSONS, Directory, adjective_side, folded
from parley.sourcing.pronouns import PRONOUNS, SALIENT, find_pronoun, find_relative
from parley.text.words import Word, words

_SHORT_TITLES = dict(
    capt="captain", col="colonel", dr="doctor", gen="general", gov="governor", lt="lieutenant",
    rep="representative", rev="reverend", sen="senator", sgt="sergeant",
)  # fmt: skip
DOCUMENTS = LISTS["statement"] | LISTS["document"]
_LONGEST = 600  # characters of a source phrase that are read
_NO_SIDE = DOCUMENTS | LISTS["vague"]
_MADE = re.compile(
    rf"\b({'|'.join(sorted(DOCUMENTS))})s?,? (?:\w+ )?"
    r"(?:(issued|published|released|written|announced|presented|adopted|signed)|"
    r"brokered|drafted|proposed|negotiated|mediated|devised|drawn up|put forward|tabled) by "
)


def find_who(cast: Cast, start: int, end: int, n: int) -> Who:
    """Whom the source phrase ``text[start:end]`` of attribution number `n` stands for."""
    text, end = cast.text, min(end, start + _LONGEST)
    phrase = [Word(word.form, start + word.start, start + word.end) for word in words(text[start:end])]
    while len(phrase) > 1 and phrase[0].form in ("by", "both", "even", "and", "but", "like"):
        phrase.pop(0)
    if not phrase:
        return NOBODY
    form = phrase[0].form
    if len(phrase) == 1 or (len(phrase) == 2 and phrase[1].form.endswith(("self", "selves"))):
        if form in LISTS["first person"]:
            return NOBODY
        if form in LISTS["relative"]:
            return find_relative(cast, start, form) or NOBODY
        if form in PRONOUNS:
            return find_pronoun(cast, start, PRONOUNS[form]) or NOBODY
    if joint := _joint(cast, phrase):
        return joint
    stop = _break(text, phrase, cast.directory)
    names = names_in(cast, phrase[0].start, phrase[-1].end)
    cut = _cut(phrase, stop, names)
    aged = re.search(r"\byear[- ]old\b", text[start:end]) and find_pronoun(cast, start, "he or she")
    name = next((one for one in names if _same_end(text, one.end, phrase[cut - 1].end)), None)
    if aged and name and name.sort != "person":  # the 58-year-old Norlander
        return aged
    if name:
        return _by_name(cast, name, phrase, cut, n)
    return _by_description(cast, phrase, cut, stop, names, aged, n)


def _same_end(text: str, end: int, other: int) -> bool:
    """Whether two ends differ by a possessive ending or a full stop only."""
    between = text[min(end, other) : max(end, other)]
    return abs(end - other) < 3 and between in ("", "’s", "'s", "`s", "’", "'", ".")


def _joint(cast: Cast, phrase: Sequence[Word]) -> Who | None:
    """Names and "and", and nothing else: Ada Lund, Tom Berg and the Port Authority."""
    if not any(word.form == "and" for word in phrase[1:-1]):
        return None
    names = names_in(cast, phrase[0].start, phrase[-1].end)
    rest = [word.form for word in phrase if not any(name.start <= word.start < name.end for name in names)]
    if (
        len(names) < 2
        or "and" not in rest
        or not set(rest) <= {"and", "the", "both"}
        or any(name.sort == "people" for name in names)
    ):
        return None
    start, end = phrase[0].start, phrase[-1].end
    if not names[0].sort and names[1].sort == "body" and not names[1].listed:
        speaker = cast.text[names[0].start : names[1].end]  # the Food and Drug Administration
        return Who(speaker, side_in(cast, start, end) or "other", True, "body")
    speakers = list(dict.fromkeys(name.name for name in names))
    return Who("; ".join(speakers), side_of(cast, names[0], start, end), True, "joint")


def _break(text: str, phrase: Sequence[Word], directory: Directory) -> int:
    """The word with which the phrase goes on behind a comma, bracket or dash, in a clause or with others."""
    for k in range(1, len(phrase)):
        before, gap = phrase[k - 1].form, text[phrase[k - 1].end : phrase[k].start]
        others = phrase[k].form == "and" and k + 1 < len(phrase) and phrase[k + 1].form in LISTS["company of"]
        if (
            any(mark in gap for mark in ",;:(–—\n")
            or gap == " - "
            or phrase[k].form in LISTS["relative"]
            or (
                others
                and text[phrase[k - 1].start].isupper()
                and ((before,) in directory.speakers or not adjective_side(before, directory))
            )
        ):
            return k
    return len(phrase)


def _cut(phrase: Sequence[Word], stop: int, names: Sequence[Name]) -> int:
    """The word behind the head of the phrase: its first preposition, unless that is within a name."""
    for k in range(1, stop):
        if phrase[k].form in LISTS["preposition"] and not any(name.at < phrase[k].start < name.end for name in names):
            return k
    return stop


def _by_name(cast: Cast, name: Name, phrase: Sequence[Word], cut: int, n: int) -> Who:
    head = phrase[cut - 1].form
    side = side_of(cast, name, phrase[0].start, phrase[-1].end)
    if name.sort == "people":
        return Who(None, side, False, "people", n)
    if head in LISTS["spokesman"] and name.sort == "body":
        return Who(name.name, side, False, "spokesman", n)
    after_the = cast.text[max(0, name.start - 4) : name.start].lower() == "the "
    return Who(name.name, side, True, name.sort or ("person" if " " in name.name and not after_the else ""))


def singular_of(form: str) -> str:
    """A noun in the singular, by its ending."""
    if form in LISTS["plural"]:
        return form[:-1]
    if form in BODIES or form in PERSONS or form in DOCUMENTS:
        return form
    for ending, instead in (("men", "man"), ("ies", "y"), ("people", "person"), ("s", "")):
        if form.endswith(ending):
            return form[: -len(ending)] + instead
    return form


def _by_description(
    cast: Cast, phrase: Sequence[Word], cut: int, stop: int, names: Sequence[Name], aged: Who | None, n: int
) -> Who:
    start, end = phrase[0].start, phrase[-1].end
    first, head = phrase[0].form, phrase[cut - 1].form
    singular = singular_of(head)
    owner = _owner(cast, phrase, cut, stop)
    if beside := _beside(cast, phrase, cut, stop, names):
        if owner and owner.side and owner.speaker != beside.name and not side_in(cast, beside.start, end):
            cast.sides.setdefault(beside.name, owner.side)  # her deputy, Tom Berg
        return Who(beside.name, side_of(cast, beside, start, end), True, "person")
    side = side_in(cast, start, end)
    if not side and owner and owner.side in cast.directory.side.values():
        side = owner.side
    unknown = side or ("unclear" if singular in _NO_SIDE or head in LISTS["indefinite"] else "other")
    if singular in DOCUMENTS:
        issuer = owner or (_issuer(cast, phrase, singular) if singular == head else None)
        return issuer or Who(None, side or "unclear", False, "")
    if head in LISTS["spokesman"] and owner and owner.sort in ("body", "") and owner.speaker:
        return Who(owner.speaker, owner.side, False, "spokesman", n)
    if singular != head:
        return Who(None, unknown, False, "people", n)
    if head in DESCRIBED_BODIES:
        return find_body(cast, phrase[:cut]) or Who(None, unknown, False, "body", n)
    unnamed = cast.kept.setdefault("unnamed", {})
    if first not in LISTS["indefinite"]:
        if who := _titled(cast, phrase, cut, stop, after=unnamed[head][0] if head in unnamed else -1):
            return who
        if head in unnamed and first == "the":
            return unnamed[head][1]
        if first == "the" and head not in PERSONS and (who := find_body(cast, phrase[:cut])):
            return who
    if aged:
        return aged
    # Most that one says of somebody unnamed with "a" or "his" is a word for a person.
    person = head in PERSONS or head == "person" or first in ("a", "an", "another", *LISTS["owner"])
    who = Who(None, unknown, False, "person" if person else "", n)
    unnamed[head] = (start, who)
    return who


def _beside(cast: Cast, phrase: Sequence[Word], cut: int, stop: int, names: Sequence[Name]) -> Name | None:
    """The person a description stands beside: the chief of the port authority Ada Lund; an aide, Tom Berg."""
    head = phrase[cut - 1].form
    if head in BODIES:
        return None
    last = phrase[stop - 1].end
    if cut < stop and head in PERSONS:
        name = next((one for one in names if one.end == last and one.sort == "person"), None)
        of = max(k for k in range(cut, stop) if phrase[k].form in LISTS["preposition"])
        between = set(folded(cast.text[phrase[of].end : name.at])) if name else set()
        if name and between - ENGLISH_STOP_WORDS - PERSONS - set(title(cast.text, name)):
            return name
    if stop < len(phrase):
        name = next((one for one in names if one.start <= phrase[stop].start < one.end), None)
        behind = next((word.form for word in phrase[stop:] if name and word.start >= name.end), None)
        goes_on = name and cast.text[name.end : name.end + 1] == " " and behind not in LISTS["preposition"]
        if name and name.sort in ("person", "") and not name.possessive and not (behind and goes_on):
            return name
    return None


def _owner(cast: Cast, phrase: Sequence[Word], cut: int, stop: int) -> Who | None:
    """Whose the person or thing described is: its, Lund's, a ministry …; … of, by or for the board."""
    start, end = phrase[0].start, phrase[cut - 1].end
    if phrase[0].form in LISTS["owner"]:
        return find_pronoun(cast, start, PRONOUNS[phrase[0].form])
    behind = cut < stop and phrase[cut].form in ("of", "from", "by", "for", "at", "with")
    inside = names_in(cast, start, end) or (names_in(cast, phrase[cut].end, phrase[stop - 1].end)[:1] if behind else [])
    for name in inside:
        if name.sort != "people":
            return Who(name.name, side_of(cast, name, start, phrase[stop - 1].end), True, name.sort)
    part = list(phrase[cut + 1 : stop]) if behind else list(phrase[: cut - 1])
    for k, word in enumerate(part):
        if word.form in BODIES and (who := find_body(cast, part[: k + 1])):
            return who
    return None


def _issuer(cast: Cast, phrase: Sequence[Word], noun: str) -> Who | None:
    """Whom "the statement" or "the deal" speaks for."""
    start = phrase[0].start
    if phrase[0].form in LISTS["indefinite"]:
        return None
    if "made" not in cast.kept:
        cast.kept["made"] = defaultdict(list)
        for match in _MADE.finditer(cast.text):
            cast.kept["made"][match[1].lower()].append(match)
    made = cast.kept["made"][noun]
    k = bisect_left(made, start, key=re.Match.end) - 1
    name = next(iter(names_in(cast, made[k].end(), made[k].end() + 50)), None) if k >= 0 else None
    if name:
        return Who(name.name, side_of(cast, name, name.start, name.end), made[k][2] is not None, name.sort)
    if noun not in LISTS["statement"]:
        return None
    said = [who for who in islice(_sources_before(cast, start), MOST) if who.speaker]
    bodies = [who._replace(named=True, first=None) for who in said if who.sort in ("body", "spokesman")]
    return (bodies or said or [None])[0]


def _sources_before(cast: Cast, start: int) -> Iterator[Who]:
    """Who has spoken before, the last one first."""
    here = sentence_of(cast, start)
    for sentence in range(here, max(-1, here - 3 * SALIENT), -1):
        yield from (who for place, who in reversed(cast.sources.get(sentence, ())) if place < start)


def _titled(cast: Cast, phrase: Sequence[Word], cut: int, stop: int, *, after: int) -> Who | None:
    """The person introduced with a title: the most recent one, but none before `after`, else the next one."""
    if "titles" not in cast.kept:
        cast.kept["titles"] = titles = defaultdict(list)
        for name in cast.names:
            if name.sort == "person" and (forms := title(cast.text, name)):
                every = frozenset(_SHORT_TITLES.get(form, form) for form in forms)
                for form in every:
                    titles[form].append((name, every))
    names = names_in(cast, phrase[0].start, phrase[cut - 1].end)  # Lund's deputy
    own = [word for word in phrase[:cut] if not any(name.start <= word.start < name.end for name in names)]
    wanted = {_SHORT_TITLES.get(word.form, word.form) for word in own} - ENGLISH_STOP_WORDS
    behind = {word.form for word in phrase[cut:stop]} - ENGLISH_STOP_WORDS
    head = _SHORT_TITLES.get(phrase[cut - 1].form, phrase[cut - 1].form)
    known = cast.kept["titles"].get(head, [])
    k = bisect_left(known, phrase[0].start, key=lambda one: one[0].start)
    near = [*known[max(0, k - MOST) : k][::-1], *known[k : k + MOST]]
    name = next((name for name, every in near if wanted | behind <= every), None)
    if name is None or name.start < after or (after >= 0 and name.start > phrase[0].start):
        return None  # behind `after`, "the official" is the one of the sentence before
    return Who(name.name, side_of(cast, name, phrase[0].start, phrase[-1].end), True, "person")
