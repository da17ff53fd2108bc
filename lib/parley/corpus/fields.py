"""The head and the tail that a news database prints around an article: fields with labels, and lines without.

One label proves nothing, since any report may have a line "Person: unknown". Fields are believed together: several in
a row, at the top or at the end, one of them of a kind that no reporter writes ("Load-Date: May 4, 2012").
"""

import re
from itertools import islice, pairwise, takewhile

from parley.corpus.boilerplate import DAY, MONTH, NAME, is_credit
from parley.corpus.records import COUNTED, DOCUMENT
from parley.text.visible import BLANK, bare

# The kind of what a field holds; all other fields are furniture.
_KINDS = {
    **dict.fromkeys(("headline", "title", "hd"), "headline"),
    **dict.fromkeys(("highlight", "abstract", "standfirst"), "standfirst"),
    **dict.fromkeys(("byline", "author", "authors", "by", "cr"), "credit"),
    **dict.fromkeys(("body", "full text", "text", "content", "lp", "td"), "body"),
    "dateline": "dateline",
}
_HEAD = (
    "headline|title|highlight|abstract|standfirst|byline|authors?|dateline|body|full text|section|length|series|edition"
    "|text|content|source|publication|newspaper|outlet|(?:publication |published |publish )?date|published|publication info|url|links?|page"
    "|word.?count|words"
)
_TAIL = (
    "language|publication.type|journal.code|subjects?|company|organi[sz]ation|ticker|industry|geographic|country|state|"
    "city|person|source|pub.type|load.date|correction.date|graphic|document.type|classification|acc.no|memo|record(?: number)?"
    "|copyright|publication.(?:title|year|subject)|publisher|(?:country|language|place) of publication|issn|source type|database"
    "|document url|proquest document id|first page|last updated|location|accession number|keywords|sprache|langue|idioma|taal"
)
_ALONE = "body|abstract|full text|highlight|graphic|classification|notes|byline|dateline"  # on a line of its own
_HEADED = re.compile(f"{_HEAD}|number|rights")
_FIELD = re.compile(rf"(?i)({_HEAD}|{_TAIL})[ \xa0]?:\s*|({_ALONE})\s*\Z")
_CODE = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|SE|CLM|VOL|ART|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)([ \t|\xa0]+|\Z)"
)
_SENTENCES, _STOPS = {"HD", "LP", "TD", "CY", "PUB"}, '.!?”"'
_CODED = {"hd", "wc", "pd"}  # Factiva's fields that every article has
_DATE = rf"(?:{DAY},? )?(?:{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH},? \d{{4}})"
_DATED = re.compile(
    rf"{_DATE}(?:,{{0,2}} {DAY})?(?:,? \d\d?:\d\d(?::\d\d)?(?: [AP]M)?(?: [A-Z]{{2,4}})?)?"
    r"(?:,{0,2}(?: [\w.]+){1,2} (?:EDITION|Edition))?"
)
_COUNT_LINE = re.compile(rf" {COUNTED}\s{{0,9}}[\r\n\x85\u2028\u2029]")
_COUNT = re.compile(rf"[\d,.]{{1,7}} {COUNTED}")
_PLAIN = {
    "number": re.compile(r"(?i)(?=[\d of]*document)(?:document )?\d{1,5} of \d{1,5}(?: documents?)?"),
    "end": re.compile(rf"End of Document|{DOCUMENT} [A-Z]{{2,}}\w{{15,40}}"),
    "rights": re.compile(
        r"(?i)(?:[^.]{0,60} (?=(?:©|\(c\)) (?:copyright )?\d{4}))?(?:copyright\b|\(c\)|©|all rights reserved).{0,400}"
    ),
    "edition": re.compile(r"(?i)(?:show|transcript):.{0,80}|(?:[\w.]+ ){0,3}edition(?: \d\d?)?(?: - final)?[ ;,]*"),
}
_SURE = re.compile(
    r"(?:Length|LENGTH)[ \xa0]?:\s*[\d,]{1,7} words|(?:Load|LOAD).(?:Date|DATE)[ \xa0]?:\s*\w+ \d|(?:Publication|PUBLICATION)"
    r".(?:Type|TYPE)[ \xa0]?:|(?:Journal|JOURNAL).(?:Code|CODE)[ \xa0]?:|of \d{1,5} (?:DOCUMENTS|documents)"
    rf"|End of Document|{DOCUMENT} [A-Z]{{2,}}\w{{15,40}}|(?i:(?<![^\s])(?:(?:url|link|document url)[ \xa0]?:\s*https?://|word.?count[ \xa0]?:"
    rf"\s*[\d,]+|(?:publication |published |publish )?date[ \xa0]?:\s*(?:\d{{4}}-\d\d-\d\d|{_DATE})|issn[ \xa0]?:\s*\d))"
)
# What any of these has, told by its colon, which few lines have.
_LABELS = ["length", "date", "type", "code", "url", "link", "count", "issn"]
_MAY = re.compile("(?i):(?:" + "|".join(f"(?<={one}:)|(?<={one}[ \xa0]:)" for one in _LABELS) + ")")
_PRINTED = ("DOCUMENTS", "documents", "End of Document", "Document ", "Documento ", "Dokument ", "Dokumento ")
# A line that looks like a field: believed between others that are.
_LIKE_ONE = re.compile(r"[^\W\d_][\w/ .-]{1,30}[ \xa0]?:\s")
# Where an export lost its line breaks, fields stand inside a line; the last one's value ends with its known form.
_WRITTEN = [
    "Section|Length|Byline|Highlight|Dateline|Headline|Series|Title|Author|Source|Date|URL",
    "Language|Publication-Type|Journal[- ]Code|Subject|Graphic|Organi[sz]ation|Company|Ticker|Industry|Geographic|Person"
    "|Load-Date|Location|Publication (?:title|year|date)|First page|Publisher|Source type|Document (?:type|URL)|ISSN"
    "|ProQuest document ID|Last updated|Database|Copyright",
]
_ALSO = r"End of Document|Classification(?= Language)|(?<=[.!?”\"] )Graphic(?= (?:[A-Z]|photo))"
_INSIDE = [
    re.compile(rf"(?<=\s)(?:(?:{names}|{names.upper()})[ \xa0]?:|{more})")
    for names, more in zip(_WRITTEN, (r"(?i:copyright) (?=\d{4}|©|\(c\))", _ALSO), strict=True)
]
_BODY = re.compile(r"\s(Body|BODY:)\s")
_VALUE = {
    "len": _COUNT,
    "byl": re.compile(rf"(?:(?:By|BY) )?{NAME} {NAME}"),
    "dat": re.compile(rf"(?:[A-Z]{{2,}}(?: [A-Z]{{2,}})*|{NAME})(?:, {_DATE})?|{_DATE}|\d{{4}}-\d\d-\d\d"),
    "url": re.compile(r"\S+"),
}
# Keys above a text, as writers of Markdown put them: between which lines; every line is a key, a remark, an item or goes
# on with the line above.
_FENCES = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",), "{": ("}",)}
_KEY = re.compile(r"[ \t]|[#{}\[\]-]|[\"']?\w[\w.\"' -]{0,60}[:=]")
_ROW = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_WINDOW = 6000  # characters at either end of a line in which fields are looked for
_LONG = 60  # words; a longer paragraph without a label is prose
_TOP = 40  # paragraphs in which a head is looked for

Span = tuple[int, int]
Part = tuple[str, int, int]
Sign = tuple[str, int] | None  # a field's name, and where its value begins


def documents(text: str, blocks: list[Span]) -> list[tuple[list[Part], list[Span], list[Part]]]:
    """The head, the paragraphs of prose, and the tail of the article in a text, or of each if it holds several.

    Examples
    --------
    >>> text = "Ferry stops\\nLength: 4 words\\nBody\\nIt stopped on Monday.\\nLoad-Date: May 4, 2012"
    >>> [(head, prose, tail)] = documents(text, [(0, 11), (12, 27), (28, 32), (33, 54), (55, 77)])
    >>> [kind for kind, _, _ in head], [text[a:b] for a, b in prose], [text[a:b] for _, a, b in tail]
    (['headline', 'furniture', 'furniture'], ['It stopped on Monday.'], ['Load-Date: May 4, 2012'])
    """
    if front := front_matter_end(text):
        above = [("furniture", *block) for block in blocks if block[0] < front]
        return [(above, [], []), *documents(" " * front + text[front:], blocks[len(above) :])]
    sure = (_MAY.search(text) or any(one in text for one in _PRINTED)) and _SURE.search(text)
    if not sure and not _COUNT_LINE.search(text) and not _CODE.match(text):
        return [([], blocks, [])]
    low = max(_TOP, len(blocks) - _TOP)
    blocks = [
        piece for k, block in enumerate(blocks) for piece in (_cut(text, *block) if k < _TOP or k >= low else [block])
    ]
    signs, codes = ([read(text, *block) for block in blocks] for read in (_sign, _code))
    ended = [(sign and sign[0] == "end") or (code and code[0] == "an") for sign, code in zip(signs, codes, strict=True)]
    starts = [k for k in range(1, len(blocks)) if ended[k - 1] or (signs[k] and signs[k][0] == "number")]
    found = []
    for a, b in pairwise([0, *starts, len(blocks)]):
        coded = {code[0] for code in codes[a:b] if code} >= _CODED
        found.append(_by_code(text, blocks[a:b], codes[a:b]) if coded else _take(text, blocks[a:b], signs[a:b]))
    return found


def front_matter_end(text: str) -> int:
    """Where the block of keys above a text ends, between lines of three dashes or the like, else 0."""
    ends, keys = (), 0
    for row in islice(_ROW.finditer(text), 400):
        line = row[0].strip(BLANK)
        if not ends and line:
            ends = _FENCES.get(re.sub("(?:json|toml|yaml)$", "", line))
            if not ends:
                return 0
        elif keys and line in ends:
            return row.end()
        elif line:
            if not _KEY.match(row[0]):
                return 0
            keys += ":" in line or "=" in line
    return 0


def begins_field(text: str, start: int, end: int) -> bool:
    """Whether a line begins with the label of a field."""
    return _FIELD.match(text, start, end) is not None


def _sign(text: str, start: int, end: int) -> Sign:
    if found := _FIELD.match(text, start, end):
        name = re.sub(r"[\W_]", " ", (found[1] or found[2]).lower())
        return name, found.end()
    return next(((name, start) for name, form in _PLAIN.items() if form.fullmatch(text, start, end)), None)


def _code(text: str, start: int, end: int) -> Sign:
    found = _CODE.match(text, start, end)
    # "IN THE END nobody sailed."
    sentence = found and found[2] == " " and found[1] not in _SENTENCES and text[end - 1] in _STOPS
    return (found[1].lower(), found.end()) if found and not sentence else None


def _cut(text: str, start: int, end: int) -> list[Span]:
    """A line in pieces, cut before the fields inside it."""
    ends = (start, min(end, start + _WINDOW)), (max(start, end - _WINDOW), end)
    if end - start < 60 or not any(_SURE.search(text, *window) for window in ends):
        return [(start, end)]
    head, tail = _INSIDE
    places: set[int] = set()
    at = end
    for found in reversed(list(tail.finditer(text, max(start, end - _WINDOW), end))):
        if at - found.start() > 1500:
            break
        places |= {at := found.start(), at if found[0][-1] == ":" else found.end()}
    last, at = min(at, start + _WINDOW), start
    for found in head.finditer(text, start, last):
        if found.start() - at > 500:
            break
        places.add(at := found.start())
    if at > start or _FIELD.match(text, start, end):
        body = _BODY.search(text, at, min(last, at + 800))
        known = _VALUE.get(text[at : at + 3].lower())
        label = text.find(":", at, end) + 1
        value = known.match(text, label + 1, end) if known else None
        places |= {body.start(1), body.end(1)} if body else {value.end() if value else label}
        if dated := list(_DATED.finditer(text, start, min([*places, end]))):
            places |= {dated[-1].start(), dated[-1].end()}
        if numbered := _PLAIN["number"].match(text, start):
            places.add(numbered.end())
    edges = [start, *sorted(place for place in places if start < place < end), end]
    return [(a, b) for a, b in (bare(text, *piece) for piece in pairwise(edges)) if a < b]


def _take(text: str, blocks: list[Span], signs: list[Sign]) -> tuple[list[Part], list[Span], list[Part]]:
    """Head, prose and tail of one document; without fields that can be believed, all is prose."""
    top, names = _top(text, blocks, signs)
    low, more = _low(text, blocks, signs, top)
    ended = more & {"load date", "end"} or len(more) > 1
    shown = [text[blocks[a][0] : blocks[b - 1][1]] for a, b in ((0, top), (low, len(blocks))) if a < b]
    sure = any(_SURE.search(part) for part in shown) or "count" in names
    if not sure or (len(names) < 2 and not more):
        top = 0
    if not sure or not ended:
        low = len(blocks)
    prose = blocks[top:low]
    if top and signs[top - 1] and _KINDS.get(signs[top - 1][0]) == "body" and signs[top - 1][1] < blocks[top - 1][1]:
        prose = [(signs[top - 1][1], blocks[top - 1][1]), *prose]  # begun on the line of its label
        blocks = [*blocks[: top - 1], (blocks[top - 1][0], signs[top - 1][1]), *blocks[top:]]
    return _in_parts(text, blocks[:top], signs), prose, [("furniture", *block) for block in blocks[low:]]


def _top(text: str, blocks: list[Span], signs: list[Sign]) -> tuple[int, set[str]]:
    """How many paragraphs are the head, if it is one, and the names of its fields."""
    last, gap, names = 0, 0, set()
    for k, block in enumerate(blocks[:_TOP]):
        name = signs[k][0] if signs[k] else "count" if _counts(text, blocks, k) else ""
        if name and ((names and not gap) or any(_HEADED.fullmatch(one) for one in _run(signs, k)) or name == "count"):
            last, gap = k + 1, 0
            names.add(name)
            if name in ("body", "full text") and "abstract" not in [sign and sign[0] for sign in signs[k + 1 : k + 2]]:
                break
            if _KINDS.get(name) == "body" and _is_prose(text, signs[k][1], block[1]):  # "Text: The ferry sailed."
                break
        elif (
            name
            or gap == (3 if names - {"number", "rights", "edition"} else 10)
            or (k and _is_prose(text, *block) and not _DATED.match(text, blocks[k - 1][0]))
        ):
            break
        else:
            gap += 1
            if "count" in names and gap == 1 and "rights" in names:
                break
    empty = last and signs[last - 1] and signs[last - 1][1] >= blocks[last - 1][1] and last < len(blocks)
    if empty and signs[last - 1][0] in ("byline", "dateline") and len(text[slice(*blocks[last])].split()) < 9:
        last += 1
    return last, names


def _run(signs: list[Sign], k: int) -> list[str]:
    """The names of the fields that follow on one another from paragraph k on."""
    return [sign[0] for sign in takewhile(bool, signs[k : k + 8])]


def _is_prose(text: str, start: int, end: int, longest: int = _LONG) -> bool:
    """Whether a line without a label is a sentence, or longer than a title."""
    size = len(text[start:end].split())
    return size > longest or (size > min(8, longest / 3) and text[end - 1] in '.!”"')


def _counts(text: str, blocks: list[Span], k: int) -> bool:
    """Whether a paragraph is Factiva's line "808 words", above a date and a copyright, or stands between them."""
    above, below = (
        [text[slice(*block)] for block in part] for part in (blocks[max(0, k - 12) : k + 1], blocks[k : k + 14])
    )
    return any(map(_COUNT.fullmatch, above)) and any(map(_PLAIN["rights"].fullmatch, below))


def _low(text: str, blocks: list[Span], signs: list[Sign], top: int) -> tuple[int, set[str]]:
    """How many paragraphs stand above the tail, if it is one, and the names of its fields."""
    low, gap, names = len(blocks), 0, set()
    for k in range(len(blocks) - 1, top - 1, -1):
        if signs[k] and _KINDS.get(signs[k][0]) != "body":
            low, gap = k, 0
            names.add(signs[k][0])
        elif gap == 2 or _is_prose(text, *blocks[k]):
            break
        else:
            gap += bool(gap) or not names or not _LIKE_ONE.match(text, *blocks[k]) or text[blocks[k][1] - 1] in _STOPS
    if top < low < len(blocks) and signs[low][0] == "end" and not _is_prose(text, *blocks[low - 1], longest=6):
        low -= 1  # Factiva's line with the publisher
    # Below the line "Graphic" captions may fill many lines.
    alone = (k for k in range(max(top, low - 12), low) if signs[k] and signs[k][0] == "graphic" and low < len(blocks))
    return next(alone, low), names


def _in_parts(text: str, blocks: list[Span], signs: list[Sign]) -> list[Part]:
    """The paragraphs of a head with their kinds; a label is furniture, and so is a line that is no title."""
    parts: list[Part] = []
    titles = _titles(text, blocks, signs)
    kind = "furniture"
    for k, (start, end) in enumerate(blocks):
        name, value = signs[k] or ("", start)
        if name:
            kind = _KINDS.get(name, "furniture").replace("body", "furniture")
        held = kind if k not in titles else "headline" if k == titles[0] else "standfirst"
        value = end if held == "furniture" else value
        parts += [("furniture", start, value), (held, value, end)]
    return [part for part in parts if part[1] < part[2]]


def _titles(text: str, blocks: list[Span], signs: list[Sign]) -> list[int]:
    """Which lines without a label are the headline: behind the date, else the first; above "808 words", the last."""
    if any(sign and _KINDS.get(sign[0]) == "headline" for sign in signs[: len(blocks)]):
        return []
    lines = [text[slice(*block)] for block in blocks]
    labelled = next((k for k, sign in enumerate(signs[: len(blocks)]) if sign and sign[0] not in _PLAIN), len(blocks))
    free = [k for k in range(labelled) if not signs[k]]
    if counted := next((k for k in free if _COUNT.fullmatch(lines[k])), 0):
        above = [k for k in free if k < counted and not is_credit(lines[k], at_end=True)]
        # A name right above the count is the author's, if what stands over it is a title.
        named = len(above) > 1 and re.fullmatch(rf"{NAME}(?: {NAME}){{1,2}}", lines[above[-1]])
        return above[-2:-1] if named and re.search(r" [a-z]+ ?", lines[above[-2]]) else above[-1:]
    dates = [k for k in free if _DATED.match(lines[k]) and len(lines[k]) < 100]
    return [k for k in free if dates and k > dates[0] and k not in dates] or [k for k in free if k not in dates][:1]


def _by_code(text: str, blocks: list[Span], signs: list[Sign]) -> tuple[list[Part], list[Span], list[Part]]:
    """Factiva's articles, where every field begins with two letters."""
    body = next((k for k, sign in enumerate(signs) if sign and _KINDS.get(sign[0]) == "body"), len(blocks))
    ends = [k for k in range(body, len(blocks)) if signs[k] and _KINDS.get(signs[k][0]) != "body"]
    low = ends[0] if ends else len(blocks)
    head = _in_parts(text, blocks[:body], signs)
    prose: list[Span] = []
    for (start, end), sign in zip(blocks[body:low], signs[body:low], strict=True):
        if sign:
            head.append(("furniture", start, sign[1]))
        prose += [(sign[1], end)] if sign and sign[1] < end else [] if sign else [(start, end)]
    return head, prose, [("furniture", *block) for block in blocks[low:]]
