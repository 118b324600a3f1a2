"""`donghanh demo …` on a house of its own."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.commands import demo
from bot.console.people.signing_in import prove
from bot.house import House, open_house
from bot.settings import Settings
from bot.storage.models import Officer, Request, TrailLine
from tests.support.data.seed import Seed


@pytest.fixture
def own_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DONGHANH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DONGHANH_DATABASE_URL", raising=False)
    return open_house(Settings(_env_file=None, data_dir=tmp_path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(demo.app, list(arguments))


def test_a_demo_is_looked_at_and_taken_away(own_house: House) -> None:
    seeded = run("seed")

    assert seeded.exit_code == 0, seeded.output
    password = re.search(r"Mật khẩu chung, chỉ hiện một lần: (\S+)", seeded.output)
    assert password is not None
    now = own_house.clock()
    who = prove(
        own_house.database,
        "mau.mai",
        password[1],
        lambda _, officer: officer.username,
        address="192.0.2.1",
        now=now,
    )
    assert who == "mau.mai"
    again = run("seed")
    assert (again.exit_code, "Đã có dữ liệu mẫu" in again.output) == (1, True)

    removed = run("remove")
    assert removed.exit_code == 0
    assert "Đã gỡ" in removed.output
    with own_house.database.reading() as session:
        assert session.scalars(select(Request)).all() == []
        acts = session.scalars(select(TrailLine.act).order_by(TrailLine.id)).all()
        assert [act for act in acts if act.endswith("_demo")] == ["seed_demo", "remove_demo"]
        left = session.scalars(select(Officer)).all()
        assert all(not one.active for one in left)
    assert "Không có dữ liệu mẫu" in run("remove").output


def test_real_cases_are_not_mixed_with_made_up_ones_unawares(own_house: House) -> None:
    with own_house.database.transaction() as session:
        Seed(session, own_house.clock()).request()

    refused = run("seed")

    assert (refused.exit_code, "--beside-real" in refused.output) == (1, True)
