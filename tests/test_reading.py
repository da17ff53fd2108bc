"""Files to text and tables: nothing is lost between the bytes and the cells."""

import csv
import io
import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.corpus.reading import decode, guess_encoding, read_table
from parley.corpus.settings import StudyError

PRESS = "“Café talks” — the ministry’s envoy said they’d go on …"
FILE_TEXT = st.text(st.characters(codec="utf-8"))


@given(FILE_TEXT)
def test_utf8_is_read_as_it_stands(text):
    data = text.encode()
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and "\0" not in text:
        assert decode(data, "a.txt") == (text, None)


@given(st.binary())
def test_any_bytes_are_read_or_stop_with_the_name(data):
    try:
        text, assumed = decode(data, "a.txt")
        assert text.encode(assumed or "utf-8", "surrogatepass") == data or assumed in ("utf-16", "utf-32")
    except StudyError as error:
        assert str(error).startswith("a.txt: byte ")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_the_press_are_told_apart(encoding):
    assert guess_encoding(PRESS.encode(encoding)) == encoding
    assert decode(PRESS.encode(encoding), "a.txt")[0] == PRESS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_believed(encoding):
    text, _ = decode(PRESS.encode(encoding), "a.txt")
    assert text.removeprefix("\ufeff") == PRESS


def test_an_encoding_that_is_no_text_encoding_stops():
    with pytest.raises(StudyError, match="no text encoding 'zlib'"):
        decode(b"x", "a.txt", "zlib")


CELLS = st.lists(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=2, max_size=2),
    min_size=1,
)


@given(CELLS, st.sampled_from([",", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_cells_survive_csv(tmp_path_factory, rows, delimiter, end):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [["text", "outlet"], *rows]
    )
    path = tmp_path_factory.mktemp("t") / ("t.csv" if delimiter == "," else "t.tsv")
    path.write_bytes(out.getvalue().encode())
    table, notes = read_table(path)
    assert table.to_numpy().tolist() == rows
    assert notes == []


def test_the_limit_of_a_cell_is_put_back(tmp_path):
    limit = csv.field_size_limit()
    (tmp_path / "t.csv").write_text("text\n" + "x" * (limit + 1), "utf-8")
    assert len(read_table(tmp_path / "t.csv")[0]["text"][0]) == limit + 1
    assert csv.field_size_limit() == limit
    (tmp_path / "t.csv").write_text("text,text\nx,y\n", "utf-8")
    with pytest.raises(StudyError) as stopped:
        read_table(tmp_path / "t.csv")
    assert stopped.value and csv.field_size_limit() == limit


def test_every_kind_of_table_gives_the_same_cells(tmp_path):
    frame = pd.DataFrame({"text": ["=A “ferry”,\nsaid", "@x", "-1"], "outlet": ["a", "b", "c"]})
    frame.to_csv(tmp_path / "t.csv", index=False)
    frame.to_csv(tmp_path / "t.tsv", index=False, sep="\t")
    frame.to_json(tmp_path / "t.jsonl", orient="records", lines=True)
    frame.to_parquet(tmp_path / "t.parquet", index=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in ("csv", "tsv", "jsonl", "parquet"):
            table, notes = read_table(tmp_path / f"t.{kind}")
            assert table.to_numpy().tolist() == frame.to_numpy().tolist(), kind
            assert notes == []
