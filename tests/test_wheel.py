"""What is packed: the wheel holds all that the code reads, and runs away from the checkout."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.source import ROOT

PACKED = ("bot", "actions", "vietnamese")


def uv() -> str:
    found = shutil.which("uv") or str(ROOT / "var" / "tools" / "bin" / "uv")
    assert Path(found).exists(), "uv is missing: `make environments` brings it"
    return found


def ran(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DONGHANH")}
    return subprocess.run(  # noqa: S603  (our own programs)
        [str(part) for part in command],
        cwd=cwd,
        env=plain | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def ran_well(*command: str | Path, cwd: Path) -> str:
    done = ran(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("away")


@pytest.fixture(scope="module")
def wheel(away: Path) -> Path:
    ran_well(uv(), "build", "--quiet", "--wheel", "--out-dir", away / "dist", ROOT, cwd=away)
    (built,) = (away / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(away: Path, wheel: Path) -> Path:
    """The programs of an environment that has the wheel; its libraries are those of ours."""
    environment = away / "environment"
    ours = ROOT / ".venv" / "bin" / "python"
    ran_well(uv(), "venv", "--quiet", "--python", ours, environment, cwd=away)
    python = environment / "bin" / "python"
    ran_well(
        *(uv(), "pip", "install", "--quiet", "--offline", "--no-deps"),
        *("--python", python, wheel),
        cwd=away,
    )
    paths = sysconfig.get_paths()
    (own,) = (environment / "lib").glob("python*/site-packages")
    # A path file's own path files are not read, so ours does not lead back to the checkout.
    (own / "libraries.pth").write_text(paths["purelib"], encoding="utf-8")
    return python.parent


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    listed = ran_well("git", "-C", ROOT, "ls-files", "--", *PACKED, cwd=ROOT).splitlines()
    assert listed

    assert set(listed) - set(ZipFile(wheel).namelist()) == set()


def test_the_packages_are_imported_from_the_wheel(programs: Path, away: Path) -> None:
    program = (
        "import actions.server, bot.application, bot.commands, bot.house, vietnamese\n"
        "print(bot.__file__, actions.__file__, vietnamese.__file__, sep='\\n')"
    )

    places = ran_well(programs / "python", "-c", program, cwd=away).splitlines()

    assert [Path(place).is_relative_to(away) for place in places] == [True] * len(PACKED)


def test_the_command_line_answers(programs: Path, away: Path) -> None:
    said = ran_well(programs / "donghanh", "--help", cwd=away)

    assert "Starts everything" in said


def test_a_missing_knowledge_base_is_one_clear_line(programs: Path, away: Path) -> None:
    done = ran(programs / "donghanh", "ask", "iso 9001", cwd=away)

    assert done.returncode == 1
    assert done.stderr.startswith("donghanh: DONGHANH_KNOWLEDGE_DIR: ")
    assert "the package holds the code only" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_rasa_project_is_one_clear_line(programs: Path, away: Path) -> None:
    knowledge = f"DONGHANH_KNOWLEDGE_DIR={ROOT / 'knowledge_base'}"

    done = ran("env", knowledge, programs / "donghanh", "train", cwd=away)

    assert done.returncode == 1
    assert done.stderr.startswith("donghanh: the Rasa project is missing")
    assert len(done.stderr.splitlines()) == 1
