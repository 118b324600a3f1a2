"""The owner's rights over his data: after erasing, no word of his is left in any table."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ChangeSource, ProfileField
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.text.search_text import search_text
from bot.services.enterprises.contact_history import ContactDetails
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.services.enterprises.profiles import WrittenBy
from bot.services.inbound.inbox import InboxService
from bot.services.inbound.set_aside import Reason, SetAsideService, Untaken
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.erasures import ErasureService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.services.surveys.consents import SurveyConsents
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import (
    Campaign,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    InboxEvent,
    Invitation,
    ProfileChange,
    ProfileContact,
    Request,
    StoredFile,
)
from bot.texts import Texts, default_texts
from tests.support.data.cases import cases
from tests.support.data.enterprises import BY_HAND, Enterprises
from tests.support.data.events import inbound, reception
from tests.support.data.gaps import gather
from tests.support.data.given import OLD, give
from tests.support.data.seed import Seed

MARK, OTHER = "Nguyễn-Thị-Mốc", "Trần-Văn-Khác"
SHARED_TAX_CODE = "0100109106"
WORDS = "(đã xóa)"


@dataclass(frozen=True)
class Person:
    """Somebody of whom everything that can be kept is kept."""

    conversation_id: str
    request_id: int
    file: Path


@dataclass(frozen=True)
class Stand:
    database: Database
    folder: Path
    now: datetime

    def privacy(self, session: Session) -> PrivacyService:
        return PrivacyService(session, self.folder)

    def erase(self, person: Person) -> None:
        with self.database.transaction() as session:
            self.privacy(session).erase(person.conversation_id, words=WORDS, now=self.now)


@pytest.fixture
def stand(any_database: Database, tmp_path: Path, now: datetime) -> Stand:
    return Stand(any_database, tmp_path / "files", now)


@pytest.fixture
def person(stand: Stand) -> Person:
    return settle_in(stand, MARK)


@pytest.fixture
def other(stand: Stand) -> Person:
    return settle_in(stand, OTHER)


def test_after_erasing_no_word_of_the_person_is_left_in_any_table(
    stand: Stand, person: Person, other: Person
) -> None:
    folded = search_text(MARK)
    assert len(places(stand, MARK)) >= 10
    assert len(places(stand, folded)) >= 3
    kept_of_other = places(stand, OTHER)

    stand.erase(person)

    assert places(stand, MARK) == []
    assert places(stand, folded) == []
    assert places(stand, OTHER) == kept_of_other


def test_erasing_removes_the_bytes_of_files_and_only_of_this_person(
    stand: Stand, person: Person, other: Person
) -> None:
    assert person.file.exists()

    stand.erase(person)

    assert not person.file.exists()
    assert other.file.exists()
    with stand.database.transaction() as session:
        left = session.scalars(select(StoredFile.conversation_id)).all()
    assert set(left) == {other.conversation_id}


def test_erasing_keeps_what_statistics_are_made_of_and_closes_what_was_open(
    stand: Stand, person: Person
) -> None:
    with stand.database.transaction() as session:
        before = session.get_one(Request, person.request_id)
        facts = (before.code, before.topic, before.office, before.created_at, before.rating)

    stand.erase(person)

    with stand.database.transaction() as session:
        after = session.get_one(Request, person.request_id)
        assert (after.code, after.topic, after.office, after.created_at, after.rating) == facts
        assert (after.question, after.reach, after.enterprise_id) == (WORDS, "", None)
        contact = after.contact
        assert (after.search_text, contact.search_text, contact.reach_text) == ("", "", "")
        assert (after.state, after.closed_at) == (RequestState.CLOSED, stand.now)


def test_erasing_takes_a_waiting_owner_out_of_the_queue(stand: Stand, person: Person) -> None:
    with stand.database.transaction() as session:
        Seed(session, stand.now, seed=5).request(
            session.get_one(Conversation, person.conversation_id), talk=True
        )

    stand.erase(person)

    with stand.database.transaction() as session:
        conversation = session.get_one(Conversation, person.conversation_id)
        assert (conversation.handler, conversation.request_id) == (Handler.BOT, None)


def test_erasing_twice_is_erasing_once(stand: Stand, person: Person) -> None:
    stand.erase(person)
    once = places(stand, WORDS)

    stand.erase(person)

    assert places(stand, WORDS) == once


def test_an_enterprise_that_somebody_else_acts_for_stays(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        for one in (person, other):
            file_request(session, one.conversation_id, stand.now, tax_code=SHARED_TAX_CODE)

    stand.erase(person)

    with stand.database.transaction() as session:
        codes = session.scalars(select(Enterprise.tax_code)).all()
    assert SHARED_TAX_CODE in codes


def test_a_person_sees_his_own_name_of_a_shared_tax_code_and_not_the_others(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        for one, name in ((other, OTHER), (person, MARK)):
            file_request(
                session, one.conversation_id, stand.now, tax_code=SHARED_TAX_CODE, name=name
            )

    with stand.database.transaction() as session:
        kept = stand.privacy(session).see(person.conversation_id, now=stand.now)
    assert kept.enterprise == f"{MARK} {SHARED_TAX_CODE}"


def test_erasing_takes_the_own_name_of_a_shared_tax_code_and_leaves_the_others(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        for one, name in ((person, MARK), (other, OTHER)):
            file_request(
                session, one.conversation_id, stand.now, tax_code=SHARED_TAX_CODE, name=name
            )

    stand.erase(person)

    assert places(stand, MARK) == []
    with stand.database.transaction() as session:
        kept = stand.privacy(session).see(other.conversation_id, now=stand.now)
    assert kept.enterprise == f"{OTHER} {SHARED_TAX_CODE}"


def test_an_unchecked_code_is_seen_and_erased(stand: Stand, person: Person) -> None:
    with stand.database.transaction() as session:
        request = file_request(session, person.conversation_id, stand.now, unchecked=f"9 {MARK}")
        assert request.unchecked_tax_code == f"9 {MARK}"
        kept = stand.privacy(session).see(person.conversation_id, now=stand.now)
        assert kept.enterprise == f"9 {MARK}"

    stand.erase(person)

    assert places(stand, MARK) == []


def test_the_words_of_an_open_case_stay_while_an_officer_works_on_it(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        officer = Seed(session, stand.now, seed=6).officer()
        cases(session).claim(person.request_id, officer, now=stand.now)

    with stand.database.transaction() as session:
        held = ErasureService(session).holder(person.conversation_id)
        assert held is not None
        assert held.id == person.request_id
        assert ErasureService(session).holder(other.conversation_id) is None


def test_a_person_sees_everything_that_is_kept_of_him(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        kept = stand.privacy(session).see(person.conversation_id, now=stand.now)
        code = session.get_one(Request, person.request_id).code

    assert MARK in kept.name
    assert (kept.phone, kept.enterprise) == ("0912345678", f"Cơ sở {MARK}")
    assert kept.email == f"{MARK}@example.vn"
    assert kept.requests[0] == code
    assert kept.messages == 7


def test_a_person_sees_how_many_articles_he_was_given_lately(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        his = session.get_one(Conversation, person.conversation_id)
        before = stand.privacy(session).see(his.id, now=stand.now).articles
        for article, days in (("5s-la-gi", 1), ("5s-la-gi", 2), ("kaizen-la-gi", 89), ("a", 91)):
            give(session, article, OLD, at=stand.now - timedelta(days=days), to=his)
        its = session.get_one(Conversation, other.conversation_id)
        give(session, "ma-vach-phi", OLD, at=stand.now, to=its)

        assert stand.privacy(session).see(his.id, now=stand.now).articles == before + 2


@pytest.mark.parametrize(
    ("texts", "line", "unasked"),
    [
        (default_texts(), "trong 90 ngày qua:** 7", "một câu trả lời đã gửi nay thay đổi"),
        (default_texts().english, "in the last 90 days:** 7", "an answer that you were sent has"),
    ],
)
def test_both_languages_say_what_was_answered_and_when_we_write_unasked(
    texts: Texts, line: str, unasked: str
) -> None:
    nothing = dict.fromkeys(("name", "phone", "email", "enterprise", "requests"), "")
    assert line in texts.say(
        "privacy.see", **nothing, messages=9, articles=7, assessments=2, days=90
    )
    assert unasked in texts.say("privacy.silence")


@pytest.mark.parametrize(
    ("reach", "phone", "email"),
    [
        ("0987654321", "0987654321", f"{MARK}@example.vn"),
        ("a@b.vn", "0912345678", "a@b.vn"),
        ("+821012345678, a@b.vn", "+821012345678", "a@b.vn"),
    ],
)
def test_a_correction_reaches_open_requests_and_not_closed_ones(
    stand: Stand, person: Person, reach: str, phone: str, email: str
) -> None:
    with stand.database.transaction() as session:
        closed = file_request(session, person.conversation_id, stand.now, reach="0900000123")
        closed.state = RequestState.CLOSED
        contact = session.get_one(Conversation, person.conversation_id).contact
        contact.phone, contact.email = "0912345678", f"{MARK}@example.vn"

    with stand.database.transaction() as session:
        stand.privacy(session).correct_reach(person.conversation_id, reach)

    with stand.database.transaction() as session:
        contact = session.get_one(Conversation, person.conversation_id).contact
        assert (contact.phone, contact.email) == (phone, email)
        corrected = session.get_one(Request, person.request_id)
        assert corrected.reach == reach
        assert search_text(reach) in corrected.search_text
        assert session.get_one(Request, closed.id).reach == "0900000123"


# — a person with a past —


def test_who_was_noted_by_the_department_from_a_chat_is_forgotten_and_the_profile_stays(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        known = Enterprises(session, stand.now).known("Bún Năm Bưởi", tax_code=SHARED_TAX_CODE)
        for one in (person, other):
            conversation = session.get_one(Conversation, one.conversation_id)
            file_request(session, one.conversation_id, stand.now, tax_code=SHARED_TAX_CODE)
            note_contact(session, stand.now, known.enterprise_id, conversation)
    assert len(places(stand, "Chị Lan 0912")) == 2

    stand.erase(person)

    with stand.database.transaction() as session:
        left = session.scalars(select(ProfileContact)).all()
        theirs = session.get_one(Conversation, other.conversation_id).contact_id
        assert [one.contact_id for one in left] == [theirs]
        invitations = session.scalars(select(Invitation).order_by(Invitation.id)).all()
        assert [one.profile_contact_id for one in invitations] == [None, left[0].id]
        assert session.get(EnterpriseProfile, known.enterprise_id) is not None


def test_a_person_whom_the_department_noted_does_not_hold_up_an_erasure(
    stand: Stand, person: Person
) -> None:
    with stand.database.transaction() as session:
        enterprise_id = session.get_one(Request, person.request_id).enterprise_id
        session.add(
            ProfileContact(enterprise_id=enterprise_id, name="Anh Tư", created_at=stand.now)
        )

    stand.erase(person)

    assert places(stand, MARK) == []
    with stand.database.transaction() as session:
        assert session.scalars(select(ProfileContact.name)).all() == ["Anh Tư"]


def test_what_the_history_tells_of_a_person_goes_with_her(
    stand: Stand, person: Person, other: Person
) -> None:
    with stand.database.transaction() as session:
        known = Enterprises(session, stand.now).known("Bún Năm Bưởi", tax_code=SHARED_TAX_CODE)
        for one, phone in ((person, "0934567890"), (other, "0909888777")):
            contact = session.get_one(Conversation, one.conversation_id).contact
            contact.phone = phone
            file_request(session, one.conversation_id, stand.now, tax_code=SHARED_TAX_CODE)
            SurveyConsents(session).agree(
                one.conversation_id, how="hỏi", version="2026-11", now=stand.now
            )
        row = session.scalars(
            select(ProfileContact).where(ProfileContact.phone == "0934567890")
        ).one()
        changed = ContactDetails(f"Chị {MARK}", role="Kế toán", phone="0934567890")
        ProfileContactService(session).change(row, changed, by=BY_HAND, now=stand.now)
        assert session.scalars(
            select(ProfileChange.id).where(ProfileChange.person_id == row.id)
        ).all()

    stand.erase(person)

    assert places(stand, MARK) == places(stand, "0934567890") == []
    assert "profile_changes.after" in places(stand, "0909888777")
    with stand.database.transaction() as session:
        assert session.get(EnterpriseProfile, known.enterprise_id) is not None


def test_a_name_that_was_merged_away_is_forgotten_too(stand: Stand, person: Person) -> None:
    with stand.database.transaction() as session:
        there = Enterprises(session, stand.now)
        officer = Seed(session, stand.now, seed=11).officer()
        named = session.get_one(Request, person.request_id).enterprise_id
        kept = there.known("Bún Năm Bưởi", tax_code=SHARED_TAX_CODE)
        assert named is not None
        row = session.get_one(Enterprise, named)
        there.profiles.write(
            there.profiles.open(row, now=stand.now),
            {ProfileField.NAME: f"Cơ sở {MARK}"},
            by=WrittenBy(ChangeSource.REQUEST),
            now=stand.now,
        )
        merges = MergeService(session, there.profiles)
        merges.merge(kept.enterprise_id, named, officer=officer, now=stand.now)
        # What the department wrote down itself is its own; here only what he gave is looked for.
        session.execute(delete(ProfileChange))

    stand.erase(person)

    assert places(stand, MARK) == []


def note_contact(
    session: Session, now: datetime, enterprise_id: int, conversation: Conversation
) -> None:
    """An officer noted the person, who was then asked in a survey."""
    noted = ProfileContact(
        enterprise_id=enterprise_id,
        name="Chị Lan 0912",
        contact_id=conversation.contact_id,
        surveys="yes",
        created_at=now,
    )
    campaign = Campaign(
        title="Khảo sát",
        questionnaire="khao-sat-hien-trang",
        target={},
        secret="s",
        opens_at=now,
        closes_at=now + timedelta(days=7),
        officer=Seed(session, now, seed=conversation.contact_id).officer(),
        created_at=now,
    )
    session.add_all([noted, campaign])
    session.flush()
    session.add(
        Invitation(
            campaign_id=campaign.id,
            enterprise_id=enterprise_id,
            profile_contact_id=noted.id,
            conversation_id=conversation.id,
        )
    )
    session.flush()


def settle_in(stand: Stand, mark: str) -> Person:
    """Done, dead and waiting events, replies, a file, an enterprise, a transferred request."""
    with stand.database.transaction() as session:
        inbox = InboxService(session)
        for number in range(3):
            event = inbound(
                f"{mark} hỏi {number}",
                now=stand.now,
                chat_key=f"chat-{_number(mark)}",
                sender_name=f"Chị {mark}",
            )
            reception(session).accept(
                event.model_copy(update=beside_the_words(mark)), now=stand.now
            )
            taken = inbox.take(f"worker-{number}", now=stand.now)
            assert taken is not None
            session.flush()
            if number == 0:
                inbox.finish(taken, now=stand.now)
            elif number == 1:
                _event(session, taken.id).state = "dead"
        assert taken is not None
        conversation = session.get_one(Conversation, taken.conversation_id)
        request = file_request(
            session, conversation.id, stand.now, name=f"Cơ sở {mark}", reach="0912345678", mark=mark
        )
        conversation.contact.email = f"{mark}@example.vn"
        file = keep_file(session, stand, conversation.id, mark)
        talk(session, stand.now, conversation, request, mark)
        gather(session, stand.now, f"{mark} hỏi gì đó", conversation_id=conversation.id)
        set_aside(session, stand.now, conversation, mark)
        # The third event is the one that asks for erasing: it is in hand, its words are a button's.
        erasing = inbound("Xóa hẳn", now=stand.now).model_dump(mode="json")
        _event(session, taken.id).payload = {**erasing, "sender_name": f"Chị {mark}"}
    return Person(conversation.id, request.id, file)


def _number(mark: str) -> int:
    return sum(map(ord, mark))


def _event(session: Session, event_id: int) -> InboxEvent:
    return session.get_one(InboxEvent, event_id)


def beside_the_words(mark: str) -> dict[str, str]:
    """What else of an event names a person."""
    return {"note": f"[tệp: {mark}.pdf]", "refusal": f"{mark}.pdf lớn quá", "before": f"{mark} à"}


def set_aside(session: Session, now: datetime, conversation: Conversation, mark: str) -> None:
    untaken = Untaken(
        conversation.channel, conversation.chat_key, {"from": mark}, Reason.UNREADABLE, f"no {mark}"
    )
    SetAsideService(session).put(untaken, now=now)


def file_request(
    session: Session,
    conversation_id: str,
    now: datetime,
    *,
    name: str = "",
    tax_code: str = "",
    unchecked: str = "",
    reach: str = "",
    mark: str = "",
) -> Request:
    draft = RequestDraft(
        topic="he_thong_quan_ly",
        office="tdc",
        question=f"{mark} cần giúp",
        promised_at=now,
        enterprise_name=name,
        tax_code=tax_code,
        unchecked_tax_code=unchecked,
        reach=reach,
    )
    count = len(session.scalars(select(Request.id)).all())
    return RequestService(session).file(conversation_id, draft, cause=f"in:{count}", now=now)


def keep_file(session: Session, stand: Stand, conversation_id: str, mark: str) -> Path:
    service = FileService(session, stand.folder)
    kept = service.keep(
        b"%PDF", name=f"{mark}.pdf", conversation_id=conversation_id, limit=9, now=stand.now
    )
    session.flush()
    row = service.find(kept.file_id)
    assert row is not None
    TranscriptService(session).hear(
        session.get_one(Conversation, conversation_id),
        text="",
        attachments=[kept.model_dump()],
        cause=f"file:{kept.file_id}",
        now=stand.now,
        request_id=None,
    )
    return service.path(row)


def talk(
    session: Session, now: datetime, conversation: Conversation, request: Request, mark: str
) -> None:
    for author in (Author.BOT, Author.OFFICER):
        TranscriptService(session).say(
            conversation,
            OutgoingMessage(text=f"Chào {mark}"),
            author=author,
            cause=f"{author}:{_number(mark)}",
            now=now,
            understanding=Understanding(outcome=Outcome.ANSWER, intent=mark),
        )
    officer = Seed(session, now, seed=_number(mark)).officer()
    cases(session).transfer(
        request.id, officer, "shtt", f"{mark}: đã gọi điện", cause="form:t", now=now
    )


# — what the tables hold —


def places(stand: Stand, words: str) -> list[str]:
    """Where words stand, in any text or JSON column of any table, as `table.column`."""
    with stand.database.transaction() as session:
        return sorted(place for place, text in texts(session) if words in text)


def texts(session: Session) -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, String | JSON):
                continue
            for value in session.scalars(select(column)):
                yield f"{table.name}.{column.name}", json.dumps(value, ensure_ascii=False)
