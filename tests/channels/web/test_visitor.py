"""Whom the web chat counts as one sender."""

import pytest
from fastapi import Request

from bot.channels.web.visitor import network_address


def sender(host: str | None) -> str:
    client = None if host is None else (host, 50_000)
    return network_address(Request({"type": "http", "client": client, "headers": []}))


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:9"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::1"),
        ("fe80::1%eth0", "fe80::2%eth1"),
        (None, None),
    ],
)
def test_one_sender_is_one_however_the_address_is_written(
    one: str | None, another: str | None
) -> None:
    assert sender(one) == sender(another)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("203.0.113.9", "203.0.113.10"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("::1", "127.0.0.1"),
        ("a proxy's nonsense", "another's"),
    ],
)
def test_different_senders_are_different(one: str, another: str) -> None:
    assert sender(one) != sender(another)
