"""study.toml, read and checked: everything particular to one corpus enters the library here.

What cannot be meant as written stops with one sentence that names the file, the place, what was expected and the
remedy. Nothing is guessed.
"""

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

RESERVED = ("article", "unclear")
MOST_NAMED = 20  # names listed in an error


class StudyError(ValueError):
    """A study that cannot be read as it stands; the message says where, what was expected and what to do."""


# Section -> its keys; None where the keys are the user's own (families, sides).
SECTIONS = {
    "articles": [
        "files",
        "metadata",
        "file_column",
        "table",
        "encoding",
        "columns",
        "date_format",
        "segments",
        "read",
        "about",
    ],
    "contrast": ["by", "groups"],
    "keywords": None,
    "wider_keywords": None,
    "sides": None,
    "labels": None,
}
TOP = ["title", "question", *SECTIONS]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing remark for an error about a name: the nearest known one, and what else there is."""
    known = sorted(known)
    shown = ", ".join(map(repr, known[:MOST_NAMED])) + (", …" if len(known) > MOST_NAMED else "")
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f"did you mean {folded[close[0]]!r}? Known are {shown}." if close else f"known are {shown or 'none'}."


def check_study(given: object, asked: str) -> None:
    """A :class:`StudyError` where a function that is `asked` of a study was given something else, such as a table."""
    if not hasattr(given, "settings"):
        what = "a table" if hasattr(given, "columns") else f"a {type(given).__name__}"
        remedy = f"as load_study() gives it: {asked}(study, …)"
        raise StudyError(f"{asked}: expected a study, got {what}; give the study, {remedy}.")


def check_table(given: object, asked: str, tables: str) -> None:
    """A :class:`StudyError` where a function that is `asked` of a table was given something else, such as a study."""
    if not hasattr(given, "columns") and not hasattr(given, "index"):
        what = "a study" if hasattr(given, "settings") else f"a {type(given).__name__}"
        raise StudyError(f"{asked}: expected a table, got {what}; give one of its tables, as in {tables}.")


def read_settings(path: Path) -> dict:
    """The settings in a study file, checked; a :class:`StudyError` says what is wrong with the file."""
    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        fault = "there is no such study file; name an existing one or write one with 'make study FROM=folder-or-table'."
    except OSError as error:
        fault = f"the study file cannot be read ({error.strerror}); check its name and rights."
    except UnicodeDecodeError as error:
        fault = f"byte {error.start}: expected UTF-8; save the study file as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault = f'{error}; expected TOML such as by = "episode" (text in quotation marks).'
    else:
        if "articles" in settings:
            return check_settings(settings, str(path))
        fault = "expected a section [articles] that says where the texts are; add one."
    raise StudyError(f"{path}: {fault}")


def check_settings(settings: Mapping, where: str) -> dict:
    """The settings with defaults for title and question, or a :class:`StudyError` that begins with `where`."""
    for fault in _faults(settings):
        raise StudyError(f"{where}: {fault}")
    return {"title": "Untitled study", "question": "", **settings}


def _faults(settings: Mapping) -> Iterator[str]:
    """What is wrong with settings, a sentence each; a check relies on those before it, so only the first is used."""
    for key, value in settings.items():
        if key not in TOP:
            yield f"unknown key {key!r}; {did_you_mean(key, TOP)}"
        if key in SECTIONS and not isinstance(value, Mapping):
            yield f"expected {key!r} to be a section; write it as [{key}]."
        if key not in SECTIONS and not isinstance(value, str):
            yield f"{key}: expected text; write it in quotation marks."
        for name in value if SECTIONS.get(key) else ():
            if name not in SECTIONS[key]:
                yield f"[{key}]: unknown key {name!r}; {did_you_mean(name, SECTIONS[key])}"
    if "articles" in settings:
        yield from _faults_of_articles(settings["articles"])
    yield from _faults_of_contrast(settings.get("contrast", {}))
    yield from _faults_of_keywords(settings.get("keywords", {}), settings.get("wider_keywords", {}))
    for name, written in settings.get("labels", {}).items():
        if not isinstance(written, str) or not written.strip():
            yield f'[labels] {name}: expected how it is written, as in {name} = "{name.replace("_", " ").capitalize()}".'
    side_of: dict[str, str] = {}
    for side, speakers in settings.get("sides", {}).items():
        if not isinstance(speakers, Mapping):
            remedy = f'write [sides.{side}] and below it "Speaker" = ["name", "other name"]'
            yield f"[sides] {side}: expected speakers with their names; {remedy}."
        if side in RESERVED:
            yield f"[sides.{side}]: tables say {side!r} where no side is known; give the side another name."
        for speaker, names in speakers.items():
            yield from _faults_of_list(names, f"[sides.{side}] {speaker}")
            if stands := side_of.get(speaker):
                yield f"[sides.{side}] {speaker}: stands on {stands} already; remove it from one of the two."
            side_of[speaker] = side


def _faults_of_articles(articles: Mapping) -> Iterator[str]:
    if ("files" in articles) == ("table" in articles):
        yield "[articles]: expected either files (one text an article) or table (one row an article); give one."
    if ("metadata" in articles) != ("file_column" in articles):
        yield "[articles]: expected metadata and file_column together; give both or neither."
    if "table" in articles and "metadata" in articles:
        yield "[articles]: metadata describes files, a table holds its own; remove metadata, or give files."
    if "columns" in articles and "files" in articles and "metadata" not in articles:
        yield "[articles]: columns renames columns of the metadata table; name that in metadata, or remove columns."
    for key, value in articles.items():
        if key == "about":
            yield from _faults_of_list(value, "[articles] about")
            if not value:
                yield "[articles] about: expected at least one word or phrase; add one, or remove about."
        elif key == "columns":
            if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value.values()):
                yield '[articles]: columns: expected names, as in columns = { text = "body" }.'
        elif not isinstance(value, str) or not value.strip():
            yield f"[articles]: {key}: expected text; write it in quotation marks."
    if "%" not in articles.get("date_format", "%"):
        yield f"[articles]: date_format: expected such as '%d/%m/%Y', got {articles['date_format']!r}; use % codes."


def _faults_of_contrast(contrast: Mapping) -> Iterator[str]:
    if "groups" in contrast and "by" not in contrast:
        yield "[contrast]: groups without by; name the metadata column that holds the groups."
    if not isinstance(contrast.get("by", ""), str):
        yield "[contrast]: by: expected the name of one metadata column, in quotation marks."
    if "groups" in contrast:
        groups = contrast["groups"]
        yield from _faults_of_list(groups, "[contrast] groups")
        if len(groups) < 2 or len(set(groups)) < len(groups):
            yield "[contrast] groups: expected at least two groups, each once; or leave groups out to take all."


def _faults_of_keywords(families: Mapping, wider: Mapping) -> Iterator[str]:
    family_of = {}
    for section, given in (("keywords", families), ("wider_keywords", wider)):
        for family, terms in given.items():
            place = f"[{section}] {family}"
            if family not in families:
                yield f"{place}: no family of [keywords] has this name; {did_you_mean(family, families)}"
            yield from _faults_of_list(terms, place)
            if not terms:
                yield f"{place}: expected at least one term; add one or remove the family."
            for term in terms:
                taken = family_of.get(term.casefold(), family if section == "keywords" else None)
                if taken and (section == "wider_keywords" or taken != family):
                    yield f"{place}: {term!r} is a keyword of {taken} already; remove it from one of the two."
                if section == "keywords":
                    family_of[term.casefold()] = family


def _faults_of_list(items: object, place: str) -> Iterator[str]:
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        yield f'{place}: expected a list of texts; write it as ["one", "another"].'
    for item in items:
        if not any(character.isalnum() for character in item):
            yield f"{place}: expected words, got {item!r}; write a word or phrase, or remove it."


def _stop(*_: object, **__: object) -> None:
    raise StudyError(
        "settings are read-only, since tables may have been made with them; for a new family of keywords write "
        "study = study.with_keywords(violence=['violence']), for anything else edit study.toml and load it again."
    )


class Section(dict):
    """A section of the settings, for reading only."""

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _stop

    def __reduce__(self) -> tuple:  # a copy may be changed
        return dict, (dict(self),)


class Entries(list):
    """A list in the settings, for reading only."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = append = clear = extend = insert = pop = remove = _stop
    reverse = sort = _stop

    def __reduce__(self) -> tuple:
        return list, (list(self),)


def read_only(value: object) -> object:
    """Settings that nobody can change by mistake."""
    if isinstance(value, Mapping):
        return Section({key: read_only(inner) for key, inner in value.items()})
    return Entries(value) if isinstance(value, list | tuple) else value
