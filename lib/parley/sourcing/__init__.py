"""Who says what in a study: the attributions table, its verbs, and how many voices there are."""

import csv
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files

import pandas as pd
from tqdm import tqdm

from parley.corpus.corrections import apply_corrections
from parley.corpus.segments import PROSE
from parley.sourcing.cues import CUES
from parley.sourcing.finder import find_attributions
from parley.sourcing.nested import find_nested
from parley.sourcing.speakers import resolve
from parley.text.inflections import inflections

__all__ = ["attributions", "diversity", "find_attributions", "read_attributions", "verb", "verbs"]

COLUMNS = {
    "attribution_id": "string", "article_id": "string", "source_start": "Int64", "source_end": "Int64",
    "cue_start": "Int64", "cue_end": "Int64", "cue": "object", "content": "object", "source_text": "string",
    "cue_text": "string", "content_text": "string", "kind": "string", "speaker": "string", "side": "string",
    "named": "bool", "via": "string", "counted": "bool", "rule": "string", "nested": "bool",
}  # fmt: skip
GAP = " … "  # between the parts of a cue or content that something interrupts


def _forms() -> dict[str, tuple[str, str]]:
    with (files("parley") / "data" / "verbs.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["verb"], row["attitude"]) for row in csv.DictReader(lines)]
    found: dict[str, tuple[str, str]] = {}
    for base, attitude in rows:
        for form in inflections(base):
            found.setdefault(form, (base, attitude))
    return found


_FORMS = _forms()
_AUXILIARIES = frozenset(
    ["a", "am", "an", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have",
     "her", "his", "is", "its", "may", "might", "must", "not", "shall", "should", "the", "their", "to", "was",
     "were", "will", "would"]
)  # fmt: skip


def attributions(study) -> pd.DataFrame:
    """Every attribution in the headlines, standfirsts, captions and bodies of a study.

    Parameters
    ----------
    study : Study
        Its section [sides] gives canonical speakers and sides; without it speakers are called by the fullest
        name the article gives, and the side is missing.

    Returns
    -------
    DataFrame
        As `read_attributions` returns it, with a reader's corrections (see `parley.corpus.corrections`).
    """

    def make() -> pd.DataFrame:
        read = read_attributions(study.articles, study.segments, study.sentences, study.settings.get("sides", {}))
        table = apply_corrections(study, read, "attributions")
        if table.attrs["corrected"]:
            table["nested"] = _still_nested(table)
        return table

    return study.kept("attributions", make)


def _still_nested(table: pd.DataFrame) -> list[bool]:
    """Whether each nested row still stands in the content of a row of somebody else, after corrections."""
    by_article = {name: rows.to_dict("records") for name, rows in table.groupby("article_id", sort=False)}
    judged = []
    for row in table.to_dict("records"):
        place = (row["cue"] or row["content"])[0][0]
        judged.append(
            row["nested"]
            and any(
                pd.isna(one["speaker"]) or pd.isna(row["speaker"]) or one["speaker"] != row["speaker"]
                for one in by_article[row["article_id"]]
                if one["attribution_id"] != row["attribution_id"]
                and any(start <= place < end for start, end in one["content"])
            )
        )
    return judged


def read_attributions(
    articles: pd.DataFrame, segments: pd.DataFrame, sentences: pd.DataFrame, sides: Mapping
) -> pd.DataFrame:
    """Find the attributions of some articles: all of a study's, or one batch of them.

    Parameters
    ----------
    articles, segments, sentences : DataFrame
        Rows of a study's tables, for the same articles.
    sides : mapping
        The study's section [sides]; see `parley.sourcing.speakers.resolve`.

    Returns
    -------
    DataFrame
        One row an attribution, in the order of articles and of the text. `attribution_id` (article and the offset
        of the cue, so that it stays the same when a rule changes elsewhere); `article_id`;
        `source_start, source_end` and `cue_start, cue_end` (the first part; missing where there is none);
        `cue, content` (lists of `(start, end)`); `source_text, cue_text, content_text` (parts joined by " …
        "); `kind` (direct, indirect, mixed); `speaker`, `side`, `named`, `via` (see
        `parley.sourcing.speakers.resolve`); `counted` (whether the sentence with the cue, or without a cue the
        content, counts); `rule` that found it; `nested` (whether it stands inside the content of another row, and its
        holder is somebody else). Offsets are characters of the article's raw text.
    """
    prose = segments[segments["kind"].isin(PROSE)]
    spans = {
        article: list(zip(rows["kind"], rows["start"], rows["end"], strict=True))
        for article, rows in prose.groupby("article_id", sort=False)
    }
    counts = {
        article: (rows["start"].tolist(), rows["end"].tolist(), rows["counted"].tolist())
        for article, rows in sentences.sort_values("start").groupby("article_id", sort=False)
    }
    rows: list[dict] = []
    texts = zip(articles["article_id"], articles["text"], strict=True)
    for article, text in tqdm(texts, "attributions", len(articles), disable=None, leave=False):
        rows += _rows(article, text, spans.get(article, []), counts.get(article, ([], [], [])), sides)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _rows(article: str, text: str, spans: Sequence, counts: tuple[list, list, list], sides: Mapping) -> list[dict]:
    read = _blank_out(text, [(start, end) for _, start, end in spans])
    headlines = [(start, end) for kind, start, end in spans if kind == "headline"]
    outer = find_attributions(read, headlines=headlines)
    cues = {tuple(record["cue"]) for record in outer}
    inner = [one | {"within": n} for n, record in enumerate(outer) for one in find_nested(read, record)]
    records = [*outer, *(one for one in inner if tuple(one["cue"]) not in cues)]  # a cue brings in words once
    rows, seen = [], Counter()
    voices = zip(records, resolve(read, records, sides), strict=True)
    # Outer rows get their ids first, so that none depends on what stands nested beside it.
    for record, speaker in sorted(
        ((record, voice) for record, voice in voices if voice), key=lambda one: ("within" in one[0], _span(one[0]))
    ):
        source, cue, content = ([tuple(part) for part in record[role]] for role in ("source", "cue", "content"))
        place = (cue or content or source)[0][0]
        seen[place] += 1
        more = _letters(seen[place]) if seen[place] > 1 else ""
        rows.append({
            "attribution_id": f"{article}-a{place}{more}", "article_id": article,
            "source_start": source[0][0] if source else None, "source_end": source[0][1] if source else None,
            "cue_start": cue[0][0] if cue else None, "cue_end": cue[0][1] if cue else None,
            "cue": cue, "content": content,
            "source_text": _text(text, source), "cue_text": _text(text, cue),
            "content_text": _text(text, content),
            "counted": _counts(place, *counts), "rule": record["rule"], "nested": "within" in record, **speaker,
        })  # fmt: skip
    return sorted(rows, key=_row_span)


def _letters(n: int) -> str:
    """Count as the columns of a spreadsheet do: a, b, …, z, aa, ab, …"""
    return (_letters((n - 1) // 26) if n > 26 else "") + chr(ord("a") + (n - 1) % 26)


def _row_span(row: Mapping) -> tuple[int, int]:
    source = [] if row["source_start"] is None else [(row["source_start"], row["source_end"])]
    return _span({"source": source, "cue": row["cue"], "content": row["content"]})


def _span(record: Mapping) -> tuple[int, int]:
    parts = [part for role in ("source", "cue", "content") for part in record[role]]
    return min(start for start, _ in parts), max(end for _, end in parts)


def _blank_out(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for all that is not read; line ends stay, and so do offsets.

    Examples
    --------
    >>> _blank_out("Menu\\nLund said no.", [(5, 18)])
    '    \\nLund said no.'
    """
    parts, at = [], 0
    for start, end in sorted(spans):
        parts += ["".join(mark if mark in "\r\n" else " " for mark in text[at:start]), text[start:end]]
        at = end
    parts.append("".join(mark if mark in "\r\n" else " " for mark in text[at:]))
    return "".join(parts)


def _text(text: str, parts: Sequence[tuple[int, int]]) -> str | None:
    return GAP.join(text[start:end] for start, end in parts) if parts else None


def _counts(place: int, starts: list[int], ends: list[int], counted: list[bool]) -> bool:
    k = bisect_right(starts, place) - 1
    return bool(k >= 0 and place < ends[k] and counted[k])


def verb(cue: str) -> tuple[str, str]:
    """The base form of the verb (or noun) in a cue, and its attitude to what it brings in.

    The attitude is **doubting** for words that keep their distance (claim, allege: news agencies' handbooks
    warn against them for that), **endorsing** for words that take the content for true (note, point out,
    confirm, acknowledge: the factive verbs of Kiparsky & Kiparsky 1970, "Fact"), **neutral** for all others:
    "insist" tells how something is said, not whether the paper believes it. The words stand in
    ``data/verbs.csv``. A negated cue ("did not confirm") is neutral.

    Parameters
    ----------
    cue : str
        As in the column `cue_text`.

    Returns
    -------
    base, attitude : str
        A verb that is in no list keeps the form it is printed in.

    Examples
    --------
    >>> verb("has alleged"), verb("pointed out"), verb("quoted … as saying"), verb("did not confirm")
    (('allege', 'doubting'), ('point', 'endorsing'), ('say', 'neutral'), ('confirm', 'neutral'))
    """
    forms = [form.strip(".,’'`") for form in cue.lower().replace("’", "'").split()]
    if not forms or forms[:2] == ["according", "to"]:
        return cue.lower(), "neutral"
    listed = [form for form in forms if form in _FORMS and form not in _AUXILIARIES]
    if not listed:
        rest = [form for form in forms if form not in _AUXILIARIES] or forms
        cue = next((CUES[form].lemma for form in rest if form in CUES), rest[0])
        return cue, "neutral"
    # In "quoted … as saying" the last verb is the one that brings the words in.
    base, attitude = _FORMS[listed[-1] if GAP.strip() in forms else listed[0]]
    negated = any(form in ("not", "never", "cannot") or form.endswith("n't") for form in forms)
    return base, "neutral" if negated or (base == "point" and "out" not in forms) else attitude


def verbs(attributions: pd.DataFrame) -> pd.DataFrame:
    """Count the verbs that bring words in.

    Parameters
    ----------
    attributions : DataFrame
        Rows of the attributions table; those without a cue, or with a colon for one, take no part.

    Returns
    -------
    DataFrame
        Index `verb`; `attitude` (neutral, doubting, endorsing; see `verb`; the most frequent one of the
        verb's uses) and `attributions`, most frequent first, then in alphabetical order.

    Examples
    --------
    >>> verbs(pd.DataFrame({"cue_text": ["said", "claims", "says"]}))
           attitude  attributions
    verb
    say     neutral             2
    claim  doubting             1
    """
    worded = [cue for cue in attributions["cue_text"].dropna() if any(mark.isalpha() for mark in cue)]
    read = pd.DataFrame([verb(cue) for cue in worded], columns=["verb", "attitude"])
    counted = read.groupby(["verb", "attitude"]).size().rename("attributions").reset_index()
    counted = counted.sort_values(["verb", "attributions", "attitude"], ascending=[True, False, True])
    table = counted.groupby("verb").agg(attitude=("attitude", "first"), attributions=("attributions", "sum"))
    return table.sort_values(["attributions", "verb"], ascending=[False, True])


def diversity(attributions: pd.DataFrame, *, by: str = "article_id") -> pd.DataFrame:
    """Count the voices, and how evenly they share the words.

    The effective number of speakers is exp(H), H = -Σ p ln p (Shannon), where p is a speaker's share of the
    attributions: the number of speakers with equal shares that would be as diverse (Hill's number of order 1;
    Jost 2006, "Entropy and diversity", Oikos 113). Joint speakers share one attribution equally.

    Parameters
    ----------
    attributions : DataFrame
        Rows of the attributions table. Leave out those that are not `counted` to count shared copy once.
    by : str
        A column of it: one row of the result for each of its values.

    Returns
    -------
    DataFrame
        Index `by`, in order of appearance; `attributions` (all), `without_speaker` (nobody can tell who
        speaks, or the source has no name; they take no part in what follows), `speakers` (distinct) and
        `effective_speakers`.

    Examples
    --------
    >>> speakers = ["Lund", "Berg", "Lund; Berg", None, None]
    >>> diversity(pd.DataFrame({"article_id": ["a", "a", "a", "a", "b"], "speaker": speakers}))
                attributions  without_speaker  speakers  effective_speakers
    article_id
    a                      4                1         2                 2.0
    b                      1                1         0                 0.0
    """
    rows = []
    for value, group in attributions.groupby(by, sort=False):
        shares: dict[str, float] = {}
        for speaker in group["speaker"].dropna():
            joint = speaker.split("; ")
            for one in joint:
                shares[one] = shares.get(one, 0) + 1 / len(joint)
        total = sum(shares.values())
        effective = math.exp(-sum(n / total * math.log(n / total) for n in shares.values())) if shares else 0.0
        rows.append((value, len(group), int(group["speaker"].isna().sum()), len(shares), effective))
    columns = [by, "attributions", "without_speaker", "speakers", "effective_speakers"]
    return pd.DataFrame(rows, columns=columns).set_index(by)
