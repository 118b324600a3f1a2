"""Whom a correction means, and which text of one can be sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.correction import (
    TEXT_LIMIT,
    Aim,
    Audience,
    LastGiven,
    TextFault,
    came_after,
    text_fault,
)

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
    ("changed_on", "oldest", "is_news"),
    [
        (date(2026, 11, 25), WRITTEN, True),
        # Of the same day nobody knows which was first.
        (date(2026, 11, 24), WRITTEN, False),
        (date(2026, 4, 1), WRITTEN, False),
        # Six o'clock in the evening in Greenwich is the next day here.
        (date(2026, 11, 25), datetime(2026, 11, 24, 18, tzinfo=UTC), False),
        (date(2026, 11, 25), datetime(2026, 11, 24, 16, tzinfo=UTC), True),
        (None, WRITTEN, False),
        (date(2026, 11, 25), None, False),
    ],
)
def test_a_change_is_news_to_who_was_answered_before_its_day(
    changed_on: date | None, oldest: datetime | None, *, is_news: bool
) -> None:
    assert came_after(changed_on, oldest) is is_news


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
