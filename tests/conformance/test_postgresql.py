"""PostgreSQL keeps its promises; a full disk is not tried out, since no test can fill one."""

from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from tests.conformance.sql_suite import SqlSuite

from privlib.testing.conformance import Fault


def close(connection):
    connection.close()


def forbid_writing(connection):
    connection.read_only = True


def lose_patience(connection):
    connection.execute("SET lock_timeout = '50ms'")


BREAKING = {
    Fault.LOST_CONNECTION: close,
    Fault.READ_ONLY_PLACE: forbid_writing,
    Fault.TIMEOUT: lose_patience,
}


class TestPostgresql(SqlSuite):
    tells_a_full_disk = False
    # Rows that are not there yet cannot be locked.
    keeps_write_skew_out_of_blanks = False
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
