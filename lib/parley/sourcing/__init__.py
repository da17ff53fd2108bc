"""Who says what in a study: the attributions table, its verbs, and how many voices there are."""

import pandas as pd

from parley.sourcing.finder import find_attributions
from parley.sourcing.verbs import verb

__all__ = ["attributions", "find_attributions", "verb"]


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
        (``.attrs["corrected"]`` rows). `attribution_id` (article and offset of the cue); `article_id`; `source_start,
        source_end`, `cue_start, cue_end` (the first part; missing where there is none); `cue, content` (lists of
        `(start, end)`); `source_text, cue_text, content_text` (parts joined by " … "); `kind` (direct, indirect,
        mixed); `speaker`; `side` (`other` when none fits, `unclear` when nobody can tell); `named`; `via` (who passed
        it on); `counted` (whether the sentence with the cue, or without one the content, counts); `rule` that found
        it; `nested` (whether it stands inside the content of another row, of somebody else). Offsets are characters
        of the article's raw text.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund said the harbour was closed."]}))
    >>> attributions(study)[["source_text", "cue_text", "content_text"]].values.tolist()
    [['Ada Lund', 'said', 'the harbour was closed']]
    """
    return study.attributions
