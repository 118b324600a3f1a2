"""A stand-in for the Telegram Bot API over real HTTP on loopback, in a thread of its own.

It keeps what it was sent (`calls`, `messages`), gives out updates with Telegram's own rules of the
offset, checks what Telegram checks, and fails on demand (`fail`).
"""

import asyncio
import json
import re
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

TOKEN = "1234567:AAtestTokenTestTokenTestTokenTestTok"
BOT = {"id": 1234567, "is_bot": True, "first_name": "Đồng Hành", "username": "donghanh_bot"}
CHAT = 5550001
DATE = 1795490000
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s[^<>]*)?)>")
_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote"}
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+);")


@dataclass(frozen=True)
class Call:
    """One request: the method and its fields; files as (name, bytes)."""

    method: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """How a call goes wrong. `stage`: answer, hang, abort_before, abort_after (the record), odd.

    `result`: what an odd answer holds, though it is said to have gone well.
    """

    stage: str = "answer"
    status: int = 500
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    html: bool = False
    result: Any = None


CONFLICT = Fault(status=409, description="Conflict: terminated by other getUpdates request")
WEBHOOK = Fault(
    status=409, description="Conflict: can't use getUpdates method while webhook is active"
)
BLOCKED = Fault(status=403, description="Forbidden: bot was blocked by the user")
UNAUTHORIZED = Fault(status=401, description="Unauthorized")
BAD_GATEWAY = Fault(status=502, html=True)
CANT_PARSE = Fault(status=400, description="Bad Request: can't parse entities: unexpected end tag")
NO_CHAT = Fault(status=400, description="Bad Request: chat not found")
TOO_LARGE = Fault(status=413, description="Request Entity Too Large")
BARE_FLOOD = Fault(status=429, description="Too Many Requests")
HANG = Fault(stage="hang")
ABORT_BEFORE = Fault(stage="abort_before")
ABORT_AFTER = Fault(stage="abort_after")


def flood(seconds: int) -> Fault:
    """Telegram asks for patience."""
    return Fault(
        status=429,
        description=f"Too Many Requests: retry after {seconds}",
        parameters={"retry_after": seconds},
    )


def odd(result: Any) -> Fault:
    """Telegram says that it went well, and gives something else than was asked for."""
    return Fault(stage="odd", result=result)


class _RefusedError(Exception):
    """A 400 of Telegram."""


@dataclass(frozen=True)
class _Waiting:
    """An update that is not confirmed yet. `id` is Telegram's own, whatever the content says."""

    id: int
    content: Any


class _Aborted(Response):
    """Promises a body and leaves: the client sees a torn connection."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


class TelegramServer:
    """`with TelegramServer() as telegram:`, then `telegram.base_url`."""

    def __init__(self, hang_seconds: float = 3.0) -> None:
        self.calls: list[Call] = []
        self.messages: list[dict[str, Any]] = []
        self.waiting: list[_Waiting] = []
        self.files: dict[str, bytes] = {}
        self.webhook = False
        self.offsets: list[int | None] = []
        self._faults: dict[str, deque[Fault | None]] = defaultdict(deque)
        self._hang_seconds = hang_seconds
        self._update_id = 905_100_000
        self._message_id = 1000
        self._closing = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            host="127.0.0.1",
            port=0,
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Nobody listens any more."""
        self._closing = True
        self._server.should_exit = True
        self._server.force_exit = True
        if self._thread is not None:
            self._thread.join(timeout=10)

    # — what people do —

    def write(self, text: str, chat: int = CHAT, **more: Any) -> dict[str, Any]:
        """A person writes to the bot."""
        return self.push({"message": self._message(chat, text=text, **more)})

    def put(self, chat: int = CHAT, **content: Any) -> dict[str, Any]:
        """A person sends something else than words."""
        return self.push({"message": self._message(chat, **content)})

    def edit(self, update: dict[str, Any], text: str, at: int = DATE + 60) -> dict[str, Any]:
        """A person changes a message."""
        changed = {**update["message"], "text": text, "edit_date": at}
        return self.push({"edited_message": changed})

    def press(self, label: str, chat: int = CHAT) -> dict[str, Any]:
        """A person presses a button of the newest message that has it."""
        for message in reversed(self.messages):
            for button in self.buttons(message):
                if button["text"] == label:
                    return self.push({"callback_query": self._query(chat, button)})
        raise AssertionError(f"no button {label}")

    def document(self, name: str, content: bytes, chat: int = CHAT, **more: Any) -> dict[str, Any]:
        """A person sends a document."""
        file_id = self.keep(content)
        size = more.pop("size", len(content))
        document = {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_name": name,
            "mime_type": "application/octet-stream",
            "file_size": size,
        }
        return self.put(chat, document=document, **more)

    def photo(self, content: bytes, chat: int = CHAT, **more: Any) -> dict[str, Any]:
        """A person sends a picture."""
        file_id = self.keep(content)
        sizes = [
            {"file_id": "tiny", "file_unique_id": "t", "width": 90, "height": 67, "file_size": 9},
            {
                "file_id": file_id,
                "file_unique_id": "b",
                "width": 1280,
                "height": 960,
                "file_size": len(content),
            },
        ]
        return self.put(chat, photo=sizes, **more)

    def block(self, chat: int = CHAT, status: str = "kicked") -> dict[str, Any]:
        """A person blocks the bot, or takes it back (`member`)."""
        member = {"user": BOT, "status": "member"}
        new: dict[str, Any] = {"user": BOT, "status": status}
        if status == "kicked":
            new["until_date"] = 0
        change = {
            "date": DATE,
            "chat": _private(chat),
            "from": _person(chat),
            "old_chat_member": member,
            "new_chat_member": new,
        }
        return self.push({"my_chat_member": change})

    def push(self, content: dict[str, Any]) -> dict[str, Any]:
        """Any update."""
        update = {"update_id": self._update_id + 1, **content}
        self.push_raw(update)
        return update

    def push_raw(self, content: Any) -> int:
        """Whatever stands where an update should; Telegram's own id of it."""
        self._update_id += 1
        self.waiting.append(_Waiting(self._update_id, content))
        return self._update_id

    def again(self, update: dict[str, Any]) -> None:
        """The same update once more, as after a crash."""
        self.waiting.append(_Waiting(update["update_id"], update))

    @property
    def newest(self) -> int:
        """Telegram's own id of the newest update."""
        return self._update_id

    def keep(self, content: bytes) -> str:
        """A file at Telegram; its id."""
        file_id = f"file{len(self.files)}"
        self.files[file_id] = content
        return file_id

    def fail(self, method: str, fault: Fault, times: int = 1, after: int = 0) -> None:
        """The next calls of a method go wrong, `after` so many that do not."""
        self._faults[method].extend([None] * after + [fault] * times)

    # — what was seen —

    def texts(self, chat: int = CHAT) -> list[str]:
        """What the person reads."""
        return [m["text"] for m in self.messages if m["chat"]["id"] == chat and "text" in m]

    def buttons(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        """The buttons of a message, in order."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(1 for call in self.calls if call.method == method)

    # — the service —

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        fields = await _fields(request)
        self.calls.append(Call(method, fields))
        if request.path_params["token"] != TOKEN:
            return _failure(UNAUTHORIZED)
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault is not None and fault.stage != "abort_after":
            return await self._go_wrong(fault)
        try:
            result = await self._answer(method, fields)
        except _RefusedError as refused:
            return _failure(Fault(status=400, description=f"Bad Request: {refused}"))
        if fault is not None:
            return _Aborted()
        return _json({"ok": True, "result": result})

    async def _go_wrong(self, fault: Fault) -> Response:
        if fault.stage == "hang":
            await asyncio.sleep(self._hang_seconds)
        if fault.stage == "odd":
            return _json({"ok": True, "result": fault.result})
        return _Aborted() if fault.stage != "answer" else _failure(fault)

    async def _answer(self, method: str, fields: dict[str, Any]) -> Any:
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return await self._get_updates(fields)
        if method == "getFile":
            return self._get_file(fields["file_id"])
        if method in {"sendMessage", "sendPhoto", "sendDocument"}:
            return self._send(method, fields)
        if method == "deleteWebhook":
            self.webhook = False
        return True

    async def _get_updates(self, fields: dict[str, Any]) -> list[Any]:
        offset = int(fields["offset"]) if "offset" in fields else None
        self.offsets.append(offset)
        if offset is not None:
            self.waiting = [u for u in self.waiting if u.id >= offset]
        end = time.monotonic() + float(fields.get("timeout", 0))
        while not self.waiting and time.monotonic() < end and not self._closing:  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # people add updates from another thread
        return [u.content for u in self.waiting[: int(fields.get("limit", 100))]]

    def _get_file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise _RefusedError("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        return {
            "file_id": file_id,
            "file_unique_id": "u",
            "file_size": size,
            "file_path": f"docs/{file_id}",
        }

    async def _file(self, request: Request) -> Response:
        name = request.path_params["path"].rpartition("/")[2]
        self.calls.append(Call("file", {"name": name}))
        fault = self._faults["file"].popleft() if self._faults["file"] else None
        if fault is not None:
            return await self._go_wrong(fault)
        return Response(self.files[name])

    def _send(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        message = self._message(int(fields["chat_id"]), sender=BOT)
        if method == "sendMessage":
            message["text"] = _checked(fields.get("text", ""), fields.get("parse_mode", ""))
        else:
            kind = "photo" if method == "sendPhoto" else "document"
            name, content = next(v for v in fields.values() if isinstance(v, tuple))
            message["file"] = (kind, name, content)
        if "reply_markup" in fields:
            message["reply_markup"] = json.loads(fields["reply_markup"])
            for button in self.buttons(message):
                if "url" not in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise _RefusedError("BUTTON_DATA_INVALID")
        self.messages.append(message)
        hidden = {"file", "reply_markup"}
        return {key: value for key, value in message.items() if key not in hidden}

    def _message(self, chat: int, sender: Any = None, **content: Any) -> dict[str, Any]:
        self._message_id += 1
        return {
            "message_id": self._message_id,
            "date": DATE,
            "chat": _private(chat),
            "from": sender or _person(chat),
            **content,
        }

    def _query(self, chat: int, button: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": f"q{self._update_id}",
            "from": _person(chat),
            "message": self._message(chat, sender=BOT, text="…"),
            "chat_instance": "-1",
            "data": button["callback_data"],
        }


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn"}


def _private(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Lan"}


def _failure(fault: Fault) -> Response:
    if fault.html:
        return Response("<html><h1>Bad Gateway</h1></html>", fault.status, media_type="text/html")
    body = {"ok": False, "error_code": fault.status, "description": fault.description}
    if fault.parameters:
        body["parameters"] = fault.parameters
    return _json(body, fault.status)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    # Every letter beyond ASCII is written out, as Telegram does: half a surrogate pair, too.
    return Response(json.dumps(body), status, media_type="application/json")


async def _fields(request: Request) -> dict[str, Any]:
    async with request.form() as form:
        return {
            key: (value.filename, await value.read()) if isinstance(value, UploadFile) else value
            for key, value in form.multi_items()
        }


def _checked(text: str, parse_mode: str) -> str:
    """The text as a person sees it; refused as Telegram refuses."""
    seen = _parsed(text) if parse_mode == "HTML" else text
    if not seen.strip():
        raise _RefusedError("message text is empty")
    if len(seen.encode("utf-16-le")) // 2 > 4096:
        raise _RefusedError("message is too long")
    return seen


def _parsed(text: str) -> str:
    if _ENTITY.sub("", text).count("&"):
        raise _RefusedError("can't parse entities: unknown entity")
    open_tags: list[str] = []
    for tag in _TAG.finditer(text):
        if tag[2] not in _TAGS:
            raise _RefusedError(f'can\'t parse entities: unsupported start tag "{tag[2]}"')
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            raise _RefusedError("can't parse entities: unexpected end tag")
    bare = _TAG.sub("", text)
    if open_tags or "<" in bare:
        raise _RefusedError("can't parse entities: can't find end of tag")
    return unescape(bare)
