"""A stand-in for Rasa that answers, fails, hides or goes in circles as it is told."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import GivenArticle, Outcome, Understanding
from bot.domain.trouble import Trouble
from bot.flow.engine import Engine, EngineAbsent, EngineMessage, TurnFailed, TurnLooped

Script = Callable[[str], OutgoingMessage]
"""What is said to the words, or to the payload, that the engine is given."""


class AnsweringEngine(Engine):
    """Answers everything with what the script says. `given`: the articles that each tells."""

    def __init__(self, script: Script, given: Sequence[GivenArticle] = ()) -> None:
        super().__init__("http://127.0.0.1:9", "")
        self._script = script
        self._given = list(given)

    async def turn(
        self, conversation_id: str, message: EngineMessage, *, maybe_seen: bool
    ) -> list[Reply]:
        """One reply."""
        del conversation_id, maybe_seen
        understanding = Understanding(outcome=Outcome.CHITCHAT, given=self._given)
        return [Reply(message=self._script(message.text), understanding=understanding)]


class Mood(StrEnum):
    """How a turn goes. `STUCK`: in circles at every message until the dialogue is reset."""

    WELL = "well"
    FAILS = "fails"
    AWAY = "away"
    STUCK = "stuck"
    BREAKS = "breaks"


class ScriptedEngine(Engine):
    """Each turn and each reset takes the next mood of the script; at its end all goes well."""

    def __init__(self, script: Iterable[Mood] = ()) -> None:
        super().__init__("http://127.0.0.1:9", "")
        self.script = list(script)
        self.stuck: set[str] = set()
        self.turns: list[str] = []
        self.resets: list[str] = []
        self.before_reset: Callable[[], object] = lambda: None

    async def turn(
        self, conversation_id: str, message: EngineMessage, *, maybe_seen: bool
    ) -> list[Reply]:
        """Answers “Nghe: …”, or goes wrong."""
        del maybe_seen
        self.turns.append(message.text)
        self._go_wrong(conversation_id)
        return [
            Reply(
                message=OutgoingMessage(text=f"Nghe: {message.text}"),
                understanding=Understanding(outcome=Outcome.CHITCHAT),
            )
        ]

    async def reset(self, conversation_id: str) -> None:
        """Frees a stuck dialogue, or goes wrong."""
        if self.script and self.script[0] is Mood.AWAY:
            self.script.pop(0)
            raise EngineAbsent("gone")
        self.before_reset()
        self.resets.append(conversation_id)
        self.stuck.discard(conversation_id)

    def _go_wrong(self, conversation_id: str) -> None:
        mood = self.script.pop(0) if self.script else Mood.WELL
        if mood is Mood.AWAY:
            raise EngineAbsent("gone")
        if mood is Mood.STUCK:
            self.stuck.add(conversation_id)
        if conversation_id in self.stuck:
            raise TurnLooped(Trouble.LOOP)
        if mood is Mood.FAILS:
            raise TurnFailed(Trouble.ACTION, "action_answer")
        if mood is Mood.BREAKS:
            raise ValueError("a shape that nobody foresaw")
