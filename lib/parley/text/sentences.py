"""Where the sentences of a paragraph begin and end: offsets, found by a few rules for English prose.

A full stop, question mark, exclamation mark or ellipsis before white space ends a sentence, unless the word
before it is an abbreviation or an initial, or the text goes on in small letters. Marks that close a quotation
or a bracket stay with the sentence they close, and every sentence of a quotation is a sentence.
"""

import re
from functools import lru_cache

from parley.text.lists import word_set
from parley.text.visible import INVISIBLE, Visible

_CLOSING = "\"'”’“»`)\\]}"
# Quantifiers are possessive: a megabyte of full stops is then read once, not once for every stop. A run of
# spaced stops (". . .") is one mark; closing marks may be set apart, as in ' ".
_MARK = re.compile(
    rf"([.?!…][.?!…]*+(?:[ \u00a0]{{1,3}}+[.?!…]++(?![^\s{_CLOSING}]))*+)"
    rf"([{_CLOSING}]*+(?:[ \u00a0][\"'”’»]++(?=\s|\Z))*+)"
)
_NEXT = re.compile(r"\s++(?:[–—-]++\s++)?([\"'“‘„«`(\[{.…–—-]*+)([^\W_]*+)")
_BEFORE = re.compile(r"[^\W_](?:[\w.'’]*[^\W_])?(?=[ \u00a0]?$)")
_BLANK = re.compile(r"\s*+")
_WORD = re.compile(r"[^\W_]")
_QUOTE = re.compile(r"[\"'“‘”’„«»`]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
# What may begin a sentence with a small letter: an address, or a name such as al-Assad or iPhone.
_SMALL_START = re.compile(r"https?://|www\.|(?:[a-z][\w-]{0,30}\.){1,4}[a-z]{2,6}/|[a-z]{1,3}[-'’]?[A-Z]")


# A sentence whose blank was lost ("full.Mayor Lund"): a whole word before the stop, another one behind it.
_WHOLE = re.compile(r"(?:[\w'’-]*[a-z]|\d{3,4}|\d+%|[A-Z]{3,})\)?")
_GLUED_TO = re.compile(r"(?<![\w/@.'’-])[\w'’-]+[)%]?$")
_GLUED = re.compile(
    r"[\"“‘'(]?(?!(?i:com?|net|org|gov|js|html?|uk|eu|inc)\b)(?:(?:Mc|Mac|[OD]['’]|[Aa]l-)?[A-Z][a-z]+|[AI]|[A-Z]{2,}|(?:[A-Z]\.){2,})"
    r"(?=[\s,;:]|['’][a-z]|[.?!](?:\s|\Z)|\Z)"
)

_NEVER_LAST = word_set(
    "Adm Amb Asst Atty Brig Capt Cmdr Col Cols Cpl Det Dr Drs Gen Gens Gov Govs Hon Insp Lt Maj Messrs"
    " Mme Mr Mrs Ms Pfc Pres Prof Profs Pvt Rep Reps Rev Sen Sens Sgt Supt vs v cf viz e.g i.e"
)
# Abbreviations before a number, words before anything else.
_NUMBERED = word_set("Art Ch Fig Figs No Nos Vol Vols ca ch fig no nos p pp sec vol vols")
_ABBREVIATIONS = word_set(
    "Assn Assoc Ave Bldg Blvd Bros Co Corp Dept Dist Esq Ft Fr Hwy Inc Intl Jr Ltd Mt Natl Rd Sec Sq Sr"
    " St Univ al etc Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri"
    " Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev"
    " Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
)
_NEVER_GLUED = _NEVER_LAST | _ABBREVIATIONS | (_NUMBERED - {"no"})
_LOOKED_BACK = 24  # characters
# A capital says little after an abbreviation (U.S. President): only these words begin a new sentence there.
_STARTERS = word_set(
    "A About According After All Although Among An And Another Any Are Around As At Because Before Both"
    " But By Can Could Despite Did Do Does Down During Each Earlier Either Even Every Few For From Given"
    " Had Has Have He Her Here His How However I If In Indeed Instead Into Is It Its Just Last Later Like"
    " Many Maybe Meanwhile More Moreover Most Much My Neither Next No Nobody None Nor Not Nothing Now Of"
    " On Once One Only Or Other Others Our Out Over Perhaps Several She Should Since So Some Sometimes"
    " Still Such Than That The Their Then There These They This Those Though Three Through Thus To Today"
    " Two Under Unlike Until Up Was We Were What When Where Whether Which While Who Whose Why Will With"
    " Within Without Would Yes Yesterday Yet You Your"
)
_AFTER_HOUR = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific Greenwich"
    " ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST"
)
# "the … President": an ellipsis after one of these is an omission within the sentence.
_NOT_LAST = word_set("a an and about at by for from in my of on or our that the their to with your")
# “Is it over?” Jane Doe asked: a name and a verb of speech go on with the sentence of the quoted question.
_VERBS = (
    "added|asked|asks|called|continued|cried|declared|demanded|exclaimed|insisted|joked|pressed|quipped|remarked|"
    "replied|replies|responded|responds|said|says|shouted|tells|told|tweeted|wondered|wonders|writes|wrote|yelled"
)
_CUE = re.compile(
    r"[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,5}(?:, [^?!\"“”]{1,90},)?(?: \w{2,10}ly)? "
    rf"(?:{_VERBS})\b(?! (?:that|he|she|it|they|there|his|her|their)\b)"
)


def _abbreviated(word: str, after: str, *, first: bool, restarts: bool) -> bool:
    """Tell whether the stop after `word` belongs to the word and does not end the sentence as well."""
    if word in _NEVER_LAST or (word.isupper() and word.capitalize() in _NEVER_LAST):
        return True
    if word in _NUMBERED:
        return after.isdigit()
    if first and (len(word) == 1 or (word.isdigit() and len(word) < 4)):
        return True  # the number of an item in a list
    if word in ("a.m", "p.m"):
        return after in _AFTER_HOUR
    initial = len(word) == 1 and word.isupper()
    return not restarts and (initial or word in _ABBREVIATIONS or _DOTTED.fullmatch(word) is not None)


def _plainly(text: str, start: int, stop: int) -> bool:
    """Tell whether a full stop ends a sentence by the looks of the words beside it alone, as most do."""
    blank = text.rfind(" ", max(start, stop - _LOOKED_BACK), stop)
    word = text[blank + 1 : stop] if blank > 0 else ""
    whole = len(word) > 1 and word.isalpha() and not word.isupper() and word not in _NEVER_GLUED
    return whole and text[stop + 1] == " " and text[stop + 2].isupper()


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether `mark`, with white space and more text after it, ends the sentence begun at `start`."""
    signs, closing = mark.groups()
    follows = _NEXT.match(text, mark.end())
    opening, after = follows.groups()
    quoted = _QUOTE.search(closing) is not None
    small = after[:1].islower()
    if "?" in signs or "!" in signs:
        return not small and not (quoted and after not in _STARTERS and _CUE.match(text, follows.start(2)))
    if small and not _SMALL_START.match(text, follows.start(2)):
        return False
    before = _BEFORE.search(text, max(start, mark.start() - _LOOKED_BACK), mark.start())
    if before is None or quoted:
        return True
    if signs != ".":
        return signs not in ("…", "...") or before[0] not in _NOT_LAST
    # "J. A. Smith": a starter that itself carries a stop is an initial.
    starter = after in _STARTERS and not text.startswith(".", follows.end())
    restarts = starter or _QUOTE.search(opening) is not None
    return not _abbreviated(before[0], after, first=before.start() == start, restarts=restarts)


def _glued(text: str, start: int, mark: re.Match[str]) -> int:
    """Where a sentence ends whose mark stands right before the next one, else 0."""
    if len(mark[1]) > 1 or mark[1] == "…" or not _GLUED.match(text, mark.end()):
        return 0
    before = _GLUED_TO.search(text, max(start, mark.start() - _LOOKED_BACK), mark.start())
    if before is None or not _WHOLE.fullmatch(before[0]) or before[0] in _NEVER_GLUED:
        return 0
    opens = mark[2][-1:] in ("“", '"') and ("“" in mark[2] or text.count('"', start, mark.end(1)) % 2 == 0)
    return mark.end() - opens


def _split_unseen(paragraph: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph with invisible characters, which belong to the words beside them."""
    seen, found, at = Visible(paragraph), [], 0
    last = len(paragraph.rstrip())
    ends = [seen.raw(0, end)[1] for _, end in split(seen.text)][:-1]
    for end in [*ends, last]:
        start = at + len(paragraph[at:end]) - len(paragraph[at:end].lstrip())
        found.append((start, at := end))
    return [(start, end) for start, end in found if start < end]


def split(paragraph: str) -> list[tuple[int, int]]:
    """The places of a paragraph's sentences, in order; all that lies outside them is white space.

    Rules of the kind that Grefenstette & Tapanainen (1994) describe: an abbreviation that is not listed ends a
    sentence when a capital follows; one that is listed ("in the U.S. Markets fell.") does not, unless a word such as
    "The" follows.

    Examples
    --------
    >>> text = "“It ends at 9 p.m. on Nov. 4,” Lt. Gen. J. Doe of the U.S. Army said. “Is it over?” he asked."
    >>> [text[start:end] for start, end in split(text)]
    ['“It ends at 9 p.m. on Nov. 4,” Lt. Gen. J. Doe of the U.S. Army said.', '“Is it over?” he asked.']
    """
    return list(_split(paragraph))


@lru_cache(maxsize=1024)  # a paragraph is asked for by everything that reads its article
def _split(paragraph: str) -> tuple[tuple[int, int], ...]:
    if not paragraph.isascii() and INVISIBLE.search(paragraph):
        return tuple(_split_unseen(paragraph))
    last = len(paragraph.rstrip())
    start = last - len(paragraph[:last].lstrip())
    found: list[tuple[int, int]] = []
    searched, has_word = start, False
    for mark in _MARK.finditer(paragraph, start, last):
        at, end = mark.span()
        if end - at == 1 and end + 1 < last and paragraph[at] == "." and _plainly(paragraph, start, at):
            found.append((start, end))
            start = searched = end + 1
            has_word = False
            continue
        glued = 0
        if end < last and not paragraph[end].isspace():
            end = glued = _glued(paragraph, start, mark)
            if not glued:
                continue
        # Marks with no word before them ("... and so on") do not end a sentence. Nothing is searched twice.
        has_word = has_word or _WORD.search(paragraph, searched, end) is not None
        searched = end
        if has_word and end < last and (glued or _ends(paragraph, start, mark)):
            found.append((start, end))
            start = searched = _BLANK.match(paragraph, end).end()
            has_word = False
    if found and not (has_word or _WORD.search(paragraph, searched, last)):
        start = found.pop()[0]
    return (*found, (start, last)) if start < last else tuple(found)
