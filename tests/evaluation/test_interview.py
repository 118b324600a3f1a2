"""Putting a set to an assistant."""

from bot.evaluation.asking.evaluation_set import EvaluationSet, LabelledDialogue
from bot.evaluation.asking.spelling import SPELLINGS
from bot.evaluation.interview import Interview
from tests.support.data.evaluation import ScriptedAsker, came, expected, labelled

ANSWER, BARE = came("answer", "a"), came("answer", "x")
SCRIPT = {"nhãn hiệu": ANSWER, "nhan hieu": BARE, "chào": came("chitchat")}
ASKED = EvaluationSet(
    "own",
    [labelled("answer", "a", text="nhãn hiệu"), labelled("chitchat", id="m2", text="chào")],
    [
        LabelledDialogue(
            id="d1", turns=["chào", "nhãn hiệu"], expect=[expected("chitchat"), expected("answer")]
        )
    ],
    left_out=3,
)


async def test_every_message_and_dialogue_is_put() -> None:
    asker = ScriptedAsker(SCRIPT)
    table = await Interview(asker).table(ASKED)
    assert [row.turn for row in table.messages] == [ANSWER, SCRIPT["chào"]]
    assert table.dialogues[0].turns == [SCRIPT["chào"], ANSWER]
    assert asker.talked == [["chào", "nhãn hiệu"]]
    assert table.respelled == {}
    assert table.left_out == 3


async def test_the_messages_are_put_again_in_each_spelling() -> None:
    asker = ScriptedAsker(SCRIPT)
    table = await Interview(asker).table(ASKED, spellings=True)
    assert list(table.respelled) == list(SPELLINGS)
    assert table.respelled["no_accents"][0].turn == BARE
    assert table.messages[0].turn == ANSWER


async def test_the_same_text_is_asked_once() -> None:
    asker = ScriptedAsker({})
    bare = EvaluationSet("own", [labelled("answer", "a", text="iso 9001")])
    await Interview(asker).table(bare, spellings=True)
    assert asker.asked.count("iso 9001") == 1
