"""Damage that does not show is said, reading looks through what can be looked through, other languages are counted."""

from pathlib import Path

import pandas as pd
import pytest

from parley import StudyError, load_study, study_from_table
from parley.corpus.damage import find_damage
from parley.corpus.segments import paragraphs, segment
from parley.read import read_article
from parley.text.forms import words
from parley.text.language import is_english, is_read
from parley.text.sentences import split

LOST, GLUED = "quotation marks or apostrophes lost", "sentences glued"
UNSEEN, TWICE = "soft hyphens, zero-width or direction marks", "text decoded twice"
KEYWORDS = {"truce": ["ceasefire", "truce"]}
SPANISH = (
    "El alcalde dijo el lunes que los barcos volverían a navegar. Nadie se opuso al plan, que el consejo había rechazado "
    "dos veces antes. Lund pidió una truce."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town?s mayor said: ?We want a ceasefire.?", [LOST]),
        ("The town\ufffds mayor said: \ufffdWe want a ceasefire.\ufffd", [LOST]),
        ("The clerk said: ?It is time.? Nobody knew.", [LOST]),
        ("The towns mayor said the plan was dead.", [LOST]),
        ("Its over, he said. They dont want it and wont pay.", [LOST]),
        ("We want a truce, Lund said.", [LOST]),
        ("The mayor spoke about the plan. Nobody in the hall knew of it before. " * 80, [LOST, "commas lost"]),
        ("The hall was full.Mayor Lund said he would back it.", [GLUED]),
        ('He would back it."We want it," he said.', [GLUED]),
        ("Who asked?Nobody knows.", [GLUED]),
        ("The may\u00ador said so.", [UNSEEN]),
        ("Said \u202bLund\u202c.", [UNSEEN]),
        ("Lund said: &quot;No.&quot; It&#8217;s time &amp; more.", ["HTML entities"]),
        ("The mayor said: â€œNo.â€ Itâ€™s time.", [TWICE]),
        ("SÃ©golÃ¨ne came.", [TWICE]),
        ('---\ntitle: "Talks fail"\ndate: 2024-03-01\n---\n\nThe mayor said no.', ["front matter"]),
        (SPANISH, ["text that is not English"]),
        ("The citys mayor said ?we will sail? on Monday.", [LOST]),
        ("Norlands president said no. He left Norland on Monday.", [LOST]),
        ("Nobody knows if its true. Heres the plan; the womens league left.", [LOST]),
        ("We want a truce, said the mayor.", [LOST]),
        ("We want a truce, Mayor Olaf Lund said.", [LOST]),
        ("The mayor said: We will not sail.", [LOST]),
        ("The town\x92s mayor said \x93no\x94.", [LOST]),
        ("The town¿s mayor left.", [LOST]),
        ("“We will sail” the mayor said. “Nobody objects” she added.", ["commas lost"]),
        ("It rose by 4%.The mayor joined NATO.It was 2004.McBride left.", [GLUED]),
        ("The SeÃ±or of ZÃƒÂ¼rich paid.", [TWICE]),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, the mayor said.", [TWICE]),
        ("Lund left the &Eacute;cole.", ["HTML entities"]),
        ("+++\ntitle = 'Talks'\n+++\nThe mayor said no.", ["front matter"]),
        ("\n---\ntitle: >\n  Talks\n  fail\n\n# once more\ntags:\n- a\n...\nThe mayor said no.", ["front matter"]),
        ("My view is that we should go, as Lund said. We know him, and he said as much.", []),
        ("The parks chief and the works minister met the workers leader; its members left, and its plan is dead.", []),
        ("It cost ?4, Lund said. São Paulo, the Rock &roll; band, ASP.NET, node.js and Gazette.Com.", []),
        ("“Who? We?” asked Lund. The town’s mayor, who can’t sail, wrote to www.gazette.com/a?b=C&d=e;", []),
        ("Mr.Lund of the U.S.Army left for Amazon.Com at 5 p.m.", []),
        ("We can’t, Lund said. “Why? Because,” she said. AT&T; R&D; 9.5 in 2016.", []),
        ("It rained. It snowed. It was cold.", []),
        ("\ufeffThe mayor said no.", []),
    ],
)
def test_damage_is_said(text, expected):
    assert [problem for problem, _, _ in find_damage(text)] == expected


def test_damage_is_a_row_of_the_problems():
    with pytest.warns(UserWarning, match="text decoded twice"):
        study = study_from_table(pd.DataFrame({"text": ["The mayor said: â€œNo.â€", "SÃ©golÃ¨ne came."]}))
    assert study.problems[["problem", "count"]].values.tolist() == [[TWICE, 2]]


def test_the_first_study_is_undamaged():
    texts = sorted((Path(__file__).parents[1] / "corpus" / "texts").glob("*.txt"))
    assert texts and not [one for path in texts for one in find_damage(path.read_bytes().decode("utf-8"))]


def test_keywords_words_and_sources_are_read_through_what_nobody_sees():
    text = "The may\u00ador said the cease\u00adfire was near. The cease\u00adfire held. \u202bLund\u202c wants a tr\u200buce."
    reading = read_article(text, {"keywords": KEYWORDS})
    assert [text[row["start"] : row["end"]] for row in reading.mentions] == ["cease\u00adfire"] * 2 + ["tr\u200buce"]
    assert [row["polarity"] for row in reading.mentions][-1] == "for"
    assert next((row["source_text"], row["cue_text"]) for row in reading.attributions) == ("The may\u00ador", "said")
    plain = read_article(text.replace("\u00ad", ""), {"keywords": KEYWORDS})
    assert [row["speaker"] for row in reading.attributions] == [row["speaker"] for row in plain.attributions]
    assert [word.form for word in words(text)][:2] == ["the", "mayor"]
    assert [word.form for word in words(text)][-1] == "truce"


def test_glued_sentences_are_parted():
    text = 'The clerk said the hall was full.Mayor Lund said he would back a ceasefire."We want it," he said.Nobody objected.'
    assert len(split(text)) == 4
    assert len(split("It is over.NATO left.U.S. troops stayed.O’Brien came (in May).Nobody said no.”The end.")) == 6
    assert (
        len(split("The St.Petersburg talks of the U.S.A. at ASP.NET, A.Lund, J.K.Berg, Vue.Js and e.g.Norland end."))
        == 1
    )
    assert text[slice(*split(text)[2])] == '"We want it," he said.'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_any_line_end_ends_a_line(end):
    text = end.join(["Ferry plan is dead", "", "Lund said no.", "", "Berg: We know nothing at all, she said.", ""])
    assert [text[a:b] for a, b in paragraphs(text)] == [line for line in text.split(end) if line]
    found = read_article(text, {}).attributions
    assert next((row["source_text"], row["content_text"]) for row in found) == ("Lund", "no")


def test_wrapped_lines_are_read_as_one_paragraph():
    line = "The mayor of Port Harbour and the whole of its council said on a cold\nMonday that no boat would sail from the harbour before the end of\nMay.\n\n"
    text = line * 4
    found = [row for row in read_article(text, {}).attributions]
    assert found[0]["content_text"].replace("\n", " ").endswith("before the end of May")


def test_front_matter_is_furniture_and_prose_behind_a_line_of_dashes_is_not():
    text = '---\ntitle: "Talks fail"\ndate: 2024-03-01\n---\n\nThe mayor said no to the plan, and that was that.'
    assert [text[a:b] for kind, a, b in segment(text) if kind in ("body", "headline")] == [text.split("\n")[-1]]
    text = "---\nThe mayor said no.\n---\nThe clerk said yes."
    assert [kind for kind, *_ in segment(text) if kind not in ("blank", "furniture")] == ["body", "body"]


@pytest.mark.parametrize(
    "keys",
    [
        '---\ntitle: "x"\n...',
        '+++\ntitle = "x"\n+++',
        ";;;\ntitle: x\n;;;",
        '{\n"title": "x",\n"tags": ["a"]\n}',
        "---yaml\ntitle: x\n---",
    ],
)
def test_every_kind_of_front_matter_is_furniture(keys):
    text = f"{keys}\n\nThe mayor said no to the plan, and that was that."
    assert [text[a:b] for kind, a, b in segment(text) if kind != "furniture" and kind != "blank"] == [
        text.split("\n")[-1]
    ]


@pytest.mark.parametrize(("lines", "keys"), [(400, True), (401, False)])
def test_front_matter_has_an_end(lines, keys):
    text = "\n".join(
        ["---", *["tag: ferry"] * (lines - 2), "---", "", "The mayor said no to the plan, and that was that."]
    )
    assert ("body" not in {kind for kind, start, _ in segment(text) if start < text.index("The mayor")}) == keys


def test_articles_in_another_language_are_counted_and_not_read():
    frame = pd.DataFrame({"text": [SPANISH, "Lund called for a truce, the mayor said."]})
    with pytest.warns(UserWarning, match="not English"):
        study = study_from_table(frame, keywords=KEYWORDS)
    assert study.mentions[["article_id", "polarity", "holder"]].values.tolist()[0] == ["1", "neutral", "article"]
    assert set(study.attributions["article_id"]) == {"2"} and study.words.sum() > 30
    with pytest.warns(UserWarning):
        every = study_from_table(frame, keywords=KEYWORDS, articles={"read": "all"})
    assert is_read(SPANISH, every.settings) and not is_read(SPANISH, study.settings)
    assert is_read("Lund called for a truce.", {}, "English") and not is_read("Lund called for a truce.", {}, "German")


def test_language_is_told_by_function_words_where_nobody_gives_it():
    assert is_english("Lund: no.") and not is_english(SPANISH)
    assert is_english(SPANISH, "ENGLISH") and not is_english("Lund backed the truce.", "de")
    assert is_english(SPANISH, float("nan")) == is_english(SPANISH, "") == is_english(SPANISH)


def test_read_can_only_be_all_or_where_it_was_read(tmp_path):
    (tmp_path / "study.toml").write_text('[articles]\nfiles = "*.txt"\nread = "german"', "utf-8")
    with pytest.raises(
        StudyError, match=r'read: expected "all" .* python -m parley.scale has finished, got .german.; run'
    ):
        load_study(tmp_path)


def test_a_single_english_sentence_is_english():
    text = "The film, about a young lawyer caught up in a case in 1960s Georgia, opens in selected cities on Friday, she hopes."
    assert is_english(text) and is_english("Lund, Berg: no truce, war goes on in Halden; mayor flees, council meets")
    german = (
        "Der Bürgermeister sagte am Montag, dass die Boote wieder fahren würden. Niemand hatte etwas gegen den Plan, "
    )
    german += "den der Rat zuvor zweimal abgelehnt hatte."
    assert not is_english(german) and not is_english(german * 10)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Мэр сказал в понедельник, что лодки снова будут плавать, и никто не возражал. The Guardian and the BBC.",
            "",
            False,
        ),
        ("市长星期一表示，船只将再次航行。没有人反对该计划。", "", False),
        (SPANISH + " Video by The Associated Press and The New York Times.", "unknown", False),
        (
            "De burgemeester zei dat het plan van de raad niet was verworpen. Het was in de stad bekend, maar niemand zei iets voor maandag, of niet?",
            "",
            False,
        ),
        (
            "Truce now, says mayor. Boats sail again. Nobody objects. Council votes. Plan rejected. Talks go on, Front says.",
            "",
            True,
        ),
        (
            "Ursula von der Leyen met Geert van het Hof at the Plaza del Sol, and said that the talks of May were dead.",
            "",
            True,
        ),
        ("\u00ad".join("The mayor said that the boats would sail, and nobody in the hall was against it."), "", True),
        ("The mayor said so.", "British English", True),
        ("The mayor said so.", "Inglés", True),
        ("The mayor said so.", "und", True),
        (SPANISH, "English; Spanish", False),
    ],
)
def test_function_words_of_other_languages_and_other_letters_decide(text, language, expected):
    assert is_english(text, language) == expected
