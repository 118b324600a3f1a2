"""E-mail addresses: odd spacing is read, what is wrong is never made into another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enterprise.email import emails_in
from bot.domain.input.lengths import REACH


def addresses(text: str) -> list[str | None]:
    return [one.address for one in emails_in(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("lan.nguyen+dn@cong-ty.com.vn", "lan.nguyen+dn@cong-ty.com.vn"),
        ("thư: lan@congty.vn.", "lan@congty.vn"),
        ("lan @ gmail . com", "lan@gmail.com"),
        ("lan@ gmail.com", "lan@gmail.com"),
        ("lan@gmail. com", "lan@gmail.com"),
        ("lan@gmail .com", "lan@gmail.com"),
        ("lan＠gmail．com", "lan@gmail.com"),
        ("<lan@gmail.com>,", "lan@gmail.com"),
        ("“lan@gmail.com”", "lan@gmail.com"),
        ("email:lan@gmail.com!", "lan@gmail.com"),
        ("LAN@GMAIL.COM", "LAN@gmail.com"),
        ("mail lan@gmail.com. Gọi sau 5 giờ", "lan@gmail.com"),
        ("lan@cà-phê.vn", "lan@cà-phê.vn"),
        ("lan@xn--c-ph-sla.vn", "lan@xn--c-ph-sla.vn"),
        ("0912345678@gmail.com", "0912345678@gmail.com"),
        ("_lan_@gmail.com", "_lan_@gmail.com"),
    ],
)
def test_an_address_is_found(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "lan@gmail",
        "abc@",
        "@gmail.com.",
        "lan@@gmail.com",
        "lan..nguyen@gmail.com",
        "lan@gmail..com",
        "lân@gmail.com",
        "lan @gmail.com",
        "zalo @lan.shop",
        "lan@-gmail.com",
        "lan@gmail.c",
        "lan@gmail.123",
        "lan@gmail. Gọi em",
        ".lan@gmail.com",
        f"lan@{'a' * 64}.vn",
        f"{'a' * 65}@gmail.com",
    ],
)
def test_what_is_none_is_not_made_into_one(text: str) -> None:
    assert addresses(text) == [None]


@pytest.mark.parametrize("text", ["", "zalo @lanshop", "không có mail", "gặp @ cổng"])
def test_a_message_without_an_address_tries_none(text: str) -> None:
    assert addresses(text) == []


label = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=60)


@given(local=label, labels=st.lists(label, min_size=1, max_size=6))
def test_an_address_is_kept_up_to_the_limit_and_no_longer(local: str, labels: list[str]) -> None:
    address = f"{local}@{'.'.join(labels)}.vn"

    (found,) = emails_in(f"mail của em: {address} nha")

    assert found.address == (address if len(address) <= REACH else None)
    assert found.is_long is (len(address) > REACH)
