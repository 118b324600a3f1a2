"""How long the pages of the trail take, and what a line costs a page that leaves one.

    .venv/bin/python -m benchmarks.trail [--lines 200000] [--database URL]

The lines are those of 40 people over 500 days, drawn; the pages are asked for over the console's
own routes, signed in, with the database on disk. Times are those of
a core, so that other work of the machine does not count.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import insert, select

from benchmarks.staffed_house import NOW, staffed_house
from bot.domain.office.roles import Role
from bot.domain.office.trail import Deed, TrailKind
from bot.house import House
from bot.services.staff.trail import Trail
from bot.storage.models import Officer, TrailLine
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

PEOPLE, DAYS, BATCH, TIMES = 40, 500, 10_000, 40

PAGES = (
    "/trail",
    "/trail?before=100000",
    "/trail?before=200",
    "/trail?person=7",
    "/trail?person=7&kind=download",
    "/trail?kind=refused",
    "/trail?kind=people&before=5000",
    "/trail?subject=HT-26-00123",
    "/trail?since=2026-01-01&until=2026-01-31",
    "/trail?person=7&since=2026-01-01&until=2026-01-31",
    "/trail?subject=HT-26-NONE0",
)


def main() -> None:
    """Fills, asks, prints."""
    given = argparse.ArgumentParser()
    given.add_argument("--lines", type=int, default=200_000)
    given.add_argument("--database", default="")
    wish = given.parse_args()
    with staffed_house(wish.database) as house:
        _fill(house, wish.lines)
        browser = OfficerBrowser(house)
        browser.enter("quan.tri")
        for page in PAGES:
            _tell(page, lambda page=page: browser.get(page))  # type: ignore[misc]
        _tell("one line written", lambda: _write(house))
        _tell("a view that repeats", lambda: _view(house))


def _fill(house: House, lines: int) -> None:
    chance = random.Random(7)
    with house.database.transaction() as session:
        seed = Seed(session, NOW)
        seed.officer("quan.tri", role=Role.ADMINISTRATOR)
        for _ in range(PEOPLE):
            seed.officer()
        people = list(session.scalars(select(Officer.id)))
    kinds = [*TrailKind, *[TrailKind.VIEW] * 8, *[TrailKind.CHANGE] * 8]
    for start in range(0, lines, BATCH):
        rows = [
            {
                "at": NOW - timedelta(days=DAYS) * (1 - number / lines),
                "kind": chance.choice(kinds),
                "act": "show_case",
                "officer_id": chance.choice(people),
                "address": f"192.0.2.{chance.randrange(250)}",
                "subject_kind": "request",
                "subject": f"HT-26-{chance.randrange(10_000):05}",
                "detail": "",
            }
            for number in range(start, min(lines, start + BATCH))
        ]
        with house.database.transaction() as session:
            session.execute(insert(TrailLine), rows)


def _write(house: House) -> None:
    with house.database.transaction() as session:
        Trail(session).write(Deed(TrailKind.CHANGE, "reply", 1, "192.0.2.1"), now=NOW)


def _view(house: House) -> None:
    with house.database.transaction() as session:
        deed = Deed(TrailKind.VIEW, "show_case", 1, "192.0.2.1", "request", "HT-26-0F3K7")
        Trail(session).write(deed, now=NOW)


def _tell(name: str, step: Callable[[], object]) -> None:
    step()
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        step()
        taken.append(1000 * (time.process_time() - began))
    ordered = sorted(taken)
    p95 = ordered[int(0.95 * len(ordered)) - 1]
    print(f"{name:55} median {statistics.median(taken):6.1f} ms  p95 {p95:6.1f} ms")


if __name__ == "__main__":
    main()
