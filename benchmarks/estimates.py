"""How often the intervals of `parley.estimates` hold what is true, in studies drawn from coded texts.

    python benchmarks/estimates.py POLNEAR [--study FOLDER ...]

POLNEAR is a folder with a copy of PolNeAR (train and dev). A coded study adds its mentions and sentences. Writes the
table of estimates.md; see there for what is drawn.
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
from parley.estimates.shares import evidence, wilson
from parley.sourcing import find_attributions
from parley.text.quotations import quotation_spans

SEED, STUDIES = 20261127, 2_000
CODED = [30, 50, 100, 200]
LABELS = ["for", "against", "neutral"]
PAPERS = ("nyt", "usa-today", "wash-post")
RARE = {"against": 0.05, "for": 0.04}
METHODS = ["this", "coding alone", "normal", "rules alone"]
PAGE = Path(__file__).with_name("estimates.md")
NORMAL = 1.959964
Limits = dict[str, tuple[float, float, float]]


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
    """The mentions and sentences of a study of which everything is coded."""
    study = load_study(path)
    for of, found in ((False, sample.of_mentions(study)), (True, sample.of_sentences(study))):
        if not found.drawn.all():
            raise SystemExit(f"{path}: expected a coding of everything that counts, found {found.drawn.sum()} rows.")
        rows = pd.DataFrame(
            {
                "group": pd.factorize(found.rows["group"], sort=True)[0],
                "cluster": pd.factorize(found.rows["article_id"])[0],
            },
            found.rows.index,
        )
        column = "side" if of else "polarity"
        read = sample.read_in_sentences(study)[1] if of else found.rows.assign(row=found.rows.index)
        tables = [
            pd.crosstab(one["row"], one[column]).reindex(found.rows.index, fill_value=0) for one in (read, found.labels)
        ]
        labels = sorted({*tables[0], *tables[1]}) if of else LABELS
        tables = [table.reindex(columns=labels, fill_value=0).reset_index(drop=True) for table in tables]
        rows["read"] = found.rows["read"] if of else pd.factorize(found.rows["polarity"])[0]
        yield Texts(
            f"{study.title}, {'sentences' if of else 'mentions'}", rows.reset_index(drop=True), *tables, labels, of
        )


def estimate(texts: Texts, rows: np.ndarray, cluster: np.ndarray, drawn: np.ndarray, beyond: bool) -> dict[str, Limits]:
    """Share and limits of every label by every method: `rows` of the texts make the corpus, `drawn` of them are coded."""
    strata, given = pd.Series(texts.rows["read"].to_numpy()[rows]), {"articles": pd.Series(cluster), "beyond": beyond}
    one, found = pd.Series(0, strata.index), {}
    read, coded = (
        pd.DataFrame(table.to_numpy(float)[rows], columns=texts.labels) for table in (texts.read, texts.coded)
    )
    truth, nothing = coded.copy(), read * 0
    coded[~drawn] = np.nan
    said = read.to_numpy().sum()
    for label in texts.labels:
        if texts.of_sentences:
            this = totals.evidence(read, coded, label, strata=strata, **given)
            alone = totals.evidence(nothing, coded, label, strata=one, **given)
        else:
            this = evidence(strata, coded[label], 1.0, **given)
            alone = evidence(one, coded[label], 1.0, **given)
        share = read[label].sum() / said
        found[label] = {"this": (this.share, *this.limits()), "coding alone": (alone.share, *alone.limits())}
        if not texts.of_sentences:
            found[label]["normal"] = normal(strata.to_numpy(), truth[label].to_numpy(), drawn, beyond)
        found[label]["rules alone"] = share, *wilson(share, said, NORMAL)
    return found


def normal(strata: np.ndarray, own: np.ndarray, drawn: np.ndarray, beyond: bool) -> tuple[float, float, float]:
    """The share post-stratified by label read, its variance as measured, the limits a normal distribution's."""
    size, coded = np.bincount(strata), np.bincount(strata[drawn], minlength=strata.max() + 1)
    at_least_one = np.maximum(coded, 1)
    found = np.where(coded > 0, np.bincount(strata[drawn], own[drawn], len(size)) / at_least_one, own[drawn].mean())
    weight = size / len(strata)
    left = 1 if beyond else 1 - coded / np.maximum(size, 1)
    half = NORMAL * np.sqrt((weight**2 * found * (1 - found) / at_least_one * left).sum())
    return weight @ found, weight @ found - half, weight @ found + half


def apart(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, float, float]:
    """Difference and limits of two shares with limits (Newcombe 1998, method 10; of normal ones the normal one)."""
    (p1, l1, u1), (p2, l2, u2) = first, second
    return p1 - p2, p1 - p2 - np.hypot(p1 - l1, u2 - p2), p1 - p2 + np.hypot(u1 - p1, p2 - l2)


def trial(texts: Texts, truth: dict[str, list[float]], clusters: int | None, number: int) -> list[tuple]:
    """One study, drawn and coded: what is asked, codings, label, method, and whether the limits hold the truth."""
    drawing = np.random.default_rng([SEED, number])
    rows, cluster, beyond = np.arange(len(texts.rows)), texts.rows["cluster"].to_numpy(), clusters is not None
    if beyond:
        members = [np.flatnonzero(cluster == one) for one in range(cluster.max() + 1)]
        picked = [members[one] for one in drawing.integers(len(members), size=clusters)]
        rows, cluster = np.concatenate(picked), np.repeat(np.arange(clusters), [len(one) for one in picked])
    about, group = texts.rows.take(rows).reset_index(drop=True), texts.rows["group"].to_numpy()[rows]
    order = coding_order(about, strata=["group", "read"], seed=number).to_numpy()
    expected = len(texts.rows) * (clusters / (texts.rows["cluster"].max() + 1) if beyond else 1)
    found = []
    for codings in CODED:
        if codings > (0.6 if beyond else 1) * expected:
            continue
        drawn = np.isin(np.arange(len(rows)), order[:codings])
        whole = estimate(texts, rows, cluster, drawn, beyond)
        parts = [estimate(texts, rows[own], cluster[own], drawn[own], beyond) for own in (group == 0, group == 1)]
        for label, (share, *groups) in truth.items():
            found += [("share", codings, label, method, share, *limits) for method, limits in whole[label].items()]
            if groups and not (beyond and "keyword" in texts.name):  # those clusters stand in both groups
                for method, limits in parts[0][label].items():
                    limits = apart(limits, parts[1][label][method])
                    found.append(("difference", codings, label, method, groups[0] - groups[1], *limits))
    return found


def truths(texts: Texts, label: str) -> list[float]:
    """The share of a label in all texts, and in the first and the second group if each is at least a fifth."""
    group, coded = texts.rows["group"], texts.coded
    if not 0.2 <= group.mean() <= 0.8:
        return [coded[label].sum() / coded.to_numpy().sum()]
    parts = [coded, coded[group == 0], coded[group == 1]]
    return [part[label].sum() / part.to_numpy().sum() for part in parts]


def cells(texts: Texts, clusters: int | None) -> pd.DataFrame:
    """Coverage, bias and width of every cell, over all studies."""
    truth = {label: truths(texts, label) for label in texts.labels}
    blocks = Parallel(n_jobs=-1)(
        delayed(lambda part: [row for number in part for row in trial(texts, truth, clusters, number)])(part)
        for part in np.array_split(np.arange(STUDIES), 40)
    )
    columns = ["asked", "codings", "label", "method", "truth", "found", "low", "high"]
    table = pd.DataFrame([row for block in blocks for row in block], columns=columns)
    slack = 1e-9  # a limit may be the truth itself
    table["covered"] = (table["low"] <= table["truth"] + slack) & (table["high"] >= table["truth"] - slack)
    table["bias"], table["width"] = table["found"] - table["truth"], table["high"] - table["low"]
    keys = ["asked", "codings", "label", "truth", "method"]
    found = table.groupby(keys, sort=False)[["covered", "bias", "width"]].mean().reset_index()
    question = "reporting like this" if clusters else "these articles"
    return found.assign(question=question, texts=texts.name, clusters=clusters or texts.rows["cluster"].max() + 1)


def summarise(table: pd.DataFrame, command: str) -> None:
    """Record the lowest and the average coverage of each question, the largest bias, and the width beside coding alone."""
    table = table.assign(what=np.where(table["texts"].str.contains("sentences"), "attributions", "mentions"))
    for (question, what, asked), rows in table.groupby(["question", "what", "asked"], sort=False):
        name = f"{question}, {what}, {asked}"
        for method, own in rows.groupby("method", sort=False):
            record("estimates", f"{name}: {method}, coverage", own["covered"].mean(), "share", command)
            record("estimates", f"{name}: {method}, lowest coverage of a cell", own["covered"].min(), "share", command)
        own = rows[rows["method"] == "this"]
        record("estimates", f"{name}: this, largest bias of a cell", own["bias"].abs().max(), "share", command)
        wide = rows.pivot(index=["texts", "clusters", "codings", "label"], columns="method", values="width")
        record(
            "estimates",
            f"{name}: width, this by coding alone",
            (wide["this"] / wide["coding alone"]).mean(),
            "ratio",
            command,
        )
        record("estimates", f"{name}: cells", len(own), "cells", command)


def write(table: pd.DataFrame) -> None:
    """Put all cells into the page, between its two marks."""
    keys = ["question", "texts", "clusters", "asked", "label", "truth", "codings"]
    wide = table.pivot(index=keys, columns="method", values=["covered", "width"])
    bias = table[table["method"] == "this"].set_index(keys)["bias"]
    head = ["question", "texts", "clusters", "asked", "label", "truth", "codings", "bias"]
    head += [f"{method}: covered (width)" for method in METHODS]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for key in bias.index:
        shown = [*key[:5], f"{100 * key[5]:.1f}", key[6], f"{100 * bias[key]:+.1f}"]
        for method in METHODS:
            covered, width = (
                wide.loc[key, (what, method)] if (what, method) in wide else np.nan for what in ("covered", "width")
            )
            shown.append("" if np.isnan(covered) else f"{covered:.3f} ({100 * width:.1f})")
        lines.append(f"| {' | '.join(map(str, shown))} |")
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split("<!-- cells -->\n")[0], page.split("<!-- end -->\n")[1]
    PAGE.write_text(before + "<!-- cells -->\n" + "\n".join(lines) + "\n<!-- end -->\n" + after, encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("polnear", type=Path, help="folder with a copy of PolNeAR")
    arguments.add_argument("--study", type=Path, nargs="*", default=[], help="folders of studies of which all is coded")
    given = arguments.parse_args()
    command = "python benchmarks/estimates.py POLNEAR"
    first, keywords, *rare = of_mentions(given.polnear)
    sentences = of_sentences(given.polnear)
    studies = [texts for path in given.study for texts in of_study(path)]
    plans = [(texts, None) for texts in (first, *rare, sentences, *studies)]
    plans += [(texts, texts.rows["cluster"].max() + 1) for texts in (first, keywords, *rare, sentences)]
    plans += [(first, 40), (keywords, 25), (sentences, 40)]
    table = pd.concat([cells(*plan) for plan in plans], ignore_index=True)
    summarise(table, command)
    write(table)


if __name__ == "__main__":
    main()
