"""Failures, and the part that is to blame."""

import pytest

from bot.evaluation.asking.evaluation_set import LabelledMessage
from bot.evaluation.asking.turn import Turn
from bot.evaluation.figures.failure import Cause, Kind, dialogue_failures, message_failures
from tests.support.data.evaluation import came, dialogue_row, expected, labelled, result

WANTED = labelled("answer", "a")


@pytest.mark.parametrize(
    ("label", "turn", "kind", "cause"),
    [
        (WANTED, came("answer", "x y a"), Kind.OTHER_ARTICLE, Cause.RANKING),
        (WANTED, came("answer", "x y"), Kind.OTHER_ARTICLE, Cause.RETRIEVAL),
        (WANTED, came("answer", "u v w x y a"), Kind.OTHER_ARTICLE, Cause.RETRIEVAL),
        (WANTED, came("clarify", "- x a", offered="x a"), Kind.REFUSED, Cause.CONFIDENCE),
        (WANTED, came("handover", "- x", offered="x"), Kind.REFUSED, Cause.RETRIEVAL),
        (WANTED, came("handover", intent="handover"), Kind.REFUSED, Cause.INTENT),
        (WANTED, came("out_of_scope"), Kind.REFUSED, Cause.CONFIDENCE),
        (WANTED, came("request"), Kind.REFUSED, Cause.INTENT),
        (WANTED, came(None), Kind.SILENT, Cause.RETRIEVAL),
        (labelled("request"), came("answer", "a"), Kind.NOT_RECOGNISED, Cause.INTENT),
        (labelled("chitchat"), came("answer", "a"), Kind.OFF_TOPIC_ANSWERED, Cause.CONFIDENCE),
        (
            labelled("answer", "a b", parts=["a", "b"]),
            came("answer", "a"),
            Kind.PART_MISSED,
            Cause.RETRIEVAL,
        ),
    ],
)
def test_a_failure_has_a_kind_and_a_cause(
    label: LabelledMessage, turn: Turn, kind: Kind, cause: Cause
) -> None:
    (found,) = message_failures([result(label, turn)])
    assert (found.kind, found.cause) == (kind, cause)


@pytest.mark.parametrize(
    ("label", "turn"),
    [
        (WANTED, came("answer", "a")),
        (labelled("wrong_office", "o"), came("wrong_office", "o")),
        (labelled("chitchat"), came("out_of_scope")),
        (labelled("privacy"), came("privacy")),
        (labelled("answer", "a b", parts=["a", "b"]), came("answer", "b a")),
    ],
)
def test_what_came_right_is_no_failure(label: LabelledMessage, turn: Turn) -> None:
    assert message_failures([result(label, turn)]) == []


def test_the_surest_mistakes_of_a_kind_come_first() -> None:
    rows = [
        result(labelled("answer", "a", id="m1"), came("clarify", "- a")),
        result(labelled("answer", "a", id="m2"), came("answer", "x", confidence=0.5)),
        result(labelled("answer", "a", id="m3"), came("answer", "x", confidence=0.8)),
        result(labelled("out_of_scope", id="m4"), came("answer", "x", confidence=0.1)),
    ]
    assert [one.id for one in message_failures(rows)] == ["m4", "m3", "m2", "m1"]


def test_a_failed_turn_is_named_by_its_number() -> None:
    table = [
        dialogue_row(
            (expected("answer", "a"), came("answer", "a")),
            (expected("answer", "b"), came("answer", "x")),
            (expected("request"), came("answer", "x")),
            id="d7",
        )
    ]
    found = dialogue_failures(table)
    assert [(one.id, one.cause) for one in found] == [
        ("d7/2", Cause.RETRIEVAL),
        ("d7/3", Cause.INTENT),
    ]
    assert {one.kind for one in found} == {Kind.TURN}


def test_it_holds_no_word_of_the_message() -> None:
    label = labelled("answer", "a", text="một câu rất riêng tư")
    (found,) = message_failures([result(label, came("answer", "x"))])
    assert "riêng" not in found.model_dump_json()
