"""A host without SQLAlchemy, whose transaction is open on a raw connection."""

import pytest
from tests.hosts.raw.plain import MODES, Plain, connect


@pytest.fixture(params=MODES)
def mode(request):
    """The driver of the host, in autocommit or not."""
    return request.param


@pytest.fixture
def database_url(mode, request):
    """The URL of an empty database that the mode's driver reaches."""
    return request.getfixturevalue("sqlite_url" if mode.startswith("sqlite3") else "postgres_url")


@pytest.fixture
def plain(mode, database_url, host):
    """The host's raw connection, on a database that is laid out."""
    connection = connect(mode, database_url)
    yield Plain(mode, connection)
    connection.close()
