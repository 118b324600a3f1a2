"""Puts a set to an assistant, message by message."""

from bot.evaluation.asking.evaluation_set import EvaluationSet, LabelledDialogue, LabelledMessage
from bot.evaluation.asking.result import DialogueResult, MessageResult
from bot.evaluation.asking.spelling import SPELLINGS, respelled
from bot.evaluation.asking.turn import Asker, Turn
from bot.evaluation.quality import Table


class Interview:
    """Asks each text once: a spelling that changes nothing costs nothing."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._turns: dict[str, Turn] = {}

    async def table(self, chosen: EvaluationSet, *, spellings: bool = False) -> Table:
        """Everything that came back; `spellings`: the messages again in each other spelling."""
        messages = await self._messages(chosen.messages)
        dialogues = [await self._dialogue(one) for one in chosen.dialogues]
        again = {
            name: await self._messages([respelled(one, name) for one in chosen.messages])
            for name in (SPELLINGS if spellings else ())
        }
        return Table(messages, dialogues, again, chosen.left_out)

    async def _messages(self, labelled: list[LabelledMessage]) -> list[MessageResult]:
        return [MessageResult(one, await self._turn(one.text)) for one in labelled]

    async def _dialogue(self, labelled: LabelledDialogue) -> DialogueResult:
        return DialogueResult(labelled, await self._asker.talk(labelled.turns))

    async def _turn(self, text: str) -> Turn:
        if text not in self._turns:
            self._turns[text] = await self._asker.ask(text)
        return self._turns[text]
