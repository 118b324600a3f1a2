"""A folder is read as it was written, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from bot.search.vectors.e5.folder import (
    FILES,
    MANIFEST,
    PartsDamaged,
    PartsMissing,
    read_parts,
    write_parts,
)
from tests.support.data.e5_parts import tiny_parts

ALL = (*FILES, MANIFEST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_parts(tiny_parts(), tmp_path)
    return tmp_path


def test_the_parts_are_read_as_they_were_written(folder: Path) -> None:
    written, read = tiny_parts(), read_parts(folder)
    assert (read.graph, read.pieces, read.readings) == (
        written.graph,
        written.pieces,
        written.readings,
    )
    assert (read.ends, read.longest) == (written.ends, written.longest)
    assert read.words.dtype == written.words.dtype
    assert np.array_equal(read.words, written.words)
    assert np.array_equal(read.places, written.places)


def test_the_words_stay_on_the_disk(folder: Path) -> None:
    words = read_parts(folder).words
    assert isinstance(words.base, np.memmap)
    assert not words.flags.writeable


def test_what_was_never_written_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PartsMissing):
        read_parts(tmp_path / "e5")


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_is_gone_is_noticed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(PartsDamaged, match=name):
        read_parts(folder)


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_was_cut_off_is_noticed(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(PartsDamaged, match=name):
        read_parts(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_byte_that_changed_is_noticed(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(PartsDamaged, match=name):
        read_parts(folder)
