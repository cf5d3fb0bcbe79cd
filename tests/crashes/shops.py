"""Shops to which the workload is told while something goes wrong, and what they have afterwards."""

from collections import Counter
from pathlib import Path

from attrs import frozen
from tests.crashes.holdings import holdings, rows, sent
from tests.crashes.workload import WORKLOAD, shop_over, tell

from privlib import InMemory, SqlStorage
from privlib.errors import StorageError
from privlib.testing.faulty import Faulty


@frozen
class Shop:
    """An empty storage, in memory or in a database, and a log of what is sent."""

    storage: InMemory | SqlStorage
    log: Path
    url: str | None = None

    def held(self, keys):
        if self.url is None:
            return holdings(self.storage, keys)
        return rows(self.url, self.storage.shop)

    def sent(self):
        return [line.partition("\t")[0] for line in sent(self.log)]


@frozen
class Undisturbed:
    """The workload where nothing goes wrong: the calls it takes, what is held and sent."""

    calls: tuple
    keys: list
    held: dict
    sent: list

    @classmethod
    def in_shop(cls, shop):
        run = Faulty(shop.storage)
        keys = tell(shop_over(run, shop.log))
        return cls(run.calls, keys, shop.held(keys), shop.sent())

    def assert_same(self, shop, *, doubled, why):
        """Nothing is lost, and nothing doubled but so many requests, each with its key."""
        held = shop.held(self.keys)
        assert [name for name in held if held[name] != self.held[name]] == [], why
        more = Counter(shop.sent())
        more.subtract(self.sent)
        assert set(more) == set(self.sent), why
        assert min(more.values()) >= 0, why
        assert more.total() == doubled, why


def tell_until_known(domain):
    """What a host does who is told of an error: he tells the same again. The errors he met."""
    errors = []
    for step in WORKLOAD:
        while (error := error_of(step, domain)) is not None:
            errors.append(error)
    return errors


def error_of(step, domain):
    try:
        step(domain)
    except StorageError as error:
        return error
    return None
