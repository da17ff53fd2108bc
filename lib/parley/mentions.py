"""Where the words of a study's keyword families stand: every inflection and spelling, each place once."""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from parley.words import fold

_SPACE = r"(?:[^\S\r\n]+|[^\S\r\n]*\r?\n[^\S\r\n]*)"
_HYPHEN = "[-\u2010\u2011]"
_APOSTROPHE = "['\u2019\u2018`\u00b4]"


class Mention(NamedTuple):
    """A place where a keyword stands, ``text[start:end]``, its family, and the term it is a form of."""

    start: int
    end: int
    family: str
    term: str


def rows(table: str) -> list[dict[str, str]]:
    """Read one of the word lists that come with the library, a dict a row."""
    with (files("parley") / "data" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


_IRREGULAR = {row["base"]: row["forms"] for row in rows("irregular.csv")}
_OTHER_WORDS = {"according"}  # a form by its letters alone: "according to" is no accord
_LATIN = (("um", "a"), ("sis", "ses"), ("fe", "ves"), ("lf", "lves"), ("man", "men"))
_SPELLED = defaultdict(set)
for _row in rows("spelling.csv"):
    _SPELLED[_row["form"]] |= {_row["variant"], _row["form"]}


def plurals(noun: str) -> list[str]:
    """List the plurals that an English noun may have.

    Examples
    --------
    >>> plurals("truce"), plurals("moratorium"), plurals("party")
    (['truces'], ['moratoriums', 'moratoria'], ['parties'])
    """
    if re.search(r"(?:[sxz]|[cs]h)$", noun):
        forms = [noun + "es"]
    elif re.search(r"[^aeiou]y$", noun):
        forms = [noun[:-1] + "ies"]
    else:
        forms = [noun + "s"] + ([noun + "es"] if noun.endswith("o") else [])
    if len(noun) > 4:
        forms += [noun[: -len(end)] + plural for end, plural in _LATIN if noun.endswith(end)]
    return forms


def verb_forms(verb: str) -> list[str]:
    """List the past and the -ing form of a verb, with and without doubling where both may be right.

    Examples
    --------
    >>> verb_forms("ban"), verb_forms("cease"), verb_forms("permit")
    (['banned', 'banning'], ['ceased', 'ceasing'], ['permited', 'permiting', 'permitted', 'permitting'])
    """
    if verb.endswith("e"):
        return [verb + "d", verb + "ing" if verb[-2:-1] in "eoy" else verb[:-1] + "ing"]
    if re.search(r"[^aeiou]y$", verb):
        return [verb[:-1] + "ied", verb + "ing"]
    plain, doubled = ([stem + "ed", stem + "ing"] for stem in (verb, verb + verb[-1:]))
    if not re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb):
        return plain
    return plain + doubled if len(re.findall("[aeiouy]+", verb)) > 1 else doubled


@lru_cache(maxsize=4096)
def inflections(word: str) -> tuple[str, ...]:
    """List the forms of an English word: itself, its plurals, and the forms it has as a verb.

    A noun that is never a verb gets verb forms too: no text contains them, and they cost nothing.

    Parameters
    ----------
    word : str
        A base form: singular noun or infinitive.

    Returns
    -------
    tuple of str
        The forms in lower case, the base first, without duplicates.

    Examples
    --------
    >>> inflections("truce")
    ('truce', 'truces', 'truced', 'trucing')
    >>> inflections("Seek")
    ('seek', 'seeks', 'seeked', 'seeking', 'sought')
    """
    base = word.lower()
    forms = [*plurals(base), *verb_forms(base), *_IRREGULAR.get(base, "").split()]
    return tuple(dict.fromkeys([base, *(form for form in forms if form not in _OTHER_WORDS)]))


def _forms(term: str) -> set[str]:
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
    """The stems to look for, the pattern that decides there, and the family and term of its groups."""
    owners: dict[str, tuple[str, str]] = {}
    stems = set()
    for family, terms in keywords:
        for term in terms:
            if not re.search(r"\w", term):
                raise ValueError(
                    f"[keywords] {family}: the term {term!r} has no letter; write a word, or leave it out."
                )
            forms = _forms(term)
            for form in sorted(forms):
                owners.setdefault(form, (family, term))
            stems |= _stems(forms)
    # Of the forms that fit at a place the longest wins.
    ordered = sorted(owners, key=lambda form: (-len(form), form))
    groups = "|".join(f"({_pattern(form)})" for form in ordered)
    short = {stem for stem in stems if not any(stem != other and stem.startswith(other) for other in stems)}
    return tuple(sorted(short)), re.compile(rf"(?<!\w)(?:{groups})(?!\w)"), [owners[form] for form in ordered]


def _stems(forms: set[str]) -> set[str]:
    """What the forms of a term begin with: found by plain search, which is what makes matching fast."""
    first, last = min(forms), max(forms)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    whole = re.match(r"\w*", first[:same])[0]
    return {whole} if len(whole) > 2 else {re.match(r"\w*", form)[0] or form[0] for form in forms}


def phrase_pattern(phrase: str) -> re.Pattern:
    """Compile a word or phrase to the pattern that finds it as a whole, in any case and across a line break.

    Examples
    --------
    >>> phrase_pattern("don't stop").findall("Don’t\\nstop: don't stopping")
    ['Don’t\\nstop']
    """
    return re.compile(rf"(?<!\w){_pattern(' '.join(phrase.split()))}(?!\w)", re.IGNORECASE)


def lowered(text: str) -> str:
    """Lower-case a text without moving its offsets.

    Examples
    --------
    >>> len("İstanbul"), len("İstanbul".lower()), len(lowered("İstanbul"))
    (8, 9, 8)
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def find_mentions(text: str, keywords: dict[str, list[str]]) -> list[Mention]:
    """Find every mention of the keywords in a text, whatever its inflection, spelling or case.

    Parameters
    ----------
    text : str
        Any text; it is not changed, and offsets are into it.
    keywords : dict of str to list of str
        Terms of every family: words or phrases in their base form (singular, infinitive). A phrase is also
        found across a line break, British and American spellings and the hyphenated and joined forms of one
        word are found alike.

    Returns
    -------
    list of Mention
        In order and never overlapping: where several terms fit, the one that starts first, and of those the
        longest. A form that two families claim goes to the first.

    Raises
    ------
    ValueError
        If a term has no letter.

    Examples
    --------
    >>> text = "Truces failed: neither side ceased fire, and no safe passage was given."
    >>> families = {"pause": ["truce", "cease fire"], "way": ["safe passage"]}
    >>> [text[mention.start : mention.end] for mention in find_mentions(text, families)]
    ['Truces', 'ceased fire', 'safe passage']
    """
    stems, pattern, owners = _matcher(tuple((family, tuple(terms)) for family, terms in keywords.items()))
    lower = lowered(text)
    places = set()
    for stem in stems:
        at = lower.find(stem)
        while at >= 0:
            places.add(at)
            at = lower.find(stem, at + 1)
    found: list[Mention] = []
    for at in sorted(places):
        if (not found or at >= found[-1].end) and (match := pattern.match(lower, at)):
            found.append(Mention(match.start(), match.end(), *owners[match.lastindex - 1]))
    return found
