"""Whether a sentence is for or against the thing it mentions: rules over stance words and their scope.

The reading starts at the mention and goes outward. Each governing word ("call for", "opposed", "lift", "not")
turns what was read so far, so that the polarity of the outermost holder is a product: rejecting (-1)
opposition (-1) to a truce is for it.
"""

from math import prod
from typing import NamedTuple

from parley.stance.lexicon import (
    BE,
    DETERMINER,
    ENDS,
    PERSON,
    PREPOSITION,
    THING,
    Sentence,
    adverb,
    auxiliary,
    forms_of,
    proposed_thing,
    read_sentence,
    single,
)
from parley.stance.predicates import labelled, predicate_of, result, said, valued
from parley.stance.scope import Layer, Scope, governors, main_subject, subject
from parley.text.lists import listed

_DENIED = forms_of("deny doubt dispute refute reject dismiss rebut")
_DID = listed("went go goes came sued sue filed file fought voted vote done did took met")
_AIMLESS = listed("failed helped managed happened used needed tended seemed appeared continued forced allowed")
_NOW = listed("now today nowadays reversed changed")
_OBJECT = listed("a an the his her its their our all it them him us")


class Reading(NamedTuple):
    """What a sentence says of a mention: polarity 1, 0 or -1, and its layers, the innermost first."""

    polarity: int
    layers: list[Layer]


def read_polarity(text: str, start: int, end: int, *, within: tuple[int, int], spoken: bool = False) -> Reading:
    """Read whether a sentence is for or against the thing that a mention in it names.

    Parameters
    ----------
    text : str
        The article.
    start, end : int
        Offsets of the mention.
    within : tuple of int
        Offsets of the sentence.
    spoken : bool
        Whether the mention stands in what somebody is quoted or reported as saying. What is proposed there is
        the speaker's stance ("we will build a wall"); in narration an act that nobody is named for is
        nobody's.

    Returns
    -------
    Reading
        Polarity 1 (for), -1 (against) or 0 (neutral), and the layers it is the product of.

    Examples
    --------
    >>> text = "The mayor opposed the union's call for a strike. A strike was called."
    >>> read_polarity(text, 41, 47, within=(0, 48)).polarity
    -1
    >>> read_polarity(text, 51, 57, within=(49, 69)).polarity
    0
    """
    sentence = read_sentence(text, start, end, within)
    if sentence is None or _part_of_name(sentence):
        return Reading(0, [])
    if anti := _anti(sentence, start):
        return Reading(-1, [anti])
    if _other_thing(sentence) or _other_verb(sentence):
        return Reading(0, [])
    scope = governors(sentence)
    inner = _beside(sentence, scope)
    decided = None
    if scope.kind == "neutral":
        decided = labelled(sentence) or (valued(sentence, spoken) if spoken else None) or scope.layers[0]
    if decided:
        return Reading(decided.effect, [decided])
    layers = _layers(sentence, scope, inner, spoken)
    if all(layer.act and (spoken or not layer.holder) for layer in layers):
        layers = [value] if (value := valued(sentence, spoken)) else layers
    if layers and all(layer.act for layer in layers) and not _held(sentence, layers, scope, spoken):
        return Reading(0, layers)
    polarity = prod(layer.effect for layer in layers) if layers else 0
    if polarity and _former(sentence, scope):
        polarity = -polarity if _changed(sentence) else 0
    return Reading(polarity, layers)


def _anti(sentence: Sentence, start: int) -> Layer | None:
    """The prefix of "anti-ban", where the mention begins inside a word."""
    prefix = sentence.tokens[sentence.first].start, start
    return Layer(-1, prefix) if sentence.text[slice(*prefix)].lower() in ("anti-", "anti") else None


def _beside(sentence: Sentence, scope: Scope) -> Layer | None:
    return result(sentence) if scope.layers and not scope.layers[0].act and scope.kind != "neutral" else None


def _layers(sentence: Sentence, scope: Scope, inner: Layer | None, spoken: bool) -> list[Layer]:
    """The layers of the reading: what governs the mention, and what is said of it."""
    layers, kind = scope.layers, scope.kind
    if inner:
        layers, kind = [inner, *layers], "noun" if kind == "mention" else kind
    if kind in ("finite", "infinitive") and _begins_that_clause(sentence):
        predicate = predicate_of(sentence, spoken=True)
        denied = any(word in _DENIED for word in sentence.text[slice(*layers[0].cue)].lower().split())
        if predicate and predicate.verdict:
            layers = [predicate, *layers] if denied else [predicate]  # "denied, warned that the strike would hurt"
    if kind in ("mention", "noun", "phrase", "gerund"):
        layers = said(sentence, layers, kind, spoken)
    if kind == "mention" and not layers and _is_verb(sentence):
        holder = subject(sentence, sentence.first)
        cue = sentence.span(sentence.first, sentence.last)
        layers = [Layer(1, cue, holder and sentence.span(*holder), act=True)]
    return layers


def _held(sentence: Sentence, layers: list[Layer], scope: Scope, spoken: bool) -> bool:
    """Whether acts are somebody's stance: of whoever does them, or of the speaker who proposes them."""
    if all(layer.weak for layer in layers):
        return False
    by = scope.kind == "gerund" and sentence.form(scope.edge - 1) == "by"  # "responded by easing"
    purpose = scope.kind == "infinitive" and _purpose(sentence, scope.edge)
    if (
        layers[-1].holder
        or purpose
        or (scope.kind == "gerund" and subject(sentence, scope.edge))
        or (by and main_subject(sentence))
    ):
        return True
    if not spoken or scope.kind != "finite":
        return spoken
    # What a bill or a law does is not proposed by whoever says so.
    k = scope.edge - 1
    while k >= 0 and (auxiliary(sentence.form(k)) or adverb(sentence.form(k)) or sentence.form(k) == "not"):
        k -= 1
    return k < 0 or not (proposed_thing(sentence.form(k)) or sentence.form(k) in THING)


def _purpose(sentence: Sentence, edge: int) -> bool:
    """Whether an infinitive says what somebody acts for: "groups went to court to stop it"."""
    for k in range(edge - 2, max(edge - 12, 0), -1):
        form = sentence.form(k)
        if form.endswith("ed") or form in _DID:
            aimed = form not in _AIMLESS and sentence.form(k - 1) not in BE
            return aimed and bool(main_subject(sentence)) and not sentence.marked(k + 1, edge, ENDS)
    return False


def _former(sentence: Sentence, scope: Scope) -> bool:
    """Whether the outermost stance is one that somebody had once: "once backed", "a former critic of"."""
    edge, before = scope.edge, sentence.form(scope.edge - 1)
    if scope.kind == "noun":
        return before in ("former", "onetime", "erstwhile")
    used = before == "to" and sentence.form(edge - 2) == "used" and sentence.form(edge - 3) not in BE
    return used or (scope.kind == "finite" and before == "once" and edge > 1)


def _changed(sentence: Sentence) -> bool:
    """Whether the sentence goes on to say that it is otherwise now."""
    return any(word.form in _NOW for word in sentence.tokens[sentence.last :])


def _begins_that_clause(sentence: Sentence) -> bool:
    """Whether the mention is the subject of a clause with "that", with nothing but its own adjectives before it."""
    for k in range(sentence.first - 1, max(sentence.first - 5, 0), -1):
        form = sentence.form(k)
        if form == "that":
            return True
        if form in PREPOSITION or form.endswith("ing") or auxiliary(form) or sentence.marked(k + 1, k + 1, ENDS):
            return False
    return False


def _part_of_name(sentence: Sentence) -> bool:
    """Whether the mention is a word of a name ("Amnesty International"), and so has another sense."""
    if sentence.title or not sentence.capital(sentence.first) or sentence.last - sentence.first > 1:
        return False
    # "The Second Amendment" is an amendment; the first word of a name, and Mr. Ban, are something else.
    titled = sentence.mark(sentence.first).startswith(". ") and sentence.first > 0
    return titled or _ends_name(sentence) or (sentence.capital(sentence.last) and sentence.mark(sentence.last) == " ")


def _other_thing(sentence: Sentence) -> bool:
    """Whether the mention only says of what kind something else is: "the truce line", "the abortion debate"."""
    k = sentence.last
    return not sentence.mark(k).strip() and any(entry.part == "head" for entry in single(sentence.form(k)))


def _ends_name(sentence: Sentence) -> bool:
    """Whether the mention ends the name of a body: "the Institute for School Reform"."""
    k = sentence.first - 1
    while k > 0 and sentence.capital(k) and sentence.mark(k + 1) == " ":
        k -= 1
    return sentence.form(k) in ("for", "against") and k > 1 and sentence.capital(k - 1) and sentence.mark(k) == " "


def _other_verb(sentence: Sentence) -> bool:
    """Whether the mention is a verb for something else that is meant: "they do not plan to sail"."""
    before, after = sentence.form(sentence.first - 1), sentence.form(sentence.last)
    if after == "with" and before == "to":
        return True  # "to deal with him"
    if after != "to" or sentence.form(sentence.last - 1).endswith("ed"):
        return False
    owned = sentence.possessive(sentence.first - 1) or before in DETERMINER
    plural = before.endswith("s") and not owned and sentence.form(sentence.last - 1)[-1] != "s"
    return plural or before in PERSON or auxiliary(before) or adverb(before) or before in ("not", "that", "which")


def _is_verb(sentence: Sentence) -> bool:
    """Whether the mention is itself a verb with an object: "we will ban them", "the mayor banned cars"."""
    before, form, after = (sentence.form(k) for k in (sentence.first - 1, sentence.last - 1, sentence.last))
    if sentence.marked(sentence.last, sentence.last, ",.;:?!") or "-" in sentence.mark(sentence.first):
        return False
    if form.endswith(("ed", "ing")):
        if form.endswith("ed") and before in BE:
            return False
        names = sentence.capital(sentence.first - 1) or sentence.form(sentence.first - 2) in DETERMINER
        acted = before in PERSON or auxiliary(before) or before in ("to", "and", "who") or adverb(before) or names
        no_object = after in PREPOSITION or after in ("and", "or", "that", "since") or auxiliary(after) or not after
        return (acted and not no_object) or after in _OBJECT
    governed = before == "to" or auxiliary(before) or before in PERSON or adverb(before)
    return governed and (after in _OBJECT or sentence.capital(sentence.last))
