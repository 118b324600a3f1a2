"""What a campaign may become, and when it asks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.surveys.campaign import (
    CampaignMove,
    CampaignMoveRefused,
    CampaignState,
    Window,
    moved,
)

INSTANTS = st.integers(
    min_value=int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()),
    max_value=int(datetime(2040, 1, 1, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.lists(st.sampled_from(CampaignMove)))
def test_what_is_over_stays_over_and_only_a_draft_is_opened(moves: list[CampaignMove]) -> None:
    state, was_open, was_over = CampaignState.DRAFT, False, False
    for move in moves:
        try:
            after = moved(state, move)
        except CampaignMoveRefused:
            continue
        assert not was_over
        assert (after is CampaignState.OPEN) == (state is CampaignState.DRAFT)
        assert not (after is CampaignState.OPEN and was_open)
        was_open = was_open or after is CampaignState.OPEN
        was_over = after.is_over
        state = after


@pytest.mark.parametrize("move", [CampaignMove.STOP, CampaignMove.CLOSE])
def test_a_draft_asks_nobody_so_there_is_nothing_to_end(move: CampaignMove) -> None:
    with pytest.raises(CampaignMoveRefused):
        moved(CampaignState.DRAFT, move)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_a_window_holds_from_its_first_instant_until_before_its_last(
    opens: datetime, closes: datetime, now: datetime
) -> None:
    window = Window(opens, closes)
    assert window.holds(now) == (opens <= now < closes)
    assert not window.holds(closes)
    if opens < closes:
        assert window.holds(opens)
        assert window.holds(closes - timedelta(microseconds=1))
