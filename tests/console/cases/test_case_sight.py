"""An officer's page of a case does not show what the owner says to others."""

import re
from collections.abc import Callable

import pytest

from bot.domain.talk.messages import Attachment
from bot.house import House
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import TranscriptService
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


class Owner:
    """The owner of a request, who goes on talking."""

    def __init__(self, house: House, request_id: int, clock: MovableClock) -> None:
        self._house, self._request_id, self._clock = house, request_id, clock

    def says(self, text: str, file: str = "") -> str:
        """Words, perhaps with a file; the file's id."""
        self._clock.move(seconds=1)
        with self._house.database.transaction() as session:
            conversation = session.get_one(Request, self._request_id).conversation
            files = [self._keep(session, conversation.id, file)] if file else []
            TranscriptService(session).hear(
                conversation,
                text=text,
                attachments=[kept.model_dump() for kept in files],
                cause=f"heard:{text}",
                now=self._house.clock(),
                request_id=conversation.request_id,
            )
        return files[0].file_id if files else ""

    def asks(self, office: str, question: str) -> int:
        """Files another request, for another office."""
        self._clock.move(seconds=1)
        with self._house.database.transaction() as session:
            conversation = session.get_one(Request, self._request_id).conversation
            seed = Seed(session, self._house.clock(), seed=len(question))
            return seed.request(conversation, office=office, question=question).id

    def _keep(self, session: object, conversation_id: str, name: str) -> Attachment:
        return FileService(session, self._house.settings.files_dir).keep(  # type: ignore[arg-type]
            b"%PDF-1", name=name, conversation_id=conversation_id, limit=99, now=self._clock()
        )


@pytest.fixture
def owner(staffed: House, request_id: int, clock: MovableClock) -> Owner:
    return Owner(staffed, request_id, clock)


def take(house: House, username: str, request_id: int, *, close: bool) -> None:
    with house.database.transaction() as session:
        officer = session.query(Officer).filter_by(username=username).one()
        service = cases(session)
        service.claim(request_id, officer, now=house.clock())
        if close:
            service.close(request_id, officer, cause=f"c:{request_id}", now=house.clock())


def downloads(browser: OfficerBrowser, request_id: int, file_id: str) -> int:
    return browser.get(f"/requests/{request_id}/files/{file_id}").status_code


def mark_of(page: str) -> str:
    found = re.search(r'data-seen="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_closed_case_does_not_show_the_owners_later_talk_nor_its_files(
    sign_in: SignIn, staffed: House, request_id: int, owner: Owner, clock: MovableClock
) -> None:
    early = owner.says("Gửi chị mẫu tem", "mau-tem.pdf")
    take(staffed, "lan", request_id, close=True)
    clock.move(seconds=1)
    lan = sign_in("lan")
    before = mark_of(lan.get(f"/requests/{request_id}").text)
    bot = owner.says("Lương tháng 13 tính sao em")
    later = owner.asks("shtt", "Sáng chế bí mật của tôi")
    secret = owner.says("Bản vẽ đây", "ban-ve.pdf")
    take(staffed, "tri.tue", later, close=False)
    owner.says("Chị giữ kín giúp")

    page = lan.get(f"/requests/{request_id}").text
    whole = lan.get(f"/requests/{request_id}?messages=all").text

    assert bot == ""
    for words in ("Lương tháng 13", "Sáng chế bí mật", "Bản vẽ đây", "ban-ve.pdf", "giữ kín"):
        assert words not in page + whole
    assert "Gửi chị mẫu tem" in page
    assert "toi muon lam iso 9001" in page
    assert "tới lúc đóng" in page
    assert mark_of(page) == before
    assert (downloads(lan, request_id, early), downloads(lan, request_id, secret)) == (200, 404)

    head = sign_in("lanh.dao")
    assert "giữ kín" in head.get(f"/requests/{request_id}").text
    assert downloads(head, request_id, secret) == 200
    there = sign_in("tri.tue")
    assert "giữ kín" in there.get(f"/requests/{later}").text
    assert downloads(there, later, secret) == 200


def test_opening_a_case_anew_does_not_open_what_was_said_to_others_meanwhile(
    sign_in: SignIn, staffed: House, request_id: int, owner: Owner, clock: MovableClock
) -> None:
    lan = sign_in("lan")

    def step(name: str) -> None:
        clock.move(seconds=1)
        lan.get(f"/requests/{request_id}")
        fields = {"ending": "answered"} if name == "close" else {}
        assert lan.post(f"/requests/{request_id}/{name}", fields).status_code == 200

    step("claim")
    step("close")
    owner.says("Sáng chế bí mật của tôi")
    secret = owner.says("Bản vẽ đây", "ban-ve.pdf")
    owner.asks("shtt", "Nhờ xem sáng chế")
    for name in ("reopen", "close"):
        step(name)
        page = lan.get(f"/requests/{request_id}?messages=all").text
        assert "bí mật" not in page
        assert "ban-ve.pdf" not in page
        assert downloads(lan, request_id, secret) == 404
        own = owner.says(f"Gửi chị Lan, lần {name}")
        assert own == ""
    assert "lần reopen" in page
    assert "lần close" not in lan.get(f"/requests/{request_id}?messages=all").text


def test_of_a_second_open_case_only_its_office_is_told(
    sign_in: SignIn, staffed: House, request_id: int, owner: Owner
) -> None:
    take(staffed, "lan", request_id, close=False)
    owner.says("Chị Lan ơi tem dán đâu")
    other = owner.asks("shtt", "Nhãn hiệu bí mật")
    with staffed.database.transaction() as session:
        session.get_one(Request, other).conversation.request_id = other
    file = owner.says("Chuyện nhãn hiệu đây", "nhan-hieu.pdf")

    page = sign_in("lan").get(f"/requests/{request_id}").text

    assert "Chị Lan ơi tem dán đâu" in page
    assert "còn có yêu cầu ở" in page
    assert "Chuyện nhãn hiệu đây" not in page
    assert "Nhãn hiệu bí mật" not in page
    assert downloads(sign_in("minh"), request_id, file) == 404
    assert "Chị Lan ơi" not in sign_in("tri.tue").get(f"/requests/{other}").text


def test_a_closed_case_shows_the_reach_that_was_given_with_it_and_none_given_since(
    sign_in: SignIn, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, clock(), seed=71)
        owner = seed.conversation()
        case = seed.request(owner, reach="0912 345 678, cu@may.example").id
    lan = sign_in("lan")
    take(staffed, "lan", case, close=True)
    clock.move(seconds=1)
    with staffed.database.transaction() as session:
        conversation = session.get_one(Request, case).conversation
        reach = "0977 123 456, zeta@bi-mat.example"
        later = Seed(session, clock(), seed=72).request(conversation, office="shtt", reach=reach).id

    page = lan.get(f"/requests/{case}").text
    assert "0912 345 678, cu@may.example" in page
    assert "977123456" not in page.replace(" ", "")
    assert "zeta@bi-mat" not in page
    assert reach in sign_in("tri.tue").get(f"/requests/{later}").text


def test_after_a_transfer_the_former_office_sees_nothing_and_the_new_one_everything(
    sign_in: SignIn, staffed: House, request_id: int, owner: Owner
) -> None:
    take(staffed, "lan", request_id, close=False)
    file = owner.says("Chị Lan ơi", "mau.pdf")
    with staffed.database.transaction() as session:
        lan = session.query(Officer).filter_by(username="lan").one()
        cases(session).transfer(
            request_id, lan, "shtt", "không thuộc", cause="form:t", now=staffed.clock()
        )

    assert sign_in("lan").get(f"/requests/{request_id}").status_code == 404
    assert downloads(sign_in("lan"), request_id, file) == 404
    assert "Chị Lan ơi" in sign_in("tri.tue").get(f"/requests/{request_id}").text
    assert downloads(sign_in("tri.tue"), request_id, file) == 200
