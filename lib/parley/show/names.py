"""A table with the names that a reader knows in place of ids."""

import pandas as pd

from parley.corpus.labels import label
from parley.corpus.settings import check_study
from parley.study import Study

LABELLED = ["side", "speaker_side", "group", "first", "second", "leans_to", "family"]
ARTICLES = {"article_id": "article", "article_a": "article_a", "article_b": "article_b", "other": "other"}


def named(study: Study, table: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """The table with outlet and date in place of an article's id, and with the labels of sides, groups and families.

    Parameters
    ----------
    table
        What stands in columns, in levels of the index, or over columns called ``article_id`` (then ``article``),
        ``article_a``, ``article_b``, ``other``, ``side``, ``speaker_side``, ``family``, and ``group``, ``first``, ``second``
        and ``leans_to``, which name groups, or as the study's groups are, is written anew.

    Examples
    --------
    >>> from parley import study_from_table
    >>> articles = pd.DataFrame({"article_id": ["a1"], "text": ["Boats sail."], "outlet": ["Gazette"]})
    >>> study = study_from_table(articles, sides={"un": {"UN": []}}, labels={"un": "United Nations"})
    >>> named(study, pd.DataFrame({"article_id": ["a1"], "side": ["un"]})).iloc[0].tolist()
    ['Gazette, undated', 'United Nations']
    """
    check_study(study, "named")
    articles = study.article_names
    levels = [name for name in table.index.names if name is not None]
    given = table.reset_index() if levels else pd.DataFrame(table)
    over = given.columns.name
    if over in (*ARTICLES, *LABELLED):
        columns = articles.to_dict() if over in ARTICLES else {name: label(study.settings, name) for name in given}
        given = given.rename(columns={name: columns.get(name, name) for name in given if name not in levels})
    written = {name: given[name].map(articles) for name in ARTICLES if name in given}
    written |= {
        name: given[name].map(lambda one: label(study.settings, one), na_action="ignore")
        for name in {*LABELLED, study.by}
        if name in given
    }
    given = given.assign(**written).rename(columns=ARTICLES)
    given = given.set_index([ARTICLES.get(name, name) for name in levels]) if levels else given
    return given.iloc[:, 0].rename(table.name) if isinstance(table, pd.Series) else given
