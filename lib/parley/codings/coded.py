"""Codings, read: whole articles by offsets, or sheets that a coder filled in row by row."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from parley.codings.file import MENTION_LABELS, NEEDED, ROLES, CodedFile
from parley.corpus.corrections import POLARITIES
from parley.corpus.reading import handed_out
from parley.corpus.settings import Entries, Section, StudyError, check_study, did_you_mean
from parley.study import Study

KINDS = ["direct", "indirect", "mixed"]
CANNOT_TELL = "can't tell"
FLAGS = {"true": True, "yes": True, "false": False, "no": False}


class Places(Section):
    """The places in each article; as nobody can change it, no copy of the table that has it in its `attrs` copies it."""

    def __deepcopy__(self, memo: dict) -> "Places":
        return self


def names(study: Study, having: str | None = None) -> list[str]:
    """The codings that stand beside a study's texts, adjudicated first; a blank sheet is no coding yet.

    Parameters
    ----------
    having : {"attributions", "mentions"}, optional
        Only those that have at least one of these; left out, also those that read sentences in which nothing is.
    """
    check_study(study, "names")
    coders = study.base.once(_coders) if study.codings is None else study.codings
    found = [name for name in coders if study.base.once(_begun, name, having)]
    return sorted(found, key=lambda name: name != "adjudicated") if study.codings is None else found


def _begun(study: Study, coder: str, having: str | None) -> bool:
    """Whether anything of a coding, or of a part of it, is coded."""
    tables = {what: study.once(load, coder, what).table for what in ([having] if having else NEEDED)}
    return any(len(said(table, what, read=not having)) for what, table in tables.items())


def _coders(study: Study) -> list[str]:
    folders = study.folder.glob("codings/*/") if study.folder else []
    return sorted(folder.name for folder in folders if any(_files(folder, what) for what in NEEDED))


def said(table: pd.DataFrame, what: str, *, read: bool = False) -> pd.DataFrame:
    """The rows with a polarity, or words of an attribution, or `read` at least; all of them where such columns lack."""
    columns = ["polarity"] if what == "mentions" else ROLES
    if not set(columns) <= set(table):
        return table
    return table[_filled(table, [*columns, "coded"] if read and "coded" in table else columns)]


def _filled(table: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether each row has anything in these columns."""
    return (table[columns].apply(lambda cells: cells.str.strip()) != "").any(axis=1)


def read_attributions(study: Study, coding: str) -> pd.DataFrame:
    """The attributions of one coding.

    Returns
    -------
    DataFrame
        ``article_id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``kind``, ``speaker``, ``side``
        (missing where empty), ``named``, ``nested`` (bool), ``via`` and the words: ``source_text``, ``cue_text``,
        ``content_text``. Where sentences were coded in coding order, ``attrs["sentences"]`` has those that were, by
        article, as ``(start, end)``: sentences without a row hold nothing only if they are among them.

    Raises
    ------
    StudyError
        A row names no article, has offsets that are none, words that are not at its offsets, or neither source nor cue
        nor content.

    Warns
    -----
    UserWarning
        Rows of the sheet were numbered anew or moved: it is a coding, but no random sample.
    """
    check_study(study, "read_attributions")
    return _own(study, study.base.once(_read_attributions, coding))


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    coded = study.once(load, coding, "attributions").of(study)
    blank, drawn, sentences = ~_filled(coded.table, ROLES), coded.table, None
    if coded.is_sheet:
        coded.read_places("sentence_start", "sentence_end")
        sentences = _sentences(coded, blank)
        # A row that was copied for another attribution and never changed says nothing twice.
        coded.table = coded.table[~blank].drop_duplicates().copy()
        coded.locate()
    elif blank.any():
        coded.stop(blank.idxmax(), "expected a source, a cue or a content, there is none; remove the row.")
    for role in ROLES:
        coded.read(role, spans, "spans such as 12:20;31:40, each ending after it starts")
        coded.read_words(role, coded.table[role], f"{role}_text")
    coded.read("kind", _one_of(KINDS), "direct, indirect or mixed")
    for name in ("named", "nested"):
        coded.read(name, lambda cell: FLAGS.get(cell.casefold()), "true or false")
    coded.warn_if_moved(drawn)
    found = coded.finished(["speaker", "side", "via"], {"named": bool, "nested": bool})
    if sentences is not None:
        found.attrs["sentences"] = Places({article: Entries(places) for article, places in sentences.items()})
    return found


def _sentences(coded: CodedFile, blank: pd.Series) -> dict[str, list[tuple[int, int]]] | None:
    """The sentences that were read, by article; None for a sheet in which an article counts as coded whole."""
    if "coded" not in coded.table:
        return None
    read = coded.table["coded"].map(lambda cell: FLAGS.get(cell.strip().casefold() or "no"))
    if read.isna().any():
        coded.stop(
            read.isna().idxmax(), f"coded: expected yes or nothing, got {coded.table['coded'][read.isna()].iloc[0]!r}."
        )
    places = coded.table.loc[read.astype(bool) | ~blank, ["article_id", "sentence_start", "sentence_end"]]
    places = places.drop_duplicates().itertuples(index=False, name=None)
    found: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in places:
        found.setdefault(article, []).append((start, end))
    return found


def read_mentions(study: Study, coding: str) -> pd.DataFrame:
    """The keyword mentions of one coding; those without a polarity are not coded yet.

    Returns
    -------
    DataFrame
        ``article_id, start, end, keyword, family, polarity, holder, side`` and, where the coding has it, ``others``.
        Where mentions were coded in coding order, ``order``: whole numbers, missing where somebody removed them.

    Raises
    ------
    StudyError
        As for :func:`read_attributions`; or a mention stands there twice, with different labels.

    Warns
    -----
    UserWarning
        As :func:`read_attributions`.
    """
    check_study(study, "read_mentions")
    return _own(study, study.base.once(_read_mentions, coding))


def _own(study: Study, coded: pd.DataFrame) -> pd.DataFrame:
    """The rows of the articles that the study has."""
    own = coded["article_id"].isin(study.articles["article_id"])
    return handed_out(coded if own.all() else coded[own].reset_index(drop=True))


def _read_mentions(study: Study, coding: str) -> pd.DataFrame:
    coded = study.once(load, coding, "mentions").of(study)
    drawn = coded.table
    coded.table = coded.table[coded.table["polarity"] != ""].copy()
    coded.read("polarity", polarity, f"for, against, neutral or {CANNOT_TELL}")
    coded.read_places("start", "end")
    coded.table = coded.table.drop_duplicates(["article_id", "start", "end", *MENTION_LABELS]).copy()
    twice = coded.table.duplicated(["article_id", "start", "end"])
    if twice.any():
        coded.stop(twice.idxmax(), "the same mention stands above with other labels; remove one of the two rows.")
    places = [[span] for span in zip(coded.table["start"], coded.table["end"], strict=True)]
    coded.read_words("keyword", places, "keyword")
    coded.warn_if_moved(drawn)
    return coded.finished(["holder", "side"], {"start": int, "end": int})


def read_sheet(study: Study, coding: str, what: str) -> pd.DataFrame:
    """All rows of a sheet, those that nobody has coded yet included, as its cells have them.

    Parameters
    ----------
    what : {"attributions", "mentions"}

    Returns
    -------
    DataFrame
        The columns of the sheet as text, but ``order`` as whole numbers, missing where it holds none. Empty where the
        coding has no such file.
    """
    return handed_out(study.once(load, coding, what).table)


def _files(folder: Path, what: str) -> list[Path]:
    """The files that hold one part of a coding."""
    return [path for kind in ("csv", "xlsx") if (path := folder / f"{what}.{kind}").is_file()]


def load(study: Study, coding: str, what: str) -> CodedFile:
    if study.folder is None:
        fault = "a study made from a table in hand has no folder with codings; load it from one."
        raise StudyError(f"codings/{coding}/{what}.csv: {fault}")
    folder = study.folder / "codings" / coding
    if not folder.is_dir():
        raise StudyError(f"codings/{coding}: there is no such folder; {did_you_mean(coding, study.once(_coders))}")
    files = [CodedFile(path, f"codings/{coding}/{path.name}") for path in _files(folder, what)]
    filled = [one for one in files if len(said(one.table, what, read=True))]
    if len(filled) > 1:
        both = " and ".join(one.name for one in filled)
        raise StudyError(f"{both}: expected one of them to be filled in, both are; remove the one that is out of date.")
    return (filled or files or [CodedFile(None, f"codings/{coding}/{what}.csv")])[0]


def _one_of(labels: list[str]) -> Callable[[str], str | None]:
    """Make what reads a label, whatever its capitals; a blank is one not given yet."""
    return lambda cell: cell.casefold() if cell.casefold() in [*labels, ""] else None


def polarity(cell: str) -> str | None:
    """The polarity that a cell gives, whatever its capitals and its apostrophe."""
    written = cell.casefold().replace("’", "'")
    written = CANNOT_TELL if written in ("cant tell", "cannot tell") else written
    return written if written in (*POLARITIES, CANNOT_TELL) else None


def spans(cell: str) -> list[tuple[int, int]] | None:
    """The spans written as "12:20;31:40", if they are."""
    parts = [part for part in cell.split(";") if part]
    if not all(re.fullmatch(r"\s*\d+\s*:\s*\d+\s*", part) for part in parts):
        return None
    read = [tuple(map(int, part.split(":"))) for part in parts]
    return read if all(start < end for start, end in read) else None
