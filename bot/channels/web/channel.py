"""The web chat: the owner's page at `/` and its API; open pages read what is stored."""

import time
from collections.abc import Awaitable, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from bot.channels.allowance import Seconds
from bot.channels.channel import Accept, UploadRefused
from bot.channels.open_streams import OpenStreams
from bot.channels.web.forms import FormPages
from bot.channels.web.limits import WebLimits
from bot.channels.web.lookout import Lookout
from bot.channels.web.pages import WebPages
from bot.channels.web.posts import Posted, Posts
from bot.channels.web.refusal import Refused
from bot.channels.web.stream import ChatStream, StreamResponse, chat_subject, typing_subject
from bot.channels.web.surveys import SurveyPages
from bot.channels.web.visitor import chat_key, is_from_our_page, network_address
from bot.domain.input.cleaning import is_in_utf8
from bot.domain.input.row_id import read_row_id
from bot.domain.talk.messages import FILES_A_MESSAGE, TEXT_LIMIT, ChannelName, InboundEvent
from bot.house import House
from bot.services.messaging.files import Upload
from bot.settings import MEBIBYTE

MESSAGE_BODY = 256 * 1024
FORM_OVERHEAD = 64 * 1024

STREAM_WAIT_SECONDS = 15.0
"""After so long a page may ask again whether there is room for its stream."""


class WebChannel:
    """Nothing is sent: whoever stores a message wakes the pages, and they read it."""

    name = ChannelName.WEB

    def __init__(self, house: House) -> None:
        self._house = house

    def router(self, accept: Accept) -> APIRouter:
        """The page and its API."""
        return web_router(self._house, accept)

    async def typing(self, chat_key: str) -> None:
        """Shows the typing sign on the chat's pages."""
        self._house.signals.notify(typing_subject(chat_key))

    async def run(self, accept: Accept) -> None:  # noqa: ARG002
        """The web server receives; here is looked for messages of which no page was told."""
        await Lookout(self._house).run()

    async def close(self) -> None:
        """Nothing to give back."""


def web_router(house: House, accept: Accept, *, seconds: Seconds = time.monotonic) -> APIRouter:
    """The routes of the page. Their writing requests carry `X-Donghanh` and our own origin.

    `seconds` is the time by which senders are counted.
    """
    router = APIRouter(include_in_schema=False)
    pages = WebPages(house)
    desk = _Desk(house, accept, seconds)
    router.add_api_route("/", pages.page, methods=["GET"], response_model=None)
    router.add_api_route(
        "/chat/static/{version}/{name}", pages.static, methods=["GET"], response_model=None
    )
    router.include_router(FormPages(house, pages.static_address).router())
    router.include_router(SurveyPages(house, pages.static_address, seconds=seconds).router())
    router.add_api_route("/chat/menu", pages.menu, methods=["GET"], response_model=None)
    router.add_api_route("/chat/messages", desk.message, methods=["POST"], response_model=None)
    router.add_api_route("/chat/files", desk.files, methods=["POST"], response_model=None)
    router.add_api_route("/chat/events", desk.events, methods=["GET"], response_model=None)

    @router.get("/chat/mine", response_model=None)
    def mine(request: Request) -> Response:
        key = chat_key(request)
        missing = Refused(401, house.texts.say("channels.session_missing"))
        return pages.mine(key) if key else missing.response()

    @router.get("/chat/files/{file_id}", response_model=None)
    def file(request: Request, file_id: str) -> Response:
        key = chat_key(request)
        found = pages.file(key, file_id) if key else None
        return found or Refused(404, house.texts.say("channels.not_found")).response()

    @router.get("/chat/files/{file_id}/dark", response_model=None)
    def dark_file(request: Request, file_id: str) -> Response:
        key = chat_key(request)
        found = pages.dark_file(key, file_id) if key else None
        return found or Refused(404, house.texts.say("channels.not_found")).response()

    return router


class _Desk:
    """Receives what pages send and keeps their streams."""

    def __init__(self, house: House, accept: Accept, seconds: Seconds) -> None:
        self._house = house
        self._accept = accept
        self._posts = Posts(house)
        self._largest_upload = house.settings.max_upload_bytes * FILES_A_MESSAGE + FORM_OVERHEAD
        self._limits = WebLimits(house, largest_upload=self._largest_upload, seconds=seconds)
        self._streams = OpenStreams()

    async def message(self, request: Request) -> Response:
        """`{"id", "text" | "choice"}` → 202, also where it was stored before."""
        return await _answered(self._message(request))

    async def files(self, request: Request) -> Response:
        """A form of `id`, `text` and up to five `files` → 202."""
        return await _answered(self._files(request))

    async def events(self, request: Request) -> Response:
        """The chat's messages as they come (`ChatStream`), after `Last-Event-ID` or `after`."""
        key, address = chat_key(request), network_address(request)
        if key is None:
            return Refused(401, self._say("session_missing")).response()
        last = _place(request.headers.get("last-event-id", ""))
        stream = ChatStream(self._house, key, last or _place(request.query_params.get("after", "")))
        if not self._streams.enter(key, address, stream):
            return Refused(429, self._say("too_many_pages"), wait=STREAM_WAIT_SECONDS).response()
        return StreamResponse(stream, lambda: self._streams.leave(key, address, stream))

    async def _message(self, request: Request) -> Response:
        key = self._key(request, "application/json")
        self._limits.let_knock(network_address(request))
        self._check_length(request, MESSAGE_BODY, self._say("text_too_long", limit=TEXT_LIMIT))
        try:
            posted = Posted.read(await request.body())
        except ValueError as error:
            raise Refused(422, self._say("not_allowed")) from error
        return await self._store(request, key, self._posts.message(key, posted))

    async def _files(self, request: Request) -> Response:
        key, address = self._key(request, "multipart/form-data"), network_address(request)
        self._limits.let_knock(address)
        megabytes = self._largest_upload // MEBIBYTE
        size = self._check_length(
            request, self._largest_upload, self._say("upload_too_large", limit=megabytes)
        )
        self._limits.let_upload(address, size)
        client_id, text, uploads = await self._form(request)
        event = self._posts.files(key, client_id, text, uploads)
        return await self._store(request, key, event, uploads)

    async def _store(
        self, request: Request, key: str, event: InboundEvent, uploads: Sequence[Upload] = ()
    ) -> Response:
        let_in = partial(self._limits.let_write, key, network_address(request))
        try:
            is_new = await self._accept(event, uploads, let_in)
        except UploadRefused as refused:
            status = 413 if refused.reason == "too_large" else 422
            raise Refused(status, str(refused)) from refused
        if is_new:
            # Pages of a chat that has just begun know of no conversation yet.
            self._house.signals.notify(chat_subject(key))
        return JSONResponse({"new": is_new}, status_code=202)

    def _key(self, request: Request, content_type: str) -> str:
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if given != content_type or not is_from_our_page(request, self._house.settings):
            raise Refused(403, self._say("not_allowed"))
        key = chat_key(request)
        if key is None:
            raise Refused(401, self._say("session_missing"))
        return key

    def _check_length(self, request: Request, limit: int, too_large: str) -> int:
        length = request.headers.get("content-length", "")
        if not length.isascii() or not length.isdigit():
            raise Refused(411, self._say("not_allowed"))
        if int(length) > limit:
            raise Refused(413, too_large)
        return int(length)

    async def _form(self, request: Request) -> tuple[str, str, list[Upload]]:
        if not is_in_utf8(request.headers.get("content-type", "")):
            raise Refused(422, self._say("not_allowed"))
        try:
            async with request.form(max_files=FILES_A_MESSAGE, max_fields=5) as form:
                uploads = [
                    Upload(name=file.filename or "tep", content=await file.read())
                    for file in form.getlist("files")
                    if isinstance(file, UploadFile)
                ]
                return _words(form, "id"), _words(form, "text"), uploads
        except HTTPException as error:
            raise self._torn_form(error) from error

    def _torn_form(self, error: HTTPException) -> Refused:
        if "Too many files" in error.detail:
            return Refused(413, self._say("too_many_files", limit=FILES_A_MESSAGE))
        if "maximum size" in error.detail:
            return Refused(413, self._say("text_too_long", limit=TEXT_LIMIT))
        return Refused(422, self._say("not_allowed"))

    def _say(self, sentence: str, /, **values: Any) -> str:
        return self._house.texts.say(f"channels.{sentence}", **values)


async def _answered(work: Awaitable[Response]) -> Response:
    try:
        return await work
    except Refused as refused:
        return refused.response()
    except ClientDisconnect:
        # The line was cut in the middle of a message: nobody hears the answer.
        return Response(status_code=400)


def _words(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _place(given: str) -> int:
    """The id of a message as a browser gives it back; 0, the start, for anything else."""
    return read_row_id(given) or 0
