"""The form of an answer page as a browser without script fills it in."""

from collections.abc import Callable, Sequence
from html.parser import HTMLParser

from httpx2 import Response

from tests.support.stands.officer_browser import OfficerBrowser

TYPED = {"doanh-thu": "3,2 tỷ", "san-pham": "nồi cơm điện"}
"""What is typed into the boxes of our own that take no “1”."""


class _Fields(HTMLParser):
    """The inputs of the one form that holds answers."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, list[str]] = {}
        self.options: dict[str, list[str]] = {}
        self.kinds: dict[str, set[str]] = {}
        self.given: dict[str, list[str]] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = found.get("id") == "answers"
            self.action = found["action"] if self._inside else self.action
        if tag != "input" or not self._inside:
            return
        name, value = found["name"], found.get("value", "")
        if found["type"] == "hidden":
            self.hidden.setdefault(name, []).append(value)
            return
        self.kinds.setdefault(name, set()).add(found["type"])
        given = self.given.setdefault(name, [])
        if found["type"] == "text":
            given.extend([value] if value else [])
            return
        self.options.setdefault(name, []).append(value)
        if "checked" in found:
            given.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class AnswerForm:
    """The open page's questions, each by its id."""

    def __init__(self, browser: OfficerBrowser, fields: _Fields) -> None:
        self._browser = browser
        self._fields = fields

    @classmethod
    def of(cls, browser: OfficerBrowser) -> "AnswerForm":
        """Reads the page that is open."""
        assert browser.page is not None
        fields = _Fields()
        fields.feed(browser.page.text)
        assert fields.action, "the page has no answers"
        return cls(browser, fields)

    @property
    def questions(self) -> list[str]:
        """The ids of the questions, in their order."""
        return [name.removeprefix("q.") for name in self._fields.kinds]

    def chosen(self, question: str) -> list[str]:
        """The values that stand there."""
        return self._fields.given[f"q.{question}"]

    def choose(self, question: str, *values: str) -> None:
        """Gives a question these values."""
        self._fields.given[f"q.{question}"] = list(values)

    def fill(self, choose: Callable[[Sequence[list[str]]], list[str]]) -> None:
        """Answers each question that has no answer in one of the ways that its inputs leave."""
        for name, given in self._fields.given.items():
            if not given:
                self._fields.given[name] = choose(self._ways(name))

    def send(self, *, done: bool = False, follow: bool = True) -> Response:
        """Presses the button: to save, or to say that it is all."""
        data = {**self._fields.hidden, **self._fields.given} | ({"xong": ["1"]} if done else {})
        self._browser.page = self._browser.client.post(
            self._fields.action, data=data, follow_redirects=follow
        )
        return self._browser.page

    def _ways(self, name: str) -> list[list[str]]:
        options = self._fields.options.get(name, [])
        kinds = self._fields.kinds[name]
        if "text" in kinds:
            return [[options[0]], [TYPED.get(name.removeprefix("q."), "1")]]
        # A ladder is climbed by its best answers alone.
        best = max((one for one in options if one.isdecimal()), default=options[0])
        return [*([one] for one in options), *([best] for _ in range(4))]
