"""What is made up can be nobody's: its numbers are none, its names say so, its topics are there."""

import phonenumbers
import pytest
from pydantic import ValidationError
from stdnum.vn import mst

from bot.domain.enterprise.reach import phone_of
from bot.knowledge.library import Library
from bot.services.demo.play import CaseStep, read_play
from bot.services.staff.officers import fold_username

MARK = "(mẫu)"


def test_whoever_and_whatever_has_a_name_is_marked_as_made_up() -> None:
    play = read_play()
    names = [one.name for one in (*play.people, *play.enterprises)]
    names += [one.owner for one in play.enterprises] + [one.title for one in play.canned]
    names += [one.owner for one in play.cases if one.owner]
    names += [play.survey.title, play.crowd.owner, play.crowd.enterprise]

    assert [name for name in names if MARK not in name] == []
    assert all(one.username == fold_username(f"mau.{one.id}") for one in play.people)


def test_no_telephone_rings_and_no_mail_arrives() -> None:
    companies = read_play().enterprises
    phones = [one.phone for one in companies if one.phone]
    crowd = [f"01{number:08}" for number in range(0, 20_000, 371)]

    assert phones
    for phone in (*phones, *crowd):
        assert not phonenumbers.is_valid_number(phonenumbers.parse(phone, "VN"))
        assert phone_of(phone) == ""
    assert all(one.email.endswith(".example") for one in companies if one.email)


def test_a_tax_code_is_wrong_by_its_last_digit() -> None:
    codes = [one.code for one in read_play().enterprises if one.code]

    assert codes
    assert not any(mst.is_valid(code) for code in codes)


def test_every_step_is_over_before_the_demo_is_made() -> None:
    assert [
        case.id for case in read_play().cases if sum(one.after for one in case.steps) > case.ago
    ] == []


def test_the_play_names_what_the_knowledge_base_has(library: Library) -> None:
    play, knowledge, tables = read_play(), library.current, library.tables
    articles = {one.article for case in play.cases for one in (*case.chat, *case.steps)} - {""}

    assert articles - set(knowledge.articles) == set()
    assert {case.topic for case in play.cases} - set(knowledge.topics) == set()
    assert {one.office for one in play.people} - set(knowledge.offices) == set()
    assert {one.assessment for one in play.runs} - set(tables.assessments) == set()
    assert play.survey.questionnaire in tables.surveys


@pytest.mark.parametrize("given", [{"after": 1}, {"after": 1, "claim": "a", "release": True}])
def test_a_step_is_one_thing(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CaseStep.model_validate(given)
