"""What stands behind a figure: passages with what counts in them marked, a permanent name and a citation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from parley import codings, stance
from parley.corpus.labels import label
from parley.corpus.settings import check_study
from parley.sourcing.table import letters as letters_of
from parley.study import Study
from parley.text.cells import Stretch
from parley.text.phrases import join_words

SIGNS = {"for": "▲ for", "against": "▼ against", "neutral": "○ neutral"}
TAGS = {"source": "b", "cue": "u", "content": "mark"}
LABELS = codings.ATTRIBUTION_LABELS
EXCERPT = 160  # characters of a text at most
MOST = 50_000  # rows of evidence that a page goes through; beyond, those of articles drawn at random
CONTEXT = 240  # characters shown on either side of what is marked
NOTHING = Markup('<span class="nothing">∅</span>')  # stands where the other printing has words
CHUNK = 35  # words of agreeing text after which a row of the side-by-side table ends at the next sentence


def marked(text: str, spans: Mapping[str, Iterable[tuple[int, int]]], *, start: int = 0) -> Markup:
    """A text that begins at `start` of the raw text, with spans of source, cue, content or keyword marked."""
    within = [min(max(edge - start, 0), len(text)) for ends in spans.values() for span in ends for edge in span]
    marks = [
        (TAGS.get(role, "mark"), escape(role), [(begin - start, end - start) for begin, end in ranges])
        for role, ranges in spans.items()
    ]
    html = []
    for left, right in pairwise(sorted({0, len(text), *within})):
        piece = str(escape(text[left:right]))
        for tag, role, ranges in marks:
            if any(begin <= left and right <= end for begin, end in ranges):
                piece = f'<{tag} class="{role}">{piece}</{tag}>'
        html.append(piece)
    return Markup("".join(html))


def drawn(table: pd.DataFrame) -> pd.DataFrame:
    """A table of rows of articles; of more than 50,000, those of whole articles drawn at random.

    ``attrs["drawn"]`` then has the number of these, and of all.
    """
    if len(table) <= MOST:
        return table
    sizes = table.groupby("article_id", sort=False).size()
    sizes = sizes.iloc[np.random.default_rng(0).permutation(len(sizes))]
    some = table[table["article_id"].isin(sizes.index[: max(1, (sizes.cumsum() <= MOST).sum())])]
    some.attrs["drawn"] = len(some), len(table)
    return some


def cite(study: Study, article_ids: pd.Series, starts: pd.Series) -> pd.Series:
    """A citation for each place: outlet, headline, date, article, character."""
    check_study(study, "cite")
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
    >>> study = study_from_table(pd.DataFrame({"article_id": ["a1"], "text": ["Boats sail."], "outlet": ["Gazette"]}))
    >>> citable(study, pd.DataFrame({"article_id": ["a1"], "start": [6], "word": ["sail"]}), "w").iloc[0].tolist()
    ['a1-w6', 'sail', 'Gazette, undated (a1, character 6)']
    """
    check_study(study, "citable")
    place = table["article_id"] + "-" + letters + table["start"].astype("string")
    again = [letters_of(int(times) + 1) if times else "" for times in place.groupby(place).cumcount()]
    place += pd.Series(again, index=table.index, dtype="string")
    table = table.assign(citation=cite(study, table["article_id"], table["start"]))
    table.insert(0, "place", place)
    return table.drop(columns=["article_id", "start", "end"], errors="ignore")


def excerpt(texts: pd.Series) -> pd.Series:
    """The first words of each text, 160 characters at most; the whole is in the raw text at the offsets given."""
    return texts.where(
        texts.str.len() <= EXCERPT, texts.str.slice(0, EXCERPT).str.replace(r"\s+\S*$", "", regex=True) + " …"
    )


def between_words(text: str, left: int, start: int, end: int, right: int) -> tuple[int, int]:
    """Where to cut a text, from `left` on and up to `right`, so that no word around `start` to `end` is cut.

    Examples
    --------
    >>> text = "Nobody saw the ferry leave."
    >>> left, right = between_words(text, 3, 15, 20, 24)
    >>> text[left:right]
    'saw the ferry'
    """
    if left and not text[left - 1].isspace():
        first = re.search(r"\s+", text[left:start])
        left = left + first.end() if first else start
    if right < len(text) and not text[right].isspace():
        last = re.search(r"\s+\S*$", text[end:right])
        right = end + last.start() if last else end
    return left, right


def concordance(study: Study, query: str | re.Pattern, **options) -> pd.DataFrame:
    """Every place where a word, a phrase or a pattern stands, for reading.

    Parameters
    ----------
    query, **options
        As for :func:`parley.stance.concordance`: ``regex=True``, ``sort="left"`` or ``"right"``, ``width``.

    Returns
    -------
    DataFrame
        ``place, speaker, side, left, match, right, citation``; no word is cut.
    """
    table = stance.concordance(study, query, **options)
    texts = study.articles.set_index("article_id")["text"]
    around = []
    for row in table.itertuples():
        left, right = row.start - len(row.left), row.end + len(row.right)
        begin, end = between_words(texts[row.article_id], left, row.start, row.end, right)
        around.append((row.left[begin - left :], row.right[: end - row.end]))
    table[["left", "right"]] = pd.DataFrame(around, table.index, ["left", "right"], dtype=object)
    table["side"] = _labelled(study, table["side"])
    for name in ("left", "match", "right"):
        cells = [Markup('<span class="kwic {}">{}</span>').format(name, text) for text in table[name]]
        table[name] = pd.Series(cells, dtype=object)  # as text, which pandas would make of it, HTML is escaped
    return citable(study, table, "w")[["place", "speaker", "side", "left", "match", "right", "citation"]]


def stances(study: Study) -> pd.DataFrame:
    """Every keyword mention: ``mention, family, polarity, holder, side, others, cue, sentence, citation``.

    Of more than 50,000 those of articles drawn at random: see `drawn`.
    """
    check_study(study, "stances")
    table = drawn(study.mentions)
    texts = study.articles.set_index("article_id")["text"]
    sentences = []
    for row in table.itertuples():
        begin = texts[row.article_id].rfind(row.sentence, 0, row.start + len(row.sentence))
        sentences.append(marked(row.sentence, {"keyword": [(row.start, row.end)]}, start=max(begin, 0)))
    table = table.assign(
        mention=table["mention_id"],
        polarity=table["polarity"].map(SIGNS),
        family=_labelled(study, table["family"]),
        side=_labelled(study, table["side"]),
        others=[join_words(f"{holder} ({polarity})" for holder, polarity in others) for others in table["others"]],
        sentence=pd.Series(sentences, table.index, dtype=object),
        citation=cite(study, table["article_id"], table["start"]),
    )
    return table[["mention", "family", "polarity", "holder", "side", "others", "cue", "sentence", "citation"]]


def quotes(study: Study) -> pd.DataFrame:
    """Every attribution in its paragraph: ``attribution, speaker, side, named, kind, via, passage, citation``.

    Source, cue and content are marked in the passage; `kind` also says which attributions stand inside another one. Of
    more than 50,000 those of articles drawn at random: see `drawn`.
    """
    check_study(study, "quotes")
    table = drawn(study.attributions)
    texts = study.articles.set_index("article_id")["text"]
    passages = []
    for row in table.itertuples():
        text = texts[row.article_id]
        source = [] if pd.isna(row.source_start) else [(row.source_start, row.source_end)]
        spans = {"source": source, "cue": row.cue, "content": row.content}
        edges = [edge for parts in spans.values() for part in parts for edge in part]
        left, right = _around(text, min(edges), max(edges))
        more = ("" if _begins(text, left) else "… ", "" if _begins(text, right + 1) else " …")
        passages.append(more[0] + marked(text[left:right], spans, start=left) + more[1])
    table = table.assign(
        attribution=table["attribution_id"],
        side=_labelled(study, table["side"]),
        kind=table["kind"] + table["nested"].map({True: ", nested", False: ""}),
        passage=pd.Series(passages, table.index, dtype=object),
        citation=cite(study, table["article_id"], table["cue_start"]),
    )
    return table[["attribution", "speaker", "side", "named", "kind", "via", "passage", "citation"]]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a stretch of text, cut to what a reader takes in."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    left, right = max(left, start - CONTEXT), min(len(text) if right < 0 else right, end + CONTEXT)
    return between_words(text, left, start, end, right)


def _labelled(study: Study, names: pd.Series) -> pd.Series:
    return names.map(lambda name: label(study.settings, name), na_action="ignore")


def _begins(text: str, place: int) -> bool:
    """Whether a paragraph begins at a place, or the text is over before it."""
    return not 0 < place <= len(text) or text[place - 1] == "\n"


# --- what rules and coding have


def beside_coding(study: Study) -> pd.DataFrame:
    """Every attribution that the rules, before any correction, or the first coding have, with the labels of both.

    Returns
    -------
    DataFrame
        ``article_id, start``; ``kind, speaker, side, named``, each with ``_rules`` and ``_coding``, missing where one
        has no such row; ``found_by`` (both, rules, coding); ``disagreement``, in words, empty where there is none;
        ``rules, coding``, the row of either in one line. Empty without a coding.
    """
    rows = []
    for name in codings.names(study, "attributions")[:1]:
        found, coded = study.as_read().attributions, codings.read_attributions(study, name)
        for pair in codings.pair_attributions(study, found, coded).itertuples():
            ours = None if pd.isna(pair.found) else found.loc[pair.found]
            theirs = None if pd.isna(pair.coded) else coded.loc[pair.coded]
            differs = "missed" if ours is None else "not in the coding"
            if ours is not None and theirs is not None:
                differs = join_words(
                    label for label in LABELS if codings.plain(ours[label]) != codings.plain(theirs[label])
                )
            # What both have stands where the rules see it.
            row = theirs if ours is None else ours
            start = (row["cue"] or row["content"] or row["source"])[0][0]
            labels = [None if one is None else one[label] for label in LABELS for one in (ours, theirs)]
            found_by = "coding" if ours is None else "rules" if theirs is None else "both"
            rows.append((pair.article_id, start, *labels, found_by, differs, _brief(ours), _brief(theirs)))
    labels = [f"{label}_{who}" for label in LABELS for who in ("rules", "coding")]
    columns = ["article_id", "start", *labels, "found_by", "disagreement", "rules", "coding"]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype({"start": int})


def mentions_beside_coding(study: Study) -> pd.DataFrame:
    """Every keyword mention that the rules, before any correction, and the first coding have, with the labels of both.

    Returns
    -------
    DataFrame
        ``article_id, start, keyword, sentence, differs``; ``polarity, holder, side``, with ``_rules`` and ``_coding``.
        Empty without a coding.
    """
    labels, keys = codings.MENTION_LABELS, ["article_id", "start", "end"]
    columns = [f"{label}_{who}" for label in labels for who in ("rules", "coding")]
    columns = ["article_id", "start", "keyword", "sentence", *columns, "differs"]
    for name in codings.names(study, "mentions")[:1]:
        found, coded = study.as_read().mentions, codings.read_mentions(study, name)
        found = codings.covered(found, coded)
        both = found.merge(coded[[*keys, *labels]], on=keys, suffixes=("_rules", "_coding"), how="outer")
        ours, theirs = (both[[f"{label}_{who}" for label in labels]].map(codings.plain) for who in ("rules", "coding"))
        return both.assign(differs=(ours.to_numpy() != theirs.to_numpy()).any(axis=1))[columns]
    return pd.DataFrame(columns=columns)


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

    Words that differ are bold and highlighted; ∅ stands where only the other printing has words; differences of case,
    marks or spelling are underlined. The texts do not say which printing came first: these are no changes.

    Returns
    -------
    DataFrame
        ``place`` (permanent: both articles, and where the row begins in them), ``a, b`` (HTML), ``citation``.
    """
    texts = study.articles.set_index("article_id")["text"]
    rows = []
    for passage in study.passages.itertuples():
        one, other = texts[passage.article_a], texts[passage.article_b]
        for steps in _chunks(passage.alignment, one):
            a = Markup(" ").join(_differing(one[step.start_a : step.end_a], step.op) for step in steps)
            b = Markup(" ").join(_differing(other[step.start_b : step.end_b], step.op) for step in steps)
            rows.append((passage.article_a, steps[0].start_a, passage.article_b, steps[0].start_b, a, b))
    columns = ["article_a", "start_a", "article_b", "start_b", "a", "b"]
    table = pd.DataFrame(rows, columns=columns, dtype=object).astype({"start_a": int, "start_b": int})
    place = [table[f"article_{one}"] + "-c" + table[f"start_{one}"].astype("string") for one in "ab"]
    cited = [f"{one}: " + cite(study, table[f"article_{one}"], table[f"start_{one}"]) for one in "ab"]
    table = table.assign(place=place[0] + "-" + place[1], citation=cited[0] + "; " + cited[1])
    return table[["place", "a", "b", "citation"]]


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
    if op == "same" or not words:
        return escape(words) or NOTHING
    if op in ("mark", "spelling"):
        return Markup('<u class="{}">{}</u>').format(op, words)
    return Markup('<mark class="{}"><b>{}</b></mark>').format(op, words)
