"""Whom a target means."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.surveys.target import Aimed, Target, read_target

CODES = st.sampled_from(["", "10", "11", "25"])
LISTS = st.lists(st.sampled_from(["10", "11", "25"]), unique=True).map(tuple)
IDS = st.integers(min_value=1, max_value=5)

TARGETS = st.builds(
    Target,
    sectors=LISTS,
    communes=LISTS,
    sizes=LISTS,
    enterprises=st.lists(IDS, unique=True).map(tuple),
)
ENTERPRISES = st.builds(Aimed, enterprise_id=IDS, sector=CODES, commune=CODES, size_class=CODES)


@given(ENTERPRISES)
def test_one_that_asks_for_nothing_means_everybody(one: Aimed) -> None:
    assert Target().means(one)


@given(TARGETS, ENTERPRISES)
def test_each_list_narrows_and_they_do_not_depend_on_one_another(
    target: Target, one: Aimed
) -> None:
    parts = [
        Target(sectors=target.sectors),
        Target(communes=target.communes),
        Target(sizes=target.sizes),
        Target(enterprises=target.enterprises),
    ]
    assert target.means(one) == all(part.means(one) for part in parts)


@given(TARGETS)
def test_of_whom_nothing_is_known_nobody_is_meant_where_something_is_asked(target: Target) -> None:
    asks = target.sectors or target.communes or target.sizes
    if asks:
        assert not target.means(Aimed(enterprise_id=1))


@given(TARGETS)
def test_it_is_stored_and_read_again(target: Target) -> None:
    assert read_target(json.loads(json.dumps(target.stored()))) == target
    assert read_target({}) == Target()
