"""What Nexis, Lexis and Factiva export, many articles in one text, to one text an article and what each says of itself.

Every rule looks for a line that the database prints around each article ("2 of 74 DOCUMENTS", "End of Document",
"Document GAZET00020171113…") and for fields that it prints beside it; a text that has not both is no export.
"""

import re
from collections import Counter

from parley.corpus import factiva, nexis
from parley.corpus.records import BEGIN, END, Article

DECLARED = re.compile(rf"(?i){BEGIN}\d+ of (\d{{1,6}}) documents?{END}|{BEGIN}documents \((\d{{1,6}})\){END}")


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
    forms = ((nexis.cut_old, nexis.read_old), (nexis.cut_new, nexis.read_new))
    for cut, read in (*forms, (factiva.cut, factiva.read), (factiva.cut_fields, factiva.read_fields)):
        if found := [read(part, number) for number, part in enumerate(cut(text))]:
            return [article for article in found if article]
    alone = nexis.LENGTH.search(text) and nexis.LOADED.search(text)
    return [nexis.read_old(text, 0)] if alone else []


def count_articles(text: str) -> int:
    """How many articles a text seems to hold, by the lines that databases print around each."""
    return max(len(mark.findall(text)) for mark in (nexis.NUMBERED, nexis.ENDED, factiva.ACCESSION))


def count_declared(text: str) -> int:
    """How many articles an export says that it has, on its cover page or above most of them; 0 if it does not say."""
    totals = Counter(int(above or cover) for above, cover in DECLARED.findall(text))
    return totals.most_common(1)[0][0] if totals else 0
