"""Which lines of a transcript are the form by which a request was filed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests.form_run import SHORTEST, Line, form_runs

OWNER, ASKS, FILES = Line(by_owner=True), Line(asks=True), Line(asks=True, files=True)
OTHER = Line()
LINES = {"o": OWNER, "a": ASKS, "f": FILES, "-": OTHER}


def runs(transcript: str) -> list[str]:
    """The folded stretches in square brackets' stead: their letters."""
    found = form_runs([LINES[letter] for letter in transcript])
    return [f"{run.start}:{transcript[run.start : run.stop]}" for run in found]


def test_from_the_first_question_to_the_word_that_it_is_filed() -> None:
    assert runs("o-oaoaoaof") == ["3:aoaoaof"]


def test_what_the_owner_says_before_and_after_stays_to_be_read() -> None:
    assert runs("ooaoaofoo") == ["2:aoaof"]


def test_a_question_beside_the_form_stays_to_be_read_with_its_answer() -> None:
    # The owner asked something else (o), was answered (-), and the form went on.
    assert runs("oaoao-aoaof") == ["6:aoaof"]


def test_a_form_that_was_given_up_is_not_folded() -> None:
    assert runs("oaoao--") == []
    assert runs("oaoao-oaof") == ["7:aof"]


def test_several_words_in_answer_to_one_question_belong_to_it() -> None:
    assert runs("aoooaof") == ["0:aoooaof"]


def test_two_requests_are_two_stretches() -> None:
    assert runs("oaofoaof") == ["1:aof", "5:aof"]
    assert runs("aofaof") == ["0:aof", "3:aof"]


def test_less_than_question_answer_and_filing_is_not_worth_a_fold() -> None:
    assert runs("of") == []
    assert runs("af") == []


@given(st.text(alphabet="oaf-", max_size=60))
def test_stretches_are_apart_begin_with_a_question_and_end_with_a_filing(transcript: str) -> None:
    found = form_runs([LINES[letter] for letter in transcript])
    assert all(one.stop <= other.start for one, other in pairwise(found))
    for run in found:
        inside = transcript[run.start : run.stop]
        assert len(inside) >= SHORTEST
        assert inside[0] == "a"
        assert inside[-1] == "f"
        assert "-" not in inside
