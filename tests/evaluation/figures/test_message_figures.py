"""Figures over messages, each held against a table counted by hand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.asking.result import MessageResult
from bot.evaluation.figures.message_figures import (
    asked_back_or_refused,
    by_style,
    by_topic,
    clarified,
    headline,
    in_three,
    nearest_offered,
    off_topic_answered,
    outcomes,
    recognised,
    right_first,
    two_questions,
)
from bot.evaluation.figures.share import Share
from tests.support.data.evaluation import answer_row, came, labelled, result

# wanted, served and alternatives         right first | in three | no article
ANSWERABLE = [
    answer_row("a", "a b c"),  #          yes         | yes      |
    answer_row("a b", "b"),  #            yes         | yes      |
    answer_row("a", "x y a"),  #          no          | yes      |
    answer_row("a", "x y z a"),  #        no          | no: 4th  |
    answer_row("a", "- a"),  #            no          | yes      | yes
    answer_row("a", "- x y z a"),  #      no          | no: 4th  | yes
    answer_row("a", "-"),  #              no          | no       | yes
    result(labelled("wrong_office", "o"), came("wrong_office", "o")),  # yes | yes
    result(labelled("wrong_office", "o"), came("answer", "x")),  # no | no
]
NOISE = [
    result(labelled("out_of_scope"), came("answer", "a")),
    result(labelled("out_of_scope"), came("out_of_scope")),
    result(labelled("chitchat"), came("chitchat")),
    result(labelled("chitchat"), came("wrong_office", "o")),
    result(labelled("chitchat"), came("clarify", "- a b", offered="a b")),
    result(labelled("request"), came("request")),
    result(labelled("request"), came("answer", "a")),
    result(labelled("handover", "a"), came("answer", "a")),
    result(labelled("privacy"), came("privacy")),
]
TABLE = [*ANSWERABLE, *NOISE]


def test_right_first_counts_served_articles_of_answerable_messages() -> None:
    assert right_first(TABLE) == Share(hits=3, of=9)


def test_in_three_counts_the_served_one_and_the_nearest() -> None:
    assert in_three(TABLE) == Share(hits=5, of=9)


def test_a_refused_message_has_three_alternatives_to_be_met_by() -> None:
    refused = [answer_row("a", "- x y a"), answer_row("a", "- x y z a")]
    assert in_three(refused) == Share(hits=1, of=2)


def test_two_questions_need_every_part_among_the_first_five() -> None:
    rows = [
        ("p q", "p q"),
        ("p q", "p x y z q"),  # q is the fifth
        ("p q", "p w x y z q"),  # q is the sixth
        ("p q", "p x"),
        ("p q", "- p q"),
        ("p q", "q"),
    ]
    table = [
        result(labelled("answer", accept, parts=accept.split()), came("answer", articles))
        for accept, articles in rows
    ]
    assert two_questions([*table, *TABLE]) == Share(hits=3, of=6)


def test_a_part_is_met_by_any_of_its_articles() -> None:
    row = result(labelled("answer", "p q r", parts=["p q", "r"]), came("answer", "q r"))
    assert two_questions([row]) == Share(hits=1, of=1)


def test_off_topic_answered_counts_articles_served_to_small_talk() -> None:
    assert off_topic_answered(TABLE) == Share(hits=2, of=5)


def test_asked_back_or_refused_counts_missing_articles() -> None:
    assert asked_back_or_refused(TABLE) == Share(hits=3, of=9)


def test_what_is_wanted_done_is_recognised_by_its_outcome() -> None:
    counted = recognised(TABLE)
    assert counted == {
        "request": Share(hits=1, of=2),
        "request_status": Share(hits=0, of=0),
        "handover": Share(hits=0, of=1),
        "assessment": Share(hits=0, of=0),
        "privacy": Share(hits=1, of=1),
    }


def test_outcomes_are_counted_by_label_and_by_what_came() -> None:
    silent = result(labelled("chitchat"), came(None))
    assert outcomes([*NOISE, silent]) == {
        "out_of_scope": {"answer": 1, "out_of_scope": 1},
        "chitchat": {"chitchat": 1, "clarify": 1, "none": 1, "wrong_office": 1},
        "handover": {"answer": 1},
        "request": {"answer": 1, "request": 1},
        "privacy": {"privacy": 1},
    }


def test_topics_are_those_of_the_best_accepted_article() -> None:
    topics = {"a": "labels", "b": "brands"}
    rows = [
        answer_row("a b", "b"),
        answer_row("a", "x"),
        answer_row("b", "b"),
        answer_row("gone b", "x"),
        answer_row("gone", "x"),
    ]
    assert by_topic([*rows, *NOISE], topics) == {
        "": Share(hits=0, of=1),
        "brands": Share(hits=1, of=2),
        "labels": Share(hits=1, of=2),
    }


def test_styles_are_counted_apart() -> None:
    rows = [
        answer_row("a", "a", style="typo"),
        answer_row("a", "x a", style="typo"),
        answer_row("a", "x", style="caps"),
    ]
    counted = by_style([*rows, *NOISE])
    assert list(counted) == ["caps", "typo"]
    assert counted["typo"].right_first == Share(hits=1, of=2)
    assert counted["typo"].in_three == Share(hits=2, of=2)
    assert counted["caps"].right_first == Share(hits=0, of=1)


def test_asking_back_is_good_when_the_article_is_on_a_button() -> None:
    wanted = labelled("answer", "a")
    rows = [
        result(wanted, came("clarify", "- a b", offered="a b")),
        result(wanted, came("clarify", "- x y a", offered="x y")),
        result(wanted, came("handover", "- x y a", offered="x y a")),
        result(wanted, came("handover", "- x y z", offered="x y z")),
        result(wanted, came("handover")),  # asked for a person, nothing was offered
        result(labelled("chitchat"), came("clarify", "- a b", offered="a b")),
    ]
    assert clarified(rows) == Share(hits=1, of=2)
    assert nearest_offered(rows) == Share(hits=1, of=2)


def test_an_empty_table_has_no_percentages() -> None:
    assert headline([]).right_first.percent is None


ARTICLES = st.sampled_from("abcde")
ROWS = st.lists(
    st.builds(
        lambda accept, served, others, two: result(
            labelled("answer", " ".join(accept), parts=sorted(accept) if two else None),
            came("answer", " ".join([served, *others])),
        ),
        accept=st.sets(ARTICLES, min_size=2, max_size=3),
        served=st.sampled_from("abcde-"),
        others=st.lists(ARTICLES, unique=True, max_size=5),
        two=st.booleans(),
    )
)


@given(ROWS)
def test_what_is_first_is_among_three_and_what_is_refused_is_not_first(
    rows: list[MessageResult],
) -> None:
    head = headline(rows)
    assert head.right_first.hits <= head.in_three.hits <= len(rows)
    assert head.right_first.hits + head.asked_back_or_refused.hits <= len(rows)
    assert head.two_questions.of == sum(row.label.parts is not None for row in rows)
    assert head.off_topic_answered.of == 0


@given(ROWS)
def test_styles_and_topics_add_up_to_the_whole(rows: list[MessageResult]) -> None:
    whole = right_first(rows)
    topics = by_topic(rows, {"a": "one", "b": "two"}).values()
    styles = [figures.right_first for figures in by_style(rows).values()]
    for parts in (list(topics), styles):
        assert sum(part.hits for part in parts) == whole.hits
        assert sum(part.of for part in parts) == whole.of
