"""Tables and sentences as notebooks and report show them: plain HTML that filters itself, in JupyterLab and in a static page.

Whatever comes from a corpus is data: it is escaped here, once, for every place where it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

import pandas as pd
from IPython.display import display
from markupsafe import Markup, escape

from parley.text.phrases import join_words, number

__all__ = ["html_column", "join_words", "marked", "number", "say", "show_table"]

# One attribute and no id: it works from a stored page, in a trusted notebook, and is the same at every run.
_FILTER = (
    "const words=this.value.toLowerCase().split(/\\s+/);let n=0;"
    "for(const r of this.closest('.parley').querySelectorAll('tbody tr')){"
    "const t=r.textContent.toLowerCase();r.hidden=!words.every(w=>t.includes(w));n+=!r.hidden}"
    "this.parentNode.nextElementSibling.textContent=n+' of '+this.dataset.rows+' rows'"
)
# JupyterLab sets cells flush right, which sentences cannot bear, and would typeset what looks like TeX: a corpus holds dollar
# signs and no formulas.
_IN_LAB = (
    "<style>.jp-RenderedHTMLCommon .parley :is(td, th, caption):not(.number) { text-align: left; vertical-align: top }"
    ".jp-RenderedHTMLCommon .parley td:has(> .kwic.left) { text-align: right }"
    ".jp-RenderedHTMLCommon .parley caption { font-weight: bold }</style>"
)
NO_FORMULAS = "mathjax_ignore"
LONGEST = 400  # rows of one table in a page; the CSV file beside it has all of them


def show_table(
    frame: pd.DataFrame,
    caption: str,
    *,
    filter: bool = False,
    anchor: str | None = None,
    most: int = LONGEST,
    digits: int = 2,
) -> None:
    """Display a table; one without rows is a sentence that says so.

    Parameters
    ----------
    frame
        Shown without its index. Cells that are :class:`markupsafe.Markup` (see :func:`marked`) are taken as HTML, all others are text.
        A column called ``citation`` stands in small print under the last of the others.
    caption
        What the rows are, in one phrase.
    filter
        Put a box above the table that hides rows without the words typed into it.
    anchor
        A column whose values become the rows' permanent ids, and is shown as a link to itself.
    most
        Rows shown at most; the caption says so if there are more.
    digits
        Decimals of numbers that are not whole.
    """
    if not len(frame):
        say(f"{caption}: none.")
        return
    rows = frame.head(most)
    shown = rows.drop(columns="citation", errors="ignore")
    if len(frame) > most:
        caption += f" (the first {most:,} of {len(frame):,} rows; the CSV file has all)"
    numeric = Markup(' class="number"')
    kinds = [
        numeric if pd.api.types.is_numeric_dtype(shown[name]) and shown[name].dtype != bool else "" for name in shown
    ]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(kind, _label(name)) for kind, name in zip(kinds, shown, strict=True)
    )
    citations = rows["citation"] if "citation" in rows else [None] * len(rows)
    body = Markup("\n").join(
        _row(shown.columns, row, citation, anchor, digits)
        for row, citation in zip(shown.itertuples(index=False, name=None), citations, strict=True)
    )
    box = ""
    if filter:
        box = Markup(
            '<p><label>Filter <input type="search" data-rows="{}" oninput="{}"></label> <output></output></p>\n'
        ).format(len(shown), _FILTER)
    html = Markup(
        '<div class="parley {}{}" role="region" aria-label="{}" tabindex="0">{}<table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>{}</div>'
    ).format(NO_FORMULAS, " evidence" if anchor else "", caption, box, caption, head, body, Markup(_IN_LAB))
    plain = rows.map(lambda cell: cell.striptags() if isinstance(cell, Markup) else cell)
    display({"text/html": str(html), "text/plain": f"{caption}\n{plain.to_string(index=False)}"}, raw=True)


def _label(name: object) -> str:
    return str(name).replace("_", " ")


def _row(
    columns: Sequence[str], row: Sequence[object], citation: str | None, anchor: str | None, digits: int
) -> Markup:
    cells, opening = [], Markup("<tr>")
    for column, value in zip(columns, row, strict=True):
        if column == anchor:
            opening = Markup('<tr id="{}">').format(value)
            cells.append(Markup('<td><a href="#{}">{}</a></td>').format(quote(str(value)), value))
            continue
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        kind = Markup(' class="number"') if number else ""
        # On a telephone such a row is a card, and every cell says what it is.
        label = Markup(' data-label="{}"').format(_label(column)) if anchor else ""
        small = (
            Markup('<br><small class="citation">{}</small>').format(citation)
            if isinstance(citation, str) and len(cells) == len(columns) - 1
            else ""
        )
        cells.append(Markup("<td{}{}>{}{}</td>").format(kind, label, _cell(value, digits), small))
    return opening + Markup("").join(cells) + Markup("</tr>")


def _cell(value: object, digits: int) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.{digits}f}" if not value.is_integer() else f"{value:,.0f}"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{value:,}" if isinstance(value, int) else value


def html_column(cells: Iterable[Markup]) -> pd.Series:
    """A column of HTML for :func:`show_table`; as text, which pandas would make of it, it would be escaped.

    Examples
    --------
    >>> type(pd.DataFrame({"cell": html_column([Markup("<b>a</b>")])})["cell"][0]).__name__
    'Markup'
    """
    return pd.Series(list(cells), dtype=object)


def marked(text: str, spans: Mapping[str, Iterable[tuple[int, int]]], *, start: int = 0) -> Markup:
    """A text with source, cue and content marked, so that colour is not the only sign.

    Parameters
    ----------
    text
        A sentence or paragraph.
    spans
        Role -> spans, with offsets of the raw text; roles that are not in :data:`TAGS` are marked as keywords.
    start
        The offset of `text` in the raw text.

    Examples
    --------
    >>> marked("Lund said <no>", {"source": [(0, 4)], "cue": [(5, 9)]})
    Markup('<b class="source">Lund</b> <u class="cue">said</u> &lt;no&gt;')
    """
    edges = sorted(
        {0, len(text), *(min(max(edge - start, 0), len(text)) for ends in spans.values() for s in ends for edge in s)}
    )
    out = Markup("")
    for left, right in pairwise(edges):
        piece = escape(text[left:right])
        for role, ranges in spans.items():
            if any(s - start <= left and right <= e - start for s, e in ranges):
                piece = Markup('<{0} class="{1}">{2}</{0}>').format(TAGS.get(role, "mark"), role, piece)
        out += piece
    return out


TAGS = {"source": "b", "cue": "u", "content": "mark"}


def say(*sentences: str, heading: str | None = None) -> None:
    """Display computed sentences: one as a paragraph, several as a list."""
    texts = [escape(sentence) for sentence in sentences]
    if len(texts) == 1:
        html = Markup('<p class="finding {}">{}</p>').format(NO_FORMULAS, texts[0])
    else:
        items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in texts)
        html = Markup('<ul class="finding {}">\n{}\n</ul>').format(NO_FORMULAS, items)
    if heading:
        html = Markup('<h2 class="{}">{}</h2>\n').format(NO_FORMULAS, heading) + html
    display({"text/html": str(html), "text/plain": "\n".join(sentences)}, raw=True)
