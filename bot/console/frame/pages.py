"""Renders the templates: escaped, strict about what is missing, with addresses under the mount."""

import secrets
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.console.frame.route_paths import RoutePaths
from bot.domain.clock import VIETNAM
from bot.domain.forms.form_file import form_address
from bot.domain.input.file_kind import SUFFIXES
from bot.domain.office.roles import Permission
from bot.domain.requests.new_hour import read_new_hour
from bot.domain.requests.rating import LOW
from bot.domain.requests.request import RequestState
from bot.domain.requests.standing import standing
from bot.house import House
from bot.texts import PAGES
from bot.texts.filters import FILTERS
from bot.texts.html import to_html

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

MEGABYTE = 1_000_000

COUNT_DIGITS = 6
"""Of a number in an address that a notice repeats."""


class Pages:
    """The templates of a house."""

    def __init__(self, house: House) -> None:
        self._house = house

    def page(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A whole page for the person of the request."""
        visitor = getattr(request.state, "visitor", None)
        html = self.fragment(
            request,
            template,
            visitor=visitor,
            notice=request.query_params.get("done", ""),
            count=_count(request.query_params.get("count", "")),
            **values,
        )
        return HTMLResponse(html, status_code=status)

    def fragment(self, request: Request, template: str, **values: Any) -> str:
        """A piece of a page."""
        now, calendar = self._house.clock(), self._house.library.tables.calendar
        return (
            _environment()
            .get_template(template)
            .render(
                path=lambda name, **parts: path_of(request, name, **parts),
                knowledge=self._house.library.current,
                now=now,
                standing=partial(standing, now=now),
                day_length=calendar.day_length,
                worked_since=lambda instant: calendar.working_time(instant, now),
                worked_until=lambda instant: calendar.working_time(now, instant),
                **values,
            )
        )


@cache
def _environment() -> Environment:
    """Of all houses: nothing in it is one's own, and each template is compiled once a process."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, PAGES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.filters.update(
        form_address=form_address,
        instant=datetime.fromisoformat,
        local_minute=local_minute,
        markdown=as_the_owner_sees_it,
        new_hour=read_new_hour,
        office_time=office_time,
        size=file_size,
    )
    environment.globals.update(
        Permission=Permission, RequestState=RequestState, new_form_id=new_form_id
    )
    environment.globals.update(LOW=LOW)
    environment.globals.update(accepted_files=",".join(SUFFIXES))
    return environment


def _count(text: str) -> int:
    digits = text.isascii() and text.isdigit() and len(text) <= COUNT_DIGITS
    return int(text) if digits else 0


def pages_of(request: Request) -> Pages:
    """The pages of the console that answers."""
    pages: Pages = request.app.state.pages
    return pages


def path_of(request: Request, name: str, **parts: Any) -> str:
    """The path of a route, wherever the console is mounted."""
    paths: RoutePaths = request.app.state.paths
    return f"{request.scope.get('root_path', '')}{paths.path(name, **parts)}"


def as_the_owner_sees_it(text: str) -> Markup:
    """A reply as it stands in the owner's chat."""
    return Markup(to_html(text))  # noqa: S704  (it escapes whatever is no mark of ours)


def file_size(size: int) -> str:
    """`340 KB`, `1,2 MB`."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


def office_time(time: timedelta, day: timedelta) -> tuple[int, str]:
    """Office time as a number and its unit, `minute`, `hour` or `day` as the office has it."""
    if time >= day:
        return time // day, "day"
    hours = time // timedelta(hours=1)
    return (hours, "hour") if hours else (time // timedelta(minutes=1), "minute")


def local_minute(instant: datetime) -> str:
    """An instant as a field of date and time takes it, in Vietnam's time."""
    return f"{instant.astimezone(VIETNAM):%Y-%m-%dT%H:%M}"


def new_form_id() -> str:
    """The name of one rendering of a form."""
    return secrets.token_urlsafe(12)
