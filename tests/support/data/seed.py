"""Makes people, conversations and requests for tests and for looking at the pages."""

import itertools
import random
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.domain.talk.messages import Attachment, ChannelName, Choice, OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.services.staff.passwords import hash_password
from bot.storage.models import Conversation, Officer, Request

PASSWORD = "con trau trang ben bo song"

QUESTIONS = (
    ("he_thong_quan_ly", "tdc", "Xưởng may 40 người muốn làm ISO 9001 thì bắt đầu từ đâu?"),
    ("ma_so_ma_vach", "tdc", "Đăng ký mã vạch cho 12 loại mắm hết bao nhiêu tiền?"),
    ("quy_chuan", "tdc", "Đồ chơi gỗ bán trên sàn có phải dán dấu CR không?"),
    (
        "thuong_hieu_nhan_hieu",
        "shtt",
        "Nhãn hiệu “Đại Lộc Phát” bị từ chối, có phản hồi được không?",
    ),
    ("doi_moi_cong_nghe", "cong_nghe_dmst", "Máy cắt cũ 2014 của Nhật có được nhập không?"),
)

ENTERPRISES = (
    ("Công ty TNHH May Tân Trụ", "1100598642"),
    ("Cơ sở Nước mắm Bà Hai", ""),
    ("HTX Thanh long Châu Thành", "0312345678"),
)


@cache
def _hash(password: str) -> str:
    # Hashing is slow by design: once a password is enough for a test run.
    return hash_password(password)


class Seed:
    """Rows of one database, each call one more, all through the services."""

    def __init__(self, session: Session, now: datetime, *, seed: int = 7) -> None:
        self.session = session
        self.now = now
        self._random = random.Random(seed)
        # Several seeds of one database must not meet.
        self._number = itertools.count(seed * 10_000)

    def officer(
        self,
        username: str = "",
        *,
        role: Role = Role.OFFICER,
        office: str = "tdc",
        full_name: str = "",
        password: str = PASSWORD,
    ) -> Officer:
        """A person who can sign in with `PASSWORD`."""
        name = username or f"can-bo-{next(self._number)}"
        officer = Officer(
            username=name.lower(),
            full_name=full_name or f"Người {name}",
            role=role,
            office=office,
            password_hash=_hash(password),
            active=True,
            created_at=self.now,
        )
        self.session.add(officer)
        self.session.flush()
        return officer

    def conversation(self, *, channel: ChannelName = ChannelName.WEB) -> Conversation:
        """A conversation of a new contact."""
        number = next(self._number)
        return ConversationService(self.session).open(
            channel, f"chat-{number}", name=f"Chị Lan {number}", now=self.now
        )

    def request(
        self,
        conversation: Conversation | None = None,
        *,
        office: str = "tdc",
        topic: str = "he_thong_quan_ly",
        question: str = "Làm ISO 9001 mất bao lâu?",
        enterprise: tuple[str, str] = ("", ""),
        unchecked_tax_code: str = "",
        reach: str = "",
        due: timedelta = timedelta(hours=6),
        talk: bool = False,
        attachments: list[Attachment] | None = None,
    ) -> Request:
        """A new request; `talk`: the owner asked for a person and waits in the queue."""
        holder = conversation or self.conversation()
        draft = RequestDraft(
            topic=topic,
            office=office,
            question=question,
            promised_at=self.now + due,
            enterprise_name=enterprise[0],
            tax_code=enterprise[1],
            unchecked_tax_code=unchecked_tax_code,
            reach=reach,
            consent_version="2026-01",
            attachments=attachments or [],
        )
        service = RequestService(self.session, self._random.choice)
        put = service.hand_over if talk else service.file
        return put(holder.id, draft, cause=f"seed:{next(self._number)}", now=self.now)

    def owner_says(self, conversation: Conversation, text: str, *, ago: int = 0) -> None:
        """Words of the owner, `ago` minutes before now."""
        TranscriptService(self.session).hear(
            conversation,
            text=text,
            attachments=[],
            cause=f"seed:{next(self._number)}",
            now=self.now - timedelta(minutes=ago),
            request_id=conversation.request_id,
        )

    def bot_says(
        self, conversation: Conversation, text: str, understood: Understanding, *, ago: int = 0
    ) -> None:
        """A reply of the assistant with what it understood."""
        TranscriptService(self.session).say(
            conversation,
            OutgoingMessage(text=text, choices=[Choice(title="Xem chi tiết", payload="/detail")]),
            author=Author.BOT,
            cause=f"seed:{next(self._number)}",
            now=self.now - timedelta(minutes=ago),
            understanding=understood,
        )

    def small_talk(self, conversation: Conversation) -> None:
        """A few turns with the assistant before the request."""
        self.owner_says(conversation, "toi muon lam iso 9001 thi lam the nao", ago=30)
        self.bot_says(
            conversation,
            "**ISO 9001** giúp làm đúng từ đầu.\n\n1. Khảo sát\n2. Viết quy trình\n3. Áp dụng",
            Understanding(
                outcome=Outcome.ANSWER,
                article="iso9001-cac-buoc",
                confidence=0.82,
                alternatives=["iso9001-cac-buoc", "iso9001-thoi-gian", "iso9001-chi-phi"],
            ),
            ago=29,
        )
        self.owner_says(
            conversation, "Chi phí cho xưởng 40 người thì sao?\nCó được hỗ trợ không?", ago=20
        )
        self.bot_says(
            conversation,
            "Ý anh/chị là chi phí chứng nhận hay mức hỗ trợ của tỉnh?",
            Understanding(
                outcome=Outcome.CLARIFY,
                confidence=0.41,
                alternatives=["iso9001-chi-phi", "ho-tro-iso-bao-nhieu"],
            ),
            ago=19,
        )

    def noise(self, count: int = 12) -> list[Request]:
        """Requests of several offices, states and ages, so that nothing is alone in its table."""
        return [self._noisy(number) for number in range(count)]

    def _noisy(self, number: int) -> Request:
        topic, office, question = QUESTIONS[number % len(QUESTIONS)]
        conversation = self.conversation(
            channel=ChannelName.TELEGRAM if number % 3 == 0 else ChannelName.WEB
        )
        self.small_talk(conversation)
        return self.request(
            conversation,
            office=office,
            topic=topic,
            question=question,
            enterprise=ENTERPRISES[number % len(ENTERPRISES)],
            reach=("0912 345 678", "", "lan@may-tan-tru.example")[number % 3],
            due=timedelta(hours=self._random.randint(-60, 40), minutes=self._random.randint(0, 59)),
            talk=number % 4 == 1,
        )
