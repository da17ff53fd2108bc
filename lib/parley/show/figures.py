"""One look for all figures: the finding as title, colours that everybody can tell apart, SVG the same at every run.

Every picture returns its Figure, which `savefig` writes as SVG or PNG, and draws into axes of one's own if given some.
Nothing here touches the settings of a reader's own plots: the look is put on a figure when it is finished.
"""

import io
import re
import sys
import textwrap
import zlib
from collections.abc import Iterable, Mapping
from functools import partial

import matplotlib as mpl
import numpy as np
import pandas as pd
from IPython.display import display
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.colors import is_color_like
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from parley.corpus.settings import StudyError, check_table, did_you_mean
from parley.show.sentences import nothing

# Okabe & Ito 2008, "Color Universal Design"; grey for what is not spoken of. Yellow is too faint on white.
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7"
GREY = "#8a8a8a"
COLOURS = [BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY]
# These follow the page's theme where there is one.
INK, FAINT, PAPER = "#1b1b1f", "#d5d5da", "#fffffe"
WIDTH = 5.0  # inches; 360 points, about the width of a telephone, where text of 11 points can still be read
SIZE = 11
LONGEST = 48  # characters of a label above a row
BESIDE = 43  # characters of the labels that a legend has room for side by side
WORDS = 30  # rows of data that an alternative text reads out
DATA = 200  # rows of data beside a figure
COUNTED = {"articles", "words", "mentions", "attributions", "reports", "passages", "variations"}  # columns
Colours = Mapping[str, str | dict]

DRAWN = {
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Helvetica", "Arial"],
    "svg.fonttype": "none",  # text stays text: small, searchable, and in the reader's size
    "svg.hashsalt": "parley",
    "text.parse_math": False,  # a corpus may hold dollar signs; they are no formulas
    "text.color": INK,
}


def canvas(height: float, ax: Axes | None = None) -> tuple[Figure, Axes]:
    """An empty figure of the common width, `height` inches without its title; or the figure of the axes given."""
    if ax is not None:
        return ax.figure, ax
    drawn = Figure(figsize=(WIDTH, height), layout="constrained")
    return drawn, drawn.subplots()


def rows(labels: Iterable[str], *, more: float = 0.9, ax: Axes | None = None) -> tuple[Figure, Axes, np.ndarray]:
    """An empty figure with a row for each label, written above it, for bars, strips or dots.

    Parameters
    ----------
    labels
        The label of everything that will be drawn; what has the same label stands in the same row.
    more
        Inches for all that is not a row: the axis, a legend.
    ax
        Axes of one's own to use in place of a new figure.

    Returns
    -------
    figure, axes
    levels
        The height at which to draw what each of `labels` stands for.

    Examples
    --------
    >>> drawn, axes, levels = rows(["2012", "2016", "2012"])
    >>> bars = axes.barh(levels, [1, 2, 3])
    >>> levels.tolist()
    [0, 1, 0]
    """
    levels, names = pd.factorize(pd.Series(labels, dtype=object))
    drawn, axes = canvas(0.5 * len(names) + more, ax)
    for level, name in enumerate(names):
        short = name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 :]}"
        axes.text(0, level - 0.28, short, transform=axes.get_yaxis_transform(), va="bottom")
    axes.set_ylim(len(names) - 0.5, -0.85)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return drawn, axes, levels


def look(colour: str, hatch: str = "") -> dict:
    """How bars look, for :meth:`matplotlib.axes.Axes.barh`; hatches tell apart what colours alone would not."""
    return {"facecolor": colour, "hatch": hatch, "edgecolor": PAPER, "linewidth": 0}


def looks(names: list[str]) -> dict[str, dict]:
    """A look for each name, the same in every figure: the first six are told apart, all others share the last."""
    own = {name: look(colour, "////" * (i % 2)) for i, (name, colour) in enumerate(zip(names, COLOURS, strict=False))}
    return own | dict.fromkeys(names[len(COLOURS) :], look(GREY))


def strips(
    pieces: pd.DataFrame,
    colours: Colours,
    *,
    kind: str = "kind",
    rows_of: pd.Series | None = None,
    ax: Axes | None = None,
) -> Figure:
    """A picture with a strip for each article, made of coloured pieces, and a legend.

    Parameters
    ----------
    pieces
        With ``article_id, start, end`` and the column `kind`; what stands further down is drawn on top.
    colours
        The colour of each kind, or its look, as :func:`look` gives it; kinds that it does not name are not drawn.
    rows_of
        The row of each article, by ``article_id``, as :func:`parley.show.unit` gives it. Where several articles share
        rows, a row is a bar of the average length of each kind, over all the articles that it stands for.
    ax
        Axes of one's own to use in place of a new figure.
    """
    check_table(pieces, "strips", "strips(study.segments, …)")
    looks = _looks(colours)
    pieces = pieces[pieces[kind].isin(list(looks))]
    row = pieces["article_id"] if rows_of is None else pieces["article_id"].map(rows_of)
    if rows_of is not None and rows_of.duplicated().any():
        lengths = (pieces["end"] - pieces["start"]).groupby([row, pieces[kind]]).sum().unstack(fill_value=0)
        number = rows_of.value_counts(sort=False)
        lengths = lengths.div(number[number > 0], axis=0).fillna(0)
        lengths = lengths[[name for name in looks if name in lengths]]
        return bars(lengths, {name: looks[name] for name in lengths}, ax=ax)
    drawn, axes, levels = rows(row, more=1.5, ax=ax)
    styles = {key: [looks[name][key] for name in pieces[kind]] for key in ("facecolor", "hatch")}
    lengths = pieces["end"] - pieces["start"]
    axes.barh(levels, lengths, left=pieces["start"], height=0.42, edgecolor=PAPER, linewidth=0, **styles)
    legend(axes, {name: looks[name] for name in looks if name in set(pieces[kind])})
    return drawn


STANCES = {"for": (BLUE, "^"), "against": (VERMILION, "v"), "neutral": (GREY, "o")}


def marks(places: pd.DataFrame, *, ax: Axes | None = None) -> Figure:
    """A picture with a row for each text, and on it a mark for each mention: ▲ for, ▼ against, ● neutral.

    Parameters
    ----------
    places
        With ``row`` (a label), ``percent`` (of the way through the text) and ``polarity``.
    ax
        Axes of one's own to use in place of a new figure.
    """
    check_table(places, "marks", "marks(study.mentions.assign(row=…, percent=…))")
    drawn, axes, levels = rows(places["row"], more=1.3, ax=ax)
    axes.hlines(levels, 0, 100, color=FAINT)
    for polarity, (colour, mark) in STANCES.items():
        own = (places["polarity"] == polarity).to_numpy()
        own_look = {"color": colour, "label": polarity, "markersize": 8, "markeredgecolor": PAPER}
        axes.plot(places.loc[own, "percent"], levels[own], mark, **own_look)
    drawn.legend(loc="outside lower right", ncols=3, frameon=False, handletextpad=0.1)
    axes.set_xlabel("per cent of the way through the text")
    return drawn


def bars(numbers: pd.DataFrame | pd.Series, colours: Colours | str | None = None, *, ax: Axes | None = None) -> Figure:
    """A picture with a bar for each row of a table, made of a piece for each column; a legend, or a label, names them.

    Parameters
    ----------
    numbers
        The rows' labels are its index; a column of numbers is one bar a row.
    colours
        The colour of each column, or its look, as :func:`look` gives it, or one colour for all; by default all are told
        apart.
    ax
        Axes of one's own to use in place of a new figure.

    Examples
    --------
    >>> drawn = bars(pd.DataFrame({"quoted": [20, 35], "told": [80, 65]}, index=["Gazette", "Ledger"]), {"quoted": "teal"})
    >>> [text.get_text() for text in drawn.axes[0].texts]
    ['Gazette', 'Ledger']
    """
    check_table(numbers, "bars", "bars(study.mentions.groupby('outlet').size())")
    table = pd.DataFrame(numbers)
    own = looks(list(table)) | _looks(colours or {}, list(table))
    drawn, axes, levels = rows(row_labels(table.index), more=0.9 if len(table.columns) == 1 else 1.6, ax=ax)
    left = table.cumsum(axis=1) - table
    for name in table:
        axes.barh(levels, table[name], height=0.42, left=left[name], **own[name])
    if len(table.columns) > 1:
        legend(axes, {name: own[name] for name in table}, columns=2)
    else:
        axes.set_xlabel("".join(map(str, table.columns)).replace("_", " "))
    return drawn


def balance(stances: pd.DataFrame, colours: Colours | str | None = None, *, ax: Axes | None = None) -> Figure:
    """A picture with a bar for each row: to the right what is for, to the left what is against, neutral in the middle.

    Parameters
    ----------
    stances
        With the columns ``for``, ``against`` and ``neutral``; the rows' labels are its index.
    colours
        Other colours or looks for one or more of the three.
    ax
        Axes of one's own to use in place of a new figure.
    """
    check_table(stances, "balance", "balance(pd.crosstab(study.mentions['side'], study.mentions['polarity']))")
    table = stances.reindex(columns=["for", "against", "neutral"], fill_value=0)
    looks = {"for": look(BLUE), "against": look(VERMILION, "////"), "neutral": look(GREY)}
    looks |= _looks(colours or {}, list(looks))
    drawn, axes, levels = rows(row_labels(table.index), more=1.0, ax=ax)
    middle = table["neutral"] / 2
    axes.barh(levels, table["neutral"], 0.42, -middle, **looks["neutral"])
    axes.barh(levels, table["for"], 0.42, middle, **looks["for"])
    axes.barh(levels, -table["against"], 0.42, -middle, **looks["against"])
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlim(*(max(map(abs, axes.get_xlim())) * side for side in (-1, 1)))
    axes.set_xticks([])
    axes.set_xlabel("← against | neutral | for →")
    return drawn


def row_labels(index: pd.Index) -> list[str]:
    """What the rows of a table are called."""
    return [", ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in index]


def _looks(colours: Colours | str, names: list[str] | None = None) -> dict[str, dict]:
    """The look of each name; one colour is that of all names."""
    colours = dict.fromkeys(names or (), colours) if isinstance(colours, str) else colours
    if names and colours and not set(names) & set(colours):
        name = next(iter(colours))
        raise StudyError(f"colours: nothing is called {name!r}; {did_you_mean(str(name), map(str, names))}")
    for own in colours.values():
        if not isinstance(own, dict) and not is_color_like(own):
            raise StudyError(f"colours: {own!r} is no colour; give a name such as 'teal', or a code such as '#008080'.")
    return {name: own if isinstance(own, dict) else look(own) for name, own in colours.items()}


def legend(axes: Axes, looks: Mapping[str, dict], *, columns: int = 3) -> None:
    """A legend under a figure, or beside axes that share theirs with others: a patch for each look of bars."""
    patches = [Patch(label=name, **style) for name, style in looks.items()]
    names = np.array([*looks], dtype=object)
    while columns > 1 and sum(max(map(len, own), default=0) for own in np.array_split(names, columns)) > BESIDE:
        columns -= 1
    place = {"loc": "outside lower left", "ncols": columns, "frameon": False, "handlelength": 1.2}
    if axes.figure.axes == [axes] and axes.figure.get_layout_engine() is not None:
        axes.figure.legend(handles=patches, **place)
    else:
        axes.legend(handles=patches, **place | {"loc": "upper left", "bbox_to_anchor": (0, -0.12)})


def figure(drawn: Figure, *, title: str, data: pd.DataFrame, alt: str = "", caption: str = "") -> Figure:
    """Finish a figure: the common look, a title, an alternative text; in a cell it shows itself as SVG.

    Parameters
    ----------
    drawn
        From :func:`canvas`, :func:`rows` or pyplot.
    title
        The finding, as a computed sentence.
    data
        What was plotted; compared by the regression check. Without rows, a sentence says so in place of the figure.
    alt
        What the figure shows, in words; by default the data, row by row.
    caption
        What is shown, in one phrase; begins the default alternative text, and the sentence in place of an empty figure.

    Returns
    -------
    Figure
        The same, at the end of a cell shown with all this; ``savefig("picture.png")`` writes it for a slide.
    """
    check_table(data, "figure", "figure(…, data=table)")
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(drawn)  # else a notebook would show it once more
    data = data.reset_index() if any(name is not None for name in data.index.names) else data
    if not len(data):
        drawn._ipython_display_ = partial(nothing, f"{caption or title}: none.")
        return drawn
    alt = alt or (f"{caption}. " if caption else "") + in_words(data)
    plotted = data.head(DATA).to_string(index=False, float_format=lambda number: f"{number:.4g}")
    more = f"\nand {len(data) - DATA:,} more rows" if len(data) > DATA else ""
    plain = f"{title}\n{alt}\n{plotted}{more}"
    _dress(drawn, title)
    drawn._ipython_display_ = lambda: display(
        {"image/svg+xml": svg(drawn, title=title, alt=alt), "text/plain": plain}, raw=True
    )
    return drawn


def in_words(data: pd.DataFrame) -> str:
    """The rows of a table as words: what each is called, then its numbers that are not 0.

    Examples
    --------
    >>> in_words(pd.DataFrame({"article": ["a", "b"], "for": [2, 0], "against": [1, 1]}))
    'a: 2 for, 1 against; b: 1 against.'
    """
    numeric = data.select_dtypes("number").fillna(0)
    names = data.drop(columns=numeric.columns).astype(str)
    read = []
    for name, values in zip(names.head(WORDS).to_numpy(), numeric.to_numpy(), strict=False):
        counts = [_counted(value, str(column)) for column, value in zip(numeric, values, strict=True) if value]
        read.append(": ".join(filter(None, [", ".join(name), ", ".join(counts).replace("_", " ")])))
    more = f"; and {len(data) - WORDS:,} more" if len(data) > WORDS else ""
    return "; ".join(read) + more + "."


def _counted(value: float, column: str) -> str:
    """A number of a table with the name of its column, of which one is one."""
    one = column[:-1] if value == 1 and column in COUNTED else column
    return f"{value:{',.4g' if abs(value) < 1000 else ',.0f'}} {one}"


def svg(drawn: Figure, *, title: str, alt: str) -> str:
    """The figure as SVG: the same bytes at every run, ids of its own, colours that follow the page's theme."""
    _dress(drawn, title)
    buffer = io.StringIO()
    with mpl.rc_context(DRAWN):
        drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    image = buffer.getvalue()
    own = f"f{zlib.crc32((title + alt).encode()):08x}"
    image = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}-", image[image.index("<svg") :])
    image = re.sub(r"<metadata>.*?</metadata>\s*", "", image, flags=re.S)
    head = f'<svg role="img" aria-labelledby="{own}-title {own}-desc"'
    words = f'<title id="{own}-title">{escape(title)}</title><desc id="{own}-desc">{escape(alt)}</desc>'
    for colour, name in ((INK, "ink"), (FAINT, "line"), (PAPER, "paper")):
        image = image.replace(f": {colour}", f": var(--{name}, {colour})")
    return image.replace("<svg", head, 1).replace(">", ">" + words, 1)


def _dress(drawn: Figure, title: str) -> None:
    """The common look, where a figure has matplotlib's own, and the title above all."""
    drawn.set_facecolor(PAPER)
    for axes in drawn.axes:
        axes.set_facecolor(PAPER)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[:].set_edgecolor(INK)
        axes.tick_params(labelsize=SIZE, color=INK, labelcolor=INK)
    for text in drawn.findobj(Text):
        text.set_parse_math(False)
        if text.get_color() in ("black", mpl.rcParams["text.color"], mpl.rcParams["axes.labelcolor"]):
            text.set_color(INK)
        if text.get_fontsize() <= mpl.rcParams["font.size"]:
            text.set_fontsize(SIZE)
    lines = textwrap.wrap(title, 47)
    if not drawn.get_suptitle():
        drawn.set_figheight(drawn.get_figheight() + 0.25 * len(lines))
    drawn.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK, parse_math=False)
