"""The page of the architecture shows the folders as the code has them."""

from tests.support.rooms import page
from tests.support.source import ROOT


def test_the_table_is_drawn_from_the_code() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert text.endswith(page()), "run `.venv/bin/python -m tests.support.rooms` and paste it"
