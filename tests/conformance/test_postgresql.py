"""PostgreSQL keeps its promises; a full disk is not tried out, since no test can fill one."""

from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from tests.conformance.sql_suite import SqlSuite

from privlib.testing.conformance import Breakdown


def close(connection):
    connection.close()


def forbid_writing(connection):
    connection.read_only = True


def lose_patience(connection):
    connection.execute("SET lock_timeout = '50ms'")


BREAKING = {
    Breakdown.LOST_CONNECTION: close,
    Breakdown.READ_ONLY_PLACE: forbid_writing,
    Breakdown.TIMEOUT: lose_patience,
}


class TestPostgresql(SqlSuite):
    tells_a_full_disk = False
    breaking = BREAKING

    @pytest.fixture
    def database(self, postgres_url):
        return postgres_url

    @contextmanager
    def locked(self):
        """Let somebody else hold a table."""
        engine = create_engine(self.url)
        with engine.begin() as other:
            other.execute(text("LOCK TABLE privlib_entities"))
            yield
        engine.dispose()
