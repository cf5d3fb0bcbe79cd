"""The profile: the settings on which projects disagree."""

from enum import StrEnum

from attrs import frozen

from privlib.program.codes import CodeMatching
from privlib.program.offers import Spread
from privlib.values.allocation import Overflow
from privlib.values.rate import Rounding
from privlib.values.remainder import Remainder

__all__ = ["ALL", "GOODS", "Order", "Picked", "Profile", "Seen", "Stage", "Turn"]


class Turn(StrEnum):
    """How promotions of one stage meet.

    `in_turn`: each in a layer of its own, one after the other. `units_once`: one after the other,
    and none touches a piece that another has used. `one_per_line`: each line goes to the one that
    saves most. `one`: the best one alone. `best`: the best set of them.
    """

    IN_TURN = "in_turn"
    UNITS_ONCE = "units_once"
    ONE_PER_LINE = "one_per_line"
    ONE = "one"
    BEST = "best"
    BEST_UNITS = "best_units"


class Order(StrEnum):
    """Which promotion comes first: by the list, by priority, or automatic ones before codes."""

    LISTED = "listed"
    PRIORITY = "priority"
    CODES_LAST = "codes_last"


class Seen(StrEnum):
    """What thresholds are compared with, and percentages reckoned on.

    `turn`: what is left at its turn. `shelf`: the price before any promotion of the basket, after
    special prices. `list`: the list price.
    """

    TURN = "turn"
    SHELF = "shelf"
    LIST = "list"


class Picked(StrEnum):
    """Which pieces an offer for so many pieces picks first."""

    IN_LINE_ORDER = "in_line_order"
    CHEAPEST = "cheapest"


ALL = ("shelf", "sets", "lines", "order", "shipping", "gift")
GOODS = ("shelf", "sets", "lines", "order", "gift")


@frozen
class Stage:
    """Which kinds of promotions meet in it, by code or by themselves, and how."""

    kinds: tuple[str, ...]
    turn: Turn = Turn.IN_TURN
    by_code: bool | None = None


@frozen(kw_only=True)
class Profile:
    """How a project behaves where projects disagree."""

    name: str
    told_by: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = (Stage(ALL),)
    lanes: tuple[str, ...] = ()
    order: Order = Order.LISTED
    threshold: Seen = Seen.TURN
    unit_percent: Seen = Seen.TURN
    percent: Seen = Seen.TURN
    amount: Seen = Seen.TURN
    percent_on_lines: Spread = Spread.LINE
    percent_per_unit: Spread = Spread.UNIT
    percent_on_order: Spread = Spread.ONCE
    percent_by_code: Spread = Spread.ONCE
    rounding: Rounding = Rounding.HALF_UP
    shelf_rounding: Rounding | None = None
    remainder: Remainder = Remainder.LARGEST
    overflow: Overflow = Overflow.RESHARED
    picked: Picked = Picked.IN_LINE_ORDER
    exclusive_first: bool = False
    one_order_percent: bool = False
    one_code: bool = False
    narrow_first: bool = False
    threshold_coupons_apart: bool = False
    zero_is_no_limit: bool = False
    amounts_include_tax: bool = False
    tops_up: bool = False
    takes_more: bool = False
    discount_from_shelf: bool = False
    steps_by_line: bool = False
    codes: CodeMatching = CodeMatching.ANY_CASE
    node_budget: int = 20_000
