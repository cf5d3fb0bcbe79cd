"""Holdings: all that a storage holds, so that two of them can be compared."""

from sqlalchemy import create_engine, select

from privlib.adapters.sql.tables import METADATA
from privlib.requests import SendMessage
from privlib.testing.conformance.contents import contents
from privlib.values.personal import PersonalRef

# When something was written down and how often it was tried may differ after a crash.
VOLATILE = {
    "privlib_outbox": {"shop", "recorded_at", "due", "attempts"},
    "": {"shop", "recorded_at"},
}


def holdings(storage, keys):
    """What can be seen of a storage through its protocol, given the keys of its decisions."""
    decisions = {key: storage.stored(key) for key in keys}
    return {
        **contents(storage, *sorted(limits_of(decisions.values()))),
        "decisions": decisions,
        "personal": dict(storage.personal(sorted(personal_of(decisions.values()), key=str))),
        "programs": {each.program: storage.program(each.program) for each in decisions.values()},
    }


def limits_of(decisions):
    return {taken.limit_key for each in decisions for taken in each.reservations}


def personal_of(decisions):
    return {
        variable.value
        for each in decisions
        for request in each.requests
        if isinstance(request, SendMessage)
        for variable in request.variables
        if isinstance(variable.value, PersonalRef)
    }


def rows(url, shop="shop"):
    """Every row of every table that a shop has, but for what may differ."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(rows_of(table, shop))))
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


def rows_of(table, shop):
    volatile = VOLATILE.get(table.name, VOLATILE[""])
    statement = select(*(column for column in table.columns if column.name not in volatile))
    return statement.where(table.c.shop == shop) if "shop" in table.c else statement


def sent(log):
    """What was handed to the channel, one line a request, with the text that it had."""
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []
