"""Tables that filter themselves, in JupyterLab and in a static page. Whatever comes from a corpus is text, and is escaped here."""

from markupsafe import Markup

LONGEST = 400  # rows of one table in a page; the CSV file beside it has all of them

# One attribute and no id: it works from a stored page, in a trusted notebook, and is the same at every run.
FILTER = (
    "const words=this.value.toLowerCase().split(/\\s+/);let n=0;"
    "for(const r of this.closest('.parley').querySelectorAll('tbody tr')){"
    "const t=r.textContent.toLowerCase();r.hidden=!words.every(w=>t.includes(w));n+=!r.hidden}"
    "this.parentNode.nextElementSibling.textContent=n+' of '+this.dataset.rows+' rows'"
)
# JupyterLab sets cells flush right, which sentences cannot bear.
IN_LAB = Markup(
    "<style>.jp-RenderedHTMLCommon .parley :is(td, th, caption):not(.number) { text-align: left; vertical-align: top }"
    ".jp-RenderedHTMLCommon .parley td:has(> .kwic.left) { text-align: right }"
    ".jp-RenderedHTMLCommon .parley caption { font-weight: bold }</style>"
)
# On a telephone a row of evidence, which has an anchor, is a card whose cells say what they are.
TEMPLATE = """
{%- macro cell(value, column, anchor, citation) -%}
{%- if column.name == anchor -%}
<td><a href="#{{ value | string | urlencode }}">{{ value }}</a></td>
{%- else -%}
<td{% if value is a_number %} class="number"{% endif %}{% if anchor %} data-label="{{ column.label }}"{% endif %}>
{{- value | written }}{% if citation %}<br><small class="citation">{{ citation }}</small>{% endif %}</td>
{%- endif -%}
{%- endmacro -%}
<div class="parley {{ NO_FORMULAS }}{% if anchor %} evidence{% endif %}" role="region" aria-label="{{ caption }}" tabindex="0">
{%- if filter %}
<p><label>Filter <input type="search" data-rows="{{ rows | length }}" oninput="{{ FILTER }}"></label> <output></output></p>
{% endif -%}
<table><caption>{{ caption }}</caption>
<thead><tr>
{%- for column in columns %}<th scope="col"{% if column.numeric %} class="number"{% endif %}>{{ column.label }}</th>{% endfor -%}
</tr></thead>
<tbody>
{% for row in rows -%}
<tr{% if anchor %} id="{{ row[place] }}"{% endif %}>
{%- for value in row %}{{ cell(value, columns[loop.index0], anchor, citations[loop.index0 and loop.last and row_number]) }}{% endfor -%}
</tr>
{% endfor -%}
</tbody></table>{{ IN_LAB }}</div>"""
