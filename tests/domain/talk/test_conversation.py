"""The one handler of a conversation: every pair of state and move."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.talk.conversation import TRANSITIONS, Handler, IllegalMove, Move, next_handler

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
    assert {(handler.value, move.value) for handler, move in product(Handler, Move)} == set(
        EXPECTED
    )


@pytest.mark.parametrize(("handler", "move"), list(product(Handler, Move)))
def test_a_move_leads_to_its_handler_or_is_refused(handler: Handler, move: Move) -> None:
    expected = EXPECTED[handler.value, move.value]
    if expected is None:
        with pytest.raises(IllegalMove, match=f"{move} is not open while the {handler} handles it"):
            next_handler(handler, move)
    else:
        assert next_handler(handler, move) is Handler(expected)


def test_an_officer_is_not_pushed_out_by_another_claim() -> None:
    with pytest.raises(IllegalMove):
        next_handler(Handler.OFFICER, Move.CLAIM)


@pytest.mark.parametrize("handler", list(Handler))
def test_every_handler_can_give_the_conversation_back_to_the_bot(handler: Handler) -> None:
    reached, seen = {handler}, set[Handler]()
    while reached - seen:
        one = (reached - seen).pop()
        seen.add(one)
        reached |= {after for (before, _), after in TRANSITIONS.items() if before is one}
    assert Handler.BOT in reached


@given(st.lists(st.sampled_from(Move)))
def test_any_run_of_moves_has_exactly_one_owner_at_any_instant(moves: list[Move]) -> None:
    handler = Handler.BOT
    for move in moves:
        try:
            handler = next_handler(handler, move)
        except IllegalMove:
            continue
        assert handler in set(Handler)
