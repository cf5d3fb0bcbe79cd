"""Ours: the library's side of the benchmarks of pricing, and the floors in the same shape.

What a side is made of is made before the clock starts: its program, baskets and coupons.
"""

from tests.benchmarks.priced import member
from tests.benchmarks.priced.coupons import best_pruned
from tests.benchmarks.priced.floor import added, indexed, priced

__all__ = ["Floor", "MemberFloor", "Pruned", "chooser", "member_product", "product"]


def product(work):
    """The library's side of a workload, with all that `Floor` has."""
    raise NotImplementedError("there is no quote_basket yet to price this with")


def member_product(work):
    """The library's side of a member's basket, with all that `MemberFloor` has."""
    raise NotImplementedError("there is no quote_basket yet to price this with")


def chooser(hand):
    """The library's side of a hand of coupons, with all that `Pruned` has."""
    raise NotImplementedError("there is no best_use yet to choose with")


class Floor:
    """The floor as one side of a workload: its baskets, and what is done with one of them."""

    def __init__(self, work, *, price=priced):
        self.baskets = work.baskets
        self._promotions, self._price = work.promotions, price
        self._compiled = self.compile()

    def compile(self):
        """The promotions made ready to price baskets."""
        return indexed(self._promotions)

    def add(self):
        """The promotions made ready, and one more that goes after them."""
        return added(self._compiled, self._promotions[0])

    def total(self, basket):
        """A quote of which nothing but the total is read."""
        return self._price(basket, self._compiled)

    def explained(self, basket):
        """A quote of which every line and each of its reasons is read."""
        return self._price(basket, self._compiled)

    def plain(self, quote):
        """A quote in the floor's terms: what is to be paid, and (promotion, line, pieces, fen)."""
        return quote


class Pruned:
    """The floor of choosing coupons: a search written for nothing else."""

    def __init__(self, hand):
        self._hand = hand

    def choose(self):
        return best_pruned(self._hand)

    def plain(self, choice):
        """What is taken off, and the ids of the coupons that do so."""
        return choice

    def is_proven(self, choice):
        """Whether nothing better can be."""
        return True


class MemberFloor:
    """The floor of a member's basket as one side of it."""

    def __init__(self, work):
        self._work, self._rules = work, member.ready(work)

    def explained(self):
        """A quote of which every line and each of its reasons is read."""
        return member.priced(self._work.basket, self._rules, self._work.coupons)

    def plain(self, quote):
        """A quote in the floor's terms: what is to be paid, and (source, line, fen)."""
        return quote
