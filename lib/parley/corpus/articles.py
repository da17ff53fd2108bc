"""The articles table, one row an article: from a folder with metadata, one table, or a DataFrame in hand.

Whatever is odd and can be lived with becomes a row of the problems table; nothing is guessed or dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from parley.corpus.damage import find_damage
from parley.corpus.dates import read_day, read_time
from parley.corpus.exports import count_articles
from parley.corpus.reading import Notes, decode, guess_encoding, read_bytes, read_table
from parley.corpus.settings import StudyError, did_you_mean

COLUMNS = ["article_id", "outlet", "date", "date_basis", "credit", "place", "headline", "source_file", "text"]
AT_ONCE = 2_000  # texts held as Python has them, which is twice as large as they are kept
# Characters that no text should hold; tab and line ends are text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")  # halves of characters: JSON can hold them, no file can
TAGS = r"a|b|body|br|div|em|h[1-6]|head|html|i|img|li|p|script|span|strong|table|td|tr|ul"
MARKUP = re.compile(rf"</?(?:{TAGS})\b[^<>]{{0,500}}>", re.I)


def read_articles(settings: Mapping, folder: Path) -> tuple[pd.DataFrame, Notes]:
    """The articles that the section [articles] names, in the study file's folder, and what was odd about them."""
    wanted = settings["articles"]
    if "table" in wanted:
        where = wanted["table"]
        frame, problems = read_table(inside(folder, where), wanted.get("encoding"), name=where)
        frame = _rename(frame, wanted.get("columns", {}), where)
        if "text" not in frame:
            expected = f"expected a column 'text', it has {', '.join(map(repr, frame.columns))}"
            remedy = 'say which one holds the articles with columns = { text = "…" } under [articles]'
            raise StudyError(f"{where}: {expected}; {remedy}.")
        check_by(settings, frame.columns, "study.toml")
    else:
        where = wanted.get("metadata", wanted["files"])
        frame, problems = _read_folder(settings, folder)
    return tidy(frame, problems, where=where, date_format=wanted.get("date_format")), problems


def check_by(settings: Mapping, columns: Iterable[str], where: str) -> None:
    """Stop with a :class:`StudyError` if the articles are to be grouped by a column that they do not have."""
    by, columns = settings.get("contrast", {}).get("by"), [*columns]
    if by and by not in columns:
        raise StudyError(f"{where}: [contrast] by: no article has a column {by!r}; {did_you_mean(by, columns)}")


def inside(folder: Path, name: str) -> Path:
    """A path of the study, or a :class:`StudyError` if it leads out of the study's folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        remedy = "move it beside study.toml and name it there"
        raise StudyError(f"study.toml: {name!r} leads out of the study's folder; {remedy}.")
    return path


def find_files(folder: Path, pattern: str) -> list[Path]:
    """The files that match a pattern, in order; the letters of its suffix stand for capitals and small ones."""
    stem, dot, suffix = pattern.rpartition(".")
    if dot and suffix.isalnum():
        pattern = f"{stem}." + "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in suffix)
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def _read_folder(settings: Mapping, folder: Path) -> tuple[pd.DataFrame, Notes]:
    wanted, problems = settings["articles"], []
    pattern, where = wanted["files"], "study.toml: [articles] files"
    inside(folder, pattern.split("*")[0])
    try:
        paths = find_files(folder, pattern)
    except (ValueError, NotImplementedError) as error:
        raise StudyError(f"{where}: {pattern!r} is no pattern ({error}); expected such as 'texts/*.txt'.") from None
    if not paths:
        raise StudyError(f"{where}: no file matches {pattern!r}; correct the pattern (it is relative to study.toml).")
    names = [inside(folder, str(path.relative_to(folder))).relative_to(folder).as_posix() for path in paths]
    stems = [path.stem for path in paths]
    # What the table lacks is said before the texts are read, which may take a while.
    described = _read_metadata(wanted, folder, problems) if "metadata" in wanted else None
    check_by(settings, {*COLUMNS, *([] if described is None else described[1])}, "study.toml")
    texts = []
    for name, path in tqdm(zip(names, paths, strict=True), "reading texts", len(paths), disable=None, leave=False):
        text, assumed = decode(read_bytes(path, name), name, wanted.get("encoding"))
        if assumed:
            remedy = "declare encoding under [articles], or convert the file to UTF-8"
            problems.append((f"encoding not declared, read as {assumed}", name, remedy))
        texts.append(text)
    ids = stems if len(set(stems)) == len(stems) else names
    frame = pd.DataFrame({"article_id": ids, "source_file": [path.name for path in paths], "text": texts}, dtype=object)
    return frame if described is None else _describe(frame, names, *described, wanted, problems), problems


def _read_metadata(wanted: Mapping, folder: Path, problems: Notes) -> tuple[pd.Series, pd.DataFrame]:
    """The names of files that the metadata describe, and what they say of each."""
    where, column, encoding = wanted["metadata"], wanted["file_column"], wanted.get("encoding")
    path = inside(folder, where)
    # A declared encoding is that of the texts; a spreadsheet's export beside them is UTF-8 all the same.
    if encoding and guess_encoding(read_bytes(path, where)) == "utf-8":
        encoding = None
    metadata, notes = read_table(path, encoding, name=where)
    problems += notes
    if column not in metadata:
        hint = did_you_mean(column, metadata.columns)
        raise StudyError(f"{where}: expected a column {column!r} (file_column); {hint}")
    files = as_text(metadata[column]).fillna("").str.strip()
    metadata = _rename(metadata, wanted.get("columns", {}), where).drop(columns=column, errors="ignore")
    return files, metadata.rename(columns={"text": "text (as given)"})


def _describe(
    texts: pd.DataFrame, names: list[str], files: pd.Series, metadata: pd.DataFrame, wanted: Mapping, problems: Notes
) -> pd.DataFrame:
    """The texts joined with their metadata rows on the file's name, with or without folder and extension."""
    where, column = wanted["metadata"], wanted["file_column"]
    number = files.map(_by_name(names))  # of the file that a row describes
    for row, file in files[number == -1].items():
        remedy = f"write it with its folder, as in {names[0]!r}"
        raise StudyError(f"{where}: row {row + 1}: several files are named {file!r}; {remedy}.")
    for row, file in files[number.isna()].items():
        remedy = "add the text, or remove the row; it takes no part"
        problems.append(("metadata row without a text", f"{where}: row {row + 1} ({file})", remedy))
    number = number.dropna().astype(int)
    if not len(number):
        first = f"the first row has {files.iloc[0]!r}, the first file is {names[0]!r}"
        fault = f"no row's {column!r} is the name of a file that matches {wanted['files']!r} ({first})"
        raise StudyError(f"{where}: {fault}; correct file_column or files.")
    for twice in number[number.duplicated()]:
        rows = ", ".join(str(row + 1) for row in number.index[number == twice])
        remedy = "expected one row a file: remove the others"
        raise StudyError(f"{where}: rows {rows} describe the same file {names[twice]!r}; {remedy}.")
    for missing in texts.index.difference(number):
        remedy = f"describe it in {where}; until then its metadata is missing"
        problems.append(("text without a metadata row", names[missing], remedy))

    metadata = metadata.loc[number.index].set_axis(number, axis="index").reindex(texts.index)
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
            hint = did_you_mean(theirs, frame.columns)
            raise StudyError(f"{where}: expected a column {theirs!r} (columns.{ours}); {hint}")
    # A column of ours that is there under its own name as well gives way to the one asked for, and stays beside it.
    aside = {ours: f"{ours} (as given)" for ours in columns if ours in frame and ours not in columns.values()}
    rest = frame.drop(columns=list(dict.fromkeys(columns.values()))).rename(columns=aside)
    return rest.assign(**{ours: frame[theirs] for ours, theirs in columns.items()})


def tidy(frame: pd.DataFrame, notes: Notes, where: str = "the table", date_format: str | None = None) -> pd.DataFrame:
    """A table with a column ``text`` as the contract has it; what is odd is added to `notes`."""
    frame = frame.reset_index(drop=True)
    if not len(frame):
        raise StudyError(f"{where}: expected at least one row, there is none; add the articles.")
    for twice in frame.columns[frame.columns.duplicated()]:
        raise StudyError(f"{where}: two columns are named {twice!r}; expected each name once: rename one of them.")
    if "article_id" not in frame:
        width = len(str(len(frame)))
        frame["article_id"] = [f"{i:0{width}d}" for i in range(1, len(frame) + 1)]
    ids = frame["article_id"] = as_text(frame["article_id"]).str.strip()
    for row in ids.index[ids.fillna("") == ""]:
        raise StudyError(f"{where}: row {row + 1}: expected an article_id, the cell is empty; fill it in.")
    for twice in ids[ids.duplicated()]:
        rows = ", ".join([str(row + 1) for row in ids.index[ids == twice]][:5])
        raise StudyError(f"{where}: rows {rows} have the same article_id {twice!r}; give each its own.")
    frame = frame.reindex(columns=[*COLUMNS, *(column for column in frame if column not in COLUMNS)])
    frame["text"] = _read_texts(frame, notes, where)
    days, times = _read_dates(frame, date_format, notes)
    frame["date"] = days
    if "time" not in frame and not {*times} <= {None, "00:00"}:  # of one day, the earlier comes first
        frame["time"] = pd.Series(times, index=frame.index, dtype="string")
    for column in ("outlet", "date_basis", "credit", "place", "headline", "source_file"):
        frame[column] = as_text(frame[column]).str.strip().replace("", pd.NA)
    return frame


def as_text(column: pd.Series) -> pd.Series:
    """A column as text: whole numbers without a decimal point, missing stays missing."""

    def text(value: object) -> object:
        if isinstance(value, str):
            return SURROGATE.sub("\ufffd", value)
        if _is_missing(value):
            return pd.NA
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    return pd.Series([text(value) for value in column], index=column.index, dtype="str")


def _is_missing(value: object) -> bool:
    return pd.api.types.is_scalar(value) and pd.isna(value)


def _read_texts(frame: pd.DataFrame, problems: Notes, where: str) -> pd.Series:
    texts, blocks = [], []
    languages = frame["language"] if "language" in frame else [None] * len(frame)
    rows = zip(frame["article_id"], frame["text"], frame["headline"], languages, strict=True)
    for number, (article_id, given, headline, language) in enumerate(rows, 1):
        if not (isinstance(given, str | int | float) or _is_missing(given)):
            raise StudyError(f"{where}: row {number}: expected text, got {type(given).__name__}; decode or join it.")
        raw = "" if _is_missing(given) else str(given)
        text = SURROGATE.sub("\ufffd", raw)
        if not text.strip("\ufeff \t\r\n"):
            problems.append(("empty text", article_id, "add the text, or remove the article; it counts no word"))
        if text != raw:
            remedy = "mend the export; each is read as one unknown character, �"
            problems.append(("halves of characters", article_id, remedy))
        if found := CONTROL.search(text):
            place = f"{article_id}: character {found.start()} (U+{ord(found[0]):04X})"
            problems.append(("control characters", place, "remove them, or declare the encoding; they stay as is"))
        if (several := count_articles(text)) > 1:
            remedy = "they count as one; make study FROM=… splits exports into a text each"
            problems.append(("several articles in one text", f"{article_id}: {several} articles", remedy))
        if len(MARKUP.findall(text[:200_000])) > 2:
            remedy = "convert it to plain text; until then tags are read as words"
            problems.append(("text that looks like HTML", article_id, remedy))
        for problem, shown, remedy in find_damage(text, language):
            if problem != "front matter" or _is_missing(headline):  # what it says is known already
                problems.append((problem, f"{article_id}: {shown!r}", remedy))
        texts.append(text)
        if len(texts) == AT_ONCE or number == len(frame):
            blocks.append(pa.array(texts, pa.large_string()))
            texts.clear()
    whole = pa.table({"text": pa.chunked_array(blocks).combine_chunks()})
    return whole.to_pandas()["text"].set_axis(frame.index)


def _read_dates(frame: pd.DataFrame, date_format: str | None, problems: Notes) -> tuple[pd.Series, list[str | None]]:
    """The day of each article, and the time of day where it is printed beside it."""
    days, times = [], []
    for article_id, value in zip(frame["article_id"], frame["date"], strict=True):
        day = time = None
        if not _is_missing(value) and str(value).strip():
            try:
                day, time = read_day(value, date_format), read_time(value, date_format)
            except ValueError:
                remedy = f"expected {date_format or '2016-11-02 or 2 November 2016'}; mend it or set date_format"
                place = f"{article_id}: {str(value)[:40]!r}"
                problems.append(("date that cannot be read", place, f"{remedy}; it counts as missing"))
        days.append(day)
        times.append(time)
    return pd.Series(days, index=frame.index, dtype="datetime64[us]"), times


def summarise(problems: Notes) -> pd.DataFrame:
    """The problems table: one row a kind of problem, with a count and the first three places."""
    columns = {"count": ("place", "size"), "first": ("place", lambda places: "; ".join(places[:3]))}
    rows = pd.DataFrame(problems, columns=["problem", "place", "remedy"])
    return rows.groupby("problem", sort=False).agg(**columns, remedy=("remedy", "first")).reset_index()
