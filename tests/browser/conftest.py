"""A browser and a running installation, one of each a module; and the chat alone, for each test.

Playwright keeps an event loop running as long as it is open: closed with the module, lest it
stand in the way of asynchronous tests.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.house import House
from tests.support.installation import Installation, running_installation
from tests.support.stands.chat_server import ChatServer
from tests.support.stands.owner_browser import PHONE, ChatTab, OwnerBrowser

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


@pytest.fixture
def chat(house: House) -> Iterator[ChatServer]:
    """The web chat alone, with a scripted answer: there in a moment, where Rasa takes seconds."""
    server = ChatServer(house)
    yield server
    server.stop()


@pytest.fixture
def owner(browser: Browser, chat: ChatServer) -> Iterator[OwnerBrowser]:
    """An owner's browser, with its own cookies and its own memory."""
    context = browser.new_context(viewport=PHONE)
    yield OwnerBrowser(context, chat)
    context.close()


@pytest.fixture
def tab(owner: OwnerBrowser) -> ChatTab:
    """A page with a history on the server."""
    tab = owner.open()
    tab.write("xin chào")
    tab.shows_once("xin chào")
    tab.reads("Đã nghe: xin chào")
    return tab
