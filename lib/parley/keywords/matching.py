"""Where the words of a study's keyword families stand: every inflection and spelling, each place once."""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from parley.text.forms import fold
from parley.text.inflections import inflections
from parley.text.lists import rows
from parley.text.visible import Visible

_SPACE = r"(?:[^\S\r\n]+|[^\S\r\n]*\r?\n[^\S\r\n]*)"
_HYPHEN = "[-\u2010\u2011]"
_APOSTROPHE = "['\u2019\u2018`\u00b4]"


class Mention(NamedTuple):
    """A place where a keyword stands, ``text[start:end]``, and its family."""

    start: int
    end: int
    family: str


_SPELLED = defaultdict(set)
for _row in rows("spelling.csv"):
    _SPELLED[_row["form"]] |= {_row["variant"], _row["form"]}


def forms_of(term: str) -> set[str]:
    """Every form of a term in lower case; in a phrase the last word is inflected, or else the first."""
    *before, last = term.lower().split()
    forms = {(*before, form) for form in inflections(last)}
    if before:
        forms |= {(form, *before[1:], last) for form in inflections(before[0])}
    spelled = (product(*({word} | _SPELLED.get(fold(word), set()) for word in form)) for form in forms)
    return {" ".join(words) for variants in spelled for words in variants}


def _pattern(form: str) -> str:
    escaped = re.escape(form).replace(r"\ ", _SPACE).replace(r"\-", _HYPHEN)
    return re.sub(r"['‘’]", _APOSTROPHE, escaped)


@lru_cache(maxsize=16)
def _matcher(keywords: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, ...], re.Pattern, list]:
    """The stems to look for, the pattern that decides there, and the family of each of its groups."""
    owners: dict[str, str] = {}
    stems = set()
    for family, terms in keywords:
        for term in terms:
            if not re.search(r"\w", term):
                raise ValueError(f"[keywords] {family}: the term {term!r} has no letter; write a word, or omit it.")
            forms = forms_of(term)
            owners = dict.fromkeys(forms, family) | owners
            stems |= _stems(forms)
    # A form that a family names itself is no other family's inflection.
    owners |= {" ".join(term.lower().split()): family for family, terms in reversed(keywords) for term in terms}
    # Of the forms that fit at a place the longest wins.
    ordered = sorted(owners, key=lambda form: (-len(form), form))
    groups = "|".join(f"({_pattern(form)})" for form in ordered)
    short = {stem for stem in stems if not any(stem != other and stem.startswith(other) for other in stems)}
    return tuple(sorted(short)), re.compile(rf"(?<!\w)(?:{groups})(?!\w)"), [owners[form] for form in ordered]


def _matcher_of(keywords: dict[str, list[str]]) -> tuple[tuple[str, ...], re.Pattern, list]:
    return _matcher(tuple((family, tuple(terms)) for family, terms in keywords.items()))


def _stems(forms: set[str]) -> set[str]:
    """What the forms of a term begin with: found by plain search, which is what makes matching fast."""
    first, last = min(forms), max(forms)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    whole = re.match(r"\w*", first[:same])[0]
    return {whole} if len(whole) > 2 else {re.match(r"\w*", form)[0] or form[0] for form in forms}


def phrase_pattern(phrase: str) -> re.Pattern:
    """The pattern that finds a word or phrase as a whole, in any case and across a line break."""
    return re.compile(rf"(?<!\w){_pattern(' '.join(phrase.split()))}(?!\w)", re.IGNORECASE)


def term_pattern(term: str) -> tuple[set[str], re.Pattern]:
    """What finds a keyword in any case, inflection and spelling; and beginnings, in lower case, of which each form has one."""
    forms = sorted(forms_of(term), key=lambda form: (-len(form), form))
    return _stems(set(forms)), re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, forms))})(?!\w)", re.IGNORECASE)


def lowered(text: str) -> str:
    """Lower-case a text without moving its offsets ("İ".lower() has two characters)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def may_mention(text: str, keywords: dict[str, list[str]]) -> bool:
    """Whether a text, or any part of it, can mention a keyword, which is quick to tell of most texts."""
    lower, (stems, *_) = lowered(Visible(text).text), _matcher_of(keywords)
    return any(stem in lower for stem in stems)


def find_mentions(text: str, keywords: dict[str, list[str]]) -> list[Mention]:
    """Find every mention of the keywords, whatever its inflection, spelling or case; where several fit, the longest."""
    stems, pattern, owners = _matcher_of(keywords)
    seen = Visible(text)
    lower = lowered(seen.text)
    places = set()
    for stem in stems:
        at = lower.find(stem)
        while at >= 0:
            places.add(at)
            at = lower.find(stem, at + 1)
    found: list[Mention] = []
    for at in sorted(places):
        if (not found or at >= found[-1].end) and (match := pattern.match(lower, at)):
            found.append(Mention(match.start(), match.end(), owners[match.lastindex - 1]))
    return [Mention(*seen.raw(place.start, place.end), place.family) for place in found]
