"""The tables as CSV files with a codebook, for the report's readers and their own tools."""

import csv
from pathlib import Path

import pandas as pd

from parley.findings import contrast, findings, varied
from parley.reuse import shared_passages
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study

# What a spreadsheet would run as a formula is written with an apostrophe before it; the codebook says so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

CODEBOOK = {
    "articles": {
        "article_id": "name of the article in all tables",
        "outlet": "who published it; empty where nothing says so",
        "date": "day of publication",
        "date_basis": "how the date is known: stated, inferred from text, outside knowledge",
        "credit": "agency or author as printed",
        "place": "where it was reported from",
        "headline": "as given in the metadata",
        "source_file": "name under which the text was received",
    },
    "sentences": {
        "kind": "kind of segment it stands in",
        "paragraph": "running number of the segment in its article, from 0",
        "start": "offset of the first character in the raw text",
        "end": "offset behind the last character",
        "text": "as printed",
        "counted": "whether it takes part in counts",
        "left_out": "why not: furniture, repeat (printed again in the article), shared (copy that another article contributes)",
    },
    "mentions": {
        "keyword": "as printed",
        "family": "keyword family of study.toml",
        "polarity": "stance of the holder toward the thing named: for, against, neutral",
        "holder": "whose stance it is; article for plain narration",
        "side": "side the holder stands on",
        "others": "further holders within, with their polarity",
        "cue": "words that decided the polarity",
        "sentence": "the sentence it stands in",
        "mention_id": "permanent name of the row",
    },
    "attributions": {
        "attribution_id": "permanent name of the row",
        "source_start": "offset of the source; empty where the text names none",
        "source_end": "offset behind the source",
        "cue_start": "offset of the first part of the cue",
        "cue_end": "offset behind it",
        "cue": "all parts of the cue, as offsets",
        "content": "all parts of the content, as offsets",
        "source_text": "who, as printed",
        "cue_text": "the words that tie source and content",
        "content_text": "what is attributed",
        "kind": "direct (quotation only), indirect (none), mixed",
        "speaker": "who the source is, in full",
        "named": "whether the source is, or refers to, a named person, body or state",
        "via": "who passed it on",
        "rule": "rule of the extractor that found it",
        "nested": "whether it stands inside the content of another row, and its holder is somebody else",
    },
    "terms": {
        "term": "word, folded by the tokeniser",
        "group": "the group set against all others, where there are more than two",
        "log_ratio": "doublings of the rate, first group against second",
        "log_odds": "difference in log-odds under an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008)",
        "log_odds_z": "the same by its standard error, for ranking, not for testing",
        "g2": "log-likelihood ratio, for comparison with other tools; no test",
        "dispersion": "Gries' deviation of proportions over the articles, 0 even to 1 in one corner",
        "p_value": "family-wise, from dealing out articles at random; empty where the word is too rare to test",
    },
    "passages": {
        "article_a": "one of two articles that share a passage",
        "start_a": "offset in its raw text",
        "end_a": "offset behind it",
        "article_b": "the other",
        "start_b": "offset in its raw text",
        "end_b": "offset behind it",
        "words": "words that agree",
        "edits": "what differs: operation, words in a, words in b; who changed what is not known",
    },
    "findings": {
        "finding_id": "permanent name of the finding",
        "notebook": "where its evidence is",
        "sentence": "the finding, as computed",
        "claim": "what must stay the same for it to hold, in words",
        "value": "the figure it rests on",
        "low": "lowest value over all variations",
        "high": "highest value over all variations",
        "range": "the same in words",
        "variations": "number of variations it was recomputed in",
        "holds": "in how many of them it holds",
        "broken_by": "those that break it",
        "not_varied": "why nothing could be varied; empty where something was",
    },
    "variations": {
        "finding_id": "name of the finding",
        "notebook": "where its evidence is",
        "variation": "what was decided otherwise",
        "outcome": "whether the claim holds there or is lost, or why this could not be asked",
        "value": "the figure there",
        "sentence": "the finding there",
    },
}


def tables(study: Study) -> dict[str, pd.DataFrame]:
    """The tables that the report offers, by name."""
    keywords = {"mentions": mentions(study)} if study.settings.get("keywords") else {}
    terms = {} if (found := contrast(study)) is None else {"terms": found.reset_index()}
    return {
        "articles": study.articles.drop(columns="text"),
        "sentences": study.sentences,
        **terms,
        **keywords,
        "attributions": attributions(study),
        "passages": shared_passages(study).drop(columns="alignment"),
        "findings": findings(study),
        "variations": varied(study),
    }


def write_tables(study: Study, folder: Path) -> list[str]:
    """Write the tables and the codebook into `folder`; their names are returned."""
    rows = []
    for name, table in tables(study).items():
        harmless(table).to_csv(folder / f"{name}.csv", index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
        shared = CODEBOOK["articles"] | CODEBOOK["sentences"] | CODEBOOK["mentions"]
        meanings = shared | CODEBOOK[name]
        rows += [(name, column, meanings.get(column) or _by_group(column)) for column in table]
    note = "text that begins with = + - @ has an apostrophe before it, so that a spreadsheet does not run it"
    codebook = pd.DataFrame([*rows, ("all", "text cells", note)], columns=["table", "column", "meaning"])
    codebook.to_csv(folder / "codebook.csv", index=False, lineterminator="\n")
    return list(tables(study))


def _by_group(column: str) -> str:
    for stem, meaning in (
        ("count_", "occurrences"),
        ("articles_", "articles with it"),
        ("reports_", "independent reports with it (articles that share copy are one)"),
        ("per_1000_", "per 1,000 words"),
    ):
        if column.startswith(stem):
            return f"{meaning} in the group {column.removeprefix(stem)}"
    return "as given in the study's metadata"


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with text that a spreadsheet would take for a formula made plain.

    Examples
    --------
    >>> harmless(pd.DataFrame({"text": ["=1+1", "a = b"], "n": [-1, 2]}))["text"].tolist()
    ["'=1+1", 'a = b']
    """
    return table.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell)
