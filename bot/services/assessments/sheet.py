"""The paper of a finished run: what stands on it, and its sending."""

from datetime import date, datetime
from typing import Any

from bot.domain.assessments.path import asked
from bot.domain.assessments.peers import Comparison
from bot.domain.assessments.scoring import DimensionScore, Result
from bot.domain.assessments.typed_answer import shown_number
from bot.knowledge.library import Library
from bot.result_sheet import Section, Sheet, draw_sheet
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.lookup import lookup_of
from bot.services.assessments.result_reply import heading
from bot.services.assessments.step import Step
from bot.services.assessments.told_answer import told_answer
from bot.texts import Texts

SHEET_BYTES = 5_000_000
"""Far above what a sheet takes (some 60,000)."""


def sheets_of(library: Library, texts: Texts, *, today: date) -> "ResultSheet":
    """The sheets of a department, by the newest reading of its knowledge base."""
    replies = AssessmentReplies(texts, lookup_of(library, texts, today=today))
    return ResultSheet(texts, replies, library.tables.department.name)


class ResultSheet:
    """Puts a finished run on paper. `house`: the department's name, as it stands on top."""

    def __init__(self, texts: Texts, replies: AssessmentReplies, house: str) -> None:
        self._texts = texts
        self._replies = replies
        self._house = house

    def pdf(
        self,
        step: Step,
        before: Step | None,
        *,
        made_at: datetime,
        enterprise: str = "",
        peers: Comparison | None = None,
    ) -> bytes:
        """The PDF; `before`: the run at the same assessment that was finished before."""
        sheet = self.sheet(step, before, enterprise=enterprise, peers=peers)
        return draw_sheet(sheet, made_at=made_at)

    def sheet(
        self,
        step: Step,
        before: Step | None,
        *,
        enterprise: str = "",
        peers: Comparison | None = None,
    ) -> Sheet:
        """What stands on the paper; `enterprise`: whose it is, where that is known for sure."""
        assessment, result = step.assessment, step.result
        level = result.level
        return Sheet(
            house=self._house,
            title=self._say("sheet_title", title=assessment.title),
            headline=self._headline(result),
            meaning=level.meaning if level else "",
            known=[f"{self._say('sheet_enterprise')} {enterprise}"] if enterprise else [],
            blanks=[
                *([] if enterprise else [self._say("sheet_enterprise")]),
                self._say("sheet_answered_by"),
            ],
            picture=self._replies.picture(assessment, result, before)
            if self._replies.has_picture(result)
            else None,
            sections=[
                *self._change(step, before),
                *self.sections(step, peers),
                *self._opinion(step),
            ],
            rows_heading=self._say("sheet_rows"),
            rows=[
                (
                    one.text,
                    told_answer(self._texts.say, assessment, one, step.answers[one.id]),
                )
                for one in asked(assessment, step.answers)
                if one.id in step.answers
            ],
            signers=[self._say("sheet_signer_owner"), self._say("sheet_signer_officer")],
            signing=self._say("sheet_signing"),
            foot=self._say(
                "sheet_made",
                code=step.attempt.id,
                version=assessment.version,
                finished_at=step.attempt.finished_at,
            ),
            page=self._say("sheet_page"),
            notes=[assessment.caveat],
        )

    def sections(self, step: Step, peers: Comparison | None = None) -> list[Section]:
        """What the result says beside its score: others, gaps, what to do first, duties, figures.

        `peers`: the enterprises of its sector and size, where enough of them were counted.
        """
        result = step.result
        duties = [
            (self._say("sheet_box", title=one["title"]), _told(one))
            for one in self._replies.results.duties(result)
        ]
        conditions = [*result.unmet, *result.unsure]
        products = [("", _unmarked(words)) for words in self._replies.results.products(step)]
        beside = [("", self._replies.results.compared(peers))] if peers is not None else []
        found = [
            Section(self._say("sheet_peers"), beside),
            Section(self._say("sheet_product"), products),
            Section(self._say("sheet_unmet_heading"), [("", one.text) for one in conditions]),
            Section(self._say("sheet_gaps"), [("", one.text) for one in result.gaps]),
            Section(self._say("sheet_to_do"), [self._to_do(one) for one in result.to_do]),
            Section(self._texts.say(heading(step.assessment, result)), duties),
            Section(
                self._say("sheet_figures"),
                [
                    (
                        self._say(
                            "sheet_figure",
                            title=one.ratio.title,
                            value=shown_number(str(one.value)),
                            unit=one.ratio.unit,
                        ),
                        one.ratio.meaning,
                    )
                    for one in result.figures
                ],
            ),
        ]
        return [section for section in found if section.paragraphs]

    # — inside —

    def _headline(self, result: Result) -> str:
        if result.percent is not None and result.level is not None:
            return self._say("sheet_headline", percent=result.percent, level=result.level.title)
        return self._say("sheet_unmet") if result.unmet or result.unsure else ""

    def _change(self, step: Step, before: Step | None) -> list[Section]:
        """What became of each part since the run before, and of the whole."""
        if before is None or step.result.percent is None or before.result.percent is None:
            return []
        earlier = {one.dimension.id: one.percent for one in before.result.dimensions}
        told = [(self._say("sheet_whole"), before.result.percent, step.result.percent)] + [
            (one.dimension.title, earlier[one.dimension.id], one.percent)
            for one in step.result.dimensions
            if one.dimension.id in earlier
        ]
        whole, *parts = [
            self._say("sheet_change", title=title, earlier=old, percent=new)
            for title, old, new in told
        ]
        heading = self._say(
            "sheet_change_heading",
            before_at=before.attempt.finished_at,
            other_questions=before.attempt.version != step.attempt.version,
        )
        return [Section(heading, [(whole, "; ".join(parts))])]

    def _opinion(self, step: Step) -> list[Section]:
        attempt = step.attempt
        if attempt.opinion_officer is None or attempt.opinion_at is None:
            return []
        if attempt.finished_at is not None and attempt.opinion_at < attempt.finished_at:
            # The result has changed since: it was said to another one.
            return []
        heading = self._say(
            "sheet_opinion",
            officer=attempt.opinion_officer.full_name,
            written_at=attempt.opinion_at,
        )
        return [Section(heading, [("", attempt.opinion)])]

    def _to_do(self, score: DimensionScore) -> tuple[str, str]:
        advised = self._replies.results.advised(score)
        told = advised["do_first"]
        if advised["support"]:
            told = f"{told} {self._say('sheet_support', **advised)}"
        title = self._say("sheet_box_dimension", title=score.dimension.title, percent=score.percent)
        return title, told

    def _say(self, name: str, **values: Any) -> str:
        return self._texts.say(f"assessment.{name}", **values)


def _unmarked(words: str) -> str:
    return words.replace("**", "")


def _told(duty: dict[str, str]) -> str:
    ground = f"({duty['ground']})" if duty["ground"] else ""
    return " ".join(part for part in (duty["text"], duty["facts"], ground) if part)
