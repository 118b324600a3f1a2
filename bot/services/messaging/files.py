"""Files of owners and officers: bytes under the data folder, the rest in a row."""

import hashlib
import mimetypes
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.domain.input.file_kind import kind_of
from bot.domain.input.file_name import safe_name, suffix_of
from bot.domain.talk.messages import Attachment
from bot.storage.database import undone_with
from bot.storage.models import StoredFile
from bot.storage.private_files import private_folder, write_private

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Upload:
    """A file as it came, under the name that its sender gave it."""

    name: str
    content: bytes


class FileRefused(Exception):
    """The file cannot be taken. `reason`: empty, too_large, kind; `name`: the sender's."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


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
        """Stores a file of at most `limit` bytes under a name that fits its content.

        `trusted`: the house's own files may be of any kind.

        Raises:
            FileRefused: empty, too large, or of a kind that is not taken.
        """
        if not content:
            raise FileRefused("empty", name)
        if len(content) > limit:
            raise FileRefused("too_large", name)
        kept_name, media_type = _named(content, name) if not trusted else _own(name)
        row = StoredFile(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id,
            name=kept_name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            created_at=now,
        )
        private_folder(self._folder)
        # The bytes first: a row without its file is a broken promise, the other way is dust.
        bytes_of_it = self._folder / row.id
        undone_with(self._session, lambda: bytes_of_it.unlink(missing_ok=True))
        write_private(bytes_of_it, content)
        self._session.add(row)
        return Attachment(file_id=row.id, name=kept_name, media_type=media_type, size=len(content))

    def keep_all(
        self, uploads: Sequence[Upload], *, conversation_id: str, limit: int, now: datetime
    ) -> list[Attachment]:
        """Stores files of one message, each of at most `limit` bytes.

        Raises:
            FileRefused: one of them is not taken.
        """
        return [
            self.keep(
                upload.content,
                name=upload.name,
                conversation_id=conversation_id,
                limit=limit,
                now=now,
            )
            for upload in uploads
        ]

    def find(self, file_id: str) -> StoredFile | None:
        """A file's row, or None."""
        return self._session.get(StoredFile, file_id)

    def whole(self, file_id: str) -> StoredFile | None:
        """A file's row where its bytes are there too, or None."""
        row = self.find(file_id)
        return row if row is not None and self.path(row).is_file() else None

    def drop(self, file_ids: Collection[str]) -> None:
        """Forgets files that belong to no message."""
        for file_id in file_ids:
            row = self.find(file_id)
            if row is not None:
                self.path(row).unlink(missing_ok=True)
                self._session.delete(row)

    def path(self, row: StoredFile) -> Path:
        """Where the bytes of a file lie."""
        return self._folder / row.id


def _named(content: bytes, name: str) -> tuple[str, str]:
    """The name and the media type by what is in the file.

    Raises:
        FileRefused: of a kind that is not taken.
    """
    kind = kind_of(content, suffix_of(name))
    if kind is None:
        raise FileRefused("kind", name)
    return safe_name(name, kind.suffixes), kind.media_type


def _own(name: str) -> tuple[str, str]:
    return safe_name(name), mimetypes.guess_type(name)[0] or UNKNOWN_TYPE
