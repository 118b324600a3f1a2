"""The department's people: added, changed, disabled; never deleted, since history names them."""

import re
import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from bot.domain.input.cleaning import LINE_LIMIT, clean_line
from bot.domain.office.roles import Role
from bot.services.staff.known_devices import KnownDevices
from bot.services.staff.passwords import hash_password
from bot.services.staff.sessions import SessionService
from bot.storage.models import HalfSignIn, Officer, Request, SetupLink

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
FULL_NAME_LENGTH = LINE_LIMIT

NEUTRAL_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"
"""No vowels, which make words, and nothing that reads like another."""

NEUTRAL_LENGTH = 5


class OfficerRefused(Exception):
    """The change is not open. `reason`: username, name, exists, last_administrator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OfficerService:
    """Adds people and changes what they may do; what is taken from them ends at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(  # noqa: PLR0913  (each is one fact of a person)
        self,
        username: str,
        *,
        full_name: str,
        role: Role,
        office: str,
        password: str,
        now: datetime,
        temporary: bool = True,
    ) -> Officer:
        """Adds a person; the password was checked by `check_password`.

        `temporary`: somebody else chose it, and she changes it before anything else.

        Raises:
            OfficerRefused: the user name or the name is unfit, or the user name is taken.
        """
        name = fold_username(username)
        if _USERNAME.fullmatch(name) is None:
            raise OfficerRefused("username")
        if self.by_username(name) is not None:
            raise OfficerRefused("exists")
        officer = Officer(
            username=name,
            full_name=_checked_name(full_name),
            role=role,
            office=office,
            password_hash=hash_password(password),
            temporary_password=temporary,
            active=True,
            created_at=now,
        )
        self._session.add(officer)
        self._session.flush()
        return officer

    def everybody(self) -> list[Officer]:
        """All people, active ones first, by name."""
        return list(
            self._session.scalars(
                select(Officer).order_by(Officer.active.desc(), Officer.full_name, Officer.id)
            )
        )

    def answering(self, offices: frozenset[str] | None) -> list[Officer]:
        """Who may stand beside a request of some offices, None for all: of them, or holding one."""
        everybody = select(Officer).order_by(Officer.full_name, Officer.id)
        if offices is not None:
            holding = select(Request.officer_id).where(
                Request.office.in_(sorted(offices)), Request.officer_id.is_not(None)
            )
            of_them = Officer.office.in_(sorted(offices))
            everybody = everybody.where(or_(of_them, Officer.id.in_(holding)))
        return list(self._session.scalars(everybody))

    def get(self, officer_id: int) -> Officer | None:
        """A person by id, or None."""
        return self._session.get(Officer, officer_id)

    def known(self, officer_id: int) -> Officer:
        """A person who is known to be there.

        Raises:
            NoResultFound: there is none.
        """
        return self._session.get_one(Officer, officer_id)

    def hold_everybody(self) -> None:
        """Lets nobody else change people until the end of the transaction.

        Before each change of a post: else two administrators who lock each other out at the
        same instant would leave none.
        """
        everybody = select(Officer).order_by(Officer.id).with_for_update(key_share=True)
        self._session.scalars(everybody.execution_options(populate_existing=True)).all()

    def keep_as_is(self, officer_id: int) -> Officer:
        """A person, read anew, whom nobody changes until the end of the transaction."""
        return self._session.scalars(
            select(Officer)
            .where(Officer.id == officer_id)
            .with_for_update(read=True)
            .execution_options(populate_existing=True)
        ).one()

    def full_names(self, officer_ids: Collection[int]) -> dict[int, str]:
        """The names of people, by id."""
        if not officer_ids:
            return {}
        wanted = select(Officer.id, Officer.full_name).where(Officer.id.in_(officer_ids))
        return {row.id: row.full_name for row in self._session.execute(wanted)}

    def by_username(self, username: str) -> Officer | None:
        """A person by user name, in any case; or None, whatever was typed."""
        name = fold_username(username)
        if _USERNAME.fullmatch(name) is None:
            return None
        return self._session.scalar(select(Officer).where(Officer.username == name))

    def has_administrator(self) -> bool:
        """Whether somebody can manage the others."""
        return self._administrators() > 0

    def change(self, officer: Officer, *, full_name: str, role: Role, office: str) -> None:
        """Changes name, role and office.

        Raises:
            OfficerRefused: it would leave the house without an administrator.
        """
        name = _checked_name(full_name)
        if role is not Role.ADMINISTRATOR:
            self._keep_an_administrator(officer)
        officer.full_name, officer.role, officer.office = name, role, office

    def set_password(self, officer: Officer, password: str, *, temporary: bool = False) -> None:
        """Sets a password, ends the person's sessions everywhere; links not used yet die.

        `temporary`: somebody else chose it, and she changes it before anything else.
        """
        officer.password_hash = hash_password(password)
        officer.temporary_password = temporary
        self.sign_out(officer)
        self._session.execute(
            delete(SetupLink).where(SetupLink.officer_id == officer.id, SetupLink.used_at.is_(None))
        )

    def disable(self, officer: Officer) -> None:
        """Lets a person in no more; sessions end at once.

        Raises:
            OfficerRefused: the person is the last administrator.
        """
        self._keep_an_administrator(officer)
        officer.active = False
        self.sign_out(officer)
        KnownDevices(self._session).forget_all(officer.id)

    def sign_out(self, officer: Officer) -> None:
        """Ends the person's sessions everywhere, and the sign-ins that wait for a code."""
        SessionService(self._session).close_all(officer.id)
        self._session.execute(delete(HalfSignIn).where(HalfSignIn.officer_id == officer.id))

    def enable(self, officer: Officer) -> None:
        """Lets a disabled person in again."""
        officer.active = True

    def _keep_an_administrator(self, officer: Officer) -> None:
        leaves = officer.active and officer.role == Role.ADMINISTRATOR
        if leaves and self._administrators() == 1:
            raise OfficerRefused("last_administrator")

    def _administrators(self) -> int:
        counted = self._session.scalar(
            select(func.count())
            .select_from(Officer)
            .where(Officer.active, Officer.role == Role.ADMINISTRATOR)
        )
        return counted or 0


def propose_username(draw: Callable[[str], str] = secrets.choice) -> str:
    """A user name that says nothing of its person: owners read her full name in the chat.

    28^5, some 17 million, drawn by chance: nobody finds one by trying.
    """
    return "cb-" + "".join(draw(NEUTRAL_LETTERS) for _ in range(NEUTRAL_LENGTH))


def fold_username(username: str) -> str:
    """A user name as it is kept: clean, lower case, without spaces around it."""
    return clean_line(username).lower()


def _checked_name(full_name: str) -> str:
    name = clean_line(full_name, 2 * FULL_NAME_LENGTH)
    if not name or len(name) > FULL_NAME_LENGTH:
        raise OfficerRefused("name")
    return name
