"""Small assessments that can be counted by hand."""

from typing import Any

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import Answer
from bot.knowledge.library import Library
from bot.services.assessments.lookup import Lookup

SCALE: dict[str, Any] = {
    "most": 5,
    "choices": [
        {"score": 0, "title": "Chưa làm", "words": ["chưa", "không"]},
        {"score": 2, "title": "Làm một phần", "words": ["ít"]},
        {"score": 5, "title": "Làm đủ", "words": ["có rồi"]},
    ],
    "fillers": ["điểm", "dạ", "ạ", "cho"],
}


def dimension(name: str, count: int = 2, **changes: Any) -> dict[str, Any]:
    """A dimension as in a file, with questions `<name>-1`, `<name>-2` …"""
    return {
        "id": name,
        "title": name.upper(),
        "meaning": f"meaning of {name}",
        "questions": [{"id": f"{name}-{n}", "text": f"text {n}"} for n in range(1, count + 1)],
        "advice": [
            {"from": 0, "do_first": f"begin {name}"},
            {"from": 50, "do_first": f"go on {name}"},
        ],
        "articles": [],
        **changes,
    }


def assessment_data(**changes: Any) -> dict[str, Any]:
    """Four dimensions of two questions each, as in a file."""
    return {
        "id": "small",
        "version": "1",
        "title": "Small",
        "subject": "S",
        "intro": "Look around.",
        "caveat": "No certificate.",
        "request_topic": "nang_suat",
        "scale": SCALE,
        "levels": [
            {"from": 0, "title": "low", "meaning": "m0"},
            {"from": 60, "title": "middle", "meaning": "m1"},
            {"from": 91, "title": "high", "meaning": "m2"},
        ],
        "dimensions": [dimension(name) for name in ("a", "b", "c", "d")],
        **changes,
    }


def small_assessment(**changes: Any) -> Assessment:
    """The model of `assessment_data`."""
    return Assessment.model_validate(assessment_data(**changes))


def scored(number: int) -> Answer:
    """The answer that gives a score."""
    return (str(number),)


def answered(assessment: Assessment, *scores: int) -> dict[str, Answer]:
    """Scores given in the order of the questions."""
    ids = (question.id for question in assessment.questions)
    return dict(zip(ids, map(scored, scores), strict=False))


def lookup_in(library: Library) -> Lookup:
    """What a result takes from a library; supports pay nothing."""
    knowledge = library.current
    return Lookup(
        titles={one.id: one.title for one in knowledge.articles.values()},
        documents={one.id: one.short for one in knowledge.documents.values()},
        assessments=library.tables.assessments,
        money=lambda _: "",
        product=lambda _: "",
    )
