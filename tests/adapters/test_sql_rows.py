"""What a storage has written, looked at from outside: rows, and the only place of a name."""

import pendulum
from attrs import asdict, evolve
from sqlalchemy import func, select, text

from privlib import (
    EntityRef,
    InMemory,
    Masked,
    NewFriend,
    Order,
    Reservation,
    Shop,
    yuan,
)
from privlib.adapters.sql import METADATA
from privlib.adapters.sql.tables import ENTITIES, LIMITS, PARTS, PROGRAMS, TIMERS
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import NOON, PROGRAM, bare, decided
from privlib.timers import FollowUpDue
from privlib.values.money import LARGEST_MINOR

SECRET = b"0123456789abcdef"
WEI = EntityRef("member", "wei")
LAST = pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999)


def test_numbers_are_whole_numbers_in_the_database_too(open_sql):
    storage = open_sql()
    taking = Reservation(limit_key="l", amount=LARGEST_MINOR, limit=LARGEST_MINOR)
    due = FollowUpDue(
        relation="r", customer="wei", lifecycle="customer", stage="new friend", due=LAST
    )
    storage.save(bare("d", at=LAST, reservations=[taking], timers=[due]))
    with storage._access.reading() as connection:
        values = [
            connection.scalar(select(LIMITS.c.used)),
            connection.scalar(select(TIMERS.c.due)),
        ]
    assert values == [LARGEST_MINOR, 253_402_300_799_999_999]
    assert {type(value) for value in values} == {int}


def test_text_is_stored_as_utf_8_that_anybody_can_read(open_sql):
    storage = open_sql()
    storage.save(decided(storage, Order(id="微信-1", customer="魏", paid=yuan(10))))
    with storage._access.reading() as connection:
        body = connection.scalar(select(ENTITIES.c.body).where(ENTITIES.c.kind == "order"))
        length = connection.scalar(
            text("SELECT length(id) FROM privlib_entities WHERE kind = 'order'")
        )
    assert '"id":"微信-1"' in body
    assert length == 4


def test_parts_that_programs_have_in_common_are_stored_once(open_sql):
    storage = open_sql()
    storage.keep_program(PROGRAM)
    storage.keep_program(evolve(PROGRAM, shop=Shop(name="another")))
    with storage._access.reading() as connection:
        parts = connection.scalar(select(func.count()).select_from(PARTS))
        places = connection.scalar(select(func.count()).select_from(PROGRAMS))
    assert places == 2 * len(PROGRAM.parts)
    assert parts == len({part.digest for part in PROGRAM.parts}) + 1  # two parts may say the same


def test_an_erased_name_is_nowhere_in_the_storage(storage):
    canary = "Wei Canary"
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked(canary)
    )
    decision = decided(storage, friend, program=PROGRAM.with_secret(SECRET))
    storage.save(decision)
    storage.erase_personal("wei")
    shown = repr((contents(storage), storage.stored(decision.key), everything_of(storage)))
    assert canary not in shown
    assert "name:wei" in shown


def everything_of(storage):
    """Every row of every table, or everything a storage in memory refers to."""
    if isinstance(storage, InMemory):
        return asdict(storage, recurse=False)
    with storage._access.reading() as connection:
        return [connection.execute(select(table)).all() for table in METADATA.sorted_tables]


def test_before_it_is_erased_a_name_lies_in_one_table_only(open_sql):
    canary = "Wei Canary"
    storage = open_sql()
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked(canary)
    )
    storage.save(decided(storage, friend, program=PROGRAM.with_secret(SECRET)))
    with storage._access.reading() as connection:
        holding = [
            table.name
            for table in METADATA.sorted_tables
            if canary in repr(connection.execute(select(table)).all())
        ]
    assert holding == ["privlib_personal"]


def test_a_history_says_when_it_was_decided_and_when_written_down(make_storage):
    storage = make_storage(clock=lambda: NOON.add(hours=5, microseconds=7))
    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(10))))
    (*_, last) = storage.history([WEI])
    assert last.decided_at == NOON
    assert last.recorded_at == NOON.add(hours=5, microseconds=7)
