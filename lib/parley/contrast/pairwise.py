"""Which pairs of several groups differ, and in which words."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from parley.contrast import Groups, compare_groups, grouped
from parley.contrast.counting import counts, group_articles
from parley.contrast.terms import telling
from parley.corpus.settings import check_study
from parley.text.copies import clusters
from parley.text.phrases import join_words

DRAWN = 999  # splits of each pair; with 28 pairs the smallest p-value is still .028
SURE = 0.05
NAMED = 5  # words of each group that are named


def pairs(study, by: str | None = None, groups: Sequence[str] | None = None) -> pd.DataFrame:
    """Set every two of several groups against each other, as `parley.contrast.compare` sets two.

    Parameters
    ----------
    study : Study
    by, groups
        As for `parley.contrast.compare`; time grows with the square of the number of groups.

    Returns
    -------
    DataFrame
        One row a pair, those that differ most surely first: ``first, second``; ``p_value``, the smallest of any word,
        family-wise from up to 999 splits of the pair's articles and multiplied by the number of pairs (Bonferroni);
        ``words_that_differ``, how many have such a p of .05 or less; ``more_in_first, more_in_second``, those of them that
        say something of what reports are about and lean most. Empty for two groups, which `compare` sets apart.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["A pause, a pause now."] * 3 + ["A truce, a truce now."] * 3 + ["No end, no end now."] * 3
    >>> study = study_from_table(pd.DataFrame({"text": texts, "year": [2012] * 3 + [2013] * 3 + [2016] * 3}))
    >>> pairs(study, by="year")[["first", "second", "p_value"]].round(2).values.tolist()
    [['2012', '2013', 0.3], ['2012', '2016', 0.3], ['2013', '2016', 0.3]]
    """
    check_study(study, "pairs")
    groups = None if groups is None else [*groups]
    return study.kept("pairs", partial(_pairs, by=by, groups=groups), by, groups).copy()


def _pairs(study, by: str | None, groups: Sequence[str] | None) -> pd.DataFrame:
    group, names = group_articles(study, by, groups)
    table = counts(study, group.index, groups=group)
    data = grouped(table, group, names, clusters(study.peek("passages"), table.articles))
    compared = [*combinations(range(len(names)), 2)] if len(names) > 2 else []
    rows = [_row(data, one, other, len(compared)) for one, other in compared]
    columns = ["first", "second", "p_value", "words_that_differ", "more_in_first", "more_in_second"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["p_value", "words_that_differ"], ascending=[True, False], ignore_index=True
    )


def _row(data: Groups, one: int, other: int, number: int) -> tuple:
    own = np.flatnonzero(data.group.isin([one, other]))
    matrix = data.matrix[own]
    occurs = np.flatnonzero(matrix.sum(axis=0))
    group = data.group.iloc[own].map({one: 0, other: 1})
    cluster = pd.factorize(data.cluster[own])[0]
    names = [data.names[one], data.names[other]]
    table = compare_groups(Groups(matrix[:, occurs], data.terms[occurs], names, group, cluster), drawn=DRAWN)
    p = (table["p_value"] * number).clip(upper=1)
    differ = table[p <= SURE]
    leaning = differ.loc[differ.index.map(telling).astype(bool), "log_odds_z"].sort_values()
    more = leaning[leaning > 0].index[::-1][:NAMED], leaning[leaning < 0].index[:NAMED]
    return (*names, float(p.min()), len(differ), *map(join_words, more))
