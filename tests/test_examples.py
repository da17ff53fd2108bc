"""All that is read in the sentences of the tests is what is stored, whatever each test asks of it."""

import csv

import examples
from compared import assert_as_stored


def test_the_sentences_of_the_tests_are_read_as_stored():
    with examples.STORED.open(encoding="utf-8", errors="surrogatepass", newline="") as lines:
        stored = ["|".join(row) for row in csv.reader(lines)]
    assert len(stored) > 15_000
    assert_as_stored(stored, ["|".join(row) for row in examples.lines()])
