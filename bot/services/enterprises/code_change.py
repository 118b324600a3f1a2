"""A tax code that was right in form and another one's: changed, taken away, or merged by.

Everything that hangs on an enterprise hangs on its row and stays; the code only finds it. So the
old code finds it no more: not by what its contacts gave once, and not by a table that was looked at
before (`imports.applying`).
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ChangeSource
from bot.services.enterprises.merges import MergeRefused, MergeService
from bot.services.enterprises.profile_edits import EnterpriseMoved
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.enterprises.registration import AlreadyKnown, code_line
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.models import Contact, Enterprise, EnterpriseMerge, Officer


class CodeMoved(Exception):
    """Somebody else changed the code meanwhile; `code`: as it stands now."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Nameless(Exception):
    """Without a code and a name nobody would know the enterprise."""


class CodeChange:
    """Changes the codes of enterprises. `shown`: the code that whoever changes it saw."""

    def __init__(self, session: Session, profiles: ProfileService) -> None:
        self._session = session
        self._profiles = profiles

    def change(
        self, enterprise_id: int, code: str, *, shown: str, officer: Officer, now: datetime
    ) -> None:
        """Another code, checked by its form; none takes the code away. Done before, it is done.

        Raises:
            LookupError: there is no such enterprise.
            EnterpriseMoved: it was merged into another one.
            CodeMoved: it has another code than was shown.
            AlreadyKnown: the code is another enterprise's.
            Nameless: it would have neither code nor name.
        """
        row = self._held(enterprise_id)
        if (row.tax_code or "") == code:
            return
        self._demand_shown(row, shown)
        known = EnterpriseService(self._session).by_tax_code(code) if code else None
        if known is not None:
            raise AlreadyKnown(known.id)
        profile = self._profiles.get(row.id)
        if not code and not (profile is not None and profile.name):
            raise Nameless
        self._put(row, code, officer=officer, now=now)

    def merge_into(
        self, enterprise_id: int, other_id: int, *, shown: str, officer: Officer, now: datetime
    ) -> EnterpriseMerge:
        """Takes the wrong code away, and makes the enterprise one with that of the right code.

        Raises:
            LookupError: there is no such enterprise.
            EnterpriseMoved: it was merged into another one.
            CodeMoved: it has another code than was shown.
            MergeRefused: the other one is gone, or has no code itself.
        """
        for id_ in sorted((enterprise_id, other_id)):
            # Held in the order in which a merge holds them.
            self._session.get(Enterprise, id_, with_for_update=True, populate_existing=True)
        row, other = self._held(enterprise_id), self._session.get(Enterprise, other_id)
        self._demand_shown(row, shown)
        if other is None or not other.tax_code:
            raise MergeRefused("merge_gone")
        self._put(row, "", officer=officer, now=now)
        merges = MergeService(self._session, self._profiles)
        return merges.merge(other_id, enterprise_id, officer=officer, now=now)

    def _held(self, enterprise_id: int) -> Enterprise:
        row = self._session.get(
            Enterprise, enterprise_id, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise LookupError(enterprise_id)
        if row.merged_into_id is not None:
            raise EnterpriseMoved(row.merged_into_id)
        return row

    def _demand_shown(self, row: Enterprise, shown: str) -> None:
        if (row.tax_code or "") != shown:
            raise CodeMoved(row.tax_code or "")

    def _put(self, row: Enterprise, code: str, *, officer: Officer, now: datetime) -> None:
        before = row.tax_code or ""
        try:
            with self._session.begin_nested():
                row.tax_code = code or None
        except IntegrityError:
            known = EnterpriseService(self._session).by_tax_code(code)
            raise AlreadyKnown(known.id if known is not None else 0) from None
        self._take_from_contacts(row, before)
        by = WrittenBy(ChangeSource.FORM, officer)
        self._session.add(code_line(row.id, before, code, by=by, now=now))
        self._session.flush()

    def _take_from_contacts(self, row: Enterprise, before: str) -> None:
        """Who gave the wrong code acts for the same enterprise, by its name: he is asked anew."""
        if before:
            self._session.execute(
                update(Contact)
                .where(Contact.enterprise_id == row.id, Contact.tax_code == before)
                .values(tax_code="")
            )
