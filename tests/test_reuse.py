"""Shared passages: found to their true ends, edits told apart by kind, copy counted once."""

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley import load_study, study_from_table
from parley.reuse import shared_passages
from parley.text import copies
from parley.text.copies import clusters, find_passages, mark_copies, repeats
from parley.text.forms import words

CORPUS = Path(__file__).parents[1] / "corpus" / "study.toml"
OPS = {"same", "mark", "spelling", "substitute", "insert", "delete"}
BASE = (
    "The ministry said the regime would open six corridors to the besieged town on Friday evening, so "
    "that civilians could leave before the defence of its northern quarter began again."
)


def invented(number: int, rng: random.Random) -> list[str]:
    """Words of no language, few of them common and most of them rare, as in a text."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    return [
        "".join(rng.choices(syllables, k=1 + int(rng.paretovariate(2)) % 3 + (rng.random() < 0.8)))
        for _ in range(number)
    ]


def find(texts: dict[str, str]) -> pd.DataFrame:
    return find_passages({name: (text, [(0, len(text))]) for name, text in texts.items()})


def change(tokens: list[str], share: float, rng: random.Random) -> list[str]:
    """Substitute, drop or insert a share of the words."""
    chosen = set(rng.sample(range(len(tokens)), int(share * len(tokens))))
    result = []
    for i, token in enumerate(tokens):
        kind = rng.choice(["substitute", "drop", "insert"]) if i in chosen else "keep"
        result += {"keep": [token], "drop": [], "substitute": ["changed"], "insert": ["added", token]}[kind]
    return result


def edits(a: str, b: str) -> list[tuple[str, str, str]]:
    found = find({"a": a, "b": b})
    assert len(found) == 1
    return found.loc[0, "edits"]


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("regime", "government", ("substitute", "regime", "government")),
        ("open six corridors", "open corridors", ("delete", "six", "")),
        ("said the regime", "said that the regime", ("insert", "", "that")),
        ("defence", "defense", ("spelling", "defence", "defense")),
        ("ministry", "Ministry", ("mark", "ministry", "Ministry")),
        ("besieged", "“besieged”", ("mark", "besieged", "“besieged”")),
        ("so that", "[so that]", ("mark", "so that", "[so that]")),
        ("northern", "north-ern", ("mark", "northern", "north-ern")),
        ("evening,", "evening –", ("mark", "evening,", "evening –")),
        ("town on", "town's on", ("substitute", "town", "town's")),
        ("Friday evening", "Friday", ("delete", "evening,", "")),
        ("the besieged town", "Aleppo", ("substitute", "the besieged town", "Aleppo")),
    ],
)
def test_each_kind_of_edit(old, new, expected):
    changed = BASE.replace(old, new)
    assert expected in edits(BASE, changed)
    swapped = {"insert": "delete", "delete": "insert"}.get(expected[0], expected[0])
    assert (swapped, expected[2], expected[1]) in edits(changed, BASE)


@pytest.mark.parametrize(
    "one, other, op",
    [
        ("(so that)", "[so that]", "mark"),
        ("US", "U.S.", "mark"),
        ("‘x’", '"x"', "mark"),
        ("hard-line", "hardline", "mark"),
        ("cease fire", "ceasefire", "mark"),
        ("0900", "09:00", "mark"),
        ("Café", "Cafe", "spelling"),
        ("organise", "organize", "spelling"),
        ("DEFENCE’S", "Defense's", "spelling"),
        ("£5", "$5", "substitute"),
        ("9.5", "95", "substitute"),
        ("5%", "5", "substitute"),
        ("regime’s", "regime", "substitute"),
        ("Saddam", "Sadam", "substitute"),
        ("cease … fire", "cease… fire", ""),
    ],
)
def test_marks_and_spelling_are_told_apart_from_wording(one, other, op):
    a, b = (BASE.replace("on Friday", f"and {word} on Friday") for word in (one, other))
    assert edits(a, b) == ([(op, one, other)] if op else [])


def test_line_breaks_and_double_spaces_are_no_edit():
    assert edits(BASE, BASE.replace(" the ", "\n\nthe  ")) == []


def test_direction_is_from_a_to_b_and_a_is_the_smaller_id():
    found = find({"z": BASE.replace(" besieged", ""), "b": BASE}).iloc[0]
    assert (found["article_a"], found["article_b"]) == ("b", "z")
    assert found["edits"] == [("delete", "besieged", "")]
    assert BASE[found["start_a"] : found["end_a"]] == BASE


def test_ends_are_the_true_ends():
    rng = random.Random(1)
    around = [" ".join(invented(60, rng)) for _ in range(4)]
    texts = {"a": f"{around[0]}. {BASE} {around[1]}", "b": f"{around[2]}. {BASE} {around[3]}"}
    found = find(texts)
    assert len(found) == 1
    row = found.iloc[0]
    assert texts["a"][row["start_a"] : row["end_a"]] == texts["b"][row["start_b"] : row["end_b"]] == BASE
    assert row["words"] == len(words(BASE)) and row["edits"] == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(25, 120), st.floats(0, 0.2))
@example(1, 60, 0.0)
@example(2, 120, 0.03)
def test_planted_passages_are_found_and_aligned(seed, length, share):
    rng = random.Random(seed)
    passage = invented(length, rng)
    copy = change(passage, share, rng)
    texts = {
        "a": " ".join([*invented(150, rng), *passage, *invented(150, rng)]),
        "b": " ".join([*invented(80, rng), *copy, *invented(300, rng)]),
    }
    found = find(texts)
    changes = int(share * length)
    if (length - changes) // (changes + 1) >= 20:  # so many words in a row are left as they were
        assert len(found) == 1 and found["words"][0] >= length - 2 * changes
    for row in found.itertuples():
        sides = (texts["a"], row.start_a, row.end_a, 1), (texts["b"], row.start_b, row.end_b, 3)
        for text, start, end, i in sides:
            stretches = [stretch[i : i + 2] for stretch in row.alignment]
            assert (stretches[0][0], stretches[-1][1]) == (start, end)
            for before, after in pairwise(stretches):  # in order, with nothing but space between them
                assert before[1] <= after[0] and not text[before[1] : after[0]].strip()
        assert {stretch.op for stretch in row.alignment} <= OPS
        for stretch in row.alignment:
            assert (stretch.start_a == stretch.end_a) == (stretch.op == "insert")
            assert (stretch.start_b == stretch.end_b) == (stretch.op == "delete")
        same = sum(
            len(words(texts["a"][s.start_a : s.end_a])) for s in row.alignment if s.op in ("same", "mark", "spelling")
        )
        assert row.words == same


def test_recall_precision_and_ends_on_planted_copies():
    rng = random.Random(4)
    missed = wrong = off = 0
    for _ in range(120):
        passage = invented(rng.randint(25, 80), rng)
        before = [invented(rng.randint(0, 90), rng) for _ in range(2)]
        sides = [passage, change(passage, rng.uniform(0, 0.2), rng)]
        texts = {
            name: " ".join([*first, *side, *invented(60, rng)])
            for name, first, side in zip("ab", before, sides, strict=True)
        }
        found = find(texts)
        missed += len(found) == 0
        wrong += max(0, len(found) - 1)
        if len(found):
            row = found.iloc[0]
            ends = []
            for name, first, side in zip("ab", before, sides, strict=True):
                start = len(texts[name][: row[f"start_{name}"]].split())
                end = len(texts[name][: row[f"end_{name}"]].split())
                ends += [abs(start - len(first)), abs(end - len(first) - len(side))]
            off += max(ends) > 3
    assert missed <= 0.05 * 120
    assert wrong <= 0.02 * 120
    assert off <= 0.10 * 120


def test_short_copy_with_every_fifth_word_changed_is_found():
    rng = random.Random(16)
    found = 0
    for _ in range(60):
        passage = invented(25, rng)
        copy = change(passage, 0.2, rng)
        texts = {
            name: " ".join([*invented(50, rng), *side, *invented(50, rng)])
            for name, side in zip("ab", (passage, copy), strict=True)
        }
        found += len(find(texts))
    assert found >= 0.95 * 60


def test_unrelated_texts_share_nothing_though_they_share_stock_phrases():
    rng = random.Random(5)
    phrases = [
        "the International Committee of the Red Cross in Geneva",
        "told reporters on condition of anonymity because of the",
        "a United Nations Security Council resolution on the",
        "Syrian President Bashar al-Assad and his allies",
    ]
    texts = {}
    for i in range(60):
        parts = []
        for phrase in rng.sample(phrases, len(phrases)):
            parts += [*invented(40, rng), phrase]
        texts[f"{i:02}"] = " ".join(parts)
    assert find(texts).empty
    assert len(find(texts | {"60": texts["00"]})) == 1


def test_a_sentence_cut_from_the_middle_is_one_deletion():
    rng = random.Random(6)
    first, cut, last = (" ".join(invented(n, rng)).capitalize() + "." for n in (20, 18, 20))
    assert edits(f"{first} {cut} {last}", f"{first} {last}") == [("delete", cut, "")]


def test_passages_do_not_run_over_text_that_is_no_prose():
    rng = random.Random(7)
    first, last = (" ".join(invented(20, rng)) for _ in range(2))
    text = f"{first}\nAdvertisement\n{last}"
    spans = [(0, len(first)), (len(text) - len(last), len(text))]
    found = find_passages({"a": (text, spans), "b": (text, spans)})
    assert found[["start_a", "end_a"]].to_numpy().tolist() == [list(span) for span in spans]


def test_every_pair_of_a_few_articles_has_its_row():
    rng = random.Random(8)
    texts = {name: " ".join([*invented(30, rng), BASE, *invented(30, rng)]) for name in "abcd"}
    found = find(texts)
    assert list(zip(found["article_a"], found["article_b"], strict=True)) == [
        ("a", "b"),
        ("a", "c"),
        ("a", "d"),
        ("b", "c"),
        ("b", "d"),
        ("c", "d"),
    ]


def test_the_order_of_articles_does_not_matter_for_a_few():
    rng = random.Random(9)
    texts = {name: " ".join([*invented(30, rng), BASE, *invented(30, rng)]) for name in "abc"}
    found = find(texts)
    assert len(found) == 3
    pd.testing.assert_frame_equal(found, find(dict(reversed(texts.items()))))


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"a": ""},
        {"a": "", "b": ""},
        {"a": "One word", "b": "One word"},
        {"a": "…", "b": "“”"},
        {"a": "\x00\ud800 <script>", "b": "=1+1"},
    ],
)
def test_next_to_nothing_is_no_passage(texts):
    found = find(texts)
    assert found.empty
    assert list(found) == [
        "article_a",
        "start_a",
        "end_a",
        "article_b",
        "start_b",
        "end_b",
        "words",
        "edits",
        "alignment",
    ]
    assert clusters(found, list(texts)).tolist() == list(texts)
    assert len(find(texts | {"y": BASE, "z": BASE})) == 1


def test_no_spans_at_all():
    assert find_passages({"a": (BASE, []), "b": (BASE, [])}).empty
    assert len(find_passages({"a": (BASE, [(0, len(BASE))]), "b": (BASE, [(0, len(BASE))])})) == 1


def hostile(labelled: int, repeated: int, rng: random.Random) -> tuple[dict[str, str], str]:
    """A label that all articles print, copies, endless repetition, and results of ten digits."""
    label = " ".join(invented(40, rng))
    texts = {f"{i:04}": " ".join([*invented(20, rng), label]) for i in range(labelled)}
    texts |= {f"one word {i}": "truce " * (repeated >> i) for i in range(2)}
    texts |= {f"refrain {i}": "a truce is a truce is " * (repeated // 20) for i in range(2)}
    texts |= {f"results {i}": " ".join(rng.choices("0123", k=repeated // 30)) for i in range(3)}
    texts |= {f"twin {i}": " ".join(invented(repeated // 50, random.Random(11))) for i in range(3)}
    return texts, label


def test_hostile_corpora_are_compared_with_neighbours_only():
    texts, label = hostile(300, 100_000, random.Random(10))
    found = find(texts)
    assert Counter(found["article_a"].str[:4])["twin"] == 3
    boilerplate = found[found["article_a"].str.isdigit()]
    assert 299 <= len(boilerplate) <= 299 * 10  # linear: of 44,850 pairs only neighbours are compared
    assert clusters(found, list(texts))[:300].nunique() == 1
    starts = [text.index(label) for text in list(texts.values())[:300]]
    sentences = pd.DataFrame({"article_id": list(texts)[:300], "start": starts, "text": label})
    assert mark_copies(sentences, found, list(texts), {}).sum() == 299


def test_work_grows_with_the_corpus(monkeypatch):
    """A corpus of twice the size asks for about twice the comparisons of words, not for four times as many."""
    compared = []
    align = copies._agree
    monkeypatch.setattr(copies, "_agree", lambda x, y, **how: compared.append(len(x) * len(y)) or align(x, y, **how))
    asked = []
    for size in (1, 2):
        compared.clear()
        assert len(find(hostile(60 * size, 5_000 * size, random.Random(10))[0])) > 100
        asked.append((len(compared), sum(compared)))
    assert asked[0][0] > 100
    assert asked[1][0] <= 2.5 * asked[0][0] and asked[1][1] <= 2.5 * asked[0][1], asked


def test_repeats_are_whole_paragraphs_and_the_first_counts():
    lines = [
        "Headline of five words here",
        "A short one.",
        BASE,
        "He agreed.",
        BASE,
        "He agreed.",
        "A short one.",
        BASE[:60],
        "Headline of five words here!",
    ]
    text, spans, at = "\n".join(lines), [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    # "A short one." stands alone the second time; BASE[:60] repeats only a part.
    assert repeats(text, spans) == [spans[4], spans[5], spans[8]]


def test_repeats_of_a_block_take_its_short_paragraphs_along_on_either_side():
    block = ["Short.", BASE, "He nodded.", "***", BASE.upper()[:90]]
    text, spans, at = "\n".join(block * 3), [], 0
    for line in block * 3:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    assert repeats(text, spans) == spans[5:]
    assert repeats("", []) == []


def test_a_label_is_no_repeat():
    assert repeats("Read more\nRead more", [(0, 9), (10, 19)]) == []
    line = "Read more about the town"
    assert repeats(f"{line}\n{line}", [(0, 24), (25, 49)]) == [(25, 49)]


def test_clusters_join_through_others_and_are_named_by_their_first():
    passages = pd.DataFrame({"article_a": ["b", "c", "e"], "article_b": ["d", "d", "f"]})
    assert clusters(passages, list("abcdef")).to_dict() == dict(zip("abcdef", "abbbee", strict=True))
    assert clusters(passages, list("fdcba")).to_dict() == dict(zip("fdcba", "fddda", strict=True))
    assert clusters(passages[:0], []).empty


def sentences_of(texts: dict[str, str]) -> pd.DataFrame:
    rows = [(name, text.index(line), line) for name, text in texts.items() for line in text.split("\n")]
    return pd.DataFrame(rows, columns=["article_id", "start", "text"], index=range(100, 100 + len(rows)))


def test_copies_count_once_in_each_group():
    rng = random.Random(12)
    texts = {
        name: " ".join(invented(n, rng)) + "\n" + BASE for name, n in zip("abcde", (200, 160, 120, 80, 40), strict=True)
    }
    passages, sentences = find(texts), sentences_of(texts)
    order = ["c", "a", "b", "d", "e"]

    def marked(group):
        rows = mark_copies(sentences, passages, order, group)
        assert rows.index.equals(sentences.index)
        return sentences.loc[rows, ["article_id", "text"]].to_numpy().tolist()

    assert marked({}) == [[name, BASE] for name in "abde"]
    assert marked(dict.fromkeys("abcde", "all")) == [[name, BASE] for name in "abde"]
    assert marked({"a": "x", "b": "x", "c": "y", "d": "y", "e": np.nan}) == [["b", BASE], ["d", BASE]]
    assert marked(dict(zip("abcde", "vwxyz", strict=True))) == []


def test_a_sentence_is_a_copy_when_half_of_its_words_are():
    rng = random.Random(13)
    shared = invented(20, rng)
    texts = {
        "a": " ".join(shared),
        "b": " ".join([*shared, *invented(20, rng)]),
        "c": " ".join([*shared, *invented(21, rng)]),
    }
    marks = mark_copies(sentences_of(texts), find(texts), list("abc"), {})
    assert marks.tolist() == [False, True, False]


def test_what_is_inserted_into_copy_is_no_copy():
    rng = random.Random(14)
    first, own, last = (" ".join(invented(n, rng)) for n in (20, 15, 20))
    texts = {"a": f"{first}\n{last}", "b": f"{first}\n{own}\n{last}"}
    found = find(texts)
    assert len(found) == 1  # the insertion lies within the passage
    marks = mark_copies(sentences_of(texts), found, list("ab"), {})
    assert marks.tolist() == [False, False, True, False, True]


def test_a_study_counts_shared_copy_once_where_the_earliest_article_prints_it():
    rng = random.Random(15)
    own = [" ".join(invented(25, rng)).capitalize() + "." for _ in range(3)]
    frame = pd.DataFrame(
        {
            "article_id": ["1", "2", "3"],
            "date": ["2020-03-03", "2020-01-01", None],
            "text": [f"{own[0]}\n\n{BASE}", f"{own[1]}\n\n{BASE}", f"{own[2]}\n\n{BASE}"],
        }
    )
    study = study_from_table(frame)
    assert study.sentences.loc[study.sentences["left_out"] == "shared", "article_id"].tolist() == ["1", "3"]
    pd.testing.assert_frame_equal(shared_passages(study), study.passages)


def test_the_five_articles_hold_one_pair_and_both_substitutions():
    study = load_study(CORPUS)
    found = shared_passages(study)
    assert set(zip(found["article_a"], found["article_b"], strict=True)) == {
        ("2016-11-02-afp", "2016-11-02-asharq-al-awsat")
    }
    changes = [edit for edits in found["edits"] for edit in edits]
    assert changes.count(("substitute", "government", "regime")) == 2
    assert ("mark", "[so that]", "(so that)") in changes and ("mark", "hard-line", "hardline") in changes
    assert not any(op == "spelling" for op, _, _ in changes)
    texts = study.articles.set_index("article_id")["text"]
    for row in found.itertuples():
        a = texts[row.article_a][row.start_a : row.end_a]
        assert texts[row.article_a].index(a) == row.start_a  # the first of the two printings
    assert clusters(found, study.articles["article_id"]).nunique() == 4


@pytest.mark.parametrize(("gap", "passages"), [(copies.LONGEST_GAP, 1), (copies.LONGEST_GAP + 1, 2)])
def test_a_passage_goes_over_a_gap_of_so_many_words_and_no_more(gap, passages):
    """Both sides of it are long enough to be a passage by themselves."""
    draw = random.Random(3)
    before, cut, after = (" ".join(invented(number, draw)) for number in (120, gap, 120))
    found = find({"a": f"{before} {cut} {after}", "b": f"{before} {after}"})
    assert len(found) == passages


def test_words_looked_at_in_parts_give_every_shingle_once(monkeypatch):
    texts = {"a": " ".join(invented(50, random.Random(3)))}
    read = {"a": (texts["a"], [(0, len(texts["a"]))])}

    def numbered(name, start, end):
        return np.array([(n, first, last) for n, (_, first, last) in enumerate(words(texts[name]))], np.int32).T

    whole = copies.shingles(copies.gather(read, numbered))
    for size in (1, 7, 49):
        monkeypatch.setattr(copies, "AT_ONCE", size)
        parts = copies.shingles(copies.gather(read, numbered))
        assert len(parts[0]) == 50 - copies.SHINGLE + 1
        assert all((np.sort(one) == np.sort(other)).all() for one, other in zip(whole, parts, strict=True))
