"""Who a browser is to the web chat, and whether a request comes from our own page."""

import hashlib
import re
import secrets
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.domain.input.network import network_of
from bot.settings import Settings

COOKIE = "donghanh_chat"
COOKIE_LIFE_SECONDS = 365 * 24 * 3600
COOKIE_BYTES = 32

OWN_HEADER = "x-donghanh"
"""A header that a foreign page cannot set without our consent."""

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def chat_key(request: Request) -> str | None:
    """The key of the visitor's chat, or None without a cookie of ours.

    The database keeps a hash: who reads it cannot take a chat over.
    """
    cookie = request.cookies.get(COOKIE, "")
    return key_of(cookie) if _SHAPE.fullmatch(cookie) is not None else None


def key_of(cookie: str) -> str:
    """The key of the chat that a cookie of ours opens."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:40]


def welcome(request: Request, response: Response, settings: Settings) -> None:
    """Gives a visitor the cookie, and one who has it another year."""
    if chat_key(request) is None:
        cookie = secrets.token_urlsafe(COOKIE_BYTES)
    else:
        cookie = request.cookies[COOKIE]
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=COOKIE_LIFE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def network_address(request: Request) -> str:
    """Where a request comes from, as senders are counted: an IPv4 address or an IPv6 household.

    uvicorn takes a trusted proxy's word for it.
    """
    return network_of(request.client.host if request.client else "")


def is_from_our_page(request: Request, settings: Settings) -> bool:
    """Whether a writing request was made by our own page: header, fetch metadata, origin."""
    if OWN_HEADER not in request.headers:
        return False
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    ours = {request.headers.get("host", ""), urlsplit(settings.base_url).netloc}
    return _place_of(origin) in ours - {""}


def _place_of(origin: str) -> str:
    """The host and port of an origin; nothing where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
