"""What is read in reports composed of many kinds of names, cues, contents and marks, drawn with a fixed seed: a line a row of
each table, for a person to judge.

`make refresh` writes tests/data/composed.csv anew.
"""

import csv
import random
import re
import warnings
from collections.abc import Iterator

import pandas as pd
from examples import SETTINGS
from mutated import ROOT, TOLD, told

from parley import study_from_table

STORED = ROOT / "tests" / "data" / "composed.csv"
COUNT, SENTENCES = 360, 8
SLOT = re.compile(r"\{(\w+)\}")
# Every slot stands for one of the lines below its name; a line may hold slots.
PARTS = {
    "first": "Ada|Tom|Ola|Eva|Karim|Ingrid|Jan|E.|J. R.|Sinéad",
    "last": "Lund|Berg|Vik|Dorn|Haddad|Marsk|de Vries|von Holt|O’Brien|Lee",
    "name": "{first} {last}|{first} {last}|{last}|{title} {last}|{title} {first} {last}|{last} Jr.",
    "title": "Mr|Mrs.|Ms|Dr.|Sir|Mayor|President|Gen.|Foreign Minister|Sen.|Norlandic Prime Minister|Deputy Mayor",
    "office": "mayor|minister|spokesman|spokeswoman|president|ambassador|director|chairman|harbour master|commissioner|deputy",
    "of": "of Norby|of Norland|of the {body}|for the {body}|in Halden|at the {body}|to Ostland",
    "body": "Harbour Ministry|Dock Council|Dock Workers’ Union|Port Authority|Norland Press|Ferry Company|Foreign Office|U.N.",
    "generic": "ministry|council|union|authority|company|group|agency|government|committee|court|news agency|wire service",
    "place": "Norby|Norland|Halden|Ostland|Port Harbour|the U.S.|Washington|London",
    "adjective": "Norlandic|Ostland|senior|former|local|Halden-based|young|unnamed|leading|British|opposition|western",
    "person": "worker|captain|teacher|fisherman|resident|driver|witness|expert|analyst|lawyer|trader|islander",
    "persons": "workers|captains|residents|dockers|experts|officials|critics|diplomats|islanders|strikers|sources",
    "many": "some|many|two|several|most|a few|dozens of|both|all|a number of|other|no|hundreds of",
    "who": (
        "{name}|{name}|{name}|the {office}|the {office} {of}|{name}, the {office} {of},|the {office}, {name},|{name} {of}|he|she|they|it"
        "|the {body}|the {generic}|{place}|the {adjective} {office}|{place}’s {office}|{place}’s {office}, {name},|{many} {persons}"
        "|a {person}|the {person}|a {person} from {place}|{name} and {name}|{name}, {age},|its {office}|his {person}|one {person}"
        "|a {office} {of}|{persons} {of}|a source close to the {body}|people familiar with the {key}|the {adjective} {generic}"
        "|{name}, who {cue} the {key},|{name}, a {adjective} {person},|those who {cue} the {key}|we|I|nobody|another {person}"
        "|the {generic}’s {office}|a report by the {body}|a statement|the statement|the {place}-based {generic}|{name}’s {office}"
        "|both {name} and the {office}|neither {name} nor the {generic}|a {person} named {name}|former {office} {name}"
        "|the {body} (DWU)|the DWU|{name} (R-N.Y.)|the office of {name}|{adjective} {persons}|{adjective} {office} {name}"
        "|the latter|the {generic} and other {persons}|{name} and other {persons}|the {person}, who declined to be named,|who"
    ),
    "age": "41|58|a father of two|52 years old",
    "cue": (
        "said|said|said|says|told reporters|told the {body}|told {name}|added|warned|denied|argued|insisted|wrote|tweeted|claimed"
        "|has said|had said|would say|did not say|never said|announced|believes|thinks|asked|called for|called on {name}|urged"
        "|accused {name} of|rejected|welcomed|backs|opposes|supported|criticized|condemned|demanded|hopes|fears|promised|vowed"
        "|is saying|was quoted as saying|reportedly said|refused to say|agreed|expects|knows|stated|concluded|suggested|noted"
        "|voted against|signed|broke|sees|wants|complained|explained|is against|is for|blamed|hailed|mocked|predicted|shouted"
    ),
    "ing": "saying|adding|warning|noting|arguing|calling|rejecting|citing|insisting|accusing {name} of",
    "noun": "statement|claim|warning|promise|view|fear|hope|suggestion|call|threat|criticism|support|opposition|denial|demand",
    "key": "truce|ceasefire|pause|strike|ferry|corridor|plan|cease-fire|humanitarian pause|truces",
    "good": "good|bad|a disaster|dead|a mistake|the only way|necessary|dangerous|over|stupid|possible|a step forward|too late",
    "clause": (
        "the {key} would {end}|the {key} is {good}|the {key} was not {good}|nobody {backs} the {key}|{who} {backs} the {key}|it was {good}"
        "|there is no {key}|the {key} must {end}|a {key} could {end} the {key}|the {key} had been {broken} by {who}|there would be a {key}"
        "|he was {against} the {key}|they want to {end} the {key}|{who} {cue} that the {key} is {good}|the harbour was closed"
        "|the {key} which {name} {backs} is {good}|the {key}, {good} or not, will {end}|it would not {end} the {key}|they had no choice"
    ),
    "end": "hold|fail|end|work|stop|begin|save lives|collapse|help {place}|come too late|violate the {key}|lead to a {key}",
    "broken": "broken|violated|signed|agreed|rejected|imposed|welcomed|used|undermined|blocked|vetoed|betrayed",
    "backs": "backs|opposes|wants|needs|has rejected|supports|would accept|will not accept|failed to back|refuses|calls for|fights for",
    "against": "against|for|in favour of|opposed to|tired of|in breach of|behind|ready for|critical of|part of|committed to",
    "when": "on Monday|late on 5 May|in {place}|in a statement|at a news conference|on Twitter|in an interview|by phone|in a {place} hospital|from his {place} home|after the {key}|to the press",
    "said": "“{clause}|“It is {good}|“We {want} the {key}|“{Clause}. {Clause}|“No {key}, no {key}|“I {want} it|“Why now?",
    "want": "want|reject|support|need|are against|will not accept|never wanted|signed|oppose",
    "bit": "“{good}”|‘{good}’|the “{key}”|“no {key}”|“not {good}”|\"{good}\"",
    "note": "Photo: {name}|Read more|By {name}|Advertisement|NORBY ({when}) —|{name} reported from {place}.|Share this",
    "sentence": (
        "{Who} {cue} that {clause}.|{Who} {cue} that {clause} {when}.|{Who} {cue} {clause}.|{Who} {cue} {when} that {clause}.|{Who} {cue} the {key}."
        "|{said},” {who} {cue}.|{said},” {cue} {who}.|{said},” {who} {cue} {when}. “{Clause}.”|{Who} {cue}: {said}.”|{Clause}, {who} {cue}."
        "|{Clause}, {cue} {who}.|{Clause}, according to {who}.|According to {who}, {clause}.|{Who} {cue} it was {bit}.|{Who}, {ing} {clause}, left."
        "|{Who} left, {ing} that {clause}.|{Who}’s {noun} that {clause} angered {who}.|{Who} issued a {noun} {ing} {clause}.|In the words of {who}, {clause}."
        "|In {place}, {who} {cue} that {clause}, {ing} that {clause}.|{Who} {cue} that {clause} and that {clause}.|{Who} {cue} the {key} {bit}."
        "|{Who} was asked about the {key}. {said}.”|Asked if {clause}, {who} {cue} “{Clause}.”|{Who} {cue}, “{Clause}.”|{said}.”|{said}.” — {name}"
        "|{Who} {backs} the {key}.|The {key} {who} {cue} is {good} will {end}.|{Who} is {against} a {key}.|{Who} {cue} {against} the {key}, but {who} {backs} it."
        "|Although {clause}, {who} {cue} that {clause}.|If {clause}, {who} {cue}, {clause}.|{Who} and {who} {cue} that {clause}.|It was {good}, {who} {cue}; {clause}."
        "|{said}, {said},” {who} {cue} {when}.|“{Clause},” {who} {cue}, “and {clause}.”|“The {key},” {who} {cue}, “is {good}.”|As {who} {cue}, {clause}."
        "|The {persons}’ {adjective} {noun} of the {key} {cue} that {clause}."
        "|{Who}’s repeated {noun} for a {key} was {broken}.|The {persons}’ new {noun} for a {key} was {good}.|Their {noun} against the {key} {end}."
        "|It is the {noun} of {who} that {clause}.|{Who} called the {key} {bit}.|{Who} described the {key} as {bit}.|The {key} was {broken} by {who}, {who} {cue}."
        "|A {key} was {broken} {when}.|{Last} {cue} {clause}.|{Name}: {Clause}.|Added that {clause}.|The {body} quoted {who} as saying {clause}.|{Place} TV cited {who} as saying that {clause}.|{Who} {cue}, citing {who}, that {clause}."
        "|{Clause}, the {body} reported, citing {who}.|{Clause}, {who} told {place}’s Gazette.|A {person} {cue} that {clause}. “{Clause},” said {name}, a {person}."
        "|{Who} {cue} that {clause}, the Norland Press reported.|Q: {Clause}? A: {said}.”|- {Who} {cue} that {clause}.|{note}|{Who} arrived {when}."
        "|{Who} met {who} {when}.|{Who}, {cue} {who}, {backs} the {key}.|What {who} {cue} is that {clause}.|{Who} quoted {who} as saying {clause}.|Not {good}, {who} {cue}."
    ),
    "between": " | | | |\n|\n\n|\n\n|\r\n",
}  # fmt: skip
CHOICES = {name: part.split("|") for name, part in PARTS.items()}


def composed(seed: int) -> str:
    """A report of eight sentences, now and then without commas, in capitals or with straight marks."""
    draw = random.Random(seed)

    def fill(slot: re.Match) -> str:
        chosen = SLOT.sub(fill, draw.choice(CHOICES[slot[1].lower()]))
        return chosen if slot[1].islower() else chosen[:1].upper() + chosen[1:]

    text = "".join(SLOT.sub(fill, "{sentence}{between}") for _ in range(SENTENCES))
    text = re.sub(r",(?=[,.”])|(?<=, ),", "", text)
    way = draw.randrange(10)
    if way == 0:
        return text.replace(",", "")
    if way == 1:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))
    return text


def lines() -> Iterator[list[str]]:
    """Each report, and the rows that are read in it: the table's name, and what it tells."""
    texts = {f"c{seed:03}": composed(seed) for seed in range(COUNT)}
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some have lost their commas
        study = study_from_table(frame, **SETTINGS)
    rows = [
        *(["text", name, text] for name, text in texts.items()),
        *told({name: getattr(study, name) for name in TOLD}),
    ]
    yield from sorted(rows, key=lambda row: row[1][:4])


def write() -> None:
    """Write the stored lines anew."""
    with STORED.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines())
