"""The page in which a coder codes: one mention or sentence at a time in its passage, in one file that asks no server.

It embeds the beginning of both sheets with the passages around their rows, as data that no browser runs; outlet, date and
headline are in it too, and show when the coder asks for them.
"""

import base64
import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from importlib.resources import files

import pandas as pd

from parley.corpus.places import NOT_STATED
from parley.corpus.segments import PROSE
from parley.study import Study

PARTS = files("parley") / "data"
MOST = 1000  # rows of each sheet that a page holds
AROUND = 1200  # characters of context shown on either side of a sentence, up or down to a sentence

Span = tuple[int, int]
Sentence = tuple[str, int, int, int]  # kind, number of the paragraph, start, end


def coding_page(study: Study, coder: str, mentions: pd.DataFrame, sentences: pd.DataFrame) -> str:
    """The page for two sheets, as :func:`parley.codings.sheets.mention_sheet` and ``attribution_sheet`` give them.

    Parameters
    ----------
    coder : str
        Under whose name, and the sheets' digest, a browser keeps the work.
    mentions, sentences : DataFrame
        Whole sheets, or some articles of them; the page holds the first 1,000 rows of each.

    Returns
    -------
    str
        HTML with style, script and data in it; its content policy allows that script alone, and no request.
    """
    style, script = ((PARTS / f"coding.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    inlined = {
        "style": style,
        "script": script,
        "style-hash": _hash(style),
        "script-hash": _hash(script),
        "data": _inert(_data(study, coder, mentions, sentences)),
    }
    template = (PARTS / "coding.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{ ([a-z-]+) \}\}", lambda part: inlined[part[1]], template)


def _hash(source: str) -> str:
    """How a content policy names a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _inert(data: dict) -> str:
    """Data as JSON in plain ASCII in which no text can end the element that holds it."""
    marks = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"}
    return json.dumps(data, separators=(",", ":")).translate(marks)


def _data(study: Study, coder: str, mentions: pd.DataFrame, sentences: pd.DataFrame) -> dict:
    sides = study.settings.get("sides", {})
    checks = "".join([*mentions["check"], "|", *sentences["check"]])
    passages = _Passages(study)
    parts = {}
    for name, sheet, place in (
        ("mentions", mentions, ["start", "end"]),
        ("sentences", sentences, ["sentence_start", "sentence_end"]),
    ):
        rows = sheet.head(MOST)
        for row in rows[["article_id", *place]].itertuples(index=False, name=None):
            passages.show(*row)
        parts[name] = {
            "columns": [*sheet],
            "rows": rows.astype("str").to_numpy().tolist(),
            "of": len(sheet),
            # Some articles of a study, as in a class, are no beginning of the order.
            "sample": sheet["order"].tolist() == [*range(1, len(sheet) + 1)],
        }
    slices, views = passages.cut()
    parts["mentions"]["views"] = views[: len(parts["mentions"]["rows"])]
    parts["sentences"]["views"] = views[len(parts["mentions"]["rows"]) :]
    about = (
        study.articles.set_index("article_id").loc[passages.articles].reindex(columns=["outlet", "date", "headline"])
    )
    about["date"] = about["date"].dt.strftime("%Y-%m-%d")
    about["outlet"] = about["outlet"].astype("str").fillna(NOT_STATED)
    return {
        "title": study.title,
        "coder": coder,
        "digest": hashlib.sha256(checks.encode()).hexdigest()[:16],
        "names": [[name, side, [*aliases]] for side, speakers in sides.items() for name, aliases in speakers.items()],
        "sides": [*sides],
        "slices": slices,
        "articles": {
            name: [*row] for name, row in zip(about.index, about.astype(object).fillna("").to_numpy(), strict=True)
        },
        **parts,
    }


class _Passages:
    """The passages around rows: what of each article is shown, cut out once however many rows stand in it."""

    def __init__(self, study: Study):
        self.texts = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
        prose = study.peek("sentences")
        prose = prose[prose["kind"].isin(PROSE)]
        columns = ["kind", "paragraph", "start", "end"]
        self.sentences: dict[str, list[Sentence]] = {
            name: [*rows[columns].itertuples(index=False, name=None)]
            for name, rows in prose.groupby("article_id", sort=False)
        }
        self.shown: list[tuple[str, Span, Span, list[Span]]] = []

    @property
    def articles(self) -> list[str]:
        return sorted({row[0] for row in self.shown})

    def show(self, article: str, start: int, end: int) -> None:
        """Note what is shown for one row: the row itself, its sentence, and the paragraphs around it."""
        sentences = self.sentences[article]
        at = max(0, bisect_right([first for _, _, first, _ in sentences], start) - 1)
        sentence = sentences[at][2:]
        self.shown.append((article, (start, end), sentence, around(sentences, at)))

    def cut(self) -> tuple[list[dict], list[list]]:
        """The slices of all articles, and for each row its slice and the places in it, in a browser's offsets."""
        reach: dict[str, list[Span]] = {}
        for article, row, _, shown in self.shown:
            reach.setdefault(article, []).append((shown[0][0], max(shown[-1][1], row[1])))
        slices, begins = [], {}
        for article, spans in sorted(reach.items()):
            begins[article] = []
            for start, end in joined(spans):
                begins[article].append((start, len(slices), utf16(self.texts[article][start:end])))
                slices.append({"article": article, "text": self.texts[article][start:end]})
        views = []
        for article, row, sentence, shown in self.shown:
            start, number, local = begins[article][
                bisect_right(begins[article], shown[0][0], key=lambda one: one[0]) - 1
            ]
            views.append([number, *([local(a - start), local(b - start)] for a, b in (row, sentence)),
                          [[local(a - start), local(b - start)] for a, b in shown]])  # fmt: skip
        return slices, views


def around(sentences: Sequence[Sentence], at: int, most: int = AROUND) -> list[Span]:
    """The paragraph of one of an article's sentences and its neighbours, cut to so many characters before and behind.

    A headline is nobody's neighbour, since it tells the group.

    Examples
    --------
    >>> said = [("headline", 0, 0, 9), ("body", 1, 11, 20), ("body", 1, 21, 30), ("body", 2, 32, 40), ("body", 3, 42, 50)]
    >>> around(said, 2), around(said, 0), around(said, 2, most=5)
    ([(11, 30), (32, 40)], [(0, 9), (11, 30)], [(21, 30)])
    """
    own = sentences[at][1]
    chosen = [at]
    for step in (-1, 1):
        paragraphs, here = [own], at + step
        while 0 <= here < len(sentences):
            kind, paragraph, start, end = sentences[here]
            if paragraph not in paragraphs:
                paragraphs.append(paragraph)
            reach = sentences[at][2] - start if step < 0 else end - sentences[at][3]
            if len(paragraphs) > 2 or reach > most or kind == "headline":
                break
            chosen.append(here)
            here += step
    spans: dict[int, Span] = {}
    for here in sorted(chosen):
        _, paragraph, start, end = sentences[here]
        spans[paragraph] = (spans.get(paragraph, (start,))[0], end)
    return [*spans.values()]


def joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def utf16(text: str) -> Callable[[int], int]:
    """What turns offsets of a text into those of a browser, which counts characters beyond U+FFFF twice.

    Examples
    --------
    >>> local = utf16("a🛥b")
    >>> [local(0), local(1), local(2), local(3)]
    [0, 1, 3, 4]
    """
    wide = [place for place, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_right(wide, offset - 1)
