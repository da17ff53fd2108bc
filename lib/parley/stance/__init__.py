"""Who is for and who is against what a study's keywords name: every mention with its polarity and holder."""

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.settings import StudyError, check_study
from parley.keywords.context import collocates, concordance
from parley.stance.frequency import rates

__all__ = ["collocates", "concordance", "mentions", "rates"]


def __dir__() -> list[str]:
    return __all__


@describes("mentions")
def mentions(study) -> pd.DataFrame:
    """Every mention of the study's keywords, with the stance of whoever holds one.

    Polarity is read from the sentence (see `parley.stance.reader.read_polarity`); the holder is whoever the stance
    words name, or who is quoted or reported there. Where stances nest, the row has the outermost holder's: in
    "The mayor rejected the union's call for a strike" the mayor is against, and `others` has the union, for.
    Somebody who only reports what another side wants does not take its stance: then the holder is that other.

    Parameters
    ----------
    study : Study
        With keyword families in ``study.settings["keywords"]``.

    Returns
    -------
    DataFrame
        One row a mention in headline, standfirst, caption or body, in the order of the texts. Who holds the stance
        (``holder, side``) and whose words the place stands in (``speaker, speaker_side``) may be two. {columns}

    Raises
    ------
    StudyError
        The study has no keywords; or a table was given in place of a study.

    Examples
    --------
    >>> from parley import study_from_table
    >>> text = "The union called for a strike. The mayor opposed a strike."
    >>> study = study_from_table(pd.DataFrame({"text": [text]}), keywords={"strike": ["strike"]})
    >>> mentions(study)["polarity"].tolist()
    ['for', 'against']
    """
    check_study(study, "mentions")
    if not study.settings.get("keywords"):
        raise StudyError("[keywords]: the study names no keywords; add a family, as in: pause = ['pause', 'truce']")
    return study.mentions
