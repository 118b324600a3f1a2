"""Files: kept as bytes beside a row, with a name that no disk or header trips over."""

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.services.files import NAME_LENGTH, FileRefused, FileService, safe_name
from bot.storage.database import Database
from bot.storage.models import StoredFile
from tests.support.seed import Seed

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


def test_a_file_is_whole_while_its_bytes_are_there(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        service = FileService(session, tmp_path)
        kept = service.keep(b"x", name="a.pdf", conversation_id=None, limit=LIMIT, now=now)
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
            b"x" * LIMIT, name="ANH.JPG", conversation_id=None, limit=LIMIT, now=now
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
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\Users\lan\giay phep.docx", "giay phep.docx"),
        ("Ảnh chụp (2).JPG", "Ảnh chụp (2).JPG"),
        ('a"b\r\nSet-Cookie: x.png', "a_b_Set-Cookie_ x.png"),
        ("...", "tep"),
        ("", "tep"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=400))
@example("a." + "b" * 300)
@example("." + "b" * 119 + ".pdf")
def test_no_name_leaves_its_folder_or_breaks_a_header(name: str) -> None:
    kept = safe_name(name)

    assert 0 < len(kept) <= NAME_LENGTH
    assert not set(kept) & set('/\\\r\n\0":;')
    assert kept not in {".", ".."}
