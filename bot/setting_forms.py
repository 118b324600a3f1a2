"""How the values of settings must read."""

import re
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

SECOND_FACTORS = ("off", "offered", "heads", "all")
"""As in `bot.domain.access.second_factor`."""

EVERYBODY = "all"

TOGETHER = {"smtp_host": "smtp_sender", "oidc_issuer": "oidc_client_id"}
"""Settings, and what each of them cannot do without."""

CHOICES = {
    "smtp_security": ("starttls", "tls", "none"),
    "second_factor": SECOND_FACTORS,
    "password_sign_in": (EVERYBODY, "administrators"),
}
"""Settings that are one of a few words."""

SECRET_KEY_LENGTH = 32

LOOPBACK = ("127.0.0.1", "::1", "localhost")

OWN_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
TRACKER_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg2")
"""By the drivers of the two environments."""

DATABASE_FORMS = {
    "database_url": "postgresql+psycopg://user:password@host/database, "
    "sqlite:////path/of/the/file.sqlite3, or be empty",
    "tracker_url": "postgresql://user:password@host/database, "
    "sqlite:////path/of/the/file.sqlite3, or be empty",
}

TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
TOKEN = re.compile(r"[!-~]*")
_SENDER = re.compile(r"[^\s@<>\"(),;:]+@[A-Za-z0-9.-]+")
HOST = re.compile(r"[A-Za-z0-9_.:%-]+")
_ACCOUNT = (re.compile(r"[ -~]*"), "of plain letters, digits and signs")
_WORD = (TOKEN, "of plain letters, digits and signs, without a blank")
TEXT_FORMS = {
    "smtp_host": (HOST, "the name of a machine, such as smtp.example.vn"),
    "smtp_sender": (_SENDER, "an e-mail address, such as donghanh@example.vn"),
    "smtp_user": _ACCOUNT,
    "smtp_password": _ACCOUNT,
    "oidc_client_id": _WORD,
    "oidc_client_secret": _ACCOUNT,
    "oidc_claim": _WORD,
    "oidc_name": (re.compile(r"[^\x00-\x1f<>]{1,60}"), "a few words on one line"),
}


def is_database(url: str, known: tuple[str, ...]) -> bool:
    """Whether a URL names one database that lasts, and its password only where it is masked."""
    try:
        parsed = make_url(url)
        if parsed.drivername not in known or not parsed.database or not is_text(unquote(url)):
            return False
        if parsed.get_backend_name() == "sqlite":
            # What stands in memory is gone with the process; no option of the driver is ours.
            return url.startswith("sqlite:///") and "?" not in url and parsed.database != ":memory:"
        parsed.get_dialect()().create_connect_args(parsed)
    except (ArgumentError, ValueError):
        return False
    # An @ in a password that is not written as %40 ends up there, with the rest of the password.
    shown = f"{parsed.host}{parsed.database}{''.join(parsed.query)}"
    return "@" not in shown and "password" not in shown.lower()


def is_text(value: str) -> bool:
    """Whether a value can be written down and handed on: no NUL, no half of a character."""
    try:
        return b"\0" not in value.encode()
    except UnicodeEncodeError:
        return False


def is_redis(url: str) -> bool:
    """Whether a URL names a Redis server."""
    try:
        parsed = urlsplit(url)
        return parsed.scheme in ("redis", "rediss") and bool(parsed.hostname) and parsed.port != 0
    except ValueError:
        return False


def is_private_address(url: str) -> bool:
    """Whether nobody on the way can read what is sent to an address."""
    try:
        parsed = urlsplit(url)
    except ValueError:
        return False
    return parsed.scheme == "https" or parsed.hostname in LOOPBACK


def is_address(url: str) -> bool:
    """Whether a URL is one that people type, or that a path is added to."""
    # What a link is added to: a password, a blank or what comes behind a ? would be in each.
    if not url.isprintable() or set(url) & set(" @?#"):
        return False
    try:
        parsed = urlsplit(url)
        return parsed.scheme in ("http", "https") and bool(parsed.hostname) and parsed.port != 0
    except ValueError:
        return False
