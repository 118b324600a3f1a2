"""The training learns the phrasings of the articles, whatever else lies beside them."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.processes.model import engine_python
from bot.settings import ROOT, Settings

SETTING = "DONGHANH_KNOWLEDGE_DIR"

pytestmark = pytest.mark.engine

PROGRAM = """
import json
from engine import knowledge_importer as importer
print(json.dumps(importer._phrasings()))
"""


def learnt(knowledge: Path | None) -> list[str]:
    """What is learnt from the knowledge base that the setting names, or with none named."""
    unset = {name: value for name, value in os.environ.items() if name != SETTING}
    said = subprocess.run(  # noqa: S603  (our own interpreter)
        [engine_python(Settings(_env_file=None)), "-W", "ignore", "-c", PROGRAM],
        cwd=ROOT,
        env=unset | ({SETTING: str(knowledge)} if knowledge else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-1500:]
    found: list[str] = json.loads(said.stdout.splitlines()[-1])
    return found


def test_it_learns_what_the_search_serves(library: Library) -> None:
    served = [one for article in library.files.articles.values() for one in article.phrasings]

    assert sorted(learnt(None)) == sorted(served)


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    good = "---\nid: a\nphrasings:\n  - một\n  - 5\n---\nLời đáp.\n"
    files = {
        "good.md": good.encode(),
        "mark.md": b"\xef\xbb\xbf" + good.replace("một", "hai").replace("\n", "\r\n").encode(),
        "._good.md": b"\0\5\x16\7",
        "old.md": good.encode("utf-16"),
        "cp.md": "---\nphrasings: [“ba”]\n---\n".encode("cp1258", "ignore"),
        "broken.md": b"---\nphrasings: [\n---\n",
        "list.md": b"---\n- phrasings\n---\n",
        "none.md": b"---\nphrasings:\n---\n",
        "empty.md": b"",
    }
    articles = tmp_path / "articles"
    (articles / "folder.md").mkdir(parents=True)
    for name, content in files.items():
        (articles / name).write_bytes(content)

    assert learnt(tmp_path) == ["một", "hai"]
