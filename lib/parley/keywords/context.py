"""Words in their context: a concordance of any word, phrase or pattern, and the collocates of a keyword."""

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import xlogy

from parley.corpus.codebook import describes
from parley.corpus.places import placed, voiced
from parley.corpus.reading import ByArticle
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.keywords.matching import Mention, find_mentions, may_mention, phrase_pattern
from parley.text.forms import Word, words
from parley.text.quotations import around
from parley.text.visible import INVISIBLE, UNSEEN, Visible

# What a person reads comes first, offsets last.
COLUMNS = {
    "article_id": "str", "outlet": "str", "date": "datetime64[us]", "left": "str", "match": "str", "right": "str",
    "speaker": "str", "side": "str", "quoted": "bool", "sentence": "str", "counted": "bool", "start": "int64", "end": "int64",
}  # fmt: skip
FOUND = ["article_id", "start", "end", "left", "match", "right", "quoted"]
BLOCK = 1000  # characters; so that no place is compared with all attributions of its article
_ONE_LINE = str.maketrans("\n\r\t", "   ")


@describes("concordance")
def concordance(
    study,
    query: str | re.Pattern,
    *,
    exact: bool = False,
    regex: bool = False,
    width: int = 60,
    sort: str | None = None,
) -> pd.DataFrame:
    """Show every place where a word, a phrase or a pattern stands, what is around it, and who says it.

    Parameters
    ----------
    study : Study
    query : str or compiled regular expression
        A word or phrase, found as keywords are: as a whole, whatever its case, inflection, spelling and hyphens, also
        across a line break. Or, compiled or with `regex`, a regular expression, taken as written ("(?i)" at its
        beginning makes it ignore case).
    exact : bool
        Find the word or phrase in this form only, whatever its case.
    width : int
        Characters of context on either side, at most; it ends at the paragraph.
    sort : "left", "right" or None
        By the words before the match, from the match outward, or by those after it; by default as in the texts.

    Returns
    -------
    DataFrame
        One row a place. {columns}

    Raises
    ------
    StudyError
        The query is empty, or is no regular expression; or a table was given in place of a study.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["The strike is off. No strikes help."]}))
    >>> concordance(study, "strike")[["start", "left", "match", "right"]].values.tolist()
    [[4, 'The ', 'strike', ' is off. No strikes help.'], [22, 'The strike is off. No ', 'strikes', ' help.']]
    >>> concordance(study, "strike", exact=True)["match"].tolist()
    ['strike']
    """
    check_study(study, "concordance")
    if sort not in (None, "left", "right"):
        raise StudyError(f"sort: expected 'left', 'right' or None, not {sort!r}.")
    places, rows, quotes = _finder(query, exact, regex), [], study.quoted_places()
    prose = study.prose
    if keyword := _as_keyword(query, exact, regex):
        prose = prose[prose["article_id"].isin(_worth_reading(study, keyword))]
    for article_id, offset, text in zip(
        *(prose[name].tolist() for name in ("article_id", "start", "text")), strict=True
    ):
        for start, end in places(text):
            left, right = text[max(0, start - width) : start], text[end : end + width]
            context = left.translate(_ONE_LINE), text[start:end], right.translate(_ONE_LINE)
            quoted = around(quotes[article_id], offset + start) is not None
            rows.append((article_id, offset + start, offset + end, *context, quoted))
    table = pd.DataFrame(rows, columns=FOUND).astype({name: COLUMNS[name] for name in FOUND})
    table = placed(table, table["start"], study.peek("sentences"), study.peek("articles"))
    table[["speaker", "side", "told"]] = _speakers(study, table)
    table = voiced(table, "speaker", "side", narrated=~table["told"] & ~table["quoted"])
    table = table[list(COLUMNS)]
    if sort:
        outward = -1 if sort == "left" else 1
        forms = table[sort].map(lambda context: tuple(word.form for word in words(context))[::outward])
        return table.loc[forms.sort_values(kind="stable").index].reset_index(drop=True)
    return table


def _finder(query: str | re.Pattern, exact: bool, regex: bool) -> Callable[[str], Iterable[tuple[int, int]]]:
    """Make what gives the places of a query in a text."""
    compiled = isinstance(query, re.Pattern)
    if not isinstance(query, str | re.Pattern):
        one = "; ask for one at a time, as in [concordance(study, word) for word in words]"
        raise StudyError(
            f"query: expected a word, a phrase or a regular expression, got a {type(query).__name__}{one}."
        )
    if not (query.pattern if compiled else query.strip()):
        raise StudyError("query: it is empty; give a word, a phrase or a regular expression.")
    if compiled or regex:
        try:
            pattern = re.compile(query)
        except re.error as error:
            fault = f"{query!r} is no regular expression: {error.msg} at character {error.pos}"
            raise StudyError(
                f"query: {fault}; correct it, or leave out regex=True to look for it as it stands."
            ) from None
        # A pattern may look for the invisible marks themselves.
        if re.search(rf"\\[uUxN]|[{UNSEEN}]", pattern.pattern):
            return lambda text: (match.span() for match in pattern.finditer(text) if match[0])
        return lambda text: _places(pattern, text)
    if keyword := _as_keyword(query, exact, regex):
        return lambda text: [(place.start, place.end) for place in find_mentions(text, keyword)]
    query = INVISIBLE.sub("", query) or query
    pattern, literal = phrase_pattern(query), max(re.findall(r"[a-z0-9]+", query.lower()), key=len, default="")
    return lambda text: _places(pattern, text, literal)


def _as_keyword(query: str | re.Pattern, exact: bool, regex: bool) -> dict[str, list[str]] | None:
    """A query that is found in all its forms, as keywords are."""
    if not isinstance(query, str) or exact or regex or not re.search(r"\w", query):
        return None
    return {"query": [INVISIBLE.sub("", query) or query]}


def _worth_reading(study, keywords: dict[str, list[str]]) -> set[str]:
    """The articles that can mention one of the keywords."""
    return {article_id for article_id, text in study._texts() if may_mention(text, keywords)}


def _places(pattern: re.Pattern, text: str, literal: str = "") -> list[tuple[int, int]]:
    """The places of a pattern in a text, found in what is seen of it; a pattern without case holds the literal."""
    seen = Visible(text)
    # Looking for a word of the query first rules out most paragraphs seven times faster than the pattern would. To `re`,
    # i and s without case are also the dotless i and the long s, which lower() leaves alone.
    if literal not in seen.text.lower() and not any(letter in text for letter in "ıſ"):
        return []
    return [seen.raw(*match.span()) for match in pattern.finditer(seen.text) if match[0]]


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
    """Speaker and side of the outermost attribution that each place stands in, and whether it stands in one."""
    said, rows, article = study.once(_said), [], None
    for name, start in zip(table["article_id"], table["start"], strict=True):
        if name != article:  # places of an article stand together
            article, blocks = name, by_block(said.get(name))
        outer = next(iter(containing(blocks.get(start // BLOCK, []), start)), {})
        rows.append((outer.get("speaker"), outer.get("side"), bool(outer)))
    return pd.DataFrame(rows, table.index, ["speaker", "side", "told"]).astype({"told": bool})


def _said(study) -> ByArticle:
    return ByArticle(study.peek("attributions")[["article_id", "content", "speaker", "side"]])


@describes("collocates")
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
        Indexed by word, the largest log_dice first. ``.attrs`` has the number of ``mentions`` and of ``words``. {columns}

    Raises
    ------
    StudyError
        No such family, or no terms; or a table was given in place of a study.

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
    check_study(study, "collocates")
    families = study.settings.get("keywords", {})
    if isinstance(target, str) and target not in families:
        raise StudyError(f"[keywords]: no family {target!r}; {did_you_mean(target, families)}")
    terms = {"target": families[target] if isinstance(target, str) else list(target or ())}
    if not terms["target"]:
        raise StudyError("collocates: no terms; give a word or a phrase.")
    count = study.once(_counted)
    near, mentions = [], 0
    wanted = _worth_reading(study, terms)
    for article_id, text in _counting(study):
        places = find_mentions(text, terms) if article_id in wanted else []
        if not places:
            continue
        mentions += len(places)
        tokens = study.tokenise(text)
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
    return table.sort_values(["log_dice", "near"], ascending=False)


def _counted(study) -> Counter[str]:
    """How often each word stands in what counts."""
    counted = study.peek("sentences")["counted"].repeat(study.peek("words")).to_numpy()
    return Counter(study.peek("tokens")["form"][counted].value_counts().to_dict())


def _counting(study) -> Iterator[tuple[str, str]]:
    """The sentences that count, with their article, one after the other."""
    sentences = study.peek("sentences")
    counted = sentences[sentences["counted"]]
    return zip(counted["article_id"], study.cut(counted), strict=True)


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
