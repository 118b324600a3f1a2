"""Whatever breaks over one file is told of that file."""

import logging
from pathlib import Path

import pytest

from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of

FILE = Path("knowledge_base/topics.yml")


def test_what_nobody_foresaw_is_a_problem_of_the_file_and_its_trace_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(KnowledgeError) as caught, reading_of(FILE):
        raise RecursionError

    assert caught.value.problems == [Problem(FILE, 0, "its reading broke: RecursionError")]
    (told,) = caplog.records
    assert (told.levelno, told.exc_info is not None) == (logging.ERROR, True)


def test_what_is_known_to_be_wrong_stays_as_it_was_told(caplog: pytest.LogCaptureFixture) -> None:
    known = KnowledgeError([Problem(FILE, 3, "no field", Fault.NO_FIELD)])

    with pytest.raises(KnowledgeError) as caught, reading_of(FILE):
        raise known

    assert caught.value is known
    assert caplog.records == []
