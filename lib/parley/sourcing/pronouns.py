"""Whom a pronoun stands for: the subject of its own sentence, else of the one before, and so on."""

import re
from collections import Counter, defaultdict

from parley.sourcing.cast import (
    DESCRIBED_BODIES,
    MOST,
    Cast,
    Who,
    distance,
    find_body,
    names_in,
    names_of,
    sentence_of,
    side_of,
)
from parley.sourcing.names import Name, title
from parley.sourcing.people import LISTS, gender
from parley.text.quotations import around
from parley.text.words import Word, words

PRONOUNS = (
    dict.fromkeys(["he", "him", "his", "himself"], "he")
    | dict.fromkeys(["she", "her", "hers", "herself"], "she")
    | dict.fromkeys(["it", "its", "itself"], "it")
    | dict.fromkeys(["they", "them", "their", "themselves"], "they")
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]ers?|[Hh]im)\b")
SALIENT = 8  # sentences that a pronoun is followed back


def find_pronoun(cast: Cast, place: int, wanted: str) -> Who | None:
    """Whom the pronoun at a place stands for; `wanted` is he, she, "he or she", it or they."""
    if quote := around(cast.quotes, place):
        inside = names_in(cast, max(quote[0], place - 500), place)
        inside = [name for name in inside if _agrees(cast, name.sort, name.name, wanted)]
        if inside:
            return _stands_for(cast, inside[-1])
        place = quote[0]
    here = sentence_of(cast, place)
    later = None  # names behind a preposition come last
    for sentence in range(here, max(-1, here - SALIENT), -1):
        pool = [
            (_doubt(cast, who.sort, who.speaker, wanted), at, who)
            for at, who in cast.sources.get(sentence, ())[:MOST]
            if at < place and _agrees(cast, who.sort, who.speaker, wanted)
        ]
        for name in names_of(cast, sentence):
            if (
                name.start < place
                and _agrees(cast, name.sort, name.name, wanted)
                and not around(cast.quotes, name.start)
            ):
                far = distance(cast.text, name)
                doubt = _doubt(cast, name.sort, name.name, wanted)
                pool.append((min(far + doubt, 2.9) if far < 3 else far, name.start, name))
        if wanted == "it":
            pool += _bodies_described(cast, sentence, place)
        if pool:
            rank, _, best = min(pool, key=lambda one: one[:2])
            best = best if isinstance(best, Who) else _stands_for(cast, best)
            if wanted == "it" and best.sort == "spokesman":
                best = best._replace(named=True, sort="body", first=None)
            if rank < 3:
                return best
            later = later or best
    return later


def _doubt(cast: Cast, sort: str, speaker: str | None, wanted: str) -> float:
    """How much farther a name is for a pronoun that it need not agree with."""
    if wanted in ("he", "she"):
        return 0 if _gender(cast, speaker) == wanted else 1.5
    return 1 if sort in ("", "people") else 0


def _bodies_described(cast: Cast, sentence: int, place: int) -> list[tuple[int, int, Who]]:
    """Bodies that a sentence mentions without a name: "the company has offered"."""
    start = cast.sentences[sentence]
    end = cast.sentences[sentence + 1] if sentence + 1 < len(cast.sentences) else len(cast.text)
    found = []
    for match in re.finditer(
        r"(\w+ )?\b([Tt]he (?:[a-z]+ )?)([a-z]+)\b", cast.text[start : min(end, place, start + 1000)]
    ):
        at = start + match.start(2)
        if match[3] in DESCRIBED_BODIES and not around(cast.quotes, at):
            phrase = [Word(word.form, at + word.start, at + word.end) for word in words(match[2] + match[3])]
            if who := find_body(cast, phrase):
                found.append((3 if (match[1] or "").strip().lower() in LISTS["preposition"] else 1, at, who))
    return found


def _stands_for(cast: Cast, name: Name) -> Who:
    if name.sort == "people":
        return Who(None, cast.directory.side[name.name], False, "people")
    return Who(name.name, side_of(cast, name, name.start, name.end), True, name.sort)


def _agrees(cast: Cast, sort: str, speaker: str | None, wanted: str) -> bool:
    if wanted == "it":
        return sort in ("body", "", "spokesman")
    if wanted == "they":
        return sort in ("joint", "people", "body")
    return (
        (sort == "person" and _gender(cast, speaker) in ("", wanted))
        or (sort == "person" and wanted == "he or she")
        or (sort == "spokesman" and wanted != "it")
    )


def _gender(cast: Cast, speaker: str | None) -> str:
    """The pronoun of a person: by title or first name, else as in sentences that mention nobody else."""
    if "genders" not in cast.kept:
        votes: dict[str, Counter] = defaultdict(Counter)
        for match in _PRONOUN.finditer(cast.text):
            if around(cast.quotes, match.start()):
                continue
            here = sentence_of(cast, match.start())
            for sentence in (here, here - 1):
                people = {
                    name.name
                    for name in (names_of(cast, sentence)[:20] if sentence >= 0 else ())
                    if name.sort == "person" and name.start < match.start() and not around(cast.quotes, name.start)
                }
                if people:
                    if len(people) == 1:
                        votes[people.pop()][PRONOUNS[match[0].lower()]] += 1
                    break
        genders = {name: count.most_common(1)[0][0] for name, count in votes.items()}
        people = {name.name: gender((), name.name) for name in cast.names if name.sort == "person"}
        for name in cast.names:
            if people.get(name.name) == "" and (known := gender(title(cast.text, name))):
                people[name.name] = known
        genders |= {name: known for name, known in people.items() if known}
        cast.kept["genders"] = genders
    return cast.kept["genders"].get(speaker or "", "")


def find_relative(cast: Cast, place: int, form: str) -> Who | None:
    """Who or which stands for the name before it in its sentence."""
    begins = max(cast.sentences[sentence_of(cast, place)], place - 300)
    for name in reversed(names_in(cast, begins, place)[-5:]):
        between = cast.text[name.end : place].strip(" ,(—–")
        if form == "who" and name.sort != "body" and (not between or between.count(" ") < 12):
            return _stands_for(cast, name)
        if form != "who":
            return _stands_for(cast, name) if not between and name.sort != "people" else None
    return None
