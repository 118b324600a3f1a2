"""Whether bare words ask how an office is reached: they name it, what is asked, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office.reach_asked import (
    MARK,
    ReachAsked,
    reach_asked,
    reach_of_it_asked,
)
from tests.support.data.hostile import texts


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (f"cho xin so dien thoai {MARK}", ReachAsked.TELEPHONE),
        (f"dia chi email ben {MARK}", ReachAsked.EMAIL),
        (f"dia chi email {MARK}", None),
        (f"dien thoai ben {MARK}", ReachAsked.TELEPHONE),
        (f"goi dien thoai {MARK} so may", ReachAsked.TELEPHONE),
        (f"dien thoai {MARK}", None),
        (f"ben {MARK} o dau vay", ReachAsked.ADDRESS),
        (f"{MARK} nguoi phu trach ten gi", ReachAsked.PERSON),
        (f"cho gap nguoi phu trach {MARK}", None),
        (f"ai phu trach {MARK}", ReachAsked.PERSON),
        (f"nop don {MARK} o dau", None),
        (f"so dien thoai tren {MARK}", None),
        (f"so dien thoai {MARK} 0909 123 456", None),
    ],
)
def test_the_words_are_read_whole(said: str, asked: ReachAsked | None) -> None:
    assert reach_asked(said, is_own_name=False) is asked


def test_some_work_has_no_address_and_an_office_has() -> None:
    said = f"{MARK} o dau"
    assert reach_asked(said, is_own_name=False) is None
    assert reach_asked(said, is_own_name=True) is ReachAsked.ADDRESS


@pytest.mark.parametrize(
    ("said", "asked", "inside"),
    [
        (f"ai phu trach {MARK}", ReachAsked.PERSON, None),
        (f"ben {MARK} ai phu trach", ReachAsked.PERSON, ReachAsked.PERSON),
        (f"{MARK} lien he ai", ReachAsked.PERSON, ReachAsked.PERSON),
        (f"ai lo {MARK} ben so", ReachAsked.PERSON, ReachAsked.PERSON),
        (f"ben em ai phu trach {MARK}", None, None),
        (f"{MARK} ai phu trach", None, None),
        (f"giam doc phu trach {MARK} la ai", None, None),
        (f"so dien thoai ben {MARK}", ReachAsked.TELEPHONE, ReachAsked.TELEPHONE),
    ],
)
def test_of_what_firms_do_of_their_own_somebody_of_an_office_has_to_be_named(
    said: str, asked: ReachAsked | None, inside: ReachAsked | None
) -> None:
    assert reach_asked(said, is_own_name=False) is asked
    assert reach_asked(said, is_own_name=False, is_inside=True) is inside


@given(said=st.text(alphabet="so benphgcuadoti lienhe", max_size=120) | texts, named=st.booleans())
def test_whatever_is_written_it_answers(said: str, *, named: bool) -> None:
    assert reach_asked(f"{said} {MARK}", is_own_name=named) in {None, *ReachAsked}
    assert reach_of_it_asked(said) in {None, *ReachAsked}


def test_many_words_that_may_be_read_in_two_ways_take_no_time() -> None:
    said = "ben so " * 10 + f"xyz {MARK}"
    assert reach_asked(said, is_own_name=True) is None
