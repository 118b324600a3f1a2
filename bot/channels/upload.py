"""Files that an owner sends: kept, or refused in words."""

from bot.domain.input.file_name import safe_name
from bot.domain.talk.messages import Attachment, ChannelName
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileRefused, FileService

MEGABYTE = 1024 * 1024


class UploadRefused(Exception):
    """The file is not taken: `reason` as in `FileRefused`, and the sentence for the owner."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def keep_upload(  # noqa: PLR0913  (each is one fact of a file)
    house: House, *, channel: ChannelName, chat_key: str, sender: str, name: str, content: bytes
) -> Attachment:
    """Stores a file in the chat's conversation, in a transaction of its own. Blocking.

    Raises:
        UploadRefused: empty, too large, or of a kind that is not taken.
    """
    now = house.clock()
    limit = house.settings.max_upload_mb
    try:
        with house.database.transaction() as session:
            conversation = ConversationService(session).open(
                channel, chat_key, name=sender, now=now
            )
            return FileService(session, house.settings.files_dir).keep(
                content,
                name=name,
                conversation_id=conversation.id,
                limit=limit * MEGABYTE,
                now=now,
            )
    except FileRefused as refused:
        raise UploadRefused(
            refused.reason,
            house.texts.say(f"channels.file_{refused.reason}", name=safe_name(name), limit=limit),
        ) from refused
