"""Whose stance a mention's is: whoever the stance words name, or who is quoted or reported there."""

import re

import pandas as pd

from parley.corpus.places import ARTICLE
from parley.sourcing.speakers import is_first, resolve
from parley.sourcing.table import Prose
from parley.stance.lexicon import is_proposal, names_nobody
from parley.stance.reader import Reading
from parley.text.visible import INVISIBLE

POLARITY = {1: "for", -1: "against", 0: "neutral"}
_OWN = re.compile(rf"{INVISIBLE.pattern}|['’](?:s|ve|re|m|ll|d)?$")  # Lund's, we're
Span = tuple[int, int]


def names_of(prose: Prose, said: list[dict], holders: list[Span], sides: dict) -> dict[Span, tuple[str, str | None]]:
    """Speaker and side of every phrase that names a holder; the article's attributions are the context."""
    records = [{"source": _source(one), "cue": one["cue"], "content": one["content"]} for one in said]
    records += [{"source": [span], "cue": [], "content": []} for span in holders]
    text, seen = prose.text, prose.shown
    records = [{role: [seen.seen(*span) for span in spans] for role, spans in one.items()} for one in records]
    who = resolve(seen.text, records, sides, cast=prose.cast)[len(said) :]
    return {
        span: (one["speaker"] or printed, one["side"])
        for span, one in zip(holders, who, strict=True)
        if one["speaker"] or not names_nobody((printed := _OWN.sub("", text[slice(*span)])).lower())
    }


def holder_of(
    text: str, reading: Reading, holding: list[dict], names: dict[Span, tuple[str, str | None]]
) -> tuple[str, str | None, list[tuple[str, str]]]:
    """Holder, side and further holders of a mention, from its layers and the attributions around it."""
    chain: list[tuple[str, str | None, str]] = []  # the outermost first
    sign = 1
    for layer in reading.layers:
        sign *= layer.effect
        if layer.holder in names and not is_first(text[slice(*layer.holder)]):
            speaker, side = names[layer.holder]
            chain = [(name, side, POLARITY[sign]) for name in speaker.split("; ")] + chain
    heard = _heard(text, holding)
    if heard and chain and is_proposal(heard[0].lower().split()[-1]):
        heard = None  # "A resolution demanding a strike was vetoed by the mayor"
    if heard and not (chain and _only_reports(text, reading, holding[0], heard[1], chain[0][1])):
        holder, side = heard
    elif chain and reading.polarity:
        holder, side, _ = chain[0]
    else:
        return ARTICLE, None, []
    if reading.beside and reading.beside.holder in names:
        chain += [(*names[reading.beside.holder], POLARITY[reading.beside.effect])]
    own = [name.removeprefix("the ") for name in holder.lower().split("; ")]
    chain = [one for one in chain if one[0].lower().removeprefix("the ") not in own]
    others = [(name, stance) for name, _, stance in chain] if reading.polarity else []
    return holder, side, list(dict.fromkeys(others))


def _heard(text: str, holding: list[dict]) -> tuple[str, str | None] | None:
    """Speaker and side of the outermost attribution that a mention stands in."""
    if not holding:
        return None
    speaker, side, source = holding[0]["speaker"], holding[0]["side"], _source(holding[0])
    if pd.isna(speaker):
        speaker = _OWN.sub("", text[slice(*source[0])]) if source else None
        speaker = None if len(speaker or "") > 1 and names_nobody(speaker.lower()) else speaker  # but Q and A do
    return (speaker, None if pd.isna(side) else side) if speaker else None


def _only_reports(text: str, reading: Reading, outer: dict, side: str | None, other: str | None) -> bool:
    """Whether a speaker tells what another side wants, and so does not take that stance."""
    last = reading.layers[-1]
    named = last.holder and not is_first(text[slice(*last.holder)])
    own = any(last.cue[0] < end and start < last.cue[1] for start, end in outer["cue"])
    return bool(reading.polarity and named and not own and side and other and other != side)


def _source(one: dict) -> list[Span]:
    if "source" in one:
        return one["source"]
    return [] if pd.isna(one["source_start"]) else [(int(one["source_start"]), int(one["source_end"]))]
