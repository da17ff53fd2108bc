"""What a sentence goes on to say of a mention: in a relative clause, or by a pronoun.

"The strike, which the mayor opposed, …"; "asked about the strike, she said she would never support it".
"""

from parley.stance.lexicon import (
    DETERMINER,
    ENDS,
    PERSON,
    PREPOSITION,
    SIGN,
    Found,
    Sentence,
    adverb,
    auxiliary,
    negation,
    single,
    spot,
)
from parley.stance.scope import SAYING, Layer, subject
from parley.text.lists import listed

_RELATIVE = listed("which whom that")
_STANCE = frozenset({"verb", "phrase", "adjective"})
_SIDES = ("for", "against")
_FAR = 10  # words between a relative pronoun and the verb it is the object of
_ON = listed("and as when while after before but because if where until")
_AFTER_OBJECT = listed("and but or as because when if before after until now again too anyway or so") | PREPOSITION


def relative_stance(sentence: Sentence) -> Layer | None:
    """The stance of a relative clause whose object the mention is: "the truce, which he has always opposed".

    Examples
    --------
    >>> from parley.stance.lexicon import read_sentence
    >>> text = "The strike, which the mayor has long opposed, begins today."
    >>> layer = relative_stance(read_sentence(text, 4, 10, (0, len(text))))
    >>> layer.effect, text[slice(*layer.cue)], text[slice(*layer.holder)]
    (-1, 'opposed', 'mayor')
    """
    k = sentence.last
    preposition = sentence.form(k) if sentence.form(k) in ("for", "against", "without") else ""
    k += bool(preposition)
    if sentence.form(k) not in _RELATIVE or (preposition and sentence.form(k) == "that"):
        return None
    if preposition == "without":
        return Layer(1, sentence.span(k - 1, k + 1))
    if not preposition and not _begins_subject(sentence, k + 1):
        return None
    found = _first_verb(sentence, k + 2)
    if found is None:
        return None
    if preposition:
        return Layer(1 if preposition == "for" else -1, sentence.span(k - 1, found.end), _who(sentence, found))
    return _layer(sentence, found, k) if found.entry.effect in _SIDES and _without_object(sentence, found) else None


def resumed_stance(sentence: Sentence) -> Layer | None:
    """The stance of a later clause that has "it" for the mention, where nothing else may be meant.

    Examples
    --------
    >>> from parley.stance.lexicon import read_sentence
    >>> text = "Asked about the strike, she said she would not support it."
    >>> resumed_stance(read_sentence(text, 16, 22, (0, len(text)))).effect
    -1
    """
    for found in spot(sentence, sentence.last, len(sentence.tokens), _STANCE):
        if found.entry.effect not in _SIDES or sentence.form(found.end) != "it":
            continue
        between = [sentence.form(k) for k in range(sentence.last, found.start)]
        others = sum(form in DETERMINER for form in between)
        after = sentence.form(found.end + 1)
        closed = not after or sentence.marked(found.end + 1, found.end + 1, ENDS) or after in _AFTER_OBJECT
        called = any(entry.part == "calling" for entry in single(sentence.form(found.start)))  # "called it a start"
        # Another thing may have come up in between: "they took up a bill and rejected it".
        if closed and not called and others < 2 and not {"a", "an", "who", "what"} & set(between):
            return _layer(sentence, found, sentence.last)
    return None


def _first_verb(sentence: Sentence, first: int) -> Found | None:
    """The verb of a relative clause, past its subject and "he said"; none if it is none that the table has."""
    for k in range(first, min(first + _FAR, len(sentence.tokens))):
        form = sentence.form(k)
        if sentence.marked(k, k, ENDS) or form in _ON:
            return None
        if adverb(form) or auxiliary(form) or form in SAYING:
            continue
        found = [one for one in spot(sentence, k, min(k + 5, len(sentence.tokens)), {"verb"}) if one.start == k]
        if found:
            return found[0]
        if form.endswith("ed"):
            return None  # a verb that says nothing of a stance
    return None


def _layer(sentence: Sentence, found: Found, first: int) -> Layer:
    denied = any(negation(sentence.form(k)) for k in range(max(first, found.start - 4), found.start))
    effect = SIGN[found.entry.effect] * (-1 if denied else 1)
    return Layer(effect, sentence.span(found.start, found.end), _who(sentence, found))


def _who(sentence: Sentence, found: Found) -> tuple[int, int] | None:
    holder = subject(sentence, found.start, strong=True)
    return holder and sentence.span(*holder)


def _begins_subject(sentence: Sentence, k: int) -> bool:
    """Whether a relative clause goes on with a subject of its own, so that its pronoun is an object."""
    form = sentence.form(k)
    named = sentence.capital(k) or sentence.possessive(k) or form in PERSON | DETERMINER
    return bool(form) and not auxiliary(form) and (named or form.endswith("s") or auxiliary(sentence.form(k + 1)))


def _without_object(sentence: Sentence, found: Found) -> bool:
    """Whether nothing follows a verb that would be its object: the object is the relative pronoun."""
    after = sentence.form(found.end)
    closed = not after or bool(sentence.mark(found.end).strip())
    return (
        closed or after in PREPOSITION or after in ("as", "and", "ever", "since") or adverb(after) or auxiliary(after)
    )
