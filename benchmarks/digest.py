"""Write a digest of every table, so that a change of the code can be shown to have changed no reading.

    python benchmarks/digest.py                       the five articles, the 22 of tests/wikinews and 60 generated ones
    python benchmarks/digest.py --texts FOLDER        and the texts of a folder, an article a file
    python benchmarks/digest.py --out FOLDER          the tables themselves as CSV, to see what has changed

Two runs that print the same lines have read the same.
"""

import argparse
import csv
import hashlib
import random
import sys
import tomllib
from pathlib import Path

import pandas as pd

from parley import load_study, study_from_table
from parley.contrast import compare, leave_one_out
from parley.export import read_tables
from parley.stance import collocates, concordance, rates

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
OUTLETS = ["Harbour Press", "Coast Gazette", "The Ledger", "Morning Post"]
DAYS = pd.date_range("2012-01-05", periods=60, freq="17D")
# Who and what the generated articles are about, as study.toml has it.
SETTINGS = """
[keywords]
way = ["pipeline", "corridor", "wall"]
stop = ["truce", "strike", "ban", "ceasefire"]
[sides.town]
"Ada Lund" = ["Lund", "the mayor"]
[sides.port]
"Port Authority" = ["port authority"]
"Tom Berg" = ["Berg"]
"""
SPOKEN = (
    "“{0}” {1} said on Monday. {1}, the mayor, denied that {2} had been closed.",
    "According to {1}, {2} would stay open; “nobody knows”, said a harbour official.",
    "{1} accused the council of lying. “{0}” She added: “We will not leave {2}.”",
    "The Port Authority told reporters that {2} was safe. Its spokesman, {1}, called the report “nonsense”.",
)
NAMES = ["Ada Lund", "Tom Berg", "Irina Halden", "Jo Marsh"]
PLACES = ["the old harbour", "Northgate", "the bridge", "Fastnet"]


def generated() -> pd.DataFrame:
    """Sixty articles from the sentences written for the stance rules and from the five articles, some of which share copy."""
    draw = random.Random(14)
    with (HERE / "stance_sentences.csv").open(encoding="utf-8", newline="") as lines:
        written = [row["sentence"].replace("[", "").replace("]", "") for row in csv.DictReader(lines)]
    printed = []
    for path in sorted((CORPUS / "texts").glob("*.txt")):
        printed += [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 80]
    rows = []
    for number, day in enumerate(DAYS):
        parts = [draw.choice(written)]
        for _ in range(draw.randint(3, 9)):
            spoken = draw.choice(SPOKEN).format(draw.choice(written), draw.choice(NAMES), draw.choice(PLACES))
            parts.append(" ".join([*draw.sample(written, 2), spoken]))
        if draw.random() < 0.4:
            parts.insert(draw.randint(1, len(parts)), draw.choice(printed))
        if draw.random() < 0.2:
            parts.append(parts[1])
        rows.append({
            "article_id": f"g{number:02d}", "text": "\n\n".join(parts), "outlet": draw.choice(OUTLETS), "date": day,
            "headline": parts[0], "half": "first" if number < 30 else "second",
        })  # fmt: skip
    return pd.DataFrame(rows)


def studies(folder: Path | None) -> dict:
    """The studies by name."""
    found = {
        "five articles": load_study(CORPUS / "study.toml"),
        "wikinews": load_study(HERE.parent / "tests" / "wikinews" / "study.toml"),
        "generated": study_from_table(generated(), **tomllib.loads(SETTINGS), contrast={"by": "half"}),
    }
    if folder:
        paths = sorted(folder.glob("*.txt"))
        texts = [path.read_bytes().decode("utf-8") for path in paths]
        frame = pd.DataFrame({"article_id": [path.stem for path in paths], "text": texts})
        frame["half"] = ["first" if n % 2 else "second" for n in range(len(frame))]
        words = {"plan": ["plan", "deal", "bill", "law"], "fight": ["ban", "wall", "war", "strike"]}
        found[folder.name] = study_from_table(frame, keywords=words, contrast={"by": "half"})
    return found


def of_study(study) -> dict[str, pd.DataFrame]:
    """Every table of a study, by name."""
    return read_tables(study) | {
        "segments": study.segments,
        "concordance": concordance(study, "the", sort="left"),
        "collocates": collocates(study, next(iter(study.settings["keywords"]))).reset_index(),
        "rates": rates(study),
        "rates by side": rates(study, "side"),
        "rates as printed": rates(study, "article_id", counting="printed"),
        "terms as printed": compare(study, counting="printed").reset_index(),
        "leave one out": leave_one_out(study).reset_index(),
    }


def main() -> None:
    """Print a line a table: the study, the table, its rows and the digest of its CSV."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, help="a folder of .txt files to read as well")
    parser.add_argument("--out", type=Path, help="where to write the tables")
    asked = parser.parse_args()
    for name, study in studies(asked.texts).items():
        for table, frame in of_study(study).items():
            text = frame[sorted(frame.columns, key=str)].to_csv(index=False, float_format="%.10g")
            print(f"{name}\t{table}\t{len(frame)}\t{hashlib.sha256(text.encode()).hexdigest()[:16]}", flush=True)
            if asked.out:
                (asked.out / name).mkdir(parents=True, exist_ok=True)
                (asked.out / name / f"{table}.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
