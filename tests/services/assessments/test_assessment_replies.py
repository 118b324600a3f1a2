"""What the owner reads during a self-assessment: the real questions, the real sentences."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.peers import Comparison, Place
from bot.domain.assessments.question import UNKNOWN
from bot.domain.assessments.scoring import score
from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.knowledge.library import Library
from bot.knowledge.tables import read_tables
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.lookup import Lookup
from bot.services.assessments.result_reply import request_text
from bot.services.assessments.step import Step
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService
from bot.settings import ROOT
from bot.texts import default_texts
from tests.support.data.assessments import answered, lookup_in, scored

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def five_s() -> Assessment:
    return read_tables(ROOT / "knowledge_base").assessments["5s"]


@pytest.fixture
def attempts(session: Session, five_s: Assessment) -> AttemptService:
    return AttemptService(session, {"5s": five_s})


@pytest.fixture
def replies(library: Library) -> AssessmentReplies:
    return AssessmentReplies(default_texts(), lookup_in(library))


@pytest.fixture
def started(session: Session, attempts: AttemptService, now: datetime) -> Step:
    chat = ConversationService(session).open(ChannelName.WEB, "k", name="Lan", now=now)
    return attempts.start(chat.id, "5s", cause="c", now=now)


@pytest.fixture
def finished(attempts: AttemptService, started: Step, now: datetime) -> Step:
    step = started
    for n, given in enumerate([5] * 5 + [2] * 5 + [4] * 5 + [0] * 5 + [2, 2, 2, 4, 4]):
        step = attempts.answer(step.attempt, scored(given), cause=f"c{n}", now=now)
    return step


def payloads(message: OutgoingMessage) -> list[str]:
    return [choice.payload for choice in message.choices]


def test_it_begins_with_an_introduction_and_the_first_question(
    replies: AssessmentReplies, started: Step
) -> None:
    intro, question = replies.messages(started)
    assert intro.text.startswith("**Tự đánh giá 5S**")
    assert "cán bộ nhận việc đọc được cuộc trò chuyện này" in intro.text
    assert intro.choices == []
    assert question.text.startswith(
        "**Câu 1/25 · Sàng lọc**\n(Chỉ giữ lại thứ cần dùng)\n\nNơi làm việc chỉ còn"
    )
    assert "Nhìn ở: góc xưởng" in question.text
    assert [choice.title for choice in question.choices] == [
        "0 · Chưa làm",
        "2 · Làm một phần",
        "4 · Làm gần đủ",
        "5 · Làm đủ, có bằng chứng",
        "Tôi chưa rõ",
        "Tạm dừng",
    ]


def test_a_button_answers_its_own_question(replies: AssessmentReplies, started: Step) -> None:
    [*_, question] = replies.messages(started)
    assert (
        payloads(question)[1]
        == '/answer_question{"score":"2","question":"s1-do-thua","assessment":"5s"}'
    )
    assert payloads(question)[-1] == "/pause"


def test_the_next_question_confirms_what_was_written_down(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    step = attempts.answer(started.attempt, scored(3), cause="c1", now=now)
    [message] = replies.messages(step, cause="c1")
    assert message.text.startswith("✓ Câu 1: 3/5 điểm\n\n**Câu 2/25 · Sàng lọc**\n\nNguyên liệu")
    assert payloads(message)[-4:] == [
        "/go_back",
        "/skip",
        '/answer_question{"value":"khong_ap_dung","question":"s1-vat-tu","assessment":"5s"}',
        "/pause",
    ]


def test_going_back_shows_what_was_given(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    attempts.answer(started.attempt, scored(3), cause="c1", now=now)
    [message] = replies.messages(attempts.back(started.attempt, cause="c2", now=now))
    assert message.text.startswith("**Câu 1/25")
    assert message.text.endswith("Lần trước anh/chị trả lời: 3/5 điểm.")


def test_what_is_not_known_is_said_to_count_as_nothing(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    step = attempts.answer(started.attempt, (UNKNOWN,), cause="c1", now=now)
    [message] = replies.messages(step, cause="c1")
    assert message.text.startswith("✓ Câu 1: chưa rõ (tính như chưa có)\n\n**Câu 2/25")


def test_the_result_tells_how_many_were_not_known(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    step = attempts.answer(started.attempt, scored(5), cause="c0", now=now)
    for n in range(1, 25):
        step = attempts.answer(step.attempt, (UNKNOWN,), cause=f"c{n}", now=now)
    result = replies.result(step)[0].text
    assert "4%" in result
    assert "Có 24 câu anh/chị chưa rõ, tính như chưa có" in result


def test_an_unclear_answer_is_asked_again(replies: AssessmentReplies, started: Step) -> None:
    [message] = replies.reask(started)
    assert message.text.startswith(
        "Dạ, em chưa rõ câu trả lời. Anh/chị chọn một nút, hoặc gõ một số từ 0 đến 5"
    )
    assert "**Câu 1/25" in message.text
    assert len(message.choices) == 6


def test_an_answer_unclear_twice_is_asked_for_in_another_way(
    replies: AssessmentReplies, started: Step
) -> None:
    [once], [twice] = replies.reask(started), replies.reask(started, in_vain=True)
    assert once.text != twice.text
    assert "“Tạm dừng”" in twice.text
    assert "**Câu 1/25" in twice.text


def test_pausing_says_how_to_go_on(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    attempts.answer(started.attempt, scored(3), cause="c1", now=now)
    [message] = replies.messages(attempts.pause(started.attempt, cause="c2", now=now))
    assert "1/25 câu" in message.text
    assert "“làm tiếp” bất cứ lúc nào" in message.text
    assert payloads(message) == ["/resume"]
    resumed = attempts.resume(started.attempt.conversation_id, cause="c3", now=now)
    assert resumed is not None
    [message] = replies.messages(resumed)
    assert message.text.startswith("Dạ, mình làm tiếp bài Tự đánh giá 5S từ câu 2 trên 25 nhé.")
    assert "**Câu 2/25" in message.text


def test_giving_up_is_confirmed(
    replies: AssessmentReplies, attempts: AttemptService, started: Step, now: datetime
) -> None:
    [message] = replies.messages(attempts.abandon(started.attempt, cause="c1", now=now))
    assert "không tính kết quả" in message.text
    assert "“tự đánh giá 5S”" in message.text


def test_nothing_to_resume_is_said(replies: AssessmentReplies) -> None:
    [message] = replies.nothing_to_resume()
    assert "chưa có bài tự đánh giá nào" in message.text


class TestResult:
    def test_it_shows_every_dimension_and_the_level(
        self, replies: AssessmentReplies, finished: Step
    ) -> None:
        result, _ = replies.result(finished)
        # 100, 40, 80, 0, 56 of 100 each: 276 / 5 = 55.2
        assert result.text.startswith("**Kết quả Tự đánh giá 5S: 55% – Yếu**")
        assert "- Sàng lọc: 100%\n- Sắp xếp: 40%\n- Sạch sẽ: 80%\n- Săn sóc: 0%" in result.text
        assert "không có điểm đạt chính thức" in result.text

    @pytest.mark.parametrize(
        ("place", "words"),
        [(Place.ABOVE, "Cao hơn"), (Place.ABOUT, "Ngang"), (Place.BELOW, "Thấp hơn")],
    )
    def test_others_of_the_sector_and_size_are_told_where_there_are_enough(
        self, replies: AssessmentReplies, finished: Step, place: Place, words: str
    ) -> None:
        alone, _ = replies.result(finished)
        beside, _ = replies.result(finished, peers=Comparison(12, 55, place))

        assert "cùng ngành, cùng cỡ" not in alone.text
        assert f"{words} mức chung: 12 doanh nghiệp cùng ngành" in beside.text
        assert "55%" in beside.text

    def test_it_leads_to_what_to_do_to_read_and_to_ask(
        self, replies: AssessmentReplies, finished: Step, library: Library
    ) -> None:
        _, steps = replies.result(finished)
        lines = steps.text.splitlines()
        assert [line[:20] for line in lines if line[:2] in {"1.", "2.", "3."}] == [
            "1. **Săn sóc (0%)**:",
            "2. **Sắp xếp (40%)**",
            "3. **Sẵn sàng (56%)*",
        ]
        read = [line[2:] for line in lines if line.startswith("- ")]
        assert read[0] == library.current.articles["tu-cham-5s"].title
        assert len(read) == len(set(read)) == 4
        assert payloads(steps) == [
            '/request_help{"topic":"nang_suat","about":"5S","assessment":"5s"}',
            '/assessment{"assessment":"5s","about":"why"}',
            '/assessment{"assessment":"5s","about":"sheet"}',
            '/assessment{"assessment":"5s","about":"answers"}',
        ]

    def test_articles_that_are_not_there_are_not_named(self, finished: Step) -> None:
        bare = Lookup({}, {}, {}, lambda _: "", lambda _: "")
        _, steps = AssessmentReplies(default_texts(), bare).result(finished)
        assert "Nên đọc thêm" not in steps.text

    def test_the_picture_is_kept_and_goes_with_the_score(
        self,
        replies: AssessmentReplies,
        finished: Step,
        session: Session,
        tmp_path: Path,
        now: datetime,
    ) -> None:
        files = FileService(session, tmp_path / "files")
        picture = replies.keep_picture(files, finished, now=now)
        assert picture is not None
        assert (picture.name, picture.media_type) == ("ket-qua-5s.png", "image/png")
        session.flush()
        row = files.find(picture.file_id)
        assert row is not None
        assert row.conversation_id == finished.attempt.conversation_id
        assert files.path(row).read_bytes().startswith(PNG)
        result, steps = replies.result(finished, picture=picture)
        assert (result.attachments, steps.attachments) == ([picture], [])

    def test_a_request_is_filled_in(self, finished: Step) -> None:
        text = request_text(default_texts(), finished.assessment, finished.result)
        assert text.startswith(
            "Kết quả Tự đánh giá 5S: 55% (Yếu). "
            "Phần thấp nhất: Săn sóc 0%, Sắp xếp 40%, Sẵn sàng 56%."
        )

    def test_full_marks_are_not_called_weak_in_the_picture(
        self, replies: AssessmentReplies, five_s: Assessment
    ) -> None:
        full = score(five_s, answered(five_s, *[5] * 25))
        nearly = score(five_s, answered(five_s, *[5] * 24, 4))
        assert replies.picture(five_s, full) != replies.picture(five_s, nearly)


def test_every_payload_is_an_intent_with_json_entities(
    replies: AssessmentReplies, started: Step, finished: Step
) -> None:
    messages = [*replies.messages(started), *replies.result(finished)]
    for payload in (p for message in messages for p in payloads(message)):
        intent, brace, entities = payload.partition("{")
        assert intent.startswith("/")
        assert all(isinstance(v, str) for v in json.loads(brace + entities or "{}").values())
