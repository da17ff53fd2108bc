"""A paragraph on how a study's figures were made, computed, for whoever publishes them."""

import hashlib
from importlib.metadata import version

import pandas as pd

from parley.codings import beside, names, read_attributions, reliability, score_attributions
from parley.corpus.settings import check_study
from parley.estimates import estimates
from parley.findings import measured_elsewhere
from parley.study import Study
from parley.text.copies import SHORTEST, clusters
from parley.text.phrases import join_words, number

THESE = "these articles"


def methods(study: Study) -> list[str]:
    """How the figures of a study were made: corpus, counting, rules and their errors, coding, estimates, software.

    Returns
    -------
    list of str
        Paragraphs, ready to be pasted; every figure in them is computed.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund backs the truce."], "date": ["2012-02-22"]}))
    >>> methods(study)[0]
    'The corpus is one article, 22 Feb 2012, of five words, all of which count.'
    """
    check_study(study, "methods")
    return [" ".join(_corpus(study)), " ".join(_rules(study)), " ".join(_coding(study)), _software(study)]


def _corpus(study: Study) -> list[str]:
    articles, words, counted = study.articles, study.words.sum(), study.words[study.peek("sentences")["counted"]].sum()
    days = articles["date"].dropna().dt.strftime("%d %b %Y").str.lstrip("0")
    days = days[articles["date"].dropna().sort_values().index].tolist()
    when = "" if not days else f", {days[0]}" + (f" to {days[-1]}" if days[0] != days[-1] else "")
    groups = study.groups.value_counts().sort_index() if study.by else []
    by = f" ({study.by}: {', '.join(f'{name}, {count:,}' for name, count in groups.items())})" if len(groups) else ""
    every = "all of which count" if counted == words else f"of which {counted:,} count"
    sentences = [
        f"The corpus is {number(len(articles), 'article')}{by}{when}, of {number(int(words), 'word')}, {every}."
    ]
    if counted < words:
        sentences.append(
            "Left out of counts are what stands around a report, what an article prints again, and copy that an "
            "earlier article of the same group has already contributed."
        )
    reports = clusters(study.passages, articles["article_id"]).nunique()
    if reports < len(articles):
        shared = f"Articles that share a passage of {SHORTEST} agreeing words or more count as one report"
        sentences.append(f"{shared}: {number(reports, 'independent report')}.")
    return sentences


def _rules(study: Study) -> list[str]:
    figures = measured_elsewhere().set_index("figure")["value"]
    found = f"{figures['PolNeAR dev, all, F1'] / 100:.2f}"
    sentences = [
        f"Attributions were found by rules, which on annotated news from elsewhere (PolNeAR, development part) reach F1 {found}."
    ]
    for name in names(study, "attributions")[:1]:
        scores = score_attributions(study, study.as_read().attributions, read_attributions(study, name))
        in_these = f"Against the coding “{name}” of {number(scores['articles'], 'article')} of this corpus F1 is"
        sentences.append(f"{in_these} {scores['f1']:.2f}.")
    if study.settings.get("keywords"):
        right, mentions = figures["kept part: right"], figures["kept part: coded mentions"]
        families = [f"{name} ({', '.join(terms)})" for name, terms in study.settings["keywords"].items()]
        sentences.append(
            f"Keywords, in all inflections, were {'; '.join(families)}; of {mentions:.0f} mentions in news that the rules had "
            f"not met they read the polarity rightly in {right:.0%}."
        )
    if rows := study.corrections["row"].nunique():
        sentences.append(f"{number(rows, 'row').capitalize()} of what they read were corrected by hand.")
    return sentences


def _coding(study: Study) -> list[str]:
    table = estimates(study)
    table = table[(table["question"] == THESE) & (table["group"] == "all")]
    sentences, sampled = [], False
    for what, rows in (("mention", table[table["about"] == "polarity"]), ("sentence", table[table["about"] == "kind"])):
        sizes = rows.drop_duplicates(["family"])
        coded, of = int(sizes["coded"].sum()), int(sizes["of"].sum())
        coder = table.attrs.get("coders", {}).get("mentions" if what == "mention" else "attributions")
        if coded and coded == of:
            sentences.append(
                f"All {number(of, what)} that count were coded by reading (coding “{coder}”), so shares are exact."
            )
        elif coded:
            sampled = True
            order = "the first of an order drawn at random and spread over groups and what the rules read"
            sentences.append(
                f"Of {number(of, what)} that count {coded:,} were coded by reading (coding “{coder}”), {order}."
            )
    told = beside.given(study)
    agreed = reliability.agreement(told) if len(told) else pd.DataFrame()
    if len(agreed):
        every = agreed[(agreed["value"] == "all") & agreed["alpha"].notna()]
        alphas = [f"{row.label} {row.alpha:.2f}" for row in every.drop_duplicates("label").itertuples()]
        if alphas:
            sentences.append(f"Between coders, Krippendorff's alpha is {join_words(alphas)}.")
    if sampled:
        sentences.append(
            "Shares are post-stratified by group and label read; of attributions, random sentences were coded and the total read "
            "was put right by what the coded ones had more or less. Intervals are Wilson's at the effective number of codings, "
            "with quantiles of t and the finite population correction; differences are Newcombe's (1998, method 10), p-values "
            "corrected by Holm."
        )
    return sentences or ["Nothing was coded by reading: shares are what the rules read, and no claim rests on them."]


def _software(study: Study) -> str:
    texts = hashlib.sha256()
    for n, text in enumerate(study.peek("articles")["text"]):
        texts.update(("\0" * (n > 0) + text).encode("utf-8", "surrogatepass"))
    digest = texts.hexdigest()[:16]
    parts = ", ".join(f"{name} {version(name)}" for name in ("pandas", "scikit-learn", "scipy"))
    return f"Parley {version('parley')}, {parts}; SHA-256 of the texts begins {digest}."
