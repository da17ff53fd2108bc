"""Which stance words govern a mention: read from the mention to the left, outward from clause to clause."""

import re
from itertools import pairwise
from typing import NamedTuple

from parley.stance.lexicon import (
    ACTS,
    BE,
    DETERMINER,
    ENDS,
    FEW,
    HARD,
    MODAL,
    PERSON,
    PREPOSITION,
    SIGN,
    THING,
    Found,
    Sentence,
    adverb,
    auxiliary,
    negation,
    proposed_thing,
    single,
    spot,
)
from parley.text.lists import listed

GOVERNORS = frozenset({"verb", "noun", "adjective", "phrase"})
PROPOSED = listed("proposed planned promised suggested pledged threatened")
TIMES = listed(
    "today yesterday day morning afternoon evening night hour week month year monday tuesday wednesday thursday friday saturday sunday"
)
_BEFORE_TIMES = listed("this last on next earlier")
_SKIPPED = TIMES | listed("to not never no longer going appear appears appeared seem seems seemed least bit")
_LIGHT = listed("has have had make makes made voiced expressed announced unveiled outlined offered issued reiterated")
_INTRODUCING = listed("after before as when while since although though during despite under")
SAYING = listed(
    "said says say added argued argues argue wrote noted insisted told believes believe thinks think claimed claims"
    " predicted warned warns"
)
_AIMS = listed("demand demands condition conditions goal goals aim aims priority priorities request requests")
_NOBODY = FEW | {"nothing"}
# Prepositions within a noun phrase ("an increase in the wage"); any other begins something new.
_TRANSPARENT = listed("of for to in on against towards toward")
_FARTHEST = 40  # words between what governs and what is governed
_DASH = re.compile(r"\s[-–—]{1,2}\s|—|--")
_BEHIND_DASH = listed("not including and or rather instead")


class Layer(NamedTuple):
    """One stance on the way out from a mention.

    * effect: 1 or -1, or 0 where a word says that no side is taken.
    * cue, holder: characters of the deciding words and of the name of whoever holds the stance, if the
      sentence has it.
    * act: it tells what is done, and is a stance only if somebody does or proposes it.
    * weak: an act that is merely told.
    * verdict: it is said of the mention that it is good or bad.
    """

    effect: int
    cue: tuple[int, int]
    holder: tuple[int, int] | None = None
    act: bool = False
    weak: bool = False
    verdict: bool = False


class Scope(NamedTuple):
    """The layers, the innermost first, the grammatical kind of the outermost, and the token it begins at."""

    layers: list[Layer]
    kind: str
    edge: int


def governors(sentence: Sentence) -> Scope:
    """Read the stance words to the left that govern the mention.

    Kinds: mention (none governs it), noun, phrase, infinitive, gerund, finite; "no" before the mention;
    neutral, where a word says that no side is taken ("discussed", "if").

    Examples
    --------
    >>> from parley.stance.lexicon import read_sentence
    >>> text = "She rejected calls for a strike."
    >>> layers, kind, _ = governors(read_sentence(text, 25, 31, (0, 32)))
    >>> [(layer.effect, text[slice(*layer.cue)]) for layer in layers], kind
    ([(1, 'calls'), (-1, 'rejected')], 'finite')
    """
    layers: list[Layer] = []
    kind, edge, turned = "mention", sentence.first, None
    for found in reversed(spot(sentence, 0, sentence.first, GOVERNORS)):
        if found.end > edge:
            continue
        if edge - found.end > _FARTHEST or sentence.marked(found.end, edge, HARD):
            break
        effect, cue, size = found.entry.effect, sentence.span(found.start, found.end), found.end - found.start
        if effect == "not":
            if _turns(sentence, found, edge, kind):
                if layers:
                    layers[-1] = layers[-1]._replace(effect=-layers[-1].effect, cue=(cue[0], layers[-1].cue[1]))
                else:
                    turned = None if turned else cue
                edge = found.start
            elif (
                layers
                and kind == "finite"
                and (
                    sentence.form(found.start) in _NOBODY or (size > 1 and sentence.form(found.start) in ("not", "why"))
                )
                and edge - found.end <= 8
                and not sentence.marked(found.end, edge, ",")
            ):
                layers[-1] = layers[-1]._replace(effect=-layers[-1].effect)
            continue
        if effect in ("clause", "about", "if"):
            reach = _reach(sentence, found, edge, bool(layers))
            if reach == "neutral":
                return Scope([Layer(0, cue)], "neutral", found.start)
            if reach == "ends":
                break
            continue
        gap = [sentence.form(k) for k in range(found.end, edge)]
        if sentence.mark(found.start) == "-" or (effect == "part" and sentence.form(found.start) == "including"):
            continue  # "job-killing": half of an adjective
        if (
            found.end == edge
            and kind == "mention"
            and not sentence.title
            and found.start
            and sentence.capital(found.start)
            and sentence.capital(edge)
        ):
            continue  # "the Second Amendment": half of a name
        carrier = kind == "phrase" and not gap and found.entry.part == "verb"  # "campaigned" in "campaigned against"
        if carrier or gap[:1] in (["and"], ["or"]) or not _tied(sentence, found, edge, kind):
            continue
        if effect == "neutral":
            if not layers or (found.entry.part == "noun" and all(layer.act for layer in layers)):
                return Scope([Layer(0, cue)], "neutral", found.start)
            break
        if kind == "mention" and (_modifies(sentence, found, edge) or _adjective(sentence, found, edge)):
            continue
        layer = _layer(sentence, found)
        if layer is None:
            break
        if kind == "gerund" and layers and gap[-1:] == ["in"] and sentence.form(found.start).startswith("join"):
            layers[-1] = layers[-1]._replace(holder=_joined(sentence, found.end, edge - 1))
        layers.append(layer)
        kind, edge = _kind(sentence, found), found.start
    if turned and layers:
        layers[0] = layers[0]._replace(effect=-layers[0].effect)
    elif turned:
        layers, kind = [Layer(-1, turned, act=True)], "no"
    return Scope(layers, kind, edge)


def _joined(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Whoever is joined in a stance: "joined the union (HU) in calling for a strike"."""
    while first < last - 1 and sentence.form(first) in DETERMINER:
        first += 1
    stop = next((k for k in range(first + 1, last) if "(" in sentence.mark(k) or "," in sentence.mark(k)), last)
    return sentence.span(first, stop)


def _layer(sentence: Sentence, found: Found) -> Layer | None:
    """The stance that a governing word expresses, and whose."""
    part, effect = found.entry.part, found.entry.effect
    cue, kind = sentence.span(found.start, found.end), _kind(sentence, found)
    if effect == "part":
        # "His plan includes …": what belongs to a plan is for whoever's plan it is.
        owner = subject(sentence, found.start)
        if not owner or not sentence.possessive(owner[0]):
            return None
        return Layer(1, cue, sentence.span(*owner))
    holder = None
    if part == "noun":
        holder = _owner(sentence, found)
    elif kind in ("finite", "phrase") and not passive(sentence, found):
        # "voted against": the subject stands before the verb that the preposition follows.
        verb = found.start - (kind == "phrase" and not auxiliary(sentence.form(found.start - 1)))
        holder = subject(sentence, verb, strong=effect not in ACTS)
    # "A plan to …" that is nobody's tells no more than an act does.
    nobodys = part == "noun" and not holder and proposed_thing(sentence.form(found.start))
    body = holder and any(entry.effect == "body" for entry in single(sentence.form(holder[1] - 1)))
    weak = effect == "do" and not (body or _intended(sentence, found))
    return Layer(SIGN[effect], cue, holder and sentence.span(*holder), effect in ACTS or nobodys, weak)


def _turns(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a negation belongs to what begins at token edge."""
    form, before = sentence.form(found.start), sentence.form(found.start - 1)
    if kind == "mention" and sentence.marked(found.end + 1, edge, ","):
        return False
    gap = [sentence.form(k) for k in range(found.end, edge)]
    if gap[:1] == ["to"] and len(gap) < 5:
        return True
    if len(gap) > 3 or sentence.form(found.end) in ("only", "just") or (form in ("few", "little") and before == "a"):
        return False
    if "adjacent" in found.entry.links and gap:
        return False
    if kind == "mention" and (PREPOSITION & set(gap[:-1]) or any(auxiliary(word) for word in gap)):
        return False
    if kind == "noun" and form == "no" and len(gap) == 1:
        return True
    if kind != "mention":
        # "could not, in good conscience, support"
        aside = len(gap) > 2 and gap[0] in PREPOSITION and kind == "finite" and "but" not in gap
        return aside or all(auxiliary(word) or adverb(word) or word in DETERMINER for word in gap)
    if form == "no":
        return not gap or gap[0] in ("new", "more", "such")
    # It denies a verb in between ("could not make deals"), or only describes ("not a big wall").
    verb = form.endswith("n't") or (form in ("not", "never") and auxiliary(before) and before not in BE)
    return not (gap and (verb or gap[0] in ("a", "an")))


def _reach(sentence: Sentence, found: Found, edge: int, governed: bool) -> str:
    """What a word that begins a clause or topic does: the reading "ends", is "neutral", or goes "on"."""
    effect, size = found.entry.effect, edge - found.end
    if effect == "clause":
        # "dismissed the plan as a strike" is no clause.
        labelled = spot(sentence, max(0, found.start - 6), found.start, {"verb"})
        named = sentence.form(found.start) == "as" and any(one.entry.effect == "against" for one in labelled)
        return "on" if named else "ends"
    if effect == "if":
        closed = sentence.marked(found.end, edge, ",") or (governed and size > 4)
        return "ends" if closed else "neutral"
    before = spot(sentence, max(0, found.start - 3), found.start, GOVERNORS)
    word = sentence.form(found.start)
    if any(word in one.entry.links or ("about" in one.entry.links and one.end == found.start) for one in before):
        return "on"
    return "neutral" if not governed and size <= 8 else "ends"


def _modifies(sentence: Sentence, found: Found, edge: int) -> bool:
    """Whether a participle only describes the mention ("expanded checks"), and governs nothing."""
    form, before = sentence.form(found.start), found.start - 1
    if form in PROPOSED and sentence.possessive(before):
        return True
    verb = any(entry.part == "verb" and "direct" in entry.links for entry in single(sentence.form(before)))
    if form.endswith("ing") and sentence.form(before) in DETERMINER and edge == found.end:
        return True  # "the continuing strike"
    participle = found.entry.part == "verb" and form.endswith("ed") and edge - found.end < 2
    return participle and (verb or sentence.form(before) in DETERMINER | PREPOSITION)


def _adjective(sentence: Sentence, found: Found, edge: int) -> bool:
    """Whether what may be a verb is the second of two adjectives: "a total and complete ban"."""
    k = found.start
    joined = sentence.form(k - 1) in ("and", ",") or "," in sentence.mark(k)
    described = sentence.form(k - 3) in DETERMINER and sentence.form(k - 2) not in PERSON
    return found.end == edge and joined and described and not sentence.form(k).endswith(("ed", "ing", "s"))


def _tied(sentence: Sentence, found: Found, edge: int, kind: str) -> bool:
    """Whether a stance word governs what begins at token edge, by the words between them."""
    places = _without_asides(sentence, found.end, edge)
    gap = [sentence.form(k) for k in places]
    links = found.entry.links
    if "gerund" in links and kind != "gerund":
        return False
    if "adjacent" in links:
        return not gap
    if found.entry.part == "adjective" and gap and next((form for form in gap if not adverb(form)), "") not in links:
        return False  # "the angry crowd at the wall"
    if passive(sentence, found) and found.end - found.start == 1:
        links = links - {"direct"}
    kept = {found.end - 1, *places}  # the comma that closes an aside goes with it
    commas = [k for k in [*places, edge] if "," in sentence.mark(k) and k - 1 in kept]
    if len(commas) == 1 and sentence.form(commas[0]) in ("and", "but") and commas[0] < edge:
        return False
    if any(_DASH.search(sentence.mark(k)) and sentence.form(k) not in _BEHIND_DASH for k in range(found.end, edge + 1)):
        return False
    clause = any(auxiliary(form) or form in PERSON for form in gap)
    if kind == "mention":
        return _tied_to_mention(sentence, found, gap, links, clause)
    if kind == "infinitive":
        # "oppose a bill to …": what follows belongs to the noun.
        noun = "direct" in links and any(proposed_thing(form) for form in gap[:4])
        return not commas and (noun or "to" in links) and len(gap) <= 14 and not {"that", "who"} & set(gap)
    if "that" in links and (clause or kind == "finite"):
        return not commas and len(gap) <= 12 and not ("that" in gap and "and" in gap[: gap.index("that")])
    is_to = found.entry.part == "noun" and gap[-1:] == ["to"] and gap[-2:-1] and gap[-2] in BE and "to" in links
    if is_to and kind == "infinitive" and len(gap) <= 8:
        return True  # "the goal, he said, is to forge"
    if commas or {"and", "but"} & set(gap) or len(gap) > 12:
        return False
    if kind == "finite":
        blamed = {"who"} if "for" in links and found.entry.effect in ("for", "against") else set()
        return bool((blamed | {"that", "which"}) & set(gap[:8])) and "direct" in links
    if kind == "gerund":
        while gap and adverb(gap[-1]):
            gap.pop()
        return not clause and (bool(gap and gap[-1] in links) or ("direct" in links and len(gap) <= 2))
    return not clause and bool("direct" in links or links & set(gap))


def _without_asides(sentence: Sentence, first: int, last: int) -> list[int]:
    """The tokens ``[first, last)`` without those that only say who speaks: "the goal, he said, is"."""
    places = list(range(first, last))
    commas = [k for k in range(first, last + 1) if "," in sentence.mark(k)]
    for one, other in pairwise(commas):
        if other - one <= 5 and any(sentence.form(k) in SAYING for k in range(one, other)):
            places = [k for k in places if not one <= k < other]
    return places


def _tied_to_mention(sentence: Sentence, found: Found, gap: list[str], links: frozenset[str], clause: bool) -> bool:
    part, edge = found.entry.part, sentence.first
    named = "including" in gap
    if "," in sentence.mark(found.end) and gap[:1] != ["including"]:
        # "embraced, to the surprise of all, the plan"
        last = max(k for k in range(found.end, edge + 1) if "," in sentence.mark(k))
        stance = part == "verb" and found.entry.effect in ("for", "against") and "direct" in links
        return stance and last > found.end and sentence.form(last) in DETERMINER and edge - last <= 3
    if part == "verb" and "that" not in links and gap[:1] == ["that"] and len(gap) > 1:
        return False
    aim = sentence.form(found.start) in _AIMS and not sentence.marked(found.end, edge, ",")
    if aim and gap[:1] and gap[0] in BE and (len(gap) == 1 or (gap[1] in DETERMINER and len(gap) <= 5)):
        return True  # "Their demands are a truce and …"
    if "to" in links and "to" in gap and ("direct" not in links or gap[0] == "to"):
        behind = set(gap[len(gap) - gap[::-1].index("to") :])
        if behind & (PREPOSITION - {"of", "for"}) and not behind & links:
            return False
    # "a bill that would raise": what is proposed; but "a law that raised" is background.
    relatives = [(one, other) for one, other in pairwise(gap) if one in ("that", "which", "who")]
    planned = bool(relatives) and all(one != "who" and other in MODAL for one, other in relatives)
    if "that" not in links and ((clause and not planned) or (relatives and not planned)):
        return False
    described = (  # "a deep, lasting truce"
        len(gap) <= 4 and gap[:1] and gap[0] in DETERMINER and not (PREPOSITION | {"and", "or", "but"}) & set(gap)
    )
    if not described and any("," in sentence.mark(k) and _begins_clause(sentence, k) for k in range(found.end, edge)):
        return False
    behind_comma = [k for k in range(found.end, edge) if "," in sentence.mark(k)]
    if behind_comma and not named and not described:
        # Behind a comma: the last thing of a list, or the same thing again ("the pact, a deal with …").
        stance = part != "noun" and found.entry.effect not in ACTS
        again = stance and sentence.form(behind_comma[-1]) in DETERMINER
        item = edge - behind_comma[-1] <= 3 and _goes_on(sentence)
        if not again and not item and not {"and", "or"} & {sentence.form(k) for k in range(behind_comma[-1], edge)}:
            return False
    joined = any(one == "and" and other in DETERMINER for one, other in pairwise(gap))
    if part == "noun" and joined and SIGN.get(found.entry.effect, 0) < 0:
        return False  # "a ban on cars and a tax on fuel": a tax, not a ban on it
    if part == "noun" and not named and not links & set(gap[:7]):
        return False
    near = gap if found.entry.effect in ACTS else gap[-4:]
    if behind_comma and not named:
        near = gap[behind_comma[-1] - edge :]
    last = next((form for form in reversed(near) if form in PREPOSITION - _TRANSPARENT), None)
    if last:
        return last in links and len(gap) <= 30
    # "calls on both sides to withdraw and for a truce": the preposition says which word governs.
    resumed = [other for one, other in pairwise(gap) if one == "and" and other in PREPOSITION]
    if any(form not in links for form in resumed):
        return False
    if len(gap) > 16:
        return bool(resumed) or bool(links & set(gap[-2:]))
    return "direct" in links or named or bool(links & set(gap))


def _goes_on(sentence: Sentence) -> bool:
    """Whether the mention is followed by the next thing of a list: "steel quotas, higher tariffs and"."""
    for k in range(sentence.last, sentence.last + 7):
        if "," in sentence.mark(k) or sentence.form(k) in ("and", "or"):
            return True
        if auxiliary(sentence.form(k)) or sentence.marked(k, k, HARD):
            return False
    return False


def _begins_clause(sentence: Sentence, k: int) -> bool:
    """Whether token k, behind a comma, starts something new rather than the next thing of a list."""
    form = sentence.form(k)
    if form == "including":
        return False
    name = sentence.capital(k) and not sentence.title
    return name or form.endswith(("ing", "ly")) or form in PERSON | THING | {"but", "with", "so", "yet", "just", "only"}


def _kind(sentence: Sentence, found: Found) -> str:
    if found.entry.part in ("noun", "phrase"):
        return found.entry.part
    k = found.start - 1
    while k >= 0 and (adverb(sentence.form(k)) or (sentence.form(k) == "not" and auxiliary(sentence.form(k - 1)))):
        k -= 1
    if found.entry.part == "verb" and sentence.form(k) == "to":
        return "infinitive"
    gerund = found.entry.part == "verb" and sentence.form(found.start).endswith("ing")
    return "gerund" if gerund and not auxiliary(sentence.form(k)) else "finite"


def passive(sentence: Sentence, found: Found) -> bool:
    """Whether a verb is in the passive, so that its object stands before it."""
    k = found.start - 1
    while k >= 0 and (adverb(sentence.form(k)) or sentence.form(k) == "not"):
        k -= 1
    participle = found.entry.part == "verb" and not sentence.form(found.start).endswith("ing")
    return participle and sentence.form(k) in BE


def _intended(sentence: Sentence, found: Found) -> bool:
    """Whether an act is planned, allowed or demanded rather than told."""
    before = [sentence.form(k) for k in range(max(0, found.start - 4), found.start)]
    if any(
        form in MODAL or form in ("i", "we") or negation(form) or form.endswith(("'ll", "'d", "'ve")) for form in before
    ):
        return True
    for one in spot(sentence, 0, found.start, {"verb"}):
        behind = [sentence.form(k) for k in range(one.end, found.start)]
        if one.entry.effect == "for" and "to" in one.entry.links and "to" in behind:
            return True
    return False


def subject(sentence: Sentence, k: int, *, strong: bool = False) -> tuple[int, int] | None:
    """The tokens that name who does what the verb before token k's place says, if that can be somebody.

    A stance (`strong`) may also be a document's ("the deal calls on"), an act may not ("the deal would
    raise").
    """
    k -= 1
    while k >= 0 and (auxiliary(sentence.form(k)) or adverb(sentence.form(k)) or sentence.form(k) in _SKIPPED):
        k -= 1 + (sentence.form(k) in TIMES and sentence.form(k - 1) in _BEFORE_TIMES)
    if k < 0 or sentence.marked(k + 1, k + 1, HARD):
        return None
    if "," in sentence.mark(k + 1):
        # "Lund, the mayor, supported": the name stands before the apposition.
        while k > 0 and "," not in sentence.mark(k):
            k -= 1
        k = max(k - 1, 0)
    form = sentence.form(k)
    if form in PERSON:
        return k, k + 1
    if proposed_thing(form) and sentence.possessive(k - 1):
        # "His plan would …": whose plan it is holds what it does.
        return k - 1, k
    if not strong and (proposed_thing(form) or form in THING):
        return None
    if form in ("and", "or", "but"):
        # "would repeal the law and impose a ban": the subject stands before the first verb.
        first = next((n for n in range(k - 1, max(k - 10, 0), -1) if sentence.form(n) in MODAL | {"to"}), None)
        return subject(sentence, first, strong=strong) if first else main_subject(sentence)
    if form in DETERMINER | PREPOSITION:
        return None
    return _name_start(sentence, k), k + 1


def main_subject(sentence: Sentence) -> tuple[int, int] | None:
    """The tokens that name the first noun behind an introduction ("In May, the mayor …")."""
    k = 0
    if sentence.form(0) in PREPOSITION | _INTRODUCING:
        k = next((n for n in range(1, min(20, sentence.first)) if "," in sentence.mark(n)), sentence.first)
    while sentence.form(k) in DETERMINER:
        k += 1
    stop = k + 1
    while sentence.capital(k) and sentence.capital(stop) and not sentence.mark(stop).strip():
        stop += 1
    if stop > sentence.first or proposed_thing(sentence.form(stop - 1)) or sentence.form(k) in THING:
        return None
    return k, stop


def _name_start(sentence: Sentence, k: int) -> int:
    while k > 0 and sentence.capital(k) and sentence.capital(k - 1) and not sentence.mark(k).strip():
        k -= 1
    return k


def _owner(sentence: Sentence, found: Found) -> tuple[int, int] | None:
    """Whose stance a noun is: "the mayor's repeated call", "a call by Lund", "Lund voiced support"."""
    before = range(found.start - 1, max(found.start - 5, -1), -1)
    for k in before:
        if sentence.marked(k + 1, k + 1, ENDS):
            break
        if sentence.possessive(k):
            return _name_start(sentence, k), k + 1
        if sentence.form(k) in DETERMINER | PREPOSITION:
            break
    if sentence.form(found.end) in ("by", "of", "from"):
        k = found.end + 1
        while sentence.form(k) in DETERMINER:
            k += 1
        stop = k
        while sentence.capital(stop) or (
            stop > k and sentence.form(stop) in ("of", "the") and sentence.capital(stop + 1)
        ):
            stop += 1
        if stop > k:
            return k, stop
    light = next((k for k in before if sentence.form(k) in _LIGHT), None)
    if light is not None:
        return subject(sentence, light, strong=True)
    k = found.start - 1
    adjective = k > 0 and sentence.capital(k) and not sentence.mark(found.start).strip()  # "Republican support"
    return (k, k + 1) if adjective else None
