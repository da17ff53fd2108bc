"""The contrast of a study's groups for reading, and what can be said where no test can speak."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley import findings
from parley.contrast import compare, leave_one_out
from parley.contrast.terms import telling
from parley.corpus.settings import check_study
from parley.show.figures import BLUE, INK, SIZE, VERMILION, WIDTH, canvas
from parley.study import Study
from parley.text.phrases import join_words, number

MEASURES = ["log_ratio", "log_odds", "log_odds_z", "g2", "dispersion", "p_value"]
RANGES = ["log_ratio_low", "log_ratio_high", "log_odds_low", "log_odds_high", "holds"]


def contrast_table(study: Study, counting: str = "once") -> pd.DataFrame:
    """The words of the study's groups set beside each other; `counting` is "once" or "printed".

    Returns
    -------
    DataFrame
        As :func:`parley.contrast.compare` gives it, with ``term`` as a column, and: ``leans_to``, the group that uses
        the word more; of more than two groups ``here_count, here_articles, others_count, others_articles``, of the row's
        group and of all others; ``telling``, whether it is neither a function word nor house style
        (:func:`parley.contrast.terms.telling`); ``reports``, in how many independent reports of that group it stands;
        counted once, the ranges of :func:`parley.contrast.leave_one_out`, and ``holds``, whether the difference keeps its
        sign. Empty, and without ``attrs``, where there are no two groups to set against each other.
    """
    check_study(study, "contrast_table")
    table = findings.group_contrast(study)
    if table is None:
        columns = ["term", "leans_to", "telling", "reports", *MEASURES, *RANGES]
        kinds = dict.fromkeys([*MEASURES, *RANGES], float) | {"holds": bool, "telling": bool}
        return pd.DataFrame(columns=columns).astype(kinds)
    groups = table.attrs["groups"]
    table = table if counting == "once" else compare(study, groups=groups, counting=counting)
    attrs, table = table.attrs, table.reset_index()
    if counting == "once":
        ranges = leave_one_out(study, groups=groups).reset_index()
        keys = [name for name in ("term", "group") if name in table]
        table = table.merge(ranges[[*keys, *RANGES]], on=keys)
    more, less = table["log_odds_z"] > 0, table["log_odds_z"] < 0
    # Of more than two groups, a row that says who uses a word less says nothing of who uses it more.
    sides = [(more, table["group"])] if "group" in table else [(more, groups[0]), (less, groups[1])]
    table["leans_to"] = pd.Series(pd.NA, table.index, "str").case_when(sides)
    table["reports"] = sum(table[f"reports_{name}"].where(table["leans_to"] == name, 0) for name in groups)
    if "group" in table:
        for what in ("count", "articles"):
            own = sum(table[f"{what}_{name}"].where(table["group"] == name, 0) for name in groups)
            table[f"here_{what}"] = own
            table[f"others_{what}"] = table[[f"{what}_{name}" for name in groups]].sum(axis=1) - own
    table["telling"] = table["term"].map(telling).astype(bool)
    table.attrs = attrs
    return table


def leaning(words: pd.DataFrame, *, ax: Axes | None = None) -> Figure:
    """A picture of the words that lean most: of two groups to either side, of more a panel for each against the others.

    Parameters
    ----------
    words
        Rows of :func:`parley.show.contrast_table`, in the order in which they are drawn. A dot is the log-odds, a band its
        range when parts are left out; behind a word stand its counts, of two groups in their order, of more in the group
        and in all others.
    ax
        Axes of one's own to use in place of a new figure, for two groups.
    """
    if "group" not in words:
        counted = words.filter(like="count_")
        drawn, axes = canvas(0.3 * len(words) + 1.1, ax)
        numbers = counted.astype(str).apply(":".join, axis=1)
        ends = [name.removeprefix("count_") for name in counted][::-1] or ["", ""]
        _lean(axes, words, numbers, np.where(words["log_odds"] > 0, BLUE, VERMILION))
        axes.set_xlabel(f"← more in {ends[0]} | log-odds | more in {ends[1]} →\nband: range when articles are left out")
        return drawn
    parts = [*words.groupby("group", sort=False)]
    drawn = Figure(figsize=(WIDTH, 0.28 * len(words) + 0.35 * len(parts) + 0.9), layout="constrained")
    panels = drawn.subplots(len(parts), sharex=True, squeeze=False, height_ratios=[len(own) + 0.8 for _, own in parts])
    for axes, (name, own) in zip(panels[:, 0], parts, strict=True):
        _lean(axes, own, own["here_count"].astype(str) + ":" + own["others_count"].astype(str), BLUE)
        axes.set_title(name, loc="left", fontsize=SIZE, fontweight="bold", pad=3)
    axes.set_xlabel("log-odds against all other groups\nband: range when parts are left out")
    return drawn


def _lean(axes: Axes, words: pd.DataFrame, numbers: pd.Series, colours: np.ndarray | str) -> None:
    axes.hlines(
        range(len(words)), words["log_odds_low"], words["log_odds_high"], color=colours, linewidth=5, alpha=0.25
    )
    axes.hlines(range(len(words)), 0, words["log_odds"], color=colours)
    axes.scatter(words["log_odds"], range(len(words)), color=colours, zorder=3)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(words)), [f"{term} {own}" for term, own in zip(words["term"], numbers, strict=True)])
    axes.set_ylim(len(words) - 0.4, -0.6)


def chance(table: pd.DataFrame) -> list[str]:
    """What the permutation test can say about a contrast (:func:`parley.show.contrast_table`), in sentences."""
    attrs = table.attrs
    if not attrs:
        return []
    if not attrs["terms_tested"]:
        return [f"No word has the {attrs['minimum']} occurrences that a test asks for."]
    floor, ignoring, best = attrs["smallest_p"], attrs["smallest_p_ignoring_copy"], table["p_value"].min()
    sentences = [f"The smallest p-value found is {best:.2g}; the smallest that this design allows is {floor:.2g}."]
    if floor > 0.05:
        sentences.append(
            "So no p-value can speak here: even words that stand in every article of one group and in none of the "
            "other are within what dealing the articles out at random can do."
        )
    if floor > 0.05 and ignoring < floor:
        copied = f"Counting articles that share copy as independent would allow {ignoring:.2g}"
        sentences.append(f"{copied}, and would claim reports that are not there.")
    if floor <= 0.05:
        differ = table.loc[table["p_value"] <= 0.05, ["term", "telling"]].drop_duplicates()
        words, others = differ.loc[differ["telling"], "term"], differ.loc[~differ["telling"], "term"]
        found = join_words(words[:10]) + (f" and {len(words) - 10:,} more" if len(words) > 10 else "")
        sentences.append(f"At a family-wise p of .05 the groups differ in: {found or 'no word of content'}.")
        if len(others):
            house = f"{number(len(others), 'word')} of grammar or house style"
            sentences.append(f"They differ in {house} too: {join_words(others[:10])}{', …' * (len(others) > 10)}.")
    return sentences
