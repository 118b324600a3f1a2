from pathlib import Path

from typer.testing import CliRunner

from bot.commands.kb import app
from tests.support.small_knowledge import article_file, edit

run = CliRunner()


def test_a_good_folder_ends_well_and_lists_what_to_plan_for(folder: Path) -> None:
    result = run.invoke(app, ["check", "--folder", str(folder)])
    assert result.exit_code == 0
    assert "no problems: 11 articles" in result.output
    for title in ("expires within 90 days", "unverified", "lacks phrasings"):
        assert title in result.output


def test_a_problem_is_shown_with_file_and_line_and_fails(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    edit(file, "verify: ", "verify: perhaps # ")
    result = run.invoke(app, ["check", "--folder", str(folder)])
    assert result.exit_code == 1
    assert f"problem: {file}:" in result.output
    assert "problems: 1" in result.output


def test_a_warning_does_not_fail(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    edit(file, "reviewed_on: ", "reviewed_on: 2020-01-01 # ")
    edit(file, "review_due: ", "review_due: 2020-02-01 # ")
    result = run.invoke(app, ["check", "--folder", str(folder)])
    assert result.exit_code == 0
    assert f"warning: {file}:" in result.output
