"""Counts and lists in plain English, for sentences that are computed."""

from collections.abc import Iterable

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def number(count: float, noun: str = "", plural: str | None = None) -> str:
    """A count in words for a sentence, with its noun.

    Parameters
    ----------
    count
        Whole numbers up to ten are written as words.
    noun, plural
        What is counted; the plural is the noun with an s unless it is given.

    Examples
    --------
    >>> number(1, "article"), number(12, "article"), number(0, "reply", "replies")
    ('one article', '12 articles', 'no replies')
    """
    word = f"{count:,.4g}" if count % 1 else SMALL[int(count)] if 0 <= count <= 10 else f"{int(count):,}"
    if not noun:
        return word
    return f"{word} {noun if count == 1 else plural or noun + 's'}"


def join_words(words: Iterable[str]) -> str:
    """Words as an English list.

    Examples
    --------
    >>> join_words(["pause", "truce", "corridor"])
    'pause, truce and corridor'
    """
    words = list(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
