"""The laws of the domain as checks that a user applies to his own program, and to his own code.

Each takes a program, or a strategy that draws programs. `decide` is what decides, and `quote` what
prices a basket: your own function in its place is under test too. A law that does not hold is a
LawBrokenError with the smallest example.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from privlib.decisions.verbs import decide
from privlib.errors import LawBrokenError
from privlib.policies.pricing import quote_basket
from privlib.testing.bare_shop import Decide
from privlib.testing.laws.best_prices import (
    check_one_more_promotion_makes_nothing_dearer,
    check_order_of_asking_makes_no_difference,
    check_the_best_price_is_that_of_no_single_promotion,
    check_what_is_apart_changes_no_price,
)
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
from privlib.testing.laws.promotions import (
    check_more_pieces_bring_no_smaller_discount,
    check_prices_hold_on_their_days,
    check_promotions_touch_their_goods_from_their_threshold,
)
from privlib.testing.laws.quotes import (
    check_a_quote_asked_again_is_the_same,
    check_amounts_of_a_quote_sum_up,
    check_nothing_costs_less_than_its_floor,
    check_what_is_refunded_of_a_quote_was_paid,
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
from privlib.testing.laws.till import Pricer
from privlib.testing.laws.trial import Programs, Settings

__all__ = [
    "check_a_quote_asked_again_is_the_same",
    "check_amounts_of_a_quote_sum_up",
    "check_budgets_are_kept",
    "check_coupons_are_used_once",
    "check_coupons_count_from_their_threshold",
    "check_coupons_end_at_their_moment",
    "check_decisions_can_be_stored",
    "check_decisions_name_their_program",
    "check_each_gift_is_granted_once",
    "check_events_say_all_that_changes",
    "check_laws",
    "check_more_pieces_bring_no_smaller_discount",
    "check_nothing_costs_less_than_its_floor",
    "check_one_more_promotion_makes_nothing_dearer",
    "check_one_order_reaches_each_tier_it_crosses",
    "check_order_of_asking_makes_no_difference",
    "check_order_of_telling_makes_no_difference",
    "check_prices_hold_on_their_days",
    "check_promotions_touch_their_goods_from_their_threshold",
    "check_refunding_everything_restores_the_spend",
    "check_refunds_do_to_gifts_what_the_rule_says",
    "check_refunds_never_exceed_what_was_paid",
    "check_splitting_an_order_brings_the_same_gifts",
    "check_the_best_price_is_that_of_no_single_promotion",
    "check_the_same_inputs_give_the_same_decision",
    "check_thresholds_are_inclusive",
    "check_tiers_follow_net_spend",
    "check_tiers_never_fall_by_purchases",
    "check_told_twice_changes_nothing",
    "check_what_is_apart_changes_no_price",
    "check_what_is_refunded_of_a_quote_was_paid",
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
PRICE_CHECKS: Final[tuple[Callable[..., None], ...]] = (
    check_amounts_of_a_quote_sum_up,
    check_nothing_costs_less_than_its_floor,
    check_a_quote_asked_again_is_the_same,
    check_what_is_refunded_of_a_quote_was_paid,
    check_order_of_asking_makes_no_difference,
    check_one_more_promotion_makes_nothing_dearer,
    check_the_best_price_is_that_of_no_single_promotion,
    check_what_is_apart_changes_no_price,
    check_promotions_touch_their_goods_from_their_threshold,
    check_more_pieces_bring_no_smaller_discount,
    check_prices_hold_on_their_days,
)


def check_laws(
    program: Programs,
    *,
    decide: Decide = decide,
    quote: Pricer = quote_basket,
    settings: Settings | None = None,
) -> None:
    """Check every law there is, and report all that are broken.

    >>> from privlib import default_program
    >>> check_laws(default_program(), settings=Settings(max_examples=2))

    Raises an ExceptionGroup of LawBrokenErrors, each with its law and the smallest example.
    """
    broken: list[LawBrokenError] = []
    checks = [partial(check, decide=decide) for check in CHECKS]
    checks += [partial(check, quote=quote) for check in PRICE_CHECKS]
    for check in checks:
        try:
            check(program, settings=settings)
        except LawBrokenError as fault:
            broken.append(fault)
    if broken:
        raise ExceptionGroup(f"{len(broken)} of {len(checks)} laws do not hold", broken)
