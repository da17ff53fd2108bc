"""The tokeniser: folding, offsets, and any text whatever."""

import csv
import unicodedata
from importlib.resources import files
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parley.text.forms import Word, first_forms, fold, in_columns, word_forms, words
from parley.text.inflections import inflections, plurals, verb_forms

TEXTS = st.text() | st.text(alphabet="aZUS é\u0301'’`-‐.,:0129\u00ad_\n", max_size=40)


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow’s Moscow's Moscow`s MOSCOW'S", ["moscow"] * 4),
        ("the rebels’ ‘truce’ 'plan'", ["the", "rebels", "truce", "plan"]),
        ("don’t don't O’Brien it’s", ["don't", "don't", "o'brien", "it"]),
        ("cease-fire Ceasefire cease‑fires", ["ceasefire", "ceasefire", "ceasefires"]),
        ("co-operation cooperation non-co-operation", ["cooperation", "cooperation", "noncooperation"]),
        ("hard-line hardline hard-liners", ["hardline", "hardline", "hardliners"]),
        ("anti-war anti-Western ANTI-WAR", ["antiwar", "anti", "western", "antiwar"]),
        ("re-sign re-elect", ["re", "sign", "reelect"]),
        ("Russian-backed day-to-day 48-hour", ["russian", "backed", "day", "to", "day", "48", "hour"]),
        ("F-16 F16 S-300s", ["f16", "f16", "s300s"]),
        ("Defence Defense organisations ORGANIZATIONS", ["defense", "defense"] + ["organizations"] * 2),
        ("U.S. U.S US US-led us Us", ["u.s.", "u.s.", "u.s.", "u.s.", "led", "us", "us"]),
        ("U.N. UN at 9 a.m. I am", ["un", "un", "at", "9", "a.m.", "i", "am"]),
        ("9,000 at 9:00, 3.5m. In 2012, 11-12", ["9,000", "at", "9:00", "3.5m", "in", "2012", "11", "12"]),
        ("e\u0301tat état im\u00adpasse snake_case", ["état", "état", "impasse", "snake", "case"]),
        ("الهُدنة перемирие", ["الهُدنة", "перемирие"]),
        ("", []),
        (" — … ’’ -- _", []),
    ],
)
def test_folds(text, expected):
    assert forms(text) == expected


def test_a_compound_keeps_its_whole_place():
    text = "a cease-fire, Non-co-operation"
    assert [text[w.start : w.end] for w in words(text)] == ["a", "cease-fire", "Non-co-operation"]


def test_fold_leaves_a_compound_in_one_piece():
    assert [fold(word) for word in ("US-led", "hard-line", "Defence")] == ["u.s.-led", "hardline", "defense"]


def test_every_spelling_pair_meets_in_one_form():
    with (files("parley") / "data" / "spelling.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 1000
    assert len({row["variant"] for row in rows}) == len(rows)
    for row in rows:
        assert forms(row["variant"]) == forms(row["form"]) == [row["form"]]


@given(TEXTS)
def test_offsets_rise_and_point_at_the_words(text):
    last = 0
    found = words(text)
    assert bool(found) == any(sign.isalnum() for sign in text)
    for word in found:
        assert last <= word.start < word.end <= len(text)
        token = text[word.start : word.end]
        assert token == token.strip()
        assert word.form in forms(token)
        assert word.form
        last = word.end


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text):
    covered = {i for word in words(text) for i in range(word.start, word.end)}
    assert all(i in covered for i, sign in enumerate(text) if sign.isalnum())


@given(TEXTS)
def test_folded_words_fold_to_themselves(text):
    assert forms(f"{text} sail")[-1] == "sail"
    for form in forms(text):
        assert fold(form) == form or "'s" in form
        assert unicodedata.is_normalized("NFC", form)


@given(st.lists(st.sampled_from(["pause", "U.S.", "cease-fire", "9,000", "Moscow’s"]), max_size=8))
def test_words_apart_are_read_as_each_alone(tokens):
    found = forms(" ".join(tokens))
    assert found == [*chain.from_iterable(map(forms, tokens))] and len(found) >= len(tokens)


@given(st.text(alphabet="abcXY 019,.'", max_size=60))
def test_capitals_do_not_matter(text):
    assert forms(text.lower()) == forms(text.upper())
    assert forms(f"{text} SAIL")[-1] == "sail"


@given(st.text(alphabet="anti-pro.’'USus ‐—9", max_size=12))
@example("anti-")
def test_any_word_can_be_folded(word):
    assert isinstance(fold(word), str)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("deny", {"deny": "base", "denies": "s", "denying": "ing", "denied": "past"}),
        ("write", {"write": "base", "writes": "s", "writing": "ing", "wrote": "past", "written": "participle"}),
        ("put", {"put": "past", "puts": "s", "putting": "ing"}),
        ("have", {"have": "base", "haves": "s", "has": "s", "having": "ing", "had": "past"}),
        ("quip", {"quip": "base", "quips": "s", "quipping": "ing", "quipped": "past"}),
        ("veto", {"veto": "base", "vetos": "s", "vetoes": "s", "vetoing": "ing", "vetoed": "past"}),
        (
            "permit",
            {"permit": "base", "permits": "s", "permiting": "ing", "permitting": "ing", "permited": "past",
             "permitted": "past"},
        ),
    ],
)  # fmt: skip
def test_what_the_forms_of_a_verb_are(verb, expected):
    assert verb_forms(verb) == expected


def test_irregular_forms_can_be_given():
    assert verb_forms("know", "knew") == {"know": "base", "knows": "s", "knowing": "ing", "knew": "past"}


def test_forms_of_a_word():
    assert inflections("truce") == ("truce", "truces", "truced", "trucing")
    assert inflections("Seek") == ("seek", "seeks", "seeked", "seeking", "sought")
    assert inflections("accord") == ("accord", "accords", "accorded")
    assert inflections("ban") == ("ban", "bans", "banned", "banning")
    assert [plurals(noun) for noun in ("truce", "moratorium", "party")] == [
        ["truces"], ["moratoriums", "moratoria"], ["parties"]
    ]  # fmt: skip


@given(st.text("aB1é ,.'’-_\n\u00ad\u0301", max_size=30), st.data())
def test_the_words_of_a_part_are_those_of_the_text_cut_out(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = words(text, start, end)
    assert found == [Word(form, start + first, start + last) for form, first, last in words(text[start:end])]
    assert in_columns(text, start, end) == tuple(map(list, zip(*found, strict=True)) if found else ([], [], []))
    assert word_forms(text[start:end]) == tuple(word.form for word in found)
    assert first_forms(text, start, end) == word_forms(text[start:end])[:2]


@pytest.mark.parametrize("mark", ["\n", "—", "_", "—\n"])
def test_a_million_marks_behind_the_last_word_are_gone_through_once(mark):
    text = "He said so." + mark * 1_000_000
    assert forms(text) == ["he", "said", "so"] == list(word_forms(text))
    assert words(mark * 1_000_000) == [] == list(word_forms(mark * 1_000_000)) == list(first_forms(text, 11, len(text)))
