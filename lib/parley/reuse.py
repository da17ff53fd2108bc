"""Copy that articles share: for a study, and for any texts."""

import pandas as pd

from parley.text.copies import clusters, find_passages, mark_copies, repeats

__all__ = ["clusters", "find_passages", "mark_copies", "repeats", "shared_passages"]


def shared_passages(study) -> pd.DataFrame:
    """The passages that different articles of a study have in common.

    Headlines, standfirsts, captions and bodies take part; what an article prints twice takes part once.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        As `parley.text.copies.find_passages` returns it. It says what differs, not who changed it: the direction of an
        edit is not known from the texts.
    """
    return study.passages
