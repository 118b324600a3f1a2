"""Which event streams are open: few of one chat, not too many of one network address."""

from collections import defaultdict
from typing import Protocol

MOST_OF_A_CHAT = 4
"""A browser opens six connections to a host; with all six on streams no request gets through."""

MOST_OF_AN_ADDRESS = 200
"""A hall of people with a page or two each."""


class Stream(Protocol):
    """What can be told to end."""

    def rest(self) -> None:
        """Ends it soon; its page comes back when somebody looks at it."""


class OpenStreams:
    """Who holds a stream. Used from the event loop only."""

    def __init__(self) -> None:
        self._of_chat: dict[str, list[Stream]] = defaultdict(list)
        self._of_address: dict[str, int] = defaultdict(int)

    def enter(self, chat_key: str, address: str, stream: Stream) -> bool:
        """Takes a stream in; the chat's oldest gives way to it. False: the address has too many."""
        if self._of_address.get(address, 0) >= MOST_OF_AN_ADDRESS:
            return False
        streams = self._of_chat[chat_key]
        streams.append(stream)
        self._of_address[address] += 1
        for oldest in streams[:-MOST_OF_A_CHAT]:
            oldest.rest()
        return True

    def leave(self, chat_key: str, address: str, stream: Stream) -> None:
        """Forgets a stream that has ended."""
        self._of_chat[chat_key].remove(stream)
        self._of_address[address] -= 1
        if not self._of_chat[chat_key]:
            del self._of_chat[chat_key]
        if not self._of_address[address]:
            del self._of_address[address]
