"""Whether a sentence is for or against the thing it mentions: rules over stance words and their scope.

The reading starts at the mention and goes outward. Each governing word ("call for", "opposed", "lift", "not")
turns what was read so far, so that the polarity of the outermost holder is a product: rejecting (-1)
opposition (-1) to a truce is for it.
"""

from typing import NamedTuple

from parley.stance.lexicon import (
    ACTS,
    AUXILIARY,
    BE,
    DETERMINER,
    MODAL,
    PERSON,
    PREPOSITION,
    SIGN,
    THING,
    Sentence,
    adverb,
    auxiliary,
    negation,
    proposed_thing,
    read_sentence,
    spot,
)
from parley.stance.scope import PROPOSED, Layer, Scope, governors, main_subject, subject
from parley.words import listed

_ENDS = ",;:?!"
_OPEN = listed("can could may might should must")
_OBJECT = listed("a an the his her its their our all it them him us")
_THINK = listed("think believe feel")
_OTHER_VERB = listed(
    "became came went began took made said says who but because while if when as how whether where why"
)
_OTHER_CLAUSE = listed("because if that which who and but when after")


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
    prefix = sentence.tokens[sentence.first].start
    if text[prefix:start].lower() in ("anti-", "anti"):
        return Reading(-1, [Layer(-1, (prefix, start))])
    scope = governors(sentence)
    layers, kind, edge = scope
    inner = _described(sentence) or _backed_by(sentence) or _compound(sentence)
    if kind == "neutral":
        return Reading(inner.effect, [inner]) if inner and inner.holder else Reading(0, layers)
    if not inner and layers and not layers[0].act:
        inner = _result(sentence)
    if inner:
        layers, kind = [inner, *layers], "noun" if kind == "mention" else kind
    if kind in ("mention", "noun", "phrase", "gerund"):
        layers = _said(sentence, layers, kind, spoken)
    if kind in ("mention", "no") and _other_verb(sentence):
        return Reading(0, [])
    if kind == "mention" and not layers and _is_verb(sentence):
        holder = subject(sentence, sentence.first)
        layers = [Layer(1, (start, end), holder and sentence.span(*holder), act=True)]
    if all(layer.act for layer in layers) and (belittled := _belittled(sentence)):
        layers = [belittled]
    if layers and all(layer.act for layer in layers) and not _held(sentence, layers, Scope([], kind, edge), spoken):
        return Reading(0, layers)
    polarity = 1 if layers else 0
    for layer in layers:
        polarity *= layer.effect
    return Reading(polarity, layers)


def _held(sentence: Sentence, layers: list[Layer], scope: Scope, spoken: bool) -> bool:
    """Whether acts are somebody's stance: of whoever does them, or of the speaker who proposes them."""
    if all(layer.weak for layer in layers):
        return False
    by = scope.kind == "gerund" and sentence.form(scope.edge - 1) == "by"  # "responded by easing"
    if (
        layers[-1].holder
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


def _said(sentence: Sentence, layers: list[Layer], kind: str, spoken: bool) -> list[Layer]:
    """The layers, with what is said of the mention, or of what governs it."""
    predicate = _predicate(sentence, spoken)
    if predicate:
        return [*layers, predicate._replace(effect=-predicate.effect) if _denied(sentence) else predicate]
    if kind == "gerund" and all(layer.act for layer in layers) and _is_subject(sentence):
        return []  # "Raising the wage would …": something is said of it, no telling what.
    verdict = _verdict(sentence) or _said_of(sentence)
    return [*layers, verdict] if verdict else layers


def _predicate(sentence: Sentence, spoken: bool) -> Layer | None:
    """What is said of the mention as a subject: "is needed", "would hardly work", "was rejected by …"."""
    k = sentence.last
    size = len(sentence.tokens)
    if not sentence.marked(k, k, _ENDS):
        for found in spot(sentence, k, min(size, k + 4), {"predicate"}):
            told = spoken or found.end - found.start > 1
            if found.start == k and told and found.entry.effect != "able":
                return Layer(SIGN[found.entry.effect], sentence.span(k, found.end))
    while not auxiliary(sentence.form(k)):
        if k > sentence.last + 12 or sentence.marked(k, k, ";:?!") or sentence.form(k) in _OTHER_VERB:
            return None
        k += 1
    other = k > sentence.last and sentence.capital(k - 1) and sentence.form(k - 2) not in PREPOSITION
    if sentence.form(k - 1) in PERSON or other or sentence.marked(k, k, ";:?!"):
        return None
    sign, group = 1, k
    for k in range(group, min(size, group + 10)):
        form = sentence.form(k)
        if k > group and (sentence.marked(k, k, _ENDS) or form in _OTHER_CLAUSE):
            return None
        if negation(form):
            sign *= 1 if sentence.form(k + 1) in ("only", "just") else -1
        elif layer := _predicated(sentence, group, k, sign, spoken):
            return layer
    return None


def _predicated(sentence: Sentence, group: int, k: int, sign: int, spoken: bool) -> Layer | None:
    """The stance of token k in the predicate whose verb group begins at token group."""
    be = any(sentence.form(n) in BE for n in range(group, k)) and sentence.form(k - 1) != "to"
    for found in spot(sentence, k, len(sentence.tokens), {"predicate", "judgement", "verb", "adjective"}):
        if found.start > k:
            break
        part, effect = found.entry.part, found.entry.effect
        cue, value = sentence.span(group, found.end), sign * SIGN.get(effect, 1)
        if effect == "able" and value > 0:
            continue
        if (part == "judgement" and (be or sentence.form(group) in ("would", "will"))) or (
            part == "predicate" and not be
        ):
            # In narration praise is told as a fact, and so is what happened; blame is an opinion.
            happened = part == "predicate" and sentence.form(group) not in MODAL and not negation(sentence.form(group))
            return Layer(value, cue, act=not spoken and (value > 0 or happened))
        if part == "verb" and be and effect in SIGN and not sentence.form(k).endswith(("ing", "s")):
            by = found.end + 1
            holder = sentence.span(by, by + 1) if sentence.form(by - 1) == "by" and sentence.form(by) else None
            # A passive that names nobody is nobody's stance, unless somebody says it as an offer.
            told = effect == "do" and not any(sentence.form(n) in _OPEN for n in range(group, k))
            return Layer(value, cue, holder, holder is None, told)
    return None


def _denied(sentence: Sentence) -> bool:
    """Whether the clause is what somebody does not think: "I don't think the strike helps"."""
    places = range(max(1, sentence.first - 8), sentence.first)
    return any(sentence.form(k) in _THINK and negation(sentence.form(k - 1)) for k in places)


def _is_subject(sentence: Sentence) -> bool:
    for k in range(sentence.last, min(sentence.last + 6, len(sentence.tokens))):
        if sentence.marked(k, k, _ENDS):
            return False
        if sentence.form(k) in AUXILIARY:
            return True
    return False


def _verdict(sentence: Sentence) -> Layer | None:
    """A judgement that somebody passes: "calls the strike stupid", "a strike he called a disaster"."""
    size = len(sentence.tokens)
    judgements = spot(sentence, 0, size, {"judgement"})
    for verb in spot(sentence, 0, size, {"calling"}):
        first, last = min(verb.end, sentence.last), max(verb.start, sentence.first)
        if last - first >= 10 or sentence.marked(first + 1, last, ";:?!"):
            continue
        if verb.start > sentence.first and (
            last - first > 4 or {"who", "but"} & {sentence.form(k) for k in range(first, last)}
        ):
            continue
        after = max(verb.end, sentence.last)
        far = 6 if verb.start < sentence.first else 3
        for judgement in judgements:
            if 0 <= judgement.start - after <= far and not sentence.marked(after + 1, judgement.start, _ENDS):
                holder = subject(sentence, verb.start, strong=True)
                cue = sentence.span(verb.start, judgement.end)
                return Layer(SIGN[judgement.entry.effect], cue, holder and sentence.span(*holder))
    return None


def _said_of(sentence: Sentence) -> Layer | None:
    """A quotation that the sentence says is about the mention: "“It is fine,” she said of the strike"."""
    for k in range(sentence.first - 1, max(sentence.first - 5, 0), -1):
        if sentence.form(k) == "of" and sentence.form(k - 1) in ("said", "says"):
            for judgement in reversed(spot(sentence, 0, k - 1, {"judgement"})):
                return Layer(SIGN[judgement.entry.effect], sentence.span(judgement.start, judgement.end))
    return None


def _described(sentence: Sentence) -> Layer | None:
    """A word before the mention that says it is somebody's proposal: "his proposed ban"."""
    for k in range(sentence.first - 1, max(sentence.first - 4, 0), -1):
        if _loose(sentence, k + 1) or sentence.form(k) in PREPOSITION or auxiliary(sentence.form(k)):
            return None
        if sentence.form(k) in PROPOSED and sentence.possessive(k - 1):
            return Layer(1, sentence.span(k, k + 1), sentence.span(k - 1, k))
    return None


def _belittled(sentence: Sentence) -> Layer | None:
    """A word of judgement right before the mention: "such a stupid wall"."""
    for judgement in spot(sentence, max(0, sentence.first - 3), sentence.first, {"slur"}):
        close = not any(_loose(sentence, k) for k in range(judgement.end, sentence.first + 1))
        if close and sentence.first - judgement.end < 2:
            return Layer(-1, sentence.span(judgement.start, judgement.end))
    return None


def _loose(sentence: Sentence, k: int) -> bool:
    """Whether something other than space and quotation marks stands before token k."""
    return bool(sentence.mark(k).strip(" \n\u00a0\"'“‘"))


def _backed_by(sentence: Sentence) -> Layer | None:
    """Whoever is named behind the mention as for or against it: "a truce backed by the mayor"."""
    k = sentence.last
    if not (sentence.form(k).endswith("ed") and sentence.form(k + 1) == "by" and sentence.form(k + 2)):
        return None
    stop = k + 3
    while sentence.capital(stop) and sentence.capital(stop - 1):
        stop += 1
    for found in spot(sentence, k, k + 1, {"verb"}):
        if found.entry.effect in ("for", "against"):
            return Layer(SIGN[found.entry.effect], sentence.span(k, k + 1), sentence.span(k + 2, stop))
    return None


def _compound(sentence: Sentence) -> Layer | None:
    """A noun right behind the mention that makes it somebody's stance: "truce call", "repeal efforts"."""
    k = sentence.last
    if sentence.marked(k, k, _ENDS):
        return None
    owner = None
    for n in range(sentence.first - 1, max(sentence.first - 4, -1), -1):
        if sentence.mark(n + 1).strip():
            break
        if sentence.possessive(n) or (n and sentence.capital(n) and not sentence.title):
            owner = sentence.span(n, n + 1)
            break
    for found in spot(sentence, k, min(k + 2, len(sentence.tokens)), {"noun"}):
        if found.start == k and found.entry.effect in ("for", "against") and not sentence.form(k).endswith("ing"):
            return Layer(SIGN[found.entry.effect], sentence.span(k, found.end), owner, act=owner is None)
    # "Her strike plan": for whoever's plan it is.
    own = owner and sentence.possessive(n) and proposed_thing(sentence.form(k))
    return Layer(1, sentence.span(k, k + 1), owner) if own else None


def _result(sentence: Sentence) -> Layer | None:
    """What is wanted to happen to the mention: "wants the strike ended"."""
    k = sentence.last
    if sentence.marked(k, k, _ENDS) or not sentence.form(k).endswith("ed") or sentence.form(k + 1) == "by":
        return None
    for found in spot(sentence, k, k + 1, {"verb"}):
        if found.entry.effect in ACTS:
            return Layer(SIGN[found.entry.effect], sentence.span(k, k + 1), act=True)
    return None


def _part_of_name(sentence: Sentence) -> bool:
    """Whether the mention is a word of a name ("Amnesty International"), and so has another sense."""
    if sentence.title or not sentence.capital(sentence.first) or sentence.last - sentence.first > 1:
        return False
    # "The Second Amendment" is an amendment; the first word of a name, and Mr. Ban, are something else.
    titled = sentence.mark(sentence.first).startswith(". ") and sentence.first > 0
    return titled or (sentence.capital(sentence.last) and sentence.mark(sentence.last) == " ")


def _other_verb(sentence: Sentence) -> bool:
    """Whether the mention is a verb for something else that is meant: "they do not plan to sail"."""
    before, after = sentence.form(sentence.first - 1), sentence.form(sentence.last)
    if after != "to" or sentence.form(sentence.last - 1).endswith("ed"):
        return False
    plural = before.endswith("s") and sentence.form(sentence.last - 1)[-1] != "s"
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
