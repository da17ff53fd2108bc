"""What is asked of a study: functions from a study to what they measure, in the order of the notebooks."""

from functools import partial
from importlib.resources import files

import pandas as pd

from parley import codings
from parley.contrast import compare
from parley.contrast.counting import group_articles
from parley.contrast.terms import telling
from parley.corpus.labels import label
from parley.findings.asking import QUESTIONS, Measured, Question, asked
from parley.findings.lists import changed_since
from parley.findings.shares import differing, stance_family
from parley.study import Study
from parley.text.copies import clusters
from parley.text.phrases import join_words, number
from parley.variations import CONTRAST, COPY, CORPUS, SOURCING, STANCE, VALIDITY

MANY, MOST_GROUPS = 30, 4  # articles; groups of which a sentence names a word
REASONS = {"repeat": "repeats", "shared": "shared copy"}


def asked_of(study: Study) -> dict[str, Question]:
    """What is asked of a study, by finding id; one question a keyword family."""
    families = {}
    for family in study.settings.get("keywords", {}):
        families[f"stance-{family}"] = Question(
            STANCE, partial(stance_family, family=family), "share in favour", "{:.0%}"
        )
        differs = partial(differing, about="polarity", family=family)
        families[f"stance-{family}-differs"] = Question(STANCE, differs, "difference", "{:.0%}")
    for about in ("side", "named", "kind"):
        differs = partial(differing, about=about)
        families[f"sourcing-{about}-differs"] = Question(SOURCING, differs, "difference", "{:.0%}")
    everything = QUESTIONS | families
    return dict(sorted(everything.items(), key=lambda entry: entry[1].notebook))


@asked("corpus-size", CORPUS, "independent reports", "{:,.0f}")
def corpus_size(study: Study) -> Measured:
    """How many articles there are, and how many independent reports they make."""
    independent = clusters(study.peek("passages"), study.articles["article_id"]).nunique()
    count, reports = len(study.articles), number(independent, "independent report")
    # Of many articles nobody asks whether they are one report more or less.
    tenths = 10 * independent // count
    part = f", at least {number(tenths)} in ten" if tenths else ", fewer than one in ten"
    part = part if count > MANY and independent < count else ""
    rest = f" that make {reports}{part}, since some share copy."
    if independent == count:
        rest = ", none of which shares a passage with another." if count > 1 else "."
    claim = f"{part[2:]} are independent" if part else f"they make {reports}"
    return Measured(independent, f"The corpus has {number(count, 'article')}{rest}", claim)


@asked("corpus-left-out", CORPUS, "words left out")
def corpus_left_out(study: Study) -> Measured:
    """How much of what is printed is not counted, and the largest reason."""
    words = study.words
    reasons = words.groupby(study.peek("sentences")["left_out"]).sum().sort_values(ascending=False)
    reasons = reasons[reasons > 0]
    if not len(reasons):
        return Measured(0.0, "All words that are printed are counted.", "nothing is left out")
    share = reasons.sum() / words.sum()
    # Counts, not shares: three rounded shares need not add up to the whole's.
    parts = join_words(f"{count:,} in {REASONS.get(reason, reason)}" for reason, count in reasons.items())
    part = f"{share:.0%}" if share >= 0.005 else "less than 1%"
    sentence = f"Of {words.sum():,} words printed, {part} are not counted: {parts}."
    largest = REASONS.get(reasons.index[0], reasons.index[0])
    return Measured(float(share), sentence, f"the largest part is {largest}")


def group_contrast(study: Study) -> pd.DataFrame | None:
    """`parley.contrast.compare` for the groups that have words that count; None for fewer than two."""
    if not study.by or study.groups.nunique() < 2:
        return None
    table = study.kept("contrast", _contrast)
    return table.copy() if table.attrs else None


def _contrast(study: Study) -> pd.DataFrame:
    """The contrast of all groups that have words; a table without `attrs` where there are not two of them."""
    group, names = group_articles(study, None, None)
    sentences = study.peek("sentences")
    words = sentences["words"].where(sentences["counted"], 0).groupby(sentences["article_id"].map(group)).sum()
    spoken = [name for name in names if words.get(name, 0)]
    return compare(study, groups=spoken) if len(spoken) > 1 else pd.DataFrame()


@asked("contrast-chance", CONTRAST, "smallest p-value", "{:.2g}")
def contrast_chance(study: Study) -> Measured | None:
    """Whether any term sets the groups apart more than chance could."""
    table = group_contrast(study)
    if table is None or not table.attrs["terms_tested"]:
        return None
    floor, p = table.attrs["smallest_p"], float(table["p_value"].min())
    tested, differ = number(table.attrs["terms_tested"], "word"), table.index[table["p_value"] <= 0.05].unique()
    some = f"{number(len(differ)) if len(differ) else 'none'} {'sets' if len(differ) == 1 else 'set'}"
    most = [f"“{term}”" for term in differ if telling(term)][:3]
    most = f", among them {join_words(most)}" if most and len(differ) > len(most) else ""
    sentence = f"Of {tested} tested, {some} the groups apart at a family-wise p of .05{most}."
    if floor > 0.05:
        sentence = (
            f"None of the {tested} tested sets the groups apart beyond chance: with so few independent reports no "
            f"p-value can be below {floor:.2g}."
        )
    return Measured(p, sentence, f"{'some' if p <= 0.05 else 'no'} term is beyond chance")


@asked("contrast-leaning", CONTRAST, "its log-odds z-score", "{:.1f}")
def contrast_leaning(study: Study) -> Measured | None:
    """The term that leans most to each group, among those in at least two of its independent reports.

    Function words, words of two letters, what every report says of its speakers (said, told, added), titles and hours
    are left out: how much they differ is a matter of grammar and house style.
    """
    table = group_contrast(study)
    if table is None:
        return None
    table = table[[telling(term) for term in table.index]]
    if len(table.attrs["groups"]) > 2:
        return _leaning_of_many(study, table)
    first, second = table.attrs["groups"]
    terms, parts, claims = [], [], []
    for group, other, sign in ((first, second, 1), (second, first, -1)):
        leaning, name = table.loc[table[f"reports_{group}"] >= 2, "log_odds_z"].mul(sign), label(study.settings, group)
        if table.attrs["units"][group] > 1 and (leaning > 0).any():
            terms.append(leaning.idxmax())
            here, there = table.loc[terms[-1], [f"count_{group}", f"count_{other}"]]
            claims.append(f"“{terms[-1]}” leans most to {name}")
            parts.append(f"{claims[-1]} ({here:,.0f} against {there:,.0f})")
            continue
        claims.append(f"none leans to {name}")
        if table.attrs["units"][group] == 1:
            parts.append(f"{name} has one independent report, so no word can be said to lean to it")
        else:
            parts.append(f"no word that leans to {name} stands in two independent reports of it")
    if not terms:
        return None
    z = float(abs(table.loc[terms[0], "log_odds_z"]))
    return Measured(z, f"As description: {'; '.join(parts)}.", join_words(claims))


def _leaning_of_many(study: Study, table: pd.DataFrame) -> Measured | None:
    """Of more than two groups, the term that sets each apart from all others, for those of which it does so most."""
    reports = sum(table[f"reports_{name}"].where(table["group"] == name, 0) for name in table.attrs["groups"])
    most = table[(reports >= 2) & (table["log_odds_z"] > 0)].reset_index()
    most = most.sort_values("log_odds_z", ascending=False, kind="stable").drop_duplicates("group").head(MOST_GROUPS)
    if not len(most):
        return None
    parts = [f"“{row.term}” leans most to {label(study.settings, row.group)}" for row in most.itertuples()]
    parts = parts[:1] + [part.replace(" leans most", "") for part in parts[1:]]
    claim = join_words(parts)
    sentence = f"As description, each group against all others: {claim}."
    return Measured(float(most["log_odds_z"].iloc[0]), sentence, claim)


@asked("copy-share", COPY, "shared words", "{:,.0f}")
def copy_share(study: Study) -> Measured | None:
    """The two articles that share most."""
    pairs = study.peek("passages").groupby(["article_a", "article_b"])["words"].sum()
    if not len(pairs):
        return None
    pairs = pairs.sort_values(ascending=False, kind="stable")
    names = study.article_names
    (a, b), words = pairs.index[0], int(pairs.iloc[0])
    both = f"{names[a]} and {names[b]}"
    sentence = f"Copy is shared by {number(len(pairs), 'pair')} of articles, most by {both}: {words:,} words."
    if len(pairs) == 1:
        sentence = f"One pair of articles shares copy: {words:,} words stand in both {both}."
    return Measured(words, sentence, f"{both} share most")


@asked("copy-edits", COPY, "occurrences", "{:,.0f}")
def copy_edits(study: Study) -> Measured | None:
    """The word that shared copy has in another's place again and again.

    In two clusters of articles or more, since one pair of articles is one decision; where one cluster has all the copy,
    twice in it.
    """
    cluster = clusters(study.peek("passages"), study.articles["article_id"])
    edits = study.passages[["article_a", "edits"]].explode("edits").dropna()
    swaps = [
        (cluster[article], *sorted((a.casefold(), b.casefold())))
        for article, (op, a, b) in zip(edits["article_a"], edits["edits"], strict=True)
        if op == "substitute"
    ]
    table = pd.DataFrame(swaps, columns=["cluster", "one", "other"]).groupby(["one", "other"])["cluster"]
    table = table.agg(times="size", clusters="nunique")
    one_cluster = edits["article_a"].map(cluster).nunique() == 1
    table = table[table["times"] > 1] if one_cluster else table[table["clusters"] > 1]
    if not len(table):
        return None
    table = table.sort_values(["clusters", "times"], ascending=False)
    (one, other), times = table.index[0], int(table["times"].iloc[0])
    often = {2: "twice"}.get(times, f"{times:,} times")
    often += "" if one_cluster else f", in {number(int(table['clusters'].iloc[0]))} stories"
    differ = f"Where the copy differs, one article has “{one}” and the other “{other}”, {often}"
    return Measured(
        float(times), f"{differ}; who changed it the texts do not say.", f"“{one}” and “{other}” differ most often"
    )


@asked("extractor-agreement", VALIDITY, "F1", "{:.2f}")
def extractor_agreement(study: Study) -> Measured | None:
    """How well the attributions, as the rules read them, agree with the coding made by reading."""
    names = codings.names(study, "attributions")
    if not names:
        return None
    coded = codings.read_attributions(study, names[0])
    scores = codings.score_attributions(study, study.as_read().attributions, coded)
    corrected = study.corrections["row"].nunique()
    whose = "the adjudicated coding" if names[0] == "adjudicated" else f"the coding “{names[0]}”"
    part = f"{number(scores['articles'])} of " if scores["articles"] < len(study.articles) else ""
    alike = ""
    if not scores["paired"]:
        alike = ", since no attribution is in both"
    elif study.settings.get("sides"):
        both = number(scores["paired"], "attribution")
        alike = f" and gives the same side in {scores['side']:.0%} of the {both} that both have"
    sentence = (
        f"Against {whose} of {part}{number(len(study.articles), 'article')}, the attribution finder reaches F1 "
        f"{scores['f1']:.2f}{alike}; this is in-sample where the rules were made with these texts at hand"
    )
    sentence += f" ({number(corrected, 'row')} corrected by hand left as the rules read them)." if corrected else "."
    return Measured(scores["f1"], sentence, f"F1 is {_above_half(scores['f1'])} .5")


@asked("attribution-elsewhere", VALIDITY, "F1")
def attribution_elsewhere(study: Study) -> Measured | None:
    """How well attributions are found in annotated news from elsewhere, as the benchmarks recorded it."""
    figures = _recorded("attribution")
    whole, quoted, indirect = (figures[f"PolNeAR dev, {part}, F1"] / 100 for part in ("all", "quoted", "indirect"))
    sentence = (
        f"On other news, the part of PolNeAR that cues were not counted on, attributions are found with F1 {whole:.0%} "
        f"({quoted:.0%} quoted, {indirect:.0%} indirect); rules were chosen with this score in view."
    )
    return Measured(float(whole), sentence, f"F1 is {_above_half(whole)} .5")


@asked("stance-elsewhere", VALIDITY, "share right")
def stance_elsewhere(study: Study) -> Measured | None:
    """How well the stance rules read news that they had never met, as the benchmarks recorded it."""
    if not study.settings.get("keywords"):
        return None
    figures = _recorded("stance")
    right, coded = figures["kept part: right"], number(int(figures["kept part: coded mentions"]), "keyword mention")
    outright = figures["outright sentences, kept part: right"]
    written = number(int(figures["outright sentences, kept part: sentences"]), "sentence")
    sentence = (
        f"On {coded} in news that the stance rules had never met, they give the right polarity in {right:.0%} ("
        f"{outright:.0%} in {written} written to say a stance outright): read the sentences before you trust a count of "
        "them."
    )
    return Measured(float(right), sentence, f"the share is {_above_half(right)} .5")


@asked("attribution-damaged-elsewhere", VALIDITY, "F1")
def attribution_damaged(study: Study) -> Measured | None:
    """How well attributions are found in texts that lost marks on their way, as the benchmarks recorded it."""
    figures = _recorded("attribution") / 100
    lost = {"commas": "no commas", "double quotation marks": "no double quotation marks"}
    lost["commas, apostrophes and line ends"] = "no commas, apostrophes and line ends"
    f1 = {marks: figures[f"PolNeAR dev, {damage}, all, F1"] for marks, damage in lost.items()}
    worst = min(f1, key=f1.__getitem__)
    each = join_words(f"{value:.0%} without {marks}" for marks, value in f1.items() if marks != worst)
    sentence = (
        f"The finder is weaker where texts have lost marks: on the same news F1 falls from {figures['PolNeAR dev, all, F1']:.0%} "
        f"to {each}, and to {f1[worst]:.0%} without {worst}; 00 says which texts lost some."
    )
    return Measured(float(f1[worst]), sentence, f"F1 is {_above_half(f1[worst])} .5")


def measured_elsewhere() -> pd.DataFrame:
    """What the benchmarks measured elsewhere: ``benchmark, figure, value, unit, command, date, versions, lists``.

    ``lists_changed_since`` names the word lists that are others today than when a figure was measured; empty if none is.
    """
    with (files("parley") / "data" / "results.csv").open(encoding="utf-8") as lines:
        table = pd.read_csv(lines)
    return table.assign(lists_changed_since=table["lists"].map(changed_since))


def _recorded(benchmark: str) -> pd.Series:
    """What one benchmark recorded, by figure."""
    return measured_elsewhere().query("benchmark == @benchmark").set_index("figure")["value"]


def _above_half(share: float) -> str:
    return "above" if share > 0.5 else "not above"
