"""Whether a text is English, which is what the rules for sources and stance can read."""

import re
from collections import Counter
from collections.abc import Mapping

from parley.text.lists import word_set
from parley.text.visible import INVISIBLE

_WORD = re.compile(r"[^\W\d_]+")
# Words of every English text that hardly any other language has. Of 924 American reports the least has 6.5%; German,
# French, Spanish and Swedish have none, Danish and Afrikaans up to 5%.
_FUNCTION = word_set(
    "the of and to that with from they this have has been were not it are which but by his said says she you would about "
    "who when what after now"
)
# Such words of other languages, which in English stand in names only, with a capital.
_FOREIGN = word_set(
    "el los las una que del por para como más der das und nicht den dem ein eine mit auf sich le les des une est dans pour "
    "qui du het een van niet zijn voor os uma não da em che di gli della och att som för inte og ikke det til af bir için "
    "nie się yang dan untuk dengan"
)
_TOLD = _FUNCTION | _FOREIGN
_SHARE, _LEAST, _FEW = 0.05, 20, 100  # fewer than 20 words decide little; of up to 100, one such word is enough
_LOOKED_AT = 6_000  # characters
_ENGLISH = re.compile(r"\ben|\bing|\bang|english")
_OTHER = re.compile(r"[^\0-ɏ]")  # behind ɏ come the letters of other scripts
_SEVERAL = re.compile(r"[;,/|]|(?:unknown|und|mul|nan|none|n\.a\.)\Z")


def is_english(text: str, language: object = None) -> bool:
    """Whether a text is English: by its language where somebody gives that, else by its function words.

    Examples
    --------
    >>> is_english("Lund backed the truce."), is_english("El alcalde", "Spanish"), is_english("El alcalde", "en-GB")
    (True, False, True)
    """
    given = language.strip().casefold() if isinstance(language, str) else ""
    if given and not _SEVERAL.search(given):
        return _ENGLISH.search(given) is not None
    text = text[:_LOOKED_AT]
    words = Counter(_WORD.findall(text if text.isascii() else INVISIBLE.sub("", text)))
    if not text.isascii() and _OTHER.search(text):
        other = sum(len(word) * times for word, times in words.items() if word[0] > "\u024f")
        if 2 * other > sum(len(word) * times for word, times in words.items()):
            return False
    # As printed there are more of them: "The", "THE". Ten times as many are not few, and need not be counted again.
    few = len(words) < 10 * _LEAST and len({word.lower() for word in words}) < _LEAST
    count = {word: words[word] for word in words.keys() & _TOLD}
    small = sum(
        times for word, times in count.items() if word in _FUNCTION
    )  # "The Guardian" is a name in every language
    if sum(times for word, times in count.items() if word in _FOREIGN) > small + 3 * few:
        return False
    enough = 1 if words.total() <= _FEW else _SHARE * words.total()
    if few or small >= enough:
        return True
    return sum(times for word, times in words.items() if word.lower() in _FUNCTION) >= enough


def is_read(text: str, settings: Mapping, language: object = None) -> bool:
    """Whether an article is read for sources and stance: an English one is, and any if the study says so."""
    return settings.get("articles", {}).get("read") == "all" or is_english(text, language)
