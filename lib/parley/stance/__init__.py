"""Who is for and who is against what a study's keywords name: every mention with its polarity and holder."""

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.places import NOT_STATED
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.keywords.context import collocates, concordance

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


@describes("rates")
def rates(study, by: str | None = None, *, counting: str = "once") -> pd.DataFrame:
    """Count the mentions of every family per 1,000 words, with the range when each article is left out.

    Parameters
    ----------
    study : Study
        With keyword families.
    by : str, optional
        ``"article_id"``, ``"outlet"`` or another column of the articles, or ``"side"`` (of the holder;
        ``article`` in plain narration); by default the study's own grouping, else all articles together.
    counting : "once" or "printed"
        "once" counts copy that several articles share in one of them only; "printed" in each. Repeats within
        an article never count.

    Returns
    -------
    DataFrame
        One row a unit and family, the unit in a column named like `by` (``all`` without any). {columns}

    Raises
    ------
    StudyError
        No keywords, no such column, or an unknown counting.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["A strike is near us.", "No strikes, but one strike."]
    >>> table = pd.DataFrame({"outlet": ["x", "x"], "text": texts})
    >>> rates(study_from_table(table, keywords={"strike": ["strike"]}), "outlet").values.tolist()
    [['x', 'strike', 3, 10, 300.0, 200.0, 400.0]]
    """
    check_study(study, "rates")
    if counting not in ("once", "printed"):
        raise StudyError(f"counting: expected 'once' or 'printed', not {counting!r}.")
    found = mentions(study)
    sentences = study.sentences.assign(words=study.words)[study.sentences["kind"].isin(PROSE)]
    if counting == "once":
        found, sentences = found[found["counted"]], sentences[sentences["counted"]]
    articles, by = study.articles.assign(all="all"), by or study.by or "all"
    length = sentences.groupby("article_id")["words"].sum().reindex(articles["article_id"], fill_value=0)
    if by == "side":
        unit_of = found["side"]
        members = dict.fromkeys(sorted(unit_of.unique()), length.index)
    else:
        if by not in articles:
            raise StudyError(f"by: no article has a column {by!r}; {did_you_mean(by, [*study.articles, 'side'])}")
        groups = articles[by].set_axis(articles["article_id"]).astype("str").fillna(NOT_STATED)
        unit_of = found["article_id"].map(groups)
        members = {unit: groups.index[groups == unit] for unit in sorted(groups.unique())}
    rows = []
    for unit, ids in members.items():
        for family in study.settings["keywords"]:
            here = found.loc[(unit_of == unit) & (found["family"] == family), "article_id"].value_counts()
            count, size = here.reindex(ids, fill_value=0), length[ids]
            without = (1000 * (count.sum() - count) / (size.sum() - size).where(lambda rest: rest > 0)).dropna()
            rate = 1000 * count.sum() / size.sum() if size.sum() else float("nan")
            rows.append((unit, family, int(count.sum()), int(size.sum()), rate, without.min(), without.max()))
    return pd.DataFrame(rows, columns=[by, "family", "count", "words", "per_1000", "low", "high"])
