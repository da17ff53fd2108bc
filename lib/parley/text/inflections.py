"""The forms of English words: plurals, and what verbs become."""

import re
from functools import lru_cache

from parley.text.lists import rows

_IRREGULAR = {row["base"]: row["forms"] for row in rows("irregular.csv")}
_OTHER_WORDS = {"according"}  # a form by its letters alone: "according to" is no accord
_LATIN = (("um", "a"), ("sis", "ses"), ("fe", "ves"), ("lf", "lves"), ("man", "men"))


def _with_s(word: str) -> list[str]:
    if re.search(r"(?:[sxz]|[cs]h)$", word):
        return [word + "es"]
    if re.search(r"[^aeiou]y$", word):
        return [word[:-1] + "ies"]
    return [word + "s"] + ([word + "es"] if word.endswith("o") else [])


def plurals(noun: str) -> list[str]:
    """The plurals that a noun may have: of "moratorium", moratoriums and moratoria."""
    latin = [noun[: -len(end)] + plural for end, plural in _LATIN if noun.endswith(end)] if len(noun) > 4 else []
    return _with_s(noun) + latin


def _regular(verb: str) -> list[tuple[str, str]]:
    """The regular past and -ing form of a verb, with and without doubling where both may be right."""
    if verb.endswith("e"):
        return [(verb + "d", verb + "ing" if verb[-2:-1] in "eoy" else verb[:-1] + "ing")]
    if re.search(r"[^aeiou]y$", verb):
        return [(verb[:-1] + "ied", verb + "ing")]
    plain, doubled = ((stem + "ed", stem + "ing") for stem in (verb, verb + verb[-1:]))
    if not re.search(r"(?:[^aeiou]|qu)[aeiou][^aeiouwxy]$", verb):
        return [plain]
    return [plain, doubled] if len(re.findall("[aeiouy]+", verb)) > 1 else [doubled]


def verb_forms(verb: str, irregular: str = "") -> dict[str, str]:
    """What each form of a verb is: base, s, ing, past, or participle; `irregular` goes before data/irregular.csv."""
    listed = (irregular or _IRREGULAR.get(verb, "")).split()
    pasts, ings = zip(*_regular(verb), strict=True)
    third = [form for form in listed if form.endswith("s")]  # has, does
    past, *participles = [form for form in listed if form not in third] or [None]
    found = {verb: "base"} | dict.fromkeys([*_with_s(verb), *third], "s") | dict.fromkeys(ings, "ing")
    return found | dict.fromkeys([past] if past else pasts, "past") | dict.fromkeys(participles, "participle")


@lru_cache(maxsize=4096)
def inflections(word: str) -> tuple[str, ...]:
    """All forms a word may have in lower case, the base first; a noun gets verb forms too, which no text contains."""
    base = word.lower()
    regular = [form for pair in _regular(base) for form in pair]
    forms = [base, *plurals(base), *regular, *_IRREGULAR.get(base, "").split()]
    return tuple(form for form in dict.fromkeys(forms) if form == base or form not in _OTHER_WORDS)
