"""Rasa's own checks accept the project: `data validate`, `test nlu`, `test core`."""

import json
import subprocess

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.engine

HELD_OUT_ACCURACY = 0.89
"""The phrasings of 306 articles, a half more than before, pull what is none of ours to questions:
0.8996 on 488 lines that no training has seen."""
"""Of 32 close intents on eight or more fresh examples each; what matters most stands apart."""


def test_rasa_accepts_the_project_and_plays_its_conversations() -> None:
    ended = subprocess.run(  # noqa: S603  (our own script)
        [ROOT / "scripts" / "check-engine"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )
    assert ended.returncode == 0, (ended.stdout + ended.stderr)[-4000:]
    report = json.loads((ROOT / "var/engine-check/intent_report.json").read_text("utf-8"))
    assert report["accuracy"] >= HELD_OUT_ACCURACY
    for intent in ("request_help", "request_status", "handover", "privacy_erase"):
        assert report[intent]["recall"] >= 0.75, (intent, report[intent])
