"""An editor begins an article from a template and sees it as owners will."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands.kb import app
from bot.knowledge.library import read_knowledge
from tests.support.data.small_knowledge import article_file, edit

run = CliRunner()


def test_a_new_article_is_written_with_a_word_on_each_field(folder: Path) -> None:
    made = run.invoke(app, ["new", "nang_suat", "bai-thu", "--folder", str(folder)])
    assert made.exit_code == 0
    text = article_file(folder, "bai-thu").read_text(encoding="utf-8")
    assert "id: bai-thu\n" in text
    assert "@" not in text
    # What is still to be written is told with its line, and keeps nothing else from being served.
    told = run.invoke(app, ["check", "--quick", "--folder", str(folder)]).output
    assert "bai-thu.md:" in told


@pytest.mark.parametrize(
    ("topic", "article", "words"),
    [
        ("nang_suat", "5s-la-gi", "Đã có bài"),
        ("khong_co", "bai-thu", "topics.yml"),
        ("nang_suat", "Bài Thử", "chữ thường"),
        ("nang_suat", "../bai", "chữ thường"),
        ("nang_suat", "a" * 200, "chữ thường"),
    ],
)
def test_what_cannot_be_made_is_refused(folder: Path, topic: str, article: str, words: str) -> None:
    refused = run.invoke(app, ["new", topic, article, "--folder", str(folder)])
    assert refused.exit_code == 1
    assert words in " ".join(refused.output.split())


@pytest.mark.parametrize(
    ("channel", "mark"),
    [("terminal", "Căn cứ"), ("telegram", "<blockquote"), ("web", '<details class="aside">')],
)
def test_a_preview_is_what_the_channel_carries(folder: Path, channel: str, mark: str) -> None:
    shown = run.invoke(
        app, ["preview", "ma-vach-phi", "--channel", channel, "--folder", str(folder)]
    )
    article = read_knowledge(folder).articles["ma-vach-phi"]
    assert shown.exit_code == 0
    assert mark in shown.output
    assert all(f"[{aspect}]" in shown.output for aspect in article.aspects)


def test_a_preview_of_nothing_says_so_and_a_broken_article_its_faults(folder: Path) -> None:
    shown = run.invoke(app, ["preview", "khong-co", "--folder", str(folder)])
    assert (shown.exit_code, "Không có bài" in shown.output) == (1, True)
    edit(article_file(folder, "5s-la-gi"), "verify: ", "verify: perhaps # ")
    shown = run.invoke(app, ["preview", "5s-la-gi", "--folder", str(folder)])
    assert shown.exit_code == 1
    assert "verify" in shown.output
