"""The study of the repository, loaded once for all tests."""

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import browser
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("report", "benchmarks", "tests/stored")]
# Tests and notebooks are about the repository's own study, whatever the caller has set.
os.environ["PARLEY_STUDY"] = str(ROOT / "corpus" / "study.toml")
# How long an example takes says as much about the machine as about the code.
# `make test` tries the same texts each time, so that it fails for a change and not by chance; `make test-long` tries others.
settings.register_profile(
    "parley", deadline=None, derandomize="PARLEY_TEXTS" not in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("parley")


# Files that look at the same report: one worker takes both, so that it is made once.
TOGETHER = {"test_wikinews.py": "test_main.py", "test_search.py": "test_report.py"}


class ByFile(LoadFileScheduling):
    """Shares the tests among workers: a file, or a whole notebook, to one of them."""

    def _split_scope(self, nodeid):
        file = Path(super()._split_scope(nodeid)).name
        return TOGETHER.get(file, file)


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish():
    """What stands when the tests begin stays: looking through it again for garbage takes a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def study():
    from parley import load_study

    return load_study(ROOT / "corpus" / "study.toml")


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests that need one."""
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The report on the study of the repository, of the stored notebooks: executed again they are the same, byte for byte.

    (`test_refresh_writes_what_is_stored` says so; the reports on other studies below are made by executing them.)
    """
    import frame

    folder = tmp_path_factory.mktemp("site")
    frame.of_stored(folder)
    return folder


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """`python -m parley` in a copy of the tree, with neither make, git, sh nor anything else on the PATH; what it did."""
    folder, nothing = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("nothing")
    for part in ("lib", "report", "notebooks", "tests/wikinews"):
        left = shutil.ignore_patterns(".cache", "my-*", "*.egg-info")
        shutil.copytree(ROOT / part, folder / part, ignore=left)
    shell = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PARLEY"))}
    shell |= {"PATH": str(nothing), "PYTHONPATH": str(folder / "lib")}

    def run(*arguments, cwd=nothing, **settings):
        command = [sys.executable, "-m", "parley", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=shell | settings, capture_output=True, text=True, encoding="utf-8")

    run.folder = folder
    return run


@pytest.fixture(scope="session")
def wikinews_site(bare):
    """The report on the corpus of the tests, made where there is nothing but Python."""
    done = bare("report", "--study", bare.folder / "tests" / "wikinews" / "study.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    return bare.folder / "_site"


HOSTILE = [
    '<script>window.harmed = 1</script> The mayor <b onclick="window.harmed = 1">said</b> "no truce".',
    '<img src=x onerror="window.harmed = 1"> Lund said the truce "was over", <a href="javascript:window.harmed=1">he added</a>.',
    "</style></script></textarea><svg onload=window.harmed=1> “We want a corridor,” Lund said. [link](javascript:alert(1))",
    '=HYPERLINK("http://evil.example") said @SUM(A1) +1 -1 $$\\frac{1}{0}$$ & &lt; the truce, according to <Lund>.',
    "“The truce\u2028</script><script>window.harmed=1</script> \u202eholds” 🙂, Lund said. “=1+1 for a corridor,” she added.",
]


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory):
    """The report on a study whose texts, ids and settings try to break out of it."""
    from build import build

    folder = tmp_path_factory.mktemp("hostile")
    table = pd.DataFrame(
        {
            "article_id": [
                'a"onmouseover="window.harmed=1',
                "b'<script>window.harmed=1</script>",
                "=1+1",
                "@d",
                "e</script>",
            ],
            "outlet": ["<i>Gazette</i>", "=cmd|' /C calc'!A0", "Herald", "Herald", "+Herald\u2028"],
            "text": HOSTILE,
            "year": ["2012", "2012", "<u>2016</u>", "<u>2016</u>", "2012"],
        }
    )
    table.to_csv(folder / "export.csv", index=False)
    (folder / "study.toml").write_text(
        'title = "<script>window.harmed=1</script>"\nquestion = "</h1><img src=x onerror=window.harmed=1>"\n'
        '[articles]\ntable = "export.csv"\n[contrast]\nby = "year"\n'
        '[keywords]\n"<b>pause</b>" = ["truce"]\ncorridor = ["corridor"]\n[sides."<i>town</i>"]\n"Ada <Lund>" = ["Lund"]\n',
        encoding="utf-8",
    )
    site = tmp_path_factory.mktemp("hostile-site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARLEY_STUDY", str(folder / "study.toml"))
        with pytest.warns(UserWarning, match="HTML|problems"):
            build(site)
    return site
