"""Codings made by reading, kept beside the texts, and how far extractors and other readers agree with them.

A coding is a folder in ``codings/`` beside study.toml with ``attributions.csv`` and ``mentions.csv`` in the form that the coding guide
gives: offsets into the raw texts, with the words at these offsets repeated, so that a coding that has slipped is noticed.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from parley.codings.agreement import match
from parley.corpus.corrections import POLARITIES
from parley.corpus.reading import read_table, row_lines
from parley.corpus.settings import StudyError, did_you_mean
from parley.study import Study

ROLES = ["source", "cue", "content"]
ATTRIBUTION_LABELS = ["kind", "speaker", "side", "named"]
MENTION_LABELS = ["polarity", "holder", "side"]
KINDS = ["direct", "indirect", "mixed"]
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
# Marks that programs put in each other's place while somebody copies.
ALIKE = ['"“”„‟«»', "'‘’‚‛`´"]


def names(study: Study) -> list[str]:
    """The codings that stand beside a study's texts, adjudicated first.

    Examples
    --------
    >>> from parley import load_study
    >>> names(load_study())
    ['adjudicated', 'first-reading', 'second-reading']
    """
    return _names(study) if study.codings is None else list(study.codings)


def _names(study: Study) -> list[str]:
    if study.folder is None:
        return []
    paths = (study.folder / "codings").glob("*/attributions.csv")
    coders = sorted(path.parent.name for path in paths if _filled(path))
    return sorted(coders, key=lambda name: name != "adjudicated")


def _filled(path: Path) -> bool:
    """Whether a coding has a row with words or offsets; a blank sheet is no coding yet."""
    table, _ = read_table(path, may_be_empty=True)
    return not set(ROLES) <= set(table) or bool(_coded(table).any())


def _coded(table: pd.DataFrame) -> pd.Series:
    """Whether each row has a source, a cue or a content."""
    return (table[ROLES].apply(lambda cells: cells.str.strip()) != "").any(axis=1)


def read_attributions(study: Study, coding: str) -> pd.DataFrame:
    """The attributions of one coding.

    Returns
    -------
    DataFrame
        ``article_id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``kind``, ``speaker``, ``side`` (missing where empty),
        ``named``, ``nested`` (bool), ``via`` and the words: ``source_text``, ``cue_text``, ``content_text``.

    Raises
    ------
    StudyError
        A row names no article, has offsets that are none, words that are not at its offsets, or neither source nor cue nor content.
    """
    if study.codings is not None:
        return study.codings[coding].copy()
    return study.once(_read_attributions, coding).copy()


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    columns = [*ATTRIBUTION_LABELS, "nested", "via"]
    table, path = _read(study, coding, "attributions", ["article_id", *ROLES, *columns])
    table[columns] = table[columns].apply(lambda cells: cells.str.strip())
    texts = study.articles.set_index("article_id")["text"]
    if "sentence_start" in table:
        table = _locate(table, texts, path)
    elif not _coded(table).all():
        raise StudyError(
            f"{_place(path, _coded(table).idxmin())}: expected a source, a cue or a content, there is none; remove the row."
        )
    for role in ROLES:
        table[role] = [_spans(value, path, row, role) for row, value in table[role].items()]
        written = table.get(f"{role}_text")
        printed = []
        for row in table.itertuples():
            words = " … ".join(texts[row.article_id][start:end] for start, end in getattr(row, role))
            if written is not None and words != written[row.Index]:
                raise StudyError(
                    f"{_place(path, row.Index)}: {role}: at its offsets stands {words[:40]!r}, the coding has "
                    f"{written[row.Index][:40]!r}; put the offsets right."
                )
            printed.append(words)
        table[f"{role}_text"] = printed
    _one_of(table, path, "kind", KINDS)
    flags = {name: table[name].str.casefold().map(FLAGS) for name in ("named", "nested")}
    for name, values in flags.items():
        if values.isna().any():
            row = values.isna().idxmax()
            raise StudyError(f"{_place(path, row)}: {name}: expected true or false, got {table[name][row]!r}.")
    blank = {name: table[name].replace("", pd.NA) for name in ("speaker", "side", "via")}
    table = table.assign(**{name: values.astype(bool) for name, values in flags.items()}, **blank)
    return table.reset_index(drop=True)


def read_mentions(study: Study, coding: str) -> pd.DataFrame:
    """The keyword mentions of one coding: ``article_id, start, end, keyword, family, polarity, holder, side, others``.

    Raises
    ------
    StudyError
        As for :func:`read_attributions`.
    """
    table, path = _read(study, coding, "mentions", ["article_id", "start", "end", "keyword", "family", *MENTION_LABELS])
    texts = study.articles.set_index("article_id")["text"]
    table[MENTION_LABELS] = table[MENTION_LABELS].apply(lambda cells: cells.str.strip())
    table = table[table["polarity"] != ""].copy()  # a sheet may be filled in by and by
    _one_of(table, path, "polarity", POLARITIES)
    for column in ("start", "end"):
        values = pd.to_numeric(table[column], errors="coerce")
        if values.isna().any():
            row = values.isna().idxmax()
            raise StudyError(f"{_place(path, row)}: {column}: expected a number, got {table[column][row]!r}.")
        table[column] = values.astype(int)
    for row in table.itertuples():
        if (there := texts[row.article_id][row.start : row.end]) != row.keyword:
            raise StudyError(
                f"{_place(path, row.Index)}: at its offsets stands {there!r}, not {row.keyword!r}; put the offsets right."
            )
    table = table.reset_index(drop=True)
    return table.assign(holder=table["holder"].replace("", pd.NA), side=table["side"].replace("", pd.NA))


def _read(study: Study, coding: str, name: str, columns: Sequence[str]) -> tuple[pd.DataFrame, Path]:
    path = study.folder / "codings" / coding / f"{name}.csv"
    # A study without keywords has no mention to code.
    table, _ = read_table(path, name=f"codings/{coding}/{name}.csv", may_be_empty=True)
    for column in columns:
        if column not in table:
            raise StudyError(
                f"codings/{coding}/{name}.csv: expected a column {column!r}; {did_you_mean(column, table.columns)}"
            )
    unknown = ~table["article_id"].isin(study.articles["article_id"])
    if unknown.any():
        row = unknown.idxmax()
        raise StudyError(
            f"{_place(path, row)}: no article has the id {table['article_id'][row]!r}; correct or remove it."
        )
    return table, path


def _one_of(table: pd.DataFrame, path: Path, column: str, allowed: Sequence[str]) -> None:
    """Put a column's labels in lower case; stop at one that the guide does not know. A blank is one not given yet."""
    table[column] = table[column].str.casefold()
    wrong = ~table[column].isin([*allowed, ""])
    if wrong.any():
        row = wrong.idxmax()
        raise StudyError(
            f"{_place(path, row)}: {column}: expected {', '.join(allowed[:-1])} or {allowed[-1]}, got {table[column][row]!r}."
        )


def _place(path: Path, row: int) -> str:
    """File and line of a row of a coding, for errors."""
    return f"codings/{path.parent.name}/{path.name}: line {row_lines(path)[row]}"


def _locate(sheet: pd.DataFrame, texts: pd.Series, path: Path) -> pd.DataFrame:
    """A filled-in coding sheet with the words of source, cue and content turned into offsets; sentences with none of them are left out."""
    sheet = sheet[_coded(sheet)].copy()
    sheet["named"], sheet["nested"] = sheet["named"].replace("", "true"), sheet["nested"].replace("", "false")
    for role in ROLES:
        places = []
        for row in sheet.itertuples():
            # Content may run on into the next sentences of a quotation; source and cue stand in the sentence or right around it.
            if not row.sentence_start.strip().isdecimal():
                raise StudyError(
                    f"{_place(path, row.Index)}: sentence_start: expected a number, got {row.sentence_start!r}; copy it from the sentence's own row."
                )
            at, spans = int(row.sentence_start), []
            for part in filter(None, (part.strip() for part in getattr(row, role).split("…"))):
                found = _as_printed(part).search(texts[row.article_id], at)
                if not found:
                    raise StudyError(
                        f"{_place(path, row.Index)}: {role}: {part[:40]!r} does not stand in the text from this sentence on; "
                        "copy the words as they are printed."
                    )
                spans.append(f"{found.start()}:{found.end()}")
                at = found.end()
            places.append(";".join(spans))
        sheet[role] = places
    return sheet


def _as_printed(words: str) -> re.Pattern:
    """A pattern for copied words, whatever blanks, line ends and styles of quotation marks the text has between them.

    Examples
    --------
    >>> _as_printed('is "over"').search("This is\xa0“over”.").span()
    (5, 14)
    """

    def letter(character: str) -> str:
        marks = next((marks for marks in ALIKE if character in marks), None)
        return f"[{marks}]" if marks else re.escape(character)

    pattern = r"\s+".join("".join(map(letter, word)) for word in words.split())
    return re.compile(rf"(?<!\w){pattern}" if words[0].isalnum() else pattern)


def _spans(value: str, path: Path, row: int, role: str) -> list[tuple[int, int]]:
    """The spans written as "12:20;31:40"."""
    try:
        spans = [(int(start), int(end)) for start, end in (part.split(":") for part in value.split(";") if part)]
    except ValueError:
        raise StudyError(f"{_place(path, row)}: {role}: expected spans such as 12:20;31:40, got {value!r}.") from None
    if any(start >= end for start, end in spans):
        raise StudyError(f"{_place(path, row)}: {role}: expected every span to end after it starts, got {value!r}.")
    return spans


def pair_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Every attribution found beside the coded one that it equals.

    Two are equal if their contents share at least half their words (Jaccard) and their sources share one, or neither has a source; they are
    paired one to one (:func:`parley.codings.agreement.match`).

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
        ``precision``, ``recall``, ``f1``; the numbers ``articles`` (those coded; the others are not compared), ``found``, ``coded``,
        ``paired``; and for each label the share of pairs that agree.
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
        "articles": coded["article_id"].nunique(),
        "found": found_n,
        "coded": coded_n,
        "paired": len(both),
    }
    for label in ATTRIBUTION_LABELS:
        ours, theirs = found.loc[both["found"], label], coded.loc[both["coded"], label]
        scores[label] = float((_plain(ours).to_numpy() == _plain(theirs).to_numpy()).mean()) if len(both) else 0.0
    return scores


def score_mentions(found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well keyword mentions found agree with a coding, in the articles that it covers: all found, none extra, and the labels.

    Returns
    -------
    dict
        The numbers ``found``, ``coded``, ``paired``; for each label the share of pairs that agree, ``others`` only where the coding has
        them; Cohen's ``kappa`` of the polarity.
    """
    found = found[found["article_id"].isin(coded["article_id"])]
    pairs = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    scores = {"found": len(found), "coded": len(coded), "paired": len(pairs)}
    for label in MENTION_LABELS:
        scores[label] = float((_plain(pairs[label]) == _plain(pairs[f"{label}_coded"])).mean()) if len(pairs) else 0.0
    if len(pairs) and "others_coded" in pairs:
        scores["others"] = float((pairs["others"].map(_holders) == pairs["others_coded"].map(_holders)).mean())
    return scores | {"kappa": kappa(pairs["polarity"], pairs["polarity_coded"])}


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa (Cohen 1960), by scikit-learn; 1 where both give one and the same label throughout, missing where there is none."""
    if not len(first):
        return float("nan")
    if list(first) == list(second):
        return 1.0
    return float(cohen_kappa_score(list(first), list(second)))


def _holders(others: object) -> set[str]:
    """Further holders and their polarity, as rules give them or as a coding writes them.

    Examples
    --------
    >>> _holders([("Harbour Union", "for")]) == _holders("harbour union (for)")
    True
    """
    if isinstance(others, str):
        return {one.strip().casefold() for one in others.split(";") if one.strip()}
    return {f"{name} ({polarity})".casefold() for name, polarity in others}


def _plain(labels: pd.Series) -> pd.Series:
    return labels.astype("string").fillna("").str.casefold()
