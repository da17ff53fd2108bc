"""Whose stance it is: whoever the stance words name, or who is quoted or reported there."""

from collections.abc import Mapping, Sequence

import pandas as pd

from parley.sourcing.speakers import resolve
from parley.stance.reader import Reading
from parley.stance.scope import Layer
from parley.text.lists import word_set

POLARITY = {1: "for", -1: "against", 0: "neutral"}
_FIRST_PERSON = word_set("i we my our us me")


def names_of_holders(
    text: str, said: Sequence[Mapping], phrases: Sequence[tuple[int, int]], sides: Mapping
) -> dict[tuple[int, int], tuple]:
    """Speaker and side of every phrase that names a holder; the article's attributions are the context."""
    records = [{"source": _source(one), "cue": one["cue"], "content": one["content"]} for one in said]
    records += [{"source": [span], "cue": [], "content": []} for span in phrases]
    who = resolve(text, records, sides)[len(said) :]
    return {span: (one["speaker"] or text[slice(*span)], one["side"]) for span, one in zip(phrases, who, strict=True)}


def _source(one: Mapping) -> list[tuple[int, int]]:
    return [] if pd.isna(one["source_start"]) else [(int(one["source_start"]), int(one["source_end"]))]


def held_by(
    text: str, reading: Reading, holding: Sequence[Mapping], names: Mapping
) -> tuple[str, str | None, list[tuple[str, str]]]:
    """Holder, side and further holders of a mention, from its layers and the attributions around it."""
    chain: list[tuple[str, str | None, int]] = []
    sign = 1
    for layer in reading.layers:
        sign *= layer.effect
        if _named(text, layer):
            speaker, side = names[layer.holder]
            chain += [(name, side, sign) for name in reversed(speaker.split("; "))]
    chain.reverse()
    if holding:
        outer = holding[0]
        source = _source(outer)
        speaker, side = (None if pd.isna(outer[label]) else outer[label] for label in ("speaker", "side"))
        speaker = speaker or (text[slice(*source[0])] if source else None)
        own = any(_overlap(layer.cue, part) for layer in reading.layers[-1:] for part in outer["cue"])
        # Who reports what another side wants does not take that stance; who says so of his own side does.
        named = chain and reading.polarity and _named(text, reading.layers[-1])
        reporting = named and not own and side and chain[0][1] and chain[0][1] != side
        if speaker and not reporting:
            return speaker, side, _others(chain, speaker.split("; "), reading)
    if not chain or not reading.polarity:
        return "article", None, []
    return chain[0][0], chain[0][1], _others(chain, [chain[0][0]], reading)


def _others(chain: Sequence[tuple], holders: Sequence[str], reading: Reading) -> list[tuple[str, str]]:
    others = [(name, POLARITY[stance]) for name, _, stance in chain if name not in holders]
    return list(dict.fromkeys(others)) if reading.polarity else []


def _named(text: str, layer: Layer) -> bool:
    """Whether the layer's holder is named, and is not the speaker of the sentence ("we")."""
    return layer.holder is not None and text[slice(*layer.holder)].lower() not in _FIRST_PERSON


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
