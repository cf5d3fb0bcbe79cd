"""Cutting: how much an offer takes off each of the lines it touches, on whole numbers.

A cut takes columns of the lines (what it is reckoned on, what there is room to take, how many
pieces) and gives what it takes off each.
"""

from __future__ import annotations

from collections.abc import Callable

from privlib.policies.pricing.in_cells import InCells, by_cell, by_line, in_lines, up_to
from privlib.policies.pricing.sharing import Column, Cut, Sharing, rounder
from privlib.policies.pricing.unit_amounts import in_turn_of, unit_amounts_cut
from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    FreeShipping,
    PercentOff,
    ShippingOff,
    Spread,
    UnitAmounts,
)
from privlib.program.pricing import Pricing
from privlib.values.allocation import Overflow
from privlib.values.money import Money
from privlib.values.rate import Rate, Rounding

__all__ = [
    "amount_once",
    "bounded",
    "cut_of",
    "in_cells_of",
    "percent_once",
    "whole_of",
]


def cut_of(offer: object, pricing: Pricing) -> Cut | None:
    """The cut of an offer on single pieces; None for offers of another kind."""
    share = Sharing(pricing.remainder, pricing.overflow)
    cut: Cut | None = None
    match offer:
        case PercentOff():
            cut = _percent(offer, pricing.rounding, share)
        case AmountOff():
            cut = _amount(offer.amount.minor, offer.spread, share)
        case FixedPrice():
            price = offer.price.minor
            cut = _by_unit(lambda each: max(each - price, 0))
        case UnitAmounts():
            cut = unit_amounts_cut(offer)
        case ShippingOff(percent=Rate() as percent):
            cut = _percent_by_line(rounder(percent, pricing.rounding))
        case ShippingOff(amount=Money() as amount):
            cut = _amount(amount.minor, Spread.LINE, share)
        case FreeShipping():
            cut = _whole
    return cut


def whole_of(offer: object, pricing: Pricing) -> Callable[[int], int] | None:
    """What is taken off in all, of so much that is left; None where lines count by themselves."""
    match offer:
        case PercentOff(rounded=Spread.ONCE):
            ceiling = None if offer.ceiling is None else offer.ceiling.minor
            return _up_to(rounder(offer.percent, pricing.rounding), ceiling)
        case AmountOff(spread=Spread.ONCE):
            amount = offer.amount.minor
            return lambda there: min(amount, there)
        case _:
            return None


def in_cells_of(offer: object, pricing: Pricing) -> InCells:
    """How the cut of an offer lies on the cells of split lines."""
    match offer:
        case PercentOff(rounded=Spread.UNIT, ceiling=Money() as ceiling):
            each = _by_unit(rounder(offer.percent, pricing.rounding))
            return up_to(ceiling.minor, each, Sharing(pricing.remainder, pricing.overflow))
        case PercentOff(rounded=Spread.UNIT) | AmountOff(spread=Spread.UNIT) | FixedPrice():
            return by_cell
        case UnitAmounts(spread=Spread.ONCE):
            return by_cell
        case UnitAmounts():
            return in_lines(in_turn_of(offer))
        case _:
            return by_line


def _whole(_base: Column, room: Column, _pieces: Column) -> list[int]:
    return list(room)


def _percent(offer: PercentOff, rounding: Rounding, share: Sharing) -> Cut:
    part = rounder(offer.percent, rounding)
    ceiling = None if offer.ceiling is None else offer.ceiling.minor
    match offer.rounded:
        case Spread.LINE:
            whole = _percent_by_line(part)
        case Spread.UNIT:
            whole = _by_unit(part)
        case Spread.ONCE if share.overflow is Overflow.RESHARED:
            return percent_once(_up_to(part, ceiling), share)
        case Spread.ONCE:
            whole = percent_once(part, share)
    return whole if ceiling is None else bounded(whole, ceiling, share)


def _up_to(part: Callable[[int], int], ceiling: int | None) -> Callable[[int], int]:
    if ceiling is None:
        return part
    return lambda amount: taken if (taken := part(amount)) < ceiling else ceiling


def _percent_by_line(part: Callable[[int], int]) -> Cut:
    def cut(base: Column, room: Column, _pieces: Column) -> list[int]:
        return [
            taken if (taken := part(amount)) <= top else top
            for amount, top in zip(base, room, strict=True)
        ]

    return cut


def percent_once(part: Callable[[int], int], share: Sharing) -> Cut:
    """A part of all that is touched together."""

    def cut(base: Column, room: Column, _pieces: Column) -> list[int]:
        return share(part(sum(base)), base, room)

    return cut


def _by_unit(taken: Callable[[int], int]) -> Cut:
    """So much off each piece by its price, where the first pieces bear the odd minor units."""

    def cut(base: Column, room: Column, pieces: Column) -> list[int]:
        cuts = []
        for amount, top, count in zip(base, room, pieces, strict=True):
            each, odd = divmod(amount, count)
            whole = taken(each) * (count - odd) + (taken(each + 1) * odd if odd else 0)
            cuts.append(min(whole, top))
        return cuts

    return cut


def bounded(cut: Cut, ceiling: int, share: Sharing) -> Cut:
    """A cut that takes no more than a ceiling in all."""

    def cut_up_to(base: Column, room: Column, pieces: Column) -> list[int]:
        cuts = cut(base, room, pieces)
        return cuts if sum(cuts) <= ceiling else share(ceiling, base, room)

    return cut_up_to


def amount_once(amount: int, share: Sharing) -> Cut:
    """An amount off all that is touched together."""
    return lambda base, room, _pieces: share(amount, base, room)


def _amount(amount: int, spread: Spread, share: Sharing) -> Cut:
    match spread:
        case Spread.ONCE:
            return amount_once(amount, share)
        case Spread.LINE:
            return lambda base, room, _pieces: [
                min(amount, top) if weight else 0 for weight, top in zip(base, room, strict=True)
            ]
        case Spread.UNIT:
            return _by_unit_room(lambda each: min(each, amount))


def _by_unit_room(taken: Callable[[int], int]) -> Cut:
    """So much off each piece by what there is room to take of it."""
    by_unit = _by_unit(taken)
    return lambda _base, room, pieces: by_unit(room, room, pieces)
