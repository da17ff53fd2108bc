"""Shares that can be published: estimated from a coded random sample, with what rules read as a help."""

from parley.estimates.shares import Difference, Share, difference, needed, share

__all__ = ["Difference", "Share", "difference", "needed", "share"]


def __dir__() -> list[str]:
    return __all__
