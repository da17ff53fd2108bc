"""Several codings beside one another: what label each coder gave to what two of them coded, and what to talk about."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from parley import codings
from parley.codings import file as coded_file
from parley.corpus.places import sentences_at
from parley.corpus.settings import check_study, check_table
from parley.study import Study
from parley.text.copies import clusters
from parley.text.phrases import join_words

ADJUDICATED = "adjudicated"
PLACE = ["about", "unit", "article_id", "report", "start", "order", "sentence"]
COLUMNS = [*PLACE, "coder", "label", "value", "written"]
# What tells most comes first: a stance turned round, a stance seen by one only, an attribution seen by one only, …
GRAVITY = ["opposed", "polarity", "found", "side", "holder", "speaker", "named", "kind"]
NOTHING = "none like it"


def coders(study: Study) -> list[str]:
    """The codings made by readers; the adjudicated one was made from them, and to compare it would go in a circle."""
    return [name for name in codings.names(study) if name != ADJUDICATED]


def given(study: Study, of: Sequence[str] | None = None) -> pd.DataFrame:
    """Every label that a coder gave, side by side with what the others gave to the same mention or attribution.

    Two coders' attributions are the same by the rule of :func:`parley.codings.score_attributions`, in sentences that
    both have read; of more coders, those that are tied by such pairs.

    Parameters
    ----------
    of : list of str, optional
        Names of codings; left out, all but the adjudicated one.

    Returns
    -------
    DataFrame
        One row a label: ``about`` (mention, attribution), ``unit`` (its name), ``article_id``, ``report`` (articles that
        share copy have one name), ``start``, ``order`` (in which it was to be coded, if known), ``sentence``, ``coder``,
        ``label``, ``value`` (as it is compared: no capitals, empty for unclear and the article's own voice) and
        ``written``. The label ``found`` of an attribution is yes or no, for every coder who has read the sentence.
    """
    check_study(study, "given")
    of = list(coders(study) if of is None else of)
    rows = pd.concat([_mentions(study, of), _attributions(study, of)], ignore_index=True)
    report = clusters(study.peek("passages"), study.articles["article_id"])
    return rows.assign(report=rows["article_id"].map(report))[COLUMNS]


def _mentions(study: Study, of: Sequence[str]) -> pd.DataFrame:
    tables = [codings.read_mentions(study, coder).assign(coder=coder) for coder in of]
    rows = pd.concat([_empty("start", "end", *coded_file.MENTION_LABELS), *tables], ignore_index=True)
    # Of a row that stands twice in a sheet the first counts; `make check-codings` names those that contradict it.
    rows = rows.drop_duplicates(["coder", "article_id", "start", "end"])
    places = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    unit = pd.Series([f"{article}-k{start}:{end}" for article, start, end in places], rows.index, dtype="str")
    sentence = _sentences(study, rows["article_id"], rows["start"])["text"]
    return _labels(rows.assign(about="mention", unit=unit, sentence=sentence), coded_file.MENTION_LABELS)


def attributions(study: Study, of: Sequence[str]) -> pd.DataFrame:
    """The attributions of several codings, those that are the same one under the same `unit`.

    Returns
    -------
    DataFrame
        One row a unit and coder who has read its sentence: ``unit, coder, found`` (bool), ``article_id, start``,
        ``sentence_start, sentence`` (of the unit), and the columns of :func:`parley.codings.read_attributions`, missing
        where the coder did not find it.
    """
    tables = [codings.read_attributions(study, coder).assign(coder=coder) for coder in of]
    rows = pd.concat([_empty(*coded_file.ROLES, *coded_file.ATTRIBUTION_LABELS), *tables], ignore_index=True)
    spans = [list(filter(None, parts)) for parts in zip(rows["cue"], rows["content"], rows["source"], strict=True)]
    rows["start"] = np.array([parts[0][0][0] for parts in spans], dtype=int)
    earliest = pd.Series([min(part[0][0] for part in parts) for parts in spans], rows.index, dtype=int)
    at = _sentences(study, rows["article_id"], earliest)
    rows = rows.assign(sentence=at["text"], sentence_start=at["start"])
    rows = rows.sort_values(["article_id", "start"], ignore_index=True)
    have_read = {coder: sentences_read(study, coder) for coder in of}
    number = _tied(study, rows, have_read)
    units = rows.assign(number=number).sort_values("sentence_start", kind="stable").drop_duplicates("number")
    units = units.set_index("number").sort_index()[["article_id", "start", "sentence_start", "sentence"]]
    again = units.groupby(["article_id", "start"]).cumcount()
    places = zip(units["article_id"], units["start"], again, strict=True)
    names = [f"{article}-a{start}" + (f"-{times + 1}" if times else "") for article, start, times in places]
    units["unit"] = pd.Series(names, units.index, dtype="str")
    # Where a chain of pairs leads back to a second row of one coder, the first stands.
    rows = rows.drop(columns=["article_id", "start", "sentence_start", "sentence"]).assign(number=number)
    rows = rows.drop_duplicates(["number", "coder"]).assign(found=True)
    table = units.reset_index().merge(pd.Series(of, name="coder", dtype=object), how="cross")
    table = table.merge(rows, on=["number", "coder"], how="left")
    places = zip(table["coder"], table["article_id"], table["sentence_start"], strict=True)
    has_read = np.array([(article, start) in have_read[coder] for coder, article, start in places], dtype=bool)
    table = table.assign(found=table["found"].eq(True))
    return table[table["found"] | has_read].drop(columns="number").reset_index(drop=True)


def _attributions(study: Study, of: Sequence[str]) -> pd.DataFrame:
    rows = attributions(study, of).assign(about="attribution")
    written = [_brief(row) if row["found"] else NOTHING for row in rows.to_dict("records")]
    found = rows.assign(label="found", value=rows["found"].map({True: "yes", False: "no"}), written=written)
    return pd.concat([found, _labels(rows[rows["found"]], coded_file.ATTRIBUTION_LABELS)])


def sentences_read(study: Study, coder: str) -> set[tuple[str, int]]:
    """The sentences that a coder has read, as (article_id, start), also those in which nothing was found."""
    found, sentences = codings.read_attributions(study, coder), study.peek("sentences")
    read = found.attrs.get("sentences")
    if read is None:  # a coding of whole articles
        own = sentences[sentences["article_id"].isin(found["article_id"])]
        return set(zip(own["article_id"], own["start"], strict=True))
    return {(article, start) for article, places in read.items() for start, _ in places}


def _tied(study: Study, rows: pd.DataFrame, have_read: Mapping[str, set[tuple[str, int]]]) -> pd.Series:
    """A number for each attribution: those that are the same one have the same number."""
    places: dict[str, list] = {coder: [] for coder in have_read}
    for row, coder, *place in rows[["coder", "article_id", "sentence_start"]].itertuples(name=None):
        places[coder].append((row, tuple(place)))
    ties = [pd.DataFrame(columns=["found", "coded"])]
    for pair in combinations(have_read, 2):
        shared = have_read[pair[0]] & have_read[pair[1]]
        if not shared:
            continue
        ours, theirs = (rows.loc[[row for row, place in places[coder] if place in shared]] for coder in pair)
        ties.append(codings.pair_attributions(study, ours, theirs).dropna()[["found", "coded"]])
    a, b = pd.concat(ties).astype(int).to_numpy().T
    tied = coo_array((np.ones(len(a)), (a, b)), shape=(len(rows), len(rows)))
    return pd.Series(connected_components(tied, directed=False)[1] if len(rows) else [], rows.index, dtype=int)


def _empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=["coder", "article_id", *columns])


def _labels(rows: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """A row of the result for each label of some rows."""
    known = rows.reindex(columns=[*PLACE, "coder"])
    written = {label: rows[label].astype(object).where(rows[label].notna(), "") for label in labels}
    return pd.concat(
        [known.assign(label=label, value=cells.map(codings.plain), written=cells) for label, cells in written.items()]
    )


def _sentences(study: Study, article_ids: pd.Series, offsets: pd.Series) -> pd.DataFrame:
    """The sentence at each place, with its text."""
    sentences = study.peek("sentences")
    number = sentences_at(sentences, article_ids, offsets.to_numpy("int64"))
    own = sentences.iloc[np.unique(number[number >= 0])]
    return own.assign(text=study.cut(own)).reindex(number).set_axis(article_ids.index)


def _brief(row: Mapping) -> str:
    source, cue, content = (row[f"{role}_text"] for role in coded_file.ROLES)
    return f"[{source or '—'}] {cue or '—'} [{content or '—'}]"


def differing(given: pd.DataFrame) -> pd.DataFrame:
    """What coders coded differently, the rows that tell most first: what to talk about.

    First mentions for which one coder has *for* and one *against*, then those for which one sees a stance and one does
    not, then attributions that not all found, then sides, holders, speakers, and named or kind; within each of these by
    coding order, since the beginning of the order is what shares are estimated from.

    Parameters
    ----------
    given : DataFrame
        As :func:`given` makes it.

    Returns
    -------
    DataFrame
        One row a mention or attribution: ``about, article_id, start, order``, ``differs`` (opposed, polarity, found, …),
        ``sentence``, ``readings`` (each coder's).
    """
    check_table(given, "differing", "differing(beside.given(study))")
    values = given.groupby(["unit", "label"], sort=False)["value"].agg(set)
    values = values[values.map(len) > 1]
    differs: dict[str, list[str]] = {}
    for (unit, label), found in values.items():
        differs.setdefault(unit, []).append("opposed" if {"for", "against"} <= found else label)
    own = given[given["unit"].isin(differs)]
    rows = own.drop_duplicates("unit")[["unit", "about", "article_id", "start", "order", "sentence"]]
    readings = {unit: _readings(labels) for unit, labels in own.groupby("unit")}
    rows = rows.assign(differs=rows["unit"].map(differs), readings=rows["unit"].map(readings))
    gravity = rows["differs"].map(lambda labels: min(map(GRAVITY.index, labels))).astype(int)
    rows = rows.assign(gravity=gravity, differs=rows["differs"].map(join_words))
    rows = rows.sort_values(["gravity", "order", "article_id", "start"], ignore_index=True)
    return rows[["about", "article_id", "start", "order", "differs", "sentence", "readings"]]


def _readings(labels: pd.DataFrame) -> str:
    """What each coder has, as "ada: for (Ada Lund, council) | bo: against (Ada Lund, council)"."""
    told = []
    for coder, own in labels.groupby("coder", sort=True):
        first, *others = own["written"].map(lambda cell: {True: "named", False: "not named"}.get(cell, cell) or "—")
        told.append(f"{coder}: {first}" + (f" ({', '.join(others)})" if others else ""))
    return " | ".join(told)
