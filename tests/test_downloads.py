"""What is read in downloads whose lines were lost, joined or replaced is what is stored."""

import downloads
from compared import assert_as_stored


def test_edited_downloads_are_read_as_stored():
    stored = downloads.STORED.read_text(encoding="utf-8").splitlines()
    assert len(stored) > 4000
    assert_as_stored(stored, list(downloads.lines()))
