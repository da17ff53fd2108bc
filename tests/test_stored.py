"""What is read in composed reports, in edited downloads and in the sentences of the tests is what is stored."""

import csv

import composed
import downloads
import examples
import pytest
from compared import assert_as_stored


@pytest.mark.parametrize("made", [composed, examples], ids=["composed", "examples"])
def test_every_table_is_read_as_stored(made):
    with made.STORED.open(encoding="utf-8", errors="surrogatepass", newline="") as lines:
        stored = ["|".join(row) for row in csv.reader(lines)]
    assert len(stored) > 10_000
    assert_as_stored(stored, ["|".join(row) for row in made.lines()])


def test_edited_downloads_are_read_as_stored():
    stored = downloads.STORED.read_text(encoding="utf-8").splitlines()
    assert len(stored) > 4000
    assert_as_stored(stored, list(downloads.lines()))
