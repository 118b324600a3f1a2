"""The page behind the link of a survey: shown to whoever has the link, answered without a script.

Nothing is put into the browser, and nothing is begun by opening it: mail programs open links too.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from bot.channels.allowance import Seconds
from bot.channels.web.forms import TEMPLATES
from bot.channels.web.limits import WebLimits
from bot.channels.web.refusal import Refused, whole_seconds
from bot.channels.web.visitor import network_address
from bot.domain.input.cleaning import is_in_utf8
from bot.house import House
from bot.services.assessments.answer_page import Given
from bot.services.surveys.answering import Asked, Standing, SurveyRuns
from bot.services.surveys.invitation_message import InvitationMessage
from bot.texts import PAGES

SURVEY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}

LARGEST_BODY = 256 * 1024
MOST_FIELDS = 500
"""Twice what our longest questionnaire shows."""

BEGIN = "bat-dau"
"""The button with which the owner agrees to the sentence of consent."""

SAVED = "da-luu"


class SurveyPages:
    """`static`: where the page's style lies; `seconds`: the time by which senders are counted."""

    def __init__(self, house: House, static: str, *, seconds: Seconds) -> None:
        self._house = house
        self._static = static
        self._limits = WebLimits(house, largest_upload=LARGEST_BODY, seconds=seconds)
        loader = FileSystemLoader([TEMPLATES, PAGES])
        environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._template = environment.get_template("survey.html")

    def router(self) -> APIRouter:
        """The address."""
        router = APIRouter(include_in_schema=False)
        address = "/khao-sat/{token}"
        router.add_api_route(address, self.shown, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(address, self.taken, methods=["POST"], response_model=None)
        return router

    def shown(self, request: Request, token: str) -> Response:
        """The survey as far as it was answered, or why there is none. Blocking."""
        try:
            self._limits.let_knock(network_address(request))
        except Refused as refused:
            return self._wait(refused)
        with self._house.database.reading() as session:
            return self._stands(request, session, self._found(session, token))

    async def taken(self, request: Request, token: str) -> Response:
        """What was filled in is saved; the last press answers the survey."""
        try:
            self._limits.let_knock(network_address(request))
        except Refused as refused:
            return self._wait(refused)
        given = await _fields(request)
        if given is None:
            return self._told("odd", 400)
        return await asyncio.to_thread(self._take, request, token, given)

    # — inside —

    def _take(self, request: Request, token: str, given: Given) -> Response:
        house, here = self._house, f"/khao-sat/{token}"
        with house.database.transaction() as session:
            found = self._found(session, token)
            if found is None or found.standing is not Standing.OPEN:
                return self._stands(request, session, found)
            if found.invitation.attempt is None and BEGIN not in given:
                # Nothing is kept of who has not agreed.
                return self._stands(request, session, found)
            runs = SurveyRuns(session)
            pages = runs.pages(found, house.texts, house.library.current.products)
            attempt = runs.on_page(
                found,
                pages,
                consent_version=house.texts.say("survey.consent_version"),
                now=house.clock(),
            )
            if attempt is None:
                return self._stands(request, session, self._found(session, token))
            if BEGIN in given:
                return _onward(here)
            cause = _cause(found.invitation.id, given)
            taken = pages.take(attempt, given, cause=cause, now=house.clock())
            if taken.problems:
                page = pages.shown(attempt, problems=taken.problems, typed=given)
                return self._page(422, "questions", found, page=page)
        return _onward(here if taken.finished else f"{here}?{SAVED}=1")

    def _found(self, session: Session, token: str) -> Asked | None:
        return SurveyRuns(session).by_link(token, now=self._house.clock())

    def _stands(self, request: Request, session: Session, found: Asked | None) -> Response:
        if found is None:
            return self._told("unknown", 404)
        if found.standing is Standing.ANSWERED:
            return self._told("thanks", 200, found)
        if found.standing is Standing.CLOSED:
            return self._told("closed", 410)
        attempt = found.invitation.attempt
        if attempt is None:
            return self._page(200, "begin", found)
        products = self._house.library.current.products
        page = SurveyRuns(session).pages(found, self._house.texts, products).shown(attempt)
        is_saved = SAVED in request.query_params
        return self._page(200, "questions", found, page=page, saved=is_saved)

    def _page(
        self, status: int, part: str, found: Asked, *, page: object = None, saved: bool = False
    ) -> Response:
        say = partial(self._house.texts.say)
        return self._html(
            status,
            part=part,
            title=found.campaign.title,
            lead=say("survey.page_from", department=self._department),
            intro=found.questions.intro,
            consent=say("survey.page_consent"),
            until=say("survey.page_until", closes_at=found.campaign.closes_at),
            erase=self._erase,
            begin=(BEGIN, say("survey.page_begin")),
            done=say("survey.page_done"),
            saved=say("survey.page_saved") if saved else "",
            page=page,
        )

    def _told(self, name: str, status: int, found: Asked | None = None) -> Response:
        say = self._house.texts.say
        words = [say(_SENTENCES[name])]
        if found is not None:
            words += [found.questions.caveat, self._erase]
        return self._html(status, part="told", title=say(_TITLES[name]), words=words)

    def _wait(self, refused: Refused) -> Response:
        say, seconds = self._house.texts.say, whole_seconds(refused.wait or 1)
        words = [say("survey.page_wait", seconds=seconds)]
        response = self._html(429, part="told", title=say("survey.page_wait_title"), words=words)
        response.headers["Retry-After"] = str(seconds)
        return response

    def _html(self, status: int, **values: Any) -> Response:
        html = self._template.render(
            static=self._static, department=self._department, **values
        ).encode()
        return Response(
            html, status_code=status, media_type="text/html; charset=utf-8", headers=SURVEY_HEADERS
        )

    @property
    def _erase(self) -> str:
        """Whom to ask who wants the answers erased, as far as the department has filled it in."""
        department = self._house.library.tables.department
        return self._house.texts.say(
            "survey.page_erase",
            department=self._department,
            telephone=department.telephone,
            email=department.email,
        )

    @property
    def _department(self) -> str:
        named = self._house.library.tables.department.name
        return InvitationMessage(self._house.texts, named).department


_TITLES = {
    "unknown": "survey.page_unknown_title",
    "thanks": "survey.page_thanks_title",
    "closed": "survey.page_closed_title",
    "odd": "survey.page_odd_title",
}
_SENTENCES = {
    "unknown": "survey.page_unknown",
    "thanks": "survey.page_thanks",
    "closed": "survey.page_closed",
    "odd": "survey.page_odd",
}


async def _fields(request: Request) -> Mapping[str, Sequence[str]] | None:
    """The fields of a post with all their values; None where it is no form of ours."""
    content_type = request.headers.get("content-type", "")
    length = request.headers.get("content-length", "")
    if not is_in_utf8(content_type) or not length.isascii() or not length.isdigit():
        return None
    if int(length) > LARGEST_BODY:
        return None
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            given = {
                name: [one for one in form.getlist(name) if isinstance(one, str)] for name in form
            }
    except HTTPException:
        return None
    return given or None


def _cause(invitation_id: int, given: Given) -> str:
    """The name of this post with what it says: sent twice it is taken once."""
    said = repr(sorted((name, list(values)) for name, values in given.items()))
    return f"survey-page:{invitation_id}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _onward(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers=SURVEY_HEADERS)
