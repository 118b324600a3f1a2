import pytest

from vietnamese.accents import strip_accents
from vietnamese.normal import compose, tokens
from vietnamese.teencode import SHORTHAND


@pytest.mark.parametrize("short", SHORTHAND)
def test_shorthand_is_one_word_as_it_is_looked_up(short: str) -> None:
    assert compose(short) == short
    assert " " not in short


@pytest.mark.parametrize(("short", "long"), SHORTHAND.items())
def test_what_it_stands_for_is_no_shorthand_itself(short: str, long: str) -> None:
    assert tokens(short) == long.split()
    assert tokens(long) == long.split()
    assert tokens(strip_accents(long)) == strip_accents(long).split()


def test_what_has_two_readings_is_left_out() -> None:
    assert not {"h", "hd", "tt", "cb", "nd", "dt", "qa"} & set(SHORTHAND)


def test_a_bare_form_means_what_the_accented_one_means() -> None:
    differing = {
        short
        for short, long in SHORTHAND.items()
        if SHORTHAND.get(strip_accents(short), long) != long
    }
    # "nhìu" is nhiều; "nhiu" is what the South says for bao nhiêu.
    assert differing == {"nhìu"}
