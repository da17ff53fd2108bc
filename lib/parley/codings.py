"""Codings made by reading, kept beside the texts, and how far extractors and other readers agree with them.

A coding is a folder in ``codings/`` beside study.toml with ``attributions.csv`` and ``mentions.csv`` in the form that the coding guide
gives: offsets into the raw texts, with the words at these offsets repeated, so that a coding that has slipped is noticed.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from parley.agreement import match
from parley.corpus.reading import read_table
from parley.corpus.settings import StudyError, did_you_mean
from parley.study import Study

ROLES = ["source", "cue", "content"]
ATTRIBUTION_LABELS = ["kind", "speaker", "side", "named"]
MENTION_LABELS = ["polarity", "holder", "side"]


def names(study: Study) -> list[str]:
    """The codings that stand beside a study's texts, adjudicated first.

    Examples
    --------
    >>> from parley import load_study
    >>> names(load_study())
    ['adjudicated', 'first-reading', 'second-reading']
    """
    return study.kept("codings", lambda: _names(study))


def _names(study: Study) -> list[str]:
    if study.folder is None:
        return []
    paths = (study.folder / "codings").glob("*/attributions.csv")
    coders = sorted(path.parent.name for path in paths if _filled(path))
    return sorted(coders, key=lambda name: name != "adjudicated")


def _filled(path: Path) -> bool:
    """Whether a coding has a row with a cue; a blank sheet is no coding yet."""
    table, _ = read_table(path)
    return "cue" not in table or bool((table["cue"] != "").any())


def read_attributions(study: Study, coding: str) -> pd.DataFrame:
    """The attributions of one coding.

    Returns
    -------
    DataFrame
        ``article_id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``kind``, ``speaker``, ``side`` (missing where empty),
        ``named``, ``nested`` (bool), ``via`` and the words.

    Raises
    ------
    StudyError
        A row names no article, has offsets that are none, or words that are not at its offsets.
    """
    return study.kept(f"attributions coded by {coding}", lambda: _read_attributions(study, coding))


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    table, path = _read(study, coding, "attributions", ["article_id", *ROLES, *ATTRIBUTION_LABELS, "nested", "via"])
    texts = study.articles.set_index("article_id")["text"]
    if "sentence_start" in table:
        table = _locate(table, texts, path)
    for role in ROLES:
        table[role] = [_spans(value, f"{path}: row {i}: {role}") for i, value in enumerate(table[role], 1)]
        written = table.get(f"{role}_text")
        for i, row in enumerate(table.itertuples(), 1):
            words = " … ".join(texts[row.article_id][start:end] for start, end in getattr(row, role))
            if written is not None and words != written[row.Index]:
                raise StudyError(
                    f"{path}: row {i}: {role}: at its offsets stands {words[:40]!r}, the coding has "
                    f"{written[row.Index][:40]!r}; put the offsets right."
                )
    flags = {name: table[name].map({"true": True, "false": False}) for name in ("named", "nested")}
    for name, values in flags.items():
        if values.isna().any():
            place = f"{path}: row {values.isna().idxmax() + 1}: {name}"
            raise StudyError(f"{place}: expected true or false, got {table[name][values.isna().idxmax()]!r}.")
    blank = {name: table[name].replace("", pd.NA) for name in ("speaker", "side", "via")}
    return table.assign(**{name: values.astype(bool) for name, values in flags.items()}, **blank)


def read_mentions(study: Study, coding: str) -> pd.DataFrame:
    """The keyword mentions of one coding: ``article_id, start, end, keyword, family, polarity, holder, side, others``.

    Raises
    ------
    StudyError
        As for :func:`read_attributions`.
    """
    table, path = _read(study, coding, "mentions", ["article_id", "start", "end", "keyword", "family", *MENTION_LABELS])
    texts = study.articles.set_index("article_id")["text"]
    table = table[table["polarity"] != ""].reset_index(drop=True)  # a sheet may be filled in by and by
    for column in ("start", "end"):
        values = pd.to_numeric(table[column], errors="coerce")
        if values.isna().any():
            row = values.isna().idxmax()
            raise StudyError(f"{path}: row {row + 1}: {column}: expected a number, got {table[column][row]!r}.")
        table[column] = values.astype(int)
    for i, row in enumerate(table.itertuples(), 1):
        if (there := texts[row.article_id][row.start : row.end]) != row.keyword:
            raise StudyError(
                f"{path}: row {i}: at its offsets stands {there!r}, not {row.keyword!r}; put the offsets right."
            )
    return table.assign(holder=table["holder"].replace("", pd.NA), side=table["side"].replace("", pd.NA))


def _read(study: Study, coding: str, name: str, columns: Sequence[str]) -> tuple[pd.DataFrame, Path]:
    path = study.folder / "codings" / coding / f"{name}.csv"
    table, _ = read_table(path)
    place = f"codings/{coding}/{name}.csv"
    for column in columns:
        if column not in table:
            raise StudyError(f"{place}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
    unknown = ~table["article_id"].isin(study.articles["article_id"])
    if unknown.any():
        row = unknown.idxmax()
        raise StudyError(
            f"{place}: row {row + 1}: no article has the id {table['article_id'][row]!r}; correct or remove it."
        )
    return table, Path(place)


def _locate(sheet: pd.DataFrame, texts: pd.Series, path: Path) -> pd.DataFrame:
    """A filled-in coding sheet with the words of source, cue and content turned into offsets; sentences without a cue are left out."""
    sheet = sheet[sheet["cue"].str.strip() != ""].copy()
    sheet["named"], sheet["nested"] = sheet["named"].replace("", "true"), sheet["nested"].replace("", "false")
    for role in ROLES:
        places = []
        for row in sheet.itertuples():
            # Content may run on into the next sentences of a quotation; source and cue stand in the sentence or right around it.
            at, spans = int(row.sentence_start), []
            for part in filter(None, (part.strip() for part in getattr(row, role).split("…"))):
                found = texts[row.article_id].find(part, at)
                if found < 0:
                    raise StudyError(
                        f"{path}: row {row.Index + 1}: {role}: {part[:40]!r} does not stand in the text from this sentence on; "
                        "copy the words as they are printed."
                    )
                spans.append(f"{found}:{found + len(part)}")
                at = found + len(part)
            places.append(";".join(spans))
        sheet[role] = places
    return sheet.reset_index(drop=True)


def _spans(value: str, place: str) -> list[tuple[int, int]]:
    """The spans written as "12:20;31:40".

    Examples
    --------
    >>> _spans("12:20;31:40", "row 1")
    [(12, 20), (31, 40)]
    """
    try:
        spans = [(int(start), int(end)) for start, end in (part.split(":") for part in value.split(";") if part)]
    except ValueError:
        raise StudyError(f"{place}: expected spans such as 12:20;31:40, got {value!r}.") from None
    if any(start >= end for start, end in spans):
        raise StudyError(f"{place}: expected every span to end after it starts, got {value!r}.")
    return spans


def pair_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Every attribution found beside the coded one that it equals.

    Two are equal if their contents share at least half their words (Jaccard) and their sources share one, or neither has a source; they are
    paired one to one (:func:`parley.agreement.match`).

    Parameters
    ----------
    found, coded : DataFrame
        With ``article_id, source, content``; both cut down to articles of the study.

    Returns
    -------
    DataFrame
        ``article_id, found, coded``: row labels in either table, missing where there is no partner.
    """
    rows = []
    # An article that nobody coded says nothing about the finder.
    for article in study.articles[study.articles["article_id"].isin(coded["article_id"])].itertuples():
        ours = found[found["article_id"] == article.article_id]
        theirs = coded[coded["article_id"] == article.article_id]
        pairs = match(article.text, _records(ours), _records(theirs))
        rows += [(article.article_id, ours.index[i], theirs.index[j]) for i, j in pairs]
        left = ours.index.difference(ours.index[[i for i, _ in pairs]])
        missed = theirs.index.difference(theirs.index[[j for _, j in pairs]])
        rows += [(article.article_id, label, None) for label in left] + [
            (article.article_id, None, label) for label in missed
        ]
    return pd.DataFrame(rows, columns=["article_id", "found", "coded"]).astype({"found": "Int64", "coded": "Int64"})


def _records(table: pd.DataFrame) -> list[dict]:
    """The rows with their source as a list of spans, which the table of attributions has as two columns."""
    records = table.to_dict("records")
    for record in records:
        if "source" not in record:
            start, end = record["source_start"], record["source_end"]
            record["source"] = [] if pd.isna(start) else [(start, end)]
    return records


def score_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well attributions found agree with a coding.

    Parameters
    ----------
    found, coded : DataFrame
        As for :func:`pair_attributions`, with the labels kind, speaker, side, named.

    Returns
    -------
    dict
        ``precision``, ``recall``, ``f1``; the numbers ``found``, ``coded``, ``paired``; and for each label the share of pairs that agree.
    """
    pairs = pair_attributions(study, found, coded)
    both = pairs.dropna()
    found_n, coded_n = int(pairs["found"].notna().sum()), int(pairs["coded"].notna().sum())
    precision = len(both) / found_n if found_n else 0.0
    recall = len(both) / coded_n if coded_n else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both.size else 0.0
    scores = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "found": found_n,
        "coded": coded_n,
        "paired": len(both),
    }
    for label in ATTRIBUTION_LABELS:
        ours, theirs = found.loc[both["found"], label], coded.loc[both["coded"], label]
        scores[label] = float((_plain(ours).to_numpy() == _plain(theirs).to_numpy()).mean()) if len(both) else 0.0
    return scores


def score_mentions(found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well keyword mentions found agree with a coding: all found, none extra, and the labels.

    Returns
    -------
    dict
        The numbers ``found``, ``coded``, ``paired``; for each label the share of pairs that agree; Cohen's ``kappa`` of the polarity.
    """
    pairs = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    scores = {"found": len(found), "coded": len(coded), "paired": len(pairs)}
    for label in MENTION_LABELS:
        scores[label] = float((_plain(pairs[label]) == _plain(pairs[f"{label}_coded"])).mean()) if len(pairs) else 0.0
    return scores | {"kappa": kappa(pairs["polarity"], pairs["polarity_coded"])}


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa (Cohen 1960), by scikit-learn; 1 where both give one and the same label throughout."""
    if list(first) == list(second):
        return 1.0
    return float(cohen_kappa_score(list(first), list(second)))


def _plain(labels: pd.Series) -> pd.Series:
    return labels.astype("string").fillna("").str.casefold()
