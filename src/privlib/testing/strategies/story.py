"""Strategies for stories: what a shop tells over a while, and what is decided upon it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

import pendulum
from hypothesis import strategies as st

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    Command,
    CouponIssue,
    CouponRedemption,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
)
from privlib.decisions.decision import Decision
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop
from privlib.testing.strategies.ladder import amounts_near
from privlib.testing.strategies.person import masked_texts
from privlib.values.ids import CustomerId, EmployeeId, RelationId, join_key
from privlib.values.moment import later, moment
from privlib.values.money import Money

__all__ = ["Story", "decisions", "stories"]

Story: TypeAlias = list[tuple[pendulum.DateTime, Command]]

_FROM: Final = moment(pendulum.datetime(2026, 6, 1))
_PAUSES: Final = st.sampled_from([0, 0, 0, 0, 1, 3_600, 86_400, 30 * 86_400])  # seconds
_PEOPLE: Final = (CustomerId("wei"), CustomerId("mei"), CustomerId("lan"))
_NUMBERS: Final = st.integers(1, 5)
_WISHES: Final = st.integers(1, 2)
_SLIPS: Final = st.sampled_from([0, 0, 0, 0, 0, 0, 1])


@st.composite
def stories(draw: st.DrawFn, *, program: Program | None = None, max_commands: int = 12) -> Story:
    """Commands of every kind about a few customers, each with its moment, as a shop tells them.

    Some are told twice, some with other content, some are refused; orders come near the
    thresholds of the program (the default one). Names are told only to a program with a secret.
    """
    commands = _commands(default_program() if program is None else program)
    at = _FROM
    story: Story = []
    for _ in range(draw(st.integers(0, max_commands))):
        at = later(at, seconds=draw(_PAUSES))
        story.append((at, draw(commands)))
    return story


@st.composite
def decisions(
    draw: st.DrawFn, *, program: Program | None = None, max_commands: int = 12
) -> Decision:
    """Decisions upon the commands of a story, and upon the timers that come due in it."""
    rules = default_program() if program is None else program
    shop = BareShop(rules)
    shop.knows(*_PEOPLE[:1], since=_FROM)
    for at, command in draw(stories(program=rules, max_commands=max_commands)):
        shop.run_due(at=at)
        shop.tell(command, at=at)
    shop.tell(draw(_commands(rules)), at=_FROM)
    return draw(st.sampled_from(shop.decisions))


def _commands(program: Program) -> st.SearchStrategy[Command]:
    return _commands_to(program, with_names=program.secret is not None)


@lru_cache(maxsize=64)
def _commands_to(program: Program, *, with_names: bool) -> st.SearchStrategy[Command]:
    people = _about_people(program, with_names=with_names)
    return st.one_of(_about_orders(program), people, _about_coupons(program))


def _about_orders(program: Program) -> st.SearchStrategy[Command]:
    amounts = amounts_near(program.ladder, currency=program.currency)
    fens = st.none() | amounts | st.just(Money(1, program.currency))
    return st.builds(_order, _NUMBERS, _SLIPS, amounts) | st.builds(
        _refund, _NUMBERS, _NUMBERS, _SLIPS, fens
    )


def _numbered(number: int) -> str:
    return f"N-{number}"


def _whose(number: int, slip: int) -> CustomerId:
    """Each number belongs to one customer, but for a slip."""
    return _PEOPLE[(number + slip) % len(_PEOPLE)]


def _order(number: int, slip: int, paid: Money) -> Order:
    return Order(id=_numbered(number), customer=_whose(number, slip), paid=paid)


def _refund(order: int, number: int, slip: int, amount: Money | None) -> Refund:
    return Refund(
        id=_numbered(number), order=_numbered(order), customer=_whose(order, slip), amount=amount
    )


def _about_people(program: Program, *, with_names: bool) -> st.SearchStrategy[Command]:
    amounts = amounts_near(program.ladder, currency=program.currency)
    people = st.sampled_from(_PEOPLE)
    carrier = program.enrolment.carrier
    employees = st.sampled_from([program.enrolment.employee, EmployeeId("lin")])
    relations = st.builds(join_key, st.just(carrier), employees, people).map(RelationId)
    names = st.sampled_from([*program.stages.names, "no such stage"])
    return st.one_of(
        st.builds(MemberImport, customer=people, joined_at=st.just(_FROM), spent=amounts),
        st.builds(
            NewFriend,
            customer=people,
            employee=employees,
            carrier=st.just(carrier),
            added_at=st.just(_FROM),
            name=st.none() | masked_texts() if with_names else st.none(),
        ),
        st.builds(StageMove, key=_NUMBERS.map(_numbered), relation=relations, to=names),
    )


def _about_coupons(program: Program) -> st.SearchStrategy[Command]:
    offers = [(rules.name, offer.name) for rules in program.campaigns for offer in rules.coupons]
    named = st.sampled_from([*offers, *offers, ("no such campaign", "no such coupon")])
    campaigns = st.sampled_from([*(rules.name for rules in program.campaigns), "no such campaign"])
    amounts = amounts_near(program.ladder, currency=program.currency)
    keys = _NUMBERS.map(_numbered)
    pauses = st.builds(CampaignPause, key=keys, campaign=campaigns)
    return st.one_of(
        st.builds(_coupon_issue, _WISHES, _SLIPS, named),
        st.builds(_coupon_redemption, _WISHES, _NUMBERS, _SLIPS, amounts),
        pauses | st.builds(CampaignResumption, key=keys, campaign=campaigns),
    )


def _coupon_issue(number: int, slip: int, offer: tuple[str, str]) -> CouponIssue:
    campaign, coupon = offer
    return CouponIssue(
        key=_numbered(number), customer=_whose(number, slip), campaign=campaign, coupon=coupon
    )


def _coupon_redemption(number: int, order: int, slip: int, amount: Money) -> CouponRedemption:
    issue = _coupon_issue(number, slip, ("any", "any"))
    return CouponRedemption(
        coupon=issue.coupon_id, customer=issue.customer, order=_numbered(order), amount=amount
    )
