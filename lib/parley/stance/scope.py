"""Which stance words govern a mention: read from the mention to the left, outward from clause to clause."""

import re
from itertools import pairwise
from typing import NamedTuple

from parley.stance.lexicon import ACTS, ENDS, HARD, SIGN, Found, Sentence, find_stance_words, is_proposal, single
from parley.text.classes import (
    BE,
    DETERMINER,
    MODAL,
    PERSON,
    PREPOSITION,
    THING,
    TIME,
    is_adverb,
    is_auxiliary,
    is_negation,
)
from parley.text.lists import word_set

_GOVERNORS = word_set("verb noun adjective phrase")
_SKIPPED = TIME | word_set("to not never no longer going appear appears appeared seem seems seemed least bit")
_LIGHT = word_set("has have had having make makes made voiced expressed announced unveiled outlined offered issued")
_NOBODY = word_set("few nobody none neither no nothing")
# Prepositions within a noun phrase ("an increase in the wage"); any other begins something new.
_TRANSPARENT = word_set("of for to in on against towards toward")
_DASH = re.compile(r"\s[-–—]{1,2}\s|—|--")


class Layer(NamedTuple):
    """One stance on the way out from a mention.

    * effect: 1 or -1, or 0 where a word says that no side is taken.
    * cue, holder: characters of the deciding words and of the name of whoever holds the stance, if the
      sentence has it.
    * act: it tells what is done, and is a stance only if somebody does or proposes it.
    * weak: an act that is merely told.
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
            reach = _reach(sentence, found, edge, bool(layers))
            if reach == "neutral":
                return Scope([Layer(0, cue)], "neutral", found.start)
            if reach == "ends":
                break
            continue
        if sentence.mark(found.start) == "-" or sentence.form(found.start) == "including":
            continue  # "job-killing": half of an adjective
        if found.start and sentence.capital(found.start) and sentence.capital(edge) and not sentence.title:
            continue  # "the Second Amendment": half of a name
        if sentence.form(found.end) in ("and", "or") or not _tied(sentence, found, edge, kind):
            continue
        if effect == "neutral" and not layers:
            return Scope([Layer(0, cue)], "neutral", found.start)
        if effect not in SIGN:
            break
        if kind == "mention" and _describes(sentence, found):
            continue
        layers.append(_layer(sentence, found))
        kind, edge = _kind(sentence, found), found.start
    if denied:
        return Scope([Layer(-1, denied, act=True)], "no", edge)
    return Scope(layers, kind, edge)


def _layer(sentence: Sentence, found: Found) -> Layer:
    """The stance that a governing word expresses, and whose."""
    part, effect = found.entry.part, found.entry.effect
    kind, holder = _kind(sentence, found), None
    if part == "noun":
        holder = _owner(sentence, found)
    elif kind in ("finite", "phrase") and not is_passive(sentence, found):
        # "voted against": the subject stands before the verb that the preposition follows.
        holder = subject(sentence, found.start - (kind == "phrase"), strong=effect not in ACTS)
    # "A plan to …" that is nobody's tells no more than an act does.
    nobodys = part == "noun" and not holder and is_proposal(sentence.form(found.start))
    body = holder and any(entry.effect == "body" for entry in single(sentence.form(holder[1] - 1)))
    weak = effect == "do" and not (body or _intended(sentence, found))
    cue = sentence.span(found.start, found.end)
    return Layer(SIGN[effect], cue, holder and sentence.span(*holder), effect in ACTS or nobodys, weak)


def _negates(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a negation belongs to what begins at token edge."""
    gap = sentence.forms(found.end, edge)
    if gap[:1] == ["to"] and len(gap) < 5:
        return True
    if len(gap) > 3 or gap[:1] in (["only"], ["just"]) or (gap and "adjacent" in found.entry.links):
        return False
    if kind == "mention":
        return not gap or (sentence.form(found.start) != "no" and not sentence.marked(found.end + 1, edge, ","))
    return all(is_auxiliary(word) or is_adverb(word) or word in DETERMINER for word in gap)


def _denies_clause(sentence: Sentence, found: Found, edge: int) -> bool:
    """Whether a negation further off turns a whole clause: "nobody on the council backs", "not a single member"."""
    near = edge - found.end <= 8 and not sentence.marked(found.end, edge, ",")
    return near and (sentence.form(found.start) in _NOBODY or found.end - found.start > 1)


def _reach(sentence: Sentence, found: Found, edge: int, governed: bool) -> str:
    """What a word that begins a clause or topic does: the reading "ends", is "neutral", or goes "on"."""
    effect, before = found.entry.effect, found.start - 1
    if effect == "clause":
        # "dismissed the plan as a strike" is no clause.
        verbs = find_stance_words(sentence, found.start - 6, found.start, {"verb"})
        return "on" if any(one.entry.effect == "against" for one in verbs) else "ends"
    if effect == "if":
        return "ends" if edge - found.end > 4 or sentence.marked(found.end, edge, ",") else "neutral"
    word, before = sentence.form(found.start), find_stance_words(sentence, found.start - 3, found.start, _GOVERNORS)
    if any(word in one.entry.links for one in before):
        return "on"
    return "ends" if governed else "neutral"


def _describes(sentence: Sentence, found: Found) -> bool:
    """Whether a participle only describes the mention ("expanded checks"), and governs nothing."""
    form, before = sentence.form(found.start), sentence.form(found.start - 1)
    return (before in DETERMINER and form.endswith(("ed", "ing"))) or (before in PREPOSITION and form.endswith("ed"))


def _tied(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a stance word governs what begins at token edge, by the words between them."""
    gap, links = sentence.forms(found.end, edge), found.entry.links
    commas = [k for k in range(found.end, edge + 1) if "," in sentence.mark(k)]
    clause = any(is_auxiliary(form) or form in PERSON for form in gap)
    if "gerund" in links and kind != "gerund":
        return False
    if is_passive(sentence, found):
        links = links - {"direct"}
    if len(commas) == 1 and sentence.form(commas[0]) == "and":
        return False
    if any(_DASH.search(sentence.mark(k)) for k in range(found.end, edge + 1)):
        return False
    if kind == "mention":
        return _tied_to_mention(sentence, found, gap, links, clause)
    if kind == "infinitive":
        # "oppose a bill to …": what follows belongs to the noun.
        return not commas and ("to" in links or any(is_proposal(form) for form in gap[:4]))
    if "that" in links and (clause or kind == "finite"):
        return not commas and len(gap) <= 12
    if commas or {"and", "but"} & set(gap):
        return False
    if kind == "finite":
        return "direct" in links and bool({"that", "which"} & set(gap))
    if kind == "gerund":
        while gap and is_adverb(gap[-1]):
            gap.pop()
        return not clause and (bool(gap and gap[-1] in links) or ("direct" in links and len(gap) <= 2))
    return not clause and bool("direct" in links or links & set(gap))


def _tied_to_mention(sentence: Sentence, found: Found, gap: list[str], links: frozenset[str], clause: bool) -> bool:
    edge = sentence.first
    if "to" in gap and ("direct" not in links or gap[0] == "to"):
        behind = set(gap[len(gap) - gap[::-1].index("to") :])
        if behind & (PREPOSITION - {"of", "for"}) and not behind & links:
            return False
    # "a bill that would raise": what is proposed; but "a law that raised" is background.
    if "that" not in links and (clause or {"that", "which", "who"} & set(gap[:-1])):
        return False
    described = len(gap) <= 4 and not (PREPOSITION | {"and", "or", "but"}) & set(gap)  # "a deep, lasting truce"
    behind_comma = [k for k in range(found.end, edge) if "," in sentence.mark(k)]
    near = gap[-4:]
    if behind_comma and not described:
        near = gap[behind_comma[-1] - edge :]
        if len(near) > 3 and not {"and", "or"} & set(near):
            return False
    last = next((form for form in reversed(near) if form in PREPOSITION - _TRANSPARENT), None)
    if last:
        return last in links
    # "calls on both sides to withdraw and for a truce": the preposition says which word governs.
    if any(one == "and" and other in PREPOSITION - links for one, other in pairwise(gap)):
        return False
    return "direct" in links or bool(links & set(gap))


def _kind(sentence: Sentence, found: Found) -> str:
    if found.entry.part in ("noun", "phrase"):
        return found.entry.part
    before = sentence.form(before_adverbs(sentence, found.start))
    if before == "to":
        return "infinitive"
    return "gerund" if sentence.form(found.start).endswith("ing") and not is_auxiliary(before) else "finite"


def before_adverbs(sentence: Sentence, k: int, *, auxiliaries: bool = False) -> int:
    """The token before token k, past adverbs and "not" (and auxiliaries)."""
    k -= 1
    while is_adverb(form := sentence.form(k)) or form == "not" or (auxiliaries and is_auxiliary(form)):
        k -= 1
    return k


def is_passive(sentence: Sentence, found: Found) -> bool:
    """Whether a verb is in the passive, so that its object stands before it."""
    participle = found.entry.part == "verb" and not sentence.form(found.start).endswith("ing")
    return participle and sentence.form(before_adverbs(sentence, found.start)) in BE


def _intended(sentence: Sentence, found: Found) -> bool:
    """Whether an act is planned, allowed or demanded rather than told."""
    demands = find_stance_words(sentence, 0, found.start, {"verb"})
    return any("to" in one.entry.links for one in demands) or any(
        form in MODAL or form in ("i", "we") or is_negation(form) or form.endswith(("'ll", "'d", "'ve"))
        for form in sentence.forms(found.start - 4, found.start)
    )


def subject(sentence: Sentence, k: int, *, strong: bool = False) -> tuple[int, int] | None:
    """The tokens that name who does what the verb at token k says, if that can be somebody.

    A stance (`strong`) may also be a document's ("the deal calls on"), an act may not ("the deal would raise").
    """
    k -= 1
    while is_auxiliary(form := sentence.form(k)) or is_adverb(form) or form in _SKIPPED:
        k -= 1
    if sentence.marked(k + 1, k + 1, HARD):
        return None
    if "," in sentence.mark(k + 1):
        # "Lund, the mayor, supported": the name stands before the apposition.
        k = next((n for n in range(k, 0, -1) if "," in sentence.mark(n)), 1) - 1
    form = sentence.form(k)
    if is_proposal(form) and sentence.possessive(k - 1):
        return k - 1, k  # "His plan would …": whose plan it is holds what it does.
    if form in DETERMINER | PREPOSITION | {"and", "or", "but", ""} or (
        not strong and (is_proposal(form) or form in THING)
    ):
        return None
    return _name_start(sentence, k), k + 1


def _name_start(sentence: Sentence, k: int) -> int:
    while sentence.capital(k) and sentence.capital(k - 1) and not sentence.mark(k).strip():
        k -= 1
    return k


def _owner(sentence: Sentence, found: Found) -> tuple[int, int] | None:
    """Whose stance a noun is: "the mayor's repeated call", "a call by Lund", "Lund voiced support"."""
    for k in range(found.start - 1, max(found.start - 5, -1), -1):
        if sentence.possessive(k):
            return _name_start(sentence, k), k + 1
        if sentence.form(k) in _LIGHT:
            return subject(sentence, k, strong=True)
        if sentence.form(k) in DETERMINER | PREPOSITION or sentence.marked(k + 1, k + 1, ENDS):
            break
    if sentence.form(found.end) in ("by", "of", "from"):
        first = found.end + 1 + (sentence.form(found.end + 1) in DETERMINER)
        last = first
        while sentence.capital(last):
            last += 1
        if last > first:
            return first, last
    before = found.start - 1
    return (before, before + 1) if before > 0 and sentence.capital(before) else None  # "Republican support"
