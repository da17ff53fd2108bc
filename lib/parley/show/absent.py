"""Keywords and names of a study that no text has: some may be misspelt."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from parley.corpus.settings import check_study
from parley.keywords.matching import lowered, term_pattern
from parley.sourcing.people import name_pattern
from parley.study import Study
from parley.text.visible import Visible


class _Asked(NamedTuple):
    """A keyword or name as it is written, its place in study.toml, and what finds it, having one of the beginnings."""

    place: str
    word: str
    begins: set[str]
    pattern: re.Pattern


def unused(study: Study) -> pd.DataFrame:
    """Keywords of the families, and names of the speakers on the sides, that stand in no text.

    A keyword is found in every inflection and spelling, a name in the ways in which it can be printed. One that is not
    found does no harm by itself, but it may be misspelt.

    Parameters
    ----------
    study : Study
        The study whose settings and texts are compared. The whole text of an article counts, with all that stands
        around its prose.

    Returns
    -------
    DataFrame
        One row a family or speaker with such words: ``place`` in study.toml, ``no_text_has`` (the words) and
        ``others_found`` (how many of its other words some text has).

    Raises
    ------
    StudyError
        If it is asked of something other than a study.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = pd.DataFrame({"text": ["Pauses help, Ms Lund said."]})
    >>> sides = {"town": {"Ada Lund": ["Lund", "Mayor Lundt"]}}
    >>> unused(study_from_table(texts, keywords={"pause": ["pause", "truec"]}, sides=sides))
                      place             no_text_has  others_found
    0      [keywords] pause                   truec             1
    1  [sides.town] Ada Lund  Ada Lund; Mayor Lundt             1
    """
    check_study(study, "unused")
    asked = list(_asked(study))
    left = set(range(len(asked)))
    for text in study.articles["text"]:
        seen = Visible(text).text
        low = lowered(seen)
        likely = [k for k in left if any(begun in low for begun in asked[k].begins)]  # which is quick to tell
        left -= {k for k in likely if asked[k].pattern.search(seen)}
    rows = pd.DataFrame([(one.place, one.word) for one in asked], columns=["place", "word"])
    rows["missing"] = rows.index.isin(left)
    missing = rows[rows["missing"]].groupby("place", sort=False)["word"].agg("; ".join).rename("no_text_has")
    found = (~rows["missing"]).groupby(rows["place"], sort=False).sum().rename("others_found")
    return missing.to_frame().join(found).reset_index()


def _asked(study: Study) -> Iterator[_Asked]:
    """Every keyword, and every name of a speaker."""
    for section in ("keywords", "wider_keywords"):
        for family, terms in study.settings.get(section, {}).items():
            yield from (_Asked(f"[{section}] {family}", term, *term_pattern(term)) for term in terms)
    for side, speakers in study.settings.get("sides", {}).items():
        for speaker, names in speakers.items():
            written = dict.fromkeys([speaker, *names])
            yield from (_Asked(f"[sides.{side}] {speaker}", name, *name_pattern(name)) for name in written)
