"""Enterprises with a profile, as the department would have entered them, with noise around."""

import itertools
import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value
from bot.domain.enterprise.size_class import BusinessField
from bot.domain.talk.messages import ChannelName
from bot.knowledge.sectors.sector import Section, Sector
from bot.knowledge.sectors.sectors import Sectors
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Attempt, Enterprise, EnterpriseProfile, Officer

SECTORS = Sectors(
    (
        Section(letter="C", name="Công nghiệp chế biến, chế tạo", field=BusinessField.PRODUCTION),
        Section(letter="G", name="Bán buôn; bán lẻ", field=BusinessField.SERVICES),
    ),
    (
        Sector(code="10", section="C", name="Sản xuất, chế biến thực phẩm"),
        Sector(code="14", section="C", name="Sản xuất trang phục"),
        Sector(code="47", section="G", name="Bán lẻ"),
    ),
)

SMALL: dict[ProfileField, Value] = {
    ProfileField.SECTOR: "10",
    ProfileField.STAFF: 40,
    ProfileField.REVENUE: 30_000_000_000,
}
"""Of a small enterprise that makes food."""


BY_HAND = WrittenBy(ChangeSource.FORM)


class Enterprises:
    """Rows of one database, each call one more."""

    def __init__(self, session: Session, now: datetime, *, seed: int = 3) -> None:
        self.session = session
        self.now = now
        self.profiles = ProfileService(session, SECTORS)
        self._random = random.Random(seed)
        self._number = itertools.count(seed * 10_000)

    def bare(self, name: str = "", *, tax_code: str | None = None) -> Enterprise:
        """One without a profile, as a request makes it."""
        enterprise = Enterprise(
            tax_code=tax_code, name="" if tax_code else name, created_at=self.now
        )
        self.session.add(enterprise)
        self.session.flush()
        return enterprise

    def known(
        self,
        name: str = "",
        *,
        tax_code: str | None = None,
        officer: Officer | None = None,
        **values: Value,
    ) -> EnterpriseProfile:
        """One with a profile: a small maker of food unless the values say otherwise."""
        called = name or f"Cơ sở Bánh tráng số {next(self._number)}"
        profile = self.profiles.open(self.bare(called, tax_code=tax_code), now=self.now)
        given = {**SMALL, ProfileField.NAME: called}
        given |= {ProfileField(field): value for field, value in values.items()}
        by = WrittenBy(ChangeSource.FORM, officer)
        self.profiles.write(profile, given, by=by, now=self.now)
        return profile

    def run(
        self,
        enterprise_id: int | None,
        percent: int | None,
        *,
        assessment: str = "5s",
        ago: timedelta = timedelta(0),
        officer: Officer | None = None,
    ) -> Attempt:
        """A finished run of an enterprise, or of nobody known; `officer`: typed at the counter."""
        number = next(self._number)
        at = self.now - ago
        conversation = ConversationService(self.session).open(
            ChannelName.WEB, f"run-{number}", name="", now=at
        )
        attempt = Attempt(
            conversation_id=conversation.id,
            assessment=assessment,
            version="1",
            state=AttemptState.FINISHED,
            started_by=f"run:{number}",
            started_at=at,
            updated_at=at,
            finished_at=at,
            percent=percent,
            enterprise_id=enterprise_id,
            officer_id=officer.id if officer else None,
        )
        self.session.add(attempt)
        self.session.flush()
        return attempt

    def noise(self, count: int) -> None:
        """Others, some with a profile, some with a run of another sector."""
        for _ in range(count):
            if self._random.random() < 0.3:
                self.bare(f"Hộ kinh doanh {next(self._number)}")
                continue
            profile = self.known(sector="47", staff=self._random.randint(1, 90))
            self.run(profile.enterprise_id, self._random.randint(0, 100))
