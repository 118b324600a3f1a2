"""multilingual-e5-small, run by onnxruntime."""

from typing import Literal

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from bot.search.vectors.e5.blocks import Numbers, decoded
from bot.search.vectors.e5.parts import MEAN, ROWS, E5Parts
from bot.search.vectors.e5.pieces import E5Pieces

Kind = Literal["query", "passage"]
"""What e5 was taught to tell apart: who asks, and what answers."""

THREADS = 2
"""Threads that work on one text."""

ERRORS_ONLY = 3


class E5Model:
    """Turns a text into a unit vector. Safe between threads."""

    def __init__(self, parts: E5Parts) -> None:
        self._ends = parts.ends
        self._window = parts.longest - 2
        self._words = parts.words
        self._places = parts.places
        self._session = InferenceSession(parts.graph, _options())
        self._pieces = E5Pieces(parts)

    def ids(self, kind: Kind, text: str) -> list[int]:
        """The pieces that are read of a text, begin and end left out."""
        return self._pieces.ids(f"{kind}: {text}")

    def vector(self, kind: Kind, text: str) -> Numbers:
        """The vector of a text; shape `(384,)`.

        One longer than the model reads is read window by window, each weighing what it holds.
        """
        ids = self.ids(kind, text)
        windows = [ids[at : at + self._window] for at in range(0, len(ids), self._window)]
        total = np.sum([len(window) * self._mean(window) for window in windows], axis=0)
        vector: Numbers = total / np.linalg.norm(total)
        return vector

    def _mean(self, ids: list[int]) -> Numbers:
        whole = [self._ends.begin, *ids, self._ends.end]
        rows: Numbers = decoded(self._words[whole]) + self._places[: len(whole)]
        mean: Numbers = self._session.run([MEAN], {ROWS: rows[None]})[0][0]
        return mean


def _options() -> SessionOptions:
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    # They sleep while they wait: spinning, they take the time of whoever else uses the machine
    # (`docs/measurements/time.md`).
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.inter_op_num_threads = 1
    return options
