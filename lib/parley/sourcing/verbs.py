"""The verbs that bring words in and their attitude to them, and how evenly the voices share what is said."""

import math
from collections import Counter

import pandas as pd
from scipy.stats import entropy

from parley.sourcing.cues import CUES
from parley.sourcing.table import GAP
from parley.text.classes import AUXILIARY, OWNER
from parley.text.inflections import inflections
from parley.text.lists import rows

_FORMS = {
    form: (row["verb"], row["attitude"]) for row in reversed(rows("verbs.csv")) for form in inflections(row["verb"])
}
_AUXILIARIES = AUXILIARY | OWNER | {"a", "an", "the", "to", "not"}


def verb(cue: str) -> tuple[str, str]:
    """The base form of the verb (or noun) in a cue, and its attitude to what it brings in.

    The attitude is **doubting** for words that keep their distance (claim, allege: news agencies' handbooks
    warn against them for that), **endorsing** for words that take the content for true (note, point out,
    confirm, acknowledge: the factive verbs of Kiparsky & Kiparsky 1970, "Fact"), **neutral** for all others:
    "insist" tells how something is said, not whether the paper believes it. The words stand in
    ``data/verbs.csv``. A negated cue ("did not confirm") is neutral.

    Parameters
    ----------
    cue : str
        As in the column `cue_text`.

    Returns
    -------
    base, attitude : str
        A verb that is in no list keeps the form it is printed in.

    Examples
    --------
    >>> verb("has alleged"), verb("pointed out"), verb("quoted … as saying"), verb("did not confirm")
    (('allege', 'doubting'), ('point', 'endorsing'), ('say', 'neutral'), ('confirm', 'neutral'))
    """
    forms = [form.strip(".,’'`") for form in cue.lower().replace("’", "'").split()]
    if not forms or forms[:2] == ["according", "to"]:
        return cue.lower(), "neutral"
    worded = [form for form in forms if form not in _AUXILIARIES]
    listed = [form for form in worded if form in _FORMS]
    if not listed:
        return next((CUES[form].lemma for form in worded if form in CUES), (worded or forms)[0]), "neutral"
    # In "quoted … as saying" the last verb is the one that brings the words in.
    base, attitude = _FORMS[listed[-1] if GAP.strip() in forms else listed[0]]
    negated = any(form in ("not", "never", "cannot") or form.endswith("n't") for form in forms)
    return base, "neutral" if negated or (base == "point" and "out" not in forms) else attitude


def verbs(attributions: pd.DataFrame) -> pd.DataFrame:
    """Count the verbs that bring words in.

    Parameters
    ----------
    attributions : DataFrame
        Rows of the attributions table; those without a cue, or with a colon for one, take no part.

    Returns
    -------
    DataFrame
        Index `verb`; `attitude` (neutral, doubting, endorsing; see `verb`; the most frequent one of the
        verb's uses) and `attributions`, most frequent first, then in alphabetical order.

    Examples
    --------
    >>> verbs(pd.DataFrame({"cue_text": ["said", "claims", "says"]}))
           attitude  attributions
    verb
    say     neutral             2
    claim  doubting             1
    """
    worded = [cue for cue in attributions["cue_text"].dropna() if any(mark.isalpha() for mark in cue)]
    read = pd.DataFrame([verb(cue) for cue in worded], columns=["verb", "attitude"])
    counted = read.value_counts().rename("attributions").reset_index()
    counted = counted.sort_values(["attributions", "attitude"], ascending=[False, True])
    table = counted.groupby("verb").agg({"attitude": "first", "attributions": "sum"})
    return table.sort_values(["attributions", "verb"], ascending=[False, True])


def diversity(attributions: pd.DataFrame, *, by: str = "article_id") -> pd.DataFrame:
    """Count the voices, and how evenly they share the words.

    The effective number of speakers is exp(H), H = -Σ p ln p (Shannon), where p is a speaker's share of the
    attributions: the number of speakers with equal shares that would be as diverse (Hill's number of order 1;
    Jost 2006, "Entropy and diversity", Oikos 113). Joint speakers share one attribution equally.

    Parameters
    ----------
    attributions : DataFrame
        Rows of the attributions table. Leave out those that are not `counted` to count shared copy once.
    by : str
        A column of it: one row of the result for each of its values.

    Returns
    -------
    DataFrame
        Index `by`, in order of appearance; `attributions` (all), `without_speaker` (nobody can tell who
        speaks, or the source has no name; they take no part in what follows), `speakers` (distinct) and
        `effective_speakers`.

    Examples
    --------
    >>> speakers = ["Lund", "Berg", "Lund; Berg", None, None]
    >>> diversity(pd.DataFrame({"article_id": ["a", "a", "a", "a", "b"], "speaker": speakers}))
                attributions  without_speaker  speakers  effective_speakers
    article_id
    a                      4                1         2                 2.0
    b                      1                1         0                 0.0
    """
    rows = []
    for value, group in attributions.groupby(by, sort=False):
        shares: Counter = Counter()
        for speaker in group["speaker"].dropna():
            joint = speaker.split("; ")
            shares.update(dict.fromkeys(joint, 1 / len(joint)))
        effective = math.exp(entropy(list(shares.values()))) if shares else 0.0
        rows.append((value, len(group), int(group["speaker"].isna().sum()), len(shares), effective))
    columns = [by, "attributions", "without_speaker", "speakers", "effective_speakers"]
    return pd.DataFrame(rows, columns=columns).set_index(by)
