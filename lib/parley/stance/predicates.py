"""What a sentence says of a mention: "the strike would help", "called the strike stupid", "a stupid strike"."""

from itertools import pairwise

from parley.stance.lexicon import ENDS, HARD, SIGN, Sentence, find_stance_words, stance_words_at
from parley.stance.scope import Layer, subject
from parley.text.classes import (
    AUXILIARY,
    BE,
    DETERMINER,
    MODAL,
    PERSON,
    PREPOSITION,
    is_adverb,
    is_auxiliary,
    is_negation,
)
from parley.text.lists import word_set

_OPEN = word_set("can could may might should must")
_OTHER_CLAUSE = word_set("because if that which who and but when after")
_OTHER_VERB = word_set(
    "became came went began took made said says who but because while if when as how whether where why"
)
_NOTHING = word_set("nothing little nobody")
_THINK = word_set("think believe feel")
_WANT = word_set("want wants wanted wanting need needs needed like see get")


def said(sentence: Sentence, layers: list[Layer], kind: str, spoken: bool) -> list[Layer]:
    """The layers, with what is said of the mention, or of what governs it."""
    predicate = _predicate(sentence, spoken)
    if predicate and kind == "noun" and sentence.text[slice(*predicate.cue)].split()[0].lower() not in BE:
        predicate = None  # "Doubts about the strike have cost her" is said of the doubts
    if predicate:
        return [*layers, predicate._replace(effect=-predicate.effect) if _denied(sentence) else predicate]
    if kind == "gerund" and all(layer.act for layer in layers) and _is_subject(sentence):
        return []  # "Raising the wage would …": something is said of it, no telling what.
    verdict = _verdict(sentence)
    counted = verdict and any(layer.cue[0] == verdict.cue[0] for layer in layers)  # "attacking it as cruel"
    return [*layers, verdict] if verdict and not counted else layers


def _predicate(sentence: Sentence, spoken: bool) -> Layer | None:
    """What is said of the mention as a subject: "is needed", "would hardly work", "was rejected by …"."""
    start = group = _after_aside(sentence)
    for found in stance_words_at(sentence, start, {"predicate"}):
        if found.entry.effect != "able":
            nothing = sentence.form(found.end) in _NOTHING
            sign = -SIGN[found.entry.effect] if nothing else SIGN[found.entry.effect]
            return Layer(sign, sentence.span(start, found.end), act=not spoken)
    while not is_auxiliary(sentence.form(group)):
        if group > start + 12 or group >= len(sentence.tokens) or sentence.form(group) in _OTHER_VERB:
            return None
        group += 1
    if _is_others(sentence, start, group):
        return None
    sign = 1
    for k in range(group, min(group + 10, len(sentence.tokens))):
        form = sentence.form(k)
        listing = is_adverb(sentence.form(k - 1))  # "is politically, and legally, flawed"
        if k > group and not listing and (sentence.marked(k, k, ENDS) or form in _OTHER_CLAUSE):
            return None
        if is_negation(form):
            sign = -sign
        elif layer := _predicated(sentence, group, k, sign, spoken):
            return layer
    return None


def _is_others(sentence: Sentence, start: int, group: int) -> bool:
    """Whether the verb group that begins at token group has another subject than the mention."""
    commas = [k for k in range(start + (start > sentence.last), group + 1) if "," in sentence.mark(k)]
    if len(commas) == 1:
        return True  # "the strike, saying that work is"
    name = group - 1
    while sentence.capital(name) and name > sentence.last:
        name -= 1
    other = sentence.capital(group - 1) and not PREPOSITION & set(sentence.forms(name - 1, name + 1))
    return group > start and (other or sentence.form(group - 1) in PERSON)


def _after_aside(sentence: Sentence) -> int:
    """Where the predicate of the mention may begin: past "which", or past what commas, dashes or brackets enclose."""
    k = sentence.last
    if sentence.form(k) == "which":
        return k + 1
    for mark, closing in ((",", ","), ("-–—", "-–—"), ("(", ")")):
        if sentence.marked(k, k, mark):
            close = next((n for n in range(k + 1, k + 16) if sentence.marked(n, n, closing)), k)
            return k if sentence.form(close) == "and" else close  # a list
    return k


def _predicated(sentence: Sentence, group: int, k: int, sign: int, spoken: bool) -> Layer | None:
    """The stance of token k in the predicate whose verb group begins at token group."""
    first = sentence.form(group)
    be = bool(BE & set(sentence.forms(group, k))) and sentence.form(k - 1) != "to"
    for found in stance_words_at(sentence, k, {"predicate", "judgement", "verb", "adjective"}):
        part, effect = found.entry.part, found.entry.effect
        cue, value = sentence.span(group, found.end), sign * SIGN.get(effect, 1)
        if sentence.form(found.end) in _NOTHING:
            value = -value  # "would solve nothing"
        if effect == "able" and value > 0:
            continue
        if (part == "judgement" and (be or first in ("would", "will"))) or (part == "predicate" and not be):
            # In narration praise is told as a fact, and so is what happened; blame is an opinion.
            told = part == "predicate" and (value > 0 or not (first in MODAL or is_negation(first)))
            return Layer(value, cue, act=told and not spoken)
        if part == "verb" and be and effect in SIGN and not sentence.form(k).endswith(("ing", "s")):
            # A passive that names nobody is nobody's stance, unless somebody says it as an offer.
            by = found.end + 1
            holder = sentence.span(by, by + 1) if sentence.form(by - 1) == "by" and sentence.form(by) else None
            if first in ("could", "may", "might") and "if" in sentence.forms(found.end, len(sentence.tokens)):
                return None  # "could be extended if …"
            told = effect == "do" and not _OPEN & set(sentence.forms(group, k))
            return Layer(value, cue, holder, holder is None, told)
    return None


def _denied(sentence: Sentence) -> bool:
    """Whether the clause is what somebody does not think: "I don't think the strike helps"."""
    before = sentence.forms(sentence.first - 9, sentence.first)
    return any(is_negation(one) and other in _THINK for one, other in pairwise(before))


def _is_subject(sentence: Sentence) -> bool:
    return bool(AUXILIARY & set(sentence.forms(sentence.last, sentence.last + 6)))


def _verdict(sentence: Sentence) -> Layer | None:
    """A judgement that somebody passes: "calls the strike stupid", "a strike he called a disaster"."""
    size = len(sentence.tokens)
    judgements = find_stance_words(sentence, 0, size, {"judgement"})
    for verb in find_stance_words(sentence, 0, size, {"calling"}):
        between = min(verb.end, sentence.last), max(verb.start, sentence.first)
        if between[1] - between[0] > (4 if verb.start > sentence.first else 9):
            continue
        after = max(verb.end, sentence.last)
        for judgement in judgements:
            if 0 <= judgement.start - after <= 6 and sentence.form(verb.start - 1) != "so":  # "the so-called strike"
                holder = subject(sentence, verb.start, strong=True)
                cue = sentence.span(verb.start, judgement.end)
                return Layer(SIGN[judgement.entry.effect], cue, holder and sentence.span(*holder))
    return None


def labelled(sentence: Sentence) -> Layer | None:
    """A judgement behind "as": "described the strike in May as heartless"."""
    return _verdict(sentence) if "as" in sentence.forms(sentence.last, sentence.last + 7) else None


def valued(sentence: Sentence, spoken: bool) -> Layer | None:
    """A word of judgement right before the mention: "such a stupid wall"; of praise if somebody says it."""
    parts = {"slur", "blame", "praise"} if spoken else {"slur"}
    for judgement in find_stance_words(sentence, sentence.first - 3, sentence.first, parts):
        between = set(sentence.forms(judgement.end, sentence.first))
        if not (PREPOSITION | DETERMINER) & between and not sentence.marked(judgement.end, sentence.first, HARD):
            return Layer(SIGN[judgement.entry.effect], sentence.span(judgement.start, judgement.end))
    return None


def result(sentence: Sentence) -> Layer | None:
    """What is wanted to happen to the mention: "wants the strike ended"."""
    k = sentence.last
    if not _WANT & set(sentence.forms(sentence.first - 6, sentence.first)):
        return None
    for found in stance_words_at(sentence, k, {"verb"}):
        if sentence.form(k).endswith("ed") and found.entry.effect in SIGN and sentence.form(found.end) != "by":
            return Layer(SIGN[found.entry.effect], sentence.span(k, found.end), act=True)
    return None
