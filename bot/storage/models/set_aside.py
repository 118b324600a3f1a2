"""What a channel brought and we could not take, kept for an administrator."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class SetAsideUpdate(Base):
    """One update as it came (`raw`), once a `digest`. `reason`: a `services.set_aside.Reason`.

    `chat_key` is known where the update names its chat: what is set aside goes with the owner.
    """

    __tablename__ = "set_aside_updates"
    __table_args__ = (UniqueConstraint("channel", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_key: Mapped[str] = mapped_column(String(200), default="")
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
