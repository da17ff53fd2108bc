"""Names that a reader knows: articles by outlet and date, sides and groups by their labels."""

import pandas as pd
import pytest

from parley import StudyError, study_from_table
from parley.corpus.labels import article_names, label

ARTICLES = pd.DataFrame({"article_id": ["a1"], "text": ["Lund backed the truce."], "year": ["2012"]})
SIDES = {"un_mission": {"Ada Lund": ["Lund"]}}


def test_a_label_takes_the_place_of_an_id():
    settings = study_from_table(ARTICLES, sides=SIDES, labels={"un_mission": "UN mission"}).settings
    assert [label(settings, name) for name in ("un_mission", "two_words", 2012)] == ["UN mission", "two words", "2012"]


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        ({"un_misson": "UN mission"}, "nothing is called 'un_misson'; did you mean 'un_mission'"),
        ({"un_mission": 3}, 'expected how it is written, as in un_mission = "Un mission"'),
        ({"un_mission": " "}, "expected how it is written"),
    ],
)
def test_a_label_that_cannot_be_meant_stops(labels, fault):
    with pytest.raises(StudyError, match="labels") as stopped:
        study_from_table(ARTICLES, sides=SIDES, labels=labels)
    assert fault in str(stopped.value)


def test_groups_and_families_have_labels_too():
    given = {"contrast": {"by": "year"}, "keywords": {"pause": ["truce"]}}
    settings = study_from_table(ARTICLES, **given, labels={"2012": "The year 2012", "pause": "A pause"}).settings
    assert label(settings, "2012") == "The year 2012" and label(settings, "pause") == "A pause"


@pytest.mark.parametrize(
    ("side", "speakers", "text", "written"),
    [
        ("fbi", {"Ada Lund": []}, "Lund of the FBI said so. The FBI denied it.", "FBI"),
        ("fbi", {"FBI": ["the bureau"]}, "The bureau said so.", "FBI"),
        ("us", {"Ada Lund": []}, "Lund told us that US troops would stay.", "Us"),
        ("un", {"Ada Lund": []}, "Un said so.", "Un"),
        ("town", {"Ada Lund": []}, "TOWN HALL said so.", "TOWN"),
        ("mayor", {"Ada Lund": []}, "The MAYOR said so.", "Mayor"),
    ],
)
def test_a_short_id_that_is_only_written_in_capitals_is_an_abbreviation(side, speakers, text, written):
    study = study_from_table(pd.DataFrame({"text": [text]}), sides={side: speakers})
    assert label(study.settings, side) == written
    named = study_from_table(pd.DataFrame({"text": [text]}), sides={side: speakers}, labels={side: "The other side"})
    assert label(named.settings, side) == "The other side"


def test_articles_of_one_outlet_and_day_are_told_apart():
    rows = [
        ("a", "Gazette", "2012-02-22", "Boats sail"),
        ("b", "Gazette", "2012-02-22", "Boats sail"),
        ("c", "Gazette", "2012-02-23", None),
        ("d", None, "2012-02-23", "Boats sail"),
        ("e", None, None, "A headline that goes on and on until nobody wants to read it any more"),
        ("f", None, "2012-02-24", None),
        ("g", None, None, None),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "date", "headline"]).assign(
        credit=[None] * 5 + ["Wire", None]
    )
    names = article_names(articles.assign(date=pd.to_datetime(articles["date"])))
    assert names.is_unique
    assert names["a"] == "Gazette, 22 Feb 2012: Boats sail (1)"
    assert names["c"] == "Gazette, 23 Feb 2012"
    assert names["d"] == "“Boats sail”, 23 Feb 2012"
    assert names["e"] == "“A headline that goes on and…”, undated"
    assert names["f"] == "Credited “Wire”, 24 Feb 2012" and names["g"] == "g"
