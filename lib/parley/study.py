"""A study: its settings and its tables. Every analysis starts from one of these."""

import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from parley.corpus.articles import as_text, inside, read_articles, summarise, tidy
from parley.corpus.reading import Notes, read_table
from parley.corpus.segments import PROSE, segment_all
from parley.corpus.settings import StudyError, check_settings, did_you_mean, read_settings
from parley.reuse import search_passages
from parley.text.copies import mark_copies
from parley.text.sentences import split
from parley.text.words import count_words


@dataclass(frozen=True)
class Study:
    """The tables of one study; offsets in all of them are characters of the article's raw text.

    Attributes
    ----------
    title, question : str
    settings : dict
        The sections of study.toml.
    folder : Path or None
        Where study.toml is; None for a study made from a table in hand.
    articles : DataFrame
        One row an article: ``article_id, outlet, date, date_basis, credit, place, headline, source_file,
        text``, then all other metadata.
    problems : DataFrame
        What was odd about the input: ``problem, count, first, remedy``.
    corrections : DataFrame or None
        Where the rules for segments are overruled by hand: ``article_id, kind, passage``.
    """

    title: str
    question: str
    settings: dict
    folder: Path | None
    articles: pd.DataFrame
    problems: pd.DataFrame
    corrections: pd.DataFrame | None = None
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returns, made once for this study and kept under `name`."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @property
    def segments(self) -> pd.DataFrame:
        """Every character of every text, in exactly one row: ``article_id, kind, start, end, text``."""
        return self.kept("segments", lambda: segment_all(self.articles, self.corrections))

    @property
    def prose(self) -> pd.DataFrame:
        """The segments that are read: headline, standfirst, caption and body."""
        return self.segments[self.segments["kind"].isin(PROSE)]

    @property
    def sentences(self) -> pd.DataFrame:
        """All sentences: ``article_id, kind, paragraph, start, end, text, counted, left_out``.

        ``paragraph`` numbers the article's segments that are not blank, from 0. ``left_out`` says why a
        sentence is not counted: ``furniture`` (also credits and datelines), ``repeat``, ``shared`` (copy that
        another article of the same group contributes), else missing.
        """
        return self.kept("sentences", lambda: _count(self, _sentences(self.segments)))

    @property
    def passages(self) -> pd.DataFrame:
        """The passages that different articles have in common, as `parley.reuse.shared_passages` gives them."""
        return self.kept("shared_passages", lambda: search_passages(self))

    def term_counts(self, ngrams: tuple[int, int]):
        """The occurrences of terms in every sentence, as `parley.contrast.counting.count_sentences` counts them."""
        from parley.contrast.counting import count_sentences

        return self.kept(f"terms {ngrams}", lambda: count_sentences(self.sentences, ngrams))

    @property
    def attributions(self) -> pd.DataFrame:
        """Who says what, as `parley.sourcing.attributions` gives it."""
        from parley.sourcing import attributions

        return attributions(self)

    @property
    def mentions(self) -> pd.DataFrame:
        """Every keyword mention, as `parley.stance.mentions` gives it."""
        from parley.stance import mentions

        return mentions(self)

    @property
    def words(self) -> pd.Series:
        """The number of words of every row of ``sentences``, counted by :func:`parley.text.words.words`."""
        return self.kept("words", lambda: count_words(self.sentences["text"]))

    @property
    def by(self) -> str | None:
        """The metadata column that groups the articles, if the study names one."""
        return self.settings.get("contrast", {}).get("by")

    @property
    def groups(self) -> pd.Series:
        """The group of each article, by ``article_id``; one group for all where the study names no column."""
        group = self.articles[self.by] if self.by else pd.Series("all", index=self.articles.index)
        return group.set_axis(self.articles["article_id"])

    @property
    def order(self) -> list[str]:
        """Article ids by date, those without one last: the first of them contributes shared copy."""
        return self.articles.sort_values(["date", "article_id"], na_position="last")["article_id"].tolist()


def load_study(path: str | os.PathLike | None = None) -> Study:
    """The study that a study.toml describes.

    Parameters
    ----------
    path
        A study.toml, or the folder that holds it; else the environment variable ``PARLEY_STUDY``; else the
        nearest ``corpus/study.toml`` from the working directory upward.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The study cannot be read as it stands; the message names file, place, expectation and remedy.

    Warns
    -----
    UserWarning
        Once for all that is odd and was lived with; the same is in ``study.problems``.
    """
    path = _find(path)
    settings = read_settings(path)
    articles, problems = read_articles(settings, path.parent)
    corrections = _read_corrections(settings["articles"].get("segments"), path.parent)
    return _make(articles, problems, settings, path.parent, str(path), corrections)


def study_from_table(frame: pd.DataFrame, **settings: Any) -> Study:
    """A study from a table in hand.

    Parameters
    ----------
    frame
        One row an article, with ``text`` and, if you have them, ``article_id``, ``outlet``, ``date`` and
        other metadata.
    **settings
        The sections of study.toml as dicts (``keywords``, ``sides``, ``contrast``), and ``title`` and
        ``question``. A section ``articles`` is not looked at: the frame takes its place.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        As for :func:`load_study`.

    Examples
    --------
    >>> study = study_from_table(pd.DataFrame({"text": ["A first sentence. A second one."]}))
    >>> study.sentences["text"].tolist()
    ['A first sentence.', 'A second one.']
    """
    settings = check_settings({name: value for name, value in settings.items() if name != "articles"}, "settings")
    if "text" not in frame:
        raise StudyError(f"the table: expected a column 'text'; {did_you_mean('text', map(str, frame.columns))}")
    problems: Notes = []
    articles = tidy(frame.copy(), problems)
    return _make(articles, problems, settings, None, "settings")


def _find(path: str | os.PathLike | None) -> Path:
    given = path or os.environ.get("PARLEY_STUDY")
    if given:
        given = Path(given)
        return given / "study.toml" if given.is_dir() else given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "corpus" / "study.toml").is_file():
            return folder / "corpus" / "study.toml"
    raise StudyError(
        f"no corpus/study.toml in {here} or any folder above it; name one, as in "
        "load_study('path/to/study.toml'), "
        "or set PARLEY_STUDY."
    )


def _read_corrections(name: str | None, folder: Path) -> pd.DataFrame | None:
    if not name:
        return None
    table, _ = read_table(inside(folder, name), name=name, may_be_empty=True)
    for column in ("article_id", "kind", "passage"):
        if column not in table:
            raise StudyError(f"{name}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
    return table


def _make(
    articles: pd.DataFrame, problems: Notes, settings: dict, folder: Path | None, where: str,
    corrections: pd.DataFrame | None = None,
) -> Study:  # fmt: skip
    contrast = settings.get("contrast", {})
    if by := contrast.get("by"):
        if by not in articles:
            raise StudyError(
                f"{where}: [contrast] by: no article has a column {by!r}; {did_you_mean(by, articles.columns)}"
            )
        if by in ("article_id", "date", "text"):
            raise StudyError(
                f"{where}: [contrast] by: {by!r} is no group; name a column such as the outlet or the year."
            )
        articles[by] = as_text(articles[by]).str.strip().replace("", pd.NA)
        found = sorted(articles[by].dropna().unique())
        for group in contrast.get("groups", []):
            if group not in found:
                shown = ", ".join(found[:20]) + (", …" if len(found) > 20 else "")
                raise StudyError(
                    f"{where}: [contrast] groups: no article has {by} = {group!r}; the articles have {shown or 'none'}."
                )
    summary = summarise(problems)
    if len(summary):
        lines = [f"{row.problem} ({row.count}: {row.first}); {row.remedy}" for row in summary.itertuples(index=False)]
        warnings.warn("read with problems, see study.problems:\n  " + "\n  ".join(lines), UserWarning, stacklevel=3)
    return Study(settings["title"], settings["question"], settings, folder, articles, summary, corrections)


def _sentences(segments: pd.DataFrame) -> pd.DataFrame:
    """Sentences of all segments that are not blank; a segment that is no prose is one row."""
    rows = []
    written = segments[segments["kind"] != "blank"]
    paragraph = written.groupby("article_id").cumcount()
    parts = zip(written.itertuples(index=False), paragraph, strict=True)
    for part, number in tqdm(parts, "sentences", len(written), disable=None, leave=False):
        spans = split(part.text) if part.kind in (*PROSE, "repeat") else [(0, len(part.text))]
        rows += [(part.article_id, part.kind, number, part.start + a, part.start + b, part.text[a:b]) for a, b in spans]
    columns = (
        {"article_id": "str", "kind": "str"} | dict.fromkeys(["paragraph", "start", "end"], "int64") | {"text": "str"}
    )
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _count(study: Study, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences with ``counted`` and ``left_out``."""
    left_out = pd.Series(pd.NA, index=sentences.index, dtype="string")
    left_out[sentences["kind"].isin(["furniture", "credit", "dateline"])] = "furniture"
    left_out[sentences["kind"] == "repeat"] = "repeat"
    copies = mark_copies(sentences, study.passages, study.order, study.groups)
    left_out[copies & left_out.isna()] = "shared"
    return sentences.assign(counted=left_out.isna(), left_out=left_out)
