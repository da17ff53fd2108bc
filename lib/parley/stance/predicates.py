"""What a sentence says of a mention: "the strike would help", "called the strike stupid", "a stupid strike"."""

from parley.stance.lexicon import (
    AUXILIARY,
    BE,
    DETERMINER,
    ENDS,
    FEW,
    HARD,
    MODAL,
    PERSON,
    PREPOSITION,
    SIGN,
    Sentence,
    adverb,
    auxiliary,
    forms_of,
    loose,
    negation,
    spot,
)
from parley.stance.scope import SAYING, Layer, subject
from parley.text.lists import listed

_OPEN = listed("can could may might should must")
_OTHER_CLAUSE = listed("because if that which who and but when after")
_OTHER_VERB = listed(
    "became came went began took made said says who but because while if when as how whether where why"
)
_NOTHING = listed("nothing little nobody")
_SEEMS = listed("makes leaves seem seems seemed sound sounds")
_THINK = listed("think believe feel")
_WANT = listed("want wants wanted wanting need needs needed like see get")
_DECLARED = forms_of("declare pronounce proclaim")


def said(sentence: Sentence, layers: list[Layer], kind: str, spoken: bool) -> list[Layer]:
    """The layers, with what is said of the mention, or of what governs it."""
    predicate = predicate_of(sentence, spoken)
    if predicate and kind == "noun" and predicate.verdict and not layers[-1].act:
        # "Doubts about the strike have cost her" is said of the doubts; "critics of it are wrong" is a stance.
        judged = sentence.text[predicate.cue[0] : predicate.cue[1]].split()[0].lower() in BE
        predicate = predicate if judged else None
    if predicate:
        return [*layers, predicate._replace(effect=-predicate.effect) if _denied(sentence) else predicate]
    if kind == "gerund" and all(layer.act for layer in layers) and _is_subject(sentence):
        return []  # "Raising the wage would …": something is said of it, no telling what.
    verdict = _verdict(sentence) or _said_of(sentence)
    counted = verdict and any(layer.cue[0] == verdict.cue[0] for layer in layers)  # "attacking it as cruel"
    return [*layers, verdict] if verdict and not counted else layers


def predicate_of(sentence: Sentence, spoken: bool) -> Layer | None:
    """What is said of the mention as a subject: "is needed", "would hardly work", "was rejected by …"."""
    k, reported = _after_aside(sentence)
    spoken = spoken or reported
    size = len(sentence.tokens)
    if k > sentence.last or not sentence.marked(k, k, ENDS):
        for found in spot(sentence, k, min(size, k + 4), {"predicate"}):
            if found.start == k and found.entry.effect != "able":
                nothing = sentence.form(found.end) in _NOTHING
                sign = -SIGN[found.entry.effect] if nothing else SIGN[found.entry.effect]
                return Layer(sign, sentence.span(k, found.end), act=not spoken, verdict=True)
    start = k
    while not (auxiliary(sentence.form(k)) or sentence.form(k) in _SEEMS):
        if k > start + 12 or sentence.marked(k, k, HARD) or sentence.form(k) in _OTHER_VERB:
            return None
        k += 1
    commas = [n for n in range(start if start == sentence.last else start + 1, k + 1) if "," in sentence.mark(n)]
    if len(commas) == 1 and not {"and", "or"} & {sentence.form(n) for n in range(commas[0], k)}:
        return None  # "the strike, saying that work is"
    name = k - 1
    while name > sentence.last and sentence.capital(name):
        name -= 1
    other = k > start and sentence.capital(k - 1) and not PREPOSITION & {sentence.form(name), sentence.form(name - 1)}
    if (k > start and sentence.form(k - 1) in PERSON) or other or sentence.marked(k, k, HARD):
        return None
    sign, group = 1, k
    for k in range(group, min(size, group + 10)):
        form = sentence.form(k)
        listing = adverb(sentence.form(k - 1)) and "," in sentence.mark(k)  # "is politically, and legally, flawed"
        if k > group and ((sentence.marked(k, k, ENDS) and not listing) or (form in _OTHER_CLAUSE and not listing)):
            return None
        if negation(form):
            sign *= 1 if sentence.form(k + 1) in ("only", "just") else -1
        elif layer := _predicated(sentence, group, k, sign, spoken):
            return layer
    return None


def _after_aside(sentence: Sentence) -> tuple[int, bool]:
    """Where the predicate of the mention may begin, and whether somebody is said to say it.

    Skipped are "which he said" and what stands between two commas, dashes or brackets.
    """
    k = sentence.last
    if sentence.form(k) in ("which", "that"):
        for n in range(k + 1, min(k + 6, len(sentence.tokens))):
            if sentence.form(n) in SAYING:
                return n + 1, True
        return (k + 1, False) if sentence.form(k) == "which" else (k, False)
    for mark in (",", "-–—", "("):
        if sentence.marked(k, k, mark):
            close = next((n for n in range(k + 1, k + 16) if sentence.marked(n, n, ")" if mark == "(" else mark)), k)
            if sentence.form(close) in ("and", "or"):
                break  # a list
            return close, any(sentence.form(n) in SAYING or sentence.form(n) == "according" for n in range(k, close))
    return k, False


def _predicated(sentence: Sentence, group: int, k: int, sign: int, spoken: bool) -> Layer | None:
    """The stance of token k in the predicate whose verb group begins at token group."""
    be = (
        any(sentence.form(n) in BE or sentence.form(n) in _SEEMS for n in range(group, k))
        and sentence.form(k - 1) != "to"
    )
    for found in spot(sentence, k, len(sentence.tokens), {"predicate", "judgement", "verb", "adjective"}):
        if found.start > k:
            break
        part, effect = found.entry.part, found.entry.effect
        cue, value = sentence.span(group, found.end), sign * SIGN.get(effect, 1)
        if sentence.form(found.end) in _NOTHING:
            value = -value  # "would solve nothing"
        if effect == "able" and value > 0:
            continue
        if (part == "judgement" and (be or sentence.form(group) in ("would", "will"))) or (
            part == "predicate" and (not be or sentence.form(found.end - 1).endswith("ing"))
        ):
            # In narration praise is told as a fact, and so is what happened; blame is an opinion.
            happened = part == "predicate" and sentence.form(group) not in MODAL and not negation(sentence.form(group))
            told = happened or (part == "predicate" and value > 0)
            return Layer(value, cue, act=not spoken and told, verdict=True)
        if part == "verb" and be and effect in SIGN and not sentence.form(k).endswith(("ing", "s")):
            by = found.end + 1
            holder = sentence.span(by, by + 1) if sentence.form(by - 1) == "by" and sentence.form(by) else None
            # A passive that names nobody is nobody's stance, unless somebody says it as an offer.
            open_end = any(sentence.form(n) in ("if", "unless") for n in range(found.end, len(sentence.tokens)))
            if holder is None and open_end and sentence.form(group) in ("could", "may", "might"):
                return None  # "could be extended if …"
            told = effect == "do" and not any(sentence.form(n) in _OPEN for n in range(group, k))
            return Layer(value, cue, holder, holder is None, told)
    return None


def _denied(sentence: Sentence) -> bool:
    """Whether the clause is what somebody does not think: "I don't think the strike helps"."""
    places = range(max(1, sentence.first - 8), sentence.first)
    return any(
        sentence.form(k) in _THINK
        and (negation(sentence.form(k - 1)) or any(sentence.form(n) in FEW for n in range(max(0, k - 6), k)))
        for k in places
    )


def _is_subject(sentence: Sentence) -> bool:
    for k in range(sentence.last, min(sentence.last + 6, len(sentence.tokens))):
        if sentence.marked(k, k, ENDS):
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
        if sentence.form(verb.start - 1) == "so":
            continue  # "the so-called strike"
        if last - first >= 10 or sentence.marked(first + 1, last, HARD):
            continue
        if verb.start > sentence.first and (
            last - first > 4 or {"who", "but"} & {sentence.form(k) for k in range(first, last)}
        ):
            continue
        after = max(verb.end, sentence.last)
        far = 6 if verb.start < sentence.first else 3
        for judgement in judgements:
            if 0 <= judgement.start - after <= far and not sentence.marked(after + 1, judgement.start, ENDS):
                holder = subject(sentence, verb.start, strong=True)
                cue = sentence.span(verb.start, judgement.end)
                return Layer(SIGN[judgement.entry.effect], cue, holder and sentence.span(*holder))
    return None


def labelled(sentence: Sentence) -> Layer | None:
    """A judgement behind "as": "described the strike in May as heartless"."""
    behind = {sentence.form(k) for k in range(sentence.last, sentence.last + 7)}
    return _verdict(sentence) if "as" in behind else None


def _said_of(sentence: Sentence) -> Layer | None:
    """A quotation that the sentence says is about the mention: "“It is fine,” she said of the strike"."""
    for k in range(sentence.first - 1, max(sentence.first - 5, 0), -1):
        if sentence.form(k) == "of" and sentence.form(k - 1) in ("said", "says"):
            for judgement in reversed(spot(sentence, 0, k - 1, {"judgement"})):
                return Layer(SIGN[judgement.entry.effect], sentence.span(judgement.start, judgement.end))
    return None


def valued(sentence: Sentence, spoken: bool) -> Layer | None:
    """A word of judgement right before the mention: "such a stupid wall"; of praise if somebody says it."""
    parts = {"slur", "blame", "praise"} if spoken else {"slur"}
    for judgement in spot(sentence, max(0, sentence.first - 4), sentence.first, parts):
        between = range(judgement.end, sentence.first)
        close = not any(loose(sentence, k) and "," not in sentence.mark(k) for k in [*between, sentence.first])
        if close and len(between) < 3 and not (PREPOSITION | DETERMINER) & {sentence.form(k) for k in between}:
            return Layer(SIGN[judgement.entry.effect], sentence.span(judgement.start, judgement.end))
    return None


def result(sentence: Sentence) -> Layer | None:
    """What is wanted to happen to the mention: "wants the strike ended", or is declared of it: "declared it over"."""
    k = sentence.last
    if sentence.marked(k, k, ENDS) or sentence.form(k + 1) == "by":
        return None
    before = {sentence.form(n) for n in range(max(0, sentence.first - 6), sentence.first)}
    if sentence.form(k) in ("over", "dead", "finished"):
        ends = sentence.form(k + 1) in PREPOSITION or sentence.mark(k + 1).strip() or k + 1 >= len(sentence.tokens)
        return Layer(-1, sentence.span(k, k + 1), act=True) if ends and before & _DECLARED else None
    if not sentence.form(k).endswith(("ed", "wn")) or not before & _WANT:
        return None
    for found in spot(sentence, k, min(k + 2, len(sentence.tokens)), {"verb"}):
        if found.start == k and found.entry.effect in SIGN:
            return Layer(SIGN[found.entry.effect], sentence.span(k, found.end), act=True)
    return None
