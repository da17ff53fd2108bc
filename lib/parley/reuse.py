"""Copy that articles share: for a study, and for any texts."""

from collections.abc import Iterable

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.settings import check_study, check_table
from parley.text import copies
from parley.text.copies import find_passages, mark_copies, repeats

__all__ = ["clusters", "find_passages", "mark_copies", "repeats", "shared_passages"]


def __dir__() -> list[str]:
    return __all__


def clusters(passages: pd.DataFrame, article_ids: Iterable[str]) -> pd.Series:
    """Put articles that share passages, directly or through others, in one cluster.

    Parameters
    ----------
    passages : DataFrame
        As `shared_passages` gives them.
    article_ids : iterable of str

    Returns
    -------
    Series
        The label of each article's cluster, by article_id: the first of its articles in the order given.

    Raises
    ------
    StudyError
        A study was given in place of its passages.

    Examples
    --------
    >>> passages = pd.DataFrame({"article_a": ["a"], "article_b": ["c"]})
    >>> clusters(passages, ["a", "b", "c"]).tolist()
    ['a', 'b', 'a']
    """
    check_table(passages, "clusters", "clusters(study.passages, study.articles['article_id'])")
    return copies.clusters(passages, article_ids)


@describes("passages")
def shared_passages(study) -> pd.DataFrame:
    """The passages that different articles of a study have in common.

    Headlines, standfirsts, captions and bodies take part; what an article prints twice takes part once.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        One row a passage and pair of articles, the first of them the one whose name comes first. It says what differs,
        not who changed it: the direction of an edit is not known from the texts. {columns}
    """
    check_study(study, "shared_passages")
    return study.passages
