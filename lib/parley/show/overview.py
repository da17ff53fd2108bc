"""What a corpus consists of, as small tables for a reader: provenance, kinds, lengths, what is left out and what is shared."""

import pandas as pd

from parley.corpus.segments import PROSE
from parley.study import Study

EXCERPT = 160  # characters of a passage in a table; the whole is in the raw text at the offsets given


def provenance(study: Study) -> pd.DataFrame:
    """One row an article: where it comes from and how that is known; columns that are empty throughout are left out."""
    table = study.articles.drop(columns=["text", "headline", "source_file"])
    return table.dropna(axis="columns", how="all")


def odd(study: Study) -> pd.DataFrame:
    """What was odd about the input, with articles whose outlet or date is not known: ``problem, count, first, remedy``."""
    rows = []
    for column, remedy in (
        ("outlet", "add it to the metadata, if anything says it; counts by outlet leave these out"),
        ("date", "add it to the metadata, if anything says it; of shared copy, an article without a date comes last"),
    ):
        unknown = study.articles.loc[study.articles[column].isna(), "article_id"]
        if len(unknown):
            rows.append((f"no {column}", len(unknown), ", ".join(unknown[:3]), remedy))
    columns = ["problem", "count", "first", "remedy"]
    return pd.concat([study.problems[columns], pd.DataFrame(rows, columns=columns, dtype=object)], ignore_index=True)


def kinds(study: Study) -> pd.DataFrame:
    """Characters by kind of segment over the corpus: ``kind, segments, characters, percent``."""
    sizes = study.segments.assign(characters=study.segments["end"] - study.segments["start"])
    table = sizes.groupby("kind")["characters"].agg(segments="size", characters="sum")
    table["percent"] = 100 * table["characters"] / table["characters"].sum()
    return table.sort_values("characters", ascending=False).reset_index()


def left_out(study: Study) -> pd.DataFrame:
    """Sentences that are printed and not counted: ``article_id, start, left_out, kind, words, text``."""
    table = study.sentences.assign(words=study.words)[~study.sentences["counted"]]
    return table.assign(text=_excerpt(table["text"]))[["article_id", "start", "left_out", "kind", "words", "text"]]


def decisions(study: Study) -> pd.DataFrame:
    """Segments that are neither plain body nor blank nor repeat: ``article_id, start, kind, text``."""
    table = study.segments[~study.segments["kind"].isin(["body", "blank", "repeat"])]
    return table.assign(text=_excerpt(table["text"]))[["article_id", "start", "kind", "text"]]


def lengths(study: Study) -> pd.DataFrame:
    """Words by article: ``article_id, sentences, counted, left_out`` (words)."""
    table = study.sentences.assign(words=study.words)
    counted = table[table["counted"]].groupby("article_id")["words"].agg(["size", "sum"])
    rest = table[~table["counted"]].groupby("article_id")["words"].sum()
    ids = study.articles["article_id"]
    return pd.DataFrame(
        {
            "article_id": ids,
            "sentences": ids.map(counted["size"]).fillna(0).astype(int),
            "counted": ids.map(counted["sum"]).fillna(0).astype(int),
            "left_out": ids.map(rest).fillna(0).astype(int),
        }
    )


def shared(study: Study, passages: pd.DataFrame) -> pd.DataFrame:
    """How much of an article stands in another: ``article_id, other, passages, words, percent_of_article``, most first.

    Parameters
    ----------
    passages
        As :func:`parley.text.copies.shared_passages` gives them.
    """
    prose = study.sentences["kind"].isin(PROSE)
    printed = study.words[prose].groupby(study.sentences["article_id"]).sum()
    rows = []
    for (a, b), found in passages.groupby(["article_a", "article_b"]):
        for one, other in ((a, b), (b, a)):
            words = int(found["words"].sum())
            rows.append((one, other, len(found), words, 100 * words / printed[one]))
    columns = ["article_id", "other", "passages", "words", "percent_of_article"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["percent_of_article", "article_id"], ascending=[False, True], ignore_index=True
    )


def cut(study: Study, article_id: str) -> pd.DataFrame:
    """One article's segments in order: ``article_id, start, kind, text``; blanks are left out."""
    table = study.segments[(study.segments["article_id"] == article_id) & (study.segments["kind"] != "blank")]
    return table.assign(text=_excerpt(table["text"]))[["article_id", "start", "kind", "text"]]


def _excerpt(texts: pd.Series) -> pd.Series:
    return texts.where(texts.str.len() <= EXCERPT, texts.str.slice(0, EXCERPT) + " …")
