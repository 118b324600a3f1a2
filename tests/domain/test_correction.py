"""Whom a correction means, and which text of one can be sent."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.correction import TEXT_LIMIT, Aim, Audience, LastGiven, TextFault, text_fault

WRITTEN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BEFORE, AFTER = WRITTEN - timedelta(days=1), WRITTEN + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("audience", "mark", "at", "means"),
    [
        (Audience.OLD_TEXT, "old", BEFORE, True),
        (Audience.OLD_TEXT, "new", BEFORE, False),
        (Audience.OLD_TEXT, "new", AFTER, False),
        # A second application that had not read the new file yet.
        (Audience.OLD_TEXT, "old", AFTER, True),
        (Audience.EVERYONE, "old", BEFORE, True),
        (Audience.EVERYONE, "new", BEFORE, True),
        (Audience.EVERYONE, "new", AFTER, False),
    ],
)
def test_it_means_who_still_has_the_old_answer(
    audience: Audience, mark: str, at: datetime, *, means: bool
) -> None:
    assert Aim("new", audience, WRITTEN).means(LastGiven(mark, at)) is means


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("mark", ["old", "newer still"])
def test_approved_it_means_nobody_who_was_given_the_article_since(
    audience: Audience, mark: str
) -> None:
    aim = Aim("new", audience, WRITTEN, approved_at=AFTER)

    assert aim.means(LastGiven(mark, AFTER - timedelta(seconds=1)))
    assert not aim.means(LastGiven(mark, AFTER))
    assert not aim.means(LastGiven(mark, AFTER + timedelta(days=1)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", TextFault.EMPTY),
        (" \n ", TextFault.EMPTY),
        ("x" * TEXT_LIMIT, None),
        ("x" * (TEXT_LIMIT + 1), TextFault.LONG),
        ("Trước đây em nói [điền ở đây].", TextFault.BLANK),
        ("Trước đây em nói 5 năm, nay là 10 năm từ 01/04/2026 (Điều 10).", None),
    ],
)
def test_a_text_is_refused_where_there_is_nothing_too_much_or_a_blank(
    text: str, fault: TextFault | None
) -> None:
    assert text_fault(text) is fault
