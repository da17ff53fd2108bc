"""What a sentence says of a mention: "the strike would help", "called the strike stupid", "a stupid strike"."""

from math import prod

from parley.stance.lexicon import ACTS, ENDS, HARD, SIGN, Sentence, find_stance_words, stance_words_at
from parley.stance.scope import Layer, agent, subject
from parley.text.classes import BE, DETERMINER, MODAL, PREPOSITION, TIME, is_adverb, is_auxiliary, is_negation
from parley.text.lists import word_set

_COPULA = word_set("constitutes constitute amounts amount represents represent remains remain")
_RELATIVE = word_set("which that something one move step idea demand proposal")
_OPEN = word_set("can could may might should must")
_WANT = word_set("want wants wanted wanting need needs needed like see get")


def with_predicate(sentence: Sentence, layers: list[Layer], spoken: bool) -> list[Layer]:
    """The layers, with what is said of the mention, or of what governs it."""
    found = _predicate(sentence, spoken) or _verdict(sentence)
    counted = found and any(layer.cue[0] == found.cue[0] for layer in layers)  # "attacking it as cruel"
    return layers if found is None or counted else [*layers, found]


def _predicate(sentence: Sentence, spoken: bool) -> Layer | None:
    """What is said of the mention as a subject: "is needed", "would hardly work", "was rejected by …"."""
    start = sentence.last + (sentence.form(sentence.last) == "which")
    for found in stance_words_at(sentence, start, {"predicate"}):
        if found.entry.effect in SIGN:
            return Layer(SIGN[found.entry.effect], sentence.span(start, found.end), act=not spoken)
    group = next(
        (k for k in range(start, start + 13) if is_auxiliary(form := sentence.form(k)) or form in _COPULA), None
    )
    if group is None or sentence.marked(start, group, HARD):
        return None
    sign = 1
    for k in range(group, min(group + 10, len(sentence.tokens))):
        form = sentence.form(k)
        if k > group and (sentence.marked(k, k, ENDS) or form in ("because", "if", "that", "which", "who")):
            return None
        if is_negation(form):
            sign = -sign
        elif layer := _predicated(sentence, group, k, sign, spoken):
            return layer
    return None


def _predicated(sentence: Sentence, group: int, k: int, sign: int, spoken: bool) -> Layer | None:
    """The stance of token k in the predicate whose verb group begins at token group."""
    first = sentence.form(group)
    be = bool((BE | _COPULA) & set(sentence.forms(group, k))) and sentence.form(k - 1) != "to"
    for found in stance_words_at(sentence, k, {"predicate", "judgement", "verb"}):
        part, effect = found.entry.part, found.entry.effect
        cue, value = sentence.span(group, found.end), sign * SIGN.get(effect, 1)
        if effect == "able" and value > 0:
            continue
        happens = part == "predicate" and (not be or sentence.form(found.end - 1).endswith("ing"))
        if happens or (part == "judgement" and (be or first in ("would", "will"))):
            # In narration praise is told as a fact, and so is what happened; blame is an opinion.
            told = happens and (value > 0 or first not in MODAL)
            return Layer(value, cue, act=told and not spoken)
        if part == "verb" and be and effect in SIGN and not sentence.form(k).endswith(("ing", "s")):
            # A passive that names nobody is nobody's stance, unless somebody says it as an offer.
            by = found.end + 1
            tokens = agent(sentence, by) if sentence.form(by - 1) == "by" else None
            holder = tokens and sentence.span(*tokens)
            if holder is None and "if" in sentence.forms(found.end, len(sentence.tokens)):
                return None  # "could be extended if …"
            told = effect == "do" and not _OPEN & set(sentence.forms(group, k))
            return Layer(value, cue, holder, holder is None, told)
    return None


def _verdict(sentence: Sentence) -> Layer | None:
    """A judgement that somebody passes: "calls the strike stupid", "a strike he called a disaster"."""
    size = len(sentence.tokens)
    judgements = find_stance_words(sentence, 0, size, {"judgement"})
    for verb in find_stance_words(sentence, 0, size, {"calling"}):
        between = min(verb.end, sentence.last), max(verb.start, sentence.first)
        if between[1] - between[0] > 9:
            continue
        after = max(verb.end, sentence.last)
        for judgement in judgements:
            if 0 <= judgement.start - after <= 6 and sentence.form(verb.start - 1) != "so":  # "the so-called strike"
                holder = subject(sentence, verb.start)
                cue = sentence.span(verb.start, judgement.end)
                return Layer(SIGN[judgement.entry.effect], cue, holder and sentence.span(*holder))
    return None


def beside(sentence: Sentence) -> Layer | None:
    """What somebody else thinks of the mention by a relative clause: "a strike, which the mayor has rejected"."""
    k = sentence.last
    which = next((n for n in range(k, k + 7) if sentence.form(n) in _RELATIVE), k)
    behind = which == k or sentence.marked(max(k, which - 1), which, ",")
    if sentence.form(which) not in _RELATIVE or not behind or sentence.marked(k, which - 2, ENDS):
        return None
    which += sentence.form(which + 1) == "that"  # "a move that"
    if is_auxiliary(sentence.form(which + 1)):
        passive = _predicate(sentence, spoken=False) if which == k else None
        return passive if passive and passive.holder else None
    last = next((n for n in range(which + 1, which + 16) if sentence.marked(n, n, ENDS)), which + 16)
    chain = find_stance_words(sentence, which + 2, last, {"verb"})
    tokens = subject(sentence, chain[0].start) if chain else None
    linked = all(sentence.form(verb.start - 1) == "to" for verb in chain[1:])
    if not tokens or tokens[0] <= which or not linked or all(verb.entry.effect in ACTS for verb in chain):
        return None
    # No object of its own may follow: "which the mayor said would hurt".
    end, after = chain[-1].end, sentence.form(chain[-1].end)
    ended = end >= last or after in PREPOSITION - {"to"} | TIME or is_adverb(after)
    sign = prod(SIGN.get(verb.entry.effect, 0) for verb in chain)
    sign *= (-1) ** sum(map(is_negation, sentence.forms(which, end)))
    return Layer(sign, sentence.span(chain[0].start, end), sentence.span(*tokens)) if sign and ended else None


def labelled(sentence: Sentence) -> Layer | None:
    """A judgement behind "as": "described the strike in May as heartless"."""
    return _verdict(sentence) if "as" in sentence.forms(sentence.last, sentence.last + 7) else None


def valued(sentence: Sentence, spoken: bool) -> Layer | None:
    """A word of judgement right before the mention: "such a stupid wall"; of praise if somebody says it."""
    parts = {"slur", "blame", "praise"} if spoken else {"slur"}
    for judgement in find_stance_words(sentence, sentence.first - 3, sentence.first, parts):
        between = set(sentence.forms(judgement.end, sentence.first))
        if not (PREPOSITION | DETERMINER) & between:
            return Layer(SIGN[judgement.entry.effect], sentence.span(judgement.start, judgement.end))
    return None


def result(sentence: Sentence) -> Layer | None:
    """What is wanted to happen to the mention: "wants the strike ended"."""
    k = sentence.last
    if not _WANT & set(sentence.forms(sentence.first - 6, sentence.first)):
        return None
    for found in stance_words_at(sentence, k, {"verb"}):
        if found.entry.effect in SIGN and sentence.form(found.end) != "by":
            return Layer(SIGN[found.entry.effect], sentence.span(k, found.end), act=True)
    return None
