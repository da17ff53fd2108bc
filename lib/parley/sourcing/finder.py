"""Find who says what: the source, cue and content of every attribution in a text, by rules and a list of cues."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, count

from parley.sourcing.cues import CUES, Cue, CueList
from parley.sourcing.rules import EDGES, in_runs, read_headline, read_sentence
from parley.text.clauses import light_verb
from parley.text.collecting import uncollected
from parley.text.lists import word_set
from parley.text.tokens import Sentence, Tokens, places, sentences, tokenise
from parley.text.turns import Turn, find_turns

_WHOLE = 8  # turns; a report that only quotes from a transcript has fewer, and paragraphs of its own between them
_SPOKEN = 2  # words of the first and second person; a text with more, and no quotation mark, has lost them
_UNLISTED = {"verb": 0.5, "noun": 0.5}  # how often a word that is in no list is right before a clause
_LEAST_SAID = 7  # tokens of a quotation, marks included
_QUIPPED = {"verb": 0.5, "first": 0.8}
# Behind a verb that says little by itself, as "made", what brings in a clause with "that".
_NOUNS = word_set(
    "conclusion clear case point argument doubt idea impression notion feeling suggestion belief concern fear worry hope "
    "confidence assurance allegation accusation"
)
# What needs no cue from the list: a quotation, a label, and "that" behind what may bring in a clause.
BRINGS_IN = re.compile(
    rf"[:\"“”„«»`‘\n]|(?<!\w)'|''|\b(?:\w+ed|(?:{'|'.join(sorted(_NOUNS))})s?)\s+that\b", re.IGNORECASE
)
_LAST_EDGES = EDGES | {"dots"}
_WORDED = re.compile(r"[^\W_]")
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_CREDIT, _CREDIT_NAME = 30, 8  # tokens behind the dash of a credit, and of the name there
_PERSONAL = word_set("i i'm i've i'll i'd me my we we're we've we'll us our you your")


def find_attributions(text: str, *, headlines: Sequence[tuple[int, int]] = (), cues: CueList = CUES) -> list[dict]:
    """Find the attributions of a text.

    Parameters
    ----------
    text : str
        Any text; paragraphs end with their line.
    headlines : sequence of (int, int)
        Places of headlines in the text; if none are given, the first line is judged by its looks.
    cues : mapping of str to Cue
        The list of cues, as `parley.sourcing.cues.read_cues` makes it.

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
    with uncollected():
        t, found = find_runs(text, headlines=headlines, cues=cues)
        records = [one for one in (in_text(t, runs) for runs in found) if worded(text, one)]
        return sorted(records, key=lambda one: min(one["source"] + one["cue"] + one["content"]))


def in_text(t: Tokens, runs: dict, at: int = 0) -> dict:
    """An attribution in places instead of runs of tokens; `at` is where the text read begins in a longer one."""
    record = {role: _spans(t, runs[role], at) for role in ("source", "cue", "content", "via")}
    return record | {"rule": runs["rule"]}


def worded(text: str, record: dict) -> bool:
    """Whether an attribution has a word in its content, and in its source if it has one: a mark alone says nothing."""
    return _has_word(text, record["content"]) and (not record["source"] or _has_word(text, record["source"]))


def _has_word(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return any(_WORDED.search(text, start, end) for start, end in spans)


def _spans(t: Tokens, parts: Sequence[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    """Turn runs of tokens into places, without the sentence's own marks at their edges."""
    spans = []
    for first, last in parts:
        while last - first > 1 and t.kind[first] in EDGES:
            first += 1
        while last - first > 1 and t.kind[last - 1] in _LAST_EDGES and not t.inside[last - 1]:
            last -= 1
        if first < last:
            spans.append((at + t.start[first], at + t.end[last - 1]))
    return spans


def find_runs(
    text: str, *, headlines: Sequence[tuple[int, int]] = (), cues: CueList = CUES
) -> tuple[Tokens, list[dict]]:
    """The tokens of a text, and its attributions as runs of them, with the entry of the list of cues, the use and the signs each was kept for."""
    t = tokenise(text, cues)
    _add_unlisted(t)
    cued = list(compress(count(), t.entry))
    found: list[dict] = []
    block: dict | None = None  # an attribution whose content is the next paragraph ("She said:")
    labelled = quoting = -1
    turns = {bisect_left(t.start, turn.start): turn for turn in find_turns(text)}
    unmarked = not t.quotes and sum(map(_PERSONAL.__contains__, t.low)) > _SPOKEN
    whole = len(turns) >= _WHOLE or 0 in turns
    stop = spoken = aside = 0  # where the turn ends that is being read; its last paragraph, and one that is not of it
    for s in sentences(t, headlines):
        paragraph = s.paragraph
        if turn := turns.get(s.first):
            stop, spoken = bisect_left(t.start, turn.end), paragraph
            found.append(_turn(t, s, turn))
            continue
        if s.first < stop and paragraph not in (spoken, aside):
            spoken, aside = (paragraph, aside) if whole or _is_personal(t, s.first) else (spoken, paragraph)
        if s.first < stop and paragraph == spoken:
            if t.kind[s.first] != "open":  # "(Laughter.)"
                found[-1]["content"].append((s.first, s.last))
            continue
        if labelled == paragraph:
            found[-1]["content"].append((s.first, s.last))
            continue
        if block and paragraph == block["paragraph"] + 1:
            block["content"].append((s.first, s.last))
            continue
        block = None
        if one := _credit(t, s):
            for other in found[-1:]:
                other["content"] = [part for part in other["content"] if part[0] < one["content"][0][0]]
            found.append(one | {"paragraph": paragraph, "quoted": True})
            continue
        if t.inside[s.first] >= s.last - 1 and (t.kind[s.first] == "quote" or t.kind[s.first - 1] == "line"):
            speaker = _last_speaker(found, paragraph)
            # The next paragraph of a quotation belongs to whoever spoke the one before.
            if speaker and (speaker["paragraph"] == paragraph or quoting == paragraph - 1):
                speaker["content"].append((s.first, s.last))
                speaker["paragraph"] = quoting = paragraph
            continue
        here = cued[bisect_left(cued, s.first) : bisect_left(cued, s.last)]
        if s.headline:
            new = read_headline(t, s, here)
        elif colon := _label(t, s):
            new = [in_runs("label", [(s.first, colon)], (colon, colon + 1), [(colon + 1, s.last)], s.last)]
            labelled = paragraph
        else:
            new = read_sentence(t, s, here)
        if unmarked:
            new = _unmarked(t, s, new, found, paragraph)
        for one in new:
            one["paragraph"], one["until"] = paragraph, s.last
            one["quoted"] = any(t.inside[a] or t.inside[b - 1] for a, b in one["content"])
            quoting = paragraph if one["quoted"] else quoting
        if new and not new[-1]["content"]:
            block = new[-1]
        elif not new and found and found[-1]["paragraph"] == paragraph and _mostly_quoted(t, s):
            speaker = _last_speaker(found, paragraph)
            if speaker["quoted"]:  # "Q," X said. The port "will close", and "nobody knows when".
                speaker["content"].append((s.first, s.last))
        found += new
    return t, found


def _add_unlisted(t: Tokens) -> None:
    """Take for cues what brings in a clause or quotation, though no list has it ("he retorted: “…”", "made clear that")."""
    last = len(t.raw) - 1
    quotes = places(t.kind, "quote")
    _add_behind_quotations(t, quotes)
    quoting = [k for k in quotes if t.kind[k - 1] in ("comma", "colon") and t.inside[k] > k + _LEAST_SAID]
    for m in sorted([*places(t.low, "that"), *(k - 1 for k in quoting)]):
        k = m - 1  # the token before
        if not 0 <= k < last - 1 or t.entry[k] or t.inside[k] or not t.raw[k].islower():
            continue
        that = t.low[m] == "that"
        if that and t.low[k].removesuffix("s") in _NOUNS and light_verb(t, k, max(0, k - 5)):
            t.entry[k] = Cue("", "noun", _UNLISTED, CUES["said"].signs)
            continue
        brings = not that or t.kind[m + 1] in ("pron", "det") or t.raw[m + 1][0].isupper()
        if brings and t.kind[k] == "word" and t.low[k].endswith("ed") and "-" not in t.low[k]:
            t.entry[k] = Cue("", "past", _UNLISTED, CUES["said"].signs)


def _add_behind_quotations(t: Tokens, quotes: list[int]) -> None:
    """Take for a cue what somebody does right behind a quotation that a comma ends ("“We sail,” Lund quipped").

    It may be in no list, or only for what stands behind it.
    """
    for k in quotes:
        end = t.inside[k]
        if end > k + 3 and t.kind[end - 2] == "comma" and t.kind[k - 1] in ("line", "stop", "quote"):
            m = next((m for m in range(end, min(end + 6, len(t.raw))) if t.kind[m] == "word" and t.raw[m].islower()), 0)
            listed = t.entry[m] if m else None
            if listed and listed.form in ("past", "s") and listed.chance("verb"):
                t.entry[m] = listed._replace(chances={"first": _QUIPPED["first"], **listed.chances})
            elif m and not listed and t.low[m].endswith("ed"):
                t.entry[m] = Cue("", "past", _QUIPPED, CUES["said"].signs)


def _credit(t: Tokens, s: Sentence) -> dict | None:
    """Read whose words a quotation is that stands by itself ("“We sail.” — Ada Lund, mayor"), in its line or below it."""
    dash = s.first if t.raw[s.first] in _DASHES else t.inside[s.first]
    close = dash - (dash > 0 and t.kind[dash - 1] == "line")
    dashed = 0 < dash < s.last - 1 and t.raw[dash] in _DASHES
    if not dashed:  # "“We sail.” Ada Lund, mayor", to the end of the line
        dash, close = s.first - 1, s.first
        if not s.first or t.inside[dash] != close or (s.last < len(t.raw) and t.kind[s.last] != "line"):
            return None
    start = bisect_left(range(close), True, key=lambda k: t.inside[k] == close)
    end = next((k for k in range(dash + 1, s.last) if t.kind[k] in ("comma", "stop", "open")), s.last)
    if (
        (start and t.kind[start - 1] != "line")
        or start == close
        or s.last - dash > _CREDIT
        or end - dash > _CREDIT_NAME
        or not t.raw[dash + 1][0].isupper()
        or any(_is_verb(t, k) for k in range(dash + 1, end if dashed else s.last))
    ):
        return None
    one = in_runs("credit", [(dash + 1, end)], (dash, dash + 1), [(start, close)], s.last)
    return one if dashed else one | {"cue": []}


def _is_verb(t: Tokens, k: int) -> bool:
    """Whether a line with token k does more than name somebody."""
    worded = t.raw[k].islower() and (t.entry[k] or t.low[k].endswith("ed"))
    return not t.inside[k] and (worded or t.kind[k] in ("be", "aux", "pron", "colon"))


def _turn(t: Tokens, s: Sentence, turn: Turn) -> dict:
    """What the first sentence of a turn says, as somebody's who asks or who answers."""
    first, last = bisect_left(t.start, turn.name), bisect_left(t.start, turn.named)
    colon = next((k for k in range(last, min(last + 12, s.last)) if t.kind[k] == "colon"), None)
    start = last if colon is None else colon + 1
    rule = "label, asking" if turn.asks else "label"
    one = in_runs(rule, [(first, last)], (start - 1, start), [(start, s.last)], s.last)
    return one | {"paragraph": s.paragraph, "quoted": False, "cue": one["cue"] if colon else []}


def _unmarked(t: Tokens, s: Sentence, new: list[dict], found: list[dict], paragraph: int) -> list[dict]:
    """What a sentence brings in that goes on with a quotation whose marks are lost ("We sail, Lund said. We must.")."""
    speaker = found[-1] if found and found[-1]["paragraph"] == paragraph else None
    own = [one for one in new if one["source"] and t.low[one["source"][0][0]] not in _PERSONAL]
    if (
        own
        or s.headline
        or not speaker
        or not speaker["rule"].startswith(("first", "inverted", "verb, quote", "verb, colon"))
    ):
        return new
    if speaker["until"] < s.first:
        return new
    speaker["content"].append((s.first, s.last))
    speaker["until"] = s.last
    return []


def _is_personal(t: Tokens, k: int) -> bool:
    """Whether somebody speaks of himself, or to somebody, in the paragraph that begins at token k."""
    stop = next((m for m in range(k, len(t.kind)) if t.kind[m] == "line"), len(t.kind))
    return not _PERSONAL.isdisjoint(t.low[k:stop])


def _mostly_quoted(t: Tokens, s: Sentence) -> bool:
    return 2 * t.inside[s.first : s.last].count(0) < s.last - s.first


def _last_speaker(found: list[dict], paragraph: int) -> dict | None:
    """The attribution that a quotation without a cue carries on: the last that quotes, else the last."""
    quoting = (one for one in reversed(found[-4:]) if one["paragraph"] == paragraph and one["quoted"])
    return next(quoting, found[-1] if found else None)


def _label(t: Tokens, s: Sentence) -> int:
    """The colon behind a transcript label in capitals ("PENCE:") that begins a line, else 0."""
    if s.first and t.kind[s.first - 1] != "line":
        return 0
    kinds = t.kind[s.first + 1 : min(s.first + 5, s.last - 1)]
    colon = s.first + 1 + kinds.index("colon") if "colon" in kinds else 0
    words = [word for word in t.raw[s.first : colon] if word[0].isalpha()]
    return colon if words and all(word.isupper() and len(word) > 1 for word in words) else 0
