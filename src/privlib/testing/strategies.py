"""Strategies: what Hypothesis draws, valid by construction, for a shop's own tests and for ours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from privlib.commands import MemberImport, NewFriend, Order, OrderLine, Refund, RefundLine
from privlib.decisions.import_member import import_member
from privlib.decisions.record_order import record_order
from privlib.decisions.reverse_order import reverse_order
from privlib.decisions.state import State
from privlib.entities import Customer, Member
from privlib.errors import InvalidValueError
from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.enrolment import ContactLikeIds, Enrolment, ImportedMember, UnknownCustomer
from privlib.program.ladder import Gift, GiftAfterRefund, Ladder, Tier, TierAfterRefund
from privlib.program.program import Program, Shop
from privlib.program.stages import Stage, Stages
from privlib.program.welcome import Welcome
from privlib.values.ids import LONGEST_ID, CustomerId, OrderId, looks_like_contact
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.money import LARGEST_MINOR, Money
from privlib.values.personal import Masked
from privlib.values.rate import Rate

__all__ = [
    "amounts_near",
    "customer_ids",
    "histories",
    "ladders",
    "members",
    "moments",
    "money",
    "new_friends",
    "order_ids",
    "orders",
    "programs",
    "rates",
    "refunds_of",
]

_RANGE: Final = 100_000_000
_FIRST: Final = moment(pendulum.datetime(2000, 1, 1))
_LAST: Final = moment(pendulum.datetime(2100, 1, 1))
_ZONES: Final = ("Asia/Shanghai", "UTC", "America/New_York", "Europe/London", "Pacific/Apia")
_DAYS: Final = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_ID_CHARACTERS: Final = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
_PLAIN_IDS: Final = st.integers(1, 9_999).map(lambda number: f"A-{number}")
_SHORT_IDS: Final = st.text(_ID_CHARACTERS, min_size=1, max_size=16).map(str.strip).filter(bool)
_ODD_IDS: Final = _SHORT_IDS | st.sampled_from(["%" * LONGEST_ID, "私" * LONGEST_ID])
_IDS: Final = _PLAIN_IDS | _ODD_IDS
_TEXT_CHARACTERS: Final = st.characters(codec="utf-8", exclude_characters="\0{}")
_TEXTS: Final = st.text(_TEXT_CHARACTERS, max_size=32)
_PEOPLE: Final = st.sampled_from(["wei", "mei", "lan", "jun", "customer-4711"])
_PSEUDONYMS: Final = _ODD_IDS.filter(lambda text: not looks_like_contact(text))
_CUSTOMER_IDS: Final = (_PEOPLE | _PSEUDONYMS).map(CustomerId)
_ORDER_IDS: Final = _IDS.map(OrderId)


def money(
    *,
    min_value: Money | None = None,
    max_value: Money | None = None,
    currency: str | None = None,
) -> st.SearchStrategy[Money]:
    """Amounts from `min_value` (nothing) to `max_value`, both inclusive, of one currency.

    The currency is that of the bounds, CNY without any. Without `max_value` an amount is at most
    100,000,000 minor units above the least.

    Raises InvalidValueError where the bounds leave nothing between, CurrencyMismatchError where
    they are of two currencies.
    """
    bound = max_value if min_value is None else min_value
    code = currency or (bound.currency if bound is not None else "CNY")
    low = Money.zero(code) if min_value is None else min_value
    high = Money(min(low.minor + _RANGE, LARGEST_MINOR), code) if max_value is None else max_value
    if low > high or low > Money(LARGEST_MINOR, code):
        raise InvalidValueError(f"no amount lies between {low} and {high}")
    return st.integers(low.minor, high.minor).map(lambda minor: Money(minor, code))


@st.composite
def rates(draw: st.DrawFn, *, max_value: Rate | None = None) -> Rate:
    """Exact shares from 0 to `max_value` (the whole), both inclusive."""
    most = Rate(1) if max_value is None else max_value
    denominator = draw(st.sampled_from([1, 3, 8, 100, 10_000]) | st.integers(1, 1_000_000))
    return Rate(draw(st.integers(0, denominator)) * most.numerator, denominator * most.denominator)


def customer_ids() -> st.SearchStrategy[CustomerId]:
    """Ids of customers: pseudonyms, never a phone number or an e-mail address."""
    return _CUSTOMER_IDS


def order_ids() -> st.SearchStrategy[OrderId]:
    """Ids of orders, as a shop may make them."""
    return _ORDER_IDS


def moments(
    *, min_value: pendulum.DateTime | None = None, max_value: pendulum.DateTime | None = None
) -> st.SearchStrategy[pendulum.DateTime]:
    """Instants in UTC, to the microsecond, of this century where no bound is given.

    Raises InvalidValueError where the bounds leave nothing between.
    """
    low = _FIRST if min_value is None else moment(min_value)
    high = max(low, _LAST) if max_value is None else moment(max_value)
    if min_value is None:
        low = min(low, high)
    if low > high:
        raise InvalidValueError(f"no moment lies between {low.isoformat()} and {high.isoformat()}")
    return st.integers(to_micros(low), to_micros(high)).map(from_micros)


_MOMENTS: Final = moments()
_MAYBE_MOMENTS: Final = st.none() | _MOMENTS
_FLAGS: Final = st.booleans()


def _split(draw: st.DrawFn, whole: int, parts: int) -> list[int]:
    """A whole amount in so many parts, some of them perhaps nothing."""
    places = st.lists(st.integers(0, whole), min_size=parts - 1, max_size=parts - 1)
    return [upper - lower for lower, upper in pairwise([0, *sorted(draw(places)), whole])]


@st.composite
def orders(
    draw: st.DrawFn,
    *,
    customers: st.SearchStrategy[CustomerId] | None = None,
    max_paid: Money | None = None,
    with_lines: bool | None = None,
) -> Order:
    """Paid orders of up to `max_paid`, with or without lines, with or without a time."""
    paid = draw(money(max_value=max_paid))
    has_lines = draw(_FLAGS) if with_lines is None else with_lines
    return Order(
        id=draw(order_ids()),
        customer=draw(customer_ids() if customers is None else customers),
        paid=paid,
        paid_at=draw(_MAYBE_MOMENTS),
        lines=_lines(draw, paid) if has_lines else (),
    )


def _lines(draw: st.DrawFn, paid: Money) -> tuple[OrderLine, ...]:
    ids = draw(st.lists(_IDS, min_size=1, max_size=4, unique=True))
    return tuple(
        OrderLine(
            id=id,
            sku=draw(_IDS),
            quantity=draw(st.integers(1, 99)),
            paid=Money(minor, paid.currency),
        )
        for id, minor in zip(ids, _split(draw, paid.minor, len(ids)), strict=True)
    )


@st.composite
def refunds_of(draw: st.DrawFn, order: Order, *, max_refunds: int = 4) -> list[Refund]:
    """Partial refunds of an order that never exceed what was paid, in the order to tell them.

    Either all of them name lines or none does, but for the last: it may be one of all that is
    left. Told before, after or around their order, none is refused.
    """
    ids = draw(st.lists(_IDS, max_size=max_refunds, unique=True))
    by_line = draw(_FLAGS) and bool(order.lines)
    parts = _line_parts(draw, order, len(ids)) if by_line else _parts(draw, order, len(ids))
    refunds = [
        Refund(
            id=id,
            order=order.id,
            customer=order.customer,
            amount=amount,
            refunded_at=_after_payment(order, draw(_MAYBE_MOMENTS)),
            lines=lines,
        )
        for id, (amount, lines) in zip(ids, parts, strict=True)
    ]
    ends_with_the_rest = draw(_FLAGS)
    if refunds and ends_with_the_rest:
        refunds[-1] = evolve(refunds[-1], amount=None, lines=())
    return refunds


def _after_payment(order: Order, at: pendulum.DateTime | None) -> pendulum.DateTime | None:
    return at if at is None or order.paid_at is None else max(at, order.paid_at)


def _parts(draw: st.DrawFn, order: Order, count: int) -> list[tuple[Money, tuple[RefundLine, ...]]]:
    minors = _split(draw, order.paid.minor, count + 1)[:count]
    return [(Money(minor, order.paid.currency), ()) for minor in minors]


def _line_parts(
    draw: st.DrawFn, order: Order, count: int
) -> list[tuple[Money, tuple[RefundLine, ...]]]:
    code = order.paid.currency
    columns = [_split(draw, line.paid.minor, count + 1) for line in order.lines]
    parts = []
    for shares in list(zip(*columns, strict=True))[:count]:
        lines = tuple(
            RefundLine(line=line.id, amount=Money(share, code))
            for line, share in zip(order.lines, shares, strict=True)
            if share
        )
        parts.append((Money(sum(shares), code), lines))
    return parts


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    customers: int = 3,
    max_orders: int = 6,
    max_paid: Money | None = None,
    with_lines: bool | None = None,
    refunds_first: bool = True,
) -> list[Order | Refund]:
    """Orders and refunds of a few customers, in the order in which a shop comes to tell them.

    Refunds never exceed what was paid. Unless `refunds_first` is False, some are told before
    their order.
    """
    people = draw(st.lists(customer_ids(), min_size=1, max_size=customers, unique=True))
    ids = draw(st.lists(order_ids(), max_size=max_orders, unique=True))
    told: list[list[Order | Refund]] = []
    for id in ids:
        drawn = orders(customers=st.sampled_from(people), max_paid=max_paid, with_lines=with_lines)
        order = evolve(draw(drawn), id=id)
        of_one: list[Order | Refund] = list(draw(refunds_of(order)))
        of_one.insert(draw(st.integers(0, len(of_one))) if refunds_first else 0, order)
        told.append(of_one)
    turns = draw(st.permutations([turn for turn, of_one in enumerate(told) for _ in of_one]))
    streams = [iter(of_one) for of_one in told]
    return [next(streams[turn]) for turn in turns]


@st.composite
def ladders(draw: st.DrawFn, *, max_tiers: int = 5, currency: str = "CNY") -> Ladder:
    """Ladders of up to `max_tiers` tiers, with or without gifts, under any rule for refunds."""
    thresholds = draw(st.sets(st.integers(1, _RANGE), max_size=max_tiers))
    names = draw(st.lists(_IDS, min_size=len(thresholds), max_size=len(thresholds), unique=True))
    gifts = draw(
        st.lists(_gifts(currency), max_size=len(names), unique_by=lambda gift: gift.id).map(
            lambda some: [*some, *[None] * (len(names) - len(some))]
        )
        if names
        else st.just([])
    )
    return Ladder(
        tiers=[
            Tier(name=name, threshold=Money(threshold, currency), gift=gift)
            for name, threshold, gift in zip(
                names, sorted(thresholds), draw(st.permutations(gifts)), strict=True
            )
        ],
        tier_after_refund=draw(st.sampled_from(TierAfterRefund)),
        gift_after_refund=draw(st.sampled_from(GiftAfterRefund)),
    )


@cache
def _any_money(currency: str) -> st.SearchStrategy[Money]:
    return money(currency=currency)


@cache
def _gifts(currency: str) -> st.SearchStrategy[Gift]:
    return st.builds(
        Gift,
        id=_IDS,
        value=_any_money(currency),
        items=st.lists(_TEXTS, max_size=2),
    )


def amounts_near(ladder: Ladder, *, currency: str | None = None) -> st.SearchStrategy[Money]:
    """Amounts at each threshold of a ladder, one minor unit below and above it, and any others.

    The currency is that of the thresholds, CNY without any.

    Raises CurrencyMismatchError where the thresholds are of another currency than the one named.
    """
    thresholds = [tier.threshold for tier in ladder.tiers]
    code = currency or (thresholds[0].currency if thresholds else "CNY")
    edges = [
        at + Money(step, code)
        for at in thresholds
        for step in (-1, 0, 1)
        if at.minor + step <= LARGEST_MINOR
    ]
    anywhere = _any_money(code)
    return st.sampled_from(edges) | anywhere if edges else anywhere


@st.composite
def programs(draw: st.DrawFn, *, currency: str = "CNY", max_tiers: int = 5) -> Program:
    """Whole programs of one currency, under any rules."""
    return Program(
        shop=Shop(name=draw(_TEXTS), currency=currency, zone=draw(st.sampled_from(_ZONES))),
        enrolment=draw(_enrolments()),
        ladder=draw(ladders(max_tiers=max_tiers, currency=currency)),
        stages=draw(_stages()),
        welcome=draw(_welcomes()),
        campaigns=draw(
            st.lists(_campaigns(currency), max_size=2, unique_by=lambda rules: rules.name)
        ),
    )


def _enrolments() -> st.SearchStrategy[Enrolment]:
    return st.builds(
        Enrolment,
        unknown_customer=st.sampled_from(UnknownCustomer),
        imported_member=st.sampled_from(ImportedMember),
        contact_like_ids=st.sampled_from(ContactLikeIds),
        carrier=_IDS,
        employee=_IDS,
    )


@st.composite
def _stages(draw: st.DrawFn) -> Stages:
    """Stages of which each but the first is led to by an earlier one."""
    names = draw(st.lists(_IDS, min_size=1, max_size=4, unique=True))
    ways = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3))
    ways += [(draw(st.sampled_from(names[:place])), names[place]) for place in range(1, len(names))]
    return Stages(
        stages=[
            Stage(
                name=name,
                leads_to=dict.fromkeys(target for source, target in ways if source == name),
                follow_up_days=draw(st.none() | st.integers(1, 365)),
            )
            for name in names
        ]
    )


def _welcomes() -> st.SearchStrategy[Welcome]:
    pieces = st.lists(st.sampled_from(["{name}", "{shop}", "Hello "]) | _TEXTS, max_size=3)
    return st.builds(
        Welcome,
        text=pieces.map("".join),
        deadline_seconds=st.integers(1, 604_800),
        name_if_unknown=_TEXTS,
    )


@st.composite
def _campaigns(draw: st.DrawFn, currency: str) -> CampaignRules:
    starts = draw(_DAYS)
    days = draw(st.none() | st.integers(1, 400))
    return CampaignRules(
        name=draw(_IDS),
        starts=starts,
        ends=None if days is None else starts + timedelta(days=days),
        budget=draw(_any_money(currency)),
        coupons=draw(
            st.lists(_coupons(currency), max_size=2, unique_by=lambda coupon: coupon.name)
        ),
    )


@st.composite
def _coupons(draw: st.DrawFn, currency: str) -> CouponTemplate:
    value = draw(money(min_value=Money(1, currency)))
    return CouponTemplate(
        name=draw(_IDS),
        value=value,
        threshold=draw(money(min_value=value)),
        valid_days=draw(st.none() | st.integers(1, 400)),
        per_customer=draw(st.none() | st.integers(1, 5)),
    )


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


def new_friends(
    *,
    customers: st.SearchStrategy[CustomerId] | None = None,
    employees: Iterable[str] = ("lin", "chen"),
    with_names: bool = False,
) -> st.SearchStrategy[NewFriend]:
    """New friends of a shop's employees; with names only where the program has a secret."""
    return st.builds(
        NewFriend,
        customer=customer_ids() if customers is None else customers,
        employee=st.sampled_from(list(employees)),
        carrier=st.sampled_from(["console", "wecom"]) | _IDS,
        added_at=moments(),
        source=st.sampled_from(["friend", "poster", "first order"]) | _IDS,
        name=_TEXTS.map(Masked) if with_names else st.none(),
    )
