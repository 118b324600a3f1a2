"""`donghanh ask` and `talk`, with an assistant that answers from a script."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.commands.ask import answer_lines, answer_question, answer_words, play_lines
from bot.domain.input.json_lines import lines_of
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.private_world import Said
from bot.settings import ROOT
from tests.support.data.small_knowledge import copy_small_knowledge


class Parrot:
    """Says what it hears; like Rasa's side it cannot take half a character."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    async def say(self, chat_key: str, text: str) -> Said:
        text.encode("utf-8")
        self.heard.append((chat_key, text))
        return Said([OutgoingMessage(text="Dạ")], [Understanding(outcome=Outcome.CHITCHAT)], 1.0)


BAD: dict[str, bytes] = {
    "half a character": rb'{"text": "\ud83d xin chao"}',
    "no UTF-8": b'{"text": "\xff"}',
    "no JSON": b"xin chao",
    "no object": b'["xin chao"]',
    "without a text": b'{"txt": "a"}',
    "an empty text": b'{"text": ""}',
    "a text of blanks": '{"text": " \u00a0\u200b"}'.encode(),
    "a text of nothing": rb'{"text": "\u0000"}',
    "a number": b'{"text": 5}',
    "levels without end": b"[" * 100_000,
}

GOOD: dict[str, bytes] = {
    "a line of another system": '{"text": "a\u2028b\u0085c"}'.encode(),
    "a NUL beside letters": rb'{"text": "a\u0000b"}',
    "two of a name": b'{"text": "a", "text": "b"}',
    "a megabyte": json.dumps({"text": "x" * 1_000_000}).encode(),
    "both halves": rb'{"text": "\ud83d\ude00 xin chao"}',
}


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_line_says_so_in_its_place_and_the_rest_is_answered(
    capsys: pytest.CaptureFixture[str], what: str
) -> None:
    lines = [b'{"text": "mot"}', BAD[what], b'{"text": "hai"}']

    assert await answer_lines(Parrot(), lines, as_json=True) == 1

    first, bad, last = printed(capsys)
    assert (first["text"], last["text"]) == ("mot", "hai")
    assert list(bad) == ["error"]


@pytest.mark.parametrize("what", GOOD)
async def test_what_is_odd_and_can_be_read_is_answered(
    capsys: pytest.CaptureFixture[str], what: str
) -> None:
    assert await answer_lines(Parrot(), [GOOD[what]], as_json=True) == 0

    (answer,) = printed(capsys)
    assert answer["reply"] == "Dạ"


async def test_a_whole_file_as_editors_leave_it(capsys: pytest.CaptureFixture[str]) -> None:
    raw = b"\xef\xbb\xbf" + b'{"text": "mot"}\r\n' + GOOD["a line of another system"] + b"\r\n"

    lines = [line for line in lines_of(raw) if line.strip()]

    assert await answer_lines(Parrot(), lines, as_json=True) == 0
    assert [one["text"] for one in printed(capsys)] == ["mot", "a\u2028b\u0085c"]


@pytest.mark.parametrize(
    "bad",
    [
        rb'{"id": 1, "turns": ["\ud83d"]}',
        b'{"id": 1, "turns": []}',
        b'{"id": 1, "turns": ["a", 5]}',
        b'{"id": 1, "turns": "a"}',
        b'{"id": 1}',
        b"\xff",
    ],
)
async def test_a_bad_conversation_is_not_begun_and_the_next_is_played(
    capsys: pytest.CaptureFixture[str], bad: bytes
) -> None:
    parrot = Parrot()

    assert await play_lines(parrot, [bad, b'{"id": 2, "turns": ["a", "b"]}'], as_json=True) == 1

    assert [text for _, text in parrot.heard] == ["a", "b"]
    assert len({chat for chat, _ in parrot.heard}) == 1
    refused, played = printed(capsys)
    assert list(refused) == ["error"]
    assert (played["id"], len(played["turns"])) == (2, 2)


async def test_an_id_with_half_a_character_comes_back_as_it_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = rb'{"id": "\ud83d", "turns": ["a"]}'

    assert await play_lines(Parrot(), [line], as_json=True) == 0

    assert printed(capsys)[0]["id"] == "\ud83d"


async def test_bytes_of_the_shell_that_are_no_text_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await answer_question(Parrot(), "\udcff", as_json=False) == 1

    assert "half a character" in capsys.readouterr().out


async def test_a_terminal_without_our_letters_gets_escapes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))

    await answer_question(Parrot(), "nhãn hiệu", as_json=True)
    sys.stdout.flush()

    assert json.loads(raw.getvalue().decode("ascii"))["text"] == "nhãn hiệu"


def test_a_pipe_that_nobody_reads_any_more_is_no_traceback(tmp_path: Path) -> None:
    folder = copy_small_knowledge(tmp_path / "knowledge_base")
    reading, writing = os.pipe()
    os.close(reading)

    ended = subprocess.run(  # noqa: S603  (our own module)
        [sys.executable, "-m", "bot", "kb", "check", "--quick", "--folder", folder],
        cwd=ROOT,
        env={"DONGHANH_DATA_DIR": str(tmp_path / "var")},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)

    assert ended.stderr == ""


async def test_each_line_of_a_pipe_is_a_question_and_a_broken_one_stops_nothing() -> None:
    parrot = Parrot()
    lines = ["phí mã vạch".encode(), b"\xff\xfe", "nộp ở đâu".encode()]
    assert await answer_words(parrot, lines, as_json=True) == 1
    assert [text for _, text in parrot.heard] == ["phí mã vạch", "nộp ở đâu"]
    assert len({chat_key for chat_key, _ in parrot.heard}) == 2
