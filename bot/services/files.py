"""Files of owners and officers: bytes under the data folder, the rest in a row."""

import hashlib
import mimetypes
import re
import uuid
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.domain.messages import Attachment
from bot.storage.models import StoredFile

NAME_LENGTH = 120
SUFFIX_LENGTH = 10

ALLOWED_SUFFIXES = frozenset(
    {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".txt", ".csv"}
    | {".png", ".jpg", ".jpeg", ".webp", ".heic"}
)
"""Documents and pictures; nothing that runs."""


class FileRefused(Exception):
    """The file cannot be taken. `reason`: empty, too_large, kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileService:
    """Keeps files and gives them back."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self._folder = folder

    def keep(  # noqa: PLR0913
        self,
        content: bytes,
        *,
        name: str,
        conversation_id: str | None,
        limit: int,
        now: datetime,
        trusted: bool = False,
    ) -> Attachment:
        """Stores a file of at most `limit` bytes; `trusted` skips the check of its kind.

        Raises:
            FileRefused: empty, too large, or of a kind that is not taken.
        """
        safe = safe_name(name)
        suffix = Path(safe).suffix.lower()
        if not content:
            raise FileRefused("empty")
        if len(content) > limit:
            raise FileRefused("too_large")
        if not trusted and suffix not in ALLOWED_SUFFIXES:
            raise FileRefused("kind")
        media_type = mimetypes.guess_type(safe)[0] or "application/octet-stream"
        row = StoredFile(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id,
            name=safe,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            created_at=now,
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        # The bytes first: a row without its file is a broken promise, the other way is dust.
        (self._folder / row.id).write_bytes(content)
        self._session.add(row)
        return Attachment(file_id=row.id, name=safe, media_type=media_type, size=len(content))

    def find(self, file_id: str) -> StoredFile | None:
        """A file's row, or None."""
        return self._session.get(StoredFile, file_id)

    def whole(self, file_id: str) -> StoredFile | None:
        """A file's row where its bytes are there too, or None."""
        row = self.find(file_id)
        return row if row is not None and self.path(row).is_file() else None

    def path(self, row: StoredFile) -> Path:
        """Where the bytes of a file lie."""
        return self._folder / row.id


def safe_name(name: str) -> str:
    """A file name without folders or characters that a header or a disk would trip over."""
    base = re.split(r"[\\/]", name)[-1]
    kept = re.sub(r"[^\w.\- ()]+", "_", base).strip(" .") or "tep"
    stem, dot, suffix = kept.rpartition(".")
    if not dot or len(suffix) > SUFFIX_LENGTH:
        return kept[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}"
