"""Who says what in a study: the attributions table, its verbs, and how many voices there are."""

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.settings import check_study
from parley.sourcing.finder import find_attributions
from parley.sourcing.printings import find_speaker, quotations
from parley.sourcing.verbs import verb

__all__ = ["attributions", "find_attributions", "find_speaker", "quotations", "verb"]


def __dir__() -> list[str]:
    return __all__


@describes("attributions")
def attributions(study) -> pd.DataFrame:
    """Every attribution in the headlines, standfirsts, captions and bodies of a study.

    Parameters
    ----------
    study : Study
        Its section [sides] gives canonical speakers and sides; without it speakers are called by the fullest
        name the article gives, and the side is missing.

    Returns
    -------
    DataFrame
        One row an attribution, in the order of articles and of the text, with a reader's corrections
        (``.attrs["corrected"]`` rows). {columns}

    Raises
    ------
    StudyError
        A correction cannot be meant; or a table was given in place of a study.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund said the harbour was closed."]}))
    >>> attributions(study)[["source_text", "cue_text", "content_text"]].values.tolist()
    [['Ada Lund', 'said', 'the harbour was closed']]
    """
    check_study(study, "attributions")
    return study.attributions
