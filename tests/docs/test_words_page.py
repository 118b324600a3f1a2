"""`docs/words.md` against the code: each word is used, each table is named, nothing means two."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.storage.base import Base

PAGE = ROOT / "docs" / "words.md"
CODE = ("bot", "actions", "engine", "vietnamese")
WRITTEN = (".py", ".html", ".js", ".j2")
SHOWN = (".yml", ".html", ".js", ".py")

TABLES = {
    "absences": "absence",
    "alert_wishes": "alert",
    "answer_verdicts": "verdict",
    "attempt_answers": "attempt",
    "attempt_scores": "attempt",
    "assessment_definitions": "assessment definition",
    "attempts": "attempt",
    "campaigns": "campaign",
    "canned_replies": "canned reply",
    "case_notes": "internal note",
    "contacts": "contact",
    "conversations": "conversation",
    "correction_notices": "correction",
    "corrections": "correction",
    "deliveries": "delivery",
    "demo_rows": "demo",
    "enterprises": "enterprise",
    "enterprise_merges": "merge",
    "enterprise_profiles": "profile",
    "files": None,
    "article_reviews": "review",
    "gap_conclusions": "conclusion",
    "gap_groups": "gap group",
    "gaps": "gap",
    "given_answers": "given answer",
    "held_replies": "held reply",
    "half_sign_ins": "half sign-in",
    "inbox_events": "inbox",
    "invitations": "invitation",
    "jobs": "job",
    "known_devices": "known device",
    "message_words": "message word",
    "mail_boxes": "mail box",
    "messages": "message",
    "outgoing_mails": "mail",
    "note_mentions": "mention",
    "officer_sessions": None,
    "officers": "officer",
    "peer_results": "peer result",
    "poll_offsets": None,
    "profile_changes": "profile change",
    "profile_contacts": "profile contact",
    "profile_imports": "import",
    "proposal_decisions": "proposal",
    "regression_cases": "regression case",
    "request_events": "step",
    "requests": "request",
    "saved_views": "saved view",
    "second_factors": "second factor",
    "set_aside_updates": "set aside",
    "setup_links": "setup link",
    "sign_in_attempts": None,
    "trail_lines": "trail",
}
"""The word of each table; None where the table is what anybody would call it."""


@cache
def rows() -> list[tuple[list[str], list[str]]]:
    """Each row's words of the code, and what is shown for them."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [(_parted(code), [] if shown == "—" else _parted(shown)) for code, shown, *_ in cells]


def _parted(cell: str) -> list[str]:
    """The words of a cell; what stands in brackets explains one."""
    plain = re.sub(r"\s*\([^)]*\)", "", cell)
    return [word.strip().removeprefix("to ").strip("“”") for word in plain.split(",")]


@cache
def text_of(suffixes: tuple[str, ...], folders: tuple[str, ...]) -> str:
    """All that is written there, in small letters, words parted by one space."""
    files = (
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in suffixes and not _is_foreign(file)
    )
    whole = "\n".join(file.read_text("utf-8") for file in files)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", whole)
    return re.sub(r"[\s_\-’']+", " ", apart).lower()


def _is_foreign(file: Path) -> bool:
    return ".venv" in file.parts or "__pycache__" in file.parts


@pytest.mark.parametrize("word", [word for code, _ in rows() for word in code])
def test_each_word_is_one_of_the_code(word: str) -> None:
    assert re.sub(r"[\s_\-’']+", " ", word).lower() in text_of(WRITTEN, CODE)


@pytest.mark.parametrize("words", [shown for _, shown in rows() if shown], ids=lambda w: w[0])
def test_one_of_what_is_shown_is_shown(words: list[str]) -> None:
    said = text_of(SHOWN, ("bot", "knowledge_base"))
    assert any(word.lower() in said for word in words), words


def test_no_word_means_two_things() -> None:
    counted = Counter(word for code, _ in rows() for word in code)
    assert [word for word, times in counted.items() if times > 1] == []


def test_each_table_has_its_word() -> None:
    words = {word for code, _ in rows() for word in code}
    tables = set(Base.metadata.tables)
    assert tables == set(TABLES)
    assert {word for word in TABLES.values() if word and word not in words} == set()
