"""Copy that articles share: for a study, and for any texts."""

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.settings import check_study
from parley.text.copies import clusters, find_passages, mark_copies, repeats

__all__ = ["clusters", "find_passages", "mark_copies", "repeats", "shared_passages"]


def __dir__() -> list[str]:
    return __all__


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
