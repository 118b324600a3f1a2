"""Requests in thousands with what was said of each, put in many at once: to see how it bears them.

Each piece is whole by itself and marked, so that one that was cut off is taken away like the rest.
"""

import random
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.request import RequestState, Step, new_code
from bot.domain.talk.conversation import Handler
from bot.domain.text.search_text import search_text
from bot.knowledge.library import Library
from bot.services.demo.play import CrowdWords, read_play
from bot.services.messaging.transcript import Author
from bot.services.upkeep.demo_rows import DemoKind, DemoRows, marked_rows
from bot.storage.models import (
    Contact,
    Conversation,
    Message,
    MessageWord,
    Officer,
    Request,
    RequestEvent,
)
from bot.storage.models.message_word import SEARCHED_AUTHORS, word_rows, words_said

PIECE = 250

SEED = 5

OLDEST_DAYS = 730

AUTHORS = (
    Author.OWNER, Author.BOT, Author.OWNER, Author.BOT,
    Author.OFFICER, Author.OWNER, Author.SYSTEM, Author.BOT,
)  # fmt: skip

OPEN = (RequestState.NEW, RequestState.CLAIMED, RequestState.WAITING_OWNER)

Officers = Mapping[str, Sequence[int]]
"""By office: the ids of those who may hold a request of it."""

Row = dict[str, Any]


@dataclass(frozen=True)
class CrowdSize:
    """How many. `open_of`: of so many one is open; `open_days`: how old an open one is at most."""

    requests: int = 10_000
    messages: int = 200_000
    open_of: int = 25
    open_days: int = 10


@dataclass(frozen=True)
class Crowd:
    """Makes pieces of it, the same ones each time. `name` keeps two crowds apart."""

    library: Library
    size: CrowdSize
    now: datetime
    officers: Officers = field(default_factory=dict)
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    words: CrowdWords = field(default_factory=lambda: read_play().crowd)

    def pieces(self) -> Iterator[range]:
        """The numbers of each piece."""
        for first in range(0, self.size.requests, PIECE):
            yield range(first, min(first + PIECE, self.size.requests))

    def put(self, session: Session, numbers: range) -> None:
        """One piece: people, chats, requests, history, and what was said."""
        contacts = _put(session, Contact, [self._contact(one) for one in numbers])
        rows = [
            self._request(number, contact, code)
            for number, contact, code in zip(
                numbers, contacts, self._free_codes(session, numbers), strict=True
            )
        ]
        session.execute(insert(Conversation), [self._chat(row) for row in rows])
        chats = [row["conversation_id"] for row in rows]
        DemoRows(session).mark(DemoKind.CONVERSATION, chats, now=self.now)
        for row, id_ in zip(rows, _put(session, Request, rows), strict=True):
            row["id"] = id_
        session.execute(insert(RequestEvent), [line for row in rows for line in _history(row)])
        said = [message for row in rows for message in self._messages(row)]
        if not said:
            return
        ids = _put(session, Message, said)
        session.execute(
            insert(MessageWord),
            [
                word
                for id_, one in zip(ids, said, strict=True)
                if one["author"] in SEARCHED_AUTHORS
                for word in word_rows(id_, words_said(one["text"]))
            ],
        )

    def _free_codes(self, session: Session, numbers: range) -> list[str]:
        """Codes that no request has: among ten thousand two would be the same."""
        codes: set[str] = set()
        while len(codes) < len(numbers):
            missing = len(numbers) - len(codes)
            drawn = {new_code(self.now.year, secrets.choice) for _ in range(missing)}
            taken = session.scalars(select(Request.code).where(Request.code.in_(sorted(drawn))))
            codes |= drawn - set(taken)
        return sorted(codes)

    # — rows —

    def _called(self, number: int) -> str:
        return f"many-{self.name}-{number}"

    def _contact(self, number: int) -> Row:
        # No network begins with 01 and has ten digits.
        name, phone = self.words.owner.format(number=number), f"01{number:08}"
        return {
            "display_name": name,
            "phone": phone,
            "search_text": search_text(name),
            "reach_text": search_text(phone),
            "created_at": self.now,
        }

    def _chat(self, row: Row) -> Row:
        return {
            "id": row["conversation_id"],
            "channel": "web",
            "chat_key": f"demo-{row['conversation_id']}",
            "contact_id": row["contact_id"],
            "handler": Handler.OFFICER if row["officer_id"] is not None else Handler.BOT,
            "request_id": None,
            "created_at": row["created_at"],
        }

    def _request(self, number: int, contact: int, code: str) -> Row:
        dice, size = self.dice, self.size
        is_open = dice.randrange(size.open_of) == 0
        days = size.open_days if is_open else OLDEST_DAYS
        filed = self.now - timedelta(minutes=dice.randint(0, days * 24 * 60))
        state = dice.choice(OPEN) if is_open else RequestState.CLOSED
        topic = dice.choice(sorted(self.library.current.topics.values(), key=lambda one: one.id))
        office = topic.office
        answered = filed + timedelta(hours=dice.randint(1, 50))
        closed = answered + timedelta(hours=dice.randint(1, 90))
        ended = None if is_open else min(closed, self.now)
        question = dice.choice(self.words.questions).format(number=number)
        name = self.words.enterprise.format(number=number)
        holders = self.officers.get(office, ())
        is_held = state is not RequestState.NEW and bool(holders)
        return {
            "code": code,
            "kind": "request",
            "conversation_id": self._called(number),
            "contact_id": contact,
            "enterprise_name": name,
            "topic": topic.id,
            "office": office,
            "state": state,
            "officer_id": dice.choice(holders) if is_held else None,
            "question": question,
            "search_text": search_text(question, "", name, ""),
            "attachments": [],
            "created_by": self._called(number),
            "promised_at": filed + timedelta(hours=30),
            "created_at": filed,
            "first_reply_at": min(answered, self.now) if state != RequestState.NEW else None,
            "answered_at": min(answered, self.now) if state != RequestState.NEW else None,
            "closed_at": ended,
            "solved_at": ended,
            "rating": None if is_open else dice.choice((None, 3, 4, 5)),
        }

    def _messages(self, row: Row) -> Iterator[Row]:
        each = self.size.messages // self.size.requests
        articles = self.library.current.articles
        ids = sorted(articles)
        for place in range(each):
            author = AUTHORS[place % len(AUTHORS)]
            told = [self.dice.choice(articles[self.dice.choice(ids)].phrasings) for _ in range(2)]
            at = row["created_at"] + timedelta(minutes=place - each // 2)
            yield {
                "conversation_id": row["conversation_id"],
                "author": author,
                "officer_id": row["officer_id"] if author is Author.OFFICER else None,
                "request_id": row["id"] if author in (Author.OFFICER, Author.SYSTEM) else None,
                "text": ". ".join(told),
                "choices": [],
                "attachments": [],
                "cause": f"{row['conversation_id']}-{place}",
                "created_at": min(at, self.now),
            }


def holders(session: Session, offices: Iterable[str]) -> Officers:
    """Who of the made-up people may hold a request of each office."""
    made_up = marked_rows(DemoKind.OFFICER, Officer.id)
    people = session.scalars(select(Officer).where(Officer.id.in_(made_up)).order_by(Officer.id))
    known = [(one.id, Role(one.role), one.office) for one in people]
    return {
        office: [id_ for id_, role, own in known if answers_for(role, own, office)]
        for office in offices
    }


def _put(session: Session, table: Any, rows: list[Row]) -> Sequence[int]:
    """The ids of rows, in their order."""
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return session.scalars(statement, rows).all()


def _history(row: Row) -> Iterator[Row]:
    for kind, at in (
        (Step.CREATED, row["created_at"]),
        (Step.REPLIED, row["first_reply_at"]),
        (Step.CLOSED, row["closed_at"]),
    ):
        if at is not None:
            by = None if kind is Step.CREATED else row["officer_id"]
            yield {
                "request_id": row["id"],
                "officer_id": by,
                "kind": kind,
                "detail": "",
                "created_at": at,
            }
