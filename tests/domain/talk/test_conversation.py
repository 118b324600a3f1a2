"""The one owner of a conversation: every pair of state and move."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.talk.conversation import TRANSITIONS, IllegalMove, Move, Owner, next_owner

EXPECTED: dict[tuple[str, str], str | None] = {
    ("bot", "hand_over"): "queue",
    ("bot", "claim"): "officer",
    ("bot", "transfer"): None,
    ("bot", "release"): None,
    ("bot", "close"): None,
    ("queue", "hand_over"): "queue",
    ("queue", "claim"): "officer",
    ("queue", "transfer"): "queue",
    ("queue", "release"): "bot",
    ("queue", "close"): "bot",
    ("officer", "hand_over"): None,
    ("officer", "claim"): None,
    ("officer", "transfer"): "queue",
    ("officer", "release"): "queue",
    ("officer", "close"): "bot",
}
"""Written out a second time, so that a change of the table is a change of this test."""


def test_every_pair_is_decided() -> None:
    assert {(owner.value, move.value) for owner, move in product(Owner, Move)} == set(EXPECTED)


@pytest.mark.parametrize(("owner", "move"), list(product(Owner, Move)))
def test_a_move_leads_to_its_owner_or_is_refused(owner: Owner, move: Move) -> None:
    expected = EXPECTED[owner.value, move.value]
    if expected is None:
        with pytest.raises(IllegalMove, match=f"{move} is not open while the {owner} holds"):
            next_owner(owner, move)
    else:
        assert next_owner(owner, move) is Owner(expected)


def test_an_officer_is_not_pushed_out_by_another_claim() -> None:
    with pytest.raises(IllegalMove):
        next_owner(Owner.OFFICER, Move.CLAIM)


@pytest.mark.parametrize("owner", list(Owner))
def test_every_owner_can_give_the_conversation_back_to_the_bot(owner: Owner) -> None:
    reached, seen = {owner}, set[Owner]()
    while reached - seen:
        one = (reached - seen).pop()
        seen.add(one)
        reached |= {after for (before, _), after in TRANSITIONS.items() if before is one}
    assert Owner.BOT in reached


@given(st.lists(st.sampled_from(Move)))
def test_any_run_of_moves_has_exactly_one_owner_at_any_instant(moves: list[Move]) -> None:
    owner = Owner.BOT
    for move in moves:
        try:
            owner = next_owner(owner, move)
        except IllegalMove:
            continue
        assert owner in set(Owner)
