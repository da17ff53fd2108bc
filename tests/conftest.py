"""The study of the repository, loaded once for all tests."""

import os
from pathlib import Path

import browser
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
# Tests and notebooks are about the repository's own study, whatever the caller has set.
os.environ["PARLEY_STUDY"] = str(ROOT / "corpus" / "study.toml")
# How long an example takes says as much about the machine as about the code.
settings.register_profile("parley", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parley")


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
