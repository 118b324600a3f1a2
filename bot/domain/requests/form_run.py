"""The questions and answers by which a request was filed: one stretch of a transcript."""

from collections.abc import Sequence
from dataclasses import dataclass

SHORTEST = 3
"""Lines: a question, its answer, and that the request is filed. Less is not worth a fold."""


@dataclass(frozen=True)
class Line:
    """A line of a transcript.

    `asks`: the assistant speaks as the form; `files`: it says that a request is filed.
    """

    by_owner: bool = False
    asks: bool = False
    files: bool = False


def form_runs(lines: Sequence[Line]) -> list[range]:
    """The stretches that led to a request, each from the form's first question to its last word.

    What was answered there stands with the request already. A form that was given up is none,
    and words of the owner that answer no question of the form are in no stretch: a question beside
    it, with what it was answered, parts the form and stays to be read.
    """
    runs: list[range] = []
    for end, line in enumerate(lines):
        if not line.files:
            continue
        begin = _begin(lines, end, after=runs[-1].stop if runs else 0)
        if end + 1 - begin >= SHORTEST:
            runs.append(range(begin, end + 1))
    return runs


def _begin(lines: Sequence[Line], end: int, *, after: int) -> int:
    begin = end
    for index in range(end - 1, after - 1, -1):
        if lines[index].files:
            break
        if lines[index].asks:
            begin = index
        elif not lines[index].by_owner:
            break
    return begin
