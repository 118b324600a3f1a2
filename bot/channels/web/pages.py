"""The page, its static files, and the files of a chat."""

import re
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.channels.web.visitor import welcome
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
    "composer.js",
    "draft.js",
    "kept_files.js",
    "log.js",
    "notebook.js",
    "page.js",
    "scroll.js",
    "sending.js",
    "stream.js",
    "tabs.js",
    "waiting.js",
)
STATIC = {
    "chat.css": "text/css",
    "icon.svg": "image/svg+xml",
    **dict.fromkeys(SCRIPTS, "text/javascript"),
}
SUGGESTIONS = ("question", "assessment", "request", "person")
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
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
}


class WebPages:
    """Renders the page once per visit; nothing in it depends on the visitor."""

    def __init__(self, house: House) -> None:
        self._house = house
        loader = FileSystemLoader(FOLDER / "templates")
        self._template = Environment(loader=loader, autoescape=True).get_template("chat.html")

    def page(self, request: Request) -> Response:
        """The chat page; a new visitor gets the cookie with it."""
        response = HTMLResponse(self._template.render(self._values()), headers=PAGE_HEADERS)
        welcome(request, response, self._house.settings)
        return response

    def static(self, name: str) -> Response:
        """A file of the page."""
        if name not in STATIC:
            return Response(status_code=404)
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return FileResponse(FOLDER / "static" / name, media_type=STATIC[name], headers=headers)

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
            "scripts": SCRIPTS,
            "text_limit": TEXT_LIMIT,
            "file_limit": self._house.settings.max_upload_mb,
            "files_limit": FILES_A_MESSAGE,
            "accept": ",".join(SUFFIXES),
        }
