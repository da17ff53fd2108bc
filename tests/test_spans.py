"""Lists of places as they are kept: nothing is lost on the way, whatever rows are taken."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import study_from_table
from parley.corpus.spans import PACKED, first_places, packed, unpacked

PLACES = st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)), max_size=4)


@given(st.lists(PLACES, max_size=8), st.data())
def test_what_is_packed_comes_back_in_any_order(cells, data):
    kept = packed(cells)
    assert kept.dtype == PACKED and unpacked(kept) == cells
    rows = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=8)) if cells else []
    some, same = kept.take(rows), pd.Series([cells[n] for n in rows], rows, dtype=object)
    assert unpacked(some) == unpacked(same) == same.tolist()
    assert unpacked(pd.concat([kept, some])) == cells + same.tolist()
    first = [cells[n][0][0] if cells[n] else None for n in rows]
    for column in (some, same):
        found = first_places(column)
        assert found.dtype == "Int64" and found.index.tolist() == rows
        assert [None if pd.isna(one) else one for one in found] == first


def test_lists_that_are_handed_out_are_the_reader_s_own():
    study = study_from_table(pd.DataFrame({"text": ["“We sail,” Ada Lund said, “at six.”"]}))
    given = study.attributions["content"]
    assert given.dtype == object and given.tolist() == [[(0, 10), (26, 35)]]
    given.iloc[0].clear()
    assert study.attributions["content"].tolist() == [[(0, 10), (26, 35)]]
    assert study.peek("attributions")["content"].dtype == PACKED


def test_sentences_are_kept_without_their_text_and_handed_out_with_it():
    study = study_from_table(
        pd.DataFrame({"article_id": ["b", "a"], "text": ["Été. «Oui».", "Boats sail. They wait."]})
    )
    assert "text" not in study.peek("sentences") and "text" not in study.peek("all_sentences")
    names = ["article_id", "kind", "paragraph", "start", "end", "text"]
    assert list(study.sentences)[:6] == names == list(study.all_sentences)
    assert study.sentences["text"].tolist() == ["Été.", "«Oui».", "Boats sail.", "They wait."]
    assert study.cut(study.peek("sentences").iloc[[1, 2]]).tolist() == ["«Oui».", "Boats sail."]
    other = study.but(sentences=study.sentences.iloc[:1].assign(text="Other."))
    assert other.sentences["text"].tolist() == ["Other."], "a table that was given has what it was given with"


@pytest.mark.parametrize("letters", [65_535, 65_536, 70_000])
def test_a_word_of_any_length_has_its_size(letters):
    study = study_from_table(pd.DataFrame({"text": ["A boat.", "a" * letters + " and so on."]}))
    tokens = study.tokens
    assert tokens["size"].tolist() == [1, 4, letters, 3, 2, 2]
    assert (tokens["size"].dtype == "uint16") == (letters < 2**16)
