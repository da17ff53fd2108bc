"""A figure of estimated shares: a dot with its interval where somebody coded, a ring for what rules read."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from parley.corpus.settings import check_table
from parley.show.figures import BLUE, FAINT, INK, PAPER, SIZE, STANCES, WIDTH, row_labels, rows

LONGEST = 18  # characters of a label beside a row


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


def multiples(shares: pd.DataFrame, *, panel: str, row: str, mark: str) -> Figure:
    """Small multiples of shares: a panel for each thing, in it a row for each group, and on it a mark for each label.

    Parameters
    ----------
    shares
        With ``share, low, high, read_share``, as `parley.estimates.estimates` gives them. A mark is filled, with its 95%
        interval, where somebody coded, and hollow where it is what rules read.
    panel, row, mark
        The columns that name panels, rows and marks.

    Examples
    --------
    >>> table = pd.DataFrame({"family": "truce", "group": ["2012", "2014", "2016"], "label": "for", "read_share": [0.5, 0.4, 1]})
    >>> drawn = multiples(table.assign(share=None, low=None, high=None), panel="family", row="group", mark="label")
    >>> [tick.get_text() for tick in drawn.axes[0].get_yticklabels()]
    ['2012', '2014', '2016']
    """
    check_table(shares, "multiples", "multiples(parley.estimates.estimates(study), panel='family', …)")
    shares = shares[shares["read_share"].notna()].astype({"share": float, "low": float, "high": float})
    names, parts = [*dict.fromkeys(shares[row])], [*shares.groupby(panel, sort=False)]
    if not parts:
        return Figure()
    drawn = Figure(figsize=(WIDTH, len(parts) * (0.26 * len(names) + 0.35) + 1), layout="constrained")
    for axes, (name, part) in zip(drawn.subplots(len(parts), sharex=True, squeeze=False)[:, 0], parts, strict=True):
        axes.hlines(range(len(names)), 0, 100, color=FAINT, linewidth=0.8)
        for label, own in part.groupby(mark, sort=False):
            level, (colour, shape) = own[row].map(names.index), STANCES.get(label, (BLUE, "o"))
            coded, look = own["share"].notna(), {"color": colour, "marker": shape, "linestyle": "", "markersize": 7}
            axes.hlines(level, 100 * own["low"], 100 * own["high"], color=colour, linewidth=5, alpha=0.35)
            axes.plot(100 * own.loc[coded, "share"], level[coded], label=label, **look)
            axes.plot(
                100 * own.loc[~coded, "read_share"],
                level[~coded],
                markerfacecolor=PAPER,
                label=f"{label}, as rules read",
                **look,
            )
        axes.set_title(name, loc="left", fontsize=SIZE, fontweight="bold", pad=3)
        short = [one if len(one) <= LONGEST else f"{one[: LONGEST - 1]}…" for one in map(str, names)]
        axes.set_yticks(range(len(names)), short)
        axes.set_ylim(len(names) - 0.5, -0.5)
    reach = 100 * shares[["share", "high", "read_share"]].max().max()
    axes.set_xlim(-2, min(102, max(25, 1.15 * reach)))
    axes.set_xlabel("per cent")
    entries = {entry.get_label(): entry for axes in drawn.axes for entry in axes.lines if len(entry.get_xdata())}
    drawn.legend(entries.values(), entries, loc="outside lower right", ncols=2, frameon=False, handletextpad=0.1)
    return drawn
