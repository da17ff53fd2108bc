"""The articles table: columns of the contract, dates as printed, problems counted."""

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.corpus.articles import COLUMNS, _by_name, as_text, summarise, tidy


def dates(*values, **options):
    problems = []
    frame = tidy(pd.DataFrame({"text": "x", "date": pd.Series(values)}), problems, **options)
    return frame["date"].dt.strftime("%Y-%m-%d").tolist(), len(problems)


def test_the_columns_of_the_contract_come_first_and_others_stay():
    frame = tidy(pd.DataFrame({"year": [2012], "text": ["x"], "article_id": [7]}), [])
    assert frame.columns.tolist() == [*COLUMNS, "year"]
    assert frame["article_id"].tolist() == ["7"]


def test_rows_without_an_id_are_numbered_and_sort_as_numbers():
    ids = tidy(pd.DataFrame({"text": ["x"] * 12}), [])["article_id"]
    assert ids.tolist() == sorted(ids) and ids[0] == "01" and ids[11] == "12"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2016-11-02", "2016-11-02"),
        (" 2016-11-02 ", "2016-11-02"),
        ("2016-11-02T23:59:00-08:00", "2016-11-02"),
        ("2016-11-02 00:10", "2016-11-02"),
        (datetime.date(2016, 11, 2), "2016-11-02"),
        (pd.Timestamp("2016-11-02 05:00"), "2016-11-02"),
        (pd.Timestamp("2016-11-02 23:00", tz="Asia/Tokyo"), "2016-11-02"),
    ],
)
def test_a_date_is_the_day_as_printed(given, read):
    assert dates(given) == ([read], 0)


@pytest.mark.parametrize(
    "given", ["2016", "2016-11", "02/11/2016", "2016-13-01", "2 November", 2016, 1478044800, "2016-11-02x"]
)
def test_what_is_no_day_is_missing_and_said(given):
    found, problems = dates(given)
    assert pd.isna(found[0]) and problems == 1


def test_a_declared_format_is_the_only_one():
    assert dates("02/11/2016", "11/02/2016", date_format="%d/%m/%Y") == (["2016-11-02", "2016-02-11"], 0)
    assert dates("2016-11-02", date_format="%d/%m/%Y")[1] == 1


def test_no_date_is_no_problem():
    found, problems = dates(None, "", " ", float("nan"), pd.NaT)
    assert pd.isna(found).all() and problems == 0


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.text(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.dates(),
            st.lists(st.integers()),
        )
    )
)
def test_any_column_becomes_text(values):
    column = as_text(pd.Series(values, dtype=object))
    assert column.dtype == "string" and len(column) == len(values)


def test_files_are_known_by_every_name_that_is_theirs_alone():
    known = _by_name(["d/a.txt", "e/a.txt", "e/b.v2.txt"])
    assert {name: known[name] for name in ("d/a.txt", "d/a", "e/a.txt", "a.txt", "a", "b.v2", "b.v2.txt")} == {
        "d/a.txt": 0,
        "d/a": 0,
        "e/a.txt": 1,
        "a.txt": -1,
        "a": -1,
        "b.v2": 2,
        "b.v2.txt": 2,
    }


def test_a_whole_name_is_believed_even_if_another_folder_has_it_too():
    assert _by_name(["a.txt", "d/a.txt"])["a.txt"] == _by_name(["a.txt"])["a.txt"] == 0
    assert _by_name(["a.txt", "d/a.txt"])["a"] == -1


def test_problems_are_counted_with_the_first_three():
    table = summarise([("odd", f"row {i}", "mend it") for i in range(5)] + [("empty", "row 9", "fill it")])
    assert table.to_dict("records") == [
        {"problem": "odd", "count": 5, "first": "row 0; row 1; row 2", "remedy": "mend it"},
        {"problem": "empty", "count": 1, "first": "row 9", "remedy": "fill it"},
    ]


def test_a_time_of_day_beside_the_date_is_kept_and_midnight_alone_is_none():
    frame = pd.DataFrame(
        {"text": "x", "date": ["2016-11-02T09:20:00Z", "November 2, 2016 3:02 PM GMT", "2016-11-02", None]}
    )
    assert tidy(frame, [])["time"].fillna("").tolist() == ["09:20", "15:02", "", ""]
    frame = pd.DataFrame({"text": "x", "date": ["2/11/2016 3:02 PM"]})
    assert tidy(frame, [], date_format="%d/%m/%Y %I:%M %p")["time"].tolist() == ["15:02"]
    for dates in (["2016-11-02 00:00:00"], ["2016-11-02"], [pd.Timestamp("2016-11-02")], [datetime.date(2016, 11, 2)]):
        assert "time" not in tidy(pd.DataFrame({"text": "x", "date": pd.Series(dates)}), [])
    assert tidy(pd.DataFrame({"text": ["x"], "date": ["2016-11-02T09:20"], "time": ["noon"]}), [])["time"].tolist() == [
        "noon"
    ]
