"""What the notebooks show of a study of another shape than the repository's: made-up articles of four outlets over half
a year, the beginning of whose sheets two people coded. A line a row, a sentence or a figure, for a person to judge.

`make refresh` writes tests/data/shown.txt anew.
"""

import hashlib
import random
import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import cells
import digest
import pandas as pd
from bs4 import BeautifulSoup
from mutated import ROOT

from parley import load_study
from parley.codings.sheets import attribution_sheet, mention_sheet
from parley.findings import findings
from parley.study import Study

STORED = ROOT / "tests" / "data" / "shown.txt"
SETTINGS = f"""title = "Twelve articles"
question = "Who wants the way, and who a stop?"
[articles]
table = "articles.csv"
[contrast]
by = "outlet"
{digest.SETTINGS}
[labels]
way = "a way through"
town = "the town hall"
"""
ARTICLES, LENGTH = 12, 24  # of sentences
CODED = {"ada": 30, "bo": 24}  # rows of each sheet that somebody coded
OTHER = {"for": "neutral", "against": "for", "neutral": "against"}


def articles() -> pd.DataFrame:
    """Articles of sentences that no two of them share, but for a paragraph that two pairs print in other words.

    Two more are as exports have them too: one is empty, of one nobody knows where and when it was printed.
    """
    written = pd.read_csv(digest.HERE / "stance_sentences.csv")["sentence"].str.replace(r"[\[\]]", "", regex=True)
    rows, draw = [], random.Random(5)
    for number in range(ARTICLES):
        own = written[number::ARTICLES].drop_duplicates().tolist()[:LENGTH]
        paragraphs = [" ".join(own[k : k + 2]) for k in range(0, LENGTH, 2)]
        for k in range(0, len(paragraphs), 2):
            said = draw.choice(digest.SPOKEN).format(
                own[2 * k + 1], draw.choice(digest.NAMES), draw.choice(digest.PLACES)
            )
            paragraphs[k] += f" {said}"
        if number % 5 == 4:
            paragraphs[2] = rows[number - 2]["text"].split("\n\n")[3].replace(" the ", " this ", 1)
        rows.append({
            "article_id": f"g{number:02d}", "text": "\n\n".join(paragraphs), "outlet": digest.OUTLETS[number % len(digest.OUTLETS)],
            "date": f"2012-{number // 2 + 1:02d}-{number + 5:02d}", "headline": own[0],
        })  # fmt: skip
    rows.append(rows[1] | {"article_id": "g0-empty", "text": "", "headline": None})
    rows.append({"article_id": "g99", "text": rows[2]["text"][:900]})
    return pd.DataFrame(rows)


def study(folder: Path) -> Path:
    """Write the study and its codings, which are what rules read but for every sixth row; its study.toml."""
    articles().to_csv(folder / "articles.csv", index=False)
    path = folder / "study.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one is empty
        read = load_study(path)
    for coder, number in CODED.items():
        place = folder / "codings" / coder
        place.mkdir(parents=True)
        _mentions(read, number).to_csv(place / "mentions.csv", index=False)
        _attributions(read, number).to_csv(place / "attributions.csv", index=False)
    return path


def _mentions(read: Study, number: int) -> pd.DataFrame:
    sheet = mention_sheet(read)
    same = read.mentions.set_index(["article_id", "start"])
    for row in sheet.index[:number]:
        found = same.loc[(sheet["article_id"][row], sheet["start"][row])]
        polarity = found["polarity"] if row % 6 else OTHER[found["polarity"]]
        sheet.loc[row, ["polarity", "holder", "side"]] = [polarity, found["holder"], found["side"]]
    return sheet


def _attributions(read: Study, number: int) -> pd.DataFrame:
    sheet = attribution_sheet(read)
    said = read.attributions[~read.attributions["nested"]]
    for row in sheet.index[:number]:
        sheet.loc[row, "coded"] = "yes"
        place = said["cue_start"].between(sheet["sentence_start"][row], sheet["sentence_end"][row])
        if len(found := said[place & (said["article_id"] == sheet["article_id"][row])]) and row % 6:
            one = found.iloc[0]
            for column in ("source", "cue", "content"):
                sheet.loc[row, column] = one[f"{column}_text"]
            sheet.loc[row, ["kind", "speaker", "side"]] = [one["kind"], one["speaker"], one["side"]]
            sheet.loc[row, "named"] = "yes" if one["named"] else "no"
    return sheet


def lines(path: Path) -> list[str]:
    """What the notebooks show of a study, notebook by notebook."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a study lacks is told on the pages
        findings(load_study(path))  # kept, so that no notebook measures them again
        for notebook in sorted(cells.NOTEBOOKS.glob("[0-9]*.ipynb")):
            found.append(f"# {notebook.stem}")
            for data in cells.run(notebook.stem, path)[1].data:
                found += ["", *_told(data)]
    return found


def _told(data: dict[str, str]) -> Iterator[str]:
    """A figure by its alternative text, its own words and a name for its shapes; else the rows and sentences of the HTML."""
    if svg := data.get("image/svg+xml"):
        yield from data["text/plain"].splitlines()
        page = BeautifulSoup(svg, "html.parser")
        yield " | ".join(" ".join(text.get_text().split()) for text in page.find_all("text"))
        yield f"shapes {hashlib.sha256(re.sub(r'<metadata>.*?</metadata>', '', svg, flags=re.S).encode()).hexdigest()[:12]}"
    else:
        page = BeautifulSoup(data.get("text/html", data["text/plain"]), "html.parser")
        for part in page.find_all(["style", "script"]):
            part.decompose()
        for part in page.find_all(["caption", "tr", "p", "li", "summary"]) or [page]:
            yield " | ".join(" ".join(cell.get_text(" ").split()) for cell in part.find_all(["th", "td"]) or [part])


def write() -> None:
    """Write the stored lines anew."""
    with tempfile.TemporaryDirectory() as folder:
        STORED.write_text("\n".join(lines(study(Path(folder)))) + "\n", encoding="utf-8")
