"""Price checks: what is wrong between the parts of a price book, and what it names in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from privlib.errors import Problem
from privlib.program.condition_checks import unknown_values
from privlib.program.naming import duplicate_names, no_such
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly

__all__ = ["book_problems", "unknown_names"]


def book_problems(
    rules: Mapping[int, PriceRule],
    floors: Mapping[int, PriceFloor],
    sold_only: Mapping[int, SoldOnly],
    public: Mapping[int, PublicPrice],
    *,
    lifts: bool,
) -> Iterator[Problem]:
    """What is wrong between the parts of a book, each at its position.

    `lifts` says that floors bind shelf prices too.
    """
    for name, named in (("rules", rules), ("floors", floors), ("sold_only", sold_only)):
        yield from duplicate_names(
            {at: each.name for at, each in named.items()}, name + "[{}].name"
        )
    yield from _one_name_for_two_kinds(rules, floors)
    yield from _public_twice(public)
    if lifts:
        yield from _never_charged(rules, floors)


def unknown_names(
    rules: Mapping[int, PriceRule],
    sold_only: Mapping[int, SoldOnly],
    known: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """The tiers and stages that a book names and the program does not have."""
    for part, named in (("rules", rules), ("sold_only", sold_only)):
        for at, each in named.items():
            for name in each.buyers.tiers:
                if "tier" in known and name not in known["tier"]:
                    said = no_such("tier", name, known["tier"])
                    yield Problem(f"{part}[{at}].buyers.tiers", said)
    for at, rule in rules.items():
        for problem in unknown_values(rule.when, known):
            yield problem.under(f"rules[{at}].when")


def _one_name_for_two_kinds(
    rules: Mapping[int, PriceRule], floors: Mapping[int, PriceFloor]
) -> Iterator[Problem]:
    """Floors beside rules: a quote says by its name what has set a price."""
    taken = {rule.name for rule in rules.values()}
    for at, floor in floors.items():
        if floor.name in taken:
            yield Problem(f"floors[{at}].name", f'"{floor.name}" is the name of a rule already')


def _public_twice(public: Mapping[int, PublicPrice]) -> Iterator[Problem]:
    first: dict[tuple[str, str | None], int] = {}
    for at, price in public.items():
        place = first.setdefault((price.sku, price.platform), at)
        if place != at:
            yield Problem(f"public[{at}]", f"the same sku and platform stand at [{place}] already")


def _never_charged(
    rules: Mapping[int, PriceRule], floors: Mapping[int, PriceFloor]
) -> Iterator[Problem]:
    """Prices below a floor of just the same goods."""
    lowest = {floor.goods: floor.price for floor in floors.values() if floor.price is not None}
    for at, rule in rules.items():
        floor = lowest.get(rule.goods)
        if rule.price is None or floor is None or rule.price.currency != floor.currency:
            continue
        if rule.price < floor:
            yield Problem(f"rules[{at}].price", f"{rule.price} is below the floor of {floor}")
