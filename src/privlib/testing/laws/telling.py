"""The laws of telling: twice, in another order, under a version; and of what a decision says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from hypothesis import strategies as st

from privlib.commands import StageMove
from privlib.decisions.decision import Decision
from privlib.decisions.records import DecisionRecord
from privlib.decisions.stored import EVENTS, REQUESTS
from privlib.decisions.verbs import decide
from privlib.events import Event
from privlib.program.ladder import TierAfterRefund
from privlib.program.program import Program
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.testing.bare_shop import BareShop, Decide
from privlib.testing.laws.cases import AT, Tellings, tellings
from privlib.testing.laws.trial import Programs, Settings, Trial
from privlib.testing.strategies import stories
from privlib.testing.strategies.story import Story

__all__ = [
    "check_decisions_can_be_stored",
    "check_decisions_name_their_program",
    "check_events_say_all_that_changes",
    "check_order_of_telling_makes_no_difference",
    "check_the_same_inputs_give_the_same_decision",
    "check_told_twice_changes_nothing",
]


_KNOWN: Final = frozenset(get_args(Event) + get_args(Request) + get_args(Refusal))


def _stories(program: Program) -> st.SearchStrategy[Story]:
    return stories(program=program)


def check_told_twice_changes_nothing(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """D1: what was told before, told again, changes nothing, even where no storage knows its key.

    A stage may lead to itself, so a move of stages is known by its key alone.
    """
    Trial("D1", program, decide, settings).over(_stories, _second_effects)


def _second_effects(shop: BareShop, story: Story) -> Iterator[str]:
    for at, command in story:
        if isinstance(command, StageMove):
            continue
        if not shop.tell(command, at=at).refusals:
            again = shop.decided(command, at=at)
            if not again.changes_nothing:
                yield f"{command.decision_key}, told twice, brings {_told(again)}"


def _told(decision: Decision) -> str:
    return ", ".join(type(each).__name__ for each in (*decision.events, *decision.requests))


def check_order_of_telling_makes_no_difference(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """D7: orders and their refunds come to the same spend, tier and counts in every order.

    A tier that is kept after refunds is the most that net spend ever was, which depends on the
    order; it is not compared then.
    """
    Trial("D7", program, decide, settings).over(_shuffled, _differences)


@st.composite
def _shuffled(draw: st.DrawFn, program: Program) -> tuple[Tellings, Tellings]:
    told = draw(tellings(program))
    return told, draw(st.permutations(told))


def _differences(shop: BareShop, orders: tuple[Tellings, Tellings]) -> Iterator[str]:
    one, other = (_standings(shop, told) for told in orders)
    yield from (f"{who}: {one[who]} or {other[who]}" for who in one if one[who] != other[who])


def _standings(shop: BareShop, told: Tellings) -> dict[str, tuple[str, ...]]:
    """What each customer comes to, told in this order."""
    fresh = BareShop(shop.program, shop.decide)
    people = {command.customer for command in told}
    fresh.knows(*people, since=AT)
    for command in told:
        fresh.tell(command, at=AT)
    keeps = shop.program.ladder.tier_after_refund is TierAfterRefund.KEEP
    members = {id: fresh.member(id) for id in sorted(people)}
    return {
        id: (
            f"{one.spent} of {one.paid}",
            f"{one.orders} orders",
            "" if keeps else f"tier {one.tier}",
        )
        for id, one in members.items()
    }


def check_decisions_name_their_program(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """T7: each decision names the version of the program that it was made under."""
    Trial("T7", program, decide, settings).over(_stories, _wrong_versions)


def _wrong_versions(shop: BareShop, story: Story) -> Iterator[str]:
    for at, command in story:
        decision = shop.tell(command, at=at)
        if decision.program != shop.program.version:
            yield f"{decision.key} names {decision.program}"


def check_the_same_inputs_give_the_same_decision(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """D3: decided twice upon the same state, a command gives equal decisions."""
    Trial("D3", program, decide, settings).over(_stories, _second_thoughts)


def _second_thoughts(shop: BareShop, story: Story) -> Iterator[str]:
    for at, command in story:
        one, other = shop.decided(command, at=at), shop.decided(command, at=at)
        if one != other or one.after != other.after:
            yield f"{command.decision_key} was decided in two ways"
        shop.tell(command, at=at)


def check_events_say_all_that_changes(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """S3: the state after a decision is the state before it with its events, and nothing else."""
    Trial("S3", program, decide, settings).over(_stories, _silent_changes)


def _silent_changes(shop: BareShop, story: Story) -> Iterator[str]:
    for at, command in story:
        shop.run_due(at=at)
        decision = shop.tell(command, at=at)
        for about, entity in decision.after.items():
            if entity.version and shop.entities.get(about) != entity:
                yield f"{about} is not what the events of {command.decision_key} make of it"


def check_decisions_can_be_stored(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """S1: events, requests and refusals of every decision are stored and read back as they were."""
    Trial("S1", program, decide, settings).over(_stories, _lost_in_storage)


def _lost_in_storage(shop: BareShop, story: Story) -> Iterator[str]:
    for at, command in story:
        shop.run_due(at=at)
        decision = shop.tell(command, at=at)
        yield from _unlike(decision)


def _unlike(decision: Decision) -> Iterator[str]:
    for thing in (*decision.events, *decision.requests, *decision.refusals):
        if type(thing) not in _KNOWN:
            yield f"{type(thing).__name__} is nothing that a storage knows"
            return
    record = DecisionRecord.of(decision)
    if DecisionRecord.load(record.dump()) != record:
        yield f"the record of {decision.key} reads back as another"
    for event in decision.events:
        if EVENTS.load(EVENTS.dump(event)) != event:
            yield f"{event} reads back as another"
    for request in decision.requests:
        if REQUESTS.load(REQUESTS.dump(request)) != request:
            yield f"{request} reads back as another"
