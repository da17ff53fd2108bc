"""Damage that a text took on its way and does not show: lost marks, glued sentences, what was decoded twice."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from parley.corpus.fields import front_matter_end
from parley.text.language import is_english
from parley.text.sentences import split
from parley.text.visible import INVISIBLE

# None of the patterns fires on an undamaged text of PolNeAR's 924.
# (Each begins with the mark and looks back from there: few characters are marks, and the rest is passed over in no time.)
_ASKING = re.compile(
    r"[?¿\ufffd\x91-\x97](?:(?<=[?\ufffd])(?<![^\s(\[].)(?=[^\W\d])"
    r"|(?<=[A-Za-z][?¿\ufffd])(?:s|t|re|ve|ll|d|m)\b(?!=)|(?<=[\x91-\x97]))",
    re.DOTALL,
)
_APOSTROPHE = re.compile(r"['’`´‘](?<=\w.)\w")
_TITLE = (
    r"(?:mayor|minister|president|governor|leader|chief|head|spokes\w+|government|council|parliament|army|police|aide"
    r"|capital|economy)\b"
)
_BARE = re.compile(
    r"\b(?:[DdWw]ont|(?:[Dd]oes|[Dd]id|[Ii]s|[Ww]as|[Ww]ould|[Cc]ould|[Ss]hould|[Hh]a(?:ve|s|d)|[Aa]re|[Ww]ere)nt|[Cc]ant"
    r"|(?:[Tt]hey|[Yy]ou)(?:re|ve|ll)|[Ww]eve|I(?:m|ve)|(?:[Tt]hat|[Ww]hat|[Ss]?[Hh]e|[Tt]?[Hh]ere)s|(?:wom|childr)ens"
    r"|[a-z]+[bcdfglmnprstvz]ys|[Ii]ts (?:an?|the|not|been|time (?:to|for)|(?:over|true)(?=[.,])|what|that))\b"
    r"|\b[Tt]he (?!(?:affairs|sports|arms|news|sales|business|works|parks|schools|forces|talks|services|workers|rebels"
    rf"|allies|\w{{3,}}ations)\b)[a-z]{{2,30}}[a-rt-z]s {_TITLE}"
)
_OF_NAME = re.compile(rf"\b([A-Z][a-z]{{2,}})s {_TITLE}")
_QUOTED = re.compile(r"[\"“”„«»]|``|''|(?<!\w)['‘]")
_SAYS = r"(?:said|says|added|told)\b"
_SPOKEN = re.compile(
    r"(?:\A|[.?!\n] ?)(?:I|[WM][ey]|Our)\b[^.?!\n]{2,200}, (?:(?:(?!as |and |but |wh|that |if )[\w.-]+ ){1,6}?"
    rf"{_SAYS}|{_SAYS} (?:the|s?he|they|[A-Z]\w+)\b)|\b(?:said|says|added|told \w+)[,:] (?:I|We|My|Our)\b"
)
_UNPARTED = re.compile(rf"[a-z\d][\"”] (?:[\w.]+ ){{1,3}}?{_SAYS}")
_NEAR = re.compile(r"[.?!](?<=[A-Za-z\d%)].)[\"”’“]?[\"“(]?[A-Z]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,5}|#x[\da-fA-F]{2,4});")
# What the bytes of UTF-8 look like when they are read as Windows-1252 or Latin-1.
_AGAIN = "\x80-\x9f¡-ª¬-º¼-¿€ƒ†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"
_TWICE = re.compile(
    rf"[ÂÃâÄÅÐÑÎÏØÙï](?:(?<=[ÂÃ])[{_AGAIN}\xa0«»‚„“”‘’–—…]|(?<=â)[{_AGAIN}][{_AGAIN}“”‘’–—…]|(?<=[ÄÅÐÑ])[{_AGAIN}]"
    rf"|(?<=[ÎÏØÙ])[{_AGAIN}][ÎÏØÙ][{_AGAIN}]|(?<=ï)»¿)"
)
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
        names = {*re.findall(r"\b[A-Z][a-z]+\b", text)}
        named = next((one for one in _OF_NAME.finditer(text) if one[1] in names), None)
        lost = _BARE.search(text) or named or (size > 8 * _MANY and re.match(r".{0,40}", text))
    if not lost and '"' not in text and "“" not in text and not _QUOTED.search(text):
        lost = _SPOKEN.search(text)
    if lost:
        remedy = "export or convert it again; until then only what is sure to be a quotation is read as one"
        yield (
            "quotation marks or apostrophes lost",
            _around(text, lost, lost.re is _ASKING and len(lost[0]) > 1),
            remedy,
        )
    if size > _MANY * (1 + 1.5 * text.count(",")) or ("," not in text and _UNPARTED.search(text)):
        yield "commas lost", text[:40], "export or convert it again; sources and quotations are found by their commas"
    near = (_around(text, found, 1) for found in _NEAR.finditer(text))
    if glued := next((shown for shown in near if _parts(shown)), None):
        yield "sentences glued", glued, "they are parted where that is sure; mend the export"
    if found := INVISIBLE.search(text.removeprefix("\ufeff")):
        yield "soft hyphens, zero-width or direction marks", _around(text, found), "words are read through them"
    if found := next((one for one in _ENTITY.finditer(text) if unescape(one[0]) != one[0]), None):
        yield "HTML entities", _around(text, found), "convert them to characters; until then they are read as words"
    if found := _TWICE.search(text):
        yield "text decoded twice", _around(text, found), "decode the original once, as UTF-8"


def _around(text: str, found: re.Match, before: int = 0) -> str:
    """What was found, with so many letters before it, and what stands around that."""
    return text[max(0, found.start() - before - 25) : found.end() + 15]


def _parts(text: str) -> bool:
    """Whether a sentence begins right behind the stop of another."""
    return any(one[1] == other[0] for one, other in pairwise(split(text)))
