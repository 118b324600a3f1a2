"""A knowledge base of a few real articles, copied so that a test may edit it."""

import re
import shutil
from pathlib import Path

from bot.settings import ROOT

SOURCE = ROOT / "knowledge_base"

KEPT = (
    "ma-vach-dang-ky",
    "ma-vach-phi",
    "ma-so-ma-vach-la-gi",
    "iso9001-la-gi",
    "iso9001-chi-phi",
    "iso9001-thoi-gian",
    "5s-la-gi",
    "kaizen-la-gi",
    "nhan-hieu-chi-phi",
    "nhan-hieu-ho-so-nop-o-dau",
    "co-quan-thue",
)


def copy_small_knowledge(folder: Path) -> Path:
    """The folder with the kept articles; they name only each other as related."""
    folder.mkdir(parents=True)
    for name in ("register.yml", "offices.yml", "topics.yml", "routing.yml", "office_calendar.yml"):
        shutil.copy(SOURCE / name, folder / name)
    for file in sorted((SOURCE / "articles").rglob("*.md")):
        if file.stem in KEPT:
            target = folder / "articles" / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_among_kept(file.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def article_file(folder: Path, name: str) -> Path:
    """The file of an article."""
    return next((folder / "articles").rglob(f"{name}.md"))


def edit(file: Path, old: str, new: str) -> None:
    """Replaces the first `old`, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _among_kept(text: str) -> str:
    return re.sub(r"^related: .*$", "related: []", text, flags=re.MULTILINE)
