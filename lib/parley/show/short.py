"""What a notebook says first: its findings, each with its strength, or what a study lacks and how to write it."""

from markupsafe import Markup

from parley.corpus.settings import StudyError, check_study
from parley.findings import breaks, findings, leading, strength
from parley.show.first import first_look
from parley.show.sentences import say
from parley.study import Study
from parley.text.phrases import join_words, number
from parley.variations import CONTRAST, COPY, SOURCING, STANCE, VALIDITY

# A finding, and its strength as a short note that opens.
NOTED = Markup('{} <details class="strength"><summary>{}</summary>{}</details>')
NEEDS = {
    CONTRAST: "name a column that groups the articles under [contrast] by in study.toml",
    STANCE: "name words and phrases under [keywords] in study.toml",
    SOURCING: "no attribution was found in its articles",
    COPY: "no two of its articles share a passage",
    VALIDITY: "there is no coding beside its texts",
}


def in_short(study: Study, notebook: str) -> None:
    """Display what a notebook finds, the three findings that tell most, each with its strength, and the study's notes.

    Parameters
    ----------
    notebook
        Its file name without the ending, as in ``"02-stance-keywords"``; its notes are in ``notes/<notebook>.md``.
        Their paragraphs are plain text, in which ``{finding-id}`` stands for that finding's sentence.

    Raises
    ------
    StudyError
        A note names a finding that the study does not have.
    """
    check_study(study, "in_short")
    found = findings(study, notebook)
    if len(found):
        shown = leading(found)
        lines = [NOTED.format(row["sentence"], strength(row), breaks(row)) for _, row in shown.iterrows()]
        more = len(found) - len(shown)
        where = "below" if notebook == VALIDITY else "in 05"
        lines += (
            [f"{number(more, 'more finding').capitalize()} {'is' if more == 1 else 'are'} {where}."] if more else []
        )
        corrected = study.corrections["row"].nunique() if notebook in (STANCE, SOURCING, VALIDITY) else 0
        lines += [f"Corrected by hand: {number(corrected, 'row')}."] if corrected else []
        say(*lines, heading="In short")
    else:
        say(f"This study gives nothing to answer here: {NEEDS[notebook]}.")
    first_look(study, notebook)
    for paragraph in _notes(study, notebook):
        say(paragraph)


def _notes(study: Study, notebook: str) -> list[str]:
    path = None if study.folder is None else study.folder / "notes" / f"{notebook}.md"
    if path is None or not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    sentences = findings(study).set_index("finding_id")["sentence"].to_dict() if "{" in text else {}
    try:
        text = text.format_map(sentences)
    except (KeyError, ValueError) as error:
        known = join_words(sentences)
        raise StudyError(f"notes/{notebook}.md: no finding is called {error}; known are {known}.") from None
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]
