"""What has a row of its own in a picture or table: an article, an outlet, a group or a stretch of time."""

import pandas as pd

from parley.corpus.labels import label
from parley.corpus.settings import check_study
from parley.study import Study

ARTICLES, ROWS = 12, 40  # articles, and groups or stretches of time, that have a row of their own
OUTLETS = 12  # outlets that have a row of their own; those with fewer articles share one
PERIODS = {"month": ("M", "%b %Y"), "quarter": ("Q", "%Y Q%q"), "year": ("Y", "%Y")}


def unit(study: Study) -> pd.Series:
    """What has a row of its own, by ``article_id``: up to 12 articles each article, else outlets, groups or stretches of time.

    The first of these that makes two rows or more and at most 40; the series is called as its unit is. Articles and
    stretches of time are in the order of time. The 12 outlets with most articles have a row each, most first, and all
    others share the last; where these 12 have less than half of the articles, outlets are no unit.

    Examples
    --------
    >>> from parley import study_from_table
    >>> articles = pd.DataFrame({"text": ["Boats sail."] * 20, "outlet": ["Gazette", "Ledger"] * 10})
    >>> unit(study_from_table(articles)).value_counts().to_dict()
    {'Gazette': 10, 'Ledger': 10}
    """
    check_study(study, "unit")
    articles = study.articles.set_index("article_id")
    if len(articles) <= ARTICLES:
        names = study.article_names
        in_time = pd.CategoricalDtype(names[study.order], ordered=True)
        return names.astype(in_time).rename("article")
    outlet = _largest(articles["outlet"].astype("str").fillna("not stated"))
    outlet = outlet.cat.rename_categories(lambda name: label(study.settings, name))
    group = study.groups.map(lambda name: label(study.settings, name), na_action="ignore")
    group = group.astype("str").fillna("no group").rename(study.by or "group")
    when = period(study)
    when = when.cat.add_categories("undated").fillna("undated")
    kinds = (
        (outlet, group, when)
        if outlet.isin(outlet.cat.categories[:OUTLETS]).sum() >= len(outlet) / 2
        else (group, when)
    )
    return next((kind for kind in kinds if 1 < kind.nunique() <= ROWS), group)


def _largest(outlet: pd.Series) -> pd.Series:
    """The outlets with most articles, most first, and all others together."""
    sizes = (
        outlet.value_counts().rename_axis("name").reset_index().sort_values(["count", "name"], ascending=[False, True])
    )
    names = sizes["name"].tolist()
    if len(names) > OUTLETS + 1:
        rest = f"{len(names) - OUTLETS} other outlets"
        outlet, names = outlet.where(outlet.isin(names[:OUTLETS]), rest), [*names[:OUTLETS], rest]
    return outlet.astype(pd.CategoricalDtype(names, ordered=True))


def period(study: Study) -> pd.Series:
    """When each article appeared, by ``article_id``: the month, quarter or year, whichever gives at most 40 of them.

    Returns
    -------
    Series
        Periods in the order of time, as an ordered categorical whose categories include those without an article, so
        that a gap shows; missing where there is no date. Called ``month``, ``quarter`` or ``year``.

    Examples
    --------
    >>> from parley import study_from_table
    >>> articles = pd.DataFrame({"text": ["Boats sail."] * 2, "date": ["2012-02-22", "2012-04-09"]})
    >>> period(study_from_table(articles)).cat.categories.tolist()
    ['Feb 2012', 'Mar 2012', 'Apr 2012']
    """
    check_study(study, "period")
    dates = study.articles.set_index("article_id")["date"]
    name = next((name for name, (code, _) in PERIODS.items() if len(_every(dates, code)) <= ROWS), "year")
    code, written = PERIODS[name]
    known = dates.dt.to_period(code).dt.strftime(written)
    kind = pd.CategoricalDtype(_every(dates, code).strftime(written), ordered=True)
    return known.astype(kind).rename(name)


def _every(dates: pd.Series, code: str) -> pd.PeriodIndex:
    """All periods from the first date to the last."""
    known = dates.dropna()
    return pd.period_range(known.min(), known.max(), freq=code) if len(known) else pd.PeriodIndex([], freq=code)
