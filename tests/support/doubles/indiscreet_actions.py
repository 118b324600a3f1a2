"""An action server that tells its log what the owner wrote, in every way that code can."""

import logging
import sys

from actions.server import main
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.answer import ActionAnswer

TRIGGER = "indiscreet"
"""A message that holds this word makes the answer fail once, the message in its traceback."""

_answer = ActionAnswer.respond
_failed: set[str] = set()
log = logging.getLogger("tests.indiscreet")


def _tell(self: ActionAnswer, turn: Turn) -> Response:
    log.debug("asked %s", turn.text)
    log.info("asked", extra={"text": turn.text})
    print("asked", turn.text, flush=True)  # noqa: T201  (what a forgotten line would do)
    print("asked", turn.text, file=sys.stderr, flush=True)  # noqa: T201
    if TRIGGER in turn.text and turn.text not in _failed:
        _failed.add(turn.text)
        raise RuntimeError(f"cannot answer {turn.text!r}")
    return _answer(self, turn)


if __name__ == "__main__":
    ActionAnswer.respond = _tell  # type: ignore[method-assign]
    main()
