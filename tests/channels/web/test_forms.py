"""Forms over real HTTP: open to everybody, each at an address that stays, and nothing else."""

import asyncio
import hashlib
import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.channels.web.forms import FormPages
from bot.channels.web.view import file_view
from bot.domain.clock import VIETNAM
from bot.domain.forms.form_file import form_attachment
from bot.domain.talk.messages import OutgoingMessage
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import ROOT
from bot.storage.models import Conversation
from bot.texts import default_texts
from tests.support.data.said import say
from tests.support.data.small_knowledge import edit
from tests.support.stands.web_chat import Stream, post

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "media_type"), [("tccs.docx", WORD), ("danh-muc-phuong-tien-do.xlsx", SHEET)]
)
async def test_a_stranger_downloads_a_form(address: str, name: str, media_type: str) -> None:
    async with httpx.AsyncClient(base_url=address) as stranger:
        file = await stranger.get(f"/bieu-mau/{name}")
    assert file.status_code == 200
    assert file.headers["content-type"] == media_type
    assert file.headers["content-disposition"].startswith(f'attachment; filename="{name}"; ')
    assert "filename*=UTF-8''" in file.headers["content-disposition"]
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-length"] == str(len(file.content))
    assert "set-cookie" not in file.headers
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None


async def test_a_form_is_asked_for_anew_and_not_sent_twice(visitor: httpx.AsyncClient) -> None:
    first = await visitor.get("/bieu-mau/tccs.docx")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    again = await visitor.get(
        "/bieu-mau/tccs.docx", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    other = await visitor.get("/bieu-mau/tccs.docx", headers={"If-None-Match": '"x"'})
    assert other.content == first.content


async def test_a_form_whose_ground_is_gone_is_listed_and_handed_out_no_more(
    house: House, tmp_path: Path
) -> None:
    folder = tmp_path / "knowledge_base"
    shutil.copytree(ROOT / "knowledge_base", folder)
    form = folder / "forms" / "chuan-bi-nhan-hieu.yml"
    edit(form, "document: luat-50-2005-qh11", "document: tt-64-2025-tt-btc")
    library = Library(folder)
    document = library.current.documents["tt-64-2025-tt-btc"]
    assert document.in_force_to is not None
    last = datetime.combine(document.in_force_to, time(12), VIETNAM)
    found = []
    for now in (last, last + timedelta(days=1)):
        ours = replace(house, library=library, clock=lambda now=now: now)
        app = FastAPI()
        app.include_router(FormPages(ours, "/static").router())
        way = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=way, base_url="http://a.example.vn") as stranger:
            page = await stranger.get("/bieu-mau")
            file = await stranger.get("/bieu-mau/chuan-bi-nhan-hieu.docx")
        found.append(("/bieu-mau/chuan-bi-nhan-hieu.docx" in page.text, file.status_code))
    assert found == [(True, 200), (False, 404)]


@pytest.mark.parametrize("path", ["/bieu-mau", "/bieu-mau/tccs.docx"])
async def test_the_head_is_asked_for_alone(visitor: httpx.AsyncClient, path: str) -> None:
    whole, head = await visitor.get(path), await visitor.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "cache-control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "path",
    [
        "/bieu-mau/khong-co.docx", "/bieu-mau/tccs.xlsx", "/bieu-mau/tccs", "/bieu-mau/tccs.yml",
        "/bieu-mau/..%2fregister.yml", "/bieu-mau/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/bieu-mau/..%5ctccs.docx", "/bieu-mau/tccs.docx%00", "/bieu-mau/%00.docx",
        "/bieu-mau/a/tccs.docx", "/bieu-mau/TCCS.DOCX", "/bieu-mau/.docx", "/bieu-mau//etc/passwd",
    ],
)  # fmt: skip
async def test_what_is_no_form_is_not_there(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 404
    assert b"documents:" not in answer.content


async def test_a_form_is_only_read(visitor: httpx.AsyncClient) -> None:
    for way in ("POST", "PUT", "DELETE"):
        answer = await visitor.request(way, "/bieu-mau/tccs.docx")
        assert answer.status_code == 405


async def test_a_page_lists_all_of_them_and_each_can_be_had(
    visitor: httpx.AsyncClient, house: House
) -> None:
    page = await visitor.get("/bieu-mau")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert " style=" not in page.text
    found = re.findall(r'href="(/bieu-mau/[^"]+)"', page.text)
    forms = house.library.current.forms.by_id.values()
    assert found == [f"/bieu-mau/{form.file_name}" for form in forms]
    assert all(form.name in page.text for form in forms)
    style = re.search(r'href="(/chat/static/[^"]+/forms\.css)"', page.text)
    assert style
    assert (await visitor.get(style[1])).status_code == 200
    answers = await asyncio.gather(*(visitor.get(one) for one in found))
    assert {answer.status_code for answer in answers} == {200}


async def test_the_chat_page_leads_there(visitor: httpx.AsyncClient) -> None:
    assert 'href="/bieu-mau"' in (await visitor.get("/")).text


def test_under_an_answer_a_form_is_a_link_to_its_address() -> None:
    shown = file_view(default_texts(), form_attachment("tccs.docx", "Khung tiêu chuẩn cơ sở"))
    assert shown == {
        "url": "/bieu-mau/tccs.docx",
        "name": "Tải mẫu: Khung tiêu chuẩn cơ sở",
        "size": 0,
        "image": False,
    }


async def test_a_form_comes_with_its_message_and_is_no_file_of_the_owner(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    message = OutgoingMessage(
        text="Dạ, mẫu đây ạ.", attachments=[form_attachment("tccs.docx", "Khung TCCS")]
    )
    with house.database.reading() as session:
        conversation = session.scalars(select(Conversation.id)).one()
    say(house, conversation, message, "in:9")
    async with Stream(visitor) as stream:
        shown = (await stream.until_ready())[-1]
    assert [file["url"] for file in shown["files"]] == ["/bieu-mau/tccs.docx"]
    assert (await visitor.get("/chat/mine")).json()["files"] == []
