"""How a person of the department wants to be told of what waits for her."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.office.quiet_hours import NONE, QuietHours, read_hour
from bot.domain.requests.alert import AlertKind
from bot.storage.models import AlertWish


@dataclass(frozen=True)
class AlertWishes:
    """`kinds`: of what; `sounds`: whether her browser may be heard."""

    kinds: frozenset[AlertKind] = field(default=frozenset(AlertKind))
    sounds: bool = False
    quiet: QuietHours = NONE

    def is_quiet(self, instant: datetime) -> bool:
        """Whether she wants to be told nothing at an instant."""
        return self.quiet.hold(instant)


class AlertWishService:
    """Keeps the wishes of each person; who has said nothing is told of everything, in silence."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, officer_id: int) -> AlertWishes:
        """The wishes of a person."""
        row = self._session.get(AlertWish, officer_id)
        if row is None:
            return AlertWishes()
        # A kind that a newer version knew may be unknown here.
        kinds = frozenset(kind for kind in AlertKind if kind in row.kinds)
        quiet = QuietHours(read_hour(row.quiet_from), read_hour(row.quiet_to))
        return AlertWishes(kinds, row.sounds, quiet)

    def keep(self, officer_id: int, wishes: AlertWishes) -> None:
        """Writes the wishes of a person down, instead of earlier ones."""
        row = self._session.get(AlertWish, officer_id) or AlertWish(officer_id=officer_id)
        row.kinds = _in_order(wishes.kinds)
        row.sounds = wishes.sounds
        row.quiet_from = f"{wishes.quiet.start:%H:%M}"
        row.quiet_to = f"{wishes.quiet.end:%H:%M}"
        self._session.add(row)


def _in_order(kinds: Collection[AlertKind]) -> list[str]:
    return [kind.value for kind in AlertKind if kind in kinds]
