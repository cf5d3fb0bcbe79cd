"""The plain storage, floor of the benchmarks, writes the rows that SqlStorage writes."""

import pytest
from sqlalchemy import create_engine, delete, select, update
from tests.benchmarks.plain_shop import with_still_stages
from tests.benchmarks.plain_storage import PlainStorage, assert_same_tables
from tests.benchmarks.saving import both_decided
from tests.benchmarks.stream import stream

from privlib import SqlStorage, default_program
from privlib.adapters.sql.tables import ENTITIES, EVENTS, METADATA
from privlib.values.moment import from_micros

NOW = 1_780_000_000_000_000


@pytest.fixture
def pair(tmp_path):
    """Ours and the plain storage at the same moment, each on a file of its own."""
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("ours", "floor")]
    ours = SqlStorage(urls[0], clock=lambda: from_micros(NOW))
    floor = PlainStorage(
        urls[1], program=with_still_stages(default_program()).version, clock=lambda: NOW
    )
    yield ours, floor, urls
    ours.close()
    floor.close()


def dumped(url):
    """All rows of a file, down to the microsecond at which they were written."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))))
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


@pytest.mark.target("A1")
def test_orders_saved_one_by_one_are_the_same_rows(pair):
    ours, floor, urls = pair
    for told, plain in both_decided(stream(252), by=1):
        ours.save(*told)
        floor.save(*plain)
    first, second = map(dumped, urls)
    assert first == second
    assert {name for name, rows in first.items() if rows} == {
        f"privlib_{name}"
        for name in ("meta", "decisions", "entities", "entity_index", "events", "outbox", "timers")
    }


@pytest.mark.target("A2")
def test_orders_saved_in_bulk_are_the_same_rows(pair):
    ours, floor, urls = pair
    for told, plain in both_decided(stream(1_260), by=300):
        ours.save(*told)
        floor.save_many(plain)
    assert dumped(urls[0]) == dumped(urls[1])


@pytest.mark.target("A1")
def test_the_plain_storage_takes_no_key_twice(pair):
    _, floor, urls = pair
    [(_, [decision])] = both_decided(stream(1), by=1)
    floor.save(decision)
    before = dumped(urls[1])
    with pytest.raises(KeyError, match="order:A-000000:paid"):
        floor.save(decision)
    assert dumped(urls[1]) == before


@pytest.mark.target("A1")
def test_the_plain_storage_refuses_what_has_changed_and_writes_nothing(pair):
    _, floor, urls = pair
    (_, [first]), (_, [second]) = both_decided(stream(2), by=1)
    floor.save(first)
    with floor.engine.begin() as connection:
        connection.execute(update(ENTITIES).where(ENTITIES.c.kind == "member").values(version=99))
    before = dumped(urls[1])
    with pytest.raises(ValueError, match="member has changed"):
        floor.save(second)
    assert dumped(urls[1]) == before


@pytest.mark.target("A1")
def test_a_row_that_differs_is_seen(pair):
    ours, floor, urls = pair
    [(told, plain)] = both_decided(stream(3), by=3)
    ours.save(*told)
    floor.save_many(plain)
    assert_same_tables(*urls)
    with floor.engine.begin() as connection:
        connection.execute(update(EVENTS).values(body="{}").where(EVENTS.c.number == 0))
    with pytest.raises(AssertionError, match="privlib_events"):
        assert_same_tables(*urls)
    with floor.engine.begin() as connection:
        connection.execute(delete(EVENTS))
    with pytest.raises(ValueError, match="shorter"):
        assert_same_tables(*urls)
