"""Keywords and names of a study that no text has are told; those that a text has in another form are not."""

import pandas as pd
import pytest

from parley import show, study_from_table
from parley.corpus.settings import StudyError


def unused(*texts, **settings):
    told = show.unused(study_from_table(pd.DataFrame({"text": texts}), **settings))
    return list(told.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("U.N.", "The UN met."),
        ("UN", "The U.N. met."),
        ("defence ministry", "The Defense Ministry met."),
        ("The Gazette", "They read the Gazette."),
        ("activists", "An activist met them."),
        ("Anna O’Hara", "Anna\nO'HARA met them."),
        ("truce talks", "The truce-talks began."),
    ],
)
def test_a_name_is_found_as_it_can_be_printed(name, text):
    assert unused(text, sides={"town": {name: []}}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("US", "They told us."),  # a name keeps its capital
        ("Lund", "Lundt met them."),
        ("Reuters", "The Reuter family met."),  # a name in the plural is no kind of people
        ("Ada Lund", "Lund met them, Ada did not."),
    ],
)
def test_a_name_that_no_text_has_is_told(name, text):
    assert unused(text, sides={"town": {name: []}}) == [(f"[sides.town] {name}", name, 0)]


def test_keywords_are_found_in_every_form_and_the_others_told_in_the_order_of_the_settings():
    families = {"pause": ["truce", "cease-fire", "pawse", "safe passage"], "corridor": ["corridor", "exit"]}
    told = unused(
        "Truces, a CEASEFIRE.", "Safe passages and exits.", keywords=families, wider_keywords={"pause": ["lull"]}
    )
    assert told == [
        ("[keywords] pause", "pawse", 3),
        ("[keywords] corridor", "corridor", 1),
        ("[wider_keywords] pause", "lull", 0),
    ]


@pytest.mark.filterwarnings("ignore:read with problems")
def test_a_word_with_a_soft_hyphen_is_that_word():
    assert unused("A cor\u00adridor.", keywords={"way": ["corridor"]}) == []


def test_a_study_without_keywords_and_sides_has_none():
    told = show.unused(study_from_table(pd.DataFrame({"text": ["Boats sail."]})))
    assert told.empty and list(told) == ["place", "no_text_has", "others_found"]


def test_it_is_asked_of_a_study():
    with pytest.raises(StudyError, match="unused: expected a study, got a table"):
        show.unused(pd.DataFrame())
