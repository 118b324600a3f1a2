"""A campaign is put and answered while processes die: one answer each, none lost, none asked twice.

Enterprises are invited by runners that get SIGKILL in the midst of a piece; then they answer in the
chat, behind links and on paper, while application, action server and Rasa are killed.
`DRILL_ENTERPRISES=500` is the long form.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.clock import system_clock
from bot.domain.office.asking_hours import asking_time
from bot.domain.office.roles import Role
from bot.domain.surveys.link import link_token
from bot.flow.heir import Heir
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.models import Attempt, Invitation, Job, Message
from bot.storage.presence import Presence
from tests.faults.test_kill import Killer, wait_until_delivered
from tests.support.data.seed import Seed
from tests.support.data.surveys import DIES_WHILE_INVITING, Asked, draft, open_campaign, run_jobs
from tests.support.installation import Installation, running_installation
from tests.support.stands.officer_browser import OfficerBrowser
from tests.support.stands.web_owner import WebOwner

pytestmark = [pytest.mark.faults, pytest.mark.engine]

ENTERPRISES = int(os.environ.get("DRILL_ENTERPRISES", "25"))
OWNERS_AT_ONCE = 8
KILLED_RUNNERS = 3 + ENTERPRISES // 100

FIRST_PAGE = {
    "q.loai-hinh": "ho_kinh_doanh",
    "q.lao-dong": "4",
    "q.doanh-thu": "khong_biet",
    "q.cong-cu": "khong_co",
    "q.san-pham": "nhan",
    "q.so-huu": "khong_co",
    "q.giai": "khong_co",
    "q.kho-khan": "von",
    "q.nhu-cau": "ma_so",
}
LAST_PAGE = {"q.khi-nao": "ngay", "q.tu-gop": "khong", "q.loi-nhan": "khong_biet", "xong": "1"}
ANSWERS = {"loai-hinh": ["ho_kinh_doanh"], "lao-dong": ["4"], "nhu-cau": ["ma_so"]}
"""Some of what each of them says, whichever way."""


@dataclass
class Invited:
    """An enterprise; `owner`: its browser."""

    enterprise_id: int
    way: str
    owner: WebOwner


def value(one: str) -> str:
    return f'/answer_question{{"value":"{one}"'


def in_chat(owner: WebOwner, *, pauses: bool) -> None:
    owner.press('/assessment{"about":"survey"')
    owner.press(value("ho_kinh_doanh"))
    owner.write("4")
    if pauses:
        owner.press("/pause")
        owner.press("/resume")
    owner.press("/skip")
    owner.press(value("xong"))
    for chosen in ("nhan", None, None, "von", "ma_so"):
        if chosen is not None:
            owner.press(value(chosen))
        owner.press(value("xong"))
    owner.press(value("ngay"))
    owner.press(value("khong"))
    said = owner.write("khu mình hay cúp điện")
    assert "cảm ơn" in said[-1].text, said[-1].text


def by_link(owner: WebOwner, token: str) -> None:
    here = f"/khao-sat/{token}"
    owner.page(here)
    for fields in ({"bat-dau": "1"}, FIRST_PAGE, LAST_PAGE):
        told = owner.page(here, fields)
    assert "Cảm ơn anh/chị" in told


def on_paper(officer: OfficerBrowser, campaign_id: int, invitation_id: int) -> None:
    here = f"/surveys/{campaign_id}/invitations/{invitation_id}"
    officer.get(here)
    for path, fields in (
        (f"{here}/paper", {"agreed": "1"}),
        (f"{here}/paper/answers", FIRST_PAGE),
        (f"{here}/paper/answers", LAST_PAGE),
    ):
        assert officer.post(path, fields).is_success


def invites(house: House, installation: Installation, at: datetime, dice: random.Random) -> int:
    """Lets runners invite and die, until everybody was invited; how many died."""
    died = 0
    given = [str(house.database.engine.url), at.isoformat(), str(installation.folder)]
    for _ in range(KILLED_RUNNERS):
        ended = subprocess.run(  # noqa: S603  (our own interpreter)
            [
                *(sys.executable, "-c", DIES_WHILE_INVITING, *given),
                *(str(house.library.folder), str(dice.randint(1, ENTERPRISES // 2))),
            ],
            cwd=ROOT,
            check=False,
            env=os.environ,
        )
        died += ended.returncode == -signal.SIGKILL
        presence = Presence(house.database, "heir")
        Heir(house, [], presence).look()
        presence.leave()
    run_jobs(house)
    return died


def browsers(installation: Installation, database: Database, left: ExitStack) -> list[WebOwner]:
    """One for each enterprise, from addresses of their own."""
    found = []
    for number in range(ENTERPRISES):
        address = f"198.51.{100 + number // 200}.{1 + number % 200}"
        owner = WebOwner(installation.url, database, address=address)
        left.callback(owner.close)
        found.append(owner)
    return found


def made(house: House, owners: list[WebOwner], now: datetime) -> list[Invited]:
    """Three of five write in chats, one has none, one brings paper."""
    ways = [("chat", "chat", "chat", "link", "paper")[number % 5] for number in range(len(owners))]
    chats = [
        owner.met_before(now) if way == "chat" else None
        for owner, way in zip(owners, ways, strict=True)
    ]
    found = []
    with house.database.transaction() as session:
        rows = Asked(session, now)
        for owner, way, chat in zip(owners, ways, chats, strict=True):
            enterprise_id = rows.enterprise()
            rows.person(enterprise_id, chat=chat)
            found.append(Invited(enterprise_id, way, owner))
    return found


def test_each_is_asked_once_and_answers_once_whatever_dies(tmp_path: Path) -> None:
    dice = random.Random(20261130)
    with running_installation(tmp_path / "var") as installation, ExitStack() as left:
        database = installation.database()
        left.callback(database.close)
        library, now = Library(ROOT / "knowledge_base"), system_clock()
        owners = browsers(installation, database, left)
        installation.stop()
        # By whatever clock this runs, runners that die invite within asking hours.
        at = asking_time(library.tables.calendar, now) + timedelta(minutes=1)
        settings = Settings(_env_file=None, data_dir=installation.folder)
        house = House(settings=settings, database=database, library=library, clock=lambda: at)
        invited = made(house, owners, now)
        with database.transaction() as session:
            head = Seed(session, now).officer("head", role=Role.HEAD)
        window = draft(now - timedelta(minutes=5), remind=None, closes=30)
        campaign_id = open_campaign(house, head, window)
        assert invites(house, installation, at, dice) > 0
        rows = invitations(database, campaign_id)
        assert_asked_once(database, campaign_id, invited)

        installation.start()
        killer = Killer(installation, seed=20261130)
        killer.start()
        answer_all(replace(house, clock=system_clock), campaign_id, invited, rows)
        killer.stop()
        installation.wait_until_ready()
        wait_until_delivered(installation)

        assert sum(killer.killed.values()) > 0
        assert_asked_once(database, campaign_id, invited)
        assert_answered_once(database, campaign_id)


def answer_all(
    house: House, campaign_id: int, invited: list[Invited], rows: Mapping[int, tuple[int, str]]
) -> None:
    """Eight owners at once, and beside them an officer with the papers."""
    officer = OfficerBrowser(house)
    officer.enter("head")
    with ThreadPoolExecutor(OWNERS_AT_ONCE) as owners:
        work = [
            owners.submit(answer(one, rows[one.enterprise_id], number))
            for number, one in enumerate(invited)
            if one.way != "paper"
        ]
        for one in invited:
            if one.way == "paper":
                on_paper(officer, campaign_id, rows[one.enterprise_id][0])
        for done in work:
            done.result()


def answer(one: Invited, row: tuple[int, str], number: int) -> Callable[[], None]:
    def answers() -> None:
        time.sleep(random.Random(number).uniform(0, 2))
        if one.way == "chat":
            in_chat(one.owner, pauses=number % 4 == 0)
        else:
            by_link(one.owner, row[1])

    return answers


def invitations(database: Database, campaign_id: int) -> dict[int, tuple[int, str]]:
    """The invitation and its link, by enterprise."""
    with database.reading() as session:
        rows = session.scalars(select(Invitation).where(Invitation.campaign_id == campaign_id))
        return {
            row.enterprise_id: (row.id, link_token(row.id, row.campaign.secret)) for row in rows
        }


def assert_asked_once(database: Database, campaign_id: int, invited: list[Invited]) -> None:
    with database.reading() as session:
        said = Counter(
            session.scalars(
                select(Message.conversation_id).where(Message.cause.startswith("survey:"))
            )
        )
        asked = session.scalar(
            select(func.count())
            .select_from(Invitation)
            .where(Invitation.campaign_id == campaign_id)
        )
    chats = {one.owner.conversation_id for one in invited if one.way == "chat"}
    assert said == dict.fromkeys(chats, 1)
    assert asked == len(invited)


def assert_answered_once(database: Database, campaign_id: int) -> None:
    with database.reading() as session:
        rows = session.scalars(
            select(Invitation).where(Invitation.campaign_id == campaign_id)
        ).all()
        assert Counter(row.state for row in rows) == {"answered": ENTERPRISES}
        attempts = session.scalars(select(Attempt).where(Attempt.campaign_id == campaign_id)).all()
        assert len(attempts) == ENTERPRISES
        assert {row.attempt_id for row in rows} == {one.id for one in attempts}
        for one in attempts:
            said = {row.question: row.answer for row in one.answers}
            assert one.state == "finished"
            assert len(said) == 12
            assert {name: said[name] for name in ANSWERS} == ANSWERS
        failed = session.scalars(select(Job.kind).where(Job.state == "failed")).all()
        assert failed == []
