"""The channel by which the application hands messages to Rasa: one POST, one turn, its replies.

Unlike Rasa's REST channel it asks for the token, lets errors be seen, and says when an action
failed or a turn went round in circles: Rasa itself only logs that and goes on, so that half a turn
would look like a whole one. Each message is worked on once: docs/adr/0004-one-turn-once.md.
"""

import hmac
import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine import turn_failures
from engine.trackers import Trackers

logger = logging.getLogger(__name__)

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Replies = List[Dict[str, Any]]


class TurnInput(InputChannel):
    """`POST /webhooks/turn/`: `{sender, message, message_id, maybe_seen}` → `{replies, …}`.

    `outside_form`, where it is given, is worked on instead of `message` while no form waits.
    `maybe_seen`: an earlier try may have reached us; the replies that the tracker then holds of
    the message are given back instead of working on it again. A turn with a failure leaves the
    tracker as it was and has no replies, but what failed: `turn_failures.Failures`.

    `POST /webhooks/turn/reset`: `{sender}` → the same without replies; the dialogue begins anew.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        turn_failures.listen()

    @classmethod
    def name(cls) -> str:
        """The channel's name in URLs and events."""
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """The token comes from `credentials.yml`.

        Raises:
            InvalidConfigException: there is none.
        """
        if not credentials or not credentials.get("token"):
            return cls.raise_missing_credentials_exception()
        return cls(credentials["token"])

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The channel's two routes."""
        blueprint = Blueprint("turn_webhook", __name__)

        @blueprint.route("/", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            async def replies(trackers: Trackers, body: Dict[str, Any]) -> Replies:
                if body.get("maybe_seen"):
                    recorded = await trackers.recorded(body["sender"], body["message_id"])
                    if recorded is not None:
                        return recorded
                instead = body.get("outside_form")
                if instead and not await trackers.waits_in_form(body["sender"]):
                    body["message"] = instead
                return await self._work(body, on_new_message)

            return await self._alone(request, replies)

        @blueprint.route("/reset", methods=["POST"])
        async def reset(request: Request) -> HTTPResponse:
            async def replies(trackers: Trackers, body: Dict[str, Any]) -> Replies:
                await trackers.reset(body["sender"])
                return []

            return await self._alone(request, replies)

        return blueprint

    async def _alone(
        self,
        request: Request,
        replies: Callable[[Trackers, Dict[str, Any]], Awaitable[Replies]],
    ) -> HTTPResponse:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return response.json({"error": "token"}, status=401)
        trackers = Trackers(request.app.ctx.agent)
        failures = turn_failures.begin()
        said: Replies = []
        try:
            # Held over looking and working: a turn that another try began may still be under way.
            async with trackers.alone(request.json["sender"]):
                said = await replies(trackers, request.json)
        except Exception as error:
            logger.exception("a turn broke")
            failures.failed.append(type(error).__name__)
        return response.json(
            {
                "replies": [] if failures else said,
                "failed": failures.failed,
                "looped": failures.looped,
                "away": failures.away,
            }
        )

    async def _work(self, body: Dict[str, Any], on_new_message: OnNewMessage) -> Replies:
        collector = CollectingOutputChannel()
        await on_new_message(
            UserMessage(
                body["message"],
                collector,
                body["sender"],
                input_channel=self.name(),
                metadata={"message_id": body["message_id"]},
            )
        )
        return [said["custom"] for said in collector.messages if said.get("custom")]
