"""A notebook as a page of the report: formulas, headings with addresses and a list of them, figures made light."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import nbformat
from bs4 import BeautifulSoup
from jinja2 import Template
from latex2mathml.converter import convert
from nbconvert import HTMLExporter

from parley.show.tables import IN_LAB, LEFT

ROW = re.compile(r'<tr id="[^"]*">')
FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$\w])\$(?P<inline>[^$\n]+?)\$(?![\w$])", re.S)
HEADING = re.compile(r"<h2(?P<more>[^>]*)>(?P<text>.*?)</h2>", re.S)
# The link to the whole of a table that is cut, where its rows are attributions or keyword mentions: their names end so.
CUT = re.compile(
    r'(<a href="data/[^"]*">all [\d,]+ rows</a>)(?=</caption>(?:(?!<tbody>).)*<tbody>\s*<tr id="[^"]*-([ak])\d+[a-z]*">)',
    re.S,
)
SEARCH = {"a": "attributions", "k": "mentions"}
SECTION = re.compile(r'(?P<heading><h2 id="(?:(?!</h2>).)*</h2>)(?P<rest>.*?)(?=<h2 id="|</main>)', re.S)
SHOWN = ("<table", "<svg", 'class="finding', 'class="result"')  # what a section shows that has something to show
FIGURE = re.compile(r"<svg.*?</svg>", re.S)
CONTENTS = "<!-- contents -->"  # where the template wants them
TOLD = ["h2", "h3", "p", "li", "caption", "svg"]  # what holds the words of a page; cells of tables are not searched


class Heading(NamedTuple):
    """A heading of a page: its address within the page, and its words."""

    anchor: str
    text: str


def title(notebook: nbformat.NotebookNode) -> str:
    """The notebook's first heading."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def mathml(source: str) -> str:
    """Markdown with its TeX formulas as MathML, which browsers draw by themselves."""

    def formula(found: re.Match) -> str:
        return convert(found["block"] or found["inline"], display="block" if found["block"] else "inline")

    return FORMULA.sub(formula, source)


def page(notebook: nbformat.NotebookNode, exporter: HTMLExporter, contents: Template, resources: dict) -> str:
    """A notebook as a page of the report.

    `contents` is the template of the list of its headings; ``resources["all"]``, where there is one, stands under its
    introduction: a link to where all rows of its kind are searched.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = mathml(cell.source)
    html = exporter.from_notebook_node(notebook, resources=resources)[0]
    html = html.replace(IN_LAB, "").replace(LEFT, "")  # the page has a style of its own
    html = FIGURE.sub(lambda svg: lighter(svg[0]), html)
    seen: set[str] = set()

    def once(row: re.Match) -> str:
        """An id names one row of a page: where the same place is shown again, its link leads to the first."""
        return "<tr>" if row[0] in seen or seen.add(row[0]) else row[0]

    html, headings = addressed(folded(ROW.sub(once, html)))
    html = CUT.sub(lambda cut: f'{cut[1]} <a href="search.html#{SEARCH[cut[2]]}">search all {SEARCH[cut[2]]}</a>', html)
    html = html.replace("<section", f"{resources['all']}<section", 1)
    return html.replace(CONTENTS, contents.render(headings=headings))


def folded(html: str) -> str:
    """The page with the sections folded away in which a study has nothing to show."""

    def fold(section: re.Match) -> str:
        if '<p class="nothing' not in section["rest"] or any(one in section["rest"] for one in SHOWN):
            return section[0]
        summary = "<summary>Nothing in this study</summary>"
        return f'{section["heading"]}<details class="none">{summary}{section["rest"]}</details>'

    return SECTION.sub(fold, html)


def addressed(html: str) -> tuple[str, list[Heading]]:
    """The page with an address for every heading of a section, and these headings."""
    headings: list[Heading] = []

    def address(found: re.Match) -> str:
        text = " ".join(BeautifulSoup(found["text"], "html.parser").get_text().replace("¶", "").split())
        known = re.search(r'id="([^"]*)"', found["more"])
        headings.append(Heading(known[1] if known else f"section-{len(headings) + 1}", text))
        return found[0] if known else f'<h2 id="{headings[-1].anchor}"{found["more"]}>{found["text"]}</h2>'

    return HEADING.sub(address, html), headings


def lighter(svg: str) -> str:
    """A figure without what nobody sees: names that nothing refers to, and decimals below a hundredth of a point."""
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
    used |= {name for names in re.findall(r'aria-labelledby="(.*?)"', svg) for name in names.split()}
    svg = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r'(?<= d=")[^"]*', lambda path: " ".join(re.sub(r"(\.\d\d)\d+", r"\1", path[0]).split()), svg)
    return re.sub(r"<g>\s*(<path[^>]*></path>)\s*</g>", r"\1", svg)


def figures(notebook: nbformat.NotebookNode, tag: str | None = None) -> Iterator[str]:
    """The figures of a notebook, or of its cells with a tag, as SVG."""
    for cell in notebook.cells:
        if tag is None or tag in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                if "image/svg+xml" in output.get("data", {}):
                    yield output.data["image/svg+xml"]


def told(html: str) -> Iterator[tuple[str, str, str]]:
    """What a page says in headings, prose, captions and titles of figures: address, heading above it, words."""
    anchor, heading = "", ""
    for node in BeautifulSoup(html, "lxml").find("main").find_all(TOLD):
        if node.find_parent(["details", "svg", "nav", "tbody"]) or node.find_parent("p"):
            continue
        if node.name in ("h2", "h3"):
            anchor, heading = node.get("id", anchor), _words(node).rstrip("¶").rstrip()
        cell = node.find_parent("section", class_="cell")
        where = cell["id"] if cell and cell.get("id") and node.name in ("caption", "svg") else anchor
        if words := _words(node.find("title") if node.name == "svg" else node):
            yield where, heading, words.rstrip("¶").rstrip()


def _words(node) -> str:
    return " ".join(node.get_text(" ", strip=True).split()) if node else ""
