"""Each request is of one answer, open or closed, of one age."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests.closing import Ending
from bot.domain.requests.figures import Age, Figure, age_of, is_counted
from bot.domain.requests.request import RequestState

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
INSTANTS = st.integers(-100, 10).map(lambda hours: NOW + timedelta(hours=hours))

PARTS = (
    (Figure.IN_TIME, Figure.LATE, Figure.STILL_OWED, Figure.UNANSWERED, Figure.ASIDE),
    (Figure.OPEN, Figure.CLOSED, Figure.ASIDE),
    (Figure.RIGHT_FIRST, Figure.CORRECTED, Figure.ASIDE),
    (Figure.RECEIVED, Figure.ASIDE),
)


@dataclass
class Case:
    state: RequestState
    created_at: datetime
    promised_at: datetime
    first_reply_at: datetime | None
    rating: int | None
    corrected: bool
    ending: str | None = None


CASES = st.builds(
    Case,
    st.sampled_from(RequestState),
    INSTANTS,
    INSTANTS,
    st.none() | INSTANTS,
    st.none() | st.integers(1, 5),
    st.booleans(),
    st.none() | st.sampled_from(Ending),
)


@given(CASES)
def test_figures_that_belong_together_share_all_requests(case: Case) -> None:
    for parts in PARTS:
        assert sum(is_counted(case, figure, now=NOW) for figure in parts) == 1
    is_low = is_counted(case, Figure.LOW, now=NOW)
    assert not is_low or is_counted(case, Figure.RATED, now=NOW)
    assert age_of(case, now=NOW) in Age


def case(created_at: datetime) -> Case:
    return Case(RequestState.NEW, created_at, NOW, None, None, corrected=False)


def test_an_answer_at_the_promised_instant_is_in_time_and_what_waits_longer_is_late() -> None:
    one = case(NOW)
    assert is_counted(one, Figure.STILL_OWED, now=NOW)
    assert is_counted(one, Figure.LATE, now=NOW + timedelta(seconds=1))
    one.first_reply_at = NOW
    assert is_counted(one, Figure.IN_TIME, now=NOW + timedelta(seconds=1))


def test_ages_begin_with_their_day() -> None:
    ages = [
        age_of(
            Case(RequestState.NEW, NOW - timedelta(days=days), NOW, None, None, corrected=False),
            now=NOW,
        )
        for days in (-1, 0, 1, 2, 3, 7, 29, 30, 900)
    ]
    assert ages == [
        *[Age.UNDER_1] * 2,
        *[Age.FROM_1] * 2,
        Age.FROM_3,
        *[Age.FROM_7] * 2,
        *[Age.FROM_30] * 2,
    ]
