"""A run that is answered on one page, over real databases."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.path import asked, next_question
from bot.domain.assessments.question import Answer, QuestionKind
from bot.domain.talk.messages import ChannelName
from bot.knowledge.library import Library
from bot.knowledge.products.products import Products
from bot.services.assessments.answer_page import AnswerPages, Taken
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.shown_page import DONE, VALUE, WAS, AnswerPage, ShownQuestion
from bot.services.messaging.conversations import ConversationService
from bot.storage.database import Database
from bot.storage.models import Attempt, AttemptAnswer, Conversation, Delivery, Message
from bot.texts import default_texts
from tests.support.data.answer_forms import Form, filled, form_of
from tests.support.data.assessments import SCALE, dimension, small_assessment

TYPED_QUESTIONS: list[dict[str, Any]] = [
    {"id": "staff", "text": "Bao nhiêu người?", "kind": "number", "unit": "người", "most": 5000},
    {
        "id": "trained",
        "text": "Bao nhiêu người đã học?",
        "kind": "number",
        "unit": "người",
        "at_most": "staff",
    },
    {"id": "money", "text": "Doanh thu?", "kind": "number", "unit": "triệu đồng"},
    {"id": "since", "text": "Năm thành lập?", "kind": "year", "least": 1950, "most": 2026},
    {"id": "goods", "text": "Bán gì?", "kind": "product"},
    {"id": "wish", "text": "Còn gì nữa?", "kind": "text", "longest": 300},
    {
        "id": "tools",
        "text": "Có gì?",
        "kind": "several",
        "choices": [{"id": "scales", "title": "Cân"}, {"id": "ruler", "title": "Thước"}],
    },
    {
        "id": "sells",
        "text": "Bán ở đâu?",
        "kind": "one_of",
        "choices": [{"id": "here", "title": "Tại chỗ"}, {"id": "abroad", "title": "Nước ngoài"}],
    },
    {
        "id": "country",
        "text": "Nước nào đòi giấy?",
        "kind": "one_of",
        "choices": [{"id": "eu", "title": "Châu Âu"}, {"id": "us", "title": "Mỹ"}],
        "when": {"sells": ["abroad"]},
        "may_not_apply": True,
    },
]

SMALL = small_assessment(dimensions=[dimension("a"), dimension("b", 1)])
LADDER = small_assessment(id="ladder", dimensions=[dimension("r", 3, ladder=True)])
KINDS = small_assessment(
    id="kinds",
    dimensions=[{**dimension("k"), "questions": TYPED_QUESTIONS}, dimension("s", 1)],
)
OURS = (
    "5s",
    "chon-bai",
    "chuyen-doi-so",
    "giai-thuong",
    "iso-9001",
    "nang-suat",
    "quan-ly-chat-luong",
    "san-pham",
    "so-huu-tri-tue",
    "truy-xuat",
)


@pytest.fixture
def assessments(library: Library) -> Mapping[str, Assessment]:
    own = {"small": SMALL, "ladder": LADDER, "kinds": KINDS}
    return {**library.tables.assessments, **own}


@pytest.fixture
def products(library: Library) -> Products:
    return library.current.products


@pytest.fixture
def writing(any_database: Database) -> Iterator[Session]:
    with any_database.transaction() as session:
        yield session


@pytest.fixture
def pages(
    writing: Session, assessments: Mapping[str, Assessment], products: Products
) -> AnswerPages:
    return AnswerPages(writing, assessments, default_texts(), products=products)


@pytest.fixture
def begin(pages: AnswerPages, now: datetime) -> Callable[..., Attempt]:
    def begun(assessment: str, key: str = "here") -> Attempt:
        return pages.begin(
            assessment,
            enterprise_id=None,
            key=key,
            officer_id=None,
            campaign_id=None,
            consent_version="1",
            now=now,
        )

    return begun


@pytest.fixture
def small(begin: Callable[..., Attempt]) -> Attempt:
    begin("small", "noise-1")
    begin("kinds", "noise-2")
    return begin("small")


@pytest.fixture
def kinds(begin: Callable[..., Attempt]) -> Attempt:
    return begin("kinds")


def sent(**fields: str | list[str]) -> Form:
    """A post with values for questions; `_` in a name stands for `-`."""
    values = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    return {f"{VALUE}{name.replace('_', '-')}": value for name, value in values.items()}


def answers_of(attempt: Attempt) -> dict[str, Answer]:
    return {row.question: tuple(row.answer) for row in attempt.answers}


def shown(page: AnswerPage) -> dict[str, ShownQuestion]:
    return {one.id: one for part in page.sections for one in part.questions}


class TestBegin:
    def test_the_same_key_gives_the_same_run(
        self, pages: AnswerPages, begin: Callable[..., Attempt], writing: Session
    ) -> None:
        first, again, other = begin("small"), begin("small"), begin("small", "there")
        assert first is again
        assert first is not other
        assert pages.find("here") is first
        assert pages.find("nowhere") is None
        assert writing.scalar(select(func.count()).select_from(Attempt)) == 2

    def test_its_conversation_is_nobodys_to_write_to(
        self, small: Attempt, writing: Session
    ) -> None:
        conversation = writing.get_one(Conversation, small.conversation_id)
        assert conversation.channel == ChannelName.ANSWER_PAGE
        assert not conversation.reachable
        assert conversation.contact.display_name == ""

    def test_an_unknown_assessment_is_none(self, begin: Callable[..., Attempt]) -> None:
        with pytest.raises(KeyError):
            begin("nothing")


class TestShown:
    def test_every_score_of_a_scale_can_be_chosen(self, pages: AnswerPages, small: Attempt) -> None:
        question = shown(pages.shown(small))["a-1"]
        assert [one.value for one in question.options] == ["0", "1", "2", "3", "4", "5"]
        assert [one.title for one in question.options][:3] == [
            "0 · Chưa làm",
            "1",
            "2 · Làm một phần",
        ]
        assert [one.value for one in question.beside] == ["khong_biet"]
        assert SCALE["most"] == 5

    def test_free_words_stand_whole_and_what_is_too_long_is_told(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        words = "một | hai, " * 25
        assert not pages.take(kinds, sent(wish=words), cause="1", now=now).problems
        assert answers_of(kinds) == {"wish": (words.strip(),)}
        page = pages.shown(kinds)
        assert shown(page)["wish"].typed == words.strip()
        assert not pages.take(kinds, form_of(page), cause="2", now=now).changed
        long = {**form_of(page), **sent(wish="x" * 301)}
        taken = pages.take(kinds, long, cause="3", now=now)
        assert "nhiều nhất 300 ký tự" in taken.problems["wish"]
        kept = shown(pages.shown(kinds, problems=taken.problems, typed=long))["wish"]
        assert kept.typed == "x" * 301
        nothing = {**form_of(page), **sent(wish=[words, "khong_biet"])}
        assert not pages.take(kinds, nothing, cause="4", now=now).problems
        assert answers_of(kinds) == {"wish": ("khong_biet",)}

    def test_a_question_behind_a_branch_is_not_shown(
        self, pages: AnswerPages, kinds: Attempt
    ) -> None:
        assert "country" not in shown(pages.shown(kinds))

    def test_each_kind_has_its_own_ways_to_say_nothing(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        pages.take(kinds, sent(sells="abroad"), cause="1", now=now)
        questions = shown(pages.shown(kinds))
        assert [one.value for one in questions["tools"].beside] == ["khong_co", "khong_biet"]
        assert [one.value for one in questions["country"].beside] == ["khong_biet", "khong_ap_dung"]
        assert questions["staff"].is_typed
        assert questions["staff"].options == []

    def test_what_is_kept_stands_there(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        typed = sent(money="3,2 tỷ", goods="em bán quạt điện", tools=["ruler", "scales"])
        pages.take(kinds, typed, cause="1", now=now)
        questions = shown(pages.shown(kinds))
        assert questions["money"].typed == questions["money"].was == "3.200"
        assert questions["goods"].typed == questions["goods"].found
        assert questions["goods"].found.startswith("Quạt bàn, quạt hộp")
        assert questions["tools"].was == "scales|ruler"
        assert [one.chosen for one in questions["tools"].options] == [True, True]


class TestTake:
    def test_all_answers_of_a_post_are_saved(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        taken = pages.take(small, sent(a_1="2", b_1="5"), cause="1", now=now)
        assert taken == Taken({}, finished=False, waiting="a-2", changed=True)
        assert answers_of(small) == {"a-1": ("2",), "b-1": ("5",)}
        assert small.state == AttemptState.OPEN

    def test_right_ones_are_saved_beside_wrong_ones_which_are_named_and_kept(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        post = sent(staff="nhiều lắm", since="1805", sells="mars", tools="scales", money="12")
        taken = pages.take(kinds, post, cause="1", now=now)
        assert set(taken.problems) == {"staff", "since", "sells"}
        assert "người" in taken.problems["staff"]
        assert "1950" in taken.problems["since"]
        assert answers_of(kinds) == {"tools": ("scales",), "money": ("12",)}
        page = pages.shown(kinds, problems=taken.problems, typed=post)
        questions = shown(page)
        assert questions["staff"].typed == "nhiều lắm"
        assert questions["staff"].was == ""
        assert [one.id for one in page.wrong] == ["staff", "since", "sells"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("3,2 tỷ", "3200"),
            ("1.250", "1250"),
            ("chưa rõ", "khong_biet"),
            ("800 triệu", "800"),
        ],
    )
    def test_numbers_are_typed_as_people_write_them(
        self, pages: AnswerPages, kinds: Attempt, now: datetime, typed: str, kept: str
    ) -> None:
        assert not pages.take(kinds, sent(money=typed), cause="1", now=now).problems
        assert answers_of(kinds) == {"money": (kept,)}

    def test_a_number_may_not_be_above_the_one_it_is_part_of(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        taken = pages.take(kinds, sent(staff="10", trained="12"), cause="1", now=now)
        assert set(taken.problems) == {"trained"}
        assert not pages.take(kinds, sent(trained="8"), cause="2", now=now).problems
        # The whole is lowered below its part: the part is named.
        lowered = pages.take(kinds, sent(staff="5"), cause="3", now=now)
        assert set(lowered.problems) == {"trained"}

    @pytest.mark.parametrize("typed", ["đèn led là gì?", "nồi cơm điện, quạt điện"])
    def test_one_product_at_a_time_is_looked_up(
        self, pages: AnswerPages, kinds: Attempt, now: datetime, typed: str
    ) -> None:
        assert set(pages.take(kinds, sent(goods=typed), cause="1", now=now).problems) == {"goods"}

    def test_a_branch_opens_its_questions_with_the_next_page(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        taken = pages.take(kinds, sent(sells="abroad"), cause="1", now=now)
        assert taken.opened == 1
        assert "country" in shown(pages.shown(kinds))

    def test_what_falls_out_of_the_way_stays_and_does_not_count(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        pages.take(kinds, sent(sells="abroad", country="eu"), cause="1", now=now)
        pages.take(kinds, sent(sells="here"), cause="2", now=now)
        assert answers_of(kinds)["country"] == ("eu",)
        assert "country" not in shown(pages.shown(kinds))
        pages.take(kinds, sent(sells="abroad"), cause="3", now=now)
        assert shown(pages.shown(kinds))["country"].was == "eu"

    def test_a_rung_opens_the_next_only_from_the_top_of_the_one_before(
        self, pages: AnswerPages, begin: Callable[..., Attempt], now: datetime
    ) -> None:
        ladder = begin("ladder")
        assert pages.take(ladder, sent(r_1="2"), cause="1", now=now).opened == 0
        assert pages.take(ladder, sent(r_1="5"), cause="2", now=now).opened == 1

    def test_the_same_post_twice_changes_nothing(
        self, pages: AnswerPages, small: Attempt, writing: Session, now: datetime
    ) -> None:
        post = {**sent(a_1="2", a_2="5", b_1="5"), DONE: ["1"]}
        first = pages.take(small, post, cause="1", now=now)
        later = now + timedelta(minutes=1)
        second = pages.take(small, post, cause="1", now=later)
        assert first.finished
        assert second == Taken({}, finished=True)
        assert (small.finished_at, small.updated_at) == (now, now)
        rows = select(func.count()).select_from(AttemptAnswer)
        assert writing.scalar(rows.where(AttemptAnswer.attempt_id == small.id)) == 3

    def test_what_is_emptied_is_open_again(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        pages.take(small, sent(a_1="2"), cause="1", now=now)
        emptied = {f"{WAS}a-1": ["2"]}
        assert pages.take(small, emptied, cause="2", now=now).waiting == "a-1"
        assert answers_of(small) == {}

    def test_two_pages_do_not_undo_one_another(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        pages.take(small, sent(a_1="1"), cause="0", now=now)
        one, other = form_of(pages.shown(small)), form_of(pages.shown(small))
        pages.take(small, one | sent(a_1="2", a_2="3"), cause="1", now=now)
        # The other page still shows a-1 as it was, and answers b-1.
        pages.take(small, other | sent(b_1="5"), cause="2", now=now)
        assert answers_of(small) == {"a-1": ("2",), "a-2": ("3",), "b-1": ("5",)}
        # Both answer one question: the later counts.
        pages.take(small, other | sent(a_1="4"), cause="3", now=now)
        assert answers_of(small)["a-1"] == ("4",)
        # An emptied answer that another has changed meanwhile stays.
        pages.take(small, {f"{WAS}a-1": ["1"]}, cause="4", now=now)
        assert answers_of(small)["a-1"] == ("4",)

    def test_of_two_that_exclude_one_another_the_newer_counts(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        both = pages.take(kinds, sent(staff=["12", "khong_biet"]), cause="1", now=now)
        assert set(both.problems) == {"staff"}
        pages.take(kinds, sent(staff="khong_biet", tools="scales"), cause="2", now=now)
        newer = {
            **sent(staff=["12", "khong_biet"], tools=["scales", "khong_co"]),
            f"{WAS}staff": ["khong_biet"],
            f"{WAS}tools": ["scales"],
        }
        assert not pages.take(kinds, newer, cause="3", now=now).problems
        assert answers_of(kinds) == {"staff": ("12",), "tools": ("khong_co",)}


class TestFinish:
    def test_it_is_said_to_be_done_and_all_is_answered(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        all_of_it = sent(a_1="2", a_2="5", b_1="5")
        assert not pages.take(small, all_of_it, cause="1", now=now).finished
        assert pages.take(small, {DONE: ["1"]}, cause="2", now=now).finished
        assert small.state == AttemptState.FINISHED
        assert (small.percent, small.level) == (85, "middle")
        assert {row.dimension: row.percent for row in small.scores} == {"a": 70, "b": 100}

    def test_what_is_not_answered_is_named(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        taken = pages.take(small, {**sent(a_1="2"), DONE: ["1"]}, cause="1", now=now)
        assert set(taken.problems) == {"a-2", "b-1"}
        assert answers_of(small) == {"a-1": ("2",)}

    def test_a_question_that_has_just_opened_is_no_fault(
        self, pages: AnswerPages, begin: Callable[..., Attempt], now: datetime
    ) -> None:
        ladder = begin("ladder")
        taken = pages.take(ladder, {**sent(r_1="5"), DONE: ["1"]}, cause="1", now=now)
        assert (taken.problems, taken.finished, taken.opened) == ({}, False, 1)

    def test_a_finished_run_is_put_right(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        done = {DONE: ["1"]}
        pages.take(small, {**sent(a_1="0", a_2="0", b_1="0"), **done}, cause="1", now=now)
        later = now + timedelta(hours=1)
        # A page that was open in another tab is not lost, though nobody pressed there.
        assert pages.take(small, sent(b_1="5"), cause="2", now=later).finished
        assert (small.percent, small.finished_at) == (50, later)
        emptied = pages.take(small, {f"{WAS}b-1": ["5"]}, cause="3", now=later)
        assert not emptied.finished
        assert (small.state, small.finished_at, small.percent) == ("open", None, None)

    def test_a_wrong_answer_does_not_finish(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        pages.take(small, sent(a_1="2", a_2="5", b_1="5"), cause="1", now=now)
        taken = pages.take(small, {**sent(b_1="9"), DONE: ["1"]}, cause="2", now=now)
        assert (set(taken.problems), taken.finished) == ({"b-1"}, False)
        assert small.state == AttemptState.OPEN


class TestHostile:
    def test_foreign_fields_are_passed_over(
        self, pages: AnswerPages, small: Attempt, now: datetime
    ) -> None:
        flood = {f"{VALUE}x{number}": ["1"] * 30 for number in range(10_000)}
        odd = {"a-1": ["5"], f"{VALUE}": ["5"], f"{VALUE}a-1 ": ["5"], "q": ["1"]}
        assert not pages.take(small, {**flood, **odd}, cause="1", now=now).changed
        assert answers_of(small) == {}

    @pytest.mark.parametrize(
        "values",
        [
            ["99"],
            ["-1"],
            ["²"],
            ["2", "5"],
            ["khong_ap_dung"],
            ["x" * 100_000],
            ["'; DROP TABLE attempts"],
            ["<script>"],
        ],
    )
    def test_a_scale_takes_its_scores_alone(
        self, pages: AnswerPages, small: Attempt, now: datetime, values: list[str]
    ) -> None:
        taken = pages.take(small, sent(a_1=values), cause="1", now=now)
        assert set(taken.problems) == {"a-1"}
        assert answers_of(small) == {}

    @given(
        values=st.lists(st.text(max_size=60), max_size=5),
        was=st.text(max_size=30),
        name=st.sampled_from([one["id"] for one in TYPED_QUESTIONS]),
    )
    @settings(
        max_examples=60,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_whatever_is_sent_is_either_an_answer_or_named(
        self,
        *,
        pages: AnswerPages,
        kinds: Attempt,
        now: datetime,
        values: list[str],
        was: str,
        name: str,
    ) -> None:
        post = {f"{VALUE}{name}": values, f"{WAS}{name}": [was]}
        taken = pages.take(kinds, post, cause="x", now=now)
        page = pages.shown(kinds, problems=taken.problems, typed=post)
        assert all("\x00" not in one.typed for one in shown(page).values())

    def test_nul_and_turned_writing_are_dropped(
        self, pages: AnswerPages, kinds: Attempt, now: datetime
    ) -> None:
        pages.take(kinds, sent(goods="đèn \x00lồng\u202e giấy"), cause="1", now=now)
        assert answers_of(kinds)["goods"][-1] == "ten:đèn lồng giấy"


def chat_result(
    session: Session,
    assessments: Mapping[str, Assessment],
    id_: str,
    answers: Mapping[str, Answer],
    *,
    now: datetime,
    key: str,
) -> Attempt:
    """The same answers, given one by one in a chat."""
    chat = ConversationService(session).open(ChannelName.WEB, key, name=key, now=now)
    service = AttemptService(session, assessments)
    attempt = service.start(chat.id, id_, cause=f"{key}-s", now=now).attempt
    for name, answer in answers.items():
        service.answer(attempt, answer, cause=f"{key}-{name}", now=now, question=name)
    return attempt


@pytest.mark.parametrize("id_", OURS)
@given(data=st.data())
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_page_comes_to_the_same_result_as_the_chat(
    *,
    pages: AnswerPages,
    assessments: Mapping[str, Assessment],
    writing: Session,
    now: datetime,
    data: st.DataObject,
    id_: str,
) -> None:
    number = writing.scalar(select(func.count()).select_from(Attempt)) or 0
    attempt = pages.begin(
        id_,
        enterprise_id=None,
        key=f"page-{number}",
        officer_id=None,
        campaign_id=None,
        consent_version="1",
        now=now,
    )
    # As often as the answers open questions: what the page shows is filled in, and sent.
    for turn in range(len(assessments[id_].questions) + 1):
        page = pages.shown(attempt)
        post = form_of(page) | filled(page, lambda these: data.draw(st.sampled_from(these)))
        taken = pages.take(attempt, {**post, DONE: ["1"]}, cause=f"{number}-{turn}", now=now)
        assert taken.problems == {}
        if taken.finished:
            break
    assert attempt.state == AttemptState.FINISHED
    answers = answers_of(attempt)
    way = [one.id for one in asked(assessments[id_], answers)]
    assert next_question(assessments[id_], answers) is None
    in_order = {name: answers[name] for name in way}
    chat = chat_result(writing, assessments, id_, in_order, now=now, key=f"chat-{number}")
    assert answers_of(chat) == in_order
    assert (chat.state, chat.percent, chat.level) == (
        attempt.state,
        attempt.percent,
        attempt.level,
    )
    assert {row.dimension: row.percent for row in chat.scores} == {
        row.dimension: row.percent for row in attempt.scores
    }


def test_nothing_is_said_to_a_page(
    pages: AnswerPages, small: Attempt, writing: Session, now: datetime
) -> None:
    pages.take(small, {**sent(a_1="2", a_2="5", b_1="5"), DONE: ["1"]}, cause="1", now=now)
    for model in (Message, Delivery):
        assert writing.scalar(select(func.count()).select_from(model)) == 0


def test_the_questions_of_every_kind_are_ours_too(library: Library) -> None:
    ours = library.tables.assessments.values()
    kinds = {question.kind for one in ours for question in one.questions}
    assert kinds | {QuestionKind.YEAR, QuestionKind.TEXT} == set(QuestionKind)
