"""What a child says is kept without personal numbers."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.processes.child import Child
from bot.processes.masked_log import LONGEST_LINE_BYTES, MaskedLog


async def kept(file: Path, *chunks: bytes) -> str:
    stream = asyncio.StreamReader()
    for chunk in chunks:
        stream.feed_data(chunk)
    stream.feed_eof()
    await MaskedLog(file).keep(stream)
    return await asyncio.to_thread(file.read_text, encoding="utf-8")


async def test_lines_are_kept_without_numbers(tmp_path: Path) -> None:
    text = await kept(tmp_path / "log" / "a.log", "gọi 0912 345 678 nhé\n".encode(), b"xong")
    assert text == "gọi [number] nhé\nxong"


async def test_numbers_of_two_lines_are_not_taken_together(tmp_path: Path) -> None:
    said = "ready on port 44661\n2026-11-24 10:00:00,123 INFO\n"
    assert await kept(tmp_path / "a.log", said.encode()) == said


async def test_a_number_in_two_pieces_is_masked(tmp_path: Path) -> None:
    stream = asyncio.StreamReader()
    keeping = asyncio.create_task(MaskedLog(tmp_path / "a.log").keep(stream))
    for piece in (b"MST 01001", b"12437 \xe1\xba", b"\xa1\n"):
        stream.feed_data(piece)
        await asyncio.sleep(0)
    stream.feed_eof()
    await keeping
    assert (tmp_path / "a.log").read_text(encoding="utf-8") == "MST [number] ạ\n"


async def test_an_endless_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    text = await kept(tmp_path / "a.log", b"x" * (LONGEST_LINE_BYTES + 5))
    assert len(text) == LONGEST_LINE_BYTES + 5


async def test_a_full_disk_stops_nobody() -> None:
    # More than a pipe holds: whoever is not read any more would wait for ever.
    code = "for n in range(20_000): print(n, 'x' * 50)"
    child = Child("loud", [sys.executable, "-c", code], {}, Path("/dev/full"))
    await child.start()
    assert child._process is not None
    async with asyncio.timeout(60):
        assert await child._process.wait() == 0
    await child.stop()


async def test_it_adds_to_what_is_there(tmp_path: Path) -> None:
    await kept(tmp_path / "a.log", b"one\n")
    assert await kept(tmp_path / "a.log", b"two\n") == "one\ntwo\n"


@pytest.mark.parametrize("code", ["print('sđt 0912345678')", "raise ValueError('0912345678')"])
async def test_a_child_says_nothing_unmasked(tmp_path: Path, code: str) -> None:
    child = Child("talker", [sys.executable, "-X", "utf8", "-c", code], {}, tmp_path / "talker.log")
    await child.start()
    assert child._process is not None
    await child._process.wait()
    await child.stop()
    text = (tmp_path / "talker.log").read_text(encoding="utf-8")
    assert "[number]" in text
    assert "0912345678" not in text
