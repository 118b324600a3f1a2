"""`donghanh kb check` names whom and what an edit of `offices.yml` leaves behind."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands.kb import app
from bot.commands.kb_offices import office_failures, unfilled_offices
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import copy_small_knowledge


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with an empty database and a small knowledge base."""
    monkeypatch.setenv("DONGHANH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DONGHANH_KNOWLEDGE_DIR", str(copy_small_knowledge(tmp_path / "kb")))
    monkeypatch.delenv("DONGHANH_DATABASE_URL", raising=False)
    settings = Settings(_env_file=None)
    database = Database(settings.sqlalchemy_url)
    database.migrate()
    database.close()
    return settings


def strand(settings: Settings, house: House) -> None:
    database = Database(settings.sqlalchemy_url)
    with database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(4)
        seed.officer("minh")
        for name in ("lan", "hoa"):
            officer = seed.officer(name, office="phong_cu")
        for request in [seed.request(office="phong_cu") for _ in range(3)][:1]:
            service = cases(session)
            service.claim(request.id, officer, now=seed.now)
            service.close(request.id, officer, cause="form:1", now=seed.now)
        seed.request(office="cuc_shtt")
    database.close()


def test_people_and_open_cases_of_a_gone_office_are_a_problem(
    installed: Settings, house: House
) -> None:
    strand(installed, house)
    result = CliRunner().invoke(app, ["check", "--quick"])
    assert result.exit_code == 1
    gone = [line for line in result.output.splitlines() if line.startswith("office ")]
    assert gone == [
        "office “cuc_shtt” is no office of the department: 1 open cases, people: none",
        "office “phong_cu” is no office of the department: 2 open cases, people: hoa, lan",
    ]


def test_nobody_is_left_behind_where_all_have_an_office(installed: Settings, house: House) -> None:
    assert office_failures(installed, house.library.current) == []


def test_offices_of_the_department_are_listed_with_what_they_lack(library: Library) -> None:
    lines = unfilled_offices(library.current)
    assert [line.partition(":")[0] for line in lines] == [
        office.id for office in library.current.offices.values() if not office.external
    ]
    assert lines[0] == "tdc: address, telephone, email, map, site, person"
