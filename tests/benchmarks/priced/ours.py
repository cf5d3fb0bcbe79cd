"""Ours: the library's side of the benchmarks of pricing, and the floor in the same shape."""

from tests.benchmarks.priced.floor import added, indexed, priced

__all__ = ["Floor", "product"]


def product(work):
    """The library's side of a workload, with all that `Floor` has."""
    raise NotImplementedError("there is no quote_basket yet to price this with")


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
