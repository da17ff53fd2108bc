"""Words in their context: a concordance of any word, phrase or pattern, and the collocates of a keyword."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import xlogy

from parley.corpus.settings import StudyError, did_you_mean
from parley.keywords.matching import Mention, find_mentions, phrase_pattern
from parley.sourcing import attributions
from parley.text.words import Word, words

COLUMNS = ["article_id", "start", "end", "left", "match", "right", "speaker", "side"]
BLOCK = 1000  # characters; so that no place is compared with all attributions of its article
_ONE_LINE = str.maketrans("\n\r\t", "   ")


def concordance(
    study, query: str | re.Pattern, *, regex: bool = False, width: int = 60, sort: str | None = None
) -> pd.DataFrame:
    """Show every place where a word, a phrase or a pattern stands, what is around it, and who says it.

    Parameters
    ----------
    study : Study
    query : str or compiled regular expression
        A word or phrase, found as a whole and whatever its case, also across a line break; or, compiled or with
        `regex`, a regular expression, taken as written ("(?i)" at its beginning makes it ignore case).
    width : int
        Characters of context on either side, at most; it ends at the paragraph.
    sort : "left", "right" or None
        By the words before the match, from the match outward, or by those after it; by default as in the texts.

    Returns
    -------
    DataFrame
        ``article_id, start, end`` (in the raw text), ``left, match, right, speaker, side`` (who is quoted there).

    Raises
    ------
    StudyError
        The query is empty, or is no regular expression.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["The strike is off. No strike helps."]}))
    >>> concordance(study, "strike")[["start", "left", "match", "right"]].values.tolist()
    [[4, 'The ', 'strike', ' is off. No strike helps.'], [22, 'The strike is off. No ', 'strike', ' helps.']]
    """
    if sort not in (None, "left", "right"):
        raise StudyError(f"sort: expected 'left', 'right' or None, not {sort!r}.")
    pattern, rows = _compile(query, regex), []
    # Looking for a word of a plain query first rules out most paragraphs seven times faster than the pattern would. To
    # `re`, i and s without case are also the dotless i and the long s, which lower() leaves alone.
    literal = (
        "" if regex or not isinstance(query, str) else max(re.findall(r"[a-z0-9]+", query.lower()), key=len, default="")
    )
    for article_id, offset, text in study.prose[["article_id", "start", "text"]].itertuples(index=False, name=None):
        if literal not in text.lower() and not any(letter in text for letter in "ıſ"):
            continue
        for start, end in (match.span() for match in pattern.finditer(text) if match[0]):
            left, right = text[max(0, start - width) : start], text[end : end + width]
            context = left.translate(_ONE_LINE), text[start:end], right.translate(_ONE_LINE)
            rows.append((article_id, offset + start, offset + end, *context))
    table = pd.DataFrame(rows, columns=COLUMNS[:6])
    table[["speaker", "side"]] = _speakers(study, table)
    table = table.astype(dict.fromkeys(COLUMNS, "str") | {"start": int, "end": int})
    if sort:
        outward = -1 if sort == "left" else 1
        forms = table[sort].map(lambda context: tuple(word.form for word in words(context))[::outward])
        return table.loc[forms.sort_values(kind="stable").index].reset_index(drop=True)
    return table


def _compile(query: str | re.Pattern, regex: bool) -> re.Pattern:
    compiled = isinstance(query, re.Pattern)
    if not (query.pattern if compiled else query.strip()):
        raise StudyError("query: it is empty; give a word, a phrase or a regular expression.")
    if not (compiled or regex):
        return phrase_pattern(query)
    try:
        return re.compile(query)
    except re.error as error:
        fault = f"{query!r} is no regular expression: {error.msg} at character {error.pos}"
        raise StudyError(f"query: {fault}; correct it, or leave out regex=True to look for it as it stands.") from None


def containing(said: Sequence[dict], start: int) -> list[dict]:
    """Give the attributions whose content holds a place, the outermost first."""
    holding = [one for one in said if any(first <= start < last for first, last in one["content"])]
    return sorted(holding, key=lambda one: -sum(last - first for first, last in one["content"]))


def by_block(said: Sequence[dict]) -> dict[int, list[dict]]:
    """The attributions by the blocks of 1,000 characters that their contents reach into: block k from 1000 k on."""
    blocks: dict[int, list[dict]] = {}
    for one in said:
        for block in sorted({n for a, b in one["content"] for n in range(a // BLOCK, (b - 1) // BLOCK + 1)}):
            blocks.setdefault(block, []).append(one)
    return blocks


def _speakers(study, table: pd.DataFrame) -> pd.DataFrame:
    found = attributions(study)
    found = found[found["article_id"].isin(table["article_id"])]
    said = {name: by_block(rows.to_dict("records")) for name, rows in found.groupby("article_id", sort=False)}
    places = zip(table["article_id"], table["start"], strict=True)
    outer = [next(iter(containing(said.get(name, {}).get(start // BLOCK, []), start)), {}) for name, start in places]
    return pd.DataFrame([(one.get("speaker"), one.get("side")) for one in outer], table.index, ["speaker", "side"])


def collocates(study, target: str | Sequence[str], *, span: int = 5) -> pd.DataFrame:
    r"""Count the words near a keyword family or other terms, and measure how closely they belong to it.

    Parameters
    ----------
    study : Study
    target : str or sequence of str
        A family of the study, or terms; their inflections are found as in `parley.keywords.matching.find_mentions`.
    span : int
        Words to either side that count as near, within the sentence.

    Returns
    -------
    DataFrame
        Index ``word`` (folded); ``near`` (occurrences in a window; of a word between two mentions, one),
        ``left, right`` (of the nearest mention), ``count`` (in all counted prose), ``articles`` (in which it
        is near), ``log_dice, g2``; the largest log_dice first. ``.attrs`` has the number of ``mentions`` and
        of ``words``.

    Raises
    ------
    StudyError
        No such family, or no terms.

    Notes
    -----
    With :math:`f_{xy}` the occurrences of a word near the target, :math:`f_x` the mentions, :math:`f_y` the
    occurrences of the word and N the words:

    * logDice (Rychlý 2008, A lexicographer-friendly association score): :math:`14 + \log_2 \frac{2 f_{xy}}{f_x + f_y}`;
      14 at most, one point is twice as close, and it does not depend on the size of the corpus.
    * G² (Dunning 1993) over the table near or not by this word or not: :math:`2 \sum O \ln (O / E)`, negative where the
      word is rarer than expected. It describes and does not test: words of one text are not independent.

    Examples
    --------
    >>> from parley import study_from_table
    >>> text = "A daily truce. A daily truce, they said. They left."
    >>> study = study_from_table(pd.DataFrame({"text": [text]}))
    >>> collocates(study, ["truce"], span=2).loc["daily", ["near", "count", "log_dice"]].tolist()
    [2.0, 2.0, 14.0]
    """
    families = study.settings.get("keywords", {})
    if isinstance(target, str) and target not in families:
        raise StudyError(f"[keywords]: no family {target!r}; {did_you_mean(target, families)}")
    terms = {"target": families[target] if isinstance(target, str) else list(target)}
    if not terms["target"]:
        raise StudyError("collocates: no terms; give a word or a phrase.")
    count: Counter[str] = Counter()
    near, mentions = [], 0
    sentences = study.sentences[study.sentences["counted"]]
    for article_id, text in zip(sentences["article_id"], sentences["text"], strict=True):
        tokens = words(text)
        count.update(token.form for token in tokens)
        places = find_mentions(text, terms)
        mentions += len(places)
        for k, away in _distances(tokens, places):
            if abs(away) <= span:
                near.append((tokens[k].form, away < 0, away > 0, article_id))
    found = pd.DataFrame(near, columns=["word", "left", "right", "article_id"]).astype({"left": int, "right": int})
    sums = {"near": ("left", "size"), "left": ("left", "sum"), "right": ("right", "sum")}
    table = found.groupby("word").agg(**sums, count=("word", "first"), articles=("article_id", "nunique"))
    table["count"] = [count[word] for word in table.index]
    total = count.total()
    table["log_dice"] = 14 + np.log2(2 * table["near"] / (mentions + table["count"]))
    table["g2"] = _g2(table["near"].to_numpy(float), table["count"].to_numpy(float), total)
    table.attrs = {"mentions": mentions, "words": total}
    return table.sort_values(["log_dice", "near"], ascending=False, kind="stable")


def _distances(tokens: list[Word], places: list[Mention]) -> Iterator[tuple[int, int]]:
    """Every token outside the mentions, and how many words it stands behind (or, negative, before) the nearest one."""
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    inside = [(bisect_right(ends, place.start), bisect_left(starts, place.end) - 1) for place in places]
    far = sys.maxsize if inside else 0
    for (_, last), (first, _) in pairwise([(-far, -far), *inside, (far, far)]):
        for k in range(max(last + 1, 0), min(first, len(tokens))):
            yield k, min(k - last, k - first, key=abs)


def _g2(near: np.ndarray, count: np.ndarray, total: int) -> np.ndarray:
    window = near.sum()
    observed = np.array([near, count - near, window - near, total - window - count + near])
    rows, columns = np.array([count, count, total - count, total - count]), np.array([window, total - window] * 2)
    expected = rows * columns[:, None] / total
    return (
        np.where(near >= expected[0], 1, -1)
        * 2
        * xlogy(observed, observed / np.where(expected, expected, 1)).sum(axis=0)
    )
