"""List every rule and every entry of the list of cues that fires on fewer than three articles of PolNeAR.

    python benchmarks/rule_coverage.py POLNEAR_FOLDER [GUM_JSON] [FOLDER_OF_TXT …]

Counted on train and dev together. What is listed here is removed, or has its reason in `KEPT`. For each rule listed, and
each in `KEPT`, it also says on how many articles of the other texts it fires: those of GUM, those of folders.
"""

import argparse
import json
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


def other_texts(paths: list[Path]) -> dict[str, tuple[str, list]]:
    """The texts of GUM's file and of folders by name, as articles that nobody coded."""
    found = {}
    for path in paths:
        if path.suffix == ".json":
            found |= {name: (one["text"], []) for name, one in json.loads(path.read_text(encoding="utf-8")).items()}
        else:
            found |= {str(file): (file.read_text(encoding="utf-8"), []) for file in sorted(path.glob("*.txt"))}
    return found


def by_rule(fired: list) -> dict[str, tuple[set, list]]:
    """The articles in which each rule fires, and whether it was right each time."""
    found = defaultdict(lambda: (set(), []))
    for name, _, _, rule, _, right in fired:
        found[rule][0].add(name)
        found[rule][1].append(right)
    return found


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("others", type=Path, nargs="*")
    options = parser.parse_args()
    fired = firings(read_polnear(options.polnear / "train") | read_polnear(options.polnear / "dev"))
    here, elsewhere = by_rule(fired), by_rule(firings(other_texts(options.others)))
    rare = [rule for rule, (names, _) in here.items() if len(names) < LEAST_ARTICLES]
    for rule in sorted({*rare, *KEPT}):
        names, right = here[rule]
        counted = (
            f"{len(names)} articles, {sum(right)} of {len(right)} right; {len(elsewhere[rule][0])} articles elsewhere"
        )
        print(f"rule {rule!r}: {counted}: {KEPT.get(rule, 'no reason given')}")
    articles = articles_of(fired)
    entries = sorted((row["entry"], row["use"]) for row in read_list() if row["use"] != "sign")
    for lemma, use in entries:
        if len(articles[lemma, use]) < LEAST_ARTICLES:
            rare.append(lemma)
            print(f"entry {lemma!r} as {use}: {len(articles[lemma, use])} articles")
    print(
        f"{len(here)} rules and {len(entries)} entries; {len(rare)} fire on fewer than {LEAST_ARTICLES} articles of PolNeAR"
    )


if __name__ == "__main__":
    main()
