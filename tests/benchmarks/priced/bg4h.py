"""bg4h-discount-api, a peer: the best promotion of each line, with its data in memory."""

from datetime import date
from decimal import Decimal

__all__ = ["INSTALL", "pricing"]

INSTALL = "bg4h-discount-api"

TODAY = date(2026, 6, 1)


def pricing(work):
    """What prices the basket; an amount off, which it does not know, is taken as ten percent."""
    from bg4h_discount_api import ArticleRequest, DiscountCalculator

    calculator = DiscountCalculator(InMemory(work))
    articles = [ArticleRequest(line.sku, Decimal(line.quantity)) for line in work.basket]
    return lambda: calculator.calculate_many(articles, "wei", price_date=TODAY)


class InMemory:
    """The data that the calculator asks for."""

    def __init__(self, work):
        from bg4h_discount_api import ClientData

        self._client = ClientData(code="wei", client_type="member")
        self._products = {line.sku: _product(line) for line in work.basket}
        self._promotions = [_promotion(promotion) for promotion in work.promotions]
        self._lines = {promotion.id: _lines(promotion) for promotion in work.promotions}

    def get_product(self, reference):
        return self._products.get(reference)

    def get_client(self, client_code):
        return self._client

    def get_discount_header(self, discount_code):
        return None

    def get_discount_lines(self, discount_code):
        return []

    def get_active_promotions(self, price_date):
        return self._promotions

    def get_promotion_lines(self, promotion_code):
        return self._lines[promotion_code]

    def get_exception_header(self, client_code):
        return None

    def get_exception_lines(self, exception_code):
        return []


def _product(line):
    from bg4h_discount_api import ProductData

    return ProductData(
        reference=line.sku,
        description=line.sku,
        original_price=Decimal(line.price) / 100,
        family=line.category,
    )


def _promotion(promotion):
    from bg4h_discount_api import Promotion

    return Promotion(code=promotion.id, name=promotion.id, start_date=TODAY, end_date=TODAY)


def _lines(promotion):
    from bg4h_discount_api import PromotionLine

    percent = Decimal(promotion.benefit if promotion.gives == "percent" else 10)
    needs = Decimal(promotion.threshold)
    rule = {
        "discount": percent,
        "price": None,
        "minimum_units": needs if promotion.needs == "pieces" else None,
        "minimum_amount": needs / 100 if promotion.needs == "fen" else None,
    }
    if promotion.category:
        return [PromotionLine(family=promotion.category, **rule)]
    return [PromotionLine(reference=sku, **rule) for sku in promotion.skus]
