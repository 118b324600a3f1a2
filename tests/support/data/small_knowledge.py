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
    (folder / "menu.yml").write_text(
        "questions:\n  - button: ISO 9001\n    article: iso9001-la-gi\n", encoding="utf-8"
    )
    for file in sorted((SOURCE / "articles").rglob("*.md")):
        if file.stem in KEPT:
            target = folder / "articles" / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_among_kept(file.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def keep_cited_documents(folder: Path) -> None:
    """Leaves in the register only what the articles cite: it is most of what a reading reads."""
    cited = {
        name
        for file in (folder / "articles").rglob("*.md")
        for name in re.findall(r"document: (\S+)", file.read_text(encoding="utf-8"))
    }
    register = folder / "register.yml"
    head, *rows = re.split(r"(?m)^(?=  - id: )", register.read_text(encoding="utf-8"))
    kept = [row for row in rows if row.split("\n", 1)[0].removeprefix("  - id: ") in cited]
    register.write_text(head + "".join(kept), encoding="utf-8")


def article_file(folder: Path, name: str) -> Path:
    """The file of an article."""
    return next((folder / "articles").rglob(f"{name}.md"))


def edit(file: Path, old: str, new: str) -> None:
    """Replaces the first `old`, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def registered(folder: Path, lines: str, name: str = "thu-nghiem") -> None:
    """Adds a document to the register; `lines`: its fields, parted by `; `."""
    file = folder / "register.yml"
    file.write_text(
        file.read_text(encoding="utf-8")
        + f"  - id: {name}\n    kind: law\n    short: Thử\n    title: Thử\n    issuer: Thử\n"
        + "    checked_on: 2026-11-24\n"
        + "".join(f"    {line}\n" for line in lines.split("; ")),
        encoding="utf-8",
    )


def cite_only(file: Path, *documents: str) -> None:
    """Lets an article cite these documents and no other."""
    head, rest = file.read_text(encoding="utf-8").split("sources:", 1)
    # A sentence leans on a source: without its source it would not be read.
    tail = re.sub(r"(?ms)^aspects:\n(?:  .*?\n)+", "", rest[rest.index("facts:") :])
    cited = "".join(f"  - document: {document}\n" for document in documents)
    sources = f"sources:\n{cited}" if documents else "sources: []\n"
    file.write_text(f"{head}{sources}{tail}", encoding="utf-8")


def _among_kept(text: str) -> str:
    return re.sub(r"^related: .*$", "related: []", text, flags=re.MULTILINE)
