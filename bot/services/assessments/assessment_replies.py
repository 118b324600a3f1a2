"""What the owner reads during a self-assessment and at its end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.charts import Bar, bar_chart
from bot.domain.assessments.assessment import FULL, Assessment
from bot.domain.assessments.attempt import StepKind
from bot.domain.assessments.peers import Comparison
from bot.domain.assessments.question import QuestionKind
from bot.domain.assessments.scoring import Result
from bot.domain.assessments.typed_answer import highest, shown_number
from bot.domain.talk.messages import Attachment, Choice, OutgoingMessage
from bot.services.assessments.lookup import Lookup
from bot.services.assessments.question_reply import RESUME, question_reply
from bot.services.assessments.result_reply import ResultReply
from bot.services.assessments.step import Step
from bot.services.messaging.files import FileService
from bot.texts import Texts

PICTURE_BYTES = 2_000_000
"""Far above what a chart takes (some 40,000)."""

LEAST_BARS = 2
"""Dimensions from which on a picture shows more than the sentence above it."""


class AssessmentReplies:
    """Turns the steps of an attempt into messages."""

    def __init__(self, texts: Texts, lookup: Lookup) -> None:
        self._texts = texts
        self.results = ResultReply(texts.say, lookup)
        self._by_kind: dict[StepKind, Callable[[Step], list[OutgoingMessage]]] = {
            StepKind.STARTED: self._started,
            StepKind.RESUMED: lambda step: [self._question(step, before=self._resumed(step))],
            StepKind.PAUSED: lambda step: [self._paused(step)],
            StepKind.FINISHED: lambda step: [self._kept(step)],
            StepKind.ABANDONED: lambda step: [self._abandoned(step)],
        }

    def messages(self, step: Step, *, cause: str = "") -> list[OutgoingMessage]:
        """What is said of a step that brings no result, in order.

        A finished run is one of which an answer was to be put right, and was not.

        `cause`: of the turn; the answer that it gave is told back.
        """
        if step.kind is StepKind.ASKED:
            return [self._question(step, is_told=step.attempt.last_cause == cause)]
        return self._by_kind[step.kind](step)

    def result(
        self,
        step: Step,
        *,
        before: Step | None = None,
        picture: Attachment | None = None,
        peers: Comparison | None = None,
    ) -> list[OutgoingMessage]:
        """What is said at the end; `picture` (`keep_picture`) goes with the first message.

        `peers`: the enterprises of its sector and size, where enough of them were counted.
        """
        if step.assessment.is_survey and not step.assessment.is_scored:
            return [self.thanks(step)]
        said = self.results.messages(step, before, peers)
        if step.assessment.is_survey:
            # Its buttons lead to runs that their owners may open again.
            told = [one.model_copy(update={"choices": []}) for one in said]
            return [*told, self.thanks(step)]
        if picture is None:
            return said
        return [said[0].model_copy(update={"attachments": [picture]}), *said[1:]]

    def reask(self, step: Step, *, in_vain: bool = False) -> list[OutgoingMessage]:
        """The question again, after a typed answer that is not clear; `in_vain`: asked before."""
        if in_vain:
            return [self._question(step, before=self._say("reask_again"))]
        question = step.question
        if question is not None and question.kind in (QuestionKind.NUMBER, QuestionKind.YEAR):
            before = self._say(
                "reask_number",
                unit=question.unit,
                least=_bound(question.least, question.kind),
                most=_bound(highest(question, step.answers), question.kind),
            )
            return [self._question(step, before=before)]
        if question is not None and question.kind is QuestionKind.PRODUCT:
            return [self._question(step, before=self._say("reask_product"))]
        if question is not None and question.kind is QuestionKind.TEXT:
            return [self._question(step, before=self._say("reask_text", most=question.longest))]
        is_scale = question is not None and question.kind is QuestionKind.SCALE
        most = step.assessment.scale_of(question).most if question and is_scale else None
        return [self._question(step, before=self._say("reask", most=most))]

    def always_applies(self, step: Step) -> list[OutgoingMessage]:
        """The question again, which concerns everybody."""
        return [self._question(step, before=self._say("reask_applies"))]

    def slipped(self, step: Step) -> list[OutgoingMessage]:
        """The question after a slip, with a kind word."""
        return [self._question(step, before=self._say("slipped"))]

    def why(self, step: Step) -> list[OutgoingMessage]:
        """Why the question is asked, and the question again."""
        question = step.question
        if question is None:
            return [self._question(step)]
        dimension = step.assessment.dimension_of(question)
        said = question.why or self._say(
            "why_in_general", dimension=dimension.title, meaning=dimension.meaning
        )
        return [self._question(step, before=self._say("why", why=said))]

    def how_far(self, step: Step) -> list[OutgoingMessage]:
        """How many questions are left, at most, and the question again."""
        return [self._question(step, before=self._say("far", left=step.count - step.done))]

    def begun_anew(self, step: Step) -> list[OutgoingMessage]:
        """The first question, after what was answered is laid aside."""
        return [self._question(step, before=self._say("begun_anew"))]

    def summary(self, step: Step) -> list[OutgoingMessage]:
        """What was answered so far, and the question that waits."""
        said = [self.results.summary(step)]
        return [*said, self._question(step)] if step.question is not None else said

    def thanks(self, step: Step) -> OutgoingMessage:
        """What is said at the end of a survey: what becomes of the answers."""
        return OutgoingMessage(text=self._texts.say("survey.thanks", caveat=step.assessment.caveat))

    def nothing_to_resume(self) -> list[OutgoingMessage]:
        """No attempt is in progress or put aside."""
        return [OutgoingMessage(text=self._say("nothing_to_resume"))]

    def keep_picture(
        self, files: FileService, step: Step, *, before: Step | None = None, now: datetime
    ) -> Attachment | None:
        """Draws the result of a finished attempt and stores it; None where there is no score."""
        if not self.has_picture(step.result):
            return None
        return files.keep(
            self.picture(step.assessment, step.result, before),
            name=self._say("picture_name", id=step.assessment.id),
            conversation_id=step.attempt.conversation_id,
            limit=PICTURE_BYTES,
            now=now,
            trusted=True,
        )

    def has_picture(self, result: Result) -> bool:
        """Whether a picture shows more than the sentence above it."""
        return len(result.dimensions) >= LEAST_BARS

    def picture(self, assessment: Assessment, result: Result, before: Step | None = None) -> bytes:
        """The result as a PNG; what is full is not marked, weakest or not.

        `before`: the run that was finished before; its percents are drawn as ticks.
        """
        earlier = {s.dimension.id: s.percent for s in before.result.dimensions} if before else {}
        bars = [
            Bar(
                score.dimension.title,
                score.percent,
                score in result.weakest and score.percent < FULL,
                earlier.get(score.dimension.id),
            )
            for score in result.dimensions
        ]
        marked = any(bar.marked for bar in bars)
        title = self._say(
            "picture_title",
            title=assessment.title,
            percent=result.percent,
            level=result.level.title if result.level else "",
        )
        return bar_chart(title, bars, note=self._note(marked=marked, compared=bool(earlier)))

    # — inside —

    def _note(self, *, marked: bool, compared: bool) -> str:
        if marked and compared:
            return self._say("picture_note_before")
        if compared:
            return self._say("picture_before")
        return self._say("picture_note") if marked else ""

    def _started(self, step: Step) -> list[OutgoingMessage]:
        assessment = step.assessment
        consent = "survey.consent" if assessment.is_survey else "assessment.consent"
        intro = self._texts.say(
            "survey.intro" if assessment.is_survey else "assessment.intro",
            title=assessment.title,
            intro=assessment.intro,
            minutes=assessment.minutes,
            consent=self._texts.say(consent),
        )
        return [OutgoingMessage(text=intro), self._question(step)]

    def _resumed(self, step: Step) -> str:
        return self._say(
            "resumed", title=step.assessment.title, number=step.number, count=step.count
        )

    def _paused(self, step: Step) -> OutgoingMessage:
        text = self._say("paused", done=step.done, count=step.count, code=step.attempt.code or "")
        return OutgoingMessage(
            text=text, choices=[Choice(title=self._say("resume"), payload=RESUME)]
        )

    def _kept(self, step: Step) -> OutgoingMessage:
        return OutgoingMessage(text=self._say("kept", title=step.assessment.title))

    def _abandoned(self, step: Step) -> OutgoingMessage:
        named = step.assessment
        return OutgoingMessage(
            text=self._say("abandoned", title=named.title, subject=named.subject)
        )

    def _question(self, step: Step, *, before: str = "", is_told: bool = False) -> OutgoingMessage:
        question = step.question
        if question is None:
            return OutgoingMessage(text=before or self._say("nothing_to_resume"))
        return question_reply(self._texts.say, step, question, before=before, is_told=is_told)

    def _say(self, name: str, **values: Any) -> str:
        return self._texts.say(f"assessment.{name}", **values)


def _bound(number: float | None, kind: QuestionKind) -> str | None:
    """A bound of what is plausible, as it is read; a year has no points in it."""
    if number is None:
        return None
    return f"{number:.0f}" if kind is QuestionKind.YEAR else shown_number(f"{number:f}")
