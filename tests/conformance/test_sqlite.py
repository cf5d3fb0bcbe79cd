"""SQLite keeps every promise."""

import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url
from tests.conformance.sql_suite import SqlSuite

from privlib.testing.conformance import Breakdown


def close(connection):
    connection.close()


def fill_up(connection):
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def forbid_writing(connection):
    connection.execute("PRAGMA query_only = on")


def lose_patience(connection):
    connection.execute("PRAGMA busy_timeout = 50")


BREAKING = {
    Breakdown.LOST_CONNECTION: close,
    Breakdown.FULL_DISK: fill_up,
    Breakdown.READ_ONLY_PLACE: forbid_writing,
    Breakdown.TIMEOUT: lose_patience,
}


class TestSqlite(SqlSuite):
    breaking = BREAKING

    @pytest.fixture
    def database(self, sqlite_url):
        return sqlite_url

    @contextmanager
    def locked(self):
        """Let somebody else be at work on the file."""
        other = sqlite3.connect(make_url(self.url).database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
