"""Everything that may be asked, topic by topic, as JSON for the page's menu."""

from typing import Any

from bot.knowledge.library import Knowledge


def menu(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Each topic that has articles, in the order of the file, with its articles' buttons."""
    return [
        {"title": topic.title, "questions": buttons}
        for topic in knowledge.topics.values()
        if (buttons := _buttons(knowledge, topic.id))
    ]


def _buttons(knowledge: Knowledge, topic: str) -> list[str]:
    return [one.button for one in knowledge.articles.values() if one.topic == topic]
