"""Counts and lists in plain English, for sentences that are computed."""

from collections.abc import Iterable

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def number(count: float, noun: str = "") -> str:
    """A count for a sentence, up to ten in words, with its noun.

    Examples
    --------
    >>> number(1, "article"), number(12, "article"), number(0, "sheet")
    ('one article', '12 articles', 'no sheets')
    """
    word = f"{count:,.4g}" if count % 1 else SMALL[int(count)] if 0 <= count <= 10 else f"{int(count):,}"
    return f"{word} {noun if count == 1 else noun + 's'}" if noun else word


def join_words(words: Iterable[str]) -> str:
    """Words as an English list.

    Examples
    --------
    >>> join_words(["pause", "truce", "corridor"])
    'pause, truce and corridor'
    """
    words = list(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
