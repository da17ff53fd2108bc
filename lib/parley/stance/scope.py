"""Which stance words govern a mention: read from the mention to the left, outward from clause to clause."""

import re
from itertools import pairwise
from typing import NamedTuple

from parley.sourcing.people import LISTS
from parley.stance.lexicon import (
    ACTS,
    ENDS,
    HARD,
    SIGN,
    SMALL,
    Found,
    Sentence,
    find_stance_words,
    is_proposal,
    names_nobody,
    single,
)
from parley.text.classes import BE, DETERMINER, MODAL, PREPOSITION, THING, TIME, is_adverb, is_auxiliary, is_negation
from parley.text.lists import rows, word_set

_GOVERNORS = word_set("verb noun adjective phrase")
_SKIPPED = TIME | word_set(
    "this last on next earlier to not never no longer going appear appears appeared seem seems seemed least bit"
    " help helps helped himself herself itself themselves"
)
_LIGHT = word_set("has have had having make makes made voiced expressed announced unveiled outlined offered issued")
_NOBODY = word_set("few nobody none neither no nothing one")
_BELIEVES = word_set("believe believes expect expects think thinks trust trusts")
# Prepositions within a noun phrase ("an increase in the wage"); any other begins something new.
_TRANSPARENT = word_set("of for to in on against towards toward")
_MEANS = word_set("say mean means meant prove proves suggest suggests sign signs evidence proof")
_SAID = word_set("said says say told")
_ALSO = word_set("and but or")
_WITHIN = word_set("of in at from on for near with")  # "drivers in the city": within the phrase that names a holder
_QUOTES = '“”"'
_PAST = frozenset(form for row in rows("irregular.csv") for form in row["forms"].split()) - word_set(
    "children crises criteria feet men people women"
)
_DASH = re.compile(r"\s[-–—]{1,2}\s|—|--")


class Layer(NamedTuple):
    """One stance on the way out from a mention.

    * effect: 1 or -1, or 0 where a word says that no side is taken.
    * cue, holder: characters of the deciding words, and of whoever the sentence names as holding the stance.
    * act: it tells what is done, and is a stance only if somebody does or proposes it; weak: it is merely told.
    """

    effect: int
    cue: tuple[int, int]
    holder: tuple[int, int] | None = None
    act: bool = False
    weak: bool = False


class Scope(NamedTuple):
    """The layers, the innermost first, the grammatical kind of the outermost, and the token it begins at."""

    layers: list[Layer]
    kind: str
    edge: int


def governors(sentence: Sentence) -> Scope:
    """Read the stance words to the left that govern the mention.

    Kinds: mention (none governs it), noun, phrase, infinitive, gerund, finite; "no" before the mention;
    neutral, where a word says that no side is taken ("discussed", "if").
    """
    layers: list[Layer] = []
    kind, edge, denied = "mention", sentence.first, None
    for found in reversed(find_stance_words(sentence, 0, sentence.first, _GOVERNORS)):
        if sentence.marked(found.end, edge, HARD):
            break
        effect, cue = found.entry.effect, sentence.span(found.start, found.end)
        if effect == "not":
            doubted = _MEANS | _BELIEVES if sentence.form(found.end - 1) in _NOBODY else _MEANS
            if doubted & set(sentence.forms(found.end, min(found.end + 3, edge))):
                return Scope([Layer(0, cue)], "neutral", found.start)
            if _negates(sentence, found, edge, kind):
                if layers:
                    layers[-1] = layers[-1]._replace(effect=-layers[-1].effect, cue=(cue[0], layers[-1].cue[1]))
                else:
                    denied = cue
                edge = found.start
            elif kind == "finite" and _denies_clause(sentence, found, edge):
                layers[-1] = layers[-1]._replace(effect=-layers[-1].effect)
            continue
        if effect in ("clause", "about", "if"):
            if _leaves_open(sentence, found, edge, bool(layers)):
                return Scope([Layer(0, cue)], "neutral", found.start)
            continue
        if sentence.mark(found.start) == "-" or sentence.form(found.start) == "including":
            continue  # "job-killing": half of an adjective
        if (
            sentence.form(found.end) in ("and", "or")
            or _is_party(sentence, found, edge)
            or not _tied(sentence, found, edge, kind)
        ):
            continue
        if effect == "neutral" and not layers:
            return Scope([Layer(0, cue)], "neutral", found.start)
        if effect not in SIGN:
            if sentence.form(found.start) in _BELIEVES:
                continue  # "nobody expects the mayor to back"
            break
        if kind == "mention" and _describes(sentence, found):
            continue
        if kind == "gerund" and layers and sentence.form(found.start).startswith("join"):
            layers[-1] = layers[-1]._replace(holder=_joined(sentence, found.end, edge - 1))
        layers.append(_layer(sentence, found))
        kind, edge = _kind(sentence, found), found.start
    if denied:
        return Scope([Layer(-1, denied, act=True)], "no", edge)
    return Scope(layers, kind, edge)


def _joined(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Whoever is joined in a stance: "joined the union (HU) in calling for a strike"."""
    first += sentence.form(first) in DETERMINER
    return sentence.span(first, next((k for k in range(first + 1, last) if sentence.marked(k, k, "(,")), last))


def _layer(sentence: Sentence, found: Found) -> Layer:
    """The stance that a governing word expresses, and whose."""
    part, effect = found.entry.part, found.entry.effect
    kind, holder = _kind(sentence, found), None
    if part == "noun":
        holder = _owner(sentence, found)
    elif kind in ("finite", "phrase") and not _is_passive(sentence, found):
        # "voted against": the subject stands before the verb that the preposition follows.
        verb = found.start - (kind == "phrase")
        holder = subject(sentence, verb - (sentence.form(verb) == "out"))  # "came out in favor of"
        if effect in ("make", "do") and sentence.form(_before_group(sentence, verb)) in _ALSO:
            holder = None  # "they met and signed the deal" tells what happened
    # "A plan to …" that is nobody's tells no more than an act does.
    nobodys = part == "noun" and not holder and is_proposal(sentence.form(found.start))
    body = holder and any(entry.effect == "body" for entry in single(sentence.form(holder[1] - 1)))
    weak = effect == "do" and not (body or _intended(sentence, found))
    cue = sentence.span(found.start, found.end)
    return Layer(SIGN[effect], cue, holder and sentence.span(*holder), effect in ACTS or nobodys, weak)


def _negates(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a negation belongs to what begins at token edge."""
    gap = sentence.forms(found.end, edge)
    adjacent = "adjacent" in found.entry.links or (kind == "mention" and sentence.form(found.start) == "no")
    if adjacent or kind == "mention":
        return not gap or not (adjacent or sentence.marked(found.end + 1, edge, ","))
    belongs = (is_auxiliary(word) or is_adverb(word) or word in DETERMINER or word == "to" for word in gap)
    return gap[:1] != ["only"] and all(belongs)


def _denies_clause(sentence: Sentence, found: Found, edge: int) -> bool:
    """Whether a negation further off turns a whole clause: "nobody on the council backs", "not a single member"."""
    near = edge - found.end <= 8 and not sentence.marked(found.end, edge, ",")
    near = near and sentence.form(found.start - 1) not in PREPOSITION
    return near and (sentence.form(found.start) in _NOBODY or found.end - found.start > 1)


def _leaves_open(sentence: Sentence, found: Found, edge: int, governed: bool) -> bool:
    """Whether "if" or "about" leaves open which side is taken; not where it belongs to a stance ("doubts about")."""
    if found.entry.effect == "if":
        return edge - found.end <= 4
    if found.start == 0 and sentence.marked(found.end, edge, ","):
        return False  # "Once she was mayor, she proposed": the clause is over
    word, before = sentence.form(found.start), find_stance_words(sentence, found.start - 3, found.start, _GOVERNORS)
    return not governed and not any(word in one.entry.links for one in before)


def _is_party(sentence: Sentence, found: Found, edge: int) -> bool:
    """Whether "opposition" is who opposes the government: "urged government and opposition to agree to"."""
    if sentence.form(found.start) not in ("opposition", "veto") or found.entry.part != "noun":
        return False
    before = found.start - 1 - (sentence.form(found.start - 1) in DETERMINER)
    asked = any("to" in one.entry.links for one in find_stance_words(sentence, before - 1, before + 1, {"verb"}))
    infinitive = edge < sentence.first and sentence.form(edge - 1) == "to" and not sentence.form(edge).endswith("ing")
    return asked or infinitive or sentence.form(before) in ("and", "or")


def _describes(sentence: Sentence, found: Found) -> bool:
    """Whether a participle only describes the mention ("expanded checks"), and governs nothing."""
    form, before = sentence.form(found.start), sentence.form(found.start - 1)
    determined = before in DETERMINER and (before != "that" or found.entry.effect not in ("for", "against"))
    return (determined and form.endswith(("ed", "ing"))) or (before in PREPOSITION and form.endswith("ed"))


def _tied(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a stance word governs what begins at token edge, by the words between them."""
    gap, links = sentence.forms(found.end, edge), found.entry.links
    commas = [k for k in range(found.end, edge + 1) if "," in sentence.mark(k)]
    if "adjacent" in links:
        return not gap
    if "gerund" in links and kind != "gerund":
        return False
    if _is_passive(sentence, found):
        links = links - {"direct"}
    if len(commas) == 1 and sentence.form(commas[0]) == "and":
        return False
    if any(_DASH.search(sentence.mark(k)) for k in range(found.end, edge + 1)):
        return False
    if kind == "mention":
        return _tied_to_mention(sentence, found, gap, links)
    if kind == "infinitive":
        # "oppose a bill to …": what follows belongs to the noun.
        return not commas and ("to" in links or any(is_proposal(form) for form in gap[:4]))
    clause = bool({"that", "which"} & set(gap))
    if commas or (kind == "finite" and not clause and _before_adverbs(sentence, edge) in ("and", "but")):
        return False
    if "that" in links:
        return True
    if kind == "finite":
        return "direct" in links and clause
    if kind == "gerund":
        while gap and is_adverb(gap[-1]):
            gap.pop()
        # "vetoed a Security Council resolution calling for"
        noun = len(gap) <= 2 or (gap[0] in DETERMINER and len(gap) <= 6 and (PREPOSITION | _ALSO).isdisjoint(gap))
        return not links.isdisjoint(gap[-1:]) or ("direct" in links and noun)
    return not links.isdisjoint(["direct", *gap])


def _tied_to_mention(sentence: Sentence, found: Found, gap: list[str], links: frozenset[str]) -> bool:
    edge = sentence.first
    if "claim" in links and _begins_clause(sentence):
        return False
    # "a bill that would raise": what is proposed; but "a law that raised" is background.
    if "that" not in links and (any(map(is_auxiliary, gap)) or {"that", "which", "who"} & set(gap[:-1])):
        return False
    nearest = max(found.end, edge - 4)  # or behind the last comma: "wants a fund, a pier with lights, a strike"
    nearest = max((k for k in range(found.end, edge) if "," in sentence.mark(k)), default=nearest)
    near = sentence.forms(nearest, edge)
    last = next((form for form in reversed(near) if form in PREPOSITION - _TRANSPARENT), None)
    if last:
        return last in links
    # "calls on both sides to withdraw and for a truce": the preposition says which word governs.
    if any(one == "and" and other in PREPOSITION - links for one, other in pairwise(gap)):
        return False
    return not links.isdisjoint(["direct", *gap])


def _begins_clause(sentence: Sentence) -> bool:
    """Whether the mention is what a clause is about: "suggested a strike was near"."""
    for k in range(sentence.last, sentence.last + 6):
        if sentence.form(k) in ("that", "which", "who") or sentence.marked(k, k, ENDS + _QUOTES):
            break
        if is_auxiliary(sentence.form(k)) and not sentence.capital(k):  # but "in May"
            return True
    return False


def _kind(sentence: Sentence, found: Found) -> str:
    if found.entry.part in ("noun", "phrase"):
        return found.entry.part
    before = _before_adverbs(sentence, found.start)
    if before == "to":
        return "infinitive"
    return "gerund" if sentence.form(found.start).endswith("ing") and not is_auxiliary(before) else "finite"


def _before_adverbs(sentence: Sentence, k: int) -> str:
    """The form of the token before token k, past adverbs and "not"."""
    k -= 1
    while is_adverb(sentence.form(k)) or sentence.form(k) == "not":
        k -= 1
    return sentence.form(k)


def _is_passive(sentence: Sentence, found: Found) -> bool:
    """Whether a verb is in the passive, so that its object stands before it."""
    participle = found.entry.part == "verb" and not sentence.form(found.start).endswith("ing")
    return participle and _before_adverbs(sentence, found.start) in BE


def _intended(sentence: Sentence, found: Found) -> bool:
    """Whether an act is planned, allowed or demanded rather than told."""
    demands = find_stance_words(sentence, 0, found.start, {"verb"})
    before = sentence.forms(found.start - 4, found.start)
    return any("to" in one.entry.links for one in demands) or any(
        form in MODAL or form == "we" or is_negation(form) for form in before
    )


def _can_hold(sentence: Sentence, k: int) -> bool:
    """Whether token k may be the head of a phrase that names a holder."""
    form, bare = sentence.form(k), sentence.form(k - 1) not in DETERMINER - {"that"} and not sentence.possessive(k - 1)
    verb = form in _PAST or any(entry.part == "verb" for entry in single(form))
    if is_proposal(form) or is_adverb(form) or form in PREPOSITION | {"and", "or", "the"}:
        return False
    return (sentence.capital(k) and k > 0) or not (names_nobody(form) or (verb and bare))


def _before_group(sentence: Sentence, k: int) -> int:
    """The token before the verb group that ends at token k."""
    k -= 1
    while is_auxiliary(form := sentence.form(k)) or is_adverb(form) or form in _SKIPPED:
        k -= 1
    return k


def subject(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """The tokens that name who does what the verb at token k says, if that can be somebody."""
    k = _before_group(sentence, k)
    if ")" in sentence.mark(k + 1):  # "Lund (53) supported"
        k = next((n for n in range(k, 0, -1) if "(" in sentence.mark(n)), k + 1) - 1
    if sentence.form(k) in _ALSO:
        # "The union cut pay in two ports but opposed": who does the first does the second.
        start = next(
            (n for n in range(k, 0, -1) if sentence.marked(n, n, HARD + _QUOTES) or sentence.form(n) in _SAID), 0
        )
        verb = next((n for n in range(start + 1, k) if _is_finite(sentence, n)), 0)
        k = _before_group(sentence, verb)
    if "," in sentence.mark(k + 1):
        # "Lund, the mayor, supported": the name stands before the apposition.
        k = next((n for n in range(k, 0, -1) if "," in sentence.mark(n)), 1) - 1
    k -= sentence.form(k - 1) == "who" and not _can_hold(sentence, k)
    k -= sentence.form(k) == "who"
    if is_proposal(sentence.form(k)) and sentence.possessive(k - 1):
        return k - 1, k  # "His plan would …": whose plan it is holds what it does.
    return _phrase(sentence, k)


def _is_finite(sentence: Sentence, k: int) -> bool:
    """Whether token k is a verb by its form, an auxiliary or a past, and no participle before a noun."""
    form, before = sentence.form(k), sentence.form(k - 1)
    past = (form.endswith("ed") or form in _PAST) and before not in DETERMINER | PREPOSITION
    return past or is_auxiliary(form)


def _phrase(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """The phrase that ends at token k, from its head on: "members of the union", "women who need help"."""
    form = sentence.form(k)
    if form in THING or (names_nobody(form) and not is_proposal(form) and not sentence.capital(k)):
        return None
    first, head = _name_start(sentence, k), k
    for _ in range(3):
        n = next((n for n in range(first - 1, first - 4, -1) if sentence.form(n) in SMALL - DETERMINER | {"who"}), 0)
        if sentence.form(n) in _WITHIN and sentence.form(n - 2) == "who":
            n -= 2  # "people who live in the city"
        named = sentence.form(n) in _WITHIN | {"who"} and not sentence.marked(n, first, ENDS + _QUOTES)
        if not named or not _can_hold(sentence, n - 1):
            break
        head, first = n - 1, _name_start(sentence, n - 1)
    article = sentence.form(first - 1) in ("the", "a", "an") and not sentence.capital(first)
    return (first - article, k + 1) if _can_hold(sentence, head) else None


def agent(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """The tokens behind "by" that name who does it."""
    k += sentence.form(k) in DETERMINER
    for last in range(k, k + 5):
        small = names_nobody(sentence.form(last)) and not sentence.capital(last)
        if small or sentence.form(last) in PREPOSITION or (last > k and sentence.marked(last, last, ENDS + _QUOTES)):
            break
    return (k, last) if last > k and _can_hold(sentence, last - 1) else None


def _name_start(sentence: Sentence, k: int) -> int:
    while sentence.capital(k) and not sentence.mark(k).strip():
        # Jan van der Wit
        before = next((n for n in range(k - 1, k - 4, -1) if sentence.form(n) not in LISTS["particle"]), k)
        if not sentence.capital(before) or any(sentence.mark(n).strip() for n in range(before + 1, k)):
            break
        k = before
    if sentence.form(k - 1) == "and" and sentence.capital(k) and sentence.capital(k - 2):
        return _name_start(sentence, k - 2)  # "Lund and Berg"
    return k


def _owner(sentence: Sentence, found: Found) -> tuple[int, int] | None:
    """Whose stance a noun is: "the mayor's repeated call", "a call by Lund", "Lund voiced support"."""
    for k in range(found.start - 1, max(found.start - 5, -1), -1):
        if sentence.possessive(k):
            return _name_start(sentence, k), k + 1
        if sentence.form(k) in _LIGHT:
            return subject(sentence, k)
        if sentence.form(k) in PREPOSITION or sentence.marked(k + 1, k + 1, ENDS):
            break
    if sentence.form(found.end) in ("by", "of", "from"):
        first = found.end + 1 + (sentence.form(found.end + 1) in DETERMINER)
        last = first
        while sentence.capital(last):
            last += 1
        if last > first:
            return first, last
    before = found.start - 1
    named = before > 0 and sentence.capital(before) and _can_hold(sentence, before)
    return (before, before + 1) if named else None  # "Republican support"
