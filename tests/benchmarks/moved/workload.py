"""The workload of lifecycles: a tie that goes to and fro between two stages, both guarded."""

import pendulum

from privlib import Lifecycle, Stage
from privlib.conditions import field

__all__ = ["AT", "LIFECYCLE", "ORDERS", "TO_AND_FRO"]

AT = pendulum.datetime(2026, 6, 1, 4)
ORDERS = 3
TO_AND_FRO = ("advocate", "loyal")
_ORDERED = field("orders").at_least(1)
LIFECYCLE = Lifecycle(
    name="customer",
    stages=[
        Stage(name="loyal", leads_to=["advocate"], enters_when=_ORDERED),
        Stage(name="advocate", leads_to=["loyal"], enters_when=_ORDERED),
    ],
)
