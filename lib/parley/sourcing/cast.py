"""An article's cast: who is mentioned where, what they are called, and on whose side they stand."""

import copy
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from parley.sourcing.names import find_names, title, titled_span
from parley.sourcing.people import BODIES, LISTS, STATES, Directory, adjective_side, folded, gender
from parley.sourcing.runs import Name
from parley.text.classes import STOP_WORDS
from parley.text.forms import Word, fold, words
from parley.text.quotations import around, quotation_spans
from parley.text.sentences import split

DESCRIBED_BODIES = (BODIES | LISTS["company"] | LISTS["watchdog"]) - {"conference"}
# However long a sentence is, no more is looked at for one question, so that work grows with the text.
MOST = 50
SALIENT = 8  # sentences that a pronoun is followed back
PRONOUNS = (
    dict.fromkeys(["he", "him", "his", "himself"], "he")
    | dict.fromkeys(["she", "her", "hers", "herself"], "she")
    | dict.fromkeys(["it", "its", "itself"], "it")
    | dict.fromkeys(["they", "them", "their", "themselves"], "they")
)
SHORT_TITLES = dict(
    capt="captain", col="colonel", dr="doctor", gen="general", gov="governor", lt="lieutenant",
    pm="prime", premier="prime", rep="representative", rev="reverend", sen="senator", sgt="sergeant",
)  # fmt: skip
DOCUMENTS = LISTS["statement"] | LISTS["document"]
_BROUGHT_IN = LISTS["indefinite"] | LISTS["owner"]
_GROUPS = LISTS["generic"] | LISTS["company"] | {"party", "union"}
_PRESS = LISTS["outlet"] | LISTS["agency"]
_MADE = re.compile(
    rf"\b({'|'.join(sorted(DOCUMENTS))})s?,? (?:\w+ )?"
    r"(?:(carried out|compiled|conducted|prepared|produced|issued|published|released|written|announced|presented|adopted|signed)|"
    r"brokered|drafted|proposed|negotiated|mediated|devised|drawn up|put forward|tabled) by "
)
_WORK = re.compile(r" (?:\w+ )?(poll|survey|study|report|research)\b")
_WORK_BY = re.compile(r"\b(poll|survey|study|report|research) (?:\w+ed )?by (?:the )?\Z")
_BRACKET = re.compile(r" \(([^()\n]{1,30})\)")  # Ada Lund (DWU)
# Ada Lund, R-Norby; Ada Lund, a Norby Red who; Ada Lund (a Red so young
_MEMBER = re.compile(
    r"(?:, | \(| (?:is|was) )(?:[Aa]n? |the )?(?:[\w'’-]+ ){0,4}?([A-Z]\w+|[A-Z]-[A-Z][a-z.]+)"
    r"(?=[,.;:)]|\Z| (?:and|at|for|from|in|of|so|who)\b)"
)
# Reds including minister Ada Lund; Red politicians like Ada Lund
_AMONG = re.compile(r"\b([A-Z]\w+(?: [a-z]+)?),? (?:including|like|such as) (?:[A-Z]\w+ )*\Z")
_OF_PARTY = re.compile(r" (?:candidate|councillor|leader|MEP|MP|motion|senator|TD)s?\b")  # Reds candidates
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]ers?|[Hh]im)\b")


class Who(NamedTuple):
    """Whom a source phrase stands for."""

    speaker: str | None
    side: str | None
    named: bool
    sort: str  # person, body, people, joint, spokesman, or empty
    first: int | None = None  # the attribution that brought in an unnamed source, for a name found later


NOBODY = Who(None, "unclear", False, "")


class Cast:
    """What an article's text tells about the people and bodies in it, filled in while it is read from left to right."""

    def __init__(self, text: str, directory: Directory) -> None:
        self.text = text
        self.directory = directory
        self.names = find_names(text, directory)
        self.quotes = quotation_spans(text)
        self.sentences, at = [0], 0  # where each begins
        for line in text.splitlines(keepends=True):
            if not line.isspace():
                self.sentences += [at + start for start, _ in split(line.rstrip("\n")) if not self.quoted(at + start)]
            at += len(line)
        self.starts = [name.start for name in self.names]
        self.sources: dict[int, list[tuple[int, Who]]] = defaultdict(list)  # by sentence: place, who
        self.unnamed: dict[str, tuple[int, Who]] = {}  # by description: the last one brought in, and where
        self.sides: dict[str, str] = {}  # of people and bodies the study does not list: as they are introduced
        self.meant: dict[int, Who | None] = {}  # by its place: whom a pronoun stands for
        self.depth = 0  # of pronouns that are asked for whom another one stands
        self.states = frozenset(STATES.values())
        self._called: dict[str, set[str]] = {}

    def anew(self) -> "Cast":
        """The same people and bodies, of whom nobody has spoken yet."""
        other = copy.copy(self)
        other.sources, other.unnamed, other.sides = defaultdict(list), {}, {}
        return other

    def quoted(self, place: int) -> tuple[int, int] | None:
        """The quotation that a place stands in, if any."""
        return around(self.quotes, place)

    def sentence_of(self, place: int) -> int:
        """The number of the sentence that a place stands in."""
        return bisect_right(self.sentences, place) - 1

    def sentence_end(self, sentence: int) -> int:
        """Where a sentence ends, or the next one begins."""
        return self.sentences[sentence + 1] if sentence + 1 < len(self.sentences) else len(self.text)

    def names_of(self, sentence: int) -> list[Name]:
        """The names in a sentence, the first ones of a very long one."""
        first = bisect_left(self.starts, self.sentences[sentence])
        return self.names[first : min(first + MOST, bisect_left(self.starts, self.sentence_end(sentence)))]

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that stand inside a stretch of text; what comes before them there may be cut off."""
        k = bisect_left(self.starts, start)
        inside = self.names[k : bisect_left(self.starts, end, lo=k)]
        return [name for name in inside if name.end <= end + 1]  # U.N. at the end of a sentence

    def sources_before(self, place: int) -> Iterator[Who]:
        """Who has spoken before, the last one first."""
        here = self.sentence_of(place)
        for sentence in range(here, max(-1, here - 3 * SALIENT), -1):
            yield from (who for at, who in reversed(self.sources.get(sentence, ())) if at < place)

    def side_of(self, name: Name, start: int, end: int) -> str:
        """A listed speaker's side; others keep the side of what they are introduced with."""
        listed = self.directory.speakers.get(folded(name.name), name.name)  # himself, or the body he is listed under
        if not self.directory.side or listed in self.directory.side:
            return self.directory.side.get(listed, "other")
        if side := self._side_listed(name):
            return side
        if name.name not in self.sides:
            self.sides[name.name] = self.side_in(start, end) or self._side_introduced(name.name) or "other"
        return self.sides[name.name]

    def _side_listed(self, name: Name) -> str | None:
        """The side of a name that the study lists, or of the listed body whose organ it is."""
        if name.listed:
            return self.directory.side[name.name]
        part = name.sort == "body" and self.directory.pattern and self.directory.pattern.match(name.name)
        return self.directory.side[self.directory.speakers[folded(part[0])]] if part else None

    @cached_property
    def mentions(self) -> dict[str, list[Name]]:
        """Where everybody is named."""
        found = defaultdict(list)
        for name in self.names:
            found[name.name].append(name)
        return found

    def _side_introduced(self, speaker: str) -> str | None:
        """The side in the words around the first mentions of somebody that come with a title."""
        for name in self.mentions.get(speaker, ())[:5]:
            if (span := titled_span(self.text, name)) and (side := self.side_in(*span)):
                return side
            if (group := _AMONG.search(self.text, max(0, name.start - 60), name.start)) and (
                side := self.side_in(group.start(1), group.end(1))
            ):
                return side
            if (party := _BRACKET.match(self.text, name.end)) and (
                side := self.side_in(*party.span(1)) or self._party(party[1])
            ):
                return side
            if (member := _MEMBER.match(self.text, name.end)) and (side := self._party(member[1])):
                return side
        return None

    def _party(self, word: str) -> str | None:
        """The side of the listed group whose member a word behind a name makes somebody: Ada Lund, a Red; (R-Norby)."""
        letter, _, place = word.partition("-")
        named = [one for one in self.groups if one == f"{word}s"]
        if not named and len(letter) == 1 and (place[:1].isupper() or not place):
            named = [one for one in self.groups if one[0] == letter]
        return self.directory.side[named[0]] if len(named) == 1 else None

    def side_in(self, start: int, end: int) -> str | None:
        """The side of the first body or group in a stretch of text, or of the first state in an adjective.

        Who is for or against somebody, related to him, or was with him once, does not stand on his side.
        """
        found = words(self.text[start:end])
        listed = next((name for name in self.names_in(start, end) if self._side_listed(name)), None)
        at, side = (listed.start, self._side_listed(listed)) if listed else (end, None)
        group = bool(listed) and listed.name in self.groups and not listed.possessive
        for word in found:
            if start + word.start > at:
                break
            if self.text[start + word.start].isupper() and (own := adjective_side(word.form, self.directory)):
                at, side = start + word.start, own
                group = any(one[:4].casefold() == word.form[:4] for one in self.groups)
                break
        own = True  # what is said of himself, and not of whom he is with: an aide of the former minister
        for word in found if side else ():
            form = word.form.removesuffix("s")
            own = own and form not in LISTS["preposition"]
            # A Red critic is a Red, a critic of the Reds is none.
            if form in LISTS["partisan"] and not (group and start + word.start > at):
                return None
            if own and form in LISTS["related"] and not group:
                return None
        return side

    def who(self, name: Name) -> Who:
        """Whom a name by itself stands for."""
        if name.sort == "people":
            return Who(None, self.directory.side[name.name], False, "people")
        return Who(name.name, self.side_of(name, name.start, name.end), True, name.sort)

    def words_for(self, name: Name) -> set[str]:
        """All words by which a body can be called: those of its name, and of the study's aliases for it."""
        if name.name not in self._called:
            self._called[name.name] = {*folded(name.name)} | self.directory.called.get(name.name, set())
        return self._called[name.name]

    def find_body(self, phrase: Sequence[Word]) -> Who | None:
        """The body that "the ministry" or "the organization" stands for, or that capital letters name."""
        text, start, end, head = self.text, phrase[0].start, phrase[-1].end, phrase[-1].form
        if phrase[0].form in _BROUGHT_IN:
            return None
        thing = head not in DESCRIBED_BODIES and text[phrase[-1].start].islower()  # the Norland dispute
        if inside := () if thing else self.names_in(start, phrase[-1].start):  # the Fastnet rescue service
            speaker, last = " ".join(text[max(start, inside[0].start) : end].split()), inside[-1]
            noun = " ".join(text[last.end + 2 * last.possessive : end].split())
            if last.possessive:  # Lund's office
                speaker = f"{last.name}'s {noun}"
            if own := self.own_body(last.name, noun):
                return own
            if self.text[last.at : last.end].isupper() and last.sort in ("body", "") and noun in _GROUPS:
                return Who(last.name, self.side_of(last, start, end), True, "body")  # the DWU group
            return Who(speaker, self.side_in(start, end) or "other", True, "body")
        wanted = {word.form for word in phrase} - STOP_WORDS
        k = bisect_left(self.starts, start)
        before, behind = self.names[max(0, k - 3 * MOST + 1) : k], self.names[k : k + 3 * MOST]
        if not wanted:
            return None
        called, firm = [], head in LISTS["company"]
        for name in (*reversed(before), *behind):
            if name.sort in ("person", "people") or name.name in self.groups or self.quoted(name.start):
                continue
            exact = wanted <= self.words_for(name) or wanted <= self._beside(name)
            exact = exact and (not thing or folded(name.name)[-1] == head)
            if exact and not (firm and len(wanted) == 1):
                return Who(name.name, self.side_of(name, start, end), True, "body")
            if exact or (
                name.start < start and not wanted - {head, "news", "wire"} and self._can_be_called(name, head)
            ):
                called.append(name)
        if called:  # the one that the text is about, of those not long ago
            here = self.sentence_of(start)
            near = [one for one in called if abs(here - self.sentence_of(one.start)) < SALIENT]
            name = max(near or called, key=lambda one: len(self.mentions[one.name]))
            return Who(name.name, self.side_of(name, start, end), True, "body")
        if text[phrase[-1].start].isupper() and len(phrase) == 2:  # the Congress
            if (own := [one for one in self.directory.side if folded(one)[-1:] == (head,)]) and len(own) == 1:
                return Who(own[0], self.directory.side[own[0]], True, "body")
            return Who(text[start:end].removeprefix("the "), "other", True, "body")
        return None

    def _beside(self, name: Name) -> set[str]:
        """The words right before and right behind a name: Halden magazine, the company Halden."""
        before, behind = (
            self.text[max(0, name.at - 20) : name.at].split()[-1:],
            self.text[name.end : name.end + 20].split()[:1],
        )
        before = [word for word in before if not word.endswith(("’s", "'s"))]
        return {fold(word.strip(".,;:)")) for word in (*before, *behind) if word[0].islower()}

    def own_body(self, speaker: str, noun: str) -> Who | None:
        """Somebody's body that the study lists: Ada Lund's campaign, where it lists the Lund campaign."""
        full = folded(speaker)
        for name in ((*full, *folded(noun)), (*full[-1:], *folded(noun))):
            if own := self.directory.speakers.get(name):
                return Who(own, self.directory.side[own], True, "body")
        return None

    def _can_be_called(self, name: Name, head: str) -> bool:
        called = self.words_for(name)
        if head == "union":
            return not LISTS["union"].isdisjoint(called)
        if head == "party":
            return name.name in self.parties
        if head in LISTS["outlet"] or head == "service":
            return not _PRESS.isdisjoint(called)
        if head in LISTS["watchdog"]:
            return not LISTS["regulator"].isdisjoint(called)
        if head in LISTS["company"]:
            return (
                LISTS["public"].isdisjoint(called)
                and self.distance(name) < 3
                and (name.sort == "body" or len(self.mentions[name.name]) > 1)
            )
        generic = head in LISTS["generic"] and not LISTS["organization"].isdisjoint(called)
        return generic and LISTS["state"].isdisjoint(called)

    def distance(self, name: Name) -> int:
        """How far a name is from a later pronoun: 1 plain, 2 possessive, 3 behind a preposition, 4 a place."""
        before = self.text[max(0, name.start - 30) : name.start]
        if before.endswith((" ", "-")):
            forms = before.lower().split()[-3:]
            if forms and forms[-1] in ("the", "a", "an", "its", "his", "her", "their", "of"):
                forms.pop()
            if forms and forms[-1] in LISTS["place"]:
                return 4
            if forms and forms[-1] in LISTS["preposition"]:
                return 3
        return 2 if name.possessive else 1

    @cached_property
    def groups(self) -> list[str]:
        """The listed speakers whose names are a word for all their members: Reds."""
        return [one for one in self.directory.side if one.endswith("s") and one.isalpha()]

    @cached_property
    def parties(self) -> set[str]:
        """Who has candidates and leaders."""
        return {name.name for name in self.names if _OF_PARTY.match(self.text, name.end)}

    @cached_property
    def titled(self) -> dict[str, list[tuple[Name, frozenset[str]]]]:
        """The people introduced with a title, and all words of it, by each of them."""
        found = defaultdict(list)
        for name in self.names:
            if name.sort == "person":
                forms = frozenset(SHORT_TITLES.get(form, form) for form in title(self.text, name))
                for form in forms:
                    found[form].append((name, forms))
        return found

    @cached_property
    def made(self) -> dict[str, list[re.Match]]:
        """Where the text tells who made a statement or deal, by the word for it."""
        found = defaultdict(list)
        for match in _MADE.finditer(self.text):
            found[match[1].lower()].append(match)
        return found

    @cached_property
    def works(self) -> dict[str, list[Name]]:
        """Who is named right before the word for a survey or a report, or behind it with by."""
        found = defaultdict(list)
        for name in self.names:
            if (not name.possessive and (noun := _WORK.match(self.text, name.end))) or (
                noun := _WORK_BY.search(self.text, max(0, name.start - 40), name.start)
            ):
                found[noun[1]].append(name)
        return found

    @cached_property
    def genders(self) -> dict[str, str]:
        """The pronoun of each person: by title or first name, else as in sentences that mention nobody else."""
        persons = [name for name in self.names if name.sort == "person"]
        found = {name.name: gender((), name.name) for name in persons}
        for name in persons:
            found[name.name] = found[name.name] or gender(title(self.text, name))
        votes: dict[str, Counter] = defaultdict(Counter)
        for match in _PRONOUN.finditer(self.text):
            if not self.quoted(match.start()) and (lone := self._lone_person(match.start())):
                votes[lone][PRONOUNS[match[0].lower()]] += 1
        return {name: count.most_common(1)[0][0] for name, count in votes.items()} | {
            name: known for name, known in found.items() if known
        }

    def _lone_person(self, place: int) -> str | None:
        """The only person named before a place in its sentence, or if there is none, in the one before."""
        here = self.sentence_of(place)
        for sentence in range(here, max(-1, here - 2), -1):
            people = {
                name.name
                for name in self.names_of(sentence)[:20]
                if name.sort == "person" and name.start < place and not self.quoted(name.start)
            }
            if people:
                return people.pop() if len(people) == 1 else None
        return None
