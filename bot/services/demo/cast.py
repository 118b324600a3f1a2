"""The made-up people of the department, their days away, and the replies that they keep."""

from datetime import timedelta

from bot.domain.clock import VIETNAM
from bot.services.demo.play import Play
from bot.services.demo.stage import Stage
from bot.services.desk.canned_replies import CannedReplies, Written
from bot.services.staff.absences import AbsenceService
from bot.services.staff.officers import OfficerService
from bot.services.upkeep.demo_rows import DemoKind

HERE_SINCE = timedelta(days=400)


def bring_people(stage: Stage, play: Play, password: str) -> None:
    """Adds those whose office there is and whose user name nobody has."""
    service = OfficerService(stage.session)
    for one in play.people:
        free = service.by_username(one.username) is None
        if not free or not stage.library.current.answers(one.office):
            continue
        stage.people[one.id] = service.add(
            one.username,
            full_name=one.name,
            role=one.role,
            office=one.office,
            password=password,
            now=stage.now - HERE_SINCE,
            temporary=False,
        )
    ids = [one.id for one in stage.people.values()]
    stage.rows.mark(DemoKind.OFFICER, ids, now=stage.now)


def bring_absences(stage: Stage, play: Play) -> None:
    """Days away, written by the person herself."""
    today = stage.now.astimezone(VIETNAM).date()
    for one in play.absences:
        person = stage.people.get(one.person)
        substitute = stage.people.get(one.substitute)
        if person is None or (one.substitute and substitute is None):
            continue
        AbsenceService(stage.session).write(
            person,
            person,
            first_day=today + timedelta(days=one.first),
            last_day=today + timedelta(days=one.last),
            handing=one.handing,
            substitute=substitute,
            now=stage.now,
        )


def bring_canned_replies(stage: Stage, play: Play) -> None:
    """Replies of the offices."""
    for one in play.canned:
        person = stage.people.get(one.by)
        if person is None:
            continue
        row = CannedReplies(stage.session).add(
            person.office,
            person,
            Written(one.title, one.text),
            cause=stage.cause(),
            now=stage.now,
        )
        stage.rows.mark(DemoKind.CANNED, [row.id], now=stage.now)
