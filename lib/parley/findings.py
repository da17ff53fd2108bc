"""The findings that notebooks, report and README print: each computed, and each asked what it would take to lose it.

A finding is a function from a study to what it measures: a value, a sentence, and the claim that the sentence makes. It is measured
again on every variation of the study; where the claim is no longer the same, that variation breaks it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from parley import codings
from parley.contrast import compare, counts
from parley.contrast.counting import group_articles
from parley.corpus.corrections import read_corrections
from parley.corpus.settings import StudyError
from parley.reuse import shared_passages
from parley.show.tables import join_words, number, say
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study
from parley.text.copies import clusters
from parley.variations import CONTRAST, COPY, CORPUS, SOURCING, STANCE, uncorrected, variations

COLUMNS = [
    "finding_id", "notebook", "sentence", "claim", "value", "low", "high", "range", "variations", "holds", "broken_by", "not_varied",
]  # fmt: skip
VARIED_COLUMNS = ["finding_id", "notebook", "variation", "outcome", "value", "sentence"]
HOLDS, LOST = "holds", "lost"
VALIDITY = "05-validity"
NO_SIDE = ["other", "unclear"]  # written for speakers whom no listed side covers
KINDS = {"indirect": "paraphrase", "mixed": "paraphrase with quoted words", "direct": "quotation only"}
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results.csv"  # what was measured on news from elsewhere


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


def findings(study: Study) -> pd.DataFrame:
    """All findings of a study, each with its strength.

    Returns
    -------
    DataFrame
        ``finding_id, notebook, sentence``; ``claim``, what must stay the same, in words; ``value``; ``low, high``, the range of the value over the variations that can change it, and
        ``range``, the same in words; ``variations``, how many these are, ``holds``, in how many of them the claim stays the same,
        ``broken_by``, the names of the others; ``not_varied``, why nothing could be varied, empty where something was.

    Raises
    ------
    StudyError
        A correction or a coding beside the texts cannot be read.
    """
    return study.kept("findings", lambda: _findings(study, questions(study)))[0]


def varied(study: Study) -> pd.DataFrame:
    """Every finding under every variation that can change it: the table behind the strength of findings.

    Returns
    -------
    DataFrame
        ``finding_id, notebook, variation``; ``outcome``, whether its claim holds there or is lost, or in words why this could not be
        asked; ``value, sentence`` there, missing where there is none.
    """
    return study.kept("findings", lambda: _findings(study, questions(study)))[1]


def _findings(study: Study, asked: dict[str, tuple[str, Question]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    measured = {name: result for name, (_, measure) in asked.items() if (result := measure(study))}
    rows = []
    for variation in variations(study):
        names = [name for name in measured if variation.asks & {name, asked[name][0]}]
        # Made once for all findings that it can change, and let go before the next.
        made, why_not = _try(variation.vary, variation.why_not) if names else (None, "")
        for name in names:
            other, cannot = _try(made and partial(asked[name][1], made), why_not)
            outcome = f"not asked: {cannot}" if cannot else HOLDS if _same(other, measured[name]) else LOST
            shown = (other.value, other.sentence) if other else (None, None)
            rows.append((name, asked[name][0], variation.name, outcome, *shown))
    table = pd.DataFrame(rows, columns=VARIED_COLUMNS).astype({"value": float})
    table = table.sort_values(
        "finding_id", key=lambda names: names.map(list(measured).index), kind="stable", ignore_index=True
    )
    return pd.DataFrame(
        [_row(name, asked[name][0], result, table) for name, result in measured.items()], columns=COLUMNS
    ), table


def _row(name: str, notebook: str, result: Measured, table: pd.DataFrame) -> tuple:
    own = table[table["finding_id"] == name]
    again = own[own["outcome"].isin([HOLDS, LOST])]
    values = [result.value, *again["value"].dropna()]
    low, high = float(min(values)), float(max(values))
    least, most = result.form.format(low), result.form.format(high)
    range_ = f"{result.figure} {least} throughout" if least == most else f"{result.figure} from {least} to {most}"
    broken = again.loc[again["outcome"] == LOST, "variation"].tolist()
    why_not = "" if len(again) else "; ".join(own["outcome"].str.removeprefix("not asked: "))
    return (
        *(name, notebook, result.sentence, result.claim, result.value, low, high, range_ if len(again) else ""),
        *(len(again), len(again) - len(broken), broken, why_not),
    )


def _same(other: Measured | None, result: Measured) -> bool:
    """Whether a claim stays; where there is nothing left to say, a finding that was there is lost."""
    return other is not None and other.claim == result.claim


def _try(make: Callable | None, why_not: str) -> tuple[Any, str]:
    """What `make` returns, and why it cannot: a group without an article, for one, has no contrast."""
    if make is None:
        return None, why_not
    try:
        return make(), ""
    except StudyError as error:
        return None, str(error)


def strength(finding: Any) -> str:
    """How sure a finding is, in words, and the range of the figure behind it.

    Examples
    --------
    >>> holds = {"claim": "most are named", "variations": 12, "holds": 12, "broken_by": [], "range": "share from 62% to 82%"}
    >>> strength(pd.Series(holds))
    'that most are named holds in all 12 variations, share from 62% to 82%'
    >>> strength(pd.Series(holds | {"holds": 10, "broken_by": ["without a", "without b"]}))
    'that most are named holds in ten of 12 variations, share from 62% to 82%; lost without a, without b'
    >>> strength(pd.Series(holds | {"holds": 11, "broken_by": ["without a"]}))
    'that most are named holds in 11 of 12 variations, share from 62% to 82%; rests on a'
    >>> strength(pd.Series({"variations": 0, "not_varied": "it was measured elsewhere"}))
    'not varied: it was measured elsewhere'
    """
    total = finding["variations"]
    if not total:
        return f"not varied: {finding['not_varied']}"
    holds, broken = finding["holds"], finding["broken_by"]
    if holds == total:
        held = f"in all {number(total, 'variation')}" if total > 1 else "in the one variation"
        return f"that {finding['claim']} holds {held}, {finding['range']}"
    words = f"that {finding['claim']} holds in {number(holds) if holds else 'none'} of {number(total, 'variation')}, {finding['range']}"
    if len(broken) == 1 and broken[0].startswith("without "):
        return f"{words}; rests on {broken[0].removeprefix('without ')}"
    more = f" and {len(broken) - 3} more" if len(broken) > 3 else ""
    return f"{words}; lost {', '.join(broken[:3])}{more}"


def in_short(study: Study, notebook: str) -> None:
    """Print the findings of one notebook, each with its strength."""
    # Only this notebook's own: on a large corpus the others would keep a reader waiting for minutes.
    own = {name: question for name, question in questions(study).items() if question[0] == notebook}
    found, _ = study.kept(f"findings {notebook}", lambda: _findings(study, own))
    if len(found):
        lines = [f"{row['sentence']} ({strength(row)}.)" for _, row in found.iterrows()]
        corrected = read_corrections(study)["row"].nunique() if notebook in (STANCE, SOURCING, VALIDITY) else 0
        say(*lines, *([f"Corrected by hand: {number(corrected, 'row')}."] if corrected else []), heading="In short")
    else:
        say(f"This study gives nothing to answer here: {NEEDS.get(notebook, 'its articles hold no such text')}.")


def notes(study: Study, notebook: str) -> None:
    """Print the words that only this corpus deserves, from ``notes/<notebook>.md`` beside the study, if there are any.

    Paragraphs are plain text; ``{finding-id}`` stands for that finding's sentence, so that every figure in them is computed.

    Raises
    ------
    StudyError
        A note names a finding that the study does not have.
    """
    path = None if study.folder is None else study.folder / "notes" / f"{notebook}.md"
    if path is None or not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    sentences = findings(study).set_index("finding_id")["sentence"].to_dict() if "{" in text else {}
    try:
        text = text.format_map(sentences)
    except (KeyError, ValueError) as error:
        raise StudyError(
            f"notes/{notebook}.md: no finding is called {error}; known are {join_words(sentences)}."
        ) from None
    for paragraph in filter(None, (part.strip() for part in text.split("\n\n"))):
        say(" ".join(paragraph.split()))


NEEDS = {
    CONTRAST: "name a column that groups the articles under [contrast] by in study.toml",
    STANCE: "name words and phrases under [keywords] in study.toml",
    SOURCING: "no attribution was found in its articles",
    COPY: "no two of its articles share a passage",
    VALIDITY: "there is no coding beside its texts",
}


# --- 00: the corpus


def corpus_size(study: Study) -> Measured:
    """How many articles there are, and how many independent reports they make."""
    independent = clusters(shared_passages(study), study.articles["article_id"]).nunique()
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
    return study.kept("contrast", lambda: _contrast(study))


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
    table = mentions(study)
    table = table[table["counted"] & (table["family"] == family)]
    if not len(table):
        return None
    group = table["article_id"].map(study.groups)
    order = study.settings.get("contrast", {}).get("groups", sorted(study.groups.dropna().unique()))
    for name in order if study.by else ():
        if not (study.groups == name).any():
            raise StudyError(f"no article is left in {name}")
    parts, claims = [], []
    for name in order if study.by else ["all"]:
        counts = (
            table.loc[group == name, "polarity"].value_counts().reindex(["for", "against", "neutral"], fill_value=0)
        )
        total = int(counts.sum())
        top = majority(counts)
        claims.append((name, top))
        where = f" in {name}" if study.by else ""
        if not total:
            parts.append(f"none{where}")
            continue
        listing = ", ".join(f"{count} {polarity}" for polarity, count in counts.items() if count)
        parts.append(f"{number(total, 'mention')}{where} ({listing})")
    taken = [_stance(top) + (f" in {name}" if study.by else "") for name, top in claims]
    changed = len({top for _, top in claims if top}) > 1
    divided = any(top == "divided" for _, top in claims)
    share = float((table["polarity"] == "for").mean())
    turn = f"; {join_words(taken)}" if changed or divided else ""
    return Measured(
        share, f"{family.capitalize()}: {join_words(parts)}{turn}.", join_words(taken), "share in favour", "{:.0%}"
    )


def _stance(top: str | None) -> str:
    return "none is found" if top is None else "they are divided" if top == "divided" else f"most are {top}"


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
    table = attributions(study)
    table = table[table["counted"]]
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
    table = attributions(study)
    table = table[table["counted"]]
    if not len(table):
        return None
    share = float((~table["named"].astype(bool)).mean())
    sentence = f"{share:.0%} of attributions name no person, body or state."
    claim = f"{'more than' if share > 0.5 else 'at most'} half are unnamed"
    return Measured(share, sentence, claim, "share without a name", "{:.0%}")


def sourcing_paraphrase(study: Study) -> Measured | None:
    """How much of what is said is paraphrased."""
    table = attributions(study)
    table = table[table["counted"]]
    if not len(table):
        return None
    kinds = table["kind"].value_counts(normalize=True).reindex(["indirect", "mixed", "direct"], fill_value=0.0)
    sentence = f"{kinds['indirect']:.0%} of attributions are paraphrase without a quoted word, {kinds['direct']:.0%} are quotation only."
    claim = f"{KINDS[kinds.idxmax()]} is the most frequent kind"
    return Measured(float(kinds["indirect"]), sentence, claim, "share of paraphrase", "{:.0%}")


# --- 04: wire copy


def copy_share(study: Study) -> Measured | None:
    """The two articles that share most."""
    passages = shared_passages(study)
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
    passages = shared_passages(study)
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
    scores = codings.score_attributions(study, attributions(uncorrected(study)), coded)
    corrected = read_corrections(study)["row"].nunique()
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


def _recorded(benchmark: str) -> pd.Series:
    """What one benchmark recorded, by figure; empty where there is no record."""
    if not RESULTS.is_file():
        return pd.Series(dtype=float)
    table = pd.read_csv(RESULTS)
    return table[table["benchmark"] == benchmark].set_index("figure")["value"]


def _side_of_half(share: float) -> str:
    return "above" if share > 0.5 else "not above"


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
