"""The people of an enterprise, on its page."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.house import House
from bot.services.enterprises.contact_history import ContactDetails
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.services.enterprises.profiles import ProfileService
from bot.storage.database import Database
from bot.storage.models import Officer, ProfileContact
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import BY_HAND, Enterprises
from tests.support.data.hostile import TEXTS
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

CODE = "0101243150"


@pytest.fixture
def wood(staffed: House, now: datetime) -> int:
    """An enterprise with a person, among others with theirs."""
    with staffed.database.transaction() as session:
        there, people = Enterprises(session, now, seed=8), ProfileContactService(session)
        people.add(there.known().enterprise_id, ContactDetails("Người Khác"), by=BY_HAND, now=now)
        wood = there.known("Gỗ Đại Phát", tax_code=CODE).enterprise_id
        people.add(wood, ContactDetails("Lê Thị Tư", role="Kế toán"), by=BY_HAND, now=now)
        return wood


def people_of(house: House, enterprise_id: int) -> list[ProfileContact]:
    with house.database.reading() as session:
        return ProfileContactService(session).of(enterprise_id)


def test_a_person_is_added_with_her_consent(lan: OfficerBrowser, staffed: House, wood: int) -> None:
    lan.get(f"/enterprises/{wood}/contacts/new")
    answer = lan.post(
        f"/enterprises/{wood}/contacts",
        {
            "name": "Trần Văn Ba",
            "role": "Giám đốc",
            "phone": "0901 234 567",
            "email": "ba@go.example",
            "surveys": "yes",
            "surveys_on": "2026-11-20",
            "surveys_how": "gọi điện",
        },
    )
    assert "Đã lưu người liên hệ." in answer.text
    assert "đồng ý nhận, 20/11/2026 (gọi điện)" in answer.text
    assert people_of(staffed, wood)[1].phone == "0901234567"


def test_what_is_wrong_is_told_and_stays(lan: OfficerBrowser, staffed: House, wood: int) -> None:
    lan.get(f"/enterprises/{wood}/contacts/new")
    answer = lan.post(
        f"/enterprises/{wood}/contacts",
        {"name": "Ba", "phone": "số của chú Ba", "surveys": "yes", "surveys_on": "2027-01-01"},
    )
    assert answer.status_code == 422
    for said in ("Chưa đọc được số điện thoại", "ở sau hôm nay", "hỏi bằng cách nào"):
        assert said in answer.text
    assert 'value="số của chú Ba"' in answer.text
    assert len(people_of(staffed, wood)) == 1


def test_a_person_is_changed_and_removed(lan: OfficerBrowser, staffed: House, wood: int) -> None:
    row_id = people_of(staffed, wood)[0].id
    path = f"/enterprises/{wood}/contacts/{row_id}"
    assert 'value="Kế toán"' in lan.get(path).text
    lan.post(path, {"name": "Lê Thị Tư", "role": "Giám đốc"})
    assert people_of(staffed, wood)[0].role == "Giám đốc"
    lan.get(path)
    answer = lan.post(f"{path}/remove")
    assert "Đã bỏ người liên hệ." in answer.text
    assert people_of(staffed, wood) == []
    assert lan.get(path).status_code == 404


def test_the_history_tells_who_noted_what_until_she_is_removed(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    path = f"/enterprises/{wood}/contacts/{people_of(staffed, wood)[0].id}"
    lan.get(path)
    lan.post(path, {"name": "Lê Thị Tư", "role": "Giám đốc", "surveys": "no"})
    page = lan.get(f"/enterprises/{wood}").text
    assert "của người liên hệ <strong>Lê Thị Tư</strong>" in page
    assert "Vai trò người liên hệ: Kế toán → Giám đốc" in page
    history = lan.get(f"/enterprises/{wood}/history?field=people").text
    assert "(Lê Thị Tư): chưa ghi → không nhận" in history
    assert "Ngành chính</strong>" not in history

    lan.get(path)
    answer = lan.post(f"{path}/remove")
    assert "bỏ một người liên hệ" in answer.text
    history = lan.get(f"/enterprises/{wood}/history").text
    assert "Vai trò người liên hệ</strong>: nội dung đã xóa" in history
    assert "Bỏ một người liên hệ</strong>\n" in history
    assert "Lê Thị Tư" not in history


def test_what_another_changed_meanwhile_is_shown_first(
    sign_in: SignIn, staffed: House, wood: int
) -> None:
    path = f"/enterprises/{wood}/contacts/{people_of(staffed, wood)[0].id}"
    lan, minh = sign_in("lan"), sign_in("minh")
    for browser in (lan, minh):
        browser.get(path)
    minh.post(path, {"name": "Lê Thị Tư", "role": "Phó giám đốc"})
    answer = lan.post(path, {"name": "Lê Thị Tư", "role": "Giám đốc"})
    assert answer.status_code == 409
    assert "Phó giám đốc" in answer.text
    assert people_of(staffed, wood)[0].role == "Phó giám đốc"
    assert lan.post(path, {"name": "Lê Thị Tư", "role": "Giám đốc"}).status_code == 200
    assert people_of(staffed, wood)[0].role == "Giám đốc"


def test_who_wrote_for_the_enterprise_is_taken_over_once(
    sign_in: SignIn, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, now, seed=9)
        seed.request(enterprise=("Gỗ Đại Phát", CODE), reach="0909000111", office="tdc")
    assert "Lấy từ yêu cầu" not in sign_in("tri.tue").get(f"/enterprises/{wood}").text
    lan = sign_in("lan")
    assert "Lấy từ yêu cầu" in lan.get(f"/enterprises/{wood}").text
    token = lan.hidden(f"/enterprises/{wood}/contacts/take")
    for _ in range(2):
        answer = lan.client.post(f"/console/enterprises/{wood}/contacts/take", data=token)
        assert answer.status_code == 200
    taken = people_of(staffed, wood)[1:]
    assert [(one.phone, one.surveys) for one in taken] == [("0909000111", "")]
    assert taken[0].contact_id is not None
    assert "Lấy từ yêu cầu" not in lan.get(f"/enterprises/{wood}").text


def test_the_people_of_one_that_was_merged_are_written_where_they_are_now(
    lan: OfficerBrowser, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        gone = Enterprises(session, now, seed=9).known("Đại Phát cũ").enterprise_id
        people = ProfileContactService(session)
        row_id = people.add(gone, ContactDetails("Trần Văn Ba"), by=BY_HAND, now=now).id
    lan.get(f"/enterprises/{gone}/contacts/{row_id}")
    fields = lan.hidden(f"/enterprises/{gone}/contacts/{row_id}")
    merge(staffed, wood, gone)
    for path, more in (("", {"name": "Ba", "role": "Giám đốc"}), ("/remove", {})):
        answer = lan.client.post(
            f"/console/enterprises/{gone}/contacts/{row_id}{path}", data=fields | more
        )
        assert answer.url.path == f"/console/enterprises/{wood}"
        assert ("Giám đốc" in answer.text) is (path == "")
    assert [one.name for one in people_of(staffed, wood)] == ["Lê Thị Tư"]


@pytest.mark.postgres
class TestAtOnce:
    """Between the gate and the step somebody else is quicker; on SQLite one waits at the gate."""

    @pytest.fixture
    def house(self, house: House, postgres_database: Database) -> House:
        return replace(house, database=postgres_database)

    def test_a_merge_of_that_instant_is_followed(
        self, lan: OfficerBrowser, staffed: House, wood: int, now: datetime
    ) -> None:
        with staffed.database.transaction() as session:
            gone = Enterprises(session, now, seed=9).known("Đại Phát cũ").enterprise_id
        lan.get(f"/enterprises/{gone}/contacts/new")
        with ThreadPoolExecutor(1) as pool:
            with staffed.database.transaction() as session:
                merge_in(session, staffed, wood, gone)
                added = pool.submit(
                    lan.post, f"/enterprises/{gone}/contacts", {"name": "Trần Văn Ba"}
                )
                assert waits(added)
            assert added.result(timeout=30).url.path == f"/console/enterprises/{wood}"
        assert [one.name for one in people_of(staffed, wood)] == ["Lê Thị Tư", "Trần Văn Ba"]
        assert people_of(staffed, gone) == []

    def test_who_is_moved_at_that_instant_takes_nobody_of_her_old_office(
        self, lan: OfficerBrowser, staffed: House, wood: int, now: datetime
    ) -> None:
        with staffed.database.transaction() as session:
            seed = Seed(session, now, seed=9)
            seed.request(enterprise=("Gỗ Đại Phát", CODE), reach="0909000111", office="tdc")
        lan.get(f"/enterprises/{wood}")
        with ThreadPoolExecutor(1) as pool:
            with staffed.database.transaction() as session:
                officer = session.scalars(select(Officer).where(Officer.username == "lan")).one()
                officer.office = "shtt"
                session.flush()
                taken = pool.submit(lan.post, f"/enterprises/{wood}/contacts/take")
                assert waits(taken)
            taken.result(timeout=30)
        assert [one.name for one in people_of(staffed, wood)] == ["Lê Thị Tư"]

    @pytest.mark.parametrize("step", ["", "/remove"])
    def test_who_is_locked_out_at_that_instant_changes_nobody(
        self, lan: OfficerBrowser, staffed: House, wood: int, step: str
    ) -> None:
        path = f"/enterprises/{wood}/contacts/{people_of(staffed, wood)[0].id}"
        lan.get(path)
        with ThreadPoolExecutor(1) as pool:
            with staffed.database.transaction() as session:
                officer = session.scalars(select(Officer).where(Officer.username == "lan")).one()
                officer.active = False
                session.flush()
                done = pool.submit(lan.post, f"{path}{step}", {"name": "Kẻ lạ"})
                assert waits(done)
            assert done.result(timeout=30).url.path == "/console/sign-in"
        assert [one.name for one in people_of(staffed, wood)] == ["Lê Thị Tư"]


def waits(step: Future[Response]) -> bool:
    """Whether a step stands before what another transaction holds."""
    try:
        step.result(timeout=1)
    except TimeoutError:
        return True
    return False


def merge_in(session: Session, house: House, kept: int, gone: int) -> None:
    officer = session.scalars(select(Officer).where(Officer.username == "minh")).one()
    profiles = ProfileService(session, house.library.tables.sectors)
    MergeService(session, profiles).merge(kept, gone, officer=officer, now=house.clock())


def merge(house: House, kept: int, gone: int) -> None:
    with house.database.transaction() as session:
        merge_in(session, house, kept, gone)


def test_a_person_of_another_enterprise_is_not_reached_through_this_one(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    with staffed.database.reading() as session:
        query = select(ProfileContact.id).where(ProfileContact.enterprise_id != wood)
        other = session.scalars(query).all()[0]
    path = f"/enterprises/{wood}/contacts/{other}"
    assert lan.get(path).status_code == 404
    token = lan.hidden("/sign-out")
    fields = token | {"name": "Kẻ lạ"}
    assert lan.client.post(f"/console{path}", data=fields).status_code == 404
    lan.client.post(f"/console{path}/remove", data=token)
    with staffed.database.reading() as session:
        assert session.get_one(ProfileContact, other).name == "Người Khác"


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_hostile_words_in_every_box_are_kept_clean_or_refused(
    lan: OfficerBrowser, wood: int, text: str
) -> None:
    lan.get(f"/enterprises/{wood}/contacts/new")
    typed = text.encode("utf-8", "replace").decode()
    names = ("name", "role", "phone", "email", "surveys", "surveys_on", "surveys_how")
    answer = lan.post(f"/enterprises/{wood}/contacts", dict.fromkeys(names, typed))
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.text
