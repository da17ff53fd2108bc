"""Figures over time: a line for each of several things, how many articles stand under each point, gaps as gaps."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley.corpus.settings import check_table
from parley.show.figures import COLOURS, GREY, WIDTH

MARKS = "osD^vP"
TICKS = 6  # labels along the axis of time


def over_time(
    values: pd.DataFrame,
    articles: pd.Series,
    *,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Figure:
    """A picture with a line for each column over time, and under it the number of articles in each period.

    Parameters
    ----------
    values
        A row a period, in order, a column a line; a missing value is a gap in its line.
    articles
        How many articles each period has.
    low, high
        Ends of a range, like `values`; missing where none is to be drawn.
    ax
        Axes of one's own for the lines, in place of a new figure; the number of articles is then left to the reader.

    Examples
    --------
    >>> values = pd.DataFrame({"pause": [1.0, None, 2.5]}, index=["Jan 2012", "Feb 2012", "Mar 2012"])
    >>> drawn = over_time(values, pd.Series([3, 0, 5], index=values.index))
    >>> [tick.get_text() for tick in drawn.axes[1].get_xticklabels()]
    ['Jan 2012', 'Feb 2012', 'Mar 2012']
    """
    check_table(values, "over_time", "over_time(table, articles)")
    places = range(len(values))
    if ax is None:
        drawn = Figure(figsize=(WIDTH, 4.2), layout="constrained")
        lines, below = drawn.subplots(2, sharex=True, height_ratios=[4, 1])
        below.bar(places, articles.reindex(values.index, fill_value=0), color=GREY)
        below.set_ylabel("articles")
    else:
        drawn, lines, below = ax.figure, ax, ax
    for name, colour, mark in zip(values, _colours(len(values.columns)), MARKS * len(values.columns), strict=False):
        lines.plot(places, values[name], color=colour, marker=mark, markersize=5, linewidth=1.6, label=str(name))
        if low is not None and high is not None:
            lines.vlines(places, low[name], high[name], color=colour, alpha=0.35, linewidth=5)
    step = -(-len(values) // TICKS)
    below.set_xticks(places[::step], values.index.astype(str)[::step])
    lines.set_ylim(bottom=min(0, *lines.get_ylim()))
    if len(values.columns) > 1:
        lines.legend(frameon=False, ncols=2)
    return drawn


def _colours(number: int) -> list[str]:
    """As many colours as there are lines: those that everybody can tell apart, then others."""
    return [COLOURS[i] if i < len(COLOURS) else mpl.colors.to_hex(mpl.cm.viridis(i / number)) for i in range(number)]
