"""Saved web pages: the text of the article without what stands around it, and what the page says of it."""

from urllib.parse import urlsplit

from parley.corpus.records import Article

LARGEST = 10_000_000  # characters; no page that holds an article has more


def read_page(source: str) -> Article | None:
    """The article of a web page; None if there is no text to be found in it.

    Title, site, author and date are those that the page's own metadata give; no date is guessed from the text.
    """
    # It takes a moment to import, and most corpora have no page.
    from trafilatura import bare_extraction

    dates = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
    page = bare_extraction(
        source, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=dates
    )
    if page is None or not (page.text or "").strip():
        return None
    fields = {"headline": page.title, "credit": page.author, "url": page.url, "language": page.language}
    fields["outlet"] = page.sitename or urlsplit(page.url or "").netloc.removeprefix("www.")
    if page.date:
        fields |= {"date": page.date, "date_printed": page.date, "date_basis": "stated"}
    return Article(page.text, {name: value for name, value in fields.items() if value})
