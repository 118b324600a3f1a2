"""The forms over HTTP: each at an address that stays, and a page that lists them."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader

from bot.channels.web.packed import Packed
from bot.domain.clock import VIETNAM
from bot.domain.forms.form_file import FORMS_ADDRESS, address_of, media_type_of
from bot.forms.made_forms import MadeForm, MadeForms
from bot.house import House
from bot.knowledge.forms.form import Form
from bot.knowledge.forms.forms import Forms

TEMPLATES = Path(__file__).resolve().parent / "page" / "templates"

FORM_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
LIST_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class FormPages:
    """Open to everybody, and the same for everybody. `static`: where the page's style lies."""

    def __init__(self, house: House, static: str) -> None:
        self._house = house
        self._static = static
        self._made = MadeForms(house.library, house.texts)
        loader = FileSystemLoader(TEMPLATES)
        self._template = Environment(loader=loader, autoescape=True).get_template("forms.html")

    def router(self) -> APIRouter:
        """The addresses."""
        router = APIRouter(include_in_schema=False)
        ways = ["GET", "HEAD"]
        router.add_api_route(FORMS_ADDRESS, self.listed, methods=ways, response_model=None)
        router.add_api_route(
            address_of("{file_name}"), self.file, methods=ways, response_model=None
        )
        return router

    def listed(self, request: Request) -> Response:
        """The page of all forms. Blocking."""
        return Packed(
            self._template.render(self._values()).encode(),
            "text/html; charset=utf-8",
            LIST_HEADERS,
        ).response(request)

    def file(self, request: Request, file_name: str) -> Response:
        """The file of a form; 304 where the browser has it as it is. Blocking while it is made."""
        kept = self._forms().of_file(file_name) is not None
        made = self._made.file(file_name) if kept else None
        if made is None:
            text = self._house.texts.say("form.not_found", address=FORMS_ADDRESS)
            return Response(text, status_code=404, media_type="text/plain; charset=utf-8")
        headers = _headers(made)
        if made.digest in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(
            made.content, media_type=media_type_of(made.form.file_name), headers=headers
        )

    def _values(self) -> dict[str, Any]:
        say, library = self._house.texts.say, self._house.library
        name = library.tables.department.name or say("department.our_name")
        return {
            "title": say("form.page_title"),
            "lead": say("form.page_lead", department=name),
            "none": say("form.page_none"),
            "static": self._static,
            "forms": [self._row(form) for form in self._forms().by_id.values()],
        }

    def _forms(self) -> Forms:
        """Those that may be handed out today."""
        today = self._house.clock().astimezone(VIETNAM).date()
        return self._house.library.current.forms_on(today)

    def _row(self, form: Form) -> dict[str, str]:
        say = self._house.texts.say
        kind = say(f"form.kind_{form.kind}")
        return {
            "name": form.name,
            "address": address_of(form.file_name),
            "about": say("form.page_item", kind=kind, reviewed_on=form.reviewed_on),
            "guide": form.guide,
        }


def _headers(made: MadeForm) -> dict[str, str]:
    file_name = made.form.file_name
    spoken = quote(f"{made.form.name}.{made.form.kind.ending}")
    return {
        **FORM_HEADERS,
        "Content-Disposition": f"attachment; filename=\"{file_name}\"; filename*=UTF-8''{spoken}",
        "ETag": f'"{made.digest}"',
    }
