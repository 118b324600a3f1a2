"""`donghanh user …` on a house of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.user import app
from bot.console.people.signing_in import prove
from bot.house import open_house
from bot.services.staff.trail import Trail, TrailFilter
from bot.settings import Settings
from tests.support.data.seed import PASSWORD

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DONGHANH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DONGHANH_DATABASE_URL", raising=False)

    def call(*arguments: str, typed: str = f"{PASSWORD}\n{PASSWORD}\n") -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed)

    return call


def add(run: Run, username: str, role: str = "officer", **changes: str) -> Result:
    return run(
        "add", username, "--name", "Nguyễn Lan", "--office", changes.get("office", "tdc"),
        "--role", role, typed=changes.get("typed", f"{PASSWORD}\n{PASSWORD}\n"),
    )  # fmt: skip


def test_a_person_is_added_listed_and_signs_in(run: Run, tmp_path: Path) -> None:
    assert "Chưa có người dùng" in run("list").output
    assert add(run, "lan").exit_code == 0
    assert "lan · Nguyễn Lan · Cán bộ · tdc · đang hoạt động" in run("list").output
    house = open_house(Settings(_env_file=None, data_dir=tmp_path))
    now = house.clock()
    name = prove(
        house.database,
        "lan",
        PASSWORD,
        lambda _session, officer: officer.username,
        address="192.0.2.1",
        now=now,
    )
    assert name == "lan"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"office": "thue"}, "Đơn vị này"),
        ({"typed": "ngan\nngan\n"}, "ít nhất 12"),
        ({"typed": f"{PASSWORD}\nkhac\n"}, "không giống nhau"),
    ],
)
def test_a_mistake_is_told_and_adds_nobody(run: Run, changes: dict[str, str], said: str) -> None:
    result = add(run, "lan", **changes)
    assert result.exit_code == 1
    assert said in result.output
    assert "Chưa có người dùng" in run("list").output


def test_a_password_is_never_printed(run: Run) -> None:
    assert PASSWORD not in add(run, "lan").output
    assert PASSWORD not in run("password", "lan").output


def test_a_disabled_person_is_shown_as_such(run: Run) -> None:
    add(run, "lan")
    assert "Đã khóa lan" in run("disable", "LAN").output
    assert "đã khóa" in run("list").output


def test_the_last_administrator_stays(run: Run) -> None:
    add(run, "quan.tri", role="administrator")
    result = run("disable", "quan.tri")
    assert result.exit_code == 1
    assert "ít nhất một quản trị" in result.output


def test_a_person_is_changed_let_in_again_and_unlocked(run: Run) -> None:
    add(run, "lan")
    said = run("change", "lan", "--role", "head", "--office", "shtt", "--name", "Lan Anh")
    assert "Đã đổi lan" in said.output
    assert "lan · Lan Anh · Lãnh đạo · shtt" in run("list").output
    assert run("change", "lan", "--office", "thue").exit_code == 1
    run("disable", "lan")
    assert "hãy mở lại trước" in run("link", "lan").output
    assert "Đã mở lại lan" in run("enable", "lan").output
    assert "đăng nhập lại được ngay" in run("unlock", "lan", "--address", "192.0.2.1").output


def test_each_step_leaves_its_line_in_the_trail(run: Run, tmp_path: Path) -> None:
    add(run, "lan")
    for command in ("disable", "enable", "unlock", "link", "password"):
        assert run(command, "lan").exit_code == 0
    run("change", "lan", "--role", "head")
    run("disable", "ai.do")
    house = open_house(Settings(_env_file=None, data_dir=tmp_path))
    with house.database.reading() as session:
        lines = Trail(session).page(TrailFilter(), before=None, limit=20)
    assert [line.act for line in reversed(lines)] == [
        "add_person", "disable_person", "enable_person", "unlock_person", "make_password_link",
        "reset_password", "change_person",
    ]  # fmt: skip
    assert {(line.subject, line.address, line.officer_id) for line in lines} == {("lan", "", None)}


def test_a_link_takes_the_place_of_a_spoken_password(run: Run) -> None:
    said = run("add", "--name", "Nguyễn Lan", "--office", "tdc", "--link", typed="")
    assert said.exit_code == 0
    assert "/console/password/" in said.output
    username = said.output.partition("(")[2].partition(")")[0]
    assert username.startswith("cb-")
    again = run("link", username).output
    assert "/console/password/" in again
    assert again not in said.output


def test_the_last_administrator_keeps_her_role(run: Run) -> None:
    add(run, "quan.tri", role="administrator")
    result = run("change", "quan.tri", "--role", "officer")
    assert result.exit_code == 1
    assert "ít nhất một quản trị" in result.output


@pytest.mark.parametrize("command", ["disable", "password", "enable", "unlock", "link", "change"])
def test_nobody_of_this_name_is_told(run: Run, command: str) -> None:
    result = run(command, "ai.do")
    assert result.exit_code == 1
    assert "Không có người dùng “ai.do”" in result.output


def test_offices_are_those_that_answer(run: Run) -> None:
    output = run("offices").output
    assert "tdc · " in output
    assert "thue" not in output
