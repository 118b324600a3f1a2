"""No word of an owner is longer than the column that it reaches: every way in, at both databases.

On PostgreSQL one letter too many lets the whole transaction fail, and the turn is tried in vain.
"""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import String, Text, select

from actions.shape.desk import Desk
from bot.domain.talk.messages import InboundEvent
from bot.domain.talk.payload import payload
from bot.services.messaging.files import FileService
from bot.services.privacy.privacy import PrivacyService
from bot.storage.base import Base
from tests.support.data.events import inbound, reception
from tests.support.data.files import PDF
from tests.support.stands.form_stand import FormStand, new_owner

WISH = "Cơ sở em làm bánh tráng 12 người, muốn được hướng dẫn làm 5S ở xưởng"

HOUSES_OWN = {
    "article_reviews", "demo_rows", "held_replies",
    "gap_groups", "officers", "poll_offsets", "setup_links", "sign_in_attempts", "gap_conclusions",
    "officer_sessions", "regression_cases", "attempts", "attempt_answers", "gaps", "messages",
    "request_events", "answer_verdicts", "deliveries", "set_aside_updates", "known_devices",
    "jobs", "given_answers", "corrections", "correction_notices",
    "assessment_definitions", "attempt_scores", "campaigns", "invitations", "peer_results",
    "enterprise_profiles", "enterprise_merges", "profile_changes", "profile_contacts",
    "profile_imports", "absences", "proposal_decisions", "trail_lines", "alert_wishes",
    "case_notes", "message_words", "canned_replies", "outgoing_mails",
    "mail_boxes", "second_factors", "half_sign_ins", "saved_views",
}  # fmt: skip
"""Tables whose short columns hold ids, states and officers' words; owners' words stand in Text."""

HOUSES_OWN_COLUMNS = {
    "conversations": {"id", "channel", "handler"},
    "files": {"id", "conversation_id", "media_type", "sha256"},
    "inbox_events": {"channel", "conversation_id", "state", "taken_by"},
    "requests": {
        "code", "kind", "conversation_id", "office", "state", "created_by", "consent_version",
        "ending", "passed_to", "authority", "rating_reason",
    },
}  # fmt: skip


def short_columns() -> dict[str, int]:
    """`table.column` of every column of bounded text, and its bound."""
    return {
        f"{table.name}.{column.name}": column.type.length or 0
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Text)
    }


def in_the_form(desk: Desk, enterprise: str, reach: str) -> None:
    """A request filed with these words, kept as typed where they are not understood."""
    owner = new_owner(desk).begins(WISH).says("/affirm")
    _until_filled(owner, "request_enterprise", enterprise, "Giữ mã này, cán bộ kiểm tra")
    _until_filled(owner, "request_reach", reach, "Giữ như đã gõ")
    owner.presses("Không có file").presses("Gửi")
    assert owner.wants == ""


def _until_filled(owner: FormStand, field: str, words: str, way_out: str) -> None:
    while owner.wants == field:
        owner.presses(way_out) if way_out in owner.buttons else owner.says(words)


def in_a_correction(desk: Desk, words: str) -> None:
    owner = new_owner(desk, "correction_form").begins(intent="privacy_correct")
    owner.says(words)


def as_a_topic(desk: Desk, words: str) -> None:
    owner = new_owner(desk).begins(WISH).says(payload("inform", topic=words))
    assert owner.wants == "request_topic"


def as_a_name_of_a_person(desk: Desk, words: str) -> None:
    with desk.house.database.transaction() as session:
        event = inbound("chào", now=desk.now(), sender_name=words)
        accepted = reception(session).accept(event, now=desk.now())
        assert accepted is not None
        privacy = PrivacyService(session, desk.house.settings.files_dir)
        privacy.see(accepted.conversation_id, now=desk.now())


def as_a_name_of_a_file(desk: Desk, words: str) -> None:
    with desk.house.database.transaction() as session:
        files = FileService(session, desk.house.settings.files_dir)
        for name in (f"{words}.pdf", f"a.{words}"):
            files.keep(PDF, name=name, conversation_id=None, limit=len(PDF), now=desk.now())


def as_an_event(desk: Desk, **words: str) -> None:
    """A channel's own words: what is too long is refused before anything is stored."""
    values: dict[str, Any] = inbound("chào", now=desk.now()).model_dump() | words
    try:
        event = InboundEvent.model_validate(values)
    except ValidationError:
        return
    with desk.house.database.transaction() as session:
        reception(session).accept(event, now=desk.now())


def email_of(size: int) -> str:
    labels = ".".join("a" * 60 for _ in range(size // 61 + 1))
    return f"{('lan@' + labels)[: size - 3]}.vn"


def phones_of(size: int) -> str:
    return ", ".join(f"09{number:08}" for number in range(size // 12 + 1))[:size]


WAYS: dict[str, list[Callable[[Desk, int], None]]] = {
    "contacts.display_name": [lambda desk, size: as_a_name_of_a_person(desk, "Lan" * size)],
    "contacts.email": [
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", email_of(size)),
        lambda desk, size: in_a_correction(desk, email_of(size)),
    ],
    "contacts.phone": [
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", phones_of(size)),
        lambda desk, size: in_a_correction(desk, "9" * size),
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", f"0912345678 máy lẻ {'1' * size}"),
    ],
    "requests.reach": [
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", email_of(size)),
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", phones_of(size)),
        lambda desk, size: in_the_form(desk, "Cơ sở Lan", "1" * size),
    ],
    "contacts.enterprise_name": [
        lambda desk, size: in_the_form(desk, f"0100109106 {'Công ty ' + 'A' * size}"[:size], "1"),
    ],
    "requests.enterprise_name": [
        lambda desk, size: in_the_form(desk, f"Công ty {'A' * size}"[:size], "0912345678"),
        lambda desk, size: in_the_form(desk, f"Công ty {'A' * size}, mst 0100109107", "0912345678"),
    ],
    "enterprises.name": [
        lambda desk, size: in_the_form(desk, f"Công ty {'A' * size}"[:size], "0912345678"),
    ],
    "contacts.unchecked_tax_code": [
        lambda desk, size: in_the_form(desk, "1" * size, "0912345678"),
    ],
    "requests.unchecked_tax_code": [
        lambda desk, size: in_the_form(desk, " 1" * size, "0912345678"),
    ],
    "enterprises.tax_code": [
        lambda desk, size: in_the_form(desk, "0" * size, "0912345678"),
        lambda desk, size: in_the_form(desk, "0100109106-001".ljust(size, "0"), "0912345678"),
    ],
    "contacts.tax_code": [
        lambda desk, size: in_the_form(desk, "0" * size, "0912345678"),
        lambda desk, size: in_the_form(desk, "0100109106-001".ljust(size, "0"), "0912345678"),
    ],
    "requests.topic": [lambda desk, size: as_a_topic(desk, "x" * size)],
    "files.name": [lambda desk, size: as_a_name_of_a_file(desk, "x" * size)],
    "conversations.chat_key": [lambda desk, size: as_an_event(desk, chat_key="x" * size)],
    "inbox_events.album": [lambda desk, size: as_an_event(desk, album="x" * size)],
    "inbox_events.event_id": [lambda desk, size: as_an_event(desk, event_id="x" * size)],
}


def test_every_short_column_is_the_houses_own_or_has_its_ways_in() -> None:
    reached = {
        name
        for name in short_columns()
        if name.split(".", maxsplit=1)[0] not in HOUSES_OWN
        and name.split(".")[1] not in HOUSES_OWN_COLUMNS.get(name.split(".", maxsplit=1)[0], ())
    }

    assert reached == set(WAYS)


@pytest.mark.parametrize("more", [0, 1, 700])
@pytest.mark.parametrize("column", WAYS)
def test_words_of_any_length_are_kept_within_the_column_or_asked_for_again(
    form_desk: Desk, column: str, more: int
) -> None:
    limits = short_columns()

    for way in WAYS[column]:
        way(form_desk, limits[column] + more)

    with form_desk.house.database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            for one in table.columns:
                limit = limits.get(f"{table.name}.{one.name}")
                for value in session.scalars(select(one)) if limit else ():
                    assert len(value or "") <= (limit or 0)
