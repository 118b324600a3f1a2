"""Numbers that belong to a person reach no log, whatever goes wrong on the way."""

import re
import uuid
from pathlib import Path

import pytest

from bot.private_world import private_world
from bot.settings import ROOT, Settings
from tests.support.doubles.indiscreet_actions import TRIGGER

pytestmark = pytest.mark.engine

TAX_CODE, IDENTITY_CARD, PHONE = "0100112437", "079123456789", "0912345678"
NUMBERS = f"MST {TAX_CODE}, CCCD {IDENTITY_CARD}, gọi em số 0912 345 678 nha"

TALKS = (
    [f"Em muốn đăng ký nhãn hiệu, {NUMBERS}"],
    [f"{TRIGGER} {NUMBERS}"],
    [f"sđt{PHONE}- mst{TAX_CODE}nha cccd:{IDENTITY_CARD}.", f"{TRIGGER} sđt{PHONE}- lần nữa"],
    [
        "Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với",
        "đúng rồi",
        f"Cơ sở mộc Tân Tiến, MST {TAX_CODE}",
        PHONE,
        "Không có file",
        "Gửi",
    ],
    ["sửa số điện thoại của em đã khai", "0912.345.678", f"xóa hết thông tin của {IDENTITY_CARD}"],
)


async def test_no_log_and_no_output_holds_a_number_of_the_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DONGHANH_LOG_LEVEL", "DEBUG")
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "var",
        cache_dir=ROOT / "var" / "cache",
        log_level="DEBUG",
    )
    async with private_world(settings, "tests.support.doubles.indiscreet_actions") as world:
        for talk in TALKS:
            chat = uuid.uuid4().hex
            for text in talk:
                said = await world.say(chat, text)
                assert said.replies, text
    output = capfd.readouterr()
    kept = {"stdout": output.out, "stderr": output.err}
    logs = [file for file in (tmp_path / "var" / "log").rglob("*") if file.is_file()]
    kept |= {file.name: file.read_text(encoding="utf-8", errors="replace") for file in logs}
    assert {file.name for file in logs} >= {"private-actions.log", "private-rasa.log"}
    assert "cannot answer" in kept["private-actions.log"]
    assert "[number]" in kept["private-actions.log"]
    # Rasa's would hold the whole conversation: numbers, names and all.
    assert "Tân Tiến" not in kept["private-rasa.log"]
    assert TRIGGER not in kept["private-rasa.log"]
    for name, text in kept.items():
        assert leaks(text) == [], name


def leaks(text: str) -> list[str]:
    """Lines that hold one of the numbers, however spaced, or most of one."""
    return [line[:300] for line in text.splitlines() if holds_number(line)]


def holds_number(line: str) -> bool:
    digits = re.sub(r"[\s.,()-]", "", line)
    return any(number[-8:] in digits for number in (TAX_CODE, IDENTITY_CARD, PHONE))
