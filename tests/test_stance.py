"""Keyword mentions and whose stance each is: invented sentences, and the five articles as coded."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import StudyError, load_study, study_from_table
from parley.codings import read_mentions
from parley.keywords.matching import find_mentions, lowered
from parley.stance import mentions, rates
from parley.stance.lexicon import Sentence, names_nobody, read_sentence
from parley.stance.reader import read_polarity
from parley.text.inflections import inflections

FOR, AGAINST, NEUTRAL = 1, -1, 0
FAMILIES = {
    "pause": ["pause", "truce", "ceasefire", "cease-fire", "cease fire", "moratorium"],
    "corridor": ["corridor", "safe passage"],
}


def found(text: str, keywords: dict[str, list[str]] = FAMILIES) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.family) for mention in find_mentions(text, keywords)]


@pytest.mark.parametrize(
    "text",
    [
        "truce Truces TRUCE", "pause pauses paused pausing", "moratorium moratoriums moratoria",
        "ceasefire ceasefires",
        "cease-fire cease-fires Cease‑fire", "corridor corridors",
    ],
)  # fmt: skip
def test_every_inflection_is_found_in_any_case(text):
    assert [word for word, _ in found(text)] == text.split()


@pytest.mark.parametrize(
    "phrase",
    [
        "cease fire",
        "ceases fire",
        "ceased fire",
        "ceasing fire",
        "Cease\nfire",
        "safe passages",
        "safe\r\npassage",
    ],
)
def test_phrases_are_found_inflected_and_across_a_line_break(phrase):
    assert [word for word, _ in found(f"to {phrase}, they said")] == [phrase]


def test_a_phrase_does_not_run_across_a_paragraph():
    assert found("they ask to cease\n\nfire and water") == []
    assert len(found("they ask to cease\nfire and water")) == 1


def test_words_that_only_contain_a_keyword_are_no_mentions():
    assert found("trucebreaker, menopause, corridory") == []
    assert len(found("truce-breaker, a pause, corridors")) == 3


def test_the_longest_term_wins_and_each_place_counts_once():
    keywords = {"short": ["fire"], "long": ["cease fire", "ceasefire"]}
    assert found("Cease fire now, no fire, a cease-fire", keywords) == [
        ("Cease fire", "long"), ("fire", "short"), ("cease-fire", "long"),
    ]  # fmt: skip


def test_spellings_that_the_tokeniser_folds_are_one_term():
    assert [word for word, _ in found("defence, Defense, defences", {"d": ["defense"]})] == [
        "defence",
        "Defense",
        "defences",
    ]


def test_apostrophes_of_any_shape_are_one():
    assert [word for word, _ in found("a no-man’s land, no-man's lands", {"n": ["no-man's land"]})] == [
        "no-man’s land", "no-man's lands",
    ]  # fmt: skip


def test_letters_whose_small_form_is_longer_do_not_move_offsets():
    assert found("İİİ a truce in İzmir") == [("truce", "pause")]
    assert len(lowered("İß")) == 2


def test_irregular_verbs_have_their_own_forms():
    assert {"strikes", "striking", "struck"} <= set(inflections("strike"))
    assert "banned" in inflections("ban") and "baned" not in inflections("ban")
    assert {"overrode", "overridden", "rebuilt"} <= {*inflections("override"), *inflections("rebuild")}
    assert "accords" in inflections("accord") and "according" not in inflections("accord")


def test_a_term_without_a_letter_is_refused():
    with pytest.raises(ValueError, match=r"keywords.*pause.*no letter"):
        find_mentions("text", {"pause": ["..."]})


@settings(deadline=None)
@given(st.text(alphabet="Truce fires-\n.ceasİ’", max_size=80))
def test_mentions_are_in_order_apart_and_where_they_say(text):
    last, text = 0, f"{text}\n\nTruce"
    mentions = find_mentions(text, FAMILIES)
    assert mentions[-1].end == len(text)
    for mention in mentions:
        assert last <= mention.start < mention.end <= len(text)
        assert re.fullmatch(r"\w[\w\s’‑-]*\w", text[mention.start : mention.end])
        last = mention.end


def read(marked: str, *, spoken: bool = False) -> int:
    """The polarity of the mention in [brackets]."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert read_sentence(text, start, end, (0, len(text))).tokens, "neutral is no reading of nothing"
    return read_polarity(text, start, end, within=(0, len(text)), spoken=spoken).polarity


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The mayor backs a [strike].", FOR),
        ("The union called for a [strike].", FOR),
        ("The union wants to raise its [wage] to ten crowns.", FOR),
        ("The union's call for a long and costly [strike] was heard.", FOR),
        ("Union leaders want to extend the [strike].", FOR),
        ("She voiced support for the [strike].", FOR),
        ("The mayor opposed the [strike].", AGAINST),
        ("The mayor rejected calls for a [strike].", AGAINST),
        ("The mayor voted against a bill to allow the [strike].", AGAINST),
        ("Her opposition to the [strike] is well known.", AGAINST),
        ("The mayor wants to end the [strike].", AGAINST),
    ],
)
def test_stance_words_govern_what_follows(sentence, polarity):
    assert read(sentence) == polarity


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The mayor did not back a [strike].", AGAINST),
        ("The mayor does not oppose the [strike].", FOR),
        ("The union has no plans to end the [strike].", FOR),
        ("The mayor refused to support the [strike].", AGAINST),
        ("The mayor denied that she supported the [strike].", AGAINST),
        ("The mayor rejected opposition to the [strike].", FOR),
    ],
)
def test_negation_and_refusal_turn_a_stance_round(sentence, polarity):
    assert read(sentence) == polarity


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The idea was to ensure a long [strike] — not lockouts.", FOR),
        ("The idea was to ensure long strikes — not [lockouts].", AGAINST),
        ("She wants talks instead of a [strike].", AGAINST),
        ("She favors talks rather than a [strike].", AGAINST),
    ],
)
def test_contrast_gives_the_two_sides_opposite_signs(sentence, polarity):
    assert read(sentence, spoken=True) == polarity


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("“Calling a [strike] would hardly be effective,” she said.", AGAINST),
        ("“A [strike] is badly needed,” she said.", FOR),
        ("“The [strike] will not work,” she said.", AGAINST),
        ("“A [strike] would be a disaster,” she said.", AGAINST),
        ("She called the [strike] a mistake.", AGAINST),
        ("“We will not pay for such a stupid [strike],” she said.", AGAINST),
    ],
)
def test_judgements_and_near_negation(sentence, polarity):
    assert read(sentence, spoken=True) == polarity


@pytest.mark.parametrize(
    "sentence",
    [
        "The [strike] began on Monday.",
        "Police violated the [strike].",
        "They discussed the [strike] for hours.",
        "The [strike] could be extended if talks fail.",
        "If the union calls a [strike], trains will stop.",
        "They talked about the [strike].",
        "Passengers were granted [passage].",
        "A proposal to end the [strike] was put to the vote.",
        "Amnesty International sent a letter about the [strike].",
        "The [Amnesty] International office is closed.",
        "She is trying to [deal] with the mayor.",
        "The union also [plans] to sail.",
    ],
)
def test_mere_mentions_events_and_open_conditions_are_neutral(sentence):
    assert read(sentence) == NEUTRAL


def test_what_is_offered_in_speech_is_the_speakers_stance():
    assert read("Crews would be allowed to leave via two [corridors], it said.", spoken=True) == FOR
    assert read("Crews would be allowed to leave via two [corridors].") == NEUTRAL
    assert read("A [corridor] was opened.") == NEUTRAL


def test_a_governing_word_in_another_clause_does_not_count():
    assert read("She opposes the mayor, and the [strike] began.") == NEUTRAL
    assert read("She called on both sides to withdraw troops and for a [strike] to begin.") == FOR


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The mayor proposed a long, costly [strike].", FOR),
        ("The mayor wants a fund, a pier with lights, a longer [strike], and tea.", FOR),
        ("The goal, she said, is to extend the [strike].", FOR),
        ("The mayor embraced, to the surprise of all, the [strike].", FOR),
        ("Critics in the council called the [strike] a mistake.", AGAINST),
        ("Her doubts about the [strike] have cost her votes.", AGAINST),
        ("A judge blocked the [strike], opposed by the mayor.", AGAINST),
        ("The [strike], which began on Monday, is in its second week.", NEUTRAL),
        ("The [strike] came up last, and the crews want tea.", NEUTRAL),
        ("The council adjourned without a [truce].", NEUTRAL),
        ("The money is for the [strike].", NEUTRAL),
        ("The mayor once again backed the [strike].", FOR),
        ("The mayor warned that the [strike] would hurt.", AGAINST),
        ("They went to court to stop the [strike].", AGAINST),
        ("They differ on backing a [strike].", NEUTRAL),
        ("The mayor agreed to hold a vote on the [strike].", NEUTRAL),
        ("She wrote a book on the [strike].", NEUTRAL),
        ("The [strike] debate went on.", NEUTRAL),
        ("An anti-[strike] debate went on.", AGAINST),
        ("Not a single member voted for the [strike].", AGAINST),
        ("He is not a man who backs the [strike] on Mondays only.", FOR),
        ("Not on Monday but on Tuesday she backed the [strike].", FOR),
    ],
)
def test_lists_asides_and_what_stands_between(sentence, polarity):
    assert read(sentence) == polarity


def test_no_sentence_is_too_short_to_be_read():
    assert read("[strike]") == NEUTRAL
    assert read_polarity("", 0, 0, within=(0, 0)).polarity == NEUTRAL


@settings(deadline=None)
@given(st.text(alphabet="abc strike.,;:—“”’not against would be if", max_size=60), st.booleans())
def test_any_sentence_gets_a_reading(text, spoken):
    whole = text + " strike " + text
    start = len(text) + 1
    reading = read_polarity(whole, start, start + 6, within=(0, len(whole)), spoken=spoken)
    assert reading.polarity in (FOR, AGAINST, NEUTRAL) and read_sentence(whole, start, start + 6, (0, len(whole)))
    assert all(0 <= layer.cue[0] <= layer.cue[1] <= len(whole) for layer in reading.layers)


SIDES = {"town": {"Ada Lund": ["Lund"]}, "union": {"Harbour Union": ["the union"]}}


def test_a_sentence_without_an_end_is_read_with_work_that_grows_with_its_length(monkeypatch):
    form, looked_up = Sentence.form, []

    def counted(sentence, k):
        looked_up.append(k)
        return form(sentence, k)

    monkeypatch.setattr(Sentence, "form", counted)

    def effort(times: int) -> int:
        text = "The mayor rejected the vote and " * times
        looked_up.clear()
        for mention in find_mentions(text, {"vote": ["vote"]}):
            read_polarity(text, mention.start, mention.end, within=(0, len(text)))
        return len(looked_up)

    # Beyond the words that are looked at on either side, as many more mentions take as much more work, whatever the length.
    first, second, third = effort(70), effort(85), effort(100)
    assert 0 < third - second < 1.1 * (second - first)


def strikes(text: str) -> pd.DataFrame:
    table = pd.DataFrame({"article_id": ["a"], "text": [text]})
    return mentions(study_from_table(table, keywords={"strike": ["strike"]}, sides=SIDES))


def test_nested_stances_give_the_outermost_holder_and_the_others():
    row = strikes("Mayor Ada Lund rejected a call by the Harbour Union for a strike.").iloc[0]
    assert (row["polarity"], row["holder"], row["side"]) == ("against", "Ada Lund", "town")
    assert row["others"] == [("Harbour Union", "for")]
    assert row["cue"] == "call … rejected"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Ada Lund was not backing a strike.", []),
        (
            "Ada Lund said the town was not backing a call by the Harbour Union for a strike.",
            [("Harbour Union", "for")],
        ),
        ("Ada Lund joined the Harbour Union (HU) in calling for a strike.", [("Harbour Union", "for")]),
        ("Ada Lund backs daily Ferryport strike call.", []),
    ],
)
def test_others_are_holders_of_a_stance_and_nobody_else(text, others):
    assert strikes(text).iloc[0]["others"] == others


def test_plain_narration_is_the_articles_and_neutral():
    row = strikes("The strike went on for a week.").iloc[0]
    assert (row["polarity"], row["holder"]) == ("neutral", "article")
    assert row["side"] == row["speaker"] == row["speaker_side"] == "article" and pd.isna(row["attribution_id"])


def test_a_reporter_of_another_sides_stance_does_not_take_it():
    row = strikes("Ada Lund said the Harbour Union supports a strike.").iloc[0]
    assert (row["polarity"], row["holder"], row["side"]) == ("for", "Harbour Union", "union")


def test_the_speaker_holds_what_is_said_in_the_first_person():
    row = strikes("“We want a strike,” Ada Lund said.").iloc[0]
    assert (row["polarity"], row["holder"], row["side"]) == ("for", "Ada Lund", "town")


def test_a_study_without_keywords_says_so():
    with pytest.raises(StudyError, match="keywords"):
        mentions(study_from_table(pd.DataFrame({"text": ["A strike."]})))


def test_a_corpus_without_mentions_gives_an_empty_table_of_the_same_columns():
    assert strikes("Nothing happened.").columns.tolist() == strikes("A strike.").columns.tolist()
    assert strikes("Nothing happened.").empty and len(strikes("A strike.")) == 1


@pytest.fixture(scope="module")
def study():
    return load_study()


def test_the_five_articles_mentions_are_all_found_and_none_besides(study):
    coded = read_mentions(study, "adjudicated")
    key = ["article_id", "start", "end", "keyword", "family"]
    assert set(map(tuple, mentions(study)[key].values)) == set(map(tuple, coded[key].values))


def test_the_five_articles_polarity_is_right_for_29_of_31_at_least(study):
    both = mentions(study).merge(
        read_mentions(study, "adjudicated"), on=["article_id", "start"], suffixes=("", "_coded")
    )
    assert len(both) == 31
    assert (both["polarity"] == both["polarity_coded"]).sum() >= 29
    assert (both["side"].fillna("") == both["side_coded"].fillna("")).sum() >= 28


def test_offsets_lead_back_to_the_text(study):
    texts = study.articles.set_index("article_id")["text"]
    assert len(mentions(study)) > 30
    for row in mentions(study).itertuples():
        assert texts[row.article_id][row.start : row.end] == row.keyword
        assert row.keyword in row.sentence


def test_a_family_added_in_a_notebook_is_counted(study):
    before = rates(study)
    with pytest.raises(StudyError, match="with_keywords"):
        study.settings["keywords"]["violence"] = ["violence"]
    wider = study.with_keywords(violence=["violence", "fighting"])
    counted = rates(wider).set_index("family")["count"].groupby("family").sum()
    assert counted["violence"] > 0 and len(mentions(wider)) == len(mentions(study)) + counted["violence"]
    pd.testing.assert_frame_equal(rates(study), before)
    fresh = study_from_table(study.articles, keywords={"violence": ["violence", "fighting"]})
    assert (mentions(fresh)["family"] == "violence").all() and len(mentions(fresh)) == counted["violence"]


def test_without_attributions_mentions_stand_at_the_same_places_in_nobodys_words(study):
    bare, found = mentions(study.but(read_attributions=study.read_attributions[:0])), mentions(study)
    places = ["article_id", "start", "end", "keyword", "family", "sentence", "counted"]
    assert bare[places].equals(found[places])
    assert bare["attribution_id"].isna().all() and found["attribution_id"].notna().any()


def small_study():
    table = pd.DataFrame(
        {
            "article_id": ["a", "b", "c", "d"],
            "outlet": ["x", "x", "y", "z"],
            "text": ["One strike now.", "No strike and no strikes today, they said.", "Quiet.", "All rights reserved."],
        }
    )
    return study_from_table(table, keywords={"strike": ["strike"], "pause": ["pause"]})


def test_rates_by_hand():
    table = rates(small_study(), "outlet").set_index(["outlet", "family"])
    assert table.loc[("x", "strike"), ["count", "words"]].tolist() == [3, 11]
    assert table.loc[("x", "strike"), "per_1000"] == pytest.approx(3000 / 11)
    # Without a, 2 in 8 words; without b, 1 in 3.
    assert table.loc[("x", "strike"), "low"] == pytest.approx(250)
    assert table.loc[("x", "strike"), "high"] == pytest.approx(1000 / 3)
    assert table.loc[("x", "pause"), "per_1000"] == 0
    assert table.loc[("y", "strike"), ["count", "words"]].tolist() == [0, 1]
    assert table.loc[("z", "strike"), ["count", "words"]].tolist() == [0, 0]  # nothing but furniture
    assert pd.isna(table.loc[("y", "strike"), "low"])


def test_rates_of_sides_have_all_words_below_them(study):
    table = rates(study, "side")
    assert table["words"].nunique() == 1
    assert table["count"].sum() == mentions(study)["counted"].sum()


def test_printed_counts_no_less_than_once(study):
    once, printed = rates(study, "article_id"), rates(study, "article_id", counting="printed")
    assert (printed["count"] >= once["count"]).all() and (printed["words"] >= once["words"]).all()


@pytest.mark.parametrize(("arguments", "message"), [(("outlets",), "outlet"), (("outlet", "twice"), "counting")])
def test_rates_refuse_what_they_do_not_know(arguments, message):
    by, *counting = arguments
    with pytest.raises(StudyError, match=message):
        rates(small_study(), by, **({"counting": counting[0]} if counting else {}))


@pytest.mark.parametrize(
    "text",
    [
        "She supports the wall and opposes the ban.",
        "They want a wall and oppose the ban.",
        "He backs the strike and rejects the ban.",
    ],
)
def test_the_second_of_two_verbs_governs_its_own_object(text):
    start = text.index("ban")
    assert read_polarity(text, start, start + 3, within=(0, len(text))).polarity == -1


def stance(marked: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Polarity, holder and others of the mention in [brackets], read as an article of its own."""
    start, word = marked.index("["), re.search(r"\[(.+)\]", marked)[1].lower()
    table = pd.DataFrame({"article_id": ["a"], "text": [marked.replace("[", "").replace("]", "")]})
    found = mentions(study_from_table(table, keywords={"word": [word]})).set_index("start").loc[start]
    return found["polarity"], found["holder"], found["others"]


@pytest.mark.parametrize(
    ("text", "polarity", "holder"),
    [
        ("Ostland vetoed a Security Council resolution demanding a [moratorium].", "against", "Ostland"),
        ("Ostland vetoed a draft resolution that demanded a [moratorium].", "against", "Ostland"),
        ("Ostland did not veto a resolution demanding a [moratorium].", "for", "Ostland"),
        ("A resolution demanding a [moratorium] was vetoed by Ostland.", "against", "Ostland"),
        ("The mayor vetoed a bill banning [tolls].", "for", "The mayor"),
        ("The bishop urged government and opposition to agree to a [boycott].", "for", "The bishop"),
        ("The president asked the opposition to join the [talks].", "for", "The president"),
        ("The opposition rejected the [budget].", "against", "The opposition"),
        ("Public opposition to the [wall] is growing.", "against", "article"),
        ("“The [toll] is in violation of the charter,” Berg said.", "against", "Berg"),
        ("The [merger] is a breach of competition law, Ada Berg said.", "against", "Ada Berg"),
        ("The [blockade] amounts to a violation of international law, the agency said.", "against", "the agency"),
        ("“The attack was in breach of the [truce],” Berg said.", "neutral", "Berg"),
        ("The company is trying to string out the [talks].", "against", "The company"),
        ("Ostland has dragged its feet on the [merger].", "against", "Ostland"),
        ("Berg suggested a [strike] in May.", "for", "Berg"),
    ],
)
def test_what_is_done_to_a_demand_is_done_to_what_it_demands(text, polarity, holder):
    assert stance(text)[:2] == (polarity, holder)


@pytest.mark.parametrize(
    "text",
    [
        "“Do you support the [strike]?” the Herald asked.",
        "“Would the union accept a [merger]?” a reporter asked Pape.",
        "The moderator asked: “Should the city build a [stadium]?”",
        "Does the minister support the [merger]? Nobody knows.",
        "The union is determined to press its demands once the [strike] ends.",
        "The company vowed to cut jobs once the [merger] is complete.",
        "Berg suggested a [strike] was unlikely.",
        "It does not mean the governor supports the [tax].",
        "That hardly means that Berg opposes the [merger].",
        "The gang fired shots in an attack on the eve of the [strike].",
        "Nobody thinks the firm bargains in good faith in the [talks], Ada Berg said.",
        "No one expects Ostland to honour the [truce], Berg said.",
    ],
)
def test_what_is_asked_or_doubted_or_only_dated_is_neutral(text):
    assert stance(text)[0] == "neutral"


@pytest.mark.parametrize(
    ("text", "polarity", "others"),
    [
        ("The board proposed a [merger], which Ada Berg opposes.", "for", [("Ada Berg", "against")]),
        ("The mayor rejected a [toll], which the council had backed.", "against", [("the council", "for")]),
        ("Berg called for a [boycott] that the union refuses to join.", "for", [("the union", "against")]),
        ("Pape called for a [boycott], a move that Berg rejected.", "for", [("Berg", "against")]),
        ("Berg opposed the [tax], which was backed by the council.", "against", [("council", "for")]),
        ("The union demanded a [strike], which would begin in May.", "for", []),
        ("The [toll], which the mayor opposes, begins in May.", "against", []),
        ("The [strike], which the union began in May, is over.", "neutral", []),
    ],
)
def test_a_relative_clause_says_who_else_holds_a_stance(text, polarity, others):
    assert stance(text)[::2] == (polarity, others)


def test_times_and_other_small_words_are_nobody():
    assert all(
        map(
            names_nobody,
            [
                "mondays",
                "weeks",
                "year",
                "tuesday",
                "quickly",
                "would",
                "ending",
                "ended",
                "the",
                "of",
                "help",
                "3",
                "plan",
            ],
        )
    )
    assert not any(map(names_nobody, ["council", "women", "driver", "gas"]))


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The council, which met for many days, rejected the [toll].", "The council"),
        ("Former ambassador Jan van der Berg opposes the [toll].", "Jan van der Berg"),
        ("Ms Marsk (R-N.Y.) opposes the [toll].", "Marsk"),
        ("The dockers’ repeated call for a [truce] was ignored.", "dockers"),
        ("The dockers' new rejection of the [truce] was ignored.", "dockers"),
        ("The mayor cut fares for pupils and nurses but stopped short of scrapping the [toll].", "The mayor"),
        ("Ostland opened its border to let nurses pass but has not lifted the [embargo].", "Ostland"),
        ("Westland relaxed its rules to let students and nurses enter but refused to lift the [ban].", "Westland"),
        ("The union will meet members next week but opposes a [strike].", "The union"),
        ("Members of the union oppose the [merger].", "Members of the union"),
        ("Farmers in the north of the country oppose the [tax].", "Farmers in the north of the country"),
        ("Drivers in the city want a [toll].", "Drivers in the city"),
        ("Women who need help support the [clinic].", "Women"),
        ("The union had earlier rejected the [merger].", "The union"),
        ("The mayor, it was reported, opposes the [toll].", "the mayor"),
        ("The [toll] was rejected by voters in the city.", "voters"),
        ("The plan for the [wall] would be funded by taxing banks.", "article"),
    ],
)
def test_a_holder_is_a_whole_phrase_and_never_a_verb(text, holder):
    assert stance(text)[1].lower() == holder.lower() and stance(text)[2] == []
