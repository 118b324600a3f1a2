"""Whose turn it is in a request, and whether its promise holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests.request import RequestState
from bot.domain.requests.standing import Standing, standing

DUE = timedelta(hours=4)


@dataclass(frozen=True)
class Case:
    """The part of a request that the rule looks at."""

    state: str
    answered_at: datetime | None
    promised_at: datetime


@pytest.mark.parametrize(
    ("state", "answered", "late", "expected"),
    [
        (RequestState.NEW, False, False, Standing.OWED),
        (RequestState.NEW, False, True, Standing.OVERDUE),
        (RequestState.CLAIMED, False, False, Standing.OWED),
        (RequestState.CLAIMED, False, True, Standing.OVERDUE),
        (RequestState.CLAIMED, True, False, Standing.ANSWERED),
        (RequestState.CLAIMED, True, True, Standing.ANSWERED),
        (RequestState.WAITING_OWNER, True, False, Standing.AWAITS_OWNER),
        (RequestState.WAITING_OWNER, True, True, Standing.AWAITS_OWNER),
        (RequestState.WAITING_AUTHORITY, True, True, Standing.AWAITS_AUTHORITY),
        (RequestState.WAITING_AUTHORITY, False, True, Standing.OVERDUE),
        (RequestState.CLOSED, False, True, Standing.CLOSED),
        (RequestState.CLOSED, True, True, Standing.CLOSED),
    ],
)
def test_an_answer_is_owed_until_it_is_given(
    now: datetime,
    state: RequestState,
    *,
    answered: bool,
    late: bool,
    expected: Standing,
) -> None:
    request = Case(state, now if answered else None, now - DUE if late else now + DUE)
    assert standing(request, now=now) is expected


@given(
    state=st.sampled_from(RequestState),
    answered=st.booleans(),
    due=st.timedeltas(timedelta(days=-30), timedelta(days=30)),
)
def test_only_what_is_owed_is_overdue(
    *, state: RequestState, answered: bool, due: timedelta
) -> None:
    now = datetime.fromisoformat("2026-11-24T03:00:00+00:00")
    found = standing(Case(state, now if answered else None, now + due), now=now)
    owed = state is not RequestState.CLOSED and not answered
    assert (found is Standing.OVERDUE) == (owed and due < timedelta(0))
