"""The stages in which a question is answered, in their order.

Each passes on what is answered already, so a further way to answer, such as a language model, is
one more entry.
"""

from collections.abc import Callable

from bot.services.answering.bare_term import named
from bot.services.answering.comparison import compare
from bot.services.answering.composition import compose
from bot.services.answering.decision import decide
from bot.services.answering.goods import guard
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.leaning import lean
from bot.services.answering.matter_asked import matter_asked
from bot.services.answering.parts import search, split
from bot.services.answering.remarks import note
from bot.services.answering.settled import settled
from bot.services.answering.small_talk import asked
from bot.services.answering.steering.fee_sum import fee_sum
from bot.services.answering.steering.fines import fine, fine_first
from bot.services.answering.steering.near_lines import near_lines
from bot.services.answering.steering.own_figures import own_figures
from bot.services.answering.steering.period_end import period_end
from bot.services.answering.steering.product_duties import product_duties
from bot.services.answering.steering.product_risk import product_risk
from bot.services.answering.steering.support import support

Stage = Callable[[Findings], Findings]

STAGES: tuple[Stage, ...] = (
    asked,
    settled,
    named,
    matter_asked,
    compare,
    split,
    search,
    fine,
    support,
    lean,
    guard,
    decide,
    compose,
    product_duties,
    product_risk,
    fee_sum,
    period_end,
    own_figures,
    fine_first,
    near_lines,
    note,
)
"""Whether anything is asked comes first: a thanks that is like a settled question stays one."""
