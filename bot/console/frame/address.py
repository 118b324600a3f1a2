"""Addresses: cleaned before any route reads them, and where a request comes from."""

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.input.cleaning import clean_line

LONGEST_ADDRESS = 16_000
"""Characters that are looked at; a browser's own limit lies below."""


class CleanAddress:
    """Hands on the address without what no database keeps and what hides (`domain.cleaning`).

    A path that held such a thing names nothing any more, so that its page is not found.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, with the address cleaned."""
        if scope["type"] == "http":
            path = clean_line(scope["path"], LONGEST_ADDRESS)
            scope = {**scope, "path": path, "query_string": _clean_query(scope["query_string"])}
        await self._app(scope, receive, send)


def _clean_query(query: bytes) -> bytes:
    given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    cleaned = [
        (clean_line(name, LONGEST_ADDRESS), clean_line(value, LONGEST_ADDRESS))
        for name, value in given
    ]
    return query if cleaned == given else urlencode(cleaned).encode()


def client_address(request: Request) -> str:
    """Where the request comes from; uvicorn takes a trusted proxy's word for it."""
    return request.client.host if request.client else "unknown"
