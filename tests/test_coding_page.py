"""The page in which a coder codes, in a real browser: by keys, by taps, kept, exported and read like a sheet filled in."""

import io
import json
import random
import re

import browser
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from parley import codings, load_study, study_from_table
from parley.codings import sheets
from parley.codings.file import find_copied
from parley.codings.page import MOST, coding_page
from parley.corpus.reading import harmless

# The texts are odd on purpose, and loading says so.
pytestmark = [browser.needed, pytest.mark.filterwarnings("ignore:read with problems")]
SETTINGS = """
title = "Ferry </script><script>hacked = 1</script>"
[articles]
files = "texts/*.txt"
metadata = "articles.csv"
file_column = "file"
[contrast]
by = "year"
[keywords]
ferry = ["ferry", "boat service"]
bridge = ["bridge"]
[sides.council]
"Ada Lund" = ["Lund", "the mayor"]
[sides.islanders]
"Islanders' Union" = ["the union"]
"""
HOSTILE = (
    '<script>hacked = 1</script><img src=x onerror="hacked = 1"> the ferry "sank".\n\n'
    "=cmd|' /C calc'!A0 calls the ferry \u202egnorw\u202c \u2028 </script> safe & 🛥 sound, a ferry 🛥 at last."
)
SPOKEN = (
    "“The ferry,” Lund said, “is dead. It will not sail.” The union said that the mayor said so.\n\n"
    "Nobody said it … loudly. Two-thirds of the union's members fear the ferry."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of 42 invented articles with more than a hundred mentions, and blank sheets by ada."""
    folder = tmp_path_factory.mktemp("ferries")
    (folder / "texts").mkdir()
    texts = {"hostile": HOSTILE, "spoken": SPOKEN}
    for n in range(40):
        texts[f"2016-{n:02}"] = (
            f"Lund backed ferry number {n}. The union rejects bridge {n}.\n\nA boat service {n} began, said harbour master {n}."
        )
    for name, text in texts.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [(name, f"Outlet <b>{n}</b>", f"201{2 + 4 * (n % 2)}-05-0{1 + n % 9}", 2012 + 4 * (n % 2), f"A headline {n}")
            for n, name in enumerate(texts)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["file", "outlet", "date", "year", "headline"])
    table.to_csv(folder / "articles.csv", index=False)
    (folder / "study.toml").write_text(SETTINGS, encoding="utf-8")
    sheets.write_sheets(load_study(folder), "ada")
    return folder


@pytest.fixture
def opened(chromium, folder):
    """What opens the page in a context of its own, watched; at the end nothing has gone wrong in any."""
    contexts, watched = [], []

    def opened(path=folder / "codings" / "ada" / "index.html", *, before="", context=None, **settings):
        if context is None:
            context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
            contexts.append(context)
        one = browser.Watched(context)
        one.page.add_init_script(before)
        one.page.goto(f"file://{path}")
        watched.append(one)
        return one.page

    yield opened
    assert [fault for one in watched for fault in one.faults] == []
    for context in contexts:
        context.close()


def sheet(folder, name):
    return pd.read_csv(folder / "codings" / "ada" / f"{name}.csv", dtype=str, keep_default_na=False)


def exported(page, tmp_path, *, key="e", then=None):
    """The bytes of the file that the page hands out."""
    with page.expect_download() as download:
        page.keyboard.press(key)
        if then:
            page.click(then)
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def row_with(page, words):
    """Go to the sentence that begins so, by its number."""
    place = page.evaluate(
        "words => data[work.mode].list.findIndex(row => row.text.slice(...row.sentence).startsWith(words))", words
    )
    assert place >= 0
    page.fill("#jump", str(place + 1))
    page.click("#go")


def select(page, first, last, *, within="#words"):
    """Select words by tapping the first and the last: the first word that reads so, and the next that reads so from there."""
    one, other = page.evaluate(
        """([first, last]) => { const read = tokens.map(({ word }) => word.textContent), one = read.indexOf(first);
        return [one, read.indexOf(last, one)]; }""",
        [first, last],
    )
    page.click(f"#w{one}")
    if other > one:
        page.click(f"#w{other}")


def told(page, words):
    """Wait until a screen reader is told so."""
    page.locator("#said", has_text=words).wait_for(state="attached")


def test_a_hundred_mentions_by_keys_give_the_csv_of_the_sheet_filled_in(opened, folder, tmp_path):
    page, drawn, filled = opened(), random.Random(1), sheet(folder, "mentions")
    keys = page.keyboard
    assert len(filled) > 120
    labels = {"f": "for", "a": "against", "n": "neutral", "c": "can't tell"}
    holders = [("lun", "Ada Lund", "council"), ("the un", "Islanders' Union", "islanders"), ("arti", "article", "")]
    holders += [('=Bo, the "cook"', '=Bo, the "cook"', "other"), ("", "", "")]
    for row in range(100):
        assert page.inner_text("#heading") == f"Mention {row + 1} of {len(filled)}"
        assert page.inner_text("mark.keyword") == filled["keyword"][row]
        key, (typed, holder, side) = drawn.choice("fanc"), drawn.choice(holders)
        keys.press(key)
        assert page.evaluate("document.activeElement.id") == "holder"
        keys.type(typed)
        keys.press("Enter")
        if page.evaluate("document.activeElement.id") == "holder-side":  # of a new name only once: then it is known
            keys.type("oth")
            keys.press("Enter")
        filled.loc[row, ["polarity", "holder", "side"]] = [labels[key], holder, side]
    expected = harmless(filled).to_csv(index=False, lineterminator="\n", encoding="utf-8").encode("utf-8-sig")
    assert exported(page, tmp_path) == expected
    # And it is read as the sheet is.
    (folder / "codings" / "bo").mkdir()
    (folder / "codings" / "bo" / "mentions.csv").write_bytes(expected)
    read = codings.read_mentions(load_study(folder), "bo")
    assert read["holder"].fillna("").tolist() == filled["holder"][:100].tolist()
    assert codings.order_of(codings.read_sheet(load_study(folder), "bo", "mentions")).all()


def test_what_was_coded_is_there_after_a_reload_and_in_another_browser_by_its_file(opened, folder, tmp_path):
    page = opened()
    for key in "fan":
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.keyboard.type('=odd, "very"')
    page.reload()
    assert page.inner_text("#heading").startswith("Mention 4 ") and page.input_value("#mention-note") == '=odd, "very"'
    assert "3 coded" in page.inner_text("#row-state")
    assert page.is_hidden("#notice")
    before = exported(page, tmp_path)
    path = tmp_path / "carried.csv"
    path.write_bytes(before)
    other = opened()
    other.set_input_files("#file", path)
    other.wait_for_selector("#notice:not([hidden])")
    assert "Read carried.csv: 3 coded rows." in other.inner_text("#notice")
    other.click("#heading")
    assert exported(other, tmp_path) == before


def test_sentences_by_words_are_read_at_the_very_words(opened, folder, tmp_path):
    """Interrupted content, content that runs on, the second of the same words, two attributions a sentence, none."""
    page = opened()
    keys = page.keyboard
    page.click("#to-sentences")
    row_with(page, "“The ferry,”")
    select(page, "Lund", "Lund")
    keys.press("s")
    select(page, "said", "said")
    keys.press("c")
    select(page, "“", "”")
    keys.press("t")
    # The second part begins behind the cue and ends in the next sentence.
    first, last = page.evaluate(
        "[tokens.findLastIndex(t => t.word.textContent === '“'), tokens.findLastIndex(t => t.word.textContent === '”')]"
    )
    page.click(f"#w{first}")
    page.click(f"#w{last}")
    keys.press("t")
    assert page.inner_text("#kind").endswith("kind: direct")
    keys.press("p")
    keys.type("lun")
    keys.press("Enter")
    assert page.input_value("#speaker-side") == "council"
    keys.press("Enter")
    row_with(page, "The union said")
    select(page, "The", "union")
    keys.press("s")
    select(page, "said", "said")
    keys.press("c")
    select(page, "that", "so")
    keys.press("t")
    keys.press("a")
    select(page, "mayor", "mayor")
    keys.press("s")
    second = page.evaluate("tokens.filter(t => t.word.textContent === 'said')[1].word.id")
    page.click(f"#{second}")
    keys.press("c")
    select(page, "so", "so")
    keys.press("t")
    keys.press("j")
    keys.press("g")
    keys.press("Enter")
    row_with(page, "Nobody said it")
    select(page, "it", "loudly")
    keys.press("t")
    keys.press("Enter")
    row_with(page, "Two-thirds of")
    select(page, "union", "'s")
    keys.press("s")
    keys.press("n")
    assert page.inner_text("#ask-text") == "Attributions are marked here. Remove them?"
    page.click("#ask-yes")
    written = exported(page, tmp_path)
    (folder / "codings" / "cy").mkdir()
    (folder / "codings" / "cy" / "attributions.csv").write_bytes(written)
    study = load_study(folder)
    read = codings.read_attributions(study, "cy").sort_values(["sentence_start", "nested"], ignore_index=True)
    assert read["content_text"].tolist() == [
        "“The ferry,” … “is dead. It will not sail.”", "that the mayor said so", "so", "it … loudly",
    ]  # fmt: skip
    assert read["cue"].tolist() == [[(18, 22)], [(63, 67)], [(83, 87)], []]
    assert SPOKEN[83:87] == "said" == SPOKEN[63:67]
    assert read["nested"].tolist() == [False, False, True, False] and read["named"].tolist() == [
        True,
        True,
        False,
        True,
    ]
    assert read["kind"].tolist()[:2] == ["direct", "indirect"] and read["side"][0] == "council"
    places = {start for start, _ in read.attrs["sentences"]["spoken"]}
    assert {SPOKEN.index(words) for words in ("“The", "The union", "Nobody", "Two-")} == places
    # Read back in, the words are where they were, and what is handed out again is the same to the byte.
    path = tmp_path / "attributions-again.csv"
    path.write_bytes(written)
    other = opened()
    other.set_input_files("#file", path)
    other.wait_for_selector("#notice:not([hidden])")
    other.click("#heading")
    assert exported(other, tmp_path) == written
    row_with(other, "The union said")
    assert other.locator(".word-source").all_inner_texts() == ["The", "union"]


def test_words_are_selected_by_keys_too_and_marks_taken_back(opened):
    page = opened()
    keys = page.keyboard
    page.click("#to-sentences")
    row_with(page, "The union said")
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "words"
    keys.press("Shift+ArrowRight")
    assert page.locator("#words [aria-selected=true]").all_inner_texts() == ["The", "union"]
    assert page.get_attribute("#words", "aria-activedescendant") == "w1"
    keys.press("s")
    keys.press("c")
    told(page, "Select the words first")
    assert page.locator(".word-source").all_inner_texts() == ["The", "union"]
    keys.press("Backspace")
    assert page.locator(".word-source").count() == 0
    assert page.inner_text("#row-state") == "0 coded"
    keys.press("n")
    assert not page.inner_text("#passage").startswith("The union said")


def test_skipped_rows_come_back_before_the_export(opened, tmp_path):
    page = opened()
    page.keyboard.press("k")
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    assert page.inner_text("#heading").startswith("Mention 3 ")
    assert page.inner_text("#sure-said").startswith("Nothing is coded from the first row on")
    page.keyboard.press("e")
    assert "1 skipped row comes first" in page.inner_text("#ask-text")
    page.click("#ask-yes")
    assert page.inner_text("#heading").startswith("Mention 1 ")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    assert page.inner_text("#heading").startswith("Mention 3 ")
    page.keyboard.press("b")
    assert page.inner_text("#heading").startswith("Mention 2 ")
    assert exported(page, tmp_path).count(b"neutral") == 1


def test_what_tells_the_group_is_hidden_until_a_key_that_the_row_records(opened, folder, tmp_path):
    page, rows = opened(), sheet(folder, "mentions")
    row = rows.index[rows["article_id"].str.startswith("2016-")][0]
    row_with(page, rows["sentence"][row])
    shown = page.inner_text("body")
    for told in ("Outlet", "A headline", rows["article_id"][row], "2012-05", "2016-05"):
        assert told not in shown
    page.keyboard.press("v")
    shown = page.inner_text("#about")
    assert "Outlet <b>" in shown and "A headline" in shown and rows["article_id"][row] in shown
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    assert page.is_hidden("#about")
    written = pd.read_csv(io.BytesIO(exported(page, tmp_path)), dtype=str, keep_default_na=False)
    assert written["saw"].tolist() == ["yes" if n == row else "" for n in range(len(rows))]


def test_nothing_of_what_the_rules_read_is_in_the_page(folder):
    html = (folder / "codings" / "ada" / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)[1])
    assert set(data) == {"title", "coder", "digest", "names", "sides", "slices", "articles", "mentions", "sentences"}
    for name, known in (("mentions", 8), ("sentences", 6)):
        assert set(data[name]) == {"columns", "rows", "of", "sample", "views"}
        assert all(cell == "" for row in data[name]["rows"] for cell in row[known:])
    assert all(set(one) == {"article", "text"} for one in data["slices"])


def test_hostile_text_is_inert_on_the_page_and_in_the_file(opened, folder, tmp_path):
    page = opened(before="window.hacked = 0")
    rows = sheet(folder, "mentions")
    for row in rows.index[rows["article_id"] == "hostile"]:
        page.fill("#jump", str(row + 1))
        page.click("#go")
        page.keyboard.press("v")
        assert page.inner_text("mark.keyword") == "ferry"
        assert "<b>" in page.inner_text("#about") and "\u202e" not in page.inner_text("body")
    page.click("#to-sentences")
    row_with(page, "=cmd")
    # A character that a browser counts twice stands before these words.
    select(page, "sound", "last")
    page.keyboard.press("t")
    page.keyboard.press("m")
    page.keyboard.type("=1+1")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert page.evaluate("hacked") == 0
    assert page.locator("#passage img, #passage script, #about b").count() == 0
    written = exported(page, tmp_path)
    raw = written.decode("utf-8-sig")
    assert not re.search(r"(^|,)\"?[=+@]", raw, re.M) and "'=cmd" in raw and "'=1+1" in raw
    (folder / "codings" / "di").mkdir()
    (folder / "codings" / "di" / "attributions.csv").write_bytes(written)
    read = codings.read_attributions(load_study(folder), "di")
    assert read["content_text"].tolist() == ["sound, a ferry 🛥 at last"] and read["note"].tolist() == ["=1+1"]


@pytest.mark.parametrize(("scheme", "size"), [("light", (1280, 900)), ("dark", (390, 800))])
def test_everybody_can_use_it(opened, scheme, size):
    page = opened(color_scheme=scheme, viewport=dict(zip(("width", "height"), size, strict=True)))
    faults = []

    def look():
        faults.extend(
            (fault["id"], fault["nodes"][0]["html"][:200])
            for fault in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "the page scrolls sideways"

    look()
    page.keyboard.press("f")
    page.keyboard.type("l")
    look()  # with a list of names open
    page.keyboard.press("Enter")
    page.keyboard.press("v")
    page.keyboard.press("k")
    page.keyboard.press("e")
    look()
    page.click("#ask-yes")
    page.click("#to-sentences")
    row_with(page, "The union said")
    select(page, "The", "union")
    look()
    page.keyboard.press("s")
    select(page, "that", "so")
    page.keyboard.press("t")
    look()
    assert faults == []


def test_focus_and_what_a_screen_reader_is_told(opened):
    page = opened()
    page.keyboard.press("f")
    told(page, "for. Whose stance?")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "heading"
    told(page, "Mention 2 of")
    order = []
    for _ in range(11):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.dataset.key || document.activeElement.id"))
    assert order == ["F", "A", "N", "C", "H", "D", "O", "M", "B", "K", "V"]
    page.uncheck("#keys")
    page.click("#heading")
    page.keyboard.press("f")
    assert page.get_attribute("[data-label=for]", "aria-pressed") == "false"


def test_on_a_telephone_all_of_it_goes_by_taps(opened):
    page = opened(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    page.tap("[data-label=against]")
    # No keyboard covers the page before it is asked for.
    assert page.evaluate("document.activeElement.tagName") != "INPUT"
    assert page.locator("#next").bounding_box()["y"] < 780 and page.locator("#labels").bounding_box()["y"] < 780
    page.tap("#next")
    assert page.inner_text("#heading").startswith("Mention 2 ")
    page.tap("#to-sentences")
    row_with(page, "The union said")
    for word in ("#w0", "#w2"):
        page.tap(word)
    page.tap("#shorter")
    page.tap("[data-role=source]")
    assert page.locator(".word-source").all_inner_texts() == ["The", "union"]
    page.tap("#undo")
    page.tap("#nothing")
    assert "1 coded" in page.inner_text("#row-state")


DENIED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize(("storage", "told"), [(DENIED, "denied"), (FULL, "full")])
def test_where_a_browser_keeps_nothing_it_is_said_and_coding_goes_on(opened, tmp_path, storage, told):
    page = opened(before=storage)
    assert f"storage is {told}" in page.inner_text("#notice")
    for key in "fa":
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    assert page.inner_text("#heading").startswith("Mention 3 ")
    assert exported(page, tmp_path).count(b"against") == 1
    assert f"storage is {told}" in page.inner_text("#kept")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.assign(check=t["check"][::-1].to_numpy()), "row 1 below the header is not of this sheet"),
        (lambda t: t.assign(polarity="pro"), "polarity: expected for, against, neutral or can't tell, got “pro”"),
        (lambda t: t.drop(columns="check"), "expected a sheet with the columns order, check and polarity or coded"),
        (lambda t: t[["note"]], "expected a sheet with the columns order, check"),
    ],
)
def test_a_file_of_something_else_is_refused_in_a_sentence(opened, folder, tmp_path, change, told):
    page = opened()
    change(sheet(folder, "mentions")).to_csv(tmp_path / "other.csv", index=False)
    page.set_input_files("#file", tmp_path / "other.csv")
    page.wait_for_selector("#notice:not([hidden])")
    assert told in page.inner_text("#notice") and "othing was read" in page.inner_text("#notice")
    assert page.inner_text("#row-state") == "0 coded"


def test_a_file_that_says_otherwise_is_asked_about(opened, folder, tmp_path):
    page, rows = opened(), sheet(folder, "mentions")
    page.keyboard.press("f")
    rows.loc[:1, "polarity"] = ["Against", "neutral"]
    rows.sort_values("keyword").to_csv(tmp_path / "other.csv", index=False, sep=";")
    page.keyboard.press("Enter")
    for answer, label in (("#ask-no", "for"), ("#ask-yes", "against")):
        page.set_input_files("#file", tmp_path / "other.csv")
        page.wait_for_selector("#ask:not([hidden])")
        assert "1 row of other.csv is coded differently here" in page.inner_text("#ask-text")
        page.click(answer)
        assert page.evaluate("[work.mentions[1].polarity, work.mentions[2].polarity]") == [label, "neutral"]


def test_words_that_a_spreadsheet_filled_in_are_shown_in_their_sentence(opened, folder, tmp_path):
    """Also where nobody wrote yes; words that do not stand there are kept as they are."""
    rows = sheet(folder, "attributions")
    row = rows.index[rows["sentence"].str.startswith("The union said")][0]
    rows.loc[row, ["source", "cue", "content", "named"]] = ["The union", "said (2)", "elsewhere", "No"]
    rows.to_csv(tmp_path / "filled.csv", index=False)
    page = opened()
    page.set_input_files("#file", tmp_path / "filled.csv")
    page.wait_for_selector("#notice:not([hidden])")
    assert "1 coded row." in page.inner_text("#notice")
    row_with(page, "The union said")
    assert page.locator(".word-cue").evaluate_all("found => found.map(one => tokens[one.dataset.n].a)") == [
        page.evaluate("rowAt().text.indexOf('said', rowAt().text.indexOf('mayor'))")
    ]
    assert "elsewhere" in page.inner_text("#marked")
    rows.loc[row, ["coded", "named", "nested"]] = ["yes", "false", "false"]
    expected = rows.to_csv(index=False, lineterminator="\n")
    page.click("#heading")
    assert exported(page, tmp_path).decode("utf-8-sig") == expected


def test_the_interval_is_wilsons_and_what_halves_it_halves_it(opened):
    page = opened()
    # Newcombe 1998, example: 81 of 263.
    low, high = page.evaluate("wilson(81 / 263, 263, 1e12)")
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert page.evaluate("wilson(.3, 50, 50)") == [0.3, 0.3]
    for share, n, of in ((0.3, 20, 400), (0, 5, 40), (0.5, 200, 20000), (1, 30, 31)):
        widths = page.evaluate(
            "([s, n, of]) => [0, toHalve(s, n, of) - 1, toHalve(s, n, of)].map(m => { const [a, b] = wilson(s, n + m, of); return b - a })",
            [share, n, of],
        )
        assert widths[2] <= widths[0] / 2 < widths[1] or (widths[2] == 0 and widths[1] > 0)
    for _ in range(4):
        page.keyboard.press("f")
        page.keyboard.press("Enter")
    assert page.inner_text("#sure-said").startswith("The first 4 of")
    assert page.locator("#sure tbody tr").first.inner_text().split("\t")[1:3] == ["4", "100%"]


def test_words_are_found_in_the_page_where_the_library_finds_them(opened):
    page = opened()
    text = 'He said “no\u00a0more” and  said\nso: "no more" 5-a (said) unsaid said. Don\'t, don’t. x* [a] ürsaid said'
    asked = ["said", "said (2)", "said (5)", "said (9)", '"no more"', "no more (2)", "5-a", "(said)", "don't", "x* [a]"]
    asked += ["said so", "unsaid", "aid", "”", "Don’t, don't", "nowhere", "[a] ürsaid (1)"]
    for at in (0, 5, 30):
        found = page.evaluate("([asked, text, at]) => asked.map(one => find(one, text, at))", [asked, text, at])
        expected = [find_copied(one, text, at) for one in asked]
        assert [tuple(span) if span else None for span in found] == expected


def test_a_large_study_has_a_page_of_the_beginning_of_its_order(opened, tmp_path):
    drawn, words = random.Random(2), [f"{a}{b}{c}a" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
    lines = [f"The ferry {' '.join(drawn.choices(words, k=8))} sails." for _ in range(1200)]
    texts = ["\n\n".join(lines[n : n + 60]) for n in range(0, 1200, 60)]
    study = study_from_table(pd.DataFrame({"text": texts}), keywords={"boats": ["ferry"]}, articles={"read": "all"})
    rows, sentences = sheets.mention_sheet(study), sheets.attribution_sheet(study)
    assert len(rows) > MOST < len(sentences)
    html = coding_page(study, "ada", rows, sentences)
    assert len(html) < 1_000_000
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    page = opened(tmp_path / "index.html")
    assert page.inner_text("#heading") == f"Mention 1 of {len(rows):,}"
    assert f"the first 1,000 of {len(rows):,} rows" in page.inner_text("#holds")
    assert page.evaluate("data.mentions.list.length + data.sentences.list.length") == 2 * MOST


def test_some_articles_of_a_study_are_coded_but_make_no_sample(opened, folder, tmp_path):
    study = load_study(folder)
    rows, sentences = sheets.mention_sheet(study), sheets.attribution_sheet(study)
    some = [table[table["article_id"] == "2016-03"] for table in (rows, sentences)]
    (tmp_path / "index.html").write_text(coding_page(study, "bo", *some), encoding="utf-8")
    page = opened(tmp_path / "index.html")
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    assert "not the beginning of its order" in page.inner_text("#sure-said") and page.is_hidden("#sure-scroll")
    assert exported(page, tmp_path).count(b"\n") == 1 + len(some[0])


def test_without_keywords_there_are_sentences_to_code(opened, tmp_path):
    study = study_from_table(pd.DataFrame({"text": ["Lund said that boats sail."]}))
    html = coding_page(study, "ada", sheets.mention_sheet(study), sheets.attribution_sheet(study))
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    page = opened(tmp_path / "index.html")
    assert page.inner_text("#heading") == "Sentence 1 of 1"
    page.click("#to-mentions")
    assert page.inner_text("#heading") == "No keyword mention to code"


def test_no_passage_shows_a_headline_that_the_row_is_not_in():
    study = study_from_table(
        pd.DataFrame(
            {
                "text": ["Big ferry news\n\nThe ferry sails. It is old.\n\nThe bridge stands."],
                "headline": ["Big ferry news"],
            }
        ),
        keywords={"boats": ["ferry", "bridge"]},
    )
    kinds = study.sentences.set_index("start")["kind"]
    assert kinds[0] == "headline"
    html = coding_page(study, "ada", sheets.mention_sheet(study), sheets.attribution_sheet(study))
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.S)[1])["mentions"]
    for (_, row, _, shown), cells in zip(data["views"], data["rows"], strict=True):
        assert (int(cells[3]) < 14) == (row[0] < 14)
        assert len(shown) == 2 or int(cells[3]) < 14
