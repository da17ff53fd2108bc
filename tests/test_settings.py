"""study.toml: what it may hold, and what a mistake in it says."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.corpus.settings import SECTIONS, StudyError, check_settings, did_you_mean, read_only, read_settings


def test_what_is_left_out_has_a_default():
    assert check_settings({}, "x") == {"title": "Untitled study", "question": ""}


def test_sections_come_back_as_written(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(
        'title = "Ferry"\n[articles]\nfiles = "*.txt"\n[keywords]\npause = ["pause"]\n[sides.un]\nUN = []\n',
        "utf-8",
    )
    assert read_settings(path) == {
        "title": "Ferry",
        "question": "",
        "articles": {"files": "*.txt"},
        "keywords": {"pause": ["pause"]},
        "sides": {"un": {"UN": []}},
    }


@given(
    st.dictionaries(
        st.sampled_from(["title", "question", *SECTIONS, "other"]),
        st.recursive(
            st.one_of(st.text(max_size=4), st.integers(), st.booleans(), st.floats(), st.dates()),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
            ),
            max_leaves=6,
        ),
    )
)
def test_any_settings_are_taken_or_stop_with_a_sentence(settings):
    try:
        assert set(settings) <= set(check_settings(settings, "study.toml"))
    except StudyError as error:
        assert str(error).startswith("study.toml: ")


@pytest.mark.parametrize(
    ("word", "ending"),
    [("Sdies", "did you mean 'sides'? Known are 'keywords', 'sides'."), ("zzz", "known are 'keywords', 'sides'.")],
)
def test_did_you_mean(word, ending):
    assert did_you_mean(word, {"sides", "keywords"}) == ending


def test_settings_can_be_read_and_compared_but_not_changed():
    settings = read_only({"keywords": {"pause": ["truce"]}})
    assert settings == {"keywords": {"pause": ["truce"]}} and [*settings["keywords"]["pause"], "lull"] == [
        "truce",
        "lull",
    ]
    for change in (
        lambda: settings["keywords"].update(pause=[]),
        lambda: settings["keywords"]["pause"].append("lull"),
        lambda: settings["keywords"].__setitem__("violence", ["violence"]),
    ):
        with pytest.raises(StudyError, match="read-only"):
            change()
    assert settings == {"keywords": {"pause": ["truce"]}}
    mine = copy.deepcopy(settings)
    mine["keywords"]["pause"].append("lull")
    assert mine["keywords"]["pause"] == ["truce", "lull"] and settings["keywords"]["pause"] == ["truce"]
