"""One quotation in several articles: where it stands, and how its printings differ."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from parley.corpus.codebook import describes
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.sourcing.table import GAP
from parley.text.copies import find_passages
from parley.text.forms import Word, words
from parley.text.phrases import join_words

SHORTEST = 5  # agreeing words, less what differs; shorter pieces of two quotations may be alike by chance
THAT = re.compile(r"^that\s+", re.I)  # belongs to a content, and to no quotation
SAME = 0.5  # of the words of the shorter one; two sentences on one matter share less
COLUMNS = [
    "quotation", "articles", "article_id", "outlet", "date", "speaker", "printed", "kind", "differs", "sentence", "counted",
    "attribution_id",
]  # fmt: skip


@describes("quotations")
def quotations(study, speaker: str | None = None) -> pd.DataFrame:
    """Find which quotation stands in which articles, and how its printings differ.

    Contents of attributions are the same quotation if five words in a row agree, at least five more agree than differ,
    and those that agree are half of the shorter one or more. What is told
    without quotation marks takes part where several articles print it: ``kind`` says so of each printing.

    Parameters
    ----------
    study : Study
    speaker : str, optional
        Any name of a speaker that study.toml lists, or the name, or a part of it, that the articles give. By default
        the quotations of everybody.

    Returns
    -------
    DataFrame
        One row a quotation and article, what most articles print first, then in order of time. {columns}

    Raises
    ------
    StudyError
        Nobody who speaks has this name, or several have; or a table was given in place of a study.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["“The ferry will sail again on Monday”, Ada Lund said.", "Lund said the ferry will sail again on Monday at noon."]
    >>> texts += ["Mayor Ada Lund said: “The old ferry will sail again on Monday.”"]
    >>> found = quotations(study_from_table(pd.DataFrame({"text": texts})), "Lund")
    >>> found[["quotation", "article_id", "kind", "differs"]].values.tolist()
    [[1, '1', 'direct', ''], [1, '2', 'indirect', 'also “at noon”'], [1, '3', 'direct', 'also “old”']]
    """
    check_study(study, "quotations")
    said = study.attributions
    said = said[~said["nested"] & (said["content"].map(len) > 0)]
    if speaker is not None:
        names = find_speaker(study, speaker)
        said = said[said["speaker"].str.split("; ").map(lambda speakers: not names.isdisjoint(speakers))]
    said = said.assign(
        quotation=_alike(study, said), time=said["article_id"].map({n: i for i, n in enumerate(study.order)})
    )
    groups = said.groupby("quotation")
    kept = groups["quoted"].transform("any") | (groups["article_id"].transform("nunique") > 1)
    said = said[kept].sort_values(["time", "cue_start"])
    firsts = {name: "first" for name in ("time", "outlet", "date", "speaker", "sentence", "attribution_id")}
    merged = {"content_text": GAP.join, "kind": lambda kinds: kinds.iloc[0] if kinds.nunique() == 1 else "mixed"}
    found = (
        said.groupby(["quotation", "article_id"], sort=False).agg(firsts | merged | {"counted": "any"}).reset_index()
    )
    found = found.rename(columns={"content_text": "printed"}).astype({"printed": "str"})
    groups = found.groupby("quotation")
    found["articles"], found["since"] = groups["article_id"].transform("size"), groups["time"].transform("min")
    found = found.sort_values(["articles", "since", "quotation", "time"], ascending=[False, True, True, True])
    found["quotation"] = pd.factorize(found["quotation"])[0] + 1
    original = found.groupby("quotation")["printed"].transform("first")
    found["differs"] = [differs(one, other) for one, other in zip(original, found["printed"], strict=True)]
    return found[COLUMNS].astype({"differs": "str"}).reset_index(drop=True)


def find_speaker(study, name: str) -> set[str]:
    """The speaker who goes by a name: what the attributions call him, in full and, where an article does so, shorter.

    Raises
    ------
    StudyError
        Nobody has this name, or several do.
    """
    listed = {who: names for speakers in study.settings.get("sides", {}).values() for who, names in speakers.items()}
    heard = {who for names in study.attributions["speaker"].unique() for who in names.split("; ")}
    asked = " ".join(str(name).casefold().split())
    for who, names in listed.items():
        if asked in (who.casefold(), *map(str.casefold, names)):
            return {who}
    found = {who for who in {*heard, *listed} if f" {asked} " in f" {who.casefold()} "}
    longest = max(found, key=len, default="")
    if not found or not asked:
        known = {form for who, names in listed.items() for form in (who, *names)} | heard
        raise StudyError(f"speaker: nobody is called {name!r}; {did_you_mean(str(name), known)}")
    if not all(f" {who.casefold()} " in f" {longest.casefold()} " for who in found):
        if exactly := {who for who in found if who.casefold() == asked}:
            return exactly
        raise StudyError(f"speaker: {name!r} may be {join_words(sorted(found))}; give the full name.")
    return found


def _alike(study, said: pd.DataFrame) -> np.ndarray:
    """A number for each attribution, the same for those whose contents are one quotation."""
    texts = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    place = {name: n for n, name in enumerate(said["attribution_id"])}
    contents = zip(said["attribution_id"], said["article_id"], said["content"], strict=True)
    printings = {name: (texts[article], spans) for name, article, spans in contents}
    length = said["content_text"].map(lambda text: len(words(text))).to_numpy()
    found = find_passages(printings, shortest=SHORTEST)
    one, other = (found[name].map(place).to_numpy(int) for name in ("article_a", "article_b"))
    same = found["words"].to_numpy() >= SAME * np.minimum(length[one], length[other])
    edges = (np.ones(same.sum(), int), (one[same], other[same]))
    return connected_components(coo_array(edges, (len(said), len(said))), directed=False)[1]


def differs(original: str, printed: str) -> str:
    """What one printing of a quotation has otherwise than the first one, in words; empty where no word differs.

    Examples
    --------
    >>> differs("“The regime must go at once”", "“The government must go”")
    '“government” for “regime”; without “at once”'
    """
    original, printed = THAT.sub("", original), THAT.sub("", printed)
    one, other = words(original), words(printed)
    steps = SequenceMatcher(
        None, [word.form for word in one], [word.form for word in other], autojunk=False
    ).get_opcodes()
    return "; ".join(_difference(original, one[a:b], printed, other[c:d]) for op, a, b, c, d in steps if op != "equal")


def _difference(original: str, gone: Sequence[Word], printed: str, new: Sequence[Word]) -> str:
    old, now = _quoted(original, gone), _quoted(printed, new)
    return f"{now} for {old}" if gone and new else f"also {now}" if new else f"without {old}"


def _quoted(text: str, run: Iterable[Word]) -> str:
    run = list(run)
    return f"“{' '.join(text[run[0].start : run[-1].end].split())}”" if run else ""
