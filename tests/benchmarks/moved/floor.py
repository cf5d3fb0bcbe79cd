"""The floor of lifecycles: a table, and a customer of 15 plain fields that is written upon.

It guards, records the event and calls back as the library does; what was before is lost.
"""

from tests.benchmarks.moved.workload import AT, ORDERS

from privlib.values.moment import to_micros

__all__ = ["PlainCustomer", "move"]


class PlainCustomer:
    """Fields of the relation, of where it stands, and of the member, in one object."""

    __slots__ = (
        "carrier",
        "customer",
        "employee",
        "follow_ups",
        "id",
        "joined_at",
        "moved",
        "orders",
        "since",
        "source",
        "stage",
        "stage_since",
        "tagged",
        "tier",
        "version",
    )

    def __init__(self):
        self.id, self.version = "wecom:mei:wei", 1
        self.customer, self.employee, self.carrier, self.source = "wei", "mei", "wecom", "code 7"
        self.since = self.joined_at = self.stage_since = to_micros(AT)
        self.stage, self.moved = "loyal", False
        self.follow_ups, self.tagged = 0, ()
        self.orders, self.tier = ORDERS, "silver"


def _has_ordered(customer):
    return customer.orders >= 1


_GUARDS = {("loyal", "advocate"): _has_ordered, ("advocate", "loyal"): _has_ordered}


def move(customer, to, at, told):
    """The event, where the way is open; None where it is not."""
    stage = customer.stage
    guard = _GUARDS.get((stage, to))
    if guard is None or not guard(customer):
        return None
    customer.stage, customer.stage_since, customer.moved = to, at, True
    customer.version += 1
    event = ("StageMoved", customer.id, customer.customer, "customer", stage, to, "by_hand", at)
    told(event)
    return event
