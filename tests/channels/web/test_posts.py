"""What a page sends, whole or broken: the words are taken, or a sentence says why not."""

import asyncio
import json
import logging
import uuid

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.web.posts import Posted
from bot.channels.web.visitor import COOKIE
from bot.house import House
from bot.storage.models import InboxEvent, Message
from tests.support.stands.web_chat import OURS, post, upload

ID = "3f0c1c9e-0000-4000-8000-000000000000"


async def post_raw(client: httpx.AsyncClient, body: bytes) -> httpx.Response:
    headers = {**OURS, "Content-Type": "application/json"}
    return await client.post("/chat/messages", content=body, headers=headers)


def heard(house: House) -> list[str]:
    with house.database.transaction() as session:
        return list(session.scalars(select(Message.text).order_by(Message.id)))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rb'"\ud83d xin chao"', "xin chao"),
        (rb'"xin chao \udc4d"', "xin chao"),
        (rb'"\udc4d\ud83d xin chao"', "xin chao"),
        (rb'"\ud83d\udc4d xin chao"', "\U0001f44d xin chao"),
        (rb'"xin\u0000 chao"', "xin chao"),
        ('"xin chào"'.encode("utf-16"), "xin chào"),
        ('\ufeff"xin chào"'.encode(), "xin chào"),
    ],
)
async def test_words_that_no_text_can_hold_whole_are_taken_without_the_broken_part(
    visitor: httpx.AsyncClient, house: House, body: bytes, words: str
) -> None:
    encoding = json.detect_encoding(body)
    whole = f'{{"id": "{ID}", "text": {body.decode(encoding)}}}'.encode(
        "utf-8" if encoding == "utf-8-sig" else encoding
    )

    answer = await post_raw(visitor, whole)

    assert answer.status_code == 202
    assert [text.strip() for text in heard(house)] == [words]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t ", "\x00", "\x01\x02 \x7f", "\u200b\u2060", "\ufeff"]
)
async def test_nothing_but_blanks_is_told_to_be_empty(
    visitor: httpx.AsyncClient, house: House, text: str
) -> None:
    answer = await post(visitor, text)

    assert answer.status_code == 422
    assert "chưa nhập" in answer.json()["error"]
    assert heard(house) == []


async def test_half_a_pair_alone_is_told_to_be_empty(visitor: httpx.AsyncClient) -> None:
    answer = await post_raw(visitor, f'{{"id": "{ID}", "text": "\\ud83d"}}'.encode())

    assert answer.status_code == 422
    assert "chưa nhập" in answer.json()["error"]


@pytest.mark.parametrize("length", [4_001, 40_001, 200_000, 300_000])
async def test_words_that_are_too_many_are_told_to_be_too_many(
    visitor: httpx.AsyncClient, length: int
) -> None:
    answer = await post(visitor, "x" * length)

    assert answer.status_code == 413
    assert "4.000 ký tự" in answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff",
        b"[" * 200_000,
        b'{"id": ' + b"9" * 5_000 + b"}",
        b'{"id": null, "text": 5}',
        f'{{"id": "{ID}\\u0000"}}'.encode(),
        f'{{"id": "{ID}", "text": ["xin"]}}'.encode(),
        f'{{"id": "{ID}", "choice": "\\ud83d"}}'.encode(),
    ],
)
async def test_what_is_no_message_is_refused_in_words(
    visitor: httpx.AsyncClient, house: House, body: bytes
) -> None:
    answer = await post_raw(visitor, body)

    assert answer.status_code == 422
    assert answer.json()["error"]
    assert heard(house) == []


@given(body=st.one_of(st.binary(), st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["id", "text", "choice", "x"]), inner
    ),
).map(lambda value: json.dumps(value).encode())))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_body_is_it_is_a_message_or_an_error_of_value(body: bytes) -> None:
    try:
        posted = Posted.read(body)
    except ValueError:
        return
    assert posted.text.encode()


async def test_a_long_caption_and_a_form_in_pieces_are_told_apart(
    visitor: httpx.AsyncClient,
) -> None:
    long = await upload(visitor, ("a.pdf", b"%PDF"), text="x" * (2 * 1024 * 1024))
    assert (long.status_code, "4.000 ký tự" in long.json()["error"]) == (413, True)

    headers = {**OURS, "Content-Type": "multipart/form-data; boundary=x"}
    torn = await visitor.post("/chat/files", content=b"--x\r\nno form", headers=headers)
    assert torn.status_code == 422
    none = await visitor.post(
        "/chat/files", content=b"x", headers={**OURS, "Content-Type": "multipart/form-data"}
    )
    assert none.status_code == 422


async def test_a_file_in_the_place_of_words_is_not_taken_for_words(
    visitor: httpx.AsyncClient, house: House
) -> None:
    answer = await visitor.post(
        "/chat/files",
        data={"id": str(uuid.uuid4())},
        files=[("text", ("a.txt", b"xin")), ("files", ("a.pdf", b"%PDF"))],
        headers=OURS,
    )

    assert answer.status_code == 202
    assert heard(house) == [""]


async def test_of_files_that_are_not_all_taken_none_stays_on_the_disk(
    visitor: httpx.AsyncClient, house: House
) -> None:
    answer = await upload(visitor, ("a.pdf", b"%PDF"), ("b.pdf", b"%PDF"), ("c.exe", b"MZ"))
    assert answer.status_code == 422
    assert [file for file in house.settings.files_dir.glob("*") if file.is_file()] == []


async def test_a_line_that_breaks_in_the_middle_leaves_no_trace_and_no_error(
    visitor: httpx.AsyncClient, address: str, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = address.removeprefix("http://").split(":")
    for path, kind in (
        ("/chat/messages", "application/json"),
        ("/chat/files", "multipart/form-data; boundary=x"),
    ):
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nX-Donghanh: chat\r\n"
            f"Cookie: {COOKIE}={visitor.cookies[COOKIE]}\r\nContent-Length: 5000\r\n"
            f"Content-Type: {kind}\r\n\r\n--x".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    assert (await post(visitor, "còn đây")).status_code == 202

    assert heard(house) == ["còn đây"]
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_an_odd_name_of_a_file_opens_nothing_and_breaks_nothing(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    for name in ("%00", "x%00y", "..", "a" * 5_000, "%F0%9F%98%80", "%ff"):
        assert (await visitor.get(f"/chat/files/{name}")).status_code in (404, 414)
    with house.database.transaction() as session:
        assert session.scalar(select(InboxEvent.id)) is not None
