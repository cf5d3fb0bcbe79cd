"""A host without SQLAlchemy: a raw connection of sqlite3 or psycopg, in each of their modes."""

import sqlite3

from attrs import define
from sqlalchemy import make_url

MODES = ["sqlite3", "sqlite3-autocommit", "psycopg", "psycopg-autocommit"]
PATIENCE = 0.1


@define
class Plain:
    """A shop's backend on one raw connection, with its own table of orders.

    In autocommit it begins by hand, and commits as in the other mode.
    """

    mode: str
    connection: object

    @property
    def autocommit(self):
        return self.mode.endswith("autocommit")

    def begin(self):
        if self.autocommit:
            self.connection.execute("BEGIN")

    def write(self, id, fen=600_000):
        self.connection.execute(f"INSERT INTO shop_orders (id, fen) VALUES ('{id}', {fen})")

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def in_transaction(self):
        if self.mode.startswith("sqlite3"):
            return self.connection.in_transaction
        return self.connection.info.transaction_status.name != "IDLE"


def connect(mode, url):
    """A raw connection in this mode, just as a host makes it."""
    parsed = make_url(url)
    if mode.startswith("sqlite3"):
        default = {} if mode == "sqlite3" else {"isolation_level": None}
        return sqlite3.connect(parsed.database, timeout=PATIENCE, **default)
    import psycopg

    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=mode.endswith("autocommit"))
