"""How often the intervals of `parley.estimates` hold what is true, in studies drawn from coded texts.

    python benchmarks/estimates.py POLNEAR [--study FOLDER ...]

POLNEAR is a folder with a copy of PolNeAR (train and dev). The study of this repository, and any coded study that is given,
add their mentions and sentences. Writes the tables of estimates.md; see there for what is drawn.
"""

import argparse
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from attribution import read_polnear
from joblib import Parallel, delayed
from results import record
from stance import read_part

from parley import load_study, study_from_table
from parley.codings import coding_order, sample
from parley.estimates import totals
from parley.estimates.intervals import wilson
from parley.estimates.shares import from_counts
from parley.sourcing import find_attributions
from parley.text.quotations import quotation_spans

SEED, STUDIES = 20261127, 2_000
CODED = [30, 50, 100, 200]
LABELS = ["for", "against", "neutral"]
PAPERS = ("nyt", "usa-today", "wash-post")
RARE = {"against": 0.05, "for": 0.04}
METHODS = ["estimated", "coding alone", "normal", "rules alone"]
OWN = Path(__file__).parents[1] / "corpus"
PAGE = Path(__file__).with_name("estimates.md")
NORMAL = 1.959964
Limits = tuple[np.ndarray, np.ndarray, np.ndarray]  # the share, or difference, and its limits
Tries = dict[object, dict[str, Limits]]  # by group ("all", 0, 1) and method: studies × numbers of codings × labels


class Texts(NamedTuple):
    """Coded texts from which studies are drawn."""

    name: str
    rows: pd.DataFrame  # `read` (strata), `group`, `cluster`; numbers all
    read: pd.DataFrame  # rows × labels: 1 or 0 for mentions, numbers for sentences
    coded: pd.DataFrame
    labels: list[str]
    of_sentences: bool = False


def of_mentions(polnear: Path) -> Iterator[Texts]:
    """The mentions whose passages nobody who wrote rules has seen; then with one of the labels made rare."""
    table = pd.concat([read_part(polnear, part) for part in ("kept", "spent")], ignore_index=True)
    table["polarity_found"] = table["polarity_found"].fillna("neutral")
    yield as_texts("as coded", table, table["article_id"])
    keyword = table["keyword"].fillna("none").str.lower()
    yield as_texts("as coded, clusters by keyword", table, keyword)
    for label, share in RARE.items():
        own = table.index[table["polarity"] == label]
        keep = round(share * (len(table) - len(own)) / (1 - share))
        gone = np.random.default_rng(SEED).choice(own, len(own) - keep, replace=False)
        rest = table.drop(gone).reset_index(drop=True)
        yield as_texts(f"{label} made rare", rest, rest["article_id"])


def as_texts(name: str, table: pd.DataFrame, cluster: pd.Series) -> Texts:
    labels = list(dict.fromkeys([*LABELS, *table["polarity"]]))
    rows = {
        "read": table["polarity_found"].map({label: number for number, label in enumerate(labels)}),
        "group": table["article_id"].str.startswith(PAPERS).astype(int),
        "cluster": pd.factorize(cluster)[0],
    }
    one = (
        pd.get_dummies(table[column]).reindex(columns=labels, fill_value=False).astype(int)
        for column in ("polarity_found", "polarity")
    )
    return Texts(name, pd.DataFrame(rows), *one, labels)


def of_sentences(polnear: Path) -> Texts:
    """The sentences of the development split, with how attributions are worded and whether a source is named at all."""
    articles = read_polnear(polnear / "dev")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        table = pd.DataFrame({"article_id": list(articles), "text": [text for text, _ in articles.values()]})
        sentences = study_from_table(table).all_sentences
    said = []
    for article, (text, coded) in articles.items():
        starts, quotes = sentences.loc[sentences["article_id"] == article, "start"], quotation_spans(text)
        for who, found in (("read", find_attributions(text)), ("coded", coded)):
            for one in (one for one in found if one["content"]):
                place = (one["cue"] or one["content"])[0][0]
                row = starts.index[max(np.searchsorted(starts, place, side="right") - 1, 0)]
                said += [(who, row, worded(text, one, quotes) if one["source"] else "no source")]
    said = pd.DataFrame(said, columns=["who", "row", "label"])
    labels = ["direct", "mixed", "indirect", "no source"]
    read, coded = (
        pd.crosstab(own["row"], own["label"]).reindex(index=sentences.index, columns=labels, fill_value=0)
        for own in (said[said["who"] == who] for who in ("read", "coded"))
    )
    cluster = pd.factorize(sentences["article_id"])[0]
    rows = {"read": read.sum(axis=1).clip(upper=2), "group": sentences["article_id"].str.startswith(PAPERS).astype(int)}
    return Texts("sentences", pd.DataFrame(rows).assign(cluster=cluster), read, coded, labels, True)


def worded(text: str, one: dict, quotes: list[tuple[int, int]]) -> str:
    """Direct, mixed or indirect, by how much of the content stands in quotation marks."""
    letters = [place for start, end in one["content"] for place in range(start, end) if text[place].isalnum()]
    quoted = sum(any(start <= place < end for start, end in quotes) for place in letters)
    return "indirect" if not quoted else "direct" if quoted > 0.95 * len(letters) else "mixed"


def of_study(path: Path) -> Iterator[Texts]:
    """The mentions and sentences of a study of which everything is coded, in its first two groups if it has groups."""
    study = load_study(path)
    for said, found in ((False, sample.of_mentions(study)), (True, sample.of_sentences(study))):
        if not found.drawn.all():
            raise SystemExit(f"{path}: expected a coding of everything that counts, found {found.drawn.sum()} rows.")
        column, read = ("side", sample.read_in_sentences(study)[1]) if said else ("polarity", found.rows)
        read = read if said else read.assign(row=read.index)
        groups = sorted(found.rows["group"].dropna().unique())[:2]
        rows = found.rows[found.rows["group"].isin(groups)]
        tables = [
            pd.crosstab(one["row"], one[column]).reindex(rows.index, fill_value=0) for one in (read, found.labels)
        ]
        labels = sorted({*tables[0], *tables[1]}) if said else [*LABELS, *sorted({*tables[1]} - {*LABELS})]
        tables = [table.reindex(columns=labels, fill_value=0).reset_index(drop=True) for table in tables]
        about = {
            "read": rows["read"] if said else rows["polarity"].map(labels.index),
            "group": rows["group"].map(groups.index),
            "cluster": pd.factorize(rows["article_id"])[0],
        }
        name = f"{study.title}, {'sentences' if said else 'mentions'}"
        yield Texts(name, pd.DataFrame(about).reset_index(drop=True), *tables, labels, said)


class Drawn(NamedTuple):
    """A corpus drawn from texts: its rows, the cluster of each, and the order in which they are coded."""

    rows: np.ndarray
    cluster: np.ndarray
    order: np.ndarray


def draw(texts: Texts, clusters: int | None, number: int) -> Drawn:
    """All texts as they are; or so many clusters, drawn with replacement."""
    rows, cluster = np.arange(len(texts.rows)), texts.rows["cluster"].to_numpy()
    if clusters:
        drawing = np.random.default_rng([SEED, number])
        members = [np.flatnonzero(cluster == one) for one in range(cluster.max() + 1)]
        picked = [members[one] for one in drawing.integers(len(members), size=clusters)]
        rows, cluster = np.concatenate(picked), np.repeat(np.arange(clusters), [len(one) for one in picked])
    about = texts.rows.take(rows).reset_index(drop=True)
    return Drawn(rows, cluster, coding_order(about, strata=["group", "read"], seed=number).to_numpy())


def sizes(texts: Texts, clusters: int | None) -> list[int]:
    """The numbers of codings that are tried: of a corpus that is drawn, up to six tenths."""
    whole = len(texts.rows)
    return [
        n for n in CODED if n <= (0.6 * whole * clusters / (texts.rows["cluster"].max() + 1) if clusters else whole)
    ]


def try_mentions(texts: Texts, clusters: int | None, numbers: np.ndarray) -> Tries:
    """Limits of every label and number of codings, in all rows and in either group, by every method; one a study."""
    labels, counts = len(texts.labels), {"size": [], "coded": [], "hits": []}
    strata = (texts.rows["group"] * labels + texts.rows["read"]).to_numpy()
    own = texts.coded.to_numpy().argmax(axis=1)
    for number in numbers:
        rows, cluster, order = draw(texts, clusters, number)
        shape = (clusters or 1, 2 * labels)
        place = (cluster if clusters else 0) * shape[1] + strata[rows]

        def table(chosen: np.ndarray, place: np.ndarray = place, shape: tuple[int, int] = shape) -> np.ndarray:
            return np.bincount(place[chosen], minlength=shape[0] * shape[1]).reshape(shape)

        drawn = [order[:codings] for codings in sizes(texts, clusters)]
        counts["size"].append(table(np.arange(len(rows))))
        counts["coded"].append([table(one) for one in drawn])
        counts["hits"].append([[table(one[own[rows[one]] == label]) for label in range(labels)] for one in drawn])
    # studies × numbers of codings × labels × clusters × strata
    size, coded, hits = (np.array(tables) for tables in counts.values())
    size, coded = np.broadcast_arrays(size[:, None, None], coded[:, :, None], hits)[:2]
    found = {}
    for part, own_strata in (("all", slice(None)), (0, slice(labels)), (1, slice(labels, None))):
        tables = [table[..., own_strata] for table in (size, coded, hits)]
        this = from_counts(*tables, beyond=bool(clusters))
        alone = from_counts(*(table.sum(axis=-1, keepdims=True) for table in tables), beyond=bool(clusters))
        alone = alone._replace(step=0.0)  # Wilson's interval as it is
        found[part] = {"estimated": (this.share, *this.limits()), "coding alone": (alone.share, *alone.limits())}
        found[part]["normal"] = normal(*(table.sum(axis=-2) for table in tables), beyond=bool(clusters))
        by_label = tables[0][:, :, 0].sum(axis=-2).reshape(*size.shape[:2], -1, labels).sum(axis=-2)
        said = by_label.sum(axis=-1, keepdims=True)
        found[part]["rules alone"] = by_label / said, *wilson(by_label / said, said, NORMAL)
    return found


def try_sentences(texts: Texts, clusters: int | None, numbers: np.ndarray) -> Tries:
    """The same for attributions; nothing here is known by normal intervals."""
    found = {part: {method: [] for method in ("estimated", "coding alone", "rules alone")} for part in ("all", 0, 1)}
    beyond, group = bool(clusters), texts.rows["group"].to_numpy()
    strata, tables = (texts.rows["group"] * 3 + texts.rows["read"]).to_numpy(), (texts.read, texts.coded)
    tables = [table.to_numpy(float) for table in tables]
    for number in numbers:
        rows, cluster, order = draw(texts, clusters, number)
        for part, methods in found.items():
            own = np.ones(len(rows), bool) if part == "all" else group[rows] == part
            read, truth = (pd.DataFrame(table[rows[own]], columns=texts.labels) for table in tables)
            said, nothing = read.to_numpy().sum(), read * 0
            alike, given = pd.Series(strata[rows[own]]), {"articles": pd.Series(cluster[own]), "beyond": beyond}
            for codings in sizes(texts, clusters):
                drawn = np.isin(np.arange(len(rows)), order[:codings])[own]
                coded = truth.where(np.tile(drawn[:, None], len(texts.labels)))
                for label in texts.labels:
                    this = totals.evidence(read, coded, label, strata=alike, **given)
                    alone = totals.evidence(nothing, coded, label, strata=alike * 0, **given)
                    share = read[label].sum() / said
                    methods["estimated"].append((this.share, *this.limits()))
                    methods["coding alone"].append((alone.share, *alone.limits()))
                    methods["rules alone"].append((share, *wilson(share, said, NORMAL)))
    shape = len(numbers), len(sizes(texts, clusters)), len(texts.labels), 3
    return {
        part: {method: tuple(np.moveaxis(np.reshape(tries, shape), -1, 0)) for method, tries in methods.items()}
        for part, methods in found.items()
    }


def normal(size: np.ndarray, coded: np.ndarray, hits: np.ndarray, *, beyond: bool) -> Limits:
    """The share post-stratified, its variance as measured, the limits a normal distribution's."""
    rows, at_least_one = size.sum(axis=-1, keepdims=True), np.maximum(coded, 1)
    found = np.where(
        coded > 0, hits / at_least_one, hits.sum(axis=-1, keepdims=True) / coded.sum(axis=-1, keepdims=True)
    )
    left = 1 if beyond else 1 - coded / np.maximum(size, 1)
    half = NORMAL * np.sqrt(((size / rows) ** 2 * found * (1 - found) / at_least_one * left).sum(axis=-1))
    share = (size / rows * found).sum(axis=-1)
    return share, share - half, share + half


def apart(first: Limits, second: Limits) -> Limits:
    """Difference and limits of two shares with limits (Newcombe 1998, method 10; of normal ones the normal one)."""
    (p1, l1, u1), (p2, l2, u2) = first, second
    return p1 - p2, p1 - p2 - np.hypot(p1 - l1, u2 - p2), p1 - p2 + np.hypot(u1 - p1, p2 - l2)


def cells(texts: Texts, clusters: int | None) -> pd.DataFrame:
    """Coverage, bias and width of every cell, over all studies."""
    attempt = try_sentences if texts.of_sentences else try_mentions
    blocks = Parallel(n_jobs=-1)(
        delayed(attempt)(texts, clusters, part) for part in np.array_split(np.arange(STUDIES), STUDIES // 50 or 1)
    )
    coded, group, rows = texts.coded, texts.rows["group"], []
    whole, first, second = (
        part.sum() / part.to_numpy().sum() for part in (coded, coded[group == 0], coded[group == 1])
    )
    # Clusters by keyword stand in both groups; and of a group with few rows little can be said.
    grouped = not (clusters and "keyword" in texts.name) and 0.2 <= group.mean() <= 0.8
    for method in blocks[0]["all"]:
        parts = {
            part: [np.concatenate(one) for one in zip(*(block[part][method] for block in blocks), strict=True)]
            for part in blocks[0]
        }
        asked = {"share": (parts["all"], whole)}
        asked |= {"difference": (apart(parts[0], parts[1]), first - second)} if grouped else {}
        for name, ((found, low, high), truth) in asked.items():
            true = truth.to_numpy()
            # A limit may be the truth itself.
            held = ((low <= true + 1e-9) & (high >= true - 1e-9)).mean(axis=0)
            bias, width = (found - true).mean(axis=0), (high - low).mean(axis=0)
            rows += [
                (name, codings, label, true[j], method, held[i, j], bias[i, j], width[i, j])
                for i, codings in enumerate(sizes(texts, clusters))
                for j, label in enumerate(texts.labels)
            ]
    table = pd.DataFrame(rows, columns=["asked", "codings", "label", "truth", "method", "covered", "bias", "width"])
    question = "reporting like this" if clusters else "these articles"
    return table.assign(question=question, texts=texts.name, clusters=clusters or texts.rows["cluster"].max() + 1)


def summarise(table: pd.DataFrame, command: str) -> None:
    """Record the lowest and the average coverage of each question, the largest bias, and the width beside coding alone."""
    for (question, what, asked), rows in table.assign(what=what_of(table)).groupby(
        ["question", "what", "asked"], sort=False
    ):
        name = f"{question}, {what}, {asked}"
        for method, own in rows.groupby("method", sort=False):
            record("estimates", f"{name}: {method}, coverage", own["covered"].mean(), "share", command)
            record("estimates", f"{name}: {method}, lowest coverage of a cell", own["covered"].min(), "share", command)
        own = rows[rows["method"] == "estimated"]
        record("estimates", f"{name}: estimated, largest bias of a cell", own["bias"].abs().max(), "share", command)
        record("estimates", f"{name}: width, estimated by coding alone", shorter(rows), "ratio", command)
        record("estimates", f"{name}: cells", len(own), "cells", command)


def write(table: pd.DataFrame) -> None:
    """Put the summary and all cells into the page, between their marks."""
    keys = ["question", "texts", "clusters", "asked", "label", "truth", "codings"]
    wide = table.pivot(index=keys, columns="method", values=["covered", "width"])
    bias = table[table["method"] == "estimated"].set_index(keys)["bias"]
    rows = []
    for key in bias.index:
        shown = [*key[:5], f"{100 * key[5]:.1f}", key[6], f"{100 * bias[key]:+.1f}"]
        for method in METHODS:
            covered, width = wide.loc[key, ("covered", method)], wide.loc[key, ("width", method)]
            shown.append("" if np.isnan(covered) else f"{covered:.3f} ({100 * width:.1f})")
        rows.append(shown)
    head = [*keys, "bias", *(f"{method}: covered (width)" for method in METHODS)]
    table = table.assign(what=what_of(table))
    summary = []
    for (question, what, asked), own in table.groupby(["question", "what", "asked"], sort=False):
        by_method, this = own.groupby("method")["covered"], own[own["method"] == "estimated"]
        covered = [
            f"{by_method.min().get(one, np.nan):.3f}, {by_method.mean().get(one, np.nan):.3f}" for one in METHODS
        ]
        shown = ["" if "nan" in one else one for one in covered]
        summary.append(
            [question, what, asked, len(this), *shown, f"{100 * this['bias'].abs().max():.1f}", f"{shorter(own):.2f}"]
        )
    titles = ["question", "of", "asked", "cells", *(f"{one}: lowest, average coverage" for one in METHODS)]
    page = PAGE.read_text(encoding="utf-8")
    page = between(
        page, "summary", "end of summary", [*titles, "largest bias, points", "width by that of coding alone"], summary
    )
    PAGE.write_text(between(page, "cells", "end", head, rows), encoding="utf-8")


def what_of(table: pd.DataFrame) -> np.ndarray:
    """Mentions or attributions; those of a study that was given by its name."""
    what = np.where(table["texts"] == "sentences", "attributions", "mentions")
    return np.where(table["texts"].str.contains(", (?:sentences|mentions)$"), table["texts"], what)


def shorter(rows: pd.DataFrame) -> float:
    """The width of the intervals by that of coding alone, on average over cells."""
    wide = rows.pivot(index=["texts", "clusters", "codings", "label"], columns="method", values="width")
    return float((wide["estimated"] / wide["coding alone"]).mean())


def between(page: str, first: str, last: str, head: list[str], rows: list[list]) -> str:
    """The page with a table between two marks."""
    lines = [head, ["---"] * len(head), *rows]
    made = "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
    before, rest = page.split(f"<!-- {first} -->\n")
    return f"{before}<!-- {first} -->\n{made}<!-- {last} -->\n" + rest.split(f"<!-- {last} -->\n")[1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("polnear", type=Path, help="folder with a copy of PolNeAR")
    arguments.add_argument("--study", type=Path, nargs="*", default=[], help="more studies of which all is coded")
    given = arguments.parse_args()
    command = "python benchmarks/estimates.py POLNEAR"
    first, keywords, *rare = of_mentions(given.polnear)
    sentences = of_sentences(given.polnear)
    studies = [texts for path in (OWN, *given.study) for texts in of_study(path)]
    plans = [(texts, None) for texts in (first, *rare, sentences, *studies)]
    plans += [(texts, texts.rows["cluster"].max() + 1) for texts in (first, keywords, *rare, sentences)]
    plans += [(first, 40), (keywords, 25)]
    table = pd.concat([cells(*plan) for plan in plans], ignore_index=True)
    summarise(table, command)
    write(table)


if __name__ == "__main__":
    main()
