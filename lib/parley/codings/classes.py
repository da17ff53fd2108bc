"""A class codes a study: who reads which articles, and a sheet for everybody.

``python -m parley.codings.classes names.txt`` (``make class STUDENTS=names.txt``) deals the articles so that each is
read twice, by different students, and writes ``codings/<student>/`` beside the study.
"""

import os
import sys
import unicodedata
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from parley.codings import sheets
from parley.corpus.reading import decode, read_bytes
from parley.corpus.settings import StudyError
from parley.load import load_study
from parley.study import Study
from parley.text.phrases import join_words, number

LONGEST_NAME = 60  # characters of a folder's name
TAKEN = {"adjudicated"}  # what is settled between coders
# Names that Windows keeps for devices.
TAKEN |= {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
MOST_SWAPS, MOST_COMPARED = 2_000, 200


def folder_name(name: str) -> str:
    """A name as a folder may be called on any system: letters and digits, joined by hyphens; empty if it has none.

    Examples
    --------
    >>> folder_name(" Ada  Lund-Berg "), folder_name("Łukasz Å."), folder_name("../..")
    ('ada-lund-berg', 'łukasz-å', '')
    """
    plain = unicodedata.normalize("NFC", name).casefold()
    kept = [mark if unicodedata.category(mark)[0] in "LNM" else " " for mark in plain]
    return "-".join("".join(kept).split())


def read_students(path: Path) -> dict[str, str]:
    """The students named in a text file, one a line: folder name to name.

    Raises
    ------
    StudyError
        Fewer than two, a name without letters, too long or kept for something else, or two that give one folder.
    """
    text, _ = decode(read_bytes(path, str(path)), str(path))
    students: dict[str, str] = {}
    for line, name in enumerate(map(str.strip, text.removeprefix("\ufeff").splitlines()), 1):
        if not name:
            continue
        folder, where = folder_name(name), f"{path}: line {line}"
        if not folder or folder in TAKEN or len(folder) > LONGEST_NAME:
            raise StudyError(f"{where}: {name[:80]!r} is no name for a folder; write a short name with letters.")
        if folder in students:
            fault = f"{name!r} and {students[folder]!r} would share the folder codings/{folder}"
            raise StudyError(f"{where}: {fault}; tell them apart, as in 'Ada L' and 'Ada M'.")
        students[folder] = name
    if len(students) < 2:
        raise StudyError(f"{path}: expected two students or more, one name a line, got {number(len(students))}.")
    return students


def deal(lengths: pd.Series, students: Sequence[str]) -> pd.DataFrame:
    """Deal articles so that each is read by two students, evenly by length, and every two share some where possible.

    The longest article goes first, each to the two who share fewest so far and of these to the least laden; then
    articles change places as long as that makes the loads more even, which leaves alone who shares how many with whom.

    Parameters
    ----------
    lengths : Series
        What there is to code in each article, by ``article_id``.
    students : list of str

    Returns
    -------
    DataFrame
        ``article_id, student, rows``: two rows an article.

    Raises
    ------
    StudyError
        More students than readings.

    Examples
    --------
    >>> dealt = deal(pd.Series({"a": 30, "b": 20, "c": 10}), ["ada", "bo", "cem"])
    >>> dealt.groupby("student")["article_id"].agg(list).to_dict()
    {'ada': ['a', 'b'], 'bo': ['a', 'c'], 'cem': ['b', 'c']}
    """
    if len(students) > 2 * len(lengths):
        articles = number(len(lengths), "article")
        fault = f"{articles} read twice are {2 * len(lengths)} readings, too few for {len(students)} students"
        raise StudyError(f"class: {fault}; name at most {2 * len(lengths)}, or add articles.")
    lengths = lengths.sort_values(ascending=False, kind="stable")
    pairs = np.array(list(combinations(range(len(students)), 2)))
    load, times = np.zeros(len(students)), np.zeros(len(pairs))
    chosen = np.empty(len(lengths), dtype=int)
    for place, length in enumerate(lengths):
        both = load[pairs]
        # Whoever has nothing yet comes before pairs that share nothing yet.
        best = np.lexsort((both.sum(axis=1), both.max(axis=1), times, -(both == 0).sum(axis=1)))[0]
        chosen[place] = best
        times[best] += 1
        load[pairs[best]] += length
    readers = pairs[_evened(lengths.to_numpy(float), pairs, chosen, len(students))]
    table = pd.DataFrame({"article_id": np.repeat(lengths.index, 2), "student": np.array(students)[readers.ravel()]})
    return table.assign(rows=np.repeat(lengths.to_numpy(), 2))


def _evened(lengths: np.ndarray, pairs: np.ndarray, chosen: np.ndarray, students: int) -> np.ndarray:
    """The pair of each article, after two articles at a time have changed pairs where that evens the loads."""
    reads = (pairs[:, :, None] == np.arange(students)).any(axis=1).astype(float)
    for _ in range(MOST_SWAPS):
        load = lengths @ reads[chosen]
        # Only articles of the most and the least laden are looked at, and of very many not all.
        ours = np.flatnonzero(reads[chosen, load.argmax()])[:MOST_COMPARED]
        theirs = np.flatnonzero(reads[chosen, load.argmin()])[:MOST_COMPARED]
        moved = (lengths[theirs] - lengths[ours, None])[..., None] * (reads[chosen[ours], None] - reads[chosen[theirs]])
        after = ((load + moved) ** 2).sum(axis=2)
        i, j = np.unravel_index(after.argmin(), after.shape)
        if after[i, j] >= (load**2).sum() - 1e-9:
            break
        chosen[[ours[i], theirs[j]]] = chosen[[theirs[j], ours[i]]]
    return chosen


def write_class(study: Study, students: dict[str, str]) -> pd.DataFrame:
    """Write everybody's sheets and pages, and the guide; who reads what: ``article_id, student, rows``.

    Raises
    ------
    StudyError
        A student's folder is there already; then nothing is written.
    """
    folders = {student: sheets.new_folder(study, student) for student in students}
    named, spoken = sheets.mention_sheet(study), sheets.attribution_sheet(study)
    lengths = pd.concat([named["article_id"], spoken["article_id"]]).value_counts()
    dealt = deal(lengths.reindex([name for name in study.articles["article_id"] if name in lengths]), list(students))
    for student, folder in folders.items():
        own = dealt.loc[dealt["student"] == student, "article_id"]
        sheets.write_folder(study, folder, *(sheet[sheet["article_id"].isin(own)] for sheet in (named, spoken)))
    return dealt


def main() -> None:
    """Deal the study to the students named in the file on the command line, and say who reads what."""
    path = sys.argv[1].strip() if len(sys.argv) > 1 else ""
    if not path:
        sys.exit("parley: class: expected a file with a name a line; give one, as in make class STUDENTS=names.txt.")
    try:
        study, students = load_study(), read_students(Path(path))
        dealt = write_class(study, students)
    except StudyError as error:
        sys.exit(f"parley: {error}")
    folder = os.path.relpath(study.folder / "codings")
    print(f"{number(dealt['article_id'].nunique(), 'article').capitalize()}, each read by two of {len(students)}:")
    for student, name in students.items():
        own = dealt[dealt["student"] == student]
        read = f"{number(len(own), 'article')}, {own['rows'].sum():,} rows"
        print(f"  {name}, {folder}/{student}: {read}: {join_words(sorted(own['article_id']))}")
    print("Nobody should see another's sheet before both are done. make check-codings lists what is amiss in them.")


if __name__ == "__main__":
    main()
