"""List every rule and every entry of the list of cues that fires on fewer than three articles.

    python benchmarks/rule_coverage.py POLNEAR_FOLDER [--split train]

What is listed here is removed, or has its reason in `KEPT`.
"""

import argparse
from collections import defaultdict
from pathlib import Path

from attribution import LEAST_ARTICLES, articles_of, firings, read_polnear

from parley.sourcing.cues import read_list

# Rules that are kept though PolNeAR hardly has the construction.
KEPT = {
    "quoted as saying": "agencies that quote somebody are common outside the American political press",
    "credit": "quotations set apart with a name behind a dash, as magazines and transcribed news have them",
    "first, no comma": "texts that have lost their commas, and people who talk; PolNeAR has its commas",
    "label": "interviews and debates printed as transcripts; PolNeAR's annotators coded few of them",
}


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--split", default="train")
    options = parser.parse_args()
    fired = firings(read_polnear(options.polnear / options.split))
    by_rule = defaultdict(lambda: (set(), []))
    for name, _, _, rule, _, right in fired:
        by_rule[rule][0].add(name)
        by_rule[rule][1].append(right)
    rare = 0
    for rule, (names, right) in sorted(by_rule.items()):
        if len(names) < LEAST_ARTICLES:
            rare += 1
            print(
                f"rule {rule!r}: {len(names)} articles, {sum(right)} of {len(right)} right: "
                f"{KEPT.get(rule, 'no reason given')}"
            )
    articles = articles_of(fired)
    entries = sorted((row["entry"], row["use"]) for row in read_list() if row["use"] != "sign")
    for lemma, use in entries:
        if len(articles[lemma, use]) < LEAST_ARTICLES:
            rare += 1
            print(f"entry {lemma!r} as {use}: {len(articles[lemma, use])} articles")
    print(f"{len(by_rule)} rules and {len(entries)} entries; {rare} fire on fewer than {LEAST_ARTICLES} articles")


if __name__ == "__main__":
    main()
