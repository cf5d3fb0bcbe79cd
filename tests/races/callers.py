"""A thousand callers after a hundred coupons: threads of one process, or of several processes."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from threading import Barrier

import pendulum
from attrs import evolve

from privlib import (
    CampaignRules,
    CouponIssue,
    CouponTemplate,
    Money,
    Order,
    PrivateDomain,
    SqlStorage,
    default_program,
    hookimpl,
    yuan,
)

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
CUSTOMERS = [f"customer-{number:04}" for number in range(1_000)]
COUPON = CouponTemplate(name="1 fen off", value=Money(1), threshold=Money(1), valid_days=30)
ONE_EACH = evolve(COUPON, name="1 fen off, once", per_customer=1)


def program(rounds):
    """A campaign for each round, with a budget of a hundred coupons of 1 fen."""
    return evolve(
        default_program(),
        campaigns=[
            CampaignRules(
                name=campaign(round),
                starts=date(2026, 6, 1),
                budget=Money(100),
                coupons=[COUPON, ONE_EACH],
            )
            for round in range(rounds)
        ],
    )


def campaign(round):
    return f"round-{round}"


def get_to_know_everybody(storage):
    PrivateDomain(default_program(), plugins=[storage]).record_orders(
        Order(id=f"A-{name}", customer=name, paid=yuan(0), paid_at=NOON) for name in CUSTOMERS
    )


def wish(customer, round, *, coupon=COUPON, number=1):
    return CouponIssue(
        key=f"{round}-{customer}-{number}",
        customer=customer,
        campaign=campaign(round),
        coupon=coupon.name,
    )


def issue_each(domain, wishes):
    return [domain.issue_coupon(wish, at=NOON) for wish in wishes]


def dealt(wishes, hands):
    return [wishes[hand::hands] for hand in range(hands)]


class Together:
    """A storage in front of another, in which nobody's first save comes before all have decided."""

    name = "together"

    def __init__(self, storage, gate):
        self._storage = storage
        self._gate = gate
        self._came = set()

    def __getattr__(self, name):
        return getattr(self._storage, name)

    @hookimpl
    def privlib_storage(self):
        return self

    def save(self, decision):
        if decision.key not in self._came:
            self._came.add(decision.key)
            self._gate.wait(60)
        return self._storage.save(decision)


def domain_of_callers(storage, rounds, gate):
    return PrivateDomain(program(rounds), plugins=[Together(storage, gate)])


class Threads:
    """So many threads over one domain."""

    def __init__(self, storage, rounds, *, count):
        self.count = count
        self.domain = domain_of_callers(storage, rounds, Barrier(count))

    def issue(self, wishes):
        with ThreadPoolExecutor(self.count) as pool:
            hands = dealt(wishes, self.count)
            return chain_all(pool.map(issue_each, [self.domain] * self.count, hands))


class Processes:
    """So many processes over one database, each with a domain of its own."""

    def __init__(self, url, rounds, *, count):
        self.count = count
        spawning = get_context("spawn")
        self.pool = ProcessPoolExecutor(
            count, spawning, initializer=move_in, initargs=(url, rounds, spawning.Barrier(count))
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pool.shutdown()

    def issue(self, wishes):
        return chain_all(self.pool.map(call, dealt(wishes, self.count)))


def chain_all(shares):
    return [decision for share in shares for decision in share]


OWN = {}


def move_in(url, rounds, gate):
    """What a new process does first."""
    OWN["domain"] = domain_of_callers(SqlStorage(url, durability="normal"), rounds, gate)


def call(wishes):
    """What a process does in each round: it waits for the others at its first caller."""
    return issue_each(OWN["domain"], wishes)
