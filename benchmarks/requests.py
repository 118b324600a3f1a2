"""How long the list of requests takes, searched over cases and transcripts, and the head's page.

    .venv/bin/python -m benchmarks.requests [--requests 10000] [--messages 200000] [--database URL]

The requests are made up, of all states and offices over two years, each with a conversation of its
own whose words are phrasings of our articles. The pages are asked for over the console's own
routes, signed in, with the database on disk.
"""

import argparse
import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from benchmarks.staffed_house import staffed_house
from benchmarks.timed_pages import print_times, timed
from bot.domain.text.search_text import search_text
from bot.house import House
from bot.storage.models import Contact, Conversation, Message, MessageWord, Request, RequestEvent
from bot.storage.models.message_word import SEARCHED_AUTHORS, word_rows, words_said
from tests.support.stands.officer_browser import OfficerBrowser

FIRST = 1000
"""The id of the first request, of its contact and of the first message."""

ROWS_AT_ONCE = 5000
OLDEST_DAYS = 730

AUTHORS = ("owner", "bot", "owner", "bot", "officer", "owner", "system", "bot")
STATES = ("new", "claimed", "waiting_owner", *["closed"] * 9)
OFFICES = ("tdc", "shtt", "cong_nghe_dmst")

PAGES = (
    "/",
    "/?tab=closed&page=100",
    "/?overdue=1",
    "/?topic=quy_chuan&from=2026-03-01&to=2026-05-31",
    "/?q=nhan+hieu",
    "/?q=mua+kim+loai+hiem",
    "/?q=090100+0123",
    "/?q=lam&tab=closed",
    "/?q=chi+phi+chung+nhan&from=2026-01-01",
    "/?q=khong+co+ai+noi+vay",
)
FIGURES = (
    "/figures?from=2026-01-01&to=2026-12-31",
    "/figures?from=2024-01-01&to=2026-12-31",
    "/?tab=all&figure=in_time&office=tdc&from=2026-01-01&to=2026-12-31",
)


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with staffed_house(given.database) as house:
        fill(house, given.requests, given.messages)
        print("| what | median | p95 | processor, median |\n|---|---|---|---|")
        for person in ("head", "lan"):
            browser = OfficerBrowser(house)
            browser.enter(person)
            for page in PAGES + (FIGURES if person == "head" else ()):
                print_times(f"{person}: {page}", timed(partial(browser.get, page)))


def fill(house: House, requests: int, messages: int) -> None:
    """Requests with their conversations, contacts, lines of history and what was said."""
    dice, now = random.Random(5), house.clock()
    rows = [_request(number, dice, now) for number in range(requests)]
    _add(house, Contact, (_contact(number, now) for number in range(requests)))
    _add(house, Conversation, (_conversation(number, now) for number in range(requests)))
    _add(house, Request, rows)
    _add(house, RequestEvent, (line for row in rows for line in _history(row)))
    said = list(_messages(house, rows, messages // requests, dice))
    _add(house, Message, said)
    _add(
        house,
        MessageWord,
        (
            word
            for one in said
            if one["author"] in SEARCHED_AUTHORS
            for word in word_rows(one["id"], words_said(one["text"]))
        ),
    )
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
        one.execute(text("ANALYZE"))


def _add(house: House, table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        with house.database.transaction() as session:
            session.execute(insert(table), batch)


def _contact(number: int, now: datetime) -> dict[str, Any]:
    name, phone = f"Người Thử {number}", f"0901{number:06}"
    return {
        "id": FIRST + number,
        "display_name": name,
        "phone": phone,
        "search_text": search_text(name),
        "reach_text": search_text(phone),
        "created_at": now,
    }


def _conversation(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": f"many-{number}",
        "channel": "web",
        "chat_key": f"many-{number}",
        "contact_id": FIRST + number,
        "handler": "bot",
        "created_at": now,
    }


def _request(number: int, dice: random.Random, now: datetime) -> dict[str, Any]:
    filed = now - timedelta(minutes=dice.randint(0, OLDEST_DAYS * 24 * 60))
    state = dice.choice(STATES)
    is_closed = state == "closed"
    promised, answered = filed + timedelta(hours=30), filed + timedelta(hours=dice.randint(1, 50))
    closed = answered + timedelta(hours=dice.randint(1, 90)) if is_closed else None
    topic = dice.choice(("he_thong_quan_ly", "ma_so_ma_vach", "quy_chuan", "nang_suat"))
    question = f"Xưởng số {number} hỏi về nhãn hiệu và chứng nhận, chi phí ra sao?"
    name = f"Cơ sở Thử {number}"
    return {
        "id": FIRST + number,
        "code": f"HT-26-{number:05}",
        "kind": "request",
        "conversation_id": f"many-{number}",
        "contact_id": FIRST + number,
        "enterprise_name": name,
        "topic": topic,
        "office": dice.choice(OFFICES),
        "state": state,
        "question": question,
        "search_text": search_text(question, "", name, ""),
        "attachments": [],
        "created_by": f"many-{number}",
        "promised_at": promised,
        "created_at": filed,
        "first_reply_at": answered if state != "new" else None,
        "answered_at": answered if state != "new" else None,
        "closed_at": closed,
        "solved_at": closed,
        "rating": dice.choice((None, 3, 4, 5)) if is_closed else None,
    }


def _history(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind, at in (
        ("created", row["created_at"]),
        ("replied", row["first_reply_at"]),
        ("closed", row["closed_at"]),
    ):
        if at is not None:
            yield {"request_id": row["id"], "kind": kind, "detail": "", "created_at": at}


def _messages(
    house: House, rows: list[dict[str, Any]], each: int, dice: random.Random
) -> Iterator[dict[str, Any]]:
    articles = house.library.current.articles.values()
    words = [text for article in articles for text in article.phrasings]
    number = FIRST
    for row in rows:
        for place in range(each):
            number += 1
            author = AUTHORS[place % len(AUTHORS)]
            yield {
                "id": number,
                "conversation_id": row["conversation_id"],
                "author": author,
                "request_id": row["id"] if author in ("officer", "system") else None,
                "text": f"{dice.choice(words)}. {dice.choice(words)}",
                "choices": [],
                "attachments": [],
                "cause": f"many-{number}",
                "created_at": row["created_at"] + timedelta(minutes=place - each // 2),
            }


if __name__ == "__main__":
    main()
