"""Which office receives a request: rules in order, the topic's own office, the general queue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.office.measures import Measures
from bot.domain.text.plain import holds_words, plain

GENERAL_QUEUE = "mot_cua"
"""Takes what no rule places, and forwards what another authority handles."""

EXTERNAL_TOPIC = "co_quan_khac"
"""Matters of other authorities: whatever the words say, the general queue forwards them."""


TALK_MINUTES = 30.0
"""Office time within which who asks for a person is answered, where no file says otherwise."""


@dataclass(frozen=True)
class Rule:
    """Matches a request of one of `topics` that holds one of `words`; an empty one matches all.

    `words` are plain (`domain.plain`). `promise_hours` are hours of office time.
    """

    topics: frozenset[str]
    words: tuple[str, ...]
    office: str
    promise_hours: float

    def matches(self, topic: str, text: str) -> bool:
        """Whether the rule places a request; `text` is plain."""
        if self.topics and topic not in self.topics:
            return False
        return not self.words or any(holds_words(text, words) for words in self.words)


@dataclass(frozen=True)
class RoutingTable:
    """The rules in order, each topic's own office, and which offices are external.

    `talk_minutes`: office time within which who asks for a person is answered; `office_talks`:
    of the offices that promise another one.
    """

    rules: tuple[Rule, ...]
    topic_offices: Mapping[str, str]
    external: frozenset[str]
    promise_hours: float
    general_queue: str = GENERAL_QUEUE
    talk_minutes: float = TALK_MINUTES
    office_talks: Mapping[str, float] = field(default_factory=dict)
    measures: Measures = field(default_factory=Measures)

    def talk_promise(self, office: str) -> timedelta:
        """The office time within which an office answers who asks for a person."""
        return timedelta(minutes=self.office_talks.get(office, self.talk_minutes))

    @property
    def least_talk_promise(self) -> timedelta:
        """The shortest that any office promises who asks for a person."""
        return timedelta(minutes=min((self.talk_minutes, *self.office_talks.values())))


@dataclass(frozen=True)
class Route:
    """Where a request goes.

    `authority` is the external office to which the general queue should forward it, where known.
    `rule_index` counts from 0; None where no rule placed the request.
    """

    office: str
    promise_hours: float
    rule_index: int | None = None
    authority: str | None = None


def route(table: RoutingTable, topic: str, text: str) -> Route:
    """The route of a request: always to an office of the department, never nowhere."""
    words = plain(text)
    for index, rule in enumerate(table.rules):
        if not rule.matches(topic, words):
            continue
        if rule.office in table.external:
            return Route(table.general_queue, rule.promise_hours, index, rule.office)
        if topic != EXTERNAL_TOPIC:
            return Route(rule.office, rule.promise_hours, index)
    office = table.topic_offices.get(topic, table.general_queue)
    if office in table.external:
        return Route(table.general_queue, table.promise_hours, None, office)
    if topic == EXTERNAL_TOPIC:
        office = table.general_queue
    return Route(office, table.promise_hours)
