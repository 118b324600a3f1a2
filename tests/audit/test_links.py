"""Pages that articles name are asked whether they are there."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.audit.links import Page, pages_of, unreachable
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Link


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # (the library's name)
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_each_address_stands_once_with_its_articles() -> None:
    link = Link(title="Nhãn điện tử", address="https://elabel.gov.vn")
    articles = [Article.model_construct(id=name, links=[link]) for name in ("a", "b")]
    assert pages_of(articles) == [Page("https://elabel.gov.vn", ("a", "b"))]


def test_what_is_gone_is_told_and_what_only_refuses_programs_is_there(site: str) -> None:
    pages = [Page(f"{site}/{status}", ("a",)) for status in (200, 403, 404, 500)]
    found = [(page.address[-3:], fault) for page, fault in unreachable(pages, seconds=5)]
    assert found == [("404", "HTTP 404"), ("500", "HTTP 500")]


def test_a_host_that_is_not_there_is_told(site: str) -> None:
    nobody = Page("http://127.0.0.1:9/", ("a",))
    assert [fault for _, fault in unreachable([nobody], seconds=2)] == ["ConnectError"]
