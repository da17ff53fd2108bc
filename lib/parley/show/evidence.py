"""What stands behind a figure: the sentences, with source, cue, content and keyword marked, and the coding beside them."""

import re
from collections import Counter
from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from parley import codings
from parley.corpus.corrections import POLARITIES
from parley.findings import majority
from parley.show.tables import html_column, join_words, marked, number
from parley.sourcing import attributions
from parley.stance import concordance, mentions
from parley.study import Study
from parley.text.copies import clusters
from parley.text.words import words

SIGNS = {"for": "▲ for", "against": "▼ against", "neutral": "○ neutral"}
FEW = 5  # mentions below which a majority is not worth the name
CONTEXT = 240  # characters shown on either side of what is marked


def _context(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a stretch of text, cut to what a reader takes in."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    right = len(text) if right < 0 else right
    return max(left, start - CONTEXT), min(right, end + CONTEXT)


def stances(study: Study) -> pd.DataFrame:
    """Every keyword mention with its sentence: ``mention, family, polarity, holder, side, others, cue, sentence, citation``."""
    table = mentions(study)
    articles = study.articles.set_index("article_id")
    rows = []
    for row in table.itertuples():
        text = articles.loc[row.article_id, "text"]
        at = text.rfind(row.sentence, 0, row.start + len(row.sentence))
        rows.append(marked(row.sentence, {"keyword": [(row.start, row.end)]}, start=max(at, 0)))
    return pd.DataFrame(
        {
            "mention": table["mention_id"],
            "family": table["family"],
            "polarity": table["polarity"].map(SIGNS),
            "holder": table["holder"],
            "side": table["side"],
            "others": [
                join_words(f"{holder} ({polarity})" for holder, polarity in others) for others in table["others"]
            ],
            "cue": table["cue"],
            "sentence": html_column(rows),
            "citation": [
                cite(articles.loc[article_id], start)
                for article_id, start in zip(table["article_id"], table["start"], strict=True)
            ],
        }
    )


def stance_counts(study: Study) -> pd.DataFrame:
    """Counted mentions by family, group and side of the holder: ``family, group, side, for, against, neutral``."""
    table = mentions(study)
    table = table[table["counted"]]
    keys = [table["family"], table["article_id"].map(study.groups).rename("group"), table["side"].fillna("nobody’s")]
    counted = table.groupby(keys, dropna=False)["polarity"].value_counts().unstack(fill_value=0)
    return counted.reindex(columns=POLARITIES, fill_value=0).reset_index().rename_axis(columns=None)


def changes(study: Study) -> list[str]:
    """What changed between two groups, family by family and side by side, as sentences.

    A majority is named where each group has five mentions or more and two independent reports or more; else the counts alone.
    """
    counts = stance_counts(study)
    wanted = study.settings.get("contrast", {}).get("groups", sorted(counts["group"].dropna().unique()))
    if not study.by or len(wanted) != 2:
        return []
    first, second = wanted
    reports = clusters(study.passages, study.articles["article_id"]).groupby(study.groups).nunique()
    alone = min(reports[first], reports[second]) < 2
    sentences = []
    for family, rows in counts.groupby("family", sort=False):
        for side, own in rows.groupby("side", sort=False):
            before, after = (own[own["group"] == group][POLARITIES].sum() for group in (first, second))
            if not (before.sum() and after.sum()):
                continue
            was, now = majority(before), majority(after)
            counted = f"{first}: {_tally(before)}; {second}: {_tally(after)}"
            if alone or min(before.sum(), after.sum()) < FEW:
                sentences.append(f"{family}, side {side}, {counted}.")
            elif was != now:
                sentences.append(f"{family}, side {side}: the majority turns from {was} to {now} ({counted}).")
            else:
                sentences.append(f"{family}, side {side}: the majority stays {now} ({counted}).")
    return sentences


def _tally(counts: pd.Series) -> str:
    return ", ".join(f"{count} of {counts.sum()} {polarity}" for polarity, count in counts.items() if count)


def quotes(study: Study, *, most: int | None = None) -> pd.DataFrame:
    """Every attribution in its paragraph, with source, cue and content marked.

    Returns
    -------
    DataFrame
        ``attribution, speaker, side, named, kind, via, passage, citation``; `kind` also says which stand inside another one, the citation names outlet, date and place in the text.
    """
    table = attributions(study).head(most) if most else attributions(study)
    articles = study.articles.set_index("article_id")
    rows = []
    for row in table.itertuples():
        text = articles.loc[row.article_id, "text"]
        source = [] if pd.isna(row.source_start) else [(row.source_start, row.source_end)]
        spans = {"source": source, "cue": row.cue, "content": row.content}
        edges = [edge for parts in spans.values() for part in parts for edge in part]
        left, right = _context(text, min(edges), max(edges))
        rows.append(marked(text[left:right], spans, start=left))
    return pd.DataFrame(
        {
            "attribution": table["attribution_id"],
            "speaker": table["speaker"],
            "side": table["side"],
            "named": table["named"],
            "kind": table["kind"] + table["nested"].map({True: ", nested", False: ""}),
            "via": table["via"],
            "passage": html_column(rows),
            "citation": [
                cite(articles.loc[article_id], start)
                for article_id, start in zip(table["article_id"], table["cue_start"], strict=True)
            ],
        }
    )


def cite(article: pd.Series, start: int) -> str:
    """A citation for a place in an article: outlet, headline, date, character.

    Examples
    --------
    >>> cite(pd.Series({"outlet": "Harbour News", "headline": "Ferry plan dead", "date": pd.Timestamp("2012-03-19")}, name="a1"), 40)
    'Harbour News, “Ferry plan dead”, 2012-03-19 (a1, character 40)'
    """
    outlet = "Outlet not stated" if pd.isna(article["outlet"]) else article["outlet"]
    headline = "" if pd.isna(article["headline"]) else f", “{article['headline']}”"
    date = "undated" if pd.isna(article["date"]) else article["date"].date().isoformat()
    return f"{outlet}{headline}, {date} ({article.name}, character {start})"


def placed(study: Study, table: pd.DataFrame, mark: str | pd.Series) -> pd.DataFrame:
    """Rows with a permanent name before them and a citation behind them, for :func:`parley.show.tables.show_table`.

    Parameters
    ----------
    table
        With ``article_id`` and ``start``; both go into the name, so that it stays when other rows come or go.
    mark
        What kind of row it is, as the letters between article and offset.

    Returns
    -------
    DataFrame
        ``place``, the columns of `table` without these two, ``citation``.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"article_id": ["a1"], "text": ["The ferry sails."], "outlet": ["Harbour News"]}))
    >>> placed(study, pd.DataFrame({"article_id": ["a1"], "start": [4], "word": ["ferry"]}), "w").iloc[0].tolist()
    ['a1-w4', 'ferry', 'Harbour News, undated (a1, character 4)']
    """
    articles = study.articles.set_index("article_id")
    articles = {article_id: articles.loc[article_id] for article_id in table["article_id"].unique()}
    marks = [mark] * len(table) if isinstance(mark, str) else mark
    names, citations, seen = [], [], Counter()
    for article_id, kind, start in zip(table["article_id"], marks, table["start"], strict=True):
        name = f"{article_id}-{kind}{start}"
        seen[name] += 1
        names.append(name + (chr(ord("a") + seen[name] - 1) if seen[name] > 1 else ""))
        citations.append(cite(articles[article_id], start))
    rest = table.drop(columns=["article_id", "start"]).assign(citation=citations)
    rest.insert(0, "place", names)
    return rest


def lines(study: Study, query: str | re.Pattern, **options) -> pd.DataFrame:
    """A concordance for reading: ``place, speaker, side, left, match, right, citation``; parameters as for :func:`parley.stance.concordance`."""
    table = placed(study, concordance(study, query, **options).drop(columns="end"), "w")
    for name in ("left", "match", "right"):
        table[name] = html_column(Markup('<span class="kwic {}">{}</span>').format(name, text) for text in table[name])
    return table[["place", "speaker", "side", "left", "match", "right", "citation"]]


def voices(study: Study) -> pd.DataFrame:
    """Who is quoted how much: ``side, attributions, percent, named, direct, mixed, indirect, quoted_words``, most first."""
    table = attributions(study)
    table = table[table["counted"]].assign(side=lambda rows: rows["side"].fillna("not told"))
    quoted = pd.Series([_quoted_words(row) for row in table.itertuples()], index=table.index, dtype=int)
    kinds = pd.crosstab(table["side"], table["kind"]).reindex(columns=["direct", "mixed", "indirect"], fill_value=0)
    grouped = table.groupby("side")
    result = pd.DataFrame({"attributions": grouped.size(), "named": grouped["named"].sum()}).join(kinds)
    result["percent"] = 100 * result["attributions"] / max(len(table), 1)
    result["quoted_words"] = quoted.groupby(table["side"]).sum()
    columns = ["side", "attributions", "percent", "named", "direct", "mixed", "indirect", "quoted_words"]
    return result.sort_values(["attributions", "quoted_words"], ascending=False, kind="stable").reset_index()[columns]


def _quoted_words(row) -> int:
    """Words inside quotation marks of an attribution's content."""
    if row.kind == "direct":
        return len(words(row.content_text))
    inside, count = False, 0
    for part in row.content_text.replace("”", '"').replace("“", '"').split('"'):
        count += len(words(part)) if inside else 0
        inside = not inside
    return count if row.kind == "mixed" else 0


def read_texts(study: Study) -> pd.Series:
    """The texts by ``article_id``, cut off where the last prose ends: a body printed twice makes an article no longer."""
    last = study.prose.groupby("article_id")["end"].max()
    texts = study.articles.set_index("article_id")["text"]
    return pd.Series({name: text[: last.get(name, 0)] for name, text in texts.items()}, dtype=object)


def sides(study: Study) -> list[str]:
    """The sides by how often they speak, for pictures that tell them apart."""
    ranked = attributions(study)["side"].value_counts()
    return [side for side in ranked.index if side not in ("unclear", "other")]


def first_voices(study: Study) -> pd.DataFrame:
    """Who speaks first in each article, and how far into it: ``article_id, speaker, side, kind, percent_into_article``."""
    table = attributions(study).sort_values(["article_id", "cue_start"], kind="stable").groupby("article_id").head(1)
    length = table["article_id"].map(read_texts(study).str.len()).astype(float)
    table = table.assign(percent_into_article=100 * table["cue_start"].astype(float) / length)
    return table[["article_id", "speaker", "side", "kind", "percent_into_article"]]


def beside_coding(study: Study) -> pd.DataFrame:
    """Extractor, before any correction, and coding side by side: every attribution that only one of them has, or that they label otherwise.

    Returns
    -------
    DataFrame
        ``place, disagreement, extractor, coding, citation``.
    """
    name = codings.names(study)[0]
    found, coded = attributions(study.as_read()), codings.read_attributions(study, name)
    pairs = codings.pair_attributions(study, found, coded)
    rows = []
    for pair in pairs.itertuples():
        ours = None if pd.isna(pair.found) else found.loc[pair.found]
        theirs = None if pd.isna(pair.coded) else coded.loc[pair.coded]
        if ours is None:
            what = "missed"
        elif theirs is None:
            what = "not in the coding"
        else:
            differ = [label for label in codings.ATTRIBUTION_LABELS if _text(ours[label]) != _text(theirs[label])]
            if not differ:
                continue
            what = join_words(differ)
        # What both have is named by where the extractor sees it, what only the coding has by where the coding does.
        mark, row = ("m", theirs) if ours is None else ("d", ours)
        start = (row["cue"] or row["content"] or row["source"])[0][0]
        rows.append((pair.article_id, mark, start, what, _brief(ours), _brief(theirs)))
    table = pd.DataFrame(rows, columns=["article_id", "mark", "start", "disagreement", "extractor", "coding"])
    return placed(study, table.drop(columns="mark"), table["mark"])


def mentions_beside_coding(study: Study) -> pd.DataFrame:
    """Keyword mentions that extractor and coding label otherwise: ``place, keyword, sentence, extractor, coding, citation``."""
    coded = codings.read_mentions(study, codings.names(study)[0])
    found = mentions(study.as_read())
    both = found[found["article_id"].isin(coded["article_id"])].merge(
        coded, on=["article_id", "start", "end"], suffixes=("", "_coded"), how="outer"
    )
    labels = codings.MENTION_LABELS
    ours = both[labels].map(_text).agg(", ".join, axis=1)
    theirs = both[[f"{label}_coded" for label in labels]].map(_text).agg(", ".join, axis=1)
    table = both.assign(extractor=ours, coding=theirs)[ours.str.casefold() != theirs.str.casefold()]
    return placed(study, table[["article_id", "start", "keyword", "sentence", "extractor", "coding"]], "kd")


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value).casefold()


def _brief(row: Mapping | None) -> str:
    if row is None:
        return ""
    labels = [row["kind"], row["speaker"], row["side"], "named" if row["named"] else "not named"]
    source = row["source_text"] if isinstance(row["source_text"], str) and row["source_text"] else "—"
    return f"[{source}] {row['cue_text']} [{row['content_text']}] ({', '.join('—' if pd.isna(x) else str(x) for x in labels)})"


def basis(study: Study) -> str:
    """What the study's counts rest on, in a sentence or two; corrected rows are counted."""
    count = int(study.words[study.sentences["counted"]].sum())
    copies = len(study.passages)
    sentence = f"{number(len(study.articles), 'article').capitalize()}, {count:,} words that count"
    sentence += (f", {number(copies, 'passage')} printed by more than one of them" if copies else "") + "."
    corrected = study.corrections["row"].nunique()
    return sentence + (f" Corrected by hand: {number(corrected, 'row')}." if corrected else "")
