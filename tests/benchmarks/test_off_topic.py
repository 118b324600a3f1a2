from pathlib import Path

import pytest

from benchmarks.off_topic import Came, Kept, Told, came_of, kept, lines, offending, table, wishes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding


def test_comments_and_empty_lines_are_no_messages(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("# from somewhere\n\nphát nhạc\n  bán đất \n", encoding="utf-8")

    assert lines(file) == ["phát nhạc", "bán đất"]


def test_a_wish_keeps_every_bar_but_the_first(tmp_path: Path) -> None:
    file = tmp_path / "wishes.txt"
    file.write_text("handover | gặp cán bộ\ncancel | thôi | bỏ đi\n", encoding="utf-8")

    assert wishes(file) == [("handover", "gặp cán bộ"), ("cancel", "thôi | bỏ đi")]


@pytest.mark.parametrize(
    ("outcome", "intent", "cases", "came"),
    [
        (Outcome.HANDOVER, "handover", 1, Came.CASE),
        (Outcome.HANDOVER, "ask", 0, Came.SUGGESTIONS),
        (Outcome.CLARIFY, "ask", 0, Came.SUGGESTIONS),
        (Outcome.CLARIFY, "doubtful_wish", 0, Came.ASKED_FIRST),
        (Outcome.REQUEST, "request_help", 0, Came.FORM),
        (Outcome.ANSWER, "ask", 0, Came.ARTICLE),
        (Outcome.WRONG_OFFICE, "ask", 0, Came.POINTED),
    ],
)
def test_what_came_of_a_line(outcome: Outcome, intent: str, cases: int, came: Came) -> None:
    assert came_of([Understanding(outcome=outcome, intent=intent)], cases) is came


def test_no_reply_is_silence() -> None:
    assert came_of([], 0) is Came.SILENCE


def offers(*payloads: str) -> list[OutgoingMessage]:
    return [OutgoingMessage(text="?", choices=[Choice(title="x", payload=p) for p in payloads])]


@pytest.mark.parametrize(
    ("wish", "came", "intent", "buttons", "became"),
    [
        ("handover", Came.CASE, "handover", (), Kept.DONE),
        ("cancel", Came.CHITCHAT, "cancel", (), Kept.DONE),
        ("handover", Came.ASKED_FIRST, "doubtful_wish", ("/handover", "/deny"), Kept.ASKED),
        ("assessment", Came.ASKED_FIRST, "doubtful_wish", ("/handover", "/deny"), Kept.LOST),
        ("handover", Came.OUT_OF_SCOPE, "out_of_scope", ("/handover",), Kept.OFFERED),
        ("assessment", Came.OUT_OF_SCOPE, "out_of_scope", ("/handover",), Kept.LOST),
    ],
)
def test_what_became_of_a_wish(
    wish: str, came: Came, intent: str, buttons: tuple[str, ...], became: Kept
) -> None:
    assert kept(wish, came, intent, offers(*buttons)) is became


def test_effects_are_counted_together_and_told_line_by_line() -> None:
    told = [
        Told("radio", "phát nhạc", Came.CASE, "handover"),
        Told("radio", "mở đài", Came.ASSESSMENT, "assessment"),
        Told("radio", "tắt đài", Came.OUT_OF_SCOPE, "out_of_scope"),
        Told("news", "bão số ba", Came.OUT_OF_SCOPE, "ask"),
    ]

    shown = table(told)

    assert "| radio | 3 | 2 (66.7 %) | 1 (33.3 %) |" in shown
    assert "| all | 4 | 2 (50.0 %) |" in shown
    assert [one.text for one in offending(told)] == ["phát nhạc", "mở đài"]
