"""The page, its static files, and the files of a chat."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import FileResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.channels.web.menu import menu
from bot.channels.web.mine import Mine
from bot.channels.web.packed import Packed
from bot.channels.web.view import DRAWN_TYPE
from bot.channels.web.visitor import welcome
from bot.charts import dark_chart
from bot.domain.forms.form_file import FORMS_ADDRESS
from bot.domain.input.file_kind import SUFFIXES
from bot.domain.talk.messages import FILES_A_MESSAGE, TEXT_LIMIT, ChannelName
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import TranscriptService
from bot.storage.models import StoredFile
from bot.texts.html import to_html

FOLDER = Path(__file__).resolve().parent / "page"
SCRIPTS = (
    "chat.js",
    "call.js",
    "composer.js",
    "draft.js",
    "find.js",
    "kept_files.js",
    "log.js",
    "menu.js",
    "mine.js",
    "notebook.js",
    "page.js",
    "scroll.js",
    "sending.js",
    "stream.js",
    "tabs.js",
    "tools.js",
    "voice.js",
    "waiting.js",
)
STATIC = {
    "chat.css": "text/css",
    "forms.css": "text/css",
    "survey.css": "text/css",
    "icon.svg": "image/svg+xml",
    **dict.fromkeys(SCRIPTS, "text/javascript"),
}
SUGGESTIONS = ("question", "assessment", "request", "person")
ACTIONS = ("assessment", "request", "status", "person", "data")
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})

_FILE_ID = re.compile(r"[0-9a-f]{32}")

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
STATIC_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
}
OUTDATED_HEADERS = {**STATIC_HEADERS, "Cache-Control": "no-cache"}
OWN_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
}


class WebPages:
    """Renders the page once per start; nothing in it depends on the visitor.

    The address of a static file holds the digest of all of them: a browser keeps what it has for
    a year, and a new release has new addresses.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._mine = Mine(house)
        self._statics = {name: _static(name, STATIC_HEADERS) for name in STATIC}
        self._version = hashlib.sha256(
            "".join(packed.digest for packed in self._statics.values()).encode()
        ).hexdigest()[:12]
        loader = FileSystemLoader(FOLDER / "templates")
        template = Environment(loader=loader, autoescape=True).get_template("chat.html")
        page = template.render(self._values())
        self._page = Packed(page.encode(), "text/html; charset=utf-8", PAGE_HEADERS)

    @property
    def static_address(self) -> str:
        """Where the page's own files lie in this release."""
        return f"/chat/static/{self._version}"

    def page(self, request: Request) -> Response:
        """The chat page; a new visitor gets the cookie with it."""
        response = self._page.response(request)
        welcome(request, response, self._house.settings)
        return response

    def static(self, request: Request, version: str, name: str) -> Response:
        """A file of the page; one of another release is today's, and not kept."""
        if name not in STATIC:
            return Response(status_code=404)
        response = self._statics[name].response(request)
        if version != self._version:
            response.headers.update(OUTDATED_HEADERS)
        return response

    def menu(self, request: Request) -> Response:
        """Everything that may be asked."""
        content = json.dumps(menu(self._house.library.current), ensure_ascii=False).encode()
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return Packed(content, "application/json", headers).response(request)

    def mine(self, chat_key: str) -> Response:
        """What an owner has with the department. Blocking."""
        return JSONResponse(self._mine.of(chat_key), headers=OWN_HEADERS)

    def file(self, chat_key: str, file_id: str) -> Response | None:
        """A file that a message of this chat holds, or None. Blocking."""
        row = self._find(chat_key, file_id) if _FILE_ID.fullmatch(file_id) else None
        if row is None:
            return None
        shown = row.media_type in SHOWN_INLINE
        return FileResponse(
            self._house.settings.files_dir / row.id,
            media_type=row.media_type,
            filename=row.name,
            content_disposition_type="inline" if shown else "attachment",
            headers=FILE_HEADERS,
        )

    def dark_file(self, chat_key: str, file_id: str) -> Response | None:
        """A picture for a dark page, drawn when it is first asked for; else the file. Blocking."""
        row = self._find(chat_key, file_id) if _FILE_ID.fullmatch(file_id) else None
        drawn = dark_chart((self._house.settings.files_dir / row.id).read_bytes()) if row else None
        if drawn is None:
            return self.file(chat_key, file_id)
        return Response(drawn, media_type=DRAWN_TYPE, headers=FILE_HEADERS)

    def _find(self, chat_key: str, file_id: str) -> StoredFile | None:
        with self._house.database.reading() as session:
            conversation = ConversationService(session).find(ChannelName.WEB, chat_key)
            if conversation is None:
                return None
            if not TranscriptService(session).shows_file(conversation.id, file_id):
                return None
            return FileService(session, self._house.settings.files_dir).whole(file_id)

    def _values(self) -> dict[str, Any]:
        say = self._house.texts.say
        return {
            "greeting": Markup(to_html(say("channels.greeting"))),  # noqa: S704  (our own words)
            "title": say("channels.page_title"),
            "suggestions": [say(f"channels.suggestion_{name}") for name in SUGGESTIONS],
            "actions": [say(f"channels.action_{name}") for name in ACTIONS],
            "scripts": SCRIPTS,
            "static": self.static_address,
            "forms": FORMS_ADDRESS,
            "text_limit": TEXT_LIMIT,
            "file_limit": self._house.settings.max_upload_mb,
            "files_limit": FILES_A_MESSAGE,
            "accept": ",".join(SUFFIXES),
        }


def _static(name: str, headers: dict[str, str]) -> Packed:
    return Packed((FOLDER / "static" / name).read_bytes(), STATIC[name], headers)
