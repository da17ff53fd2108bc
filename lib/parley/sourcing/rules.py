"""From a cue in its clause to an attribution: content before it ("C, X said"), or behind it ("X said that C").

What is read is kept if it was right often enough on PolNeAR's train split (`parley.sourcing.cues`). A low bar pays: an
item raises F1 if its chance is above half of F1.
"""

from parley.sourcing.content import ADDRESSING, SAYING, after_quotation, complement, content_end
from parley.sourcing.cues import Cue
from parley.sourcing.deeds import is_deed, stays_unnamed
from parley.text.classes import OWNER
from parley.text.clauses import (
    Phrase,
    before_time,
    group_start,
    last_phrase,
    light_verb,
    main_subject,
    owned,
    phrase_end,
    phrase_from,
    short_end,
    subject,
)
from parley.text.lists import word_set
from parley.text.tokens import Sentence, Tokens

LEAST = 0.33  # F1 on train: .641 at .29, .642 at .33 and .37, .639 at .41

_MANY = word_set("some many most others few all both half those these two three four five six seven eight nine ten")
# What stands before a headline's colon without being anybody.
_RUBRICS = word_set(
    "latest breaking revealed exclusive look watch wow boom busted bombshell leaked "
    "update updated daily email analysis opinion video photos live notice spoiler win"
)
_PLACES = {
    **dict.fromkeys(("comma", "semi", "colon", "conj", "quote", "close", "stop"), "after a mark"),
    **dict.fromkeys(("sub", "rel", "wh", "adv", "dash", "single"), "after a clause word"),
}
# How each use may be completed; other ways fire on fewer than three articles of PolNeAR's train split.
_COMPLETIONS = {
    "verb": word_set("as bare clause colon end gap object prep quote tail that to told told-to"),
    "ing": word_set("bare clause colon object prep quote tail that to told told-to"),
    "infinitive": word_set("bare clause colon object quote tail that told told-to"),
    "passive": word_set("as bare by clause end object prep that to"),
    "adjective": word_set("object prep that to"),
    "noun": word_set("prep that to"),
}
# Behind a form in -ed or -ing, what makes a word of many meanings one of speech ("the states", "have stated that").
_SAID = word_set("that quote colon bare told clause tail")
_CLAUSAL = 0.45
# A clause behind what somebody referred to by a pronoun thinks or says ("I think", "I mean") is seldom anything else.
_THOUGHT = word_set("bare that clause")
_PERSONAL = 0.7
_MUSING = word_set("think believe guess suppose know")
_LONG, _LONG_FROM, _QUOTED_WITHIN = "content of 10+", 10, 60  # the sign of a long content, and tokens
_FINITE = ("s", "past", "base")
_VERBAL = frozenset({"be", "aux"})
EDGES = frozenset({"comma", "colon", "dash", "stop", "semi", "line"})


def in_runs(rule, source, cue_place, content, end, cue: Cue | None = None, use="", signs=()) -> dict:
    """An attribution in runs of tokens, and what it was kept for; `end` is where reading goes on in its sentence."""
    content = [(first, last) for first, last in content if first < last]  # behind a last colon there is nothing
    return {
        "rule": rule, "source": source, "cue": [cue_place], "content": content, "via": [], "end": end,
        "entry": cue, "use": use, "signs": signs,
    }  # fmt: skip


def sureness(one: dict) -> float:
    """How likely an attribution is right; what is found without a cue from the list is taken for certain."""
    return one["entry"].likelihood(one["use"], one["signs"]) if one["entry"] else 1.0


def read_headline(t: Tokens, s: Sentence, here: list[int]) -> list[dict]:
    """Read a headline: "X: C", "C: X", or verbs that share its first subject ("X backs C, opposes D")."""
    for k in range(s.first + 1, s.last - 1):
        if t.kind[k] == "colon" and not t.inside[k]:
            left, right = (s.first, k), (k + 1, s.last)
            if k - s.first <= 5 and s.last - k > 4 and _RUBRICS.isdisjoint(t.low[s.first : k]):
                return [in_runs("headline colon", [left], (k, k + 1), [right], s.last)]
            if s.last - k <= 5 and k - s.first > 4:
                return [in_runs("headline colon", [right], (k, k + 1), [left], s.last)]
    found: list[dict] = []
    for k in here:
        cue = t.entry[k]
        rule = f"headline, {cue.form}"
        g = group_start(t, k, s.first)
        kind, start = complement(t, k, s.last, cue.lemma)
        if (
            g == s.first
            or cue.form not in _FINITE
            or cue.likelihood("verb", (rule,)) < LEAST
            or kind in ("end", "gap")
            or start == s.last
        ):
            continue
        if found:
            if t.kind[g - 1] not in ("comma", "conj"):
                continue
            found[-1]["content"] = [(found[-1]["content"][0][0], g - 1)]
        source = found[0]["source"] if found else [(s.first, g)]
        found.append(in_runs(rule, source, (g, k + 1), [(start, s.last)], s.last, cue, "verb", (rule,)))
    return found


def read_sentence(t: Tokens, s: Sentence, here: list[int]) -> list[dict]:
    """Read the cues of a sentence from left to right; what is another's content is passed over."""
    found: list[dict] = []
    taken, holder = s.first, None
    for k in here:
        if t.inside[k] or _in_name(t, s, k):
            continue
        one = _content_first(t, s, k, holder)
        if one:
            start = min(first for first, _ in one["content"] + one["cue"])
            while found and found[-1]["cue"][0][0] >= start:  # the outermost attribution counts
                found.pop()
        elif k >= taken:
            one = _content_behind(t, s, k, taken - 1 if taken > s.first else s.first, holder)
        if one:
            found.append(one)
            taken = one["end"]
            holder = one if one["source"] else holder
    return found


def _in_name(t: Tokens, s: Sentence, k: int) -> bool:
    """Whether a word of the list ends somebody's name: the Norland Press, said."""
    capital = k > s.first + 1 and t.raw[k][0].isupper() and not t.raw[k].isupper()
    named = capital and t.kind[k - 1] == "word" and t.raw[k - 1][0].isupper()
    return named and k + 1 < s.last and not t.raw[k + 1][0].isupper()


def _content_first(t: Tokens, s: Sentence, k: int, holder: dict | None) -> dict | None:
    """Read "C, X said", "C, said X", "C, according to X" and "C, Y quoted X as saying"."""
    cue = t.entry[k]
    if t.low[k] == "according":
        return _according(t, s, k, holder)
    if cue.form not in _FINITE:
        return None
    g = group_start(t, k, s.first)
    if cue.lemma in ("quote", "cite"):
        return _quoted_as(t, s, k, g)
    who = subject(t, before_time(t, g, s.first), s.first)
    if who and not t.commas and (quoted := _behind_quotation(t, who)):
        who = who._replace(first=quoted)
    if who and who.first > s.first and t.low[who.first - 1] == "as":
        return _as_said(t, s, k, g, cue, who)
    if who:
        if who.first - s.first < 2 or not _breaks(t, who.first - 1):
            if t.low[who.first] == "i" and cue.lemma in _MUSING and k >= s.last - 2 and who.first > s.first + 3:
                content = [(s.first, who.first)]  # "That was in May I think."
                return in_runs("first, no comma", [who[:2]], (g, k + 1), content, s.last)
            return None if t.commas else _no_comma(t, s, k, g, cue)
        quoted = t.inside[who.first - 1] > 0
        resumed = after_quotation(t, k + 1, s.last, quoted, cue.lemma)
        introduced = not quoted and _introduction(t, s.first, who.first)
        rule = f"first, {'quote' if quoted else 'comma'}"
        signs = (rule, f"source {who.what}", _place(t, s, who.first))
        if resumed is None or (introduced and not resumed) or cue.likelihood("first", signs) < LEAST:
            return None
        content = [(s.first, who.first), *([(resumed, s.last)] if resumed else [])]
        if introduced and t.kind[resumed] == "quote":  # "After the storm, Lund said, “…”"
            content = content[1:]
        end = s.last if resumed else k + 1
        return in_runs(rule, [who[:2]], (g, k + 1), content, end, cue, "first", signs)
    if not t.commas and not _breaks(t, k - 1):
        return _no_comma(t, s, k, g, cue)
    rule = f"inverted, {'quote' if t.kind[k - 1] == 'quote' else 'comma'}"
    end = phrase_end(t, k + 1, s.last)
    named = end > k + 1 and (t.kind[k + 1] in ("det", "pron") or t.raw[k + 1][0].isupper())
    if not named and end > k + 1 and t.kind[k + 1] == "word":  # "said former mayor Ada Lund"
        named = any(t.raw[m][0].isupper() for m in range(k + 2, min(end, k + 7)))
    if g < k or k == s.first or not named or not _breaks(t, k - 1) or cue.likelihood("first", (rule,)) < LEAST:
        return None
    return in_runs(rule, [(k + 1, end)], (k, k + 1), [(s.first, k)], end, cue, "first", (rule,))


def _as_said(t: Tokens, s: Sentence, k: int, g: int, cue: Cue, who: Phrase) -> dict | None:
    """Read "As X said, C" and "C, as X said, C"."""
    start, last = who.first - 1, s.last - 1
    marks = (m for m in range(k + 1, min(k + 14, s.last)) if t.kind[m] in ("comma", "dash") or m == last)
    end = next(marks, s.first)
    governs = any(t.kind[m] in ("pron", "quote", "colon") or t.low[m] in ("that", "if") for m in range(k + 1, end))
    broken = end < last if start == s.first else t.kind[start - 1] in ("comma", "dash")
    if end == s.first or governs or not broken or cue.chance("first") < LEAST:
        return None
    content = [(s.first, start), (end + 1, s.last)]
    return in_runs("as said", [who[:2]], (g, k + 1), content, s.last, cue, "first", ("as said",))


def _no_comma(t: Tokens, s: Sentence, k: int, g: int, cue: Cue) -> dict | None:
    """Read "C X said on Monday", "C said X" and "C X said is C" where the commas are lost."""
    kind, start = complement(t, k, s.last, cue.lemma)
    end = phrase_end(t, k + 1, s.last, appositive=False)
    named = k + 1 < end >= s.last - 1 and g == k > s.first + 3 and t.raw[k + 1][0].isupper() and t.kind[k + 1] != "time"
    if named and not any(t.entry[m] and t.raw[m][0].islower() for m in range(k + 1, end)):
        signs = ("inverted, comma",)
        if cue.likelihood("first", signs) >= LEAST and cue.lemma not in ADDRESSING:
            whole = [(s.first, k)], s.last, cue, "first", signs
            return in_runs("inverted, no comma", [(k + 1, end)], (k, k + 1), *whole)
    who = last_phrase(t, before_time(t, g, s.first), s.first)
    rule = "first, no comma"
    signs = (rule, f"source {who.what}", _place(t, s, who.first)) if who else ()
    if (
        not who
        or who.first - s.first < (4 if kind == "end" else 2)
        or t.kind[who.first - 1] in ("prep", "sub", "rel", "conj", "wh", "be", "aux")
        or kind not in ("end", "gap")
        or cue.likelihood("first", signs) < LEAST
    ):
        return None
    content = [(s.first, who.first), *([(start, s.last)] if kind == "gap" else [])]
    return in_runs(rule, [who[:2]], (g, k + 1), content, s.last, cue, "first", signs)


def _behind_quotation(t: Tokens, who: Phrase) -> int:
    """Where somebody's name begins whose description has lost its commas ("“C” Ada Lund the minister said"), else 0."""
    k = who.first
    while (
        k > who.last - 20 and k > 1 and t.kind[k - 1] in ("word", "det", "prep", "dot", "conj") and not t.inside[k - 1]
    ):
        k -= 1
    return k if t.kind[k - 1] == "quote" and k < who.first and t.raw[k][0].isupper() else 0


def _breaks(t: Tokens, k: int) -> bool:
    """Whether content can end with token k: a comma, a dash, or the end of a quotation."""
    return t.kind[k] in ("comma", "dash") or (t.kind[k] == "quote" and t.inside[k] in (0, k + 1))


def _introduction(t: Tokens, first: int, start: int) -> bool:
    """Whether what stands before ", X said" only introduces it: "In April, Lund said"."""
    if t.kind[first] not in ("prep", "sub", "adv", "time", "conj") or "comma" in t.kind[first : start - 1]:
        return False
    return t.kind[first] == "sub" or _VERBAL.isdisjoint(t.kind[first : start - 1])


def _according(t: Tokens, s: Sentence, k: int, holder: dict | None) -> dict | None:
    behind = k - s.first >= 3
    end = phrase_end(t, k + 2, s.last, behind)
    cue, source = (k, k + 2), (k + 2, end)
    if end <= k + 2:
        return None
    if holder and k - holder["cue"][0][1] <= 1:
        holder["via"] = [source]  # "C," Lund said, according to the agency.
        return None
    if behind:
        return in_runs("according to", [source], cue, [(s.first, k)], end)
    if end == s.last or t.kind[end] != "comma":
        end = short_end(t, k + 2, s.last)
    return in_runs("according to", [(k + 2, end)], cue, [(end, s.last)], s.last) if k + 2 < end < s.last - 1 else None


def _quoted_as(t: Tokens, s: Sentence, k: int, g: int) -> dict | None:
    """Read "C, the agency quoted X as saying", the same with C behind it, and "X was quoted as saying C"."""
    for m in range(k + 1, min(k + 16, s.last - 1)):
        if t.low[m] == "as" and t.low[m + 1] in ("saying", "telling", "writing", "adding"):
            break
    else:
        return None
    before = subject(t, before_time(t, g, s.first), s.first)
    source, agency = (before, None) if m == k + 1 else (Phrase(k + 1, m, "name"), before)
    if not source:
        return None
    start = before.first if before else g
    first = start - s.first >= 3 and _breaks(t, start - 1)
    content, end = ((s.first, start), m + 2) if first else ((m + 2, s.last), s.last)
    one = in_runs("quoted as saying", [source[:2]], (g, k + 1), [content], end)
    one["cue"].append((m, m + 2))
    one["via"] = [agency[:2]] if agency else []
    return one


def _use(t: Tokens, k: int, g: int, floor: int) -> str:
    """How the cue is used: verb, ing, infinitive, passive, adjective or noun; "" for not at all."""
    lemma, form = t.entry[k][:2]
    be = "be" in t.kind[g:k]
    before = t.kind[g - 1] if g > floor else ""
    if be and t.entry[k].chance("adjective"):
        return "adjective"
    if form in ("adjective", "noun"):
        return "noun"
    if form == "ing":
        return "verb" if be else "ing"
    if lemma in ("seem", "appear"):
        return "passive"
    if form in ("past", "participle"):
        if be or before == "sub":
            return "passive"
        if g == k and g > floor and t.kind[k + 1 : k + 2] == ["word"] and (t.low[g - 1] in OWNER or owned(t, g - 1)):
            return ""  # the mayor's repeated demand
        return "verb" if form == "past" or g < k else ""
    if before == "det" and t.low[g - 1] in _MANY:
        return "verb"
    if t.low[g - 1] == "to":
        return "infinitive"
    singular = form == "base" and before == "word" and not t.low[g - 1].endswith("s")
    possessed = g > floor and (t.low[g - 1] == "her" or owned(t, g - 1))
    if g == k and (before in ("det", "prep") or singular or possessed):
        return "noun"
    return "verb"


def _content_behind(t: Tokens, s: Sentence, k: int, floor: int, holder: dict | None) -> dict | None:
    """Read "X said that C" and the like: verbs in all forms, adjectives and nouns, with what they govern."""
    cue = t.entry[k]
    g = group_start(t, k, floor)
    use = _use(t, k, g, floor)
    if use == "adjective":
        cue = cue._replace(lemma=t.low[k])
    if use == "noun" and cue.form == "base" and not cue.chance("noun") and t.kind[g - 1] == "word":
        # "those surveyed say they"
        use = "verb" if complement(t, k, s.last, cue.lemma)[0] in ("bare", "that") else use
    if not use or not (cue.chance(use) or cue.lemma == "mean"):
        return None
    if use == "noun" and t.low[k + 1 : k + 2] in (["by"], ["from"]):
        return _noun_by(t, s, k, g)
    kind, start = complement(t, k, s.last, cue.lemma)
    if kind not in _COMPLETIONS[use]:
        return None
    asked = use == "passive" and g > floor and t.kind[g - 1] == "sub"  # "when asked whether C, …"
    if asked or (g == s.first and (use in ("ing", "passive") or cue.form == "past")):
        return _opening(t, s, k, g, cue, use, kind, start)
    if use == "infinitive":
        g -= 1
        if g > floor and t.kind[g - 1] in ("word", "aux", "be", "adv"):
            g = group_start(t, g - 1, floor)
    if kind in _SAID and cue.form in ("past", "participle", "ing") and use != "passive":
        cue = cue.at_least("verb", _CLAUSAL)
    if use == "noun" and (m := light_verb(t, g, floor)):
        g, use = group_start(t, m, floor), "verb"
        cue = cue._replace(lemma="", chances={use: cue.chance("noun")})
    who, what = _holder(t, s, g, floor, use, holder)
    if who and t.low[who.first] in ("a", "an") and (who.last == who.first + 1 or cue.lemma == "name"):
        return None  # nobody is called “a”; and a woman named Ada Lund is not said to be
    if start >= s.last and t.kind[start - 1] == "colon" and use == "verb" and who:
        return in_runs("verb, block", [who[:2]], (g, k + 1), [], s.last, cue, use, ("verb, block",))
    if kind == "end" and use == "passive" and start < s.last and t.kind[start] == "prep":
        kind = "prep"
    gap = []
    if kind == "gap":
        if not who or who.first == s.first or t.kind[who.first - 1] not in ("rel", "wh"):
            return None
        gap = [(who.first - 1, who.first)]  # "which he said was late"
    if who and who.what == "pronoun" and kind in _THOUGHT and cue.lemma in SAYING and use == "verb":
        said = t.low[who.first] == "i" and cue.lemma == "mean"
        cue = cue._replace(lemma="", chances={use: _PERSONAL}) if said else cue.at_least(use, _PERSONAL)
    if kind == "end" or start >= s.last or (not who and use not in ("passive", "noun")):
        return None
    rule = f"{use}, {kind}"
    place = "elsewhere" if not who or what in ("shared", "main", "guess") else _place(t, s, who.first)
    signs = (rule, f"source {what}", place)
    if cue.likelihood(use, (*signs, "content quoted")) < LEAST:  # no content makes it likely: its end need not be found
        return None
    short = cue.likelihood(use, (*signs, _LONG)) < LEAST and not any(t.inside[start : start + _QUOTED_WITHIN])
    end = content_end(t, kind, start, s.last, k, *[_LONG_FROM] * short)
    signs += (_size(t, start, end),)
    if end <= start or cue.likelihood(use, signs) < LEAST:
        return None
    if kind == "to" and stays_unnamed(t, start):
        return None
    if (kind == "object" or t.low[start - 1] == "with") and is_deed(t, cue.lemma, what, start, end):
        return None
    source, content = [who[:2]] if who else [], [*gap, (start, end)]
    if use == "passive" and kind == "by":
        end = phrase_end(t, start, s.last)
        if not who or end == start:
            return None
        source, content = [(start, end)], [who[:2]]
    elif use == "passive":
        source, content = [], [*source, *content]
    cue_end = start if kind in ("prep", "as") else k + 1  # "called on"
    return in_runs(rule, source, (g, cue_end), content, end, cue, use, signs)


def _noun_by(t: Tokens, s: Sentence, k: int, g: int) -> dict | None:
    """Read "a call by X to C", "claims from X that C"."""
    for m in range(k + 3, min(k + 16, s.last - 1)):
        if t.low[m] in ("that", "to"):
            end = content_end(t, t.low[m], m, s.last, k)
            return in_runs("noun, by", [(k + 2, m)], (g, k + 1), [(m, end)], end)
    return None


def _holder(t: Tokens, s: Sentence, g: int, floor: int, use: str, holder: dict | None) -> tuple[Phrase | None, str]:
    """Who holds what the cue before token g says, and how it was found."""
    h = before_time(t, g, floor)
    before = t.kind[h - 1] if h > floor else "start"
    if use == "noun":
        if h > floor and t.low[h - 1] in ("his", "her", "their", "its"):
            return Phrase(h - 1, h, "possessive"), "possessive"
        if h > floor and owned(t, h - 1):
            return subject(t, h, floor), "possessive"
        return None, "nobody"
    who = subject(t, h, floor)
    dependent = before in ("conj", "start") or use in ("ing", "infinitive")
    if dependent and (
        before not in ("comma", "word", "rel", "pron") or (use == "ing" and (before == "comma" or not t.commas))
    ):
        who = None
    if who:
        return who, who.what
    if dependent and holder:
        return Phrase(*holder["source"][0], "shared"), "shared"
    return main_subject(t, s, h), "main" if dependent else "guess"


def _opening(t: Tokens, s: Sentence, k: int, g: int, cue: Cue, use: str, kind: str, start: int) -> dict | None:
    """Read what opens a sentence, with its subject ("Citing C, X left") or nobody's ("Asked about C")."""
    end = start
    while end < s.last and end - start < 60 and (t.inside[end] or t.kind[end] != "comma"):
        end += 1
    if kind in ("end", "gap") or end <= start:
        return None
    if cue.lemma in ADDRESSING and use != "ing":
        rule = "opening, asked"
        return in_runs(rule, [], (g, k + 1), [(start, end)], end, cue, use, (rule,))
    who = phrase_from(t, end + 1, s.last) if end < s.last else None
    rule = f"opening, {use}"
    signs = (rule, _size(t, start, end))
    if use == "passive" or not who or cue.likelihood(use, signs) < LEAST:
        return None
    return in_runs(rule, [who[:2]], (g, k + 1), [(start, end)], end, cue, use, signs)


def _place(t: Tokens, s: Sentence, k: int) -> str:
    """What stands before the source: inside another phrase, the source was probably misread."""
    return _PLACES.get(t.kind[k - 1], "inside a phrase") if k > s.first else "at the start"


def _size(t: Tokens, start: int, end: int) -> str:
    """How long the content is, and whether it quotes: a long one or a quotation is seldom a mere object."""
    if any(t.inside[start : min(end, start + _QUOTED_WITHIN)]):
        return "content quoted"
    size = end - start
    return f"content of {'1-2' if size < 3 else '3-5' if size < 6 else '6-9'}" if size < _LONG_FROM else _LONG
