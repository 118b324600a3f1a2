"""Two rows of one enterprise become one, and part again without a loss."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ProfileField
from bot.services.enterprises.merges import MergeRefused, MergeService, name_key
from bot.services.enterprises.profile_history import ProfileHistory
from bot.services.enterprises.profiles import values_of
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.database import Database
from bot.storage.models import (
    Attempt,
    Campaign,
    Contact,
    Enterprise,
    Invitation,
    Officer,
    ProfileContact,
    Request,
)
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed

CODE, OTHER_CODE = "0100109106", "0100112437"


class Office:
    """An officer with enterprises around her."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.seed = Seed(session, now)
        self.there = Enterprises(session, now)
        self.merges = MergeService(session, self.there.profiles)
        self.lan: Officer = self.seed.officer("lan")

    def merge(self, first: int, second: int) -> int:
        return self.merges.merge(first, second, officer=self.lan, now=self.now).id

    def part(self, merge_id: int) -> None:
        self.merges.part(merge_id, officer=self.lan, now=self.now)

    def belongings(self, enterprise_id: int) -> dict[str, list[int]]:
        return {
            model.__tablename__: sorted(
                self.session.scalars(select(model.id).where(model.enterprise_id == enterprise_id))
            )
            for model in (Contact, Request, Attempt, ProfileContact)
        }


@pytest.fixture
def office(any_database: Database, now: datetime) -> Iterator[Office]:
    with any_database.transaction() as session:
        office = Office(session, now)
        office.seed.noise(5)
        office.there.noise(8)
        yield office


def test_what_happened_to_both_is_of_the_one_that_stays(office: Office) -> None:
    kept = office.there.known("Công ty TNHH Bún Năm Bưởi", tax_code=CODE)
    request = office.seed.request(enterprise=("Bún Năm Bưởi", ""))
    assert request.enterprise_id is not None
    office.there.run(request.enterprise_id, 40)

    office.merge(kept.enterprise_id, request.enterprise_id)

    office.session.refresh(request)
    assert request.enterprise_id == kept.enterprise_id
    theirs = office.belongings(kept.enterprise_id)
    assert all(theirs[table] for table in ("contacts", "requests", "attempts"))


def test_the_one_with_a_tax_code_is_kept_whichever_was_named_first(office: Office) -> None:
    with_code = office.there.known("Bún Năm Bưởi", tax_code=CODE)
    without = office.there.known("Bún Năm Bưởi")

    merge = office.merges.merge(
        without.enterprise_id, with_code.enterprise_id, officer=office.lan, now=office.now
    )

    assert (merge.kept_id, merge.gone_id) == (with_code.enterprise_id, without.enterprise_id)


def test_what_the_kept_profile_lacks_is_filled_and_nothing_is_overwritten(office: Office) -> None:
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE, staff=40, products="")
    gone = office.there.known("Bun Nam Buoi", staff=7, products="bún tươi, phở khô")

    office.merge(kept.enterprise_id, gone.enterprise_id)

    assert (kept.staff, kept.products) == (40, "bún tươi, phở khô")
    assert office.there.profiles.get(gone.enterprise_id) is None


def test_parted_again_everything_is_where_it_was(office: Office) -> None:
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE, products="")
    gone = office.there.known("Bún Năm Bưởi", products="bún tươi", staff=7)
    ids = (kept.enterprise_id, gone.enterprise_id)
    office.there.run(gone.enterprise_id, 60)
    belongings = [office.belongings(id_) for id_ in ids]
    values = [values_of(profile) for profile in (kept, gone)]

    office.part(office.merge(*ids))

    assert [office.belongings(id_) for id_ in ids] == belongings
    profiles = [office.there.profiles.get(id_) for id_ in ids]
    assert [values_of(one) for one in profiles if one is not None] == values
    assert [one.size_class for one in profiles if one is not None] == ["small", ""]


def test_a_value_that_was_put_right_since_stays_when_they_part(office: Office) -> None:
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE, products="")
    gone = office.there.known("Bún Năm Bưởi", products="bún tươi")
    merge = office.merge(kept.enterprise_id, gone.enterprise_id)
    kept.products = "bún tươi, miến"

    office.part(merge)

    assert kept.products == "bún tươi, miến"


def test_two_tax_codes_are_two_enterprises(office: Office) -> None:
    one = office.there.known("Bún Năm Bưởi", tax_code=CODE)
    other = office.there.known("Bún Năm Bưởi", tax_code=OTHER_CODE)

    with pytest.raises(MergeRefused, match="merge_two_codes"):
        office.merge(one.enterprise_id, other.enterprise_id)


def test_nothing_is_merged_with_itself_or_twice(office: Office) -> None:
    one, other = office.there.known("A Bưởi"), office.there.known("A Bưởi")

    with pytest.raises(MergeRefused, match="merge_same"):
        office.merge(one.enterprise_id, one.enterprise_id)
    ids = (one.enterprise_id, other.enterprise_id)
    merge = office.merge(*ids)
    with pytest.raises(MergeRefused, match="merge_gone"):
        office.merge(*ids)
    office.part(merge)
    with pytest.raises(MergeRefused, match="merge_gone"):
        office.part(merge)


def test_a_chain_of_merges_leads_to_the_last_one_and_back(office: Office) -> None:
    first, second, third = (office.there.known("Bún Năm Bưởi") for _ in range(3))
    office.merge(second.enterprise_id, first.enterprise_id)
    last = office.merge(third.enterprise_id, second.enterprise_id)
    row = office.session.get_one(Enterprise, first.enterprise_id)
    office.session.refresh(row)
    assert row.merged_into_id == third.enterprise_id

    office.part(last)

    office.session.refresh(row)
    assert row.merged_into_id == second.enterprise_id


def test_an_owner_who_writes_again_under_the_old_name_is_of_the_kept_one(office: Office) -> None:
    conversation = office.seed.conversation()
    request = office.seed.request(conversation, enterprise=("Bún Năm Bưởi", ""))
    kept = office.there.known("Công ty TNHH Bún Năm Bưởi", tax_code=CODE)
    assert request.enterprise_id is not None
    office.merge(kept.enterprise_id, request.enterprise_id)
    office.session.expire_all()

    again = office.seed.request(conversation, enterprise=("bún năm bưởi", ""))

    assert again.enterprise_id == kept.enterprise_id
    assert EnterpriseService(office.session).by_tax_code(CODE) is not None


def test_doubles_are_of_one_name_whatever_its_legal_form_is_called(office: Office) -> None:
    one = office.there.known("Công ty TNHH MTV Bún Năm Bưởi", tax_code=CODE)
    other = office.there.known("BUN NAM BUOI")
    office.there.known("Bún Năm Bưởi Hai")

    pairs = [
        (pair.kept.enterprise_id, pair.gone.enterprise_id)
        for pair in office.merges.doubles()
        if one.enterprise_id in (pair.kept.enterprise_id, pair.gone.enterprise_id)
    ]

    assert pairs == [(one.enterprise_id, other.enterprise_id)]


def test_two_communes_or_two_tax_codes_are_no_double(office: Office) -> None:
    office.there.known("Quán Lá", commune="25459")
    office.there.known("Quán Lá", commune="25480")
    office.there.known("Gạo Sạch", tax_code=CODE)
    office.there.known("Gạo Sạch", tax_code=OTHER_CODE)

    names = {pair.kept.name for pair in office.merges.doubles()}

    assert names.isdisjoint({"Quán Lá", "Gạo Sạch"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty TNHH Bún Năm Bưởi", "CTY TNHH BÚN NĂM BƯỞI"),
        ("HTX Thanh long Châu Thành", "Hợp tác xã Thanh Long Châu Thành"),
        ("Cơ sở “Lá Xanh”", "Hộ kinh doanh Lá Xanh"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_legal_form_only_is_still_a_name() -> None:
    assert name_key("Công ty Cổ phần") == "cong ty co phan"


def test_figures_of_two_years_make_no_size_together(office: Office) -> None:
    kept = office.there.known("Lá Xanh", tax_code=CODE, staff=8, revenue=None, figures_year=2023)
    gone = office.there.known("Lá Xanh", revenue=90_000_000_000, figures_year=2025)

    office.merge(kept.enterprise_id, gone.enterprise_id)

    assert (kept.staff, kept.revenue, kept.figures_year) == (8, None, 2023)


def test_a_profile_that_a_merge_made_goes_when_they_part(office: Office) -> None:
    kept = office.there.bare(tax_code=CODE)
    gone = office.there.known("Lá Xanh")
    office.session.flush()

    office.part(office.merge(kept.id, gone.enterprise_id))

    assert office.there.profiles.get(kept.id) is None
    assert office.there.profiles.get(gone.enterprise_id) is not None


def test_who_named_no_tax_code_is_shown_none_after_a_merge(office: Office) -> None:
    conversation = office.seed.conversation()
    request = office.seed.request(conversation, enterprise=("Bún Năm Bưởi", ""))
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE)
    assert request.enterprise_id is not None

    office.merge(kept.enterprise_id, request.enterprise_id)

    seen = PrivacyService(office.session, Path()).see(conversation.id, now=office.now)
    assert seen.enterprise == "Bún Năm Bưởi"


def test_asked_in_one_campaign_both_the_answer_stays_and_nobody_is_asked_again(
    office: Office,
) -> None:
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE).enterprise_id
    gone = office.there.known("Bún Năm Bưởi").enterprise_id
    campaign = a_campaign(office)
    asked = Invitation(campaign_id=campaign, enterprise_id=kept, state="sent")
    run = office.there.run(gone, None, assessment="khao-sat-hien-trang")
    answered = Invitation(
        campaign_id=campaign, enterprise_id=gone, state="answered", attempt_id=run.id
    )
    office.session.add_all([asked, answered])
    office.session.flush()

    merge = office.merge(kept, gone)

    states = (asked.state, answered.state, answered.enterprise_id, run.enterprise_id)
    assert states == ("out", "answered", gone, gone)
    office.part(merge)
    office.session.refresh(asked)
    assert asked.state == "sent"


def a_campaign(office: Office) -> int:
    campaign = Campaign(
        title="Khảo sát",
        questionnaire="khao-sat-hien-trang",
        target={},
        secret="s",
        opens_at=office.now,
        closes_at=office.now,
        officer_id=office.lan.id,
        created_at=office.now,
    )
    office.session.add(campaign)
    office.session.flush()
    return campaign.id


def test_the_history_tells_what_a_merge_filled_in(office: Office) -> None:
    kept = office.there.known("Bún Năm Bưởi", tax_code=CODE, products="")
    gone = office.there.known("Bún Năm Bưởi", products="bún tươi")

    office.merge(kept.enterprise_id, gone.enterprise_id)

    newest = ProfileHistory(office.there.session, kept.enterprise_id).page(limit=1)[0]
    assert (newest.field, newest.after, newest.source) == (
        ProfileField.PRODUCTS,
        "bún tươi",
        "merge",
    )
