"""Codings made by reading, kept beside the texts, and how far extractors and other readers agree with them.

A coding is a folder in ``codings/`` beside study.toml with ``attributions.csv`` and ``mentions.csv`` in the form that
the coding guide gives: offsets into the raw texts, with the words at these offsets repeated, so that a coding that has
slipped is noticed.
"""

import operator
import re
from collections.abc import Callable, Iterable
from typing import NoReturn

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from parley.codings.agreement import Spans, match
from parley.codings.order import coding_order
from parley.corpus.corrections import POLARITIES
from parley.corpus.places import ARTICLE, UNCLEAR
from parley.corpus.reading import handed_out, read_table, row_lines
from parley.corpus.settings import StudyError, check_study, check_table, did_you_mean
from parley.study import Study

__all__ = [
    "coding_order", "names", "pair_attributions", "read_attributions", "read_mentions", "score_attributions",
    "score_mentions",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


ROLES = ["source", "cue", "content"]
ATTRIBUTION_LABELS = ["kind", "speaker", "side", "named"]
MENTION_LABELS = ["polarity", "holder", "side"]
KINDS = ["direct", "indirect", "mixed"]
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
# Marks that programs put in each other's place while somebody copies.
ALIKE = ['"“”„‟«»', "'‘’‚‛`´"]


def names(study: Study) -> list[str]:
    """The codings that stand beside a study's texts, adjudicated first; a blank sheet is no coding yet."""
    check_study(study, "names")
    if study.codings is not None:
        return list(study.codings)
    coders = []
    for path in sorted(study.folder.glob("codings/*/attributions.csv")) if study.folder else []:
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
    check_study(study, "read_attributions")
    return handed_out(study.once(_read_attributions, coding))


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    coded = _CodedFile(study, coding, "attributions", ROLES, [*ATTRIBUTION_LABELS, "nested", "via"])
    blank = ~_has_words(coded.table)
    if "sentence_start" in coded.table:
        coded.table = coded.table[~blank].copy()
        coded.locate()
    elif blank.any():
        coded.stop(blank.idxmax(), "expected a source, a cue or a content, there is none; remove the row.")
    for role in ROLES:
        coded.read(role, _spans, "spans such as 12:20;31:40, each ending after it starts")
        coded.read_words(role, coded.table[role], f"{role}_text")
    coded.read("kind", _one_of(KINDS), "direct, indirect or mixed")
    for name in ("named", "nested"):
        coded.read(name, lambda cell: FLAGS.get(cell.casefold()), "true or false")
    return coded.finished(["speaker", "side", "via"], {"named": bool, "nested": bool})


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
    check_study(study, "read_mentions")
    coded = _CodedFile(study, coding, "mentions", ["start", "end", "keyword", "family"], MENTION_LABELS)
    coded.table = coded.table[coded.table["polarity"] != ""].copy()
    coded.read("polarity", _one_of(POLARITIES), "for, against or neutral")
    for column in ("start", "end"):
        coded.read(column, _number, "a number")
    spans = [[span] for span in zip(coded.table["start"], coded.table["end"], strict=True)]
    coded.read_words("keyword", spans, "keyword")
    return coded.finished(["holder", "side"], {"start": int, "end": int})


class _CodedFile:
    """One file of a coding: its table, the texts it is of, and errors that name its lines."""

    def __init__(self, study: Study, coding: str, name: str, columns: list[str], labels: list[str]):
        self.name = f"codings/{coding}/{name}.csv"
        if study.folder is None:
            raise StudyError(
                f"{self.name}: a study made from a table in hand has no folder with codings; load it from one."
            )
        self.path = study.folder / self.name
        self.texts = study.articles.set_index("article_id")["text"]
        # A study without keywords has no mention to code.
        self.table, _ = read_table(self.path, name=self.name, may_be_empty=True)
        for column in ["article_id", *columns, *labels]:
            if column not in self.table:
                known = did_you_mean(column, self.table.columns)
                raise StudyError(f"{self.name}: expected a column {column!r}; {known}")
        self.table[labels] = self.table[labels].apply(lambda cells: cells.str.strip())
        for row, article in self.table["article_id"].items():
            if article not in study.article_ids:
                self.stop(row, f"no article has the id {article!r}; correct or remove it.")
        self.table = self.table[self.table["article_id"].isin(self.texts.index)].copy()

    def stop(self, row: int, what: str) -> NoReturn:
        raise StudyError(f"{self.name}: line {row_lines(self.path)[row]}: {what}")

    def read(self, column: str, read: Callable[[str], object], expected: str, remedy: str = "") -> None:
        """Put what the cells of a column say in their place; stop at one that cannot be read."""
        values = self.table[column].map(read)
        if values.isna().any():
            row = values.isna().idxmax()
            self.stop(row, f"{column}: expected {expected}, got {self.table[column][row]!r}{remedy}.")
        self.table[column] = values

    def read_words(self, column: str, spans: Iterable[Spans], written: str) -> None:
        """Put what the texts print at each row's spans into the column `written`; stop where that has other words."""
        printed = []
        for row, article, parts in zip(self.table.index, self.table["article_id"], spans, strict=True):
            words = " … ".join(self.texts[article][start:end] for start, end in parts)
            if written in self.table and words != self.table[written][row]:
                what = f"{column}: at its offsets stands {words[:40]!r}, the coding has"
                self.stop(row, f"{what} {self.table[written][row][:40]!r}; put the offsets right.")
            printed.append(words)
        self.table[written] = printed

    def locate(self) -> None:
        """Turn the words that a coder copied into a sheet into offsets."""
        sheet = self.table
        sheet["named"], sheet["nested"] = sheet["named"].replace("", "true"), sheet["nested"].replace("", "false")
        self.read("sentence_start", _number, "a number", "; copy it from the sentence's own row")
        for role in ROLES:
            located = []
            for row, words in sheet[role].items():
                # Content may run on into the next sentences of a quotation; source and cue stand in the sentence.
                at, spans = sheet["sentence_start"][row], []
                for part in filter(None, map(str.strip, words.split("…"))):
                    found = _as_printed(part).search(self.texts[sheet["article_id"][row]], at)
                    if not found:
                        what = f"{role}: {part[:40]!r} does not stand in the text from this sentence on"
                        self.stop(row, f"{what}; copy the words as they are printed.")
                    spans.append(f"{found.start()}:{found.end()}")
                    at = found.end()
                located.append(";".join(spans))
            sheet[role] = located

    def finished(self, may_be_missing: list[str], types: dict[str, type]) -> pd.DataFrame:
        """The table, blanks of some columns missing, of the same types when there is no row."""
        blank = {name: self.table[name].replace("", pd.NA) for name in may_be_missing}
        return self.table.assign(**blank).astype(types).reset_index(drop=True)


def _number(cell: str) -> int | None:
    return int(cell) if cell.strip().isdecimal() else None


def _one_of(labels: list[str]) -> Callable[[str], str | None]:
    """Make what reads a label, whatever its capitals; a blank is one not given yet."""
    return lambda cell: cell.casefold() if cell.casefold() in [*labels, ""] else None


def _spans(cell: str) -> list[tuple[int, int]] | None:
    """The spans written as "12:20;31:40", if they are."""
    parts = [part for part in cell.split(";") if part]
    if not all(re.fullmatch(r"\s*\d+\s*:\s*\d+\s*", part) for part in parts):
        return None
    spans = [tuple(map(int, part.split(":"))) for part in parts]
    return spans if all(start < end for start, end in spans) else None


def _as_printed(words: str) -> re.Pattern:
    """A pattern for copied words, whatever blanks, line ends and styles of quotation marks the text has."""
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
    """
    check_study(study, "score_attributions")
    for given in (found, coded):
        check_table(given, "score_attributions", "score_attributions(study, study.attributions, coded)")
    pairs = pair_attributions(study, found, coded)
    both = pairs.dropna()
    found_n, coded_n = pairs[["found", "coded"]].count().tolist()
    scores = {"precision": _share(len(both), found_n), "recall": _share(len(both), coded_n)}
    scores |= {"f1": _share(2 * len(both), found_n + coded_n), "articles": coded["article_id"].nunique()}
    scores |= {"found": found_n, "coded": coded_n, "paired": len(both)}
    chosen = found.loc[both["found"]], coded.loc[both["coded"]]
    return scores | {label: _alike(*(table[label] for table in chosen)) for label in ATTRIBUTION_LABELS}


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
    for given in (found, coded):
        check_table(given, "score_mentions", "score_mentions(study.mentions, coded)")
    found = found[found["article_id"].isin(coded["article_id"])]
    pairs = found.merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    scores = {"found": len(found), "coded": len(coded), "paired": len(pairs)}
    scores |= {label: _alike(pairs[label], pairs[f"{label}_coded"]) for label in MENTION_LABELS}
    if len(pairs) and "others_coded" in pairs:
        scores["others"] = float((pairs["others"].map(_holders) == pairs["others_coded"].map(_holders)).mean())
    first, second = pairs["polarity"].tolist(), pairs["polarity_coded"].tolist()
    # Two codings with one and the same label throughout agree, though kappa has no value there.
    kappa = _share(len(first), len(second)) if first == second else float(cohen_kappa_score(first, second))
    return scores | {"kappa": kappa}


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
