"""Codings made by reading, kept beside the texts, and how far extractors and other readers agree with them.

A coding is a folder in ``codings/`` beside study.toml with ``attributions.csv`` and ``mentions.csv`` in the form that
the coding guide gives: offsets into the raw texts, with the words at these offsets repeated, so that a coding that has
slipped is noticed.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

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
    """The codings that stand beside a study's texts, adjudicated first; a blank sheet is no coding yet.

    Examples
    --------
    >>> from parley import load_study
    >>> names(load_study())
    ['adjudicated', 'first-reading', 'second-reading']
    """
    return _names(study.folder) if study.codings is None else list(study.codings)


def _names(folder: Path | None) -> list[str]:
    coders = []
    for path in sorted(folder.glob("codings/*/attributions.csv")) if folder else []:
        table, _ = read_table(path, may_be_empty=True)
        if not set(ROLES) <= set(table) or _has_words(table).any():
            coders.append(path.parent.name)
    return sorted(coders, key=lambda name: name != "adjudicated")


def _has_words(table: pd.DataFrame) -> pd.Series:
    """Whether each row has a source, a cue or a content."""
    return (table[ROLES].apply(lambda cells: cells.str.strip()) != "").any(axis=1)


def read_attributions(study: Study, coding: str) -> pd.DataFrame:
    """The attributions of one coding.

    Returns
    -------
    DataFrame
        ``article_id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``kind``, ``speaker``, ``side``
        (missing where empty), ``named``, ``nested`` (bool), ``via`` and the words: ``source_text``, ``cue_text``,
        ``content_text``.

    Raises
    ------
    StudyError
        A row names no article, has offsets that are none, words that are not at its offsets, or neither source nor cue
        nor content.
    """
    if study.codings is not None:
        return study.codings[coding].copy()
    return study.once(_read_attributions, coding).copy()


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    table, texts, path = _read(study, coding, "attributions", ROLES, [*ATTRIBUTION_LABELS, "nested", "via"])
    blank = ~_has_words(table)
    if "sentence_start" in table:
        table = _locate(table[~blank].copy(), texts, path)
    elif blank.any():
        _stop(path, blank.idxmax(), "expected a source, a cue or a content, there is none; remove the row.")
    for role in ROLES:
        spans = table[role].map(_spans)
        table[role] = _checked(path, table[role], spans, "spans such as 12:20;31:40, each ending after it starts")
        table[f"{role}_text"] = _words_at(table, texts, path, role, table[role], table.get(f"{role}_text"))
    table["kind"] = _labels(path, table["kind"], KINDS)
    for name in ("named", "nested"):
        flags = table[name].str.casefold().map(FLAGS)
        table[name] = _checked(path, table[name], flags, "true or false").astype(bool)
    return _blank_is_missing(table, ["speaker", "side", "via"])


def read_mentions(study: Study, coding: str) -> pd.DataFrame:
    """The keyword mentions of one coding; those without a polarity are not coded yet.

    Returns
    -------
    DataFrame
        ``article_id, start, end, keyword, family, polarity, holder, side`` and, where the coding has it, ``others``.

    Raises
    ------
    StudyError
        As for :func:`read_attributions`.
    """
    columns = ["start", "end", "keyword", "family"]
    table, texts, path = _read(study, coding, "mentions", columns, MENTION_LABELS)
    table = table[table["polarity"] != ""].copy()
    table["polarity"] = _labels(path, table["polarity"], POLARITIES)
    for column in ("start", "end"):
        numbers = pd.to_numeric(table[column], errors="coerce")
        table[column] = _checked(path, table[column], numbers, "a number").astype(int)
    spans = [[span] for span in zip(table["start"], table["end"], strict=True)]
    _words_at(table, texts, path, "keyword", spans, table["keyword"])
    return _blank_is_missing(table, ["holder", "side"])


def _read(
    study: Study, coding: str, name: str, columns: Sequence[str], labels: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series, Path]:
    """One file of a coding, without blanks around its labels, the texts it is of, and where it is."""
    path = study.folder / "codings" / coding / f"{name}.csv"
    # A study without keywords has no mention to code.
    table, _ = read_table(path, name=f"codings/{coding}/{name}.csv", may_be_empty=True)
    for column in ["article_id", *columns, *labels]:
        if column not in table:
            raise StudyError(
                f"codings/{coding}/{name}.csv: expected a column {column!r}; {did_you_mean(column, table.columns)}"
            )
    table[labels] = table[labels].apply(lambda cells: cells.str.strip())
    texts = study.articles.set_index("article_id")["text"]
    unknown = ~table["article_id"].isin(texts.index)
    if unknown.any():
        row = unknown.idxmax()
        _stop(path, row, f"no article has the id {table['article_id'][row]!r}; correct or remove it.")
    return table, texts, path


def _stop(path: Path, row: int, what: str) -> NoReturn:
    """Stop at a row of a coding, by its file and line."""
    raise StudyError(f"codings/{path.parent.name}/{path.name}: line {row_lines(path)[row]}: {what}")


def _checked(path: Path, cells: pd.Series, values: pd.Series, expected: str, remedy: str = "") -> pd.Series:
    """The values of a column's cells; stop at a cell that has none."""
    if values.isna().any():
        row = values.isna().idxmax()
        _stop(path, row, f"{cells.name}: expected {expected}, got {cells[row]!r}{remedy}.")
    return values


def _labels(path: Path, cells: pd.Series, allowed: Sequence[str]) -> pd.Series:
    """A column's labels in lower case; stop at one that the guide does not know. A blank is one not given yet."""
    labels = cells.str.casefold()
    known = labels.where(labels.isin([*allowed, ""]))
    return _checked(path, labels, known, f"{', '.join(allowed[:-1])} or {allowed[-1]}")


def _spans(cell: str) -> list[tuple[int, int]] | None:
    """The spans written as "12:20;31:40", if they are."""
    parts = [part for part in cell.split(";") if part]
    if not all(re.fullmatch(r"\s*\d+\s*:\s*\d+\s*", part) for part in parts):
        return None
    spans = [tuple(map(int, part.split(":"))) for part in parts]
    return spans if all(start < end for start, end in spans) else None


def _words_at(
    table: pd.DataFrame, texts: pd.Series, path: Path, column: str, spans: Iterable, written: pd.Series | None
) -> list[str]:
    """The words that the texts print at each row's spans; stop where the coding has others."""
    printed = []
    for row, article, parts in zip(table.index, table["article_id"], spans, strict=True):
        words = " … ".join(texts[article][start:end] for start, end in parts)
        if written is not None and words != written[row]:
            what = f"{column}: at its offsets stands {words[:40]!r}, the coding has {written[row][:40]!r}"
            _stop(path, row, f"{what}; put the offsets right.")
        printed.append(words)
    return printed


def _blank_is_missing(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{name: table[name].replace("", pd.NA) for name in columns}).reset_index(drop=True)


def _locate(sheet: pd.DataFrame, texts: pd.Series, path: Path) -> pd.DataFrame:
    """A filled-in coding sheet with the words of source, cue and content turned into offsets."""
    sheet["named"], sheet["nested"] = sheet["named"].replace("", "true"), sheet["nested"].replace("", "false")
    cells = sheet["sentence_start"]
    starts = pd.to_numeric(cells.where(cells.str.strip().str.isdecimal()))
    starts = _checked(path, cells, starts, "a number", "; copy it from the sentence's own row").astype(int)
    for role in ROLES:
        located = []
        for row, words in sheet[role].items():
            # Content may run on into the next sentences of a quotation; source and cue stand in the sentence.
            at, spans = starts[row], []
            for part in filter(None, map(str.strip, words.split("…"))):
                found = _as_printed(part).search(texts[sheet["article_id"][row]], at)
                if not found:
                    what = f"{role}: {part[:40]!r} does not stand in the text from this sentence on"
                    _stop(path, row, f"{what}; copy the words as they are printed.")
                spans.append(f"{found.start()}:{found.end()}")
                at = found.end()
            located.append(";".join(spans))
        sheet[role] = located
    return sheet


def _as_printed(words: str) -> re.Pattern:
    """A pattern for copied words, whatever blanks, line ends and styles of quotation marks the text has between them.

    >>> _as_printed('is "over"').search("This is\xa0“over”.").span()
    (5, 14)
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    for marks in ALIKE:
        pattern = re.sub(f"[{marks}]", f"[{marks}]", pattern)
    return re.compile(rf"(?<!\w){pattern}" if words[0].isalnum() else pattern)


def pair_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The rows of two tables that are the same attribution: ``article_id, found, coded``, missing without a partner."""
    rows = []
    # An article that nobody coded says nothing about the finder.
    for article in study.articles[study.articles["article_id"].isin(coded["article_id"])].itertuples():
        ours, theirs = (table[table["article_id"] == article.article_id] for table in (found, coded))
        pairs = match(article.text, _records(ours), _records(theirs))
        rows += [(article.article_id, ours.index[i], theirs.index[j]) for i, j in pairs]
        rows += [(article.article_id, label, None) for label in ours.index.delete([i for i, _ in pairs])]
        rows += [(article.article_id, None, label) for label in theirs.index.delete([j for _, j in pairs])]
    return pd.DataFrame(rows, columns=["article_id", "found", "coded"]).astype({"found": "Int64", "coded": "Int64"})


def _records(table: pd.DataFrame) -> list[dict]:
    """Source and content of each row as lists of spans; the table of attributions has a source's as two columns."""
    if "source" not in table:
        sources = zip(table["source_start"], table["source_end"], strict=True)
        table = table.assign(source=[[] if pd.isna(start) else [(start, end)] for start, end in sources])
    return table[["source", "content"]].to_dict("records")


def score_attributions(study: Study, found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well attributions found agree with a coding, in the articles that it covers.

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

    Examples
    --------
    >>> from parley import load_study
    >>> study = load_study()
    >>> first, second = (read_attributions(study, name) for name in ("first-reading", "second-reading"))
    >>> round(score_attributions(study, first, second)["f1"], 2)
    0.97
    """
    pairs = pair_attributions(study, found, coded)
    both = pairs.dropna()
    found_n, coded_n = int(pairs["found"].notna().sum()), int(pairs["coded"].notna().sum())
    scores = {
        "precision": _share(len(both), found_n),
        "recall": _share(len(both), coded_n),
        "f1": _share(2 * len(both), found_n + coded_n),
        "articles": coded["article_id"].nunique(),
        "found": found_n,
        "coded": coded_n,
        "paired": len(both),
    }
    for label in ATTRIBUTION_LABELS:
        scores[label] = _alike(found.loc[both["found"], label], coded.loc[both["coded"], label])
    return scores


def score_mentions(found: pd.DataFrame, coded: pd.DataFrame) -> dict[str, float]:
    """How well keyword mentions found agree with a coding, in the articles that it covers: all, none extra, and labels.

    Parameters
    ----------
    found, coded : DataFrame
        With ``article_id, start, end`` and the labels polarity, holder, side.

    Returns
    -------
    dict
        The numbers ``found``, ``coded``, ``paired``; for each label the share of pairs that agree, ``others`` only
        where the coding has them; Cohen's ``kappa`` of the polarity. All but the numbers are missing without a pair.
    """
    found = found[found["article_id"].isin(coded["article_id"])]
    pairs = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    scores = {"found": len(found), "coded": len(coded), "paired": len(pairs)}
    scores |= {label: _alike(pairs[label], pairs[f"{label}_coded"]) for label in MENTION_LABELS}
    if len(pairs) and "others_coded" in pairs:
        scores["others"] = float((pairs["others"].map(_holders) == pairs["others_coded"].map(_holders)).mean())
    return scores | {"kappa": kappa(pairs["polarity"], pairs["polarity_coded"])}


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa (Cohen 1960); 1 where both give one and the same label throughout, missing where there is none."""
    if not len(first):
        return float("nan")
    return 1.0 if list(first) == list(second) else float(cohen_kappa_score(list(first), list(second)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _alike(first: pd.Series, second: pd.Series) -> float:
    """The share of labels that are the same, whatever their capitals; missing where there is none."""
    plain = [labels.astype("string").fillna("").str.casefold().to_numpy() for labels in (first, second)]
    return _share(int((plain[0] == plain[1]).sum()), len(first))


def _holders(others: object) -> set[str]:
    """Further holders and their polarity, as rules give them ("for" of (name, "for")) or as a coding writes them."""
    if isinstance(others, str):
        return {one.strip().casefold() for one in others.split(";") if one.strip()}
    return {f"{name} ({polarity})".casefold() for name, polarity in others}
