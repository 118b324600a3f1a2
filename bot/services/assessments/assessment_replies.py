"""What the owner reads during a self-assessment and at its end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.charts import Bar, bar_chart
from bot.domain.assessments.assessment import FULL, Assessment
from bot.domain.assessments.attempt import StepKind
from bot.domain.assessments.scoring import DimensionScore, Result
from bot.domain.talk.messages import Attachment, Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.services.assessments.attempts import Step
from bot.services.messaging.files import FileService
from bot.texts import Texts

PICTURE_BYTES = 2_000_000
"""Far above what a chart takes (some 40,000)."""

BACK, PAUSE, RESUME, SKIP = "/go_back", "/pause", "/resume", "/skip"

MOST_ARTICLES = 4
"""Articles to read after a result: a short list is read, a long one is not."""


class AssessmentReplies:
    """Turns the steps of an attempt into messages. `titles`: of the articles, by id."""

    def __init__(self, texts: Texts, titles: Mapping[str, str]) -> None:
        self._texts = texts
        self._titles = titles
        self._by_kind: dict[StepKind, Callable[[Step], list[OutgoingMessage]]] = {
            StepKind.STARTED: self._started,
            StepKind.RESUMED: lambda step: [self._question(step, before=self._resumed(step))],
            StepKind.RENEWED: lambda step: [self._question(step, before=self._renewed(step))],
            StepKind.ASKED: lambda step: [self._question(step)],
            StepKind.PAUSED: lambda step: [self._paused(step)],
            StepKind.FINISHED: lambda step: [self._result(step), self._next_steps(step)],
            StepKind.ABANDONED: lambda step: [self._abandoned(step)],
        }

    def messages(self, step: Step, *, picture: Attachment | None = None) -> list[OutgoingMessage]:
        """What is said of a step, in order; `picture` (`keep_picture`) goes with a result."""
        said = self._by_kind[step.kind](step)
        if picture is None or step.kind is not StepKind.FINISHED:
            return said
        return [said[0].model_copy(update={"attachments": [picture]}), *said[1:]]

    def reask(self, step: Step, *, in_vain: bool = False) -> list[OutgoingMessage]:
        """The question again, after a typed answer that is not clear; `in_vain`: asked before."""
        if in_vain:
            return [self._question(step, before=self._say("reask_again"))]
        most = step.assessment.scale.most
        return [self._question(step, before=self._say("reask", most=most))]

    def slipped(self, step: Step) -> list[OutgoingMessage]:
        """The question after a slip, with a kind word."""
        return [self._question(step, before=self._say("slipped"))]

    def nothing_to_resume(self) -> list[OutgoingMessage]:
        """No attempt is in progress or put aside."""
        return [OutgoingMessage(text=self._say("nothing_to_resume"))]

    def request_text(self, assessment: Assessment, result: Result) -> str:
        """A request's question filled in from a result; its topic is `assessment.request_topic`."""
        return self._say("request_question", **_named(assessment, result))

    def keep_picture(self, files: FileService, step: Step, *, now: datetime) -> Attachment:
        """Draws the result of a finished attempt and stores it."""
        return files.keep(
            self.picture(step.assessment, step.result),
            name=self._say("picture_name", id=step.assessment.id),
            conversation_id=step.attempt.conversation_id,
            limit=PICTURE_BYTES,
            now=now,
            trusted=True,
        )

    def picture(self, assessment: Assessment, result: Result) -> bytes:
        """The result as a PNG; what is full is not marked, weakest or not."""
        bars = [
            Bar(
                score.dimension.title,
                score.percent,
                score in result.weakest and score.percent < FULL,
            )
            for score in result.dimensions
        ]
        marked = any(bar.marked for bar in bars)
        return bar_chart(
            self._say("picture_title", **_named(assessment, result)),
            bars,
            note=self._say("picture_note") if marked else "",
        )

    # — inside —

    def _started(self, step: Step) -> list[OutgoingMessage]:
        assessment = step.assessment
        intro = self._say(
            "intro", title=assessment.title, intro=assessment.intro, most=assessment.scale.most
        )
        return [OutgoingMessage(text=intro), self._question(step)]

    def _resumed(self, step: Step) -> str:
        return self._say("resumed", title=step.assessment.title, **_progress(step))

    def _renewed(self, step: Step) -> str:
        return self._say("renewed", title=step.assessment.title)

    def _paused(self, step: Step) -> OutgoingMessage:
        text = self._say("paused", done=step.attempt.position, count=_progress(step)["count"])
        return OutgoingMessage(
            text=text, choices=[Choice(title=self._say("resume"), payload=RESUME)]
        )

    def _abandoned(self, step: Step) -> OutgoingMessage:
        named = step.assessment
        return OutgoingMessage(
            text=self._say("abandoned", title=named.title, subject=named.subject)
        )

    def _question(self, step: Step, *, before: str = "") -> OutgoingMessage:
        question = step.question
        if question is None:
            return OutgoingMessage(text=before or self._say("nothing_to_resume"))
        dimension = step.assessment.dimension_of(question)
        text = self._say(
            "question",
            **_progress(step),
            before=None if before else _score_before(step),
            skipped=not before and _is_skipped_before(step),
            most=step.assessment.scale.most,
            dimension=dimension.title,
            opens=question == dimension.questions[0],
            meaning=dimension.meaning,
            text=question.text,
            look=question.look,
            given=step.answers.get(question.id),
        )
        return OutgoingMessage(
            text=f"{before}\n\n{text}".strip(), choices=self._answers(step, question.id)
        )

    def _answers(self, step: Step, question: str) -> list[Choice]:
        choices = [
            Choice(
                title=self._say("choice", score=choice.score, title=choice.title),
                payload=payload("answer_question", score=str(choice.score), question=question),
            )
            for choice in step.assessment.scale.choices
        ]
        if step.attempt.position > 0:
            choices.append(Choice(title=self._say("back"), payload=BACK))
        return [
            *choices,
            Choice(title=self._say("skip"), payload=SKIP),
            Choice(title=self._say("pause"), payload=PAUSE),
        ]

    def _result(self, step: Step) -> OutgoingMessage:
        return OutgoingMessage(text=self._say("result", **_named(step.assessment, step.result)))

    def _next_steps(self, step: Step) -> OutgoingMessage:
        assessment, result = step.assessment, step.result
        text = self._say(
            "next_steps",
            weakest=[_advised(score) for score in result.weakest],
            articles=[
                self._titles[article]
                for article in _to_read(assessment, result)
                if article in self._titles
            ],
        )
        help_ = payload("request_help", topic=assessment.request_topic, about=assessment.subject)
        return OutgoingMessage(
            text=text, choices=[Choice(title=self._say("ask_for_help"), payload=help_)]
        )

    def _say(self, name: str, **values: Any) -> str:
        return self._texts.say(f"assessment.{name}", **values)


def _progress(step: Step) -> dict[str, int]:
    return {"number": step.attempt.position + 1, "count": len(step.assessment.questions)}


def _score_before(step: Step) -> int | None:
    position = step.attempt.position
    if position == 0:
        return None
    return step.answers.get(step.assessment.questions[position - 1].id)


def _is_skipped_before(step: Step) -> bool:
    return step.attempt.position > 0 and _score_before(step) is None


def _named(assessment: Assessment, result: Result) -> dict[str, Any]:
    return {
        "title": assessment.title,
        "caveat": assessment.caveat,
        "percent": result.percent,
        "skipped": len(assessment.questions) - sum(one.answered for one in result.dimensions),
        "level": result.level.title,
        "meaning": result.level.meaning,
        "dimensions": [_advised(score) for score in result.dimensions],
        "weakest": [_advised(score) for score in result.weakest],
    }


def _advised(score: DimensionScore) -> dict[str, Any]:
    return {
        "title": score.dimension.title,
        "percent": score.percent,
        "do_first": score.dimension.advice_at(score.percent).do_first,
    }


def _to_read(assessment: Assessment, result: Result) -> list[str]:
    """Articles of the weakest dimensions first, then those of the whole; each once."""
    of_weakest = [article for score in result.weakest for article in score.dimension.articles]
    return list(dict.fromkeys([*of_weakest, *assessment.articles]))[:MOST_ARTICLES]
