"""One enterprise that stands twice in a table is written from one of its rows only."""

from datetime import datetime

import pytest

from bot.services.enterprises.imports.imports import ImportRefused, choices_of
from bot.services.enterprises.imports.plan import AS, Planned, RowAction, plan_of
from bot.storage.models import EnterpriseProfile, ProfileContact, ProfileImport
from tests.support.data.enterprises import Enterprises
from tests.support.data.tables import CODES

from .test_imports import GAO, TU, Desk, database, desk

__all__ = ["database", "desk"]


def planned(desk: Desk, import_id: int) -> list[Planned]:
    with desk.database.reading() as session:
        choices = choices_of(session.get_one(ProfileImport, import_id))
    return list(plan_of(desk.rows(import_id), choices).rows)


def test_two_rows_chosen_as_one_enterprise_wait_until_one_is_left_out(
    desk: Desk, now: datetime
) -> None:
    with desk.database.transaction() as session:
        known = Enterprises(session, now, seed=9).bare("Cơ sở Bà Tư").id
    import_id = desk.bring(TU, GAO, (*TU[:3], 5, *TU[4:]))
    desk.choose(import_id, rows={2: f"{AS}{known}", 4: f"{AS}{known}"})
    first, _, second = planned(desk, import_id)
    assert (first.action, first.double) == (RowAction.UPDATE, 0)
    assert (second.action, second.double) == (RowAction.WRONG, 2)
    before = desk.count(EnterpriseProfile)
    with pytest.raises(ImportRefused, match="wrong"):
        desk.apply(import_id)
    assert desk.count(EnterpriseProfile) == before

    desk.choose(import_id, rows={2: "skip", 4: f"{AS}{known}"})

    assert planned(desk, import_id)[2].action is RowAction.UPDATE
    assert [one.did for one in desk.apply(import_id).values()] == ["new", "update"]
    with desk.database.reading() as session:
        assert session.get_one(EnterpriseProfile, known).staff == 5


def test_a_row_with_the_tax_code_goes_before_one_that_was_chosen(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now, seed=9)
        known = there.known("Cơ sở Bà Tư", tax_code=CODES[0], staff=1).enterprise_id
    import_id = desk.bring(TU, ("Cơ sở Bà Tư", CODES[0], "", 9, "", "", ""))
    desk.choose(import_id, rows={2: f"{AS}{known}"})
    chosen, coded = planned(desk, import_id)
    assert (chosen.action, chosen.double) == (RowAction.WRONG, 3)
    assert coded.action is RowAction.UPDATE

    desk.choose(import_id, skip_wrong=True)

    assert [one.number for one in desk.apply(import_id).values()] == [3]


def test_as_two_new_ones_or_as_two_others_both_are_taken(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now, seed=9)
        one, other = (there.bare("Cơ sở Bà Tư").id for _ in range(2))
    import_id = desk.bring(TU, TU, TU)
    desk.choose(import_id, rows={2: f"{AS}{one}", 3: f"{AS}{other}", 4: "new"})
    did = [found.did for found in desk.apply(import_id).values()]
    assert did == ["update", "update", "new"]


def test_of_what_an_import_brought_and_took_back_nothing_is_kept(desk: Desk) -> None:
    def kept(import_id: int) -> str:
        with desk.database.reading() as session:
            return str(session.get_one(ProfileImport, import_id).rows)

    first = desk.bring(GAO, TU)
    desk.apply(first)
    second = desk.bring((*GAO[:3], 99, *GAO[4:]))
    desk.apply(second)
    desk.undo(second)
    assert "Gạo Ngon" in kept(second)

    undone = desk.undo(first)

    assert [one.undone for one in undone.values()] == ["gone", "gone"]
    for import_id in (first, second):
        for said in ("Gạo Ngon", "Bà Tư", "2500", "27694"):
            assert said not in kept(import_id)
    assert desk.count(ProfileContact) == 0
