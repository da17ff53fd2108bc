"""Files of any kind to articles: exports, saved pages, texts with a head, several articles in one text."""

import exported
import pytest

from parley.corpus.gather import gather_texts, read_file
from parley.corpus.heads import read_head, records_in
from parley.corpus.settings import StudyError


def read(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8", newline="")
    return read_file(tmp_path / name, name)


def test_a_saved_page_gives_its_article_and_what_it_says_of_it(tmp_path):
    [page] = read(tmp_path, "page.html", exported.PAGE).articles
    assert exported.PROSE in page.text and "cookies" not in page.text and "More" not in page.text
    assert page.fields == {
        "headline": "Ferry sails",
        "outlet": "The Gazette",
        "credit": "Ada Berg",
        "url": "https://gazette.example/ferry",
        "date": "2024-03-01",
        "date_printed": "2024-03-01",
        "date_basis": "stated",
    }


def test_an_export_is_no_page_and_a_page_about_exports_is_no_export(tmp_path):
    assert len(read(tmp_path, "a.html", exported.old_nexis_html()).articles) == 2
    assert len(read(tmp_path, "b.html", exported.factiva_html()).articles) == 2
    page = exported.PAGE.replace("</article>", "<p>End of Document</p><p>1 of 3 DOCUMENTS</p></article>")
    [page] = read(tmp_path, "c.html", page).articles
    assert page.fields["headline"] == "Ferry sails" and "cookies" not in page.text


def test_front_matter_says_what_a_text_is_and_stays_in_it(tmp_path):
    found = read(tmp_path, "a.md", exported.MARKDOWN)
    [article] = found.articles
    assert article.text == exported.MARKDOWN and not found.stays
    assert article.fields == {
        "headline": "Talks: the ferry",
        "credit": "Ada Berg; Ola Vik",
        "outlet": "The Gazette",
        "date": "2024-03-01",
        "date_printed": "March 1, 2024",
        "date_basis": "stated",
    }


def test_a_head_without_marks_is_read_and_prose_is_no_head():
    assert (
        read_head("Title: Talks fail\nSource: https://gazette.example/x\n\nText.")["url"] == "https://gazette.example/x"
    )
    assert read_head("author:\n- A\n- B\n") == {}
    assert read_head("---\nauthor:\n  - Ada\n  - 'Ola'\n---\n") == {"credit": "Ada; Ola"}
    assert read_head(exported.PROSE) == read_head("Title: alone\n\nText.") == read_head("") == read_head("---\n") == {}
    assert read_head("---\ndate: yesterday\n---\n") == {"date_printed": "yesterday"}


HEADED = "Title: One\nDate: 1 March 2024\nSource: Gazette\n\nFirst text.\n\n-----\nTitle: Two\nDate: 2 March 2024\n\nSecond text.\n"
RULED = "Ferry sails\n1 March 2024\n\nFirst text.\n=====\nBridge shut\n2024-03-02\n\nSecond text.\n=====\n"


def test_several_articles_in_one_text_are_told_apart():
    first, second = records_in(HEADED)
    assert first.fields["headline"] == "One" and first.fields["outlet"] == "Gazette" and "First" in first.text
    assert second.fields["date"] == "2024-03-02" and second.text.startswith("Title: Two")
    first, second = records_in(RULED)
    assert (first.fields["headline"], first.fields["date"]) == ("Ferry sails", "2024-03-01")
    assert "Second text." in second.text and "Second" not in first.text
    for text in (HEADED, RULED):
        assert "\n".join(article.text for article in records_in(text)).split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        exported.PROSE,
        f"{exported.PROSE}\n*****\n{exported.PROSE}\n*****\n",
        f"1 March 2024\n{exported.PROSE}\n---\n{exported.PROSE}",
        exported.MARKDOWN,
        "Berg: We will sail.\nTitle: none.\nVik: No.\n\nTitle: x\n",
        "",
        "-----\n-----\n",
    ],
)
def test_one_article_in_parts_is_one_article(text):
    assert records_in(text) == []


def test_the_good_files_are_read_and_the_bad_ones_named(tmp_path):
    (tmp_path / "a.txt").write_text(exported.OLD_NEXIS, "utf-8")
    (tmp_path / "b.docx").write_bytes(b"")
    (tmp_path / "c.html").write_text("<html><body></body></html>")
    found, faults = gather_texts(tmp_path, sorted(tmp_path.iterdir()))
    assert [file.name for file in found] == ["a.txt"] and len(found[0].articles) == 3
    assert list(faults) == ["b.docx", "c.html"] and faults["b.docx"].startswith("b.docx: expected a Word file")
    with pytest.raises(StudyError, match=r"^d.rtf: .* no text in it"):
        read(tmp_path, "d.rtf", " ")


def test_keys_between_lines_of_plus_signs_are_a_head():
    head = read_head("+++\ntitle = 'Talks fail'\ndate = 2024-03-01\n+++\nThe mayor said no.")
    assert (head["headline"], head["date"]) == ("Talks fail", "2024-03-01")
