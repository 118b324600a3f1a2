"""A small knowledge base to break."""

from pathlib import Path

import pytest

from tests.support.data.small_knowledge import copy_small_knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_small_knowledge(tmp_path / "knowledge_base")
