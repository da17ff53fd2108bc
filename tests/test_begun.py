"""What `make study` says and writes for the files that people have is what is stored, to the last line."""

import begun
import pytest
from compared import assert_as_stored


def cases(lines):
    """The lines of each case."""
    heads = [k for k, line in enumerate(lines) if line.startswith("=== ")]
    return {lines[a]: lines[a:b] for a, b in zip(heads, [*heads[1:], len(lines)], strict=True)}


@pytest.fixture(scope="module")
def now():
    return cases(list(begun.lines()))


STORED = cases(begun.STORED.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", STORED)
def test_a_study_is_begun_as_stored(now, name):
    assert_as_stored(STORED[name], now[name])


def test_every_case_is_stored(now):
    assert list(now) == list(STORED) and len(now) > 20
