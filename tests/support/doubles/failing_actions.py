"""An action server that fails when a form begins, when it files a request for the first time, and
once it has filed."""

from actions.filing.request_form import ValidateRequestForm
from actions.filing.submission import ActionSubmitRequest
from actions.server import main
from actions.shape.house_action import Response
from actions.shape.turn import Turn

_begin = ValidateRequestForm.respond
_beginnings = iter(("before",))
_file = ActionSubmitRequest.respond
_tries = iter(("before", "after"))


def _fail_once(self: ValidateRequestForm, turn: Turn) -> Response:
    if next(_beginnings, None):
        raise RuntimeError("the server falls while the form begins")
    return _begin(self, turn)


def _fail_twice(self: ActionSubmitRequest, turn: Turn) -> Response:
    when = next(_tries, None)
    if when == "before":
        raise RuntimeError("the server falls before it files")
    response = _file(self, turn)
    if when == "after":
        raise RuntimeError("the server falls after it has filed")
    return response


if __name__ == "__main__":
    ValidateRequestForm.respond = _fail_once  # type: ignore[method-assign]
    ActionSubmitRequest.respond = _fail_twice  # type: ignore[method-assign]
    main()
