"""Fields of kept replies: known however they are typed, and none that fails later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office.canned_reply import Field, filled, wrong_fields

VALUES = {
    Field.NAME: "Công ty May",
    Field.CODE: "HT-26-0F3K7",
    Field.OFFICER: "Lan",
    Field.OFFICE: "TĐC",
    Field.HOUR: "16:00",
}


@pytest.mark.parametrize("typed", ["{ten}", "{tên}", "{ Tên }", "{TÊN}"])
def test_a_field_is_known_however_it_is_typed(typed: str) -> None:
    assert filled(f"Kính gửi {typed},", VALUES) == "Kính gửi Công ty May,"


def test_every_field_is_filled() -> None:
    text = "{tên} {mã} {cán bộ} {đơn vị} {giờ hẹn}"
    assert wrong_fields(text) == []
    assert filled(text, VALUES) == "Công ty May HT-26-0F3K7 Lan TĐC 16:00"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{tuổi} {tuổi} {ten}", ["tuổi"]),
        ("{}", [""]),
        ("a { b", ["{"]),
        ("a } b {ten}", ["}"]),
        ("{{ten}}", ["{", "}"]),
        ("{{ config }}", [" config ", "{", "}"]),
    ],
)
def test_what_is_no_field_is_named(text: str, wrong: list[str]) -> None:
    assert wrong_fields(text) == wrong


@given(st.text(alphabet="{}tenmaă \n", max_size=40))
def test_what_was_found_right_is_filled_without_a_brace_left(text: str) -> None:
    result = filled(text, VALUES)
    if not wrong_fields(text):
        assert "{" not in result
        assert "}" not in result


def test_a_value_that_looks_like_a_field_stays_as_it_is() -> None:
    assert filled("{tên}", {**VALUES, Field.NAME: "Cty {mã}"}) == "Cty {mã}"
