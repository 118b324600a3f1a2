"""Takes a demo away: what was marked, what hangs on it, and nothing else.

What something real has come to name stays: a made-up person who took a step in a real case, or who
stands in the trail, which forgets nothing, is locked out and keeps her name; an enterprise that a
real request names stays in the register.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, union, update
from sqlalchemy.orm import Session

from bot.domain.jobs import JobKind
from bot.domain.talk.messages import ChannelName
from bot.services.demo.hanging import Hanging, names_of
from bot.services.requests.cases import CaseService
from bot.services.staff.officers import OfficerService
from bot.services.upkeep.demo_rows import DemoKind, DemoRows, marked, marked_rows
from bot.storage.base import Base
from bot.storage.models import (
    Attempt,
    Campaign,
    CannedReply,
    Contact,
    Conversation,
    DemoRow,
    Enterprise,
    EnterpriseMerge,
    Gap,
    GapConclusion,
    GapGroup,
    Job,
    Officer,
    PeerResult,
    Request,
    StoredFile,
)

Owned = Mapping[str, Sequence[str]]
"""By table: the columns by which its rows go with what they name."""

OF_CHATS: Owned = {
    "requests": ("conversation_id",),
    "request_events": ("request_id",),
    "case_notes": ("request_id",),
    "held_replies": ("request_id",),
    "note_mentions": ("note_id",),
    "messages": ("conversation_id",),
    "message_words": ("message_id",),
    "deliveries": ("conversation_id",),
    "inbox_events": ("conversation_id",),
    "files": ("conversation_id",),
    "given_answers": ("conversation_id",),
    "correction_notices": ("conversation_id",),
    "answer_verdicts": ("message_id",),
    "gaps": ("conversation_id",),
    "attempts": ("conversation_id",),
    "attempt_answers": ("attempt_id",),
    "attempt_scores": ("attempt_id",),
    "proposal_decisions": ("attempt_id",),
    "invitations": ("campaign_id",),
}

OF_ENTERPRISES: Owned = {
    "enterprise_profiles": ("enterprise_id",),
    "profile_changes": ("enterprise_id",),
    "profile_contacts": ("enterprise_id",),
    "invitations": ("enterprise_id",),
}

OF_PEOPLE: Owned = {
    "officer_sessions": ("officer_id",),
    "half_sign_ins": ("officer_id",),
    "second_factors": ("officer_id",),
    "setup_links": ("officer_id",),
    "known_devices": ("officer_id",),
    "alert_wishes": ("officer_id",),
    "mail_boxes": ("officer_id",),
    "outgoing_mails": ("officer_id",),
    "absences": ("officer_id",),
    "saved_views": ("officer_id",),
    "note_mentions": ("officer_id",),
}

CAMPAIGN_WORK = (JobKind.INVITE_TO_SURVEY, JobKind.REMIND_OF_SURVEY, JobKind.CLOSE_SURVEY)

AT_ONCE = 500


@dataclass(frozen=True)
class Removed:
    """How much went, and what stays because something real names it; `locked_out`: user names."""

    cases: int
    locked_out: tuple[str, ...] = ()
    enterprises_kept: int = 0


class Removal:
    """Removes. `files`: the folder with the bytes of what was sent."""

    def __init__(self, session: Session, cases: CaseService, files: Path) -> None:
        self._session = session
        self._cases = cases
        self._files = files

    def remove(self, *, now: datetime) -> Removed:
        """All that was marked; nothing marked: a no-op.

        Raises:
            OfficerRefused: a made-up person who stays is the last administrator.
        """
        self._mark_counter_runs(now)
        counted = select(func.count()).where(Request.conversation_id.in_(_chats()))
        cases = self._session.scalar(counted) or 0
        self._drop_work_of_campaigns()
        self._drop_files()
        self._drop_chats()
        kept = self._drop_enterprises()
        locked_out = self._drop_people(now)
        self._session.execute(delete(DemoRow))
        return Removed(cases, locked_out, kept)

    def _mark_counter_runs(self, now: datetime) -> None:
        """Runs of made-up enterprises on a page, whoever began them, have chats of their own."""
        runs = (
            select(Attempt.conversation_id)
            .join(Conversation, Conversation.id == Attempt.conversation_id)
            .where(
                Attempt.enterprise_id.in_(marked_rows(DemoKind.ENTERPRISE, Enterprise.id)),
                Conversation.channel == ChannelName.ANSWER_PAGE,
                Conversation.id.not_in(_chats()),
            )
        )
        chats = self._session.scalars(runs.distinct()).all()
        DemoRows(self._session).mark(DemoKind.CONVERSATION, chats, now=now)

    def _drop_work_of_campaigns(self) -> None:
        """An id may be given again: the work of a campaign that is gone must not meet it."""
        work = Job.kind.in_(CAMPAIGN_WORK) & Job.key.in_(marked(DemoKind.CAMPAIGN))
        self._session.execute(delete(Job).where(work))

    def _drop_files(self) -> None:
        sent = select(StoredFile.id).where(StoredFile.conversation_id.in_(_chats()))
        for file_id in self._session.scalars(sent):
            (self._files / file_id).unlink(missing_ok=True)

    def _drop_chats(self) -> None:
        """Conversations with their cases, campaigns, canned replies; then who talked there."""
        of_chats = Conversation.id.in_(_chats())
        contacts = self._session.scalars(select(Conversation.contact_id).where(of_chats)).all()
        asked = select(Gap.group_id).where(Gap.conversation_id.in_(_chats()))
        groups = self._session.scalars(asked.distinct()).all()
        roots = {
            "conversations": _chats(),
            "campaigns": marked_rows(DemoKind.CAMPAIGN, Campaign.id),
            "canned_replies": marked_rows(DemoKind.CANNED, CannedReply.id),
        }
        Hanging(self._session, roots, OF_CHATS).drop()
        for ids in _pieces(contacts):
            talks = select(Conversation.contact_id).union(select(Request.contact_id))
            gone = select(Contact.id).where(Contact.id.in_(ids), Contact.id.not_in(talks))
            Hanging(self._session, {"contacts": gone}, {}).drop()
        for ids in _pieces(groups):
            said = select(Gap.group_id).union(select(GapConclusion.group_id))
            empty = GapGroup.id.in_(ids) & GapGroup.id.not_in(said)
            self._session.execute(delete(GapGroup).where(empty))

    def _drop_enterprises(self) -> int:
        """Those that nothing real names; how many stay."""
        made_up = marked_rows(DemoKind.ENTERPRISE, Enterprise.id)
        within = EnterpriseMerge.kept_id.in_(made_up) & EnterpriseMerge.gone_id.in_(made_up)
        self._session.execute(delete(EnterpriseMerge).where(within))
        parted = Enterprise.id.in_(made_up) & Enterprise.merged_into_id.in_(made_up)
        self._session.execute(update(Enterprise).where(parted).values(merged_into_id=None))
        compared = PeerResult.enterprise_id.in_(made_up)
        self._session.execute(update(PeerResult).where(compared).values(enterprise_id=None))
        named = union(*names_of("enterprises", beside=OF_ENTERPRISES))
        gone = self._session.scalars(made_up.where(Enterprise.id.not_in(named))).all()
        count = self._session.scalar(select(func.count()).select_from(made_up.subquery())) or 0
        for ids in _pieces(gone):
            root = {"enterprises": select(Enterprise.id).where(Enterprise.id.in_(ids))}
            Hanging(self._session, root, OF_ENTERPRISES).drop()
        return count - len(gone)

    def _drop_people(self, now: datetime) -> tuple[str, ...]:
        """Those who did nothing real; the user names of the others, who are locked out."""
        made_up = marked_rows(DemoKind.OFFICER, Officer.id)
        for table, columns in OF_PEOPLE.items():
            for column in columns:
                own = Base.metadata.tables[table].c[column].in_(made_up)
                self._session.execute(delete(Base.metadata.tables[table]).where(own))
        named = union(*names_of("officers", beside={}))
        gone = self._session.scalars(made_up.where(Officer.id.not_in(named))).all()
        self._session.execute(delete(Officer).where(Officer.id.in_(gone)))
        self._session.expire_all()
        stay = self._session.scalars(
            select(Officer).where(Officer.id.in_(made_up)).order_by(Officer.id)
        ).all()
        for person in stay:
            OfficerService(self._session).disable(person)
            self._session.flush()
            self._cases.let_go(person, None, now=now)
        return tuple(person.username for person in stay)


def _chats() -> Any:
    return marked_rows(DemoKind.CONVERSATION, Conversation.id)


def _pieces(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
