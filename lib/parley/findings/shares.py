"""What is said of shares: who is for and against, who is heard, with a name or without, in whose words.

Exact where every row is coded, with its interval where a random sample is. What rules alone read is said as such, and
claims nothing.
"""

from collections.abc import Callable

import pandas as pd

from parley.corpus.labels import label
from parley.corpus.places import UNCLEAR
from parley.corpus.settings import StudyError
from parley.estimates import differences, estimates_in, needed
from parley.findings.asking import Measured, asked
from parley.study import Study
from parley.text.phrases import join_words, number
from parley.variations import SOURCING

NO_SIDE = ["other", UNCLEAR]  # written for speakers whom no listed side covers
STANCES = {"for": "for it", "against": "against it", "neutral": "neutral", "can't tell": "unclear to the coder"}
KINDS = {"indirect": "paraphrase", "mixed": "paraphrase with quoted words", "direct": "quotation only"}
ALL, THESE, BEYOND = "all", "these articles", "reporting like this"
HALF_WIDTH = 0.12  # of the interval that a first round of coding is asked to give
SURE = 0.05
ENOUGH, APART = 10, 0.1  # mentions of a group, and difference of shares, that a comparison of several asks for


def estimated(study: Study, about: str, family: str | None = None) -> pd.DataFrame:
    """The estimates of one thing in these articles: a row a group (or all) and label."""
    return estimates_in(study, about, family)


def state(rows: pd.DataFrame) -> str:
    """Whether all rows behind some estimates are coded, a sample of them, or none."""
    if not len(rows) or not rows["coded"].max():
        return "none"
    return "all" if (rows["coded"] == rows["of"]).all() else "sample"


def value_of(rows: pd.DataFrame, name: str) -> float:
    """The share of a label: as estimated, or as read where nobody coded; 0 where nothing has the label."""
    row = rows[rows["label"] == name]
    return float(row["share" if state(row) != "none" else "read_share"].iloc[0]) if len(row) else 0.0


def ask(rows: pd.DataFrame, noun: str, each: float = 1) -> str:
    """How many codings would give an interval, as a sentence; a sentence has so many attributions, a mention is one."""
    of = int(rows["of"].max())
    enough = round(needed(HALF_WIDTH, rows=max(round(of * each), 1)) / max(each, 0.01))
    width = f"to get an interval of about ± {100 * HALF_WIDTH:.0f} points"
    every = f"all {number(of, noun)}" if of > 1 else f"the one {noun}"
    return f"Code {number(enough, noun)} {width}." if enough < of else f"Code {every} to know."


def percent(row: pd.Series) -> str:
    """A share as it is estimated, with its interval if it has one, or as rules read it."""
    if not row["coded"]:
        return f"{row['read_share']:.0%}"
    interval = f" (95% interval {100 * row['low']:.0f} to {100 * row['high']:.0f})"
    return f"{row['share']:.0%}{interval if row['low'] < row['high'] else ''}"


# --- who is for, who against


def stance_family(study: Study, *, family: str) -> Measured | None:
    """How many of a family's mentions are for and against, by group."""
    table = estimated(study, "polarity", family)
    every = table[table["group"] == ALL]
    if not len(every) or not every["of"].iloc[0]:
        return None
    groups = study.settings.get("contrast", {}).get("groups", []) if study.by else []
    if gone := [name for name in groups if not (study.groups == name).any()]:
        raise StudyError(f"no article is left in {gone[0]}")
    by_group = [(f" in {label(study.settings, name)}", table[table["group"] == name]) for name in groups] or [
        ("", every)
    ]
    name, known = f"“{label(study.settings, family)}”", state(every)
    if len(by_group) > 2:
        stances, claim = _stances(every, "", name) + _extremes(study, table, groups), _majority(every, "")
    else:
        # What is counted in one sentence is written alike: all in words, or all in digits.
        written = "{:,}".format if max(rows["of"].max() for _, rows in by_group) > 10 else number
        parts = [_stances(rows, where, name if not i else "", written) for i, (where, rows) in enumerate(by_group)]
        stances, claim = "; ".join(parts), join_words(_majority(rows, where) for where, rows in by_group)
    share = value_of(every, "for")
    if known == "none":
        return Measured(share, f"As rules read it and nobody checked, {stances}. {ask(every, 'mention')}", "")
    return Measured(share, f"{stances[:1].upper()}{stances[1:]}.", claim)


def _stances(rows: pd.DataFrame, where: str, of_what: str = "", written: Callable[[int], str] = "{:,}".format) -> str:
    """How the mentions of one group stand, as words of a sentence."""
    of, noun = int(rows["of"].max()) if len(rows) else 0, "mention" if of_what else ""
    where = f" of {of_what}{where}" if of_what else where
    if not of:
        return f"no mention{where}" if of_what else f"none{where}"
    rows = rows.set_index("label")
    if state(rows) == "sample":
        shares = f"{percent(rows.loc['for'])} are for it and {percent(rows.loc['against'])} against it"
        return f"of {number(of, noun)}{where}, {shares}, from {number(int(rows['coded'].max()), 'coding')}"
    counts = (rows["share" if state(rows) == "all" else "read_share"] * of).round().astype(int)
    counts = counts[counts > 0].sort_values(ascending=False)
    if len(counts) == 1:
        every = {1: "the one", 2: "both"}.get(of, f"all {written(of)}") + (f" {noun}{'s' * (of > 1)}" if noun else "")
        return f"{every}{where} {'is' if of == 1 else 'are'} {STANCES[counts.index[0]]}"
    each = [f"{written(times)} {'is' if times == 1 else 'are'} {STANCES[name]}" for name, times in counts.items()]
    return f"of {written(of)}{f' {noun}s' if noun else ''}{where}, {join_words(each)}"


def _extremes(study: Study, table: pd.DataFrame, groups: list[str]) -> str:
    """Of more than two groups, those with most and least in favour, among those with mentions enough."""
    rows = table[(table["label"] == "for") & table["group"].isin(groups) & (table["of"] >= ENOUGH)]
    if state(rows) == "sample" or len(rows) < 2:
        return ""
    rows = rows.assign(value=rows["share"].fillna(rows["read_share"])).sort_values("value", kind="stable")
    if rows["value"].iloc[-1] - rows["value"].iloc[0] < APART:
        return ""
    ends = [f"in {label(study.settings, row.group)} ({row.value:.0%})" for row in (rows.iloc[-1], rows.iloc[0])]
    return f"; most often for it {ends[0]}, least {ends[1]}"


def _majority(rows: pd.DataFrame, where: str) -> str:
    """The polarity that more than half of the mentions surely have."""
    if not len(rows) or not rows["of"].max():
        return f"none is found{where}"
    sure = rows.loc[rows["low"] > 0.5, "label"]
    return f"most are {sure.iloc[0]}{where}" if len(sure) else f"no polarity is sure of a majority{where}"


def differing(study: Study, about: str, family: str | None = None) -> Measured | None:
    """The difference between two groups that is surest in reporting like this, if one is sure at all.

    A sample has to be coded, from ten independent reports a group; p-values are corrected (Holm) for all pairs of groups
    and all labels of a family, or of what is asked about attributions.
    """
    table = differences(study)
    table = table[(table["about"] == about) & (table["question"] == BEYOND)]
    table = table if family is None else table[table["family"] == family]
    sure = table[table["p_value"] <= SURE].sort_values("p_value", kind="stable")
    if not len(sure):
        return None
    row = sure.iloc[0]
    first, second, what = (label(study.settings, row[name]) for name in ("first", "second", "label"))
    more, points = ("more", 100 * row["difference"]) if row["difference"] > 0 else ("less", -100 * row["difference"])
    low, high = sorted(abs(100 * row[name]) for name in ("low", "high"))
    taken = what if what == "neutral" else f"{what} it"
    of_mentions = f"mentions of “{label(study.settings, family)}” are {taken}"
    thing = {"polarity": of_mentions, "side": f"attributions go to {what}"}.get(about, f"a source is {what}")
    claim = f"{thing} {more} often in {first} than in {second}"
    p = "p < 0.001" if row["p_value"] < 0.001 else f"p = {row['p_value']:.2g}"
    sentence = (
        f"In reporting like this {claim}: by {points:.0f} points (95% interval {low:.0f} to {high:.0f}; {p} "
        "after Holm's correction)."
    )
    return Measured(float(row["difference"]), sentence, claim)


# --- who is heard


@asked("sourcing-side", SOURCING, "largest share")
def sourcing_side(study: Study) -> Measured | None:
    """The side that speaks most, among those that the study lists."""
    rows = _of_all(study, "side")
    if not study.settings.get("sides") or not len(rows):
        return None
    rows = rows.assign(value=rows["share"].fillna(rows["read_share"]))
    beside = f"{rows.loc[rows['label'].isin(NO_SIDE), 'value'].sum():.0%} stand on no listed side"
    listed = rows[~rows["label"].isin(NO_SIDE) & (rows["value"] > 0)].sort_values(
        "value", ascending=False, kind="stable"
    )
    if not len(listed):
        return _measured(study, rows, 0.0, f"no listed side speaks, and {beside}", "no listed side speaks")
    names, first = [label(study.settings, name) for name in listed["label"]], listed.iloc[0]
    # A label may be a plural, so that nothing is said of it as of one.
    sentence, claim = f"{percent(first)} of attributions go to {names[0]}", f"no side is heard more than {names[0]}"
    if len(listed) > 1:
        tied = (listed["value"] == listed["value"].iloc[1]).to_numpy()[1:].nonzero()[0] + 1
        next_ones = join_words(names[place] for place in tied)
        sentence += f"; next {'comes' if len(tied) == 1 else 'come'} {next_ones} with {percent(listed.iloc[1])}"
        claim = claim if first["low"] > listed["high"].iloc[1] else "no side is surely heard most"
    return _measured(study, rows, first["value"], f"{sentence}; {beside}", f"{claim}, in {_half(first)} half")


@asked("sourcing-named", SOURCING, "share without a name")
def sourcing_named(study: Study) -> Measured | None:
    """How much is said by unnamed sources."""
    rows = _of_all(study, "named").set_index("label", drop=False)
    if not len(rows):
        return None
    if "unnamed" not in rows.index:
        return _measured(study, rows, 0.0, "all attributions name a person, body or state", "none is unnamed")
    row = rows.loc["unnamed"]
    sentence = f"of all attributions, {percent(row)} name no person, body or state"
    return _measured(study, rows, value_of(rows, "unnamed"), sentence, f"{_half(row)} half are unnamed")


@asked("sourcing-paraphrase", SOURCING, "share of paraphrase")
def sourcing_paraphrase(study: Study) -> Measured | None:
    """How much of what is said is paraphrased, and which kind is most frequent."""
    rows = _of_all(study, "kind")
    rows = rows.assign(value=rows["share"].fillna(rows["read_share"])).sort_values(
        "value", ascending=False, kind="stable"
    )
    if not len(rows):
        return None
    parts = [f"{percent(row)} are {KINDS.get(row['label'], row['label'])}" for _, row in rows.iterrows()]
    sure = len(rows) == 1 or rows["low"].iloc[0] > rows["high"].iloc[1]
    most = KINDS.get(rows["label"].iloc[0], rows["label"].iloc[0])
    claim = f"{most} is the most frequent kind" if sure else "no kind is surely the most frequent"
    return _measured(study, rows, value_of(rows, "indirect"), f"of all attributions, {join_words(parts)}", claim)


def _of_all(study: Study, about: str) -> pd.DataFrame:
    table = estimated(study, about)
    return table[(table["group"] == ALL) & table["read_share"].notna()]


def _measured(study: Study, rows: pd.DataFrame, value: float, sentence: str, claim: str) -> Measured:
    """A finding about attributions, with what it rests on; what rules alone read claims nothing."""
    coded, of = int(rows["coded"].max()), int(rows["of"].max())
    known = state(rows)
    if known == "none":
        each = len(study.attributions.query("counted")) / max(of, 1)
        sentence, claim = f"{sentence}, as rules read them and nobody checked. {ask(rows, 'sentence', each)}", ""
    elif known == "sample":
        sentence = f"{sentence}; from {coded:,} of {of:,} sentences coded."
    else:
        sentence += "."
    return Measured(float(value), sentence[:1].upper() + sentence[1:], claim)


def _half(row: pd.Series) -> str:
    """Whether a share is surely more than half, at most half, or on either side of it."""
    return "more than" if row["low"] > 0.5 else "at most" if row["high"] <= 0.5 else "about"
