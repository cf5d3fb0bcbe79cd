"""What the tests of storages share: decisions made as a shell makes them, and all that is kept."""

import pendulum

from privlib import SYSTEM, Decision, State, decide, default_program, needs
from privlib.decisions.decision import EntityVersion
from privlib.entities import ENTITY_KINDS
from privlib.entities.query import Query
from privlib.values.ids import EntityRef

PROGRAM = default_program()
NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
BLANK = State()
FAR = pendulum.datetime(9000, 1, 1)


def loaded(storage, command):
    """What a command needs, with blanks for what is not there."""
    need = needs(command)
    found = {EntityRef(entity.kind, entity.id): entity for entity in storage.get(need.entities)}
    entities = [found.get(ref) or ENTITY_KINDS[ref.kind](id=ref.id) for ref in need.entities]
    return State(*entities, limits=storage.limits(need.limits))


def decided(storage, command, *, at=NOON, program=PROGRAM):
    """What follows from a command as things stand in a storage; nothing is saved."""
    return decide(loaded(storage, command), command, program, at=at)


def bare(key, *, told="", at=NOON, events=(), before=BLANK, **parts):
    """A decision made by hand, for parts that no verb makes by itself."""
    about = dict.fromkeys(event.about for event in events)
    versions = [(ref, before.find(ref)) for ref in about]
    return Decision(
        key=key,
        input_hash=f"none:{told or key}",
        program=PROGRAM.version,
        at=pendulum.instance(at).in_timezone("UTC"),
        by=SYSTEM,
        before=tuple(
            sorted(EntityVersion(*ref, entity.version if entity else 0) for ref, entity in versions)
        ),
        events=tuple(events),
        after=before.after(events),
        **{name: tuple(part) for name, part in parts.items()},
    )


def everything(storage, query):
    """All that a query finds, page by page."""
    found = []
    while page := storage.find(query):
        assert not {each.id for each in page} & {each.id for each in found}
        found.extend(page)
        last = query.position_of(page[-1])
        query = Query(
            query.kind,
            index=query.index,
            low=query.low,
            high=query.high,
            after=last,
            limit=query.limit,
        )
    return found


def contents(storage, *limits):
    """All that a storage holds, as it can be seen through its protocol."""
    entities = [each for kind in ENTITY_KINDS for each in everything(storage, Query(kind))]
    refs = [EntityRef(entity.kind, entity.id) for entity in entities]
    return {
        "entities": entities,
        "history": [
            (recorded.event, recorded.decision, recorded.number, recorded.decided_at)
            for recorded in storage.history(refs)
        ],
        "timers": storage.due(FAR, limit=10_000),
        "requests": [
            claimed.request for claimed in storage.claim(at=FAR, limit=10_000, lease_seconds=0)
        ],
        "limits": dict(storage.limits(limits)),
    }
