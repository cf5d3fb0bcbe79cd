"""What a database does wrong comes out as one of five errors, with nothing half written."""

import traceback
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import create_engine, event, text

from privlib import (
    EntityRef,
    Masked,
    NewFriend,
    Order,
    OutcomeUnknownError,
    SqlStorage,
    StaleDecisionError,
    StorageBugError,
    StorageError,
    StorageUnavailableError,
    yuan,
)
from privlib.adapters.sql import create_tables
from privlib.entities.query import Position, Query
from privlib.plugins import Saved
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import NOON, PROGRAM, bare, decided

CANARY = "Wei Canary 13800138000"
WEI = EntityRef("member", "wei")


def order(id, paid=6_000):
    return Order(id=id, customer="wei", paid=yuan(paid), paid_at=NOON)


@pytest.fixture
def make_engine(database_url):
    """Makes engines as a host does, and disposes of them."""
    engines = []

    def make(**settings):
        engines.append(create_engine(database_url, **settings))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def make_postgres_engine(postgres_url):
    engines = []

    def make(**settings):
        engines.append(create_engine(postgres_url, **settings))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


def end_connection(connection, admin):
    """Let the server end a connection, as in a restart."""
    pid = connection.connection.driver_connection.info.backend_pid
    with admin.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})


def test_a_connection_lost_before_any_statement_of_a_save_leaves_nothing(
    make_postgres_engine, postgres_admin
):
    fragile = make_postgres_engine()
    storage, watching = SqlStorage(fragile), SqlStorage(make_postgres_engine())
    storage.save(decided(storage, order("A-0")))
    before = contents(watching)
    decision = decided(storage, order("A-1"))
    statements = []

    def end_at_the_last(connection, *_):
        statements.append(None)
        if len(statements) == fatal:
            end_connection(connection, postgres_admin)

    event.listen(fragile, "before_cursor_execute", end_at_the_last)
    fatal = 1
    while (outcome := attempt(storage, decision)) != Saved((decision,)):
        assert type(outcome) is StorageUnavailableError
        assert contents(watching) == before
        assert watching.stored(decision.key) is None
        statements.clear()
        fatal += 1
    assert fatal > 5
    assert watching.stored(decision.key) == decision


def test_a_connection_lost_while_committing_leaves_the_outcome_unknown(
    make_postgres_engine, postgres_admin
):
    engine = make_postgres_engine()
    storage = SqlStorage(engine)
    decision = decided(storage, order("A-1"))
    event.listen(engine, "commit", lambda lost: end_connection(lost, postgres_admin), once=True)
    with pytest.raises(OutcomeUnknownError, match="while committing"):
        storage.save(decision)
    assert storage.stored(decision.key) is None
    storage.save(decision)
    assert storage.stored(decision.key) == decision


def test_after_a_restart_a_storage_fails_once_and_goes_on_by_itself(
    make_postgres_engine, postgres_admin
):
    engine = make_postgres_engine()
    storage = SqlStorage(engine)
    with engine.connect() as one, engine.connect() as other:
        end_connection(one, postgres_admin)
        end_connection(other, postgres_admin)
    outcomes = [attempt(storage, bare(f"d-{number}")) for number in range(3)]
    assert list(map(type, outcomes)) == [StorageUnavailableError, Saved, Saved]
    assert storage.stored("d-0") is None


def test_a_locked_file_is_stale_and_nothing_is_written(sqlite_url):
    engine = create_engine(sqlite_url, connect_args={"timeout": 0.05})
    storage = SqlStorage(engine)
    decision = decided(storage, order("A-1"))
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StaleDecisionError, match="another transaction was in the way"):
            storage.save(decision)
        other.rollback()
    assert storage.stored(decision.key) is None
    storage.save(decision)
    assert storage.stored(decision.key) == decision
    engine.dispose()


def test_a_full_disk_is_unavailable_and_nothing_is_written(sqlite_url):
    engine = create_engine(sqlite_url)
    storage = SqlStorage(engine)
    before = contents(storage)

    def leave_no_room(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    engine.dispose()
    event.listen(engine, "connect", leave_no_room)
    friends = [
        NewFriend(customer=f"c-{number}", employee="mei", carrier="wecom", added_at=NOON)
        for number in range(50)
    ]
    with pytest.raises(StorageUnavailableError, match="SQLITE_FULL"):
        storage.save(*(decided(storage, friend) for friend in friends))
    assert contents(storage) == before
    engine.dispose()


def test_a_pool_without_a_free_connection_is_unavailable(make_engine):
    engine = make_engine(pool_size=1, max_overflow=0, pool_timeout=0.05)
    storage = SqlStorage(engine)
    with (
        engine.connect(),
        pytest.raises(StorageUnavailableError, match="no connection came free"),
    ):
        storage.get([WEI])
    assert storage.get([WEI]) == ()


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_serialization_failure_is_stale(make_postgres_engine, isolation):
    storage = SqlStorage(make_postgres_engine())
    storage.save(decided(storage, order("A-1")))
    strict = make_postgres_engine(isolation_level=isolation)
    with strict.connect() as connection:
        joined = SqlStorage(connection)
        connection.execute(text("SELECT count(*) FROM privlib_entities"))
        late = decided(joined, order("A-2"))
        storage.save(decided(storage, order("A-3")))
        with pytest.raises(StaleDecisionError):
            joined.save(late)
        connection.rollback()
    assert storage.stored(late.key) is None


def test_a_deadlock_is_stale_for_one_and_over_for_the_other(make_postgres_engine):
    path = make_postgres_engine().url.query["options"]
    options = f"{path} -c deadlock_timeout=50ms -c lock_timeout=20s"
    engine = make_postgres_engine(connect_args={"options": options})
    storage = SqlStorage(engine)
    names = ["wei", "mei"]
    for name in names:
        storage.save(decided(storage, Order(id=f"A-{name}", customer=name, paid=yuan(1))))
    late = {
        name: decided(storage, Order(id=f"B-{name}", customer=name, paid=yuan(1))) for name in names
    }

    def cross(mine, theirs):
        """A host that takes both in his own order, and rolls all back in the end."""
        with engine.connect() as connection:
            joined = SqlStorage(connection)
            joined.save(late[mine])
            both_hold_one.wait(20)
            outcome = attempt(joined, late[theirs])
            connection.rollback()
            return type(outcome)

    both_hold_one = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(cross, names, names[::-1]))
    assert sorted(kind.__name__ for kind in outcomes) == ["Saved", "StaleDecisionError"]
    assert storage.stored(late["wei"].key) is None


def attempt(storage, decision):
    return outcome_of(lambda: storage.save(decision))


def test_a_lock_that_is_not_granted_in_time_is_stale(make_postgres_engine):
    engine = make_postgres_engine()
    storage = SqlStorage(engine)
    storage.save(decided(storage, order("A-1")))
    late = decided(storage, order("A-2"))
    with engine.connect() as one, engine.connect() as other:
        SqlStorage(one).save(decided(storage, order("A-3")))
        other.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(StaleDecisionError, match="in the way"):
            SqlStorage(other).save(late)
        one.rollback()


def test_a_missing_table_is_no_raw_error_and_shows_no_personal_value(make_engine):
    engine = make_engine()
    storage = SqlStorage(engine)
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked(CANARY)
    )
    decision = decided(storage, friend, program=PROGRAM.with_secret(b"0123456789abcdef"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE privlib_personal")
    with pytest.raises(StorageError) as raised:
        storage.save(decision)
    words = "".join(traceback.format_exception(raised.value))
    assert "Canary" not in words
    assert "13800138000" not in words
    assert "INSERT" not in str(raised.value)
    assert storage.stored(decision.key) is None


@pytest.mark.parametrize("id", ["a\0b", "\ud800", "x" * 100_000, ""])
def test_looking_for_what_cannot_be_there_finds_nothing_or_fails_by_name(storage, id):
    looks = (
        lambda: storage.get([EntityRef("member", id)]),
        lambda: storage.find(Query("member", index="tier", low=id, high=id)),
        lambda: storage.find(Query("member", after=Position("", id)))[1:],
        lambda: storage.history([EntityRef("member", id)]),
        lambda: {key: used for key, used in storage.limits([id]).items() if used},
        lambda: storage.stored(id) or (),
        lambda: storage.program(id) or (),
    )
    outcomes = [outcome_of(look) for look in looks]
    assert [each for each in outcomes if each and type(each) is not StorageBugError] == []


def outcome_of(use):
    try:
        return use()
    except StorageError as fault:
        return fault


def test_a_closed_connection_of_the_host_is_a_bug_and_no_raw_error(make_engine):
    with make_engine().connect() as connection:
        create_tables(connection)
        storage = SqlStorage(connection)
    for use in (
        lambda: storage.get([WEI]),
        lambda: storage.save(bare("d")),
        lambda: storage.claim(at=NOON),
    ):
        with pytest.raises(StorageBugError, match="ResourceClosedError"):
            use()


def test_the_clock_is_not_read_within_the_transaction(sqlite_url):
    engine = create_engine(sqlite_url, connect_args={"timeout": 0.05})

    def clock():
        with engine.connect() as other:
            other.exec_driver_sql("BEGIN IMMEDIATE")
            other.rollback()
        return NOON

    storage = SqlStorage(sqlite_url, clock=clock)
    storage.save(decided(storage, order("A-1")))
    assert storage.history([WEI])[0].recorded_at == NOON
    storage.close()
    engine.dispose()
