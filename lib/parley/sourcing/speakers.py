"""From the phrase that names a source to the person or body it stands for, and the side it speaks on.

An article is read once from left to right: a pronoun or a description ("he", "the ministry", "the statement")
stands for somebody the article has brought in before. What is then still open ("a harbour official") is
looked for further on.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.sourcing.cast import NOBODY, Cast, Who, names_in, read_cast, sentence_of, words_for
from parley.sourcing.descriptions import find_who, singular_of
from parley.sourcing.names import Name, title
from parley.sourcing.people import LISTS, PERSONS, Sides, read_sides
from parley.text.quotations import around, kind
from parley.text.words import words

_INTERPRETER = re.compile(r"[^.;“\"\n]{0,30}?\b(?:through|via) ((?:an?|his|her|their) (?:interpreter|translator))\b")
_ACCORDING = re.compile(r"[,”\"’']* ?,? ?according to (?:the )?")
_NEW = ("a", "an", "another", "one", "its", "his", "her", "their")  # begin the mention of somebody new
_TOLD = re.compile(r" (?:the )?(?:state |official )?(?:news agency |newspaper )?")
_BEFORE_QUOTED = re.compile(r"(?: [a-z]+){0,2} ")


def resolve(text: str, records: Sequence[Mapping], sides: Sides) -> list[dict | None]:
    """Say who speaks in each attribution, on which side, named or not, quoted how, and through whom.

    Parameters
    ----------
    text : str
        The article.
    records : sequence of mapping
        Attributions with `source`, `cue`, `content` and optionally `via`, each a list of `(start, end)` into
        `text`. One that stands inside another's content has its number as `within`.
    sides : mapping of side to mapping of speaker to list of aliases
        The study's section [sides]; see `parley.sourcing.people.read_sides`. Empty: speakers are called by the fullest
        name that the article gives, and the side is missing.

    Returns
    -------
    list of dict or None
        One a record, in the same order, None if it is `within` another of the same speaker, or of somebody who speaks for
        him: `speaker` (None when nobody can tell; joint speakers joined by "; "),
        `side` (`other` when none fits, `unclear` when it cannot be told, None without `sides`), `named`
        (whether the phrase is, or refers back to, a named person, body or state), `kind` (see
        `parley.text.quotations.kind`), `via` (or None).

    Notes
    -----
    * A kind of people ("residents", see `read_sides`) gives a side and no speaker.
    * A spokesman without a name speaks for his body, but is not named.
    * A person the study does not list stands on the side of the body, group or state he is introduced with.
    * A pronoun stands for the subject of its own sentence, else the source or subject of the sentence before,
      and so on; names inside a quotation count only for pronouns inside it. Genders come from titles,
      from common first names, and from sentences of the article with one person and a pronoun in them.
    * "The statement" is its issuer's: the last body that spoke. "The deal" is whoever is said to have
      brokered it, not named.
    * An unnamed official is the next person who speaks, if the article has not mentioned that person before,
      the two descriptions fit, and both say something with a word in common.

    Examples
    --------
    >>> text = "“No ferry will sail,” said harbour minister Ada Lund. She blamed the union."
    >>> records = [{"source": [(27, 52)], "cue": [(22, 26)], "content": [(0, 21)]},
    ...            {"source": [(54, 57)], "cue": [(58, 64)], "content": [(65, 74)]}]
    >>> found = resolve(text, records, {"town": {"Ada Lund": []}})
    >>> [(one["speaker"], one["side"], one["kind"]) for one in found]
    [('Ada Lund', 'town', 'direct'), ('Ada Lund', 'town', 'indirect')]
    """
    if not records:
        return []
    cast = read_cast(text, read_sides(sides))
    order = sorted(range(len(records)), key=lambda n: _place(records[n]))
    outer = [n for n in order if "within" not in records[n]]
    found: dict[int, Who] = {}
    known: dict[tuple[int, int], Who] = {}  # coordinated cues share a source
    for n in [*outer, *(n for n in order if "within" in records[n])]:
        if not records[n]["source"]:
            found[n] = NOBODY
            continue
        source = tuple(records[n]["source"][0])
        if source not in known:
            known[source] = find_who(cast, *source, n)
        found[n] = known[source]
        if "within" not in records[n] and not around(cast.quotes, source[0]):
            cast.sources.setdefault(sentence_of(cast, source[0]), []).append((source[0], found[n]))
    _look_ahead(cast, records, outer, found)
    _first_person(cast, records, outer, found)
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


def _place(record: Mapping) -> int:
    """Where an attribution has its place in the order of the text."""
    spans = record["source"] or record["cue"] or record["content"]
    return spans[0][0] if spans else 0


def _look_ahead(cast: Cast, records: Sequence[Mapping], order: Sequence[int], found: dict[int, Who]) -> None:
    """Name an unnamed source after the person who speaks next, where that is the same one."""
    appears: dict[str, int] = {}
    persons: set[str] = set()
    for k, n in enumerate(order):
        if found[n].first != n or found[n].sort != "person":
            continue
        if not appears:
            appears = {name.name: name.start for name in reversed(cast.names)}
            persons = {name.name for name in cast.names if name.sort == "person" or _aged(cast.text, name)}
        start = records[n]["source"][0][0]
        for later in order[k + 1 : k + 8]:
            who, source = found[later], records[later]["source"]
            if not source or who.sort != "person" or who.first is not None:
                continue
            new = who.named and appears.get(who.speaker, 0) > start
            paragraphs = bisect_right(_breaks(cast), source[0][0]) - bisect_right(_breaks(cast), start)
            voices = (records[n], records[later], found[n], who)
            if new and paragraphs <= 4 and _same_voice(cast, *voices, person=who.speaker in persons):
                found[n] = who._replace(named=False, first=n)
            break
    for n in order:
        first = found[n].first
        if first is not None and first != n and found[first].speaker:
            found[n] = found[first]


def _aged(text: str, name: Name) -> bool:
    """Whether an age stands behind a name."""
    return re.match(r", \d{1,3}[,.]", text[name.end : name.end + 7]) is not None


def _breaks(cast: Cast) -> list[int]:
    if "breaks" not in cast.kept:
        cast.kept["breaks"] = [match.start() for match in re.finditer(r"\n\s*(?=\S)", cast.text)]
    return cast.kept["breaks"]


def _same_voice(cast: Cast, unnamed: Mapping, named: Mapping, before: Who, after: Who, *, person: bool) -> bool:
    """Whether an unnamed source and the person who speaks next can be taken for the same one."""
    if before.side != after.side and not {before.side, after.side} & {"other", "unclear"}:
        return False
    described, introduced = _forms(cast, unnamed["source"]), _forms(cast, named["source"])
    for name in names_in(cast, *named["source"][0]):
        introduced.update(title(cast.text, name))
    if (described & introduced) - LISTS["office"]:
        return True
    if _begins(cast.text, unnamed["source"][0][0]) in _NEW and person and not introduced & PERSONS:
        return True  # who is named without a title has been introduced by the description
    alike = bool(described & LISTS["informant"]) and bool(introduced & LISTS["office"])
    return alike and bool(_forms(cast, unnamed["content"]) & _forms(cast, named["content"]))


def _begins(text: str, place: int) -> str:
    return text[place : place + 10].split(" ", 1)[0].lower()


def _forms(cast: Cast, spans: Sequence[tuple[int, int]]) -> set[str]:
    """The words of a passage that say something; of a long one, those at its beginning."""
    return {
        singular_of(word.form)
        for start, end in spans
        for word in words(cast.text[start : min(end, start + 600)])
        if len(word.form) > 3
    } - ENGLISH_STOP_WORDS


def _first_person(cast: Cast, records: Sequence[Mapping], order: Sequence[int], found: dict[int, Who]) -> None:
    """I and we are whoever is quoted as saying so."""
    for k, n in enumerate(order):
        source = records[n]["source"]
        if not source or cast.text[slice(*source[0])].lower() not in LISTS["first person"]:
            continue
        for other in order[max(0, k - 5) : k + 6]:
            if other != n and any(start <= source[0][0] < end for start, end in records[other]["content"]):
                found[n] = found[other]
                break


def _via(cast: Cast, record: Mapping, who: Who) -> str | None:
    """Who passed the words on: an agency or paper that was told or is quoted, an interpreter."""
    text = cast.text
    for start, end in record.get("via", ()):
        names = [name for name in names_in(cast, start, end) if name.sort != "people"]
        return names[0].name if names else text[start:end]
    if not record["cue"]:
        return None
    start, end = record["cue"][0][0], record["cue"][-1][1]
    if interpreter := _INTERPRETER.match(text, end, end + 80):
        return interpreter[1]
    cue = text[start:end].lower().split() or [""]
    if cue[0] in ("quoted", "quotes", "quoting", "cited", "cites", "citing"):
        line = max(start - 80, cast.sentences[sentence_of(cast, start)])
        passed = [(name, name.end, start, _BEFORE_QUOTED) for name in names_in(cast, line, start)[-1:]]
    elif cue[-1] in ("told", "tells", "telling"):
        passed = [(name, end, name.start, _TOLD) for name in names_in(cast, end, end + 60)[:1]]
    else:
        passed = [
            (name, at, name.start, _ACCORDING)
            for at in (end, record["content"][-1][1] if record["content"] else end)
            if _ACCORDING.match(text, at)
            for name in names_in(cast, at, at + 60)[:1]
        ]
    for name, a, b, between in passed:
        outlet = _outlet(cast, name) or not LISTS["outlet"].isdisjoint(text[a:b].split())
        if outlet and between.fullmatch(text, a, b) and name.name != who.speaker:
            return name.name
    return None


def _outlet(cast: Cast, name: Name) -> bool:
    """Whether a name is a news agency's, a paper's or a broadcaster's."""
    if name.sort == "person":
        return False
    after = cast.text[name.end : name.end + 15].split()
    called = words_for(cast, name) | {word.strip(".,") for word in after[:1]}  # the Vopress agency
    return not called.isdisjoint(LISTS["agency"] | LISTS["outlet"])
