"""An ending needs what belongs to it."""

import pytest

from bot.domain.requests.closing import CHOSEN, Closing, ClosingRefused, Ending, detail_of

WHOLE = {
    Ending.PASSED_ON: {"authority": "so_cong_thuong"},
    Ending.DUPLICATE: {"kept": 7},
}


@pytest.mark.parametrize("ending", CHOSEN)
def test_an_ending_with_all_that_belongs_to_it_passes(ending: Ending) -> None:
    words = "" if ending is Ending.SPAM else "Cảm ơn anh/chị."

    Closing(ending, **WHOLE.get(ending, {})).check(words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("closing", "words", "reason"),
    [
        (Closing(Ending.PASSED_ON), "", "authority"),
        (Closing(Ending.PASSED_ON, kept=7), "Xin chào", "authority"),
        (Closing(Ending.DUPLICATE, authority="thue"), "", "kept"),
        (Closing(Ending.SPAM), "Đừng nhắn nữa", "words_to_spam"),
    ],
)
def test_what_is_missing_is_named(closing: Closing, words: str, reason: str) -> None:
    with pytest.raises(ClosingRefused) as refused:
        closing.check(words)

    assert refused.value.reason == reason


def test_only_what_was_answered_by_somebody_is_rated_and_only_spam_is_not_told() -> None:
    assert {one for one in Ending if one.asks_rating} == {
        Ending.ANSWERED,
        Ending.PASSED_ON,
        Ending.NOT_OURS,
    }
    assert [one for one in Ending if not one.is_told] == [Ending.SPAM]


def test_the_history_keeps_the_ending_and_whom_it_names() -> None:
    assert detail_of(Ending.ANSWERED) == "answered"
    assert detail_of(Ending.PASSED_ON, "thue") == "passed_on: thue"
