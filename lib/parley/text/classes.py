"""Classes of English words, as folded forms: auxiliaries, negations, pronouns, determiners, prepositions."""

from importlib.resources import files

from parley.text.lists import word_set

# The list of the Glasgow Information Retrieval Group, as scikit-learn has it, which takes half a second to import.
STOP_WORDS = frozenset((files("parley") / "data" / "stopwords.txt").read_text("utf-8").split())
BE = word_set("is are was were be been being am isn't aren't wasn't weren't")
MODAL = word_set("will would shall should must can could may might won't wouldn't shouldn't can't cannot couldn't")
AUXILIARY = BE | MODAL | word_set("has have had having does do did doesn't don't didn't hasn't haven't hadn't")
NEGATION = word_set("not no never hardly barely scarcely neither nothing little cannot")
PERSON = word_set("he she they we i you who")
THING = word_set("it that which this these those there what")
OWNER = word_set("his her their its our my")
DETERMINER = OWNER | word_set("a an the this that these those any some such your another each every no")
PREPOSITION = word_set(
    "of for to in on at by with from into through via over toward towards upon against behind outside inside"
    " throughout across near around between among within without off"
)
TIME = word_set(
    "today yesterday day morning afternoon evening night hour week month year"
    " monday tuesday wednesday thursday friday saturday sunday"
)
_ADVERB = word_set(
    "long always often almost also now even still only just already ever soon again once then further both all"
)
_CONTRACTED = ("n't", "'ll", "'ve", "'d", "'re", "'m")


def is_auxiliary(form: str) -> bool:
    """Whether a word is an auxiliary verb, also a contracted one ("we'll")."""
    return form in AUXILIARY or form.endswith(_CONTRACTED)


def is_adverb(form: str) -> bool:
    """Whether a word is an adverb, by its ending or as one of a few."""
    return form in _ADVERB or (form.endswith("ly") and len(form) > 4)


def is_negation(form: str) -> bool:
    """Whether a word negates or nearly negates."""
    return form in NEGATION or form.endswith("n't")
