"""States and codes of requests."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests.request import (
    CODE_ALPHABET,
    CODE_LENGTH,
    RequestState,
    find_code,
    new_code,
)


class TestState:
    @pytest.mark.parametrize("state", list(RequestState))
    def test_only_a_closed_request_owes_nothing(self, state: RequestState) -> None:
        assert state.is_open is (state.value != "closed")


class TestNewCode:
    def test_it_is_the_year_and_what_was_drawn(self) -> None:
        letters = iter("0F3K7")
        assert new_code(2026, lambda _: next(letters)) == "HT-26-0F3K7"

    def test_a_year_has_two_digits(self) -> None:
        assert new_code(2105, lambda alphabet: alphabet[0]) == "HT-05-00000"

    def test_the_alphabet_has_no_letter_that_is_misread(self) -> None:
        assert len(set(CODE_ALPHABET)) == 32
        assert not set(CODE_ALPHABET) & set("ILOU")

    @given(st.integers(0, 99), st.randoms(use_true_random=False))
    def test_it_has_its_form(self, year: int, chance: random.Random) -> None:
        code = new_code(2000 + year, chance.choice)
        assert re.fullmatch(rf"HT-\d\d-[{CODE_ALPHABET}]{{{CODE_LENGTH}}}", code)


class TestFindCode:
    @pytest.mark.parametrize(
        "text",
        [
            "HT-26-0F3K7",
            "ht-26-0f3k7",
            "HT260F3K7",
            "ht 26 0f3k7",
            "HT.26.0F3K7",
            "HT–26–0F3K7",
            "Mã HT-26-0F3K7 đến đâu rồi ạ?",
            "(HT-26-0F3K7)",
            "HT-26-OF3K7",  # the letter O for the digit
        ],
    )
    def test_it_finds_a_code_as_people_type_it(self, text: str) -> None:
        assert find_code(text) == "HT-26-0F3K7"

    def test_it_reads_i_and_l_as_one(self) -> None:
        assert find_code("ht-26-il3k7") == "HT-26-113K7"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "HT",
            "HT-26",
            "HT-26-0F3K",
            "HT-26-0F3K77",
            "XHT-26-0F3K7",
            "HT-2026-0F3K7",
            "26-0F3K7",
            "hội thảo 26 người",
        ],
    )
    def test_it_finds_nothing_where_there_is_no_code(self, text: str) -> None:
        assert find_code(text) is None

    @given(
        st.integers(0, 99),
        st.randoms(use_true_random=False),
        st.sampled_from(["", " ", "-", " - "]),
    )
    def test_every_code_is_found_again(self, year: int, chance: random.Random, gap: str) -> None:
        code = new_code(2000 + year, chance.choice)
        typed = code.replace("-", gap).lower()
        assert find_code(f"cho hỏi {typed} tới đâu") == code

    @given(st.text())
    def test_whatever_it_finds_has_the_form_of_a_code(self, text: str) -> None:
        code = find_code(text)
        assert code is None or re.fullmatch(r"HT-\d\d-[0-9A-Z]{5}", code)
