"""Find who says what: the source, cue and content of every attribution in a text, by rules and a list of
cues.

Cues are looked up, and each is read in its clause: content before it ("C, X said"), or behind it ("X said
that C"). What is found is kept if it was right often enough on PolNeAR's train split: the chance of the cue
in this use, times the odds of the signs around it (`parley.sourcing.cues`). A low bar pays: an item raises F1 if its
chance is above half of F1.
"""

from bisect import bisect_left
from collections.abc import Sequence

from parley.sourcing.clauses import (
    ADDRESSING,
    Phrase,
    after_quotation,
    before_time,
    complement,
    content_end,
    group_start,
    main_subject,
    owned,
    phrase_end,
    phrase_from,
    subject,
)
from parley.sourcing.cues import CHANCES, FORMS, chance, worth
from parley.text.lists import listed
from parley.text.tokens import Sentence, Tokens, sentences, tokenise

LEAST = 0.33  # F1 on train: .641 at .29, .642 at .33 and .37, .639 at .41
_HOPELESS = 0.08  # a cue whose chance no sign can lift over the bar

_RAISING = frozenset({"seem", "appear"})
_MANY = listed("some many most others few all both half those these two three four five six seven eight nine ten")
# What stands before a headline's colon without being anybody.
_RUBRICS = listed(
    "latest breaking revealed exclusive poll polls report reports look watch wow boom busted bombshell leaked "
    "update updated daily email analysis opinion video photos live notice spoiler win"
)
_PLACES = {
    **dict.fromkeys(("comma", "semi", "colon", "conj", "quote", "close", "stop"), "after a mark"),
    **dict.fromkeys(("sub", "rel", "wh", "adv", "dash", "single"), "after a clause word"),
}
# How each use may be completed; other ways fire on fewer than three articles of PolNeAR's train split.
_COMPLETIONS = {
    "verb": "as bare clause colon end gap object prep pronoun quote tail that to told told-to to-noun",
    "ing": "bare clause colon object prep pronoun quote tail that to told told-to to-noun",
    "infinitive": "bare clause colon object quote tail that told told-to",
    "passive": "as bare by clause end object prep that to",
    "adjective": "object prep that to",
    "noun": "prep that to",
}
_COMPLETIONS = {use: frozenset(kinds.split()) for use, kinds in _COMPLETIONS.items()}
_FINITE = ("s", "past", "base")
_EDGES = frozenset({"comma", "colon", "dash", "stop", "semi", "line"})


def find_attributions(text: str, *, headlines: Sequence[tuple[int, int]] = ()) -> list[dict]:
    """Find the attributions of a text.

    Parameters
    ----------
    text : str
        Any text; paragraphs end with their line.
    headlines : sequence of (int, int)
        Places of headlines in the text; if none are given, the first line is judged by its looks.

    Returns
    -------
    list of dict
        Sorted by place. `source`, `cue` and `content` are lists of `(start, end)` into the text, empty where
        there is none; cue and content may be interrupted. `via` is the place of an agency or interpreter that
        passed it on, as such a list; `rule` names the rule that found it.

    Examples
    --------
    >>> text = "“We sail at six,” Ada Lund said on Monday. She denied reports of a strike."
    >>> for one in find_attributions(text):
    ...     print(one["rule"], [text[a:b] for role in ("source", "cue", "content") for a, b in one[role]])
    first, quote ['Ada Lund', 'said', '“We sail at six,”']
    verb, object ['She', 'denied', 'reports of a strike']
    """
    t, found = drafts(text, headlines=headlines)
    records = [one for one in (in_text(t, draft) for draft in found) if worded(text, one)]
    return sorted(records, key=lambda one: min(one["source"] + one["cue"] + one["content"]))


def in_text(t: Tokens, draft: dict, at: int = 0) -> dict:
    """An attribution in places instead of runs of tokens; `at` is where the text read begins in a longer one."""
    record = {role: _spans(t, draft[role], at) for role in ("source", "cue", "content", "via")}
    return record | {"rule": draft["rule"]}


def worded(text: str, record: dict) -> bool:
    """Whether an attribution has a word in its content, and in its source if it has one: a mark alone says nothing."""
    has = {role: any(mark.isalnum() for a, b in record[role] for mark in text[a:b]) for role in ("source", "content")}
    return has["content"] and (has["source"] or not record["source"])


def _spans(t: Tokens, parts: Sequence[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    """Turn runs of tokens into places, without the sentence's own marks at their edges."""
    spans = []
    for first, last in parts:
        while last - first > 1 and t.kind[first] in _EDGES:
            first += 1
        while last - first > 1 and t.kind[last - 1] in _EDGES | {"dots"} and not t.inside[last - 1]:
            last -= 1
        if first < last:
            spans.append((at + t.start[first], at + t.end[last - 1]))
    return spans


def drafts(text: str, *, headlines: Sequence[tuple[int, int]] = ()) -> tuple[Tokens, list[dict]]:
    """Find attributions as runs of tokens, with the lemma, use and signs that each was kept for.

    Parameters
    ----------
    text, headlines
        As for `find_attributions`.

    Returns
    -------
    tuple of (Tokens, list of dict)
        The text's tokens, and the attributions in the order in which they were found.
    """
    t = tokenise(text)
    cues = [k for k, word in enumerate(t.low) if word in FORMS]
    parts = sentences(t, headlines)
    labels = _labels(t, parts)
    found: list[dict] = []
    waiting: list[tuple[int, int]] = []  # quotations of this paragraph that nobody has said yet
    block: dict | None = None  # an attribution whose content is the next paragraph ("She said:")
    paragraph = labelled = quoting = -1
    for number, s in enumerate(parts):
        if s.paragraph != paragraph:
            paragraph, waiting = s.paragraph, []
        if labelled == paragraph:
            found[-1]["content"].append((s.first, s.last))
            continue
        if block and (paragraph == block["paragraph"] + 1 or _only_quotation(t, s)):
            block["content"].append((s.first, s.last))
            if _only_quotation(t, s):
                block["quoted"], block["paragraph"], quoting = True, paragraph, paragraph
                block = None
            elif number + 1 == len(parts) or parts[number + 1].paragraph != paragraph:
                block = None
            continue
        block = None
        if _only_quotation(t, s):
            speaker = _last_speaker(found, paragraph)
            if (
                speaker
                and not waiting
                and (
                    speaker["paragraph"] == paragraph
                    or (speaker["quoted"] and speaker["paragraph"] == quoting == paragraph - 1)
                )
            ):
                speaker["content"].append((s.first, s.last))
                speaker["paragraph"] = quoting = paragraph
            else:
                waiting.append((s.first, s.last))
            continue
        here = cues[bisect_left(cues, s.first) : bisect_left(cues, s.last)]
        if s.headline:
            new = _headline(t, s, here)
        elif s.first in labels:
            colon = labels[s.first]
            new = [_draft("label", [(s.first, colon)], (colon, colon + 1), [(colon + 1, s.last)], s.last)]
            labelled = paragraph
        else:
            new = _sentence(t, s, here)
        for one in new:
            one["paragraph"] = paragraph
            one["quoted"] = any(t.inside[a] or t.inside[b - 1] for a, b in one["content"])
            quoting = paragraph if one["quoted"] else quoting
        if new and not new[-1]["content"]:
            block = new[-1]
        elif new and waiting and new[0]["content"][0][0] == s.first:
            new[0]["content"] = [*waiting, *new[0]["content"]]
            waiting = []
        elif not new and found and found[-1]["paragraph"] == paragraph and _mostly_quoted(t, s):
            speaker = _last_speaker(found, paragraph)
            if speaker["quoted"]:  # "Q," X said. The port "will close", and "nobody knows when".
                speaker["content"].append((s.first, s.last))
        found += new
    return t, found


def _draft(rule, source, cue, content, end, lemma="", use="", signs=()) -> dict:
    """An attribution in runs of tokens; `end` is where reading goes on in its sentence."""
    return {
        "rule": rule,
        "source": source,
        "cue": [cue],
        "content": content,
        "via": [],
        "end": end,
        "lemma": lemma,
        "use": use,
        "signs": signs,
    }


def _only_quotation(t: Tokens, s: Sentence) -> bool:
    return t.kind[s.first] == "quote" and t.opens[s.first] == s.first and t.inside[s.first] >= s.last - 1


def _mostly_quoted(t: Tokens, s: Sentence) -> bool:
    return sum(t.inside[k] > 0 for k in range(s.first, s.last)) > (s.last - s.first) / 2


def _last_speaker(found: list[dict], paragraph: int) -> dict | None:
    """The attribution that a quotation without a cue carries on: the last that quotes, else the last."""
    for one in reversed(found[-4:]):
        if one["paragraph"] == paragraph and one["quoted"]:
            return one
    return found[-1] if found else None


def _labels(t: Tokens, parts: list[Sentence]) -> dict[int, int]:
    """Find transcript labels in capitals ("PENCE:"): the colon, by the first token of the sentence."""
    found = {}
    for s in parts:
        if s.headline or (s.first and t.kind[s.first - 1] != "line"):
            continue
        for k in range(s.first + 1, min(s.first + 5, s.last - 1)):
            if t.kind[k] == "colon":
                words = [word for word in t.raw[s.first : k] if word[0].isalpha()]
                if words and all(word.isupper() and len(word) > 1 for word in words):
                    found[s.first] = k
            elif t.kind[k] not in ("word", "dot"):
                break
    return found


def _headline(t: Tokens, s: Sentence, here: list[int]) -> list[dict]:
    """Read a headline: "X: C", "C: X", or verbs that share its first subject ("X backs C, opposes D")."""
    for k in range(s.first + 1, s.last - 1):
        if t.kind[k] == "colon" and not t.inside[k]:
            left, right = (s.first, k), (k + 1, s.last)
            if k - s.first <= 5 and s.last - k > 4 and _RUBRICS.isdisjoint(t.low[s.first : k]):
                return [_draft("headline colon", [left], (k, k + 1), [right], s.last)]
            if s.last - k <= 5 and k - s.first > 4:
                return [_draft("headline colon", [right], (k, k + 1), [left], s.last)]
    found: list[dict] = []
    for k in here:
        lemma, form = FORMS[t.low[k]]
        signs = (f"headline, {form}",)
        g = group_start(t, k, s.first)
        if t.inside[k] or g == s.first or form not in _FINITE or worth(lemma, "verb", signs) < LEAST:
            continue
        kind, start = complement(t, k, s.last, lemma)
        if kind in ("end", "gap"):
            continue
        if found:
            earlier = found[-1]
            if t.kind[g - 1] not in ("comma", "semi", "conj") or earlier["signs"] != signs:
                continue
            earlier["content"] = [(earlier["content"][0][0], g - 1)]
        source = found[0]["source"] if found else [(s.first, g)]
        found.append(_draft(signs[0], source, (g, k + 1), [(start, s.last)], s.last, lemma, "verb", signs))
    return found


def _sentence(t: Tokens, s: Sentence, here: list[int]) -> list[dict]:
    """Read the cues of a sentence from left to right; what is another's content is passed over."""
    found: list[dict] = []
    taken, holder = s.first, None
    for k in here:
        if t.inside[k]:
            continue
        one = _content_first(t, s, k, holder)
        if one:
            start = min(one["content"][0][0], one["cue"][0][0])
            while found and found[-1]["cue"][0][0] >= start:  # the outermost attribution counts
                found.pop()
        elif k >= taken:
            one = _content_behind(t, s, k, taken - 1 if taken > s.first else s.first, holder)
        if one:
            found.append(one)
            taken = one["end"]
            holder = one if one["source"] else holder
    return found


def _content_first(t: Tokens, s: Sentence, k: int, holder: dict | None) -> dict | None:
    """Read "C, X said", "C, said X", "C, according to X" and "C, Y quoted X as saying"."""
    lemma, form = FORMS[t.low[k]]
    if t.low[k] == "according":
        return _according(t, s, k, holder) if k + 2 < s.last and t.low[k + 1] == "to" else None
    if form not in _FINITE:
        return None
    g = group_start(t, k, s.first)
    if lemma in ("quote", "cite"):
        return _quoted_as(t, s, k, g)
    if chance(lemma, "first") < 0.15:
        return None
    who = subject(t, before_time(t, g, s.first), s.first)
    if who:
        if who.first - s.first < 2 or not _breaks(t, who.first - 1):
            return None
        quoted = t.inside[who.first - 1] > 0
        reading = after_quotation(t, k + 1, s.last, quoted, lemma)
        if not reading:
            return None
        end, resumes = reading
        introduced = not quoted and _introduction(t, s.first, who.first)
        rule = f"first, {'quote' if quoted else 'comma'}"
        signs = (rule, f"source {who.what}", _place(t, s, who.first))
        if (introduced and not resumes) or worth(lemma, "first", signs) < LEAST:
            return None
        content = [] if introduced else [(s.first, who.first)]
        if resumes:
            content.append((end, s.last))
        end = s.last if resumes else k + 1
        return _draft(rule, [who[:2]], (g, k + 1), content, end, lemma, "first", signs)
    if g < k or form == "base" or k - s.first < 3 or k + 1 >= s.last:
        return None
    if t.inside[k + 1] or not _breaks(t, k - 1):
        return None
    rule = f"inverted, {'quote' if t.kind[k - 1] == 'quote' else 'comma'}"
    end = phrase_end(t, k + 1, s.last)
    named = t.kind[k + 1] in ("det", "pron") or t.raw[k + 1][0].isupper()
    if not named or end == k + 1 or worth(lemma, "first", (rule,)) < LEAST:
        return None
    return _draft(rule, [(k + 1, end)], (k, k + 1), [(s.first, k)], end, lemma, "first", (rule,))


def _breaks(t: Tokens, k: int) -> bool:
    """Tell whether content can end with token k: a comma, a dash, or the end of a quotation."""
    return t.kind[k] in ("comma", "dash") or (t.kind[k] == "quote" and t.inside[k] in (0, k + 1))


def _introduction(t: Tokens, first: int, start: int) -> bool:
    """Tell whether what stands before ", X said" only introduces it: "In April, Lund said"."""
    if t.kind[first] not in ("prep", "sub", "adv", "time", "conj") and not t.low[first].endswith("ing"):
        return False
    return start - first < 40 and "comma" not in t.kind[first : start - 1]


def _according(t: Tokens, s: Sentence, k: int, holder: dict | None) -> dict | None:
    behind = k - s.first >= 3
    end = phrase_end(t, k + 2, s.last, behind)
    cue, source = (k, k + 2), (k + 2, end)
    if end == k + 2:
        return None
    if holder and holder["use"] == "first" and k - holder["cue"][0][1] <= 1:
        holder["via"] = [source]  # "C," Lund said, according to the agency.
        return None
    if behind:
        return _draft("according to", [source], cue, [(s.first, k)], end)
    if end < s.last and t.kind[end] == "comma":
        return _draft("according to", [source], cue, [(end, s.last)], s.last)
    return None


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
    one = _draft("quoted as saying", [source[:2]], (g, k + 1), [content], end)
    one["cue"].append((m, m + 2))
    one["via"] = [agency[:2]] if agency else []
    return one


def _use(t: Tokens, k: int, g: int, floor: int) -> str:
    """Tell how the cue is used: verb, ing, infinitive, passive, adjective or noun; "" for not at all."""
    lemma, form = FORMS[t.low[k]]
    be = "be" in t.kind[g:k]
    before = t.kind[g - 1] if g > floor else "start"
    follows = t.low[k + 1] if k + 1 < len(t.low) else ""
    if be and "adjective" in CHANCES.get(t.low[k], ()):
        return "adjective"
    if form in ("adjective", "noun"):
        return "noun" if form == "noun" else ""
    if form == "ing":
        return "verb" if be else "ing"
    if lemma in _RAISING:
        return "passive"
    if form in ("past", "participle"):
        if be or follows == "by" or (before == "sub" and form == "past"):
            return "passive"
        return "verb" if form == "past" or g < k else ""
    if before == "prep" and t.low[g - 1] == "to":
        return "infinitive"
    if before == "det" and t.low[g - 1] in _MANY:
        return "verb"
    singular = form == "base" and before == "word" and not t.low[g - 1].endswith("s")
    possessed = g > floor and (t.low[g - 1] == "her" or owned(t, g - 1))
    if g == k and (before in ("det", "prep") or singular or possessed):
        return "noun"
    if t.low[k] == "back" and (not follows or (t.kind[k + 1] not in ("det", "pron") and t.raw[k + 1][0].islower())):
        return ""  # the adverb
    return "verb"


def _content_behind(t: Tokens, s: Sentence, k: int, floor: int, holder: dict | None) -> dict | None:
    """Read "X said that C" and the like: verbs in all forms, adjectives and nouns, with what they govern."""
    lemma, form = FORMS[t.low[k]]
    g = group_start(t, k, floor)
    use = _use(t, k, g, floor)
    if use == "adjective":
        lemma = t.low[k]
    if use == "noun" and chance(lemma, use) and k + 1 < s.last and t.low[k + 1] in ("by", "from"):
        return _noun_by(t, s, k, g)
    if not use or chance(lemma, use) < _HOPELESS:
        return None
    if lemma == "ask" and k + 1 < s.last and t.low[k + 1] == "not":
        return None  # "who asked not to be named"
    kind, start = complement(t, k, s.last, lemma)
    if kind not in _COMPLETIONS[use]:
        return None
    asked = use == "passive" and g > floor and t.kind[g - 1] == "sub"  # "when asked whether C, …"
    if asked or (g == s.first and (use in ("ing", "passive") or form == "past")):
        return _opening(t, s, k, g, lemma, use, kind, start)
    if use == "infinitive":
        g -= 1
        if g > floor and t.kind[g - 1] in ("word", "aux", "be", "adv"):
            g = group_start(t, g - 1, floor)
    who, what = _holder(t, s, g, floor, use, holder)
    if start >= s.last and t.kind[start - 1] == "colon" and use == "verb" and who:
        return _draft("verb, block", [who[:2]], (g, k + 1), [], s.last, lemma, use, ("verb, block",))
    if kind == "end" and use == "passive" and start < s.last and t.kind[start] == "prep":
        kind = "prep"
    gap = []
    if kind == "gap":
        if not who or who.first == s.first or t.kind[who.first - 1] not in ("rel", "wh"):
            return None
        gap = [(who.first - 1, who.first)]  # "which he said was late"
    if kind == "end" or start >= s.last or (not who and use not in ("passive", "noun")):
        return None
    end = content_end(t, kind, start, s.last, k, what == "relative")
    rule = f"{use}, {kind}"
    place = "elsewhere" if not who or what in ("shared", "main", "guess") else _place(t, s, who.first)
    signs = (rule, f"source {what}", place, _size(t, start, end))
    if end <= start or worth(lemma, use, signs) < LEAST:
        return None
    source, content = [who[:2]] if who else [], [*gap, (start, end)]
    if use == "passive" and kind == "by":
        end = phrase_end(t, start, s.last)
        if not who or end == start:
            return None
        source, content = [(start, end)], [who[:2]]
    elif use == "passive":
        source, content = [], [*source, *content]
    cue_end = start if kind in ("prep", "to-noun", "as") and start == k + 2 else k + 1  # "called on"
    return _draft(rule, source, (g, cue_end), content, end, lemma, use, signs)


def _noun_by(t: Tokens, s: Sentence, k: int, g: int) -> dict | None:
    """Read "a call by X to C", "claims from X that C"."""
    for m in range(k + 3, min(k + 16, s.last - 1)):
        if t.kind[m] in _EDGES or t.kind[m] == "quote":
            return None
        if t.low[m] in ("that", "to", "for", "about"):
            start = m if t.low[m] in ("that", "to") else m + 1
            end = content_end(t, t.low[m] if start == m else "prep", start, s.last, k, False)
            return _draft("noun, by", [(k + 2, m)], (g, k + 1), [(start, end)], end) if end > start else None
    return None


def _holder(t, s, g, floor, use, holder) -> tuple[Phrase | None, str]:
    """Find who holds what the cue before token g says, and how it was found."""
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
    if dependent and (before not in ("comma", "word", "rel", "pron") or (use == "ing" and before == "comma")):
        who = None
    if who:
        return who, who.what
    if dependent and holder:
        return Phrase(*holder["source"][0], "shared"), "shared"
    return main_subject(t, s, h), "main" if dependent else "guess"


def _opening(t, s, k, g, lemma, use, kind, start) -> dict | None:
    """Read what opens a sentence, with its subject ("Citing C, X left") or nobody's ("Asked about C")."""
    end = start
    while end < s.last and end - start < 100 and (t.inside[end] or t.kind[end] != "comma"):
        end += 1
    who = phrase_from(t, end + 1, s.last) if end < s.last else None
    if kind in ("end", "gap") or end <= start:
        return None
    if lemma in ADDRESSING and use != "ing":
        rule = "opening, asked"
        return _draft(rule, [], (g, k + 1), [(start, end)], end, lemma, use, (rule,))
    rule = f"opening, {use}"
    signs = (rule, _size(t, start, end))
    if use == "passive" or not who or worth(lemma, use, signs) < LEAST:
        return None
    return _draft(rule, [who[:2]], (g, k + 1), [(start, end)], end, lemma, use, signs)


def _place(t: Tokens, s: Sentence, k: int) -> str:
    """What stands before the source: inside another phrase, the source was probably misread."""
    return _PLACES.get(t.kind[k - 1], "inside a phrase") if k > s.first else "at the start"


def _size(t: Tokens, start: int, end: int) -> str:
    """How long the content is, and whether it quotes: a long one or a quotation is seldom a mere object."""
    if any(t.inside[start : min(end, start + 60)]):
        return "content quoted"
    size = end - start
    return f"content of {'1-2' if size < 3 else '3-5' if size < 6 else '6-9' if size < 10 else '10+'}"
