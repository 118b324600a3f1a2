"""What the web chat does not take, and how it says so."""

import math

from fastapi.responses import JSONResponse


class Refused(Exception):
    """A request that is not taken.

    `status` of the answer, the sentence for the owner and, where the same request will be taken
    later, the seconds to wait.
    """

    def __init__(self, status: int, sentence: str, *, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.wait = wait

    def response(self) -> JSONResponse:
        """`{"error": sentence}`, with `Retry-After` where waiting helps."""
        headers = {} if self.wait is None else {"Retry-After": str(whole_seconds(self.wait))}
        return JSONResponse({"error": self.sentence}, status_code=self.status, headers=headers)


def whole_seconds(wait: float) -> int:
    """A wait as `Retry-After` counts: at least one second, never too short."""
    return max(1, math.ceil(wait))
