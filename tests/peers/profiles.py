"""Profiles: the settings of each way to behave, and which of them a file tells of."""

from attrs import evolve
from tests.peers.profile import ALL, GOODS, Order, Picked, Profile, Seen, Stage, Turn

from privlib.program.codes import CodeMatching
from privlib.program.offers import Spread
from privlib.values.allocation import Overflow
from privlib.values.rate import Rounding
from privlib.values.remainder import Remainder

__all__ = ["PROFILES", "profile_of"]

ONE_AFTER_ANOTHER = Profile(name="one after another")

PROFILES = (
    ONE_AFTER_ANOTHER,
    Profile(
        name="pieces are used once",
        told_by=("consum", "ROUND_DOWN", "cheapest unit first"),
        stages=(Stage(GOODS, Turn.UNITS_ONCE), Stage(("shipping",))),
        order=Order.PRIORITY,
        percent_per_unit=Spread.LINE,
        rounding=Rounding.DOWN,
        remainder=Remainder.LAST,
        picked=Picked.CHEAPEST,
        tops_up=True,
    ),
    Profile(
        name="buy and get first, then one after another",
        told_by=("buy units are reserved", "proportion to remaining", "never_below_zero_per_line"),
        stages=(Stage(("sets",), Turn.UNITS_ONCE), Stage(ALL)),
    ),
    Profile(
        name="one percentage on the order, codes last",
        told_by=("payment-like program", "programs are claimed", "only one percentage"),
        order=Order.CODES_LAST,
        one_order_percent=True,
        narrow_first=True,
        amounts_include_tax=True,
    ),
    Profile(
        name="special price first",
        told_by=("special price", "selling price", "lowest special price"),
        stages=(Stage(("shelf",), Turn.ONE_PER_LINE), Stage(GOODS), Stage(("shipping",))),
        threshold=Seen.SHELF,
        discount_from_shelf=True,
    ),
    Profile(
        name="member price, threshold, coupon, points, shipping",
        told_by=("limited-time price", "member discount", "points as money", "not selected"),
        stages=(
            Stage(("shelf",), Turn.ONE_PER_LINE),
            Stage(GOODS, by_code=False),
            Stage(GOODS, by_code=True),
            Stage(("shipping",)),
        ),
        remainder=Remainder.LAST,
    ),
    Profile(
        name="best rule of each product, then one code",
        told_by=("catalogue promotion", "single best rule", "one voucher"),
        stages=(
            Stage(("shelf", "sets", "lines"), Turn.ONE_PER_LINE, by_code=False),
            Stage(("shelf", "sets", "lines"), by_code=True),
            Stage(("order", "gift")),
            Stage(("shipping",)),
        ),
        percent_on_lines=Spread.UNIT,
        percent_by_code=Spread.UNIT,
        one_code=True,
    ),
    Profile(
        name="lanes, the best of each line",
        told_by=("lane", "pre, default, post"),
        stages=(Stage(GOODS, Turn.ONE_PER_LINE), Stage(("shipping",), Turn.ONE)),
        lanes=("pre", "default", "post"),
        steps_by_line=True,
        remainder=Remainder.FIRST,
    ),
    Profile(
        name="best line promotion, then the order",
        told_by=("best line promotion", "tried again at every change", "split into several orders"),
        stages=(
            Stage(("shelf", "sets", "lines"), Turn.ONE_PER_LINE),
            Stage(("order",), Turn.ONE),
            Stage(("gift", "shipping")),
        ),
        zero_is_no_limit=True,
        steps_by_line=True,
    ),
    Profile(
        name="by priority, what is exclusive alone",
        told_by=("applied alone", "exclusive", "minimum price", "unit percents add up"),
        order=Order.PRIORITY,
        unit_percent=Seen.SHELF,
        percent_on_lines=Spread.UNIT,
        exclusive_first=True,
    ),
    Profile(
        name="items, then the order, then shipping",
        told_by=("item actions before order actions", "priority score", "largest fractional error"),
        stages=(
            Stage(("shelf", "sets", "lines")),
            Stage(("order", "gift")),
            Stage(("shipping",)),
        ),
        percent_on_lines=Spread.UNIT,
        rounding=Rounding.HALF_DOWN,
        codes=CodeMatching.AS_WRITTEN,
    ),
    Profile(
        name="the best use of pieces",
        told_by=("rule application", "options.match", "options.groups", "largest total discount"),
        stages=(Stage(GOODS, Turn.BEST_UNITS), Stage(("shipping",))),
        threshold=Seen.LIST,
        node_budget=1_000_000,
        takes_more=True,
    ),
    Profile(
        name="the best set of coupons",
        told_by=("sets of coupons", "red packet", "threshold coupons"),
        stages=(Stage(GOODS, Turn.BEST), Stage(("shipping",))),
        threshold=Seen.LIST,
        overflow=Overflow.LOST,
        threshold_coupons_apart=True,
    ),
)


def profile_of(default, own, options):
    """The profile that a file's semantics tell of, with what a case has of its own put over it."""
    text = _text(default)
    found = max(PROFILES, key=lambda each: sum(phrase in text for phrase in each.told_by))
    return _with_options(_with_words(found, _text(own)), options)


def _text(semantics):
    """All that is said of how a project behaves."""
    if isinstance(semantics, str):
        return semantics
    return " / ".join(f"{key}: {value}" for key, value in (semantics or {}).items())


_PRODUCTS_FIRST = (
    Stage(("shelf", "sets", "lines"), Turn.ONE_PER_LINE),
    Stage(("order", "gift")),
    Stage(("shipping",)),
)
_WORDS = (
    ("the one before it left", {"percent": Seen.TURN}),
    ("on the original amount", {"percent": Seen.LIST, "unit_percent": Seen.LIST}),
    ("thresholds are compared with list", {"threshold": Seen.LIST}),
    ("shares by list price", {"amount": Seen.LIST}),
    ("surplus lost", {"overflow": Overflow.LOST}),
    ("only the best counts", {"stages": _PRODUCTS_FIRST}),
    ("each rule works on the price left", {"shelf_rounding": Rounding.HALF_DOWN}),
    ("higher priority first", {"order": Order.PRIORITY}),
)


def _with_words(profile, text):
    for phrase, settings in _WORDS:
        if phrase in text:
            profile = evolve(profile, **settings)
    return profile


_OPTIONS = {
    "percent_base": {
        "remaining": {"percent": Seen.TURN, "unit_percent": Seen.TURN},
        "original": {"percent": Seen.LIST, "unit_percent": Seen.LIST},
    },
    "threshold_basis": {
        "before_discounts": {"threshold": Seen.LIST},
        "after_discounts": {"threshold": Seen.TURN},
        "original": {"threshold": Seen.LIST},
        "list_price": {"threshold": Seen.LIST},
    },
    "share_basis": {"original": {"amount": Seen.LIST}, "remaining": {"amount": Seen.TURN}},
    "remainder": {
        "last_line": {"remainder": Remainder.LAST},
        "first_line": {"remainder": Remainder.FIRST},
        "first_lines": {"remainder": Remainder.FIRST},
        "largest_remainder": {"remainder": Remainder.LARGEST},
        "largest_share": {"remainder": Remainder.LARGEST_SHARE},
    },
    "coupon_case_sensitive": {
        "True": {"codes": CodeMatching.AS_WRITTEN},
        "False": {"codes": CodeMatching.ANY_CASE},
    },
    "overflow": {
        "lost": {"overflow": Overflow.LOST},
        "reshared": {"overflow": Overflow.RESHARED},
    },
    "round": {
        "per_unit": {"percent_on_lines": Spread.UNIT, "percent_on_order": Spread.UNIT},
        "per_line": {"percent_on_lines": Spread.LINE, "percent_on_order": Spread.LINE},
        "once": {"percent_on_lines": Spread.ONCE, "percent_on_order": Spread.ONCE},
        "per_order": {"percent_on_lines": Spread.ONCE, "percent_on_order": Spread.ONCE},
        "down": {"rounding": Rounding.DOWN},
        "up": {"rounding": Rounding.UP},
        "half_up": {"rounding": Rounding.HALF_UP},
        "half_down": {"rounding": Rounding.HALF_DOWN},
        "half_even": {"rounding": Rounding.HALF_EVEN},
    },
}


def _with_options(profile, options):
    for key, values in _OPTIONS.items():
        settings = values.get(str((options or {}).get(key)))
        if settings:
            profile = evolve(profile, **settings)
    return profile
