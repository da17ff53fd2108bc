"""Parley reads how news reports carry talks: which words set them apart, who is for and against what, and who speaks.

Begin with ``study = parley.load_study()``; in a cell, ``study`` says what it holds. Its tables are pandas tables:

    study.articles      one row an article            study.attributions  who says what
    study.sentences     every sentence, and its words study.mentions      every keyword, who is for or against it
    study.passages      copy that articles share      study.problems      what was odd about the files

Every analysis is a plain function of a study; ``help`` says of each what its columns mean:

    parley.load_study(path)                  a study from its study.toml
    parley.study_from_table(frame, …)        a study from a table in hand
    parley.stance.mentions(study)            every keyword mention: polarity, holder, side
    parley.stance.concordance(study, word)   every place where a word stands, and who says it
    parley.stance.collocates(study, family)  the words near a keyword
    parley.stance.rates(study, column)       keyword mentions per 1,000 words
    parley.sourcing.attributions(study)      who says what, on which side, quoted or told
    parley.quotations(study, speaker)        a speaker's quotations, and how printings differ
    parley.sourcing.find_attributions(text)  source, cue and content in any text
    parley.contrast.compare(study, column)   which words set groups of articles apart
    parley.reuse.shared_passages(study)      copy that articles share, aligned word by word
    parley.findings.findings(study)          what the notebooks find, and what each rests on
    parley.codings                           codings made by reading, and agreement with them
    parley.estimates.estimates(study)        shares that can be published, from a coded sample
    parley.show                              tables, pictures and sentences as notebooks show them
    parley.export.tables(study, folder)      the tables for a spreadsheet, .csv and .xlsx

A mistake in a name or a setting is a `StudyError`: one sentence that says what there is.
"""

from importlib import import_module
from typing import Any

PARTS = ["codings", "contrast", "estimates", "export", "findings", "reuse", "show", "sourcing", "stance"]
# Where the names stand that are not parts: nothing is imported before it is asked for, since all of it takes a second.
WHERE = {
    "Study": "study",
    "StudyError": "corpus.settings",
    "load_study": "load",
    "quotations": "sourcing",
    "study_from_table": "load",
}
__all__ = [*WHERE, *PARTS]


def __getattr__(name: str) -> Any:
    """A part of the library or one of its names, imported when it is first asked for."""
    if name in PARTS:
        return import_module(f"parley.{name}")
    if name in WHERE:
        globals()[name] = getattr(import_module(f"parley.{WHERE[name]}"), name)
        return globals()[name]
    raise AttributeError(f"module 'parley' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
