"""Shopping: the basket, its customer and the moment of a case, as we take them."""

from datetime import timedelta
from fractions import Fraction

import pendulum
from attrs import define, field
from tests.peers.amounts import Scale
from tests.peers.cases import Case, OutOfScopeError
from tests.peers.durations import days_of
from tests.peers.goods import tagged

from privlib.commands import GiftCard, Tender
from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.program.codes import matched_code

__all__ = [
    "MARKED_DOWN",
    "SOMEBODY",
    "STAND_IN",
    "Shopping",
    "is_discountable",
    "line_tag",
    "moment_of",
    "their_line",
    "zone_of",
]

STAND_IN = "100"
"""The price of a piece, where it plays no part."""
SOMEBODY = "(known)"
"""The segment of everybody whose name is known."""
MARKED_DOWN = "(marked down)"


def line_tag(line):
    """The tag by which a rule names one line."""
    return f"(line {line})"


def their_line(id):
    """The line of theirs that one of the basket stands for: see `Shopping.basket`."""
    return id.split(" (from piece")[0]


def zone_of(given):
    """The zone in which days are reckoned."""
    return given.get("timezone") or "UTC"


def moment_of(text, zone):
    """A moment; a bare date is its beginning."""
    return pendulum.parse(text, tz=zone)


def _lines_of(given):
    """The lines, or one line of what is told of the whole basket."""
    if "lines" in given:
        return given["lines"]
    for key in ("item_total", "subtotal", "total", "value"):
        if key in given and "tiers" not in given:
            count = int(given.get("total_qty", 1))
            price = Fraction(str(given[key])) / count
            return [{"id": "(all)", "sku": "(all)", "unit_price": str(price), "qty": count}]
    count = given.get("line_qty", given.get("preview_qty"))
    line = {"id": "(line)", "sku": "(line)", "unit_price": given.get("unit_price", STAND_IN)}
    return [] if count is None else [{**line, "qty": count}]


_NO_COST = {"id": "(shipping)", "method": "(shipping)", "amount": "0"}


def _ships(given):
    promotions = given.get("promotions") or []
    actions = [action for each in promotions for action in each.get("actions") or []]
    return any(action.get("target") == "shipping" for action in actions)


@define
class Shopping:
    """What is bought by whom and when; picks name the pieces that single rules may touch."""

    case: Case
    scale: Scale
    lines: list = field(init=False)
    codes: list = field(init=False)
    customer: dict | None = field(init=False)
    picks: dict = field(init=False, factory=dict)
    coupons: list = field(init=False, factory=list)
    segments: set = field(init=False, factory=set)
    points: int = field(init=False, default=0)
    tenders: dict = field(init=False, factory=dict)

    def __attrs_post_init__(self):
        given = self.case.given
        self.lines = [line for line in _lines_of(given) if Fraction(str(line["qty"]))]
        self.codes = [str(code) for code in given.get("coupons") or []]
        self.customer = given.get("customer")
        if "coupons" not in given and not self.case.events:
            self.codes = [
                str(each["code"]) for each in given.get("coupons_defined") or [] if "code" in each
            ]

    @property
    def given(self):
        return self.case.given

    @property
    def currency(self):
        """The currency that the case is told in."""
        return str(self.given.get("currency") or "CNY").upper()

    @property
    def zone(self):
        return zone_of(self.given)

    @property
    def at(self):
        """Now; a day of no meaning where none is given."""
        return moment_of(self.given.get("now") or "2026-01-15T12:00:00", self.zone)

    @property
    def ticked(self):
        return [line for line in self.lines if line.get("selected", True)]

    @property
    def shipping(self):
        """The ways of shipping; one that costs nothing where a case says nothing of any."""
        return self.given.get("shipping", [_NO_COST] if _ships(self.given) else []) or []

    def matched(self, code):
        """A code as it is compared."""
        return matched_code(str(code), self.case.profile.codes)

    def open_lines(self, goods):
        """The ticked lines of some goods that may be discounted, as they are told."""
        return [
            line
            for line in self.ticked
            if is_discountable(line) and goods.include(self._line(line))
        ]

    def only(self, *lines):
        """Goods that are just these lines."""
        return tagged(*(line_tag(str(line["id"])) for line in lines))

    def price(self, line):
        """The price of one piece, in minor units."""
        price = Fraction(str(line.get("price_override", line.get("unit_price", STAND_IN))))
        price *= 1 - Fraction(str(line.get("manual_percent_off", 0))) / 100
        if price < 0:
            raise OutOfScopeError("a line below zero is no line of a basket")
        return self.scale.minor(price)

    def pieces(self, line):
        """How many pieces a line has."""
        count = Fraction(str(line["qty"]))
        if count.denominator != 1 or count < 0:
            raise OutOfScopeError("a line has whole pieces")
        return int(count)

    def pick(self, tag, counts):
        """Lets a tag name the first so many pieces of lines."""
        self.picks[tag] = counts

    def basket(self):
        """The basket; a line whose pieces are picked apart is told as several."""
        lines = [made for line in self.lines for made in self._parts(line)]
        ways = [
            ShippingLine(
                id=str(way["id"]), method=str(way["method"]), price=self.scale.money(way["amount"])
            )
            for way in self.shipping
        ]
        methods = [way.method for way in ways]
        return Basket(
            lines=lines,
            shipping=ways,
            channel=self.given.get("channel"),
            platform=methods[0] if len(methods) == 1 else None,
            tender=Tender(
                points=self.points,
                wallet=self.tenders.get("wallet"),
                gift_cards=[
                    GiftCard(code=code, balance=balance)
                    for code, balance in self.tenders.get("gift_cards", {}).items()
                ],
            ),
        )

    def _parts(self, line):
        counts = {tag: picked.get(str(line["id"]), 0) for tag, picked in self.picks.items()}
        pieces = self.pieces(line)
        ends = sorted({min(count, pieces) for count in counts.values() if count} | {pieces})
        start = 0
        for end in ends:
            tags = [tag for tag, count in counts.items() if count >= end]
            yield self._line(line, start=start, pieces=end - start, tags=tags)
            start = end

    def _line(self, line, *, start=0, pieces=None, tags=()):
        id = str(line["id"])
        own = [MARKED_DOWN] if line.get("list_price") is not None else []
        return BasketLine(
            id=id if not start else f"{id} (from piece {start + 1})",
            sku=str(line["sku"]),
            product=str(line.get("spu") or line["sku"]),
            price=self.scale.money_of(self.price(line)),
            quantity=self.pieces(line) if pieces is None else pieces,
            categories=[str(name) for name in line.get("categories") or []],
            tags=[*(str(tag) for tag in line.get("tags") or []), line_tag(id), *own, *tags],
            discountable=is_discountable(line),
            ticked=line.get("selected", True),
        )

    def buyer(self):
        """The customer; whoever is known is in a segment that says so."""
        known = self.customer or {}
        name = known.get("id") or known.get("email")
        orders, last = _history_of(known, self.at)
        return CustomerState(
            id=str(name) if name else self._unnamed,
            segments={*self.segments, *map(str, known.get("groups") or []), *_who(known, name)},
            points=self.points,
            orders=orders,
            last_order_at=last,
            coupons=self.coupons,
        )

    @property
    def _unnamed(self):
        """Whoever is told to be nobody is; of whom nothing is told may have used something."""
        return None if "customer" in self.given else "(somebody)"

    def hand(self, id, promotion, *, starts_at=None, expires_at=None):
        """Gives the customer a coupon of a promotion."""
        self.coupons.append(
            CouponInHand(
                id=str(id), promotion=promotion, starts_at=starts_at, expires_at=expires_at
            )
        )


def is_discountable(line):
    """Whether a line may be discounted: what a variant says counts before its parent."""
    return line.get("discountable", line.get("parent_discountable", True))


def _who(known, name):
    marks = [SOMEBODY] if name else []
    return [
        *marks,
        *([f"(customer {name})"] if name else []),
        *(["(staff)"] if known.get("staff") or "staff" in (known.get("groups") or []) else []),
    ]


def _history_of(known, at):
    """How many orders there were before, and when the last one was."""
    ago = known.get("completed_orders_ago")
    if ago:
        days = [days_of(each) for each in ago]
        return len(days), at - timedelta(days=min(days))
    other = known.get("other_orders")
    if other is not None:
        return int("complete" in str(other) and "incomplete" not in str(other)), None
    return int(known.get("orders_placed") or 0), None
