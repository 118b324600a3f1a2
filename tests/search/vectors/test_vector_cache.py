import logging
from pathlib import Path

import numpy as np
import pytest

from bot.search.vectors.vector_cache import VectorCache, key_of


def vector(value: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.full(3, value, dtype=np.float32)


def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "vectors.npz"
    VectorCache(file).add({"a": vector(1), "b": vector(2)})
    again = VectorCache(file)
    assert again["b"].tolist() == [2, 2, 2]
    assert again.get("c") is None


def test_two_processes_do_not_lose_each_other_s_vectors(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    one, two = VectorCache(file), VectorCache(file)
    one.add({"a": vector(1)})
    two.add({"b": vector(2)})
    assert VectorCache(file).get("a") is not None
    assert VectorCache(file).get("b") is not None


def test_nothing_to_add_writes_nothing(tmp_path: Path) -> None:
    VectorCache(tmp_path / "vectors.npz").add({})
    assert list(tmp_path.iterdir()) == []


def test_no_half_written_file_stays_behind(tmp_path: Path) -> None:
    VectorCache(tmp_path / "vectors.npz").add({"a": vector(1)})
    assert [file.name for file in tmp_path.iterdir()] == ["vectors.npz"]


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_made_anew(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        cache = VectorCache(file)
    assert "made anew" in caplog.text
    cache.add({"a": vector(1)})
    assert VectorCache(file).get("a") is not None


def test_model_kind_and_text_all_count() -> None:
    keys = {key_of(m, k, t) for m in ("m", "n") for k in ("query", "passage") for t in ("a", "b")}
    assert len(keys) == 8
