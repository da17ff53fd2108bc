"""How far figures can be trusted: rules against codings, codings against each other, findings against other choices."""

from itertools import combinations

import pandas as pd

from parley import codings
from parley.findings import measured_elsewhere, strength
from parley.show.tables import join_words, number
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study
from parley.text.copies import clusters

HOW_TO_CODE = (
    "No coding stands beside these texts, so nobody knows how well the rules read them. To code some articles, "
    "run make coding-sheet CODER=your-name (with STUDY= for a corpus of your own): it writes blank sheets, and the guide to filling them in, beside study.toml. "
    "With some whole articles filled in, this notebook compares."
)


def extractor_scores(study: Study) -> pd.DataFrame:
    """Attributions and mentions, as the rules read them, against the first coding: ``what, figure, value``."""
    name = codings.names(study)[0]
    read = study.as_read()
    spoken = codings.score_attributions(study, attributions(read), codings.read_attributions(study, name))
    rows = [("attributions", figure, value) for figure, value in spoken.items()]
    if study.settings.get("keywords") and len(coded := codings.read_mentions(study, name)):
        named = codings.score_mentions(mentions(read), coded)
        rows += [("mentions", figure, value) for figure, value in named.items()]
    return pd.DataFrame(rows, columns=["what", "figure", "value"]).replace({"figure": LABELS})


LABELS = {
    "f1": "F1",
    "articles": "articles coded",
    "coded": "in the coding",
    "paired": "in both",
    "kind": "kind alike",
    "speaker": "speaker alike",
    "side": "side alike",
    "named": "named alike",
    "polarity": "polarity alike",
    "holder": "holder alike",
    "others": "further holders alike",
    "kappa": "Cohen’s kappa of polarity",
}


def by_kind(study: Study) -> pd.DataFrame:
    """Recall and precision by kind of quotation: ``kind, in_coding, of_these_found, found, of_these_in_coding``."""
    found, coded = attributions(study.as_read()), codings.read_attributions(study, codings.names(study)[0])
    pairs = codings.pair_attributions(study, found, coded)
    rows = []
    for kind in ("direct", "mixed", "indirect"):
        theirs = pairs[pairs["coded"].map(coded["kind"]) == kind]
        ours = pairs[pairs["found"].map(found["kind"]) == kind]
        rows.append(
            (kind, len(theirs), int(theirs["found"].notna().sum()), len(ours), int(ours["coded"].notna().sum()))
        )
    return pd.DataFrame(rows, columns=["kind", "in_coding", "of_these_found", "found", "of_these_in_coding"])


def confusion(study: Study, label: str) -> pd.DataFrame:
    """One label of the attributions that finder and coding share, crossed: coding in rows, finder in columns."""
    found, coded = attributions(study.as_read()), codings.read_attributions(study, codings.names(study)[0])
    both = codings.pair_attributions(study, found, coded).dropna()
    theirs = coded.loc[both["coded"], label].fillna("not told").to_numpy()
    ours = found.loc[both["found"], label].fillna("not told").to_numpy()
    return pd.crosstab(pd.Series(theirs, name="coding"), pd.Series(ours)).reset_index().rename_axis(columns=None)


def polarity_confusion(study: Study) -> pd.DataFrame:
    """Polarity of the mentions that rules and coding share, crossed: coding in rows, rules in columns."""
    coded = codings.read_mentions(study, codings.names(study)[0])
    both = mentions(study.as_read()).merge(coded, on=["article_id", "start", "end"], suffixes=("", "_coded"))
    order = ["for", "against", "neutral"]
    table = pd.crosstab(both["polarity_coded"].rename("coding"), both["polarity"])
    return table.reindex(index=order, columns=order, fill_value=0).reset_index().rename_axis(columns=None)


def coding_agreement(study: Study) -> pd.DataFrame:
    """Every two codings against each other: F1 of the attributions, agreement on their labels, kappa of the mentions' polarity."""
    rows = []
    # The adjudicated coding was made from the others; comparing them would go in a circle.
    for first, second in combinations([name for name in codings.names(study) if name != "adjudicated"], 2):
        spoken = codings.score_attributions(
            study, *_of_both(*(codings.read_attributions(study, name) for name in (first, second)))
        )
        named = codings.score_mentions(*_of_both(*(codings.read_mentions(study, name) for name in (first, second))))
        rows.append(
            (
                first,
                second,
                spoken["f1"],
                spoken["side"],
                spoken["speaker"],
                spoken["kind"],
                named["polarity"],
                named["kappa"],
            )
        )
    columns = [
        "coding",
        "other",
        "F1",
        "side_alike",
        "speaker_alike",
        "kind_alike",
        "polarity_alike",
        "kappa_of_polarity",
    ]
    return pd.DataFrame(rows, columns=columns)


def _of_both(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two codings, cut down to the articles that both cover."""
    shared = set(first["article_id"]) & set(second["article_id"])
    first, second = (table[table["article_id"].isin(shared)].reset_index(drop=True) for table in (first, second))
    return first, second


def out_of_sample() -> pd.DataFrame:
    """Figures measured on texts from elsewhere, as the scripts in ``benchmarks/`` recorded them; empty where there are none.

    Figures on the study's own articles, on texts that the rules were developed on, and timings are left out.
    """
    table = measured_elsewhere().drop(columns="versions")
    own = table["figure"].str.contains(r"^(?:five articles|train\b)|develop|CPU|memory|100 MB|kilobyte", regex=True)
    return table[~own & ~table["unit"].astype(str).str.contains("CPU|MB")].reset_index(drop=True)


def verdicts(table: pd.DataFrame) -> list[str]:
    """One sentence a finding: its name, and what it would take to lose it."""
    return [f"{row['finding_id']}: {strength(row)}." for _, row in table.iterrows()]


def cannot_show(study: Study) -> list[str]:
    """What a corpus cannot show, whatever is counted in it, as sentences."""
    articles = study.articles
    independent = clusters(study.passages, articles["article_id"])
    sentences = [
        f"{number(len(articles), 'article').capitalize()} cannot stand for an outlet, a year or a country: nothing here says that they were drawn at random."
    ]
    unstated = int(articles["outlet"].isna().sum())
    if unstated:
        sentences.append(f"No publisher is recorded for {number(unstated)} of {number(len(articles), 'article')}.")
    known = articles["date_basis"].dropna()
    outside = int((known != "stated").sum())
    if outside:
        sentences.append(f"The dates of {number(outside, 'article')} were inferred or looked up, not stated.")
    if independent.nunique() < len(articles):
        twice = independent[independent.duplicated(keep=False)]
        groups = [join_words(twice.index[twice == name]) for name in twice.unique()]
        sentences.append(f"Articles that share copy are one report, not several: {'; '.join(groups[:5])}.")
    if names := codings.names(study):
        coded = codings.read_attributions(study, names[0])
        covered = coded["article_id"].nunique()
        if covered < len(articles):
            sentences.append(
                f"The coding covers {number(covered)} of {number(len(articles), 'article')}, with {number(len(coded), 'attribution')}; "
                "how well the rules read the others it does not say."
            )
    sentences.append("What was said and not printed, and what was printed elsewhere, is not in these texts.")
    return sentences
