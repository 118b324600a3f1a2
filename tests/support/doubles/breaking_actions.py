"""An action server whose tools break at certain words, each time; all else is ours."""

import os

from actions.requests import ActionRequestStatus
from actions.server import main
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.answer import ActionAnswer

RAISES = "nổ tung"
CIRCLES = "HT-26-00000"
DIES = "chết máy"

_answer = ActionAnswer.respond


def _respond(self: ActionAnswer, turn: Turn) -> Response:
    if RAISES in turn.text:
        raise RuntimeError("broken")
    if DIES in turn.text:
        os._exit(1)
    return _answer(self, turn)


def _circle(_self: ActionRequestStatus, turn: Turn) -> Response:
    if CIRCLES not in turn.text:
        raise RuntimeError("broken")
    return Response(events=[{"event": "followup", "name": "action_request_status"}])


if __name__ == "__main__":
    ActionAnswer.respond = _respond  # type: ignore[method-assign]
    ActionRequestStatus.respond = _circle  # type: ignore[method-assign]
    main()
