"""A form that is sent again, or twice at once: it acts once, and no words are dropped."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from httpx2 import Response
from sqlalchemy import select

from bot.house import House
from bot.storage.database import Database
from bot.storage.models import Message, Request, RequestEvent
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

ROUNDS = 4
PDF = b"%PDF-1"

REPLY = {"text": "Chào chị", "step": "reply"}
CLOSE = {"ending": "answered", "last_words": "Chúc chị may mắn"}
TRANSFER = {"office": "shtt", "reason": "Về nhãn hiệu"}


@pytest.fixture
def house(house: House, any_database: Database) -> House:
    return replace(house, database=any_database)


@pytest.fixture
def request_ids(staffed: House, lan: OfficerBrowser) -> list[int]:
    """Requests that Lan holds."""
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=70)
        made = [seed.request(seed.conversation(), talk=True).id for _ in range(ROUNDS)]
    for request_id in made:
        lan.get(f"/requests/{request_id}")
        lan.post(f"/requests/{request_id}/claim")
    return made


def form(browser: OfficerBrowser, request_id: int, step: str) -> dict[str, str]:
    """The hidden fields of a step as the page has them now."""
    browser.get(f"/requests/{request_id}")
    return browser.hidden(f"/requests/{request_id}/{step}")


def send(
    browser: OfficerBrowser,
    request_id: int,
    step: str,
    fields: dict[str, str],
    file: bytes = b"",
) -> Response:
    return browser.client.post(
        f"/console/requests/{request_id}/{step}",
        data=fields,
        files=[("files", ("a.pdf", file))] if file else None,
        follow_redirects=True,
    )


def words(house: House, request_id: int) -> list[str]:
    """What officers said, oldest first."""
    with house.database.transaction() as session:
        wanted = Message.request_id == request_id, Message.author == "officer"
        return list(session.scalars(select(Message.text).where(*wanted).order_by(Message.id)))


def lines(house: House, request_id: int, kind: str) -> int:
    with house.database.transaction() as session:
        wanted = RequestEvent.request_id == request_id, RequestEvent.kind == kind
        return len(session.scalars(select(RequestEvent).where(*wanted)).all())


def test_other_words_in_a_form_that_was_sent_go_out_too(
    staffed: House, lan: OfficerBrowser, request_ids: list[int]
) -> None:
    fields = form(lan, request_ids[0], "reply")
    for text in ("Câu thứ nhất", "Câu thứ hai", "Câu thứ hai"):
        answer = send(lan, request_ids[0], "reply", fields | REPLY | {"text": text})
        assert "Đã gửi câu trả lời" in answer.text

    assert words(staffed, request_ids[0]) == ["Câu thứ nhất", "Câu thứ hai"]


def test_another_file_with_the_same_words_goes_out_too(
    staffed: House, lan: OfficerBrowser, request_ids: list[int]
) -> None:
    fields = form(lan, request_ids[0], "reply") | REPLY
    for content in (PDF, PDF, PDF + b" khac"):
        assert send(lan, request_ids[0], "reply", fields, content).status_code == 200

    assert words(staffed, request_ids[0]) == ["Chào chị", "Chào chị"]


def test_other_last_words_after_the_close_come_back_to_who_wrote_them(
    staffed: House, lan: OfficerBrowser, request_ids: list[int]
) -> None:
    fields = form(lan, request_ids[0], "close")
    assert send(lan, request_ids[0], "close", fields | CLOSE).status_code == 200
    answer = send(lan, request_ids[0], "close", fields | CLOSE | {"last_words": "À quên một việc"})

    assert answer.status_code == 409
    assert ">À quên một việc</pre>" in answer.text
    assert words(staffed, request_ids[0]) == ["Chúc chị may mắn"]


@pytest.mark.parametrize(
    ("step", "fields", "kind", "said"),
    [
        ("reply", REPLY, "replied", "Đã gửi câu trả lời"),
        ("close", CLOSE, "closed", "Đã đóng yêu cầu"),
        ("close", {"ending": "answered"}, "closed", "Đã đóng yêu cầu"),
        ("transfer", TRANSFER, "transferred", "Đã lưu mảng và nơi giải quyết"),
    ],
)
@pytest.mark.parametrize("presses", [1, 2])
def test_a_step_pressed_again_is_done_once_and_each_page_says_so(  # noqa: PLR0917
    staffed: House,
    lan: OfficerBrowser,
    request_ids: list[int],
    step: str,
    fields: dict[str, str],
    kind: str,
    said: str,
    presses: int,
) -> None:
    """One after the other, and two at once."""
    with ThreadPoolExecutor(presses) as pool:
        for request_id in request_ids:
            whole = form(lan, request_id, step) | fields
            one = [pool.submit(send, lan, request_id, step, whole) for _ in range(2)]
            for answer in [pressed.result(timeout=60) for pressed in one]:
                assert answer.status_code == 200
                assert said in answer.text

    for request_id in request_ids:
        assert lines(staffed, request_id, kind) == 1
        assert words(staffed, request_id) == [
            t for t in (fields.get("text"), fields.get("last_words")) if t
        ]


def test_the_owner_is_told_of_a_transfer_once(
    staffed: House, lan: OfficerBrowser, request_ids: list[int]
) -> None:
    with ThreadPoolExecutor(2) as pool:
        for request_id in request_ids:
            whole = form(lan, request_id, "transfer") | TRANSFER
            for pressed in [
                pool.submit(send, lan, request_id, "transfer", whole) for _ in range(2)
            ]:
                pressed.result(timeout=60)

    with staffed.database.transaction() as session:
        for request_id in request_ids:
            told = session.scalars(
                select(Message).where(
                    Message.request_id == request_id, Message.text.contains("chuyển")
                )
            ).all()
            assert len(told) == 1
            assert session.get_one(Request, request_id).office == "shtt"


def test_who_did_not_move_it_finds_nothing_where_it_was(
    staffed: House, lan: OfficerBrowser, request_ids: list[int]
) -> None:
    first, again = (form(lan, request_ids[0], "transfer") | TRANSFER for _ in range(2))
    assert send(lan, request_ids[0], "transfer", first).status_code == 200
    assert send(lan, request_ids[0], "transfer", again).status_code == 404
