"""Amounts within settings: every amount of money in them, each with its path."""

from __future__ import annotations

from collections.abc import Iterator

from privlib.conditions import Condition, amounts_in
from privlib.values.money import Money

__all__ = ["amounts_within"]


def amounts_within(settings: object, path: str) -> Iterator[tuple[str, Money]]:
    """All amounts in settings of any shape; those of a condition have the path of the whole of it.

    >>> from privlib.program.offers import Packs
    >>> from privlib.values.money import yuan
    >>> list(amounts_within(Packs(pieces=3, price=yuan(100)), "offer"))
    [('offer.price', Money(minor=10000, currency='CNY'))]
    """
    if isinstance(settings, Money):
        yield path, settings
    elif isinstance(settings, tuple):
        for place, each in enumerate(settings):
            yield from amounts_within(each, f"{path}[{place}]")
    elif isinstance(settings, Condition):
        yield from ((path, amount) for amount in amounts_in(settings))
    else:
        for attribute in getattr(type(settings), "__attrs_attrs__", ()):
            inner = getattr(settings, attribute.name)
            if inner is not None:
                yield from amounts_within(inner, f"{path}.{attribute.name}")
