"""A browser and a running installation, one of each a module.

Playwright keeps an event loop running as long as it is open: closed with the module, lest it
stand in the way of asynchronous tests.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.installation import Installation, running_installation

CHROMIUM = Path("/usr/bin/chromium")
"""Debian's; elsewhere Playwright brings its own (`scripts/bring-chromium`)."""

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing that looks beyond this machine."""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_installation(tmp_path_factory.mktemp("installation") / "var") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=QUIET
        )
        yield chromium
        chromium.close()
