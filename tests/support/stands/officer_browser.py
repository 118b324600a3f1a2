"""A browser without a window: keeps cookies, reads forms, follows redirects."""

import re
from html import unescape
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.console import console
from bot.console.frame.cookies import SESSION_COOKIE
from bot.house import House
from bot.services.staff.sessions import SessionService
from bot.storage.models import Officer
from tests.support.data.seed import PASSWORD


def mounted(house: House) -> FastAPI:
    """The console where the application mounts it."""
    app = FastAPI()
    # Words alone are compared: a browser without a window needs no model either.
    app.mount("/console", console(house, lambda: None))
    return app


class OfficerBrowser:
    """One browser at one address. Paths are those under `/console`."""

    def __init__(self, house: House, *, address: str = "192.0.2.10") -> None:
        self.house = house
        self.client = TestClient(mounted(house), client=(address, 50_000))
        self.page: Response | None = None

    def get(self, path: str, *, follow: bool = True) -> Response:
        """Opens a page."""
        self.page = self.client.get(f"/console{path}", follow_redirects=follow)
        return self.page

    def post(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        *,
        files: Any = None,
        follow: bool = True,
    ) -> Response:
        """Sends a form with the hidden fields of the form on the page that is open."""
        values = self.hidden(path) | (fields or {})
        self.page = self.client.post(
            f"/console{path}", data=values, files=files, follow_redirects=follow
        )
        return self.page

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the open page's form that goes to a path."""
        assert self.page is not None
        opening = rf'<form[^>]*action="/console{re.escape(path)}"[^>]*>'
        form = re.search(rf"{opening}(.*?)</form>", self.page.text, re.DOTALL)
        assert form is not None, f"no form goes to {path}"
        inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1])
        return {name: unescape(value) for name, value in inputs}

    def sign_in(self, username: str, password: str = PASSWORD) -> Response:
        """Signs in through the page."""
        self.get("/sign-in")
        return self.post("/sign-in", {"username": username, "password": password})

    def enter(self, username: str) -> Response:
        """Comes with a living session, past a sign-in that the test is not about: it takes long."""
        with self.house.database.transaction() as session:
            officer = session.scalars(select(Officer).filter_by(username=username)).one()
            token = SessionService(session).open(officer, now=self.house.clock())
        self.client.cookies.set(SESSION_COOKIE, token, path="/console")
        return self.get("/")
