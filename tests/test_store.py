"""What is kept beside a study: nothing is read twice, nothing stale or broken is ever used, and nothing grows."""

import os
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pytest

from parley import load_study, read, study_from_table
from parley.findings import findings, varied
from parley.findings import questions as asked
from parley.store import STALE, source

LIBRARY = Path(read.__file__).parent
NAMES = ("articles", "segments", "sentences", "passages", "attributions", "mentions", "versions")
TEXTS = {
    "a": "Ferry talks\n\nMayor Ada Lund said the ferry truce would hold. “We want a truce,” she said.",
    "b": "The union rejected the truce on Monday, and nobody knew why the ferry sailed before dawn that day.\n\n"
    "Tom Berg, a docker, told reporters that the strike was over.",
    "c": "The union rejected the truce on Monday, and nobody knew why the ferry sailed before dawn that day.\n\nRain fell.",
}
STUDY = """
[articles]
files = "*.txt"
[contrast]
by = "article_group"
[keywords]
pause = ["truce"]
[sides.town]
"Ada Lund" = ["Lund"]
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "study.toml").write_text(STUDY.replace('[contrast]\nby = "article_group"\n', ""), "utf-8")
    return tmp_path


@pytest.fixture
def counted(monkeypatch):
    """How often an article was cut into segments, and read for attributions and for mentions."""
    done = {}
    for name in ("segment", "attributions_in", "mentions_in"):
        done[name] = Mock(wraps=getattr(read, name))
        monkeypatch.setattr(read, name, done[name])

    def count():
        now = [mock.call_count for mock in done.values()]
        for mock in done.values():
            mock.reset_mock()
        return now

    return count


def tables(study):
    made = {name: getattr(study, name) for name in NAMES} | {"findings": findings(study), "variations": varied(study)}
    return made | {"tokens": study.tokens.astype({"form": "str"})}  # which word has which number is nobody's concern


def alike(one, other):
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True)
        assert table.attrs == other[name].attrs, name


def kept(folder):
    return sorted(path for path in (folder / ".cache").rglob("*") if path.is_file())


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_was_read_is_not_read_again(folder, counted):
    first = tables(load_study(folder))
    assert counted() == [3, 3, 3]
    alike(first, tables(load_study(folder)))
    assert counted() == [0, 0, 0]
    assert kept(folder) and all(path.read_bytes()[:4] == b"PAR1" for path in kept(folder))


def test_where_nothing_can_be_kept_nothing_more_is_read(folder, counted, monkeypatch):
    (folder / ".cache").write_text("no folder")
    monkeypatch.setattr("parley.study.ALONE", 0)
    study = load_study(folder)
    with pytest.warns(UserWarning, match="readings cannot be kept"):
        assert len(study.segments) and counted() == [3, 0, 0]
    assert len(study.attributions) and counted() == [0, 3, 3]


def test_what_takes_long_is_read_once_for_all_that_will_be_asked(folder, counted, monkeypatch):
    len(load_study(folder).segments)
    assert counted() == [3, 0, 0]
    shutil.rmtree(folder / ".cache")
    monkeypatch.setattr("parley.study.ALONE", 0)
    study = load_study(folder)
    assert len(study.segments) and counted() == [3, 3, 3]
    assert not {"read_attributions", "read_mentions"} & {*study._made}, "what is not asked for takes no memory"
    assert len(study.attributions) and len(load_study(folder).mentions) and counted() == [0, 0, 0]
    edit(folder / "study.toml", '["truce"]', '["truce", "strike"]')
    assert len(load_study(folder).segments) and counted() == [0, 0, 0], "what nobody asked for is no reason to read"
    table = load_study(folder).articles[["article_id", "text"]]
    assert len(study_from_table(table).segments) and counted() == [3, 0, 0], "nor is what would not be kept"


def test_only_what_changed_is_read_again(folder, counted):
    tables(load_study(folder))
    counted()
    edit(folder / "b.txt", "docker", "pilot")
    after = tables(load_study(folder))
    # Nobody but this article, and its words stand in no other's place.
    assert counted() == [1, 1, 1]
    edit(folder / "study.toml", '["truce"]', '["truce", "strike"]')
    len(load_study(folder).mentions), len(load_study(folder).attributions)
    assert counted() == [0, 0, 3]
    edit(folder / "study.toml", '["Lund"]', '["Lund", "mayor"]')
    again = tables(load_study(folder))
    assert counted()[:2] == [0, 3]
    shutil.rmtree(folder / ".cache")
    alike(again, tables(load_study(folder)))
    assert after["attributions"]["sentence"].str.contains("pilot").any()


def test_a_rule_that_changes_is_another_library(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "parley", ignore=shutil.ignore_patterns("__pycache__"))
    ask = "from parley.store import MADE_BY, source; print(*(source(tuple(by)) for by in MADE_BY.values()), source())"

    def digests():
        run = [sys.executable, "-c", ask]
        return subprocess.check_output(run, env={**os.environ, "PYTHONPATH": str(tmp_path)}, text=True).split()

    before = digests()
    rules = tmp_path / "parley" / "stance" / "lexicon.py"
    rules.write_text(rules.read_text("utf-8") + "\n# changed\n", "utf-8")
    after = digests()
    assert [one != other for one, other in zip(before, after, strict=True)] == [False] * 4 + [
        True,
        False,
        True,
    ]  # copy is found below stance
    words = sorted((tmp_path / "parley" / "data").glob("*.txt"))[0]
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    assert all(one != other for one, other in zip(after, digests(), strict=True))


def test_a_function_put_in_the_place_of_a_rule_is_another_library(folder, monkeypatch):
    before, find = load_study(folder).attributions, read.attributions_in
    monkeypatch.setattr(read, "attributions_in", lambda *given: find(*given)[1:])
    assert len(load_study(folder).attributions) < len(before)


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied", "other"])
def test_what_is_broken_is_read_again(folder, harm, counted):
    first = tables(load_study(folder))
    counted()
    for path in kept(folder):
        data = path.read_bytes()
        middle = bytes(255 - byte for byte in data[40:-40])
        harmed = {
            "cut": data[: len(data) // 2],
            "flipped": data[:40] + middle + data[-40:],
            "emptied": b"",
            "other": b"no",
        }
        path.write_bytes(harmed[harm])
    alike(first, tables(load_study(folder)))
    assert counted() == [3, 3, 3]
    alike(first, tables(load_study(folder)))
    assert counted() == [0, 0, 0]


def test_what_was_never_finished_is_no_harm_and_goes(folder, counted):
    len(load_study(folder).attributions)
    (own,) = {path.parent for path in kept(folder) if path.parent.name.startswith("attributions")}
    new, old = own / ".x.parquet.1", own / ".x.parquet.2"
    for path in (new, old):
        path.write_bytes(b"PAR1")
    os.utime(old, (time.time() - 2 * STALE,) * 2)
    edit(folder / "a.txt", "ferry", "bridge")
    len(load_study(folder).attributions)
    assert new.exists() and not old.exists()


def test_two_reports_at_once_do_each_other_no_harm(folder):
    ask = (
        "import sys; from parley import load_study; from parley.findings import findings; s = load_study(sys.argv[1]); "
        "print(s.attributions.to_csv(), s.mentions.to_csv(), s.sentences.to_csv(), findings(s).to_csv())"
    )
    runs = [subprocess.Popen([sys.executable, "-c", ask, folder], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [run.communicate()[0] for run in runs]
    assert said[0] == said[1] and len(said[0]) > 500
    assert not [path for path in kept(folder) if path.suffix != ".parquet"]


def test_where_nothing_can_be_kept_it_is_said_once(folder):
    first = tables(load_study(folder))
    shutil.rmtree(folder / ".cache")
    (folder / ".cache").write_text("in the way", "utf-8")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        alike(first, tables(load_study(folder)))
    about = [str(one.message) for one in said if ".cache" in str(one.message)]
    assert len(about) == 1 and "cannot be kept" in about[0] and "make the folder writable" in about[0]


def test_what_is_kept_does_not_grow(folder, monkeypatch):
    monkeypatch.setattr("parley.store.MOST_KEPT", 2)
    for n in range(5):
        edit(folder / "study.toml", '["truce"' if not n else f'["truce", "w{n - 1}x"', f'["truce", "w{n}x"')
        edit(folder / "a.txt", TEXTS["a"] if not n else f"{TEXTS['a']} {n - 1}", f"{TEXTS['a']} {n}")
        tables(load_study(folder))
    kinds = pd.Series([path.name.rpartition("-")[0] for path in (folder / ".cache").iterdir()]).value_counts()
    assert kinds.max() == 2 and kinds["segments"] == 1
    (segments,) = (folder / ".cache").glob("segments-*")
    assert len(list(segments.iterdir())) == 2  # what was read first, of which two articles are left, and the last


def test_some_of_the_articles_leave_the_rest_in_place(folder, counted):
    study = load_study(folder)
    len(study.only(outlet="not stated").of_articles(["a"]).attributions)
    len(load_study(folder).attributions)
    counted()
    len(load_study(folder).of_articles(["a"]).attributions)
    len(load_study(folder).attributions)
    assert counted() == [0, 0, 0]


def test_findings_are_measured_once(folder, monkeypatch):
    first = findings(load_study(folder))
    size = Mock(wraps=asked.QUESTIONS["corpus-size"].measure)
    monkeypatch.setitem(asked.QUESTIONS, "corpus-size", asked.QUESTIONS["corpus-size"]._replace(measure=size))
    study = load_study(folder)
    pd.testing.assert_frame_equal(first, findings(study))
    own = first[first["notebook"] == "00-the-corpus"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, findings(study, "00-the-corpus"))
    varied(study)
    assert not size.called
    (folder / "corrections.csv").write_text(
        f"row,column,value\n{study.attributions['attribution_id'][0]},side,other\n", "utf-8"
    )
    findings(load_study(folder))
    assert size.called


def test_tables_are_the_same_on_one_core_and_on_two(folder, monkeypatch):
    one = list(read.read_all(load_study(folder)._articles(), load_study(folder).settings, list(read.PARTS)))
    monkeypatch.setattr(read, "ALONE", 0)
    monkeypatch.setattr(read, "BATCH", 1)
    two = list(read.read_all(load_study(folder)._articles(), load_study(folder).settings, list(read.PARTS)))
    assert len(one) == 1 and len(two) == 3
    for part in read.PARTS:
        tables = [read.joined(part, [pieces[part] for pieces in each], list("cab")) for each in (one, two)]
        pd.testing.assert_frame_equal(*tables, check_categorical=False)
        assert len(tables[0]) > 1


def test_the_name_of_the_library_is_short_and_steady():
    assert source() == source() and len(source()) == 24
