"""Who is named in an internal note."""

import pytest

from bot.domain.office.mention import mentioned


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@lan xem giúp", ["lan"]),
        ("nhờ @Lanh.Dao, @tri-tue.", ["lanh.dao", "tri-tue"]),
        ("(@lan) và @lan", ["lan"]),
        ("gửi lan@may.example và a@@lan", []),
        ("@ lan, @lê, @ab", []),
        ("", []),
    ],
)
def test_names_stand_behind_an_at_sign_of_their_own(text: str, names: list[str]) -> None:
    assert mentioned(text) == names
