"""How a cue is completed, and where what it brings in ends."""

from parley.text.lists import word_set
from parley.text.tokens import Tokens

_LONGEST_CONTENT = 400  # tokens looked at for the end of content
_NEAR = 8  # tokens
_AHEAD = 14  # tokens between a cue and its content
_FAR = 26  # tokens behind a cue whose content stands before it
# Lemmas after which a clause can stand without "that", and those that name a listener first.
SAYING = word_set(
    "say add tell write note tweet explain reply continue ask announce argue suggest insist declare conclude "
    "state recall joke warn respond predict think believe know hope claim indicate feel fear acknowledge admit "
    "show find report estimate contend concede learn hear guess bet mean"
)
ADDRESSING = word_set("tell ask assure remind inform notify convince persuade warn")

# Prepositions that open the time, place or occasion of saying something.
_OCCASION = word_set("in on at during to after before from through while over via inside outside")
_LISTENERS = word_set("him her them us me you")
_CLAUSE = word_set("that if whether how why what who when where which")
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
# Where content ends, by what stands at the boundary: after an object or infinitive, after a clause. "direct": a cue
# follows with nothing but its subject, auxiliaries and time before it; "like": and in the same form; "near": a cue
# follows within eight tokens. Taken where gold ended there in more than half of the cases on PolNeAR's train split.
_ENDS = {
    boundary: needs
    for *needs, boundaries in (
        ("always", "always", ", which|, who|, whom|, whose|, while|, whereas|, though|, although"),
        ("always", "near", ", but|, det|dash"),
        ("always", "direct", ", pron"),
        ("always", "never", ", be"),
        ("near", "near", ", and|, or|, where|, when|, as"),
        ("near", "direct", "but"),
        ("near", "never", ", adv"),
        ("direct", "like", "and|or"),
        # where commas are lost, by what most likely stood behind one
        ("always", "near", "lost but|lost while|lost though|lost although|lost whereas"),
        ("always", "never", "lost which|lost whom|lost whose|lost ing"),
        ("always", "always", "lost who"),
        ("like", "never", "lost pron"),
        ("direct", "never", "lost name"),
        ("direct", "direct", "nor|, word"),
    )
    for boundary in boundaries.split("|")
}
# Where a text has its commas, content does not end with one of these.
_NO_END = frozenset({"word", "prep", "det", "aux", "be", "adv", "time", "pron", "rel", "sub", "wh", "dot"})
_RELATIVE = word_set("which who whose whom where when")
_ENCLOSED = 30  # tokens
_OBJECTS = word_set("object prep to as told-to")


def complement(t: Tokens, k: int, last: int, lemma: str) -> tuple[str, int]:
    """How the cue at token k is completed ("end": it is not), and where its content begins."""
    p = k + 1
    while p < last and t.kind[p] in ("adv", "time"):
        p += 1
    if p >= last:
        return "end", p
    kind, word = t.kind[p], t.low[p]
    if kind == "comma" or (kind == "sub" and word in ("although", "though", "while", "despite")):
        if kind == "comma" and lemma == "mean" and t.low[k - 1] == "i":
            return "bare", p + 1  # "I mean, we sailed"
        commas = (m for m in range(p, min(p + _AHEAD, last - 1)) if t.kind[m] == "comma" and _resumes(t, m, last))
        comma = next(commas, None)
        if comma is not None or kind == "comma":
            return ("end", p) if comma is None else ("quote", comma + 1)
    if kind in ("quote", "colon"):
        return kind, p + (kind == "colon")
    if word in _CLAUSE:
        return "that" if word == "that" else "clause", p
    if word == "by" and lemma in SAYING and p + 1 < last and t.raw[p + 1][0].isdigit():
        return "bare", p  # "estimated by 2050 …"
    if word == "as" or (word == "by" and p == k + 1):
        return word, p + 1
    if _infinitive(t, p, last) or (word == "not" and _infinitive(t, p + 1, last)):
        return "to", p
    if kind == "sub" and lemma in SAYING and (not t.commas or "comma" in t.kind[p : p + _AHEAD]):
        return "bare", p  # "said because it rained, nobody sailed"
    if kind in ("stop", "semi", "dash", "conj", "close", "sub"):
        return "end", p
    if lemma in ADDRESSING and word in _LISTENERS and p + 1 < last and t.kind[p + 1] == "det":
        return "told", p + 1  # "told him the ferry would sail"
    if lemma in ADDRESSING and kind != "prep" and (m := _content_ahead(t, p, last)):
        return ("told-to", p) if m < last and t.low[m] == "to" else ("told", m)  # "told" is behind the listener
    if kind == "prep":
        if word in _OCCASION and lemma in SAYING:
            m = _content_ahead(t, p + 1, last)
            return ("tail", m) if m else ("end", p)
        return "prep", p + 1
    if kind in ("be", "aux"):
        return "gap", p  # "which he said was late"
    if lemma in SAYING:
        return "bare", p  # a clause without "that"
    return "object", p


def _infinitive(t: Tokens, k: int, last: int) -> bool:
    """Whether token k is the "to" of an infinitive, not of "to the port"."""
    follows = k + 1 < last and t.low[k] == "to"
    return follows and t.raw[k + 1][0].islower() and t.kind[k + 1] not in ("det", "pron")


def _resumes(t: Tokens, comma: int, last: int) -> bool:
    """Whether content goes on behind a comma, with a quotation or "that"."""
    if comma + 1 >= last:
        return False
    capital = not t.quotes and t.entry[comma - 1] is not None and t.raw[comma + 1][0].isupper()  # "Lund said, We sail"
    return capital or t.kind[comma + 1] == "quote" or t.low[comma + 1] == "that"


def _content_ahead(t: Tokens, p: int, last: int) -> int:
    """Where content begins behind listener and occasion ("told the port on Monday that"); 0: nowhere."""
    for m in range(p, min(p + _AHEAD, last)):
        kind, word = t.kind[m], t.low[m]
        clause = word in ("that", "if", "whether", "how", "why", "what")
        new_subject = m > p and word in _PRONOUNS
        if kind == "quote" or clause or new_subject or _infinitive(t, m, last):
            return m
        if kind == "colon":
            return m + 1
        if kind in ("comma", "stop", "semi"):
            return m + 1 if kind == "comma" and _resumes(t, m, last) else 0
    return 0


def after_quotation(t: Tokens, k: int, last: int, quoted: bool, lemma: str) -> int | None:
    """Where content resumes behind the cue of "C, X said …", 0 if it does not; None if C is not what X said."""
    for m in range(k, min(k + _FAR, last)):
        kind, word = t.kind[m], t.low[m]
        if kind == "comma":
            closes = m == k and k + 1 < last and not t.low[k + 1].endswith("ing") and t.kind[k + 1] != "rel"
            return m + 1 if closes or _resumes(t, m, last) else 0
        if kind in ("colon", "quote") or word in ("that", "if", "whether", "how"):
            return None
        governs = kind == "pron" or (not quoted and kind in ("det", "wh", "word"))
        if m == k and governs and lemma not in ADDRESSING:
            return None
    return 0


def content_end(t: Tokens, kind: str, start: int, last: int, cue: int) -> int:
    """The token behind the content that begins at `start`, never inside a quotation; `kind` as from `complement`."""
    k, stop = start, min(last, start + _LONGEST_CONTENT)
    kinds, inside, commas = t.kind, t.inside, t.commas
    while k < stop:
        if inside[k]:
            k = inside[k]
            continue
        if commas and k > start and kinds[k] in _NO_END and t.low[k] != "with":
            k += 1
            continue
        if kinds[k] == "semi" and k > start:
            return k
        if comma := _encloses(t, k, start, last):
            k = comma + 1
            continue
        if k > start and t.low[k] == "with" and _speaks_with(t, k, last):
            return k - (t.kind[k - 1] == "comma")
        if start < k < last - 1 and (name := _boundary(t, k)):
            needs = _ENDS[name][kind not in _OBJECTS] if name in _ENDS else "never"
            if (
                needs == "always"
                or (needs == "near" and any(_cue_here(t, m) for m in range(k + 1, min(k + 1 + _NEAR, last))))
                or (needs in ("direct", "like") and _direct(t, k + (name != "lost name"), last, cue, needs == "like"))
            ):
                return k
        k += 1
    return last


def _encloses(t: Tokens, k: int, start: int, last: int) -> int:
    """The comma that closes what token k opens and content goes on behind ("the ferry, which leaks, is"), else 0."""
    opening = k == start and k + 1 < last and (t.low[k] == "that" and t.kind[k + 1] in ("comma", "sub", "prep"))
    if not opening and not (start < k < last - 1 and t.kind[k] == "comma" and t.low[k + 1] in _RELATIVE):
        return 0
    comma = next((m for m in range(k + 2, min(k + _ENCLOSED, last - 1)) if t.kind[m] == "comma" and not t.inside[m]), 0)
    m = comma + 1 + (t.kind[comma + 1] == "adv")
    return comma if comma and (opening or t.kind[m] in ("be", "aux") or t.inside[m]) else 0


def _speaks_with(t: Tokens, k: int, last: int) -> bool:
    """Whether somebody else speaks behind the "with" at token k ("…, with the mayor saying"), where a comma can stand."""
    if t.commas and t.kind[k - 1] != "comma":
        return False
    for m in range(k + 2, min(k + _NEAR + 1, last - 1)):
        if t.kind[m] in ("comma", "quote", "be", "aux"):
            return False
        if t.entry[m] and t.entry[m].form == "ing" and _cue_here(t, m):
            return t.kind[m - 1] in ("word", "pron")
    return False


def _boundary(t: Tokens, k: int) -> str:
    """Name the boundary that token k may be, else ""."""
    kind, word = t.kind[k], t.low[k]
    if kind == "comma":
        word = ", " + t.low[k + 1]
        if word in _ENDS:
            return word
        return ", " + t.kind[k + 1]
    if not t.commas and (name := _lost(t, k)):
        return name
    return "dash" if kind == "dash" else word if kind == "conj" else ""


def _lost(t: Tokens, k: int) -> str:
    """Name the boundary before token k, where a comma may have stood that is lost."""
    kind, word, behind_name = t.kind[k], t.low[k], t.raw[k - 1][0].isupper()
    if "lost " + word in _ENDS:
        return "lost " + word if (word != "who" or behind_name) and t.kind[k - 1] != "prep" else ""
    if t.kind[k - 1] not in ("word", "time"):
        return ""
    if t.entry[k] and t.entry[k].form == "ing":
        return "lost ing"
    return "lost pron" if kind == "pron" else "lost name" if t.raw[k][0].isupper() and not behind_name else ""


def _cue_here(t: Tokens, k: int) -> bool:
    cue = t.entry[k]
    return cue is not None and (cue.chance("verb") > 0 or (cue.lemma == "mean" and t.low[k - 1] == "i"))


def _direct(t: Tokens, k: int, last: int, cue: int, like: bool) -> bool:
    form = t.entry[cue].form
    for m in range(k, min(k + _NEAR, last)):
        if t.raw[m][0].islower() and _cue_here(t, m):
            here = t.entry[m].form
            return here == form or not (like or here == "base")
        kind = t.kind[m]
        time = kind == "prep" and "time" in t.kind[m + 1 : m + 2]
        if not (time or kind in ("adv", "aux", "be", "pron", "det", "time", "dot") or t.raw[m][0].isupper()):
            return False
    return False
