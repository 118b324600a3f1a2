"""Which self-assessment a text names."""

from collections.abc import Mapping

from bot.domain.assessments.assessment import Assessment
from bot.domain.text.plain import holds_words, plain

LEAST_WORDS = 4
"""Words of a name that by itself wishes for the assessment."""


def assessment_named(assessments: Mapping[str, Assessment], text: str) -> str:
    """The id of the assessment that a text names; of several names the longest counts."""
    return named_with_rest(assessments, text)[0]


def named_with_rest(assessments: Mapping[str, Assessment], text: str) -> tuple[str, str]:
    """The id of the assessment that a text names, and the bare words beside its name."""
    said = plain(text)
    held = [
        (len(name), one.id, name)
        for one in assessments.values()
        for name in _names(one)
        if name and holds_words(said, name)
    ]
    _, id_, name = max(held, default=(0, "", ""))
    return id_, " ".join(said.replace(name, " ", 1).split()) if name else said


def assessment_titled(assessments: Mapping[str, Assessment], text: str) -> str:
    """The id of the assessment of which a text is the title or the button, in any spelling.

    A long name counts too (“hàng của tôi cần giấy tờ gì”); a short one may be a topic.
    """
    said = _bare(text)
    titles = (
        (one.id, {_bare(one.title), _bare(one.button), *_long_names(one)})
        for one in assessments.values()
    )
    return next((id_ for id_, known in titles if said and said in known), "")


def _names(assessment: Assessment) -> tuple[str, ...]:
    ways = (assessment.subject, assessment.button, assessment.title, *assessment.called)
    return tuple(plain(way) for way in ways)


def _long_names(assessment: Assessment) -> set[str]:
    names = {_bare(name) for name in assessment.called}
    return {name for name in names if name.count(" ") >= LEAST_WORDS - 1}


def _bare(text: str) -> str:
    """Letters and digits alone; what stands in brackets, such as how long it takes, does not."""
    return plain(text.partition("(")[0]).strip()
