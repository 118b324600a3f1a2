"""An action server that fails when it files a request for the first time, and once it has filed."""

from actions.filing.request_form import ActionSubmitRequest
from actions.server import main
from actions.shape.house_action import Response
from actions.shape.turn import Turn

_file = ActionSubmitRequest.respond
_tries = iter(("before", "after"))


def _fail_twice(self: ActionSubmitRequest, turn: Turn) -> Response:
    when = next(_tries, None)
    if when == "before":
        raise RuntimeError("the server falls before it files")
    response = _file(self, turn)
    if when == "after":
        raise RuntimeError("the server falls after it has filed")
    return response


if __name__ == "__main__":
    ActionSubmitRequest.respond = _fail_twice  # type: ignore[method-assign]
    main()
