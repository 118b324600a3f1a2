"""Which office answers a request, and by when: a promise in office time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.office.office_time import OfficeCalendar
from bot.domain.office.routing import Route, RoutingTable, route
from bot.domain.requests.request import RequestKind


@dataclass(frozen=True)
class Promise:
    """Where a request goes and when its first answer is due."""

    route: Route
    due: datetime


class PromiseService:
    """Makes promises that the calendar can keep."""

    def __init__(self, routing: RoutingTable, calendar: OfficeCalendar) -> None:
        self._routing = routing
        self._calendar = calendar

    def promise(
        self, topic: str, text: str, *, now: datetime, kind: RequestKind = RequestKind.REQUEST
    ) -> Promise:
        """The route of a request and the end of its office time, counted from the next sitting.

        Who asks for a person is promised the office's time for that, whatever the matter is.
        """
        taken = route(self._routing, topic, text)
        working = timedelta(hours=taken.promise_hours)
        if kind is RequestKind.TALK:
            working = self._routing.talk_promise(taken.office)
        return Promise(taken, self._calendar.add(now, working))
