"""Who acts in a clause, how its verb is completed, and where what it says ends.

Every question is answered by looking at a bounded number of tokens around one place.
"""

from typing import NamedTuple

from parley.sourcing.cues import FORMS, chance
from parley.text.lists import listed
from parley.text.tokens import Sentence, Tokens

_LONGEST_PHRASE = 40  # tokens of a noun phrase, with what stands in commas inside it
_LONGEST_CONTENT = 400  # tokens looked at for the end of content
_NEAR = 8  # tokens

# Lemmas after which a clause can stand without "that", and those that name a listener first.
SAYING = listed(
    "say add tell write note tweet explain reply continue ask announce argue suggest insist declare conclude "
    "state recall joke warn respond predict think believe know hope claim indicate feel fear acknowledge admit "
    "show find report estimate contend concede learn hear guess bet"
)
ADDRESSING = listed("tell ask assure remind inform notify convince persuade warn")

# Prepositions that open the time, place or occasion of saying something.
_OCCASION = listed("in on at during to after before from through while over via inside outside")
_CLAUSE = listed("that if whether how why what who when where which")
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})

_WALLS = listed("be aux sub wh comma semi colon dash stop dots line quote single rel pron")
_POSSESSIVES = listed("the a an its his their her our my your")
_INNER = listed("of for from at in with on to by against")
_PAST = listed("went made took came gave met won lost held left ran spent began became got did saw kept led put set")


_PHRASE_ENDS = listed("comma semi colon dash stop line quote aux be rel sub")


class Phrase(NamedTuple):
    """A noun phrase: its tokens `first` to `last` (excluded), and what kind of source it would be."""

    first: int
    last: int
    what: str


def group_start(t: Tokens, k: int, first: int) -> int:
    """Find the first token of the verb group that ends with token k ("has not yet said")."""
    while k > first and t.kind[k - 1] in ("aux", "adv", "be") and not t.inside[k - 1]:
        k -= 1
    return k


def before_time(t: Tokens, k: int, first: int) -> int:
    """Step left over time words: in "Lund on Monday said" the subject ends before "on"."""
    while k > first and (t.kind[k - 1] == "time" or t.low[k - 1] in ("on", "ago", "late")):
        k -= 1
    return k


def owned(t: Tokens, k: int) -> bool:
    """Tell whether token k is a possessive ("Lund's", "months’")."""
    return t.low[k].endswith(("'s", "’s", "s’", "s'"))


def subject(t: Tokens, last: int, first: int) -> Phrase | None:
    """Find the noun phrase that ends before a token.

    Parameters
    ----------
    t : Tokens
        A text.
    last, first : int
        The token behind the phrase, and the first that may belong to it.

    Returns
    -------
    Phrase or None
        Brackets and what stands between two commas are stepped over; a phrase between commas that says who it
        is ("Lund, the harbour minister,") belongs to it, a relative clause does not. `what` is name, noun,
        pronoun, it or relative.

    Examples
    --------
    >>> from parley.text.tokens import tokenise
    >>> t = tokenise("In May Ada Lund, who leads the port, said no")
    >>> subject(t, 10, 0)
    Phrase(first=2, last=4, what='name')
    """
    first = max(first, last - _LONGEST_PHRASE)
    k = _over_brackets(t, last - 1, first)
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
    if kind == "pron" and word in ("her", "him", "them", "us", "me"):
        return Phrase(k - 2, k + 1, "noun") if k - 2 >= first and t.low[k - 1] == "of" else None
    if kind == "pron":
        return Phrase(k, k + 1, "it" if word == "it" else "pronoun")
    if kind not in ("word", "det", "adv", "dot") or t.inside[k]:
        return None
    start = _phrase_start(t, k, first)
    if aside and t.raw[start][0].isdigit() and start - 2 > first and t.kind[start - 1] == "comma":
        whole = subject(t, start - 1, first)  # "Ada Lund, 63, a pilot, said"
        if whole:
            return Phrase(whole.first, aside, whole.what)
    capital = t.raw[k][0].isupper() or (t.raw[start][0].isupper() and t.kind[start] != "det")
    return Phrase(start, aside or k + 1, "name" if capital else "noun")


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
    after = t.kind[opening + 1]
    if after in ("conj", "pron", "be", "aux") or _verb(t.low[opening + 1]):
        return None
    if after not in ("rel", "sub") and any(t.kind[m] in ("be", "aux") for m in range(opening + 2, k)):
        return None
    return opening


def _phrase_start(t: Tokens, head: int, first: int) -> int:
    """Walk left from the last word of a noun phrase."""
    k = start = head
    articled = False
    while k >= first:
        kind, word = t.kind[k], t.low[k]
        if kind in _WALLS:
            return k if word == "her" and k < head else start  # "her rival"
        if kind == "conj":
            joins = word == "and" and k > first and t.kind[k - 1] == "word" and not _verb(t.low[k - 1])
            if not joins or not (t.raw[k + 1][0].isupper() or t.kind[k + 1] == "det"):
                break
            articled = False
        elif kind == "prep":
            if word not in _INNER or k == first or t.kind[k - 1] not in ("word", "det", "close"):
                break
            articled = False
        elif articled and kind not in ("det", "adv"):
            break
        elif kind == "close":
            k = _over_brackets(t, k, first)
            continue
        elif k != head and t.raw[k][0].islower() and _verb(word) and _used_as_verb(t, k):
            break
        elif k != head and word.endswith(("ed", "ing")) and t.kind[k + 1] == "det":
            break  # "vetoed two resolutions": whatever the list does not know may be a verb
        else:
            articled = articled or word in _POSSESSIVES
            start = k
        k -= 1
    return start


def _verb(word: str) -> bool:
    form = FORMS.get(word)
    return form is not None and form.form not in ("noun", "adjective")


def _used_as_verb(t: Tokens, k: int) -> bool:
    """Guess whether a word like "support" is a verb: no article, preposition or owner before it."""
    if t.low[k][-2:] in ("ed", "id", "ld"):
        return True
    before = t.kind[k - 1] if k else "stop"
    return before not in ("det", "prep") and not owned(t, k - 1)


def main_subject(t: Tokens, s: Sentence, last: int) -> Phrase | None:
    """Find the first noun phrase of a sentence, behind what introduces it up to a comma ("In May, …")."""
    k = s.first
    if t.kind[k] in ("prep", "sub", "adv") or t.low[k].endswith("ing"):
        for m in range(k, min(k + 25, last)):
            if t.kind[m] == "comma":
                k = m + 1
                break
    return phrase_from(t, k, last)


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
        if end > k and t.raw[end][0].islower() and (word in FORMS or word in _PAST or word.endswith("ed")):
            break
        end += 1
    return Phrase(k, end, "noun") if end > k else None


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


def complement(t: Tokens, k: int, last: int, lemma: str) -> tuple[str, int]:
    """Tell how the cue at token k is completed, and where its content begins.

    The kinds are quote, colon, that, clause ("whether"), bare (a clause without "that"), told (behind the
    listener), told-to (the listener and what to do), tail (behind time or place), to, object, pronoun, prep,
    to-noun, as, by, gap ("which he said was …"), and end: nothing.
    """
    p = k + 1
    while p < last and t.kind[p] in ("adv", "time"):
        p += 1
    if p >= last:
        return "end", p
    kind, word = t.kind[p], t.low[p]
    if kind == "comma":
        for m in range(p, min(p + 14, last - 1)):
            if t.kind[m] == "comma" and (t.kind[m + 1] == "quote" or t.low[m + 1] == "that"):
                return "quote", m + 1
        return "end", p
    if kind in ("quote", "colon"):
        return kind, p + (kind == "colon")
    if word in _CLAUSE:
        return "that" if word == "that" else "clause", p
    if word == "as" or (word == "by" and p == k + 1):
        return word, p + 1
    if kind in ("stop", "semi", "dash", "conj", "close", "sub"):
        return "end", p
    if _infinitive(t, p, last):
        return "to", p
    if lemma in ADDRESSING and kind != "prep":
        m = _content_ahead(t, p, last)
        if m:
            return ("told-to", p) if t.low[m] == "to" else ("told", m)
    if kind == "prep" and word in _OCCASION and lemma in SAYING:
        m = _content_ahead(t, p + 1, last)
        return ("tail", m) if m else ("end", p)
    if kind == "prep":
        return "to-noun" if word == "to" else "prep", p + 1
    if kind in ("be", "aux"):
        return "gap", p
    if word.endswith("self"):
        return "end", p
    if lemma in SAYING:
        return "bare", p
    return "pronoun" if kind == "pron" else "object", p


def _infinitive(t: Tokens, k: int, last: int) -> bool:
    """Tell whether token k is the "to" of an infinitive, not of "to the port"."""
    if t.low[k] != "to" or k + 1 >= last:
        return False
    return t.raw[k + 1][0].islower() and t.kind[k + 1] not in ("det", "pron")


def _content_ahead(t: Tokens, p: int, last: int) -> int:
    """Find where content begins behind listener and occasion ("told the port on Monday that"); 0: nowhere."""
    for m in range(p, min(p + 14, last)):
        kind, word = t.kind[m], t.low[m]
        clause = word in ("that", "if", "whether", "how", "why", "what")
        if kind == "quote" or clause or _infinitive(t, m, last):
            return m
        if kind == "colon":
            return m + 1
        if kind == "pron" and m > p and (word in _PRONOUNS or word == "there"):
            return m
        if kind == "comma":
            return m + 1 if m + 1 < last and (t.kind[m + 1] == "quote" or t.low[m + 1] == "that") else 0
        if kind in ("stop", "semi"):
            return 0
    return 0


def after_quotation(t: Tokens, k: int, last: int, quoted: bool, lemma: str) -> tuple[int, bool] | None:
    """Read on behind the cue of "C, X said …": where it ends and whether content resumes there.

    None if content follows the cue, so that what stands before is not the content.
    """
    start = k
    for k in range(start, min(start + 26, last)):
        kind, word = t.kind[k], t.low[k]
        if kind in ("stop", "semi", "dash"):
            return k, False
        if kind == "comma":
            resumes = k + 1 < last and (t.kind[k + 1] == "quote" or t.low[k + 1] == "that")
            at_once = k == start and k + 1 < last
            closes = at_once and not t.low[k + 1].endswith("ing") and t.kind[k + 1] != "rel"
            return (k + 1, True) if resumes or closes else (k, False)
        if kind in ("colon", "quote") or word in ("that", "if", "whether", "how"):
            return None
        if k > start:
            if word in _PRONOUNS:
                return None
        elif (
            (lemma not in ADDRESSING and (kind == "pron" or (not quoted and kind in ("det", "wh", "word"))))
            or (kind == "prep" and word not in _OCCASION and not quoted)
            or _infinitive(t, k, last)
        ):
            return None
    return (last, False) if last - start <= 26 else None


# Where content ends, by what stands at the boundary; first after an object or infinitive, then after a
# clause. "direct": a cue follows with nothing but its subject, auxiliaries and time before it; "like": and in
# the same form; "near": a cue follows within eight tokens. Taken where gold ended there in more than half of
# the cases on PolNeAR's train split.
_ENDS = {
    "and": ("direct", "like"),
    "or": ("direct", "like"),
    "nor": ("direct", "direct"),
    "but": ("near", "direct"),
    ", and": ("near", "near"),
    ", or": ("near", "near"),
    ", but": ("always", "near"),
    ", which": ("always", "always"),
    ", who": ("always", "always"),
    ", whom": ("always", "always"),
    ", whose": ("always", "always"),
    ", while": ("always", "always"),
    ", whereas": ("always", "always"),
    ", though": ("always", "always"),
    ", although": ("always", "always"),
    ", where": ("near", "near"),
    ", when": ("near", "near"),
    ", as": ("near", "near"),
    ", ing": ("near", "direct"),
    ", ed": ("direct", "direct"),
    ", pron": ("always", "direct"),
    ", det": ("always", "near"),
    ", adv": ("near", "never"),
    ", be": ("always", "never"),
    ", word": ("direct", "direct"),
    "dash": ("always", "near"),
}
_OBJECTS = listed("object prep to pronoun to-noun as told-to")


def content_end(t: Tokens, kind: str, start: int, last: int, cue: int, relative: bool) -> int:
    """Find the token behind the content that begins at `start`, never inside a quotation.

    `kind` is how the cue is completed, `cue` its token; `relative` if the cue stands in a relative clause.
    """
    last_looked = min(last, start + _LONGEST_CONTENT)
    loose = kind in _OBJECTS
    verb = loose  # a clause does not end before its verb
    depth = 0
    k = start
    while k < last_looked:
        if t.inside[k]:
            verb = True
            k = t.inside[k]
            continue
        what = t.kind[k]
        if what in ("be", "aux") or (what == "word" and not verb and _finite(t.low[k])):
            verb = True
        elif what == "open":
            depth += 1
        elif what == "close":
            if not depth and t.raw[k] == ")":
                return k
            depth -= depth > 0
        elif what == "semi" and k > start:
            return k
        elif what in ("comma", "conj", "dash") and start < k < last - 1 and (verb or what != "comma"):
            name = _boundary(t, k)
            needs = _ENDS[name][not loose] if name in _ENDS else "never"
            after = k + 2 if name in (", and", ", or", ", but") else k + 1
            if (
                needs == "always"
                or (needs == "near" and _near(t, after, last))
                or (needs in ("direct", "like") and _direct(t, after, last, cue, needs == "like"))
                or (relative and name == ", be")
            ):
                return k
        k += 1
    return last


def _finite(word: str) -> bool:
    form = FORMS.get(word)
    return word.endswith("ed") or (form is not None and form.form in ("s", "past"))


def _boundary(t: Tokens, k: int) -> str:
    """Name the boundary that token k may be."""
    if t.kind[k] != "comma":
        return "dash" if t.kind[k] == "dash" else t.low[k]
    word, kind = t.low[k + 1], t.kind[k + 1]
    if ", " + word in _ENDS or kind != "word":
        return ", " + (word if ", " + word in _ENDS else kind)
    return ", ing" if word.endswith("ing") else ", ed" if word.endswith("ed") else ", word"


def _cue_here(t: Tokens, k: int) -> bool:
    form = FORMS.get(t.low[k])
    return form is not None and form.form != "noun" and not t.inside[k] and chance(form.lemma, "verb") >= 0.2


def _near(t: Tokens, k: int, last: int) -> bool:
    return any(_cue_here(t, m) for m in range(k, min(k + _NEAR, last)))


def _direct(t: Tokens, k: int, last: int, cue: int, like: bool) -> bool:
    form = FORMS[t.low[cue]].form
    for m in range(k, min(k + _NEAR, last)):
        if t.raw[m][0].islower() and _cue_here(t, m):
            here = FORMS[t.low[m]].form
            return here == form if like or (here == "base" and m == k) else True
        kind = t.kind[m]
        time = kind == "prep" and m + 1 < last and t.kind[m + 1] == "time"
        skipped = kind in ("adv", "aux", "be", "pron", "det", "time", "dot") or time or t.raw[m][0].isupper()
        if t.low[m] == "that" or not skipped:
            return False
    return False
