"""The people of an enterprise: typed in, taken over from a request, and what surveys may do."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.services.enterprises.contact_entry import ContactProblem, read_contact
from bot.services.enterprises.contact_history import ContactDetails
from bot.services.enterprises.profile_contacts import ProfileContactService, mark_of
from bot.storage.database import Database
from bot.storage.models import Campaign, Invitation
from tests.support.data.enterprises import BY_HAND, Enterprises
from tests.support.data.hostile import TEXTS
from tests.support.data.seed import Seed

CODE = "0101243150"
FIELDS = ("name", "role", "phone", "email", "surveys", "surveys_on", "surveys_how")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def entered(**typed: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | typed


@pytest.fixture
def there(any_database: Database, now: datetime) -> Iterator[Enterprises]:
    with any_database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(6)
        Seed(session, now).noise(5)
        yield there


@pytest.mark.parametrize(
    ("typed", "details"),
    [
        ({"name": " Lê  Thị Tư "}, ContactDetails("Lê Thị Tư")),
        ({"phone": "0901 234 567"}, ContactDetails("", phone="0901234567")),
        ({"phone": "+84 901 234 567"}, ContactDetails("", phone="0901234567")),
        ({"email": "Tu@Go.example"}, ContactDetails("", email="Tu@go.example")),
        (
            {"name": "Tư", "surveys": "no"},
            ContactDetails("Tư", surveys="no"),
        ),
        (
            {"name": "Tư", "surveys_on": "2026-11-20", "surveys_how": "gọi điện"},
            ContactDetails("Tư"),
        ),
        (
            {
                "name": "Tư",
                "surveys": "yes",
                "surveys_on": "2026-11-24",
                "surveys_how": "ký phiếu",
            },
            ContactDetails(
                "Tư",
                surveys="yes",
                surveys_at=datetime(2026, 11, 24, 5, tzinfo=UTC),
                surveys_how="ký phiếu",
            ),
        ),
    ],
)
def test_what_is_typed_is_read(typed: dict[str, str], details: ContactDetails) -> None:
    assert read_contact(entered(**typed), now=NOW).details == details


@pytest.mark.parametrize(
    ("typed", "field", "problem"),
    [
        ({}, "name", ContactProblem("empty")),
        ({"role": "Giám đốc"}, "name", ContactProblem("empty")),
        ({"name": "x" * 201}, "name", ContactProblem("long", 200)),
        ({"name": "Tư", "role": "x" * 101}, "role", ContactProblem("long", 100)),
        ({"phone": "chưa có"}, "phone", ContactProblem("phone")),
        ({"phone": "0901234567, 0912345678"}, "phone", ContactProblem("phone")),
        ({"phone": "9" * 10_000}, "phone", ContactProblem("phone")),
        ({"email": "tu go"}, "email", ContactProblem("email")),
        ({"email": "a@b.example, c@d.example"}, "email", ContactProblem("email")),
        ({"name": "Tư", "surveys": "maybe"}, "surveys", ContactProblem("consent")),
        ({"name": "Tư", "surveys": "yes"}, "surveys_on", ContactProblem("consent_when")),
        ({"name": "Tư", "surveys": "yes"}, "surveys_how", ContactProblem("consent_how")),
        (
            {"name": "Tư", "surveys": "yes", "surveys_on": "2026-11-25", "surveys_how": "x"},
            "surveys_on",
            ContactProblem("consent_when"),
        ),
        (
            {"name": "Tư", "surveys": "no", "surveys_on": "hôm qua"},
            "surveys_on",
            ContactProblem("consent_when"),
        ),
    ],
)
def test_what_cannot_be_kept_is_told(
    typed: dict[str, str], field: str, problem: ContactProblem
) -> None:
    entry = read_contact(entered(**typed), now=NOW)
    assert entry.details is None
    assert entry.problems[field] == problem


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_are_read_or_refused(text: str) -> None:
    read_contact(dict.fromkeys(FIELDS, text), now=NOW)


def test_people_are_noted_changed_and_removed(there: Enterprises) -> None:
    profile, other = there.known("Gỗ Tân"), there.known("Khác")
    people = ProfileContactService(there.session)
    row = people.add(
        profile.enterprise_id, ContactDetails("Tư", role="Kế toán"), by=BY_HAND, now=there.now
    )
    before = mark_of(row)
    people.change(row, ContactDetails("Tư", role="Giám đốc"), by=BY_HAND, now=there.now)
    assert mark_of(row) != before
    assert [one.role for one in people.of(profile.enterprise_id)] == ["Giám đốc"]
    assert people.get(other.enterprise_id, row.id) is None
    people.remove(row, by=BY_HAND, now=there.now)
    assert people.of(profile.enterprise_id) == []


def test_a_consent_that_is_taken_back_leaves_nothing_of_it(there: Enterprises) -> None:
    people = ProfileContactService(there.session)
    agreed = ContactDetails("Tư", surveys="yes", surveys_at=there.now, surveys_how="gọi điện")
    row = people.add(there.known().enterprise_id, agreed, by=BY_HAND, now=there.now)
    row.surveys_version = "2026-11"
    people.change(
        row,
        ContactDetails("Tư Anh", surveys="yes", surveys_at=there.now),
        by=BY_HAND,
        now=there.now,
    )
    assert row.surveys_version == "2026-11"
    people.change(row, ContactDetails("Tư"), by=BY_HAND, now=there.now)
    assert (row.surveys, row.surveys_at, row.surveys_how, row.surveys_version) == ("", None, "", "")


def test_who_was_invited_can_be_removed_and_the_invitation_stays(there: Enterprises) -> None:
    people, enterprise_id = ProfileContactService(there.session), there.known().enterprise_id
    row = people.add(enterprise_id, ContactDetails("Tư"), by=BY_HAND, now=there.now)
    campaign = Campaign(
        title="Khảo sát",
        questionnaire="q",
        target={},
        secret="s",
        opens_at=there.now,
        closes_at=there.now,
        officer_id=Seed(there.session, there.now, seed=9).officer().id,
        created_at=there.now,
    )
    there.session.add(campaign)
    there.session.flush()
    invitation = Invitation(
        campaign_id=campaign.id, enterprise_id=enterprise_id, profile_contact_id=row.id
    )
    there.session.add(invitation)
    there.session.flush()
    people.remove(row, by=BY_HAND, now=there.now)
    there.session.refresh(invitation)
    assert invitation.profile_contact_id is None


def test_who_wrote_is_offered_once_and_only_to_whom_the_request_is_seen(
    there: Enterprises,
) -> None:
    seed = Seed(there.session, there.now, seed=9)
    request = seed.request(enterprise=("Gỗ Tân", CODE), reach="0909000111", office="tdc")
    seed.request(enterprise=("Gỗ Tân", CODE), reach="", office="tdc")  # no way to reach him
    enterprise_id = request.enterprise_id or 0
    people, lan = ProfileContactService(there.session), seed.officer("lan")
    tdc, shtt = frozenset({"tdc"}), frozenset({"shtt"})
    assert [one.id for one in people.offered(enterprise_id, tdc)] == [request.contact_id]
    assert [one.id for one in people.offered(enterprise_id, None)] == [request.contact_id]
    assert people.offered(enterprise_id, shtt) == []
    assert people.take(enterprise_id, request.contact_id, shtt, officer=lan, now=there.now) is None

    row = people.take(enterprise_id, request.contact_id, tdc, officer=lan, now=there.now)
    assert row is not None
    assert (row.phone, row.contact_id, row.surveys) == ("0909000111", request.contact_id, "")
    assert people.offered(enterprise_id, tdc) == []
    assert people.take(enterprise_id, request.contact_id, tdc, officer=lan, now=there.now) is None
