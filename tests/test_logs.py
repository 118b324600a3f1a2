"""Logs hold neither tokens nor personal numbers, in messages and in tracebacks."""

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Redacting, configure_logging, quiet_libraries, redact
from bot.settings import Settings

BOT_TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting("%(message)s"))
    logger = logging.getLogger("tests.logs")
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"GET /bot{BOT_TOKEN}/getMe", "GET /bot[token]/getMe"),
        ("GET /status?token=s3cr-et_9&x=1", "GET /status?token=[token]&x=1"),
        ("Authorization: Bearer abc_DEF-123", "Authorization: Bearer [token]"),
        ("gọi 0912345678", "gọi [number]"),
        ("gọi +84 912 345 678 nhé", "gọi [number] nhé"),
        ("gọi 0912.345.678", "gọi [number]"),
        ("MST 0100112437", "MST [number]"),
        ("CCCD 079123456789", "CCCD [number]"),
    ],
)
def test_tokens_and_personal_numbers_are_masked(line: str, kept: str) -> None:
    assert redact(line) == kept


@pytest.mark.parametrize(
    "line",
    [
        "event 12345 is set aside",
        "2026-11-24 10:00:00,123 INFO",
        "10:30 HT-26-0F3K7",
        "port 8080",
        "ran 1500 ms",
        "conversation 3f2b8c0d9e8f7a6b5c4d3e2f1a0b9c8d",
    ],
)
def test_what_is_needed_to_find_a_fault_stays(line: str) -> None:
    assert redact(line) == line


def test_a_traceback_is_masked_too(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written

    try:
        int(f"0912345678 {BOT_TOKEN}")
    except ValueError:
        logger.exception("chat of %s", "0987 654 321")

    text = stream.getvalue()
    assert "Traceback" in text
    assert "0912345678" not in text
    assert "654" not in text
    assert BOT_TOKEN not in text


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_no_mobile_number_comes_through(number: str, gap: str) -> None:
    spelled = gap.join((number[:4], number[4:7], number[7:]))

    assert number[4:7] + gap + number[7:] not in redact(f"chị Lan, {spelled}, hẹn gọi lại")


def test_loggers_that_print_addresses_are_quiet_by_themselves() -> None:
    quiet_libraries()

    for name in ("httpx", "httpcore", "telegram.Bot"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)


def test_libraries_that_log_addresses_are_quiet() -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    try:
        configure_logging(Settings(_env_file=None, log_level="DEBUG"))

        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert logging.getLogger("bot.flow").isEnabledFor(logging.DEBUG)
        assert all(isinstance(handler.formatter, Redacting) for handler in root.handlers)
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
