"""Who says what in a study: the attributions table, its verbs, and how many voices there are."""

import csv
import math
from importlib.resources import files

import pandas as pd

from parley.sourcing.cues import CUES
from parley.sourcing.finder import find_attributions
from parley.sourcing.table import GAP
from parley.text.inflections import inflections

__all__ = ["attributions", "diversity", "find_attributions", "verb", "verbs"]


def _forms() -> dict[str, tuple[str, str]]:
    with (files("parley") / "data" / "verbs.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["verb"], row["attitude"]) for row in csv.DictReader(lines)]
    found: dict[str, tuple[str, str]] = {}
    for base, attitude in rows:
        for form in inflections(base):
            found.setdefault(form, (base, attitude))
    return found


_FORMS = _forms()
_AUXILIARIES = frozenset(
    ["a", "am", "an", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have",
     "her", "his", "is", "its", "may", "might", "must", "not", "shall", "should", "the", "their", "to", "was",
     "were", "will", "would"]
)  # fmt: skip


def attributions(study) -> pd.DataFrame:
    """Every attribution in the headlines, standfirsts, captions and bodies of a study.

    Parameters
    ----------
    study : Study
        Its section [sides] gives canonical speakers and sides; without it speakers are called by the fullest
        name the article gives, and the side is missing.

    Returns
    -------
    DataFrame
        One row an attribution, in the order of articles and of the text, with a reader's corrections. `attribution_id`
        (article and the offset of the cue, so that it stays the same when a rule changes elsewhere); `article_id`;
        `source_start, source_end` and `cue_start, cue_end` (the first part; missing where there is none); `cue, content`
        (lists of `(start, end)`); `source_text, cue_text, content_text` (parts joined by " … "); `kind` (direct, indirect,
        mixed); `speaker`, `side`, `named`, `via` (see `parley.sourcing.speakers.resolve`); `counted` (whether the sentence
        with the cue, or without a cue the content, counts); `rule` that found it; `nested` (whether it stands inside the
        content of another row, and its holder is somebody else). Offsets are characters of the article's raw text.
        ``.attrs["corrected"]`` is the number of rows that a correction changed or dropped.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund said the harbour was closed."]}))
    >>> attributions(study)[["source_text", "cue_text", "content_text"]].values.tolist()
    [['Ada Lund', 'said', 'the harbour was closed']]
    """
    return study.attributions


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
    listed = [form for form in forms if form in _FORMS and form not in _AUXILIARIES]
    if not listed:
        rest = [form for form in forms if form not in _AUXILIARIES] or forms
        cue = next((CUES[form].lemma for form in rest if form in CUES), rest[0])
        return cue, "neutral"
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
    counted = read.groupby(["verb", "attitude"]).size().rename("attributions").reset_index()
    counted = counted.sort_values(["verb", "attributions", "attitude"], ascending=[True, False, True])
    table = counted.groupby("verb").agg(attitude=("attitude", "first"), attributions=("attributions", "sum"))
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
        shares: dict[str, float] = {}
        for speaker in group["speaker"].dropna():
            joint = speaker.split("; ")
            for one in joint:
                shares[one] = shares.get(one, 0) + 1 / len(joint)
        total = sum(shares.values())
        effective = math.exp(-sum(n / total * math.log(n / total) for n in shares.values())) if shares else 0.0
        rows.append((value, len(group), int(group["speaker"].isna().sum()), len(shares), effective))
    columns = [by, "attributions", "without_speaker", "speakers", "effective_speakers"]
    return pd.DataFrame(rows, columns=columns).set_index(by)
