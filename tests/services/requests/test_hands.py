"""Cases change hands in any order of steps: one handler, nothing unseen, nothing said twice.

Two owners with several cases each, three officers and a head; every step of the house and of
officers, refused where it is not open, repeated with the same form.
"""

import itertools
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from bot.domain.office.absence import Handing
from bot.domain.office.roles import Role
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.knowledge.library import Library
from bot.services.assigning.assignments import Assignments
from bot.services.assigning.handing_over import HandingOver
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.staff.absences import AbsenceRefused, AbsenceService
from bot.storage.database import Database
from bot.storage.models import Message
from bot.texts import default_texts
from tests.support.data.seed import Seed

WHO = st.integers(0, 3)
WHICH = st.integers(0, 5)
FORM = st.integers(0, 3)
OFFICES = ("tdc", "shtt")


class Hands(RuleBasedStateMachine):
    """`database` and `library` are set by the test, whose machines share a database."""

    database: Database
    library: Library

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.number = next(NUMBERS)
        self.open = ExitStack()
        self.session = self.open.enter_context(self.database.transaction())
        self.seed = Seed(self.session, self.now, seed=self.number)
        texts, knowledge = default_texts(), self.library.current
        self.cases = CaseService(self.session, texts, knowledge)
        self.assignments = Assignments(self.session, texts, knowledge)
        self.handing = HandingOver(self.session, texts, self.library)
        self.people = [self.seed.officer(office=office) for office in ("tdc", "tdc", "shtt")]
        self.people.append(self.seed.officer(role=Role.HEAD, office="mot_cua"))
        conversations = [self.seed.conversation() for _ in range(2)]
        self.requests = [
            self.seed.request(conversations[number % 2], office="tdc", talk=number < 2)
            for number in range(6)
        ]
        self.causes: set[str] = set()

    def teardown(self) -> None:
        self.open.close()

    @rule(who=WHO, which=WHICH)
    def claim(self, who: int, which: int) -> None:
        with suppress(RequestRefused):
            self.cases.claim(self.requests[which].id, self.people[who], now=self.now)

    @rule(who=WHO, which=WHICH, form=FORM, asks_back=st.booleans())
    def reply(self, who: int, which: int, form: int, *, asks_back: bool) -> None:
        cause = f"form:{self.number}:{which}:{form}"
        with suppress(RequestRefused):
            self.cases.reply(
                self.requests[which].id,
                self.people[who],
                "Dạ",
                cause=cause,
                now=self.now,
                asks_back=asks_back,
            )
            self.causes.add(cause)

    @rule(which=WHICH)
    def owner_writes(self, which: int) -> None:
        self.seed.owner_says(self.requests[which].conversation, "Alo")

    @rule(who=WHO, which=WHICH, form=FORM, office=st.sampled_from(OFFICES))
    def transfer(self, who: int, which: int, form: int, office: str) -> None:
        cause = f"form:t:{self.number}:{which}:{form}"
        with suppress(RequestRefused):
            self.cases.transfer(
                self.requests[which].id, self.people[who], office, "bận", cause=cause, now=self.now
            )

    @rule(who=WHO, which=WHICH)
    def release(self, who: int, which: int) -> None:
        with suppress(RequestRefused):
            self.cases.release(self.requests[which].id, self.people[who], now=self.now)

    @rule(who=WHO, which=WHICH)
    def close(self, who: int, which: int) -> None:
        cause = f"form:c:{self.number}:{which}"
        with suppress(RequestRefused):
            self.cases.close(self.requests[which].id, self.people[who], cause=cause, now=self.now)

    @rule(to=WHO, which=WHICH)
    def assign(self, to: int, which: int) -> None:
        with suppress(RequestRefused):
            self.assignments.give(
                self.requests[which].id, self.people[to], self.people[3], now=self.now
            )

    @rule(who=WHO, substitute=WHO, handing=st.sampled_from(Handing))
    def go_away(self, who: int, substitute: int, handing: Handing) -> None:
        today = self.now.date()
        with suppress(AbsenceRefused):
            AbsenceService(self.session).write(
                self.people[who],
                self.people[3],
                first_day=today,
                last_day=today,
                handing=handing,
                substitute=self.people[substitute],
                now=self.now,
            )
        for one in self.handing.absences(now=self.now):
            self.handing.hand_over(one, now=self.now)

    @rule()
    def a_day_passes(self) -> None:
        self.now += timedelta(days=1)
        self.seed.now = self.now

    @invariant()
    def each_conversation_has_one_handler_who_holds_what_it_is_held_under(self) -> None:
        self.session.flush()
        for request in self.requests:
            conversation = request.conversation
            holders = [
                one for one in self.requests
                if one.conversation_id == conversation.id and one.officer_id is not None
                and one.state != RequestState.CLOSED
            ]  # fmt: skip
            assert (conversation.handler == Handler.OFFICER) == bool(holders)
            if holders:
                assert conversation.request_id in {one.id for one in holders}

    @invariant()
    def nobody_holds_what_waits_in_the_queue(self) -> None:
        for request in self.requests:
            assert (request.state == RequestState.NEW) == (request.officer_id is None)

    @invariant()
    def what_an_owner_writes_next_comes_to_a_case_that_is_open(self) -> None:
        for request in self.requests:
            conversation = request.conversation
            if conversation.handler != Handler.BOT:
                assert conversation.request_id in {
                    one.id for one in self.requests
                    if one.conversation_id == conversation.id
                    and one.state != RequestState.CLOSED
                }  # fmt: skip

    @invariant()
    def no_answer_is_said_twice(self) -> None:
        ids = [one.id for one in self.requests]
        said = select(func.count()).where(Message.request_id.in_(ids), Message.author == "officer")
        assert self.session.scalar(said) == len(self.causes)


NUMBERS = itertools.count(100)
"""No two runs share their names."""


def test_on_random_schedules_one_handler_is_there_and_nothing_is_lost_or_said_twice(
    database: Database, library: Library
) -> None:
    Hands.database, Hands.library = database, library
    run_state_machine_as_test(
        Hands,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
