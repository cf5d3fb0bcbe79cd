"""The laws of refunds (M4), as checks of a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import strategies as st

from privlib.commands import Order, Refund
from privlib.decisions.verbs import decide
from privlib.entities import OrderRecord
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop, Decide
from privlib.testing.laws.cases import AT
from privlib.testing.laws.trial import Programs, Settings, Trial
from privlib.testing.strategies import money, orders, refunds_of
from privlib.values.ids import EntityRef, RefundId
from privlib.values.money import Money

__all__ = [
    "check_refunding_everything_restores_the_spend",
    "check_refunds_never_exceed_what_was_paid",
]

Refunded = tuple[Order, list[Refund]]


def check_refunding_everything_restores_the_spend(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """M4: in any parts, refunding everything gives back exactly what was paid, line by line."""
    Trial("M4", program, decide, settings).over(_parts, _what_is_lost)


@st.composite
def _parts(draw: st.DrawFn, program: Program) -> Refunded:
    """An order, of a few minor units perhaps, with refunds of some of it and then of the rest."""
    few = Money(9, program.currency)
    order = draw(orders(currency=program.currency) | orders(max_paid=few))
    parts = draw(refunds_of(order))
    left = order.paid.minor - sum(part.amount.minor for part in parts if part.amount is not None)
    ended = bool(parts) and parts[-1].amount is None
    rest = draw(st.sampled_from([None, 0 if ended else left]))
    last = Refund(
        id="the rest",
        order=order.id,
        customer=order.customer,
        amount=None if rest is None else Money(rest, program.currency),
    )
    return order, [*parts, last]


def _what_is_lost(shop: BareShop, refunded: Refunded) -> Iterator[str]:
    order, refunds = refunded
    shop.knows(order.customer, since=AT)
    shop.tell(order, at=AT)
    for refund in refunds:
        refusals = shop.tell(refund, at=AT).refusals
        if refusals:
            yield f"the refund {refund.id} is refused: {refusals}"
    member, record = shop.member(order.customer), _record(shop, order)
    if member.spent:
        yield f"of {order.paid}, all refunded, {member.spent} still count"
    if record.refunded != order.paid:
        yield f"of {order.paid}, {record.refunded} went back"
    back: Counter[str] = Counter()
    for each in record.refunds:
        back.update({share.line: share.amount.minor for share in each.lines})
    if back != Counter({line.id: line.paid.minor for line in order.lines}):
        yield f"by line, this went back: {dict(back)}"


def _record(shop: BareShop, order: Order) -> OrderRecord:
    found = shop.entities.get(EntityRef("order", order.id))
    return found if isinstance(found, OrderRecord) else OrderRecord(id=order.id)


def check_refunds_never_exceed_what_was_paid(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """M4: after any refunds, told before or after their order, no more went back than was paid."""
    Trial("M4", program, decide, settings).over(_too_much, _what_exceeds)


@st.composite
def _too_much(draw: st.DrawFn, program: Program) -> list[Order | Refund]:
    """An order between refunds of any amount, some of them above what was paid."""
    order = draw(orders(currency=program.currency))
    anything = money(currency=program.currency) | st.just(order.paid)
    told: list[Order | Refund] = [
        Refund(id=RefundId(f"R-{number}"), order=order.id, customer=order.customer, amount=amount)
        for number, amount in enumerate(draw(st.lists(st.none() | anything, max_size=4)))
    ]
    told.insert(draw(st.integers(0, len(told))), order)
    return told


def _what_exceeds(shop: BareShop, told: list[Order | Refund]) -> Iterator[str]:
    (order,) = (command for command in told if isinstance(command, Order))
    shop.knows(order.customer, since=AT)
    for command in told:
        shop.tell(command, at=AT)
        record, spent = _record(shop, order), shop.member(order.customer).spent
        if record.refunded is None:
            continue
        if record.refunded > order.paid:
            yield f"of {order.paid}, {record.refunded} went back"
        if spent != order.paid - record.refunded:
            yield f"of {order.paid}, {record.refunded} went back and {spent} count"
