"""Script files that a page loads to search: the words of the report, and the rows of the whole corpus.

They are scripts because a page that is opened from a folder may load nothing else. What comes from texts is data in them.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from parley.corpus.labels import label
from parley.show.passages import between_words, cite, drawn
from parley.sourcing.table import begins
from parley.study import Study

AROUND = 240  # characters of its paragraph shown on either side of an attribution
FLAGS = {"attributions": ["named", "quoted", "counted", "nested"], "mentions": ["quoted", "counted"]}
WORDS = {
    "attributions": ["speaker", "side", "kind", "via"],
    "mentions": ["family", "polarity", "holder", "side", "speaker", "speaker_side", "cue"],
}
LABELLED = ["side", "speaker_side", "family"]  # what [labels] names


def write_script(path: Path, function: str, data: object) -> None:
    """Write data as a call of a function of the page; nothing in it can end the script or the string that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    path.write_text(f"{function}({text});\n", encoding="utf-8", errors="backslashreplace")


def write_rows(study: Study, site: Path) -> dict[str, dict[str, int]]:
    """Write the attributions and mentions that ``search.html`` searches; ``rows`` of ``of``, and articles, by table."""
    tables = {"attributions": study.attributions}
    if study.settings.get("keywords"):
        tables["mentions"] = study.mentions
    sizes = {}
    for name, table in tables.items():
        shown = drawn(table)
        articles = {"articles": shown["article_id"].nunique(), "articles_of": table["article_id"].nunique()}
        sizes[name] = {"rows": len(shown), "of": len(table)} | articles
        write_script(site / f"rows-{name}.js", "parleyRows", {"name": name} | packed(study, name, shown))
    return sizes


def packed(study: Study, name: str, table: pd.DataFrame) -> dict:
    """The rows as columns, with every repeated string written once and places counted from where the passage begins."""
    table = table.reset_index(drop=True)
    articles = study.articles.set_index("article_id").loc[table["article_id"].unique()]
    number = {article_id: n for n, article_id in enumerate(articles.index)}
    cited = cite(study, articles.index.to_series(), pd.Series("", articles.index)).str.removesuffix(")")
    texts = articles["text"].to_dict()
    spans = _attributed if name == "attributions" else _mentioned
    passages: dict[tuple[str, int, int], int] = {}
    places, marks = [], []
    if name == "attributions":
        table["start"] = begins(table)
    for row in table.itertuples():
        left, right, parts = spans(row, texts[row.article_id])
        passage = texts[row.article_id][left:right]
        places.append(passages.setdefault((row.article_id, left, right), len(passages)))
        marks.append([[_unit(passage, edge - left) for edge in part] for part in parts])
    ids = table["attribution_id" if name == "attributions" else "mention_id"]
    flags = table[FLAGS[name]].astype(int) @ [2**n for n in range(len(FLAGS[name]))]
    fields = {field: _coded(table[field]) for field in WORDS[name]}
    if name == "mentions":
        fields |= {"others": _coded(table["others"].map(str)), "attribution_id": _coded(table["attribution_id"])}
    labelled = [field for field in LABELLED if field in fields]
    dates = articles["date"].dt.strftime("%Y-%m-%d").fillna("")
    about = zip(articles.index, articles["outlet"].fillna("not stated"), dates, cited, strict=True)
    return {
        "articles": list(about),
        "passages": [texts[one][left:right] for one, left, right in passages],
        "fields": fields,
        "labels": {field: [label(study.settings, value) for value in fields[field][0]] for field in labelled},
        "flags": [FLAGS[name], flags.tolist()],
        "article": [number[one] for one in table["article_id"]],
        "id": [own.removeprefix(one) for own, one in zip(ids, table["article_id"], strict=True)],
        "start": table["start"].astype(int).tolist(),
        "passage": places,
        "marks": marks,
    }


def _attributed(row, text: str) -> tuple[int, int, Iterable[Sequence[int]]]:
    """Where the passage of an attribution begins and ends; its source, cue, content and sentence, as edges."""
    source = [] if pd.isna(row.source_start) else [row.source_start, row.source_end]
    cue, content = ([edge for part in parts for edge in part] for parts in (row.cue, row.content))
    sentence = _sentence(row, text)
    edges = [*source, *cue, *content, *sentence]
    left, right = text.rfind("\n", 0, min(edges)) + 1, text.find("\n", max(edges))
    right = len(text) if right < 0 else right
    left, right = max(left, min(edges) - AROUND), min(right, max(edges) + AROUND)
    return *between_words(text, left, min(edges), max(edges), right), (source, cue, content, sentence)


def _mentioned(row, text: str) -> tuple[int, int, Iterable[Sequence[int]]]:
    """Where the sentence of a keyword mention begins and ends; the keyword and the sentence, as edges."""
    sentence = _sentence(row, text)
    keyword = [row.start, row.end]
    return min(sentence[0], row.start), max(sentence[1], row.end), (keyword, sentence)


def _sentence(row, text: str) -> list[int]:
    """The edges of the sentence in which a row is counted; of the place itself where no sentence is known."""
    begin = text.rfind(row.sentence, 0, row.start + len(row.sentence)) if isinstance(row.sentence, str) else -1
    return [row.start, row.start] if begin < 0 else [begin, begin + len(row.sentence)]


def _unit(text: str, place: int) -> int:
    """A place in a text as JavaScript counts it, where a character beyond 16 bits is two."""
    return int(place) if text.isascii() else len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _coded(values: pd.Series) -> list:
    """Different values once, and the number of each row's; what is missing is an empty text."""
    codes, known = pd.factorize(values.astype(object).where(values.notna(), ""))
    return [list(map(str, known)), codes.tolist()]


def write_words(pages: Iterable[tuple[str, str, Iterable[tuple[str, str, str]]]], site: Path) -> None:
    """Write the words of the report's pages (name, title, what is told where), which every page's search box loads."""
    names, lines = [], []
    for name, heading, told in pages:
        lines += [[len(names), *line] for line in told]
        names.append([name, heading])
    write_script(site / "search-index.js", "parleyWords", {"pages": names, "lines": lines})
