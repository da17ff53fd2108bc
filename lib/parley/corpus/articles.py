"""The articles table, one row an article: from a folder with metadata, one table, or a DataFrame in hand.

Whatever is odd and can be lived with becomes a row of the problems table; nothing is guessed, and nothing
is dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from parley.corpus.reading import Notes, decode, guess_encoding, read_bytes, read_table
from parley.corpus.settings import StudyError, did_you_mean

COLUMNS = ["article_id", "outlet", "date", "date_basis", "credit", "place", "headline", "source_file", "text"]
# Characters that no text should hold; tab and line ends are text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")  # halves of characters: JSON can hold them, no file can
MARKUP = re.compile(
    r"</?(?:a|b|body|br|div|em|h[1-6]|head|html|i|img|li|p|script|span|strong|table|td|tr|ul)\b[^<>]{0,500}>",
    re.I,
)
ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")


def read_articles(settings: Mapping, folder: Path) -> tuple[pd.DataFrame, Notes]:
    """The articles that the section [articles] names.

    Parameters
    ----------
    settings
        As :func:`parley.corpus.settings.read_settings` returns them.
    folder
        The study file's folder; paths are relative to it and may not lead out of it.

    Returns
    -------
    articles : DataFrame
        The columns of :data:`COLUMNS`, then all other metadata columns.
    problems : list of (problem, place, remedy)

    Raises
    ------
    StudyError
        Something is missing, ambiguous or cannot be decoded; the message names file, place, expectation and
        remedy.
    """
    wanted = settings["articles"]
    problems: Notes = []
    if "table" in wanted:
        where = wanted["table"]
        frame, notes = read_table(inside(folder, where), wanted.get("encoding"), name=where)
        problems += notes
        frame = _rename(frame, wanted.get("columns", {}), where)
        if "text" not in frame:
            raise StudyError(
                f"{where}: expected a column 'text', it has {', '.join(map(repr, frame.columns))}; say "
                "which one holds "
                'the articles with columns = { text = "…" } under [articles].'
            )
    else:
        where = wanted.get("metadata", wanted["files"])
        frame = _read_folder(wanted, folder, problems)
    return tidy(frame, problems, where=where, date_format=wanted.get("date_format")), problems


def inside(folder: Path, name: str) -> Path:
    """A path of the study, or a :class:`StudyError` if it leads out of the study's folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise StudyError(
            f"study.toml: {name!r} leads out of the study's folder; move it beside study.toml and name it there."
        )
    return path


def _read_folder(wanted: Mapping, folder: Path, problems: Notes) -> pd.DataFrame:
    pattern, encoding = wanted["files"], wanted.get("encoding")
    inside(folder, pattern.split("*")[0])
    try:
        paths = sorted(path for path in folder.glob(pattern) if path.is_file())
    except (ValueError, NotImplementedError) as error:
        raise StudyError(
            f"study.toml: [articles] files: {pattern!r} is no pattern ({error}); expected such as 'texts/*.txt'."
        ) from None
    if not paths:
        raise StudyError(
            f"study.toml: [articles] files: no file matches {pattern!r}; correct the pattern (it is "
            "relative to study.toml)."
        )
    names = [inside(folder, str(path.relative_to(folder))).relative_to(folder).as_posix() for path in paths]
    stems = [path.stem for path in paths]
    ids = stems if len(set(stems)) == len(stems) else names
    texts = []
    for name, path in tqdm(zip(names, paths, strict=True), "reading texts", len(paths), disable=None, leave=False):
        text, assumed = decode(read_bytes(path, name), name, encoding)
        if assumed:
            remedy = "declare encoding under [articles], or convert the file to UTF-8"
            problems.append((f"encoding not declared, read as {assumed}", name, remedy))
        texts.append(text)
    frame = pd.DataFrame({"article_id": ids, "source_file": [path.name for path in paths], "text": texts}, dtype=object)
    return _describe(frame, names, wanted, folder, problems) if "metadata" in wanted else frame


def _describe(texts: pd.DataFrame, names: list[str], wanted: Mapping, folder: Path, problems: Notes) -> pd.DataFrame:
    """The texts joined with their metadata rows on the file's name, with or without folder and extension."""
    where, column, encoding = wanted["metadata"], wanted["file_column"], wanted.get("encoding")
    path = inside(folder, where)
    # A declared encoding is that of the texts; a spreadsheet's export beside them is UTF-8 all the same.
    if encoding and guess_encoding(read_bytes(path, where)) == "utf-8":
        encoding = None
    metadata, notes = read_table(path, encoding, name=where)
    problems += notes
    if column not in metadata:
        raise StudyError(
            f"{where}: expected a column {column!r} (file_column); {did_you_mean(column, metadata.columns)}"
        )
    files = as_text(metadata[column]).fillna("").str.strip()
    metadata = _rename(metadata, wanted.get("columns", {}), where).drop(columns=column, errors="ignore")
    metadata = metadata.rename(columns={"text": "text (as given)"})
    row = files.map(_by_name(names))
    ambiguous = row == -1
    if ambiguous.any():
        raise StudyError(
            f"{where}: row {ambiguous.idxmax() + 1}: several files are named {files[ambiguous.idxmax()]!r}; "
            f"write it with its folder, as in {names[0]!r}."
        )
    for place in files.index[row.isna()]:
        remedy = "add the text, or remove the row; it takes no part"
        problems.append(("metadata row without a text", f"{where}: row {place + 1} ({files[place]})", remedy))
    twice = row[row.notna() & row.duplicated(keep=False)]
    if len(twice):
        first = twice[twice == twice.iloc[0]].index
        raise StudyError(
            f"{where}: rows {', '.join(str(i + 1) for i in first)} describe the same file "
            f"{names[int(twice.iloc[0])]!r}; expected one row a file: remove the others."
        )
    if not row.notna().any():
        raise StudyError(
            f"{where}: no row's {column!r} is the name of a file that matches {wanted['files']!r} "
            f"(the first row has {files.iloc[0]!r}, the first file is {names[0]!r}); correct file_column or "
            "files."
        )
    for place in texts.index.difference(row.dropna().astype(int)):
        remedy = f"describe it in {where}; until then its metadata is missing"
        problems.append(("text without a metadata row", names[place], remedy))
    metadata = metadata[row.notna()].set_axis(row.dropna().astype(int), axis="index").reindex(texts.index)
    for name in ("article_id", "source_file"):  # the user's own win over the file's name
        if name in metadata:
            texts[name] = as_text(metadata.pop(name)).replace("", pd.NA).fillna(texts[name])
    return texts.join(metadata)


def _by_name(names: list[str]) -> dict[str, int]:
    """The number of each file, by all the names it may go by; -1 for a name that several files share."""
    short = [{name, name.rpartition("/")[2]} for name in names]
    forms = [known | {form.rpartition(".")[0] for form in known if "." in form} for known in short]
    shared = Counter(form for known in forms for form in known)
    found = {form: i if shared[form] == 1 else -1 for i, known in enumerate(forms) for form in sorted(known)}
    return found | {name: i for i, name in enumerate(names)}


def _rename(frame: pd.DataFrame, columns: Mapping[str, str], where: str) -> pd.DataFrame:
    for ours, theirs in columns.items():
        if theirs not in frame:
            raise StudyError(
                f"{where}: expected a column {theirs!r} (columns.{ours}); {did_you_mean(theirs, frame.columns)}"
            )
    # A column of ours that is there under its own name as well gives way to the one asked for, and is kept
    # beside it.
    kept = {
        ours: f"{ours} (as given)" for ours, theirs in columns.items() if ours in frame and ours not in columns.values()
    }
    rest = frame.drop(columns=list(dict.fromkeys(columns.values()))).rename(columns=kept)
    return rest.assign(**{ours: frame[theirs] for ours, theirs in columns.items()})


def tidy(
    frame: pd.DataFrame, problems: Notes, *, where: str = "the table", date_format: str | None = None
) -> pd.DataFrame:
    """An articles table in the contract's form; what is odd is added to `problems`.

    Parameters
    ----------
    frame
        One row an article, with a column ``text``; ``article_id`` is numbered where there is none.
    problems
        Grows by (problem, place, remedy).
    where
        What messages call the table.
    date_format
        As for :meth:`datetime.datetime.strptime`; ISO 8601 (2016-11-02) without one.

    Raises
    ------
    StudyError
        Two rows have one ``article_id``, a row has none, or no row is there.
    """
    frame = frame.reset_index(drop=True)
    if not len(frame):
        raise StudyError(f"{where}: expected at least one row, there is none; add the articles.")
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise StudyError(f"{where}: two columns are named {twice!r}; expected each name once: rename one of them.")
    if "article_id" not in frame:
        width = len(str(len(frame)))
        frame["article_id"] = [f"{i:0{width}d}" for i in range(1, len(frame) + 1)]
    frame["article_id"] = as_text(frame["article_id"]).str.strip()
    unnamed = frame["article_id"].isna() | (frame["article_id"] == "")
    if unnamed.any():
        raise StudyError(f"{where}: row {unnamed.idxmax() + 1}: expected an article_id, the cell is empty; fill it in.")
    twice = frame["article_id"][frame["article_id"].duplicated(keep=False)]
    if len(twice):
        rows = [str(i + 1) for i in twice[twice == twice.iloc[0]].index]
        raise StudyError(
            f"{where}: rows {', '.join(rows[:5])} have the same article_id {twice.iloc[0]!r}; give each its own."
        )
    for column in COLUMNS:
        if column not in frame:
            frame[column] = None
    frame["text"] = _read_texts(frame, problems, where)
    frame["date"] = _read_dates(frame, date_format, problems)
    for column in ("outlet", "date_basis", "credit", "place", "headline", "source_file"):
        frame[column] = as_text(frame[column]).str.strip().replace("", pd.NA)
    return frame[[*COLUMNS, *(column for column in frame if column not in COLUMNS)]]


def as_text(column: pd.Series) -> pd.Series:
    """A column as text: whole numbers without a decimal point, missing stays missing.

    Examples
    --------
    >>> as_text(pd.Series([2012.0, None, 2016])).tolist()
    ['2012', <NA>, '2016']
    """

    def text(value: object) -> object:
        if isinstance(value, str):
            return SURROGATE.sub("\ufffd", value)
        if pd.api.types.is_scalar(value) and pd.isna(value):
            return pd.NA
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    return pd.Series([text(value) for value in column], index=column.index, dtype="string")


def _read_texts(frame: pd.DataFrame, problems: Notes, where: str) -> list[str]:
    texts = []
    for number, (article_id, text) in enumerate(zip(frame["article_id"], frame["text"], strict=True), 1):
        if not isinstance(text, str):
            if not pd.api.types.is_scalar(text) or not (pd.isna(text) or isinstance(text, int | float)):
                raise StudyError(
                    f"{where}: row {number}: expected text, got {type(text).__name__}; decode or join it first."
                )
            text = "" if pd.isna(text) else str(text)
        if not text.strip("\ufeff \t\r\n"):
            problems.append(("empty text", article_id, "add the text, or remove the article; it counts no word"))
        if SURROGATE.search(text):
            problems.append(
                (
                    "halves of characters",
                    article_id,
                    "mend the export; each is read as one unknown character, �",
                )
            )
            text = SURROGATE.sub("\ufffd", text)
        if found := CONTROL.search(text):
            place = f"{article_id}: character {found.start()} (U+{ord(found[0]):04X})"
            problems.append(
                ("control characters", place, "remove them, or declare the encoding; they stay as they are")
            )
        if len(MARKUP.findall(text[:200_000])) > 2:
            problems.append(
                (
                    "text that looks like HTML",
                    article_id,
                    "convert it to plain text; until then tags are read as words",
                )
            )
        texts.append(text)
    return texts


def _read_dates(frame: pd.DataFrame, date_format: str | None, problems: Notes) -> pd.Series:
    """Days, as printed: a time of day and a time zone are left out."""

    def read(value: object) -> date | None:
        if (pd.api.types.is_scalar(value) and pd.isna(value)) or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        if date_format:
            return datetime.strptime(str(value).strip(), date_format)
        return date.fromisoformat(ISO_DATE.fullmatch(str(value).strip())[1])

    days = []
    for article_id, value in zip(frame["article_id"], frame["date"], strict=True):
        try:
            day = read(value)
        except (ValueError, TypeError):
            day = None
            expected = date_format or "ISO 8601, as 2016-11-02"
            remedy = f"expected {expected}; mend it or set date_format; it counts as missing"
            problems.append(("date that cannot be read", f"{article_id}: {str(value)[:40]!r}", remedy))
        days.append(day and datetime(day.year, day.month, day.day))
    return pd.Series(days, index=frame.index, dtype="datetime64[us]")


def summarise(problems: Notes) -> pd.DataFrame:
    """The problems table: one row a kind of problem, with a count and the first three places.

    Examples
    --------
    >>> summarise([("empty text", "a", "add it"), ("empty text", "b", "add it")]).values.tolist()
    [['empty text', 2, 'a; b', 'add it']]
    """
    rows = pd.DataFrame(problems, columns=["problem", "place", "remedy"])
    if not len(rows):
        return pd.DataFrame(columns=["problem", "count", "first", "remedy"])
    grouped = rows.groupby("problem", sort=False)
    return grouped.agg(
        count=("place", "size"),
        first=("place", lambda places: "; ".join(places[:3])),
        remedy=("remedy", "first"),
    ).reset_index()
