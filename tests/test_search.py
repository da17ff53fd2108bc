"""Searching the report, and the whole corpus from script files beside the page: all there, found, saved, and only text."""

import json
import re

import browser
import jinja2
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HOSTILE

from parley import study_from_table
from parley.show import passages


def read_script(path):
    """What a script file hands to the page."""
    text = path.read_text(encoding="utf-8")
    assert not re.search("[<\u2028\u2029]", text), "it could end the script or a string in it"
    return json.loads(re.fullmatch(r"parley\w+\((.*)\);\n", text, re.DOTALL)[1])


def stretches(passage, edges):
    """Parts of a passage, at places counted as JavaScript does."""
    raw = passage.encode("utf-16-le")
    return [raw[2 * a : 2 * b].decode("utf-16-le") for a, b in zip(edges[::2], edges[1::2], strict=True)]


def assert_rows(rows, table, texts):
    """Rows of a script file are those of the table, each with its marks in the right places."""
    own, marked = {
        "attributions": ("attribution_id", ["source_text", "cue_text", "content_text", "sentence"]),
        "mentions": ("mention_id", ["keyword", "sentence"]),
    }[rows["name"]]
    ids = [rows["articles"][a][0] + name for a, name in zip(rows["article"], rows["id"], strict=True)]
    assert ids == table[own].tolist()
    for field, (values, codes) in rows["fields"].items():
        known = (
            table[field]
            .map(str)
            .where(table[field].map(lambda cell: isinstance(cell, list)) | table[field].notna(), "")
        )
        assert [values[code] for code in codes] == known.tolist(), field
    for n, row in enumerate(table.to_dict("records")):
        passage = rows["passages"][rows["passage"][n]]
        assert passage in texts[row["article_id"]]
        for mark, edges in zip(marked, rows["marks"][n], strict=True):
            expected = row[mark] if isinstance(row[mark], str) else ""
            assert " … ".join(stretches(passage, edges)) == expected, (ids[n], mark)
        for bit, flag in enumerate(rows["flags"][0]):
            assert bool(rows["flags"][1][n] & 2**bit) == row[flag]


@pytest.mark.parametrize("name", ["attributions", "mentions"])
def test_rows_are_those_of_the_tables(site, study, name):
    texts = study.articles.set_index("article_id")["text"]
    assert_rows(read_script(site / f"rows-{name}.js"), getattr(study, name), texts)


def test_marks_stand_where_characters_count_twice(tmp_path):
    import search

    text = "🙂 News\n\nThe mayor 🙂 said on Monday that 🙂 no ferry would sail. Lund wants the ferry 🙂, she added."
    table = pd.DataFrame({"article_id": ["a"], "text": [text]})
    study = study_from_table(table, keywords={"ferry": ["ferry"]})
    sizes = search.write_rows(study, tmp_path)
    assert sizes["mentions"]["rows"] == 2
    for name in sizes:
        assert_rows(read_script(tmp_path / f"rows-{name}.js"), getattr(study, name), {"a": text})


def test_beyond_the_most_rows_whole_articles_are_drawn(monkeypatch):
    table = pd.DataFrame({"article_id": [f"a{n}" for n in range(100) for _ in range(n % 7 + 1)]})
    assert passages.drawn(table) is table
    monkeypatch.setattr(passages, "MOST", 120)
    some = passages.drawn(table)
    assert (
        100 < len(some) <= 120 and some.equals(passages.drawn(table)) and some.attrs["drawn"] == (len(some), len(table))
    )
    whole = table.groupby("article_id").size()
    assert some.groupby("article_id").size().equals(whole[sorted(set(some["article_id"]))])
    numbers = some["article_id"].str[1:].astype(int)
    assert numbers.min() < 30 and numbers.max() > 70, "from the whole corpus, not its beginning"
    one = pd.DataFrame({"article_id": ["a"] * 200})
    assert len(passages.drawn(one)) == 200, "an article with more rows than that is there as a whole"


@pytest.fixture
def sampled(tmp_path, monkeypatch, study):
    """The search page of the study as if it had more rows than a page takes."""
    import build
    import search

    monkeypatch.setattr(passages, "MOST", 60)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(build.TEMPLATES), autoescape=True)
    parts = {name: (build.TEMPLATES / name).read_text(encoding="utf-8") for name in build.PARTS}
    sizes = search.write_rows(study, tmp_path)
    environment.globals |= {"study": study, "parts": parts, "sizes": sizes, "searched": build.SEARCHED}
    build.write_page(tmp_path / "search.html", environment)
    return tmp_path


def test_the_link_to_a_sample_says_of_how_many():
    import build

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(build.TEMPLATES), autoescape=True, trim_blocks=True)
    environment.globals |= {"searched": build.SEARCHED}
    link = environment.get_template("searched.html.j2")
    for rows, told in (
        (1200, "1,200 quotes</a> of articles drawn at random, out of 3,400."),
        (3400, "3,400 quotes</a>."),
    ):
        html = link.render(table="attributions", sizes={"attributions": {"rows": rows, "of": 3400}})
        assert html.strip() == f'<p class="all"><a href="search.html#attributions">Search all {told}</p>'
    assert not link.render(table="mentions", sizes={}).strip()


@pytest.fixture
def opened(chromium):
    """Opens the search page of a report, at an address within it."""
    contexts = []

    def open_(folder, address="", **options):
        contexts.append(chromium.new_context(**options))
        watched = browser.Watched(contexts[-1])
        watched.page.goto(f"file://{folder}/search.html{address}")
        watched.page.wait_for_selector("#rows tbody tr")
        return watched

    yield open_
    for context in contexts:
        context.close()


def said(page):
    return page.text_content("#said")


def column(page, name):
    """The cells of a column on show, without the citations below them."""
    cells = (
        "name => [...document.querySelectorAll('#rows tbody tr')].map(row => row.cells[[...document.querySelectorAll"
    )
    cells += "('#rows th')].findIndex(head => head.dataset.field === name)])"
    own = ".map(cell => [...cell.childNodes].filter(node => node.className !== 'citation').map(n => n.textContent).join(''))"
    return page.evaluate(cells + own, name)


@browser.needed
def test_a_sample_says_of_how_many(sampled, opened, study):
    page = opened(sampled).page
    shown = len(read_script(sampled / "rows-attributions.js")["id"])
    told = " ".join(page.text_content("#about-attributions").split())
    assert shown < len(study.attributions) and f"{shown} of {len(study.attributions)}, those of" in told
    assert "drawn at random" in told and page.get_attribute("#about-attributions a", "href") == "data/attributions.csv"
    assert said(page) == f"{shown} of {shown} quotes"


@browser.needed
def test_words_and_choices_combine(site, opened, study):
    watched = opened(site)
    page, table = watched.page, study.attributions
    page.fill("[name=words]", "MOSCOW")
    some = int(said(page).split()[0])
    assert 0 < some < len(table)
    page.fill("[name=words]", "")
    page.select_option("[name=side]", "russia")
    page.select_option("[name=year]", "2012")
    page.select_option("[name=kind]", "direct")
    own = table[(table["side"] == "russia") & (table["date"].dt.year == 2012) & (table["kind"] == "direct")]
    assert said(page) == f"{len(own)} of {len(table)} quotes" and 1 < len(own) < 50
    ids = page.eval_on_selector_all("#rows tbody tr", "rows => rows.map(row => row.id)")
    assert ids == own["attribution_id"].tolist()
    page.fill("[name=person]", "gatilov")
    assert said(page) == f"{own['speaker'].str.contains('Gatilov').sum()} of {len(table)} quotes"
    page.click("#clear")
    page.check("[name=counted]")
    assert said(page) == f"{table['counted'].sum()} of {len(table)} quotes"
    page.fill("[name=words]", "nothing-has-this")
    assert said(page).startswith("0 of") and page.text_content("#rows caption") == "No row has all this"
    assert watched.faults == []


@browser.needed
def test_accents_and_curled_marks_are_found(opened, tmp_path, sampled):
    import search

    text = "Mr Erdoğan said the council’s ferry would sail."
    search.write_rows(study_from_table(pd.DataFrame({"text": [text]})), sampled)
    page = opened(sampled).page
    for words in ("erdogan", "council's", "COUNCIL’S ferry"):
        page.fill("[name=words]", words)
        assert said(page) == "1 of 1 quotes", words


@browser.needed
def test_mentions_are_searched_by_family_and_polarity(site, opened, study):
    watched = opened(site, "#mentions")
    page, table = watched.page, study.mentions
    page.select_option("[name=family]", "corridor")
    page.select_option("[name=polarity]", "against")
    own = table[(table["family"] == "corridor") & (table["polarity"] == "against")]
    assert said(page) == f"{len(own)} of {len(table)} keyword mentions" and len(own)
    marked = page.eval_on_selector_all("#rows tbody tr mark.keyword", "marks => marks.map(mark => mark.textContent)")
    assert marked == own["keyword"].tolist()
    page.check("[name=table][value=attributions]")
    page.wait_for_selector("th[data-field=kind]")
    assert said(page) == f"{len(study.attributions)} of {len(study.attributions)} quotes" and watched.faults == []


@browser.needed
@pytest.mark.parametrize("field", ["speaker", "date", "outlet", "side", "kind", "passage"])
def test_rows_are_sorted_by_any_column(site, opened, field):
    page = opened(site).page
    heading = page.locator(f"th[data-field={field}] button")
    heading.click()
    first = column(page, field)
    assert page.get_attribute(f"th[data-field={field}]", "aria-sort") == "ascending"
    heading.press("Enter")
    assert page.get_attribute(f"th[data-field={field}]", "aria-sort") == "descending"
    assert page.evaluate("document.activeElement.textContent") == heading.text_content()
    last = column(page, field)
    plain = [re.sub(r"^\W+|, nested$", "", cell.lower()) for cell in first]
    if field == "passage":
        assert plain == sorted(plain) and re.sub(r"^\W+", "", last[0].lower()) > plain[0]
    else:
        order = "cells => cells.toSorted((a, b) => a.localeCompare(b, 'en', {numeric: true}))"
        assert page.evaluate(order, plain) == plain and last != first


@browser.needed
def test_pages_of_fifty_rows(site, opened, study):
    page = opened(site).page
    ids = study.attributions["attribution_id"].tolist()
    on_page = "rows => rows.map(row => row.id)"
    assert page.eval_on_selector_all("#rows tbody tr", on_page) == ids[:50] and page.is_disabled("#back")
    page.click("#on")
    assert page.eval_on_selector_all("#rows tbody tr", on_page) == ids[50:100] and page.is_disabled("#on")
    assert page.text_content("#turn span") == "page 2 of 2"
    page.select_option("[name=kind]", "direct")
    assert not page.is_visible("#turn"), "fewer rows than a page has"


@browser.needed
@pytest.mark.parametrize("name", ["attributions", "mentions"])
def test_a_link_leads_to_its_row(site, opened, study, name):
    from parley.show import quotes, stances

    table = quotes(study) if name == "attributions" else stances(study)
    own = table.iloc[-1]
    watched = opened(site, f"#{own.iloc[0]}")
    page = watched.page
    assert page.eval_on_selector_all("#rows tbody tr", "rows => rows.map(row => row.id)") == [own.iloc[0]]
    assert page.text_content("#rows .citation") == own["citation"]
    html = page.inner_html("#rows td:last-child")
    if name == "attributions":  # the same marks as in the quote browser
        for role, tag in {"source": "b", "cue": "u", "content": "mark"}.items():
            pattern = f'<{tag} class="{role}">(.*?)</{tag}>'
            assert re.findall(pattern, html) == re.findall(pattern, str(own["passage"]))
    page.fill("[name=words]", "truce")
    page.wait_for_function("document.querySelectorAll('#rows tbody tr').length > 1")
    page.locator("#rows tbody tr a").nth(1).click()
    page.wait_for_function("document.querySelectorAll('#rows tbody tr').length == 1")
    assert watched.faults == []


@browser.needed
def test_a_link_to_no_row_says_so(site, opened):
    page = opened(site, "#2012-02-22-expatica-a999999").page
    assert said(page).endswith("no row here is called 2012-02-22-expatica-a999999")


@browser.needed
@pytest.mark.parametrize("name", ["attributions", "mentions"])
def test_the_selection_is_saved_as_the_tables_are(site, opened, study, tmp_path, name):
    watched = opened(site, f"#{name}")
    watched.page.select_option("[name=year]", "2016")
    with watched.page.expect_download() as saved:
        watched.page.click("#save")
    saved.value.save_as(tmp_path / "saved.csv")
    assert saved.value.suggested_filename == f"{name}.csv"
    written = pd.read_csv(tmp_path / "saved.csv", dtype=str, keep_default_na=False)
    table = pd.read_csv(site / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    table = table[table["date"].str.startswith("2016")].reset_index(drop=True)
    assert len(table) and set(written) <= set(table)
    pd.testing.assert_frame_equal(written, table[list(written)])


@browser.needed
def test_hostile_rows_are_text(hostile_site, opened, tmp_path):
    watched = opened(hostile_site)
    page = watched.page
    for name in ("attributions", "mentions"):
        page.check(f"[name=table][value={name}]")
        page.wait_for_selector(f"th[data-field={'kind' if name == 'attributions' else 'polarity'}]")
        for row in page.query_selector_all("tbody tr"):
            row.dispatch_event("mouseover")
            row.dispatch_event("click")
        with page.expect_download() as saved:
            page.click("#save")
        saved.value.save_as(tmp_path / "saved.csv")
        written = pd.read_csv(tmp_path / "saved.csv", dtype=str, keep_default_na=False)
        cells = set(written.to_numpy().ravel())
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []
        assert any(cell.startswith("'=") for cell in cells), "a formula made plain"
        table = pd.read_csv(hostile_site / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(written, table[list(written)])
    links = page.eval_on_selector_all("#rows tbody tr a", "links => links.map(link => link.getAttribute('href'))")
    page.goto(f"file://{hostile_site}/search.html{links[-1]}")
    page.reload()
    page.wait_for_function("document.querySelectorAll('#rows tbody tr').length == 1")
    assert watched.faults == [] and page.evaluate("window.harmed") is None


@browser.needed
def test_hostile_passages_are_shown_as_they_are(hostile_site, opened):
    page = opened(hostile_site).page
    shown = page.text_content("#rows tbody")
    assert '<img src=x onerror="window.harmed = 1"> Lund said the truce "was over", <a href=' in shown
    assert "<script>window.harmed=1</script> \u202eholds” 🙂" in shown and HOSTILE[-1].startswith("“The truce\u2028")


# --- the box that searches the report


@browser.needed
@pytest.mark.parametrize("name", ["index", "01-term-contrasts"])
def test_the_box_searches_the_whole_report(site, chromium, name):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    watched = browser.Watched(context)
    page = watched.page
    page.goto(f"file://{site}/{name}.html")
    loads = "[...document.scripts].filter(script => script.src.endsWith('search-index.js')).length"
    assert page.evaluate(loads) == 0, "loaded only when it is used"
    page.get_by_label("Search the report").fill("effective speakers")
    page.wait_for_selector("#found li")
    assert page.evaluate(loads) == 1
    links = page.eval_on_selector_all(
        "#found a", "links => links.map(link => [link.getAttribute('href'), link.textContent])"
    )
    assert re.fullmatch(rf"{len(links) - 1} places?", page.text_content(".find output"))
    assert any(href.startswith("03-sourcing.html#") for href, _ in links)
    assert all("effective" in told.lower() and "speakers" in told.lower() for _, told in links[:-1])
    assert links[-1][0] == "search.html?q=effective%20speakers"
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    grave = [fault for fault in found.response["violations"] if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in grave] == []
    page.press("#find", "ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == links[0][0]
    page.press("#found a", "Enter")
    page.wait_for_url(f"**/{links[0][0]}")
    assert page.evaluate("document.querySelector(':target') !== null") and watched.faults == []
    context.close()


@browser.needed
def test_the_box_finds_headings_prose_captions_and_findings(site, chromium, study):
    from parley.findings import findings

    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/04-wire-copy.html")
    finding = findings(study, "00-the-corpus")["sentence"].iloc[-1]
    asked = {"Quote browser": "03-sourcing", "TF-IDF describes": "01-term-contrasts"}
    asked |= {"Characters by kind of segment": "00-the-corpus", finding: "00-the-corpus"}
    for words, name in asked.items():
        page.fill("#find", words)
        page.wait_for_selector("#found li")
        assert page.locator("#found a").first.get_attribute("href").startswith(f"{name}.html"), words
    page.press("#find", "Escape")
    assert not page.is_visible("#found") and page.input_value("#find") == ""
    page.fill("#find", "(quote) [browser")
    assert page.text_content(".find output") == "0 places"
    context.close()


def test_every_place_that_the_box_leads_to_is_there(site):
    words = read_script(site / "search-index.js")
    pages = [(site / f"{name}.html").read_text(encoding="utf-8") for name, _ in words["pages"]]
    assert len(pages) == 7 and len(words["lines"]) > 100
    for page, anchor, _, text in words["lines"]:
        assert text and (not anchor or f'id="{anchor}"' in pages[page])


@browser.needed
def test_words_typed_for_the_report_go_on_to_the_corpus(site, opened):
    page = opened(site, "?q=gatilov").page
    assert page.input_value("[name=words]") == "gatilov" and 0 < int(said(page).split()[0]) < 50
