"""From a study.toml, or a table in hand, to a study."""

import json
import os
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from parley.corpus.articles import as_text, check_by, inside, read_articles, summarise, tidy
from parley.corpus.labels import abbreviations
from parley.corpus.reading import Notes, read_table
from parley.corpus.settings import RESERVED, StudyError, check_settings, did_you_mean, read_settings
from parley.keywords.aside import leave_aside
from parley.read import let_go
from parley.store import DONE, FOLDER, READ, Store
from parley.study import Study
from parley.text.forms import words

_LOADED: dict[Path, Study] | None = None  # the studies that are handed out again, if they are


def load_once() -> None:
    """From now on load a study once: all notebooks of a report are of one moment, and a kernel runs several of them."""
    global _LOADED
    _LOADED = _LOADED or {}


def load_study(path: str | os.PathLike | None = None) -> Study:
    """The study that a study.toml describes.

    Parameters
    ----------
    path
        A study.toml, or the folder that holds it; else the environment variable ``PARLEY_STUDY``; else the
        nearest ``corpus/study.toml`` from the working directory upward.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The study cannot be read as it stands; the message names file, place, expectation and remedy.

    Warns
    -----
    UserWarning
        Once for all that is odd and was lived with; the same is in ``study.problems``.
    """
    if not isinstance(path, str | os.PathLike | None):
        expected = "expected the path of a study.toml or of its folder"
        raise StudyError(f"load_study: {expected}, got a {type(path).__name__}; for a table there is study_from_table.")
    path = _find(path)
    known = (_LOADED or {}).get(path.resolve())
    if known and known.tokenise is words and known.codings is None:
        study = known.again()
    else:
        settings, elsewhere = _read_elsewhere(path)
        study = _make(*_given(path, settings), elsewhere)
        if elsewhere and (lacking := study.lacking()):
            has = f"{elsewhere} has {len(study.articles) - len(lacking):,} of {len(study.articles):,} articles as they are now"
            remedy = f"run python -m parley.scale {path} {elsewhere} again, or leave read out"
            raise StudyError(f"{path}: [articles] read: {has} (not {lacking[0]}); {remedy}.")
    if _LOADED is not None:
        _LOADED[path.resolve()] = study
    return study


def load_to_read(path: str | os.PathLike) -> Study:
    """The study that a study.toml describes, wherever it says that it was read."""
    path = _find(path)
    return _make(*_given(path, _read_elsewhere(path, finished=False)[0]))


def _given(path: Path, settings: dict) -> tuple:
    articles, problems = read_articles(settings, path.parent)
    overruled = _read_overruled(settings["articles"].get("segments"), path.parent)
    return articles, problems, settings, path.parent, str(path), overruled


def _read_elsewhere(path: Path, *, finished: bool = True) -> tuple[dict, Path | None]:
    """The settings, and where `parley.scale` read the study if ``read`` names a folder; languages are as it read them."""
    settings = read_settings(path)
    read = settings["articles"].get("read", "all")
    if read == "all":
        return settings, None
    elsewhere, articles = path.parent / read, {k: v for k, v in settings["articles"].items() if k != "read"}
    try:
        articles |= json.loads((elsewhere / DONE).read_text("utf-8"))
    except (OSError, ValueError):
        if finished:
            expected = f'expected "all" (articles in any language), or a folder that python -m parley.scale has finished, got {read!r}'
            remedy = (
                f"run python -m parley.scale {path} {elsewhere}, or leave read out to read the English articles here"
            )
            raise StudyError(f"{path}: [articles] read: {expected}; {remedy}.") from None
    return {**settings, "articles": articles}, elsewhere / READ


def study_from_table(frame: pd.DataFrame, **settings: Any) -> Study:
    """A study from a table in hand.

    Parameters
    ----------
    frame
        One row an article, with ``text`` and, if you have them, ``article_id``, ``outlet``, ``date`` and
        other metadata.
    **settings
        The sections of study.toml as dicts (``keywords``, ``sides``, ``contrast``), and ``title`` and
        ``question``. Of a section ``articles`` only ``read`` and ``about`` are looked at: the frame takes the place of the rest.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        As for :func:`load_study`.

    Examples
    --------
    >>> study = study_from_table(pd.DataFrame({"text": ["A first sentence. A second one."]}))
    >>> study.sentences["text"].tolist()
    ['A first sentence.', 'A second one.']
    """
    if not isinstance(frame, pd.DataFrame):
        expected = "expected a DataFrame with a row an article and a column 'text'"
        raise StudyError(f"study_from_table: {expected}, got a {type(frame).__name__}; for a path there is load_study.")
    read = {name: value for name, value in settings.pop("articles", {}).items() if name in ("read", "about")}
    settings = check_settings(settings, "settings") | {"articles": read}
    if "text" not in frame:
        raise StudyError(f"the table: expected a column 'text'; {did_you_mean('text', map(str, frame.columns))}")
    problems: Notes = []
    articles = tidy(frame.copy(), problems)
    return _make(articles, problems, settings, None, "settings")


def _find(path: str | os.PathLike | None) -> Path:
    given = path or os.environ.get("PARLEY_STUDY")
    if given:
        given = Path(given)
        return given / "study.toml" if given.is_dir() else given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "corpus" / "study.toml").is_file():
            return folder / "corpus" / "study.toml"
    raise StudyError(
        f"no corpus/study.toml in {here} or any folder above it; name one, as in "
        "load_study('path/to/study.toml'), "
        "or set PARLEY_STUDY."
    )


def _read_overruled(name: str | None, folder: Path) -> pd.DataFrame | None:
    if not name:
        return None
    table, _ = read_table(inside(folder, name), name=name, may_be_empty=True)
    for column in ("article_id", "kind", "passage"):
        if column not in table:
            raise StudyError(f"{name}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
    return table


def _make(
    articles: pd.DataFrame, problems: Notes, settings: dict, folder: Path | None, where: str,
    overruled: pd.DataFrame | None = None, elsewhere: Path | None = None,
) -> Study:  # fmt: skip
    check_by(settings, articles.columns, where)
    articles, aside = leave_aside(articles, settings.get("articles", {}).get("about", ()), overruled, where)
    if overruled is not None:
        overruled = overruled[~overruled["article_id"].isin(aside["article_id"])]
    contrast = settings.get("contrast", {})
    if by := contrast.get("by"):
        if by in ("article_id", "date", "text"):
            raise StudyError(
                f"{where}: [contrast] by: {by!r} is no group; name a column such as the outlet or the year."
            )
        articles[by] = as_text(articles[by]).str.strip().replace("", pd.NA)
        found = sorted(articles[by].dropna().unique())
        settings = {**settings, "contrast": {"groups": found, **contrast}}
        for group in contrast.get("groups", []):
            if group not in found:
                near = did_you_mean(group, found)
                raise StudyError(f"{where}: [contrast] groups: no article has {by} = {group!r}; {near}")
    if written := abbreviations(settings, articles["text"]):
        settings = {**settings, "labels": written | settings.get("labels", {})}
    groups = settings.get("contrast", {}).get("groups", [])
    known = [*settings.get("sides", {}), *settings.get("keywords", {}), *groups, "other", *RESERVED]
    for name in settings.get("labels", {}):
        if name not in known:
            raise StudyError(f"{where}: [labels]: nothing is called {name!r}; {did_you_mean(name, known)}")
    summary = summarise(problems)
    if len(summary):
        lines = [f"{row.problem} ({row.count}: {row.first}); {row.remedy}" for row in summary.itertuples(index=False)]
        warnings.warn("read with problems, see study.problems:\n  " + "\n  ".join(lines), UserWarning, stacklevel=3)
    remedy = "they take no part in anything; study.left_aside has all of them"
    left = zip(aside["article_id"], aside["reason"], strict=True)
    summary = summarise(problems + [(f"left aside: {reason}", name, remedy) for name, reason in left])
    let_go()
    store = Store(folder / FOLDER, elsewhere) if folder else None
    return Study(
        articles, settings, folder=folder, problems=summary, overruled=overruled, left_aside=aside, store=store
    )
