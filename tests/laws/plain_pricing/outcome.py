"""How a basket is priced, as far as the plain reference says it of a quote."""

from typing import NamedTuple

from privlib.values.rate import Rate

__all__ = ["Effects", "Outcome", "outcome_of"]


class Effects(NamedTuple):
    """What applies without money, and what it gives.

    `sources` are sorted. What they give is in the order in which they apply: of gifts the sku, the
    pieces and instead of what, of coupons the campaign and the name.
    """

    sources: tuple = ()
    gifts: tuple = ()
    points: Rate = Rate(1)
    coupons: tuple = ()


class Outcome(NamedTuple):
    """How a basket may be priced.

    `sources` are what takes something off, `taken` how much each takes and how much it could not,
    `lines` what is paid for each line that is ticked, `shipping` for each way of shipping.
    """

    payable: int
    sources: tuple
    lines: tuple
    shipping: tuple
    taken: tuple
    effects: Effects


def outcome_of(quote):
    """How a quote says that a basket is priced, as the reference puts it."""
    money = [each for each in quote.applied if each.amount]
    free = [each for each in quote.applied if not each.amount]
    return Outcome(
        payable=quote.payable.minor,
        sources=tuple(sorted(each.source for each in money)),
        lines=tuple((each.id, each.payable_minor) for each in quote.lines),
        shipping=tuple(each.payable_minor for each in quote.shipping),
        taken=tuple(
            sorted(
                (each.source, each.amount.minor, each.cut.minor if each.cut else 0)
                for each in money
            )
        ),
        effects=Effects(
            sources=tuple(sorted(each.source for each in free)),
            gifts=tuple((each.sku, each.pieces, each.instead_of) for each in quote.gifts),
            points=quote.points_times,
            coupons=tuple((each.campaign, each.coupon) for each in quote.next_coupons),
        ),
    )
