"""Opening a SQL storage: what it lays out, how durable it is, and how it says that it cannot."""

import os
import sqlite3
import traceback

import pytest
from sqlalchemy import (
    Integer,
    MetaData,
    Text,
    create_engine,
    delete,
    inspect,
    make_url,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from privlib import (
    EntityRef,
    InvalidIdError,
    InvalidValueError,
    Order,
    SchemaVersionError,
    SqlStorage,
    StorageUnavailableError,
    yuan,
)
from privlib.adapters.sql import METADATA, create_tables
from privlib.adapters.sql.tables import META, SCHEMA_VERSION
from privlib.testing.conformance.samples import bare, decided

PASSWORD = "hunter2canary"


def words_of(fault):
    """All that an error says when it is printed or logged."""
    return "".join([str(fault), repr(fault), *traceback.format_exception(fault)])


@pytest.fixture
def host_engine(database_url):
    """An engine as a host makes it, with no special events."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


# What does not open


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/shop.db",
        "sqlite:////dev/null/shop.db",
        "sqlite:////",
        f"postgresql://wei:{PASSWORD}@127.0.0.1:1/shop",
        f"postgresql+psycopg://wei:{PASSWORD}@127.0.0.1:1/shop?connect_timeout=2",
        f"postgresql://wei:{PASSWORD}@/shop?host=/no/such/folder",
        f"postgresql://wei:{PASSWORD}@no.such.host.invalid/shop",
        f"postgresql://wei:{PASSWORD}@127.0.0.1:1/shop?nonsense=1",
    ],
)
def test_a_database_that_cannot_be_reached_is_unavailable(url):
    with pytest.raises(StorageUnavailableError) as raised:
        SqlStorage(url)
    assert PASSWORD not in words_of(raised.value)
    assert isinstance(raised.value, ConnectionError)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+nodriver://wei:{PASSWORD}@host/shop",
        "sqlite+nodriver:///shop.db",
        f"postgresql+pg8000://wei:{PASSWORD}@host/shop",
    ],
)
def test_an_unknown_or_missing_driver_is_named(url):
    with pytest.raises(StorageUnavailableError, match=r"nodriver|pg8000") as raised:
        SqlStorage(url)
    assert PASSWORD not in words_of(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.db",
        "not a url at all",
        "://",
        "sqlite",
        "postgresql",
        f"postgresql://wei:{PASSWORD}@host:port/shop",
        f"postgresql://wei:{PASSWORD}@[::1/shop",
        "sqlite:///shop\0.db",
        "sqlite:///shop.db?timeout=soon",
        None,
        7,
        b"sqlite:///shop.db",
        object(),
    ],
)
def test_junk_in_place_of_a_url_is_an_invalid_value(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValueError, match="a storage is named by a URL") as raised:
        SqlStorage(url)
    assert PASSWORD not in words_of(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite://shop.db",
        "sqlite:///:memory:",
        "sqlite+pysqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///file:shop?mode=memory&cache=shared&uri=true",
    ],
)
def test_a_database_in_memory_is_refused_with_what_to_use(url):
    with pytest.raises(InvalidValueError, match=r"InMemory\(\).*three slashes"):
        SqlStorage(url)


@pytest.mark.parametrize("dialect", ["mysql+pymysql", "mssql+pyodbc", "oracle", "nosql"])
def test_another_database_is_refused_with_the_ones_that_work(dialect):
    with pytest.raises(InvalidValueError, match="SQLite and PostgreSQL") as raised:
        SqlStorage(f"{dialect}://wei:{PASSWORD}@host/shop")
    assert PASSWORD not in words_of(raised.value)


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:///shop.db", "postgresql+psycopg_async://host/shop"]
)
def test_an_async_url_is_refused_with_the_way_that_works(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValueError, match="run_sync"):
        SqlStorage(url)


def test_a_wrong_password_is_not_told(postgres_url):
    url = make_url(postgres_url).set(username="nobody", password=PASSWORD)
    with pytest.raises(StorageUnavailableError) as raised:
        SqlStorage(url)
    assert PASSWORD not in words_of(raised.value)
    assert "nobody" not in words_of(raised.value)


def test_a_file_that_is_no_database_is_unavailable_and_left_alone(tmp_path):
    path = tmp_path / "shop.db"
    path.write_bytes(b"this is a letter, not a database. " * 100)
    with pytest.raises(StorageUnavailableError, match="SQLITE_NOTADB"):
        SqlStorage(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"this is a letter")


def test_a_file_that_may_only_be_read_can_be_read_and_not_written(sqlite_url):
    storage = SqlStorage(sqlite_url)
    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(10))))
    storage.close()
    only_read = SqlStorage(sqlite_url.replace(":///", ":///file:") + "?mode=ro&uri=true")
    assert len(only_read.get([EntityRef("member", "wei")])) == 1
    with pytest.raises(StorageUnavailableError, match="SQLITE_READONLY"):
        only_read.save(bare("d"))
    only_read.close()
    storage = SqlStorage(sqlite_url)
    assert storage.stored("d") is None
    storage.close()


def test_a_missing_file_that_may_only_be_read_is_unavailable(sqlite_url):
    with pytest.raises(StorageUnavailableError, match="SQLITE_CANTOPEN"):
        SqlStorage(sqlite_url.replace(":///", ":///file:") + "?mode=ro&uri=true")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_that_may_not_be_written_is_unavailable(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageUnavailableError):
        SqlStorage(f"sqlite:///{tmp_path / 'shop.db'}")


def test_a_folder_in_place_of_a_file_is_unavailable(tmp_path):
    with pytest.raises(StorageUnavailableError):
        SqlStorage(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("durability", ["most", "", "FULL", None, 2])
def test_an_unknown_durability_is_refused_with_the_list(sqlite_url, durability):
    with pytest.raises(InvalidValueError, match="full, normal"):
        SqlStorage(sqlite_url, durability=durability)


@pytest.mark.parametrize("shop", ["", " tea", "tea\n", "x" * 129, None])
def test_a_shop_has_a_proper_name(sqlite_url, shop):
    with pytest.raises(InvalidIdError):
        SqlStorage(sqlite_url, shop=shop)


def test_the_words_for_a_storage_hold_no_password(postgres_url):
    storage = SqlStorage(make_url(postgres_url).set(password=PASSWORD))
    assert PASSWORD not in repr(storage)
    assert "source" not in repr(storage)
    storage.close()


# Versions


@pytest.mark.parametrize("version", [str(SCHEMA_VERSION + 1), "0", "", "one", "1.0"])
def test_another_schema_version_is_refused_and_left_alone(open_sql, host_engine, version):
    open_sql()
    with host_engine.begin() as connection:
        connection.execute(update(META).values(value=version))
    with pytest.raises(SchemaVersionError, match="laid out in version"):
        open_sql()
    with host_engine.connect() as connection:
        assert connection.scalar(select(META.c.value)) == version
        with pytest.raises(SchemaVersionError):
            SqlStorage(connection)
    with pytest.raises(SchemaVersionError):
        SqlStorage(host_engine)


def test_tables_without_a_version_are_refused(open_sql, host_engine):
    open_sql()
    with host_engine.begin() as connection:
        connection.execute(delete(META))
    with pytest.raises(SchemaVersionError):
        open_sql()


def test_a_joined_connection_without_tables_says_what_to_run(host_engine):
    with host_engine.connect() as connection:
        with pytest.raises(SchemaVersionError, match=r"create_tables\(connection\)"):
            SqlStorage(connection)
        assert not connection.in_transaction()


def test_the_host_lays_out_the_tables_in_its_own_transaction(host_engine):
    with host_engine.connect() as connection:
        create_tables(connection)
        connection.commit()
        storage = SqlStorage(connection)
        assert storage.get([EntityRef("member", "wei")]) == ()


def test_laying_out_is_the_hosts_to_roll_back(host_engine):
    with host_engine.connect() as connection:
        create_tables(connection)
        connection.rollback()
    with host_engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_laying_out_twice_changes_nothing(host_engine):
    for _ in range(2):
        with host_engine.begin() as connection:
            create_tables(connection)
    with host_engine.connect() as connection:
        assert connection.execute(select(META)).all() == [("schema", str(SCHEMA_VERSION))]


def test_the_tables_stand_beside_those_of_the_host(host_engine):
    with host_engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE meta (name text)")
        connection.exec_driver_sql("CREATE TABLE events (id integer)")
    storage = SqlStorage(host_engine)
    storage.save(bare("d"))
    assert storage.stored("d").key == "d"


def test_the_engine_of_the_host_is_not_closed(host_engine):
    with host_engine.connect() as connection:
        storage = SqlStorage(host_engine)
        storage.close()
        assert connection.scalar(select(1)) == 1
    assert host_engine.pool.checkedin() >= 1


# What is laid out


def test_there_is_nothing_but_text_and_whole_numbers():
    columns = [column for table in METADATA.sorted_tables for column in table.columns]
    types = {type(column.type) for column in columns}
    assert types == {Text, Integer}
    compiled = {str(column.type.compile(postgresql.dialect())) for column in columns}
    assert compiled == {'TEXT COLLATE "C"', "BIGINT"}
    assert {str(column.type.compile(sqlite.dialect())) for column in columns} == {"TEXT", "INTEGER"}


def test_every_table_has_the_shop_first_in_its_key():
    keys = {table.name: [c.name for c in table.primary_key] for table in METADATA.sorted_tables}
    assert keys.pop("privlib_meta") == ["name"]
    assert {key[0] for key in keys.values()} == {"shop"}
    assert all(not column.nullable for t in METADATA.sorted_tables for column in t.columns)


def test_the_tables_in_the_database_are_those_of_the_metadata(open_sql, host_engine):
    open_sql()
    found = MetaData()
    found.reflect(host_engine)
    assert set(found.tables) == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert [c.name for c in found.tables[name].columns] == [c.name for c in table.columns]


def test_sqlite_tables_are_strict_and_have_no_row_ids(sqlite_url):
    storage = SqlStorage(sqlite_url)
    with storage._access.reading() as connection:
        listed = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    ours = [row for row in listed if row["name"].startswith("privlib_")]
    assert {row["name"] for row in ours} == set(METADATA.tables)
    assert {(row["strict"], row["wr"]) for row in ours} == {(1, 1)}
    storage.close()


def test_sqlite_refuses_what_is_no_whole_number(sqlite_url):
    storage = SqlStorage(sqlite_url)
    plain = sqlite3.connect(make_url(sqlite_url).database)
    for value in (1.5, "much", b"1"):
        with pytest.raises(sqlite3.IntegrityError):
            plain.execute("INSERT INTO privlib_limits VALUES ('shop', 'l', ?)", [value])
    plain.close()
    storage.close()


def test_sqlite_is_fully_durable_by_default(sqlite_url):
    assert settings_of(SqlStorage(sqlite_url)) == ("wal", 2, 10_000)


def test_sqlite_can_be_less_durable_where_that_is_asked_for(sqlite_url):
    assert settings_of(SqlStorage(sqlite_url, durability="normal")) == ("wal", 1, 10_000)


def settings_of(storage):
    """The settings of a connection that reads and of one that writes, which are the same."""
    found = []
    for access in (storage._access.reading, storage._access.saving):
        with access() as connection:
            found.append(
                tuple(
                    connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "synchronous", "busy_timeout")
                )
            )
    storage.close()
    assert found[0] == found[1]
    return found[0]


def test_text_in_postgres_is_compared_by_code_point_in_a_database_of_any_locale(postgres_url):
    engine = create_engine(postgres_url)
    storage = SqlStorage(engine)
    with engine.connect() as connection:
        collations = connection.exec_driver_sql(
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type = 'text'"
        ).scalars()
        assert list(collations) == ["C"]
    storage.close()
    engine.dispose()


def test_a_closed_storage_opens_again_by_itself(open_sql):
    storage = open_sql()
    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(10))))
    storage.close()
    assert len(storage.get([EntityRef("member", "wei")])) == 1
