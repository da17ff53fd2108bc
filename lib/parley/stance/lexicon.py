"""The stance words of ``data/stance.csv``, and where a sentence has them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from parley.text.classes import (
    AUXILIARY,
    DETERMINER,
    OWNER,
    PERSON,
    PREPOSITION,
    STOP_WORDS,
    TIME,
    is_adverb,
    is_auxiliary,
)
from parley.text.forms import Word, fold, words
from parley.text.inflections import inflections, plurals
from parley.text.lists import rows, word_set

SIGN = {"for": 1, "make": 1, "do": 1, "good": 1, "against": -1, "undo": -1, "bad": -1}
SMALL = STOP_WORDS - PERSON
_NEVER = word_set("you earlier later recent twice help end")
ACTS = word_set("make do undo")
HARD = ";:?!"
ENDS = "," + HARD
_BLOCK = 500  # characters; mentions in one block of a sentence share its words


class Entry(NamedTuple):
    """A stance word.

    * part (one word may have two): verb, noun, adjective and phrase govern what follows; a judgement ("stupid") and a predicate
      ("backfire") are said of a subject; slur, blame and praise stand before the thing ("reckless"); a calling
      passes a judgement; a subject is a thing that holds no stance, a head what the mention only describes.
    * effect: for and against are stances; make and undo are acts, a stance of whoever does or proposes them; do
      is an act that counts only if it is planned; able ("will not stop"), good, bad are said of something;
      neutral, about, if, clause and not say how far other words reach; part ("includes") ends the reading.
    * links: what ties the word to its object: direct, adjacent, gerund (an -ing form only) or a preposition.
    """

    part: str
    effect: str
    links: frozenset[str]


class Found(NamedTuple):
    """A stance word in a sentence: its tokens ``[start, end)``."""

    start: int
    end: int
    entry: Entry


class Sentence(NamedTuple):
    """A sentence around a mention, its tokens ``[first, last)``; stance words may begin at the tokens `begins`."""

    text: str
    tokens: list[Word]
    first: int
    last: int
    begins: list[int]
    title: bool  # most longer words have a capital, as in a headline

    def form(self, k: int) -> str:
        """The folded form of token k, empty outside the sentence."""
        return self.tokens[k].form if 0 <= k < len(self.tokens) else ""

    def forms(self, first: int, last: int) -> list[str]:
        """The folded forms of the tokens ``[first, last)``, as far as the sentence has them."""
        return [token.form for token in self.tokens[max(first, 0) : max(last, 0)]]

    def printed(self, k: int) -> str:
        """Token k as printed, empty outside the sentence."""
        return self.text[self.tokens[k].start : self.tokens[k].end] if 0 <= k < len(self.tokens) else ""

    def mark(self, k: int) -> str:
        """What stands between token k and the one before it; a semicolon at either end of the sentence."""
        return self.text[self.tokens[k - 1].end : self.tokens[k].start] if 0 < k < len(self.tokens) else ";"

    def marked(self, first: int, last: int, marks: str) -> bool:
        """Whether one of the marks stands before one of the tokens ``[first, last]``."""
        return any(not set(marks).isdisjoint(self.mark(k)) for k in range(first, last + 1))

    def capital(self, k: int) -> bool:
        """Whether token k begins with a capital."""
        return self.printed(k)[:1].isupper()

    def possessive(self, k: int) -> bool:
        """Whether token k is a genitive ("mayor's", "mayors'") or a possessive pronoun."""
        printed = self.printed(k)
        plural = printed.endswith("s") and self.mark(k + 1)[:1] in ("'", "’")
        return self.form(k) in OWNER or printed.endswith(("'s", "’s")) or plural

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the tokens ``[first, last)``."""
        return self.tokens[first].start, self.tokens[last - 1].end


def read_sentence(text: str, start: int, end: int, within: tuple[int, int]) -> Sentence | None:
    """Read a sentence around a mention, 1,000 characters to either side at least; None if no word is in it."""
    block = start - start % _BLOCK
    first, last = max(within[0], block - 2 * _BLOCK), min(within[1], max(end, block + 3 * _BLOCK))
    tokens, begins, title = _read(text, first, last)
    inside = [k for k, token in enumerate(tokens) if token.start < end and start < token.end]
    return Sentence(text, tokens, inside[0], inside[-1] + 1, begins, title) if inside else None


@lru_cache(maxsize=4)
def _read(text: str, start: int, end: int) -> tuple[list[Word], list[int], bool]:
    """The words of a passage, those that may begin a stance word, and whether it is printed like a title."""
    tokens = [Word(form, first + start, last + start) for form, first, last in words(text[start:end])]
    long = [token for token in tokens if token.end - token.start > 3]
    title = sum(text[token.start].isupper() for token in long) > 0.7 * len(long)
    return tokens, [k for k, token in enumerate(tokens) if token.form in lexicon()], title


@lru_cache(maxsize=1)
def lexicon() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """The stance words by the folded form of their first word: the words that follow it, and the entry."""
    found: dict[str, set] = {}
    for row in (line | {"part": part} for line in rows("stance.csv") for part in line["part"].split()):
        first, *rest = (word.form for word in words(row["words"]))
        forms: Iterable[str] = []
        if row["part"] in ("verb", "predicate", "calling"):
            forms = inflections(first)
        elif row["part"] in ("noun", "judgement", "subject"):
            forms = plurals(first)
        elif first == "not":
            forms = (form for form in AUXILIARY if form.endswith("n't"))
        entry = Entry(row["part"], row["effect"], word_set(row["links"]))
        # "throw their weight behind": whoever's
        ends = [tuple(owner if word == "their" else word for word in rest) for owner in sorted(OWNER)]
        for form in {first, *map(fold, forms)}:
            found.setdefault(form, set()).update((end, entry) for end in ends)
    return {form: sorted(found[form], key=lambda one: (*one[1][:2], sorted(one[1].links))) for form in sorted(found)}


def single(form: str) -> list[Entry]:
    """The entries that are this one word."""
    return [entry for rest, entry in lexicon().get(form, ()) if not rest]


def is_proposal(form: str) -> bool:
    """Whether a noun is something that is proposed or decided ("bill"), and so holds no stance itself."""
    return any(entry.effect == "thing" for entry in single(form))


def names_nobody(form: str) -> bool:
    """Whether a small word can't name a holder: an adverb, a verb by its ending, a grammatical word, a proposal."""
    small = form in SMALL | _NEVER or form.removesuffix("s") in TIME or not form[:1].isalpha()
    return small or is_adverb(form) or is_auxiliary(form) or form.endswith(("ing", "ed")) or is_proposal(form)


def find_stance_words(sentence: Sentence, start: int, end: int, parts: set[str] | frozenset[str]) -> list[Found]:
    """Find the stance words of some parts among the tokens ``[start, end)``, the longest at each place, in order.

    Where an entry has one form in several rows of the table, all of them are given.
    """
    found: list[Found] = []
    for k in sentence.begins:
        if not start <= k < end or (found and k < found[-1].end):
            continue
        fitting = [
            Found(k, k + 1 + len(rest), entry)
            for rest, entry in lexicon()[sentence.form(k)]
            if entry.part in parts and k + len(rest) < end and sentence.forms(k + 1, k + 1 + len(rest)) == [*rest]
        ]
        if any(one.entry.part == "verb" for one in fitting):
            # "a cut in", "the call for": a noun, even where the verb has the longer phrase.
            other = "verb" if _is_noun(sentence, k) else "noun"
            fitting = [one for one in fitting if one.entry.part != other]
        longest = max((one.end for one in fitting), default=k)
        found += [one for one in fitting if one.end == longest]
    return found


def stance_words_at(sentence: Sentence, k: int, parts: set[str]) -> list[Found]:
    """The stance words of some parts that begin at token k."""
    return [found for found in find_stance_words(sentence, k, k + 5, parts) if found.start == k]


def _is_noun(sentence: Sentence, k: int) -> bool:
    """Decide whether a word that may be noun or verb ("call", "plans") is a noun, by the words around it."""
    form, before, after = sentence.form(k), sentence.form(k - 1), sentence.form(k + 1)
    if form.endswith(("ed", "ing")):
        return False
    if not any(entry.part == "noun" for _, entry in lexicon()[form]):
        return before in DETERMINER - {"that", "this"} | PREPOSITION - {"to"}
    if sentence.possessive(k - 1):
        return True
    if before in PERSON or before in ("to", "not") or is_auxiliary(before) or is_adverb(before):
        return False
    if after in DETERMINER and before not in DETERMINER | PREPOSITION:
        return False
    # Else by agreement: "critics call", "the critic calls", but "growing calls".
    plural = before.endswith("s") and not before.endswith("ss")
    return not sentence.capital(k - 1) if form.endswith("s") else not plural
