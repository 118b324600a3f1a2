"""Answers questions from reviewed articles."""

from rasa_sdk.events import SlotSet

from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction, Response
from actions.shape.sending import asks, speaks_of_sending
from actions.shape.turn import Turn
from actions.talking import after_close
from actions.talking.at_once import answered_at_once
from actions.talking.english import answers, in_english
from actions.talking.for_an_officer import told_for_an_officer
from actions.talking.plain_wish import REQUEST_FORM
from bot.domain.talk.payload import read_payload
from bot.domain.talk.understanding import Outcome
from bot.domain.talk.verdict import Verdict
from bot.domain.text.personal_data import part_personal_data
from bot.domain.text.plain import holds_words, plain
from bot.search.asking.aspects import aspect_asked
from bot.search.asking.elliptical import is_elliptical
from bot.search.lead import part_lead
from bot.search.topic_guess import ASKING_FOR_HELP
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import ANY_WORDS, Question
from vietnamese.likeness import count_words
from vietnamese.question import leans_on_the_question_before, sounds_like_question

OFF_TOPIC = ("out_of_scope", "smalltalk", "nonsense", "insult", "greet", "thanks", "goodbye")
"""Intents that speak against a question of the field."""

NEED_WORDS = 5

SURE_OF_IT = 0.7

SURE_TO_SEND = 0.4
"""Confidence of an answer below which words of sending may be for the officer instead."""

SURE_TO_LEAN_ON = 0.4
"""Confidence of the search from which what a request is about is known."""

STORY = "told_story"
"""The slot of what the owner told right before, asking nothing."""

LONGEST_STORY = 400

FEWEST_OF_A_REPORT = 4
"""Words."""

UNPLACED = frozenset({Outcome.HANDOVER, Outcome.OUT_OF_SCOPE})
"""What a search comes to that has not found whereof the words speak."""


class ActionAnswer(HouseAction):
    """Answers, asks back between two, or offers the nearest and an officer."""

    action_name = "action_answer"

    def respond(self, turn: Turn) -> Response:
        """Searches with the article answered last as context.

        What finds no answer may be for the officer of the case just closed.
        """
        brought = after_close.bring(self.desk, turn)
        if brought is not None:
            return brought
        told = (
            answered_at_once(self.desk, turn)
            or told_for_an_officer(self.desk, turn)
            or after_close.goes_along(self.desk, turn)
        )
        if told is not None:
            return told
        if _tells_the_need(turn):
            return Response(events=[{"event": "followup", "name": REQUEST_FORM}])
        found = self._of_the_menu(turn) or answer(self.desk, turn, off_topic=_off_topic(turn))
        unplaced = UNPLACED
        if speaks_of_sending(self.desk.texts, turn.text):
            # "Quên gửi mẫu nhãn, giờ gửi được không": near to many articles, and meant for none.
            unplaced |= {Outcome.CLARIFY}
            if found.replies[0].understanding.confidence < SURE_TO_SEND:
                return after_close.ask_whether_to_bring(self.desk, turn) or found
        outcome = found.replies[0].understanding.outcome
        if outcome == Outcome.CLARIFY and _reports(turn.text):
            # "Máy vẫn chạy sai số" just after a farewell is a report to whom has just spoken.
            return after_close.ask_whether_to_bring(self.desk, turn, idle=True) or found
        if outcome not in unplaced and not _is_a_guess(found):
            return found
        return after_close.ask_whether_to_bring(self.desk, turn) or found

    def _of_the_menu(self, turn: Turn) -> Response | None:
        """A button of the menu, typed by hand."""
        article = self.desk.tables().menu.article_of(turn.text)
        if article is None:
            return None
        reply = _service(self.desk, turn).give(article, today=self.desk.today())
        return Response([reply], {"last_article": reply.understanding.article or None})


def _tells_the_need(turn: Turn) -> bool:
    """Whether the words behind "do you want to send a request?" are what is requested."""
    if turn.active_form or turn.wish_asked_about != "request_help":
        return False
    return count_words(turn.text) >= NEED_WORDS and not sounds_like_question(turn.text)


def _is_a_guess(found: Response) -> bool:
    """Whether a bare word was asked about: of what is surely one of two no officer is offered."""
    reply = found.replies[0]
    offered = {read_payload(choice.payload)[0] for choice in reply.message.choices}
    return reply.understanding.outcome is Outcome.CLARIFY and "handover" in offered


def asked_on(desk: Desk, turn: Turn) -> Response | None:
    """The answer to a question that names no matter, behind an answer; None where it is none.

    Such words ("nộp đâu", "giá sao") look to the classifier like wishes, ratings, talk.
    """
    behind = turn.slot("last_article") or _need(turn)
    leans = behind and not turn.pressed and is_elliptical(turn.text)
    if not leans or aspect_asked(turn.text) is None:
        return None
    return answer(desk, turn, off_topic=0.0)


def answer_if_any(desk: Desk, turn: Turn) -> Response | None:
    """The answer to a question whose intent came to nothing; None where it finds none."""
    if turn.pressed or not sounds_like_question(turn.text):
        return None
    found = asked_on(desk, turn) or answer(desk, turn, off_topic=0.0)
    return found if found.replies[0].understanding.article else None


def answer(desk: Desk, turn: Turn, *, off_topic: float, asked_from: float = ANY_WORDS) -> Response:
    """The answer to a turn's words, and what the next turn leans on.

    `asked_from`: the confidence of the search below which they ask nothing, and get no reply.
    """
    parted = part_personal_data(turn.text)
    before, asked = part_lead(parted.asked)
    question = Question(
        text=asked,
        today=desk.today(),
        last_article=turn.slot("last_article") or _of_the_need(desk, turn),
        off_topic=off_topic,
        told=turn.bot_texts(),
        asked_from=asked_from,
        spoken_of=turn.articles_so_far,
        story=" ".join(filter(None, [turn.slot(STORY), _need(turn), before])),
    )
    found = _service(desk, turn).answer(question)
    slots: dict[str, object] = {
        "last_alternatives": found.alternatives,
        STORY: parted.asked[-LONGEST_STORY:] if found.heard else None,
    }
    subject = found.article or found.subject
    if subject and not _leads_aside(desk, turn, found):
        slots["last_article"] = subject
    replies = list(found.replies)
    if parted.secret and replies:
        replies.append(desk.say("talk.keep_to_yourself", Outcome.CHITCHAT))
    events = []
    if found.beside:
        # Both sides were spoken of: "cái nào rẻ hơn" means them.
        events.append(SlotSet("last_article", found.article))
        slots["last_article"] = found.beside
    return Response(replies, slots, events)


def _need(turn: Turn) -> str:
    """What a request in progress is about: a question beside it may lean on that."""
    return turn.slot("request_question") if turn.active_form == REQUEST_FORM else ""


def _of_the_need(desk: Desk, turn: Turn) -> str:
    """The article on what the request in progress is about: "phí bao nhiêu vậy em" leans on it."""
    need = _need(turn)
    if not need or not is_elliptical(turn.text):
        return ""
    named = desk.knowledge.matters.named_in(need)
    if named is not None:
        return named.matter.what
    hits = desk.retriever().search(need, limit=1)
    return hits[0].article_id if hits and hits[0].confidence >= SURE_TO_LEAN_ON else ""


def _leads_aside(desk: Desk, turn: Turn, found: Answered) -> bool:
    """Whether an answer on how to ask us, and not a sure one, came in the midst of a matter."""
    articles = desk.knowledge.articles
    article, last = articles.get(found.article or ""), articles.get(turn.slot("last_article"))
    if article is None or last is None or article.topic != ASKING_FOR_HELP:
        return False
    return last.topic != article.topic and found.replies[0].understanding.confidence < SURE_OF_IT


def _reports(text: str) -> bool:
    """Whether a message tells something instead of asking; a bare word asks."""
    return count_words(text) >= FEWEST_OF_A_REPORT and not asks(text)


def _off_topic(turn: Turn) -> float:
    """How sure the classifier is that the words ask nothing of ours.

    It reads one message by itself: of one that leans on the answer before it knows half.
    """
    leans = leans_on_the_question_before(turn.text) or is_elliptical(turn.text)
    if turn.slot("last_article") and leans:
        return 0.0
    return sum(turn.ranking.get(intent, 0.0) for intent in OFF_TOPIC)


class ActionShowDetail(HouseAction):
    """Shows what lies behind the button “Chi tiết”."""

    action_name = "action_show_detail"

    def respond(self, turn: Turn) -> Response:
        """The detail of the button's article, or of the one answered last."""
        told = answered_at_once(self.desk, turn)
        if told is not None:
            return told
        article = turn.entity("article") or turn.slot("last_article")
        if turn.in_english:
            ground = answers(self.desk, turn).ground(article, today=self.desk.today())
            return Response([ground], {"last_article": ground.understanding.article or None})
        service = _service(self.desk, turn)
        reply = service.detail(article, today=self.desk.today())
        return Response([reply], {"last_article": reply.understanding.article or None})


class ActionPickArticle(HouseAction):
    """Answers with the article that the owner picked."""

    action_name = "action_pick_article"

    def respond(self, turn: Turn) -> Response:
        """The picked article; a word without a pick is asked again."""
        told = answered_at_once(self.desk, turn)
        if told is not None:
            return told
        service = _service(self.desk, turn)
        article = turn.entity("article")
        if article and turn.in_english:
            given = answers(self.desk, turn).give(article, today=self.desk.today())
            return Response([given], {"last_article": given.understanding.article or None})
        if not article:
            none = Response([service.none_of_these(_offered(turn), behind=_answered(turn))])
            return answer_if_any(self.desk, turn) or none
        reply = service.give(article, today=self.desk.today())
        return Response([reply], {"last_article": reply.understanding.article or None})


class ActionNoneOfThese(HouseAction):
    """Offers the next nearest articles, or asks for more words."""

    action_name = "action_none_of_these"

    def respond(self, turn: Turn) -> Response:
        """What is still on offer, each once; what was offered already is not offered again."""
        told = in_english(self.desk, turn)
        if told is not None:
            return told
        service = _service(self.desk, turn)
        # Neither was the first of them the subject: the next question stands by itself.
        slots: dict[str, object] = {"last_alternatives": [], "last_article": None}
        return Response([service.none_of_these(_offered(turn), behind=_answered(turn))], slots)


class ActionRateAnswer(HouseAction):
    """Thanks for a thumb up; for a thumb down offers what else it may have been, and an officer.

    The thumb itself is written down by the inbox worker, which knows the message it lay under.
    """

    action_name = "action_rate_answer"

    def respond(self, turn: Turn) -> Response:
        """The alternatives count only where the thumb lies under the newest answer."""
        told = answered_at_once(self.desk, turn)
        if told is not None:
            return told
        service = _service(self.desk, turn)
        if self._is_up(turn):
            return Response([service.thank()])
        newest = turn.entity("article") in ("", turn.slot("last_article"))
        article = turn.entity("article") or turn.slot("last_article")
        reply = service.make_amends(article, _offered(turn) if newest else [])
        return Response([reply], {"last_alternatives": []} if newest else {})

    def _is_up(self, turn: Turn) -> bool:
        if turn.pressed:
            return turn.entity("verdict") == Verdict.UP
        return holds_words(plain(turn.text), plain(self.desk.texts.say("answer.choice_right")))


def _service(desk: Desk, turn: Turn) -> AnswerService:
    """Within a form nobody is asked for a thumb: the form's own question comes next."""
    return AnswerService(desk.retriever(), desk.texts, within_form=bool(turn.active_form))


def _offered(turn: Turn) -> list[str]:
    return [str(article) for article in turn.slots.get("last_alternatives") or []]


def _answered(turn: Turn) -> str:
    """The article answered right before; empty where articles were only on offer."""
    return turn.slot("last_article") if turn.offered & {"rate_answer", "show_detail"} else ""
