"""Whom a pronoun stands for: the subject of its own sentence, else of the one before, and so on."""

import re
from collections.abc import Iterator

from parley.sourcing.cast import DESCRIBED_BODIES, MOST, SALIENT, Cast, Who
from parley.sourcing.people import STATES
from parley.text.forms import Word

_BEHIND_PREPOSITION = 3  # names so far away come last
_CLAUSE = re.compile(r"(?:even )?(?:after|although|as|asked|before|despite|if|in what|since|though|when|while)\b", re.I)
_FINITE = re.compile(rf"{_CLAUSE.pattern}(?! \w+ing) [^,]", re.I)
_SUBJECT = {"he": re.compile(r"\b[Hh]e\b"), "she": re.compile(r"\b[Ss]he\b")}
_SPOKEN = 5  # sentences in which somebody has just spoken
_THE_BODY = re.compile(rf"\b[Tt]he ((?i:{'|'.join(sorted(DESCRIBED_BODIES))}))\b(?! \w+ing)")
_CHAIN = 20  # pronouns that stand for one another
_WHOLE = re.compile(r"as a whole|in turn|itself|for (?:its|their) part")
_FROM = re.compile(r" (?:of|from|at) (?:the )?")
_COMMA = re.compile(r",[”\"']{0,2} \Z")


def find_pronoun(cast: Cast, place: int, wanted: str) -> Who | None:
    """Whom the pronoun at a place stands for; `wanted` is he, she, "he or she", it or they."""
    if quote := cast.quoted(place):
        for name in reversed(cast.names_in(max(quote[0], place - 500), place)):
            if _agrees(cast, name.sort, name.name, wanted):
                return cast.who(name)
        if wanted == "they":  # anybody
            return None
        place = quote[0]
    here = cast.sentence_of(place)
    said = _speaker(cast, here, place) if quote and wanted in ("he", "she") else None
    distant = None
    # After meeting Lund, he said; Lund is late, he said.
    other = (
        wanted != "he or she"
        and _COMMA.search(cast.text, place - 4, place)
        and not _FINITE.match(cast.text, cast.sentences[here])
    )
    if other:  # rather one who has spoken before
        other = any(True for k in range(max(0, here - _SPOKEN), here) for _ in _sources(cast, k, place, wanted))
    for sentence in range(here, max(-1, here - SALIENT), -1):
        pool = [*_sources(cast, sentence, place, wanted)]
        if not other or sentence < here:
            pool += _names(cast, sentence, place, wanted)
            if wanted == "it":
                pool += _bodies(cast, sentence, place)
            if wanted in ("he", "she"):
                pool += _same_again(cast, sentence, place, wanted)
        if said:
            pool = [one for one in pool if one[2].speaker != said.speaker or one[2].side != said.side]
        if pool:
            far, _, best = min(pool, key=lambda one: one[:2])
            alone = wanted in ("he", "she") and all(one[2].speaker == best.speaker for one in pool)
            if far < _BEHIND_PREPOSITION or (alone and far == _BEHIND_PREPOSITION):
                return best
            distant = distant or best
    return distant


def _speaker(cast: Cast, sentence: int, place: int) -> Who | None:
    """Who says what is quoted at a place, and does not call himself he."""
    for here in (sentence, sentence - 1):
        for at, who in reversed(cast.sources.get(here, ())):
            if at < place:
                return who
    return None


def _sources(cast: Cast, sentence: int, place: int, wanted: str) -> Iterator[tuple]:
    for at, who in cast.sources.get(sentence, ())[:MOST]:
        if at < place and _agrees(cast, who.sort, who.speaker, wanted):
            yield min(_doubt(cast, who.sort, who.speaker, wanted), 0.9 if who.sort else 9), at, who


def _names(cast: Cast, sentence: int, place: int, wanted: str) -> Iterator[tuple]:
    for name in cast.names_of(sentence):
        if name.start < place and _agrees(cast, name.sort, name.name, wanted) and not cast.quoted(name.start):
            far = cast.distance(name)
            if far < _BEHIND_PREPOSITION:
                far = min(far + _doubt(cast, name.sort, name.name, wanted), 2.9)
            yield far, name.start, cast.who(name)


def _same_again(cast: Cast, sentence: int, place: int, wanted: str) -> Iterator[tuple]:
    """Whom the same pronoun, as a subject, stood for before: he, of whom a sentence is about, remains he."""
    start = cast.sentences[sentence]
    for match in _SUBJECT[wanted].finditer(cast.text, start, min(cast.sentence_end(sentence), place, start + 1000)):
        at = match.start()
        if not cast.quoted(at):
            if at not in cast.meant and cast.depth < _CHAIN:
                cast.depth += 1
                cast.meant[at] = find_pronoun(cast, at, wanted)
                cast.depth -= 1
            if who := cast.meant.get(at):
                yield 0.2, at, who
            return


def _bodies(cast: Cast, sentence: int, place: int) -> Iterator[tuple]:
    """The body that a sentence begins with, where it is not called by its name: the company is late."""
    start = cast.sentences[sentence]
    found = _THE_BODY.match(cast.text, start, min(cast.sentence_end(sentence), place))
    who = found and cast.find_body([Word(found[1].casefold(), *found.span(1))])
    if who and who.speaker:
        yield 0.5, start, who


def _doubt(cast: Cast, sort: str, speaker: str | None, wanted: str) -> float:
    """How much farther a name is for a pronoun that it need not agree with."""
    if wanted in ("he", "she"):
        return 0 if cast.genders.get(speaker) == wanted else 1.5 if sort else 2
    return 1 if sort in ("", "people") else 0


def _agrees(cast: Cast, sort: str, speaker: str | None, wanted: str) -> bool:
    if wanted == "it":
        return sort in ("body", "", "spokesman") and (speaker or "").casefold() not in STATES
    if wanted == "they":
        return sort in ("joint", "people", "body") and speaker not in cast.states
    return sort in ("person", "spokesman") and (wanted == "he or she" or cast.genders.get(speaker, "") in ("", wanted))


def find_relative(cast: Cast, place: int, form: str) -> Who | None:
    """Who or which stands for the name before it in its sentence."""
    begins = max(cast.sentences[cast.sentence_of(place)], place - 300)
    if cast.text.endswith(" and ", 0, place) and (before := cast.text.rfind(f", {form} ", begins, place)) > 0:
        place = before + 2  # Lund, who left, and who
    names = [name for name in cast.names_in(begins, place)[-2:] if name.sort != "people" or form == "who"]
    name = names[-1] if names else None
    between = cast.text[name.end : place].strip(" ,(—–") if name else ""
    if name is None or (between and not (form == "which" and _WHOLE.fullmatch(between))):
        return None
    if form == "who" and name.sort != "person" and len(names) > 1 and names[0].sort in ("person", ""):
        name = names[0] if _FROM.fullmatch(cast.text, names[0].end, name.start) else name  # Ada Lund of Norby, who
    return None if form == "who" and name.sort == "body" and not name.name.endswith("s") else cast.who(name)
