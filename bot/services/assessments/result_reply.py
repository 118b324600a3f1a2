"""The result of an assessment in messages: what it came to, why, and what to do first."""

from typing import Any

from bot.domain.assessments.assessment import Assessment, Consequence, Level
from bot.domain.assessments.path import asked
from bot.domain.assessments.peers import Comparison, Place
from bot.domain.assessments.question import QuestionKind
from bot.domain.assessments.scoring import DimensionScore, Result
from bot.domain.assessments.typed_answer import shown_number
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.services.assessments.lookup import Lookup
from bot.services.assessments.step import Step
from bot.services.assessments.told_answer import Say, told_answer
from bot.texts import Texts

MOST_ARTICLES = 4
"""Articles to read after a result: a short list is read, a long one is not."""

MOST_DECIDING = 3
"""Answers named for a dimension: those that cost most."""

MOST_TO_TAKE = 3
"""Assessments that a screening sends on to."""

DUTIES_AT_ONCE = 4
"""In one message: a longer one is not read on a phone."""

MOST_DUTIES = 24
"""More than any way through our assessments comes to; what lies behind is not told."""

WHY, ANSWERS, SHEET = "why", "answers", "sheet"
"""What a button under a result asks for (`about`)."""

COMPARED = {
    Place.ABOVE: "assessment.compared_above",
    Place.ABOUT: "assessment.compared_about",
    Place.BELOW: "assessment.compared_below",
}
"""How the place of a result among others is told."""


class ResultReply:
    """Words a finished run."""

    def __init__(self, say: Say, lookup: Lookup) -> None:
        self._say = say
        self._lookup = lookup

    def messages(
        self, step: Step, before: Step | None, peers: Comparison | None = None
    ) -> list[OutgoingMessage]:
        """The result, what concerns the enterprise, and what to do first.

        `before`: the run at the same assessment that was finished before. `peers`: others of the
        sector and size, where they are told.
        """
        result = step.result
        if result.percent is None:
            told = self._unscored(step, result)
        else:
            told = [self._scored(step, result, before, peers), *self._besides(step, result)]
            told.append(self._next_steps(step, result))
        told = told or [OutgoingMessage(text=self._say("assessment.nothing_found"))]
        last = told[-1]
        buttons = [*last.choices, *self._buttons(step, result)]
        return [*told[:-1], last.model_copy(update={"choices": buttons})]

    def explained(self, step: Step) -> OutgoingMessage:
        """Why the result is what it is: the answers that decide, and what the next level asks."""
        result, assessment = step.result, step.assessment
        following = _next_level(assessment, result)
        text = self._say(
            "assessment.explained",
            title=assessment.title,
            percent=result.percent,
            weighted=len({d.weight for d in assessment.dimensions}) > 1,
            dimensions=[
                {
                    "title": score.dimension.title,
                    "percent": score.percent,
                    "deciding": [
                        {
                            "text": one.question.text.rstrip("."),
                            "answer": told_answer(self._say, assessment, one.question, one.answer),
                            "lost": one.lost,
                        }
                        for one in score.deciding[:MOST_DECIDING]
                    ],
                }
                for score in result.dimensions
            ],
            next_level=following.title if following else "",
            next_from=following.start if following else 0,
            next_every=following.every if following else 0,
            next_no_gap=following.no_gap if following else False,
        )
        return OutgoingMessage(text=text, choices=self._buttons(step, result, is_explained=True))

    def summary(self, step: Step) -> OutgoingMessage:
        """All answers, numbered as they were asked."""
        answers = step.answers
        text = self._say(
            "assessment.summary",
            title=step.assessment.title,
            done=step.done,
            count=step.count,
            answers=[
                {
                    "text": one.text.rstrip("."),
                    "answer": told_answer(self._say, step.assessment, one, answers[one.id]),
                }
                for one in asked(step.assessment, answers)
                if one.id in answers
            ],
        )
        return OutgoingMessage(text=text)

    def products(self, step: Step) -> list[str]:
        """How the ministries list the products that were named."""
        answers = step.answers
        named = (q for q in step.assessment.questions if q.kind is QuestionKind.PRODUCT)
        words = (self._lookup.product(answers[q.id]) for q in named if q.id in answers)
        return [one for one in words if one]

    def duties(self, result: Result) -> list[dict[str, str]]:
        """What concerns the enterprise: title, text, what the law says of it, and the ground."""
        return [self._duty(one) for one in self._duties(result)]

    def advised(self, score: DimensionScore) -> dict[str, Any]:
        """What to do first in a dimension, and who pays a part of it."""
        advice = score.advice
        return {
            "title": score.dimension.title,
            "percent": score.percent,
            "do_first": advice.do_first,
            "support": self._lookup.titles.get(advice.support, ""),
            "money": self._lookup.money(advice.support) if advice.support else "",
        }

    # — inside —

    def _duties(self, result: Result) -> list[Consequence]:
        return [one for one in result.consequences if self._is_told(one)][:MOST_DUTIES]

    def _scored(
        self, step: Step, result: Result, before: Step | None, peers: Comparison | None
    ) -> OutgoingMessage:
        level = result.level
        earlier = _of_dimensions(before.result) if before is not None else {}
        text = self._say(
            "assessment.result",
            title=step.assessment.title,
            percent=result.percent,
            level=level.title if level else "",
            meaning=level.meaning if level else "",
            kept_from=result.kept_from.title if result.kept_from else "",
            kept_by=self._kept_by(step.assessment, result),
            gaps=[question.text.rstrip(".") for question in result.gaps],
            unsure=[question.text.rstrip(".") for question in result.unsure],
            dimensions=[
                {
                    "title": score.dimension.title,
                    "percent": score.percent,
                    "level": None if score.rungs is None else score.rungs + 1,
                    "before": earlier.get(score.dimension.id),
                }
                for score in result.dimensions
            ],
            strongest=[score.dimension.title for score in result.strongest],
            unknown=result.unknown,
            left_out=result.left_out,
            before=before.result.percent if before is not None else None,
            before_at=before.attempt.finished_at if before is not None else None,
            other_questions=before is not None and before.attempt.version != step.attempt.version,
            compared=self.compared(peers) if peers else "",
            caveat=step.assessment.caveat,
        )
        return OutgoingMessage(text=text)

    def compared(self, peers: Comparison) -> str:
        """Where the result lies among the enterprises of its sector and size."""
        return self._say(COMPARED[peers.place], count=peers.count, mean=peers.mean)

    def _kept_by(self, assessment: Assessment, result: Result) -> str:
        if result.kept_from is None or not result.dimensions:
            return ""
        above = _next_level(assessment, result)
        lowest = min(result.dimensions, key=lambda score: score.percent)
        if above is not None and above.every > lowest.percent:
            return self._say(
                "assessment.kept_by_dimension",
                dimension=lowest.dimension.title,
                percent=lowest.percent,
            )
        return self._say("assessment.kept_by_gap")

    def _unscored(self, step: Step, result: Result) -> list[OutgoingMessage]:
        if result.unmet or result.unsure:
            text = self._say(
                "assessment.unmet",
                title=step.assessment.title,
                unmet=[question.text.rstrip(".") for question in result.unmet],
                unsure=[question.text.rstrip(".") for question in result.unsure],
                caveat=step.assessment.caveat,
            )
            return [OutgoingMessage(text=text), *self._besides(step, result)]
        to_take = self._to_take(result)
        duties = self._besides(step, result)
        if not to_take:
            return duties
        text = self._say(
            "assessment.assessments",
            title=step.assessment.title,
            assessments=[
                {"title": self._lookup.assessments[one.assessment].title, "text": one.text}
                for one in to_take
            ],
        )
        choices = [self._take(self._lookup.assessments[one.assessment]) for one in to_take]
        return [*duties, OutgoingMessage(text=text, choices=choices)]

    def _to_take(self, result: Result) -> list[Consequence]:
        known = [c for c in result.consequences if c.assessment in self._lookup.assessments]
        return known[:MOST_TO_TAKE]

    def _take(self, assessment: Assessment) -> Choice:
        button = assessment.button or assessment.subject
        return Choice(
            title=self._say("assessment.take", button=button),
            payload=payload("assessment", assessment=assessment.id),
        )

    def _besides(self, step: Step, result: Result) -> list[OutgoingMessage]:
        told = [OutgoingMessage(text=words) for words in self.products(step)]
        duties = self._duties(result)
        for first in range(0, len(duties), DUTIES_AT_ONCE):
            part = duties[first : first + DUTIES_AT_ONCE]
            text = self._say(
                "assessment.consequences",
                heading=self._say(heading(step.assessment, result)) if first == 0 else "",
                before=first,
                duties=[self._duty(one) for one in part],
            )
            told.append(OutgoingMessage(text=text, choices=self._articles_of(part)))
        if result.figures:
            text = self._say(
                "assessment.figures",
                figures=[
                    {
                        "title": one.ratio.title,
                        "value": shown_number(str(one.value)),
                        "unit": one.ratio.unit,
                        "meaning": one.ratio.meaning,
                    }
                    for one in result.figures
                ],
            )
            told.append(OutgoingMessage(text=text))
        return told

    def _is_told(self, one: Consequence) -> bool:
        """A duty is told while its document stands."""
        return not one.assessment and (not one.document or one.document in self._lookup.documents)

    def _articles_of(self, duties: list[Consequence]) -> list[Choice]:
        titles = self._lookup.titles
        return [
            Choice(title=titles[id_], payload=payload("pick_article", article=id_))
            for id_ in list(dict.fromkeys(one.article for one in duties if one.article in titles))[
                :MOST_ARTICLES
            ]
        ]

    def _duty(self, one: Consequence) -> dict[str, str]:
        facts = [
            self._say(f"assessment.fact_{name}", **{name: value})
            for name, value in (
                ("place", one.place),
                ("takes", one.takes),
                ("costs", one.costs),
                ("due", one.due),
            )
            if value
        ]
        short = self._lookup.documents.get(one.document, "")
        ground = ", ".join(part for part in (one.clause, short) if part) if short else ""
        return {"title": one.title, "text": one.text, "facts": " ".join(facts), "ground": ground}

    def _next_steps(self, step: Step, result: Result) -> OutgoingMessage:
        if not result.to_do:
            return OutgoingMessage(text=self._say("assessment.nothing_weak"))
        text = self._say(
            "assessment.next_steps",
            to_do=[self.advised(score) for score in result.to_do],
            articles=[
                self._lookup.titles[article]
                for article in _to_read(step.assessment, result)
                if article in self._lookup.titles
            ],
        )
        return OutgoingMessage(text=text)

    def _buttons(self, step: Step, result: Result, *, is_explained: bool = False) -> list[Choice]:
        assessment = step.assessment
        help_ = payload(
            "request_help",
            topic=assessment.request_topic,
            about=assessment.subject,
            assessment=assessment.id,
        )
        buttons = [Choice(title=self._say("assessment.ask_for_help"), payload=help_)]
        if result.percent is not None and not is_explained:
            why = payload("assessment", assessment=assessment.id, about=WHY)
            buttons.append(Choice(title=self._say("assessment.ask_why"), payload=why))
        sheet = payload("assessment", assessment=assessment.id, about=SHEET)
        buttons.append(Choice(title=self._say("assessment.ask_sheet"), payload=sheet))
        return [*buttons, self._again(step)]

    def _again(self, step: Step) -> Choice:
        answers = payload("assessment", assessment=step.assessment.id, about=ANSWERS)
        return Choice(title=self._say("assessment.ask_answers"), payload=answers)


def request_text(texts: Texts, assessment: Assessment, result: Result) -> str:
    """A request's question filled in from a result; its topic is `assessment.request_topic`."""
    return texts.say(
        "assessment.request_question",
        title=assessment.title,
        percent=result.percent,
        level=result.level.title if result.level else "",
        weakest=[{"title": s.dimension.title, "percent": s.percent} for s in result.weakest],
    )


def heading(assessment: Assessment, result: Result) -> str:
    """The name of the sentence that stands above the duties."""
    if result.percent is not None or result.unmet or result.unsure:
        return "assessment.heading_scored"
    asks_product = any(q.kind is QuestionKind.PRODUCT for q in assessment.questions)
    return "assessment.heading_duties" if asks_product else "assessment.heading_route"


def _next_level(assessment: Assessment, result: Result) -> Level | None:
    if result.level is None or result.level not in assessment.levels:
        return None
    above = assessment.levels[assessment.levels.index(result.level) + 1 :]
    return above[0] if above else None


def _of_dimensions(result: Result) -> dict[str, int]:
    return {score.dimension.id: score.percent for score in result.dimensions}


def _to_read(assessment: Assessment, result: Result) -> list[str]:
    """Articles of the weakest dimensions first, then those of the whole; each once."""
    of_weakest = [article for score in result.weakest for article in score.dimension.articles]
    return list(dict.fromkeys([*of_weakest, *assessment.articles]))[:MOST_ARTICLES]
