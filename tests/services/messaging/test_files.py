"""Files: kept as bytes beside a row, with a name that no disk or header trips over."""

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.input.file_kind import KINDS, FileKind
from bot.services.messaging.files import FileRefused, FileService, Upload
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import StoredFile
from bot.texts import default_texts
from tests.support.data import files
from tests.support.data.seed import Seed

LIMIT = 100


def test_a_file_is_kept_as_it_came(any_database: Database, now: datetime, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    with any_database.transaction() as session:
        chat = Seed(session, now).conversation()
        kept = FileService(session, folder).keep(
            b"%PDF-1.7", name="Mẫu nhãn.pdf", conversation_id=chat.id, limit=LIMIT, now=now
        )

    assert (kept.name, kept.media_type, kept.size) == ("Mẫu nhãn.pdf", "application/pdf", 8)
    with any_database.transaction() as session:
        service = FileService(session, folder)
        row = service.find(kept.file_id)
        assert row is not None
        assert service.path(row).read_bytes() == b"%PDF-1.7"
        assert row.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
        assert service.find("không-có") is None


def test_the_bytes_of_a_file_go_with_a_transaction_that_fails(
    any_database: Database, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    uploads = [Upload("a.pdf", b"%PDF"), Upload("b.pdf", b"")]

    def keep_both() -> None:
        with any_database.transaction() as session:
            chat = Seed(session, now).conversation()
            FileService(session, folder).keep_all(
                uploads, conversation_id=chat.id, limit=LIMIT, now=now
            )

    with pytest.raises(FileRefused, match="empty"):
        keep_both()

    assert list(folder.iterdir()) == []
    with any_database.transaction() as session:
        assert session.scalars(select(StoredFile)).all() == []


def test_a_file_is_whole_while_its_bytes_are_there(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        service = FileService(session, tmp_path)
        kept = service.keep(b"%PDF", name="a.pdf", conversation_id=None, limit=LIMIT, now=now)
        session.flush()
        row = service.whole(kept.file_id)
        assert row is not None
        service.path(row).unlink()

        assert service.whole(kept.file_id) is None
        assert service.whole("khong-co") is None


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "rong.pdf", "empty"),
        (b"x" * (LIMIT + 1), "to.pdf", "too_large"),
        (files.PROGRAM, "hop-dong.pdf", "kind"),
        (b"#!/bin/sh", "bao-gia.txt", "kind"),
        (b"<script>alert(1)</script>", "anh.png", "kind"),
        (files.office_open(files.WORD_WITH_MACROS)[:LIMIT], "mau.docx", "kind"),
        (b"MZ", "cai-dat.exe", "kind"),
        (b"<script>", "trang.html", "kind"),
        (b"<svg/>", "hinh.svg", "kind"),
        (b"x", "khong-duoi", "kind"),
        (b"MZ", "hop-dong.pdf.exe", "kind"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(  # noqa: PLR0917  (fixtures)
    database: Database, now: datetime, tmp_path: Path, content: bytes, name: str, reason: str
) -> None:
    folder = tmp_path / "files"
    with database.transaction() as session, pytest.raises(FileRefused) as refused:
        FileService(session, folder).keep(
            content, name=name, conversation_id=None, limit=LIMIT, now=now
        )

    assert refused.value.reason == reason
    assert not list(tmp_path.glob("files/*"))
    with database.transaction() as session:
        assert session.query(StoredFile).count() == 0


def test_a_file_of_exactly_the_limit_is_taken(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        kept = FileService(session, tmp_path).keep(
            files.JPEG.ljust(LIMIT), name="ANH.JPG", conversation_id=None, limit=LIMIT, now=now
        )

    assert (kept.size, kept.media_type) == (LIMIT, "image/jpeg")


def test_only_the_houses_own_files_may_be_of_any_kind(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        kept = FileService(session, tmp_path).keep(
            b"BEGIN:VCALENDAR",
            name="hen.ics",
            conversation_id=None,
            limit=LIMIT,
            now=now,
            trusted=True,
        )

    assert kept.name == "hen.ics"


@pytest.mark.parametrize(
    ("content", "name", "kept_name", "media_type"),
    [
        (files.PDF, "scan", "scan.pdf", "application/pdf"),
        (files.JPEG, "mau-nhan.png", "mau-nhan.jpg", "image/jpeg"),
        (files.JPEG, "anh.jfif", "anh.jpg", "image/jpeg"),
        (files.pictures_box(b"heic", b"mif1"), "IMG_0001.HEIC", "IMG_0001.HEIC", "image/heic"),
        (files.pictures_box(b"mif1"), "a.heif", "a.heif", "image/heif"),
        ("Tên;Số".encode(), "so lieu.csv", "so lieu.csv", "text/csv"),
        (files.PDF, "Giâ\u0301y.pdf", "Giấy.pdf", "application/pdf"),
    ],
)
def test_name_and_media_type_are_those_of_the_content(  # noqa: PLR0917  (fixtures)
    database: Database,
    now: datetime,
    tmp_path: Path,
    content: bytes,
    name: str,
    kept_name: str,
    media_type: str,
) -> None:
    with database.transaction() as session:
        kept = FileService(session, tmp_path / "files").keep(
            content, name=name, conversation_id=None, limit=LIMIT, now=now
        )

    assert (kept.name, kept.media_type) == (kept_name, media_type)


def test_nobody_else_on_the_machine_can_read_a_file(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir(mode=0o755)
    with database.transaction() as session:
        kept = FileService(session, folder).keep(
            files.PDF, name="a.pdf", conversation_id=None, limit=LIMIT, now=now
        )

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / kept.file_id).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffixes[0])
def test_whoever_is_refused_reads_of_every_kind_that_is_taken(kind: FileKind) -> None:
    texts = default_texts()

    assert kind.shown in texts.say("channels.file_kind", name="a.exe")
    console = ROOT / "bot" / "console" / "templates" / "_problems.html"
    (line,) = [one for one in console.read_text("utf-8").splitlines() if '"file_kind"' in one]
    assert kind.shown in line
