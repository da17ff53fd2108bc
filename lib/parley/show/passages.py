"""What stands behind a figure: passages of the texts with what counts in them marked, a permanent name and a citation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import pandas as pd
from markupsafe import Markup, escape

from parley import codings, stance
from parley.study import Study
from parley.text.copies import Stretch
from parley.text.phrases import join_words

SIGNS = {"for": "▲ for", "against": "▼ against", "neutral": "○ neutral"}
TAGS = {"source": "b", "cue": "u", "content": "mark"}
CONTEXT = 240  # characters shown on either side of what is marked
EXCERPT = 160  # characters of a passage in a table; the whole is in the raw text at the offsets given
NOTHING = Markup('<span class="nothing">∅</span>')  # stands where the other printing has words
CHUNK = 35  # words of agreeing text after which a row of the side-by-side table ends at the next sentence


def marked(text: str, spans: Mapping[str, Iterable[tuple[int, int]]], *, start: int = 0) -> Markup:
    """A text with source, cue and content marked, so that colour is not the only sign.

    Parameters
    ----------
    text
        A sentence or paragraph.
    spans
        Role -> spans, with offsets of the raw text; roles other than source, cue and content are marked as keywords.
    start
        The offset of `text` in the raw text.

    Examples
    --------
    >>> marked("Lund said <no>", {"source": [(0, 4)], "cue": [(5, 9)]})
    Markup('<b class="source">Lund</b> <u class="cue">said</u> &lt;no&gt;')
    """
    within = [min(max(edge - start, 0), len(text)) for ends in spans.values() for span in ends for edge in span]
    html = Markup("")
    for left, right in pairwise(sorted({0, len(text), *within})):
        piece = escape(text[left:right])
        for role, ranges in spans.items():
            if any(begin - start <= left and right <= end - start for begin, end in ranges):
                piece = Markup('<{0} class="{1}">{2}</{0}>').format(TAGS.get(role, "mark"), role, piece)
        html += piece
    return html


def _html(cells: Iterable[Markup]) -> pd.Series:
    """A column of HTML; as text, which pandas would make of it, it would be escaped."""
    return pd.Series(list(cells), dtype=object)


def cite(study: Study, article_ids: pd.Series, starts: pd.Series) -> pd.Series:
    """A citation for each place: outlet, headline, date, article, character.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"article_id": ["a1"], "text": ["Ferries sail."], "outlet": ["Harbour News"]}))
    >>> cite(study, pd.Series(["a1"]), pd.Series([8]))[0]
    'Harbour News, undated (a1, character 8)'
    """
    articles = study.articles.set_index("article_id")
    outlet = articles["outlet"].fillna("Outlet not stated")
    headline = (", “" + articles["headline"] + "”").fillna("")
    date = articles["date"].dt.strftime("%Y-%m-%d").fillna("undated")
    begins = outlet + headline + ", " + date + " (" + articles.index + ", character "
    return article_ids.map(begins) + starts.astype("string") + ")"


def citable(study: Study, table: pd.DataFrame, letters: str | pd.Series) -> pd.DataFrame:
    """Rows with a permanent name before them and a citation behind them, for ``show.table(…, anchor="place")``.

    Parameters
    ----------
    table
        With ``article_id`` and ``start``; both go into the name, so that it stays when other rows come or go.
    letters
        What kind of row it is: the letters between article and offset.

    Returns
    -------
    DataFrame
        ``place``, the columns of `table` without these two and without ``end``, ``citation``.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"article_id": ["a1"], "text": ["The ferry sails."], "outlet": ["Harbour News"]}))
    >>> citable(study, pd.DataFrame({"article_id": ["a1"], "start": [4], "word": ["ferry"]}), "w").iloc[0].tolist()
    ['a1-w4', 'ferry', 'Harbour News, undated (a1, character 4)']
    """
    place = table["article_id"] + "-" + letters + table["start"].astype("string")
    again = [chr(ord("a") + int(times)) if times else "" for times in place.groupby(place).cumcount()]
    place += pd.Series(again, index=table.index, dtype="string")
    table = table.assign(citation=cite(study, table["article_id"], table["start"]))
    table.insert(0, "place", place)
    return table.drop(columns=["article_id", "start", "end"], errors="ignore")


def excerpt(texts: pd.Series) -> pd.Series:
    """The beginnings of long texts."""
    return texts.where(texts.str.len() <= EXCERPT, texts.str.slice(0, EXCERPT) + " …")


def concordance(study: Study, query: str | re.Pattern, **options) -> pd.DataFrame:
    """Every place where a word, a phrase or a pattern stands, for reading.

    Parameters
    ----------
    query, **options
        As for :func:`parley.stance.concordance`: ``regex=True``, ``sort="left"`` or ``"right"``, ``width``.

    Returns
    -------
    DataFrame
        ``place, speaker, side, left, match, right, citation``.
    """
    table = stance.concordance(study, query, **options)
    for name in ("left", "match", "right"):
        table[name] = _html(Markup('<span class="kwic {}">{}</span>').format(name, text) for text in table[name])
    return citable(study, table, "w")[["place", "speaker", "side", "left", "match", "right", "citation"]]


def stances(study: Study) -> pd.DataFrame:
    """Every keyword mention with its sentence: ``mention, family, polarity, holder, side, others, cue, sentence, citation``."""
    table = study.mentions
    texts = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    sentences = []
    for row in table.itertuples():
        begin = texts[row.article_id].rfind(row.sentence, 0, row.start + len(row.sentence))
        sentences.append(marked(row.sentence, {"keyword": [(row.start, row.end)]}, start=max(begin, 0)))
    table = table.assign(
        mention=table["mention_id"],
        polarity=table["polarity"].map(SIGNS),
        others=[join_words(f"{holder} ({polarity})" for holder, polarity in others) for others in table["others"]],
        sentence=_html(sentences),
        citation=cite(study, table["article_id"], table["start"]),
    )
    return table[["mention", "family", "polarity", "holder", "side", "others", "cue", "sentence", "citation"]]


def quotes(study: Study) -> pd.DataFrame:
    """Every attribution in its paragraph, with source, cue and content marked.

    Returns
    -------
    DataFrame
        ``attribution, speaker, side, named, kind, via, passage, citation``; `kind` also says which stand inside another one.
    """
    table = study.attributions
    texts = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    passages = []
    for row in table.itertuples():
        text = texts[row.article_id]
        source = [] if pd.isna(row.source_start) else [(row.source_start, row.source_end)]
        spans = {"source": source, "cue": row.cue, "content": row.content}
        edges = [edge for parts in spans.values() for part in parts for edge in part]
        left, right = _around(text, min(edges), max(edges))
        passages.append(marked(text[left:right], spans, start=left))
    table = table.assign(
        attribution=table["attribution_id"],
        kind=table["kind"] + table["nested"].map({True: ", nested", False: ""}),
        passage=_html(passages),
        citation=cite(study, table["article_id"], table["cue_start"]),
    )
    return table[["attribution", "speaker", "side", "named", "kind", "via", "passage", "citation"]]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a stretch of text, cut to what a reader takes in."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return max(left, start - CONTEXT), min(len(text) if right < 0 else right, end + CONTEXT)


# --- what rules and coding have


def beside_coding(study: Study) -> pd.DataFrame:
    """Every attribution that the rules, before any correction, or the first coding have, with the labels of both.

    Returns
    -------
    DataFrame
        ``article_id, start``; ``kind, speaker, side, named``, each with ``_rules`` and ``_coding``, missing where one does
        not have it; ``found_by`` (both, rules, coding); ``disagreement``, in words, empty where there is none; ``rules,
        coding``, the row of either in one line. Empty without a coding.
    """
    rows = []
    for name in codings.names(study)[:1]:
        found, coded = study.as_read().attributions, codings.read_attributions(study, name)
        for pair in codings.pair_attributions(study, found, coded).itertuples():
            ours = None if pd.isna(pair.found) else found.loc[pair.found]
            theirs = None if pd.isna(pair.coded) else coded.loc[pair.coded]
            rows.append({"article_id": pair.article_id, **_compared(ours, theirs)})
    labels = [f"{label}_{who}" for label in codings.ATTRIBUTION_LABELS for who in ("rules", "coding")]
    columns = ["article_id", "start", *labels, "found_by", "disagreement", "rules", "coding"]
    return pd.DataFrame(rows, columns=columns)


def _compared(ours: pd.Series | None, theirs: pd.Series | None) -> dict:
    """One attribution as rules and coding have it; what both have stands where the rules see it."""
    row = theirs if ours is None else ours
    compared = {"start": (row["cue"] or row["content"] or row["source"])[0][0]}
    for label in codings.ATTRIBUTION_LABELS:
        for who, one in (("rules", ours), ("coding", theirs)):
            compared[f"{label}_{who}"] = None if one is None else one[label]
    if ours is None:
        found_by, differs = "coding", "missed"
    elif theirs is None:
        found_by, differs = "rules", "not in the coding"
    else:
        labels = [name for name in codings.ATTRIBUTION_LABELS if _plain(ours[name]) != _plain(theirs[name])]
        found_by, differs = "both", join_words(labels)
    return compared | {"found_by": found_by, "disagreement": differs, "rules": _brief(ours), "coding": _brief(theirs)}


def mentions_beside_coding(study: Study) -> pd.DataFrame:
    """Every keyword mention that the rules, before any correction, and the first coding have, with the labels of both.

    Returns
    -------
    DataFrame
        ``article_id, start, keyword, sentence``; ``polarity, holder, side``, each with ``_rules`` and ``_coding``; ``differs``.
        Empty without a coding.
    """
    labels = [f"{label}_{who}" for label in codings.MENTION_LABELS for who in ("rules", "coding")]
    columns = ["article_id", "start", "keyword", "sentence", *labels, "differs"]
    for name in codings.names(study)[:1]:
        found, coded = study.as_read().mentions, codings.read_mentions(study, name)
        found = found[found["article_id"].isin(coded["article_id"])]
        both = found.merge(coded, on=["article_id", "start", "end"], suffixes=("_rules", "_coding"), how="outer")
        pairs = [(both[f"{label}_rules"], both[f"{label}_coding"]) for label in codings.MENTION_LABELS]
        differing = [ours.map(_plain) != theirs.map(_plain) for ours, theirs in pairs]
        return both.assign(differs=pd.concat(differing, axis=1).any(axis=1)).reindex(columns=columns)
    return pd.DataFrame(columns=columns)


def _plain(value: object) -> str:
    return "" if pd.isna(value) else str(value).casefold()


def _brief(row: Mapping | None) -> str:
    """An attribution in one line."""
    if row is None:
        return ""
    labels = [row["kind"], row["speaker"], row["side"], "named" if row["named"] else "not named"]
    source = row["source_text"] if isinstance(row["source_text"], str) and row["source_text"] else "—"
    listing = ", ".join("—" if pd.isna(label) else str(label) for label in labels)
    return f"[{source}] {row['cue_text']} [{row['content_text']}] ({listing})"


# --- shared copy


def side_by_side(study: Study) -> pd.DataFrame:
    """The shared passages, row by row in both printings, with what differs marked.

    Words that differ are bold and highlighted; ∅ stands where only the other printing has words; differences of case, quotation marks,
    brackets or spelling are underlined. The texts do not say which printing came first, so these are differences, not changes.

    Returns
    -------
    DataFrame
        ``place`` (permanent: both articles, and where the row begins in them), ``a, b`` (HTML), ``citation``.
    """
    texts = dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    rows, printings = [], {"a": [], "b": []}
    for passage in study.passages.itertuples():
        one, other = texts[passage.article_a], texts[passage.article_b]
        for steps in _chunks(passage.alignment, one):
            rows.append((passage.article_a, steps[0].start_a, passage.article_b, steps[0].start_b))
            a = [_differing(one[step.start_a : step.end_a], step.op) for step in steps]
            b = [_differing(other[step.start_b : step.end_b], step.op) for step in steps]
            printings["a"].append(Markup(" ").join(a))
            printings["b"].append(Markup(" ").join(b))
    table = pd.DataFrame(rows, columns=["article_a", "start_a", "article_b", "start_b"])
    names = [table[f"article_{one}"] + "-c" + table[f"start_{one}"].astype("string") for one in "ab"]
    cited = [f"{one}: " + cite(study, table[f"article_{one}"], table[f"start_{one}"]) for one in "ab"]
    columns = {"place": names[0] + "-" + names[1], **{one: _html(cells) for one, cells in printings.items()}}
    return pd.DataFrame(columns | {"citation": cited[0] + "; " + cited[1]})


def _chunks(steps: Sequence[Stretch], text: str) -> Iterator[list[Stretch]]:
    """The steps of an alignment in rows that a reader takes in; `text` is that of the first article."""
    chunk, agreed = [], 0
    for step in steps:
        words = text[step.start_a : step.end_a]
        chunk.append(step)
        agreed += len(words.split())
        if agreed >= CHUNK and words.rstrip("”\"'’)").endswith((".", "!", "?")):
            yield chunk
            chunk, agreed = [], 0
    if chunk:
        yield chunk


def _differing(words: str, op: str) -> Markup:
    if op == "same":
        return escape(words)
    if not words:
        return NOTHING
    if op in ("mark", "spelling"):
        return Markup('<u class="{}">{}</u>').format(op, words)
    return Markup('<mark class="{}"><b>{}</b></mark>').format(op, words)
