"""Reading evaluation sets."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import (
    EvaluationSet,
    LabelledDialogue,
    SetError,
    read_set,
    within,
)
from tests.support.data.evaluation import expected, labelled

MESSAGE = {"id": "m1", "text": "iso là gì", "style": "plain", "outcome": "answer", "accept": ["a"]}
DIALOGUE = {
    "id": "d1",
    "turns": ["iso là gì", "tốn nhiêu"],
    "expect": [
        {"outcome": "answer", "accept": ["a"]},
        {"outcome": "answer", "accept": ["b"], "resumes": True},
    ],
}


def write(file: Path, *lines: dict[str, Any] | str) -> Path:
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_a_folder_holds_messages_and_dialogues(tmp_path: Path) -> None:
    write(tmp_path / "messages.jsonl", MESSAGE)
    write(tmp_path / "dialogues.jsonl", DIALOGUE)
    found = read_set(tmp_path)
    assert found.name == tmp_path.name
    assert [one.outcome for one in found.messages] == [Outcome.ANSWER]
    assert found.dialogues[0].expect[1].resumes


def test_a_file_holds_either(tmp_path: Path) -> None:
    found = read_set(write(tmp_path / "mixed.jsonl", MESSAGE, DIALOGUE))
    assert (found.name, len(found.messages), len(found.dialogues)) == ("mixed", 1, 1)


def test_fields_it_does_not_know_are_let_be(tmp_path: Path) -> None:
    file = write(tmp_path / "m.jsonl", {**MESSAGE, "need": None, "note": "x"})
    assert read_set(file).messages[0].id == "m1"


def test_a_mark_at_the_start_blank_lines_and_line_ends_of_windows_are_let_be(
    tmp_path: Path,
) -> None:
    file = tmp_path / "m.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(MESSAGE).encode() + b"\r\n\r\n")
    assert len(read_set(file).messages) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "valid dictionary"),
        ({**MESSAGE, "text": ""}, "text"),
        ({**MESSAGE, "outcome": "clarify"}, "clarify"),
        ({**MESSAGE, "outcome": "sing"}, "outcome"),
        ({**MESSAGE, "accept": []}, "accept"),
        ({**MESSAGE, "accept": "a"}, "accept"),
        ({**MESSAGE, "parts": [["a"]]}, "parts"),
        ({**MESSAGE, "parts": [["a"], []]}, "parts"),
        ({**DIALOGUE, "turns": ["một"]}, "1 turns, but 2"),
        ({**DIALOGUE, "turns": []}, "turns"),
    ],
)
def test_an_error_names_file_and_line(
    tmp_path: Path, line: dict[str, Any] | str, reason: str
) -> None:
    file = write(tmp_path / "m.jsonl", {**MESSAGE, "id": "m0"}, "", line)
    with pytest.raises(SetError, match=rf"m\.jsonl:3: .*{reason}"):
        read_set(file)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    file = write(tmp_path / "m.jsonl", "{", MESSAGE, MESSAGE)
    with pytest.raises(SetError) as caught:
        read_set(file)
    assert len(str(caught.value).splitlines()) == 2
    assert "m.jsonl:3: id m1 stands here twice" in str(caught.value)


def test_an_absent_or_empty_set_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.jsonl", write(tmp_path / "empty.jsonl", "")):
        with pytest.raises(SetError, match=str(path)):
            read_set(path)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(SetError, match="UTF-8"):
        read_set(file)


def test_what_no_existing_article_answers_is_left_out_and_counted() -> None:
    kept = [
        labelled("answer", "a gone", id="m1"),
        labelled("chitchat", id="m2"),
        labelled("handover", "gone", id="m3"),
        labelled("answer", "a b", id="m4", parts=["a", "b gone"]),
    ]
    gone = [
        labelled("answer", "gone", id="m5"),
        labelled("answer", "a gone", id="m6", parts=["a", "gone"]),
    ]
    talks = [
        LabelledDialogue(id=f"d{number}", turns=["x"], expect=[expected("answer", accept)])
        for number, accept in enumerate(["a", "gone", ""])
    ]
    found = within(EvaluationSet("s", [*kept, *gone], talks), ["a", "b"])
    assert found.messages == kept
    assert [one.id for one in found.dialogues] == ["d0", "d2"]
    assert found.left_out == 3


def test_a_name_that_no_disk_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="File name too long"):
        read_set(tmp_path / ("a" * 300))
