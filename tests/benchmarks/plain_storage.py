"""The plain storage: what a hand writes on SQLAlchemy Core to keep what the plain shop decided.

It fills the tables of SqlStorage with the very same rows. `save` keeps its promises too: one
transaction that is begun for writing, a key taken once, every version compared that was read.
`save_many` only writes.
"""

from sqlalchemy import bindparam, create_engine, delete, event, insert, select, update
from tests.benchmarks.plain_rows import (
    entity_text,
    event_text,
    index_keys,
    record_text,
    request_text,
    timer_key,
    timer_text,
)
from tests.benchmarks.plain_shop import encode

from privlib.adapters.sql.tables import (
    DECISIONS,
    ENTITIES,
    EVENTS,
    INDEX,
    METADATA,
    OUTBOX,
    TIMERS,
    create_tables,
)

__all__ = ["PlainStorage", "assert_same_tables"]

SHOP = "shop"
INSERT = {table: insert(table) for table in (DECISIONS, ENTITIES, EVENTS, INDEX, OUTBOX, TIMERS)}
NO_KEYS = "[]"


def engine_of(url, durability):
    """An engine that begins for real, and for writing, with the pragmas of SqlStorage."""
    engine = create_engine(url)

    def on_connect(connection, _record):
        connection.isolation_level = None
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "wal_autocheckpoint=8000"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute(f"PRAGMA synchronous={durability}")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", lambda each: each.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


class PlainStorage:
    """A SQLite file with our tables, written by hand."""

    def __init__(self, url, *, program, clock, durability="full"):
        self.engine, self.program, self.clock = engine_of(url, durability), program, clock
        self._keys = {}
        with self.engine.begin() as connection:
            create_tables(connection)

    def close(self):
        self.engine.dispose()

    def save(self, decision):
        """Keep one decision, unless its key is known or what it read has changed."""
        now = self.clock()
        with self.engine.begin() as connection:
            known = connection.execute(FIND_KEY, {"shop": SHOP, "key": decision.key}).first()
            if known is not None:
                raise KeyError(decision.key)
            connection.execute(INSERT[DECISIONS], self._decision_row(decision, now))
            keys = compared(connection, decision)
            write(connection, entity_rows([decision], keys))
            write(connection, self._rows_beside([decision], now))

    def save_many(self, decisions):
        """Write many decisions in one transaction; what is new, a hand knows without asking."""
        now = self.clock()
        rows = [self._decision_row(each, now + place) for place, each in enumerate(decisions)]
        with self.engine.begin() as connection:
            connection.execute(INSERT[DECISIONS], sorted(rows, key=lambda row: row["key"]))
            write(connection, entity_rows(decisions, self._keys))
            write(connection, self._rows_beside(decisions, now))

    def _decision_row(self, decision, now):
        return {
            "shop": SHOP,
            "key": decision.key,
            "input_hash": decision.input_hash,
            "program": self.program,
            "at": decision.at,
            "recorded_at": now,
            "by_kind": "system",
            "by_id": "privlib",
            "body": record_text(decision),
        }

    def _rows_beside(self, decisions, now):
        """The rows of events, timers and requests."""
        events, timers, requests = [], [], []
        for place, decision in enumerate(decisions):
            versions = {(kind, id): version for kind, id, version in decision.before}
            for number, happened in enumerate(decision.events):
                _, kind, id, *_ = happened
                versions[kind, id] += 1
                events.append(
                    {
                        "shop": SHOP,
                        "kind": kind,
                        "id": id,
                        "version": versions[kind, id],
                        "decision": decision.key,
                        "number": number,
                        "decided_at": decision.at,
                        "recorded_at": now + place,
                        "body": event_text(happened),
                    }
                )
            timers.extend(map(timer_row, decision.timers))
            requests.extend(
                request_row(decision, number, request, now + place)
                for number, request in enumerate(decision.requests)
            )
        gone = [{"the_shop": SHOP, "the_key": timer["key"]} for timer in timers]
        return [
            (INSERT[EVENTS], events),
            (DELETE_TIMER, gone),
            (INSERT[TIMERS], timers),
            (INSERT[OUTBOX], requests),
        ]


def write(connection, statements):
    for statement, rows in statements:
        if rows:
            connection.execute(statement, rows)


def compared(connection, decision):
    """Compare each version that was read with what is there; the index keys that are there."""
    keys = {}
    for kind, id, version in decision.before:
        found = connection.execute(FIND_VERSION, {"shop": SHOP, "kind": kind, "id": id}).first()
        there, keys[kind, id] = found or (0, NO_KEYS)
        if there != version:
            raise ValueError(f"{kind} has changed")
    return keys


def entity_rows(decisions, known_keys):
    """The rows of entities as they are in the end, new and changed, and of their index keys.

    The index keys that are known to be there are brought up to date.
    """
    versions, entities = {}, {}
    for decision in decisions:
        for kind, id, version in decision.before:
            versions.setdefault((kind, id), version)
        entities.update(decision.after)
    new, changed, gone, indexed = [], [], [], []
    for kind, id in sorted(entities):
        entity = entities[kind, id]
        keys = index_keys(kind, entity)
        row = {
            "shop": SHOP,
            "kind": kind,
            "id": id,
            "version": entity[0],
            "keys": encode(keys),
            "body": entity_text(kind, id, entity),
        }
        (changed if versions[kind, id] else new).append(row)
        before = known_keys.get((kind, id), NO_KEYS)
        if row["keys"] != before:
            known_keys[kind, id] = row["keys"]
            if before != NO_KEYS:
                gone.append({"the_shop": SHOP, "the_kind": kind, "the_id": id})
            place = {"shop": SHOP, "kind": kind, "id": id}
            indexed.extend({**place, "name": name, "value": value} for name, value in keys)
    renamed = [{f"the_{name}": value for name, value in row.items()} for row in changed]
    return [
        (INSERT[ENTITIES], new),
        (UPDATE_ENTITY, renamed),
        (DELETE_INDEX, gone),
        (INSERT[INDEX], indexed),
    ]


def timer_row(timer):
    return {"shop": SHOP, "key": timer_key(timer), "due": timer[5], "body": timer_text(timer)}


def request_row(decision, number, request, now):
    return {
        "shop": SHOP,
        "key": request[1],
        "decision": decision.key,
        "number": number,
        "customer": request[2],
        "state": "pending",
        "due": decision.at,
        "recorded_at": now,
        "attempts": 0,
        "reason": "",
        "body": request_text(request),
    }


def where(table, *names):
    return [table.c[name] == bindparam(f"the_{name}") for name in names]


FIND_KEY = select(DECISIONS.c.input_hash).where(
    DECISIONS.c.shop == bindparam("shop"), DECISIONS.c["key"] == bindparam("key")
)
FIND_VERSION = select(ENTITIES.c.version, ENTITIES.c["keys"]).where(
    ENTITIES.c.shop == bindparam("shop"),
    ENTITIES.c.kind == bindparam("kind"),
    ENTITIES.c.id == bindparam("id"),
)
UPDATE_ENTITY = (
    update(ENTITIES)
    .where(*where(ENTITIES, "shop", "kind", "id"))
    .values({name: bindparam(f"the_{name}") for name in ("version", "keys", "body")})
)
DELETE_INDEX = delete(INDEX).where(*where(INDEX, "shop", "kind", "id"))
DELETE_TIMER = delete(TIMERS).where(*where(TIMERS, "shop", "key"))


def rows_of(connection, table):
    columns = [column for column in table.columns if column.name != "recorded_at"]
    return connection.execute(select(*columns).order_by(*table.primary_key))


def assert_same_tables(url, other_url):
    """Fail unless two files hold the same rows, but for when they were written down.

    Programs are left aside: a domain keeps its own, a storage only those that it is given.
    """
    engines = [create_engine(each) for each in (url, other_url)]
    with engines[0].connect() as one, engines[1].connect() as other:
        for table in METADATA.sorted_tables:
            if "program" not in table.name:
                for row, other_row in zip(rows_of(one, table), rows_of(other, table), strict=True):
                    assert row == other_row, f"{table.name}: {row} is not {other_row}"
    for engine in engines:
        engine.dispose()
