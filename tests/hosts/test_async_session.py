"""One transaction under asyncio: SQLAlchemy's AsyncSession and AsyncConnection, by run_sync."""

import asyncio

import pytest
from sqlalchemy import insert, select
from tests.hosts.conftest import HOST_TABLES, SHOP_ORDERS
from tests.hosts.telling import WEI, order

from privlib import (
    ConsoleChannel,
    NotCommittedError,
    PrivateDomain,
    SqlStorage,
    StaleDecisionError,
    yuan,
)
from privlib.adapters.sql import create_tables
from privlib.testing.conformance.samples import NOON, PROGRAM, decided

pytest.importorskip("greenlet", reason="SQLAlchemy's asyncio needs greenlet")
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine


@pytest.fixture(params=["aiosqlite", "psycopg"])
def async_url(request):
    """The URL of an empty database, for an async driver."""
    if request.param == "psycopg":
        return request.getfixturevalue("postgres_url").replace("+psycopg", "+psycopg_async", 1)
    pytest.importorskip("aiosqlite", reason="SQLite under asyncio needs aiosqlite")
    return request.getfixturevalue("sqlite_url").replace("sqlite", "sqlite+aiosqlite", 1)


def domain_on(session):
    return PrivateDomain(PROGRAM, plugins=[SqlStorage(session), ConsoleChannel()])


def told(url, story):
    """Let a story run in a loop of its own, on an engine with all tables."""

    async def run():
        engine = create_async_engine(url)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(create_tables)
                await connection.run_sync(HOST_TABLES.create_all)
            return await story(engine)
        finally:
            await engine.dispose()

    return asyncio.run(run())


async def seen(engine):
    """What another connection sees: the host's orders, and our member."""
    async with engine.connect() as other:
        rows = list(await other.scalars(select(SHOP_ORDERS.c.id)))
        members = await other.run_sync(lambda sync: SqlStorage(sync).get([WEI]))
        return rows, [member.spent for member in members]


def test_the_hosts_commit_commits_both(async_url):
    async def story(engine):
        async with AsyncSession(engine) as session:
            await session.execute(insert(SHOP_ORDERS).values(id="A-1", fen=600_000))
            await session.run_sync(lambda sync: domain_on(sync).record_order(order()))
            before = await seen(engine)
            await session.commit()
            return before, await seen(engine)

    assert told(async_url, story) == (([], []), (["A-1"], [yuan(6_000)]))


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_the_hosts_rollback_undoes_both(async_url, first):
    async def story(engine):
        async with AsyncSession(engine) as session:
            if first == "theirs":
                await session.execute(insert(SHOP_ORDERS).values(id="A-1", fen=1))
            await session.run_sync(lambda sync: domain_on(sync).record_order(order()))
            if first == "ours":
                await session.execute(insert(SHOP_ORDERS).values(id="A-1", fen=1))
            await session.rollback()
            return await seen(engine)

    assert told(async_url, story) == ([], [])


def test_ours_alone_is_rolled_back_too(async_url):
    async def story(engine):
        async with AsyncSession(engine) as session:
            await session.run_sync(lambda sync: domain_on(sync).record_order(order()))
            await session.rollback()
            return await seen(engine)

    assert told(async_url, story) == ([], [])


def test_a_connection_is_joined_in_the_same_way(async_url):
    async def story(engine):
        async with engine.connect() as connection:
            await connection.run_sync(lambda sync: domain_on(sync).record_order(order("A-1")))
            await connection.rollback()
            await connection.run_sync(lambda sync: domain_on(sync).record_order(order("A-2", 10)))
            await connection.commit()
            return await seen(engine)

    assert told(async_url, story) == ([], [yuan(10)])


def test_a_stale_decision_leaves_the_hosts_work_alive(async_url):
    async def story(engine):
        async with AsyncSession(engine) as session:
            await session.execute(insert(SHOP_ORDERS).values(id="A-1", fen=1))

            def overtaken(sync):
                storage = SqlStorage(sync)
                late = decided(storage, order("A-2", 20))
                storage.save(decided(storage, order("A-1", 10)))
                with pytest.raises(StaleDecisionError):
                    storage.save(late)

            await session.run_sync(overtaken)
            await session.commit()
            return await seen(engine)

    assert told(async_url, story) == (["A-1"], [yuan(10)])


def test_delivery_waits_for_the_commit(async_url, capsys):
    async def story(engine):
        async with AsyncSession(engine, expire_on_commit=False) as session:
            domain = await session.run_sync(domain_on)
            await session.run_sync(lambda _: domain.record_order(order()))
            with pytest.raises(NotCommittedError):
                await session.run_sync(lambda _: domain.deliver(at=NOON))
            await session.commit()
            report = await session.run_sync(lambda _: domain.deliver(at=NOON))
            again = await session.run_sync(lambda _: domain.deliver(at=NOON))
            return report.accepted, again.accepted

    assert told(async_url, story) == (2, 0)
    assert "silver-pack" in capsys.readouterr().out
