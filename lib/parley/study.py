"""A study: its settings and its tables. Every analysis starts from one of these."""

import copy
import os
import warnings
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from tqdm import tqdm

from parley.contrast.counting import count_sentences
from parley.corpus.articles import as_text, check_by, inside, read_articles, summarise, tidy
from parley.corpus.corrections import apply_corrections, meant_for, read_corrections
from parley.corpus.reading import Notes, as_table, read_table
from parley.corpus.segments import PROSE, segment_all
from parley.corpus.settings import StudyError, check_settings, did_you_mean, read_only, read_settings
from parley.corpus.versions import find_versions, in_order, mark_again
from parley.keywords.aside import COLUMNS as ASIDE
from parley.keywords.aside import leave_aside
from parley.keywords.matching import find_mentions
from parley.read import sentences_in
from parley.sourcing.table import COLUMNS as ATTRIBUTIONS
from parley.sourcing.table import attributions_in, begins, still_nested
from parley.stance.table import COLUMNS as MENTIONS
from parley.stance.table import mentions_in
from parley.text.copies import SHORTEST, find_passages, mark_copies
from parley.text.words import Word, count_words, words

# What each table is made from. When one is replaced, those made from it are made anew, and no others.
MADE_FROM = {
    "segments": {"articles"},
    "all_sentences": {"segments"},
    "words": {"all_sentences", "tokenise"},
    "passages": {"segments", "tokenise"},
    "versions": {"passages", "words"},
    "left_out": {"all_sentences", "passages", "versions", "contrast"},
    "sentences": {"all_sentences", "left_out"},
    "corrections": {"sides"},
    "read_attributions": {"segments", "sides"},
    "all_attributions": {"read_attributions", "corrections"},
    "attributions": {"all_attributions", "sentences"},
    "all_mentions": {"all_attributions", "keywords", "sides"},
    "mentions": {"all_mentions", "sentences"},
    "term_counts": {"all_sentences", "tokenise"},
}
ROW = r"-[ak]\d+[a-z]*$"  # what follows the article's id in the name of a row
SENTENCES = {"article_id": "str", "kind": "str", "paragraph": "int64", "start": "int64", "end": "int64", "text": "str"}


def table(make: Callable[["Study"], Any]) -> property:
    """A table made when it is first asked for, and handed out as a copy, so that changes in it stay the reader's."""

    def hand_out(study: "Study") -> Any:
        if make.__name__ not in study._made:
            study._made[make.__name__] = make(study)
        return study._made[make.__name__].copy(deep=False)

    return property(hand_out, doc=make.__doc__)


class Study:
    """The tables of one study; offsets in all of them are characters of the article's raw text.

    Tables are made when they are first asked for, once. Settings are read-only; `with_keywords` gives a new study.

    Attributes
    ----------
    title, question : str
    folder : Path or None
        Where study.toml is; None for a study made from a table in hand.
    tokenise : function from a text to its words
        What is counted as a word, `parley.text.words.words`.
    codings : list of str, or None
        The codings to compare with, in place of all that stand beside the texts.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        settings: Mapping,
        *,
        folder: Path | None = None,
        problems: pd.DataFrame | None = None,
        overruled: pd.DataFrame | None = None,
        left_aside: pd.DataFrame | None = None,
    ) -> None:
        self.folder, self.title, self.question = folder, settings["title"], settings["question"]
        self.tokenise: Callable[[str], list[Word]] = words
        self.codings: list[str] | None = None
        aside = pd.DataFrame(columns=ASIDE) if left_aside is None else left_aside
        # Also of articles that are left aside, or left out later.
        self.article_ids = frozenset(articles["article_id"]) | frozenset(aside["article_id"])
        self._settings, self._overruled = read_only(settings), overruled
        problems = summarise([]) if problems is None else problems
        self._made = {"articles": articles, "problems": problems, "left_aside": aside}
        self._given: frozenset[str] = frozenset()  # tables that were put in the place of those made here
        self._answers: dict[tuple, Any] = {}

    def __repr__(self) -> str:
        return f"Study({self.title!r}, {len(self.articles):,} articles)"

    @property
    def settings(self) -> Mapping:
        """The sections of study.toml, for reading only."""
        return self._settings

    @table
    def problems(self) -> pd.DataFrame:
        """What was odd about the input: ``problem, count, first, remedy``."""

    @table
    def left_aside(self) -> pd.DataFrame:
        """The articles that take no part: ``article_id, outlet, date, headline, reason``."""

    @table
    def articles(self) -> pd.DataFrame:
        """One row an article: ``article_id, outlet, date, date_basis, credit, place, headline, source_file, text``, more."""

    @table
    def segments(self) -> pd.DataFrame:
        """Every character of every text, in exactly one row: ``article_id, kind, start, end, text``."""
        return segment_all(self.articles, self._overruled)

    @property
    def prose(self) -> pd.DataFrame:
        """The segments that are read: headline, standfirst, caption and body."""
        segments = self.segments
        return segments[segments["kind"].isin(PROSE)]

    @table
    def all_sentences(self) -> pd.DataFrame:
        """The sentences before any is left out of counts: ``article_id, kind, paragraph, start, end, text``."""
        segments, rows = _by_article(self.segments, "kind", "start", "end"), []
        for article_id, text in self._texts("sentences"):
            found = sentences_in(text, segments.get(article_id, []))
            rows += [(article_id, *sentence, text[sentence[2] : sentence[3]]) for sentence in found]
        return as_table(rows, SENTENCES)

    @table
    def words(self) -> pd.Series:
        """The number of words of every row of ``sentences``."""
        return count_words(self.all_sentences["text"], tokenise=self.tokenise)

    @table
    def passages(self) -> pd.DataFrame:
        """The passages that different articles have in common: see `parley.reuse.shared_passages`."""
        return self.find_passages()

    def find_passages(self, *, shortest: int = SHORTEST) -> pd.DataFrame:
        """The shared passages, with another number of agreeing words that make one."""
        texts, spans = dict(self._texts()), _by_article(self.prose, "start", "end")
        printings = {article_id: (texts[article_id], spans.get(article_id, [])) for article_id in self.order}
        return find_passages(printings, shortest=shortest, tokenise=self.tokenise)

    @table
    def versions(self) -> pd.DataFrame:
        """Articles of one outlet that are earlier ones again: see `parley.corpus.versions.find_versions`."""
        prose = self.all_sentences["kind"].isin(PROSE)
        lengths = self.words[prose].groupby(self.all_sentences["article_id"]).sum()
        return find_versions(self.articles, self.passages, lengths.reindex(self.order, fill_value=0))

    @table
    def left_out(self) -> pd.Series:
        """Why each sentence is left out of counts, as in ``sentences``; missing where it counts."""
        sentences = self.all_sentences
        reasons = {"furniture": "furniture", "credit": "furniture", "dateline": "furniture", "repeat": "repeat"}
        left_out = sentences["kind"].map(reasons).astype("string")
        copies = mark_copies(sentences, self.passages, self.order, self.groups)
        copies |= mark_again(sentences, self.versions, self.groups)
        return left_out.mask(copies & left_out.isna(), "shared")

    @table
    def sentences(self) -> pd.DataFrame:
        """All sentences: ``article_id, kind, paragraph, start, end, text, counted, left_out``.

        ``paragraph`` numbers the article's segments that are not blank, from 0. ``left_out`` says why a sentence is
        not counted: ``furniture`` (also credits and datelines), ``repeat``, ``shared`` (copy that another article of
        the same group contributes), else missing.
        """
        return self.all_sentences.assign(counted=self.left_out.isna(), left_out=self.left_out)

    @table
    def corrections(self) -> pd.DataFrame:
        """Where a reader corrected rows of attributions or mentions: ``row, column, value, reason``."""
        found = read_corrections(self.folder, self.settings.get("sides", {}))
        article = found["row"].astype("str").str.replace(ROW, "", regex=True)
        return found[~article.isin(self.left_aside["article_id"])].reset_index(drop=True)

    @table
    def read_attributions(self) -> pd.DataFrame:
        """The attributions as the rules read them, before any correction, without ``counted``."""
        segments, rows = _by_article(self.segments, "kind", "start", "end"), []
        for article_id, text in self._texts("attributions"):
            rows += attributions_in(article_id, text, segments.get(article_id, []), self.settings)
        return as_table(rows, _uncounted(ATTRIBUTIONS))

    @table
    def all_attributions(self) -> pd.DataFrame:
        """The attributions as corrected, without ``counted``."""
        found = apply_corrections(self.corrections, self.read_attributions, "attributions")
        return found.assign(nested=still_nested(found)) if found.attrs["corrected"] else found

    @table
    def attributions(self) -> pd.DataFrame:
        """Who says what: see `parley.sourcing.attributions`."""
        found = self.all_attributions
        return found.assign(counted=counted_at(self.sentences, found["article_id"], begins(found)))[[*ATTRIBUTIONS]]

    @table
    def all_mentions(self) -> pd.DataFrame:
        """The keyword mentions as corrected, without ``counted``."""
        return apply_corrections(self.corrections, self._read_mentions(), "mentions")

    def _read_mentions(self, only: Container[str] | None = None) -> pd.DataFrame:
        segments = _by_article(self.segments, "kind", "start", "end")
        sentences = _by_article(self.all_sentences, "kind", "paragraph", "start", "end")
        said = self.all_attributions
        said = {name: rows.to_dict("records") for name, rows in said.groupby("article_id", sort=False)}
        rows = []
        for name, text in self._texts("mentions"):
            if only is not None and name not in only:
                continue
            parts = segments.get(name, []), sentences.get(name, []), said.get(name, [])
            rows += mentions_in(name, text, *parts, self.settings)
        return as_table(rows, _uncounted(MENTIONS))

    @table
    def mentions(self) -> pd.DataFrame:
        """Every keyword mention: see `parley.stance.mentions`. Without keywords there is none."""
        found = self.all_mentions
        return found.assign(counted=counted_at(self.sentences, found["article_id"], found["start"]))[[*MENTIONS]]

    def term_counts(self, ngrams: tuple[int, int] = (1, 1)) -> tuple[csr_array, list[str]]:
        """How often each sentence has each term of so many words, and the terms."""
        counted = self._made.setdefault("term_counts", {})
        if ngrams not in counted:
            counted[ngrams] = count_sentences(self.all_sentences, ngrams, tokenise=self.tokenise)
        return counted[ngrams]

    @property
    def by(self) -> str | None:
        """The metadata column that groups the articles, if the study names one."""
        return self.settings.get("contrast", {}).get("by")

    @property
    def groups(self) -> pd.Series:
        """The group of each article, by ``article_id``; one group for all where the study names no column."""
        articles = self.articles
        group = articles[self.by] if self.by else pd.Series("all", index=articles.index)
        return group.set_axis(articles["article_id"])

    @property
    def order(self) -> list[str]:
        """Article ids in order of time, those without a date last: the first of them contributes shared copy."""
        return in_order(self.articles)

    def _texts(self, doing: str | None = None) -> Iterable[tuple[str, str]]:
        """Article ids and texts, with a progress bar in a terminal where it is said what is done with them."""
        texts = list(zip(self.articles["article_id"], self.articles["text"], strict=True))
        return tqdm(texts, doing, disable=None, leave=False) if doing else texts

    def once(self, ask: Callable, *more: Any) -> Any:
        """What a function of this study returns, computed once."""
        if (ask, *more) not in self._answers:
            self._answers[(ask, *more)] = ask(self, *more)
        return self._answers[(ask, *more)]

    def but(self, **changed: Any) -> "Study":
        """This study with other settings, words, codings or tables; what is made from them is made anew."""
        if unknown := {*changed} - {*MADE_FROM, "settings", "tokenise", "codings"}:
            raise TypeError(f"a study has no {', '.join(sorted(unknown))} that could be replaced")
        other = self._copy()
        stale = {*changed}
        if "settings" in changed:
            old, new = self.settings, changed.pop("settings")
            other._settings = read_only(new)
            stale |= {section for section in {*old, *new} if old.get(section) != new.get(section)}
        for name in {"tokenise", "codings"} & {*changed}:
            setattr(other, name, changed.pop(name))
        other._given |= {*changed}
        made_from_stale = True
        while made_from_stale:
            made_from_stale = {name for name, sources in MADE_FROM.items() if sources & stale} - stale - other._given
            stale |= made_from_stale
        kept = {name: made for name, made in self._made.items() if name not in stale}
        other._made = kept | {name: made.copy(deep=False) for name, made in changed.items()}
        return other

    def _copy(self) -> "Study":
        """This study, with nothing answered."""
        other = copy.copy(self)
        other._answers = {}
        return other

    def of_articles(self, ids: Iterable[str]) -> "Study":
        """The study without the other articles; what they alone shared with one of these counts again."""
        ids, own, other = set(ids), self.all_sentences["article_id"].isin(set(ids)).to_numpy(), self._copy()
        other._made = {name: self._made[name] for name in ("problems", "left_aside")}
        by_article = {"articles", "segments", "all_sentences", "read_attributions", "all_attributions", "all_mentions"}
        for name in (by_article | self._given) & {*self._made} - {"left_out", "passages", "corrections"}:
            other._made[name] = _of_articles(self._made[name], ids)
        for name in {"words"} | self._given & {"left_out"}:
            if name in self._made:
                other._made[name] = self._made[name][own].reset_index(drop=True)
        passages, corrections = self.passages, self.corrections
        both = passages["article_a"].isin(ids) & passages["article_b"].isin(ids)
        other._made["passages"] = passages[both].reset_index(drop=True)
        own_rows = corrections["row"].str.replace(ROW, "", regex=True).isin(ids)
        other._made["corrections"] = corrections[own_rows].reset_index(drop=True)
        for name in ("attributions", "mentions"):
            if (read := other._made.get(f"all_{name}")) is not None:
                read.attrs["corrected"] = meant_for(other._made["corrections"], name)["row"].nunique()
        counted = self._made.get("term_counts", {})
        other._made["term_counts"] = {n: (matrix[own.nonzero()[0]], terms) for n, (matrix, terms) in counted.items()}
        return other

    def as_read(self) -> "Study":
        """The study as the rules read it, before a reader's corrections: what the rules are scored by."""
        return self if self.corrections.empty else self.once(_without_corrections)

    def with_keywords(self, **families: Iterable[str]) -> "Study":
        """The study with other keywords; only articles that have one of the words changed are read again.

        Parameters
        ----------
        **families : list of str
            Terms by family: a new family, or other terms for one that there is.

        Raises
        ------
        StudyError
            A family has no terms, or one that is no word.

        Examples
        --------
        >>> study = study_from_table(pd.DataFrame({"text": ["They fear a strike."]}), keywords={"pause": ["truce"]})
        >>> study.with_keywords(conflict=["strike"]).mentions["family"].tolist()
        ['conflict']
        """
        old = self.settings.get("keywords", {})
        families = {family: terms if isinstance(terms, str) else list(terms) for family, terms in families.items()}
        check_settings({"keywords": families}, "with_keywords")
        changed = {family: sorted({*old.get(family, ())} ^ {*terms}) for family, terms in families.items()}
        changed = {family: terms for family, terms in changed.items() if terms}
        study = self.but(settings={**self.settings, "keywords": {**old, **families}})
        before, again = self.all_mentions, {name for name, text in self._texts() if find_mentions(text, changed)}
        read = study._read_mentions(again)
        corrections = self.corrections[self.corrections["row"].isin(read["mention_id"])].reset_index(drop=True)
        same = before[~before["article_id"].isin(again)]
        found = pd.concat([same, apply_corrections(corrections, read, "mentions")], ignore_index=True)
        place = found["article_id"].map({name: n for n, (name, _) in enumerate(self._texts())})
        found = found.iloc[np.lexsort((found["start"], place))].reset_index(drop=True)
        study._made["all_mentions"] = found
        return study


def _without_corrections(study: Study) -> Study:
    return study.but(corrections=study.corrections[:0])


def _uncounted(types: Mapping[str, str]) -> dict[str, str]:
    return {name: kind for name, kind in types.items() if name != "counted"}


def _of_articles(table: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    return table[table["article_id"].isin(ids)].reset_index(drop=True)


def _by_article(table: pd.DataFrame, *columns: str) -> dict[str, list[tuple]]:
    """Some columns of a table as tuples, by article."""
    grouped = table.groupby("article_id", sort=False)
    return {name: list(zip(*(rows[column].tolist() for column in columns), strict=True)) for name, rows in grouped}


def counted_at(sentences: pd.DataFrame, article_ids: pd.Series, offsets: pd.Series) -> pd.Series:
    """Whether the sentence at each offset is counted; False where no sentence is.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20], "counted": [True, False]})
    >>> counted_at(sentences, pd.Series(["a", "a"]), pd.Series([3, 12])).tolist()
    [True, False]
    """
    places = pd.DataFrame({"article_id": article_ids.astype("str"), "at": offsets.astype("int64")})
    starts = sentences[["article_id", "start", "end", "counted"]].astype({"article_id": "str"}).sort_values("start")
    places = places.sort_values("at", kind="stable").rename_axis("row").reset_index()
    found = pd.merge_asof(places, starts, left_on="at", right_on="start", by="article_id")
    counted = found["counted"].fillna(False).astype(bool) & (found["at"] < found["end"])
    return counted.set_axis(found["row"]).reindex(article_ids.index)


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
    overruled = _read_overruled(settings["articles"].get("segments"), path.parent)
    return _make(articles, problems, settings, path.parent, str(path), overruled)


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


def _read_overruled(name: str | None, folder: Path) -> pd.DataFrame | None:
    if not name:
        return None
    table, _ = read_table(inside(folder, name), name=name, may_be_empty=True)
    for column in ("article_id", "kind", "passage"):
        if column not in table:
            raise StudyError(f"{name}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
    return table


def _make(
    articles: pd.DataFrame, problems: Notes, settings: dict, folder: Path | None, where: str,
    overruled: pd.DataFrame | None = None,
) -> Study:  # fmt: skip
    check_by(settings, articles.columns, where)
    articles, aside = leave_aside(articles, settings.get("articles", {}).get("about", ()), overruled, where)
    if overruled is not None:
        overruled = overruled[~overruled["article_id"].isin(aside["article_id"])]
    contrast = settings.get("contrast", {})
    if by := contrast.get("by"):
        if by in ("article_id", "date", "text"):
            raise StudyError(
                f"{where}: [contrast] by: {by!r} is no group; name a column such as the outlet or the year."
            )
        articles[by] = as_text(articles[by]).str.strip().replace("", pd.NA)
        found = sorted(articles[by].dropna().unique())
        settings = {**settings, "contrast": {"groups": found, **contrast}}
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
    remedy = "they take no part in anything; study.left_aside has all of them"
    problems = problems + [
        (f"left aside: {reason}", name, remedy)
        for name, reason in zip(aside["article_id"], aside["reason"], strict=True)
    ]
    return Study(articles, settings, folder=folder, problems=summarise(problems), overruled=overruled, left_aside=aside)
