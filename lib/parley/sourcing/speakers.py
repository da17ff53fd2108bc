"""From the phrase that names a source to the person or body it stands for, and the side it speaks on.

An article is read once from left to right: a pronoun or a description ("he", "the ministry", "the statement") stands
for somebody the article has brought in before. What is then still open ("a harbour official") is looked for further on.
"""

import re
from collections.abc import Mapping, Sequence

from parley.sourcing.cast import NOBODY, Cast, Who
from parley.sourcing.descriptions import CONTRACTED, find_who, singular_of
from parley.sourcing.names import title
from parley.sourcing.people import FUNCTION, LISTS, Sides, folded, read_sides
from parley.sourcing.runs import Name
from parley.text.classes import STOP_WORDS
from parley.text.forms import words
from parley.text.quotations import kind

_INTERPRETER = re.compile(r"[^.;“\"\n]{0,30}?\b(?:through|via) ((?:an?|his|her|their) (?:interpreter|translator))\b")
_ACCORDING = re.compile(r"[,”\"’']* ?,? ?according to (?:the )?")
_TOLD = re.compile(r" (?:the )?(?:state |official )?(?:news agency |newspaper )?")
_BEFORE_QUOTED = re.compile(r"(?: [a-z]+){0,2} ")
_LONGEST = 600  # characters of a passage whose words are compared
_NEXT = 300  # characters to the next one who speaks
_AHEAD = 7  # attributions among which an unnamed source is looked for by name
_ADDRESSED = re.compile(r"(?:MR|MRS|MS|DR|GEN|SEN|REP|GOV|SIR|LORD|PRESIDENT|SECRETARY|MINISTER)\b")
_QUESTION = 300  # characters of what an interviewer says
_YOU = re.compile(r"\byour?\b")
_INTERVIEW = re.compile(r"(?<!I )\binterview(?:ed|s)?\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:\n+[^\n]{60,}){0,3}\n+((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+)\.?[ ]*\n+(?:[^\n]{1,40}(?:\n|\Z)|\Z)"
)
_ANONYMOUS = re.compile(r"\banonym|\bnot (?:to )?be (?:named|identified)")
_NEARBY = 5  # attributions among which the one that quotes "we" is looked for


def resolve(
    text: str, records: Sequence[Mapping], sides: Sides, writer: str | None = None, cast: Cast | None = None
) -> list[dict | None]:
    """Who speaks in each attribution, on which side, named or not, quoted how, and through whom.

    `writer` is whose words the text's own are, if that is known; `cast` is who the text names, if that is.
    A record that stands `within` another one gets None if both have the same speaker, or one speaks for the other.
    """
    cast = cast.anew() if cast else Cast(text, read_sides(sides))
    places = [(one["source"] or one["cue"] or one["content"] or [(0, 0)])[0][0] for one in records]
    order = sorted(range(len(records)), key=places.__getitem__)
    outer = [n for n in order if "within" not in records[n]]
    found: dict[int, Who] = {}
    known: dict[tuple[int, int], Who] = {}  # coordinated cues share a source
    for n in [*outer, *(n for n in order if "within" in records[n])]:
        source = tuple(records[n]["source"][0]) if records[n]["source"] else None
        if source is None or text[slice(*source)] in ("Q", "A"):  # questions and answers
            found[n] = NOBODY
            continue
        if source not in known:
            known[source] = find_who(cast, *source, n)
        found[n] = known[source]
        if "within" not in records[n] and not cast.quoted(source[0]):
            cast.sources[cast.sentence_of(source[0])].append((source[0], found[n]))
    for n in outer:
        speaker = found[n].speaker or ""
        # MR. DORN is Dorn; PEN may be a body.
        if speaker.isupper() and _ADDRESSED.match(text, records[n]["source"][0][0]):
            found[n] = found[n]._replace(speaker=speaker.title())
    for n, who in found.items():  # what is told of somebody later holds before too
        if who.side == "other" and who.speaker not in cast.directory.side:
            found[n] = who._replace(side=cast.sides.get(who.speaker, "other"))
    _look_ahead(cast, records, outer, found)
    _first_person(cast, records, outer, found, writer)
    return [
        None
        if "within" in record and _one_voice(found[n], found[record["within"]])
        else {
            "speaker": found[n].speaker,
            "side": found[n].side if sides else None,
            "named": found[n].named,
            "kind": kind(text, record["content"], record["cue"], cast.quotes),
            "via": _via(cast, record, found[n]),
        }
        for n, record in enumerate(records)
    ]


def _one_voice(inner: Who, outer: Who) -> bool:
    """Whether an attribution inside another one has the same holder: the speaker himself, or whom he speaks for."""
    if inner.speaker and outer.speaker and set(inner.speaker.split("; ")) & set(outer.speaker.split("; ")):
        return True
    own_side = inner.side == outer.side and inner.side not in (None, "other", "unclear")
    return own_side and inner.sort == "body" and outer.sort in ("person", "spokesman")


def _look_ahead(cast: Cast, records: Sequence[Mapping], order: Sequence[int], found: dict[int, Who]) -> None:
    """Name an unnamed source after the person who speaks next, where that is the same one."""
    appears = {name.name: name.start for name in reversed(cast.names)}
    for k, n in enumerate(order):
        if found[n].first != n or found[n].sort != "person":
            continue
        start, end = records[n]["source"][0]
        if cast.text.endswith("source", start, end) or _ANONYMOUS.search(cast.text, start, start + _NEXT):
            continue
        named = (
            m
            for m in order[k + 1 : k + 1 + _AHEAD]
            if records[m]["source"] and found[m].sort == "person" and found[m].first is None
        )
        if (m := next(named, None)) is None:
            continue
        new = found[m].named and appears.get(found[m].speaker, 0) > start
        if new and _same_voice(cast, records[n], records[m], found[n], found[m]):
            found[n] = found[m]._replace(named=False, first=n)
    for n in order:
        first = found[n].first
        if first is not None and first != n and found[first].speaker:
            found[n] = found[first]


def _same_voice(cast: Cast, unnamed: Mapping, named: Mapping, before: Who, after: Who) -> bool:
    """Whether an unnamed source and the person who speaks next can be taken for the same one."""
    if before.side != after.side and not {before.side, after.side} & {"other", "unclear"}:
        return False
    described, introduced = _forms(cast, unnamed["source"]), _forms(cast, named["source"])
    for name in cast.names_in(*named["source"][0]):
        introduced.update(title(cast.text, name))
    near = named["source"][0][0] - unnamed["source"][0][1] < _NEXT and not described.isdisjoint(LISTS["informant"])
    if len((described & introduced) - LISTS["office"]) > (not near):
        return True
    if unnamed["source"][0][0] < cast.text.find("\n"):  # a headline: Lawmaker urges calm
        return bool(described & LISTS["office"]) and bool(introduced & LISTS["office"])
    alike = bool(described & LISTS["informant"]) and bool(introduced & LISTS["office"])
    return alike and bool(_forms(cast, unnamed["content"]) & _forms(cast, named["content"]))


def _forms(cast: Cast, spans: Sequence[tuple[int, int]]) -> set[str]:
    """The words of a passage that say something; of a long one, those at its beginning."""
    return {
        singular_of(word.form)
        for start, end in spans
        for word in words(cast.text[start : min(end, start + _LONGEST)])
        if len(word.form) > 3
    } - STOP_WORDS


def _first_person(
    cast: Cast, records: Sequence[Mapping], order: Sequence[int], found: dict[int, Who], writer: str | None
) -> None:
    """I and we are who is quoted as saying so, is interviewed, or writes."""
    text = cast.text
    first = {n for n in order if (one := records[n]["source"]) and is_first(text[slice(*one[0])])}
    you = {n for n in order if (one := records[n]["source"]) and text[slice(*one[0])].lower() == "you"}
    asked = _interviewed(cast) if first or you else None
    for n in you if asked else ():
        place = records[n]["source"][0][0]
        question = text[place : min(place + _QUESTION, text.find("\n", place) % (len(text) + 1))]
        if question.rstrip().endswith("?") and not cast.quoted(place):
            found[n] = cast.who(asked)
    byline = (writer or "").split()  # From DR ADA LUND
    while byline and not {*folded(byline[0])}.isdisjoint(FUNCTION | LISTS["address"]):
        byline = byline[1:]
    author = " ".join(word.title() if word.isupper() else word for word in byline)
    for k, n in enumerate(order):
        if n not in first:
            continue
        place = records[n]["source"][0][0]
        near = [m for m in order[max(0, k - _NEARBY) : k + _NEARBY + 1] if m not in first and found[m].speaker]
        inside = (m for m in near if any(start <= place < end for start, end in records[m]["content"]))
        quote = cast.quoted(place)
        line, stop = text.rfind("\n", 0, place) + 1, text.find("\n", place) % (len(text) + 1)
        if (m := next(inside, None)) is None and quote:
            m = _quoted_as(cast, records, near, quote, line, stop)
        if m is not None:
            found[n] = found[m]
        elif not quote:
            paragraph = text[line : min(stop, line + 4 * _LONGEST)].strip()
            question = paragraph.endswith("?") or (len(paragraph) < _QUESTION and _YOU.search(paragraph))
            if asked and (one := _asking(cast, asked) if question else asked):
                found[n] = cast.who(one)
            elif not asked and (name := _signed(text, stop) or author):
                speaker = cast.directory.speakers.get(folded(name), name)
                found[n] = Who(speaker, cast.directory.side.get(speaker, "other"), True, "person")


def is_first(source: str) -> bool:
    """Whether a source is the one who speaks: I, we're, and not the US."""
    return CONTRACTED.sub("", source.lower()) in LISTS["first person"] and (source == "I" or not source.isupper())


def _quoted_as(
    cast: Cast, records: Sequence[Mapping], near: Sequence[int], quote: tuple[int, int], line: int, stop: int
) -> int | None:
    """Whose a quotation is: of whom part of it is cited, else of who speaks in its paragraph, or right before it."""
    outside = [m for m in near if not cast.quoted(records[m]["source"][0][0])]
    for m in outside:
        if any(start < quote[1] and end > quote[0] for start, end in records[m]["content"]):
            return m
    here = [m for m in outside if line <= records[m]["source"][0][0] < stop]
    before = [m for m in outside if records[m]["source"][0][0] < line and kind_of(cast, records[m]) != "indirect"]
    alone = not cast.text[line : quote[0]].strip() and not cast.text[quote[1] : stop].strip()
    return here[-1] if here else before[-1] if before and alone else None


def kind_of(cast: Cast, record: Mapping) -> str:
    """How a record's content is quoted."""
    return kind(cast.text, record["content"], record["cue"], cast.quotes)


def _interviewed(cast: Cast) -> Name | None:
    """Who answers in an interview: of those named where it is announced, who is named most; else the one before."""
    text = cast.text
    lines = [line.rstrip() for line in text[: 200 * _LONGEST].splitlines() if line.strip()]
    announced = _INTERVIEW.search(text, 0, 3 * _LONGEST)
    if not announced or sum(line.endswith("?") for line in lines) < 2:
        return None
    here = cast.sentence_of(announced.start())
    for sentence in (here, here - 1):
        people = [name for name in cast.names_of(max(0, sentence)) if name.sort == "person"]
        if people:
            return max(people, key=lambda one: (" " in text[one.at : one.end], len(cast.mentions[one.name])))
    return None


def _asking(cast: Cast, asked: Name) -> Name | None:
    """Who asks in an interview: the other one who is named before the word for it, where it is announced."""
    for word in _INTERVIEW.finditer(cast.text, 0, 3 * _LONGEST):
        for name in reversed(cast.names_in(cast.sentences[cast.sentence_of(word.start())], word.start())):
            if name.name != asked.name:
                return name
    return None


def _signed(text: str, place: int) -> str | None:
    """The name that stands by itself under a letter."""
    signed = _SIGNED.match(text, place)
    return signed[1] if signed else None


def _via(cast: Cast, record: Mapping, who: Who) -> str | None:
    """Who passed the words on: an agency or paper that was told or is quoted, an interpreter."""
    text = cast.text
    for start, end in record.get("via", ()):
        names = [name for name in cast.names_in(start, end) if name.sort != "people"]
        return names[0].name if names else text[start:end]
    if not record["cue"]:
        return None
    start, end = record["cue"][0][0], record["cue"][-1][1]
    if interpreter := _INTERPRETER.match(text, end, end + 80):
        return interpreter[1]
    # Each name that may be an outlet's, the places between it and the cue, and what may stand there.
    cue = text[start:end].lower().split() or [""]
    if cue[0] in ("quoted", "quotes", "quoting", "cited", "cites", "citing"):
        line = max(start - 80, cast.sentences[cast.sentence_of(start)])
        passed = [(name, name.end, start, _BEFORE_QUOTED) for name in cast.names_in(line, start)[-1:]]
    elif cue[-1] in ("told", "tells", "telling"):
        passed = [(name, end, name.start, _TOLD) for name in cast.names_in(end, end + 60)[:1]]
    else:
        passed = [
            (name, at, name.start, _ACCORDING)
            for at in (end, record["content"][-1][1] if record["content"] else end)
            if _ACCORDING.match(text, at)
            for name in cast.names_in(at, at + 60)[:1]
        ]
    for name, a, b, between in passed:
        behind = text[name.end : name.end + 15].split()[:1]  # the Vopress agency
        called = cast.words_for(name) | {word.strip(".,") for word in behind}
        outlet = name.sort != "person" and not called.isdisjoint(LISTS["agency"] | LISTS["outlet"])
        outlet = outlet or not LISTS["outlet"].isdisjoint(text[a:b].split())
        if outlet and between.fullmatch(text, a, b) and name.name != who.speaker:
            return name.name
    return None
