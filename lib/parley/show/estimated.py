"""A figure of estimated shares: a dot with its interval where somebody coded, a ring for what rules read."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley.corpus.settings import check_table
from parley.show.figures import BLUE, FAINT, INK, PAPER, row_labels, rows


def intervals(shares: pd.DataFrame, *, ax: Axes | None = None) -> Figure:
    """A picture with a row for each share: what coding says as a dot with its 95% interval, what rules read as a ring.

    Parameters
    ----------
    shares
        With ``share, low, high, read_share``, as `parley.estimates.estimates` gives them; the rows' labels are its index.
    ax
        Axes of one's own to use in place of a new figure.

    Examples
    --------
    >>> shares = pd.DataFrame({"share": [0.6], "low": [0.4], "high": [0.8], "read_share": [0.5]}, index=["truce, 2012: for"])
    >>> [text.get_text() for text in intervals(shares).axes[0].texts]
    ['truce, 2012: for']
    """
    check_table(shares, "intervals", "intervals(parley.estimates.estimates(study))")
    shares = shares[shares["read_share"].notna()]
    drawn, axes, levels = rows(row_labels(shares.index), more=1.4, ax=ax)
    axes.hlines(levels, 0, 100, color=FAINT, linewidth=0.8)
    axes.hlines(levels, 100 * shares["low"], 100 * shares["high"], color=BLUE, linewidth=5, alpha=0.35)
    axes.plot(
        100 * shares["read_share"], levels, "o", color=PAPER, markeredgecolor=INK, markersize=8, label="as rules read"
    )
    if shares["share"].notna().any():
        axes.plot(100 * shares["share"], levels, "o", color=BLUE, markersize=5, label="coded, with 95% interval")
    axes.set_xlim(-2, 102)
    axes.set_xlabel("per cent")
    drawn.legend(loc="outside lower right", ncols=2, frameon=False, handletextpad=0.1)
    return drawn
