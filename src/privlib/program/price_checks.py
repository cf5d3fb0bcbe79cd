"""Price checks: what is wrong between the price book and the other parts of a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlib.errors import Problem
from privlib.program.ladder import Ladder
from privlib.program.naming import did_you_mean
from privlib.program.price_book import PriceBook
from privlib.program.prices.buyers import Buyers

__all__ = ["price_problems"]


def price_problems(book: PriceBook, *, ladder: Ladder | None) -> Iterator[Problem]:
    """The faults of a price book beside the ladder, where that could be read."""
    if ladder is not None:
        tiers = [tier.name for tier in ladder.tiers]
        for path, buyers in _buyers(book):
            yield from (problem.under(path) for problem in _unknown_tiers(buyers, tiers))


def _buyers(book: PriceBook) -> Iterator[tuple[str, Buyers]]:
    for at, rule in enumerate(book.rules):
        yield f"rules[{at}].buyers", rule.buyers
    for at, limit in enumerate(book.sold_only):
        yield f"sold_only[{at}].buyers", limit.buyers


def _unknown_tiers(buyers: Buyers, tiers: Iterable[str]) -> Iterator[Problem]:
    for name in buyers.tiers:
        if name not in tiers:
            yield Problem("tiers", f'there is no tier "{name}"{did_you_mean(name, tiers)}')
