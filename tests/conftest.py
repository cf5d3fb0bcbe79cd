"""A real PostgreSQL, and the three storages for every test that asks for them."""

import os
import shutil
import signal
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text
from tests.profiles import CASES

from privlib import InMemory, SqlStorage
from privlib.testing.conformance import NotPromised

MOST_WORKERS = 4
SCHEMA_NUMBERS = count(1)

# Machines are shared and slow at times: no test is failed for its time.
settings.register_profile("privlib", deadline=None, max_examples=CASES)
settings.load_profile("privlib")

# A job in the background of a shell ignores Ctrl-C, as would all that it starts: tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """A worker for each core; none where only single files are named, which are sooner done so."""
    if all(".py" in named for named in config.args):
        return 0
    return min(os.cpu_count(), MOST_WORKERS)


def pytest_configure(config):
    """What is not promised is told by the workers, and said in the end by the one they work for."""
    config.pluginmanager.register(NotPromised())


def required_or_skipped(reason):
    """Without a PostgreSQL its tests are skipped, and fail where one is required."""
    if os.environ.get("PRIVLIB_REQUIRE_PG") == "1":
        pytest.fail(f"PRIVLIB_REQUIRE_PG=1, but {reason}")
    pytest.skip(reason)


def postgres_binaries():
    """Where the system keeps initdb and pg_ctl: the newest of Debian's, else those on the PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
    )
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def run_as_postgres(*command):
    """Run a command of PostgreSQL, which refuses to be run by root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*prefix, *map(str, command)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd="/",
        timeout=60,
    )


def start_postgres(binaries, home):
    """Lay out a cluster in a folder and start it, reachable by a socket in the same folder."""
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data = home / "data"
    run_as_postgres(
        binaries / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
    )
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off "
        "-c max_connections=100"
    )
    log = home / "log"
    run_as_postgres(binaries / "pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start")
    return data


@pytest.fixture(scope="session")
def postgres_server():
    """The URL of a real PostgreSQL: PRIVLIB_TEST_PG, or one that is started here."""
    given = os.environ.get("PRIVLIB_TEST_PG")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    binaries = postgres_binaries()
    if binaries is None:
        required_or_skipped("there is no PRIVLIB_TEST_PG and no PostgreSQL on this machine")
    home = Path(tempfile.mkdtemp(prefix="privlib-pg-"))
    try:
        data = start_postgres(binaries, home)
    except (OSError, LookupError, subprocess.SubprocessError) as fault:
        shutil.rmtree(home, ignore_errors=True)
        said = getattr(fault, "stderr", None) or b""
        required_or_skipped(f"PostgreSQL does not start: {fault} {said.decode(errors='replace')}")
    try:
        yield make_url("postgresql+psycopg://postgres@/postgres").update_query_dict(
            {"host": str(home)}
        )
    finally:
        run_as_postgres(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_admin(postgres_server):
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_url(postgres_server, postgres_admin):
    """The URL of an empty schema of its own in PostgreSQL.

    A server that was given is left as it was; one that was started here is gone in the end.
    """
    schema = f"test_{os.getpid()}_{next(SCHEMA_NUMBERS)}"
    with postgres_admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = postgres_server.update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    if os.environ.get("PRIVLIB_TEST_PG"):
        with postgres_admin.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture
def sqlite_url(tmp_path):
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """The URL of an empty database, once on SQLite and once on PostgreSQL."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return request.getfixturevalue(fixture)


@pytest.fixture
def open_sql(database_url):
    """Opens a SqlStorage on the database: each call gives another storage over the same data."""
    yield from _opener(lambda **settings: SqlStorage(database_url, **settings))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def make_storage(request):
    """Makes storages: InMemory, each by itself, or SqlStorage, all over one empty database."""
    if request.param == "memory":
        yield lambda shop="shop", **settings: InMemory(**settings)
        return
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url = request.getfixturevalue(fixture)
    # A power cut is not among what these tests try out; tests/adapters/test_sql_opening.py is.
    yield from _opener(lambda **settings: SqlStorage(url, durability="normal", **settings))


@pytest.fixture
def storage(make_storage):
    """An empty storage: InMemory, SQLite and PostgreSQL in turn."""
    return make_storage()


def _opener(make):
    opened = []

    def open_one(**settings):
        opened.append(make(**settings))
        return opened[-1]

    yield open_one
    for storage in opened:
        storage.close()
