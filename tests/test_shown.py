"""What the notebooks show of a study of four outlets with coded sheets is what is stored: findings, figures, tables."""

import pytest
import shown
from compared import assert_as_stored


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    return shown.lines(shown.study(tmp_path_factory.mktemp("shown")))


def notebooks(lines):
    """The lines of each notebook."""
    heads = [k for k, line in enumerate(lines) if line.startswith("# ")]
    return {lines[a][2:]: lines[a:b] for a, b in zip(heads, [*heads[1:], len(lines)], strict=True)}


STORED = notebooks(shown.STORED.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", STORED)
def test_a_notebook_shows_what_is_stored(lines, name):
    assert len(STORED[name]) > 20
    assert_as_stored(STORED[name], notebooks(lines)[name])
