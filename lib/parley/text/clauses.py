"""Noun phrases and verb groups in a text's tokens, and who acts in a clause.

Every question is answered by looking at a bounded number of tokens around one place.
"""

from typing import NamedTuple

from parley.text.classes import OWNER
from parley.text.lists import word_set
from parley.text.tokens import Sentence, Tokens

_LONGEST_PHRASE = 40  # tokens of a noun phrase, with what stands in commas inside it
_LONGEST_CLAUSE = 12  # tokens of a clause that tells who somebody is, without the phrase that it ends with
_WALLS = word_set("be aux sub wh comma semi colon dash stop dots line quote single rel pron")
_VERBAL = word_set("be aux adv")
_BEGINNINGS = _WALLS - _VERBAL  # of a clause
_ARTICLES = OWNER | {"the", "a", "an", "your"}
_PAST = word_set("went made took came gave met won lost held left ran spent began became got did saw kept led put set")
_LIGHT = word_set(
    "come came coming reach reached reaches draw drew make makes made making give gives gave giving express expresses "
    "expressed expressing voice voiced raise raised issue issued have has had offered"
)
_PHRASE_ENDS = word_set("comma semi colon dash stop line quote aux be rel sub")


class Phrase(NamedTuple):
    """A noun phrase: its tokens `first` to `last` (excluded), and what kind of source it would be."""

    first: int
    last: int
    what: str


def group_start(t: Tokens, k: int, first: int) -> int:
    """Find the first token of the verb group that ends with token k ("has not yet said")."""
    while k > first and t.kind[k - 1] in _VERBAL and not t.inside[k - 1]:
        k -= 1
    return k


def light_verb(t: Tokens, k: int, first: int) -> int:
    """The verb that a noun or adjective before token k makes one with ("came to the conclusion"), else 0."""
    for m in range(k - 1, max(first, k - 5), -1):
        if t.low[m] in _LIGHT:
            return m
        if t.kind[m] not in ("det", "prep", "adv", "word", "pron"):
            return 0
    return 0


def before_time(t: Tokens, k: int, first: int) -> int:
    """Step left over time words: in "Lund on Monday said" the subject ends before "on"."""
    while k > first and (t.kind[k - 1] == "time" or t.low[k - 1] in ("on", "ago", "late")):
        k -= 1
    return k


def owned(t: Tokens, k: int) -> bool:
    """Tell whether a possessive ends with token k ("Lund's", "months’")."""
    return t.low[k].endswith("'s") or (t.kind[k] == "mark" and t.low[k] in ("'", "‘", "`") and t.low[k - 1][-1] == "s")


def subject(t: Tokens, last: int, first: int) -> Phrase | None:
    """The noun phrase that ends before token `last`, and begins no earlier than `first`."""
    # Brackets and asides between commas are stepped over, but who it is ("Lund, the minister,") belongs to it.
    first = max(first, last - _LONGEST_PHRASE)
    k = last - 1
    if t.kind[k] == "close":
        k = _over_brackets(t, k, first)
    k -= k > first and t.kind[k] == "mark" and owned(t, k)
    aside = None
    if k > first and t.kind[k] in ("comma", "dash"):
        opening = _aside(t, k, first)
        if opening is None:
            return None
        if t.kind[opening + 1] not in ("rel", "sub", "prep") and not t.low[opening + 1].endswith("ing"):
            aside = k
        k = _over_brackets(t, opening - 1, first)
    if k < first:
        return None
    kind, word = t.kind[k], t.low[k]
    if kind == "rel":
        return Phrase(k, k + 1, "relative")
    if kind == "pron":
        return Phrase(k, k + 1, "it" if word == "it" else "pronoun")
    if kind not in ("word", "det", "adv", "dot") or t.inside[k]:
        return None
    start = _phrase_start(t, k, first)
    if aside and t.raw[start][0].isdigit() and start - 2 > first and t.kind[start - 1] == "comma":
        whole = subject(t, start - 1, first)  # "Ada Lund, 63, a pilot, said"
        if whole:
            return Phrase(whole.first, aside, whole.what)
    if start > first + 1 and (whole := _modified(t, start, first)):
        return Phrase(whole.first, aside or k + 1, whole.what)
    return Phrase(start, aside or k + 1, "name" if t.raw[k][0].isupper() else "noun")


def _modified(t: Tokens, start: int, first: int) -> Phrase | None:
    """Whom a clause tells more of whose last phrase begins with token `start` ("those who left", "aid to be sent")."""
    k = start - 1
    while k > first and t.kind[k] in _VERBAL:
        k -= 1
    verb = k < start - 1 or t.low[start].endswith("ed") or t.low[start] in _PAST
    if not verb and t.kind[k] not in _WALLS:  # "those who left the port"
        nearest = max(first, start - _LONGEST_CLAUSE)
        while k > nearest and t.kind[k] not in _BEGINNINGS:
            k -= 1
        verb = t.low[k] == "who" and t.kind[k + 1] not in ("det", "pron") and t.raw[k + 1][0].islower()
    opens = t.kind[k] == "rel" or (t.low[k] == "to" and k < start - 1)
    return subject(t, k, first) if verb and opens and k > first and t.kind[k - 1] in ("word", "det") else None


def _over_brackets(t: Tokens, k: int, first: int) -> int:
    if k < first or t.kind[k] != "close":
        return k
    while k > first and t.kind[k] != "open":
        k -= 1
    return k - 1


def _aside(t: Tokens, k: int, first: int) -> int | None:
    """Find the mark that opens what token k closes, if that can stand between a subject and its verb."""
    mark = t.kind[k]
    opening = k - 1
    while opening > first and t.kind[opening] not in (mark, "semi", "quote", "stop"):
        opening -= 1
    if opening <= first or t.kind[opening] != mark:
        return None
    return None if t.kind[opening + 1] in ("conj", "pron", "be", "aux") else opening


def _phrase_start(t: Tokens, head: int, first: int) -> int:
    """Walk left from the last word of a noun phrase."""
    k = start = head
    articled = False
    while k >= first:
        kind = t.kind[k]
        if kind in _WALLS:
            return k if t.low[k] == "her" and k < head else start  # "her rival"
        if kind in ("conj", "prep"):
            articled = False
        elif articled or (k < head and t.kind[k + 1] == "det" and t.low[k].endswith(("ed", "ing"))):
            break
        else:
            articled = t.low[k] in _ARTICLES
            start = k
        k -= 1
    return start


def last_phrase(t: Tokens, last: int, first: int) -> Phrase | None:
    """The shortest noun phrase that ends before token `last`, where no comma parts it from a clause before it."""
    k = start = last - 1
    if k < first or t.kind[k] not in ("word", "pron", "dot") or t.inside[k]:
        return None
    if t.kind[k] == "pron":
        return Phrase(k, last, "pronoun")
    name = t.raw[k][0].isupper()
    while start > max(first, last - 8):
        kind, capital = t.kind[start - 1], t.raw[start - 1][0].isupper()
        if (
            t.low[start - 1] == "of"
            or kind == "dot"
            or t.low[start] == "of"
            or (kind == "word" and (capital or not name))
        ):
            start -= 1
        else:
            start -= kind == "det"
            break
    return Phrase(start, last, "name" if name else "noun")


def main_subject(t: Tokens, s: Sentence, last: int) -> Phrase | None:
    """Find the first noun phrase of a sentence, behind what introduces it up to a comma ("In May, …")."""
    k = s.first
    if t.kind[k] in ("prep", "sub", "adv") or t.low[k].endswith("ing") or (not t.commas and t.kind[k] == "time"):
        for m in range(k, min(k + 25, last)):
            if t.kind[m] == "comma" or (not t.commas and m > k and _begins(t, m)):
                k = m + (t.kind[m] == "comma")
                break
    return phrase_from(t, k, last)


def _begins(t: Tokens, k: int) -> bool:
    """Whether a new noun phrase begins with token k, right behind another word."""
    if t.kind[k - 1] not in ("word", "time", "adv"):
        return False
    return t.kind[k] in ("det", "pron") or (
        t.raw[k][0].isupper() and (t.kind[k - 1] == "time" or not t.raw[k - 1][0].isupper())
    )


def phrase_from(t: Tokens, k: int, last: int) -> Phrase | None:
    """Read the noun phrase that begins at token k."""
    last = min(last, k + _LONGEST_PHRASE)
    while k < last and t.kind[k] in ("conj", "adv", "open"):
        k += 1
    if k < last and t.kind[k] == "pron":
        return Phrase(k, k + 1, "pronoun")
    end = k
    while end < last and t.kind[end] in ("word", "det", "prep", "dot") and not t.inside[end]:
        word = t.low[end]
        if end > k and t.raw[end][0].islower() and (t.entry[end] or word in _PAST or word.endswith("ed")):
            break
        end += 1
    return Phrase(k, end, "noun") if end > k else None


def short_end(t: Tokens, k: int, last: int) -> int:
    """Find the token behind the noun phrase that begins at token k, where no comma parts it from what follows."""
    m = k + (t.kind[k] == "det")
    while m < last and (m == k or t.low[m] == "of" or t.low[m - 1] == "of" or not _begins(t, m)):
        if t.kind[m] in _PHRASE_ENDS or t.kind[m] in ("conj", "pron") or (t.kind[m] == "prep" and t.low[m] != "of"):
            break
        m += 1
    return m


def phrase_end(t: Tokens, k: int, last: int, appositive: bool = True) -> int:
    """Find the token behind the noun phrase that begins at token k, and behind who it is, between commas."""
    last = min(last, k + _LONGEST_PHRASE)
    while k < last and t.kind[k] not in _PHRASE_ENDS:
        k += 1
    comma = k + 1 < last and t.kind[k] == "comma"
    if appositive and comma and (t.kind[k + 1] == "det" or t.low[k + 1] == "former"):
        k += 1
        while k < last and t.kind[k] not in ("comma", "stop", "semi", "quote", "rel", "dash"):
            k += 1
    return k
