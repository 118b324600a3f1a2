"""The parts are made once, whatever happens to those who make them and to what they wrote."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot.search.vectors.e5.folder import GRAPH, read_parts
from bot.search.vectors.e5.kept_parts import LOCK, kept_parts
from bot.search.vectors.e5.parts import E5Parts
from tests.support.data.e5_parts import tiny_parts
from tests.support.source import ROOT

ASK = """
import resource, sys, time
from pathlib import Path
from bot.search.vectors.e5.kept_parts import kept_parts
from tests.support.data.e5_parts import tiny_parts

def make():
    print("made")
    time.sleep(0.3)
    return tiny_parts()

if len(sys.argv) > 2:
    most = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
assert kept_parts(Path(sys.argv[1]), make).graph == tiny_parts().graph
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "e5" / "second"


def not_again() -> E5Parts:
    raise AssertionError


def asking(folder: Path, *most: str) -> "subprocess.Popen[str]":
    """Another process that wants the parts; `most`: the largest file that it can write."""
    return subprocess.Popen(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", ASK, str(folder), *most],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_parts_are_made_once(folder: Path) -> None:
    made = kept_parts(folder, tiny_parts)
    read = kept_parts(folder, not_again)
    assert (made.graph, made.readings) == (read.graph, read.readings)


def test_of_processes_that_start_at_once_one_makes_them(folder: Path) -> None:
    processes = [asking(folder) for _ in range(3)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert [out for out, _ in said if out] == ["made\n"]


def test_a_damaged_folder_is_written_anew(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept_parts(folder, tiny_parts)
    (folder / GRAPH).write_bytes(b"a half")
    with caplog.at_level(logging.WARNING):
        assert kept_parts(folder, tiny_parts).graph == tiny_parts().graph
    assert [record.getMessage() for record in caplog.records] == [
        f"{folder} is damaged and is written anew: {GRAPH} is not what was written"
    ]
    assert read_parts(folder).graph == tiny_parts().graph


def test_what_older_code_wrote_and_what_a_killed_writer_left_goes(folder: Path) -> None:
    kept_parts(folder.with_name("first"), tiny_parts)
    (folder.with_name("second.part")).mkdir()
    (folder.with_name("second.part") / GRAPH).write_bytes(b"a half")
    kept_parts(folder, tiny_parts)
    assert sorted(entry.name for entry in folder.parent.iterdir()) == [LOCK, "second"]


def test_what_is_made_wrong_is_not_kept(folder: Path) -> None:
    with pytest.raises(AssertionError):
        kept_parts(folder, not_again)
    assert [entry.name for entry in folder.parent.iterdir()] == [LOCK]


def test_without_a_disk_the_parts_are_made_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    no_folder = tmp_path / "cache"
    no_folder.write_text("")
    with caplog.at_level(logging.WARNING):
        parts = kept_parts(no_folder / "e5" / "second", tiny_parts)
    assert parts.graph == tiny_parts().graph
    assert len(caplog.records) == 1
    assert "cannot be kept" in caplog.text


def test_a_disk_that_is_full_in_the_middle_is_left_as_it_was(folder: Path) -> None:
    process = asking(folder, "100")
    out, errors = process.communicate()
    assert (process.returncode, out) == (0, "made\n"), errors
    assert len(errors.splitlines()) == 1
    assert "cannot be kept" in errors
    assert [entry.name for entry in folder.parent.iterdir()] == [LOCK]
