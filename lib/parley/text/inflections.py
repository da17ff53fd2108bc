"""The forms of English words: plurals, and what verbs become."""

import re
from functools import lru_cache

from parley.text.lists import rows

_IRREGULAR = {row["base"]: row["forms"] for row in rows("irregular.csv")}
_OTHER_WORDS = {"according"}  # a form by its letters alone: "according to" is no accord
_LATIN = (("um", "a"), ("sis", "ses"), ("fe", "ves"), ("lf", "lves"), ("man", "men"))


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
