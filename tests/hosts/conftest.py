"""A host's database: his own table of orders beside ours, on plain engines that he makes."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert, select

from privlib import SqlStorage
from privlib.adapters.sql import create_tables

HOST_TABLES = MetaData()
SHOP_ORDERS = Table(
    "shop_orders", HOST_TABLES, Column("id", Text, primary_key=True), Column("fen", Integer)
)


class Host:
    """A shop's backend, as far as it matters: an engine, and orders that it writes itself."""

    def __init__(self, url):
        self.engine = create_engine(url)
        with self.engine.begin() as connection:
            create_tables(connection)
            HOST_TABLES.create_all(connection)

    def write(self, connection, id, fen=600_000):
        connection.execute(insert(SHOP_ORDERS).values(id=id, fen=fen))

    def written(self):
        """The orders that anybody can see by now."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(SHOP_ORDERS.c.id).order_by(SHOP_ORDERS.c.id)))


@pytest.fixture
def host(database_url):
    host = Host(database_url)
    yield host
    host.engine.dispose()


@pytest.fixture
def outside(host):
    """Another storage over the same data, which sees what is committed and nothing else."""
    return SqlStorage(host.engine)
