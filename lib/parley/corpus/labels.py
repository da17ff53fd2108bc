"""Names that a reader knows: an article by its outlet and date, a side or group by its label, in pictures and sentences.

Ids stay in links and CSV files.
"""

from collections.abc import Mapping
from textwrap import shorten

import pandas as pd

LONGEST = 30  # characters of a headline or credit in a name


def label(settings: Mapping, name: object) -> str:
    """How a side, group or family is written: its entry in the section ``labels``, else its id with spaces, a side's capitalised.

    Examples
    --------
    >>> label({"labels": {"un": "United Nations"}}, "un"), label({}, "syrian_government")
    ('United Nations', 'syrian government')
    """
    written = settings.get("labels", {}).get(name, str(name).replace("_", " "))
    is_side = name in settings.get("sides", {}) and name not in settings.get("labels", {})
    return written[:1].upper() + written[1:] if is_side else written


def article_names(articles: pd.DataFrame) -> pd.Series:
    """Outlet and date of each article, by ``article_id``; with the headline, then a number, where several have the same.

    An article whose outlet nobody knows is called by its headline, else by its credit; without any of these, by its id.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1", "a2", "a3"], "outlet": ["Gazette", "Gazette", None]})
    >>> articles["date"] = pd.to_datetime(["2012-02-22", "2012-02-22", None])
    >>> articles = articles.assign(headline=["Boats sail", "Ferry sinks", "Truce holds"], credit=None)
    >>> article_names(articles).to_list()
    ['Gazette, 22 Feb 2012: Boats sail', 'Gazette, 22 Feb 2012: Ferry sinks', '“Truce holds”, undated']
    """
    articles = articles.set_index("article_id")
    headline, credit = (
        articles[name].astype("str").map(_shortened, na_action="ignore").astype("str")
        for name in ("headline", "credit")
    )
    outlet = articles["outlet"].astype("str").fillna("“" + headline + "”").fillna("Credited “" + credit + "”")
    day = articles["date"].dt.day.astype("Int64").astype("str")
    names = outlet.fillna("Outlet not stated") + (", " + day + articles["date"].dt.strftime(" %b %Y")).fillna(
        ", undated"
    )
    told = articles["outlet"].notna() & headline.notna()
    names = names.mask(names.duplicated(keep=False) & told, names + ": " + headline.fillna(""))
    number = (names.groupby(names).cumcount() + 1).astype("str")
    names = names.mask(names.duplicated(keep=False), names + " (" + number + ")")
    return names.mask(outlet.isna() & articles["date"].isna(), articles.index.to_series())


def _shortened(text: str) -> str:
    return shorten(text, LONGEST, placeholder="…")
