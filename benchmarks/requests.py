"""How long the list of requests takes, searched over cases and transcripts, and the head's page.

    .venv/bin/python -m benchmarks.requests [--requests 10000] [--messages 200000] [--database URL]

The requests are made up, of all states and offices over two years, each with a conversation of its
own whose words are phrasings of our articles. The pages are asked for over the console's own
routes, signed in, with the database on disk.
"""

import argparse
from functools import partial

from sqlalchemy import text

from benchmarks.staffed_house import staffed_house
from benchmarks.timed_pages import print_times, timed
from bot.house import House
from bot.services.demo.crowd import OLDEST_DAYS, Crowd, CrowdSize
from tests.support.stands.officer_browser import OfficerBrowser

PAGES = (
    "/",
    "/?tab=closed&page=100",
    "/?overdue=1",
    "/?topic=quy_chuan&from=2026-03-01&to=2026-05-31",
    "/?q=nhan+hieu",
    "/?q=mua+kim+loai+hiem",
    "/?q=010000+0123",
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
    """As many open ones as would bring an office to despair: a quarter, of any age."""
    size = CrowdSize(requests, messages, open_of=4, open_days=OLDEST_DAYS)
    crowd = Crowd(house.library, size, house.clock())
    for piece in crowd.pieces():
        with house.database.transaction() as session:
            crowd.put(session, piece)
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
        one.execute(text("ANALYZE"))


if __name__ == "__main__":
    main()
