"""What is read in partitions, on other processes, is the same to the last row and column; a worker that dies is no harm."""

import os
import shutil
import signal
import threading
import time
from functools import cache

import numpy as np
import pandas as pd
import pytest
from digest import SETTINGS, generated

from parley import StudyError, load_study
from parley.contrast import compare
from parley.contrast.counting import counts
from parley.findings import findings
from parley.study import MADE_FROM

distributed = pytest.importorskip("distributed", reason="Dask is not installed here: pip install distributed")
scale = pytest.importorskip("parley.scale")

STUDY = f"""
[articles]
table = "articles.parquet"
segments = "segments.csv"
[contrast]
by = "half"
{SETTINGS}"""
ORDINARY = ["articles", "segments", "sentences", "attributions", "mentions", "passages", "versions", "problems"]
pytestmark = pytest.mark.filterwarnings("ignore")  # of a cluster that starts and ends


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Articles that share copy, printed again by their outlet a day later, in four cases by another; one is empty."""
    folder, first = tmp_path_factory.mktemp("scale"), generated()[:36]
    again = first[::6].assign(article_id=lambda rows: rows["article_id"] + "-later", half="first")
    again["date"] += pd.Timedelta(days=1)
    # A sentence too short to be shared copy, at another place: it counts once because it is the same report.
    again["text"] = (
        again["text"].str.replace("\n\n", "\n\nNobody slept.\n\n", n=1) + "\n\nNobody was hurt, a doctor said."
    )
    first["text"] = first["text"].where(~first.index.isin(again.index), first["text"] + "\n\nNobody slept.")
    other = first[3::9].assign(article_id=lambda rows: "0" + rows["article_id"], outlet="Elsewhere", half="second")
    other["text"] = other["text"].str.replace(" closed", " shut")
    none = first[:1].assign(article_id="none", text="", headline=None)
    pd.concat([first, again, other, none]).sample(frac=1, random_state=4).to_parquet(folder / "articles.parquet")
    passage = again["text"].iloc[1].split("\n\n")[1][:60]
    pd.DataFrame(
        {
            "article_id": [first["article_id"].iloc[6], again["article_id"].iloc[1]],
            "kind": "furniture",
            "passage": passage,
        }
    ).to_csv(folder / "segments.csv", index=False)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    study = load_study(folder)
    said = study.attributions["attribution_id"].iloc[[3, 20]].tolist()
    pd.DataFrame(
        {"row": said, "column": ["drop", "speaker"], "value": ["", "Ada Lund"], "reason": "read again"}
    ).to_csv(folder / "corrections.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def read_in(folder, client):
    """Reads the study in so many partitions, once; the folder."""

    @cache
    def read(partitions):
        scale.read_partitions(folder, folder / f"out-{partitions}", client, partitions)
        return folder / f"out-{partitions}"

    return read


def listed(table):
    """A table as it comes from Parquet, with plain lists in its cells."""

    def plain(cell):
        if isinstance(cell, list | tuple | np.ndarray):
            return [plain(one) for one in cell]
        return plain(tuple(cell.values())) if isinstance(cell, dict) else cell

    lists = {name: table[name].map(plain) for name in table.select_dtypes(object)}
    return table.assign(**lists).reset_index(drop=True)


def written(out, name):
    path = out / name if (out / name).exists() else out / f"{name}.parquet"
    return listed(pd.read_parquet(path))


def alike(study, out):
    for name in ORDINARY:
        pd.testing.assert_frame_equal(written(out, name), listed(getattr(study, name)), check_exact=True, obj=name)
    found, counted = written(out, "term_counts"), counts(study)
    terms = written(out, "terms")
    assert terms["term"].tolist() == counted.terms
    row, column = (
        pd.Index(own).get_indexer(found[name])
        for own, name in ((counted.articles, "article_id"), (counted.terms, "term"))
    )
    made = np.zeros(counted.matrix.shape, int)
    made[row, column] = found["count"]
    assert (made == counted.matrix.toarray()).all() and len(found) == counted.matrix.nnz
    assert (terms["count"] == made.sum(axis=0)).all() and (terms["articles"] == (made > 0).sum(axis=0)).all()


def read_from(folder, out):
    """The same study, with its readings taken from a folder."""
    settings = STUDY.replace("[articles]", f'[articles]\nread = "{out.relative_to(folder)}"')
    (folder / "study.toml").write_text(settings, "utf-8")
    try:
        return load_study(folder)
    finally:
        (folder / "study.toml").write_text(STUDY, "utf-8")


@pytest.mark.parametrize("partitions", [2, 3, 7])
def test_tables_are_those_of_one_process(folder, read_in, partitions, monkeypatch):
    study, out = load_study(folder), read_in(partitions)
    assert len(study.passages) > 20 and len(study.versions) > 4 and len(study.mentions) > 40
    assert (study.sentences["left_out"] == "shared").sum() > 20 and study.attributions.attrs == {"corrected": 2}
    assert len([*(out / "segments").iterdir()]) == partitions and not (out / "work").exists()
    alike(study, out)
    # And a study that takes its readings from there reads nothing and has the same of everything.
    other = read_from(folder, out)
    for name in ("segment", "attributions_in"):  # mentions are read again where somebody corrected an attribution
        monkeypatch.setattr(f"parley.read.{name}", None)
    monkeypatch.setattr("parley.study.align", None)
    for name in {*MADE_FROM} - {"tokens", "term_counts", "places"} | {*ORDINARY}:
        one, another = study.peek(name), other.peek(name)
        (pd.testing.assert_series_equal if isinstance(one, pd.Series) else pd.testing.assert_frame_equal)(one, another)
    pd.testing.assert_frame_equal(study.tokens.astype({"form": "str"}), other.tokens.astype({"form": "str"}))
    pd.testing.assert_frame_equal(compare(study), compare(other))


def test_a_worker_that_is_killed_is_no_harm(folder, client):
    out, before, done = folder / "killed", {*client.run(os.getpid).values()}, threading.Event()
    killed = []

    def kill():
        for begun, worker in zip(("read/00000", "attributions"), before, strict=True):
            while not (out / begun).exists() and not done.is_set():
                time.sleep(0.01)
            if not done.is_set():
                os.kill(worker, signal.SIGKILL)
                killed.append(begun)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        scale.read_partitions(folder, out, client, 7)
    finally:
        done.set()
        killer.join()
    assert killed
    alike(load_study(folder), out)


def test_only_what_changed_is_read_again_and_nothing_old_stays(folder, client, read_in):
    out = folder / "again"
    shutil.copytree(read_in(3), out)
    kept = {path: path.stat().st_mtime_ns for path in out.glob("read/0*/*/*.parquet")}
    scale.read_partitions(folder, out, client, 3)
    assert kept == {path: path.stat().st_mtime_ns for path in out.glob("read/0*/*/*.parquet")}
    scale.read_partitions(folder, out, client, 2)
    assert len([*out.glob("read/0*")]) == len([*out.glob("mentions/*")]) == 2
    alike(load_study(folder), out)


def test_a_folder_that_is_not_whole_or_is_of_other_texts_is_told(folder, client, read_in, tmp_path):
    out = folder / "stale"
    with pytest.raises(
        StudyError, match=r"\[articles\] read: expected \"all\".*parley.scale has finished, got 'stale'; run"
    ):
        read_from(folder, out)
    out = read_in(2)
    assert len(findings(read_from(folder, out)))
    texts = pd.read_parquet(folder / "articles.parquet")
    try:
        changed = texts.assign(text=texts["text"].where(texts["article_id"] != "g07", "Mayor Ada Lund left."))
        changed.to_parquet(folder / "articles.parquet")
        with pytest.raises(StudyError, match=r"has 46 of 47 articles as they are now \(not g07\); run python -m"):
            read_from(folder, out)
    finally:
        texts.to_parquet(folder / "articles.parquet")
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="Not a directory; name a folder that this process and all workers can read"):
        scale.read_partitions(folder, tmp_path / "file" / "out", client, 2)


def test_whether_all_languages_are_read_is_as_it_was_when_it_was_read(folder, client):
    whole = STUDY.replace("[articles]", '[articles]\nread = "all"')
    (folder / "study.toml").write_text(whole, "utf-8")
    try:
        scale.read_partitions(folder, folder / "all", client, 2)
    finally:
        (folder / "study.toml").write_text(STUDY, "utf-8")
    assert read_from(folder, folder / "all").settings["articles"]["read"] == "all"


def test_without_dask_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(scale, "Client", None)
    assert scale.main(["study", "out"]) == 1
    assert "pip install" in capsys.readouterr().err


def test_the_command_reads_a_study(folder, client, capsys):
    out, address = str(folder / "said"), client.scheduler.address
    assert scale.main([str(folder), out, "--scheduler", address, "--partitions", "2"]) == 0
    alike(load_study(folder), folder / "said")
    assert scale.main([str(folder / "nowhere"), out, "--workers", "1"]) == 1
    assert "there is no such study file" in capsys.readouterr().err


@pytest.mark.parametrize("texts", [["Lund said no.", "A ferry sails on Monday."], ["Lund said no."] * 2])
def test_articles_that_share_no_passage(tmp_path, client, texts):
    (tmp_path / "study.toml").write_text('[articles]\ntable = "articles.parquet"\n', "utf-8")
    pd.DataFrame({"article_id": ["a", "b"], "text": texts}).to_parquet(tmp_path / "articles.parquet")
    scale.read_partitions(tmp_path, tmp_path / "out", client, 2)
    study = load_study(tmp_path)
    assert not len(study.passages) and not len(written(tmp_path / "out", "passages"))
    for name in ("sentences", "attributions"):
        pd.testing.assert_frame_equal(written(tmp_path / "out", name), listed(getattr(study, name)), check_exact=True)
