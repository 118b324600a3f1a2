"""All tables, so that importing this module registers every one."""

from bot.storage.models.assessment import (
    AssessmentDefinition,
    Attempt,
    AttemptAnswer,
    AttemptScore,
)
from bot.storage.models.campaign import Campaign, Invitation, PeerResult
from bot.storage.models.contact import Contact, Enterprise
from bot.storage.models.conversation import Conversation, Message
from bot.storage.models.correction import Correction, CorrectionNotice, GivenAnswer
from bot.storage.models.desk import CannedReply, CaseNote, NoteMention
from bot.storage.models.flow import Delivery, InboxEvent, PollOffset, StoredFile
from bot.storage.models.gap import Gap, GapConclusion, GapGroup, RegressionCase
from bot.storage.models.job import Job
from bot.storage.models.message_word import MessageWord
from bot.storage.models.officer import (
    Absence,
    AlertWish,
    KnownDevice,
    MailBox,
    Officer,
    OfficerSession,
    OutgoingMail,
    SetupLink,
    SignInAttempt,
)
from bot.storage.models.profile import (
    EnterpriseMerge,
    EnterpriseProfile,
    ProfileChange,
    ProfileContact,
    ProfileImport,
)
from bot.storage.models.request import Request, RequestEvent
from bot.storage.models.set_aside import SetAsideUpdate
from bot.storage.models.trail import TrailLine
from bot.storage.models.verdict import AnswerVerdict

ALL_MODELS = (
    Absence,
    AlertWish,
    AnswerVerdict,
    AssessmentDefinition,
    Attempt,
    AttemptAnswer,
    AttemptScore,
    Campaign,
    CannedReply,
    CaseNote,
    Contact,
    Conversation,
    Correction,
    CorrectionNotice,
    Delivery,
    Enterprise,
    EnterpriseMerge,
    EnterpriseProfile,
    Gap,
    GapConclusion,
    GapGroup,
    GivenAnswer,
    InboxEvent,
    Invitation,
    Job,
    KnownDevice,
    MailBox,
    Message,
    MessageWord,
    NoteMention,
    Officer,
    OfficerSession,
    OutgoingMail,
    PeerResult,
    PollOffset,
    ProfileChange,
    ProfileContact,
    ProfileImport,
    RegressionCase,
    Request,
    RequestEvent,
    SetAsideUpdate,
    SetupLink,
    SignInAttempt,
    StoredFile,
    TrailLine,
)

__all__ = [
    "ALL_MODELS",
    "Absence",
    "AlertWish",
    "AnswerVerdict",
    "AssessmentDefinition",
    "Attempt",
    "AttemptAnswer",
    "AttemptScore",
    "Campaign",
    "CannedReply",
    "CaseNote",
    "Contact",
    "Conversation",
    "Correction",
    "CorrectionNotice",
    "Delivery",
    "Enterprise",
    "EnterpriseMerge",
    "EnterpriseProfile",
    "Gap",
    "GapConclusion",
    "GapGroup",
    "GivenAnswer",
    "InboxEvent",
    "Invitation",
    "Job",
    "KnownDevice",
    "MailBox",
    "Message",
    "MessageWord",
    "NoteMention",
    "Officer",
    "OfficerSession",
    "OutgoingMail",
    "PeerResult",
    "PollOffset",
    "ProfileChange",
    "ProfileContact",
    "ProfileImport",
    "RegressionCase",
    "Request",
    "RequestEvent",
    "SetAsideUpdate",
    "SetupLink",
    "SignInAttempt",
    "StoredFile",
    "TrailLine",
]
