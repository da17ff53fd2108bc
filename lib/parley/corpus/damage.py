"""Damage that a text took on its way and does not show: lost marks, glued sentences, what was decoded twice."""

import re
from collections.abc import Iterator
from itertools import pairwise

from parley.corpus.fields import front_matter_end
from parley.text.language import is_english
from parley.text.sentences import split
from parley.text.visible import INVISIBLE

# None of the patterns fires on an undamaged text of PolNeAR's 924.
_ASKING = re.compile(r"(?<![^\s(\[])[?\ufffd](?=[A-Z][\w’']|[AI]\b)|[A-Za-z][?\ufffd](?:s|t|re|ve|ll|d|m)\b(?!=)")
_APOSTROPHE = re.compile(r"\w['’`´‘]\w")
_BARE = re.compile(
    r"\b(?:[DdWw]ont|(?:[Dd]oes|[Dd]id|[Ii]s|[Ww]as|[Ww]ould|[Cc]ould|[Ss]hould|[Hh]a(?:ve|s|d)|[Aa]re|[Ww]ere)nt|[Tt]heyre"
    r"|[Yy]oure|[Tt]hats|[Ww]hats|[Yy]ouve|[Ww]eve|[Tt]heyve|[Cc]ant)\b"
    r"|\b[Tt]he (?!affairs|sports|arms|news|sales|business)[a-z]{2,30}[a-rt-z]s (?:mayor|minister|president|governor|leader"
    r"|chief|head|spokes\w+|government|council|parliament|army|police|aide|capital|economy)\b"
)
_QUOTED = re.compile(r"[\"“”„«»]|``|''|(?<!\w)['‘]")
_SPOKEN = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b[^.?!\n]{2,200}, (?:[a-z]+ ){0,3}?(?:he|she|they|[A-Z]\w+) (?:said|says|added|told)\b"
)
_NEAR = re.compile(r"[a-z\d][.?!][\"”’“]?[A-Z]")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});")
# What the bytes of UTF-8 look like when they are read as Windows-1252 or Latin-1.
_TWICE = re.compile(r"â€[œ\x9d™˜”“\x9c\x99\x98\x93\x94¦–]|Ã[\x80-¿]|Â[\xa0£©«»°·]|ï»¿|â\x80[\x90-\xaf]")
_MANY = 100  # words, of which an article has 2 to 10 commas; none of 800 is without an apostrophe


def find_damage(text: str, language: object = None) -> Iterator[tuple[str, str, str]]:
    """What is damaged in a text: the problem, what it looks like there, and the remedy.

    Examples
    --------
    >>> [problem for problem, _, _ in find_damage("The mayor said: ?We want a truce.? Itâ€™s time.")]
    ['quotation marks or apostrophes lost', 'text decoded twice']
    """
    if front_matter_end(text):
        yield "front matter", text[:30], "its title and date can be columns of the metadata; it counts as furniture"
    if not is_english(text, language):
        remedy = 'it is counted, but not read for sources and stance; to read it all the same: [articles] read = "all"'
        yield "text that is not English", language if isinstance(language, str) and language else text[:40], remedy
        return
    size = text.count(" ") if text.count(". ") > 4 else 0  # words of prose
    lost = _ASKING.search(text)
    if not lost and not _APOSTROPHE.search(text):
        lost = _BARE.search(text) or (size > 8 * _MANY and re.match(r".{0,40}", text))
    if not lost and not _QUOTED.search(text):
        lost = _SPOKEN.search(text)
    if lost:
        remedy = "export or convert it again; until then only what is sure to be a quotation is read as one"
        yield "quotation marks or apostrophes lost", _around(text, lost), remedy
    if size > _MANY * (1 + 1.5 * text.count(",")):
        yield "commas lost", text[:40], "export or convert it again; sources and quotations are found by their commas"
    if glued := next((found for found in _NEAR.finditer(text) if _parts(_around(text, found))), None):
        yield "sentences glued", _around(text, glued), "they are parted where that is sure; mend the export"
    if found := INVISIBLE.search(text.removeprefix("\ufeff")):
        yield "soft hyphens, zero-width or direction marks", _around(text, found), "words are read through them"
    if found := _ENTITY.search(text):
        yield "HTML entities", _around(text, found), "convert them to characters; until then they are read as words"
    if found := _TWICE.search(text):
        yield "text decoded twice", _around(text, found), "decode the original once, as UTF-8"


def _around(text: str, found: re.Match) -> str:
    return text[max(0, found.start() - 25) : found.end() + 15]


def _parts(text: str) -> bool:
    """Whether a sentence begins right behind the stop of another."""
    return any(one[1] == other[0] for one, other in pairwise(split(text)))
