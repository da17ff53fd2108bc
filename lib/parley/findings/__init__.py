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
from parley.findings.asking import Measured, Question
from parley.findings.questions import asked_of, group_contrast, measured_elsewhere
from parley.study import Study
from parley.text.phrases import join_words
from parley.variations import vary

__all__ = ["breaks", "findings", "group_contrast", "leading", "measured_elsewhere", "strength", "varied"]


def __dir__() -> list[str]:
    return __all__


COLUMNS = [
    "finding_id", "notebook", "sentence", "claim", "value", "low", "high", "range", "variations", "holds", "broken_by",
    "not_varied",
]  # fmt: skip
VARIED_COLUMNS = ["finding_id", "notebook", "variation", "outcome", "value", "sentence"]
MOST = 3  # findings of a notebook that are shown first
HOLDS, LOST = "holds", "lost"
UNCLAIMED = "rules read it, and nobody has coded enough to say how far they are right"


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
    whole = study.has_kept("findings") or notebook is None
    if not whole:
        return handed_out(study.kept(f"findings of {notebook}", partial(_found, notebook=notebook)))
    found = study.kept("findings", _found)
    own = found if notebook is None else found[found["notebook"] == notebook].reset_index(drop=True)
    return handed_out(own)


@describes("variations")
def varied(study: Study) -> pd.DataFrame:
    """Every finding under every variation that can change it: the table behind the strength of findings.

    Returns
    -------
    DataFrame
        One row a finding and variation. {columns}
    """
    check_study(study, "varied")
    return handed_out(study.kept("variations", _varied))


def _found(study: Study, notebook: str | None = None) -> pd.DataFrame:
    found, _ = study.once(_findings, notebook)
    if notebook is None:
        study.kept("variations", _varied)  # what was measured for them is kept with them
    return found


def _varied(study: Study) -> pd.DataFrame:
    return study.once(_findings, None)[1]


def _findings(study: Study, notebook: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings of one notebook, or of all, and each of them under every variation."""
    asked = {name: one for name, one in asked_of(study).items() if notebook in (None, one.notebook)}
    measured = {name: result for name, one in asked.items() if (result := one.measure(study))}
    # What rules alone read claims nothing that could be lost.
    claimed = [name for name, result in measured.items() if result.claim]
    rows = []
    for variation in vary(study):
        names = [name for name in claimed if variation.asks & {name, asked[name].notebook}]
        # Made once for all findings that it can change, and let go before the next.
        made, why_not = _try(variation.vary, variation.why_not) if names else (None, "")
        for name in names:
            other, cannot = _try(made and partial(asked[name].measure, made), why_not)
            if other is not None and not other.claim:
                cannot = "nobody has coded what it takes"
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
    why_not = "" if len(again) else "; ".join(own["outcome"].str.removeprefix("not asked: ")) or UNCLAIMED
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


def leading(found: pd.DataFrame) -> pd.DataFrame:
    """Choose the findings of each notebook that tell most: three at most, the most telling first.

    What claims something comes before what rules alone read, what was checked by other choices before what was not, and
    what at least half of the checks keep before what they break. Among those alike a difference between groups comes
    before a share of all, the larger one first; else the order is that of the questions, and of the keywords in
    study.toml.

    Examples
    --------
    >>> rows = [("pause", "02", "", 0, 0, 0.3), ("corridor", "02", "most are for it", 3, 1, 0.6), ("side", "02", "a", 3, 3, 0.2)]
    >>> columns = ["finding_id", "notebook", "claim", "variations", "holds", "value"]
    >>> leading(pd.DataFrame(rows, columns=columns))["finding_id"].tolist()
    ['side', 'corridor', 'pause']
    """
    differs = found["finding_id"].str.endswith("-differs")
    order = pd.DataFrame(
        {
            "notebook": found["notebook"],
            "claims_nothing": found["claim"] == "",
            "not_checked": found["variations"] == 0,
            "broken": found["holds"].fillna(0) < found["variations"] / 2,
            "share": ~differs,
            "size": -found["value"].abs().where(differs, 0),
        }
    )
    order = order.sort_values(list(order))
    return found.loc[order.groupby("notebook").head(MOST).index]


def strength(finding: Any) -> str:
    """How sure a finding is, in a few words: in how many of the checks it holds.

    Examples
    --------
    >>> strength({"variations": 12, "holds": 12}), strength({"variations": 13, "holds": 10})
    ('holds in all 12 checks', 'holds in 10 of 13 checks')
    >>> strength({"variations": 0, "claim": "F1 is above .5"}), strength({"variations": 0, "claim": ""})
    ('not checked by other choices', 'claims nothing')
    """
    total, holds = finding["variations"], finding["holds"] if finding["variations"] else 0
    if not total:
        return "not checked by other choices" if finding["claim"] else "claims nothing"
    if holds == total:
        return f"holds in all {total:,} checks" if total > 1 else "holds in the one check"
    return f"holds in {holds:,} of {total:,} checks" if holds else f"holds in none of {total:,} checks"


def breaks(finding: Any) -> str:
    """What the strength of a finding rests on, in a sentence: what was claimed, its range, and which checks break it.

    Examples
    --------
    >>> one = {"claim": "most are named", "variations": 3, "range": "share from 62% to 82%", "not_varied": ""}
    >>> breaks(one | {"broken_by": []})
    'That most are named holds in every check; share from 62% to 82%.'
    >>> breaks(one | {"broken_by": ["without a", "without b"]})
    'That most are named is lost without a and without b; share from 62% to 82%.'
    """
    if not finding["variations"]:
        return f"{finding['not_varied'][:1].upper()}{finding['not_varied'][1:]}."
    lost = f"is lost {join_words(finding['broken_by'])}" if finding["broken_by"] else "holds in every check"
    return f"That {finding['claim']} {lost}; {finding['range']}."
