"""Which rows are made up, so that they can be taken away again and nothing else with them."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class DemoRow(Base):
    """A row that `donghanh demo seed` made. `kind`: a `services.upkeep.demo_rows.DemoKind`.

    `key`: its primary key. What hangs on it goes with it and needs no row of its own.
    """

    __tablename__ = "demo_rows"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    made_at: Mapped[datetime]
