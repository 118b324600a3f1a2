"""What an owner has with the department, over real HTTP."""

import httpx
import pytest
from sqlalchemy import select

from bot.channels.web.mine import Mine
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.models import Conversation
from tests.support.data.assessments import scored
from tests.support.stands.web_chat import post, upload


def begun(house: House) -> str:
    with house.database.transaction() as session:
        return session.scalars(select(Conversation.id)).one()


async def test_a_chat_that_has_not_begun_has_nothing(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/chat/mine")
    assert answer.json() == {"requests": [], "results": [], "files": []}
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_without_a_chat_is_let_in(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as stranger:
        assert (await stranger.get("/chat/mine")).status_code == 401


async def test_requests_stand_with_their_state_and_what_asks_about_them(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    draft = RequestDraft("ma_so_ma_vach", "tdc", "hỏi mã vạch", house.clock())
    with house.database.transaction() as session:
        service = RequestService(session)
        code = service.file(begun(house), draft, cause="in:77", now=house.clock()).code

    [one] = (await visitor.get("/chat/mine")).json()["requests"]
    assert one["title"] == f"{code} · Mã số mã vạch"
    assert one["state"].startswith("Đang chờ cán bộ nhận · gửi ngày ")
    assert one["ask"] == f"Yêu cầu {code} tới đâu rồi?"


async def test_a_result_stands_with_its_score_and_an_open_attempt_with_its_place(
    visitor: httpx.AsyncClient, house: House
) -> None:
    await post(visitor)
    assessment = house.library.tables.assessments["5s"]
    questions = assessment.questions
    with house.database.transaction() as session:
        attempts = AttemptService(session, house.library.tables.assessments)
        step = attempts.start(begun(house), "5s", cause="in:80", now=house.clock())
        attempts.answer(
            step.attempt, scored(assessment.scale.most), cause="in:81", now=house.clock()
        )
    [one] = (await visitor.get("/chat/mine")).json()["results"]
    assert one["title"] == assessment.title
    assert one["state"] == f"Đang làm dở: 1/{len(questions)} câu"
    assert one["ask"] == "Làm tiếp"

    with house.database.transaction() as session:
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = attempts.open_attempt(begun(house))
        assert attempt is not None
        for index in range(len(questions) - 1):
            most = assessment.scale.most
            attempts.answer(attempt, scored(most), cause=f"in:{90 + index}", now=house.clock())
    [one] = (await visitor.get("/chat/mine")).json()["results"]
    assert one["state"].startswith("100% · ngày ")
    assert one["ask"] == ""


@pytest.mark.parametrize("count", [1, 3])
async def test_files_stand_newest_first_and_open(visitor: httpx.AsyncClient, count: int) -> None:
    for number in range(count):
        await upload(visitor, (f"nhan-{number}.pdf", b"%PDF" + bytes([number]) * 50))
    files = (await visitor.get("/chat/mine")).json()["files"]
    assert [file["name"] for file in files] == [
        f"nhan-{number}.pdf" for number in reversed(range(count))
    ]
    assert all(file["state"].startswith("Anh/chị · ") for file in files)
    assert (await visitor.get(files[0]["url"])).status_code == 200


async def test_another_chat_s_things_stay_unseen(
    visitor: httpx.AsyncClient, address: str, house: House
) -> None:
    await upload(visitor, ("nhan.pdf", b"%PDF1"))
    async with httpx.AsyncClient(base_url=address) as other:
        await other.get("/")
        await post(other, "chào")
        assert (await other.get("/chat/mine")).json()["files"] == []


def test_an_unknown_key_has_nothing(house: House) -> None:
    assert not any(Mine(house).of("f" * 64).values())
