"""Which self-assessment a text names."""

from collections.abc import Mapping

from bot.domain.assessments.assessment import Assessment
from bot.domain.text.plain import holds_words, plain


def assessment_named(assessments: Mapping[str, Assessment], text: str) -> str:
    """The id of the assessment that a text names; of several names the longest counts."""
    said = plain(text)
    held = [
        (len(name), one.id)
        for one in assessments.values()
        for name in _names(one)
        if name and holds_words(said, name)
    ]
    return max(held, default=(0, ""))[1]


def assessment_titled(assessments: Mapping[str, Assessment], text: str) -> str:
    """The id of the assessment of which a text is the title or the button, in any spelling."""
    said = _bare(text)
    titles = ((one.id, {_bare(one.title), _bare(one.button)}) for one in assessments.values())
    return next((id_ for id_, known in titles if said and said in known), "")


def _names(assessment: Assessment) -> tuple[str, ...]:
    ways = (assessment.subject, assessment.button, assessment.title, *assessment.called)
    return tuple(plain(way) for way in ways)


def _bare(text: str) -> str:
    """Letters and digits alone; what stands in brackets, such as how long it takes, does not."""
    return plain(text.partition("(")[0]).strip()
