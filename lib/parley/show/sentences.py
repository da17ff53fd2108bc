"""What notebooks say in words: computed sentences, the findings of a notebook, and notes that stand beside a study."""

from IPython.display import display
from markupsafe import Markup

from parley.study import Study
from parley.text.phrases import number

# JupyterLab would typeset what looks like TeX; a corpus holds dollar signs and no formulas.
NO_FORMULAS = "mathjax_ignore"


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
    if not sentences:
        nothing(f"{about}: nothing.")
        return
    if len(sentences) == 1 and not heading:
        tag = "div" if isinstance(sentences[0], Markup) else "p"
        html = Markup('<{0} class="finding {1}">{2}</{0}>').format(tag, NO_FORMULAS, sentences[0])
    else:
        items = Markup("\n").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
        html = Markup('<ul class="finding {}">\n{}\n</ul>').format(NO_FORMULAS, items)
    if heading:
        html = Markup('<h2 class="{}">{}</h2>\n').format(NO_FORMULAS, heading) + html
    plain = "\n".join(one.striptags() if isinstance(one, Markup) else one for one in sentences)
    display({"text/html": str(html), "text/plain": plain}, raw=True)


def nothing(sentence: str) -> None:
    """Display a sentence in place of a table, a figure or sentences that a study does not give."""
    html = Markup('<p class="nothing {}">{}</p>').format(NO_FORMULAS, sentence)
    display({"text/html": str(html), "text/plain": sentence}, raw=True)


def basis(study: Study) -> str:
    """What the study's counts rest on, in a sentence or two; corrected rows are counted."""
    count = int(study.words[study.peek("sentences")["counted"]].sum())
    copies = len(study.passages)
    sentence = f"{number(len(study.articles), 'article').capitalize()}, {count:,} words that count"
    sentence += (f", {number(copies, 'passage')} printed by more than one of them" if copies else "") + "."
    corrected = study.corrections["row"].nunique()
    return sentence + (f" Corrected by hand: {number(corrected, 'row')}." if corrected else "")
