"""The state machine: every law holds over every storage, whatever is told in whatever order."""

from functools import partial
from itertools import count

import pytest
from attrs import define, evolve
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.profiles import MACHINE_RUNS, MACHINE_STEPS, SQL_MACHINE_RUNS, SQL_MACHINE_STEPS

from privlib.adapters.in_memory import InMemory
from privlib.errors import LawBrokenError
from privlib.program.loading import default_program
from privlib.testing.machine import PrivateDomainMachine

PROGRAM = default_program()
SHOPS = count(1)
IN_MEMORY = settings(
    max_examples=MACHINE_RUNS,
    stateful_step_count=MACHINE_STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
ON_SQL = settings(
    IN_MEMORY,
    max_examples=SQL_MACHINE_RUNS,
    stateful_step_count=SQL_MACHINE_STEPS,
    phases=[Phase.generate],
)
KEEPING = evolve(
    PROGRAM,
    ladder=evolve(PROGRAM.ladder, tier_after_refund="keep", gift_after_refund="keep"),
    enrolment=evolve(
        PROGRAM.enrolment, unknown_customer="refuse", imported_member="catch_up", carrier="wecom"
    ),
)


class KeepingMachine(PrivateDomainMachine):
    def make_program(self):
        return KEEPING


@pytest.mark.law("D1")
@pytest.mark.law("K3")
@pytest.mark.parametrize("machine", [PrivateDomainMachine, KeepingMachine])
def test_in_memory_every_law_holds_after_every_step(machine):
    """Spend, tiers, gifts, limits, timers, histories and the outbox are what they should be."""
    run_state_machine_as_test(machine, settings=IN_MEMORY)


class MachineOver(PrivateDomainMachine):
    """The machine over storages that a test makes, each a shop of its own."""

    def __init__(self, make_storage):
        self.open_storage = make_storage
        super().__init__()

    def make_storage(self, clock):
        return self.open_storage(shop=f"shop {next(SHOPS)}", clock=clock)


@pytest.mark.law("D1")
@pytest.mark.law("K3")
def test_over_every_database_every_law_holds_after_every_step(open_sql):
    """The same as in memory, with the same numbers."""
    run_state_machine_as_test(partial(MachineOver, open_sql), settings=ON_SQL)


@define(eq=False)
class LosesFollowUps(InMemory):
    """A storage that keeps no timer of a relation."""

    def _write(self, plan, limits):
        plan.timers = {key: None for key in plan.timers if key.startswith("follow-up")}
        super()._write(plan, limits)


class MachineOverLostTimers(PrivateDomainMachine):
    def make_storage(self, clock):
        return LosesFollowUps(clock=clock)


def test_what_breaks_a_law_is_found_and_made_small():
    quick = settings(IN_MEMORY, database=None, stateful_step_count=10)
    with pytest.raises(LawBrokenError, match="timers does not hold: ") as found:
        run_state_machine_as_test(MachineOverLostTimers, settings=quick)
    steps = [note for note in found.value.__notes__ if note.startswith("state.")]
    told = [step for step in steps if "all_laws_hold" not in step]
    assert len(told) <= 3  # one that sets a timer, and the end


def test_rules_of_ones_own_are_added_in_a_subclass():
    run_state_machine_as_test(WithAFriendInTheMorning, settings=settings(IN_MEMORY, max_examples=5))


class WithAFriendInTheMorning(PrivateDomainMachine):
    def __init__(self):
        super().__init__()
        self.shop.tell(self.deck.new_friend(0, 0, 0))
