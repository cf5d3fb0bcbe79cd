"""Strategies for entities, as what happened to them leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from privlib.commands import MemberImport, Order, Refund
from privlib.decisions.import_member import import_member
from privlib.decisions.record_order import record_order
from privlib.decisions.reverse_order import reverse_order
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.entities import (
    Campaign,
    Coupon,
    Customer,
    Daybook,
    Entity,
    Member,
    OrderRecord,
    Relation,
    SurveyRecord,
)
from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponRedeemed,
    CustomerAdded,
    CustomerNamed,
    DayCelebrated,
    Event,
    Placed,
    QuestionAsked,
    SurveyAnswered,
    SurveyFinished,
    SurveyNudged,
    SurveyStarted,
)
from privlib.program.campaign import CouponTemplate
from privlib.program.program import Program
from privlib.testing.strategies.campaign import coupon_templates
from privlib.testing.strategies.command import new_friends
from privlib.testing.strategies.coupon_event import coupon_issued
from privlib.testing.strategies.event import (
    follow_up_raised,
    friend_added,
    stage_moved,
)
from privlib.testing.strategies.ids import (
    campaign_names,
    coupon_ids,
    customer_ids,
    order_ids,
    plain_ids,
    relation_ids,
)
from privlib.testing.strategies.important_day import days_learned
from privlib.testing.strategies.kind import of_kinds
from privlib.testing.strategies.ladder import amounts_near
from privlib.testing.strategies.lifecycle import lifecycles
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.order import orders, refunds_of
from privlib.testing.strategies.person import personal_refs
from privlib.testing.strategies.program import programs
from privlib.testing.strategies.survey import question_ids, survey_names
from privlib.testing.strategies.survey_event import answers
from privlib.values.ids import CampaignName, CustomerId, OrderId, survey_record_id

__all__ = [
    "campaigns",
    "coupons",
    "customers",
    "daybooks",
    "entities",
    "members",
    "order_records",
    "relations",
    "survey_records",
]

_FEW: Final = st.integers(0, 3)


def entities(
    *, kinds: Iterable[type[Entity]] | None = None, program: Program | None = None
) -> st.SearchStrategy[Entity]:
    """Entities of all kinds, or of the kinds named, as the rules of a program leave them."""
    family: dict[type[Entity], st.SearchStrategy[Entity]] = {
        Customer: customers(),
        Relation: relations(program=program),
        Member: members(program=program),
        OrderRecord: order_records(program=program),
        Coupon: coupons(program=program),
        Campaign: campaigns(program=program),
        Daybook: daybooks(),
        SurveyRecord: survey_records(),
    }
    return of_kinds(family, kinds)


@st.composite
def customers(draw: st.DrawFn) -> Customer:
    """Customers, some of whom the shop does not know yet."""
    blank = Customer(id=draw(customer_ids()))
    if not draw(_FEW):
        return blank
    name = draw(st.none() | personal_refs())
    source, at = draw(plain_ids()), draw(moments())
    is_named_at_once = draw(st.booleans())
    added = blank.apply(
        CustomerAdded(
            customer=blank.id, source=source, name=name if is_named_at_once else None, at=at
        )
    )
    if name is None or is_named_at_once:
        return added
    return added.apply(CustomerNamed(customer=blank.id, name=name, at=at))


@st.composite
def relations(draw: st.DrawFn, *, program: Program | None = None) -> Relation:
    """Relations in any stage of a program's first lifecycle, to which they went by its ways."""
    lifecycle = draw(lifecycles()) if program is None else program.lifecycles[0]
    friend = draw(new_friends())
    stage = lifecycle.first
    added = evolve(friend_added(friend), placed=(Placed(lifecycle.name, stage.name),))
    relation = Relation(id=friend.relation).apply(added)
    for _ in range(draw(_FEW)):
        at = draw(moments())
        relation = relation.apply(follow_up_raised(friend, stage.name, at))
        ways = [way for way in lifecycle.stages if way.name in stage.ways]
        if ways:
            left, stage = stage, draw(st.sampled_from(ways))
            moved = stage_moved(friend, left.name, stage.name, at, lifecycle=lifecycle.name)
            relation = relation.apply(moved)
    return relation


@st.composite
def members(draw: st.DrawFn, *, program: Program | None = None) -> Member:
    """Members of a program as a few orders and refunds leave them, near its thresholds too."""
    rules = draw(programs()) if program is None else program
    customer, at = draw(customer_ids()), draw(moments())
    amounts = amounts_near(rules.ladder, currency=rules.currency)
    state = State(Customer(id=customer, version=1, known_since=at, source="friend"))
    imported = draw(st.none() | amounts)
    if imported is not None:
        told = MemberImport(customer=customer, joined_at=at, spent=imported)
        state = import_member(state, told, rules, at=at).after
    for number in range(draw(st.integers(0 if imported is not None else 1, 3))):
        order = Order(id=f"A-{number}", customer=customer, paid=draw(amounts), paid_at=at)
        state = record_order(state, order, rules, at=at).after
        for refund in draw(refunds_of(order, max_refunds=1)):
            state = reverse_order(state, refund, rules, at=at).after
    return state.member(customer)


@st.composite
def order_records(draw: st.DrawFn, *, program: Program | None = None) -> OrderRecord:
    """Records of orders with their refunds: applied, waiting for the order, or beyond it."""
    rules = draw(programs()) if program is None else program
    order, at = draw(orders(currency=rules.currency)), draw(moments())
    told: list[Order | Refund] = list(draw(refunds_of(order)))
    told.insert(draw(st.integers(0, len(told))), order)
    ends = draw(st.integers(1, len(told)))  # the order may not have come yet
    state = State(Customer(id=order.customer, version=1, known_since=at, source="friend"))
    for command in told[:ends]:
        state = decide(state, command, rules, at=at).after
    return state.order(order.id)


@st.composite
def coupons(draw: st.DrawFn, *, program: Program | None = None) -> Coupon:
    """Coupons of a program: given out, used, run out, and blank ones."""
    offers = [] if program is None else _offers(program)
    anything = st.tuples(campaign_names(), coupon_templates())
    campaign, offer = draw(st.sampled_from(offers) if offers else anything)
    blank, customer, at = Coupon(id=draw(coupon_ids())), draw(customer_ids()), draw(moments())
    issued = blank.apply(
        coupon_issued(offer, coupon=blank.id, customer=customer, campaign=campaign, at=at)
    )
    match draw(_FEW):
        case 0:
            return blank
        case 1:
            return issued
        case 2:
            return issued.apply(_redeemed(issued, customer, draw(order_ids()), at))
        case _:
            return issued.apply(
                CouponExpired(coupon=issued.id, customer=customer, value=issued.value, at=at)
            )


def _redeemed(
    coupon: Coupon, customer: CustomerId, order: OrderId, at: pendulum.DateTime
) -> CouponRedeemed:
    return CouponRedeemed(
        coupon=coupon.id, customer=customer, order=order, value=coupon.value, at=at
    )


def _offers(program: Program) -> list[tuple[CampaignName, CouponTemplate]]:
    return [(rules.name, offer) for rules in program.campaigns for offer in rules.coupons]


@st.composite
def campaigns(draw: st.DrawFn, *, program: Program | None = None) -> Campaign:
    """Campaigns of a program, running and paused."""
    names = [] if program is None else [rules.name for rules in program.campaigns]
    campaign = Campaign(id=draw(st.sampled_from(names) if names else campaign_names()))
    for turn in range(draw(_FEW)):
        happened = CampaignResumed if turn % 2 else CampaignPaused
        campaign = campaign.apply(happened(campaign=campaign.id, at=draw(moments())))
    return campaign


@st.composite
def daybooks(draw: st.DrawFn) -> Daybook:
    """Daybooks of customers, with days that were told and some that were celebrated."""
    book = Daybook(id=draw(customer_ids()))
    for told in draw(st.lists(days_learned(customers=st.just(book.id)), max_size=2)):
        book = book.apply(told)
    for day in book.days:
        if draw(st.booleans()):
            year, at = draw(st.integers(1990, 2100)), draw(moments())
            book = book.apply(
                DayCelebrated(customer=book.id, name=day.name, year=year, fell_in=year, at=at)
            )
    return book


@st.composite
def survey_records(draw: st.DrawFn) -> SurveyRecord:
    """Surveys as they go with customers: never asked, half answered, nudged, finished."""
    survey, customer, at = draw(survey_names()), draw(customer_ids()), draw(moments())
    record = SurveyRecord(id=survey_record_id(survey, customer))
    if not draw(_FEW):
        return record
    told: dict[str, Any] = {"survey": survey, "customer": customer, "at": at}
    happened: list[Event] = [SurveyStarted(**told, relation=draw(relation_ids()))]
    for question in draw(st.lists(question_ids(), max_size=3, unique=True)):
        happened.append(QuestionAsked(**told, question=question))
        happened.append(SurveyAnswered(**told, question=question, value=draw(answers())))
    match draw(_FEW):
        case 0:
            happened.append(SurveyFinished(**told))
        case 1:
            happened.append(SurveyNudged(**told, question=draw(question_ids())))
    for event in happened:
        record = record.apply(event)
    return record
