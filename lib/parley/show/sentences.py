"""What notebooks say in words: computed sentences, the findings of a notebook, and notes that stand beside a study."""

import pandas as pd
from IPython.display import display
from markupsafe import Markup

from parley import codings
from parley.corpus.corrections import POLARITIES
from parley.corpus.settings import StudyError
from parley.findings import findings, majority, strength
from parley.study import Study
from parley.text.copies import clusters
from parley.text.phrases import join_words, number
from parley.variations import CONTRAST, COPY, SOURCING, STANCE, VALIDITY

NO_FORMULAS = (
    "mathjax_ignore"  # JupyterLab would typeset what looks like TeX; a corpus holds dollar signs and no formulas
)
FEW = 5  # mentions below which a majority is not called one
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
        Text; what looks like HTML in it is shown as it stands.
    heading
        Stands above them.
    about
        What they tell, in one phrase: where there is no sentence, the one that says so begins with it.
    """
    sentences = sentences or (f"{about}: nothing.",)
    if len(sentences) == 1:
        html = Markup('<p class="finding {}">{}</p>').format(NO_FORMULAS, sentences[0])
    else:
        items = Markup("\n").join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
        html = Markup('<ul class="finding {}">\n{}\n</ul>').format(NO_FORMULAS, items)
    if heading:
        html = Markup('<h2 class="{}">{}</h2>\n').format(NO_FORMULAS, heading) + html
    display({"text/html": str(html), "text/plain": "\n".join(sentences)}, raw=True)


def in_short(study: Study, notebook: str) -> None:
    """Display the findings of one notebook, each with its strength, and what its author has to add.

    Parameters
    ----------
    study
    notebook
        Its file name without the ending, as in ``"02-stance-keywords"``. The words that only this corpus deserves stand in
        ``notes/<notebook>.md`` beside the study; paragraphs are plain text, and ``{finding-id}`` stands for that finding's
        sentence, so that every figure in them is computed.

    Raises
    ------
    StudyError
        A note names a finding that the study does not have.
    """
    found = findings(study, notebook)
    if len(found):
        lines = [f"{row['sentence']} ({strength(row)}.)" for _, row in found.iterrows()]
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


def changes(study: Study) -> list[str]:
    """What changed in the stances between two groups, family by family and side by side, as sentences.

    A majority is named where each group has five mentions or more and two independent reports or more; else the counts alone.
    """
    table = study.mentions
    counts = table[table["counted"]].assign(group=lambda rows: rows["article_id"].map(study.groups))
    counts = counts.assign(side=counts["side"].fillna("nobody’s"))
    groups = study.settings.get("contrast", {}).get("groups", sorted(counts["group"].dropna().unique()))
    if not study.by or len(groups) != 2:
        return []
    reports = clusters(study.passages, study.articles["article_id"]).groupby(study.groups).nunique()
    alone = min(reports[group] for group in groups) < 2
    sentences = []
    for (family, side), rows in counts.groupby(["family", "side"]):
        tallies = pd.crosstab(rows["group"], rows["polarity"]).reindex(index=groups, columns=POLARITIES, fill_value=0)
        if not tallies.any(axis=1).all():
            continue
        was, now = (majority(tallies.loc[group]) for group in groups)
        counted = "; ".join(f"{group}: {_tally(tallies.loc[group])}" for group in groups)
        if alone or tallies.sum(axis=1).min() < FEW:
            sentences.append(f"{family}, side {side}, {counted}.")
        else:
            turn = f"turns from {was} to {now}" if was != now else f"stays {now}"
            sentences.append(f"{family}, side {side}: the majority {turn} ({counted}).")
    return sentences


def _tally(counts: pd.Series) -> str:
    return ", ".join(f"{count} of {counts.sum()} {polarity}" for polarity, count in counts.items() if count)


def cannot_show(study: Study) -> list[str]:
    """What a corpus cannot show, whatever is counted in it, as sentences."""
    articles = study.articles
    all_articles = number(len(articles), "article")
    independent = clusters(study.passages, articles["article_id"])
    sentences = [
        f"{all_articles.capitalize()} cannot stand for an outlet, a year or a country: nothing here says that they were drawn at random."
    ]
    if unstated := int(articles["outlet"].isna().sum()):
        sentences.append(f"No publisher is recorded for {number(unstated)} of {all_articles}.")
    if outside := int((articles["date_basis"].dropna() != "stated").sum()):
        sentences.append(f"The dates of {number(outside, 'article')} were inferred or looked up, not stated.")
    if len(twice := independent[independent.duplicated(keep=False)]):
        groups = [join_words(ids) for ids in list(twice.groupby(twice, sort=False).groups.values())[:5]]
        sentences.append(f"Articles that share copy are one report, not several: {'; '.join(groups)}.")
    for name in codings.names(study)[:1]:
        coded = codings.read_attributions(study, name)
        covered = coded["article_id"].nunique()
        if covered < len(articles):
            sentences.append(
                f"The coding covers {number(covered)} of {all_articles}, with {number(len(coded), 'attribution')}; "
                "how well the rules read the others it does not say."
            )
    return [*sentences, "What was said and not printed, and what was printed elsewhere, is not in these texts."]
