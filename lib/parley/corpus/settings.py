"""study.toml, read and checked: everything particular to one corpus enters the library here.

A study file that cannot be meant as written stops with one sentence that names the file, the place, what was
expected and the remedy. Nothing is guessed.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path


class StudyError(ValueError):
    """A study that cannot be read as it stands; the message says where, what was expected and what to do."""


# Section -> its keys; None where the keys are the user's own (families, sides).
SECTIONS = {
    "articles": {
        "files", "metadata", "file_column", "table", "encoding", "columns", "date_format", "segments",
    },
    "contrast": {"by", "groups"},
    "keywords": None,
    "wider_keywords": None,
    "sides": None,
}  # fmt: skip
TOP = {"title", "question", *SECTIONS}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing remark for an error about a name: the nearest known one, or all of them.

    Examples
    --------
    >>> did_you_mean("keyword", ["keywords", "sides"])
    "did you mean 'keywords'?"
    >>> did_you_mean("x", ["keywords", "sides"])
    "known are 'keywords', 'sides'."
    """
    known = sorted(known)
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(map(repr, known))}."


def read_settings(path: Path) -> dict:
    """The settings in a study file, checked.

    Parameters
    ----------
    path
        A study.toml.

    Returns
    -------
    dict
        The sections as in the file; ``title`` and ``question`` are always there.

    Raises
    ------
    StudyError
        The file is missing, is no TOML, or holds a key or value that no section expects.
    """
    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise StudyError(
            f"{path}: there is no such study file; name an existing one, or write one with "
            "'make study FROM=folder-or-table'."
        ) from None
    except OSError as error:
        raise StudyError(
            f"{path}: the study file cannot be read ({error.strerror}); check its name and rights."
        ) from None
    except UnicodeDecodeError as error:
        raise StudyError(f"{path}: byte {error.start}: expected UTF-8; save the study file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f'{path}: {error}; expected TOML such as by = "episode" (text in quotation marks).') from None
    if "articles" not in settings:
        raise StudyError(f"{path}: expected a section [articles] that says where the texts are; add one.")
    return check_settings(settings, str(path))


def check_settings(settings: Mapping, where: str) -> dict:
    """The settings with defaults for title and question, or a :class:`StudyError` that begins with `where`.

    Examples
    --------
    >>> check_settings({"keywords": {"pause": []}}, "study.toml")
    Traceback (most recent call last):
    ...
    parley.corpus.settings.StudyError: study.toml: [keywords] pause: expected at least one term; add one or remove
    the family.
    """
    for key, value in settings.items():
        if key not in TOP:
            raise StudyError(f"{where}: unknown key {key!r}; {did_you_mean(key, TOP)}")
        if key in SECTIONS and not isinstance(value, Mapping):
            raise StudyError(f"{where}: expected {key!r} to be a section; write it as [{key}].")
        if key not in SECTIONS and not isinstance(value, str):
            raise StudyError(f"{where}: {key}: expected text; write it in quotation marks.")
        for name in value if SECTIONS.get(key) else ():
            if name not in SECTIONS[key]:
                raise StudyError(f"{where}: [{key}]: unknown key {name!r}; {did_you_mean(name, SECTIONS[key])}")
    if "articles" in settings:
        _check_articles(settings["articles"], where)
    _check_contrast(settings.get("contrast", {}), where)
    for family, terms in settings.get("keywords", {}).items():
        _check_strings(terms, f"{where}: [keywords] {family}")
        if not terms:
            raise StudyError(f"{where}: [keywords] {family}: expected at least one term; add one or remove the family.")
    _check_wider(settings, where)
    for side, speakers in settings.get("sides", {}).items():
        if not isinstance(speakers, Mapping):
            raise StudyError(
                f"{where}: [sides] {side}: expected speakers with their names; "
                f'write [sides.{side}] and below it "Speaker" = ["name", "other name"].'
            )
        for speaker, names in speakers.items():
            _check_strings(names, f"{where}: [sides.{side}] {speaker}")
    return {"title": "Untitled study", "question": "", **settings}


def _check_articles(articles: Mapping, where: str) -> None:
    place = f"{where}: [articles]"
    if ("files" in articles) == ("table" in articles):
        raise StudyError(
            f"{place}: expected either files (one text an article) or table (one row an article); give one."
        )
    if ("metadata" in articles) != ("file_column" in articles):
        raise StudyError(f"{place}: expected metadata and file_column together; give both or neither.")
    if "table" in articles and "metadata" in articles:
        raise StudyError(f"{place}: metadata describes files, a table holds its own; remove metadata, or give files.")
    if "columns" in articles and "files" in articles and "metadata" not in articles:
        raise StudyError(
            f"{place}: columns renames columns of the metadata table; name that in metadata, or remove columns."
        )
    for key, value in articles.items():
        if key == "columns":
            if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
                raise StudyError(f'{place}: columns: expected names, as in columns = {{ text = "body" }}.')
        elif not isinstance(value, str) or not value.strip():
            raise StudyError(f"{place}: {key}: expected text; write it in quotation marks.")
    if "%" not in articles.get("date_format", "%"):
        raise StudyError(
            f"{place}: date_format: expected such as '%d/%m/%Y', got {articles['date_format']!r}; use % codes."
        )


def _check_contrast(contrast: Mapping, where: str) -> None:
    place = f"{where}: [contrast]"
    if "groups" in contrast and "by" not in contrast:
        raise StudyError(f"{place}: groups without by; name the metadata column that holds the groups.")
    if not isinstance(contrast.get("by", ""), str):
        raise StudyError(f"{place}: by: expected the name of one metadata column, in quotation marks.")
    if "groups" in contrast:
        _check_strings(contrast["groups"], f"{place} groups")
        if len(set(contrast["groups"])) < 2 or len(set(contrast["groups"])) < len(contrast["groups"]):
            raise StudyError(
                f"{place} groups: expected at least two groups, each once; or leave groups out to take all."
            )


def _check_wider(settings: Mapping, where: str) -> None:
    families = settings.get("keywords", {})
    taken = {term.casefold(): family for family, terms in families.items() for term in terms}
    for family, terms in settings.get("wider_keywords", {}).items():
        place = f"{where}: [wider_keywords] {family}"
        if family not in families:
            raise StudyError(f"{place}: no family of [keywords] has this name; {did_you_mean(family, families)}")
        _check_strings(terms, place)
        if not terms:
            raise StudyError(f"{place}: expected at least one term; add one or remove the line.")
        for term in terms:
            if term.casefold() in taken:
                raise StudyError(
                    f"{place}: {term!r} is a keyword of {taken[term.casefold()]} already; remove it from one of the two."
                )


def _check_strings(value: object, place: str) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise StudyError(f'{place}: expected a list of texts; write it as ["one", "another"].')
    for item in value:
        if not any(character.isalnum() for character in item):
            raise StudyError(f"{place}: expected words, got {item!r}; write a word or phrase, or remove it.")


class ReadOnly(dict):
    """A section of the settings, for reading only: tables may have been made with it."""

    def _stop(self, *_: object, **__: object) -> None:
        raise StudyError(
            "settings are read-only, since tables may have been made with them; for a new family of keywords write "
            "study = study.with_keywords(violence=['violence']), for anything else edit study.toml and load it again."
        )

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _stop

    def __reduce__(self) -> tuple:
        return read_only, (dict(self),)


def read_only(value: object) -> object:
    """Settings that nobody can change: sections as they are, lists as tuples."""
    if isinstance(value, Mapping):
        return ReadOnly({key: read_only(inner) for key, inner in value.items()})
    return tuple(value) if isinstance(value, list) else value
