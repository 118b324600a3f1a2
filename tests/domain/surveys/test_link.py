"""A link is good for one invitation of one campaign, and nothing else is a link."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input.row_id import MOST_ROW_ID
from bot.domain.surveys.link import invitation_of, is_genuine, link_token

IDS = st.integers(min_value=1, max_value=MOST_ROW_ID)
SECRETS = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
URL_SAFE = frozenset(string.ascii_letters + string.digits + "-_")


@given(IDS, SECRETS)
def test_its_campaign_knows_it_and_no_other(invitation_id: int, secret: str) -> None:
    token = link_token(invitation_id, secret)
    assert invitation_of(token) == invitation_id
    assert is_genuine(token, secret)
    assert not is_genuine(token, secret[::-1] + "x")
    assert not is_genuine(token, None)
    assert set(token) <= URL_SAFE
    assert len(token) <= 31


@given(IDS, IDS, SECRETS)
def test_a_signature_fits_no_other_invitation(one: int, other: int, secret: str) -> None:
    if one == other:
        return
    moved = f"{other}-{link_token(one, secret).partition('-')[2]}"
    assert not is_genuine(moved, secret)


@given(IDS, SECRETS, st.data())
def test_one_letter_changed_is_no_link(
    invitation_id: int, secret: str, data: st.DataObject
) -> None:
    token = link_token(invitation_id, secret)
    place = data.draw(st.integers(min_value=0, max_value=len(token) - 1))
    letter = data.draw(st.sampled_from(sorted(URL_SAFE - {token[place]})))
    assert not is_genuine(token[:place] + letter + token[place + 1 :], secret)


@given(st.text())
def test_whatever_is_typed_is_read_without_a_fault(text: str) -> None:
    assert not is_genuine(text, "0" * 64)
    invitation_of(text)


@pytest.mark.parametrize("text", ["", "1", "-", "01-" + "a" * 20, "0-" + "a" * 20, "1-" + "a" * 21])
def test_what_has_not_the_shape_names_no_invitation(text: str) -> None:
    assert invitation_of(text) is None
