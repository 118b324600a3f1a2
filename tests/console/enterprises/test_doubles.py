"""Rows that may be one enterprise: an officer merges them, and parts them where she was wrong."""

from datetime import datetime

import pytest

from bot.house import House
from bot.storage.models import Enterprise, EnterpriseMerge, EnterpriseProfile
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import Enterprises

CODE, OTHER_CODE = "0100109106", "0100112437"


@pytest.fixture
def pair(staffed: House, now: datetime) -> tuple[int, int]:
    """One with a tax code, one without."""
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=8)
        kept = there.known("Công ty TNHH Bún Năm Bưởi", tax_code=CODE)
        return kept.enterprise_id, there.known("BUN NAM BUOI").enterprise_id


def merged_into(house: House, enterprise_id: int) -> int | None:
    with house.database.reading() as session:
        return session.get_one(Enterprise, enterprise_id).merged_into_id


def test_two_rows_become_one_and_are_parted_again(
    staffed: House, sign_in: SignIn, pair: tuple[int, int]
) -> None:
    lan, (kept, gone) = sign_in("lan"), pair
    page = lan.get("/enterprises/doubles").text
    assert "Công ty TNHH Bún Năm Bưởi" in page

    done = lan.post("/enterprises/merges", {"kept": str(kept), "gone": str(gone)})

    assert "Đã gộp hai hồ sơ" in done.text
    assert merged_into(staffed, gone) == kept
    with staffed.database.reading() as session:
        merge_id = session.query(EnterpriseMerge.id).scalar()
    assert "Đã tách hai hồ sơ" in lan.post(f"/enterprises/merges/{merge_id}/part").text
    assert merged_into(staffed, gone) is None
    with staffed.database.reading() as session:
        assert session.get(EnterpriseProfile, gone) is not None


def test_merged_by_two_at_once_the_second_is_told(
    staffed: House, sign_in: SignIn, pair: tuple[int, int]
) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    fields = {"kept": str(pair[0]), "gone": str(pair[1])}
    lan.get("/enterprises/doubles")
    minh.get("/enterprises/doubles")
    lan.post("/enterprises/merges", fields)

    late = minh.post("/enterprises/merges", fields)

    assert late.status_code == 409
    assert "vừa được gộp" in late.text


def test_two_tax_codes_are_refused_with_the_reason(
    staffed: House, sign_in: SignIn, now: datetime, pair: tuple[int, int]
) -> None:
    with staffed.database.transaction() as session:
        other = Enterprises(session, now, seed=9).known("Bún Năm Bưởi", tax_code=OTHER_CODE)
        other_id = other.enterprise_id
    lan = sign_in("lan")
    lan.get("/enterprises/doubles")

    refused = lan.post("/enterprises/merges", {"kept": str(pair[0]), "gone": str(other_id)})

    assert refused.status_code == 409
    assert "hai mã số thuế khác nhau" in refused.text


@pytest.mark.parametrize("gone", ["", "0", "x", "99999999999999999999", "1.5"])
def test_what_is_no_row_is_refused(sign_in: SignIn, pair: tuple[int, int], gone: str) -> None:
    lan = sign_in("lan")
    lan.get("/enterprises/doubles")

    answer = lan.post("/enterprises/merges", {"kept": str(pair[0]), "gone": gone})

    assert answer.status_code == 400
