"""New databases and shops, as many as a test asks for: each crash has one of its own."""

import os
from itertools import count

import pytest
from sqlalchemy import text
from tests.crashes.attempts import Attempt, Unbroken, open_teller
from tests.crashes.shops import Shop
from tests.crashes.workload import START

from privlib import InMemory, SqlStorage

NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request, tmp_path):
    """Gives the URL of another empty database with each call: a SQLite file, or a schema."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / f'{next(NUMBERS)}.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    admin = request.getfixturevalue("postgres_admin")
    schemas = []

    def new():
        schemas.append(f"crash_{os.getpid()}_{next(NUMBERS)}")
        execute(admin, f"CREATE SCHEMA {schemas[-1]}")
        url = server.update_query_dict({"options": f"-csearch_path={schemas[-1]}"})
        return url.render_as_string(hide_password=False)

    yield new
    if os.environ.get("PRIVLIB_TEST_PG"):  # one that was started here is gone in the end
        for schema in schemas:
            execute(admin, f"DROP SCHEMA {schema} CASCADE")


def execute(admin, statement):
    with admin.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(scope="session")
def teller():
    with open_teller() as process:
        yield process
        process.stdin.close()


@pytest.fixture
def new_attempt(teller, new_database, tmp_path):
    """Gives another attempt with each call, over a database of its own."""

    def new():
        folder = tmp_path / f"attempt-{next(NUMBERS)}"
        folder.mkdir()
        return Attempt(teller, new_database(), folder)

    return new


@pytest.fixture
def unbroken(new_attempt):
    return Unbroken.of(new_attempt())


@pytest.fixture
def new_shop(tmp_path):
    """Gives another shop with each call, in memory or in a database that they share."""

    def new(url=None):
        number = next(NUMBERS)
        log = tmp_path / f"sent-{number}"
        if url is None:
            return Shop(InMemory(clock=lambda: START), log)
        storage = SqlStorage(url, f"shop-{number}", durability="normal", clock=lambda: START)
        return Shop(storage, log, url)

    return new
