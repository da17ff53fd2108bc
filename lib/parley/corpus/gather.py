"""All that stands in some files, whatever they are: exports, saved pages, texts; and what could not be read, and why."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from parley.corpus.containers import open_file, page_text
from parley.corpus.exports import articles_in, count_declared
from parley.corpus.heads import read_head, records_in
from parley.corpus.pages import LARGEST, read_page
from parley.corpus.records import Article
from parley.corpus.settings import StudyError


class Read(NamedTuple):
    """What one file holds: its articles, whether it is a text of one that can stay as it is, the encoding assumed.

    `declared` is how many articles the file says that it has; 0 if it does not say.
    """

    name: str
    articles: list[Article]
    stays: bool
    assumed: str | None
    declared: int = 0


def gather_texts(folder: Path, paths: Iterable[Path]) -> tuple[list[Read], dict[str, str]]:
    """What the files hold, and by its name a sentence for each that cannot be read."""
    read, faults = [], {}
    for path in tqdm(list(paths), "reading files", disable=None, leave=False):
        name = path.relative_to(folder).as_posix()
        try:
            read.append(read_file(path, name))
        except StudyError as fault:
            faults[name] = str(fault)
    return read, faults


def read_file(path: Path, name: str) -> Read:
    """The articles of one file; a :class:`StudyError` that calls it `name` says why there are none."""
    opened = open_file(path, name)
    text = page_text(opened.text) if opened.kind == "html" else opened.text
    plain = opened.kind == "txt" and path.suffix.lower() == ".txt"
    if not plain and not text.strip("\ufeff \t\r\n"):
        raise StudyError(f"{name}: expected an article, there is no text in it; download or save it again.")
    if articles := articles_in(text) or (records_in(text) if opened.kind != "html" else []):
        return Read(name, articles, False, opened.assumed, count_declared(text))
    if opened.kind == "html":
        page = read_page(opened.text) if len(opened.text) <= LARGEST else None
        if page is None:
            remedy = "save the page again once all of it shows, or copy the article into a .txt file"
            raise StudyError(f"{name}: expected an export or a page with an article, none was found in it; {remedy}.")
        return Read(name, [page], False, opened.assumed)
    return Read(name, [Article(text, read_head(text))], plain, opened.assumed)
