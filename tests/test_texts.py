"""Every sentence renders, reads clean with any plausible values, is used, and none is missing."""

import re
import unicodedata
from collections.abc import Iterable

import pytest
from ruamel.yaml import YAML

from bot.console.enterprises.import_template import FIELDS
from bot.console.frame.trail_keeper import SUBJECTS
from bot.console.people.provider import STATUS
from bot.console.people.trail import COLUMNS
from bot.domain.enterprise.intake import EnterpriseProblem
from bot.domain.enterprise.reach import ReachProblem
from bot.domain.office.roles import Role
from bot.domain.office.trail import TrailKind
from bot.domain.requests.closing import Ending
from bot.domain.requests.rating import SKIP, LowReason
from bot.domain.requests.request import RequestState
from bot.domain.surveys.campaign import Way
from bot.knowledge.forms.form import FormKind
from bot.knowledge.glossary import Change
from bot.services.messaging.transcript import Author
from bot.settings import ROOT
from bot.texts import Texts, default_texts
from tests.support.data.sentences import Sentence, bare_words, reasons_of, sentences, uses
from tests.support.source import report

BUTTON_LIMIT = 32
"""Characters: one line of a button on a small phone."""

FAULTS = {
    "two spaces": re.compile(r"\S {2,}"),
    "a space before a mark": re.compile(r" [,.;:!?…](?!\S)"),
    "two marks": re.compile(r"[,;:][,.;:]|\.\.(?!\.)"),
    "an empty bracket or quote": re.compile(r"\(\s*\)|“\s*”"),
    "a blank at the end of a line": re.compile(r"[ \t]+$", re.MULTILINE),
    "more than one empty line": re.compile(r"\n\n\n"),
    "a trace of the code": re.compile(
        r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\}\}|\{%|<|(?<!^)>|^>(?! )", re.MULTILINE
    ),
    "a straight quotation mark": re.compile(r'"'),
    "three dots for an ellipsis": re.compile(r"\.\.\."),
}

TOLD_ACTS = [
    name.removeprefix("trail.act_")
    for name in default_texts().names
    if name.startswith("trail.act_")
]
"""What has no word is shown by its code: tests/console/people/test_trail_pages.py."""

FAMILIES: dict[str, Iterable[str]] = {
    "answer.old_": Change,
    "people.role_": Role,
    "request.problem_": {*EnterpriseProblem, *ReachProblem} - {ReachProblem.NOTHING},
    "request.status_": RequestState,
    "request.ended_": {*Ending, "before"},
    "figures.ending_": Ending,
    "request.choice_why_": {*LowReason, SKIP},
    "channels.author_": Author,
    "form.kind_": FormKind,
    "channels.file_": reasons_of("FileRefused"),
    "people.password_": reasons_of("PasswordRefused"),
    "people.officer_": reasons_of("OfficerRefused"),
    "people.sign_in_": reasons_of("SignInRefused"),
    "people.provider_": {"name", *STATUS},
    "people.second_factor_": {*reasons_of("SecondFactorRefused"), "issuer", "taken"},
    "mail.refused_": reasons_of("MailBoxRefused"),
    "gaps.refused_": reasons_of("ConclusionRefused"),
    "correction.refused_": reasons_of("CorrectionRefused"),
    "survey.refused_": reasons_of("CampaignRefused"),
    "survey.way_": Way,
    "enterprise.import_help_": FIELDS,
    "trail.kind_": TrailKind,
    "trail.subject_": SUBJECTS.values(),
    "trail.act_": TOLD_ACTS,
    "trail.head_": COLUMNS,
}
"""Sentences chosen by a value: one for each value there is."""

ALL = sentences()


def readings(sentence: Sentence) -> Iterable[str]:
    texts = default_texts().english if sentence.english else default_texts()
    for values in sentence.values():
        if sentence.name == "request.enterprise_line" and not values["tax_code"]:
            values["name"] = "Cơ sở Bà Hai"  # one of the two is always given
        yield texts.say(sentence.name, **values)


def name_of(sentence: Sentence) -> str:
    return f"{sentence.name} in English" if sentence.english else sentence.name


@pytest.mark.parametrize("sentence", ALL, ids=name_of)
def test_a_sentence_reads_clean_whatever_stands_in_it(sentence: Sentence) -> None:
    for text in readings(sentence):
        assert text
        assert text == unicodedata.normalize("NFC", text)
        faults = [name for name, fault in FAULTS.items() if fault.search(text)]
        assert not faults, f"{faults} in:\n{text}"
        assert text.count("**") % 2 == 0


@pytest.mark.parametrize(
    "sentence",
    [one for one in ALL if re.search(r"\.(choice|menu|suggestion)_", one.name)],
    ids=name_of,
)
def test_a_button_is_one_line_on_a_small_phone(sentence: Sentence) -> None:
    assert all(len(text) <= BUTTON_LIMIT for text in readings(sentence))


def test_the_code_names_no_sentence_that_is_missing() -> None:
    names = every_name()
    missing = [f"{use.place}: {use.pattern}" for use in uses() if not any(map(use.matches, names))]

    assert not missing, report(missing)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_a_sentence_for_each_of_its_values(family: str) -> None:
    values = list(FAMILIES[family])
    assert values

    missing = {f"{family}{value}" for value in values} - set(default_texts().names)

    assert not missing, report(sorted(missing))


def test_no_sentence_lies_unused() -> None:
    named = [use for use in uses() if not use.is_open]
    open_subjects = {use.pattern.split(r"\.")[0] for use in uses() if use.is_open}
    keys = re.compile("|".join([*bare_words(), *intents()]))

    unused = [
        name
        for name in every_name()
        if not any(use.matches(name) for use in named)
        and not (name.split(".")[0] in open_subjects and keys.fullmatch(name.split(".")[1]))
    ]

    assert not unused, report(unused)


OF_THE_FORM = re.compile(
    r"(request|wish|privacy)\.|talk\.(greet|menu|thanks|goodbye|bot_identity|cancelled|parked|files_kept)"
    r"|answer\.choice_(officer|request)$|after_close\.(brought|to_whom|choice)"
)
"""What a talk in English may come to: the form, its steps, the way to an officer."""

VIETNAMESE_ALONE = re.compile(
    r"talk\.menu_assessment|privacy\.erased_text|wish\.(ask|choice)_(assessment|resume)|wish\.ask_resume"
)
"""Assessments are taken in Vietnamese only; what stands for erased words is for officers."""


def test_every_sentence_of_the_form_has_its_english() -> None:
    needed = {
        name
        for name in default_texts().names
        if OF_THE_FORM.match(name) and not VIETNAMESE_ALONE.match(name)
    }
    assert len(needed) > 100

    missing = needed - set(default_texts().english.names)

    assert not missing, report(sorted(missing))


def test_english_sentences_need_what_the_vietnamese_ones_are_given() -> None:
    variables = {(one.name, one.english): one.variables() for one in ALL}

    strange = [
        name
        for (name, english), names in variables.items()
        if english and (name, False) in variables and not names <= variables[name, False]
    ]

    assert not strange, report(strange)


def test_what_has_no_english_is_said_in_vietnamese() -> None:
    texts = default_texts()

    assert texts.english.say("privacy.erased_text") == texts.say("privacy.erased_text")
    with pytest.raises(KeyError):
        texts.english.say("talk.no_such_sentence")


def test_an_unknown_name_and_a_missing_value_are_errors(texts: Texts) -> None:
    with pytest.raises(KeyError):
        texts.say("talk.no_such_sentence")
    with pytest.raises(Exception, match="limit"):
        texts.say("channels.file_too_large", name="a.pdf")


@pytest.fixture
def texts() -> Texts:
    return default_texts()


def every_name() -> list[str]:
    """The names of all sentences, those that are said in English alone among them."""
    return sorted({*default_texts().names, *default_texts().english.names})


def intents() -> list[str]:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return list(domain["intents"])
