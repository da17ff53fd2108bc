"""A first look at a study that names no sides, keywords or groups yet, so that they can be written."""

import json

import numpy as np
import pandas as pd
from markupsafe import Markup

from parley.contrast import counts
from parley.contrast.measures import dispersion
from parley.contrast.terms import telling
from parley.show.sentences import say
from parley.show.tables import table
from parley.study import Study
from parley.text.classes import DETERMINER, TIME
from parley.variations import CONTRAST, SOURCING, STANCE

SPEAKERS, WORDS, TRIED, GROUPS = 12, 20, 40, 12
BEHIND, BEFORE = 0.1, 0.5  # of a noun's places, at least behind a determiner, and at most before a word of content
WHEN = TIME | {"time"}
LOOKED_AT = 200  # articles in which candidate keywords are read for stance


def first_look(study: Study, notebook: str) -> None:
    """Display what helps to write the section of study.toml that a notebook lacks, if it lacks one."""
    if notebook == CONTRAST and not study.by and len(found := groupings(study)):
        table(found, "Columns that could group the articles: [contrast] by = …")
    if notebook == STANCE and not study.settings.get("keywords") and len(found := candidates(study)):
        table(found, "Words that could be [keywords]: frequent, evenly spread, taken both ways as rules read them")
    if notebook == SOURCING and not study.settings.get("sides") and (block := speakers_block(study)):
        say("To see sides, sort the speakers heard most into sides of your own, in study.toml:")
        say(Markup("<pre>{}</pre>").format(block))


def groupings(study: Study) -> pd.DataFrame:
    """The columns of the articles with two to twelve values that two articles or more have each.

    Examples
    --------
    >>> from parley import study_from_table
    >>> articles = pd.DataFrame({"text": ["One.", "Two.", "Three.", "Four."], "year": [2012, 2012, 2016, 2016]})
    >>> groupings(study_from_table(articles)).values.tolist()
    [['year', 2, '2012 (2), 2016 (2)']]
    """
    articles = study.articles.drop(columns=["article_id", "text", "date", "date_basis", "headline"], errors="ignore")
    rows = []
    for name in articles:
        sizes = articles[name].astype("str").replace("", pd.NA).value_counts().sort_index()
        if 2 <= len(sizes) <= GROUPS and sizes.min() > 1:
            rows.append((name, len(sizes), ", ".join(f"{value} ({size:,})" for value, size in sizes.items())))
    return pd.DataFrame(rows, columns=["column", "groups", "with"])


def candidates(study: Study) -> pd.DataFrame:
    """Words that a study could ask about: in many articles, evenly spread, and spoken for and against.

    Only words that the texts use as nouns, and no days or years: people are for or against a thing. The forty frequent
    ones that are spread most evenly (Gries' dispersion) are read for stance, as keywords are, in up to 200 articles; those
    that are taken both ways most come first.

    Returns
    -------
    DataFrame
        ``word, count, articles, dispersion``, and as rules read them ``for_it, against_it, neutral``.
    """
    counted = counts(study)
    words = np.array(counted.terms, dtype=object)
    articles = np.asarray((counted.matrix > 0).sum(axis=0)).ravel()
    known = pd.DataFrame({"word": words, "count": np.asarray(counted.matrix.sum(axis=0)).ravel(), "articles": articles})
    known["dispersion"] = dispersion(counted.matrix)
    known = known[(known["articles"] >= max(3, 0.05 * len(counted.articles))) & (known["count"] >= 5)]
    known = known[known["word"].isin(nouns(study))]
    known = known.assign(weight=known["count"] * (1 - known["dispersion"])).nlargest(TRIED, "weight")
    if not len(known):
        return known.drop(columns="weight")
    some = study.articles["article_id"]
    some = some if len(some) <= LOOKED_AT else some.iloc[np.random.default_rng(0).permutation(len(some))[:LOOKED_AT]]
    read = study.of_articles(some).with_keywords(**{word: [word] for word in known["word"]}).mentions
    stances = pd.crosstab(read["family"], read["polarity"]).reindex(columns=["for", "against", "neutral"], fill_value=0)
    known = known.join(stances.add_suffix("_it").rename(columns={"neutral_it": "neutral"}), on="word").fillna(0)
    both = known[["for_it", "against_it"]].min(axis=1)
    best = known.assign(both=both).sort_values(["both", "weight"], ascending=False).head(WORDS)
    return best.drop(columns=["weight", "both"]).astype({"for_it": int, "against_it": int, "neutral": int})


def asked(study: Study) -> list[str]:
    """The words that a study asks about: its keywords; where it has none, the three nouns that most articles print.

    Examples
    --------
    >>> from parley import study_from_table
    >>> articles = pd.DataFrame({"text": ["Lund backed the bridge.", "Berg opposed a bridge."]})
    >>> asked(study_from_table(articles)), asked(study_from_table(articles, keywords={"way": ["ferry", "road"]}))
    (['bridge'], ['ferry', 'road'])
    """
    if keywords := study.settings.get("keywords"):
        return [term for terms in keywords.values() for term in terms]
    counted = counts(study)
    articles = pd.Series(np.asarray((counted.matrix > 0).sum(axis=0)).ravel(), counted.terms)
    return articles.reindex(nouns(study)).dropna().sort_values(ascending=False, kind="stable").index[:3].tolist() or [
        "said"
    ]


def nouns(study: Study) -> list[str]:
    """The words that stand behind a determiner in a tenth of their places, and in most before no word of content; no dates.

    Examples
    --------
    >>> from parley import study_from_table
    >>> text = "A new bridge is a bridge. The new road made the bridge of use."
    >>> nouns(study_from_table(pd.DataFrame({"text": [text]})))
    ['bridge']
    """
    tokens = study.peek("tokens")
    forms, number = tokens["form"].cat.categories, tokens["form"].cat.codes.to_numpy()
    # Nothing but a blank stands between two words.
    beside = np.diff(tokens["start"].to_numpy()) - tokens["size"].to_numpy()[:-1] == 1
    behind = beside & np.isin(forms, [*DETERMINER])[number[:-1]]
    content = np.array([*map(telling, forms)], dtype=bool)
    before = beside & content[number[1:]]
    places, behind, before = (
        np.bincount(own, minlength=len(forms)) for own in (number, number[1:][behind], number[:-1][before])
    )
    used = forms[content & (behind >= BEHIND * places) & (before <= BEFORE * places)]
    return [word for word in used if word.isalpha() and word.removesuffix("s") not in WHEN]


def speakers_block(study: Study) -> str:
    """The speakers heard most, as a block to paste into study.toml; empty where nobody is named.

    Examples
    --------
    >>> from parley import study_from_table
    >>> said = "Ada Lund said the truce held. Lund said more. The mayor slept."
    >>> print(speakers_block(study_from_table(pd.DataFrame({"text": [said]}))))
    [sides.first]
    "Ada Lund" = ["Lund"]  # 2 attributions in 1 article
    """
    said = study.attributions.query("counted and named and speaker != 'unclear'")
    heard = (
        said.groupby("speaker")["article_id"]
        .agg(["size", "nunique"])
        .sort_values("size", ascending=False, kind="stable")
    )
    lines = ["[sides.first]"]
    for row in heard.head(SPEAKERS).itertuples():
        parts = row.Index.split()
        names = [parts[-1]] if len(parts) == 2 and all(part[0].isupper() for part in parts) else []
        articles = f"{row[2]:,} article{'s' if row[2] > 1 else ''}"
        lines.append(
            f"{json.dumps(row.Index, ensure_ascii=False)} = {json.dumps(names)}  # {row[1]:,} attributions in {articles}"
        )
    return "\n".join(lines) if len(heard) else ""
