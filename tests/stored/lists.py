"""What the rules read in sentences made from the library's own lists: a line an entry, for a person to judge when it changes.

`make refresh` writes tests/data/lists.csv anew.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from parley.corpus.boilerplate import CITIES, dateline_end
from parley.corpus.dates import DAYS, MONTHS, read_printed
from parley.findings.lists import word_lists
from parley.sourcing.cues import CUES, read_list
from parley.sourcing.finder import find_attributions
from parley.sourcing.people import LISTS
from parley.sourcing.table import attributions_in
from parley.sourcing.verbs import verb
from parley.stance.lexicon import lexicon
from parley.stance.reader import read_polarity
from parley.text.forms import words
from parley.text.inflections import inflections, plurals, verb_forms
from parley.text.lists import rows
from parley.text.phrases import number
from parley.text.sentences import split

STORED = Path(__file__).parents[1] / "data" / "lists.csv"
COLUMNS = ("list", "entry", "says", "sentence", "read")
POLARITY = {1: "for", 0: "neutral", -1: "against"}
THING = "truce"
SIDES = {"town": {"Ada Lund": ["Lund"], "Port Council": ["council"], "Norland": []}}

# By the part of a stance entry: sentences with the keyword as object and as subject. {w} is the entry, {s} and {p} its first
# word as "calls" and "called", and {_} stands for each link that the entry has.
STANCE = {
    "verb": ("Ada Lund will {w} {_} the truce.", "The council {p} {_} the truce.", "The truce was {p} by Ada Lund."),
    "noun": ("Ada Lund voiced {w} {_} the truce.", "The truce meets {w} of Ada Lund."),
    "adjective": ("Ada Lund is {w} {_} the truce.", "The truce is {w}."),
    "phrase": ("Ada Lund {w} the truce.", "Ada Lund {w} backs the truce.", "The truce {w} Ada Lund is near."),
    "judgement": ("Ada Lund called the truce {w}.", "The truce is {w}.", "The truce is not {w}."),
    "predicate": ("The truce {w}.", "The truce would {w}."),
    "slur": ("“This is a {w} truce.”",), "blame": ("“This is a {w} truce.”",), "praise": ("“This is a {w} truce.”",),
    "calling": ("Ada Lund {s} the truce a disaster.", "A truce that Ada Lund {p} as stupid."),
    "subject": ("The {w} would back the truce.", "The truce is a {w}, and Ada Lund backs it."),
    "head": ("Ada Lund backs the truce {w}.", "The truce {w} is stupid."),
    "part": ("Ada Lund backs a plan that {w} the truce.", "The truce {w} a plan."),
}  # fmt: skip
CUE = {
    "verb": ("Ada Lund {p} that the harbour was closed.", "Ada Lund {p} the closure of the harbour."),
    "first": ("“The harbour is closed,” {p} Ada Lund.", "The harbour was closed, Ada Lund {p}."),
    "passive": ("Ada Lund was {q} to have closed it.", "The harbour was {q} by Ada Lund."),
    "noun": ("Ada Lund’s {w} that the harbour was closed angered them.", "A {w} that it was closed angered Ada Lund."),
    "adjective": ("Ada Lund was {w} that the harbour was closed.", "The council, {w} of Ada Lund, left."),
}
PERSON = ("Ada Lund left.", "The {w} said it was shut.", "{W} Ada Berg said so.", "He said it was calm.")
CODE = ("Ada Lund {w} backed the truce.", "The truce {w} failed, Lund said {w} it held.")


def stance_lines() -> Iterator[tuple]:
    """Every entry in the sentences of its parts: the polarity, whose it is, and by which links."""
    for row in rows("stance.csv"):
        first, _, rest = row["words"].partition(" ")
        s, p, _ = _forms(first, rest)
        for part in row["part"].split():
            for sentence in STANCE[part]:
                links = [link for link in row["links"].split() if "{_}" in sentence] or [""]
                read: dict[str, list[str]] = {}
                for link in links:
                    text = sentence.format(w=row["words"], s=s, p=p, _="" if link in ("direct", "adjacent") else link)
                    read.setdefault(_stance(" ".join(text.split())), []).append(link)
                shown = "; ".join(f"{one}: {' '.join(by)}" if "{_}" in sentence else one for one, by in read.items())
                says = " ".join([part, row["effect"], *row["links"].split()])
                yield "stance.csv", row["words"], says, sentence.format(w=row["words"], s=s, p=p, _="_"), shown


def _stance(text: str) -> str:
    """The polarity that a sentence gives the keyword, and who is named as holding it."""
    start = text.lower().index(THING)
    read = read_polarity(text, start, start + len(THING), within=(0, len(text)), spoken="“" in text)
    holder = next((layer.holder for layer in reversed(read.layers) if layer.holder), None)
    return POLARITY[read.polarity] + (f" ({text[slice(*holder)]})" if holder else "")


def _forms(first: str, rest: str = "", irregular: str = "") -> tuple[str, str, str]:
    """A verb's third person, past and participle, with the words behind it."""
    forms: dict[str, str] = {}
    for form, what in verb_forms(first, irregular).items():
        forms.setdefault(what, form)
    past = forms["past"]
    return tuple(f"{form} {rest}".strip() for form in (forms["s"], past, forms.get("participle", past)))


def cue_lines() -> Iterator[tuple]:
    """Every cue in its use, and its forms; of a sign, the odds by which it counts."""
    for row in read_list():
        if row["use"] == "sign":
            yield "cues.csv", row["entry"], "sign", "", f"odds {row['odds']}"
            continue
        says = f"{row['use']} {row['articles']} {row['fired']} {row['right']}"
        _, past, participle = _forms(row["entry"], irregular=row["forms"])
        for sentence in CUE[row["use"]]:
            text = sentence.format(w=row["entry"], p=past, q=participle)
            yield "cues.csv", row["entry"], says, text, _attributions(text)
        own = [f"{form} {cue.form}" for form, cue in CUES.items() if cue.lemma == row["entry"]]
        yield "cues.csv", row["entry"], f"{row['use']}, forms", "", ", ".join(own)


def _attributions(text: str) -> str:
    """The attributions found in a text: source, cue and content, set apart by bars."""
    roles = ("source", "cue", "content")
    found = find_attributions(text)
    return "; ".join(" | ".join(" … ".join(text[a:b] for a, b in one[role]) for role in roles) for one in found)


def form_lines() -> Iterator[tuple]:
    """Irregular forms, spellings, the attitude of verbs, cities as datelines, and months and days as dates."""
    for row in rows("irregular.csv"):
        forms = ", ".join(f"{form} {what}" for form, what in verb_forms(row["base"]).items())
        yield "irregular.csv", row["base"], row["forms"], "", f"{forms}; all: {' '.join(inflections(row['base']))}"
    for row in rows("spelling.csv"):
        yield "spelling.csv", row["variant"], row["form"], "", " ".join(one.form for one in words(row["variant"]))
    for row in rows("verbs.csv"):
        s, past, participle = _forms(row["verb"])
        for cue in (s, f"has {participle}", f"did not {row['verb']}", *plurals(row["verb"])[:1], past + " out"):
            yield "verbs.csv", row["verb"], row["attitude"], cue, " ".join(verb(cue))
    for city in sorted(CITIES):
        text = f"{city.title()} – Ada Lund said the harbour was closed."
        yield "cities.txt", city, "", text, text[: dateline_end(text)]
    for day in DAYS:
        text = f"{day} 5 March 2016"
        yield "dates.txt", day, "day", text, _day(text)
    for month, names in enumerate(MONTHS, 1):
        for name in names:
            text = f"5 {name} 2016"
            yield "dates.txt", name, str(month), text, _day(text)


def _day(text: str) -> str:
    """The date that a text begins with."""
    found = read_printed(text)
    return str(found.day) if found else "no date"


def person_lines() -> Iterator[tuple]:
    """Every word for people and bodies, with the lists it stands in: who speaks where it is a source."""
    for word, names in _by_word({name: LISTS[name] for name in LISTS}).items():
        shown, _, state = word.partition(":")
        text = " ".join(sentence.format(w=shown, W=shown.title()) for sentence in PERSON)
        found = attributions_in("a", text, [("body", 0, len(text))], {"sides": SIDES})
        who = [f"{one['speaker'] or 'nobody'}, {one['side'] or 'no side'}" for one in found]
        yield "people.csv", shown, "; ".join([*names, *([state] if state else [])]), text, "; ".join(who)


def code_lines() -> Iterator[tuple]:
    """Every word of the sets in code, with the sets it stands in, and with the keyword as object and as subject."""
    for word, names in _by_word(word_lists()).items():
        for n, sentence in enumerate(CODE):
            text = sentence.format(w=word)
            own = "; ".join(name.removeprefix("parley.") for name in names) if not n else "as above"
            yield "in code", word, own, text, f"{_stance(text)}; {_attributions(text)}"
        text = f"They saw the {word}. {word[:1].upper()}{word[1:]} Lund left it to us."
        yield "in code", word, "as above", text, number(len(split(text)), "sentence")


def _by_word(lists: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The names of the lists that each word stands in."""
    found: dict[str, list[str]] = {}
    for name, held in lists.items():
        for word in held:
            found.setdefault(word, []).append(name)
    return dict(sorted(found.items()))


def lines() -> list[tuple[str, ...]]:
    """All lines, in the order of the lists."""
    made = (stance_lines, cue_lines, form_lines, person_lines, code_lines)
    count = sum(len(entries) for entries in lexicon().values())
    return [("stance.csv", "", "entries in all forms", "", str(count)), *(line for make in made for line in make())]


def write() -> None:
    """Write the stored table anew."""
    with STORED.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([COLUMNS, *lines()])
