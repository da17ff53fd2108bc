"""Words right beside a mention that say whose it is: "his proposed ban", "a truce backed by the mayor", "no peace without a truce"."""

from parley.stance.lexicon import (
    BE,
    ENDS,
    FEW,
    PERSON,
    PREPOSITION,
    SIGN,
    Sentence,
    adverb,
    auxiliary,
    forms_of,
    loose,
    negation,
    proposed_thing,
    spot,
)
from parley.stance.scope import PROPOSED, TIMES, Layer
from parley.text.lists import listed

_FAIL = listed(
    "starve collapse die fail close shut suffer perish fall crumble lose sink drown bleed shrink vanish burn"
)
_LASTS = listed("survive exist win succeed function last work end prosper compete recover govern")
_WANT = listed("want wants wanted wanting need needs needed like see get")
_DECLARED = forms_of("declare pronounce proclaim")
_OF_SOMETHING = listed("to on of")  # the links of nouns for persons: critic, advocate


def described(sentence: Sentence) -> Layer | None:
    """A word before the mention that says it is somebody's proposal: "his proposed ban"."""
    for k in range(sentence.first - 1, max(sentence.first - 4, 0), -1):
        if loose(sentence, k + 1) or sentence.form(k) in PREPOSITION or auxiliary(sentence.form(k)):
            return None
        if sentence.form(k) in PROPOSED and sentence.possessive(k - 1):
            return Layer(1, sentence.span(k, k + 1), sentence.span(k - 1, k))
    return None


def backed_by(sentence: Sentence) -> Layer | None:
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


def compound(sentence: Sentence, governed: bool) -> Layer | None:
    """A noun right behind the mention that makes it somebody's stance: "truce call", "Republican repeal efforts".

    Where somebody else's stance governs it, a bare name before the mention may be what it is about: "backs Syria
    truce call".
    """
    k = sentence.last
    if sentence.marked(k, k, ENDS):
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
            whose = owner if not governed or (owner and sentence.possessive(n)) else None
            return Layer(SIGN[found.entry.effect], sentence.span(k, found.end), whose, act=owner is None)
    if sentence.possessive(k - 1):  # "the truce's most tireless advocate"
        for found in spot(sentence, k, min(k + 4, len(sentence.tokens)), {"noun"}):
            if found.entry.effect in ("for", "against") and found.entry.links == _OF_SOMETHING:
                return Layer(SIGN[found.entry.effect], sentence.span(found.start, found.end))
    # "Her strike plan": for whoever's plan it is.
    own = owner and sentence.possessive(n) and proposed_thing(sentence.form(k))
    return Layer(1, sentence.span(k, k + 1), owner) if own else None


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


def needed(sentence: Sentence) -> Layer | None:
    """Something said to be needed: "Without a truce the city would starve", "Only a truce can spare it"."""
    for k in range(sentence.first - 1, max(sentence.first - 7, -1), -1):
        form, begins = sentence.form(k), k == 0 or sentence.marked(k, k, ENDS)
        if form == "without" and (_starves(sentence) if begins else _cannot_be(sentence, k)):
            return Layer(1, sentence.span(k, k + 1))
        if form == "only" and begins:
            can = any(sentence.form(n) in ("can", "could") for n in range(sentence.last, sentence.last + 3))
            return Layer(1, sentence.span(k, k + 1)) if can else None
        if sentence.marked(k, k, ENDS) or auxiliary(form) or form in FEW or form.isdigit() or form in ("one", "two"):
            return None
    return None


def _starves(sentence: Sentence) -> bool:
    """Whether what follows an opening "without" would be bad: "Without a truce the city would starve"."""
    would = next(
        (k for k in range(sentence.last, sentence.last + 12) if sentence.form(k) in ("would", "could", "will")), None
    )
    if would is None or sentence.form(would + 1) == "have":
        return False
    after = range(would, min(would + 5, len(sentence.tokens)))
    bad = spot(sentence, after.start, after.stop, {"predicate", "judgement"})
    return any(sentence.form(k) in _FAIL for k in after) or any(SIGN.get(one.entry.effect) == -1 for one in bad)


def _cannot_be(sentence: Sentence, k: int) -> bool:
    """Whether something could not be without the mention: "there can be no peace without", "could not survive without"."""
    before = [sentence.form(n) for n in range(max(0, k - 8), k)]
    if "there" in before and FEW & set(before):
        return True
    denied = any(negation(form) or form in FEW for form in before)
    return denied and any(form in _LASTS for form in before)


def sided(sentence: Sentence) -> Layer | None:
    """Somebody who "is for" the mention; what "is for" something may be money."""
    for k in range(sentence.first - 1, max(sentence.first - 4, 0), -1):
        if sentence.form(k) == "for":
            be = k - 1
            while be > 0 and (adverb(sentence.form(be)) or sentence.form(be) == "not"):
                be -= 1
            if be < 1 or sentence.form(be) not in BE or not _somebody(sentence, be - 1):
                return None
            denied = "not" in (sentence.form(be + 1), sentence.form(k - 1)) or negation(sentence.form(be))
            return Layer(-1 if denied else 1, sentence.span(be, k + 1), sentence.span(be - 1, be))
        if sentence.form(k) in PREPOSITION or auxiliary(sentence.form(k)):
            return None
    return None


def _somebody(sentence: Sentence, k: int) -> bool:
    """Whether token k is a person: a pronoun, or a name that is the subject."""
    if sentence.form(k) in PERSON:
        return sentence.form(k) != "who"
    name = k
    while name > 0 and sentence.capital(name - 1):
        name -= 1
    return (
        sentence.capital(k) and k > 0 and sentence.form(k) not in TIMES and sentence.form(name - 1) not in PREPOSITION
    )
