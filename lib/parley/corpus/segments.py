"""Every character of an article in exactly one segment: what is prose, and what only stands around it.

The rules are general and few. What they get wrong in one corpus is put right by a small table kept beside the
texts (``segments`` under [articles]), and notebook 00 shows every decision with its text, so that it can be
disputed.
"""

import re
from collections.abc import Iterable, Sequence

import pandas as pd
from tqdm import tqdm

from parley.corpus.boilerplate import PHOTO_CREDIT, dateline_end, is_about_author, is_credit, is_furniture
from parley.corpus.settings import StudyError, did_you_mean
from parley.text.copies import repeats

KINDS = ["headline", "standfirst", "caption", "credit", "dateline", "body", "furniture", "repeat", "blank"]
PROSE = ["headline", "standfirst", "caption", "body"]

BLANK = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\ufeff\u200b"
SHORT = 20  # words; a longer line is no headline
CAPTION_LABEL = re.compile(r"(?i)(?:photo )?captions?\s*:")
AFTER_HEADLINE = re.compile(r"\s*(?:[|»·]|[-–—]\s)")
FINAL = re.compile(r"""[.!?…][”"’')\]»]*$""")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of a text's paragraphs, without the blanks around them.

    A line is a paragraph, except in a text wrapped at a fixed width, where lines that follow each other are
    one.

    Examples
    --------
    >>> paragraphs("One.\\n\\n  Two.\\n")
    [(0, 4), (8, 12)]
    """
    lines = [
        _strip(text, found.start(), found.end()) for found in re.finditer(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+", text)
    ]
    lines = [line for line in lines if line[0] < line[1]]
    if not _is_wrapped(text, lines):
        return lines
    joined = lines[:1]
    for start, end in lines[1:]:
        if text.count("\n", joined[-1][1], start) < 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip(BLANK)), end - len(line) + len(line.rstrip(BLANK))


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether lines end for want of room: most are of one length and stop in the middle of a sentence."""
    if len(lines) < 8 or "\n\n" not in text.replace("\r", ""):
        return False
    long = [line for line in lines if 55 <= line[1] - line[0] <= 90]
    open_ended = [line for line in long if not FINAL.search(text, line[1] - 3, line[1])]
    return len(long) > 0.6 * len(lines) and len(open_ended) > 0.6 * len(long) and max(b - a for a, b in lines) <= 100


def segment(
    text: str,
    *,
    headline: str | None = None,
    credit: str | None = None,
    place: str | None = None,
    corrections: Iterable[tuple[str, str]] = (),
) -> list[tuple[str, int, int]]:
    """One article cut into segments that cover it whole.

    Parameters
    ----------
    text
        The raw text.
    headline, credit, place
        As the metadata give them, if they do; what is found of them in the text is labelled so.
    corrections
        (kind, passage) pairs that overrule the rules: the passage, found once and word for word, is of that
        kind.

    Returns
    -------
    list of (kind, start, end)
        In the order of the text, without a gap and without an overlap; none is empty. `kind` is one of
        :data:`KINDS`.

    Raises
    ------
    StudyError
        A correction's passage is empty, not in the text, or more than once in it.

    Examples
    --------
    >>> lead = "LONDON: The mayor said on Monday that nobody had been asked about it."
    >>> text = f"Ferry plan is dead\\n{lead}\\nBy Ada Lund"
    >>> [(kind, start, end) for kind, start, end in segment(text) if kind != "blank"]
    [('headline', 0, 18), ('dateline', 19, 26), ('body', 27, 88), ('credit', 89, 100)]
    """
    labelled = _label(text, paragraphs(text), headline, credit, place)
    prose = [(start, end) for kind, start, end in labelled if kind in PROSE]
    again = set(repeats(text, prose)) if _may_repeat(text, prose) else set()
    labelled = [("repeat" if (start, end) in again else kind, start, end) for kind, start, end in labelled]
    for kind, passage in corrections:
        start = text.find(passage)
        if not passage.strip() or start < 0:
            raise StudyError(f"the passage {passage[:60]!r} is not in the text; copy it from the text word for word.")
        if text.find(passage, start + 1) >= 0:
            raise StudyError(
                f"the passage {passage[:60]!r} is in the text more than once; copy more of it, to say which."
            )
        labelled = _overrule(labelled, kind, start, start + len(passage))
    return _fill(text, labelled)


def _label(
    text: str, blocks: list[tuple[int, int]], headline: str | None, credit: str | None, place: str | None
) -> list[tuple[str, int, int]]:
    """The paragraphs with their kinds, some in parts (dateline and body, caption and credit)."""
    out, blocks = _take_headline(text, blocks, headline, place)
    last = _first_of_tail(text, blocks, credit)
    leading = 3  # paragraphs that may still stand above the dateline
    captioned = False  # the paragraph before was a caption's label
    for start, end in blocks[:last]:
        paragraph = text[start:end]
        label = CAPTION_LABEL.match(paragraph)
        if is_furniture(paragraph):
            # Databases print an abstract above the full text.
            if len(out) < 12 and paragraph.casefold().startswith("full text"):
                out = _as_standfirst(out)
            out.append(("furniture", start, end))
        elif label or captioned:
            if label:
                out.append(("furniture", start, start + label.end()))
                start = _strip(text, start + label.end(), end)[0]
            out += _split_credit(text, start, end)
        elif is_credit(paragraph, at_end=leading > 0) or paragraph == credit:
            out.append(("credit", start, end))
        else:
            cut = dateline_end(paragraph, place=place, credit=credit) if leading else 0
            if cut:
                # What stands between headline and dateline is the standfirst: the report begins here.
                out = _as_standfirst(out)
                out.append(("dateline", *_strip(text, start, start + cut)))
            if start + cut < end:
                out.append(("body", start + cut, end))
            leading = leading - 1 if leading and not cut and _count_words(paragraph) <= 2 * SHORT else 0
        captioned = bool(label) and label.end() == len(paragraph)
    return out + [("furniture" if is_furniture(text[a:b]) else "credit", a, b) for a, b in blocks[last:]]


def _may_repeat(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether two paragraphs open alike; where none do, nothing needs to be read word by word."""
    openings = [re.findall(r"[^\W_]+", text[start : min(end, start + 120)])[:8] for start, end in spans]
    initials = [tuple(word[0].casefold() for word in opening) for opening in openings]
    return len(set(initials)) < len(initials)


def _as_standfirst(labelled: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [("standfirst" if kind == "body" else kind, start, end) for kind, start, end in labelled]


def _take_headline(
    text: str, blocks: list[tuple[int, int]], headline: str | None, place: str | None
) -> tuple[list[tuple[str, int, int]], list[tuple[int, int]]]:
    """The headline, labelled, with what stands above it and on its line; and the paragraphs below."""
    start, end = _find_given(text, blocks, headline) or _find_first(text, blocks, place) or (0, 0)
    if start == end:
        return [], blocks
    out, below = [], []
    for first, last in blocks:
        if last <= start:
            out.append(("credit" if is_credit(text[first:last], at_end=True) else "furniture", first, last))
        elif first >= end:
            below.append((first, last))
        else:  # a headline of the metadata may fill two lines of the text
            out.append(("headline", max(first, start), min(last, end)))
            if last > end:
                rest = _strip(text, end, last)
                out.append(("furniture" if AFTER_HEADLINE.match(text, end) else "body", *rest))
    return out, below


def _find_given(text: str, blocks: list[tuple[int, int]], headline: str | None) -> tuple[int, int] | None:
    """Where the text prints the metadata's headline, whatever marks it puts around and between the words."""
    names = re.findall(r"\w+", headline or "")
    if not names:
        return None
    pattern = re.compile(
        r"[“\"‘'«\[(]{0,3}" + r"\W{1,10}".join(map(re.escape, names)) + r"(?!\w)(?:[ ]?[^\w\s|»·]{1,5})?",
        re.I,
    )
    for start, end in blocks[:12]:
        if found := pattern.match(text, start):
            ends_a_line = any(found.end() == last for _, last in blocks[:20])
            # One or two words may just begin a sentence; a whole headline glued to the lead is still one.
            sure = ends_a_line or AFTER_HEADLINE.match(text, found.end()) or len(names) > 4
            return found.span() if sure else None
        if _count_words(text[start:end]) > SHORT:
            return None
    return None


def _find_first(text: str, blocks: list[tuple[int, int]], place: str | None) -> tuple[int, int] | None:
    """A first short line like a headline: open-ended, in title case, or right above the dateline."""
    blocks = [block for block in blocks[:12] if not is_furniture(text[slice(*block)])]
    if len(blocks) < 2:
        return None
    first, *below = [text[slice(*block)] for block in blocks]
    if _count_words(first) > SHORT or is_credit(first, at_end=True) or dateline_end(first, place=place):
        return None
    prose = any(_count_words(paragraph) > SHORT or FINAL.search(paragraph[-8:]) for paragraph in below)
    opened = first[-1] not in ".:;,…"
    long_words = [word for word in re.findall(r"[^\W\d_]+", first) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    titled = len(long_words) > 3 and capitals > 0.8 * len(long_words)
    dated = any(dateline_end(paragraph, place=place) for paragraph in below[:2])
    return blocks[0] if prose and (opened or (first[-1] != ":" and (titled or dated))) else None


def _first_of_tail(text: str, blocks: list[tuple[int, int]], credit: str | None) -> int:
    """How many paragraphs are left when the credits and notes at the end are taken off."""
    last = len(blocks)
    while last:
        paragraph = text[slice(*blocks[last - 1])]
        known = is_furniture(paragraph) or is_credit(paragraph, at_end=True) or paragraph == credit
        if not known and not is_about_author(paragraph, text[: blocks[last - 1][0]]):
            break
        last -= 1
    return last


def _split_credit(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """A caption, and the photographer's credit at its end."""
    if photo := PHOTO_CREDIT.search(text, max(start, end - 120), end):
        return [("caption", *_strip(text, start, photo.start())), ("credit", photo.start(), end)]
    return [("caption", start, end)]


def _count_words(paragraph: str) -> int:
    # Counting stops mattering past a few dozen words; a paragraph may be 50 MB long.
    return len(paragraph[:1000].split())


def _overrule(labelled: list, kind: str, start: int, end: int) -> list[tuple[str, int, int]]:
    out = [(kind, start, end)]
    for other, a, b in labelled:
        out += [(other, s, e) for s, e in ((a, min(b, start)), (max(a, end), b)) if s < e]
    return sorted(out, key=lambda row: row[1])


def _fill(text: str, labelled: list) -> list[tuple[str, int, int]]:
    """The segments with blanks between them, so that nothing of the text is left over."""
    out, at = [], 0
    for kind, start, end in sorted(labelled, key=lambda row: row[1]):
        start, end = _strip(text, start, end)
        if start >= end:
            continue
        if start > at:
            out.append(("blank", at, start))
        out.append((kind, start, end))
        at = end
    if at < len(text):
        out.append(("blank", at, len(text)))
    return out


def segment_all(articles: pd.DataFrame, corrections: pd.DataFrame | None = None) -> pd.DataFrame:
    """The segments of all articles.

    Parameters
    ----------
    articles
        With ``article_id``, ``text``, ``headline``, ``credit``, ``place``.
    corrections
        With ``article_id``, ``kind``, ``passage``: the table kept beside the texts.

    Returns
    -------
    DataFrame
        ``article_id, kind, start, end, text``; every character of every text is in exactly one row.

    Raises
    ------
    StudyError
        A correction names no article, no kind, or a passage that is not in the text.
    """
    by_article: dict[str, list] = {}
    if corrections is not None:
        known = set(articles["article_id"])
        for number, row in enumerate(corrections.itertuples(index=False), 1):
            if row.kind not in KINDS:
                raise StudyError(
                    f"segments table: row {number}: unknown kind {row.kind!r}; {did_you_mean(row.kind, KINDS)}"
                )
            if row.article_id not in known:
                raise StudyError(
                    f"segments table: row {number}: no article has the id {row.article_id!r}; correct or remove it."
                )
            by_article.setdefault(row.article_id, []).append((row.kind, row.passage))
    rows = []
    parts = articles[["article_id", "text", "headline", "credit", "place"]].itertuples(index=False, name=None)
    for article_id, text, *given in tqdm(parts, "segments", len(articles), disable=None, leave=False):
        headline, credit, place = (None if pd.isna(value) else value for value in given)
        try:
            found = segment(
                text,
                headline=headline,
                credit=credit,
                place=place,
                corrections=by_article.get(article_id, ()),
            )
        except StudyError as error:
            raise StudyError(f"segments table: {article_id}: {error}") from None
        rows += [(article_id, kind, start, end, text[start:end]) for kind, start, end in found]
    columns = {"article_id": "str", "kind": "str", "start": "int64", "end": "int64", "text": "str"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)  # the same types when there is no row
