"""A study as it would be had one decision gone the other way: does a finding depend on it?"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from parley import codings
from parley.corpus.settings import StudyError
from parley.study import Study
from parley.text.classes import STOP_WORDS
from parley.text.forms import Word, letters, printed, words

MOST_ARTICLES = 30  # up to here every article is left out in turn
FOLDS = 10
SHORTEST_COPY = (10, 20)  # agreeing words, fewer and more than usual; below ten, stock phrases would be copy
CORPUS, CONTRAST, STANCE = "00-the-corpus", "01-term-contrasts", "02-stance-keywords"
SOURCING, COPY, VALIDITY = "03-sourcing", "04-wire-copy", "05-validity"


class Variation(NamedTuple):
    """A decision that goes the other way: what it can change, and the study it makes, or why there is none."""

    name: str
    asks: frozenset[str]
    vary: Callable[[], Study] | None
    why_not: str = ""


def vary(study: Study) -> Iterator[Variation]:
    """The variations of a study; none is made before it is asked for.

    Every article is left out in turn (of more than 30, every outlet or tenth of the articles); shared copy and
    repeats count as printed; copy is shared from fewer and more words on; headlines and captions are left out; words
    are read by two other tokenisers, and contrasted without function words; keywords are left out or widened; codings
    made by reading take each other's place.
    """
    counted = frozenset([CONTRAST, STANCE, SOURCING])
    passages = study.peek("passages")
    for name, out in leave_outs(study):
        ids = study.articles["article_id"][~study.articles["article_id"].isin(out)]
        left = int((passages["article_a"].isin(ids) & passages["article_b"].isin(ids)).sum())
        # Without the only articles that share copy there is nothing to ask of it, and without others nothing changes.
        copy = {COPY} if 0 < left < len(passages) else set()
        yield Variation(f"without {name}", counted | {"corpus-left-out"} | copy, partial(study.of_articles, ids))
        yield Variation(f"without {name}", frozenset(["extractor-agreement"]), partial(rescored, study, without=out))
    if len(passages):
        yield Variation(
            "with shared copy counted in every article", counted, partial(study.but, passages=passages.iloc[:0])
        )
    if (study.peek("sentences")["left_out"] == "repeat").any():
        yield Variation("with repeats counted", frozenset([CONTRAST]), partial(repeats_counted, study))
    for shortest in SHORTEST_COPY:
        yield Variation(
            f"with copy called shared from {shortest} words on",
            counted | {CORPUS, COPY},
            partial(copied_from, study, shortest),
        )
    yield Variation("without headlines and captions", counted | {"corpus-left-out"}, partial(prose_only, study))
    for name, tokenise in (("with runs of letters as words", letters), ("with words as printed", printed)):
        yield Variation(name, frozenset([CORPUS, CONTRAST, COPY]), partial(study.but, tokenise=tokenise))
    yield Variation("without function words", frozenset([CONTRAST]), partial(content_words_only, study))
    for family, terms in study.settings.get("keywords", {}).items():
        yield from _keyword_variations(study, family, terms)
    yield from _coding_variations(study)
    yield Variation(
        "by another choice",
        frozenset(["attribution-elsewhere", "attribution-damaged-elsewhere", "stance-elsewhere"]),
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
    read, (first, *others) = frozenset([STANCE, SOURCING]), codings.names(study) or [None]
    if not others:
        why_not = "one coding stands beside these texts" if first else "no coding stands beside these texts"
        yield Variation("by another coding", read, None, why_not)
    for coding in others:
        yield Variation(f"by the coding {coding}", read, partial(study.but, codings=[coding]))
        agreement = frozenset(["extractor-agreement"])
        yield Variation(f"against the coding {coding}", agreement, partial(rescored, study, coding=coding))


def leave_outs(study: Study) -> list[tuple[str, list[str]]]:
    """What is left out in turn, with its name: articles, or outlets, or tenths of the articles."""
    articles = study.articles
    if len(articles) <= MOST_ARTICLES:
        names = study.article_names
        return [(names[article_id], [article_id]) for article_id in names.index] if len(articles) > 1 else []
    outlets = articles["outlet"].fillna("articles whose outlet is not stated")
    if 2 <= outlets.nunique() <= MOST_ARTICLES:
        return [(outlet, list(rows["article_id"])) for outlet, rows in articles.groupby(outlets)]
    shuffled = np.random.default_rng(0).permutation(len(articles))
    return [
        (f"a tenth of the articles, drawn at random (part {i})", list(articles["article_id"].iloc[part]))
        for i, part in enumerate(np.array_split(shuffled, FOLDS), 1)
    ]


def copied_from(study: Study, shortest: int) -> Study:
    """The study with copy called shared from so many agreeing words on."""
    return study.but(passages=study.find_passages(shortest=shortest))


def repeats_counted(study: Study) -> Study:
    """The study with what an article prints again counted again."""
    return study.but(left_out=study.left_out.mask(study.left_out == "repeat"))


def prose_only(study: Study) -> Study:
    """The study without headlines and captions."""
    short = study.peek("all_sentences")["kind"].isin(["headline", "caption"])
    return study.but(left_out=study.left_out.mask(short, "headline or caption"))


def content_words_only(study: Study) -> Study:
    """The study without function words in its contrasts; what is shared copy stays."""
    return study.but(tokenise=content_words, passages=study.peek("passages"))


def content_words(text: str) -> list[Word]:
    """Read the words of a text that are not among scikit-learn's English stop words.

    Examples
    --------
    >>> [word.form for word in content_words("A truce and a pause in the fighting")]
    ['truce', 'pause', 'fighting']
    """
    return [word for word in words(text) if word.form not in STOP_WORDS]


def with_terms(study: Study, family: str, terms: list[str]) -> Study:
    """The study with other keywords in one family, if they find other places ("cease-fire" finds "ceasefire" too)."""
    other = study.with_keywords(**{family: terms})
    if set(other.all_mentions["mention_id"]) == set(study.all_mentions["mention_id"]):
        raise StudyError("the same places are found")
    return other


def rescored(study: Study, *, coding: str | None = None, without: Iterable[str] = ()) -> Study:
    """The study as the rules read it, beside a given coding only, and without some of the articles coded."""
    coding, without = coding or codings.names(study, "attributions")[0], list(without)
    out = codings.read_attributions(study, coding)["article_id"].isin(without)
    if without and (out.all() or not out.any()):
        raise StudyError(f"codings/{coding}: nothing changes, or nothing is left, without {', '.join(without)}.")
    rest = study.as_read().of_articles(study.article_ids - set(without)) if without else study.as_read()
    return rest.but(codings=[coding])
