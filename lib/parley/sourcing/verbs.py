"""The verbs that bring words in, and their attitude to them."""

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
        As in the column `cue_text`. A verb that is in no list keeps the form it is printed in.

    Examples
    --------
    >>> verb("has alleged"), verb("pointed out"), verb("quoted … as saying"), verb("did not confirm")
    (('allege', 'doubting'), ('point', 'endorsing'), ('say', 'neutral'), ('confirm', 'neutral'))
    """
    forms = [form.strip(".,’'`") for form in cue.lower().replace("’", "'").split()]
    if not forms or forms[:2] == ["according", "to"]:
        return cue.lower(), "neutral"
    worded = [form for form in forms if form not in _AUXILIARIES]
    known = [form for form in worded if form in _FORMS]
    if not known:
        return next((CUES[form].lemma for form in worded if form in CUES), (worded or forms)[0]), "neutral"
    # In "quoted … as saying" the last verb is the one that brings the words in.
    base, attitude = _FORMS[known[-1] if GAP.strip() in forms else known[0]]
    negated = any(form in ("not", "never", "cannot") or form.endswith("n't") for form in forms)
    return base, "neutral" if negated or (base == "point" and "out" not in forms) else attitude
