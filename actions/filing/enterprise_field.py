"""The enterprise in the request form: a code, a name, and ways on where neither is understood."""

import re
from dataclasses import dataclass
from typing import Any

from actions.filing.request_fields import (
    ON_WITH_IT,
    Fields,
    Read,
    asks_of_any_matter,
    elsewhere,
    unread,
)
from actions.shape.desk import Desk
from actions.shape.patience import FAILURES, FAILURES_BEFORE_A_WAY_OUT, TRIED, failed, failures
from actions.shape.turn import Turn
from bot.domain.enterprise.intake import (
    EnterpriseGiven,
    EnterpriseProblem,
    EnterpriseUnread,
    read_enterprise,
)
from bot.domain.enterprise.reach import Reach, read_reach
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.text.plain import folded

FIELD = "request_enterprise"

KEEP_CODE = "keep_code"
NAME_LATER = "name_later"
"""Values of buttons; any other value of theirs is a code."""

_STANDS_BY_IT = re.compile(
    r"\b(?:sai|dung (?:ma|roi|so|vay)|giay phep|(?:ma|so) (?:do|nay|ay|thue nay|thue do))\b"
)
_HAS_NONE = re.compile(
    r"\b(?:chua|khong|ko|k|kg|hong|hok|hem|quen|bo|qua|khoi|mien|skip|n/a|de (?:sau|trong))\b"
)
"""After a wrong code, words of him who stands by it, and of him who after all has none."""

MOST_CODES = 4
"""Buttons for codes of one message."""


@dataclass(frozen=True)
class TriedEnterprise:
    """What answers held that were not understood: codes as typed, a name, or that a name comes."""

    codes: tuple[str, ...] = ()
    name: str = ""
    is_naming: bool = False

    @classmethod
    def of(cls, turn: Turn) -> "TriedEnterprise":
        """What the turns before this one held."""
        tried = turn.slots.get(TRIED) or {}
        return cls(
            tuple(tried.get("codes") or ()),
            str(tried.get("name") or ""),
            bool(tried.get("is_naming")),
        )

    def as_slot(self) -> dict[str, Any]:
        """As Rasa keeps it."""
        return {"codes": list(self.codes), "name": self.name, "is_naming": self.is_naming}


def enterprise_slot(*, tax_code: str = "", name: str = "", unchecked: str = "") -> dict[str, str]:
    """The field as the form keeps it; `unchecked`: a code as typed that was not found right."""
    return {"tax_code": tax_code, "name": name, "unchecked": unchecked}


def read_enterprise_field(desk: Desk, turn: Turn) -> Fields | Read:
    """A right tax code, a name, none yet, or a way on that was offered."""
    tried = TriedEnterprise.of(turn)
    if turn.pressed:
        return _pressed(desk, turn, tried)
    given = read_enterprise(
        turn.text, today=desk.today(), is_after_a_code=bool(tried.codes) and not tried.is_naming
    )
    if isinstance(given, EnterpriseUnread) and given.problem is not EnterpriseProblem.NOTHING:
        return _not_understood(turn, given, tried)
    if isinstance(given, EnterpriseGiven) and given.tax_code:
        return _filled(turn, given, tried)
    if turn.intent == "skip" and (not tried.codes or _HAS_NONE.search(folded(turn.text))):
        return {FIELD: enterprise_slot()}
    stands_by_it = tried.codes and _STANDS_BY_IT.search(folded(turn.text))
    if not stands_by_it and elsewhere(turn):
        return Read.ELSEWHERE
    is_answer = turn.intent not in ON_WITH_IT | {"deny"} and not asks_of_any_matter(turn.text)
    if isinstance(given, EnterpriseGiven) and is_answer and not stands_by_it:
        return _filled(turn, given, TriedEnterprise())
    if tried.codes and turn.intent not in ("resume", "request_help"):
        # He stands by his code: he is not asked for it again without another way.
        waited = max(failures(turn) + 1, FAILURES_BEFORE_A_WAY_OUT)
        return {**failed(turn, "problem_enterprise"), FAILURES: waited + waited % 2}
    return Read.UNCLEAR


def left_open(turn: Turn) -> dict[str, str]:
    """The field where it is asked for no more: what was typed, for an officer to check."""
    tried = TriedEnterprise.of(turn)
    return enterprise_slot(name=tried.name, unchecked=next(iter(tried.codes), ""))


def enterprise_choices(desk: Desk, turn: Turn, *, ways_out: bool) -> list[Choice]:
    """The buttons under the question."""
    tried, say, choices = TriedEnterprise.of(turn), desk.choice, []
    if turn.slot("problem") == f"problem_{EnterpriseProblem.TWO_CODES}":
        choices += [
            Choice(title=code, payload=payload("inform", value=code))
            for code in tried.codes[:MOST_CODES]
        ]
    elif ways_out and tried.codes:
        choices.append(say("request.choice_keep_code", payload("inform", value=KEEP_CODE)))
    if ways_out and not tried.is_naming:
        choices.append(say("request.choice_name_later", payload("inform", value=NAME_LATER)))
    return [*choices, say("request.choice_no_enterprise", payload("skip"))]


def enterprise_line(desk: Desk, enterprise: dict[str, str]) -> str:
    """The field as the owner confirms it."""
    name, code = enterprise.get("name") or "", enterprise.get("tax_code") or ""
    typed = enterprise.get("unchecked") or ""
    if typed and not code:
        return desk.texts.say("request.enterprise_unchecked", name=name, typed=typed)
    if name or code:
        return desk.texts.say("request.enterprise_line", name=name, tax_code=code)
    return desk.texts.say("request.enterprise_none")


def _pressed(desk: Desk, turn: Turn, tried: TriedEnterprise) -> Fields | Read:
    if turn.intent == "skip":
        return {FIELD: enterprise_slot()}
    match turn.entity("value"):
        case "":
            return unread(turn)
        case "keep_code" if tried.codes:
            return {FIELD: left_open(turn)}
        case "name_later" if tried.name:
            return {FIELD: enterprise_slot(name=tried.name)}
        case "name_later":
            naming = TriedEnterprise(tried.codes, is_naming=True)
            return {"problem": None, FAILURES: None, TRIED: naming.as_slot()}
        case code:
            given = read_enterprise(code, today=desk.today())
            if isinstance(given, EnterpriseUnread):
                return _not_understood(turn, given, TriedEnterprise(name=tried.name))
            return _filled(turn, given, tried)


def _not_understood(turn: Turn, given: EnterpriseUnread, tried: TriedEnterprise) -> Fields:
    codes = given.typed or tried.codes
    kept = TriedEnterprise(codes, given.name or tried.name, tried.is_naming)
    return {
        **failed(turn, f"problem_{given.problem}", **{TRIED: kept.as_slot()}),
        # A number that is called a phone number is one: it is not asked for again.
        **(_reach(turn) if given.problem is EnterpriseProblem.PHONE and not given.typed else {}),
    }


def _filled(turn: Turn, given: EnterpriseGiven, tried: TriedEnterprise) -> Fields:
    name = given.name or tried.name
    return {FIELD: enterprise_slot(tax_code=given.tax_code, name=name), **_reach(turn)}


def _reach(turn: Turn) -> Fields:
    """The addresses beside an enterprise, where none is known yet."""
    reach = None if turn.pressed or turn.slot("request_reach") else read_reach(turn.text)
    return {"request_reach": reach.text} if isinstance(reach, Reach) else {}
