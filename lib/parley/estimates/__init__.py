"""Shares that can be published: estimated from a coded random sample, with what rules read as a help.

What rules read alone is not yet a finding: their errors are of a kind, and do not cancel out. A random sample that
somebody coded (`make coding`) is, and the rules make its intervals shorter.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from parley.codings import sample
from parley.corpus.codebook import describes
from parley.corpus.corrections import POLARITIES
from parley.corpus.reading import as_table, handed_out
from parley.corpus.settings import check_study
from parley.estimates import totals
from parley.estimates.intervals import Evidence, needed, newcombe, p_of
from parley.estimates.shares import Difference, Share, difference, evidence, share
from parley.study import Study
from parley.text.copies import clusters

__all__ = ["Difference", "Share", "difference", "differences", "estimates", "needed", "share"]


def __dir__() -> list[str]:
    return __all__


ALL = "all"  # the articles of all groups together
OTHERS = "the others"  # of more than two groups, those that one is set against
QUESTIONS = {False: "these articles", True: "reporting like this"}
KINDS = ["direct", "mixed", "indirect"]
NAMED = {True: "named", False: "unnamed"}
COLUMNS = {
    "about": "str", "family": "str", "group": "str", "label": "str", "share": "float64", "low": "float64",
    "high": "float64", "read_share": "float64", "coded": "int64", "of": "int64", "question": "str",
}  # fmt: skip
DIFFERENCES = {
    "about": "str", "family": "str", "first": "str", "second": "str", "label": "str", "difference": "float64",
    "low": "float64", "high": "float64", "p_value": "float64", "question": "str",
}  # fmt: skip


class _Figure(NamedTuple):
    """A share of one group, and how to ask for it."""

    about: str
    family: str | None
    group: str
    label: str
    read_share: float
    coded: int
    of: int
    reports: int  # independent ones that the rows stand in
    others: bool  # whether it is the share of all groups but this one
    ask: Callable[[bool], Evidence]  # of reporting like this, or of these articles


@describes("estimates")
def estimates(study: Study, by: pd.Series | None = None) -> pd.DataFrame:
    """Estimate the shares of a study: polarity by keyword family; sides, named sources and kinds of attribution.

    Parameters
    ----------
    study : Study
        With codings beside it. Where nothing was coded, ``share, low, high`` are missing, ``read_share`` is what the
        rules read, and that claims nothing.
    by : Series, optional
        Another unit of each article by ``article_id``, such as `parley.show.period` gives it, in place of the groups.

    Returns
    -------
    DataFrame
        One row a figure. Everything that counts is asked about, in all articles and in every group, once for these
        articles and once for reporting like this. With `by`, the unit stands in a column called as `by` is, in place of
        ``group``, and ``reports`` is the number of independent reports that the rows stand in. ``attrs["notes"]`` has sentences on the codings that a reader must
        know, ``attrs["coders"]`` says whose codings are used, by table. {columns}

    Raises
    ------
    StudyError
        No study was given, or a sheet cannot be read.

    Notes
    -----
    Mentions are strata by group and polarity as read (`parley.estimates.share`). Of attributions, random sentences are
    coded: their strata are group and number of attributions as read (`parley.estimates.totals`).

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund backs the truce."]}), keywords={"truce": ["truce"]})
    >>> estimates(study)[["family", "group", "label", "share", "read_share", "coded", "of"]].head(1).values.tolist()
    [['truce', 'all', 'for', nan, 1.0, 0, 1]]
    """
    check_study(study, "estimates")
    if by is None:
        return handed_out(study.once(_estimates))
    found = _estimates(study, by).rename(columns={"group": by.name or "unit"})
    return found[found[by.name or "unit"] != ALL].reset_index(drop=True)


def estimates_in(study: Study, about: str, family: str | None = None) -> pd.DataFrame:
    """The rows of `estimates` on one thing in these articles, where nobody asks for all of them."""
    figures, _ = study.once(_of_mentions if about == "polarity" else _of_sentences)
    wanted = [figure for figure in figures if figure.about == about and family in (None, figure.family)]
    return as_table(_rows(wanted, {False: QUESTIONS[False]}), COLUMNS | {"reports": "int64"}).drop(columns="reports")


def _estimates(study: Study, by: pd.Series | None = None) -> pd.DataFrame:
    figures, attrs = study.once(_figures) if by is None else _figures(study, by)
    table = as_table(_rows(figures, QUESTIONS), COLUMNS | {"reports": "int64"})
    table.attrs = attrs
    return table.drop(columns="reports") if by is None else table


def _rows(figures: list[_Figure], questions: dict[bool, str]) -> list[tuple]:
    rows = []
    for figure in figures:
        for beyond, question in questions.items():
            if not figure.others:
                found = figure.ask(beyond)
                place = figure.about, figure.family, figure.group, figure.label
                rows.append((*place, found.share, *found.limits(), *figure[4:7], question, figure.reports))
    return rows


@describes("differences")
def differences(study: Study) -> pd.DataFrame:
    """Estimate by how much shares differ between every two groups of a study.

    Parameters
    ----------
    study : Study
        With groups, and codings beside it.

    Returns
    -------
    DataFrame
        One row a pair of groups and label; of more than two groups also each against the others. None where a study has
        no groups. {columns}

    Raises
    ------
    StudyError
        As for `estimates`.

    Notes
    -----
    The interval of each is Newcombe's, as in `difference`. p is one minus the level at which that interval just reaches
    0, after Holm's correction (Holm 1979, Scandinavian Journal of Statistics 6) over all pairs and labels of a
    family, or of what is asked about attributions; each group against the others is a question of its own. It stands only beside reporting like this, from ten clusters of
    articles a group: what these articles have more or less of is a matter of counting.
    """
    check_study(study, "differences")
    return handed_out(study.once(_differences))


def _differences(study: Study) -> pd.DataFrame:
    figures, attrs = study.once(_figures)
    alike: dict[tuple, list[_Figure]] = {}
    for figure in figures:
        if figure.group != ALL:
            alike.setdefault((figure.about, figure.family, figure.label), []).append(figure)
    rows = []
    for (about, family, label), groups in alike.items():
        for beyond, question in QUESTIONS.items():
            found = [(figure.group, figure.ask(beyond)) for figure in groups if not figure.others]
            rest = {figure.group: (OTHERS, figure.ask(beyond)) for figure in groups if figure.others}
            against = [((name, one), rest[name]) for name, one in found if name in rest]
            for (first, one), (second, two) in [*combinations(found, 2), *against]:
                limits = one.share - two.share, *newcombe(one, two)
                rows.append(
                    (about, family, first, second, label, *limits, p_of(one, two) if beyond else np.nan, question)
                )
    table = as_table(rows, DIFFERENCES)
    by = [table["about"], table["family"].fillna(""), table["second"] == OTHERS]
    table["p_value"] = table["p_value"].groupby(by, sort=False).transform(holm).astype("float64")
    table.attrs = attrs
    return table


def holm(p_values: pd.Series) -> pd.Series:
    """P-values corrected for their number: the k-th smallest of m by (m - k + 1), none below a smaller one, 1 at most.

    Examples
    --------
    >>> holm(pd.Series([0.04, 0.01, 0.03, float("nan")])).tolist()
    [0.06, 0.03, 0.06, nan]
    """
    ordered = p_values.dropna().sort_values(kind="stable")
    factors = np.arange(len(ordered), 0, -1)
    return (ordered * factors).cummax().clip(upper=1).reindex(p_values.index)


def _figures(study: Study, by: pd.Series | None = None) -> tuple[list[_Figure], dict]:
    parts = (_of_mentions, _of_sentences)
    (one, mentions), (other, sentences) = (study.once(part) if by is None else part(study, by) for part in parts)
    coders = {"mentions": mentions.coder, "attributions": sentences.coder}
    return [*one, *other], {"notes": [*mentions.notes, *sentences.notes], "coders": coders}


def _clusters(study: Study) -> pd.Series:
    return clusters(study.peek("passages"), study.articles["article_id"])


def _units(study: Study, rows: pd.DataFrame, by: pd.Series | None) -> Iterator[tuple[str, bool, pd.DataFrame]]:
    """The rows of all articles, then of each group, and of more than two also those of the others; or of other units."""
    yield ALL, False, rows
    if by is not None:
        for unit, own in rows.groupby(rows["article_id"].map(by), observed=True):
            yield unit, False, own
        return
    groups = study.settings.get("contrast", {}).get("groups", [])
    for group in groups:
        yield group, False, rows[rows["group"] == group]
        if len(groups) > 2:
            yield group, True, rows[rows["group"].isin(groups) & (rows["group"] != group)]


def _of_mentions(study: Study, by: pd.Series | None = None) -> tuple[list[_Figure], sample.Sample]:
    drawn, cluster, figures = sample.of_mentions(study), study.once(_clusters), []
    coded = drawn.labels.set_index("row")["polarity"] if len(drawn.labels) else pd.Series(dtype="str")
    coded = coded.reindex(drawn.rows.index).where(drawn.drawn)
    for family in study.settings.get("keywords", {}):
        for group, others, rows in _units(study, drawn.rows[drawn.rows["family"] == family], by):
            labels, read = coded[rows.index], rows["polarity"]
            given = {"strata": [rows["group"], read], "articles": rows["article_id"].map(cluster)}
            for label in [*POLARITIES, *({*labels.dropna()} - {*POLARITIES})]:
                figures.append(_Figure(
                    "polarity", family, group, label, (read == label).mean(), int(labels.count()), len(rows),
                    given["articles"].nunique(), others,
                    lambda beyond, r=read, c=labels, label=label, g=given: evidence(r, c, label, beyond=beyond, **g),
                ))  # fmt: skip
    return figures, drawn


def _of_sentences(study: Study, by: pd.Series | None = None) -> tuple[list[_Figure], sample.Sample]:
    drawn, cluster, figures = sample.of_sentences(study), study.once(_clusters), []
    read = sample.read_in_sentences(study)[1]
    sides = [*study.settings.get("sides", {}), "other", "unclear"] if study.settings.get("sides") else []
    for about, known in (("side", sides), ("named", [*NAMED.values()]), ("kind", KINDS)):
        if not known:
            continue
        tables = [_numbers(drawn.rows.index, said, about) for said in (read, drawn.labels)]
        columns = [*known, *sorted({*tables[0], *tables[1]} - {*known})]
        said, coded = (table.reindex(columns=columns, fill_value=0) for table in tables)
        coded = coded.where(drawn.drawn, axis=0)
        met = [label for label in columns if said[label].any() or coded[label].any()]
        for group, others, rows in _units(study, drawn.rows, by):
            r, c, sizes = said.loc[rows.index], coded.loc[rows.index], (int(drawn.drawn[rows.index].sum()), len(rows))
            given = {"strata": [rows["group"], rows["read"]], "articles": rows["article_id"].map(cluster)}
            for label in met:
                figures.append(_Figure(
                    about, None, group, label, r[label].sum() / r.to_numpy().sum() if r.to_numpy().sum() else np.nan, *sizes,
                    given["articles"].nunique(), others,
                    lambda beyond, r=r, c=c, label=label, g=given: totals.evidence(r, c, label, beyond=beyond, **g),
                ))  # fmt: skip
    return figures, drawn


def _numbers(rows: pd.Index, said: pd.DataFrame, about: str) -> pd.DataFrame:
    """How many attributions of each label stand in each sentence."""
    if said.empty:
        return pd.DataFrame(index=rows)
    labels = said[about].map(NAMED) if about == "named" else said[about]
    return said.groupby(["row", labels.astype("str")]).size().unstack(fill_value=0).reindex(rows, fill_value=0)
