"""What websites and agencies print around a report: labels and notes, credits, datelines.

Every rule must match a whole paragraph, or the very beginning of a report, and is bounded in length: prose
that is taken for furniture is lost to every count, so a rule that is not sure leaves the paragraph alone.
"""

import re
from importlib.resources import files

LONGEST = 600  # characters; no note or credit is longer
NAME = r"[A-Z][\w.'’-]*"
NAMES = rf"{NAME}(?:(?:,?\ and\ |,\ |\ ){NAME}){{0,11}}"
PIECE = r"(?:story|article|post|report|piece|interview|column)"
MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

AGENCY = (
    r"(?:[A-Z]{2,6}(?:/[A-Z]{2,6})?|Agence\ France-Presse|Al\ Jazeera|Anadolu|Associated\ Press|Bloomberg"
    r"|Interfax|I(?:tar|TAR)-T(?:ass|ASS)|Kyodo|RIA\ Novosti|Reuters|Tass|Thomson\ Reuters\ Foundation|Xinhua"
    r"|Yonhap|dpa)"
)
PICTURES = rf"(?:{AGENCY}(?:\ (?:Images|Photo|PHOTO|Pictures))?|Getty(?:\ Images)?|Shutterstock|Instagram|LinkedIn)"
# What follows a label such as "Related:" is a title, which has no full stop, or no verb of speech in front of one.
TITLE = r"(?!that\b|this\ is\b|nobody\b)(?![^\n]*,\ (?:the\ \w+|he|she)\ said\b)[^\s].{0,150}(?<![.!])"
FURNITURE = re.compile(
    rf"""(?isx) [-–—*\s]{{0,4}}(?:
      accessibility\ links | skip\ to\ \w+(?:\ \w+)? | breaking\ news | select\ page | main\ menu | menu
    | search | home | sponsored | tweet | print | e-?mail | (?:leave\ a\ )?comments? | loading.{{0,3}} | abstract
    | advertise?ments?(?:\ ?[-–—]\ ?scroll\ to\ continue|\ continue\ reading\ below)? | scroll\ to\ continue | \[ad_\d\]
    | page\ \d+\ of\ \d+.{{0,60}}
    | share(?:\ (?:this|on)\b[^.,]{{0,30}})? | full\ text | letters | obituary | news\ analysis | continue\ reading
    | (?:related|recommended|latest|more|top)\ (?:articles|stories|posts|news|topics|reading|videos) | most\ (?:read|popular)
    | recommended(?:\ for\ you)? | you\ (?:may|might)\ also\ (?:like|be\ interested\ in) | listen\ to\ this\ \w+
    | more\ (?:from|on)\ (?:this\ \w+|(?-i:{NAMES})) | (?:\d{{1,2}}|one|two|three|five)[\ -]min(?:ute)?s?\ read
    | (?:corrections?|clarification)(?:\ appended)? | (?:media|image|photo|article)\ id\ ?:.{{0,30}}
    | (?:captions?|photos?|images?|video|online|related|tags?|topics?|read\ more|see\ also|also\ on\ \w+|(?:partial\ )?transcript)
      \ ?:.{{0,3}}
    | (?:also\ (?:read|see|watch)|read\ (?:more|also)|must\ read|see\ also|more\ on)\ ?(?::|[–—]|-(?=\s)).{{1,150}}
    | (?:related|watch|listen|explained|video|tags|topics)\ ?:\ ?{TITLE}
    | (?:also\ |must\ )?(?:read(?:\ also|\ more)?|see|watch|listen|explained|in\ (?:photos|pictures|pics))\ ?\|.{{1,150}}
    | [(\[]?(?:(?:file\ )?(?:photo(?:graph)?|pic(?:ture)?|image|illustration)s?|credits?|video)(?:\ (?:credit|source)s?)?\ ?
      (?:[:,]|by|courtesy(?:\ of)?)\ ?(?-i:{NAMES}(?!\ [a-z]+\ (?:the|that)\b))
      (?:\ (?:for|of|via)\ (?:the\ )?(?-i:{NAMES})|\ ?/\ ?[\w.'’&\ -]{{2,40}})?[)\]]?
    | [(\[]?(?:file|representat\w+|stock)\ (?:photo|image|picture)[)\]]?|(?:image|photo|picture)\ used\ for\ representat[^.]{{0,40}}
    | [(\[]?(?:[-–—]\ ?)?(?:with\ (?:additional\ )?(?:files|reports?|reporting)|(?:with\ )?(?:agency\ )?inputs?)
      \ ?(?:\ from|\ by|:)\ (?-i:{NAMES}|(?:the\ )?agenc(?:y|ies)|(?:the\ )?wires?|news\ services)[^.,;]{{0,40}}\.?[)\]]?
    | [(\[]?with\ (?-i:{NAMES}|agency|agencies)\ inputs\.?[)\]]?
    | [(\[](?:with\ )?(?:(?:agency|agencies|wire)\b[^.()]{{0,40}}|(?-i:{AGENCY}|[A-Z]{{3,5}}))[)\]]
    | (?:story|article)\ continues\ (?:below|after\ (?:the\ )?ad).{{0,30}}
    | \(?(?:except\ for\ the\ headline,\ )?this\ {PIECE}\ (?:has|was)\ (?:not\ been|not)\ edited\ by\b.{{0,160}}
    | read\ (?:it\ all|more|the\ (?:rest|full|whole)\b[^.]{{0,40}})(?:\ (?:here|at|on|below)\b[^.]{{0,60}})?(?:\ ?[>»→]+)?
    | (?:watch|listen|see|view|read|check\ out)\b[^.,:;]{{1,120}}\ (?:here|above|below)
    | (?:follow|like|join|find)\ (?:us|our)\b\ (?:(?:on|at)\ (?-i:[A-Z@]).{{0,90}}|(?-i:[A-Z])\w+\ (?:channel|group)\b.{{0,40}})
    | follow\ @\w+.{{0,60}} | follow\ .{{2,120}}\bon\ (?:twitter|facebook|instagram|google\ news|whatsapp|telegram|x)\b[^,]{{0,200}}
    | (?:twitter\ ?:?\ ?)?@\w+ | (?:e-?mail\ ?:?\ ?)?[\w.+-]+@[\w-]+\.[\w.-]+ | https?://\S+
    | (?:sign\ up(?:\ for|\ to|:\ ?)|get\ our|(?:get|receive)\ the\ (?:latest|day)|download\ (?:our|the))\b[^.,]{{0,80}}
      \b(?:newsletters?|e-?mails?|alerts?|briefing|updates|inbox|app)\b.{{0,80}} | enter\ your\ e-?mail.{{0,40}}
    | (?:sign\ up|subscribe|click|tap)\ (?:here|now|today)\b[^,]{{0,100}} | subscribe\ to\ [^,]{{0,90}}
    | all\ rights\ reserved.{{0,60}} | (?:copyright\ (?:©|\(c\)|\d)|©).{{0,200}} | our\ standards\ ?:.{{0,80}}
    | (?:correction|clarification|editor['’]s?\ note|note\ to\ readers)\ ?:.{{0,500}}
    | this\ {PIECE}\ (?:has\ been|was)\ (?:updated|corrected|amended|revised|edited)\b.{{0,300}}
    | an\ earlier\ version\ of\ this\ {PIECE}\b.{{0,400}} | this\ is\ a\ developing\ {PIECE}\b.{{0,100}}
    | this\ {PIECE}\ (?:first|originally)\ appeared\ (?:on|in|at)\b.{{0,100}}
    | (?:(?:first\ |last\ )?(?:published|updated|posted|modified)(?:\ (?:on|at))?\ ?:?\ )?(?:{DAY},?\ )?
      (?:{MONTH}\ \d{{1,2}},?\ \d{{4}}|\d{{1,2}}\ {MONTH},?\ \d{{4}})(?:,?\ {DAY})?(?:,?(?:\ at)?\ \d\d?[:.]\d\d.{{0,12}})?
    | (?:posted|published|updated)\ at\ \d\d?[:.]\d\d.{{0,12}}
    | (?:by\ (?:continuing|using)\b|we\ use\b|this\ (?:site|website)\ uses\b).{{0,120}}\bcookies?\b.{{0,200}}
    | (?:<[^<>]{{1,300}}>[^\w<]{{0,10}}){{1,8}} | [^\w“”"‘’]{{1,80}} | _{{2,80}}
    )[-–—\s.:!]{{0,5}}"""
)

# Wherever it stands: the photographer's line under a picture, an agency's line of reporters and editors.
CREDIT = re.compile(
    rf"""(?x) (?: {NAMES}(?:\ via\ |\ ?/\ ?){PICTURES} | Getty(?:\ Images)? | {PICTURES}\ ?/\ ?{NAMES}
    | \(?(?:--\ ?)?(?: (?:[Aa]dditional\ )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)\ (?:by|from)
      | (?:Reported|Compiled|Edited|Written)\ by\ ?:? )\ .{{2,400}} | \(?Source\ ?:\ (?!nobody\b|that\b)[^,]{{2,200}} )\.?\)?\.?"""
)
# Only beside the headline or at the end, where no sentence of the report has this form.
CREDIT_AT_END = re.compile(
    rf"""(?x) (?: (?:[Bb]y|BY)\ {NAMES} | With\ .{{2,60}}\ reports?
    | (?:Bureau|Agenc(?:y|ies)|Staff|Web\ Desk|News\ Desk)(?:\ [Rr]eports?)? | [-–—]\ ?{AGENCY}
    | Contributing\ ?:\ .{{2,150}} | Translated\ by\ {NAMES} | \(?(?i:h/t)\b.{{2,60}}
    | {NAMES},?\ (?:also\ )?contributed(?:\ reporting)?(?:\ (?:to|from)\ [^.]{{2,60}})?
    | {NAMES}\ reported\ from\ .{{2,150}} )\.?\)?\.?"""
)
# "Ada Lund is a columnist for the Harbour Press."
AUTHOR = re.compile(
    rf"""(?x) (?P<name>{NAME}(?:\ {NAME}){{1,3}})(?:,\ [^.]{{3,100}},)?\ is\ [^.]{{0,80}}
    \b(?:author|professor|lecturer|fellow|editor|columnist|reporter|correspondent|journalist|writer
    |contributor|director|host|producer|economist|researcher)\b.{{0,200}}"""
)
# "AFP PHOTO / ADA LUND", "(Photo: Ada Lund/Harbour Press)" at the end of a caption
PHOTO_CREDIT = re.compile(
    r"""(?x) (?<=[.!?”"’)\s]) (?: [A-Z]{2,}(?:\ PHOTO)?\ ?/\ ?[A-Z][\w.'’ -]{2,40}
    | \(?(?:[Pp]hoto|PHOTO|[Ii]mage|Credit)\ ?(?::|[Bb]y)\ ?[^.]{2,60}\)? ) $"""
)

# Cities that a dateline names without their country: those of the Associated Press stylebook, and capitals.
CITIES = frozenset((files("parley") / "data" / "cities.txt").read_text("utf-8").splitlines())
NO_PLACE = re.compile("ANALYSIS|BREAKING|CORRECTION|EXCLUSIVE|LIVE|OPINION|REVEALED|UPDATED?|VIDEO|WATCH")
# Every word of it needs a blank before it: optional ones would let a long word be cut in a million ways.
DATELINE = re.compile(
    rf"""(?x) (?P<agency>{AGENCY},\ (?=[A-Z]))? (?P<place>{NAME}(?:[\ \xa0/]{NAME}){{0,3}})?
    (?:,?[\ \xa0](?:{NAME}|\d{{1,2}})){{0,4}},? (?:[\ \xa0]?\((?P<wire>{AGENCY})\))?
    [\ \xa0]?(?P<mark>[—–―]|--?(?=\s)|:(?=\s|$))\s{{0,3}}"""
)


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is a label, a link or a note of the site, and not a part of the report."""
    return len(paragraph) <= LONGEST and bool(FURNITURE.fullmatch(paragraph))


def is_credit(paragraph: str, *, at_end: bool = False) -> bool:
    """Whether a paragraph only names who wrote or photographed; more forms do beside the headline and `at_end`."""
    forms = [CREDIT, CREDIT_AT_END] if at_end and len(paragraph) <= LONGEST / 3 else [CREDIT]
    return len(paragraph) <= LONGEST and any(form.fullmatch(paragraph) for form in forms)


def is_about_author(paragraph: str, before: str) -> bool:
    """Whether a last paragraph says who the author is: somebody whom the text before never mentions."""
    found = len(paragraph) <= LONGEST and AUTHOR.fullmatch(paragraph)
    return bool(found) and found["name"].split()[-1] not in before


def dateline_end(paragraph: str, *, place: str | None = None, credit: str | None = None) -> int:
    """How many characters of a report's first paragraph are its dateline; 0 if it has none."""
    # "Lund: We will sail" and "EXCLUSIVE - The plan is dead" have this form too. So one counts only with an agency's
    # name, a place that the metadata give, a city that needs no country, or a dash after a place in capitals.
    found = DATELINE.match(paragraph[:120])
    if not found or not (found["place"] or found["wire"]):
        return 0
    end, mark, named = found.end(), found["mark"], found["place"] or ""
    city = named.strip(".").casefold()
    known = {city, city.split("/")[0]} & (CITIES | {(place or "").strip().casefold()} - {""})
    credited = credit and paragraph[: found.start("mark")].strip() == credit.strip()
    agency = found["agency"] or found["wire"] or credited
    rest = paragraph[end : end + 1000]
    if not rest.strip():
        return end if mark == ":" and (known or agency) else 0
    begins = rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"‘'"
    if not begins or len(rest.split()) < (12 if mark == ":" else 4):
        return 0
    first, *others = named.split() or [""]
    capitals = len(others) < 3 and named.isupper() and re.search("[A-Z]{3}", named)
    dashed = mark != ":" and capitals and not NO_PLACE.fullmatch(first)
    return end if agency or known or dashed else 0
