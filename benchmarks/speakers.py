"""How well it is read who speaks, and on which side he stands.

    python benchmarks/speakers.py [--gum GUM_JSON] [--polnear POLNEAR] [--exports FOLDER] [--part develop]

GUM_JSON holds documents of GUM by name, each with its text; POLNEAR is a folder with a copy of PolNeAR (articles in
dev/text and train/text); FOLDER is a study that `make study` made of the exports (articles in texts). What is not given is left out.
speaker_coding.csv holds places and labels, none of the text: source, article, start, end (of the source phrase, or of
the cue where there is none), part; speaker, side and wrong ("x": nothing is attributed) as adjudicated, as first_… and
second_… of either reading, and the side as third_… and fourth_… reading have it. speaker_sides.toml holds the sides.
"""

import argparse
import json
import tomllib
import warnings
from pathlib import Path

import pandas as pd
from results import record
from sklearn.metrics import cohen_kappa_score

from parley import study_from_table

CODING = Path(__file__).with_name("speaker_coding.csv")
SIDES = tomllib.loads(CODING.with_name("speaker_sides.toml").read_text(encoding="utf-8"))


def read_coding() -> pd.DataFrame:
    """The coding, with what is left empty as empty text."""
    return pd.read_csv(CODING, keep_default_na=False)


def read_texts(source: str, place: Path, articles: list[str]) -> pd.DataFrame:
    if source == "gum":
        documents = json.loads(place.read_text(encoding="utf-8"))
        texts = [documents[name]["text"] for name in articles]
    else:
        folders = [place / "dev/text", place / "train/text"] if source == "polnear" else [place / "texts"]
        found = [next(file for folder in folders if (file := folder / f"{name}.txt").exists()) for name in articles]
        texts = [file.open(encoding="utf-8", newline="").read() for file in found]
    return pd.DataFrame({"article_id": articles, "text": texts})


def found_there(found: pd.DataFrame, start: int, end: int) -> dict | None:
    """The attribution whose source, or cue where none has such a source, shares most with a coded place."""
    for first, last in (("source_start", "source_end"), ("cue_start", "cue_end")):
        shared = found[last].clip(upper=end) - found[first].clip(lower=start)
        if len(shared := shared.dropna()) and shared.max() > 0:
            return found.loc[shared.astype(int).idxmax()].to_dict()
    return None


def folded(speaker: str) -> str:
    """A speaker without capitals and article; the library's "unclear" is the empty field of the coding."""
    return "" if speaker == "unclear" else speaker.casefold().removeprefix("the ").strip()


def read_again(source: str, place: Path, coded: pd.DataFrame) -> pd.DataFrame:
    """The coded rows of one source with what the library reads there."""
    table = read_texts(source, place, sorted(coded["article"].unique()))
    answers = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        # Each article is a study of its own, so that none is judged by what it shares with the others.
        for k in range(len(table)):
            found = study_from_table(table.iloc[[k]], sides=SIDES[source]).attributions
            for row in coded[coded["article"] == table["article_id"].iloc[k]].itertuples():
                one = found_there(found, row.start, row.end)
                speaker, side = (folded(one["speaker"]), one["side"]) if one else (None, None)
                answers[row.Index] = [one is not None, speaker == folded(row.speaker), side == row.side]
    return coded.join(pd.DataFrame(answers, index=["found", "speaker_right", "side_right"]).T)


def agreement(coded: pd.DataFrame, command: str) -> None:
    """How far two readings agree: on what is an attribution at all, and where both say so, on the rest."""
    for source, rows in [*coded.groupby("source"), ("all", coded)]:
        both = rows[rows["first_wrong"].eq("") & rows["second_wrong"].eq("")]
        alike = {
            "attribution or not": (rows["first_wrong"] == rows["second_wrong"]).mean(),
            "speaker": (both["first_speaker"].map(folded) == both["second_speaker"].map(folded)).mean(),
            "side": (both["third_side"] == both["fourth_side"]).mean(),
        }
        for label, share in alike.items():
            record("speakers", f"two readings, {source}: {label} alike", share, "share", command)
        kappa = cohen_kappa_score(both["third_side"], both["fourth_side"])
        record("speakers", f"two readings, {source}: side, Cohen's kappa", kappa, "kappa", command)


def judge(read: pd.DataFrame, part: str, command: str) -> None:
    """Score one part by source: shares of the coded attributions that are still found."""
    for source, rows in [*read.groupby("source"), ("all", read)]:
        label = f"{part} part, {source}"
        found = rows[rows["found"]]
        record("speakers", f"{label}: coded", len(rows), "attributions", command)
        record("speakers", f"{label}: found", len(found), "attributions", command)
        for column in ("speaker", "side"):
            record("speakers", f"{label}: {column} right", found[f"{column}_right"].mean(), "share", command)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for source in SIDES:
        parser.add_argument(f"--{source}", type=Path)
    parser.add_argument("--part", choices=["develop", "kept", "all"], default="all", help="which part to score")
    options = vars(parser.parse_args())
    given = {source: options[source] for source in SIDES if options[source]}
    command = "python benchmarks/speakers.py" + "".join(f" --{source} {source.upper()}" for source in given)
    coded = read_coding()
    agreement(coded, command)
    held = coded[coded["wrong"] == ""]
    for part in ["develop", "kept"] if options["part"] == "all" else [options["part"]]:
        rows = held[held["part"] == part]
        if given:
            read = [read_again(source, place, rows[rows["source"] == source]) for source, place in given.items()]
            judge(pd.concat(read), part, command)


if __name__ == "__main__":
    main()
