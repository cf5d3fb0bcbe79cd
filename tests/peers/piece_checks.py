"""Piece checks: what is expected of single pieces, of sets, gifts and what comes back."""

from fractions import Fraction

from tests.peers.cases import MissingError, OutOfScopeError
from tests.peers.consuming import consumed

__all__ = ["PIECE_CHECKS"]


def _unit_discounts(checking, told):
    for line, texts in told.items():
        got = checking.view.piece_discounts(line)
        want = sorted(texts, key=Fraction, reverse=True)
        if len(want) != len(got):
            checking.same(
                f"pieces of {line}", want, [checking.view.scale.shown(each) for each in got]
            )
            continue
        for at, (text, minor) in enumerate(zip(want, got, strict=True)):
            checking.amount(f"piece {at + 1} of {line}", text, minor)


def _unit_prices(checking, told):
    """The price of a piece, which is their average where they are not all the same."""
    for line, text in told.items():
        prices = checking.view.pieces_paid(line)
        average = Fraction(sum(prices), len(prices)) if prices else Fraction(0)
        if not prices or not checking.view.scale.is_same(text, average):
            whole = checking.view.scale.minor(text) if prices else None
            if whole is None or abs(average - whole) >= 1 or whole not in (prices[-1], prices[0]):
                shown = [checking.view.scale.shown(each) for each in sorted(set(prices))]
                checking.same(f"price of a piece of {line}", text, shown)


def _unit_discount(checking, text):
    pieces = sum(checking.view.shopping.pieces(line) for line in checking.view.shopping.ticked)
    checking.amount("unit_discount", text, Fraction(checking.view.discount, pieces))


def _remainder(checking, told):
    """The minor units of a line that its pieces do not share evenly."""
    for line, text in told.items():
        pieces = len(checking.view.pieces_paid(line))
        checking.amount(f"rest of {line}", text, checking.view.paid(line) % pieces if pieces else 0)


def _units(checking, told):
    view = checking.view
    used = consumed(view)
    got = {
        "consumed": used,
        "left": sum(view.shopping.pieces(line) for line in view.shopping.ticked) - used,
        "discounted": view.pieces_discounted,
    }
    for key, expected in told.items():
        if key not in got:
            raise OutOfScopeError(f"units {key}")
        checking.same(f"units.{key}", int(expected), got[key])


def _units_amount(checking, text):
    view = checking.view
    minor = sum(
        group.list_minor
        for line in view.quote.lines
        for group in line.groups
        if any(each.amount_minor for each in group.adjustments)
    )
    checking.amount("units_amount", text, minor)


def _eligible_again(checking, told):
    """Whether what is left of the pieces meets the conditions once more."""
    view = checking.view
    count = sum(view.shopping.pieces(line) for line in view.shopping.ticked) - consumed(view)
    promotions = view.shopping.given.get("promotions") or []
    wanted = [c for each in promotions for c in each.get("conditions") or []]
    if any(each["type"] != "min_qty" or each.get("filter") for each in wanted):
        raise MissingError("pieces that are left are counted, not told apart")
    again = all(count >= Fraction(str(each["value"])) for each in wanted)
    checking.same("eligible_again", told, again)


def _refund(checking, text):
    checking.amount("refund", text, refunded(checking.view))


def refunded(view):
    """What goes back for the pieces that come back: what was paid for them."""
    back = 0
    for event in view.shopping.case.events:
        if event["type"] == "refund_all":
            back += view.quote.goods.minor
        elif event["type"] == "refund":
            if "line" not in event:
                raise OutOfScopeError("a refund of no line")
            prices = view.pieces_paid(str(event["line"]))
            back += sum(prices[: int(event.get("qty", len(prices)))])
    return back


def _refundable(checking, told):
    for line, text in told.items():
        checking.amount(f"refundable of {line}", text, checking.view.paid(line))


def _refundable_each(checking, told):
    for line, text in told.items():
        for price in sorted(set(checking.view.pieces_paid(line))):
            checking.amount(f"refundable of a piece of {line}", text, price)


def _gift_lines(checking, told):
    expected = {}
    for row in told:
        expected[str(row["sku"])] = expected.get(str(row["sku"]), 0) + int(row["qty"])
    checking.same("gift_lines", expected, dict(checking.view.gifts))


def _qty_after(checking, told):
    view = checking.view
    for sku, qty in told.items():
        own = sum(view.shopping.pieces(line) for line in view.shopping.ticked if line["sku"] == sku)
        checking.same(f"pieces of {sku}", int(qty), own + view.gifts[sku])


PIECE_CHECKS = {
    "unit_discounts": _unit_discounts,
    "unit_prices_after": _unit_prices,
    "units": _units,
    "units_amount": _units_amount,
    "gift_lines": _gift_lines,
    "qty_after": _qty_after,
    "refund": _refund,
    "refundable": _refundable,
    "refundable_per_unit": _refundable_each,
    "unit_price_remainder": _remainder,
    "unit_discount": _unit_discount,
    "eligible_again": _eligible_again,
}
