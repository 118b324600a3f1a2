"""How the lines of the trail read."""

from bot.domain.office.trail import TrailKind
from bot.storage.models import TrailLine
from bot.texts import Texts


class TrailWords:
    """Words for what lines hold as codes; what has no word yet keeps its code."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known = frozenset(texts.names)

    def kind(self, kind: str) -> str:
        """What sort of thing was done."""
        known = kind in set(TrailKind)
        return self._texts.say(f"trail.kind_{kind}") if known else kind

    def act(self, act: str) -> str:
        """What was done."""
        return self._texts.say(f"trail.act_{act}") if f"trail.act_{act}" in self._known else act

    def subject(self, line: TrailLine) -> str:
        """What sort of thing it was done on."""
        kind = line.subject_kind
        known = f"trail.subject_{kind}" in self._known
        return self._texts.say(f"trail.subject_{kind}") if known else kind

    def whole(self, line: TrailLine) -> str:
        """What was done, with what it was done on where the act does not say it."""
        act, subject = self.act(line.act), self.subject(line)
        return f"{act} · {subject}" if line.subject and subject not in act else act
