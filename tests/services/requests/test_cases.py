"""What the owner is told while an officer works."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.knowledge.library import Library
from bot.services.messaging.files import FileRefused, FileService, Upload
from bot.services.requests.cases import Attach, CaseService, RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import Officer, StoredFile
from tests.support.data.cases import cases as cases_of
from tests.support.data.cases import told
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def lan(seed: Seed) -> Officer:
    return seed.officer("lan", full_name="Nguyễn Thị Lan")


@pytest.fixture
def cases(session: Session) -> CaseService:
    return cases_of(session)


def attaching(seed: Seed, folder: Path, upload: Upload) -> Attach:
    """Keeps the file of a reply, of at most a hundred bytes."""
    files = FileService(seed.session, folder)
    return lambda request: files.keep_all(
        [upload], conversation_id=request.conversation_id, limit=100, now=seed.now
    )


def test_a_claim_names_the_officer_once(cases: CaseService, seed: Seed, lan: Officer) -> None:
    request = seed.request()
    for _ in range(2):
        cases.claim(request.id, lan, now=seed.now)
    said = [message.text for message in told(seed.session, request)]
    assert len(said) == 1
    assert "Nguyễn Thị Lan" in said[0]
    assert request.code in said[0]


def test_who_writes_english_is_told_every_step_in_english(
    cases: CaseService, seed: Seed, lan: Officer
) -> None:
    request = seed.request(question="How long does ISO 9001 take?")

    cases.claim(request.id, lan, now=seed.now)
    cases.release(request.id, lan, now=seed.now)
    cases.claim(request.id, lan, now=seed.now)
    cases.close(request.id, lan, last_words="Thank you.", cause="form:1", now=seed.now)

    texts = [message.text for message in told(seed.session, request)]
    assert texts[0].startswith("Officer Nguyễn Thị Lan (Standards, Metrology and Quality unit")
    assert "is waiting for another officer" in texts[1]
    assert texts[-1].endswith("(5 is very satisfied, 1 is not satisfied.)")


def test_a_second_claim_after_a_release_is_told_again(
    cases: CaseService, seed: Seed, lan: Officer
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=seed.now)
    for _ in range(2):
        cases.release(request.id, lan, now=seed.now)
    cases.claim(request.id, lan, now=seed.now)
    assert len(told(seed.session, request)) == 3


def test_a_transfer_names_the_office_and_keeps_the_reason(
    cases: CaseService, seed: Seed, lan: Officer, library: Library
) -> None:
    request = seed.request()
    office = library.current.offices["shtt"]
    for _ in range(2):
        cases.transfer(request.id, lan, office.id, "chuyện nội bộ", cause="form:1", now=seed.now)
    said = told(seed.session, request)
    assert len(said) == 1
    assert office.title in said[0].text
    assert "nội bộ" not in said[0].text


def test_closing_says_the_last_words_and_asks_for_stars(
    cases: CaseService, seed: Seed, lan: Officer
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=seed.now)
    for _ in range(2):
        cases.close(request.id, lan, last_words="Chúc may mắn", cause="form:1", now=seed.now)
    _, last, farewell = told(seed.session, request)
    assert last.text == "Chúc may mắn"
    payloads = [choice["payload"] for choice in farewell.choices]
    assert [payload.partition("{")[0] for payload in payloads] == ["/rate_request"] * 5
    assert [json.loads(payload.removeprefix("/rate_request")) for payload in payloads] == [
        {"code": request.code, "stars": str(stars)} for stars in (5, 4, 3, 2, 1)
    ]


def move(officer: Officer) -> None:
    officer.office = "shtt"


def lock_out(officer: Officer) -> None:
    officer.active = False


@pytest.mark.parametrize("change", [move, lock_out])
def test_a_person_who_goes_leaves_nothing_stuck(
    cases: CaseService, seed: Seed, lan: Officer, change: Callable[[Officer], None]
) -> None:
    by = seed.officer("quan-tri")
    held, done, free = seed.request(), seed.request(), seed.request()
    for request in (held, done):
        cases.claim(request.id, lan, now=seed.now)
    cases.close(done.id, lan, last_words="", cause="form:1", now=seed.now)
    change(lan)
    for expected in ([held], []):
        assert cases.let_go(lan, by, now=seed.now) == expected
    assert (held.state, held.conversation.handler) == (RequestState.NEW, Handler.QUEUE)
    assert (done.officer_id, free.officer_id) == (lan.id, None)
    assert "một cán bộ khác tiếp tục" in told(seed.session, held)[-1].text
    line = RequestHistory(seed.session).lines(held)[-1]
    assert (line.kind, line.officer_id) == ("released", by.id)


@pytest.mark.parametrize("role", Role)
def test_a_person_keeps_what_she_still_sees(cases: CaseService, seed: Seed, role: Role) -> None:
    chief = seed.officer(role=Role.HEAD)
    here, elsewhere = seed.request(), seed.request(office="shtt")
    for request in (here, elsewhere):
        cases.claim(request.id, chief, now=seed.now)
    chief.role = role
    expected = [elsewhere] if role is Role.OFFICER else []
    assert cases.let_go(chief, chief, now=seed.now) == expected
    assert here.officer_id == chief.id


def test_of_two_cases_of_one_owner_only_the_one_out_of_sight_goes_back(
    cases: CaseService, seed: Seed, lan: Officer
) -> None:
    conversation = seed.conversation()
    first, second = seed.request(conversation), seed.request(conversation, office="shtt")
    other = seed.officer(office="shtt")
    cases.claim(first.id, lan, now=seed.now)
    cases.claim(second.id, other, now=seed.now)
    lan.office = "cong_nghe_dmst"
    assert cases.let_go(lan, lan, now=seed.now) == [first]
    assert (conversation.handler, conversation.request_id) == (Handler.OFFICER, second.id)


def test_a_reply_keeps_its_file_once(
    cases: CaseService, seed: Seed, lan: Officer, tmp_path: Path
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=seed.now)
    attach = attaching(seed, tmp_path, Upload("mẫu.pdf", b"%PDF"))
    for _ in range(2):
        cases.reply(request.id, lan, "Mẫu đây", cause="form:1", now=seed.now, attach=attach)
    kept = seed.session.scalars(select(StoredFile)).all()
    assert [row.conversation_id for row in kept] == [request.conversation_id]
    assert told(seed.session, request)[-1].attachments[0]["file_id"] == kept[0].id


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.pdf", b"", "empty"), ("a.pdf", b"x" * 101, "too_large"), ("a.exe", b"x", "kind")],
)
def test_an_unfit_file_is_refused(  # noqa: PLR0917
    cases: CaseService,
    seed: Seed,
    lan: Officer,
    tmp_path: Path,
    name: str,
    content: bytes,
    reason: str,
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=seed.now)
    attach = attaching(seed, tmp_path, Upload(name, content))
    with pytest.raises(FileRefused, match=reason):
        cases.reply(request.id, lan, "", cause="f", now=seed.now, attach=attach)


def test_nobody_replies_to_what_is_not_held_and_its_file_is_not_kept(
    cases: CaseService, seed: Seed, lan: Officer, tmp_path: Path
) -> None:
    attach = attaching(seed, tmp_path, Upload("mẫu.pdf", b"%PDF"))
    with pytest.raises(RequestRefused, match="not_yours"):
        cases.reply(seed.request().id, lan, "Chào", cause="f", now=seed.now, attach=attach)
    assert seed.session.scalars(select(StoredFile)).all() == []
