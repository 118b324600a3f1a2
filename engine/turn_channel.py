"""The channel by which the application hands messages to Rasa: one POST, one turn, its replies.

Unlike Rasa's REST channel it asks for the token, lets errors be seen, and says when an action
failed: Rasa itself only logs that and goes on, so that half a turn would look like a whole one.
Each message is worked on once: docs/adr/0004-one-turn-once.md.
"""

import hmac
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine import turn_failures
from engine.trackers import Trackers


class TurnInput(InputChannel):
    """`POST /webhooks/turn/`: `{sender, message, message_id, maybe_seen}` → `{replies, failed}`.

    `outside_form`, where it is given, is worked on instead of `message` while no form waits.
    `maybe_seen`: an earlier try may have reached us; the replies that the tracker then holds of
    the message are given back instead of working on it again. A turn with a failure leaves the
    tracker as it was.
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
            cls.raise_missing_credentials_exception()
        return cls(credentials["token"])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's one route."""
        blueprint = Blueprint("turn_webhook", __name__)

        @blueprint.route("/", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            given = request.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
                return response.json({"error": "token"}, status=401)
            body = request.json
            trackers = Trackers(request.app.ctx.agent)
            # Held over looking and working: a turn that another try began may still be under way.
            async with trackers.alone(body["sender"]):
                if body.get("maybe_seen"):
                    recorded = await trackers.recorded(body["sender"], body["message_id"])
                    if recorded is not None:
                        return response.json({"replies": recorded, "failed": []})
                instead = body.get("outside_form")
                if instead and not await trackers.waits_in_form(body["sender"]):
                    body["message"] = instead
                return response.json(await self._work(body, on_new_message))

        return blueprint

    async def _work(
        self,
        body: Dict[str, Any],
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
    ) -> Dict[str, Any]:
        collector = CollectingOutputChannel()
        failures = turn_failures.begin()
        await on_new_message(
            UserMessage(
                body["message"],
                collector,
                body["sender"],
                input_channel=self.name(),
                metadata={"message_id": body["message_id"]},
            )
        )
        replies = [said["custom"] for said in collector.messages if said.get("custom")]
        return {"replies": replies, "failed": failures}
