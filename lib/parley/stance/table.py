"""The keyword mentions of one article as rows of a table: polarity, holder, and the words that decided."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from parley.corpus.segments import PROSE
from parley.keywords.context import BLOCK, by_block, containing
from parley.keywords.matching import find_mentions
from parley.sourcing.table import Prose
from parley.stance.holders import POLARITY, holder_of, names_of
from parley.stance.reader import Reading, read_polarity
from parley.text.quotations import around

# What a person reads comes first, offsets last.
COLUMNS = {
    "article_id": "str", "outlet": "str", "date": "datetime64[us]", "keyword": "str", "family": "str", "polarity": "str",
    "holder": "str", "side": "str", "speaker": "str", "speaker_side": "str", "quoted": "bool", "sentence": "str",
    "cue": "str", "others": "object", "counted": "bool", "attribution_id": "str", "mention_id": "str", "start": "int64",
    "end": "int64",
}  # fmt: skip


def mentions_in(
    article_id: str,
    text: str,
    segments: Sequence[tuple[str, int, int]],
    sentences: Sequence[tuple[str, int, int, int]],
    attributions: Sequence[Mapping],
    settings: Mapping,
    *,
    read: bool = True,
    whole: Prose | None = None,
) -> list[dict]:
    """The rows of one article, read off its parts as `parley.read` gives them; attributions may have been corrected.

    `whole` is the article's prose, if that is known. What is not `read` has its mentions all the same, neutral and held by nobody.
    """
    keywords, prose = settings.get("keywords", {}), [part for part in segments if part[0] in PROSE]
    places = [
        place._replace(start=start + place.start, end=start + place.end)
        for _, start, end in prose
        for place in find_mentions(text[start:end], keywords)
    ]
    if not places:
        return []
    said = [row for row in attributions if not row.get("nested")]  # the outermost holder's stance counts
    whole = whole or Prose(text, segments, settings)
    blocks, quotes = by_block(said), whole.quotes
    starts = [start for _, _, start, _ in sentences]
    readings = []
    for place in sorted(places):
        within = sentences[bisect_right(starts, place.start) - 1][2:]
        holding = containing(blocks.get(place.start // BLOCK, []), place.start)
        spoken = bool(holding) or around(quotes, place.start) is not None
        nobodys = not read or (holding and holding[0].get("rule") == "label, asking")
        reading = Reading(0, []) if nobodys else read_polarity(text, *place[:2], within=within, spoken=spoken)
        readings.append((place, holding, reading))
    layers = [layer for *_, one in readings for layer in (*one.layers, one.beside) if layer]
    phrases = sorted({layer.holder for layer in layers if layer.holder})
    names = names_of(whole, said, phrases, settings.get("sides", {})) if phrases else {}
    rows = []
    for place, holding, reading in readings:
        holder, side, others = holder_of(text, reading, holding, names)
        outer = holding[0] if holding else {}
        rows.append({
            "article_id": article_id, "start": place.start, "end": place.end, "keyword": text[place.start : place.end],
            "family": place.family, "polarity": POLARITY[reading.polarity], "holder": holder, "side": side,
            "others": others, "cue": " … ".join(text[slice(*layer.cue)] for layer in reading.layers),
            "speaker": outer.get("speaker"), "speaker_side": outer.get("side"),
            "quoted": around(quotes, place.start) is not None, "attribution_id": outer.get("attribution_id"),
            "mention_id": f"{article_id}-k{place.start}",
        })  # fmt: skip
    return rows
