"""A study as it would be if one decision had gone the other way, so that every finding can be asked whether it depends on it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from parley import codings
from parley.reuse import mark_copies, shared_passages
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study

MOST_ARTICLES = 30  # up to here every article is left out in turn
FOLDS = 10
SOURCING, STANCE, CONTRAST, CORPUS, COPY = (
    "03-sourcing",
    "02-stance-keywords",
    "01-term-contrasts",
    "00-the-corpus",
    "04-wire-copy",
)


class Variation(NamedTuple):
    """A varied study, what was varied, and the notebooks, or of these the single findings, that it can change."""

    name: str
    study: Study
    notebooks: frozenset[str]
    findings: frozenset[str] | None = None


def variations(study: Study) -> Iterator[Variation]:
    """The variations that a study allows.

    Every article is left out in turn (above 30 articles every outlet, or one tenth of the articles at a time); repeats and
    shared copy are counted as printed; headlines and captions are left out; every keyword is left out in turn; and a coding
    made by reading takes the place of the extractors.
    """
    # Shared copy is a fact about a pair of articles: without one of them there is nothing to ask.
    everything = frozenset([CONTRAST, STANCE, SOURCING])
    ids = study.articles["article_id"]
    for name, out in leave_outs(study):
        yield Variation(f"without {name}", subset(study, ids[~ids.isin(out)]), everything)
    if len(shared_passages(study)):
        yield Variation(
            "with shared copy counted in every article",
            printed(study, "shared"),
            frozenset([CONTRAST, STANCE, SOURCING]),
        )
    if (study.sentences["left_out"] == "repeat").any():
        yield Variation("with repeats counted", printed(study, "repeat"), frozenset([CONTRAST]))
    yield Variation("without headlines and captions", prose_only(study), frozenset([CONTRAST, STANCE, SOURCING]))
    families = study.settings.get("keywords", {})
    for family, terms in families.items():
        for term in terms if len(terms) > 1 else ():
            rest = families | {family: [other for other in terms if other != term]}
            settings = study.settings | {"keywords": rest}
            kept = {name: table for name, table in study._kept.items() if name != "mentions"}
            varied = replace(study, settings=settings, _kept=kept)
            own = frozenset([f"stance-{family}"])
            yield Variation(f"without the keyword “{term}”", varied, frozenset([STANCE]), own)
    if codings.names(study):
        yield Variation("by the coding instead of the extractors", as_coded(study), frozenset([STANCE, SOURCING]))


def leave_outs(study: Study) -> list[tuple[str, list[str]]]:
    """What is left out in turn, with its name: articles, or outlets, or tenths of the articles."""
    articles = study.articles
    if len(articles) <= MOST_ARTICLES:
        return [(article_id, [article_id]) for article_id in articles["article_id"]] if len(articles) > 1 else []
    outlets = articles["outlet"].fillna("outlet not stated")
    if 2 <= outlets.nunique() <= MOST_ARTICLES:
        return [(outlet, list(rows["article_id"])) for outlet, rows in articles.groupby(outlets)]
    shuffled = np.random.default_rng(0).permutation(len(articles))
    return [
        (f"tenth {i} of the articles", list(articles["article_id"].iloc[part]))
        for i, part in enumerate(np.array_split(shuffled, FOLDS), 1)
    ]


def subset(study: Study, ids: Iterable[str]) -> Study:
    """The study without the other articles; what is shared with them counts again."""
    ids = set(ids)

    def cut(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["article_id"].isin(ids)].reset_index(drop=True)

    passages = shared_passages(study)
    passages = passages[passages["article_a"].isin(ids) & passages["article_b"].isin(ids)].reset_index(drop=True)
    smaller = replace(
        study, articles=cut(study.articles), _kept={"segments": cut(study.segments), "shared_passages": passages}
    )
    sentences = cut(study.sentences)
    left_out = sentences["left_out"].mask(sentences["left_out"] == "shared")
    copies = mark_copies(sentences, passages, smaller.order, smaller.groups)
    left_out = left_out.mask(copies & left_out.isna(), "shared")
    return _with_sentences(smaller, study, sentences.assign(left_out=left_out, counted=left_out.isna()))


def printed(study: Study, reason: str) -> Study:
    """The study with what is left out for `reason` (shared or repeat) counted as it is printed."""
    left_out = study.sentences["left_out"].mask(study.sentences["left_out"] == reason)
    passages = shared_passages(study)
    kept = {"segments": study.segments, "shared_passages": passages.iloc[:0] if reason == "shared" else passages}
    return _with_sentences(
        replace(study, _kept=kept), study, study.sentences.assign(left_out=left_out, counted=left_out.isna())
    )


def prose_only(study: Study) -> Study:
    """The study without headlines and captions."""
    counted = study.sentences["counted"] & ~study.sentences["kind"].isin(["headline", "caption"])
    kept = {"segments": study.segments, "shared_passages": shared_passages(study)}
    return _with_sentences(replace(study, _kept=kept), study, study.sentences.assign(counted=counted))


def as_coded(study: Study) -> Study:
    """The study with attributions and mentions as its first coding has them."""
    coding = codings.names(study)[0]
    spoken = codings.read_attributions(study, coding)
    if not set(study.articles["article_id"]) <= set(spoken["article_id"]):
        study = subset(study, spoken["article_id"])  # a coding of some articles says nothing about the others
    for role in codings.ROLES:
        spoken[f"{role}_start"] = spoken[role].map(lambda spans: spans[0][0] if spans else pd.NA).astype("Int64")
    spoken["attribution_id"] = [f"coded-{i}" for i in range(len(spoken))]
    spoken["counted"] = counted_at(study.sentences, spoken["article_id"], spoken["cue_start"])
    named = codings.read_mentions(study, coding)
    named["counted"] = counted_at(study.sentences, named["article_id"], named["start"])
    kept = dict(study._kept) | {"attributions": spoken[~spoken["nested"]].reset_index(drop=True), "mentions": named}
    return replace(study, _kept=kept)


def _with_sentences(varied: Study, study: Study, sentences: pd.DataFrame) -> Study:
    """The varied study with its own sentences, and what was read from the texts counted by them."""
    ids = set(varied.articles["article_id"])
    read = {"attributions": (attributions(study), "cue_start")}
    if study.settings.get("keywords"):
        read["mentions"] = (mentions(study), "start")
    kept = varied._kept | {"sentences": sentences}
    for name, (table, place) in read.items():
        own = table[table["article_id"].isin(ids)].reset_index(drop=True)
        kept[name] = own.assign(counted=counted_at(sentences, own["article_id"], own[place]))
    return replace(varied, _kept=kept)


def counted_at(sentences: pd.DataFrame, article_ids: pd.Series, offsets: pd.Series) -> np.ndarray:
    """Whether the sentence at each offset is counted; False where no sentence is.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20], "counted": [True, False]})
    >>> counted_at(sentences, pd.Series(["a", "a"]), pd.Series([3, 12])).tolist()
    [True, False]
    """
    places = pd.DataFrame(
        {"article_id": article_ids.astype("str").to_numpy(), "at": offsets.astype("int64").to_numpy()}
    )
    places = places.assign(row=range(len(places))).astype({"article_id": "str"})
    starts = sentences[["article_id", "start", "end", "counted"]].astype({"article_id": "str"}).sort_values("start")
    found = pd.merge_asof(places.sort_values("at"), starts, left_on="at", right_on="start", by="article_id")
    counted = found["counted"].fillna(False).astype(bool) & (found["at"] < found["end"])
    return counted.set_axis(found["row"]).sort_index().to_numpy()
