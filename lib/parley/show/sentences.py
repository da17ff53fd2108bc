"""What notebooks say in words: computed sentences, the findings of a notebook, and notes that stand beside a study."""

from IPython.display import display
from markupsafe import Markup

from parley.corpus.settings import StudyError, check_study
from parley.findings import breaks, findings, strength
from parley.study import Study
from parley.text.phrases import join_words, number
from parley.variations import CONTRAST, COPY, SOURCING, STANCE, VALIDITY

# JupyterLab would typeset what looks like TeX; a corpus holds dollar signs and no formulas.
NO_FORMULAS = "mathjax_ignore"
# A finding, and its strength as a short note that opens.
NOTED = Markup('{} <details class="strength"><summary>{}</summary>{}</details>')
NEEDS = {
    CONTRAST: "name a column that groups the articles under [contrast] by in study.toml",
    STANCE: "name words and phrases under [keywords] in study.toml",
    SOURCING: "no attribution was found in its articles",
    COPY: "no two of its articles share a passage",
    VALIDITY: "there is no coding beside its texts",
}


def say(*sentences: str, heading: str | None = None, about: str = "To be said here") -> None:
    """Display computed sentences: one as a paragraph, several as a list.

    Parameters
    ----------
    *sentences
        Text; what looks like HTML in it is shown as it stands, unless it is :class:`markupsafe.Markup`.
    heading
        Stands above them.
    about
        What they tell, in one phrase: begins the sentence that says so where there is none.
    """
    sentences = sentences or (f"{about}: nothing.",)
    if len(sentences) == 1 and not heading:
        html = Markup('<p class="finding {}">{}</p>').format(NO_FORMULAS, sentences[0])
    else:
        items = Markup("\n").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
        html = Markup('<ul class="finding {}">\n{}\n</ul>').format(NO_FORMULAS, items)
    if heading:
        html = Markup('<h2 class="{}">{}</h2>\n').format(NO_FORMULAS, heading) + html
    plain = "\n".join(one.striptags() if isinstance(one, Markup) else one for one in sentences)
    display({"text/html": str(html), "text/plain": plain}, raw=True)


def in_short(study: Study, notebook: str) -> None:
    """Display the findings of one notebook, each with its strength, and the notes that stand beside the study.

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
        lines = [NOTED.format(row["sentence"], strength(row), breaks(row)) for _, row in found.iterrows()]
        corrected = study.corrections["row"].nunique() if notebook in (STANCE, SOURCING, VALIDITY) else 0
        lines += [f"Corrected by hand: {number(corrected, 'row')}."] if corrected else []
        say(*lines, heading="In short")
    else:
        say(f"This study gives nothing to answer here: {NEEDS[notebook]}.")
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


def basis(study: Study) -> str:
    """What the study's counts rest on, in a sentence or two; corrected rows are counted."""
    count = int(study.words[study.sentences["counted"]].sum())
    copies = len(study.passages)
    sentence = f"{number(len(study.articles), 'article').capitalize()}, {count:,} words that count"
    sentence += (f", {number(copies, 'passage')} printed by more than one of them" if copies else "") + "."
    corrected = study.corrections["row"].nunique()
    return sentence + (f" Corrected by hand: {number(corrected, 'row')}." if corrected else "")
