"""oscar's tables: a catalogue, a basket and offers, written from a workload."""

from decimal import Decimal
from itertools import count

from tests.benchmarks.priced.workload import category_of

__all__ = ["Tables"]

_NUMBERS = count(1)

# Ranges in memory, by the names under which oscar asks this module for the classes of them.
_RANGES = {}


def __getattr__(name):
    if name not in _RANGES:
        raise AttributeError(name)
    return _RANGES[name]


class Tables:
    """What is stored of one workload; the offers of those before it are gone."""

    def __init__(self, work):
        _model("offer", "ConditionalOffer").objects.all().delete()
        self._products = _stored_products(work.skus)
        self._category_of = {
            f"sku-{number}": category_of(number, work.categories) for number in range(work.skus)
        }
        self._categories = _stored_categories(self._products, self._category_of)
        self.basket_id = _stored_basket(work.basket, self._products)

    def store_offers(self, promotions, *, in_memory=False):
        """Site offers; or such that no one finds, and whose ranges know their products."""
        return [
            self._stored_offer(promotion, -place, in_memory=in_memory)
            for place, promotion in enumerate(promotions)
        ]

    def _stored_offer(self, promotion, priority, *, in_memory):
        name = f"{promotion.id} {next(_NUMBERS)}"
        rules = {"range": self._stored_range(promotion, name, in_memory=in_memory)}
        return _model("offer", "ConditionalOffer").objects.create(
            name=name,
            offer_type="Session" if in_memory else "Site",
            condition=_model("offer", "Condition").objects.create(
                type="Count" if promotion.needs == "pieces" else "Value",
                value=_value(promotion.threshold, in_fen=promotion.needs == "fen"),
                **rules,
            ),
            benefit=_model("offer", "Benefit").objects.create(
                type="Percentage" if promotion.gives == "percent" else "Absolute",
                value=_value(promotion.benefit, in_fen=promotion.gives == "fen"),
                **rules,
            ),
            priority=priority,
            max_basket_applications=1,
        )

    def _stored_range(self, promotion, name, *, in_memory):
        stored = _model("offer", "Range").objects.create(
            name=name, proxy_class=self._kept_range(promotion) if in_memory else None
        )
        if promotion.category:
            stored.included_categories.add(self._categories[promotion.category])
        for sku in promotion.skus:
            stored.add_product(self._products[sku])
        return stored

    def _kept_range(self, promotion):
        """The name of a class whose objects know the products of the range."""
        name = f"Range{next(_NUMBERS)}"
        ids = {
            product.pk
            for sku, product in self._products.items()
            if sku in promotion.skus or self._category_of[sku] == promotion.category
        }
        _RANGES[name] = lambda: _InMemory(ids)
        return f"{__name__}.{name}"


class _InMemory:
    def __init__(self, ids):
        self._ids = ids

    def contains_product(self, product):
        return product.pk in self._ids


def _model(app, name):
    from oscar.core.loading import get_model

    return get_model(app, name)


def _value(amount, *, in_fen):
    return Decimal(amount) / (100 if in_fen else 1)


def _stored_products(count):
    products = _model("catalogue", "Product").objects
    kind = _model("catalogue", "ProductClass").objects.create(
        name=f"things {next(_NUMBERS)}", track_stock=False
    )
    model = products.model
    titles = [f"sku-{number}" for number in range(count)]
    products.bulk_create(
        [model(title=title, slug=title, product_class=kind, is_public=True) for title in titles]
    )
    return {product.title: product for product in products.filter(product_class=kind)}


def _stored_categories(products, names):
    categories = {
        name: _stored_root(name, next(_NUMBERS)) for name in dict.fromkeys(names.values())
    }
    joined = _model("catalogue", "ProductCategory")
    joined.objects.bulk_create(
        joined(product=product, category=categories[names[sku]])
        for sku, product in products.items()
    )
    return categories


def _stored_root(name, number):
    """A category of the uppermost level, written as the tree keeps it."""
    return _model("catalogue", "Category").objects.create(
        name=f"{name} {number}", path=f"{number:04}", depth=1, numchild=0
    )


def _stored_basket(basket, products):
    partner = _model("partner", "Partner").objects.create(name=f"shop {next(_NUMBERS)}")
    stored = _model("basket", "Basket").objects.create()
    for line in basket:
        product = products[line.sku]
        record = _model("partner", "StockRecord").objects.create(
            product=product,
            partner=partner,
            partner_sku=line.sku,
            price=_value(line.price, in_fen=True),
        )
        stored.lines.create(
            product=product,
            stockrecord=record,
            line_reference=line.sku,
            quantity=line.quantity,
            price_currency=record.price_currency,
            price_excl_tax=record.price,
        )
    return stored.pk
