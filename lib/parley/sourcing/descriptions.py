"""Whom a source phrase stands for: a name with titles, a pronoun, or somebody described."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from parley.sourcing.cast import DESCRIBED_BODIES, DOCUMENTS, MOST, NOBODY, PRONOUNS, SHORT_TITLES, Cast, Who
from parley.sourcing.names import title
from parley.sourcing.people import BODIES, LISTS, PERSONS, STATES, Directory, adjective_side, folded
from parley.sourcing.pronouns import find_pronoun, find_relative
from parley.sourcing.runs import BEHIND, Name
from parley.text.classes import STOP_WORDS
from parley.text.forms import Word, words
from parley.text.lists import rows

_LONGEST = 600  # characters of a source phrase that are read
_STRAY = STOP_WORDS | {"just", "longer", "today", "yesterday"}
_STOPS = ("", "\n", ",", ".", ";", ":", "”", '"')
CONTRACTED = re.compile(r"['’](?:ve|re|m|ll|d)\Z")
_PARTICIPLE = re.compile(r"\w+(?:ed|ing)\Z|(?:drawn|made|put|seen|written)\Z")
_MAKER = re.compile(
    r"[^.;]{0,60}?\b(?!seen|viewed|reviewed)(?:\w+ed|drawn up|made|put forward|written|commissioned) by "
)
_BROUGHT_IN = {"the"} | LISTS["indefinite"] | LISTS["owner"]
_TIED = frozenset(("close", "familiar", "loyal", "opposed"))
_NOUN = re.compile(
    rf"(?:.*\b((?i:{'|'.join(sorted(_BROUGHT_IN))}) (?:[\w'’.&-]+ ){{0,7}}[\w-]+)|.*\b([a-z]+))[ ,(—–]*\Z", re.DOTALL
)
_KNOWN_NOUNS = (BODIES | PERSONS | DOCUMENTS) - LISTS["plural"]
_A_PERSON = PERSONS | {"person"}
_SPEAKING = LISTS["first person"] | {"you", "your"}
_OF_PLACES = LISTS["compass"].union(STATES)
_APART = LISTS["partisan"] | LISTS["related"]  # Ada Lund's friend
_VARIED = PERSONS.union(STATES) - LISTS["spokesman"] - LISTS["ruler"]
_HELD = LISTS["office"] - LISTS["seat"]
_NOUNS_FOR_SPEAKERS = DESCRIBED_BODIES.union(
    PERSONS, *(LISTS[one] for one in ("people", "partisan", "related", "vague"))
)
_DOES = {form for row in rows("irregular.csv") for form in (row["base"] + "s", row["forms"].split()[0])}
_PERSONAL = re.compile(r"(?:er|or|ist|ian|man|ee|eer|ant|ard|mate)\Z")


class _Phrase(NamedTuple):
    """A source phrase: its words, the names in it, and the words behind its head and before its next clause."""

    words: Sequence[Word]
    names: Sequence[Name]
    cut: int
    stop: int
    start: int
    end: int
    first: str  # folded, as the head
    head: str
    head_end: int


def find_who(cast: Cast, start: int, end: int, n: int) -> Who:
    """Whom the source phrase ``text[start:end]`` of attribution number `n` stands for."""
    text, end = cast.text, min(end, start + _LONGEST)
    found = words(text, start, end)
    if any(word.form == "nor" for word in found):  # neither Lund nor Berg
        found = [word._replace(form="and") if word.form == "nor" else word for word in found]
    if not found:
        return NOBODY
    found = _bare(cast, found)
    form = found[0].form
    last = next((k for k in range(len(found) - 1, 0, -1) if "," in text[found[k - 1].end : found[k].start]), 0)
    if last and (form.endswith("ing") or form in LISTS["preposition"]) and cast.names_in(found[last].start, end):
        return find_who(cast, found[last].start, end, n)  # having left Norby, Ada Lund
    if text.endswith(", who ", 0, start):  # Ada Lund, who lives there, said
        return find_relative(cast, start - 4, "who") or _antecedent(cast, start - 4, "who", n) or NOBODY
    if len(found) == 1 and form in STATES and text.startswith((" are ", " have ", " say ", " were "), end):
        return Who(None, "other", False, "people", n)
    if len(found) == 1 and form in STATES and text[start:end].istitle():  # German demands
        state = cast.directory.speakers.get(folded(STATES[form]), STATES[form])
        return Who(state, cast.directory.side.get(state, "other"), True, "body")
    if text[start:end].isupper() and form in LISTS["label"]:  # PHOTO
        return NOBODY
    initials = end > start + 1 and text[start:end].isupper()  # US, WHO
    if len(found) == 1 and not initials and CONTRACTED.sub("", form) in _SPEAKING:
        return NOBODY
    if (len(found) == 1 and not initials) or (len(found) == 2 and found[1].form.endswith(("self", "selves"))):
        if form in LISTS["relative"]:
            return find_relative(cast, start, form) or _antecedent(cast, start, form, n) or NOBODY
        if form in PRONOUNS:
            nobody = NOBODY if PRONOUNS[form] == "it" else NOBODY._replace(side="other")
            return find_pronoun(cast, start, PRONOUNS[form]) or nobody
    names = cast.names_in(found[0].start, found[-1].end)
    if initials and len(found) == 1 and not names and end - start < 5 and text[end : end + 9].islower():
        return Who(text[start:end], "other", True, "body")
    if joint := _joint(cast, found, names) or _two(cast, found, names, n):
        return joint
    if len(found) > 1 and names and names[-1].possessive and _same_end(text, names[-1].end, found[-1].end):
        return _by_name(cast, names[-1], _Phrase(found, names, 0, 0, names[-1].start, found[-1].end, form, "", 0), n)
    stop = _break(text, found, cast.directory)
    cut = _cut(found, stop, names)
    head, _, head_end = found[cut - 1]
    phrase = _Phrase(found, names, cut, stop, found[0].start, found[-1].end, form, head, head_end)
    aged = re.search(r"\byear[- ]old\b", text[start:end]) and find_pronoun(cast, start, "he or she")
    name = next((one for one in names if _same_end(text, one.end, phrase.head_end)), None)
    if aged and name and name.sort != "person" and " " not in name.name:  # the 58-year-old Norlander
        return aged
    if name and _are_people(name):
        return Who(None, "other", False, "people", n)
    if name and not name.listed and len(found) > 1 and name.name.casefold() in STATES:  # one kind Norlander
        name = None
    return _by_name(cast, name, phrase, n) if name else _by_description(cast, phrase, aged, n)


def _antecedent(cast: Cast, place: int, form: str, n: int) -> Who | None:
    """Whom who or which stands for where no name is before it: the noun, with all that belongs to it."""
    text, begins = cast.text, max(cast.sentences[cast.sentence_of(place)], place - 200)
    noun = _NOUN.match(text[begins:place])
    if noun is None:
        return None
    start, end = (begins + at for at in noun.span(1 if noun[1] else 2))
    before = cast.names_in(begins, start)
    who = find_who(cast, start, end, n)
    if who.sort in ("person", "people", "spokesman") or (
        form != "who" and (who.sort == "body" or folded(text[start:end])[-1] in BODIES)
    ):
        return who
    names = (name for name in reversed(before) if noun[1] and form == "who" and name.sort != "body")
    name = next(names, None)
    return name and cast.who(name)


def _are_people(name: Name) -> bool:
    """Whether a name is that of the people of a country or a continent: Norlanders."""
    form = name.name.casefold()
    return (
        not name.listed
        and name.sort != "person"
        and ((form[:-1] in STATES and form[-1] == "s") or form.endswith(("eans", "ians")))
    )


def _bare(cast: Cast, phrase: Sequence[Word]) -> Sequence[Word]:
    """A phrase without what stands in brackets, behind a name stray words ("Lund (53) no longer"), or what he does."""
    text = cast.text
    name = next(iter(cast.names_in(phrase[0].start, phrase[-1].end)), None)
    if name and name.start == phrase[0].start and name.sort in ("person", "") and not name.possessive:
        k = next((k for k, word in enumerate(phrase) if word.start >= name.end), len(phrase))
        if (
            k < len(phrase)
            and (phrase[k].form in _DOES or phrase[k].form.endswith("ed"))
            and text[name.end : phrase[k].start].isspace()
        ):
            return phrase[:k]
    opened = text.find("(", phrase[0].start, phrase[-1].end)
    if opened > 0:
        closed = text.find(")", opened, phrase[-1].end) % (len(text) + 1)
        phrase = [word for word in phrase if word.end <= opened or word.start > closed]
    k = len(phrase)
    while k > 1 and ((form := phrase[k - 1].form) in _STRAY or form in BEHIND or form.endswith("ly")):
        k -= 1
    named = (
        k < len(phrase)
        and (text[phrase[k].start].islower() or phrase[k].form in BEHIND)
        and cast.names_in(phrase[0].start, phrase[k - 1].end)
    )
    if named and _same_end(text, named[-1].end, phrase[k - 1].end):
        return phrase[:k]
    return phrase[:-1] if len(phrase) > 1 and phrase[-1].form in ("that", "this") else phrase


def _same_end(text: str, end: int, other: int) -> bool:
    """Whether two ends differ by a possessive ending or a full stop only."""
    return abs(end - other) < 3 and text[min(end, other) : max(end, other)] in ("", "’s", "'s", "`s", "’", "'", ".")


def _joint(cast: Cast, phrase: Sequence[Word], names: Sequence[Name]) -> Who | None:
    """Names and "and", and nothing else: Ada Lund, Tom Berg and the Port Authority, neither Lund nor Berg."""
    inner = any(word.form == "and" for word in phrase[1:-1])
    if not inner or len(names) < 2 or any(name.sort == "people" for name in names):
        return None
    k = next(k for k, word in enumerate(phrase) if word.end > names[0].start)
    if k and singular_of(phrase[k - 1].form) in PERSONS:  # rivals Ada Lund and Tom Berg
        phrase = phrase[k:]
    rest = {word.form for word in phrase if not any(name.start <= word.start < name.end for name in names)}
    if not {"and"} <= rest <= {"and", "the", "both", "neither"}:
        return None
    start, end = phrase[0].start, phrase[-1].end
    if "neither" not in rest and not names[0].sort and names[1].sort == "body":
        speaker = cast.text[names[0].start : names[1].end]  # the Food and Drug Administration
        return Who(speaker, cast.side_in(start, end) or "other", True, "body")
    speakers = dict.fromkeys(name.name for name in names)
    return Who("; ".join(speakers), cast.side_of(names[0], start, end), True, "joint")


def _two(cast: Cast, phrase: Sequence[Word], names: Sequence[Name], n: int) -> Who | None:
    """Two who are named with their titles: Mayor Ada Lund and minister Tom Berg, her deputy."""
    k = next((k for k in range(1, len(phrase) - 1) if phrase[k].form == "and"), 0)
    place = phrase[k].start
    if not k or len(names) < 2 or any(name.start < place < name.end for name in names):
        return None
    left, right = names[0], next((name for name in names if name.start > place), None)
    if right is None or "," in cast.text[phrase[0].start : place] or right.sort == "people":
        return None
    sides = [(phrase[0].start, phrase[k - 1].end), (phrase[k + 1].start, phrase[-1].end)]
    if not _same_end(cast.text, left.end, sides[0][1]):
        return None
    one, other = (find_who(cast, *side, n) for side in sides)
    if not (one.named and other.named and one.speaker and other.speaker):
        return None
    return one._replace(speaker="; ".join(dict.fromkeys((one.speaker, other.speaker))), sort="joint")


def _break(text: str, phrase: Sequence[Word], directory: Directory) -> int:
    """The word with which the phrase goes on behind a comma, bracket or dash, in a clause or with others."""
    for k in range(1, len(phrase)):
        before, gap = phrase[k - 1].form, text[phrase[k - 1].end : phrase[k].start]
        if any(mark in gap for mark in ",;:(–—\n") or phrase[k].form in LISTS["relative"]:
            return k
        others = phrase[k].form == "and" and k + 1 < len(phrase) and phrase[k + 1].form in LISTS["company of"]
        named = (before,) in directory.speakers or not adjective_side(before, directory)
        if others and text[phrase[k - 1].start].isupper() and named:
            return k
    return len(phrase)


def _cut(phrase: Sequence[Word], stop: int, names: Sequence[Name]) -> int:
    """The word behind the head of the phrase: its first preposition, unless that is within a name."""
    for k in range(1, stop):
        if singular_of(phrase[k - 1].form) in DOCUMENTS and _PARTICIPLE.match(phrase[k].form):
            return k  # a report made by the board
        person = singular_of(phrase[k - 1].form) in _A_PERSON
        if person and phrase[k].form.endswith("ing") and k + 1 < stop:
            return k  # a pastor supporting the board
        if phrase[k - 1].form in _BROUGHT_IN or any(name.at < phrase[k].start < name.end for name in names):
            continue  # an inside source
        if phrase[k].form == "of" and phrase[k - 1].form in LISTS["quantity"]:
            continue  # a number of members
        if phrase[k].form in LISTS["preposition"]:
            return k - (k > 1 and phrase[k - 1].form in _TIED)  # people close to the board
    return stop


def _by_name(cast: Cast, name: Name, phrase: _Phrase, n: int) -> Who:
    side = cast.side_of(name, phrase.start, phrase.end)
    if name.sort == "people":
        return Who(None, side, False, "people", n)
    person = " " in name.name and folded(name.name)[0] not in _OF_PLACES
    person = person and LISTS["outlet"].isdisjoint(folded(name.name))
    return Who(name.name, side, True, name.sort or ("person" if person else ""))


@lru_cache(maxsize=2**13)
def singular_of(form: str) -> str:
    """A noun in the singular, by its ending."""
    if form in _KNOWN_NOUNS:
        return form
    endings = (("men", "man"), ("ies", "y"), ("people", "person"), ("ches", "ch"), ("sses", "ss"), ("s", ""))
    for ending, instead in endings:
        if form.endswith(ending):
            return form[: -len(ending)] + instead
    return form


def _by_description(cast: Cast, phrase: _Phrase, aged: Who | None, n: int) -> Who:
    head, singular = phrase.head, singular_of(phrase.head)
    owner = _owner(cast, phrase, n)
    if name := _named_too(cast, phrase):
        if owner and owner.speaker != name.name:
            cast.sides.setdefault(name.name, owner.side)  # her deputy, Tom Berg
        return Who(name.name, cast.side_of(name, phrase.start, phrase.end), True, "person")
    before = cast.names_in(phrase.start - 60, phrase.start)
    if (
        before
        and head in PERSONS
        and before[-1].sort in ("person", "")
        and cast.text[before[-1].end : phrase.start] == ", "
    ):
        return cast.who(before[-1])  # Ada Lund, a nurse
    side = cast.side_in(phrase.start, _reach(cast.text, phrase))
    tied = owner and _APART.isdisjoint({singular, *(word.form for word in phrase.words[: phrase.cut])})
    if not side and tied and owner.speaker in cast.directory.side:
        side = owner.side
    thing = singular in DOCUMENTS
    vague = thing or head == "source" or (singular in LISTS["vague"] and head != "people")
    some = head in LISTS["indefinite"] and phrase.words[phrase.cut :][:1] == []  # many, but not many in the crowd
    unknown = side or ("unclear" if vague or some else "other")
    if singular in DOCUMENTS:
        issuer = owner or _issuer(cast, phrase, singular)
        return issuer or Who(None, side or "unclear", False, "")
    possessed = phrase.first in LISTS["owner"] or any(name.possessive for name in phrase.names)
    if possessed and owner and owner.speaker and owner.sort == "person" and (thing or _is_no_person(singular)):
        return owner._replace(first=None)  # Ada Lund's gamble
    if head in LISTS["spokesman"] and owner and owner.sort in ("body", "", "person") and owner.speaker:
        wanted = {word.form for word in phrase.words[: phrase.cut]} - STOP_WORDS
        if phrase.first == "the" and (who := _introduced(cast, phrase, wanted)):
            return who
        who = Who(owner.speaker, owner.side, False, "spokesman", n)
        cast.unnamed[head] = (phrase.start, who)
        return who
    alone = head in LISTS["spokesman"] and phrase.first in LISTS["indefinite"] and len(phrase.words) == 2
    if alone and (who := _spoken(cast, phrase.start)):
        return who._replace(named=False, sort="spokesman")
    if singular != head:
        return Who(None, unknown, False, "people", n)
    if head in DESCRIBED_BODIES:
        if owner and owner.speaker and (own := cast.own_body(owner.speaker, head)):
            return own
        return cast.find_body(phrase.words[: phrase.cut]) or Who(None, unknown, False, "body", n)
    if phrase.first not in LISTS["indefinite"]:
        titled = _titled(cast, phrase)
        seat = head in LISTS["seat"] and phrase.first == "the" and any(not name.possessive for name in phrase.names)
        if titled and not seat and (phrase.start > cast.mentions[titled.speaker][0].start or phrase.first != "the"):
            return _told(cast, titled, side)
        if head in cast.unnamed:
            return cast.unnamed[head][1]
        varied = head in _VARIED and phrase.cut == phrase.stop
        bound = not owner or (head not in _HELD and owner.sort == "")  # the Norland senator
        if phrase.first == "the" and varied and phrase.words[1].form != "former":
            who = find_pronoun(cast, phrase.start, "he or she")
            if who and who.sort == "person" and (bound or who.side == side):
                return _told(cast, who, side)
        if titled:
            return _told(cast, titled, side)
        if phrase.first == "the" and head not in PERSONS and (who := cast.find_body(phrase.words[: phrase.cut])):
            return who
    if aged:
        return aged
    # Most that one says of somebody unnamed with "a" or "his" is a word for a person.
    person = (
        head in PERSONS or head == "person" or head in STATES or phrase.first in ("a", "an", "another", *LISTS["owner"])
    )
    who = Who(None, unknown, False, "person" if person else "", n)
    cast.unnamed[head] = (phrase.start, who)
    return who


def _is_no_person(singular: str) -> bool:
    """Whether a noun is neither a person nor people."""
    return singular not in _NOUNS_FOR_SPEAKERS and not _PERSONAL.search(singular)


def _told(cast: Cast, who: Who, side: str | None) -> Who:
    """Somebody whom the study does not list, on the side that a description of him tells."""
    if not side or who.side != "other" or who.speaker in cast.directory.side:
        return who
    cast.sides[who.speaker] = side
    return who._replace(side=side)


def _reach(text: str, phrase: _Phrase) -> int:
    """Where what a description says of somebody ends: before a clause, or where something is done or stands."""
    found, stop = phrase.words, phrase.stop
    for k in range(phrase.cut, stop):
        if _PARTICIPLE.match(found[k].form) or [word.form for word in found[k : k + 2]] in (["in", "a"], ["in", "an"]):
            return found[k].start
    return found[stop - 1].end


def _named_too(cast: Cast, phrase: _Phrase) -> Name | None:
    """The person a description also names: the chief of the port authority Ada Lund; an aide, Tom Berg."""
    text, found, names, cut, stop = cast.text, *phrase[:4]
    if cut < stop and phrase.head in PERSONS:
        last = found[stop - 1].end
        named = [k for k, one in enumerate(names) if _same_end(text, one.end, last)]
        name = names[named[0]] if named else None
        # Behind the name of a body stands a person's: CEO of the Relief Council Ada Lund.
        after = named and named[0] and names[named[0] - 1].sort == "body" and names[named[0] - 1].end + 1 == name.at
        if name and name.sort != "person" and not (after and name.sort == "" and " " in name.name):
            name = None
        of = max(k for k in range(cut, stop) if found[k].form in LISTS["preposition"] or k == cut)
        between = set(folded(text[found[of].end : name.at])) if name else set()
        own = title(text, name) if name else ()
        own = () if own and own[-1] in LISTS["address"] else own  # Undersecretary for Ports Mr Lund
        if between - STOP_WORDS - PERSONS - set(own):
            return name
    if stop < len(found):
        name = next((one for one in names if found[stop].start < one.end), None)
        before = folded(text[found[stop].start : name.start]) if name else ()  # the minister, Mr Lund
        if name and PERSONS.issuperset(before) and name.sort in ("person", "") and not name.possessive:
            return name
    elif phrase.head in PERSONS and text[phrase.end : phrase.end + 2] == ", ":  # the mayor], Ada Lund,
        near = cast.names_in(phrase.end, phrase.end + 80)[:2]
        begins = near and PERSONS.issuperset(folded(text[phrase.end : near[0].start]))
        name = next((one for one in near[1:] if one.start == near[0].end + 1), near[0] if near else None)  # Ada M. Lund
        begins = begins and name.sort in ("person", "") and " " in name.name
        if begins and text[name.end : name.end + 1] in _STOPS:
            return name
    return None


def _owner(cast: Cast, phrase: _Phrase, n: int) -> Who | None:
    """Whose the person or thing described is: its, Lund's, a ministry …; … of, by or for the board."""
    found, cut, stop = phrase.words, phrase.cut, phrase.stop
    if phrase.first in LISTS["owner"]:
        return find_pronoun(cast, phrase.start, PRONOUNS[phrase.first])
    last = found[stop - 1].end
    for k in range(cut - 1):  # the minister's spokesman
        if cast.text[found[k].end - 2 : found[k].end] in ("’s", "'s") and not phrase.names:
            return find_who(cast, phrase.start, found[k].end - 2, n)._replace(first=None)
    behind = cut < stop and found[cut].form in ("of", "from", "by", "for", "at", "with")
    behind = behind or (cut < stop and found[cut].form == "in" and phrase.head in ("article", "column", "editorial"))
    behind = behind and not (found[cut].form == "of" and phrase.head in ("poll", "survey"))  # of voters
    inside = cast.names_in(phrase.start, phrase.head_end)
    inside = [name for name in inside if name.possessive][-1:] or inside  # FBI chief Ada Lund's remarks
    if not inside and singular_of(phrase.head) in DOCUMENTS:  # the report, published on Monday by the board
        rest = cast.text[phrase.head_end : found[-1].end]
        if maker := _MAKER.match(rest):
            inside = cast.names_in(phrase.head_end + maker.end(), found[-1].end)[:2]
    if (
        behind and not inside and found[cut + 1 : cut + 2] and found[cut + 1].form in LISTS["owner"]
    ):  # one of his advisers
        return find_pronoun(cast, found[cut + 1].start, PRONOUNS[found[cut + 1].form])
    for name in inside or (cast.names_in(found[cut].end, min(last, _reach(cast.text, phrase)))[:1] if behind else ()):
        if name.sort != "people":
            return Who(name.name, cast.side_of(name, phrase.start, last), True, name.sort)
    return None


def _issuer(cast: Cast, phrase: _Phrase, noun: str) -> Who | None:
    """Whom "the statement" or "the deal" speaks for: who made it, else the last body that has spoken."""
    if phrase.first in LISTS["indefinite"]:
        later = _maker(cast, noun, phrase.start + 600) or _known_work(cast, noun) if phrase.head == noun else None
        return later and later._replace(named=False)
    if who := _maker(cast, noun, phrase.start):
        return who
    if noun not in LISTS["statement"]:
        return _known_work(cast, noun) if phrase.head == noun else None
    return _spoken(cast, phrase.start)


def _spoken(cast: Cast, place: int) -> Who | None:
    """The last body that has spoken."""
    said = (who for who in islice(cast.sources_before(place), MOST) if who.sort in ("body", "spokesman"))
    return next((who._replace(named=True, first=None) for who in said if who.speaker), None)


def _maker(cast: Cast, noun: str, place: int) -> Who | None:
    """Who made the statement or report that the text last told the maker of."""
    made = cast.made.get(noun, [])
    k = bisect_left(made, place, key=re.Match.end) - 1
    names = cast.names_in(made[k].end(), made[k].end() + 50) if k >= 0 else []
    name = next((name for name in names if name.sort == "person"), names[0] if names else None)
    return name and Who(name.name, cast.side_of(name, name.start, name.end), made[k][2] is not None, name.sort)


def _known_work(cast: Cast, noun: str) -> Who | None:
    """Whose a poll or a report is, where the text says so of one only: the Halden poll."""
    makers = {name.name: name for name in cast.works.get(noun, ()) if name.sort != "people"}
    name = next(iter(makers.values())) if len(makers) == 1 else None
    return name and Who(name.name, cast.side_of(name, name.start, name.end), True, name.sort)


def _titled(cast: Cast, phrase: _Phrase) -> Who | None:
    """The person introduced with a title: the most recent one, else the next one."""
    found, cut = phrase.words, phrase.cut
    names = cast.names_in(phrase.start, phrase.head_end)  # Lund's deputy
    own = [word for word in found[:cut] if not any(name.start <= word.start < name.end for name in names)]
    return _introduced(cast, phrase, {SHORT_TITLES.get(word.form, word.form) for word in own} - STOP_WORDS)


def _introduced(cast: Cast, phrase: _Phrase, wanted: set[str]) -> Who | None:
    known = cast.titled.get(SHORT_TITLES.get(phrase.head, phrase.head), [])
    k = bisect_left(known, phrase.start, key=lambda one: one[0].start)
    near = (*reversed(known[max(0, k - MOST) : k]), *known[k : k + MOST])
    name = next((name for name, every in near if wanted <= every), None)
    if name is None:
        return None
    return Who(name.name, cast.side_of(name, phrase.start, phrase.end), True, "person")
