"""Gaps for tests: gathered through the service, with others as noise."""

import itertools
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.talk.gap import GapReason
from bot.services.gaps.gaps import GapService, Unanswered
from bot.storage.models import Gap
from tests.support.data.seed import Seed

SOC = "cái sọc đen trắng trên bịch bánh xin chỗ nào"

NOISE = (
    "máy đo độ ồn thuê ở đâu trong tỉnh",
    "chứng nhận rau sạch cho hợp tác xã làm sao",
    "thủ tục vay vốn ngân hàng mua xe tải",
)

_causes = itertools.count(1)


def gather(
    session: Session,
    now: datetime,
    words: str,
    *,
    reason: GapReason = GapReason.UNSURE,
    conversation_id: str = "",
    nearest: tuple[str, ...] = ("ma-vach-dang-ky", "ma-vach-phi"),
) -> Gap:
    """One gap of a new contact, or of a given conversation."""
    number = next(_causes)
    holder = conversation_id or Seed(session, now, seed=500 + number).conversation().id
    gap = GapService(session).gather(
        Unanswered(f"gap:{number}", holder, words, reason, nearest=nearest), now=now
    )
    assert gap is not None
    return gap


def gather_noise(session: Session, now: datetime) -> None:
    """Other questions, each a group of its own."""
    for words in NOISE:
        gather(session, now, words, nearest=())
