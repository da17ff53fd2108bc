"""Lines that are stored and compared: `make refresh` rewrites them, and a person judges what has changed."""

import difflib
from collections.abc import Sequence


def assert_as_stored(stored: Sequence[str], now: Sequence[str]) -> None:
    """Fail with the lines that differ, the first thirty of them."""
    changes = difflib.unified_diff(stored, now, "stored", "now", n=0, lineterm="")
    changed = [line[:300] for line in changes]
    assert not changed, "make refresh rewrites it; judge each line:\n" + "\n".join(changed[:30])
