"""What the house does by itself every few seconds, while nobody asks for it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from bot import signals
from bot.house import House
from bot.services.alerts.digests import Digests
from bot.services.assigning.handing_over import HandingOver
from bot.services.clocks.new_hours import NewHours
from bot.services.closing.silent_owners import SilentOwners
from bot.services.privacy.erasures import ErasureService
from bot.services.requests.stranded import StrandedCases
from bot.storage.models import Request

log = logging.getLogger(__name__)

OFFICES_FILE = "offices.yml"

LOOK_SECONDS = 5.0
"""How often edits of the knowledge base are looked for, and stranded cases."""


class Caretaker:
    """Follows the files, puts stranded cases where somebody answers, lets erasures go on.

    Tells who would wait past his hour a new one, reminds who does not answer, and mails people what
    waits for them.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self) -> None:
        """Looks until cancelled; the first time at once."""
        while True:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """One round. An errand that fails is logged, and tried again in the next."""
        # A file that is just being written may lack half of its offices: cases are moved only
        # by a reading that has stood for a round, and never for an office whose row is broken.
        if not self._read_anew() and not self._are_offices_broken():
            self._try(self._put_back)
        self._try(self._erase)
        self._try(self._hand_over)
        self._try(self._tell_new_hours)
        self._try(self._see_to_silence)
        self._try(self._mail)

    def _mail(self) -> None:
        """Writes the mails of what waits for people; without a mail server nothing."""
        house = self._house
        if not house.settings.smtp_host:
            return
        with house.database.reading() as session:
            people = self._digests(session).people()
        for officer_id in people:
            with house.database.transaction() as session:
                self._digests(session).look(officer_id, now=house.clock())

    def _digests(self, session: Session) -> Digests:
        console = f"{self._house.settings.base_url}/console"
        return Digests(session, self._house.texts, self._house.library, console)

    def _try(self, errand: Callable[[], None]) -> None:
        try:
            errand()
        except Exception:
            log.exception("an errand failed, and is tried again")

    def _read_anew(self) -> bool:
        """Titles and offices in the console follow the files; whether there is a new reading."""
        try:
            return self._house.library.refresh()
        except Exception:
            # A database that is away, a disk that fails: the next look may go well.
            log.exception("the knowledge base could not be looked at")
            return True

    def _are_offices_broken(self) -> bool:
        return any(problem.file.name == OFFICES_FILE for problem in self._house.library.problems)

    def _put_back(self) -> None:
        now = self._house.clock()
        with self._house.database.reading() as session:
            stranded = self._stranded(session)
            homeless, holders = stranded.without_office(), stranded.out_of_sight()
        moved = [
            *self._each(homeless, lambda s, one: _some(self._stranded(s).rehouse(one, now=now))),
            *self._each(holders, lambda s, one: self._stranded(s).let_go(one, now=now)),
        ]
        for request in moved:
            log.warning("%s was stranded, and waits in %s", request.code, request.office)

    def _erase(self) -> None:
        with self._house.database.transaction() as session:
            pushed = ErasureService(session).push_due(now=self._house.clock())
        if pushed:
            self._house.signals.notify(signals.INBOX)

    def _hand_over(self) -> None:
        """Cases of who is away, and those that lie too long, go where somebody answers."""
        now = self._house.clock()
        with self._house.database.reading() as session:
            handing = self._handing(session)
            absences, forgotten = handing.absences(now=now), handing.forgotten(now=now)
        self._each(absences, lambda session, one: self._handing(session).hand_over(one, now=now))
        self._each(forgotten, lambda s, one: _some(self._handing(s).put_back(one, now=now)))

    def _tell_new_hours(self) -> None:
        """Who would wait past his hour is told a new one, before it passes."""
        now = self._house.clock()
        with self._house.database.reading() as session:
            due = self._new_hours(session).due(now=now)
        self._each(due, lambda session, one: _some(self._new_hours(session).tell(one, now=now)))

    def _see_to_silence(self) -> None:
        """Who was asked and does not answer is reminded; who still says nothing, closed."""
        now = self._house.clock()
        with self._house.database.reading() as session:
            due = self._silent(session).due(now=now)
        self._each(due, lambda session, one: _some(self._silent(session).step(one, now=now)))

    def _each(
        self, ids: Iterable[int], step: Callable[[Session, int], Sequence[Request]]
    ) -> Sequence[Request]:
        """A step for each, in a transaction of its own: one that fails holds up no other."""
        changed: list[Request] = []
        for one in ids:
            try:
                with self._house.database.transaction() as session:
                    found = step(session, one)
            except Exception:
                log.exception("a step for one of several failed, and is tried again")
                continue
            changed.extend(found)
            self._house.signals.notify(
                signals.CONSOLE,
                signals.OUTBOX,
                *(signals.conversation(request.conversation_id) for request in found),
            )
        return changed

    def _handing(self, session: Session) -> HandingOver:
        return HandingOver(session, self._house.texts, self._house.library)

    def _new_hours(self, session: Session) -> NewHours:
        return NewHours(session, self._house.texts, self._house.library)

    def _silent(self, session: Session) -> SilentOwners:
        return SilentOwners(session, self._house.texts, self._house.library)

    def _stranded(self, session: Session) -> StrandedCases:
        return StrandedCases(session, self._house.texts, self._house.library.current)


def _some(request: Request | None) -> list[Request]:
    return [] if request is None else [request]
