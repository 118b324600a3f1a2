"""Intents: documented, ruled, trained, and the only ones that buttons send."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.assessing.form import OF_ASSESSMENT
from actions.filing.request_fields import ANSWERED_ELSEWHERE
from actions.privacy import OF_CORRECTION
from actions.registry import all_actions
from actions.wishes import WISHES
from bot.settings import ROOT
from engine.nlu.wish import TYPED_NEVER, WishGate
from tests.support.data.documents import code, rows
from tests.support.source import report, source_files

PAGE = "docs/intents.md"


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def domain() -> dict[str, Any]:
    return dict(read(ROOT / "domain.yml"))


def page() -> dict[str, str]:
    """The next step by intent, over all tables of the page."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(\w+)` \|.*\| `(\w+)` \|$", text, re.MULTILINE))


def first_steps() -> Iterator[tuple[str, str]]:
    """What follows an intent in the rules that hold outside of forms."""
    for file in sorted((ROOT / "nlu_data/rules").glob("*.yml")):
        for rule in read(file)["rules"]:
            if "condition" in rule or not {"intent", "or"} & set(rule["steps"][0]):
                continue
            first, then = rule["steps"][0], rule["steps"][1]["action"]
            for one in first.get("or", [first]):
                yield one["intent"], then


def intents_ruled_within(form: str) -> Iterator[str]:
    """The intents that the rules of a form answer."""
    for file in sorted((ROOT / "nlu_data/rules").glob("*.yml")):
        for rule in read(file)["rules"]:
            first = rule["steps"][0]
            if {"active_loop": form} in rule.get("condition", []) and {"intent", "or"} & set(first):
                yield from (one["intent"] for one in first.get("or", [first]))


def payloads() -> Iterator[tuple[str, str]]:
    """Every `/intent` that the code sends, with its place."""
    for file in source_files(("bot", "actions")):
        for node in ast.walk(file.tree):
            place = f"{file.path}:{getattr(node, 'lineno', 0)}"
            match node:
                case ast.Call(
                    func=ast.Name(id="payload"), args=[ast.Constant(value=str(intent)), *_]
                ):
                    yield intent, place
                case ast.Constant(value=str(text)):
                    named = re.fullmatch(r"/([a-z][a-z_]+)(\{.*)?", text, re.DOTALL)
                    if named and (named[2] or named[1] in names_of_constants(file.path)):
                        yield named[1], place


def names_of_constants(path: str) -> set[str]:
    """`/pause` is a payload in the texts of an assessment, and a route elsewhere."""
    return {"go_back", "pause", "resume"} if "assessment" in path else set()


def test_the_page_lists_every_intent_of_the_domain() -> None:
    assert set(page()) == set(domain()["intents"])


def test_the_page_says_what_the_rules_do() -> None:
    assert page() == dict(first_steps())


def test_no_two_rules_outside_of_forms_want_the_same_intent() -> None:
    intents = [intent for intent, _ in first_steps()]

    assert len(intents) == len(set(intents))


def test_every_table_of_the_page_is_read() -> None:
    assert len(page()) == sum(
        line.startswith("| `") for line in (ROOT / PAGE).read_text("utf-8").splitlines()
    )
    assert code(rows(PAGE, heading="intent")[0][0]) == "ask"


def test_every_intent_has_a_file_of_examples_and_no_file_is_of_none() -> None:
    files = {file.stem for file in (ROOT / "nlu_data/nlu").glob("*.yml")}

    assert files == set(domain()["intents"])


def test_buttons_send_intents_that_exist() -> None:
    known = set(domain()["intents"])
    wrong = [f"{place}: /{intent}" for intent, place in payloads() if intent not in known]

    assert not wrong, report(wrong)


def test_the_actions_of_the_domain_are_those_of_the_registry() -> None:
    # Their names do not depend on what lies on the desk.
    made = [action.name() for action in all_actions(None)]  # type: ignore[arg-type]

    assert len(made) == len(set(made))
    assert set(made) == set(domain()["actions"])


def test_the_rules_run_only_what_the_domain_knows() -> None:
    known = {*domain()["actions"], *domain()["forms"], "action_deactivate_loop", "action_listen"}
    used = {
        step["action"]
        for file in (ROOT / "nlu_data/rules").glob("*.yml")
        for rule in read(file)["rules"]
        for step in rule["steps"]
        if "action" in step
    }

    assert used <= known


LETS_GO = {
    "request_form": ANSWERED_ELSEWHERE,
    "correction_form": OF_CORRECTION,
    "assessment_form": OF_ASSESSMENT,
}
"""What each form's `validate_…` action leaves to the rules."""


@pytest.mark.parametrize("form", LETS_GO)
def test_what_a_form_leaves_to_the_rules_has_a_rule_in_it(form: str) -> None:
    # Without one Rasa falls back, again and again, until its breaker trips.
    ruled = set(intents_ruled_within(form))

    assert LETS_GO[form] <= ruled


@pytest.mark.parametrize("form", LETS_GO)
def test_a_wish_in_doubt_is_asked_about_within_a_form(form: str) -> None:
    assert "doubtful_wish" in set(intents_ruled_within(form))


def test_every_wish_that_is_weighed_can_be_asked_about() -> None:
    weighed = set(WishGate.read().wishes) - {TYPED_NEVER}

    assert weighed == WISHES
