"""`python -m parley` does what make does, where there is neither make nor git nor sh."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STUDY = ROOT / "tests" / "wikinews" / "study.toml"


def test_the_report_is_made_and_the_place_is_said(wikinews_site):
    assert {"index.html", "03-sourcing.html", "search.html", "data"} <= {path.name for path in wikinews_site.iterdir()}


def test_every_command_is_listed(bare):
    done = bare()
    assert done.returncode == 0 and done.stderr == ""
    listed = set(re.findall(r"python -m parley ([a-z-]+) ", done.stdout))
    assert {"report", "study", "coding", "class", "lab", "test", "tables"} <= listed
    asked = re.findall(r"-m parley ([a-z-]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert set(asked) == listed, "make calls them all"


def test_an_unknown_command_and_a_study_that_is_not_named_stop_with_a_sentence(bare):
    for arguments, said in (
        (["rapport"], "rapport: expected a command"),
        (["tables", "--study"], "--study: expected the path"),
    ):
        done = bare(*arguments)
        assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_study_is_begun_coded_and_written_for_a_spreadsheet(bare, tmp_path):
    (tmp_path / "texts").mkdir()
    for name in ("a", "b"):
        (tmp_path / "texts" / f"{name}.txt").write_text(f"Boats sail\n\nAda Lund backed truce {name}, she said.\n")
    begun = bare("study", "texts", cwd=tmp_path)
    study = tmp_path / "texts" / "study.toml"
    assert begun.returncode == 0 and "Wrote" in begun.stdout and study.exists(), begun.stderr
    study.write_text(study.read_text(encoding="utf-8") + '\n[keywords]\npause = ["truce"]\n', encoding="utf-8")
    coded = bare("coding", "ada", "--study", "texts/study.toml", cwd=tmp_path)
    assert coded.returncode == 0 and (study.parent / "codings" / "ada" / "mentions.csv").exists(), coded.stderr
    assert bare("coding", "ada", cwd=tmp_path, PARLEY_STUDY=str(study)).returncode == 1, "nobody's work is overwritten"
    written = bare("tables", "out", "--study", study, cwd=tmp_path)
    assert written.returncode == 0 and (tmp_path / "out" / "mentions.xlsx").exists(), written.stderr


@pytest.mark.parametrize("command", ["lab", "test"])
def test_what_follows_a_command_is_handed_on(bare, command):
    done = bare(command, "--version")
    assert done.returncode == 0 and re.match(r"(pytest )?\d+\.\d+", done.stdout + done.stderr), done.stderr
