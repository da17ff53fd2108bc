"""Copy that the articles of a study share: the door to `parley.text.copies`."""

from collections.abc import Callable

import pandas as pd

from parley.text.copies import SHORTEST, clusters, find_passages, mark_copies, repeats
from parley.text.words import Word, words

__all__ = ["clusters", "find_passages", "mark_copies", "repeats", "search_passages", "shared_passages"]


def shared_passages(study) -> pd.DataFrame:
    """The passages that different articles of a study have in common.

    Headlines, standfirsts, captions and bodies take part; what an article prints twice takes part once.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        As `find_passages` returns it. It says what differs, not who changed it: the direction of an edit is not known
        from the texts.

    Examples
    --------
    >>> from parley import load_study
    >>> shared_passages(load_study())["words"].tolist()
    [144, 23]
    """
    return study.passages


def search_passages(study, *, shortest: int = SHORTEST, tokenise: Callable[[str], list[Word]] = words) -> pd.DataFrame:
    """Find the shared passages of a study anew, with another shortest length or other words: see `find_passages`."""
    texts = study.articles.set_index("article_id")["text"]
    spans = {
        article: list(zip(rows["start"], rows["end"], strict=True))
        for article, rows in study.prose.groupby("article_id")
    }
    printings = {article: (texts[article], spans.get(article, [])) for article in study.order}
    return find_passages(printings, shortest=shortest, tokenise=tokenise)
