"""One article to its rows: a pure function of its text and the settings, whatever else the corpus holds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from parley.corpus.segments import PROSE, segment
from parley.sourcing.table import attributions_in
from parley.stance.table import mentions_in
from parley.text.language import is_read
from parley.text.sentences import split

Segments = Sequence[tuple[str, int, int]]  # kind, start, end
Sentences = Sequence[tuple[str, int, int, int]]  # kind, number of the paragraph, start, end


class Reading(NamedTuple):
    """What one article holds; what is left out of counts only its corpus can tell."""

    segments: Segments
    sentences: Sentences
    attributions: list[dict]
    mentions: list[dict]


def read_article(
    text: str,
    settings: Mapping,
    *,
    article_id: str = "",
    headline: str | None = None,
    credit: str | None = None,
    place: str | None = None,
    language: str | None = None,
    overruled: Iterable[tuple[str, str]] = (),
) -> Reading:
    """Read one article.

    Parameters
    ----------
    text : str
        The raw text; all offsets are characters of it.
    settings : mapping
        The sections of study.toml; ``sides`` and ``keywords`` are looked at.
    article_id : str
        What the names of its rows begin with.
    headline, credit, place, language : str, optional
        As the metadata give them. An article that is not English is not read for sources and stance, unless the
        section ``articles`` has ``read = "all"``.
    overruled : iterable of (kind, passage)
        Where the rules for segments are overruled by hand.

    Returns
    -------
    Reading
        ``segments`` and ``sentences`` as tuples, ``attributions`` and ``mentions`` as rows of the tables of these names
        (`parley.sourcing.attributions`, `parley.stance.mentions`) without ``counted``.

    Examples
    --------
    >>> reading = read_article("Lund backed the truce. She left.", {"keywords": {"pause": ["truce"]}})
    >>> len(reading.sentences), [row["polarity"] for row in reading.mentions]
    (2, ['for'])
    """
    segments = segment(text, headline=headline, credit=credit, place=place, overruled=overruled)
    sentences = sentences_in(text, segments)
    read = is_read(text, settings, language)
    attributions = attributions_in(article_id, text, segments, settings) if read else []
    mentions = mentions_in(article_id, text, segments, sentences, attributions, settings, read=read)
    return Reading(segments, sentences, attributions, mentions)


def sentences_in(text: str, segments: Segments) -> Sentences:
    """The sentences of all segments that are not blank; a segment that is no prose is one."""
    found, written = [], [part for part in segments if part[0] != "blank"]
    for number, (kind, start, end) in enumerate(written):
        spans = split(text[start:end]) if kind in (*PROSE, "repeat") else [(0, end - start)]
        found += [(kind, number, start + first, start + last) for first, last in spans]
    return found
