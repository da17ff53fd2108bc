"""Names that a reader knows: an article by its outlet and date, a side or group by its label, in pictures and sentences.

Ids stay in links and CSV files.
"""

import re
from collections.abc import Iterable, Mapping
from textwrap import shorten

import pandas as pd

LONGEST = 30  # characters of a headline or credit in a name
LEAST, MOST = 2, 4  # letters of an id that may be an abbreviation
LOOKED_AT = 1_000  # articles in which it is looked for


def label(settings: Mapping, name: object) -> str:
    """How a side, group or family is written: its entry in the section ``labels``, else its id with spaces.

    An id of two to four letters that its own names or terms write in capitals is written so; else a side begins with one.

    Examples
    --------
    >>> label({"labels": {"un": "United Nations"}}, "un"), label({}, "syrian_government")
    ('United Nations', 'syrian government')
    >>> label({"sides": {"fbi": {"FBI": ["the bureau"]}}}, "fbi"), label({"keywords": {"tpp": ["TPP"]}}, "tpp")
    ('FBI', 'TPP')
    """
    if name in settings.get("labels", {}):
        return settings["labels"][name]
    written, side = str(name).replace("_", " "), settings.get("sides", {}).get(name)
    names = [*settings.get("keywords", {}).get(name, ())]
    names += [one for speaker, others in (side or {}).items() for one in (speaker, *others)]
    if written.upper() in in_capitals(names, [written]):
        return written.upper()
    return written[:1].upper() + written[1:] if side is not None else written


def in_capitals(texts: Iterable[str], ids: Iterable[str]) -> list[str]:
    """Those of some ids, of two to four letters, that the texts have as words and in capitals only; in capitals.

    Examples
    --------
    >>> in_capitals(["The FBI and the EU told us.", "US troops"], ["fbi", "eu", "us", "nato"])
    ['EU', 'FBI']
    """
    short = [one for one in ids if one.isalpha() and LEAST <= len(one) <= MOST]
    pattern = re.compile(rf"\b(?:{'|'.join(short)})\b", re.IGNORECASE)
    found = {word for text in texts for word in pattern.findall(text)} if short else set()
    return sorted(word for word in found if word.isupper() and not found & {word.lower(), word.capitalize()})


def abbreviations(settings: Mapping, texts: pd.Series) -> dict[str, str]:
    """How the sides and families are written that have no label, and of which the texts write the id in capitals only."""
    ids = [
        name
        for part in ("sides", "keywords")
        for name in settings.get(part, {})
        if name not in settings.get("labels", {})
    ]
    found = in_capitals(texts.iloc[:: max(len(texts) // LOOKED_AT, 1)], ids)
    return {name: name.upper() for name in ids if name.upper() in found}


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
