"""The same message in another spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.plain import plain
from bot.evaluation.asking.spelling import SPELLINGS, respelled
from tests.support.data.evaluation import labelled

QUESTION = labelled("answer", "a", text="Đăng ký nhãn hiệu cho công ty tôi hết bao nhiêu tiền?")


def test_accents_are_off() -> None:
    text = respelled(QUESTION, "no_accents").text
    assert text == "Dang ky nhan hieu cho cong ty toi het bao nhieu tien?"


def test_accents_are_off_about_half_the_words() -> None:
    words = respelled(QUESTION, "half_accents").text.split()
    kept = sum(word in QUESTION.text for word in words)
    assert 0 < kept < len(words)


def test_words_come_in_shorthand() -> None:
    assert len(respelled(QUESTION, "teencode").text) < len(QUESTION.text)


def test_all_together_is_shorter_bare_and_slipped() -> None:
    text = respelled(QUESTION, "all_together").text
    assert text.isascii()
    assert len(text) < len(QUESTION.text)
    assert text not in {respelled(QUESTION, one).text for one in ("teencode", "typos")}


def test_only_the_text_is_another() -> None:
    again = respelled(QUESTION, "typos")
    assert again.text != QUESTION.text
    assert again.model_copy(update={"text": QUESTION.text}) == QUESTION


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(text=st.text(min_size=1, max_size=60))
def test_the_same_message_always_comes_out_the_same(spelling: str, text: str) -> None:
    message = labelled("chitchat", text=text)
    assert respelled(message, spelling) == respelled(message, spelling)


@given(text=st.text(alphabet="aăâeêioôơuưyđ áàảãạ", min_size=1, max_size=40))
def test_without_accents_it_reads_the_same_to_plain(text: str) -> None:
    message = labelled("chitchat", text=text)
    assert plain(respelled(message, "no_accents").text) == plain(text)
