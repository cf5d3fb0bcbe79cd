"""The laws of the domain as checks that a user applies to his own program, and to his own code.

Each takes a program, or a strategy that draws programs. `decide` is what decides: your own function
in its place is under test too. A law that does not hold is a LawBrokenError with the smallest
example.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from privlib.decisions.verbs import decide
from privlib.errors import LawBrokenError
from privlib.testing.bare_shop import Decide
from privlib.testing.laws.coupons import (
    check_budgets_are_kept,
    check_coupons_are_used_once,
    check_coupons_count_from_their_threshold,
    check_coupons_end_at_their_moment,
)
from privlib.testing.laws.gifts import (
    check_each_gift_is_granted_once,
    check_refunds_do_to_gifts_what_the_rule_says,
    check_splitting_an_order_brings_the_same_gifts,
)
from privlib.testing.laws.refunds import (
    check_refunding_everything_restores_the_spend,
    check_refunds_never_exceed_what_was_paid,
)
from privlib.testing.laws.telling import (
    check_decisions_can_be_stored,
    check_decisions_name_their_program,
    check_events_say_all_that_changes,
    check_order_of_telling_makes_no_difference,
    check_the_same_inputs_give_the_same_decision,
    check_told_twice_changes_nothing,
)
from privlib.testing.laws.tiers import (
    check_one_order_reaches_each_tier_it_crosses,
    check_thresholds_are_inclusive,
    check_tiers_follow_net_spend,
    check_tiers_never_fall_by_purchases,
)
from privlib.testing.laws.trial import Programs, Settings

__all__ = [
    "check_budgets_are_kept",
    "check_coupons_are_used_once",
    "check_coupons_count_from_their_threshold",
    "check_coupons_end_at_their_moment",
    "check_decisions_can_be_stored",
    "check_decisions_name_their_program",
    "check_each_gift_is_granted_once",
    "check_events_say_all_that_changes",
    "check_laws",
    "check_one_order_reaches_each_tier_it_crosses",
    "check_order_of_telling_makes_no_difference",
    "check_refunding_everything_restores_the_spend",
    "check_refunds_do_to_gifts_what_the_rule_says",
    "check_refunds_never_exceed_what_was_paid",
    "check_splitting_an_order_brings_the_same_gifts",
    "check_the_same_inputs_give_the_same_decision",
    "check_thresholds_are_inclusive",
    "check_tiers_follow_net_spend",
    "check_tiers_never_fall_by_purchases",
    "check_told_twice_changes_nothing",
]

CHECKS: Final[tuple[Callable[..., None], ...]] = (
    check_tiers_never_fall_by_purchases,
    check_tiers_follow_net_spend,
    check_splitting_an_order_brings_the_same_gifts,
    check_thresholds_are_inclusive,
    check_each_gift_is_granted_once,
    check_one_order_reaches_each_tier_it_crosses,
    check_refunds_do_to_gifts_what_the_rule_says,
    check_decisions_name_their_program,
    check_refunding_everything_restores_the_spend,
    check_refunds_never_exceed_what_was_paid,
    check_coupons_are_used_once,
    check_coupons_count_from_their_threshold,
    check_coupons_end_at_their_moment,
    check_budgets_are_kept,
    check_told_twice_changes_nothing,
    check_order_of_telling_makes_no_difference,
    check_the_same_inputs_give_the_same_decision,
    check_events_say_all_that_changes,
    check_decisions_can_be_stored,
)


def check_laws(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """Check every law there is, and report all that are broken.

    >>> from privlib import default_program
    >>> check_laws(default_program(), settings=Settings(max_examples=2))

    Raises an ExceptionGroup of LawBrokenErrors, each with its law and the smallest example.
    """
    broken: list[LawBrokenError] = []
    for check in CHECKS:
        try:
            check(program, decide=decide, settings=settings)
        except LawBrokenError as fault:
            broken.append(fault)
    if broken:
        raise ExceptionGroup(f"{len(broken)} of {len(CHECKS)} laws do not hold", broken)
