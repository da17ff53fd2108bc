"""Figures over time: a line for each of several things, how many articles stand under each point, gaps as gaps."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley.corpus.settings import check_table
from parley.show.figures import COLOURS, GREY, PAPER, SIZE, WIDTH

MARKS = "osD^vP"
TICKS = 5  # labels along the axis of time
ENOUGH = 10  # independent reports under a point that an interval asks for


def over_time(
    table: pd.DataFrame,
    when: pd.Series,
    *,
    line: str,
    value: str,
    panel: str | None = None,
    colours: dict[str, str] | None = None,
    ax: Axes | None = None,
) -> Figure:
    """A picture with a line for each of several things, and under it the number of articles in each period.

    Parameters
    ----------
    table
        A row a period and thing, such as `parley.stance.rates` or `parley.estimates.estimates` by period give it: the
        period in a column called as `when` is. With ``low, high, reports``, ranges are drawn where ten independent
        reports or more stand behind a point. With ``coded``, points at which nobody coded anything are hollow, and no
        line leads from them to those at which somebody did. A period without a row is a gap in the line.
    when
        The period of each article, as `parley.show.period` gives it.
    line, value
        The columns that name the things, and that hold what is drawn.
    panel
        A column whose values have a panel each, one above the other.
    colours
        The colour of some of the lines.
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
    parts = [("", table)] if panel is None else [(str(name), own) for name, own in table.groupby(panel, sort=False)]
    parts = parts or [("", table)]
    if ax is None:
        heights = [*[3 if len(parts) == 1 else 1.8] * len(parts), 0.75]
        drawn = Figure(figsize=(WIDTH, sum(heights) + 0.5), layout="constrained")
        *panels, below = drawn.subplots(len(heights), sharex=True, height_ratios=heights)
        below.bar(range(len(periods)), articles.reindex(periods, fill_value=0), color=GREY)
        below.set_ylabel("articles")
    else:
        drawn, panels, below = ax.figure, [ax] * len(parts), ax
    names = list(table[line].unique())
    looks = dict(zip(names, zip(_colours(len(names)), MARKS * len(names), strict=False), strict=False))
    looks |= {name: (colour, looks[name][1]) for name, colour in (colours or {}).items() if name in looks}
    for axes, (title, part) in zip(panels, parts, strict=True):
        for name, own in part.groupby(line, sort=False):
            _draw(axes, own.set_index(when.name).reindex(periods), value, str(name), *looks[name])
        if len(parts) > 1:
            axes.set_title(title, loc="left", fontsize=SIZE, pad=3)
        axes.set_ylim(bottom=min(0, *axes.get_ylim()))
    step = max(-(-len(periods) // TICKS), 1)
    below.set_xticks(range(0, len(periods), step), periods.astype(str)[::step])
    if len(names) > 1:
        entries = {entry.get_label(): entry for axes in panels for entry in axes.lines if entry.get_label() in names}
        entries = list(entries.values())
        place = {"handles": entries, "frameon": False}
        drawn.legend(loc="outside lower left", ncols=2, **place) if ax is None else ax.legend(**place)
    return drawn


def _draw(axes: Axes, own: pd.DataFrame, value: str, name: str, colour: str, mark: str) -> None:
    """One line, with hollow marks where nobody coded, and ranges where there is enough for one."""
    look, places = {"color": colour, "linewidth": 1.6, "markersize": 5, "label": name}, range(len(own))
    coded = own["coded"] > 0 if "coded" in own else pd.Series(True, own.index)
    if coded.any():
        axes.plot(places, own[value].where(coded), marker=mark, **look)
    if (hollow := own[value].where(~coded & own[value].notna())).notna().any():
        known = {"label": f"_{name}"} if coded.any() else {}
        axes.plot(places, hollow, marker=mark, markerfacecolor=PAPER, **look | {"linewidth": 1} | known)
    if "reports" in own:
        enough = own.assign(coded=coded).reset_index().query("coded and reports >= @ENOUGH")
        axes.vlines(enough.index, enough["low"], enough["high"], color=colour, alpha=0.35, linewidth=5)


def _colours(number: int) -> list[str]:
    """As many colours as there are lines: those that everybody can tell apart, then others."""
    return [COLOURS[i] if i < len(COLOURS) else mpl.colors.to_hex(mpl.cm.viridis(i / number)) for i in range(number)]
