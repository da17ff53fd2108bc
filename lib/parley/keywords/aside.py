"""Articles that take no part: those of which the metadata say so, and those that are not about what the study asks."""

from collections.abc import Sequence

import pandas as pd

from parley.corpus.articles import as_text
from parley.corpus.segments import PROSE, segment_all
from parley.corpus.settings import StudyError
from parley.keywords.matching import find_mentions

ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
COLUMNS = ["article_id", "outlet", "date", "headline", "reason"]


def leave_aside(
    articles: pd.DataFrame, about: Sequence[str] = (), overruled: pd.DataFrame | None = None, where: str = "the table"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tell the articles that take part from those that do not.

    Parameters
    ----------
    articles : DataFrame
        The articles table. A column ``use`` with no, false or 0 leaves an article aside; empty means yes.
    about : list of str
        Words and phrases, found as keywords are; an article without any of them in its prose is left aside.
    overruled : DataFrame, optional
        Where the rules for segments are overruled by hand.
    where : str
        What messages call the table.

    Returns
    -------
    articles, left aside : DataFrame
        The second has ``article_id, outlet, date, headline, reason``.

    Raises
    ------
    StudyError
        A cell of ``use`` is no answer, or no article is left.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Two truces.", "A cup final."], "use": ["", "1"]})
    >>> articles = articles.assign(outlet="Gazette", date=None, headline=None, credit=None, place=None)
    >>> kept, aside = leave_aside(articles, ["truce"])
    >>> kept["article_id"].tolist(), aside["reason"].tolist()
    (['a'], ['mentions none of: truce'])
    """
    reason = pd.Series(pd.NA, index=articles.index, dtype="str")
    if "use" in articles:
        for article_id, answer in zip(articles["article_id"], as_text(articles["use"]).fillna(""), strict=True):
            if answer.strip().casefold() not in ("", *ANSWERS):
                fault = f"{article_id}: expected yes or no (or true, false, 1, 0), got {answer!r}"
                raise StudyError(f"{where}: column 'use': {fault}; mend the cell, or rename the column.")
        no = [word for word, used in ANSWERS.items() if not used]
        reason[as_text(articles["use"]).fillna("").str.strip().str.casefold().isin(no)] = "use says no"
    if about:
        wanted = {"about": list(about)}
        # What stands only above and below an article, in lists of subjects and the like, is not what it is about.
        named = articles["text"].map(lambda text: bool(find_mentions(text, wanted)))
        own = None if overruled is None else overruled[overruled["article_id"].isin(articles["article_id"][named])]
        segments = segment_all(articles[named], own)
        prose = segments[segments["kind"].isin(PROSE)]
        said = prose["article_id"][prose["text"].map(lambda text: bool(find_mentions(text, wanted)))]
        reason[reason.isna() & ~articles["article_id"].isin(said)] = f"mentions none of: {', '.join(about)}"
    out = reason.notna()
    if out.all():
        fault = "expected at least one article that takes part, all are left aside"
        raise StudyError(f"{where}: {fault}; look over the column 'use', and about under [articles].")
    return articles[~out].reset_index(drop=True), articles.assign(reason=reason)[out][COLUMNS].reset_index(drop=True)
