"""A study: its settings and its tables. Every analysis starts from one of these."""

import copy
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from parley.contrast.counting import count_sentences
from parley.corpus.articles import as_text, summarise
from parley.corpus.codebook import describes
from parley.corpus.corrections import apply_corrections, meant_for, read_corrections
from parley.corpus.cuts import cut
from parley.corpus.labels import article_names
from parley.corpus.places import ARTICLE, NOT_STATED, placed, voiced
from parley.corpus.reading import ByArticle, handed_out
from parley.corpus.segments import PROSE, overruled_by_article
from parley.corpus.settings import StudyError, check_settings, did_you_mean, read_only
from parley.corpus.versions import find_versions, in_order, mark_again
from parley.keywords.aside import COLUMNS as ASIDE
from parley.keywords.matching import find_mentions, forms_of
from parley.read import ALONE, PARTS, TEXT, VOICES, Article, joined, let_go, read_all
from parley.sourcing.table import COLUMNS as ATTRIBUTIONS
from parley.sourcing.table import begins, prose_of, still_nested
from parley.stance.table import COLUMNS as MENTIONS
from parley.store import Store, digest, key
from parley.text.collecting import uncollected
from parley.text.copies import FEWEST, SHORTEST, Places, Reads, align, longer, mark_copies, word_places
from parley.text.forms import Word, words
from parley.text.phrases import number
from parley.text.quotations import quotation_spans

# What each table is made from. When one is replaced, those made from it are made anew, and no others.
MADE_FROM = {
    "article_names": {"articles"},
    "segments": {"articles"},
    "all_sentences": {"segments"},
    "words": {"all_sentences", "tokenise"},
    "quoted_words": {"all_sentences", "tokenise"},
    "tokens": {"all_sentences", "tokenise"},
    "places": {"all_sentences"},
    "aligned": {"segments", "tokens"},
    "passages": {"aligned"},
    "versions": {"passages", "words"},
    "left_out": {"all_sentences", "passages", "versions", "contrast"},
    "sentences": {"all_sentences", "left_out", "words", "quoted_words"},
    "corrections": {"sides"},
    "read_attributions": {"segments", "sides", "articles"},
    "all_attributions": {"read_attributions", "corrections"},
    "attributions": {"all_attributions", "sentences"},
    "read_mentions": {"all_sentences", "read_attributions", "keywords", "sides"},
    "all_mentions": {"read_mentions", "all_attributions"},
    "mentions": {"all_mentions", "sentences"},
    "term_counts": {"tokens"},
}
TABLES = ["articles", "attributions", "mentions", "passages", "problems", "segments", "sentences", "versions"]
# What a reader looks for behind a study; what else there is, other parts of the library ask for.
PUBLIC = ["corrections", "folder", "groups", "left_aside", "only", "question", "settings", "title"]
PUBLIC += [*TABLES, "with_keywords", "with_sides"]
# The tables that each part of the reading becomes, and what the reading of the others takes of them.
MADE = {
    "segments": ("segments",), "sentences": ("all_sentences", "words", "quoted_words"), "words": ("tokens",),
    "attributions": ("read_attributions",), "mentions": ("read_mentions",),
}  # fmt: skip
KNOWN = {"segments": ("kind", "start", "end"), "sentences": ("kind", "paragraph", "start", "end"), "attributions": ()}
TEXTLESS = {"all_sentences", "sentences"}  # kept without their text, which would be another copy of the articles'
MAKES: dict[str, Callable[["Study"], Any]] = {}  # what makes each table
MANY, FEW = 10_000, 1_000  # rows, and articles, from which on what making a table took is worth giving back
ROW = r"-[ak]\d+[a-z]*$"  # what follows the article's id in the name of a row


def table(make: Callable[["Study"], Any]) -> property:
    """A table made when it is first asked for, and handed out as a copy, so that changes in it stay the reader's."""
    MAKES[make.__name__] = make

    def hand_out(study: "Study") -> Any:
        made = handed_out(study.peek(make.__name__))
        if make.__name__ in TEXTLESS and "text" not in made:
            made.insert(made.columns.get_loc("end") + 1, "text", study.cut(made))
        return made

    return property(hand_out, doc=make.__doc__)


class Made(dict):
    """Tables by name; what is cut out of another study's is cut when it is first asked for."""

    def __getitem__(self, name: Any) -> Any:
        made = super().__getitem__(name)
        if isinstance(made, partial):
            made = self[name] = made()
        return made


class Study:
    """The tables of one study; offsets in all of them are characters of the article's raw text.

    Tables are made when they are first asked for, once, and are handed out as copies. Settings are read-only:
    `with_keywords`, `with_sides` and `only` give new studies, with the same folder and corrections. In a cell a study
    says what it holds and what to call next.

    Attributes
    ----------
    title, question : str
    folder : Path or None
        Where study.toml is; None for a study made from a table in hand.
    tokenise : function from a text to its words
        What is counted as a word, `parley.text.forms.words`.
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
        store: Store | None = None,
    ) -> None:
        self.folder, self.title, self.question = folder, settings["title"], settings["question"]
        self.tokenise: Callable[[str], list[Word]] = words
        self.codings: list[str] | None = None
        aside = pd.DataFrame(columns=ASIDE) if left_aside is None else left_aside
        # Also of articles that are left aside, or left out later.
        self.article_ids = frozenset(articles["article_id"]) | frozenset(aside["article_id"])
        self._settings, self._overruled, self.store = read_only(settings), overruled, store
        problems = summarise([]) if problems is None else problems
        self._made = Made({"articles": articles, "problems": problems, "left_aside": aside})
        self._given: frozenset[str] = frozenset()  # tables that were put in the place of those made here
        self._answers: dict[tuple, Any] = {}
        self.base = self  # the study as it was loaded, from which others were made: what files hold is read for it once

    def __repr__(self) -> str:
        articles, settings = self.articles, self.settings
        groups = self.groups.fillna("no group").value_counts().sort_index()
        by_group = ", ".join(f"{group} ({count:,})" for group, count in groups.head(20).items())
        families = ", ".join(f"{name} ({', '.join(terms)})" for name, terms in settings.get("keywords", {}).items())
        sides = ", ".join(f"{side} ({len(speakers)})" for side, speakers in settings.get("sides", {}).items())
        lines = [
            f"{self.title}: {self.question}" if self.question else self.title,
            number(len(articles), "article").capitalize(),
        ]
        lines[-1] += f" by {self.by}: {by_group}" if self.by else ""
        lines += [f"keywords: {families or 'none; add some with .with_keywords(pause=[…])'}"]
        lines += [f"sides, with their speakers: {sides or 'none; add some with .with_sides(council={…})'}"]
        lines += ["tables: " + ", ".join(f".{name}" for name in TABLES)]
        lines += ["other studies from this one: .only(outlet=…), .with_keywords(…), .with_sides(…); more: help(parley)"]
        return "\n".join(fill(line, 88, subsequent_indent="  ") for line in lines)

    def __dir__(self) -> list[str]:
        return PUBLIC

    @property
    def settings(self) -> Mapping:
        """The sections of study.toml, for reading only."""
        return self._settings

    @table
    @describes("problems")
    def problems(self) -> pd.DataFrame:
        """What was odd about the input, one row a kind of problem. {columns}"""

    @table
    @describes("aside")
    def left_aside(self) -> pd.DataFrame:
        """The articles that take no part in anything. {columns}"""

    @table
    @describes("articles")
    def articles(self) -> pd.DataFrame:
        """One row an article; ``text`` is as it was given. {columns}"""

    @table
    def article_names(self) -> pd.Series:
        """How each article is called: see `parley.corpus.labels.article_names`."""
        return article_names(self.peek("articles"))

    @table
    @describes("segments")
    def segments(self) -> pd.DataFrame:
        """Every character of every text, in exactly one row. {columns}"""
        return self._read("segments")

    @property
    def prose(self) -> pd.DataFrame:
        """The segments that are read: headline, standfirst, caption and body."""
        segments = self.peek("segments")
        return segments[segments["kind"].isin(PROSE)]

    @table
    def all_sentences(self) -> pd.DataFrame:
        """The sentences before any is left out of counts: ``article_id, kind, paragraph, start, end, text``."""
        return self._read("sentences")

    @table
    def words(self) -> pd.Series:
        """The number of words of every row of ``sentences``."""
        return self._read("sentences", "words")

    @table
    def quoted_words(self) -> pd.Series:
        """How many words of every row of ``sentences`` stand in double quotation marks."""
        return self._read("sentences", "quoted_words")

    @table
    def tokens(self) -> pd.DataFrame:
        """All words, ``form, start, size``: as many for each row of ``sentences`` as its ``words`` say."""
        return self._read("words")

    def quoted_places(self) -> dict[str, list[tuple[int, int]]]:
        """Where the prose of each article stands in double quotation marks, marks included."""
        return self.once(_quoted_places)

    @table
    def passages(self) -> pd.DataFrame:
        """The passages that different articles have in common: see `parley.reuse.shared_passages`."""
        return self.find_passages()

    def find_passages(self, *, shortest: int = SHORTEST) -> pd.DataFrame:
        """The shared passages, with another number of agreeing words, ten or more, that make one."""
        return longer(self.peek("aligned"), shortest)

    @property
    def places(self) -> Places:
        """Where all words of ``sentences`` stand, whatever is counted as one."""
        if "places" not in self._made:
            counted = self.tokenise is words
            own = Places(self.peek("words"), self.peek("tokens")["start"].to_numpy()) if counted else None
            self._made["places"] = own or word_places(self.all_sentences)
        return self._made["places"]

    @table
    def aligned(self) -> pd.DataFrame:
        """The shared passages of ten agreeing words or more."""
        base = self.base
        if (
            base is not self
            and self._given <= {"corrections"}
            and self.tokenise is base.tokenise
            and self.order == base.order
        ):
            return base.peek("aligned")  # other keywords or sides find no other copy
        return self.kept("passages", _aligned, made_from=printed)

    @table
    @describes("versions")
    def versions(self) -> pd.DataFrame:
        """Articles that are earlier ones again, whole or changed (`parley.corpus.versions.find_versions`). {columns}"""
        return find_versions(self.articles, self.peek("passages"), self.lengths)

    @property
    def lengths(self) -> pd.Series:
        """How many words of prose each article has, its headline aside."""
        below = self.peek("all_sentences")["kind"].isin(set(PROSE) - {"headline"})
        lengths = self.peek("words")[below].groupby(self.peek("all_sentences")["article_id"]).sum()
        return lengths.reindex(self.order, fill_value=0)

    @table
    def left_out(self) -> pd.Series:
        """Why each sentence is left out of counts, as in ``sentences``; missing where it counts."""
        sentences = self.peek("all_sentences")
        reasons = {"furniture": "furniture", "credit": "furniture", "dateline": "furniture", "repeat": "repeat"}
        codes, kinds = pd.factorize(sentences["kind"])  # a row's own string takes more room than its number
        left_out = pd.Series([*map(reasons.get, kinds), None], dtype="str").take(codes).set_axis(sentences.index)
        copies = mark_copies(sentences, self.peek("passages"), self.order, self.groups, self.places)
        copies |= mark_again(sentences, self.versions, self.groups, self.cut)
        return left_out.mask(copies & left_out.isna(), "shared")

    @table
    @describes("sentences")
    def sentences(self) -> pd.DataFrame:
        """All sentences, those that are left out of counts included. {columns}"""
        left_out = {"counted": self.left_out.isna(), "left_out": self.left_out}
        return self.peek("all_sentences").assign(
            **left_out, words=self.peek("words"), quoted_words=self.peek("quoted_words")
        )

    @table
    def corrections(self) -> pd.DataFrame:
        """Where a reader corrected rows of attributions or mentions: ``row, column, value, reason``."""
        found = read_corrections(self.folder, self.settings.get("sides", {}))
        article = found["row"].astype("str").str.replace(ROW, "", regex=True)
        return found[~article.isin(self.left_aside["article_id"])].reset_index(drop=True)

    @table
    def read_attributions(self) -> pd.DataFrame:
        """The attributions as the rules read them, before any correction, without ``counted``."""
        return self._read("attributions")

    @table
    def all_attributions(self) -> pd.DataFrame:
        """The attributions as corrected, without ``counted``."""
        found = apply_corrections(self.corrections, self.peek("read_attributions"), "attributions")
        return found.assign(nested=still_nested(found)) if found.attrs["corrected"] else found

    @table
    def attributions(self) -> pd.DataFrame:
        """Who says what: see `parley.sourcing.attributions`."""
        found = self.peek("all_attributions")
        found = voiced(placed(found, begins(found), self.peek("sentences"), self.peek("articles")), "speaker", "side")
        return found[[*ATTRIBUTIONS]]

    @table
    def read_mentions(self) -> pd.DataFrame:
        """The keyword mentions as the rules read them, before any correction of them or of attributions."""
        return self._read("mentions")

    @table
    def all_mentions(self) -> pd.DataFrame:
        """The keyword mentions as corrected, without ``counted``."""
        again = set(meant_for(self.corrections, "attributions")["row"].str.replace(ROW, "", regex=True))
        if "all_attributions" in self._given:
            again = set(self.order)
        read = self.peek("read_mentions")
        read = self._read_again(read, again, self.peek("all_attributions")) if again else read
        return apply_corrections(self.corrections, read, "mentions")

    def _read_again(self, mentions: pd.DataFrame, again: Container[str], said: pd.DataFrame) -> pd.DataFrame:
        """The mentions, read again in some articles, where the attributions are those given."""
        known = {part: ByArticle(self.peek(MADE[part][0]), *KNOWN[part]) for part in TEXT if part in KNOWN}
        known["attributions"] = ByArticle(said)
        read = read_all(self._articles(again), self.settings, ["mentions"], known, total=len(again))
        pieces = [one["mentions"] for one in read]
        same = mentions[~mentions["article_id"].isin(again)]
        found = pd.concat([same, *(piece.table for piece in pieces)], ignore_index=True)
        place = found["article_id"].map({article: n for n, article in enumerate(self.articles["article_id"])})
        return found.iloc[np.lexsort((found["start"], place))].reset_index(drop=True)

    @table
    def mentions(self) -> pd.DataFrame:
        """Every keyword mention: see `parley.stance.mentions`. Without keywords there is none."""
        found = self.peek("all_mentions")
        found = placed(found, found["start"], self.peek("sentences"), self.peek("articles"))
        found = voiced(found, "holder", "side", narrated=found["holder"] == ARTICLE)
        narrated = found["attribution_id"].isna() & ~found["quoted"]
        found = voiced(found, "speaker", "speaker_side", narrated=narrated)
        return found[[*MENTIONS]]

    def term_counts(
        self, ngrams: tuple[int, int] = (1, 1), wanted: Callable[[str], bool] | None = None
    ) -> tuple[csr_array, list[str]]:
        """How often each sentence has each term of so many words, of all of which `wanted` holds, and the terms."""
        self._made.setdefault("term_counts", {})
        counted, asked = self._made["term_counts"], (ngrams, wanted)
        if asked not in counted:
            prose = self.peek("all_sentences")["kind"].isin([*PROSE, "repeat"])
            forms = self.peek("tokens")["form"].array
            counted[asked] = count_sentences(forms, self.peek("words"), prose, ngrams, wanted)
            let_go()
        return counted[asked]

    @property
    def by(self) -> str | None:
        """The metadata column that groups the articles, if the study names one."""
        return self.settings.get("contrast", {}).get("by")

    @property
    def groups(self) -> pd.Series:
        """The group of each article, by ``article_id``; one group for all where the study names no column."""
        articles = self.peek("articles")
        group = articles[self.by] if self.by else pd.Series("all", index=articles.index)
        return group.set_axis(articles["article_id"])

    @property
    def order(self) -> list[str]:
        """Article ids in order of time, those without a date last: the first of them contributes shared copy."""
        return in_order(self.peek("articles"))

    def _texts(self) -> Iterable[tuple[str, str]]:
        """Article ids and texts, one after the other."""
        return zip(*(self.peek("articles")[name] for name in ("article_id", "text")), strict=True)

    def _articles(self, ids: Container[str] | None = None) -> Iterator[Article]:
        """The articles as they are read, or some of them, one after the other."""
        return _articles(self, ids)

    def _read(self, part: str, name: str | None = None) -> pd.DataFrame | pd.Series:
        """A part of the reading, with what else is not known yet: each article is read once, or taken from the store."""
        made = {one for one in PARTS if self._made.keys() >= {*MADE[one]}}
        parts = [one for one in PARTS if one not in made and (one in TEXT or part in VOICES)]
        order, store, keys = self.peek("articles")["article_id"].tolist(), self.store, {}
        if self._given & {name for names in MADE.values() for name in names} or self.tokenise is not words:
            store = None
        more = []
        if store:
            keys = self.once(_keys)
            # What takes long is read once for all that will be asked of it.
            if self.peek("articles")["text"].str.len().sum() > ALONE and store.works():
                more = [one for one in PARTS if one not in made and one not in parts]
        pieces = {one: store.kept(one, self.settings, keys) if store else [] for one in parts}
        have = {one: {name for piece in own for name in piece.article_ids} for one, own in pieces.items()}
        lacking: dict[tuple[str, ...], set[str]] = {}
        for article_id in order:
            lacking.setdefault(tuple(one for one in parts if article_id not in have[one]), set()).add(article_id)
        lacking.pop((), None)
        for lacks, own in lacking.items():
            tables = {one: self.peek(MADE[one][0]) for one in KNOWN if self._made.keys() >= {MADE[one][0]}}
            for one in {*KNOWN} & {*parts} - {*lacks}:
                tables[one] = pd.concat([piece.table for piece in pieces[one]], ignore_index=True)
            known = {one: ByArticle(table, *KNOWN[one]) for one, table in tables.items()}
            wanted = [*lacks, *more]
            for read in read_all(self._articles(own), self.settings, wanted, known, self.tokenise, len(own)):
                for one, piece in read.items():
                    if one in pieces:
                        pieces[one].append(piece)
                    if store:
                        store.keep(one, self.settings, keys, piece)
        if store and lacking and self.article_ids <= {*keys, *self.left_aside["article_id"]}:
            for one in parts:
                store.tidy(one, self.settings, keys)
        for one in parts:
            self._enter(one, joined(one, pieces.pop(one), order))
            let_go()
        return self._made[name or MADE[part][0]]

    def _enter(self, part: str, table: pd.DataFrame) -> None:
        """Put a part that was read among the tables, segments with their text; what was known stays."""
        made = {name: table.pop(name).rename(None) for name in MADE[part][1:]}
        if part == "segments":  # which share the memory of the articles
            table["text"] = self.cut(table)
        self._made = Made(made | {MADE[part][0]: table} | self._made)

    def cut(self, rows: pd.DataFrame) -> pd.Series:
        """The texts of rows, ``article_id, start, end``."""
        return rows["text"] if "text" in rows else cut(self.peek("articles"), rows)

    def peek(self, name: str) -> Any:
        """A table for the library's own use, which changes nothing in it.

        Sentences are without their text (`cut` gives it), lists of places and edits packed (`text.cells`),
        unless the table was given with them.
        """
        if name not in MAKES:
            return getattr(self, name)
        if name not in self._made:
            with uncollected():
                made = self._made[name] = MAKES[name](self)
            if len(made) > MANY:
                let_go()
        return self._made[name]

    def kept(
        self,
        name: str,
        make: Callable[["Study"], pd.DataFrame],
        *about: Any,
        made_from: Callable[["Study"], list] | None = None,
    ) -> pd.DataFrame:
        """The table that a function of this study returns, made once; if the study is as it was loaded, from the store.

        `about` is what else the table depends on, `made_from` gives what it depends on if that is not all of a study.
        """
        asked = ("kept", name, digest(about))
        if asked not in self._answers:
            store = self.store if self.base is self else None
            by = [self.once(made_from or _everything), about] if store else []
            found = store.result(name, by) if store else None
            if found is None:
                found = make(self)
                if store:
                    store.keep_result(name, by, found)
            if len(self.peek("articles")) > FEW:
                let_go()
            self._answers[asked] = found
        return self._answers[asked]

    def lacking(self) -> list[str]:
        """The articles that are not in the store as they would be read now."""
        return self.store.lacks(self.settings, self.once(_keys)) if self.store else []

    def has_kept(self, name: str) -> bool:
        """Whether a table of this name, and of all that the study holds, is in the store."""
        return bool(self.base is self and self.store and self.store.has_result(name, [self.once(_everything), ()]))

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
        other._made = Made(kept | {name: made.copy(deep=False) for name, made in changed.items()})
        return other

    def _copy(self) -> "Study":
        """This study, with nothing answered."""
        other = copy.copy(self)
        other._answers = {}
        return other

    def again(self) -> "Study":
        """The study as it was loaded, with all that is known of it by now."""
        other = self._copy()
        other._made, other._answers, other.base = Made(self._made), {**self._answers}, other
        return other

    def of_articles(self, ids: Iterable[str]) -> "Study":
        """The study without the other articles; what they alone shared with one of these counts again."""
        ids, own, other = set(ids), self.peek("all_sentences")["article_id"].isin(set(ids)).to_numpy(), self._copy()
        other._made = Made({name: self._made[name] for name in ("problems", "left_aside")})
        if self._overruled is not None:
            other._overruled = _of_articles(self._overruled, ids)
        passages, corrections = self.peek("passages"), self.corrections
        both = passages["article_a"].isin(ids) & passages["article_b"].isin(ids)
        other._made["passages"] = passages[both].reset_index(drop=True)
        own_rows = corrections["row"].str.replace(ROW, "", regex=True).isin(ids)
        other._made["corrections"] = corrections[own_rows].reset_index(drop=True)
        whole = {"articles", "segments", "all_sentences", "read_attributions", "read_mentions"} | self._given
        cuts: dict[str, Callable] = dict.fromkeys(whole, partial(_of_articles, ids=ids))
        for name in ("attributions", "mentions"):
            corrected = meant_for(other._made["corrections"], name)["row"].nunique()
            cuts[f"all_{name}"] = partial(_of_articles, ids=ids, corrected=corrected)
        sized = dict.fromkeys(["words", "quoted_words", "left_out"], lambda made: made[own].reset_index(drop=True))
        sized["tokens"] = lambda made: made[np.repeat(own, self.peek("words"))].reset_index(drop=True)
        sized["places"] = lambda made: Places(
            made.sizes[own].reset_index(drop=True), made.starts[np.repeat(own, made.sizes)]
        )
        if "left_out" not in self._given:  # it depends on what the articles share
            del sized["left_out"]
        cuts |= sized
        for name in {*cuts} & {*self._made} - {*other._made}:
            other._made[name] = partial(self._cut, name, cuts[name])
        counted = self._made.get("term_counts", {})
        other._made["term_counts"] = Made({asked: partial(self._cut_counts, asked, own) for asked in counted})
        return other

    def _cut(self, name: str, cut: Callable) -> Any:
        """A part of a table."""
        return cut(self._made[name])

    def _cut_counts(self, asked: tuple, rows: np.ndarray) -> tuple[csr_array, list[str]]:
        """How often some sentences have each term."""
        matrix, terms = self._made["term_counts"][asked]
        return matrix[rows.nonzero()[0]], terms

    def as_read(self) -> "Study":
        """The study as the rules read it, before a reader's corrections: what the rules are scored by."""
        return self if self.corrections.empty else self.once(_without_corrections)

    def only(self, **columns: Any) -> "Study":
        """The study with the articles that have these values, read no further than it was.

        Parameters
        ----------
        **columns : str or list of str
            A column of the articles and the value, or values, wanted: ``only(outlet="Gazette", year=["2012", "2016"])``;
            ``"not stated"`` is an outlet that nothing names.

        Raises
        ------
        StudyError
            No such column, no article with such a value, or none that has all of them.

        Examples
        --------
        >>> from parley import study_from_table
        >>> frame = pd.DataFrame({"outlet": ["Gazette", "Ledger"], "text": ["Boats sail.", "They wait."]})
        >>> study_from_table(frame).only(outlet="Ledger").articles["text"].tolist()
        ['They wait.']
        """
        articles, kept = self.articles, pd.Series(True, self.articles.index)
        for column, wanted in columns.items():
            if column not in articles:
                raise StudyError(f"only: no article has a column {column!r}; {did_you_mean(column, articles.columns)}")
            own = articles[column].dt.strftime("%Y-%m-%d") if column == "date" else as_text(articles[column])
            own = own.fillna(NOT_STATED) if column == "outlet" else own
            wanted = [wanted] if pd.api.types.is_scalar(wanted) else wanted
            wanted = [f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value) for value in wanted]
            for value in set(wanted) - set(own):
                near = did_you_mean(value, own.dropna().unique())
                raise StudyError(f"only: no article has {column} = {value!r}; {near}")
            kept &= own.isin(wanted)
        if not kept.any():
            raise StudyError(f"only: no article has all of {', '.join(columns)} as asked for; ask for less.")
        study = self.of_articles(articles.loc[kept, "article_id"])
        if self.by:  # a group whose articles are gone is none
            left = [group for group in self.settings["contrast"]["groups"] if group in set(study.groups)]
            study._settings = read_only({**self.settings, "contrast": {"by": self.by, "groups": left}})
        return study

    def with_sides(self, **sides: Mapping[str, Iterable[str]]) -> "Study":
        """The study with other sides: who speaks and who holds a stance is read again, and nothing else.

        Parameters
        ----------
        **sides : mapping of speaker to list of names
            A new side, or other speakers for one that there is; whoever stands on a side named here leaves any other.

        Raises
        ------
        StudyError
            A side is no mapping of speakers to the names a text may use.

        Examples
        --------
        >>> from parley import study_from_table
        >>> study = study_from_table(pd.DataFrame({"text": ["Mayor Ada Lund said no."]}))
        >>> study.with_sides(town={"Ada Lund": ["Lund", "the mayor"]}).attributions["side"].tolist()
        ['town']
        """
        sides = {side: _plain_lists(speakers) for side, speakers in sides.items()}
        check_settings({"sides": sides}, "with_sides")
        moved = {speaker for speakers in sides.values() for speaker in speakers}
        others = {
            side: {speaker: names for speaker, names in speakers.items() if speaker not in moved}
            for side, speakers in self.settings.get("sides", {}).items()
        }
        return self.but(settings={**self.settings, "sides": {**others, **sides}})

    def with_keywords(self, **families: Iterable[str]) -> "Study":
        """The study with other keywords; only articles that have one of the words changed are read again.

        Parameters
        ----------
        **families : list of str
            Terms by family: a new family, or other terms for one that there is. A word named here leaves the family
            that had it.

        Raises
        ------
        StudyError
            A family has no terms, or one that is no word.

        Examples
        --------
        >>> from parley import study_from_table
        >>> study = study_from_table(pd.DataFrame({"text": ["They fear a strike."]}), keywords={"pause": ["truce"]})
        >>> study.with_keywords(conflict=["strike"]).mentions["family"].tolist()
        ['conflict']
        """
        old = self.settings.get("keywords", {})
        families = _plain_lists(families)
        check_settings({"keywords": families}, "with_keywords")
        moved = {form for terms in families.values() for term in terms for form in forms_of(term)}
        others = {name: [term for term in terms if term.lower() not in moved] for name, terms in old.items()}
        new = {name: terms for name, terms in {**others, **families}.items() if terms}
        changed = {name: sorted({*old.get(name, ())} ^ {*new.get(name, ())}) for name in {**old, **new}}
        changed = {family: terms for family, terms in changed.items() if terms}
        study = self.but(settings={**self.settings, "keywords": new})
        again = {name for name, text in self._texts() if find_mentions(text, changed)}
        found = study._read_again(self.read_mentions, again, self.read_attributions)
        # A correction of a place that is no mention any more has nothing to correct.
        gone = set(meant_for(self.corrections, "mentions")["row"]) - set(found["mention_id"])
        kept = self.corrections[~self.corrections["row"].isin(gone)].reset_index(drop=True)
        study._made |= {"read_mentions": found, "corrections": kept}
        study._given |= {"corrections"}
        return study


def _plain_lists(given: Any) -> Any:
    """What a reader gave as lists of words, made of lists; anything else is left for the check to name."""
    if not isinstance(given, Mapping):
        return given
    return {name: words if isinstance(words, str) else list(words) for name, words in given.items()}


def _quoted_places(study: Study) -> dict[str, list[tuple[int, int]]]:
    segments = ByArticle(study.peek("segments"), "kind", "start", "end")
    return {name: quotation_spans(prose_of(text, segments.get(name))) for name, text in study._texts()}


def _aligned(study: Study) -> pd.DataFrame:
    # What is shared from fewer words on is asked for the usual words only.
    found = align(*printings(study, study.order), FEWEST if study.tokenise is words else SHORTEST)
    let_go()
    return found


class Printings(Mapping):
    """The texts of some articles with the spans of their prose, each made when it is asked for."""

    def __init__(self, study: Study, ids: Iterable[str]) -> None:
        articles, segments = study.peek("articles"), study.peek("segments")[["article_id", "kind", "start", "end"]]
        self._ids, self._at = list(ids), dict(zip(articles["article_id"], range(len(articles)), strict=True))
        self._texts, self._spans = (
            articles["text"].array,
            ByArticle(segments[segments["kind"].isin(PROSE)], "start", "end"),
        )

    def __getitem__(self, article_id: str) -> tuple[str, Sequence[tuple[int, int]]]:
        return self._texts[self._at[article_id]], self._spans.get(article_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def printings(study: Study, ids: Iterable[str]) -> tuple[Printings, Callable]:
    """The texts of some articles with their prose, and what gives the words between two places of one."""
    tokens, article = study.peek("tokens"), study.peek("all_sentences")["article_id"]
    sizes = study.peek("words").groupby(article, sort=False).sum()
    ends = sizes.cumsum()
    columns = tokens["form"].cat.codes.to_numpy(), tokens["start"].to_numpy(), tokens["size"].to_numpy()
    own = {name: slice(last - size, last) for name, size, last in zip(sizes.index, sizes, ends, strict=True)}
    return Printings(study, ids), by_place(own, *columns)


def by_place(own: Mapping[str, slice], ids: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> Reads:
    """What gives the words between two places of an article, where `own` tells which words are whose."""

    def read(name: str, start: int, end: int) -> tuple[np.ndarray, ...]:
        words = own[name]
        first, last = words.start + np.searchsorted(starts[words], (start, end))
        return ids[first:last], starts[first:last], starts[first:last] + sizes[first:last]

    return read


def printed(study: Study) -> list:
    """All that shared copy is found by: each article as it is read, in their order."""
    keys = study.once(_keys)
    return [(name, keys[name]) for name in study.order]


def _everything(study: Study) -> list:
    """All that a study's tables and findings are made from, the library aside."""
    about, beside = study.articles.drop(columns="text"), []
    for path in sorted(study.folder.glob("codings/**/*.*")):
        beside.append((str(path.relative_to(study.folder)), path.read_text("utf-8", "surrogateescape")))
    overruled = [] if study._overruled is None else study._overruled.astype(str).to_numpy().tolist()
    given = [[name, *about[name].astype(str)] for name in about]
    return [
        study.settings,
        study.once(_keys),
        given,
        overruled,
        beside,
        study.corrections.astype(str).to_numpy().tolist(),
    ]


def _articles(study: Study, ids: Container[str] | None) -> Iterator[Article]:
    columns = ["article_id", "text", "headline", "credit", "place", "language"]
    given = study.peek("articles").reindex(columns=columns)
    overruled = {} if study._overruled is None else overruled_by_article(study._overruled, study.peek("articles"))
    for row in zip(*(given[name] for name in columns), strict=True):
        if ids is None or row[0] in ids:
            cells = (None if pd.isna(cell) else cell for cell in row)
            yield Article(*cells, tuple(overruled.get(row[0], ())))


def _keys(study: Study) -> dict[str, str]:
    return {article.article_id: key(article) for article in study._articles()}


def _without_corrections(study: Study) -> Study:
    return study.but(corrections=study.corrections[:0])


def _of_articles(table: pd.DataFrame, ids: set[str], **attrs: Any) -> pd.DataFrame:
    some = table[table["article_id"].isin(ids)].reset_index(drop=True)
    some.attrs |= attrs
    return some
