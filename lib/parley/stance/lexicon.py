"""The stance words of ``data/stance.csv``, and where a sentence has them."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from parley.text.inflections import inflections, plurals
from parley.text.lists import listed, rows
from parley.text.words import Word, fold, words

SIGN = {"for": 1, "make": 1, "do": 1, "good": 1, "against": -1, "undo": -1, "bad": -1}
ACTS = listed("make do undo")
BE = listed("is are was were be been being am isn't aren't wasn't weren't")
MODAL = listed("will would shall should must can could may might won't wouldn't shouldn't can't cannot couldn't")
AUXILIARY = BE | MODAL | listed("has have had having does do did doesn't don't didn't hasn't haven't hadn't")
NEGATION = listed("not no never hardly barely scarcely neither nothing little cannot")
PERSON = listed("he she they we i you who")
THING = listed("it that which this these those there what")
OWNER = listed("his her their its our my")
DETERMINER = OWNER | listed("a an the this that these those any some such your another each every no")
PREPOSITION = listed(
    "of for to in on at by with from into through via over toward towards upon against behind outside inside"
    " throughout across near around between among within without off"
)
HARD = ";:?!"
ENDS = "," + HARD
FEW = listed("few nobody none neither no")
_ADVERB = listed(
    "long always often almost also now even still only just already ever soon again once then further both all"
)
_BLOCK = 500  # characters; mentions in one block of a sentence share its words
_CONTRACTED = ("n't", "'ll", "'ve", "'d", "'re", "'m")


class Entry(NamedTuple):
    """A stance word.

    * part: verb, noun, adjective and phrase govern what follows; a judgement ("stupid") and a predicate
      ("backfire") are said of a subject, slur and praise stand before the thing ("reckless"), a calling passes
      a judgement on its object, a subject is a thing that holds no stance, and a head is what the mention only
      describes ("the abortion debate").
    * effect: for and against are stances; make and undo are acts, which are a stance of whoever does or
      proposes them; do is an act that counts only if it is planned; part ("his plan includes"), able ("will
      not stop"), good, bad; neutral, about, if, clause and not say how far other words reach.
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
    """A sentence around a mention, which is its tokens ``[first, last)``.

    * begins: the tokens that the table has an entry for, whatever follows them.
    * title: whether most longer words have a capital, as in a headline.
    """

    text: str
    tokens: list[Word]
    first: int
    last: int
    begins: list[int]
    title: bool

    def form(self, k: int) -> str:
        """The folded form of token k, empty outside the sentence."""
        return self.tokens[k].form if 0 <= k < len(self.tokens) else ""

    def printed(self, k: int) -> str:
        """Token k as printed."""
        return self.text[self.tokens[k].start : self.tokens[k].end]

    def mark(self, k: int) -> str:
        """What stands between token k and the one before it; a full stop at either end of the sentence."""
        if not 0 < k < len(self.tokens):
            return ";"
        return self.text[self.tokens[k - 1].end : self.tokens[k].start]

    def marked(self, first: int, last: int, marks: str) -> bool:
        """Whether one of the marks stands before one of the tokens ``[first, last]``."""
        return any(not set(marks).isdisjoint(self.mark(k)) for k in range(first, last + 1))

    def capital(self, k: int) -> bool:
        """Whether token k begins with a capital."""
        return 0 <= k < len(self.tokens) and self.printed(k)[0].isupper()

    def possessive(self, k: int) -> bool:
        """Whether token k is a genitive ("mayor's") or a possessive pronoun."""
        return 0 <= k < len(self.tokens) and (
            self.form(k) in OWNER or self.printed(k).replace("’", "'").endswith(("'s", "s'"))
        )

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the tokens ``[first, last)``."""
        return self.tokens[first].start, self.tokens[last - 1].end


def read_sentence(text: str, start: int, end: int, within: tuple[int, int]) -> Sentence | None:
    """Read the words of a sentence around a mention; None if the mention has no word in it.

    Of a very long sentence (a list without a full stop, say) only the words near the mention are read: at least
    1,000 characters to either side.

    Examples
    --------
    >>> sentence = read_sentence("No. They struck on.", 9, 15, (4, 19))
    >>> sentence.first, sentence.last, sentence.form(2)
    (1, 2, 'on')
    """
    block = (start - within[0]) // _BLOCK
    first = _blank(text, within[0] + (block - 2) * _BLOCK, within[0])
    last = _blank(text, max(end, within[0] + (block + 1) * _BLOCK) + 2 * _BLOCK, within[0])
    tokens, begins, title = _read(text, first, min(last, within[1]))
    inside = range(
        bisect_right(tokens, start, key=lambda token: token.end),
        bisect_left(tokens, end, key=lambda token: token.start),
    )
    return Sentence(text, tokens, inside[0], inside[-1] + 1, begins, title) if inside else None


def _blank(text: str, place: int, first: int) -> int:
    """The last blank before a place, so that no word is cut; the place itself if none is near."""
    if place <= first:
        return first
    found = text.rfind(" ", max(first, place - 100), place)
    return place if found < 0 else found


@lru_cache(maxsize=4)
def _read(text: str, start: int, end: int) -> tuple[list[Word], list[int], bool]:
    """The words of a passage, those that may be stance words, and whether it is printed like a title."""
    tokens = [Word(form, first + start, last + start) for form, first, last in words(text[start:end])]
    long = [token for token in tokens if token.end - token.start > 3]
    title = sum(text[token.start].isupper() for token in long) > 0.7 * len(long)
    return tokens, [k for k, token in enumerate(tokens) if token.form in lexicon()], title


@lru_cache(maxsize=1)
def lexicon() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """The stance words by the folded form of their first word: the words that follow it, and the entry."""
    found: dict[str, set] = {}
    for row in rows("stance.csv"):
        first, *rest = (word.form for word in words(row["words"]))
        forms = {first}
        if row["part"] in ("verb", "predicate", "calling"):
            forms |= forms_of(first)
        elif row["part"] in ("noun", "judgement", "subject"):
            forms |= {fold(form) for form in plurals(first)}
        entry = Entry(row["part"], row["effect"], listed(row["links"]))
        for form in forms:
            found.setdefault(form, set()).add((tuple(rest), entry))
    return {form: sorted(found[form], key=_order) for form in sorted(found)}


def forms_of(verbs: str) -> frozenset[str]:
    """Every form of some verbs, folded.

    Examples
    --------
    >>> sorted(forms_of("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    return frozenset(fold(form) for verb in verbs.split() for form in inflections(verb))


def _order(item: tuple[tuple[str, ...], Entry]) -> tuple:
    rest, entry = item
    return -len(rest), rest, entry.part, entry.effect, sorted(entry.links)


def single(form: str) -> list[Entry]:
    """The entries that are this one word."""
    return [entry for rest, entry in lexicon().get(form, ()) if not rest]


def proposed_thing(form: str) -> bool:
    """Whether a noun is something that is proposed or decided, and so holds no stance itself.

    Examples
    --------
    >>> proposed_thing("bill"), proposed_thing("mayor")
    (True, False)
    """
    return any(entry.effect == "thing" for entry in single(form))


def auxiliary(form: str) -> bool:
    """Whether a word is an auxiliary verb, also a contracted one ("we'll")."""
    return form in AUXILIARY or form.endswith(_CONTRACTED)


def adverb(form: str) -> bool:
    """Whether a word is an adverb, by its ending or as one of a few."""
    return form in _ADVERB or (form.endswith("ly") and len(form) > 4)


def negation(form: str) -> bool:
    """Whether a word negates or nearly negates."""
    return form in NEGATION or form.endswith("n't")


def loose(sentence: Sentence, k: int) -> bool:
    """Whether something other than space and quotation marks stands before token k."""
    return bool(sentence.mark(k).strip(" \n\u00a0\"'“‘"))


def spot(sentence: Sentence, start: int, end: int, parts: set[str] | frozenset[str]) -> list[Found]:
    """Find the stance words among the tokens ``[start, end)``, the longest at each place, in order.

    Where an entry has one form in several rows of the table, all of them are given.

    Examples
    --------
    >>> sentence = read_sentence("They called for support for a strike.", 30, 36, (0, 37))
    >>> [(found.start, found.end) for found in spot(sentence, 0, sentence.first, {"verb", "noun"})]
    [(1, 3), (3, 4)]
    """
    found, passed = [], start
    begins = sentence.begins
    for k in begins[bisect_left(begins, start) : bisect_left(begins, end)]:
        if k < passed:
            continue
        fitting = [
            (len(rest), entry)
            for rest, entry in lexicon().get(sentence.form(k), ())
            if entry.part in parts
            and k + len(rest) < end
            and all(sentence.form(k + 1 + n) == form for n, form in enumerate(rest))
        ]
        if any(entry.part == "verb" for _, entry in fitting):
            # "a cut in", "the call for": a noun, even where the verb has the longer phrase.
            other = "verb" if _noun(sentence, k) else "noun"
            fitting = [(more, entry) for more, entry in fitting if entry.part != other]
        if fitting:
            longest = max(more for more, _ in fitting)
            found += [Found(k, k + 1 + longest, entry) for more, entry in fitting if more == longest]
            passed = k + 1 + longest
    return found


def _noun(sentence: Sentence, k: int) -> bool:
    """Decide whether a word that may be noun or verb ("call", "plans") is a noun, by the words around it."""
    form, before, after = sentence.form(k), sentence.form(k - 1), sentence.form(k + 1)
    both = any(entry.part == "noun" for _, entry in lexicon().get(form, ()))
    if form.endswith(("ed", "ing")):
        return False
    if not both:
        loose = k == 0 or sentence.mark(k).strip()
        behind = DETERMINER - {"that", "this"} | PREPOSITION - {"to"}
        return not loose and (sentence.possessive(k - 1) or before in behind)
    if k == 0 or sentence.marked(k, k, ENDS):
        return form.endswith("s") and after in PREPOSITION
    if sentence.possessive(k - 1):
        return True
    if before in PERSON or before in ("to", "that", "which", "not", "never") or auxiliary(before) or adverb(before):
        return False
    if before in DETERMINER or before in PREPOSITION:
        return True
    if after in DETERMINER and not sentence.mark(k + 1).strip():
        return False
    # Else by agreement: "critics call", "the critic calls", but "growing calls".
    plural = before.endswith("s") and not before.endswith("ss")
    if form.endswith("s"):
        name = sentence.capital(k - 1)
        return (before.endswith("s") and not name) or not (name or sentence.capital(k + 1))
    return not plural
