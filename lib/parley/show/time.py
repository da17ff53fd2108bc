"""Figures over time: a line for each of several things, how many articles stand under each point, gaps as gaps."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley.corpus.settings import check_table
from parley.show.figures import COLOURS, GREY, WIDTH

MARKS = "osD^vP"
TICKS = 5  # labels along the axis of time
ENOUGH = 10  # independent reports under a point that an interval asks for


def over_time(table: pd.DataFrame, when: pd.Series, *, line: str, value: str, ax: Axes | None = None) -> Figure:
    """A picture with a line for each of several things, and under it the number of articles in each period.

    Parameters
    ----------
    table
        A row a period and thing, such as `parley.stance.rates` by period gives it: the period in a column called as
        `when` is. With ``low, high, reports``, ranges are drawn where ten independent reports or more stand behind a
        point. A period without a row is a gap in the line.
    when
        The period of each article, as `parley.show.period` gives it.
    line, value
        The columns that name the things, and that hold what is drawn.
    ax
        Axes of one's own for the lines, in place of a new figure; the number of articles is then left out.

    Examples
    --------
    >>> when = pd.Series(pd.Categorical(["Jan", "Mar"], categories=["Jan", "Feb", "Mar"], ordered=True), name="month")
    >>> table = pd.DataFrame({"month": ["Jan", "Mar"], "family": "pause", "per_1000": [1.0, 2.5]})
    >>> drawn = over_time(table, when, line="family", value="per_1000")
    >>> [tick.get_text() for tick in drawn.axes[1].get_xticklabels()], drawn.axes[0].lines[0].get_ydata().tolist()
    (['Jan', 'Feb', 'Mar'], [1.0, nan, 2.5])
    """
    check_table(table, "over_time", "over_time(rates(study, when), when, …)")
    periods, articles = when.cat.categories, when.value_counts(sort=False)
    if ax is None:
        drawn = Figure(figsize=(WIDTH, 4.2), layout="constrained")
        lines, below = drawn.subplots(2, sharex=True, height_ratios=[4, 1])
        below.bar(range(len(periods)), articles.reindex(periods, fill_value=0), color=GREY)
        below.set_ylabel("articles")
    else:
        drawn, lines, below = ax.figure, ax, ax
    names = list(table[line].unique())
    for name, colour, mark in zip(names, _colours(len(names)), MARKS * (len(names) // len(MARKS) + 1), strict=False):
        own = table[table[line] == name].set_index(when.name).reindex(periods)
        lines.plot(
            range(len(periods)), own[value], color=colour, marker=mark, markersize=5, linewidth=1.6, label=str(name)
        )
        if "reports" in own:
            enough = own.reset_index().query("reports >= @ENOUGH")
            lines.vlines(enough.index, enough["low"], enough["high"], color=colour, alpha=0.35, linewidth=5)
    step = max(-(-len(periods) // TICKS), 1)
    below.set_xticks(range(0, len(periods), step), periods.astype(str)[::step])
    lines.set_ylim(bottom=min(0, *lines.get_ylim()))
    if len(names) > 1:
        drawn.legend(loc="outside lower left", frameon=False, ncols=2) if ax is None else lines.legend(frameon=False)
    return drawn


def _colours(number: int) -> list[str]:
    """As many colours as there are lines: those that everybody can tell apart, then others."""
    return [COLOURS[i] if i < len(COLOURS) else mpl.colors.to_hex(mpl.cm.viridis(i / number)) for i in range(number)]
