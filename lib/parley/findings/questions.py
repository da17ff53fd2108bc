"""What is asked of a study: functions from a study to what they measure, in the order of the notebooks."""

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

from parley import codings
from parley.contrast import compare, counts
from parley.contrast.counting import group_articles
from parley.corpus.corrections import POLARITIES
from parley.corpus.settings import StudyError
from parley.study import Study
from parley.text.copies import clusters
from parley.text.phrases import join_words, number
from parley.variations import CONTRAST, COPY, CORPUS, SOURCING, STANCE, VALIDITY

NO_SIDE = ["other", "unclear"]  # written for speakers whom no listed side covers
KINDS = {"indirect": "paraphrase", "mixed": "paraphrase with quoted words", "direct": "quotation only"}
STANCES = {None: "none is found", "divided": "they are divided"}


class Measured(NamedTuple):
    """One finding on one study: the value, the sentence, what it claims, in words that follow "that", and how to write the value.

    The claim holds in a variation where its words are the same.
    """

    value: float
    sentence: str
    claim: str
    figure: str
    form: str


Question = Callable[[Study], Measured | None]


# --- 00: the corpus


def corpus_size(study: Study) -> Measured:
    """How many articles there are, and how many independent reports they make."""
    independent = clusters(study.passages, study.articles["article_id"]).nunique()
    count = len(study.articles)
    sentence = f"{number(count, 'article').capitalize()}"
    if independent == count:
        sentence += ", none of which shares a passage with another."
    else:
        sentence += f" that make {number(independent, 'independent report')}, since some share copy."
    claim = f"they make {number(independent, 'independent report')}"
    return Measured(independent, sentence, claim, "independent reports", "{:,.0f}")


def corpus_left_out(study: Study) -> Measured:
    """How much of what is printed is not counted, and the largest reason."""
    words = study.words
    share = words[~study.sentences["counted"]].sum() / max(words.sum(), 1)
    if not share:
        return Measured(
            0.0, "All words that are printed are counted.", "nothing is left out", "words left out", "{:.0%}"
        )
    reasons = words.groupby(study.sentences["left_out"]).sum().sort_values(ascending=False)
    # Counts, not shares: three rounded shares need not add up to the whole's.
    parts = [f"{reason} {count:,}" for reason, count in reasons.items() if count]
    sentence = f"{share:.0%} of the {words.sum():,} words printed are not counted ({join_words(parts)})."
    return Measured(float(share), sentence, f"the largest part is {reasons.index[0]}", "words left out", "{:.0%}")


# --- 01: term contrasts


def contrast(study: Study) -> pd.DataFrame | None:
    """The contrast of those groups that have words that count, as :func:`parley.contrast.compare` gives it; None for fewer than two."""
    if not study.by or study.groups.nunique() < 2:
        return None
    return study.once(_contrast)


def _contrast(study: Study) -> pd.DataFrame | None:
    group, names = group_articles(study, None, None)
    counted = counts(study)
    words = pd.Series(counted.matrix.sum(axis=1), index=counted.articles).groupby(group).sum()
    spoken = [name for name in names if words.get(name, 0)]
    return compare(study, groups=spoken) if len(spoken) > 1 else None


def contrast_chance(study: Study) -> Measured | None:
    """Whether any term sets the groups apart more than chance could."""
    table = contrast(study)
    if table is None:
        return None
    floor, p = table.attrs["smallest_p"], float(table["p_value"].min())
    tested = number(table.attrs["terms_tested"], "term")
    if floor > 0.05:
        sentence = (
            f"The permutation test cannot tell the groups apart: with so few independent reports no p-value can be below {floor:.2g}, "
            f"so none of the {tested} tested can be called more than chance."
        )
    else:
        below = table.index[table["p_value"] <= 0.05].nunique()
        sentence = f"Of {tested} tested, {number(below) if below else 'none'} {'sets' if below == 1 else 'set'} the groups apart at a family-wise p of .05."
    claim = f"{'some' if p <= 0.05 else 'no'} term is beyond chance"
    return Measured(p, sentence, claim, "smallest p-value", "{:.2g}")


def contrast_leaning(study: Study) -> Measured | None:
    """The term that leans most to each group, among those in at least two of its independent reports."""
    table = contrast(study)
    if table is None:
        return None
    groups = list(table.attrs["groups"])
    if len(groups) != 2:
        return None
    first, second = groups
    leaning = []
    for group, other, sign in ((first, second, 1), (second, first, -1)):
        usual = table[(table[f"reports_{group}"] >= 2) & (table["log_odds_z"] * sign > 0)]
        if table.attrs["units"][group] == 1:
            leaning.append((None, f"{group} has one independent report, so no word can be said to lean to it"))
            continue
        if not len(usual):
            leaning.append((None, f"no word that leans to {group} stands in two independent reports of it"))
            continue
        row = usual["log_odds_z"].mul(sign).idxmax()
        here, there = table.loc[row, f"count_{group}"], table.loc[row, f"count_{other}"]
        leaning.append((row, f"“{row}” leans most to {group} ({here:,.0f} against {there:,.0f})"))
    named = [row for row, _ in leaning if row is not None]
    if not named:
        return None
    return Measured(
        float(abs(table.loc[named[0], "log_odds_z"])),
        f"As description: {'; '.join(words for _, words in leaning)}.",
        join_words(
            f"“{row}” leans most to {group}" if row else f"none leans to {group}"
            for (row, _), group in zip(leaning, groups, strict=True)
        ),
        "its log-odds z-score",
        "{:.1f}",
    )


# --- 02: stance


def stance_family(study: Study, *, family: str) -> Measured | None:
    """The polarity that most mentions of a family have, and whether it differs between groups."""
    table = _counted(study.mentions).query("family == @family")
    if not len(table):
        return None
    order = (
        study.settings.get("contrast", {}).get("groups", sorted(study.groups.dropna().unique()))
        if study.by
        else ["all"]
    )
    group, parts, claims, tops = table["article_id"].map(study.groups), [], [], []
    for name in order:
        if not (study.groups == name).any():
            raise StudyError(f"no article is left in {name}")
        where = f" in {name}" if study.by else ""
        counts = table.loc[group == name, "polarity"].value_counts().reindex(POLARITIES, fill_value=0)
        listing = ", ".join(f"{count} {polarity}" for polarity, count in counts.items() if count)
        parts.append(f"{number(counts.sum(), 'mention')}{where} ({listing})" if listing else f"none{where}")
        tops.append(majority(counts))
        claims.append(STANCES.get(tops[-1], f"most are {tops[-1]}") + where)
    turn = f"; {join_words(claims)}" if len({top for top in tops if top}) > 1 or "divided" in tops else ""
    sentence = f"{family.capitalize()}: {join_words(parts)}{turn}."
    share = float((table["polarity"] == "for").mean())
    return Measured(share, sentence, join_words(claims), "share in favour", "{:.0%}")


def majority(counts: pd.Series) -> str | None:
    """The polarity that more than half of the mentions have, "divided" if none has; None where there are none.

    Examples
    --------
    >>> majority(pd.Series({"for": 3, "against": 1})), majority(pd.Series({"for": 1, "against": 1}))
    ('for', 'divided')
    """
    if not counts.sum():
        return None
    return counts.idxmax() if counts.max() > counts.sum() / 2 else "divided"


# --- 03: sourcing


def sourcing_side(study: Study) -> Measured | None:
    """The side that speaks most, among those that the study lists."""
    table = _counted(study.attributions)
    if not table["side"].notna().any():
        return None
    total = len(table)
    counts = table.loc[table["side"].notna() & ~table["side"].isin(NO_SIDE), "side"].value_counts()
    listed = int(counts.sum())
    if not listed:
        sentence = f"None of {number(total, 'attribution')} stands on a listed side."
        return Measured(0.0, sentence, "no listed side speaks", "largest share", "{:.0%}")
    share = counts.iloc[0] / listed
    if listed < total:
        sentence = f"{number(total - listed).capitalize()} of {number(total, 'attribution')} {'stands' if total - listed == 1 else 'stand'} on no listed side; "
        sentence += f"of the others “{counts.index[0]}” speaks in {counts.iloc[0]} of {listed} ({share:.0%})"
    else:
        sentence = (
            f"The side “{counts.index[0]}” speaks in {counts.iloc[0]} of {number(total, 'attribution')} ({share:.0%})"
        )
    sentence += f"; next comes “{counts.index[1]}” with {counts.iloc[1]}." if len(counts) > 1 else "."
    claim = f"“{counts.index[0]}” speaks most, in {'more than' if share > 0.5 else 'at most'} half"
    return Measured(float(share), sentence, claim, "largest share", "{:.0%}")


def sourcing_named(study: Study) -> Measured | None:
    """How much is said by unnamed sources."""
    table = _counted(study.attributions)
    if not len(table):
        return None
    share = float((~table["named"].astype(bool)).mean())
    sentence = f"{share:.0%} of attributions name no person, body or state."
    claim = f"{'more than' if share > 0.5 else 'at most'} half are unnamed"
    return Measured(share, sentence, claim, "share without a name", "{:.0%}")


def sourcing_paraphrase(study: Study) -> Measured | None:
    """How much of what is said is paraphrased."""
    table = _counted(study.attributions)
    if not len(table):
        return None
    kinds = table["kind"].value_counts(normalize=True).reindex(["indirect", "mixed", "direct"], fill_value=0.0)
    sentence = f"{kinds['indirect']:.0%} of attributions are paraphrase without a quoted word, {kinds['direct']:.0%} are quotation only."
    claim = f"{KINDS[kinds.idxmax()]} is the most frequent kind"
    return Measured(float(kinds["indirect"]), sentence, claim, "share of paraphrase", "{:.0%}")


# --- 04: wire copy


def copy_share(study: Study) -> Measured | None:
    """The two articles that share most."""
    passages = study.passages
    if not len(passages):
        return None
    pairs = passages.groupby(["article_a", "article_b"])["words"].sum().sort_values(ascending=False, kind="stable")
    (a, b), words = pairs.index[0], int(pairs.iloc[0])
    if len(pairs) == 1:
        sentence = f"One pair of articles shares copy: {words:,} words stand in both {a} and {b}."
    else:
        sentence = f"{number(len(pairs), 'pair').capitalize()} of articles share copy; {a} and {b} share most, {words:,} words."
    return Measured(words, sentence, f"{a} and {b} share most", "shared words", "{:,.0f}")


def copy_edits(study: Study) -> Measured | None:
    """The word that shared copy most often has in another's place."""
    passages = study.passages
    pairs = [
        tuple(sorted((a.casefold(), b.casefold())))
        for edits in passages["edits"]
        for op, a, b in edits
        if op == "substitute"
    ]
    if not pairs:
        return None
    counts = pd.Series(pairs).value_counts()
    top = sorted(counts.index[counts == counts.max()])[0]
    times = {1: "once", 2: "twice"}.get(int(counts.max()), f"{counts.max():,} times")
    sentence = f"Where the copy differs, one article has “{top[0]}” and the other “{top[1]}”, {times}; who changed it the texts do not say."
    claim = f"“{top[0]}” and “{top[1]}” differ most often"
    return Measured(float(counts.max()), sentence, claim, "occurrences", "{:,.0f}")


# --- 05: validity


def extractor_agreement(study: Study) -> Measured | None:
    """How well the attributions, as the rules read them, agree with the coding made by reading."""
    if not codings.names(study):
        return None
    coded = codings.read_attributions(study, codings.names(study)[0])
    scores = codings.score_attributions(study, study.as_read().attributions, coded)
    corrected = study.corrections["row"].nunique()
    sentence = (
        f"Against the coding beside these texts, the attribution finder reaches F1 {scores['f1']:.2f} and gives the same side in "
        f"{scores['side']:.0%} of the {number(scores['paired'], 'attribution')} that both have; this is in-sample where the rules were made "
        "with these texts at hand"
    )
    sentence += f" ({number(corrected, 'row')} corrected by hand left as the rules read them)." if corrected else "."
    return Measured(scores["f1"], sentence, f"F1 is {_side_of_half(scores['f1'])} .5", "F1", "{:.2f}")


def attribution_elsewhere(study: Study) -> Measured | None:
    """How well attributions are found in annotated news from elsewhere, as the benchmarks recorded it."""
    figures = _recorded("attribution")
    wanted = [f"PolNeAR dev, {part}, F1" for part in ("all", "quoted", "indirect")]
    if not set(wanted) <= set(figures.index):
        return None
    whole, quoted, indirect = figures[wanted] / 100
    sentence = (
        f"On other news, the part of PolNeAR that cues were not counted on, attributions are found with F1 {whole:.0%} ({quoted:.0%} "
        f"quoted, {indirect:.0%} indirect); rules were chosen with this score in view."
    )
    return Measured(float(whole), sentence, f"F1 is {_side_of_half(whole)} .5", "F1", "{:.0%}")


def stance_elsewhere(study: Study) -> Measured | None:
    """How well the stance rules read news that they had never met, as the benchmarks recorded it."""
    figures = _recorded("stance")
    if not study.settings.get("keywords") or not {"kept part: right", "kept part: coded mentions"} <= set(
        figures.index
    ):
        return None
    right, coded = figures["kept part: right"], int(figures["kept part: coded mentions"])
    sentence = (
        f"On {number(coded, 'keyword mention')} in news that the stance rules had never met, they give the right polarity in {right:.0%}"
        f"{_outright(figures)}: read the sentences before you trust a count of them."
    )
    return Measured(float(right), sentence, f"the share is {_side_of_half(right)} .5", "share right", "{:.0%}")


def _outright(figures: pd.Series) -> str:
    """The part of the sentence on stances that were written to be plain, where the benchmark recorded it."""
    label = "outright sentences, kept part"
    if not {f"{label}: right", f"{label}: sentences"} <= set(figures.index):
        return ""
    right, sentences = figures[f"{label}: right"], int(figures[f"{label}: sentences"])
    return f" ({right:.0%} in {number(sentences, 'sentence')} written to say a stance outright)"


def measured_elsewhere() -> pd.DataFrame:
    """What the benchmarks measured on texts from elsewhere: ``benchmark, figure, value, unit, command, date, versions``."""
    with (files("parley") / "data" / "results.csv").open(encoding="utf-8") as lines:
        return pd.read_csv(lines)


def _recorded(benchmark: str) -> pd.Series:
    """What one benchmark recorded, by figure."""
    table = measured_elsewhere()
    return table[table["benchmark"] == benchmark].set_index("figure")["value"]


def _side_of_half(share: float) -> str:
    return "above" if share > 0.5 else "not above"


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["counted"]]


def questions(study: Study) -> dict[str, tuple[str, Question]]:
    """What is asked of a study: finding id -> (notebook, function); one question a keyword family."""
    families = {
        f"stance-{family}": (STANCE, partial(stance_family, family=family))
        for family in study.settings.get("keywords", {})
    }
    return FINDINGS | families


FINDINGS: dict[str, tuple[str, Question]] = {
    "corpus-size": (CORPUS, corpus_size),
    "corpus-left-out": (CORPUS, corpus_left_out),
    "contrast-chance": (CONTRAST, contrast_chance),
    "contrast-leaning": (CONTRAST, contrast_leaning),
    "sourcing-side": (SOURCING, sourcing_side),
    "sourcing-named": (SOURCING, sourcing_named),
    "sourcing-paraphrase": (SOURCING, sourcing_paraphrase),
    "copy-share": (COPY, copy_share),
    "copy-edits": (COPY, copy_edits),
    "extractor-agreement": (VALIDITY, extractor_agreement),
    "attribution-elsewhere": (VALIDITY, attribution_elsewhere),
    "stance-elsewhere": (VALIDITY, stance_elsewhere),
}
