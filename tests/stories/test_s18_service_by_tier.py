"""S18, service by tier (差异化服务): what of it is in a price.

Shipping, trials and goods by tier. (Declared service levels that are promised and kept count of
are not there yet.)
"""

import pendulum
import pytest
from attrs import evolve

from privlib import (
    Basket,
    BasketLine,
    Buyers,
    CustomerState,
    FreeShipping,
    GiftWithPurchase,
    Goods,
    PriceBook,
    Promotion,
    ShippingLine,
    SoldOnly,
    Threshold,
    default_program,
    quote_basket,
    yuan,
)
from privlib.conditions import field
from privlib.refusals import MembersOnly

pytestmark = pytest.mark.system("S18")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
FOR_GOLD = field("tier").one_of("gold", "platinum", "diamond")
SERVICES = (
    Promotion(name="gold ships free", layer="shipping", offer=FreeShipping(), when=FOR_GOLD),
    Promotion(
        name="free from 99",
        layer="shipping",
        offer=FreeShipping(methods=["standard"]),
        needs=Threshold(amount=yuan(99)),
    ),
    Promotion(name="gold trial", offer=GiftWithPurchase(sku="trial size"), when=FOR_GOLD),
)
CELLAR = SoldOnly(name="cellar", goods=Goods(tags=["cellar"]), buyers=Buyers(tiers=["diamond"]))


def quoted(tier, *, price=60, tags=(), method="standard"):
    program = evolve(default_program(), promotions=SERVICES, prices=PriceBook(sold_only=[CELLAR]))
    basket = Basket(
        lines=[BasketLine(sku="tea", price=yuan(price), tags=tags)],
        shipping=[ShippingLine(price=yuan(8), method=method)],
    )
    customer = CustomerState(id="wei", is_member=tier is not None, tier=tier)
    return quote_basket(basket, customer, program, at=NOON)


@pytest.mark.parametrize(
    ("tier", "price", "method", "shipping"),
    [
        (None, "98.99", "standard", 8),
        (None, 99, "standard", 0),
        ("silver", 99, "standard", 0),
        ("silver", 99, "express", 8),
        ("gold", 1, "standard", 0),
        ("diamond", 1, "express", 0),
    ],
)
def test_shipping_is_free_from_gold_on_and_for_others_from_an_amount_on(
    tier, price, method, shipping
):
    assert quoted(tier, price=price, method=method).shipping_cost == yuan(shipping)


@pytest.mark.parametrize(("tier", "trials"), [(None, []), ("silver", []), ("gold", ["trial size"])])
def test_a_trial_goes_along_from_gold_on(tier, trials):
    assert [gift.sku for gift in quoted(tier).gifts] == trials


def test_some_goods_are_for_one_tier_and_others_are_told_so():
    assert quoted("diamond", tags=["cellar"]).not_sold == ()
    [refused] = quoted("gold", tags=["cellar"]).not_sold
    assert refused.reasons == (MembersOnly(sku="tea", tiers=["diamond"]),)
