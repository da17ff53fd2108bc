"""Tables that filter themselves, in JupyterLab and in a static page; what comes from a corpus is escaped."""

import numbers

import numpy as np
import pandas as pd
from IPython.display import display
from jinja2 import Environment
from markupsafe import Markup
from pandas.api.types import is_numeric_dtype

from parley.corpus.settings import check_table
from parley.show.sentences import NO_FORMULAS, nothing
from parley.show.whole import put_aside

LARGEST = 100_000  # characters of a table as HTML; a page holds some twenty tables and must open on a telephone
# One attribute and no id: it works from a stored page, in a trusted notebook, and is the same at every run.
FILTER = (
    "const words=this.value.toLowerCase().split(/\\s+/);let n=0;"
    "for(const r of this.closest('.parley').querySelectorAll('tbody tr')){"
    "const t=r.textContent.toLowerCase();r.hidden=!words.every(w=>t.includes(w));n+=!r.hidden}"
    "this.parentNode.nextElementSibling.textContent=n+' of '+this.dataset.rows+' rows'"
)
# A click on a column's name sorts by it, a second one the other way round; what is missing comes last.
SORT = (
    "const b=event.target.closest('button');if(!b)return;const h=b.parentNode,i=h.cellIndex,"
    "d=h.ariaSort=='ascending'?-1:1,t=h.closest('table').tBodies[0],n=h.classList.contains('number'),"
    "k=r=>{const s=r.cells[i].textContent.trim();return s=='—'?null:n?parseFloat(s.replace(/[,<\\s]/g,'')):s};"
    "for(const o of h.parentNode.cells)o.ariaSort=null;h.ariaSort=d>0?'ascending':'descending';"
    "t.append(...[...t.rows].sort((x,y)=>{const a=k(x),c=k(y);return a===null||c===null?(a===null)-(c===null):"
    "d*(n?a-c:a.localeCompare(c,undefined,{numeric:true}))}))"
)
# JupyterLab sets cells flush right, which sentences cannot bear. This it keeps also before a notebook is trusted.
NUMBER, DATE, LEFT = (
    Markup(' class="number"'),
    Markup(' class="date" style="text-align:left"'),
    Markup(' style="text-align:left"'),
)
IN_LAB = Markup(
    "<style>.jp-RenderedHTMLCommon .parley :is(td, th, caption) { vertical-align: top }"
    ".jp-RenderedHTMLCommon .parley caption { font-weight: bold; text-align: left }"
    ".parley th button { all: unset; cursor: pointer } .parley th button:focus-visible { outline: 2px solid }"
    ".parley th[aria-sort=ascending] button::after { content: ' ▲' }"
    ".parley th[aria-sort=descending] button::after { content: ' ▼' }</style>"
)
# On a telephone a row of evidence, which has an anchor, is a card whose cells say what they are.
TEMPLATE = """\
<div class="parley {{ no_formulas }}{{ ' evidence' if anchor }}" role="region" aria-label="{{ caption }}" tabindex="0">
{%- if filter -%}
<p><label>Filter <input type="search" data-rows="{{ rows|length }}" oninput="{{ script }}"></label>
{#- #} <output></output></p>
{% endif -%}
<table><caption>{{ caption }}
{%- if whole %} <a href="{{ whole }}">{{ of }}</a>{% endif %}</caption>
<thead onclick="{{ sort }}"><tr>
{%- for name, numeric in columns.items() -%}
<th scope="col"{{ number if numeric else left }}><button type="button">{{ name | label }}</button></th>
{%- endfor -%}
</tr></thead>
<tbody>
{% for row, citation in rows -%}
<tr{% if anchor %} id="{{ row[anchor] }}"{% endif %}>
{%- for name, value in row.items() -%}
{%- if name == anchor -%}
<td{{ left }}><a href="#{{ value | string | urlencode }}">{{ value }}</a></td>
{%- else -%}
<td{{ value | flush(columns[name]) }}{% if anchor %} data-label="{{ name | label }}"{% endif %}>
{{- value | written(digits if name != "p_value" else [digits, 3] | max) }}
{%- if loop.last and citation is string %}<br><small class="citation">{{ citation }}</small>{% endif %}</td>
{%- endif -%}
{%- endfor -%}
</tr>
{% endfor -%}
</tbody></table>{{ in_lab }}</div>"""


def table(
    frame: pd.DataFrame,
    caption: str,
    *,
    filter: bool = False,
    anchor: str = "",
    most: int = 400,
    sample: bool = False,
    digits: int = 2,
) -> None:
    """Display a table; one without rows is a sentence that says so.

    Parameters
    ----------
    frame
        A table, or a column, shown with its index where that has a name. Cells that are :class:`markupsafe.Markup` (see
        :func:`parley.show.marked`) are taken as HTML, all others are text. A column called ``citation`` stands in small
        print under the last of the others.
    caption
        What the rows are, in one phrase.
    filter
        Put a box above the table that hides rows without the words typed into it.
    anchor
        A column whose values become the rows' permanent ids, and is shown as a link to itself.
    most
        Rows shown at most, and fewer where they are long. If there are more, the caption says so, and in the report it
        links to a file that has all of them; of a table that is itself drawn at random (`parley.show.quotes` of very many
        attributions), all that were drawn.
    sample
        Of more rows show some drawn at random (the same at every run, in their order), in place of the first.
    digits
        Decimals of numbers that are not whole.
    """
    check_table(frame, "table", "table(study.mentions, …)")
    drawn, every = frame.attrs.get("drawn", (None, 0))
    every, sample = (every, True) if drawn == len(frame) else (len(frame), sample)
    frame = pd.DataFrame(frame)
    if not len(frame):
        nothing(f"{caption}: none.")
        return
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    frame = frame.rename_axis(columns=None)
    options = {"anchor": anchor, "filter": filter, "digits": digits}
    rows = _some(frame, most, sample)
    while (size := len(_html(rows, caption, **options))) > LARGEST and len(rows) > 1:  # they are long: fewer of them
        rows = _some(frame, max(len(rows) * LARGEST // size, 1), sample)
    if len(rows) < every:
        of = f"{'all ' if every == len(frame) else ''}{len(frame):,} rows"
        options |= {"whole": put_aside(frame, caption), "of": of}
        some = "{:,} of {:,} rows, drawn at random" if sample else "the first {:,} of {:,} rows"
        caption += f" ({some.format(len(rows), every)})"
    plain = rows.map(lambda cell: cell.striptags() if isinstance(cell, Markup) else cell)
    plain = plain.to_string(index=False, na_rep="—")
    display({"text/html": _html(rows, caption, **options), "text/plain": f"{caption}\n{plain}"}, raw=True)


def _some(frame: pd.DataFrame, most: int, sample: bool) -> pd.DataFrame:
    """The rows shown: the first, or some drawn at random, in their order."""
    if not sample:
        return frame.head(most)
    return frame.iloc[np.sort(np.random.default_rng(0).permutation(len(frame))[:most])]


def _html(rows: pd.DataFrame, caption: str, **options: object) -> str:
    shown = rows.drop(columns="citation", errors="ignore")
    cited = zip(shown.to_dict("records"), rows.get("citation", [None] * len(rows)), strict=True)
    numeric = {name: is_numeric_dtype(column) and column.dtype != bool for name, column in shown.items()}
    return _TEMPLATE.render(caption=caption, columns=numeric, rows=list(cited), **options)


def _flush(value: object, numeric: bool) -> str:
    """What sets a cell flush left or right: numbers, where one is missing, and what stands before a keyword, end at the right."""
    if numeric or (isinstance(value, numbers.Number) and not isinstance(value, bool) and not pd.isna(value)):
        return NUMBER
    if isinstance(value, pd.Timestamp):
        return DATE
    return "" if "kwic left" in str(value)[:24] and isinstance(value, Markup) else LEFT


def _written(value: object, digits: int) -> str:
    """A cell as it is shown."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    if pd.isna(value):
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if not isinstance(value, numbers.Number):
        return value
    if 0 < value < 0.5 * 10**-digits:
        return f"< {10**-digits:.{digits}f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.{digits}f}"


_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True)
_ENVIRONMENT.filters |= {"label": lambda name: str(name).replace("_", " "), "written": _written, "flush": _flush}
_ENVIRONMENT.globals |= {
    "no_formulas": NO_FORMULAS,
    "script": FILTER,
    "in_lab": IN_LAB,
    "number": NUMBER,
    "left": LEFT,
    "sort": SORT,
}
_TEMPLATE = _ENVIRONMENT.from_string(TEMPLATE)
