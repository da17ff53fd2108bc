"""Codings made by reading, kept beside the texts, and how far extractors and other readers agree with them.

A coding is a folder in ``codings/`` beside study.toml with ``attributions.csv`` and ``mentions.csv`` in a form that the
coding guide gives: sheets that a coder filled in, row by row in coding order, or whole articles by offsets into the raw
texts, with the words at these offsets repeated, so that a coding that has slipped is noticed.
"""

import operator

import pandas as pd

from parley.codings.agreement import match
from parley.codings.coded import names, read_attributions, read_mentions, read_sheet
from parley.codings.file import ATTRIBUTION_LABELS, MENTION_LABELS, ROLES
from parley.codings.order import coding_order, order_of
from parley.corpus.places import ARTICLE, UNCLEAR
from parley.corpus.settings import check_study, check_table
from parley.study import Study

__all__ = [
    "coding_order", "names", "order_of", "pair_attributions", "read_attributions", "read_mentions",
    "read_sheet", "score_attributions", "score_mentions",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


def pair_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The rows of two tables that are the same attribution: ``article_id, found, coded``, missing without a partner."""
    rows = []
    # An article, or a sentence, that nobody coded says nothing about the finder.
    wanted = {*coded["article_id"], *coded.attrs.get("sentences", ())}
    for article in study.articles[study.articles["article_id"].isin(wanted)].itertuples():
        name = article.article_id
        ours, theirs = (table[table["article_id"] == name] for table in (found, coded))
        pairs = match(article.text, _records(ours), _records(theirs))
        rows += [(name, ours.index[i], theirs.index[j]) for i, j in pairs]
        alone = ours.drop(ours.index[[i for i, _ in pairs]])
        rows += [(name, label, None) for label in alone.index[_read_in(coded, name, alone)]]
        alone = theirs.drop(theirs.index[[j for _, j in pairs]])
        rows += [(name, None, label) for label in alone.index[_read_in(found, name, alone)]]
    return pd.DataFrame(rows, columns=["article_id", "found", "coded"]).astype({"found": "Int64", "coded": "Int64"})


def _read_in(coded: pd.DataFrame, article: str, rows: pd.DataFrame) -> list[bool]:
    """Whether each row of an article stands in a sentence that a coding has read; rules, and whole codings, read all."""
    if "sentences" not in coded.attrs:
        return [True] * len(rows)
    if "sentence_start" in rows:
        places = rows["sentence_start"]
    else:
        places = [(row["cue"] or row["content"] or row["source"])[0][0] for row in _records(rows)]
    read = coded.attrs["sentences"].get(article, [])
    return [any(start <= place < end for start, end in read) for place in places]


def _records(table: pd.DataFrame) -> list[dict]:
    """Source and content of each row as lists of spans; the table of attributions has a source's as two columns."""
    if "source" not in table:
        sources = zip(table["source_start"], table["source_end"], strict=True)
        table = table.assign(source=[[] if pd.isna(start) else [(start, end)] for start, end in sources])
    return table[ROLES].to_dict("records")


def score_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well attributions found agree with a coding, in the articles, or the sentences, that it covers.

    Two are the same if their contents share at least half their words (Jaccard) and their sources share one, or neither
    has a source; they are paired one to one (:mod:`parley.codings.agreement`).

    Parameters
    ----------
    found, coded : DataFrame
        With ``article_id, source, content`` and the labels kind, speaker, side, named.

    Returns
    -------
    dict
        ``precision``, ``recall``, ``f1``; the numbers ``articles`` (those coded; the others are not compared),
        ``found``, ``coded``, ``paired``; and for each label the share of pairs that agree. What has nothing to be
        measured on, such as two codings without a common article, is missing (NaN).
    """
    check_study(study, "score_attributions")
    for given in (found, coded):
        check_table(given, "score_attributions", "score_attributions(study, study.attributions, coded)")
    pairs = pair_attributions(study, found, coded)
    both = pairs.dropna()
    found_n, coded_n = pairs[["found", "coded"]].count().tolist()
    scores = {"precision": _share(len(both), found_n), "recall": _share(len(both), coded_n)}
    scores |= {
        "f1": _share(2 * len(both), found_n + coded_n),
        "articles": len({*coded["article_id"], *coded.attrs.get("sentences", ())}),
    }
    scores |= {"found": found_n, "coded": coded_n, "paired": len(both)}
    chosen = found.loc[both["found"]], coded.loc[both["coded"]]
    return scores | {label: _alike(*(table[label] for table in chosen)) for label in ATTRIBUTION_LABELS}


def score_mentions(found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well keyword mentions found agree with a coding, in what it covers: all, none extra, and labels.

    A coding that has an ``order`` covers the mentions that it has, any other the articles.

    Parameters
    ----------
    found, coded : DataFrame
        With ``article_id, start, end`` and the labels polarity, holder, side.

    Returns
    -------
    dict
        The numbers ``articles`` (that both have), ``found``, ``coded``, ``paired``; for each label the share of pairs that
        agree, ``others`` only where the coding has them; Cohen's ``kappa`` of the polarity. All but the numbers are
        missing without a pair.
    """
    for given in (found, coded):
        check_table(given, "score_mentions", "score_mentions(study.mentions, coded)")
    found, coded = covered(found, coded), covered(coded, found)
    pairs = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    scores = {"articles": coded["article_id"].nunique(), "found": len(found), "coded": len(coded), "paired": len(pairs)}
    scores |= {label: _alike(pairs[label], pairs[f"{label}_coded"]) for label in MENTION_LABELS}
    if len(pairs) and "others_coded" in pairs:
        scores["others"] = float((pairs["others"].map(_holders) == pairs["others_coded"].map(_holders)).mean())
    from sklearn.metrics import cohen_kappa_score  # here, since it takes half a second to import

    first, second = pairs["polarity"].tolist(), pairs["polarity_coded"].tolist()
    # Two codings with one and the same label throughout agree, though kappa has no value there.
    kappa = _share(len(first), len(second)) if first == second else float(cohen_kappa_score(first, second))
    return scores | {"kappa": kappa}


def covered(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The mentions that a coding has read: those that it has, or, without an `order`, all of its articles."""
    keys = ["article_id", "start", "end"] if "order" in coded else ["article_id"]
    return found[found.set_index(keys).index.isin(coded.set_index(keys).index)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _alike(first: pd.Series, second: pd.Series) -> float:
    """The share of labels that are the same; missing where there is none."""
    return _share(sum(map(operator.eq, map(plain, first), map(plain, second))), len(first))


def plain(label: object) -> str:
    """A label to be compared, whatever its capitals: a coder leaves empty what tables call unclear, or the article's."""
    written = "" if pd.isna(label) else str(label).casefold()
    return "" if written in (UNCLEAR, ARTICLE) else written


def _holders(others: object) -> set[str]:
    """Further holders and their polarity, as rules give them ("for" of (name, "for")) or as a coding writes them."""
    if isinstance(others, str):
        return {one.strip().casefold() for one in others.split(";") if one.strip()}
    return {f"{name} ({polarity})".casefold() for name, polarity in others}
