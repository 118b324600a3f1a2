import io
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from benchmarks.phoatis import (
    FEWEST,
    WAYS,
    Utterance,
    accuracy,
    convert,
    nlu_data,
    predict,
    utterances,
)

TRAIN = {
    "flight": ("cho tôi chuyến bay tới {}", 8),
    "airfare": ("vé đi {} giá bao nhiêu tiền", 8),
    "flight#airfare": ("chuyến bay và giá vé tới {}", 1),
}
TOWNS = ("Hà Nội", "Đà Nẵng", "Huế", "Vinh", "Cần Thơ", "Đà Lạt", "Pleiku", "Phú Quốc")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    rows = [(p.format(t), label) for label, (p, n) in TRAIN.items() for t in TOWNS[:n]]
    _write(tmp_path / "word-level" / "train", [(t.replace("Hà Nội", "Hà_Nội"), x) for t, x in rows])
    _write(
        tmp_path / "word-level" / "test",
        [("chuyến bay tới Đà_Nẵng", "flight"), ("giá vé bao nhiêu tiền", "airfare")],
    )
    return tmp_path


def _write(folder: Path, rows: list[tuple[str, str]]) -> None:
    folder.mkdir(parents=True)
    for name, column in (("seq.in", 0), ("label", 1)):
        lines = "".join(f"{row[column]} \n" for row in rows)
        (folder / name).write_text(lines, encoding="utf-8")


def _examples(data: dict[str, object]) -> dict[str, list[str]]:
    stream = io.StringIO()
    YAML().dump(data, stream)
    read = YAML(typ="safe").load(stream.getvalue())
    return {
        row["intent"]: re.findall(r"^- (.*)$", row["examples"], re.MULTILINE) for row in read["nlu"]
    }


def test_words_of_several_syllables_come_apart(copy: Path) -> None:
    tested = utterances(copy / "word-level" / "test")
    assert tested[0] == Utterance("chuyến bay tới Đà Nẵng", "flight")


def test_splits_of_unequal_length_are_refused(copy: Path) -> None:
    (copy / "word-level" / "test" / "label").write_text("flight\n", encoding="utf-8")
    with pytest.raises(ValueError, match="shorter"):
        utterances(copy / "word-level" / "test")


def test_each_label_becomes_an_intent_with_enough_examples(copy: Path) -> None:
    found = _examples(nlu_data(utterances(copy / "word-level" / "train")))
    assert list(found) == ["flight", "airfare", "flight+airfare"]
    assert len(found["flight"]) == len(TOWNS)
    assert len(set(found["flight+airfare"])) == FEWEST


def test_several_intents_are_right_only_together() -> None:
    asked = [Utterance("a", "flight#airfare"), Utterance("b", "flight")]
    assert accuracy(asked, ["flight", "flight"]) == 50
    assert accuracy(asked, ["flight+airfare", "flight"]) == 100


def test_the_pipeline_is_ours_and_nothing_else_of_our_project(copy: Path, tmp_path: Path) -> None:
    convert(copy, "word-level", tmp_path)
    config = YAML(typ="safe").load((tmp_path / "config.yml").read_text(encoding="utf-8"))
    assert [part["name"] for part in config["pipeline"]] == [
        "engine.nlu.tokenizer.VietnameseTokenizer",
        "engine.nlu.dual_view.DualViewIntentClassifier",
    ]
    assert "importers" not in config
    assert "policies" not in config


def test_every_way_of_writing_keeps_a_text() -> None:
    for change in WAYS.values():
        assert change("vé đi Huế giá bao nhiêu")
        assert change("vé đi Huế") == change("vé đi Huế")


@pytest.mark.engine
def test_the_pipeline_learns_the_labels(copy: Path, tmp_path: Path) -> None:
    tested = convert(copy, "word-level", tmp_path)
    assert accuracy(tested, predict(tmp_path, [one.text for one in tested])) == 100
