"""What goes wrong on a host's raw connection: one of the five errors, and nothing half done."""

import asyncio
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread, Timer, main_thread

import psycopg
import pytest
from sqlalchemy import make_url
from tests.hosts.raw.plain import connect
from tests.hosts.telling import WEI, Mailbox, order

from privlib import (
    InvalidValueError,
    NotCommittedError,
    Order,
    OutcomeUnknownError,
    PrivateDomain,
    SchemaVersionError,
    SqlStorage,
    StaleDecisionError,
    StorageUnavailableError,
    yuan,
)
from privlib.adapters.sql import create_tables
from privlib.testing.conformance.samples import NOON, PROGRAM, decided

# What is no connection to join


def test_a_connection_without_our_tables_is_refused_and_left_idle(mode, database_url):
    connection = connect(mode, database_url)
    with pytest.raises(SchemaVersionError, match=r"create_tables\(connection\)"):
        SqlStorage(connection)
    create_tables(connection)
    connection.commit()
    assert SqlStorage(connection).get([WEI]) == ()
    connection.close()


def test_tables_that_the_host_rolls_back_are_not_there(mode, database_url):
    connection = connect(mode, database_url)
    if mode.endswith("autocommit"):
        connection.execute("BEGIN")
    create_tables(connection)
    connection.rollback()
    with pytest.raises(SchemaVersionError):
        SqlStorage(connection)
    connection.close()


class Foreign:
    """A connection of a driver that nobody has tried."""

    def cursor(self): ...
    def commit(self): ...
    def rollback(self): ...
    def close(self): ...


@pytest.mark.parametrize("thing", ["sqlite:///shop.db", None, 3])
def test_tables_are_laid_out_on_a_connection_and_nothing_else(thing):
    with pytest.raises(InvalidValueError, match=f"sqlite3 or psycopg; got {type(thing).__name__}$"):
        create_tables(thing)


@pytest.mark.parametrize("join", [SqlStorage, create_tables])
def test_a_connection_of_another_driver_is_refused_by_name(join):
    with pytest.raises(InvalidValueError, match=r"sqlite3 or of psycopg 3.*Foreign$"):
        join(Foreign())


def test_an_async_connection_is_refused_by_name(postgres_url):
    async def join():
        plain = postgres_url.replace("+psycopg", "", 1)
        async with await psycopg.AsyncConnection.connect(plain) as connection:
            SqlStorage(connection)

    with pytest.raises(InvalidValueError, match="not async"):
        asyncio.run(join())


def test_a_sqlite3_connection_that_gives_bytes_is_refused(sqlite_url):
    connection = connect("sqlite3", sqlite_url)
    connection.text_factory = bytes
    with pytest.raises(InvalidValueError, match="bytes"):
        create_tables(connection)
    connection.close()


# What breaks


def test_a_closed_connection_cannot_be_used(plain):
    storage = SqlStorage(plain.connection)
    domain = PrivateDomain(PROGRAM, plugins=[storage, Mailbox()])
    late = decided(storage, order())
    plain.connection.close()
    for attempt in [
        lambda: storage.get([WEI]),
        lambda: storage.save(late),
        lambda: storage.claim(at=NOON),
        lambda: domain.record_order(order()),
        lambda: domain.deliver(at=NOON),
        lambda: SqlStorage(plain.connection),
        lambda: create_tables(plain.connection),
    ]:
        with pytest.raises(StorageUnavailableError):
            attempt()


def end(connection, admin):
    """End a connection from outside, as an administrator or a failing network does."""
    with admin.connect() as other:
        pid = connection.info.backend_pid
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")


@pytest.mark.parametrize("mode", ["psycopg", "psycopg-autocommit"])
def test_a_lost_connection_cannot_be_used_and_nothing_was_written(plain, postgres_admin, outside):
    storage = SqlStorage(plain.connection)
    late = decided(storage, order())
    plain.begin()
    plain.write("A-1")
    end(plain.connection, postgres_admin)
    with pytest.raises(StorageUnavailableError):
        storage.save(late)
    with pytest.raises(StorageUnavailableError):
        storage.claim(at=NOON)
    assert outside.get([WEI]) == ()


END_AT_COMMIT = """
CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER last AFTER INSERT ON privlib_decisions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_it();
"""


@pytest.mark.parametrize("mode", ["psycopg-autocommit"])
def test_a_connection_lost_while_committing_leaves_the_outcome_unknown(plain):
    storage = SqlStorage(plain.connection)
    plain.connection.execute(END_AT_COMMIT)
    with pytest.raises(OutcomeUnknownError, match="while committing"):
        storage.save(decided(storage, order()))


# Who is in the way


@pytest.mark.parametrize("mode", ["sqlite3", "sqlite3-autocommit"])
def test_somebody_elses_lock_is_a_stale_decision_and_nothing_is_left_open(
    mode, plain, database_url, outside
):
    storage = SqlStorage(plain.connection)
    late = decided(storage, order())
    other = connect(mode, database_url)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StaleDecisionError):
        storage.save(late)
    assert not plain.in_transaction()
    other.rollback()
    storage.save(late)
    plain.commit()
    assert outside.get([WEI])[0].spent == yuan(6_000)
    other.close()


@pytest.mark.parametrize("mode", ["sqlite3", "sqlite3-autocommit"])
def test_a_reader_in_the_way_of_our_commit_leaves_nothing_open(mode, plain, database_url):
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(plain.connection), Mailbox()])
    plain.begin()
    domain.record_order(order())
    plain.commit()
    reader = connect(mode, database_url)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM privlib_outbox").fetchall()
    with pytest.raises(StaleDecisionError):
        domain.deliver(at=NOON)
    assert not plain.in_transaction()
    reader.rollback()
    assert domain.deliver(at=NOON).accepted == 2
    reader.close()


def record_for(customer, path):
    """Record twenty orders of a customer, each in a transaction of its own."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=20)
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(connection)])
    for number in range(20):
        domain.record_order(
            Order(id=f"{customer}-{number}", customer=customer, paid=yuan(10)), at=NOON
        )
    spent = domain.progress(customer).spent
    connection.close()
    return spent


@pytest.mark.parametrize("mode", ["sqlite3-autocommit"])
def test_writers_who_come_at_once_wait_for_one_another(plain, database_url):
    path = make_url(database_url).database
    with ThreadPoolExecutor(4) as writers:
        spent = list(writers.map(record_for, ["wei", "min", "lan", "bo"], [path] * 4))
    assert spent == [yuan(200)] * 4


def hold(connection, holding, over):
    """Keep Wei's row from everybody else until it is over."""
    with connection:
        connection.execute("SELECT * FROM privlib_entities WHERE id = 'wei' FOR UPDATE")
        holding.set()
        over.wait(20)


@pytest.mark.parametrize("mode", ["psycopg", "psycopg-autocommit"])
def test_an_interrupt_amid_a_save_leaves_the_hosts_work_and_nothing_of_ours(
    plain, database_url, host, outside
):
    outside.save(decided(outside, order("A-1", 10)))
    storage = SqlStorage(plain.connection)
    waits = decided(storage, order("A-2", 20))
    holding, over = Event(), Event()
    holder = Thread(target=hold, args=[connect("psycopg", database_url), holding, over])
    holder.start()
    holding.wait(20)
    plain.begin()
    plain.write("A-2")
    Timer(0.3, signal.pthread_kill, [main_thread().ident, signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        storage.save(waits)
    over.set()
    holder.join()
    plain.commit()
    assert host.written() == ["A-2"]
    assert outside.stored(waits.key) is None
    assert outside.get([WEI])[0].spent == yuan(10)


@pytest.mark.skipif(
    not hasattr(sqlite3, "LEGACY_TRANSACTION_CONTROL"), reason="sqlite3 has it from Python 3.12 on"
)
def test_a_connection_that_is_always_in_a_transaction_records_and_says_why_it_cannot_deliver(
    tmp_path,
):
    connection = sqlite3.connect(tmp_path / "shop.db", autocommit=False)
    create_tables(connection)
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(connection), Mailbox()])
    domain.record_order(order("A-1", 10))
    connection.rollback()
    create_tables(connection)
    domain.record_order(order("A-2", 20))
    connection.commit()
    assert domain.progress("wei").spent == yuan(20)
    with pytest.raises(NotCommittedError, match="autocommit=False"):
        domain.deliver(at=NOON)
    connection.close()
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    assert PrivateDomain(PROGRAM, plugins=[SqlStorage(url), Mailbox()]).deliver(at=NOON).accepted
