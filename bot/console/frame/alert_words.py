"""What a browser tells of the cases that wait for its person: codes and subjects, no owner."""

from typing import Any

from fastapi import Request

from bot.console.frame.gate import Visitor
from bot.console.frame.pages import path_of
from bot.domain.requests.alert import Alert, AlertKind
from bot.house import House

LIST = "list"


def alert_words(request: Request, house: House, visitor: Visitor) -> dict[str, Any]:
    """As an object of the live connection.

    `shown_by`: the subjects of the pages on which it stands already.
    """
    return {
        "count": visitor.waiting,
        "sounds": visitor.wishes.sounds,
        "quiet": visitor.wishes.is_quiet(house.clock()),
        "alerts": [_told(request, house, one) for one in visitor.alerts],
    }


def _told(request: Request, house: House, alert: Alert) -> dict[str, Any]:
    case = f"case-{alert.request_id}"
    return {
        "key": alert.key,
        "title": house.texts.say(f"alert.{alert.kind}"),
        "about": house.texts.say(
            "alert.about",
            code=alert.code,
            topic=house.library.current.topic(alert.topic).title,
        ),
        "path": path_of(request, "show_case", request_id=alert.request_id),
        "shown_by": [case, LIST] if alert.kind == AlertKind.NEW else [case],
    }
