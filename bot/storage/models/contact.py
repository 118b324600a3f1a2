"""A person on a channel and the enterprise that the person acts for."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.storage.base import Base
from bot.storage.searched import Searched


class Enterprise(Searched, Base):
    """A company: known by its tax code, or by its name while it has none."""

    __tablename__ = "enterprises"
    SEARCHED: ClassVar = ("name", "tax_code")

    id: Mapped[int] = mapped_column(primary_key=True)
    tax_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]


class Contact(Searched, Base):
    """A person who writes. Phone or e-mail: as given for a request, empty before."""

    __tablename__ = "contacts"
    SEARCHED: ClassVar = ("display_name", "phone", "email")

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))
    created_at: Mapped[datetime]

    enterprise: Mapped[Enterprise | None] = relationship()
