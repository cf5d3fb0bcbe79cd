"""Deciding: what follows from paid orders, one after the other, with nothing but memory."""

from statistics import median

from tests.benchmarks.measuring import interleaved, median_ratio, medians
from tests.benchmarks.plain_shop import PlainShop, rules_of, with_still_stages
from tests.benchmarks.stream import plain_order, stream
from tests.benchmarks.targets import Row, at_least

from privlib import State, default_program, needs, record_order

RATE = at_least("R1", "record_order", gate=25_000, goal=60_000, unit="a second")

ORDERS = 6_300


def rows(effort):
    """The rate in CPU time, and what the plain shop takes for the same orders."""
    program, orders = with_still_stages(default_program()), stream(ORDERS)
    rules, plain = rules_of(program), [plain_order(order) for order in orders]
    spent = interleaved(
        {
            "ours": lambda _: decided(orders, program),
            "floor": lambda _: decided_plainly(plain, rules),
        },
        range(effort.rounds),
    )
    times = median_ratio(spent["ours"], spent["floor"])
    micros = {name: seconds / ORDERS * 1e6 for name, seconds in medians(spent).items()}
    wall = ORDERS / median(each.wall for each in spent["ours"])
    yield Row(
        target=RATE,
        value=1e6 / micros["ours"],
        note=f"{micros['ours']:.3g} us, {times:.3g} x the floor's {micros['floor']:.3g} us; "
        f"{wall:,.0f} a second on the wall",
    )


def decided(orders, program, entities=None):
    """The decisions, each upon the entities that the ones before it have left."""
    entities = {} if entities is None else entities
    decisions = []
    for order in orders:
        found = {ref: entities[ref] for ref in needs(order).entities if ref in entities}
        state = State.of_refs(found)
        more = needs(order, state).entities
        if more:
            state = State.of_refs(found | {ref: entities[ref] for ref in more})
        decision = record_order(state, order, program, at=order.paid_at)
        entities.update(decision.changes)
        decisions.append(decision)
    return decisions


def decided_plainly(orders, rules):
    """The floor: the same in plain values."""
    shop = PlainShop(rules)
    return [shop.record_order(order) for order in orders]
