"""Sends what stands in the outbox: one task a channel, one conversation in order."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from bot import signals
from bot.channels.channel import (
    AuthFailed,
    ChannelError,
    MaybeSent,
    NotSent,
    SendingChannel,
    Unreachable,
)
from bot.house import House
from bot.services.messaging.outbox import LEASE, OutboxService, TakenDelivery

PARALLEL = 8
"""Conversations of one channel that are served at the same time."""

LOOK_SECONDS = 1.0
"""How often it looks by itself: another process may have written a row."""

FAREWELL_SECONDS = 5.0
"""How long a send under way may still end when the sender is stopped."""

STOPPED_WAIT_SECONDS = 60.0

RENEW_SECONDS = LEASE.total_seconds() / 4
"""How often it says of a delivery under way that it is still at it."""

RECORD_SECONDS = 1.0
"""How long it waits where the database did not take how a delivery ended."""

Note = Callable[[OutboxService], None]
"""Writes down how a delivery ended."""

_logger = logging.getLogger(__name__)


class OutboxSender:
    """`name` marks the rows in its hands, so that they are found again after a crash."""

    def __init__(self, house: House, channels: Sequence[SendingChannel], name: str) -> None:
        self._house = house
        self._channels = channels
        self._name = name

    async def run(self) -> None:
        """Sends until cancelled. A channel whose credentials are refused stops alone."""
        await asyncio.to_thread(self._recover)
        async with asyncio.TaskGroup() as tasks:
            for channel in self._channels:
                tasks.create_task(_Lane(self._house, channel, self._name).run())

    def _recover(self) -> None:
        safe = frozenset(c.name for c in self._channels if c.resend_is_safe)
        with self._house.database.transaction() as session:
            lost = OutboxService(session).recover(
                self._name, resend_is_safe=safe, now=self._house.clock()
            )
        for state, count in lost.items():
            _logger.warning("%d messages were being sent when the sender died: %s", count, state)


class _Lane:
    """One channel's sending."""

    def __init__(self, house: House, channel: SendingChannel, name: str) -> None:
        self._house = house
        self._channel = channel
        self._name = name
        self._slots = asyncio.Semaphore(PARALLEL)
        self._under_way: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def run(self) -> None:
        try:
            while not self._stopped:
                await self._step()
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=FAREWELL_SECONDS)
            for task in self._under_way:
                task.cancel()

    async def _step(self) -> None:
        """Takes one delivery and lets it go on its way, or waits for one."""
        since = self._house.signals.count(signals.OUTBOX)
        await self._slots.acquire()
        is_ours = self._channel.sends_here and not self._stopped
        taken = await self._take() if is_ours else None
        if taken is None:
            self._slots.release()
            await self._house.signals.wait(signals.OUTBOX, since=since, timeout=LOOK_SECONDS)
            return
        task = asyncio.create_task(self._deliver(taken))
        self._under_way.add(task)
        task.add_done_callback(self._done)

    async def _take(self) -> TakenDelivery | None:
        taking = asyncio.ensure_future(asyncio.to_thread(self._take_row))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            # We are being stopped: what was taken just now goes back, it surely was not sent.
            taken = await taking
            if taken is not None:
                back = partial(self._give_back, taken)
                await asyncio.shield(asyncio.to_thread(self._record, taken, back))
            raise

    def _give_back(self, taken: TakenDelivery, outbox: OutboxService) -> None:
        outbox.not_sent(taken.id, "", now=self._house.clock(), wait=0)

    def _take_row(self) -> TakenDelivery | None:
        try:
            with self._house.database.transaction() as session:
                return OutboxService(session).take(
                    self._name, self._channel.name, now=self._house.clock()
                )
        except Exception:
            _logger.exception("the outbox cannot be read")
            return None

    async def _deliver(self, taken: TakenDelivery) -> None:
        holding = asyncio.create_task(self._hold(taken))
        try:
            note = await self._attempt(taken)
            # How it ended is known here alone: while it stands nowhere, its conversation waits.
            while True:
                if await asyncio.shield(asyncio.to_thread(self._record, taken, note)):
                    return
                await asyncio.sleep(RECORD_SECONDS)
        finally:
            holding.cancel()

    async def _hold(self, taken: TakenDelivery) -> None:
        """Renews the lease while the delivery is under way, however many parts it has."""

        def renew(outbox: OutboxService) -> None:
            outbox.renew(taken.id, now=self._house.clock())

        while True:
            await asyncio.sleep(RENEW_SECONDS)
            await asyncio.to_thread(self._record, taken, renew)

    async def _attempt(self, taken: TakenDelivery) -> Note:
        """Sends; how that ended, ready to be written down."""
        try:
            sent_id = await self._channel.send(taken, partial(self._part_left, taken))
        except ChannelError as error:
            return partial(self._note_failure, taken, error)
        except Exception as error:
            _logger.exception("delivery %d on %s broke", taken.id, self._channel.name)
            broken = MaybeSent(f"broke while sending: {type(error).__name__}")
            return partial(self._note_failure, taken, broken)
        now = self._house.clock()
        return lambda outbox: outbox.sent(taken.id, sent_id, now=now)

    async def _part_left(self, taken: TakenDelivery, parts: int, sent_id: str) -> None:
        def note(outbox: OutboxService) -> None:
            outbox.part_left(taken.id, parts, sent_id)

        # Shielded: the part has arrived, whoever stops us now.
        await asyncio.shield(asyncio.to_thread(self._record, taken, note))

    def _record(self, taken: TakenDelivery, note: Note) -> bool:
        """Writes it down; False where the database did not take it.

        Of what another sender took up meanwhile nothing is written down, nor of what was erased.
        """
        try:
            with self._house.database.transaction() as session:
                outbox = OutboxService(session)
                if outbox.is_in_hand(taken.id, self._name):
                    note(outbox)
        except Exception:
            _logger.exception("how a delivery went could not be written down")
            return False
        return True

    def _note_failure(
        self, taken: TakenDelivery, error: ChannelError, outbox: OutboxService
    ) -> None:
        now = self._house.clock()
        reason = str(error)
        if isinstance(error, NotSent):
            outbox.not_sent(taken.id, reason, now=now, wait=error.wait)
        elif isinstance(error, MaybeSent):
            safe = self._channel.resend_is_safe
            outbox.maybe_sent(taken.id, reason, now=now, resend_is_safe=safe)
        elif isinstance(error, AuthFailed):
            outbox.not_sent(taken.id, reason, now=now, wait=STOPPED_WAIT_SECONDS)
            self._stop(reason)
        else:
            outbox.failed(taken.id, reason, unreachable=isinstance(error, Unreachable))

    def _stop(self, reason: str) -> None:
        if not self._stopped:
            self._stopped = True
            _logger.error(
                "%s refuses our credentials, sending stops: %s", self._channel.name, reason
            )

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._slots.release()
        # The next message of the same conversation was waiting for this one.
        self._house.signals.notify(signals.OUTBOX)
