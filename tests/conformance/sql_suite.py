"""What the suites of both databases have in common: how a SqlStorage is made and joined."""

from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count

import pytest
from sqlalchemy import create_engine, event

from privlib import SqlStorage
from privlib.testing.conformance import Breakdown, Host, StorageSuite

SHOPS = count(1)
# The longest name that a shop can have, and one that does not compress well.
LONGEST = "".join(chr(0x1F300 + (place * place * 7) % 997) for place in range(120))


class SqlSuite(StorageSuite):
    """Each storage is a shop of its own in one database.

    A child gives the `database`, says in `breaking` what to do to a connection for each breakdown,
    and in `locked` how somebody else gets in the way.
    """

    @pytest.fixture(autouse=True)
    def _database(self, database):
        self.url = database

    def make(self):
        return self.opener_of(f"{next(SHOPS)} {LONGEST}")()

    def opener(self, storage):
        return self.opener_of(storage.shop)

    def opener_of(self, shop):
        # A power cut is not among what these checks try out.
        return partial(SqlStorage, self.url, shop=shop, durability="normal")

    @contextmanager
    def host(self, storage):
        engine = create_engine(self.url)
        with engine.connect() as connection:
            joined = SqlStorage(connection, shop=storage.shop)
            yield Host(storage=joined, commit=connection.commit, roll_back=connection.rollback)
        engine.dispose()

    @contextmanager
    def broken(self, storage, breakdown):
        with on_each_checkout(storage, self.breaking[breakdown]), ExitStack() as others:
            if breakdown is Breakdown.TIMEOUT:
                others.enter_context(self.locked())
            yield


@contextmanager
def on_each_checkout(storage, do):
    """Do something to every connection that a storage uses, as long as the block runs."""
    engine = storage._access.engine

    def do_it(connection, _record, _proxy):
        do(connection)

    event.listen(engine, "checkout", do_it)
    try:
        yield
    finally:
        event.remove(engine, "checkout", do_it)
        engine.dispose()
