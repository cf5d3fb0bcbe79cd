"""django-oscar, a peer: stock, tuned with its ranges and offers in memory, and patched.

It computes what the floor computes, but for a percentage of which a cheaper line is used up.
"""

from tests.benchmarks.priced.django_shop import create_tables, set_up

__all__ = ["INSTALL", "Shop", "to_pay"]

INSTALL = "django-oscar"


class Shop:
    """A workload in oscar's tables, priced in three ways.

    Each begins with the basket as it is stored, as a request does.
    """

    def __init__(self, work):
        set_up()
        create_tables()
        from tests.benchmarks.priced.oscar_tables import Tables

        tables = Tables(work)
        self._basket_id = tables.basket_id
        tables.store_offers(work.promotions)
        self._tuned = tables.store_offers(work.promotions, in_memory=True)
        self._patched = [_keeping_its_range(offer) for offer in self._tuned]

    def stock(self):
        """As it comes: a query for every offer and line."""
        from oscar.apps.offer.applicator import Applicator

        return self._priced(Applicator())

    def tuned(self):
        """With what oscar has for it: offers loaded once, ranges that know their products."""
        return self._priced(_in_memory(self._tuned))

    def patched(self):
        """With conditions and benefits that, beyond that, keep the range they have loaded."""
        return self._priced(_in_memory(self._patched))

    def _priced(self, applicator):
        from oscar.apps.basket.models import Basket
        from oscar.apps.partner.strategy import Default

        basket = Basket.objects.get(pk=self._basket_id)
        basket.strategy = Default()
        applicator.apply(basket)
        return basket


def _in_memory(offers):
    """What applies these offers and looks for no others."""
    from oscar.apps.offer.applicator import Applicator

    class InMemory(Applicator):
        def get_offers(self, basket, user=None, request=None):
            return offers

    return InMemory()


def _keeping_its_range(offer):
    """The offer with the proxies of its condition and benefit, which are then not made anew."""
    from copy import copy

    kept = copy(offer)
    for part in ("condition", "benefit"):
        proxy = getattr(offer, part).proxy()
        proxy.range = getattr(offer, part).range
        setattr(kept, part, proxy)
    return kept


def to_pay(basket):
    """What a priced basket costs, in fen."""
    return int(basket.total_excl_tax * 100)
