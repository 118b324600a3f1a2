"""An owner with cases at two offices, and everything that he says, by who may see it."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.requests import RequestService
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

HERE, THERE = "tdc", "shtt"
OFFICER, HEAD = frozenset({HERE}), None
STATES = ("new", "claimed", "waiting_owner", "closed", "withdrawn")
OPENED_ANEW = ("reopened", "closed again")


@dataclass(frozen=True)
class Said:
    """One message of the owner, with a file of the same name. `round`: before or after what."""

    of: str
    round: str
    is_closed: bool

    @property
    def name(self) -> str:
        return f"{self.of}{self.round}"

    def is_seen_by(self, offices: frozenset[str] | None) -> bool:
        if offices is HEAD or self.of == "this":
            return True
        return self.of != "other_office" and not self.is_closed


class Story:
    """An owner with three cases at two offices, who says one thing of each kind.

    `pace`: what passes between two things that happen.
    """

    def __init__(self, session: Session, now: datetime, pace: timedelta) -> None:
        self.session, self.now, self._pace = session, now, pace
        self.requests = RequestService(session)
        seed = Seed(session, now)
        seed.noise(3)
        self.officer = seed.officer()
        self.conversation = seed.conversation()
        self.other = seed.request(self.conversation, office=THERE)
        self.case = seed.request(self.conversation, office=HERE, talk=True)
        self._cases: dict[str, Request | None] = {
            "no_case": None,
            "same_office": seed.request(self.conversation, office=HERE),
            "other_office": self.other,
            "this": self.case,
        }
        self.said: list[Said] = []

    def live(self, state: str) -> None:
        """The owner speaks, the case goes on to a state, and he speaks again where it ended."""
        self.speak()
        if state == "withdrawn":
            self.requests.leave_queue(self.conversation.id, now=self.tick())
        if state in ("claimed", "waiting_owner", "closed", *OPENED_ANEW):
            cases(self.session).claim(self.case.id, self.officer, now=self.tick())
        if state in ("waiting_owner", "closed", *OPENED_ANEW):
            self._reply()
        if state in ("closed", *OPENED_ANEW):
            self.close()
        if self.case.state == RequestState.CLOSED:
            self.speak(" later")
        if state in OPENED_ANEW:
            self._reopen()
            self.speak(" anew")
        if state == "closed again":
            self.close(" again")
            self.speak(" at last")

    def speak(self, name: str = "") -> None:
        is_closed = self.case.state == RequestState.CLOSED
        for of, case in self._cases.items():
            said = Said(of, name, is_closed)
            self.said.append(said)
            TranscriptService(self.session).hear(
                self.conversation,
                text=said.name,
                attachments=[{"file_id": said.name, "name": "mau.pdf"}],
                cause=f"heard:{said.name}",
                now=self.tick(),
                request_id=case.id if case else None,
            )

    def close(self, name: str = "") -> None:
        cases(self.session).close(
            self.case.id,
            self.officer,
            cause=f"closing{name}",
            now=self.tick(),
        )

    def _reopen(self) -> None:
        cases(self.session).reopen(self.case.id, self.officer, now=self.tick())

    def tick(self) -> datetime:
        self.now += self._pace
        return self.now

    def _reply(self) -> None:
        cases(self.session).reply(
            self.case.id,
            self.officer,
            "Anh cho hỏi thêm",
            cause="asking",
            now=self.tick(),
            asks_back=True,
        )


EVERY_WAY = [
    pytest.param(state, offices, pace, id=f"{state}-{'officer' if offices else 'head'}-{pace}")
    for state, offices, pace in itertools.product(
        (*STATES, *OPENED_ANEW),
        (OFFICER, HEAD),
        (timedelta(seconds=1), timedelta(0), -timedelta(seconds=1)),
    )
    # A talk that the owner left has no last word of the office: there only the clock tells.
    if state != "withdrawn" or pace > timedelta(0)
]
