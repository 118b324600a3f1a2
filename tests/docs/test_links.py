"""Every relative link and every file that a paper or a comment names is there."""

import re
from pathlib import Path

import pytest

from tests.support.data.documents import links, papers
from tests.support.source import ROOT, report, source_files


def anchor(heading: str) -> str:
    """The address of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(paper: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: str(paper.relative_to(ROOT)))
def test_relative_links_lead_somewhere(paper: Path) -> None:
    broken = []
    for link in links(paper.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, part = link.partition("#")
        target = (paper.parent / path).resolve() if path else paper
        if not target.exists() or (part and part not in anchors(target)):
            broken.append(link)

    assert not broken, report(broken)


def test_papers_that_the_code_speaks_of_are_there() -> None:
    missing = [
        f"{file.path}: {named}"
        for file in source_files()
        for named in re.findall(r"docs/[\w/-]+\.md", file.text)
        if not (ROOT / named).exists()
    ]

    assert not missing, report(missing)


def test_the_decisions_are_numbered_without_a_gap_and_have_their_four_parts() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))

    assert [int(one.name[:4]) for one in decisions] == list(range(1, len(decisions) + 1))
    for one in decisions:
        text = one.read_text(encoding="utf-8")
        assert text.startswith(f"# {one.name[:4]} ")
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Status", "Consequences"], one.name
        assert re.search(r"^## Status\n\n\w+ on \d{4}-\d\d-\d\d\b", text, re.MULTILINE), one.name
