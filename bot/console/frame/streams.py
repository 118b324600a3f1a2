"""One live stream a session: a browser needs no second one, and six would block it."""

from bot.signals import Signals


class Streams:
    """Knows the newest stream of each session; one that begins wakes and so ends the one before.

    A session is named by its mark (`Visitor.mark`).
    """

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._newest: dict[str, object] = {}

    def begin(self, mark: str) -> object:
        """Begins a stream; returns what it is known by."""
        stream = object()
        self._newest[mark] = stream
        self._signals.notify(stream_subject(mark))
        return stream

    def is_newest(self, mark: str, stream: object) -> bool:
        """Whether no other has begun since."""
        return self._newest.get(mark) is stream

    def end(self, mark: str, stream: object) -> None:
        """A stream ends."""
        if self.is_newest(mark, stream):
            del self._newest[mark]


def stream_subject(mark: str) -> str:
    """Moves on when a stream of the session begins."""
    return f"stream:{mark}"
