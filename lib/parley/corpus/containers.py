"""Files as people save them (.docx, .rtf, .html, .md, .txt) to the text that they show, one paragraph a line.

What a file is, its first bytes say: a name may be wrong. What cannot be read stops with one sentence.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree, html
from striprtf.striprtf import rtf_to_text

from parley.corpus.reading import decode, read_bytes
from parley.corpus.settings import StudyError

SUFFIXES = (".txt", ".docx", ".doc", ".rtf", ".html", ".htm", ".md")
LARGEST = 50_000_000  # bytes of a file; an export of 500 articles has some 5 million
UNPACKED = 300_000_000  # bytes of a .docx once unpacked
# What other files begin with, and what to do with them.
OTHERS = {
    b"%PDF": "a PDF, which does not say where paragraphs end; download the articles again as .docx, .rtf or .txt",
    b"\xd0\xcf\x11\xe0": "an old Word file; open it and save it as .docx",
    b"\x89PNG": "a picture; save the article as text",
    b"\xff\xd8\xff": "a picture; save the article as text",
    b"GIF8": "a picture; save the article as text",
    b"\x1f\x8b": "a packed file; unpack it first",
}
HTML_HEAD = re.compile(rb"(?i)\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.S)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
        "hr li main nav ol p pre section table tbody td tfoot th thead tr ul",
    )
)
# What Word puts around text that was inserted, moved or linked to a form, and python-docx passes over.
WRAPPERS = ("w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:fldSimple")
EDGE = "\x1d"  # where a block begins or ends, until lines are made of it
UNSEEN = frozenset(["script", "style", "head", "noscript", "template", "title"])


class Opened(NamedTuple):
    """What a file shows: its text, what it is ("txt", "docx", "rtf" or "html"), and the encoding assumed, if any."""

    text: str
    kind: str
    assumed: str | None


def open_file(path: Path, name: str) -> Opened:
    """The text of a file; a :class:`StudyError` that calls it `name` says why it cannot be read."""
    if path.is_file() and path.stat().st_size > LARGEST:
        raise StudyError(f"{name}: expected at most {LARGEST // 10**6} MB; split it into smaller files.")
    data = read_bytes(path, name)
    for mark, what in OTHERS.items():
        if data.startswith(mark):
            raise StudyError(f"{name}: expected text, this is {what}.")
    if data.startswith(b"PK\x03\x04"):
        return Opened(_read_docx(data, name), "docx", None)
    if path.suffix.lower() == ".docx":
        raise StudyError(f"{name}: expected a Word file, it is damaged or empty; download or save it again.")
    text, assumed = decode(data, name)
    if len(CONTROL.findall(text[:10_000])) > len(text[:10_000]) / 50:
        raise StudyError(f"{name}: expected text, this is some other kind of file; remove it or save it as text.")
    if data.startswith(b"{\\rtf"):
        return Opened(_read_rtf(text, name), "rtf", None)
    if path.suffix.lower() in (".html", ".htm") or HTML_HEAD.match(data[:5000]):
        return Opened(text, "html", assumed)
    return Opened(text, "txt", assumed)


def _read_docx(data: bytes, name: str) -> str:
    """The paragraphs and tables of a Word file, a line each, cells parted by tabs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise StudyError(
                    f"{name}: unpacked it has more than {UNPACKED // 10**6} MB; split it, or leave it out."
                )
        document = docx.Document(io.BytesIO(data))
        etree.strip_tags(document.element.body, *map(qn, WRAPPERS))
        lines = list(_lines(document))
    except StudyError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise many kinds for a damaged file
        detail = next(iter(str(error).splitlines()), type(error).__name__).rstrip(".")
        raise StudyError(f"{name}: expected a Word file ({detail[:100]}); download or save it again.") from None
    return "\n".join(lines)


def _lines(container: Document | _Cell) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            cells = [cell for cell, _ in groupby(row.cells)]  # a cell that spans columns is named for each of them
            yield "\t".join("\n".join(_lines(cell)) for cell in cells)


def _read_rtf(text: str, name: str) -> str:
    try:
        shown = rtf_to_text(_without_addresses(text), errors="replace")
    except Exception as error:  # a damaged file makes it stumble in many ways
        raise StudyError(f"{name}: expected RTF ({type(error).__name__}); download or save it again.") from None
    shown = shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # characters come in halves
    return re.sub(r"\|$", "", shown, flags=re.M)  # what parts the cells of a table also ends its rows


def _without_addresses(text: str) -> str:
    """RTF without the places to which its links lead, since no reader is shown them."""
    first, *others = re.split(r"\{\s*\\\*\\fldinst", text)
    parts = [first]
    for part in others:
        depth = 1
        for brace in re.finditer(r"[{}]", part):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                part = part[brace.end() :]
                break
        parts.append(part)
    return "".join(parts)


def page_text(source: str) -> str:
    """What a browser shows of HTML: a block a line, the blanks in it as one.

    Examples
    --------
    >>> page_text("<div>Ferry <b>sails</b></div><div><p>It<br>left.</p></div>")
    'Ferry sails\\nIt\\nleft.'
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    parts, hidden = [], 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        begins = event == "start"
        hidden += (element.tag in UNSEEN) * (1 if begins else -1)
        edge = EDGE if element.tag in BLOCKS else "\n" if element.tag == "br" and begins else ""
        shown = "" if hidden else re.sub(r"[ \t\r\n\f]+", " ", (element.text if begins else element.tail) or "")
        parts += [edge, shown]
    # Where blocks meet a line ends, however many meet; a line break of its own adds one.
    return re.sub(rf"[ \n{EDGE}]*[\n{EDGE}][ \n{EDGE}]*", _line_ends, "".join(parts)).strip(" \n")


def _line_ends(found: re.Match) -> str:
    return "\n" * (found[0].count("\n") + (EDGE in found[0]))
