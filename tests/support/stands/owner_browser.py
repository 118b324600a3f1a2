"""An owner's real browser: its tabs, its network, its memory."""

import re
import time
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.support.stands.chat_server import ChatServer

PHONE = {"width": 360, "height": 740}
PATIENCE_SECONDS = 20.0
PATIENCE = PATIENCE_SECONDS * 1000


POSTS = """
async (texts) => {
  for (const text of texts) {
    const answer = await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'X-Donghanh': 'chat', 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: crypto.randomUUID(), text }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
  }
}
"""


class ChatTab:
    """One open page of the chat."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.warned = False
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self._answer_dialog)

    def write(self, *texts: str) -> None:
        """Writes and sends."""
        for text in texts:
            self.page.locator("#words").fill(text)
            self.page.locator("#send").click()

    def type(self, text: str) -> None:
        """Writes and does not send."""
        self.page.locator("#words").fill(text)

    def attach(self, name: str, content: bytes, kind: str = "application/pdf") -> None:
        """Chooses a file."""
        self.page.locator("#files").set_input_files(
            [{"name": name, "mimeType": kind, "buffer": content}]
        )

    def press(self, title: str) -> None:
        """Presses a button."""
        self.page.get_by_role("button", name=title, exact=True).last.click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Waits until the conversation shows it."""
        expect(self.page.locator("#log")).to_contain_text(words, timeout=PATIENCE)

    def draft(self, words: str) -> None:
        """Waits until the composer holds it."""
        expect(self.page.locator("#words")).to_have_value(words, timeout=PATIENCE)

    def notes(self, words: str) -> None:
        """Waits until the line above says it."""
        expect(self.page.locator("#notice")).to_contain_text(words, timeout=PATIENCE)

    def pending(self, count: int) -> None:
        """Waits until so many messages are shown that the server has not brought back."""
        expect(self.page.locator("#log [data-waiting]")).to_have_count(count, timeout=PATIENCE)

    def shows_once(self, *texts: str) -> None:
        """Waits until the owner's words stand there, each once, in this order, and none waits."""
        self.pending(0)
        expect(self.page.locator("#log > .owner .body")).to_have_text(list(texts), timeout=PATIENCE)

    def posts(self, *texts: str) -> None:
        """Sends messages past the composer, one behind the other."""
        self.page.evaluate(POSTS, list(texts))

    def kept(self) -> list[str]:
        """The keys of what the browser remembers of this chat."""
        keys = self.page.evaluate("Object.keys(localStorage)")
        return [key for key in keys if key.startswith("donghanh.")]

    def becomes(self, expression: str) -> None:
        """Waits until the page says that it is so.

        Asked from outside each time: what Playwright leaves in the page to ask again is
        forbidden by the chat's content security policy.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"it did not become so: {expression}"
            self._pause()

    def reload(self) -> None:
        """Loads the page anew; without a network the browser shows its own page."""
        with suppress(Error):  # offline
            self.page.reload(wait_until="commit")

    def close(self) -> None:
        """The tab is gone, as when the browser ends."""
        self.page.close()

    def leave(self) -> bool:
        """Closes the tab as a person does; whether the page warned him, and he stays."""
        self.warned = False
        self.page.close(run_before_unload=True)
        end = time.monotonic() + PATIENCE_SECONDS
        while not (self.warned or self.page.is_closed()):
            assert time.monotonic() < end, "the tab neither closed nor warned"
            self._pause()
        return self.warned

    def _pause(self) -> None:
        with suppress(Error):  # closed meanwhile
            self.page.wait_for_timeout(50)

    def _answer_dialog(self, dialog: Any) -> None:
        self.warned = dialog.type == "beforeunload"
        dialog.dismiss()


class OwnerBrowser:
    """Tabs that share cookies and memory."""

    def __init__(self, context: BrowserContext, chat: ChatServer) -> None:
        self.context = context
        self.chat = chat

    def open(self) -> ChatTab:
        """A new tab with the chat, whose history is there."""
        tab = ChatTab(self.context.new_page())
        tab.page.goto(self.chat.url, wait_until="commit")
        self.is_ready(tab)
        return tab

    def is_ready(self, tab: ChatTab) -> None:
        """Waits until the tab's stream has brought the history."""
        expect(tab.page.locator("#log")).to_have_attribute("aria-live", "polite", timeout=PATIENCE)

    def offline(self) -> None:
        """The network goes away."""
        self.context.set_offline(True)

    def online(self) -> None:
        """The network comes back."""
        self.context.set_offline(False)

    def hears(self, *texts: str) -> None:
        """Waits until the server has exactly these words of owners, in this order."""
        end = time.monotonic() + PATIENCE_SECONDS
        while (heard := self.chat.heard()) != list(texts) and time.monotonic() < end:
            time.sleep(0.05)
        assert heard == list(texts)

    def hears_of(self, *texts: str) -> None:
        """Waits until the server has all these words of owners, in any order."""
        end = time.monotonic() + PATIENCE_SECONDS
        while (missing := set(texts) - set(self.chat.heard())) and time.monotonic() < end:
            time.sleep(0.05)
        assert not missing
