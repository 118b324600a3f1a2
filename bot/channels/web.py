"""The web chat: the owner's page at `/`, its API, and the channel that wakes open pages."""

import asyncio
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from bot.channels.channel import Accept, Capabilities, PartLeft, uncounted
from bot.channels.web_inbound import (
    FILES_A_MESSAGE,
    MEGABYTE,
    Posted,
    Refused,
    Upload,
    WebInbound,
)
from bot.channels.web_pages import WebPages
from bot.channels.web_stream import ChatStream, chat_subject, typing_subject
from bot.channels.web_visitor import chat_key, is_from_our_page
from bot.domain.messages import ChannelName
from bot.flow import signals
from bot.house import House
from bot.services.outbox import TakenDelivery

MESSAGE_BODY = 256 * 1024
FORM_OVERHEAD = 64 * 1024
LONGEST_ID = 18
"""Digits of a message id that the database can hold."""


class WebChannel:
    """Sending wakes the open pages: the message is a row already, and they read rows."""

    name = ChannelName.WEB
    capabilities = Capabilities(buttons=True, files=True, text_limit=100_000, resend_is_safe=True)

    def __init__(self, house: House) -> None:
        self._house = house

    async def send(self, delivery: TakenDelivery, part_left: PartLeft = uncounted) -> str:  # noqa: ARG002
        """Wakes the conversation's pages."""
        self._house.signals.notify(signals.conversation(delivery.conversation_id))
        return str(delivery.message_id)

    async def typing(self, chat_key: str) -> None:
        """Shows the typing sign on the chat's pages."""
        self._house.signals.notify(typing_subject(chat_key), chat_subject(chat_key))

    async def run(self, accept: Accept) -> None:
        """Returns at once: the web server receives."""

    async def close(self) -> None:
        """Nothing to give back."""


def web_router(house: House) -> APIRouter:
    """The routes of the page. Their writing requests carry `X-Donghanh` and our own origin."""
    router = APIRouter(include_in_schema=False)
    pages = WebPages(house)
    desk = _Desk(house)
    router.add_api_route("/", pages.page, methods=["GET"], response_model=None)
    router.add_api_route("/chat/static/{name}", pages.static, methods=["GET"], response_model=None)
    router.add_api_route("/chat/messages", desk.message, methods=["POST"], response_model=None)
    router.add_api_route("/chat/files", desk.files, methods=["POST"], response_model=None)
    router.add_api_route("/chat/events", desk.events, methods=["GET"], response_model=None)

    @router.get("/chat/files/{file_id}", response_model=None)
    def file(request: Request, file_id: str) -> Response:
        key = chat_key(request)
        found = pages.file(key, file_id) if key else None
        return found or _problem(404, house.texts.say("channels.not_found"))

    return router


class _Desk:
    """Receives what pages send and keeps their streams."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def message(self, request: Request) -> Response:
        """`{"id", "text" | "choice"}` → 202, also where it was stored before."""
        try:
            key = self._key(request, "application/json")
            body = await self._body(request, MESSAGE_BODY)
            posted = Posted.model_validate_json(body)
            return await self._store(key, lambda inbound: inbound.message(posted))
        except ValidationError:
            return _problem(422, self._say("not_allowed"))
        except Refused as refused:
            return _problem(refused.status, refused.sentence)

    async def files(self, request: Request) -> Response:
        """A form of `id`, `text` and up to five `files` → 202."""
        try:
            key = self._key(request, "multipart/form-data")
            limit = self._house.settings.max_upload_mb * MEGABYTE * FILES_A_MESSAGE
            self._check_length(request, limit + FORM_OVERHEAD)
            form = await self._form(request)
            client_id, text = str(form.get("id", "")), str(form.get("text", ""))
            uploads = [
                Upload(name=file.filename or "tep", content=await file.read())
                for file in form.getlist("files")
                if isinstance(file, UploadFile)
            ]
            await form.close()
            return await self._store(key, lambda inbound: inbound.files(client_id, text, uploads))
        except Refused as refused:
            return _problem(refused.status, refused.sentence)

    async def events(self, request: Request, after: int = 0) -> Response:
        """The chat's messages as they come (`ChatStream`)."""
        key = chat_key(request)
        if key is None:
            return _problem(401, self._say("session_missing"))
        last = request.headers.get("last-event-id", "")
        after = (
            int(last) if last.isascii() and last.isdigit() and len(last) <= LONGEST_ID else after
        )
        return StreamingResponse(
            ChatStream(self._house, key, after).events(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _store(self, key: str, store: Callable[[WebInbound], str | None]) -> Response:
        conversation_id = await asyncio.to_thread(store, WebInbound(self._house, key))
        if conversation_id is not None:
            self._house.signals.notify(
                signals.INBOX,
                signals.CONSOLE,
                signals.conversation(conversation_id),
                chat_subject(key),
            )
        return JSONResponse({"new": conversation_id is not None}, status_code=202)

    def _key(self, request: Request, content_type: str) -> str:
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if given != content_type or not is_from_our_page(request, self._house.settings):
            raise Refused(403, self._say("not_allowed"))
        key = chat_key(request)
        if key is None:
            raise Refused(401, self._say("session_missing"))
        return key

    async def _body(self, request: Request, limit: int) -> bytes:
        self._check_length(request, limit)
        return await request.body()

    def _check_length(self, request: Request, limit: int) -> None:
        length = request.headers.get("content-length", "")
        if not length.isascii() or not length.isdigit():
            raise Refused(411, self._say("not_allowed"))
        if int(length) > limit:
            megabytes = max(1, limit // MEGABYTE)
            raise Refused(413, self._say("upload_too_large", limit=megabytes))

    async def _form(self, request: Request) -> FormData:
        try:
            return await request.form(max_files=FILES_A_MESSAGE, max_fields=5)
        except HTTPException as error:
            raise Refused(413, self._say("too_many_files", limit=FILES_A_MESSAGE)) from error

    def _say(self, sentence: str, /, **values: Any) -> str:
        return self._house.texts.say(f"channels.{sentence}", **values)


def _problem(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)
