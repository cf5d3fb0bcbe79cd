"""flexcommerce-discounts, a peer: the best single coupon of those that may be used, in memory."""

from decimal import Decimal

from tests.benchmarks.priced.django_shop import set_up

__all__ = ["INSTALL", "pricing"]

INSTALL = "flexcommerce-discounts"


def pricing(work):
    """What prices the basket; a condition on pieces, which it does not know, is always met."""
    set_up()
    from flexcommerce_core.exceptions import DiscountError
    from flexcommerce_discounts.services import evaluate

    coupons = [_coupon(promotion) for promotion in work.promotions]
    lines = [_line(line) for line in work.basket]
    subtotal = sum(line.line_gross for line in lines)

    def price():
        best = None
        for coupon in coupons:
            try:
                result = evaluate(coupon, lines, subtotal)
            except DiscountError:
                continue
            if best is None or result.amount > best.amount:
                best = result
        return best

    return price


def _coupon(promotion):
    from flexcommerce_discounts.models import Coupon

    in_fen = promotion.gives == "fen"
    return Coupon(
        code=promotion.id.upper(),
        coupon_type=Coupon.TYPE_FIXED if in_fen else Coupon.TYPE_PERCENTAGE,
        value=Decimal(promotion.benefit) / (100 if in_fen else 1),
        minimum_cart_value=Decimal(promotion.threshold if promotion.needs == "fen" else 0) / 100,
        restricted_products=list(promotion.skus),
        restricted_categories=[promotion.category] if promotion.category else [],
    )


def _line(line):
    from flexcommerce_core.utils.pricing import PricedLine, line_amounts

    amounts = line_amounts(Decimal(line.price) / 100, line.quantity, Decimal(0))
    return PricedLine(
        product=None,
        quantity=line.quantity,
        key=line.sku,
        product_id=line.sku,
        category_ids={line.category},
        **amounts,
    )
