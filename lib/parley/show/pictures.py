"""The pictures of the notebooks, one function each: from a tidy table to a figure with a computed title and alternative text."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Shape

from parley.show.figures import (
    BLUE,
    COLOURS,
    FAINT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    SKY,
    VERMILION,
    canvas,
    listed,
    show,
)
from parley.show.tables import number

MOST_ROWS = 40  # a picture with one row an article stays readable; the tables have all

SEGMENT_LOOK = {  # kind -> colour, hatch: what is not read is hatched or grey, so that colour is not the only sign
    "body": (BLUE, ""),
    "headline": (PURPLE, ""),
    "standfirst": (SKY, ""),
    "caption": (GREEN, ""),
    "repeat": (ORANGE, "////"),
    "furniture": (GREY, ""),
    "credit": (GREY, "xxxx"),
    "dateline": (GREY, "xxxx"),
}


def segment_strip(segments: pd.DataFrame) -> None:
    """Show a strip an article that accounts for every character by segment kind.

    Parameters
    ----------
    segments
        As ``study.segments``.
    """
    sizes = segments.assign(characters=segments["end"] - segments["start"])
    ids = sizes["article_id"].unique()[:MOST_ROWS]
    figure, axes = canvas(0.48 * len(ids) + 1.4)
    for row, article_id in enumerate(ids):
        for kind, start, end in _runs(sizes[sizes["article_id"] == article_id]):
            colour, hatch = SEGMENT_LOOK[kind]
            axes.barh(
                row, end - start, left=start, height=0.42, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0
            )
        axes.text(0, row - 0.3, _short(article_id), va="bottom", fontsize=11)
    axes.set_ylim(len(ids) - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("characters")
    kinds = [kind for kind in SEGMENT_LOOK if kind != "blank" and kind in set(sizes["kind"])]
    for kind in kinds:
        colour, hatch = SEGMENT_LOOK[kind]
        axes.bar(0, 0, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0, label=kind)
    figure.legend(loc="outside lower left", ncols=3, frameon=False, handlelength=1.2)
    data = sizes.pivot_table(index="article_id", columns="kind", values="characters", aggfunc="sum", fill_value=0)
    data = data.loc[ids].reset_index()
    read = sizes["kind"].isin(["headline", "standfirst", "caption", "body"])
    share = sizes.loc[read, "characters"].sum() / sizes.loc[sizes["kind"] != "blank", "characters"].sum()
    total = 100 * sizes.groupby("kind")["characters"].sum() / sizes["characters"].sum()
    show(
        figure,
        title=f"Of all that is printed, {share:.0%} is prose; the rest is repeated or stands around it",
        alt=f"A strip for each of {number(len(ids), 'article')}, cut by kind of segment. "
        f"Over the corpus: {listed(total.sort_values(ascending=False), unit='% of characters')}.",
        data=data,
    )


def _runs(segments: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Neighbouring segments of one kind as one stretch; the blanks between them are too small to see."""
    runs: list[tuple[str, int, int]] = []
    for part in segments[segments["kind"] != "blank"].itertuples():
        if runs and runs[-1][0] == part.kind:
            runs[-1] = (part.kind, runs[-1][1], part.end)
        else:
            runs.append((part.kind, part.start, part.end))
    return runs


def timeline(articles: pd.DataFrame) -> None:
    """Show when the articles appeared: a row an article up to 40, else how many a month.

    Parameters
    ----------
    articles
        As ``study.articles``; articles without a date are left out, and the title says how many.
    """
    dated = articles.dropna(subset="date").sort_values(["date", "article_id"])
    missing = len(articles) - len(dated)
    if not len(dated):
        return
    first, last = dated["date"].min().date(), dated["date"].max().date()
    title = f"{number(len(dated), 'article').capitalize()} from {first} to {last}" + (
        f", {missing:,} without a date" if missing else ""
    )
    if len(dated) <= MOST_ROWS:
        figure, axes = canvas(0.42 * len(dated) + 0.8)
        for row, article in enumerate(dated.itertuples()):
            axes.plot([dated["date"].min(), article.date], [row, row], color=FAINT, zorder=1)
            axes.plot(article.date, row, "o", color=BLUE, markersize=8, clip_on=False)
            axes.text(0, row - 0.22, _short(article.article_id), transform=axes.get_yaxis_transform(), va="bottom")
        axes.set_ylim(len(dated) - 0.6, -0.9)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        data = dated[["article_id", "date"]].assign(date=dated["date"].dt.strftime("%Y-%m-%d"))
        alt = "; ".join(f"{row.article_id}: {row.date}" for row in data.itertuples()) + "."
    else:
        months = dated.groupby(dated["date"].dt.to_period("M")).size()
        months = months.reindex(pd.period_range(months.index.min(), months.index.max(), freq="M"), fill_value=0)
        figure, axes = canvas(2.4)
        axes.bar(months.index.to_timestamp(), months, width=25, color=BLUE)
        axes.set_ylabel("articles a month")
        data = pd.DataFrame({"month": months.index.astype(str), "articles": months.to_numpy()})
        alt = f"Articles a month. Most in {data.loc[data['articles'].idxmax(), 'month']} ({data['articles'].max():,})."
    figure.autofmt_xdate(rotation=0, ha="center")
    axes.xaxis.set_major_locator(AutoDateLocator(maxticks=5))
    show(figure, title=title, alt=alt, data=data)


def lengths(table: pd.DataFrame) -> None:
    """Show how many words count in each article, longest first; above 40 articles their distribution.

    Parameters
    ----------
    table
        As :func:`parley.show.overview.lengths` gives it.
    """
    middle = table["counted"].median()
    low, high = table["counted"].min(), table["counted"].max()
    title = f"Articles count {low:,} to {high:,} words, half of them at most {middle:,.0f}"
    if len(table) > MOST_ROWS:
        figure, axes = canvas(2.4)
        counts, edges = np.histogram(table["counted"], bins="auto" if len(table) < 5000 else 40)
        axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=BLUE, edgecolor=PAPER)
        axes.set_xlabel("words that count")
        axes.set_ylabel("articles")
        data = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "articles": counts})
        show(figure, title=title, alt=f"Histogram of {number(len(table), 'article')} by words that count.", data=data)
        return
    data = table.sort_values("counted", ascending=False, kind="stable")
    figure, axes = canvas(0.48 * len(data) + 0.7)
    rows = np.arange(len(data))
    axes.barh(rows, data["counted"], height=0.42, color=BLUE, label="counted")
    axes.barh(
        rows,
        data["left_out"],
        left=data["counted"],
        height=0.42,
        color=GREY,
        hatch="////",
        edgecolor=PAPER,
        linewidth=0,
    )
    for row, article in enumerate(data.itertuples()):
        axes.text(
            0, row - 0.3, f"{article.article_id}: {article.counted:,}, left out {article.left_out:,}", va="bottom"
        )
    axes.set_ylim(len(data) - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("words; hatched: left out of counts")
    show(figure, title=title, alt=f"Words that count: {listed(data.set_index('article_id')['counted'])}.", data=data)


def passage_map(passages: pd.DataFrame, texts: pd.Series, *, most: int = 6) -> None:
    """Show where shared passages stand in both articles of a pair: two bars an article pair, joined by bands.

    Parameters
    ----------
    passages
        As :func:`parley.text.copies.shared_passages` gives them.
    texts
        Raw text by ``article_id``.
    most
        Pairs shown, those that share most words.
    """
    pairs = (
        passages.groupby(["article_a", "article_b"])["words"]
        .sum()
        .sort_values(ascending=False, kind="stable")
        .head(most)
    )
    figure, axes = canvas(1.5 * len(pairs) + 0.6)
    for row, (a, b) in enumerate(pairs.index):
        for level, article_id in ((row, a), (row + 0.5, b)):
            axes.barh(level, len(texts[article_id]), height=0.1, color=FAINT)
        axes.text(0, row - 0.09, a, va="bottom")
        axes.text(0, row + 0.59, b, va="top")
        for p in passages[(passages["article_a"] == a) & (passages["article_b"] == b)].itertuples():
            for level, start, end in ((row, p.start_a, p.end_a), (row + 0.5, p.start_b, p.end_b)):
                axes.barh(level, end - start, left=start, height=0.1, color=VERMILION)
            corners = [(p.start_a, row + 0.05), (p.end_a, row + 0.05), (p.end_b, row + 0.45), (p.start_b, row + 0.45)]
            axes.fill(*zip(*corners, strict=True), color=VERMILION, alpha=0.2, linewidth=0)
    axes.set_ylim(len(pairs) - 0.05, -0.35)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("characters")
    (a, b), words = pairs.index[0], int(pairs.iloc[0])
    data = passages[["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words"]]
    data = data[pd.MultiIndex.from_frame(data[["article_a", "article_b"]]).isin(pairs.index)]
    alt = f"{number(len(data), 'passage').capitalize()} in {number(len(pairs), 'pair')} of articles. " + "; ".join(
        f"{first} and {second}: {count:,} words" for (first, second), count in pairs.items()
    )
    show(figure, title=f"{a} and {b} share {words:,} words", alt=f"{alt}.", data=data)


def lollipop(table: pd.DataFrame, ranges: pd.DataFrame, *, most: int = 10) -> None:
    """Show the terms that lean most to either of two groups, with raw counts and the range when articles are left out in turn.

    Parameters
    ----------
    table
        As :func:`parley.contrast.compare` gives it, for two groups.
    ranges
        As :func:`parley.contrast.leave_one_out` gives it, for the same groups.
    most
        Terms for each group, by the size of the log-odds z-score.
    """
    first, second = table.attrs["groups"]
    ranked = table.sort_values("log_odds_z", kind="stable")
    data = pd.concat(
        [ranked[ranked["log_odds_z"] > 0].tail(most).iloc[::-1], ranked[ranked["log_odds_z"] < 0].head(most)]
    )
    data = data.join(ranges[["log_odds_low", "log_odds_high"]]).reset_index()
    figure, axes = canvas(0.3 * len(data) + 1.1)
    for row, term in enumerate(data.itertuples()):
        colour, marker = (BLUE, "o") if term.log_odds > 0 else (VERMILION, "D")
        axes.plot([term.log_odds_low, term.log_odds_high], [row, row], color=colour, linewidth=5, alpha=0.25)
        axes.plot([0, term.log_odds], [row, row], color=colour, linewidth=1.5)
        axes.plot(term.log_odds, row, marker, color=colour, markersize=6)
    axes.axvline(0, color=INK, linewidth=0.8)
    counts = zip(data["term"], data[f"count_{first}"], data[f"count_{second}"], strict=True)
    axes.set_yticks(range(len(data)), [f"{term}  {one:,}:{two:,}" for term, one, two in counts])
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(
        f"← more in {second} | log-odds | more in {first} →\nband: range when articles are left out in turn"
    )
    safe = int((np.sign(data["log_odds_low"]) == np.sign(data["log_odds_high"])).sum())
    show(
        figure,
        title=f"{'All' if safe == len(data) else number(safe).capitalize()} of the {number(len(data), 'term')} that lean most keep "
        "their side when any one part is left out",
        alt=f"Terms with their counts in {first} and {second}, by log-odds: {listed(data.set_index('term')['log_odds'], most=2 * most)}.",
        data=data[["term", f"count_{first}", f"count_{second}", "log_odds", "log_odds_low", "log_odds_high"]],
    )


def word_shift(table: pd.DataFrame, *, most: int = 18) -> None:
    """Show which terms make up the difference between two groups, as a word-shift graph.

    Parameters
    ----------
    table
        As :func:`parley.contrast.word_shift` gives it.
    most
        Terms shown, those that contribute most.
    """
    first, second = table.attrs["groups"]
    data = table.head(most).reset_index()
    sign = np.where(data["group"] == first, 1, -1)
    figure, axes = canvas(0.3 * len(data) + 1.1)
    bars = axes.barh(
        range(len(data)), sign * 100 * data["share"], height=0.65, color=np.where(sign > 0, BLUE, VERMILION)
    )
    for bar, side in zip(bars, sign, strict=True):
        bar.set_hatch("" if side > 0 else "////")
        bar.set_edgecolor(PAPER)
        bar.set_linewidth(0)
    reach = 100 * data["share"].max()
    counts = zip(data["term"], data[f"count_{first}"], data[f"count_{second}"], sign, strict=True)
    for row, (term, one, two, side) in enumerate(counts):
        axes.text(-side * 0.03 * reach, row, f"{term} {one:,}:{two:,}", ha="right" if side > 0 else "left", va="center")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlim(-1.15 * reach, 1.15 * reach)
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}%")
    axes.set_xlabel(f"← {second} | share of the divergence | {first} →")
    total = data["share"].sum()
    show(
        figure,
        title=f"The {number(len(data), 'term')} that differ most make up {total:.0%} of what sets {first} and {second} apart",
        alt=f"Share of the Jensen-Shannon divergence by term, with counts in {first} and {second}: "
        f"{listed(100 * data.set_index('term')['share'], most=most, unit='%')}.",
        data=data[["term", "group", f"count_{first}", f"count_{second}", "share"]],
    )


def heat_map(table: pd.DataFrame, *, most: int = 20) -> None:
    """Show in which articles the terms stand that describe them: a term a row, an article a column, raw counts in the cells.

    Parameters
    ----------
    table
        As :func:`parley.contrast.tfidf` gives it by article, with all its terms.
    most
        Terms shown, those with the highest score in any article.
    """
    ids = list(dict.fromkeys(table["unit"]))[:MOST_ROWS]
    table = table[table["unit"].isin(ids)]
    terms = table.groupby("term")["tfidf"].max().sort_values(ascending=False, kind="stable").index[:most]
    scores = table.pivot_table(index="term", columns="unit", values="tfidf", fill_value=0.0).reindex(terms)[ids]
    counts = (
        table.pivot_table(index="term", columns="unit", values="count", fill_value=0).reindex(terms)[ids].astype(int)
    )
    order = np.lexsort((-scores.max(axis=1), scores.to_numpy().argmax(axis=1)))
    scores, counts = scores.iloc[order], counts.iloc[order]
    figure, axes = canvas(0.27 * len(terms) + 1.6)
    here = np.ma.masked_where(counts.to_numpy() == 0, scores.to_numpy())  # where a term is not, the page shows through
    axes.imshow(
        here, cmap="Blues", aspect="auto", vmin=0, vmax=1.7 * scores.to_numpy().max()
    )  # dark figures stay legible
    if len(ids) <= 12:
        for (row, column), count in np.ndenumerate(counts.to_numpy()):
            if count:
                axes.text(column, row, f"{count}", ha="center", va="center", color="#101014")
    axes.set_yticks(range(len(terms)), scores.index)
    axes.set_xticks(range(len(ids)), [_short(article_id) for article_id in ids], rotation=90)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    alone = int((counts > 0).sum(axis=1).eq(1).sum())
    show(
        figure,
        title=f"Of the {number(len(terms), 'term')} with the highest TF-IDF, {number(alone)} stand in one article only",
        alt="Terms by article, darker where TF-IDF is higher, with raw counts. "
        + "; ".join(f"{term}: {listed(row[row > 0])}" for term, row in counts.head(most).iterrows())
        + ".",
        data=counts.reset_index(),
    )


STANCE_LOOK = {"for": (BLUE, "^"), "against": (VERMILION, "v"), "neutral": (GREY, "o")}


def _short(article_id: str, most: int = 40) -> str:
    """An id that leaves the axis its width: beginning and end of a long one.

    Examples
    --------
    >>> _short("2012-03-19-harbour-news"), _short("2012-03-19-harbour-news", most=11)
    ('2012-03-19-harbour-news', '2012-…-news')
    """
    half = most // 2
    return article_id if len(article_id) <= most else f"{article_id[:half]}…{article_id[-half:]}"


def dispersion(mentions: pd.DataFrame, texts: pd.Series) -> None:
    """Show where in each article a keyword stands, a line a family, marked by polarity.

    Parameters
    ----------
    mentions
        As :func:`parley.stance.mentions` gives them.
    texts
        Raw text by ``article_id``.
    """
    ids = [article_id for article_id in texts.index if article_id in set(mentions["article_id"])][:MOST_ROWS]
    families = list(dict.fromkeys(mentions["family"]))
    figure, axes = canvas(len(ids) * (0.3 + 0.24 * len(families)) + 1.2)
    step = len(families) + 1.25
    for row, article_id in enumerate(ids):
        axes.text(0, row * step - 0.55, _short(article_id), va="bottom", fontweight="bold")
        for line, family in enumerate(families):
            level = row * step + line
            axes.plot([0, 100], [level, level], color=FAINT, linewidth=1, zorder=1)
            axes.text(-2, level, family, ha="right", va="center")
            own = mentions[(mentions["article_id"] == article_id) & (mentions["family"] == family)]
            for polarity, (colour, marker) in STANCE_LOOK.items():
                at = 100 * own.loc[own["polarity"] == polarity, "start"] / len(texts[article_id])
                axes.plot(at, [level] * len(at), marker, color=colour, markersize=8, markeredgecolor=PAPER, zorder=2)
    for polarity, (colour, marker) in STANCE_LOOK.items():
        axes.plot([], [], marker, color=colour, label=polarity, markersize=8)
    figure.legend(loc="outside lower right", ncols=3, frameon=False, handletextpad=0.1)
    axes.set_xlim(0, 100)
    axes.set_ylim(step * len(ids) - 1, -1.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("per cent of the way through the text")
    shown = mentions[mentions["article_id"].isin(ids)]
    counts = shown["polarity"].value_counts().reindex(list(STANCE_LOOK), fill_value=0)
    tally = shown.groupby(["article_id", "family"])["polarity"].value_counts()
    show(
        figure,
        title=f"{number(len(shown), 'mention').capitalize()}: {counts['for']} for, {counts['against']} against, {counts['neutral']} neutral",
        alt="; ".join(f"{a}, {family}: {count} {polarity}" for (a, family, polarity), count in tally.items()) + ".",
        data=shown[["article_id", "family", "start", "polarity"]],
    )


def stance_bars(counts: pd.DataFrame, *, most: int = 24) -> None:
    """Show who is for and who is against: diverging bars of counted mentions by family, group and side.

    Parameters
    ----------
    counts
        As :func:`parley.show.evidence.stance_counts` gives them.
    most
        Bars at most, those of the most mentions.
    """
    size = counts[["for", "against", "neutral"]].sum(axis=1)
    data = counts.loc[size.sort_values(ascending=False, kind="stable").index[:most]].sort_index().reset_index(drop=True)
    headings = data[["family", "group"]].drop_duplicates()
    figure, axes = canvas(0.3 * (len(data) + len(headings)) + 1.2)
    level, ticks, labels = -1.0, [], []
    for (family, group), rows in data.groupby(["family", "group"], sort=False):
        level += 1
        title = family if group == "all" else f"{family}, {group}"
        axes.text(0, level, title, transform=axes.get_yaxis_transform(), fontweight="bold", va="center")
        for side, pro, contra, neutral in rows[["side", "for", "against", "neutral"]].itertuples(index=False):
            level += 1
            axes.barh(level, neutral, left=-neutral / 2, color=GREY, height=0.6)
            axes.barh(level, pro, left=neutral / 2, color=BLUE, height=0.6)
            axes.barh(
                level,
                -contra,
                left=-neutral / 2,
                color=VERMILION,
                hatch="////",
                edgecolor=PAPER,
                linewidth=0,
                height=0.6,
            )
            ticks.append(level)
            labels.append(f"{side}  {pro}:{contra}:{neutral}")
    axes.axvline(0, color=INK, linewidth=0.8)
    reach = max((data["neutral"] / 2 + data[["for", "against"]].max(axis=1)).max(), 1)
    axes.set_xlim(-1.05 * reach, 1.05 * reach)
    axes.set_yticks(ticks, labels)
    axes.set_ylim(level + 0.7, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel("← against | neutral | for →\n(beside each side: for:against:neutral)")
    against = [
        f"{side} on {family}" + ("" if group == "all" else f" in {group}")
        for family, group, side in data.loc[data["against"] > data["for"], ["family", "group", "side"]].itertuples(
            index=False
        )
    ]
    more = f" and {len(against) - 4} more" if len(against) > 4 else ""
    title = (
        f"Against more than for: {', '.join(against[:4])}{more}"
        if against
        else "No side is more often against than for"
    )
    words = [
        f"{family}, {group}, {side}: {pro} for, {contra} against, {neutral} neutral"
        for family, group, side, pro, contra, neutral in data.itertuples(index=False)
    ]
    show(figure, title=title, alt="; ".join(words) + ".", data=data)


def side_looks(sides: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Side -> colour and hatch, the same in every picture: the first six sides are told apart, all others share a look."""
    return {side: (COLOURS[i], "" if i % 2 == 0 else "////") for i, side in enumerate(sides[:6])}


REST = "others or not told"


def voices_along(attributions: pd.DataFrame, texts: pd.Series, sides: Sequence[str]) -> None:
    """Show who speaks where along each article, coloured by side.

    Parameters
    ----------
    attributions
        As :func:`parley.sourcing.attributions` gives them.
    texts
        Raw text by ``article_id``.
    sides
        As :func:`parley.show.evidence.sides` gives them.
    """
    table = attributions.assign(side=attributions["side"].fillna("not told"))
    look = side_looks(sides)
    rest = (GREY, "")
    ids = [article_id for article_id in texts.index if article_id in set(table["article_id"])][:MOST_ROWS]
    figure, axes = canvas(0.52 * len(ids) + 1.5)
    for row, article_id in enumerate(ids):
        axes.text(0, row - 0.3, _short(article_id), va="bottom")
        axes.plot([0, 100], [row, row], color=FAINT, linewidth=1, zorder=0)
        own = table[table["article_id"] == article_id]
        # One shape a side keeps the page light; what is nested is drawn upon what it stands in.
        for (_, side), said in own.groupby(["nested", "side"], sort=True):
            colour, hatch = look.get(side, rest)
            spans = [
                (100 * a / len(texts[article_id]), 100 * b / len(texts[article_id])) for a, b in said["content"].sum()
            ]
            shape = Shape.make_compound_path(
                *(
                    Shape([(a, row - 0.21), (b, row - 0.21), (b, row + 0.21), (a, row + 0.21), (a, row - 0.21)])
                    for a, b in spans
                )
            )
            axes.add_patch(PathPatch(shape, facecolor=colour, hatch=hatch, edgecolor=PAPER, linewidth=0.5))
    for side, (colour, hatch) in [*look.items(), (REST, rest)]:
        axes.bar(0, 0, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0, label=side)
    figure.legend(loc="outside lower left", ncols=2, frameon=False, handlelength=1.2)
    axes.set_xlim(0, 100)
    axes.set_ylim(len(ids) - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("per cent of the way through the text")
    # One content can stand inside another: every character counts once.
    covered = table.groupby("article_id")["content"].agg(
        lambda rows: len({place for spans in rows for start, end in spans for place in range(start, end)})
    )
    share = covered.reindex(ids) / texts.reindex(ids).str.len()
    data = pd.crosstab(table["article_id"], table["side"]).reindex(ids).reset_index()
    show(
        figure,
        title=f"Between {share.min():.0%} and {share.max():.0%} of each text shown is somebody's words or views, as printed",
        alt="Attributions along each article, by side. "
        + "; ".join(
            f"{article_id}: {listed(own[own > 0])}" for article_id, own in data.set_index("article_id").iterrows()
        )
        + ".",
        data=data,
    )


def sides_by_article(attributions: pd.DataFrame, sides: Sequence[str]) -> None:
    """Show how each article shares its attributions among the sides; parameters as for :func:`voices_along`."""
    look = side_looks(sides)
    table = attributions.assign(side=attributions["side"].where(attributions["side"].isin(list(look)), REST))
    counts = pd.crosstab(table["article_id"], table["side"])
    columns = [side for side in (*look, REST) if side in counts]
    counts = counts[columns].loc[list(dict.fromkeys(table["article_id"]))].head(MOST_ROWS)
    shares = 100 * counts.div(counts.sum(axis=1), axis=0)
    figure, axes = canvas(0.52 * len(counts) + 1.5)
    left = np.zeros(len(counts))
    for side in columns:
        colour, hatch = look.get(side, (GREY, ""))
        axes.barh(
            range(len(counts)),
            shares[side],
            left=left,
            height=0.42,
            color=colour,
            hatch=hatch,
            edgecolor=PAPER,
            linewidth=0,
            label=side,
        )
        for row, (share, count) in enumerate(zip(shares[side], counts[side], strict=True)):
            if share > 9:
                box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1, "alpha": 0.85}
                axes.text(left[row] + share / 2, row, f"{count}", ha="center", va="center", bbox=box)
        left += shares[side].to_numpy()
    for row, article_id in enumerate(counts.index):
        axes.text(0, row - 0.3, f"{_short(article_id)}: {counts.loc[article_id].sum()}", va="bottom")
    figure.legend(loc="outside lower left", ncols=2, frameon=False, handlelength=1.2)
    axes.set_xlim(0, 100)
    axes.set_ylim(len(counts) - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("per cent of the article's attributions")
    lead = columns[0]
    most = int((shares[lead] > 50).sum())
    show(
        figure,
        title=f"“{lead}” has more than half of the attributions in {number(most)} of {number(len(counts), 'article')}",
        alt="; ".join(f"{article_id}: {listed(own[own > 0])}" for article_id, own in counts.iterrows()) + ".",
        data=counts.reset_index(),
    )


def verbs(table: pd.DataFrame, *, most: int = 15) -> None:
    """Show which verbs bring words in, and whether they doubt or endorse.

    Parameters
    ----------
    table
        As :func:`parley.sourcing.verbs` gives it.
    """
    look = {"neutral": (GREY, ""), "doubting": (VERMILION, "////"), "endorsing": (BLUE, "\\\\\\\\")}
    data = table.head(most).reset_index()
    figure, axes = canvas(0.3 * len(data) + 1.2)
    for row, verb in enumerate(data.itertuples()):
        colour, hatch = look[verb.attitude]
        axes.barh(row, verb.attributions, height=0.62, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0)
        axes.text(verb.attributions, row, f" {verb.attributions:,}", va="center")
    for attitude, (colour, hatch) in look.items():
        axes.bar(0, 0, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0, label=attitude)
    figure.legend(loc="outside lower left", ncols=3, frameon=False, handlelength=1.2)
    axes.set_yticks(range(len(data)), data["verb"])
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.set_xlim(0, 1.1 * data["attributions"].max())
    axes.spines["bottom"].set_visible(False)
    share = table["attributions"].iloc[0] / table["attributions"].sum()
    coloured = table.loc[table["attitude"] != "neutral", "attributions"].sum() / table["attributions"].sum()
    show(
        figure,
        title=f"“{data['verb'].iloc[0]}” brings in {share:.0%}; {coloured:.0%} of all cues doubt or endorse",
        alt=f"Attributions by verb: {listed(data.set_index('verb')['attributions'], most=most)}.",
        data=data,
    )


def robustness(findings: pd.DataFrame) -> None:
    """Show for each finding in how many variations it holds.

    Parameters
    ----------
    findings
        As :func:`parley.findings.findings` gives them; those that nothing can vary are left out.
    """
    data = findings[findings["variations"] > 0].reset_index(drop=True)
    if not len(data):
        return
    figure, axes = canvas(0.5 * len(data) + 0.8)
    for row, finding in enumerate(data.itertuples()):
        axes.plot([0, finding.variations], [row, row], color=FAINT, linewidth=2, zorder=1)
        places = range(1, finding.variations + 1)
        held = [place for place in places if place <= finding.holds]
        lost = [place for place in places if place > finding.holds]
        axes.plot(held, [row] * len(held), "o", color=BLUE, markersize=7)
        axes.plot(lost, [row] * len(lost), "X", color=VERMILION, markersize=7)
        axes.text(0, row - 0.25, f"{finding.finding_id}: {finding.holds} of {finding.variations}", va="bottom")
    axes.plot([], [], "o", color=BLUE, label="holds")
    axes.plot([], [], "X", color=VERMILION, label="lost")
    figure.legend(loc="outside lower right", ncols=2, frameon=False)
    axes.set_ylim(len(data) - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("variations")
    firm = int((data["holds"] == data["variations"]).sum())
    show(
        figure,
        title=f"{number(firm).capitalize()} of {number(len(data), 'finding')} hold in every variation tried",
        alt="; ".join(f"{row.finding_id} holds in {row.holds} of {row.variations}" for row in data.itertuples()) + ".",
        data=data[["finding_id", "variations", "holds"]],
    )
