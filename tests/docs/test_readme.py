"""The figures of README.md are those that `donghanh evaluate` kept."""

from bot.evaluation.comparison import main_shares
from bot.evaluation.quality import Quality
from bot.settings import ROOT
from tests.support.data.documents import rows

SHOWN = (
    "right first",
    "in three",
    "two questions",
    "off-topic answered",
    "asked back or refused",
    "dialogues: turns as expected",
    "dialogues: whole",
)


def kept() -> Quality:
    return Quality.model_validate_json((ROOT / "docs/quality.json").read_text(encoding="utf-8"))


def test_the_table_shows_the_kept_figures() -> None:
    columns = [main_shares(figures) for figures in kept().sets.values()]
    wanted = [[name, *(str(column[name]) for column in columns)] for name in SHOWN]

    assert rows("README.md", heading="measure") == wanted


def test_the_heading_names_the_sets_and_their_sizes() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, figures in kept().sets.items():
        size = f"{figures.messages} messages, " if figures.messages else ""
        assert f"{name} ({size}{figures.dialogues} dialogues)" in text
