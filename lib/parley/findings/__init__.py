"""The findings that notebooks, report and README print: each computed, and each asked what it would take to lose it.

A finding is measured again on every variation of the study; one where its claim is no longer the same breaks it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.reading import handed_out
from parley.corpus.settings import StudyError, check_study
from parley.findings.questions import Measured, Question, asked_of, group_contrast, majority, measured_elsewhere
from parley.study import Study
from parley.text.phrases import number
from parley.variations import vary

__all__ = ["findings", "group_contrast", "majority", "measured_elsewhere", "strength", "varied"]


def __dir__() -> list[str]:
    return __all__


COLUMNS = [
    "finding_id", "notebook", "sentence", "claim", "value", "low", "high", "range", "variations", "holds", "broken_by",
    "not_varied",
]  # fmt: skip
VARIED_COLUMNS = ["finding_id", "notebook", "variation", "outcome", "value", "sentence"]
HOLDS, LOST = "holds", "lost"


@describes("findings")
def findings(study: Study, notebook: str | None = None) -> pd.DataFrame:
    """All findings of a study, or those of one notebook, each with its strength.

    Returns
    -------
    DataFrame
        One row a finding. {columns}

    Raises
    ------
    StudyError
        A correction or a coding beside the texts cannot be read.
    """
    check_study(study, "findings")
    return handed_out(study.once(_findings, notebook)[0])


@describes("variations")
def varied(study: Study) -> pd.DataFrame:
    """Every finding under every variation that can change it: the table behind the strength of findings.

    Returns
    -------
    DataFrame
        One row a finding and variation. {columns}
    """
    check_study(study, "varied")
    return handed_out(study.once(_findings, None)[1])


def _findings(study: Study, notebook: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings of one notebook, or of all, and each of them under every variation."""
    asked = {name: one for name, one in asked_of(study).items() if notebook in (None, one.notebook)}
    measured = {name: result for name, one in asked.items() if (result := one.measure(study))}
    rows = []
    for variation in vary(study):
        names = [name for name in measured if variation.asks & {name, asked[name].notebook}]
        # Made once for all findings that it can change, and let go before the next.
        made, why_not = _try(variation.vary, variation.why_not) if names else (None, "")
        for name in names:
            other, cannot = _try(made and partial(asked[name].measure, made), why_not)
            # Where there is nothing left to say, a finding that was there is lost.
            same = other is not None and other.claim == measured[name].claim
            outcome = f"not asked: {cannot}" if cannot else HOLDS if same else LOST
            shown = (other.value, other.sentence) if other else (None, None)
            rows.append((name, asked[name].notebook, variation.name, outcome, *shown))
    table = pd.DataFrame(rows, columns=VARIED_COLUMNS).astype({"value": float})
    in_order = [*measured].index
    table = table.sort_values("finding_id", key=lambda ids: ids.map(in_order), kind="stable", ignore_index=True)
    found = [_row(name, asked[name], result, table) for name, result in measured.items()]
    return pd.DataFrame(found, columns=COLUMNS), table


def _row(name: str, one: Question, result: Measured, table: pd.DataFrame) -> tuple:
    own = table[table["finding_id"] == name]
    again = own[own["outcome"].isin([HOLDS, LOST])]
    values = [result.value, *again["value"].dropna()]
    low, high = float(min(values)), float(max(values))
    least, most = one.form.format(low), one.form.format(high)
    range_ = f"{one.figure} {least} throughout" if least == most else f"{one.figure} from {least} to {most}"
    broken = again.loc[again["outcome"] == LOST, "variation"].tolist()
    why_not = "" if len(again) else "; ".join(own["outcome"].str.removeprefix("not asked: "))
    return (
        *(name, one.notebook, result.sentence, result.claim, result.value, low, high, range_ if len(again) else ""),
        *(len(again), len(again) - len(broken), broken, why_not),
    )


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
    >>> holds = {"claim": "most are named", "variations": 12, "holds": 12, "range": "share from 62% to 82%"}
    >>> holds["broken_by"] = []
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
    some = number(holds) if holds else "none"
    words = f"that {finding['claim']} holds in {some} of {number(total, 'variation')}, {finding['range']}"
    if len(broken) == 1 and broken[0].startswith("without "):
        return f"{words}; rests on {broken[0].removeprefix('without ')}"
    more = f" and {len(broken) - 3} more" if len(broken) > 3 else ""
    return f"{words}; lost {', '.join(broken[:3])}{more}"
