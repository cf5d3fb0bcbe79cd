"""Pricing beside peers: the same basket and promotions, as far as each of them knows such."""

from functools import partial
from importlib import import_module
from importlib.util import find_spec

from attrs import evolve
from tests.benchmarks.comparing import calling, compared
from tests.benchmarks.measuring import paced
from tests.benchmarks.priced.floor import scanned
from tests.benchmarks.priced.ours import product as library
from tests.benchmarks.priced.workload import cell
from tests.benchmarks.targets import Row, at_least

FASTER = "x faster"
OSCAR = {
    "stock": at_least("P3", "django-oscar", gate=5_000, goal=30_000, unit=FASTER),
    "tuned": at_least("P3", "django-oscar in memory", gate=500, goal=1_500, unit=FASTER),
    "patched": at_least("P3", "django-oscar patched", gate=200, goal=600, unit=FASTER),
}
OTHERS = {
    "flexcommerce": at_least("P4", "flexcommerce-discounts", gate=60, goal=150, unit=FASTER),
    "bg4h": at_least("P4", "bg4h-discount-api", gate=400, goal=1_200, unit=FASTER),
}
MODULES = {"oscar": "oscar", "flexcommerce": "flexcommerce_discounts", "bg4h": "bg4h_discount_api"}


def rows(effort, *, product=library):
    work = cell(20, 100)
    ours = product(work)
    yield from beside_oscar(effort, ours, work)
    for name, target in OTHERS.items():
        if is_there(name):
            price = import_module(f"tests.benchmarks.priced.{name}").pricing(work)
            yield beside(target, effort, ours, price)
        else:
            yield absent(target, name)


def beside_oscar(effort, ours, work):
    """Its three ways, each of which asks the price that a scan of all promotions finds."""
    if not is_there("oscar"):
        yield from (absent(target, "oscar") for target in OSCAR.values())
        return
    from tests.benchmarks.priced.oscar import Shop, to_pay

    shop, total = Shop(work), ours.plain(ours.explained(ours.baskets[0]))[0]
    expected = scanned(work.basket, work.promotions, stops_at_used_up=True)[0]
    for way, target in OSCAR.items():
        price = getattr(shop, way)
        found = to_pay(price())
        if found != expected:
            raise AssertionError(f"{way} asks {found} fen, a scan {expected}")
        row = beside(target, effort, ours, price)
        same = "the same total" if found == total else f"it asks {found - total} fen more"
        yield evolve(row, note=f"{row.note}; {same}")


def beside(target, effort, ours, price):
    return compared(
        target,
        effort,
        ours=calling(partial(ours.explained, ours.baskets[0])),
        other=calling(price),
        measured=paced,
    )


def is_there(name):
    return find_spec(MODULES[name]) is not None


def absent(target, name):
    install = import_module(f"tests.benchmarks.priced.{name}").INSTALL
    return Row(target=target, value=None, note=f"{install} is not installed (extra: peers)")
