"""The report: all there, fast, light, alone; and in a real browser readable by everybody, whatever the texts hold."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import browser
import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from compared import assert_as_stored

from parley import export, load_study, show

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["index", *(path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb")))]
ALL = [*PAGES, "search"]
HEAVIEST = 400_000  # bytes of a page with its figures


@pytest.mark.parametrize("name", ALL)
def test_page_is_light_and_asks_nobody(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    assert len(html.encode()) < HEAVIEST
    fetched = re.findall(r"""(?:\bsrc\s*=\s*|<link[^>]*href\s*=\s*|url\(|@import\s+)["']?([^"')\s>]+)""", html)
    assert [address for address in fetched if not address.startswith(("data:", "#"))] == []


@pytest.mark.parametrize("name", PAGES[1:])
def test_every_stored_output_is_on_its_page(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    page = " ".join(BeautifulSoup(html, "html.parser").get_text().split())
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    outputs = [(output["data"], cell["source"]) for cell in cells for output in cell.get("outputs", [])]
    assert len(outputs) > 8
    for data, source in outputs:
        marked = data.get("text/html") or data.get("image/svg+xml")
        shown = BeautifulSoup(marked, "html.parser") if marked else None
        assert " ".join((shown.get_text() if shown else data["text/plain"]).split()) in page, source
        assert not marked or shown.find()


def test_what_stands_around_the_notebooks_is_as_stored(site):
    import frame

    assert_as_stored(frame.STORED.read_text(encoding="utf-8").splitlines(), frame.lines(site))


def test_figures_have_words(site):
    figures = [
        svg for name in PAGES for svg in re.findall(r"<svg.*?</svg>", (site / f"{name}.html").read_text("utf-8"), re.S)
    ]
    assert len(figures) >= 10
    for svg in figures:
        opening = svg[: svg.index(">")]
        assert 'role="img"' in opening and "aria-labelledby=" in opening
        assert len(re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.S)[1]) > 20


def test_figures_lose_only_what_nobody_sees():
    from pages import lighter

    head = '<svg aria-labelledby="t"><title id="t">1.234</title><path id="used" d="M 0 0"></path>'
    drawn = '<g id="axes"><path d="M 1.23456 2 \nL 3.456789 4 \nz "></path></g><use href="#used" x="1.5"></use></svg>'
    light = '<path d="M 1.23 2 L 3.45 4 z"></path><use href="#used" x="1.5"></use></svg>'
    assert lighter(head + drawn) == head + light


def test_index_has_a_card_for_each_notebook(site, study):
    """Its picture, at most three of its findings in their order, and which checks break each of them."""
    from parley.findings import findings, leading, varied

    found, asked = findings(study), varied(study)
    index = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    cards = {card.find("h2").a["href"].removesuffix(".html"): card for card in index.find_all(class_="card")}
    assert list(cards) == PAGES[1:7] and index.find("a", href="06-explore.html")
    for name, card in cards.items():
        picture = card.find("svg")
        described = [picture.find(id=one).get_text() for one in picture["aria-labelledby"].split()]
        assert all(described) and str(described[0]) in (site / f"{name}.html").read_text(encoding="utf-8")
        own = leading(found[found["notebook"] == name])
        shown = card.find_all("div", class_="finding")
        assert [one["id"] for one in shown] == own["finding_id"].tolist() != []
        for one, (_, row) in zip(shown, own.iterrows(), strict=True):
            assert row["sentence"] in one.get_text()
            note, told = one.find("summary").get_text(), one.find("details").get_text()
            assert [item.get_text() for item in one.find_all("li")] == row["broken_by"]
            if row["variations"]:
                assert note.startswith("holds in ") and str(row["variations"]) in note
                kept = asked.query("finding_id == @row.finding_id and outcome == 'holds'")["variation"]
                assert all(check in told for check in kept) and row["range"][1:] in told
            else:
                assert row["not_varied"][1:] in told


@pytest.mark.parametrize("name", ALL)
def test_every_page_leads_to_the_index_to_its_text_and_to_the_corpus(site, study, name):
    html = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    links = {link["href"]: link.get_text() for link in html.select("body > a.skip, header > a")}
    assert links == {"#main": "Skip to the text", "index.html": study.title, "search.html": "Search the corpus"}
    assert html.find(id="main").name == "main"
    assert bool(html.select("header a[aria-current=page]")) == (name == "search") == (not html.select("#find"))


@pytest.mark.parametrize("name", PAGES[1:])
def test_contents_list_every_section(site, name):
    html = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    listed = {link["href"][1:]: link.get_text() for link in html.select("nav.contents a")}
    headings = {one["id"]: " ".join(one.get_text().replace("¶", "").split()) for one in html.select("main h2")}
    assert listed == headings and len(listed) > 3


def test_csv_files_are_the_tables(site, study):
    tables = export.read_tables(study)
    assert len(tables) > 10 and all(len(tables[name]) for name in ("attributions", "mentions", "concordances", "terms"))
    for name, table in tables.items():
        written = pd.read_csv(site / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
        assert list(written.columns) == list(table.columns) and len(written) == len(table)
        for column in table:
            expected = export.harmless(table[[column]])[column]
            texts = ["" if not isinstance(v, list) and pd.isna(v) else str(v) for v in expected]
            if pd.api.types.is_float_dtype(table[column]):
                assert [float(v or "nan") for v in written[column]] == pytest.approx(
                    table[column].tolist(), nan_ok=True
                )
            elif not pd.api.types.is_datetime64_any_dtype(table[column]):
                assert list(written[column]) == texts, (name, column)


def test_codebook_explains_every_column(site):
    book = pd.read_csv(site / "data" / "codebook.csv")
    files = [*(site / "data").glob("*.csv")]
    assert len(files) > 10
    for path in files:
        if path.stem != "codebook":
            explained = set(book.loc[book["table"] == path.stem, "column"])
            assert set(pd.read_csv(path, nrows=1).columns) <= explained


@pytest.mark.parametrize("style", ["report/template/style.css", "lib/parley/data/coding.css"])
def test_a_scheme_changes_colours_alone_and_a_width_changes_none(style):
    """So that a page seen once in each scheme and once at each width is seen in all."""
    text = (ROOT / style).read_text(encoding="utf-8")
    blocks = re.findall(r"@media ([^{]*)\{((?:[^{}]*\{[^{}]*\})+)", text)
    dark = [block for asked, block in blocks if "prefers-color-scheme" in asked]
    assert len(dark) == 1 and re.fullmatch(
        r"\s*:root\s*\{\s*color-scheme: dark;(\s*--[a-z]+: #[0-9a-f]{6};)+\s*\}", dark[0]
    )
    wide = [block for asked, block in blocks if "width" in asked]
    assert wide and not re.search(r"#[0-9a-f]{3}|rgb|--[a-z]+\s*:", "".join(wide))


# Of the rows of a page that have the same elements with the same classes the first speaks for all.
ROWS_ONCE = """() => { const seen = new Set(); for (const row of document.querySelectorAll("tbody tr")) {
    const sign = [...row.querySelectorAll("*")].map(node => node.tagName + node.className).join(" ");
    if (seen.has(sign)) row.remove();
    seen.add(sign);
} }"""


@browser.needed
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", ALL)
def test_page_in_a_browser(site, chromium, name, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    watched = browser.Watched(context)
    watched.page.goto(f"file://{site}/{name}.html")
    if name == "search":
        watched.page.wait_for_selector("#rows tbody tr")
    else:
        watched.page.fill("#find", "truce")
        watched.page.wait_for_selector("#found li")
    assert watched.faults == []
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    watched.page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
    watched.page.evaluate(ROWS_ONCE)
    found = Axe().run(watched.page, options={"resultTypes": ["violations"]})
    grave = [fault for fault in found.response["violations"] if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in grave] == []
    context.close()


@browser.needed
@pytest.mark.parametrize(("name", "typed"), [("02-stance-keywords", "against"), ("03-sourcing", "spokesman")])
def test_filter_boxes_filter(site, chromium, name, typed):
    context = chromium.new_context()
    watched = browser.Watched(context)
    watched.page.goto(f"file://{site}/{name}.html")
    boxes = watched.page.query_selector_all(".parley input[type=search]")
    assert boxes
    narrowed = 0
    for box in boxes:
        region = box.evaluate_handle("node => node.closest('.parley')")
        before = region.evaluate("node => [...node.querySelectorAll('tbody tr')].filter(r => !r.hidden).length")
        box.fill(typed)
        rows = region.evaluate(
            "node => [...node.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.textContent)"
        )
        assert all(typed in row.lower() for row in rows)
        assert region.evaluate("node => node.querySelector('output').textContent") == f"{len(rows)} of {before} rows"
        narrowed += 0 < len(rows) < before
        box.fill("")
        assert region.evaluate("node => [...node.querySelectorAll('tbody tr')].every(r => !r.hidden)")
    assert narrowed and watched.faults == []
    context.close()


EVIDENCE = {  # page -> tables whose rows are passages of the texts
    "00-the-corpus": ["Left out of all counts", "Labelled by rule or by hand", "The longest sentence"],
    "01-term-contrasts": ["where it stands"],
    "02-stance-keywords": ["Mentions", "Concordance of"],
    "03-sourcing": ["Attributions in their paragraphs"],
    "04-wire-copy": ["Shared passages in both printings", "Sentences that the partner does not have"],
    "05-validity": ["Attributions"],
}


@browser.needed
@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_rows_have_anchors_and_citations(site, chromium, name):
    context = chromium.new_context()
    watched = browser.Watched(context)
    watched.page.goto(f"file://{site}/{name}.html")
    ids = watched.page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(set(ids)) == len(ids)
    for caption in EVIDENCE[name]:
        region = watched.page.locator(f".parley.evidence[aria-label*='{caption}']").first
        rows = region.evaluate(
            "node => [...node.querySelectorAll('tbody tr')].map(r => [r.querySelector('a').getAttribute('href').slice(1),"
            " r.querySelectorAll('.citation').length, r.querySelector('.citation').textContent])"
        )
        assert rows
        for anchor, citations, citation in rows:
            assert anchor in ids, "a link to a row that is not there"
            assert citations == 1 and re.search(r"character \d+\)$", citation), citation
    # One click takes the whole citation.
    citation = watched.page.locator(".citation").first
    citation.click()
    assert watched.page.evaluate("getSelection().toString().trim()") == citation.text_content()
    # A row's link leads to it.
    anchor = rows[-1][0]
    watched.page.goto(f"file://{site}/{name}.html#{anchor}")
    assert watched.page.evaluate("document.querySelector(':target').tagName") == "TR"
    assert watched.faults == []
    context.close()


@browser.needed
@pytest.mark.parametrize("name", PAGES[1:])
def test_a_long_table_is_a_window_with_its_head_and_caption_in_sight(site, chromium, name):
    """So that a page can be read through; a link to a row brings it into sight."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/{name}.html")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        regions = page.evaluate(
            """[...document.querySelectorAll("main .parley")].map(node => [node.ariaLabel, node.clientHeight,
            node.querySelector("caption").getBoundingClientRect().right - node.getBoundingClientRect().right])"""
        )
        assert regions and max(height for _, height, _ in regions) <= 0.8 * 900
        assert [name for name, _, beyond in regions if beyond > 1] == []
        row = page.locator("main .parley.evidence tbody tr[id]").last
        if row.count():
            page.evaluate("anchor => { location.hash = ''; location.hash = anchor; }", row.get_attribute("id"))
            box, inside = (one.bounding_box() for one in (row, row.locator("xpath=ancestor::div[1]")))
            assert inside["y"] <= box["y"] <= inside["y"] + inside["height"] and 0 <= box["y"] <= 900
    context.close()


def test_anchors_stay_when_other_rows_come_or_go(study):
    every = show.concordance(study, r"(?i)\b(?:pause|truce)\b", regex=True)
    some = show.concordance(study, "pause", sort="left")
    assert 0 < len(some) < len(every) and set(some["place"]) < set(every["place"])
    rows = study.sentences[~study.sentences["counted"]]
    fewer = show.citable(study, rows.iloc[::2], "s")
    assert set(fewer["place"]) < set(show.citable(study, rows, "s")["place"])


def test_findings_on_the_index_lead_to_their_evidence(site, study):
    from parley.findings import findings

    index = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    for row in findings(study).itertuples():
        if not (on_card := index.find(id=row.finding_id)):
            continue  # a card has three at most, and a link to the page
        page, _, anchor = on_card.find("a")["href"].partition("#")
        shown = BeautifulSoup((site / page).read_text(encoding="utf-8"), "html.parser").find(id=anchor)
        assert anchor and shown, row.finding_id
        assert shown.find_parent("section").find(["svg", "table", "p"]), row.finding_id


@browser.needed
@pytest.mark.parametrize("name", ["00-the-corpus", "03-sourcing"])
def test_contents_are_at_the_side_or_folded(site, chromium, name):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"file://{site}/{name}.html")
    boxes = "[...document.querySelectorAll('nav.contents, main')].map(node => node.getBoundingClientRect())"
    contents, main = page.evaluate(boxes)
    assert contents["right"] < main["left"] and page.locator("nav.contents a").first.is_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    assert 0 <= page.evaluate(boxes)[0]["top"] < 100, "the contents stay in sight"
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 0)")
    contents, main = page.evaluate(boxes)
    assert contents["bottom"] <= main["top"] and not page.locator("nav.contents a").first.is_visible()
    page.locator("nav.contents summary").press("Enter")
    page.locator("nav.contents a").last.press("Enter")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 844
    context.close()


@browser.needed
def test_index_prints_on_two_pages(site, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/index.html")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2
    context.close()


@browser.needed
@pytest.mark.parametrize("name", PAGES)
def test_page_on_paper(site, chromium, name):
    context = chromium.new_context(viewport={"width": 680, "height": 900})
    page = context.new_page()
    page.goto(f"file://{site}/{name}.html")
    controls = "input, label, output, summary, nav, details, .skip"
    for scheme in ("dark", "light"):
        page.emulate_media(media="print", color_scheme=scheme)
        assert (
            page.evaluate(f"[...document.querySelectorAll('{controls}')].filter(n => n.getClientRects().length)") == []
        )
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 254)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 680, "something is cut at the paper's edge"
    assert page.evaluate("[...document.querySelectorAll('.parley')].every(n => n.scrollWidth <= n.clientWidth + 1)")
    # An A4 sheet has room for 1,002 pixels: not much more paper than that asks for, so no sheet is left half empty.
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    asked = page.evaluate("document.body.scrollHeight") / 1002
    assert asked <= sheets <= 1.3 * asked + 1, (sheets, asked)
    context.close()


@browser.needed
@pytest.mark.parametrize("name", ALL)
def test_hostile_text_does_nothing(hostile_site, chromium, name):
    context = chromium.new_context()
    watched = browser.Watched(context)
    watched.page.goto(f"file://{hostile_site}/{name}.html")
    if name == "search":
        watched.page.wait_for_selector("#rows tbody tr")
    else:
        watched.page.fill("#find", "truce")
        watched.page.wait_for_selector("#found li")
    for row in watched.page.query_selector_all("tbody tr"):
        row.dispatch_event("mouseover")
        row.dispatch_event("click")
    assert watched.faults == []
    assert watched.page.evaluate("window.harmed") is None
    context.close()


@browser.needed
def test_hostile_text_is_shown_as_it_is(hostile_site, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"file://{hostile_site}/02-stance-keywords.html")
    shown = page.evaluate("document.body.textContent")
    assert "&lt;" not in shown.replace("& &lt; the truce", ""), "escaped twice"
    assert '<script>window.harmed = 1</script> The mayor <b onclick="window.harmed = 1">said</b> "no truce"' in shown
    context.close()


def test_a_cut_table_links_to_all_of_its_rows(hostile_site):
    """A file of its own, with every row, of which the page says how many there are."""
    links = 0
    for name in PAGES[1:]:
        html = BeautifulSoup((hostile_site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for caption in html.select("main caption"):
            told = re.search(r"\((?:the first )?[\d,]+ of ([\d,]+) rows", caption.get_text())
            assert bool(told) == bool(caption.a), caption
            if told:
                whole = pd.read_csv(hostile_site / unquote(caption.a["href"]))
                assert caption.a.get_text() == f"all {told[1]} rows" and len(whole) == int(told[1].replace(",", ""))
                assert Path(caption.a["href"]).parent == Path("data", name)
                links += 1
    assert links


def test_hostile_cells_are_no_formulas(hostile_site):
    files = [*(hostile_site / "data").rglob("*.csv")]
    assert len(files) > 10
    for path in files:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False, header=None).to_numpy().ravel()
        assert [cell for cell in cells if cell[:1] in ("=", "+", "@")] == [], path.name


def test_a_study_with_texts_only_still_gives_a_report(tmp_path, monkeypatch):
    """No groups, no keywords, no sides, no dates: every notebook says what it lacks, and goes on."""
    import build as builder

    # Two notebooks are enough for the pages; what all of them say of such a study is told without a browser elsewhere.
    few = ["00-the-corpus", "02-stance-keywords"]
    found = builder.findings
    monkeypatch.setattr(builder, "NOTEBOOKS", [path for path in builder.NOTEBOOKS if path.stem in few])
    monkeypatch.setattr(
        builder, "findings", lambda study: found(study)[lambda table: table["notebook"].isin(few)].copy()
    )
    (tmp_path / "texts").mkdir()
    for i in range(3):
        (tmp_path / "texts" / f"{i}.txt").write_text(
            f"Ferry news {i}\n\nThe mayor said on Monday that ferry {i} would sail.\n"
        )
    (tmp_path / "study.toml").write_text('[articles]\nfiles = "texts/*.txt"\n')
    monkeypatch.setenv("PARLEY_STUDY", str(tmp_path / "study.toml"))
    site = tmp_path / "site"
    builder.build(site)
    html = (site / "02-stance-keywords.html").read_text(encoding="utf-8")
    assert "name words and phrases under [keywords] in study.toml" in html
    assert "Traceback" not in html
    folded = BeautifulSoup(html, "html.parser").select("details.none")
    assert len(folded) > 3 and not any(one.find(["table", "svg"]) for one in folded)
    assert {one.find_previous_sibling("h2")["id"] for one in folded} >= {"Where-they-stand", "How-often"}
    assert load_study(tmp_path).articles["article_id"].tolist() == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("corrections.csv", "row,column,value\n0-a9999,side,other\n", "no row of the attributions is called '0-a9999'"),
        (
            "codings/ada/attributions.csv",
            "article_id,source,cue,content,kind,speaker,side,named,nested,via\n0,0:9,,,,,,perhaps,no,\n",
            "line 2: named: expected true or false, got 'perhaps'",
        ),
    ],
)
def test_a_study_that_cannot_be_read_stops_before_any_notebook(tmp_path, monkeypatch, name, lines, said):
    """One sentence, and the report that was there before is left whole."""
    import build

    (tmp_path / "0.txt").write_text("Ferry news\n\nThe mayor said on Monday that ferry 1 would sail.\n")
    (tmp_path / "study.toml").write_text('[articles]\nfiles = "*.txt"\n')
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(lines)
    site = tmp_path / "_site"
    site.mkdir()
    (site / "index.html").write_text("the last report")
    monkeypatch.setenv("PARLEY_STUDY", str(tmp_path / "study.toml"))
    monkeypatch.setattr(build, "execute_all", lambda paths, data: pytest.fail("a notebook ran"))
    with pytest.raises(SystemExit) as stopped:
        build.replace_site(site)
    first, second = stopped.value.code.split("\n")
    assert first.startswith("parley: ") and said in first and "still holds the report" in second
    assert (site / "index.html").read_text() == "the last report" and not (tmp_path / "_site.new").exists()


def _notebook(path, *sources):
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]), path)
    return path


def test_a_notebook_knows_nothing_of_the_one_before_it_in_its_kernel(tmp_path, monkeypatch):
    import build

    monkeypatch.setattr(build.os, "cpu_count", lambda: 1)  # one kernel for both
    asked = """import os, matplotlib, pandas
print("kept" in globals(), matplotlib.rcParams["lines.linewidth"], pandas.options.display.max_rows, os.getcwd(), sep="|")
"""
    changed = "kept = matplotlib.rcParams['lines.linewidth'] = pandas.options.display.max_rows = 9; os.chdir('/')"
    own = f"print(os.environ[{build.FOLDER!r}])"
    there = tmp_path / "there"
    there.mkdir()
    first = _notebook(tmp_path / "0.ipynb", asked, changed, asked, own)
    second = _notebook(there / "1.ipynb", asked, own)
    before, after = (
        [(cell.execution_count, *(out.text.strip() for out in cell.outputs)) for cell in notebook.cells]
        for notebook in build.execute_all([first, second], tmp_path / "data")
    )
    assert before == [
        (1, f"False|1.5|60|{tmp_path}"), (2,), (3, "True|9.0|9|/"), (4, str(tmp_path / "data" / "0"))
    ]  # fmt: skip
    assert after == [(1, f"False|1.5|60|{there}"), (2, str(tmp_path / "data" / "1"))]


def test_no_kernel_outlives_its_notebooks(tmp_path):
    import build

    paths = [_notebook(tmp_path / f"{n}.ipynb", "import os; print(os.getpid())") for n in range(3)]
    kernels = {int(notebook.cells[0].outputs[0].text) for notebook in build.execute_all(paths)}
    assert kernels and len(kernels) <= os.cpu_count()
    for kernel in kernels:
        with pytest.raises(ProcessLookupError):
            os.kill(kernel, 0)


def test_the_first_notebook_that_fails_ends_the_report(tmp_path):
    import build

    fails = _notebook(tmp_path / "0.ipynb", "1 / 0")
    others = [_notebook(tmp_path / f"{n}.ipynb", f"open('{tmp_path}/{n}.ran', 'w').close()") for n in range(1, 30)]
    with pytest.raises(build.CellExecutionError, match="ZeroDivisionError"):
        list(build.execute_all([fails, *others]))
    assert len(list(tmp_path.glob("*.ran"))) < len(others)


def test_a_study_error_in_a_notebook_is_one_sentence(tmp_path, monkeypatch):
    import build

    def fails(_):
        raise build.CellExecutionError("\x1b[31mTraceback\x1b[0m", ename="StudyError", evalue="a.csv: mend it.")

    monkeypatch.setattr(build, "build", fails)
    with pytest.raises(SystemExit) as stopped:
        build.replace_site(tmp_path / "_site")
    assert stopped.value.code == "parley: a.csv: mend it."
