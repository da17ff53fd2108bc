"""Files as people save them: what they show, and one sentence on what cannot be read."""

import io
import tracemalloc
import zipfile

import docx
import exported
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.corpus.containers import open_file, page_text
from parley.corpus.exports import articles_in
from parley.corpus.settings import StudyError


def opened(tmp_path, name, data):
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return open_file(tmp_path / name, name)


def word_file(**parts):
    """A Word file of one paragraph, with some parts replaced."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The ferry sailed.")
    document.save(out)
    packed = zipfile.ZipFile(out)
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in packed.namelist():
            archive.writestr(
                part, parts.get(part.rpartition("/")[2].partition(".")[0], lambda data: data)(packed.read(part))
            )
    return new.getvalue()


def test_a_word_file_shows_its_paragraphs_and_tables_in_order(tmp_path):
    exported.lexis_docx(tmp_path / "a.DOCX")
    text, kind, _ = open_file(tmp_path / "a.DOCX", "a.DOCX")
    assert kind == "docx" and "Search Terms: ferry\nContent Type\tNarrowed by\n" in text
    assert [line for line in text.split("\n") if "\t" not in line] == exported.lexis_lines()


def test_rtf_shows_the_same_text_whatever_its_name(tmp_path):
    lines = [*exported.lexis_lines(), "“Ålesund” – it’s \U0001d11e {braces} \\ back"]
    for name in ("a.rtf", "a.doc", "a.txt"):
        text, kind, _ = opened(tmp_path, name, exported.as_rtf(lines[:-1]) + "")
        assert kind == "rtf" and [a.fields["headline"] for a in articles_in(text)] == [h for h, *_ in exported.LEXIS]
    assert (
        opened(tmp_path, "b.rtf", exported.as_rtf(["“Ålesund” – it’s {braces}"]))[0].strip()
        == "“Ålesund” – it’s {braces}"
    )


def test_characters_that_rtf_writes_in_halves_are_put_together(tmp_path):
    assert opened(tmp_path, "a.rtf", "{\\rtf1\\ansi Clef \\u-10188?\\u-8930? end}")[0].strip() == "Clef \U0001d11e end"


def test_links_of_rtf_show_their_words_and_tables_their_cells(tmp_path):
    link = r'{\field{\*\fldinst{HYPERLINK "https://l.example/?a=b"}}{\fldrslt {\b Ferry} sails}} and '
    assert (
        opened(tmp_path, "a.rtf", rf"{{\rtf1\ansi {link}{link}x\par y}}").text == "Ferry sails and Ferry sails and x\ny"
    )
    rows = (
        r"\trowd\cellx900\cellx9000\intbl {\b HD}\cell Ferry sails\cell\row \trowd\intbl BY\cell Ada Berg\cell\row\pard"
    )
    assert opened(tmp_path, "a.rtf", rf"{{\rtf1\ansi {rows} z}}").text.split("\n") == [
        "HD|Ferry sails",
        "BY|Ada Berg",
        "z",
    ]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.txt"])
def test_html_is_known_by_its_first_bytes_or_its_name(tmp_path, name):
    assert opened(tmp_path, name, exported.old_nexis_html()).kind == "html"


def test_a_page_shows_a_block_a_line():
    source = "<head><title>x</title></head><p>One <b>and\n two</b></p>\n<p>three<br>four<br><br>five</p><script>no</script><ul><li>six"
    assert page_text(source) == "One and two\nthree\nfour\n\nfive\nsix"
    assert page_text("") == page_text("<!-- -->") == ""


@given(st.text(max_size=200))
def test_any_markup_gives_some_text(text):
    assert isinstance(page_text(text), str)


SENTENCE = r": .*; .*\.$"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b""),
        ("a.docx", b"no Word file"),
        ("a.docx", lambda: word_file()[:2000]),
        ("a.docx", lambda: word_file(document=lambda data: data[:200])),
        ("a.docx", lambda: word_file(document=lambda data: b"x" * 400_000_000)),
        ("a.docx", lambda: word_file(document=lambda data: data.replace(b"The ferry", b"ferry " * 3_000_000))),
        ("a.txt", b"%PDF-1.7 ..."),
        ("a.doc", b"\xd0\xcf\x11\xe0 ..."),
        ("a.txt", bytes(range(32)) * 50),
        ("a.txt", b"\xff\xfea\x00b"),
    ],
    ids=["empty", "no zip", "cut off", "cut inside", "bomb", "long", "pdf", "old word", "binary", "half a character"],
)
def test_what_cannot_be_read_stops_with_a_sentence_and_is_not_unpacked(tmp_path, name, data):
    (tmp_path / name).write_bytes(data() if callable(data) else data)
    tracemalloc.start()
    with pytest.raises(StudyError, match=rf"^{name}{SENTENCE}"):
        open_file(tmp_path / name, name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_entities_that_stand_for_entities_are_not_unfolded(tmp_path):
    nested = "".join(f'<!ENTITY {a} "{f"&{b};" * 10}">' for a, b in zip("bcdefghij", "abcdefghi", strict=True))
    declared = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{nested}]>'.encode()
    bomb = word_file(document=lambda data: data.replace(b"?>", b"?>" + declared, 1).replace(b"The ferry", b"&j;"))
    try:
        assert len(opened(tmp_path, "a.docx", bomb).text) < 1000
    except StudyError as fault:
        assert str(fault).startswith("a.docx: ")


def test_a_page_of_blocks_in_blocks_does_not_crash():
    assert page_text("<div>" * 50_000 + "deep" + "</div>" * 50_000) in ("", "deep")


def test_what_was_inserted_into_a_word_file_shows(tmp_path):
    def mark(xml):
        return xml.replace(b"<w:r>", b'<w:ins w:id="1" w:author="A"><w:r>').replace(b"</w:r>", b"</w:r></w:ins>")

    def hold(xml):
        return xml.replace(b"<w:p>", b"<w:sdt><w:sdtContent><w:p>").replace(b"</w:p>", b"</w:p></w:sdtContent></w:sdt>")

    for change in (mark, hold):
        assert opened(tmp_path, "a.docx", word_file(document=change))[0] == "The ferry sailed."
