"""Rasa's rule policy, which looks only at the rules that could apply, and ends a turn that failed.

Rasa compares the state of a conversation with each of its rules, twice: once for rules over a
message's very words, of which we have none. Both together are a quarter of what Rasa works in a
turn (measured with py-spy). What is predicted is the same: a rule applies only where its last step
follows the same action (`RulePolicy._is_rule_applicable`).

Rasa goes on behind an action that failed. A form that so never began looks to its rules like one
that is done, and an empty request would be filed: nothing more is done in such a turn.
"""

import json
from typing import Any, Dict, List, Optional, Set, Tuple

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, TEXT

from engine import turn_failures

Found = Tuple[Optional[str], Optional[str], bool]

_NOTHING: Found = (None, None, False)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class IndexedRulePolicy(RulePolicy):
    """Predicts what `RulePolicy` predicts; once something of the turn failed, only its end."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._indexes: Dict[int, _RuleIndex] = {}

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **named: Any,
    ) -> PolicyPrediction:
        """The next action."""
        if turn_failures.under_way():
            return self._prediction(self._prediction_result(ACTION_LISTEN_NAME, tracker, domain))
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **named)

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input and not any(
            self._index(lookup).has_words
            for lookup in self.lookup.values()
            if isinstance(lookup, dict)
        ):
            return _NOTHING
        found: Found = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found

    def _get_possible_keys(self, lookup: Dict[str, str], states: List[State]) -> Set[str]:
        if not states:
            return set(lookup)
        keys: Set[str] = super()._get_possible_keys(self._index(lookup).after(states[-1]), states)
        return keys

    def _index(self, lookup: Dict[str, str]) -> "_RuleIndex":
        known = self._indexes.get(id(lookup))
        if known is None or known.lookup is not lookup or known.size != len(lookup):
            known = self._indexes[id(lookup)] = _RuleIndex(lookup)
        return known


class _RuleIndex:
    """The rules of one table, by the action before their last step."""

    def __init__(self, lookup: Dict[str, str]) -> None:
        self.lookup = lookup
        self.size = len(lookup)
        self.has_words = False
        self._by_action: Dict[Optional[str], Dict[str, str]] = {}
        for key, value in lookup.items():
            states = json.loads(key)
            self.has_words = self.has_words or any(TEXT in s.get(USER, {}) for s in states)
            self._by_action.setdefault(_action_before(states[-1]), {})[key] = value

    def after(self, state: State) -> Dict[str, str]:
        """The rules that could apply in a state."""
        return self._by_action.get(_action_before(state), {})


def _action_before(state: State) -> Optional[str]:
    action = (state.get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
    return None if action is None else str(action)
