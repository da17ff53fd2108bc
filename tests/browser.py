"""The system's Chromium, driven by playwright; no browser is downloaded."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Where tests must not be left out in silence, a missing browser is a failure.
needed = pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="no Chromium on this machine")


def launch(playwright):
    """A browser; a clear failure where there is none."""
    assert CHROMIUM, "expected chromium on the PATH; install it (on Debian and Ubuntu: apt-get install chromium)"
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


class Watched:
    """A page that notes what it should not do: errors, requests that leave it, dialogs."""

    def __init__(self, context, *, local: str = "file:"):
        self.faults: list[str] = []
        self.page = context.new_page()
        self.page.on(
            "console", lambda message: message.type == "error" and self.faults.append(f"console: {message.text}")
        )
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on(
            "request",
            lambda request: (
                request.url.startswith((local, "data:", "blob:")) or self.faults.append(f"request: {request.url}")
            ),
        )
