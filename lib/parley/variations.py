"""A study as it would be if one decision had gone the other way, so that every finding can be asked whether it depends on it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley import codings
from parley.contrast.counting import count_sentences
from parley.corpus.corrections import apply_corrections, read_corrections
from parley.corpus.settings import StudyError
from parley.keywords.matching import find_mentions
from parley.reuse import search_passages, shared_passages
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study
from parley.text.copies import mark_copies
from parley.text.words import Word, count_words, letters, printed, words

MOST_ARTICLES = 30  # up to here every article is left out in turn
FOLDS = 10
SHORTEST_COPY = (
    10,
    20,
)  # agreeing words, fewer and more than `parley.text.copies.SHORTEST`; below ten, stock phrases would be copy
SOURCING, STANCE, CONTRAST, CORPUS, COPY = (
    "03-sourcing",
    "02-stance-keywords",
    "01-term-contrasts",
    "00-the-corpus",
    "04-wire-copy",
)
TERMS = "terms (1, 1)"  # under which a study keeps its counted words


class Variation(NamedTuple):
    """What is varied, the notebooks and single findings that it can change, and how to make the varied study; or why it cannot be."""

    name: str
    asks: frozenset[str]
    vary: Callable[[], Study] | None
    why_not: str = ""


def variations(study: Study) -> Iterator[Variation]:
    """The variations of a study; none is made before it is asked for.

    Every article is left out in turn (above 30 articles every outlet, or one tenth of the articles at a time); shared copy and
    repeats are counted as printed; copy counts as shared from fewer and from more words on; headlines and captions are left
    out; words are read by two other tokenisers, and contrasted without function words; every keyword is left out in turn, and each
    family takes in the wider keywords that study.toml lists; a coding made by reading takes the place of the extractors, another coding
    that of the first, and a reader's corrections are taken back.
    """
    counted = frozenset([CONTRAST, STANCE, SOURCING])
    passages = shared_passages(study)
    for name, out in leave_outs(study):
        ids = study.articles["article_id"][~study.articles["article_id"].isin(out)]
        left = int((passages["article_a"].isin(ids) & passages["article_b"].isin(ids)).sum())
        # Without the only articles that share copy there is nothing to ask of it, and without others nothing changes.
        copy = {COPY} if 0 < left < len(passages) else set()
        yield Variation(f"without {name}", counted | {"corpus-left-out"} | copy, partial(subset, study, ids))
        yield Variation(f"without {name}", frozenset(["extractor-agreement"]), partial(rescored, study, without=out))
    if len(passages):
        yield Variation("with shared copy counted in every article", counted, partial(copied, study, passages.iloc[:0]))
    if (study.sentences["left_out"] == "repeat").any():
        yield Variation("with repeats counted", frozenset([CONTRAST]), partial(repeated, study))
    for shortest in SHORTEST_COPY:
        yield Variation(
            f"with copy called shared from {shortest} words on",
            counted | {CORPUS, COPY},
            partial(copied_from, study, shortest),
        )
    yield Variation("without headlines and captions", counted | {"corpus-left-out"}, partial(prose_only, study))
    for name, tokenise in (("with runs of letters as words", letters), ("with words as printed", printed)):
        yield Variation(name, frozenset([CORPUS, CONTRAST, COPY]), partial(tokenised, study, tokenise))
    yield Variation("without function words", frozenset([CONTRAST]), partial(recounted, study, content_words))
    for family, terms in study.settings.get("keywords", {}).items():
        yield from _keyword_variations(study, family, terms)
    yield from _coding_variations(study)
    if len(read_corrections(study)):
        yield Variation("without a reader's corrections", frozenset([STANCE, SOURCING]), partial(uncorrected, study))
    yield Variation(
        "by another choice",
        frozenset(["attribution-elsewhere", "stance-elsewhere"]),
        None,
        "it was measured on other news, which no choice made for this study changes",
    )


def _keyword_variations(study: Study, family: str, terms: list[str]) -> Iterator[Variation]:
    own = frozenset([f"stance-{family}"])
    for term in terms if len(terms) > 1 else ():
        rest = [other for other in terms if other != term]
        yield Variation(f"without the keyword “{term}”", own, partial(with_terms, study, family, rest))
    if len(terms) == 1:
        yield Variation("with fewer keywords", own, None, "the family has one only")
    if wider := study.settings.get("wider_keywords", {}).get(family):
        yield Variation("with wider keywords", own, partial(with_terms, study, family, [*terms, *wider]))
    else:
        yield Variation("with wider keywords", own, None, f"study.toml lists none for {family} under [wider_keywords]")


def _coding_variations(study: Study) -> Iterator[Variation]:
    read = frozenset([STANCE, SOURCING])
    first, *others = codings.names(study) or [None]
    if first is None:
        yield Variation("by the coding instead of the extractors", read, None, "no coding stands beside these texts")
        return
    yield Variation("by the coding instead of the extractors", read, partial(as_coded, study))
    for coding in others:
        yield Variation(
            f"against the coding {coding}", frozenset(["extractor-agreement"]), partial(rescored, study, coding=coding)
        )


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
    passages = shared_passages(study)
    passages = passages[passages["article_a"].isin(ids) & passages["article_b"].isin(ids)].reset_index(drop=True)
    corrected = read_corrections(study)
    own = corrected["row"].str.replace(r"-[ak]\d+[a-z]?$", "", regex=True).isin(ids)
    smaller = replace(
        study,
        articles=_cut(study.articles, ids),
        _kept={"segments": _cut(study.segments, ids), "row corrections": corrected[own].reset_index(drop=True)},
    )
    return _recount(smaller, study, _shared(_cut(study.sentences, ids), passages, smaller), passages)


def copied(study: Study, passages: pd.DataFrame) -> Study:
    """The study with other shared passages."""
    return _recount(study, study, _shared(study.sentences, passages, study), passages)


def copied_from(study: Study, shortest: int) -> Study:
    """The study with copy called shared from so many agreeing words on."""
    return copied(study, search_passages(study, shortest=shortest))


def repeated(study: Study) -> Study:
    """The study with what an article prints again counted again."""
    return _recount(study, study, study.sentences["left_out"].mask(study.sentences["left_out"] == "repeat"))


def prose_only(study: Study) -> Study:
    """The study without headlines and captions."""
    short = study.sentences["kind"].isin(["headline", "caption"])
    return _recount(study, study, study.sentences["left_out"].mask(short, "headline or caption"))


def tokenised(study: Study, tokenise: Callable[[str], list[Word]]) -> Study:
    """The study with its words read otherwise: in its size, its contrasts and its shared copy."""
    varied = recounted(copied(study, search_passages(study, tokenise=tokenise)), tokenise)
    varied._kept["words"] = count_words(study.sentences["text"], tokenise=tokenise)
    return varied


def recounted(study: Study, tokenise: Callable[[str], list[Word]]) -> Study:
    """The study with other words contrasted."""
    return replace(study, _kept=_read(study) | {TERMS: count_sentences(study.sentences, (1, 1), tokenise=tokenise)})


def content_words(text: str) -> list[Word]:
    """Read the words of a text that are not among scikit-learn's English stop words.

    Examples
    --------
    >>> [word.form for word in content_words("A truce and a pause in the fighting")]
    ['truce', 'pause', 'fighting']
    """
    return [word for word in words(text) if word.form not in ENGLISH_STOP_WORDS]


def with_terms(study: Study, family: str, terms: list[str]) -> Study:
    """The study with other keywords in one family.

    Raises
    ------
    StudyError
        These keywords find the same places: a family that has "cease-fire" needs no "ceasefire".
    """
    families = study.settings["keywords"]
    changed = sorted(set(families[family]) ^ set(terms))
    articles = study.articles
    # Only an article that has one of these words can be read otherwise; reading all again would take minutes on a large corpus.
    again = articles["article_id"][[bool(find_mentions(text, {family: changed})) for text in articles["text"]]]
    settings = study.settings | {"keywords": families | {family: terms}}
    own = {
        name: _cut(table, set(again)) for name, table in (("segments", study.segments), ("sentences", study.sentences))
    }
    part = replace(study, articles=_cut(articles, set(again)), settings=settings, _kept=own)
    read = mentions(part, attributed=_cut(attributions(study), set(again)))
    corrected = read_corrections(study)
    meant = corrected[corrected["row"].isin(read["mention_id"])].reset_index(drop=True)
    part = replace(part, _kept={"row corrections": meant})
    before = mentions(study)
    if set(read["mention_id"]) == set(before.loc[before["article_id"].isin(again), "mention_id"]):
        raise StudyError("the same places are found")
    same = before[~before["article_id"].isin(again)]
    table = pd.concat([same, apply_corrections(part, read, "mentions")], ignore_index=True)
    return replace(study, settings=settings, _kept=_read(study) | {"mentions": table})


def as_coded(study: Study) -> Study:
    """The study with attributions and mentions as its first coding has them."""
    coding = codings.names(study)[0]
    spoken = codings.read_attributions(study, coding)
    if not set(study.articles["article_id"]) <= set(spoken["article_id"]):
        study = subset(study, spoken["article_id"])  # a coding of some articles says nothing about the others
    starts = {
        f"{role}_start": spoken[role].map(lambda spans: spans[0][0] if spans else pd.NA).astype("Int64")
        for role in codings.ROLES
    }
    spoken = spoken.assign(**starts, attribution_id=[f"coded-{i}" for i in range(len(spoken))])
    spoken["counted"] = counted_at(study.sentences, spoken["article_id"], _begins(spoken))
    named = codings.read_mentions(study, coding)
    named["counted"] = counted_at(study.sentences, named["article_id"], named["start"])
    kept = _read(study) | {"attributions": spoken, "mentions": named}
    return replace(study, _kept=kept)


def uncorrected(study: Study) -> Study:
    """The study as the rules read it, before a reader's corrections: what the rules are scored by."""
    corrected = read_corrections(study)
    if corrected.empty:
        return study

    def make() -> Study:
        kept = {name: table for name, table in _read(study).items() if name not in ("attributions", "mentions")}
        return replace(study, _kept=kept | {"row corrections": corrected[:0]})

    return study.kept("uncorrected", make)


def rescored(study: Study, *, coding: str | None = None, without: Iterable[str] = ()) -> Study:
    """The study as the rules read it, beside a given coding only, and without some of the articles coded.

    Raises
    ------
    StudyError
        None of these articles is coded, or no other.
    """
    coding = coding or codings.names(study)[0]
    coded = codings.read_attributions(study, coding)
    out = coded["article_id"].isin(list(without))
    if without and (out.all() or not out.any()):
        raise StudyError(f"codings/{coding}: nothing changes, or nothing is left, without {', '.join(without)}.")
    ids = set(study.articles["article_id"]) - set(without)
    smaller = subset(uncorrected(study), ids) if without else uncorrected(study)
    left = coded[~out].reset_index(drop=True)
    return replace(smaller, _kept=_read(smaller) | {"codings": [coding], f"attributions coded by {coding}": left})


def _read(study: Study) -> dict[str, Any]:
    """The tables that a study has read already; what was counted from them is left behind."""
    names = ("segments", "sentences", "words", "shared_passages", "row corrections", "attributions", "mentions")
    return {name: study._kept[name] for name in names if name in study._kept}


def _cut(table: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    return table[table["article_id"].isin(ids)].reset_index(drop=True)


def _shared(sentences: pd.DataFrame, passages: pd.DataFrame, study: Study) -> pd.Series:
    """Why each sentence is left out, by the shared passages given."""
    left_out = sentences["left_out"].mask(sentences["left_out"] == "shared")
    copies = mark_copies(sentences, passages, study.order, study.groups)
    return left_out.mask(copies & left_out.isna(), "shared")


def _recount(varied: Study, study: Study, left_out: pd.Series, passages: pd.DataFrame | None = None) -> Study:
    """The varied study with other sentences left out, and with what the whole study has read already counted by them."""
    ids = set(varied.articles["article_id"])
    own = study.sentences["article_id"].isin(ids).to_numpy()
    sentences = study.sentences[own].reset_index(drop=True).assign(left_out=left_out, counted=left_out.isna())
    kept: dict[str, Any] = {
        "segments": varied.segments,
        "sentences": sentences,
        "shared_passages": shared_passages(study) if passages is None else passages,
        "row corrections": read_corrections(varied),
    }
    if "words" in study._kept:
        kept["words"] = study.words[own].reset_index(drop=True)
    if TERMS in study._kept:
        by_sentence, terms = study._kept[TERMS]
        kept[TERMS] = by_sentence[np.flatnonzero(own)], terms
    for name, begins in (("attributions", _begins), ("mentions", lambda table: table["start"])):
        if name in study._kept:
            table = _cut(study._kept[name], ids)
            kept[name] = table.assign(counted=counted_at(sentences, table["article_id"], begins(table)))
    return replace(varied, _kept=kept)


def _begins(attributed: pd.DataFrame) -> pd.Series:
    """Where each attribution is counted: at its cue; without one, at its content, else at its source."""
    content = attributed["content"].map(lambda spans: spans[0][0] if spans else pd.NA).astype("Int64")
    return attributed["cue_start"].fillna(content).fillna(attributed["source_start"])


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
