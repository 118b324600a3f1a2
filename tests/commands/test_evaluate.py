"""`donghanh evaluate`, with an assistant that answers from a script."""

import contextlib
import dataclasses
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.commands.evaluate import (
    DEFAULT_SETS,
    Job,
    OpenAsker,
    Variant,
    chosen_sets,
    chosen_variants,
    evaluate,
    run,
)
from bot.commands.world_asker import as_turn
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome, Understanding
from bot.evaluation.asking.evaluation_set import EvaluationSet, SetError
from bot.evaluation.asking.turn import Asker
from bot.evaluation.quality import Quality
from bot.private_world import Said
from bot.settings import Settings
from tests.support.data.evaluation import ScriptedAsker, came, labelled

APP = typer.Typer()
APP.command()(evaluate)

SET = EvaluationSet("own", [labelled("answer", "a", text="nhãn hiệu")])
GOOD = ScriptedAsker({"nhãn hiệu": came("answer", "a")})
BAD = ScriptedAsker({"nhãn hiệu": came("answer", "x")})


def opening(asker: Asker) -> OpenAsker:
    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[Asker]:
        yield asker

    return opened


def variant(asker: Asker, name: str = "") -> Variant:
    return Variant(name, opening(asker))


def job(out: Path, *, earlier: Quality | None = None, name: str = "own") -> Job:
    chosen = EvaluationSet(name, SET.messages)
    return Job([chosen], {}, out, spellings=False, today=date(2026, 11, 24), earlier=earlier)


def read(folder: Path) -> Quality:
    return Quality.model_validate_json((folder / "quality.json").read_text(encoding="utf-8"))


def written(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def test_it_writes_the_page_and_says_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not await run(job(tmp_path), [variant(GOOD)])
    assert written(tmp_path) == {"quality.md", "quality.json", "quality.png", "reliability.png"}
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["right", "first", "100.0", "%", "(1/1)"] in lines


async def test_a_fall_against_earlier_figures_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(job(tmp_path), [variant(GOOD)])
    assert not await run(job(tmp_path, earlier=read(tmp_path)), [variant(GOOD)])
    assert await run(job(tmp_path, earlier=read(tmp_path)), [variant(BAD)])
    assert "own: right first fell from 100.0 % (1/1) to 0.0 % (0/1)" in capsys.readouterr().err


async def test_with_nothing_to_compare_the_gate_stays_shut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(job(tmp_path), [variant(GOOD)])
    assert await run(job(tmp_path, earlier=read(tmp_path), name="other"), [variant(GOOD)])
    assert "no set was measured both times" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "", "{}", '{"sets": []}'])
def test_earlier_figures_that_cannot_be_read_are_refused_before_anything_starts(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "before.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(APP, ["--against", str(file)])
    assert result.exit_code == 1
    assert "before.json" in result.output


async def test_two_models_stand_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(job(tmp_path), [variant(BAD, "model a"), variant(GOOD, "model b")])
    page = (tmp_path / "quality.md").read_text(encoding="utf-8")
    assert "A: measured on 2026-11-24 with model a." in page
    assert "| right first | 0.0 % (0/1) | 100.0 % (1/1) | +100.0 |" in page
    assert (read(tmp_path / "a").assistant, read(tmp_path).assistant) == ("model a", "model b")
    assert "0.0 % (0/1) → 100.0 % (1/1) (+100.0)" in capsys.readouterr().out


async def test_an_earlier_run_stands_beside(tmp_path: Path) -> None:
    await run(job(tmp_path), [variant(GOOD)])
    beside = dataclasses.replace(job(tmp_path), beside=read(tmp_path))
    await run(beside, [variant(BAD)])
    page = (tmp_path / "quality.md").read_text(encoding="utf-8")
    assert "| right first | 100.0 % (1/1) | 0.0 % (0/1) | -100.0 |" in page


def test_models_are_called_by_their_file(tmp_path: Path, settings: Settings) -> None:
    model = tmp_path / "first.tar.gz"
    model.touch()
    words = settings.model_copy(update={"sentence_vectors": False})
    assert [one.name for one in chosen_variants(words, [model])] == ["model first, by words alone"]
    assert len(chosen_variants(settings, [])) == 1


def test_a_model_that_is_not_there_and_a_third_one_are_refused(
    tmp_path: Path, settings: Settings
) -> None:
    model = tmp_path / "a.tar.gz"
    with pytest.raises(SetError, match="no such model"):
        chosen_variants(settings, [model])
    model.touch()
    with pytest.raises(SetError, match="not more"):
        chosen_variants(settings, [model, model, model])


def test_a_broken_set_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"id": "m1"}\n', encoding="utf-8")
    result = CliRunner().invoke(APP, ["--set", str(file)])
    assert result.exit_code == 1
    assert "broken.jsonl:1: text" in result.output


def test_a_default_set_keeps_its_name_when_given_by_path() -> None:
    assert [one.name for one in chosen_sets([DEFAULT_SETS["own"]])] == ["own"]


def test_the_own_set_is_measured_unless_others_are_named() -> None:
    assert chosen_sets(None)[0].name == "own"


def test_two_sets_of_one_name_are_refused(tmp_path: Path) -> None:
    line = json.dumps({"id": "m1", "text": "x", "outcome": "chitchat"})
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "s.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(SetError, match="two sets bear the name s"):
        chosen_sets([tmp_path / "one" / "s.jsonl", tmp_path / "two" / "s.jsonl"])


def offering(*articles: str) -> OutgoingMessage:
    picks = [Choice(title=name, payload=payload("pick_article", article=name)) for name in articles]
    return OutgoingMessage(
        text="…", choices=[*picks, Choice(title="…", payload=payload("handover"))]
    )


def test_a_turn_is_seen_as_ask_shows_it() -> None:
    first = Understanding(
        outcome=Outcome.ANSWER, article="a", confidence=0.8, alternatives=["b"], intent="ask"
    )
    second = Understanding(outcome=Outcome.REQUEST)
    replies = [offering("r"), offering()]
    turn = as_turn(Said(replies, [first, second], 12.5))
    shown = came("answer", "a b", confidence=0.8, ms=12.5, last="request", intent="ask", offered="")
    assert turn == dataclasses.replace(shown, words="\n".join(reply.text for reply in replies))
    assert turn.asked_about == frozenset()


def test_what_is_asked_about_is_a_wish_on_a_button_and_no_article() -> None:
    asked = Understanding(outcome=Outcome.CLARIFY)
    wish = OutgoingMessage(text="?", choices=[Choice(title="Gặp cán bộ", payload="/handover")])
    assert as_turn(Said([wish], [asked], 1.0)).asked_about == {"handover"}
    assert as_turn(Said([offering("a")], [asked], 1.0)).asked_about == frozenset()


def test_buttons_count_as_offered_where_no_article_is_served() -> None:
    asked_back = Understanding(outcome=Outcome.CLARIFY, confidence=0.4, alternatives=["a", "b"])
    turn = as_turn(Said([offering("a", "b")], [asked_back], 1.0))
    assert turn.offered == ["a", "b"]
    assert turn.articles == ["a", "b"]


def test_no_reply_is_a_turn_without_outcome() -> None:
    assert as_turn(Said([], [], 3.0)).outcome is None
