"""Figures: the same bytes at every run, words for those who cannot see them, the plotted data in what is compared."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot

from parley import study_from_table
from parley.show import figures, sentences
from parley.show.estimated import multiples
from parley.show.time import over_time
from parley.show.units import period, unit


def drawn(values=(3, 1, 2)):
    figure, axes = figures.canvas(2.0)
    axes.barh(range(len(values)), values, color=figures.BLUE, hatch="//")
    axes.set_xlabel("words")
    axes.text(0, 0, "beside a bar")
    axes.bar(0, 0, label="in the legend")
    figure.legend()
    return figure


def test_same_bytes_at_every_run():
    first, second = (figures.svg(drawn(), title="A finding", alt="Three bars.") for _ in range(2))
    assert first == second


def test_another_number_is_another_picture():
    assert figures.svg(drawn((3, 1, 2)), title="A", alt="B") != figures.svg(drawn((3, 1, 4)), title="A", alt="B")


@pytest.mark.parametrize(
    "counted", ["articles", "words", "mentions", "attributions", "reports", "passages", "variations"]
)
def test_one_of_what_is_counted_is_one(counted):
    data = pd.DataFrame({"outlet": ["Echo", "Gazette"], counted: [1, 1234.5], "for": [1, 0.125]})
    assert figures.in_words(data) == f"Echo: 1 {counted[:-1]}, 1 for; Gazette: 1,234 {counted}, 0.125 for."


def test_title_and_alternative_text_are_in_the_picture_and_escaped():
    root = ElementTree.fromstring(figures.svg(drawn(), title="<b> & more", alt='Bars "3"'))
    name = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    assert root.find(f"{name}title").text == "<b> & more"
    assert root.find(f"{name}desc").text == 'Bars "3"'


def test_no_date_no_creator_no_foreign_address():
    svg = figures.svg(drawn(), title="A", alt="B")
    assert "<metadata" not in svg and "dc:date" not in svg
    assert "var(--ink" in svg and "var(--paper" in svg


def test_two_figures_on_a_page_share_no_id():
    def ids(svg):
        return {element.attrib["id"] for element in ElementTree.fromstring(svg).iter() if "id" in element.attrib}

    assert not ids(figures.svg(drawn(), title="A", alt="B")) & ids(figures.svg(drawn(), title="C", alt="D"))


def test_text_is_large_enough_for_a_telephone():
    """Eleven points in a picture five inches wide are about eleven pixels on a screen of 390."""
    root = ElementTree.fromstring(figures.svg(drawn(), title="A", alt="B"))
    width = float(root.attrib["viewBox"].split()[2])
    sizes = [element.attrib.get("style", "") for element in root.iter() if element.tag.endswith("}text")]
    assert sizes and width <= 360
    for style in sizes:
        size = (
            float(style.split("font-size: ")[1].split("px")[0])
            if "font-size" in style
            else float(style.split("px")[0].split()[-1])
        )
        assert size * 358 / width >= 10.9, style


def test_all_text_follows_the_page_s_theme():
    """Black text is invisible on a dark page; every word takes the page's ink."""
    root = ElementTree.fromstring(figures.svg(drawn(), title="A", alt="B"))
    texts = [element for element in root.iter() if element.tag.endswith("}text")]
    assert len(texts) > 5
    for element in texts:
        assert "var(--ink" in element.attrib.get("style", ""), "".join(element.itertext())


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    for module in (figures, sentences):
        monkeypatch.setattr(module, "display", lambda data, raw: bundles.append(data))
    return bundles


def test_importing_changes_nothing_of_a_reader_s_own_plots():
    code = "import matplotlib as m; before = dict(m.rcParams); import parley.show; assert dict(m.rcParams) == before"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_figure_leaves_the_settings_as_they_were(shown):
    before = dict(mpl.rcParams)
    figures.figure(drawn(), title="A", data=pd.DataFrame({"words": [1]}))._ipython_display_()
    assert dict(mpl.rcParams) == before and "<svg" in shown[0]["image/svg+xml"]


def test_a_reader_s_own_plot_takes_the_look_once(shown):
    """One made with pyplot: large text in the page's ink, no formulas, and not shown a second time by the notebook."""
    plot, axes = pyplot.subplots()
    axes.set_title("for $5 and $6")
    figures.figure(plot, title="Dollars", data=pd.DataFrame({"words": [1]}))._ipython_display_()
    assert "for $5 and $6" in shown[0]["image/svg+xml"] and "black" not in shown[0]["image/svg+xml"]
    assert plot.number not in pyplot.get_fignums()


def test_a_figure_without_data_is_a_sentence(shown):
    empty = pd.DataFrame({"start": [], "end": [], "article_id": [], "kind": []})
    figures.figure(figures.strips(empty, {}), title="Nothing", data=empty, caption="Strips")._ipython_display_()
    assert shown == [{"text/html": shown[0]["text/html"], "text/plain": "Strips: none."}]


def test_the_alternative_text_is_built_from_the_data(shown):
    data = pd.DataFrame({"article": ["a", "b"], "words": [1200, 0]})
    figures.figure(drawn(), title="A finding", data=data, caption="Words by article")._ipython_display_()
    assert shown[0]["text/plain"].splitlines()[1] == "Words by article. a: 1,200 words; b."
    assert "Words by article. a: 1,200 words; b.</desc>" in shown[0]["image/svg+xml"]


def test_what_has_one_label_stands_in_one_row():
    _, axes, levels = figures.rows(pd.Series(["2012", "2016", "2012"]))
    assert levels.tolist() == [0, 1, 0]
    assert [text.get_text() for text in axes.texts] == ["2012", "2016"]


def test_strips_are_drawn_where_their_pieces_are():
    rows = [("a", "body", 0, 10), ("b", "repeat", 0, 4), ("a", "repeat", 10, 30), ("b", "blank", 4, 5)]
    pieces = pd.DataFrame(rows, columns=["article_id", "kind", "start", "end"])
    looks = {"body": figures.look(figures.BLUE), "repeat": figures.look(figures.ORANGE, "////")}
    axes = figures.strips(pieces, looks).axes[0]
    bars = [(bar.get_x(), bar.get_width(), round(bar.get_y() + bar.get_height() / 2)) for bar in axes.patches]
    assert bars == [(0, 10, 0), (0, 4, 1), (10, 20, 0)]


def test_a_look_is_told_from_all_others_without_colour_or_with_it():
    looks = figures.looks([f"side {i}" for i in range(9)])
    assert len({(look["facecolor"], look["hatch"]) for look in looks.values()}) == 7


@pytest.mark.parametrize(
    ("articles", "outlets", "rows"), [(12, 1, 12), (13, 3, 3), (13, 1, 2), (60, 60, 2), (60, 20, 13)]
)
def test_the_rows_of_a_figure_suit_the_size_of_the_corpus(articles, outlets, rows):
    table = {"outlet": [f"Paper {i % outlets}" for i in range(articles)], "text": ["Boats sail."] * articles}
    table["year"] = [["2012", "2016"][i % 2] for i in range(articles)]
    study = study_from_table(pd.DataFrame(table), contrast={"by": "year"})
    assert unit(study).nunique() == rows


@pytest.mark.parametrize(
    ("dates", "name", "periods"),
    [
        (["2012-01-31", "2012-03-01"], "month", ["Jan 2012", "Feb 2012", "Mar 2012"]),
        (["2010-01-01", "2014-12-31"], "quarter", ["2010 Q1", "2010 Q2", "2010 Q3"]),
        (["1990-05-01", "2014-12-31"], "year", ["1990", "1991", "1992"]),
        ([None, None], "month", []),
    ],
)
def test_time_is_cut_so_that_a_picture_bears_it(dates, name, periods):
    articles = pd.DataFrame({"text": ["Boats sail."] * 2, "date": dates})
    when = period(study_from_table(articles))
    assert when.name == name and when.cat.categories[:3].tolist() == periods and len(when.cat.categories) <= 40
    assert when.notna().tolist() == [date is not None for date in dates]


def test_a_legend_with_long_names_has_fewer_columns():
    looks = figures.looks(["Tony Blair", "Ernest MacPherson", "JANE TABER", "others or not told"])
    pieces = pd.DataFrame({"article_id": "a", "start": range(4), "end": range(1, 5), "kind": list(looks)})
    drawn = figures.strips(pieces, looks)
    drawn.canvas.draw()
    [legend] = drawn.legends
    assert legend.get_window_extent().x1 <= drawn.bbox.x1


def test_small_outlets_share_the_last_row():
    """Of fourteen outlets the twelve with most articles are named, most first, and none is lost."""
    outlets = [f"Paper {i:02d}" for i in range(14) for _ in range(1 + (i in (3, 7)) + (i == 7))]
    found = unit(study_from_table(pd.DataFrame({"outlet": outlets, "text": "Boats sail."})))
    sizes = found.value_counts(sort=False)
    assert sizes.index[:2].tolist() == ["Paper 07", "Paper 03"] and sizes.index[-1] == "2 other outlets"
    assert sizes.sum() == len(outlets) and sizes.iloc[-1] == 2


def test_nobody_s_coding_is_hollow_and_joined_to_none():
    """Points over time: ranges from ten reports on; what rules read alone is hollow and on no line with what is coded."""
    when = pd.Series(pd.Categorical(list("abc"), categories=list("abc"), ordered=True), name="month")
    table = pd.DataFrame({"month": list("abc"), "side": "x", "value": [10.0, 20, 30], "coded": [5, 0, 7]})
    table = table.assign(low=table["value"] - 5, high=table["value"] + 5, reports=[10, 30, 9])
    axes = over_time(table, when, line="side", value="value").axes[0]
    coded, hollow = axes.lines
    assert pd.Series(coded.get_ydata()).notna().tolist() == [True, False, True]
    assert pd.Series(hollow.get_ydata()).notna().tolist() == [False, True, False]
    assert mpl.colors.same_color(hollow.get_markerfacecolor(), figures.PAPER)
    [ranges] = axes.collections
    drawn_ranges = [part for part in ranges.get_segments() if len(part)]
    assert len(drawn_ranges) == 1 and drawn_ranges[0][:, 1].tolist() == [5, 15]


def test_panels_over_time_share_one_row_of_articles():
    when = pd.Series(pd.Categorical(list("aab"), categories=list("ab"), ordered=True), name="month")
    table = pd.DataFrame({"month": list("abab"), "family": list("xxyy"), "label": "for", "value": [1.0, 2, 3, 4]})
    picture = over_time(table, when, line="label", value="value", panel="family")
    *panels, below = picture.axes
    assert [axes.get_title(loc="left") for axes in panels] == ["x", "y"]
    assert [bar.get_height() for bar in below.patches] == [2, 1]


def test_small_multiples_have_a_filled_mark_where_somebody_coded():
    table = pd.DataFrame({"side": list("xxy"), "group": ["2012", "2014", "2012"], "mark": "share"})
    table = table.assign(
        share=[0.5, None, 0.2], low=[0.4, None, 0.1], high=[0.6, None, 0.3], read_share=[0.1, 0.3, 0.4]
    )
    first, second = multiples(table, panel="side", row="group", mark="mark").axes
    coded, read = first.lines
    assert coded.get_xdata().tolist() == [50] and read.get_xdata().tolist() == [30]
    assert mpl.colors.same_color(read.get_markerfacecolor(), figures.PAPER)
    assert [tick.get_text() for tick in second.get_yticklabels()] == ["2012", "2014"]
