"""A case is given to a named person: to whom, and what its owner hears."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.absence import Handing
from bot.domain.office.roles import Role
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Handler
from bot.knowledge.library import Library
from bot.services.assigning.assignments import Assignments
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.services.staff.absences import AbsenceService
from bot.storage.models import Message, Officer, Request
from bot.texts import default_texts
from tests.support.data.cases import cases
from tests.support.data.seed import Seed


@pytest.fixture
def assignments(session: Session, library: Library) -> Assignments:
    return Assignments(session, default_texts(), library.current)


@pytest.fixture
def head(seed: Seed) -> Officer:
    return seed.officer("head", role=Role.HEAD, office="mot_cua")


def said(session: Session, request: Request) -> list[str]:
    told = select(Message.text).where(Message.request_id == request.id, Message.author == "system")
    return list(session.scalars(told.order_by(Message.id)))


def goes_away(seed: Seed, officer: Officer) -> None:
    today = seed.now.date()
    AbsenceService(seed.session).write(
        officer, officer, first_day=today, last_day=today, handing=Handing.KEEP, substitute=None,
        now=seed.now,
    )  # fmt: skip


def test_a_case_is_given_to_a_person_once_and_its_owner_hears_who_it_is(
    assignments: Assignments, seed: Seed, lan: Officer, head: Officer
) -> None:
    request = seed.request()
    for _ in range(2):
        assignments.give(request.id, lan, head, now=seed.now)
    assert (request.officer_id, request.state) == (lan.id, RequestState.CLAIMED)
    assert request.conversation.handler == Handler.OFFICER
    (text,) = said(seed.session, request)
    assert f"Cán bộ {lan.full_name}" in text
    *_, line = RequestHistory(seed.session).lines(request)
    assert (line.kind, line.officer_id, line.detail) == (Step.ASSIGNED, head.id, lan.full_name)


def test_from_hand_to_hand_what_was_answered_stays_answered(
    assignments: Assignments, seed: Seed, lan: Officer, minh: Officer, head: Officer
) -> None:
    request, service = seed.request(), cases(seed.session)
    service.claim(request.id, lan, now=seed.now)
    service.reply(request.id, lan, "MST?", cause="form:1", now=seed.now, asks_back=True)
    assignments.give(request.id, minh, head, now=seed.now)
    assert (request.officer_id, request.state) == (minh.id, RequestState.WAITING_OWNER)
    assert request.answered_at == seed.now
    assert "thay đồng nghiệp" in said(seed.session, request)[-1]
    with pytest.raises(RequestRefused, match="not_yours"):
        service.reply(request.id, lan, "Dạ", cause="form:2", now=seed.now)


@pytest.mark.parametrize("why", ["closed", "office", "locked", "away"])
def test_some_are_given_no_case(
    assignments: Assignments, seed: Seed, lan: Officer, head: Officer, why: str
) -> None:
    request = seed.request(office="shtt" if why == "office" else "tdc")
    if why == "closed":
        cases(seed.session).claim(request.id, head, now=seed.now)
        cases(seed.session).close(request.id, head, cause="form:c", now=seed.now)
    if why == "locked":
        lan.active = False
    if why == "away":
        goes_away(seed, lan)
    before = request.officer_id
    with pytest.raises(RequestRefused, match="closed" if why == "closed" else "unfit"):
        assignments.give(request.id, lan, head, now=seed.now)
    assert request.officer_id == before


def test_who_holds_least_stands_first_and_who_is_away_last(
    assignments: Assignments, seed: Seed, lan: Officer, minh: Officer, head: Officer
) -> None:
    resting = seed.officer("resting")
    goes_away(seed, resting)
    seed.officer("other", office="shtt")
    cases(seed.session).claim(seed.request().id, lan, now=seed.now)
    found = assignments.candidates(seed.request(), now=seed.now)
    assert [one.officer.id for one in found[2:]] == [lan.id, resting.id]
    assert {one.officer.id for one in found[:2]} == {minh.id, head.id}
    assert [one.held for one in found] == [0, 0, 1, 0]
    assert found[-1].away_until == seed.now.date()
