"""Whether a sentence is for or against the thing it mentions: rules over stance words and their scope.

The reading starts at the mention and goes outward. Each governing word ("call for", "opposed", "lift", "not")
turns what was read so far, so that the polarity of the outermost holder is a product: rejecting (-1)
opposition (-1) to a truce is for it.
"""

import re
from math import prod
from typing import NamedTuple

from parley.stance.lexicon import Sentence, read_sentence, single
from parley.stance.predicates import beside, labelled, result, valued, with_predicate
from parley.stance.scope import Layer, Scope, governors
from parley.text.classes import PERSON, is_adverb, is_auxiliary
from parley.text.lists import word_set

_DID = word_set("went go goes came sued sue filed file fought voted vote done did took met")
_DOES = r"(?:do|does|did|is|are|was|were|will|would|can|could|has|have|had|should)"
_QUESTION = re.compile(
    rf"(?i)(?:\A|[.?!;:“\"])\s*(?:(?:and|but|so) )?(?:{_DOES}|you|(?:how|why|what|when|where) {_DOES} you)\s[^.?!;:“\"]*\Z"
)
_AIMLESS = word_set("failed helped managed happened used needed tended seemed appeared continued forced allowed")


class Reading(NamedTuple):
    """What a sentence says of a mention: polarity 1, 0 or -1, and its layers, the innermost first."""

    polarity: int
    layers: list[Layer]
    beside: Layer | None = None  # what somebody else thinks of the thing, as the sentence adds


def read_polarity(text: str, start: int, end: int, *, within: tuple[int, int], spoken: bool = False) -> Reading:
    """Read whether a sentence is for or against the thing that a mention in it names.

    `spoken`: somebody is quoted or reported there. What is proposed ("we will build a wall") is the speaker's stance
    then; in narration an act that nobody is named for is nobody's.
    """
    sentence = read_sentence(text, start, end, within)
    if sentence is None:
        return Reading(0, [])
    prefix = sentence.tokens[sentence.first].start, start
    if text[slice(*prefix)].lower() in ("anti", "anti-"):
        return Reading(-1, [Layer(-1, prefix)])
    if _means_something_else(sentence) or _asks(text[max(within[0], start - 300) : start], text[end : within[1]][:300]):
        return Reading(0, [])
    scope = governors(sentence)
    if scope.kind == "neutral":
        decided = labelled(sentence) or (valued(sentence, spoken) if spoken else None) or scope.layers[0]
        return Reading(decided.effect, [decided])
    layers = scope.layers
    if layers and (wanted := result(sentence)):
        layers = [wanted, *layers]
    if scope.kind in ("mention", "gerund"):
        layers = with_predicate(sentence, layers, spoken)
    other = beside(sentence)
    if other and not layers:
        layers, other = [other], None
    if all(layer.act for layer in layers):
        if value := valued(sentence, spoken):
            layers = [value]
        elif not _held(sentence, layers, scope, spoken):
            return Reading(0, layers)
    return Reading(prod(layer.effect for layer in layers), layers, other)


def _held(sentence: Sentence, acts: list[Layer], scope: Scope, spoken: bool) -> bool:
    """Whether acts are somebody's stance: of whoever does them, or of the speaker who proposes them."""
    aimed = scope.kind == "infinitive" and _purpose(sentence, scope.edge)
    return not all(layer.weak for layer in acts) and (spoken or aimed or acts[-1].holder is not None)


def _purpose(sentence: Sentence, edge: int) -> bool:
    """Whether an infinitive says what somebody acts for: "groups went to court to stop it"."""
    before = sentence.forms(edge - 11, edge - 1)
    acted = next((form for form in reversed(before) if form.endswith("ed") or form in _DID), None)
    return bool(acted) and acted not in _AIMLESS


def _asks(before: str, after: str) -> bool:
    """Whether a mention stands in a question that leaves the answer to others: "Would she back a strike?"."""
    return _QUESTION.search(before) is not None and re.match(r"[^.?!;:“\"]*\?", after) is not None


def _means_something_else(sentence: Sentence) -> bool:
    """Whether the mention is half of a name, another thing ("the truce line") or a verb ("they plan to")."""
    before, after = sentence.form(sentence.first - 1), sentence.form(sentence.last)
    mark = sentence.mark(sentence.last)
    name = sentence.capital(sentence.first) and sentence.capital(sentence.last) and mark == " "
    thing = not mark.strip() and any(entry.part == "head" for entry in single(after))
    verb = before in PERSON or before == "not" or is_auxiliary(before) or is_adverb(before)  # "they plan to sail"
    return (name and not sentence.title) or thing or (after == "to" and verb) or (before, after) == ("to", "with")
