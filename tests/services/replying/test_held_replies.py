"""A sent reply waits a moment in the house; taken back it leaves no trace, else it goes once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.domain.requests.held_reply import HeldState, ReplyStep
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import Attachment
from bot.services.messaging.files import FileService, Upload
from bot.services.messaging.transcript import TranscriptService
from bot.services.privacy.privacy import PrivacyService
from bot.services.replying.held_replies import HeldOfCase, HeldReplies, Reply
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import HeldReply, Message, Officer, Request, StoredFile
from tests.support.data.cases import cases, held_replies, told
from tests.support.data.seed import Seed

SECONDS = 10
MOMENT = timedelta(seconds=SECONDS)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@dataclass
class Desk:
    """A case that Lan holds, its owner waiting for what is in writing; and her replies."""

    session: Session
    seed: Seed
    lan: Officer
    case: Request
    folder: Path

    @property
    def replies(self) -> HeldReplies:
        return held_replies(self.session, self.folder)

    @property
    def now(self) -> datetime:
        return self.seed.now

    def send(self, reply: Reply, cause: str = "form:1") -> HeldReply:
        self.replies.send(
            self.case.id, self.lan, reply, cause=cause, now=self.now, undo_seconds=SECONDS
        )
        held = HeldOfCase(self.session).held(self.case)
        assert held is not None
        return held

    def words(self, case: Request | None = None) -> list[str]:
        """What its officer said to the owner."""
        messages = told(self.session, case or self.case)
        return [one.text for one in messages if one.author == "officer"]

    def steps(self) -> list[str]:
        return [line.kind for line in RequestHistory(self.session).lines(self.case)]


@pytest.fixture
def desk(session: Session, seed: Seed, lan: Officer, tmp_path: Path) -> Desk:
    request = seed.request()
    cases(session).claim(request.id, lan, now=seed.now)
    return Desk(session, seed, lan, request, tmp_path)


def test_for_a_moment_nothing_has_happened_and_then_it_has_at_that_hour(desk: Desk) -> None:
    held = desk.send(Reply("Dạ khoảng ba tháng."))

    assert desk.words() == []
    assert (desk.case.answered_at, desk.case.first_reply_at) == (None, None)
    assert Step.REPLIED not in desk.steps()
    assert desk.replies.due(now=desk.now + MOMENT - timedelta(seconds=1)) == []
    assert desk.replies.send_due(held.id, now=desk.now) is None
    assert desk.replies.next_due() == desk.now + MOMENT

    assert desk.replies.due(now=desk.now + MOMENT) == [held.id]
    for _ in range(2):
        desk.replies.send_due(held.id, now=desk.now + MOMENT)

    assert desk.words() == ["Dạ khoảng ba tháng."]
    assert desk.case.first_reply_at == desk.case.answered_at == desk.now + MOMENT
    assert desk.steps().count(Step.REPLIED) == 1
    assert (held.state, held.text) == (HeldState.SENT, "")
    assert desk.replies.next_due() is None


def test_taken_back_it_never_goes_and_its_words_and_files_are_hers_again(desk: Desk) -> None:
    files = FileService(desk.session, desk.folder)
    uploads = [Upload("mau.pdf", b"%PDF-1"), Upload("nham.pdf", b"%PDF-2")]

    def attach(request: Request) -> list[Attachment]:
        return files.keep_all(
            uploads, conversation_id=request.conversation_id, limit=99, now=desk.now
        )

    held = desk.send(Reply("Gửi nhầm", attach=attach))
    for _ in range(2):
        desk.replies.take_back(desk.case.id, desk.lan, held.id, typed="Chào anh", now=desk.now)

    assert desk.replies.due(now=desk.now + timedelta(days=1)) == []
    assert (desk.words(), desk.case.answered_at) == ([], None)
    assert Step.REPLIED not in desk.steps()
    draft = HeldOfCase(desk.session).taken_back(desk.case, desk.lan.id)
    assert draft is not None
    assert draft.text == "Gửi nhầm\n\nChào anh"
    keep, drop = (file["file_id"] for file in draft.attachments)

    again = desk.send(Reply("Gửi đúng", instead_of=draft.id, again=[keep, "0" * 32]), "form:2")
    assert [file["file_id"] for file in again.attachments] == [keep]
    assert HeldOfCase(desk.session).taken_back(desk.case, desk.lan.id) is None
    assert desk.session.get(StoredFile, drop) is None
    assert not (desk.folder / drop).exists()


def test_the_form_of_a_reply_that_was_taken_back_sends_nothing_when_it_comes_again(
    desk: Desk,
) -> None:
    held = desk.send(Reply("Gửi nhầm"))
    desk.send(Reply("Gửi nhầm"))
    desk.replies.take_back(desk.case.id, desk.lan, held.id, now=desk.now)

    with pytest.raises(RequestRefused, match="taken_back"):
        desk.send(Reply("Gửi nhầm"))


def test_what_has_gone_is_not_taken_back_and_past_its_time_it_is_while_it_is_here(
    desk: Desk, minh: Officer
) -> None:
    late = desk.now + 2 * MOMENT
    held = desk.send(Reply("Một"))
    desk.replies.take_back(desk.case.id, desk.lan, held.id, now=late)
    assert desk.replies.send_due(held.id, now=late) is None

    gone = desk.send(Reply("Hai"), "form:2")
    with pytest.raises(RequestRefused, match="not_yours"):
        desk.replies.take_back(desk.case.id, minh, gone.id, now=desk.now)
    desk.replies.send_due(gone.id, now=late)
    with pytest.raises(RequestRefused, match="gone"):
        desk.replies.take_back(desk.case.id, desk.lan, gone.id, now=late)
    assert desk.words() == ["Hai"]


def test_of_two_replies_the_first_goes_before_the_second_is_held(desk: Desk) -> None:
    desk.send(Reply("Một"))
    desk.send(Reply("Hai"), "form:2")

    assert desk.words() == ["Một"]


def test_in_a_live_talk_it_is_held_for_three_seconds_and_without_a_moment_not_at_all(
    desk: Desk,
) -> None:
    talk, plain = desk.seed.request(talk=True), desk.seed.request()
    for request in (talk, plain):
        cases(desk.session).claim(request.id, desk.lan, now=desk.now)

    desk.replies.send(
        talk.id, desk.lan, Reply("Chào"), cause="form:1", now=desk.now, undo_seconds=SECONDS
    )
    desk.replies.send(plain.id, desk.lan, Reply("Dạ"), cause="form:2", now=desk.now, undo_seconds=0)

    assert desk.replies.next_due() == desk.now + timedelta(seconds=3)
    assert desk.words(plain) == ["Dạ"]


def test_with_the_close_the_case_stays_open_for_the_moment_and_closes_behind_the_words(
    desk: Desk,
) -> None:
    held = desk.send(Reply("Xong ạ", ReplyStep.CLOSE))
    assert desk.case.state == RequestState.CLAIMED
    assert desk.case.conversation.handler == Handler.OFFICER

    desk.replies.send_due(held.id, now=desk.now + MOMENT)

    assert desk.case.state == RequestState.CLOSED
    assert desk.case.closed_at == desk.now + MOMENT
    assert desk.steps()[-2:] == [Step.REPLIED, Step.CLOSED]


def test_where_the_owner_writes_in_the_moment_the_words_go_and_the_case_stays_open(
    desk: Desk,
) -> None:
    held = desk.send(Reply("Xong ạ", ReplyStep.CLOSE))
    desk.seed.owner_says(desk.case.conversation, "Khoan, còn một câu")

    desk.replies.send_due(held.id, now=desk.now + MOMENT)

    assert desk.words() == ["Xong ạ"]
    assert desk.case.state == RequestState.CLAIMED
    assert desk.steps()[-2:] == [Step.REPLIED, Step.NOT_CLOSED]


def test_asking_back_waits_for_the_owner_from_the_moment_on_at_which_it_goes(desk: Desk) -> None:
    held = desk.send(Reply("Anh cho hỏi?", ReplyStep.ASK_BACK))
    assert desk.case.state == RequestState.CLAIMED

    desk.replies.send_due(held.id, now=desk.now + MOMENT)

    assert desk.case.state == RequestState.WAITING_OWNER


def test_an_answer_of_a_colleague_that_her_page_did_not_show_comes_before_her_own(
    desk: Desk, minh: Officer
) -> None:
    shown = told(desk.session, desk.case)[-1].id
    service = cases(desk.session)
    service.release(desk.case.id, desk.lan, now=desk.now)
    service.claim(desk.case.id, minh, now=desk.now)
    service.reply(desk.case.id, minh, "Tôi trả lời rồi", cause="form:8", now=desk.now)
    service.release(desk.case.id, minh, now=desk.now)
    service.claim(desk.case.id, desk.lan, now=desk.now)

    with pytest.raises(RequestRefused, match="answered_meanwhile"):
        desk.send(Reply("Chào anh", shown=shown))
    assert desk.send(Reply("Chào anh", shown=told(desk.session, desk.case)[-1].id))


@pytest.mark.parametrize("ends", ["release", "close"])
def test_where_the_case_left_her_hands_meanwhile_the_words_go_and_change_nothing_else(
    desk: Desk, ends: str
) -> None:
    held = desk.send(Reply("Một"))
    if ends == "release":
        cases(desk.session).release(desk.case.id, None, now=desk.now)
    else:
        cases(desk.session).close(desk.case.id, desk.lan, cause="form:2", now=desk.now)
    state = desk.case.state

    desk.replies.send_due(held.id, now=desk.now + MOMENT)

    assert desk.words() == ["Một"]
    assert (desk.case.state, desk.case.answered_at) == (state, None)
    assert desk.case.first_reply_at == desk.now + MOMENT


def test_what_is_held_goes_with_the_data_of_its_owner(desk: Desk) -> None:
    held = desk.send(Reply("Một"))
    conversation = desk.case.conversation_id
    PrivacyService(desk.session, desk.folder).erase(conversation, words="", now=desk.now)
    desk.session.expire_all()

    assert desk.session.get(HeldReply, held.id) is None
    said = TranscriptService(desk.session).history(conversation)
    assert "Một" not in [message.text for message in said]


def test_of_taking_back_and_sending_at_once_one_wins(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        officer = seed.officer()
        ids = []
        for number in range(6):
            request = seed.request()
            cases(session).claim(request.id, officer, now=now)
            held_replies(session, tmp_path).send(
                request.id,
                officer,
                Reply("Dạ"),
                cause=f"form:{number}",
                now=now,
                undo_seconds=SECONDS,
            )
            held = HeldOfCase(session).held(request)
            assert held is not None
            ids.append((request.id, held.id))
        officer_id = officer.id
    due = now + MOMENT

    def go(held_id: int) -> bool:
        with database.transaction() as session:
            return held_replies(session, tmp_path).send_due(held_id, now=due) is not None

    def back(request_id: int, held_id: int) -> bool:
        try:
            with database.transaction() as session:
                officer = session.get_one(Officer, officer_id)
                held_replies(session, tmp_path).take_back(request_id, officer, held_id, now=due)
        except RequestRefused:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        for request_id, held_id in ids:
            taken = pool.submit(back, request_id, held_id)
            going = [pool.submit(go, held_id) for _ in range(2)]
            sent = sum(one.result(timeout=30) for one in going)
            assert (sent, taken.result(timeout=30)) in {(1, False), (0, True)}
            with database.transaction() as session:
                said = session.query(Message).filter_by(request_id=request_id, author="officer")
                assert said.count() == sent
