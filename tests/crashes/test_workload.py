"""The workload leaves nothing out: a verb that comes to privlib has to come to the workload too."""

from typing import get_args

import pytest
from tests.crashes.workload import WORKLOAD, shop_over

from privlib import Command, InMemory, Timer, events
from privlib.events import Event
from privlib.requests import RemindOfDay, Request
from privlib.testing.verbs import VERBS
from privlib.timers import ImportantDayDue, ImportantDayNear, StageCheckDue

# Not told in the workload yet: important days, and moves by themselves.
NOT_YET = {
    events.DayCelebrated,
    events.DayReminderRaised,
    events.ImportantDayLearned,
    RemindOfDay,
    ImportantDayDue,
    ImportantDayNear,
    StageCheckDue,
}
FAMILIES = [(Event, "events"), (Request, "requests"), (Timer, "timers"), (Timer, "fires")]


@pytest.fixture
def decisions(tmp_path):
    domain = shop_over(InMemory(), tmp_path / "sent")
    return [decision for step in WORKLOAD for decision in step(domain)]


def test_every_command_can_be_told():
    assert set(VERBS) == set(get_args(Command))


@pytest.mark.parametrize(("family", "part"), FAMILIES, ids=[part for _, part in FAMILIES])
def test_every_event_request_and_timer_there_is_comes_of_it(decisions, family, part):
    found = {type(each) for decision in decisions for each in getattr(decision, part)}
    assert found == set(get_args(family)) - NOT_YET


def test_some_of_it_is_refused_given_back_and_cancelled(decisions):
    assert sum(bool(decision.refusals) for decision in decisions) >= 5
    assert min(taken.amount for each in decisions for taken in each.reservations) < 0
    assert any(decision.cancels for decision in decisions)
    assert any(decision.personal for decision in decisions)
