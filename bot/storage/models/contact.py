"""A person on a channel and the enterprise that the person acts for."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.searched import Searched


class Enterprise(Searched, Base):
    """A company: known by its tax code, or by its name while it has none.

    With a tax code it is only the key that its contacts share: `name` is empty, for each of them
    gave a name of his own (`Contact.enterprise_name`, `Request.enterprise_name`). `merged_into_id`:
    the row with which it was found to be one.
    """

    __tablename__ = "enterprises"
    SEARCHED: ClassVar = {"search_text": ("name", "tax_code")}

    id: Mapped[int] = mapped_column(primary_key=True)
    tax_code: Mapped[str | None] = mapped_column(String(lengths.TAX_CODE), unique=True)
    name: Mapped[str] = mapped_column(String(lengths.ENTERPRISE_NAME), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    created_at: Mapped[datetime]


class Contact(Searched, Base):
    """A person who writes. Phone, e-mail, enterprise: as given for a request, empty before.

    `tax_code`: the one that he gave himself; the enterprise's may have come from elsewhere.
    `unchecked_tax_code`: one that was not found right, as it was typed. `reach_text`: words of
    phone and e-mail, which may be newer than a closed case.
    """

    __tablename__ = "contacts"
    SEARCHED: ClassVar = {"search_text": ("display_name",), "reach_text": ("phone", "email")}

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str] = mapped_column(String(lengths.PERSON_NAME), default="")
    phone: Mapped[str] = mapped_column(String(lengths.PHONE), default="")
    email: Mapped[str] = mapped_column(String(lengths.REACH), default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))
    enterprise_name: Mapped[str] = mapped_column(String(lengths.ENTERPRISE_NAME), default="")
    tax_code: Mapped[str] = mapped_column(String(lengths.TAX_CODE), default="", server_default="")
    unchecked_tax_code: Mapped[str] = mapped_column(String(lengths.TYPED_TAX_CODE), default="")
    reach_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime]

    enterprise: Mapped[Enterprise | None] = relationship()
