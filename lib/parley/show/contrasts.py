"""The contrast of a study's groups for reading, and what can be said where no test can speak."""

import pandas as pd

from parley import findings
from parley.contrast import compare, leave_one_out
from parley.corpus.settings import check_study
from parley.study import Study
from parley.text.phrases import join_words

MEASURES = ["log_ratio", "log_odds", "log_odds_z", "g2", "dispersion", "p_value"]
RANGES = ["log_ratio_low", "log_ratio_high", "log_odds_low", "log_odds_high", "holds"]


def contrast_table(study: Study, counting: str = "once") -> pd.DataFrame:
    """The words of the study's groups set beside each other; `counting` is "once" or "printed".

    Returns
    -------
    DataFrame
        As :func:`parley.contrast.compare` gives it, with ``term`` as a column, and: ``leans_to``, the group that uses
        the word more; ``reports``, in how many independent reports of that group it stands; counted once, the ranges of
        :func:`parley.contrast.leave_one_out`, and ``holds``, whether the difference keeps its sign. Empty, and without
        ``attrs``, where there are no two groups to set against each other.
    """
    check_study(study, "contrast_table")
    table = findings.group_contrast(study)
    if table is None:
        columns = ["term", "leans_to", "reports", *MEASURES, *RANGES]
        return pd.DataFrame(columns=columns).astype({"holds": bool})
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
    table.attrs = attrs
    return table


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
        words = table.loc[table["p_value"] <= 0.05, "term"]
        found = join_words(words[:10]) + (f" and {len(words) - 10:,} more" if len(words) > 10 else "")
        sentences.append(f"At a family-wise p of .05 the groups differ in: {found or 'no word'}.")
    return sentences
