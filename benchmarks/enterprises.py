"""How long the register of enterprises takes: its list, filtered and searched, and one page.

    .venv/bin/python -m benchmarks.enterprises [--enterprises 10000] [--runs 50000] [--database URL]

The enterprises are made up, with a contact, two lines of history and several runs each, and a
request for every fifth run. The pages are asked for over the console's own routes, signed in, with
the database on disk.
"""

import argparse
import random
import time
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import insert, text

from benchmarks.staffed_house import staffed_house
from benchmarks.timed_pages import print_times, timed
from bot.domain.talk.messages import ChannelName
from bot.domain.text.search_text import search_text
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import (
    Attempt,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    ProfileChange,
    ProfileContact,
    Request,
)
from tests.support.stands.officer_browser import OfficerBrowser

FIRST = 1000
"""The id of the first enterprise."""

ROWS_AT_ONCE = 5000
SENT = 5
"""Every fifth run was sent with a request."""

WITHOUT_PROFILE = 20
"""Every twentieth enterprise was only named in requests."""

PAGES = (
    "/enterprises",
    "/enterprises?page=150",
    "/enterprises?order=changed",
    "/enterprises?q=go+tan",
    "/enterprises?q=0901000123",
    "/enterprises?q=khong+co+ai",
    "/enterprises?sector=10&size=small",
    "/enterprises?run=1&open=1",
    "/enterprises?tab=unopened",
    "/enterprises?tab=unopened&q=tan",
    f"/enterprises/{FIRST}",
)
TABLE = "/enterprises/table"

FORMS = ("Công ty TNHH", "Công ty Cổ phần", "Hộ kinh doanh", "DNTN", "Hợp tác xã")
KINDS = ("Gỗ", "May", "Cơ khí", "Bánh tráng", "Nhựa", "Bao bì", "Thủy sản", "Chế biến Nông sản")
NAMES = ("Tân", "Phát", "Đại", "Lộc", "Hưng", "Thịnh", "An", "Bình", "Minh", "Khang", "Trụ", "Sơn")


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=50_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with staffed_house(given.database) as house:
        _fill(house, given.enterprises, given.runs)
        print("| what | median | p95 | processor, median |\n|---|---|---|---|")
        for person in ("head", "lan"):
            browser = OfficerBrowser(house)
            browser.enter(person)
            for page in PAGES:
                print_times(f"{person}: {page}", timed(partial(browser.get, page)))
        begun = time.perf_counter()
        browser.get(TABLE)
        print(f"| {TABLE}, once | {1000 * (time.perf_counter() - begun):.0f} ms | | |")


def _fill(house: House, count: int, runs: int) -> None:
    dice, now = random.Random(5), house.clock()
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "many", name="", now=now)
    for first in range(0, count, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, count))
        with house.database.transaction() as session:
            session.execute(insert(Enterprise), [_enterprise(one, now) for one in numbers])
            opened = [one for one in numbers if one % WITHOUT_PROFILE or one == 0]
            session.execute(
                insert(EnterpriseProfile), [_profile(house, one, dice) for one in opened]
            )
            session.execute(insert(ProfileContact), [_contact(one, now) for one in opened])
            session.execute(
                insert(ProfileChange),
                [_change(one, field, now) for one in opened for field in ("name", "staff")],
            )
    for first in range(0, runs, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, runs))
        with house.database.transaction() as session:
            made = [_run(one, chat, count, dice, now) for one in numbers]
            session.execute(insert(Attempt), made)
            session.execute(insert(Request), [_sent(one, chat, dice) for one in made[::SENT]])
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
        one.execute(text("ANALYZE"))


def _name(number: int) -> str:
    dice = random.Random(number)
    return f"{dice.choice(FORMS)} {dice.choice(KINDS)} {' '.join(dice.sample(NAMES, 2))} {number}"


def _enterprise(number: int, now: datetime) -> dict[str, object]:
    code = f"{number:010}"
    return {
        "id": FIRST + number,
        "tax_code": code,
        "name": "",
        "search_text": search_text("", code),
        "created_at": now,
    }


def _profile(house: House, number: int, dice: random.Random) -> dict[str, object]:
    places, sectors = house.library.tables.places, house.library.tables.sectors
    name, products, address = _name(number), "ghế gỗ, bàn gỗ, tủ bếp", f"{number} đường Thử"
    at = house.clock() - timedelta(minutes=number)
    return {
        "enterprise_id": FIRST + number,
        "name": name,
        "legal_form": "limited",
        "ownership": dice.choice(("domestic", "foreign", "state")),
        "province": places.home_code,
        "commune": dice.choice(places.communes).code,
        "address": address,
        "sector": dice.choice(sectors.sectors).code,
        "staff": dice.randint(1, 300),
        "revenue": dice.randint(1, 300) * 10**9,
        "capital": dice.randint(1, 100) * 10**9,
        "figures_year": 2025,
        "size_class": dice.choice(("micro", "small", "medium", "large", "")),
        "exports": dice.choice((True, False, None)),
        "markets": "trong tỉnh",
        "products": products,
        "remark": "",
        "search_text": search_text(name, products, address),
        "created_at": at,
        "updated_at": at,
    }


def _contact(number: int, now: datetime) -> dict[str, object]:
    name, phone = f"Nguyễn Văn {NAMES[number % len(NAMES)]}", f"0901{number:06}"
    return {
        "enterprise_id": FIRST + number,
        "name": name,
        "phone": phone,
        "search_text": search_text(name, phone, ""),
        "created_at": now,
    }


def _change(number: int, field: str, now: datetime) -> dict[str, object]:
    return {
        "enterprise_id": FIRST + number,
        "field": field,
        "before": "",
        "after": _name(number) if field == "name" else "40",
        "source": "import",
        "at": now - timedelta(minutes=number),
    }


def _run(
    number: int, chat: Conversation, count: int, dice: random.Random, now: datetime
) -> dict[str, object]:
    at = now - timedelta(days=dice.randint(0, 700))
    return {
        "id": FIRST + number,
        "conversation_id": chat.id,
        "assessment": "5s",
        "version": "1",
        "state": "finished",
        "started_by": f"many-{number}",
        "started_at": at,
        "updated_at": at,
        "finished_at": at,
        "percent": dice.randint(0, 100),
        "level": "Khá",
        "enterprise_id": FIRST + dice.randrange(count),
    }


def _sent(run: dict[str, object], chat: Conversation, dice: random.Random) -> dict[str, object]:
    """A request that its owner sent with a run."""
    name = _name(int(str(run["enterprise_id"])) - FIRST)
    question = "Xưởng 40 người muốn làm 5S thì bắt đầu từ đâu, chi phí ra sao?"
    return {
        "code": f"HT-{run['id']}",
        "kind": "request",
        "conversation_id": chat.id,
        "contact_id": chat.contact_id,
        "enterprise_id": run["enterprise_id"],
        "enterprise_name": name,
        "topic": "nang_suat",
        "office": dice.choice(("tdc", "shtt")),
        "state": dice.choice(("new", "closed", "closed", "closed")),
        "question": question,
        "search_text": search_text(question, "", name, ""),
        "attachments": [],
        "created_by": f"many-request-{run['id']}",
        "promised_at": run["finished_at"],
        "created_at": run["finished_at"],
        "attempt_id": run["id"],
    }


if __name__ == "__main__":
    main()
