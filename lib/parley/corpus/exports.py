"""What Nexis, Lexis and Factiva export, many articles in one text, to one text an article and what each says of itself.

Every rule looks for a line that the database prints around each article ("2 of 74 DOCUMENTS", "End of Document",
"Document GAZET00020171113…") and for fields that it prints beside it; a text that has not both is no export.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from parley.corpus import factiva, nexis
from parley.corpus.records import BEGIN, END, Article

Reader = Callable[[str, int, bool], Article | None]
# What marks an article, what else the text must have, and how such an article is read.
FORMS = (
    (nexis.NUMBERED, nexis.SIGN, nexis.read_old),
    (nexis.ENDED, nexis.SIGN, nexis.read_new),
    (factiva.ACCESSION, factiva.SIGN, factiva.read),
)
DECLARED = re.compile(rf"{nexis.NUMBERED.pattern}|{BEGIN}documents \((\d{{1,6}})\){END}")


def articles_in(text: str) -> list[Article]:
    """The articles of an export, as it prints them, head and tail included; none if the text is no export.

    Cover pages and summaries of the search are no articles.

    Examples
    --------
    >>> printed = "The Gazette\\n\\nJanuary 8, 2010 Friday\\n\\nFerry sails\\n\\nLENGTH: 5 words\\n\\nIt sailed."
    >>> [article] = articles_in(f"1 of 1 DOCUMENTS\\n\\n{printed}\\n\\nLOAD-DATE: January 9, 2010")
    >>> article.fields["outlet"], article.fields["headline"], article.fields["date"]
    ('The Gazette', 'Ferry sails', '2010-01-08')
    """
    parts = list(_parts(text)) or [(part, factiva.read_fields) for part in factiva.cut_fields(text)]
    if not parts and nexis.LENGTH.search(text) and nexis.LOADED.search(text):  # one, without a mark
        parts = [(text, nexis.read_new if nexis.BODY.search(text) else nexis.read_old)]
    # A cover page may stand above the first article, and above those of another download behind it.
    found = [read(part, n, n == 0 or bool(DECLARED.search(part))) for n, (part, read) in enumerate(parts)]
    return [article for article in found if article]


def _parts(text: str) -> Iterator[tuple[str, Reader]]:
    """The parts of a text that have a mark, and one that was cut off at its end; and how each is read."""
    forms = [form for form in FORMS if form[0].search(text) and form[1].search(text)]
    marks = [(mark, found) for mark, _, _ in forms for found in mark.finditer(text)]
    edges = {found.start() if mark is nexis.NUMBERED else found.end() for mark, found in marks}
    for start, end in pairwise(sorted({0, *edges, len(text)})):
        part = text[start:end]
        for mark, sign, read in forms:
            if mark.search(part) or (end == len(text) and mark is not nexis.NUMBERED and sign.search(part)):
                yield part, read
                break


def count_articles(text: str) -> int:
    """How many articles a text seems to hold, by the lines that databases print around each."""
    lower = text.lower()
    if "document" not in lower and "dokument" not in lower:  # one of them stands in each of these lines
        return 0
    return max(len(mark.findall(text)) for mark in (nexis.NUMBERED, nexis.ENDED, factiva.ACCESSION))


def count_declared(text: str) -> int:
    """How many articles an export says that it has, on its cover page or above most of them; 0 if it does not say."""
    totals = Counter(int(above or cover) for _, above, cover in DECLARED.findall(text))
    return totals.most_common(1)[0][0] if totals else 0
