"""Who is for and who is against what a study's keywords name: every mention with its polarity and holder."""

from collections.abc import Iterable

import pandas as pd

from parley.corpus.corrections import apply_corrections
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, did_you_mean
from parley.keywords.context import BLOCK, by_block, collocates, concordance, containing
from parley.keywords.matching import Mention, find_mentions
from parley.sourcing import attributions
from parley.stance.holders import POLARITY, holder_of, names_of
from parley.stance.reader import read_polarity
from parley.text.quotations import around, quotations

__all__ = ["collocates", "concordance", "mentions", "rates"]

COLUMNS = [
    "article_id", "start", "end", "keyword", "family", "polarity", "holder", "side", "others", "cue",
    "sentence", "counted", "attribution_id", "mention_id",
]  # fmt: skip


def mentions(study, *, attributed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every mention of the study's keywords, with the stance of whoever holds one.

    Polarity is read from the sentence (see `parley.stance.reader.read_polarity`); the holder is whoever the stance
    words name, or who is quoted or reported there. Where stances nest, the row has the outermost holder's: in
    "The mayor rejected the union's call for a strike" the mayor is against, and `others` has the union, for.
    Somebody who only reports what another side wants does not take its stance: then the holder is that other.

    Parameters
    ----------
    study : Study
        With keyword families in ``study.settings["keywords"]``.
    attributed : DataFrame, optional
        Attributions to take the holders from, with ``article_id, cue, content, speaker, side``; those that
        `parley.sourcing.attributions` finds, by default.

    Returns
    -------
    DataFrame
        One row a mention in headline, standfirst, caption or body, in the order of the texts: ``article_id,
        start, end, keyword`` (as printed), ``family, polarity`` (for, against, neutral), ``holder`` (article
        in plain narration), ``side`` (missing where there is none), ``others`` (list of ``(holder,
        polarity)``, from the outside in), ``cue`` (the words that decided, the innermost first), ``sentence,
        counted, attribution_id`` (of the outermost attribution it stands in), ``mention_id``.

    Raises
    ------
    StudyError
        If the study has no keywords.

    Examples
    --------
    >>> from parley import study_from_table
    >>> text = "The union called for a strike. The mayor opposed a strike."
    >>> study = study_from_table(pd.DataFrame({"text": [text]}), keywords={"strike": ["strike"]})
    >>> mentions(study)["polarity"].tolist()
    ['for', 'against']
    """
    if not study.settings.get("keywords"):
        raise StudyError("[keywords]: the study names no keywords; add a family, as in: pause = ['pause', 'truce']")
    if attributed is None:
        return study.kept(
            "mentions", lambda: apply_corrections(study, _mentions(study, attributions(study)), "mentions")
        )
    return _mentions(study, attributed)


def _mentions(study, attributed: pd.DataFrame) -> pd.DataFrame:
    keywords = study.settings["keywords"]
    prose = study.segments[study.segments["kind"].isin(PROSE)]
    sides = study.settings.get("sides", {})
    if "nested" in attributed:
        attributed = attributed[~attributed["nested"]]  # the outermost holder's stance counts
    by_article = {name: rows for name, rows in attributed.groupby("article_id", sort=False)}
    parts = {name: rows for name, rows in prose.groupby("article_id", sort=False)}
    sentences = {name: rows for name, rows in study.sentences.groupby("article_id", sort=False)}
    found = []
    for article in study.articles.itertuples(index=False):
        places = []
        for part in parts.get(article.article_id, prose[:0]).itertuples(index=False):
            for mention in find_mentions(article.text[part.start : part.end], keywords):
                places.append(mention._replace(start=mention.start + part.start, end=mention.end + part.start))
        if places:
            spoken = by_article.get(article.article_id, attributed[:0])
            rows = _article(article.text, sorted(places), sentences[article.article_id], spoken, sides)
            name = article.article_id
            found += [{"article_id": name, "mention_id": f"{name}-k{row['start']}", **row} for row in rows]
    table = pd.DataFrame(found, columns=COLUMNS)
    texts = [
        "article_id",
        "keyword",
        "family",
        "polarity",
        "holder",
        "side",
        "cue",
        "sentence",
        "attribution_id",
        "mention_id",
    ]
    return table.astype({"start": int, "end": int, "counted": bool} | dict.fromkeys(texts, "str"))


def _article(
    text: str, places: list[Mention], sentences: pd.DataFrame, attributed: pd.DataFrame, sides: dict
) -> Iterable[dict]:
    """The rows of one article's mentions, without the article's id."""
    starts = sentences["start"].to_numpy()
    said = attributed.to_dict("records")
    blocks = by_block(said)
    quotes = quotations(text)
    readings, holders = [], set()
    for mention in places:
        sentence = sentences.iloc[starts.searchsorted(mention.start, side="right") - 1]
        holding = containing(blocks.get(mention.start // BLOCK, []), mention.start)
        spoken = bool(holding) or around(quotes, mention.start) is not None
        within = (int(sentence["start"]), int(sentence["end"]))
        reading = read_polarity(text, mention.start, mention.end, within=within, spoken=spoken)
        readings.append((mention, sentence, holding, reading))
        holders |= {layer.holder for layer in reading.layers if layer.holder}
    names = names_of(text, said, sorted(holders), sides)
    for mention, sentence, holding, reading in readings:
        holder, side, others = holder_of(text, reading, holding, names)
        yield {
            "start": mention.start,
            "end": mention.end,
            "keyword": text[mention.start : mention.end],
            "family": mention.family,
            "polarity": POLARITY[reading.polarity],
            "holder": holder,
            "side": side,
            "others": others,
            "cue": " … ".join(text[start:end] for start, end in (layer.cue for layer in reading.layers)),
            "sentence": sentence["text"],
            "counted": bool(sentence["counted"]),
            "attribution_id": holding[0].get("attribution_id") if holding else None,
        }


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
        One row a unit and family: the unit in a column named like `by` (``all`` without any), ``family,
        count, words`` (of the unit; with sides, of all articles), ``per_1000, low, high``. The range is
        missing where a unit has one article only.

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
    if counting not in ("once", "printed"):
        raise StudyError(f"counting: expected 'once' or 'printed', not {counting!r}.")
    found = mentions(study)
    sentences = study.sentences.assign(words=study.words)[study.sentences["kind"].isin(PROSE)]
    if counting == "once":
        found, sentences = found[found["counted"]], sentences[sentences["counted"]]
    length = sentences.groupby("article_id")["words"].sum()
    articles = study.articles["article_id"]
    length = length.reindex(articles, fill_value=0)
    by = by or study.by or "all"
    if by == "side":
        unit_of = found["side"].fillna(found["holder"].map({"article": "article"})).fillna("unclear")
        members = dict.fromkeys(sorted(unit_of.unique()), length.index)
    else:
        groups = _groups(study, by)
        unit_of = found["article_id"].map(groups)
        members = {unit: groups.index[groups == unit] for unit in sorted(groups.dropna().unique())}
    rows = []
    for unit, ids in members.items():
        for family in study.settings["keywords"]:
            here = found.loc[(unit_of == unit) & (found["family"] == family), "article_id"].value_counts()
            count, size = here.reindex(ids, fill_value=0), length[ids]
            without = (1000 * (count.sum() - count) / (size.sum() - size).where(lambda rest: rest > 0)).dropna()
            rate = 1000 * count.sum() / size.sum() if size.sum() else float("nan")
            rows.append((unit, family, int(count.sum()), int(size.sum()), rate, without.min(), without.max()))
    return pd.DataFrame(rows, columns=[by, "family", "count", "words", "per_1000", "low", "high"])


def _groups(study, by: str) -> pd.Series:
    """The unit of each article, by article_id."""
    articles = study.articles
    if by == "all":
        return pd.Series("all", index=articles["article_id"])
    if by not in articles:
        raise StudyError(f"by: no article has a column {by!r}; {did_you_mean(by, [*articles.columns, 'side'])}")
    return articles[by].set_axis(articles["article_id"])
