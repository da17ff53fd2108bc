"""Every character of an article in exactly one segment: what is prose, and what only stands around it.

The rules are general and few. What they get wrong in one corpus is put right by a small table beside the texts
(``segments`` under [articles]); notebook 00 shows every decision with its text, so that it can be disputed.
"""

import re
from collections.abc import Iterable

import pandas as pd
from tqdm import tqdm

from parley.corpus.boilerplate import PHOTO_CREDIT, dateline_end, is_about_author, is_credit, is_furniture
from parley.corpus.fields import begins_field, documents
from parley.corpus.reading import as_table
from parley.corpus.settings import StudyError, did_you_mean
from parley.text.copies import repeats
from parley.text.turns import find_turns
from parley.text.visible import Visible, bare, lined

KINDS = ["headline", "standfirst", "caption", "credit", "dateline", "body", "furniture", "repeat", "blank"]
PROSE = ["headline", "standfirst", "caption", "body"]

SHORT = 20  # words; a longer line is no headline
CAPTION_LABEL = re.compile(
    r"(?i)(?:(?:photo |image )?captions?|(?:file )?photo(?:graph)?s?|pictures?)\s*:|image caption,"
)
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
LINE = re.compile(r"[^\n]+")
AFTER_HEADLINE = re.compile(r"\s*(?:[|»·]|[-–—]\s)")
FINAL = re.compile(r"""[.!?…][”"’')\]»]*$""")

Span = tuple[int, int]
Part = tuple[str, int, int]  # kind, start, end


def paragraphs(text: str) -> list[Span]:
    """Offsets of a text's paragraphs: its lines without the blanks around them, joined where lines are wrapped."""
    text = lined(text)
    lines = [bare(text, *line.span()) for line in LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    turns = {turn.start for turn in find_turns(text)}
    wrapped = _is_wrapped(text, lines)
    if not (wrapped or turns):
        return lines
    joined, last = lines[:1], lines[0]
    width = max(end - start for start, end in lines)
    for start, end in lines[1:]:
        # A short line did not end for want of room, but one in a turn that stops in the middle of a sentence did.
        size = last[1] - last[0]
        open_ended = bool(turns) and size <= 100 and not FINAL.search(text, last[1] - 3, last[1])
        # Nor did a line to which the next word could have been added.
        word = text.find(" ", start, end)
        filled = bool(turns) and width <= 100 and size + 1 + (end if word < 0 else word) - start > width
        full = (wrapped and 2 * size > width) or open_ended or filled
        last = start, end
        new = start in turns or begins_field(text, start, end)
        if full and not new and text.count("\n", joined[-1][1], start) < 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines end for want of room: most are of one length and stop in the middle of a sentence."""
    if len(lines) < 8 or not EMPTY_LINE.search(text):
        return False
    long = [(start, end) for start, end in lines if 55 <= end - start <= 90]
    open_ended = [end for _, end in long if not FINAL.search(text, end - 3, end)]
    longest = max(end - start for start, end in lines)
    return longest <= 100 and len(long) > 0.6 * len(lines) and len(open_ended) > 0.6 * len(long)


def segment(
    text: str,
    *,
    headline: str | None = None,
    credit: str | None = None,
    place: str | None = None,
    overruled: Iterable[tuple[str, str]] = (),
) -> list[Part]:
    """One article in parts that cover it whole, in order; `overruled`, of (kind, passage), go before the rules."""
    seen = Visible(text)
    headline = headline and Visible(headline).text
    parts = [
        part
        for head, blocks, tail in documents(seen.text, paragraphs(seen.text))
        for part in (
            *_given(seen.text, head, headline),
            *_label(seen.text, blocks, headline, credit, place, head),
            *tail,
        )
    ]
    again = set(repeats(seen.text, [(start, end) for kind, start, end in parts if kind in PROSE]))
    parts = [("repeat" if (a, b) in again else kind, *seen.raw(a, b)) for kind, a, b in parts]
    for kind, passage in overruled:
        parts = _overrule(parts, kind, *_find_passage(text, passage))
    return _fill(text, parts)


def _given(text: str, head: list[Part], headline: str | None) -> list[Part]:
    """A head with the headline that the metadata give in place of what looks like one."""
    found = _find_given(text, [(start, end) for _, start, end in head], headline)
    plain = [("furniture" if kind == "headline" else kind, start, end) for kind, start, end in head]
    return _overrule(plain, "headline", *found) if found else head


def _label(
    text: str, blocks: list[Span], headline: str | None, credit: str | None, place: str | None, head: list[Part]
) -> list[Part]:
    """The paragraphs with their kinds, some in parts (dateline and body, caption and credit)."""
    out, blocks = ([], blocks) if head else _take_headline(text, blocks, headline, place)
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
                start += label.end()
            photo = PHOTO_CREDIT.search(text, max(start, end - 120), end)
            cut = photo.start() if photo else end
            out += [part for part in (("caption", start, cut), ("credit", cut, end)) if part[1] < part[2]]
        elif is_credit(paragraph, at_end=leading > 0) or paragraph == credit:
            out.append(("credit", start, end))
        else:
            cut = dateline_end(paragraph, place=place, credit=credit) if leading else 0
            if cut:
                # What stands between headline and dateline is the standfirst: the report begins here.
                out = [*_as_standfirst(out), ("dateline", start, start + cut)]
            if start + cut < end:
                out.append(("body", start + cut, end))
            leading = leading - 1 if leading and not cut and _count_words(paragraph) <= 2 * SHORT else 0
        captioned = bool(label) and label.end() == len(paragraph)
    tail = [("furniture" if is_furniture(text[start:end]) else "credit", start, end) for start, end in blocks[last:]]
    return out + tail


def _as_standfirst(parts: list[Part]) -> list[Part]:
    return [("standfirst" if kind == "body" else kind, start, end) for kind, start, end in parts]


def _take_headline(
    text: str, blocks: list[Span], headline: str | None, place: str | None
) -> tuple[list[Part], list[Span]]:
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
                out.append(("furniture" if AFTER_HEADLINE.match(text, end) else "body", end, last))
    return out, below


def _find_given(text: str, blocks: list[Span], headline: str | None) -> Span | None:
    """Where the text prints the metadata's headline, whatever marks it puts around and between the words."""
    names = re.findall(r"\w+", headline or "")
    printed = r"\W{1,10}".join(map(re.escape, names))
    pattern = re.compile(rf"[“\"‘'«\[(]{{0,3}}{printed}(?!\w)(?:[ ]?[^\w\s|»·]{{1,5}})?", re.I)
    for start, end in blocks[:12] if names else ():
        if found := pattern.match(text, start):
            ends_a_line = any(found.end() == last for _, last in blocks[:20])
            # One or two words may just begin a sentence; a whole headline glued to the lead is still one.
            sure = ends_a_line or AFTER_HEADLINE.match(text, found.end()) or len(names) > 4
            return found.span() if sure else None
        if _count_words(text[start:end]) > SHORT:
            return None
    return None


def _find_first(text: str, blocks: list[Span], place: str | None) -> Span | None:
    """A first short line like a headline: open-ended, in title case, or right above the dateline."""
    blocks = [block for block in blocks[:12] if not is_furniture(text[slice(*block)])]
    if len(blocks) < 2:
        return None
    first, *below = [text[slice(*block)] for block in blocks]
    if blocks[0][0] in {turn.start for turn in find_turns(text)}:
        return None
    if _count_words(first) > SHORT or is_credit(first, at_end=True) or dateline_end(first, place=place):
        return None
    if not any(_count_words(paragraph) > SHORT or FINAL.search(paragraph[-8:]) for paragraph in below):
        return None  # no prose follows
    long_words = [word for word in re.findall(r"[^\W\d_]+", first) if len(word) > 3]
    titled = len(long_words) > 3 and sum(word[0].isupper() for word in long_words) > 0.8 * len(long_words)
    dated = any(dateline_end(paragraph, place=place) for paragraph in below[:2])
    like_one = first[-1] not in ".:;,…" or (first[-1] != ":" and (titled or dated))
    return blocks[0] if like_one else None


def _first_of_tail(text: str, blocks: list[Span], credit: str | None) -> int:
    """How many paragraphs are left when the credits and notes at the end are taken off."""
    for last in range(len(blocks), 0, -1):
        start, end = blocks[last - 1]
        paragraph = text[start:end]
        known = is_furniture(paragraph) or is_credit(paragraph, at_end=True) or paragraph == credit
        if not known and not is_about_author(paragraph, text[:start]):
            return last
    return 0


def _count_words(paragraph: str) -> int:
    # Counting stops mattering past a few dozen words; a paragraph may be 50 MB long.
    return len(paragraph[:1000].split())


def _find_passage(text: str, passage: str, where: str = "overruled") -> Span:
    start, shown = text.find(passage), f"{where}: the passage {passage[:60]!r}"
    if not passage.strip() or start < 0:
        raise StudyError(f"{shown} is not in the text; copy it from the text word for word.")
    if text.find(passage, start + 1) >= 0:
        raise StudyError(f"{shown} is in the text more than once; copy more of it, to say which.")
    return start, start + len(passage)


def _overrule(parts: list[Part], kind: str, start: int, end: int) -> list[Part]:
    out = [(kind, start, end)]
    for other, first, last in parts:
        out += [(other, a, b) for a, b in ((first, min(last, start)), (max(first, end), last)) if a < b]
    return out


def _fill(text: str, parts: list[Part]) -> list[Part]:
    """The parts in order, with blanks between them, so that nothing of the text is left over."""
    out, at = [], 0
    for kind, *span in sorted(parts, key=lambda part: part[1]):
        start, end = bare(text, *span)
        if start < end:
            out += [("blank", at, start), (kind, start, end)]
            at = end
    out.append(("blank", at, len(text)))
    return [part for part in out if part[1] < part[2]]


def overruled_by_article(table: pd.DataFrame, articles: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The (kind, passage) pairs of each article in the table ``article_id, kind, passage`` kept beside the texts."""
    found: dict[str, list[tuple[str, str]]] = {}
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = table[["article_id", "kind", "passage"]].itertuples(index=False, name=None)
    for number, (article_id, kind, passage) in enumerate(rows, 1):
        row = f"segments table: row {number}"
        if kind not in KINDS:
            raise StudyError(f"{row}: unknown kind {kind!r}; {did_you_mean(kind, KINDS)}")
        if article_id not in texts:
            raise StudyError(f"{row}: no article has the id {article_id!r}; correct or remove it.")
        _find_passage(texts[article_id], passage, f"segments table: {article_id}")
        found.setdefault(article_id, []).append((kind, passage))
    return found


def segment_all(articles: pd.DataFrame, overruled: pd.DataFrame | None = None) -> pd.DataFrame:
    """The segments of all articles, ``article_id, kind, start, end, text``: every character in exactly one row."""
    by_article = {} if overruled is None else overruled_by_article(overruled, articles)
    rows = []
    given = articles[["article_id", "text", "headline", "credit", "place"]].itertuples(index=False, name=None)
    for article_id, text, *metadata in tqdm(given, "segments", len(articles), disable=None, leave=False):
        headline, credit, place = (None if pd.isna(value) else value for value in metadata)
        parts = segment(text, headline=headline, credit=credit, place=place, overruled=by_article.get(article_id, ()))
        rows += [(article_id, kind, start, end, text[start:end]) for kind, start, end in parts]
    return as_table(rows, {"article_id": "str", "kind": "str", "start": "int64", "end": "int64", "text": "str"})
