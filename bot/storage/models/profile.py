"""What the department holds of an enterprise: its fields, their history, the people, the moves."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.contact import Enterprise
from bot.storage.models.officer import Officer
from bot.storage.searched import Searched


class EnterpriseProfile(Searched, Base):
    """An enterprise as the department knows it; what owners gave stays with them (`Enterprise`).

    `sector`: two digits (`sectors.yml`). `province`, `commune`: codes (`places.yml`). `revenue`,
    `capital`: đồng, of `figures_year`; `staff`: insured, mean of the year. `size_class`: a
    `domain.enterprise.size_class.SizeClass`, computed; empty where the figures do not decide it.
    """

    __tablename__ = "enterprise_profiles"
    __table_args__ = (
        Index("ix_enterprise_profiles_sector_size_class", "sector", "size_class"),
        Index("ix_enterprise_profiles_commune", "commune"),
        Index("ix_enterprise_profiles_name", "name"),
    )
    SEARCHED: ClassVar = {"search_text": ("name", "products", "address")}

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(lengths.ENTERPRISE_NAME), default="")
    legal_form: Mapped[str] = mapped_column(String(20), default="")
    ownership: Mapped[str] = mapped_column(String(20), default="")
    province: Mapped[str] = mapped_column(String(lengths.PLACE_CODE), default="")
    commune: Mapped[str] = mapped_column(String(lengths.PLACE_CODE), default="")
    address: Mapped[str] = mapped_column(String(lengths.ADDRESS), default="")
    sector: Mapped[str] = mapped_column(String(2), default="")
    staff: Mapped[int | None]
    revenue: Mapped[int | None] = mapped_column(BigInteger)
    capital: Mapped[int | None] = mapped_column(BigInteger)
    figures_year: Mapped[int | None]
    size_class: Mapped[str] = mapped_column(String(10), default="")
    exports: Mapped[bool | None]
    markets: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE), default="")
    products: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    enterprise: Mapped[Enterprise] = relationship()


class ProfileChange(Base):
    """One field that got another value: as it was and as it is, as they are written in a form.

    `source`: a `domain.enterprise.profile.ChangeSource`; `import_id`: the import that did it.
    `origin`: the title of the survey or the self-assessment that it was taken from. `person_id`:
    whose field it is, where it is one of a person (`ContactField`); empty once she is removed, and
    with her what the line told.
    """

    __tablename__ = "profile_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(20))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("profile_imports.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("profile_contacts.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    origin: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE), default="", server_default="")
    at: Mapped[datetime]

    officer: Mapped[Officer | None] = relationship()
    person: Mapped["ProfileContact | None"] = relationship()


class ProfileContact(Searched, Base):
    """A person of an enterprise, as the department noted her, and whether surveys may reach her.

    `contact_id`: the same person in a chat. `surveys`: a `domain.enterprise.profile.SurveyConsent`;
    `surveys_how`: how it was given; `surveys_version`: of the sentence that was agreed to.
    """

    __tablename__ = "profile_contacts"
    SEARCHED: ClassVar = {"search_text": ("name", "phone", "email")}

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    name: Mapped[str] = mapped_column(String(lengths.PERSON_NAME), default="")
    role: Mapped[str] = mapped_column(String(lengths.CONTACT_ROLE), default="")
    phone: Mapped[str] = mapped_column(String(lengths.PHONE), default="")
    email: Mapped[str] = mapped_column(String(lengths.REACH), default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    surveys: Mapped[str] = mapped_column(String(10), default="")
    surveys_at: Mapped[datetime | None]
    surveys_how: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE), default="")
    surveys_version: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime]


class ProfileImport(Base):
    """A table of enterprises that somebody brought. `state`: checked, applied, undone, dropped.

    `reading`: how the table was read, and what was chosen. `rows`: what each row says, what is
    wrong with it, and what is to become of it; once applied, what became of it.
    """

    __tablename__ = "profile_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    file_name: Mapped[str] = mapped_column(String(lengths.FILE_NAME))
    state: Mapped[str] = mapped_column(String(10))
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship()


class EnterpriseMerge(Base):
    """Two rows that were found to be one enterprise.

    `moved`: ids of the rows that changed hands, by table. `profile`: the fields of the one that
    went, to bring them back.
    """

    __tablename__ = "enterprise_merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    moved: Mapped[dict[str, Any]]
    profile: Mapped[dict[str, Any] | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
