"""A host's raw connection is left as it was found: settings, functions, handlers, and all."""

import gc
import sqlite3

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.hosts.raw.plain import connect
from tests.hosts.telling import WEI, Mailbox, friend, order

from privlib import PrivateDomain, SqlStorage, yuan
from privlib.adapters.sql import create_tables
from privlib.testing.conformance.samples import NOON, PROGRAM


def use_all_of_it(connection, *, commit):
    """Lay out, record, roll back inside, deliver, wake, read: whatever touches a connection."""
    create_tables(connection)
    commit()
    storage = SqlStorage(connection)
    domain = PrivateDomain(PROGRAM, plugins=[storage, Mailbox()], secret=b"0123456789abcdef")
    domain.accept_friend(friend())
    domain.record_orders(order(f"A-{number}", 300) for number in range(30))
    commit()
    domain.deliver(at=NOON)
    domain.run_due(at=NOON.add(years=1))
    commit()
    assert domain.progress("wei").spent == yuan(9_000)
    storage.close()


def settings_of_sqlite(connection):
    pragmas = ["busy_timeout", "foreign_keys", "journal_mode", "synchronous", "read_uncommitted"]
    return {
        "isolation": connection.isolation_level,
        "rows": connection.row_factory,
        "text": connection.text_factory,
        "functions": sorted(map(tuple, connection.execute("SELECT * FROM pragma_function_list"))),
        **{name: tuple(connection.execute(f"PRAGMA {name}").fetchone()) for name in pragmas},
    }


def named(cursor, row):
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


@pytest.mark.parametrize("isolation", ["", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", None])
def test_a_sqlite3_connection_keeps_its_settings(tmp_path, isolation):
    connection = sqlite3.connect(tmp_path / "shop.db", isolation_level=isolation, timeout=0.7)
    connection.text_factory = lambda raw: raw.decode()
    before = settings_of_sqlite(connection)
    use_all_of_it(connection, commit=connection.commit)
    assert settings_of_sqlite(connection) == before
    assert not connection.in_transaction
    connection.close()


@pytest.mark.parametrize("rows", [sqlite3.Row, named])
def test_row_factories_of_sqlite3_are_the_hosts_own_affair(tmp_path, rows):
    connection = sqlite3.connect(tmp_path / "shop.db")
    connection.row_factory = rows
    use_all_of_it(connection, commit=connection.commit)
    assert connection.row_factory is rows
    assert connection.execute("SELECT 7 AS fen").fetchone()["fen"] == 7
    connection.close()


class OwnConnection(sqlite3.Connection):
    """A connection as some hosts make it: with cursors of their own."""

    def cursor(self, *_, **__):
        raise AssertionError("not asked for by the host")


def test_a_connection_of_the_hosts_own_class_is_joined(tmp_path):
    connection = sqlite3.connect(tmp_path / "shop.db", factory=OwnConnection)
    use_all_of_it(connection, commit=connection.commit)
    connection.close()


def settings_of_psycopg(connection):
    with psycopg.Cursor(connection) as cursor:
        server = cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name <> 'transaction_isolation'"
        ).fetchall()
    types = list(connection.adapters.types)
    formats = [psycopg.pq.Format.TEXT, psycopg.pq.Format.BINARY]
    return {
        "autocommit": connection.autocommit,
        "isolation": connection.isolation_level,
        "rows": connection.row_factory,
        "cursors": connection.cursor_factory,
        "prepares": connection.prepare_threshold,
        "types": [info.name for info in types],
        "loaders": [
            connection.adapters.get_loader(info.oid, format) for info in types for format in formats
        ],
        "server": server,
    }


def as_a_host_likes_it(connection):
    connection.row_factory = dict_row
    connection.cursor_factory = psycopg.ClientCursor
    connection.prepare_threshold = None
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE


@pytest.mark.parametrize("mode", ["psycopg", "psycopg-autocommit"])
@pytest.mark.parametrize("prepare", [lambda _: None, as_a_host_likes_it], ids=["plain", "odd"])
def test_a_psycopg_connection_keeps_its_settings(mode, postgres_url, prepare):
    with connect(mode, postgres_url) as connection:
        prepare(connection)
        notices = []
        connection.add_notice_handler(notices.append)
        before = settings_of_psycopg(connection)
        connection.commit()
        use_all_of_it(connection, commit=connection.commit)
        assert settings_of_psycopg(connection) == before
        assert notices == []


@pytest.mark.parametrize("mode", ["psycopg"])
def test_cursors_that_number_their_parameters_are_the_hosts_own_affair(mode, postgres_url):
    with connect(mode, postgres_url) as connection:
        connection.cursor_factory = psycopg.RawCursor
        use_all_of_it(connection, commit=connection.commit)
        assert connection.execute("SELECT $1::int", [7]).fetchone() == (7,)


def test_a_storage_that_goes_away_closes_and_ends_nothing(plain, host):
    plain.begin()
    storage = SqlStorage(plain.connection)
    PrivateDomain(PROGRAM, plugins=[storage]).record_order(order())
    plain.write("A-1")
    storage.close()
    del storage
    gc.collect()
    assert plain.in_transaction()
    plain.commit()
    assert host.written() == ["A-1"]


def test_two_connections_are_never_mistaken_for_one_another(mode, plain, database_url, outside):
    other = connect(mode, database_url)
    mine, theirs = SqlStorage(plain.connection), SqlStorage(other)
    plain.begin()
    PrivateDomain(PROGRAM, plugins=[mine]).record_order(order())
    assert (len(mine.get([WEI])), theirs.get([WEI])) == (1, ())
    plain.rollback()
    PrivateDomain(PROGRAM, plugins=[theirs]).record_order(order("A-2", 10))
    other.commit()
    assert outside.get([WEI])[0].spent == mine.get([WEI])[0].spent == yuan(10)
    other.close()
