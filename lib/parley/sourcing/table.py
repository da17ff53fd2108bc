"""The attributions of one article as rows of a table, and what becomes of them when a reader corrects some."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from parley.corpus.reading import ByArticle
from parley.corpus.segments import PROSE
from parley.sourcing.cast import Cast
from parley.sourcing.finder import find_attributions
from parley.sourcing.nested import find_nested
from parley.sourcing.people import read_sides
from parley.sourcing.speakers import resolve
from parley.text.cells import first_places, unpacked
from parley.text.quotations import quotation_spans
from parley.text.visible import Visible, lined, mended

# What a person reads comes first, offsets last.
COLUMNS = {
    "article_id": "str", "outlet": "str", "date": "datetime64[us]", "speaker": "str", "side": "str", "source_text": "str",
    "cue_text": "str", "content_text": "str", "kind": "str", "quoted": "bool", "named": "bool", "via": "str",
    "sentence": "str", "counted": "bool", "nested": "bool", "rule": "str", "attribution_id": "str",
    "source_start": "Int64", "source_end": "Int64", "cue_start": "Int64", "cue_end": "Int64", "cue": "object",
    "content": "object",
}  # fmt: skip
_NO_LINE_END = re.compile(r"[^\n]")
_BYLINE = re.compile(
    r"^[ \t]*(?:(?:Byline|BYLINE):[ \xa0]?(?:By |BY )?|By |BY )((?:[^\W\d_a-z][\w.’'-]* ){1,3}[^\W\d_a-z][\w’'-]+)",
    re.MULTILINE,
)
GAP = " … "  # between the parts of a cue or content that something interrupts


class Prose:
    """What is read of an article, its quotations, and whom it names: found once, for attributions and mentions alike."""

    def __init__(self, text: str, segments: Sequence[tuple[str, int, int]], settings: Mapping) -> None:
        self.text = prose_of(text, segments)
        self.shown, self._sides = Visible(self.text), settings.get("sides", {})

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """The places in double quotation marks, marks included."""
        return quotation_spans(self.text)

    @cached_property
    def cast(self) -> Cast:
        """Who is named, in the text that is seen."""
        return Cast(self.shown.text, read_sides(self._sides))


def attributions_in(
    article_id: str, text: str, segments: Sequence[tuple[str, int, int]], settings: Mapping, prose: Prose | None = None
) -> list[dict]:
    """The rows of one article, in the order of the text; `segments` as kind, start and end."""
    prose = prose or Prose(text, segments, settings)
    shown, read = prose.shown, prose.shown.text
    headlines = [shown.seen(start, end) for kind, start, end in segments if kind == "headline"]
    outer = find_attributions(read, headlines=headlines)
    cues = {tuple(record["cue"]) for record in outer}
    inner = [one | {"within": n} for n, record in enumerate(outer) for one in find_nested(read, record)]
    records = [*outer, *(one for one in inner if tuple(one["cue"]) not in cues)]  # a cue brings in words once
    writer = _writer(text, segments)
    voices = resolve(read, records, settings.get("sides", {}), writer, prose.cast)
    voiced = [(record, voice) for record, voice in zip(records, voices, strict=True) if voice]
    rows, seen = [], Counter()
    # Outer rows get their ids first, so that none depends on what stands nested beside it.
    for record, voice in sorted(voiced, key=lambda one: ("within" in one[0], _reach(one[0]))):
        source, cue, content = ([shown.raw(*part) for part in record[role]] for role in ("source", "cue", "content"))
        place = (cue or content or source)[0][0]
        seen[place] += 1
        more = letters(seen[place]) if seen[place] > 1 else ""
        source_start, source_end = source[0] if source else (None, None)
        cue_start, cue_end = cue[0] if cue else (None, None)
        row = {
            "attribution_id": f"{article_id}-a{place}{more}", "article_id": article_id,
            "source_start": source_start, "source_end": source_end, "cue_start": cue_start, "cue_end": cue_end,
            "cue": cue, "content": content, "source_text": _text(text, source), "cue_text": _text(text, cue),
            "content_text": _text(text, content), "rule": record["rule"], "nested": "within" in record, **voice,
            "quoted": voice["kind"] != "indirect",
        }  # fmt: skip
        rows.append((_reach(record), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def letters(n: int) -> str:
    """Count as the columns of a spreadsheet do: a, b, …, z, aa, ab, …"""
    return (letters((n - 1) // 26) if n > 26 else "") + chr(ord("a") + (n - 1) % 26)


def _reach(record: Mapping) -> tuple[int, int]:
    """From the first to the last character of an attribution."""
    parts = [part for role in ("source", "cue", "content") for part in record[role]]
    return min(start for start, _ in parts), max(end for _, end in parts)


def prose_of(text: str, segments: Sequence[tuple[str, int, int]]) -> str:
    """The text with blanks for all that is not read, a paragraph a line; offsets stay.

    Examples
    --------
    >>> prose_of("Menu\\nLund said\\nno.", [("furniture", 0, 4), ("body", 5, 18)])
    '    \\nLund said no.'
    """
    text, parts, at = mended(lined(text)), [], 0
    spans = sorted((start, end) for kind, start, end in segments if kind in PROSE)
    for start, end in [*spans, (len(text), len(text))]:
        parts += [_NO_LINE_END.sub(" ", text[at:start]), text[start:end].replace("\n", " ")]
        at = end
    return "".join(parts)


def _writer(text: str, segments: Sequence[tuple[str, int, int]]) -> str | None:
    """The name in a byline, outside what is read."""
    for found in _BYLINE.finditer(text):
        if not any(start <= found.start(1) < end for kind, start, end in segments if kind in PROSE):
            return found[1].title() if found[1].isupper() else found[1]
    return None


def _text(text: str, parts: Sequence[tuple[int, int]]) -> str | None:
    return GAP.join(text[start:end] for start, end in parts) if parts else None


def begins(table: pd.DataFrame) -> pd.Series:
    """Where each attribution is counted: at its cue; without one, at its content, else at its source."""
    return table["cue_start"].fillna(first_places(table["content"])).fillna(table["source_start"])


def still_nested(table: pd.DataFrame) -> list[bool]:
    """Whether each nested row still stands in the content of a row of somebody else, after corrections."""
    names = ["article_id", "attribution_id", "speaker", "cue", "content"]
    said, judged = ByArticle(table[names]), table["nested"].tolist()
    columns = (unpacked(table[name]) if name in ("cue", "content") else table[name] for name in names)
    for n, row in enumerate(zip(*columns, strict=True)):
        if judged[n]:
            article_id, attribution_id, speaker, cue, content = row
            place = (cue or content)[0][0]
            judged[n] = any(
                one["attribution_id"] != attribution_id
                and any(a <= place < b for a, b in one["content"])
                and _other_speaker(one["speaker"], speaker)
                for one in said.get(article_id)
            )
    return judged


def _other_speaker(one: object, other: object) -> bool:
    return pd.isna(one) or pd.isna(other) or one != other
