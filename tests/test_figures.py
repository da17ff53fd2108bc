"""Figures: the same bytes at every run, words for those who cannot see them, the plotted data in what is compared."""

import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from parley.show import figures, pictures


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
    monkeypatch.setattr(figures, "display", lambda data, raw: bundles.append(data))
    return bundles


def test_the_strip_accounts_for_every_character(study, shown):
    pictures.segment_strip(study.segments)
    table = pd.read_csv(__import__("io").StringIO(shown[0]["text/plain"].split("\n", 2)[2]), sep=r"\s+", index_col=0)
    assert table.sum(axis=1).to_dict() == study.articles.set_index("article_id")["text"].str.len().to_dict()


def test_pictures_of_many_articles_stay_one_page(study, shown):
    many = pd.concat([study.articles.assign(article_id=lambda a, i=i: a["article_id"] + f"-{i}") for i in range(20)])
    pictures.timeline(many)
    assert "Articles a month" in shown[0]["text/plain"]
    lengths = pd.DataFrame({"article_id": many["article_id"], "sentences": 1, "counted": range(100), "left_out": 0})
    pictures.lengths(lengths)
    assert "Histogram of 100 articles" in shown[1]["text/plain"]
