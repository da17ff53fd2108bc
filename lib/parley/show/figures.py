"""One look for all figures: the finding as title, direct labels, colours that everybody can tell apart, SVG that repeats.

A figure is drawn five inches wide with text of 11 points, so that it can still be read on a telephone. Its SVG carries a title and an
alternative text built from the plotted data, and the plotted data stand in the plain text beside it, where the
regression check compares them.
"""

import io
import re
import textwrap
import zlib

import matplotlib as mpl
import pandas as pd
from IPython.display import display
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe & Ito 2008, "Color Universal Design"; grey for what is not spoken of. Yellow is too faint on white.
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7"
GREY = "#8a8a8a"
COLOURS = [BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, "#6b6b00", GREY]
# Ink and paper follow the page's theme where there is one (see `_themed`).
INK, FAINT, PAPER = "#1b1b1f", "#d5d5da", "#fffffe"
WIDTH = 5.0  # inches; 360 points, about the width of a telephone

STYLE = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Helvetica", "Arial"],
    "font.size": 11,
    "axes.labelsize": 11,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "svg.fonttype": "none",  # text stays text: small, searchable, and in the reader's size
    "svg.hashsalt": "parley",
    "text.parse_math": False,  # a corpus may hold dollar signs; they are no formulas
}

# For all that is drawn later too: labels put into a figure take the style that holds when they are put there.
mpl.rcParams.update(STYLE)


def canvas(height: float, *, rows: int = 1, **axes) -> tuple[Figure, Axes]:
    """A figure of the common width.

    Parameters
    ----------
    height
        Inches, without the title.
    rows
        Axes one above the other.
    **axes
        As for :meth:`matplotlib.figure.Figure.subplots`.
    """
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, **axes)


def show(figure: Figure, *, title: str, alt: str, data: pd.DataFrame) -> None:
    """Display a figure as SVG, with title, alternative text and the plotted data in plain text.

    Parameters
    ----------
    figure
        As from :func:`canvas`.
    title
        The finding, as a computed sentence.
    alt
        What the picture shows, in words and numbers built from `data`.
    data
        What was plotted; compared by the regression check.
    """
    plain = f"{title}\n{alt}\n{data.to_string(index=False, float_format=lambda number: f'{number:.4g}')}"
    display({"image/svg+xml": svg(figure, title=title, alt=alt), "text/plain": plain}, raw=True)


def svg(figure: Figure, *, title: str, alt: str) -> str:
    """The figure as SVG: the same bytes at every run, ids of its own, colours that follow the page's theme."""
    lines = textwrap.wrap(title, 50)
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=12, fontweight="bold")
    figure.set_figheight(figure.get_figheight() + 0.25 * len(lines))
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawn = buffer.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    own = f"f{zlib.crc32((title + alt).encode()):08x}"
    drawn = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}-", drawn)
    drawn = re.sub(r"<metadata>.*?</metadata>\s*", "", drawn, flags=re.S)
    head = f'<svg role="img" aria-labelledby="{own}-title {own}-desc"'
    words = f'<title id="{own}-title">{escape(title)}</title><desc id="{own}-desc">{escape(alt)}</desc>'
    drawn = drawn.replace("<svg", head, 1)
    return _themed(drawn.replace(">", ">" + words, 1))


def _themed(drawn: str) -> str:
    """Ink, grid and paper as CSS variables of the page, with the light theme's colours where there are none."""
    for colour, name in ((INK, "ink"), (FAINT, "line"), (PAPER, "paper")):
        drawn = drawn.replace(f": {colour}", f": var(--{name}, {colour})")
    return drawn


def listed(pairs: pd.Series, *, most: int = 12, unit: str = "") -> str:
    """A series as words for an alternative text.

    Examples
    --------
    >>> listed(pd.Series({"russia": 51.0, "icrc": 6.5}), unit="%")
    'russia 51%, icrc 6.5%'
    """
    shown = [f"{label} {value:.3g}{unit}" for label, value in pairs.head(most).items()]
    rest = len(pairs) - most
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")
