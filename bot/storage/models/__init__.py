"""All tables, so that importing this module registers every one."""

from bot.storage.models.assessment import Attempt, AttemptAnswer
from bot.storage.models.contact import Contact, Enterprise
from bot.storage.models.conversation import Conversation, Message
from bot.storage.models.flow import Delivery, InboxEvent, PollOffset, StoredFile
from bot.storage.models.officer import Officer, OfficerSession, SetupLink, SignInAttempt
from bot.storage.models.request import Request, RequestEvent

ALL_MODELS = (
    Attempt,
    AttemptAnswer,
    Contact,
    Conversation,
    Delivery,
    Enterprise,
    InboxEvent,
    Message,
    Officer,
    OfficerSession,
    PollOffset,
    Request,
    RequestEvent,
    SetupLink,
    SignInAttempt,
    StoredFile,
)

__all__ = [
    "ALL_MODELS",
    "Attempt",
    "AttemptAnswer",
    "Contact",
    "Conversation",
    "Delivery",
    "Enterprise",
    "InboxEvent",
    "Message",
    "Officer",
    "OfficerSession",
    "PollOffset",
    "Request",
    "RequestEvent",
    "SetupLink",
    "SignInAttempt",
    "StoredFile",
]
