"""Behind the link of a survey: shown to whoever has it, begun by a press, answered once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.channels.web.limits import ADDRESS_MESSAGES_AT_ONCE
from bot.channels.web.surveys import SurveyPages
from bot.domain.office.roles import Role
from bot.domain.surveys.link import link_token
from bot.house import House
from bot.services.surveys.campaigns import CampaignService
from bot.storage.database import Database
from bot.storage.models import Attempt, Conversation, Delivery, Invitation
from tests.support.data.seed import Seed
from tests.support.data.surveys import TITLE, Asked, draft, open_campaign, run_jobs
from tests.support.doubles.movable_clock import MovableClock, MovableSeconds

HOUSEHOLD = {
    "q.loai-hinh": "ho_kinh_doanh",
    "q.lao-dong": "4",
    "q.doanh-thu": "khong_biet",
    "q.cong-cu": "khong_co",
    "q.san-pham": ["nhan", "ma_vach"],
    "q.so-huu": "khong_co",
    "q.giai": "khong_co",
    "q.kho-khan": ["von", "nguoi"],
    "q.nhu-cau": "ma_so",
    "q.loi-nhan": "khu mình hay cúp điện",
}


@pytest.fixture
def there(any_database: Database, house: House, now: datetime) -> House:
    # The 24th of November is a day off.
    clock = MovableClock(now + timedelta(days=1))
    return replace(house, database=any_database, clock=clock)


@pytest.fixture
def token(there: House) -> str:
    """The link of an enterprise without a chat, in an open campaign, with noise around it."""
    with there.database.transaction() as session:
        rows = Asked(session, there.clock())
        rows.in_chat()
        linked = rows.by_link()
        head = Seed(session, there.clock()).officer("head", role=Role.HEAD)
    open_campaign(there, head, draft(there.clock()))
    run_jobs(there)
    with there.database.reading() as session:
        row = session.scalars(select(Invitation).where(Invitation.enterprise_id == linked)).one()
        return link_token(row.id, row.campaign.secret)


@pytest.fixture
async def stranger(there: House) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(SurveyPages(there, "/static", seconds=MovableSeconds()).router())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sở.example") as client:
        yield client


def runs(there: House) -> list[Attempt]:
    with there.database.reading() as session:
        found = list(session.scalars(select(Attempt)))
        assert all(one.answers is not None for one in found)
        return found


async def test_opening_it_begins_nothing(
    there: House, stranger: httpx.AsyncClient, token: str
) -> None:
    page = await stranger.get(f"/khao-sat/{token}")
    assert page.status_code == 200
    assert TITLE in page.text
    assert "cán bộ giữ hồ sơ doanh nghiệp cũng xem được để cập nhật" in page.text
    assert "Bắt đầu" in page.text
    assert "Muốn xóa câu trả lời, anh/chị báo Sở" in page.text
    assert runs(there) == []
    assert (await stranger.head(f"/khao-sat/{token}")).status_code == 200


async def test_it_is_answered_in_pieces_and_then_only_thanks(
    there: House, stranger: httpx.AsyncClient, token: str
) -> None:
    here = f"/khao-sat/{token}"
    begun = await stranger.post(here, data={"bat-dau": "1"})
    assert (begun.status_code, begun.headers["location"]) == (303, here)
    page = (await stranger.get(here)).text
    assert "Câu 1." in page
    assert "<script" not in page
    saved = await stranger.post(here, data=HOUSEHOLD)
    assert saved.headers["location"] == f"{here}?da-luu=1"
    page = (await stranger.get(f"{here}?da-luu=1")).text
    assert "Đã lưu." in page
    assert "10/12" in page
    done = await stranger.post(here, data={"q.khi-nao": "ngay", "q.tu-gop": "khong", "xong": "1"})
    assert done.headers["location"] == here
    for again in (await stranger.get(here), await stranger.post(here, data={"q.lao-dong": "9"})):
        assert again.status_code == 200
        assert "Cảm ơn anh/chị" in again.text
        assert "<form" not in again.text
    [attempt] = runs(there)
    answers = {row.question: row.answer for row in attempt.answers}
    assert answers["san-pham"] == ["nhan", "ma_vach"]
    assert answers["lao-dong"] == ["4"]
    assert (attempt.state, bool(attempt.consent_version)) == ("finished", True)
    with there.database.reading() as session:
        row = session.scalars(select(Invitation).where(Invitation.attempt_id == attempt.id)).one()
        assert (row.state, row.way) == ("answered", "link")


async def test_what_is_wrong_is_named_beside_its_question_and_the_rest_is_kept(
    there: House, stranger: httpx.AsyncClient, token: str
) -> None:
    given = {"q.loai-hinh": "ho_kinh_doanh", "q.lao-dong": "rất đông", "xong": "1"}
    unasked = await stranger.post(f"/khao-sat/{token}", data=given)
    assert "Bắt đầu" in unasked.text
    assert runs(there) == []
    await stranger.post(f"/khao-sat/{token}", data={"bat-dau": "1"})
    refused = await stranger.post(f"/khao-sat/{token}", data=given)
    assert refused.status_code == 422
    assert "rất đông" in refused.text
    assert 'class="answer-problem"' in refused.text
    [attempt] = runs(there)
    assert [row.question for row in attempt.answers] == ["loai-hinh"]
    assert attempt.state == "open"


async def test_of_two_presses_at_once_there_is_one_run(
    there: House, stranger: httpx.AsyncClient, token: str
) -> None:
    for _ in range(2):
        await stranger.post(f"/khao-sat/{token}", data={"bat-dau": "1"})
    assert len(runs(there)) == 1


@pytest.mark.parametrize("wrong", ["letter", "number", "shape", "long", "zero"])
async def test_a_wrong_link_is_told_the_same_whatever_is_wrong(
    there: House, stranger: httpx.AsyncClient, token: str, wrong: str
) -> None:
    number, _, signature = token.partition("-")
    links = {
        "letter": f"{number}-{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        "number": f"{int(number) + 1}-{signature}",
        "shape": "abc",
        "long": f"{number}-{signature}{'x' * 300}",
        "zero": f"0{token}",
    }
    told = [
        await stranger.get(f"/khao-sat/{links[wrong]}"),
        await stranger.post(f"/khao-sat/{links[wrong]}", data={"bat-dau": "1"}),
    ]
    nothing = await stranger.get("/khao-sat/999999-aaaaaaaaaaaaaaaaaaaa")
    assert {one.status_code for one in told} == {nothing.status_code} == {404}
    assert {one.text for one in told} == {nothing.text}
    assert runs(there) == []


@pytest.mark.parametrize("end", ["stopped", "over"])
async def test_once_the_campaign_is_over_it_says_so_and_takes_nothing(
    there: House, stranger: httpx.AsyncClient, token: str, end: str
) -> None:
    here = f"/khao-sat/{token}"
    await stranger.post(here, data={"bat-dau": "1"})
    if end == "stopped":
        with there.database.transaction() as session:
            CampaignService(session, {}).stop(1, now=there.clock())
    else:
        assert isinstance(there.clock, MovableClock)
        there.clock.move(days=15)
    for told in (await stranger.get(here), await stranger.post(here, data=HOUSEHOLD)):
        assert told.status_code == 410
        assert "đã kết thúc" in told.text
    assert [row for one in runs(there) for row in one.answers] == []


async def test_it_leaves_nothing_in_the_browser_and_lets_nothing_in(
    there: House, stranger: httpx.AsyncClient, token: str
) -> None:
    here = f"/khao-sat/{token}"
    begun = await stranger.post(here, data={"bat-dau": "1"})
    for answer in (begun, await stranger.get(here), await stranger.get("/khao-sat/x")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "set-cookie" not in answer.headers
    with there.database.reading() as session:
        chats = session.scalars(select(Conversation).where(Conversation.channel == "answer_page"))
        assert [chat.reachable for chat in chats] == [False]
        assert not session.scalars(select(Delivery).where(Delivery.channel == "answer_page")).all()


async def test_who_comes_too_often_is_asked_to_wait(
    stranger: httpx.AsyncClient, token: str
) -> None:
    for _ in range(ADDRESS_MESSAGES_AT_ONCE):
        await stranger.head("/khao-sat/x")
    for told in (
        await stranger.get(f"/khao-sat/{token}"),
        await stranger.post(f"/khao-sat/{token}", data={"bat-dau": "1"}),
    ):
        assert told.status_code == 429
        assert int(told.headers["retry-after"]) > 0
        assert "Xin chờ một chút" in told.text


@pytest.mark.parametrize("what", ["large", "json", "files", "fields", "bytes"])
async def test_what_is_no_form_of_ours_is_refused_in_words(
    there: House, stranger: httpx.AsyncClient, token: str, what: str
) -> None:
    here = f"/khao-sat/{token}"
    if what == "large":
        told = await stranger.post(here, data={"q.lao-dong": "9" * 300_000})
    elif what == "json":
        told = await stranger.post(
            here, content=b"{}", headers={"content-type": "text/x; charset=latin-1"}
        )
    elif what == "files":
        told = await stranger.post(here, files={"f": b"x"})
    elif what == "fields":
        told = await stranger.post(here, data={f"q.{number}": "1" for number in range(600)})
    else:
        told = await stranger.post(
            here, content=b"--x\r\n", headers={"content-type": "multipart/form-data; boundary=x"}
        )
    assert told.status_code == 400
    assert "Chưa nhận được" in told.text
    assert runs(there) == []
