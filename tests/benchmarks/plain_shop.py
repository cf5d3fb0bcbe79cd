"""The plain shop: what record_order decides, on whole numbers, tuples and dicts: the floor of it.

It knows what the orders of the stream need: newcomers are enrolled and welcomed, tiers reached and
gifts granted. There are no refunds, no lines, and nothing is checked that cannot be wrong here.

An event is a tuple: its name, the kind and id of what it is about, then its fields. A moment is
its microseconds since 1970, an amount its minor units.
"""

import hashlib
import json
from bisect import bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from attrs import evolve

from privlib import Lifecycle, Stage
from privlib.values.template import variables_of

__all__ = ["PlainDecision", "PlainShop", "Rules", "encode", "rules_of", "with_still_stages"]

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

NOBODY = (0, None, None, ())
NO_MEMBER = (0, None, 0, 0, 0, None, None, (), ())
NO_ORDER = (0, None)


class Rules(NamedTuple):
    """What of a program the plain shop goes by."""

    version: str
    currency: str
    zone: ZoneInfo
    employee: str
    carrier: str
    thresholds: tuple
    rungs: dict
    tiers: tuple
    stage: str
    follow_up_days: int
    welcome: str
    variables: tuple
    deadline: int


class PlainDecision(NamedTuple):
    """What follows from one order; `after` are the entities that changed, by kind and id."""

    key: str
    input_hash: str
    at: int
    before: list
    events: list
    requests: list
    timers: list
    after: dict


def with_still_stages(program):
    """The program with stages between which only employees move anybody."""
    stages = [
        Stage(name="new friend", leads_to=["in touch"], follow_up_days=3),
        Stage(name="in touch", role="terminal"),
    ]
    return evolve(program, lifecycles=[Lifecycle(name="customer", stages=stages)])


def rules_of(program):
    """A program in plain values."""
    tiers = program.ladder.tiers
    names = {"shop": program.shop.name, "name": program.welcome.name_if_unknown}
    first = program.lifecycles[0].first
    return Rules(
        version=program.version,
        currency=program.currency,
        zone=ZoneInfo(program.zone),
        employee=program.enrolment.employee,
        carrier=program.enrolment.carrier,
        thresholds=tuple(tier.threshold.minor for tier in tiers),
        rungs={None: 0, **{tier.name: rung for rung, tier in enumerate(tiers, 1)}},
        tiers=tuple(
            (tier.name, tier.threshold.minor, tier.gift.id, tier.gift.value.minor, tier.gift.items)
            for tier in tiers
        ),
        stage=first.name,
        follow_up_days=first.follow_up_days,
        welcome=program.welcome.text,
        variables=tuple((name, names[name]) for name in variables_of(program.welcome.text)),
        deadline=program.welcome.deadline_seconds * 1_000_000,
    )


class PlainShop:
    """The shop's memory: a dict for each kind of entity."""

    def __init__(self, rules):
        self.rules = rules
        self.customers, self.members, self.relations, self.orders = {}, {}, {}, {}

    def record_order(self, order):
        """What follows from a paid order; it has happened to the shop's memory, too."""
        id, customer, minor, _, at = order
        decision = self._begun(order)
        if id in self.orders:
            return decision
        member = self.members.get(customer, NO_MEMBER)
        if member[1] is None:
            member = self._befriend(customer, decision)
        version, joined_at, spent, paid, orders, last, tier, reached, gifts = member
        decision.events.append(("OrderRecorded", "order", id, order, at))
        decision.events.append(("SpendAdded", "member", customer, id, minor, at))
        spent = spent + minor
        last = at if last is None or last < at else last
        counted = (version + 1, joined_at, spent, paid + minor, orders + 1, last)
        member = (*counted, tier, reached, gifts)
        above = self.rules.rungs[tier]
        reaches = bisect_right(self.rules.thresholds, spent)
        if reaches > above:
            member = self._climb(member, decision, order, self.rules.tiers[above:reaches])
        self.members[customer] = decision.after["member", customer] = member
        self.orders[id] = decision.after["order", id] = (1, order)
        return decision

    def _begun(self, order):
        """The decision with what it is based on, before anything happens."""
        id, customer, minor, currency, at = order
        plain = {"customer": customer, "id": id, "paid": [minor, currency], "paid_at": at}
        before = [
            ("customer", customer, self.customers.get(customer, NOBODY)[0]),
            ("member", customer, self.members.get(customer, NO_MEMBER)[0]),
            ("order", id, self.orders.get(id, NO_ORDER)[0]),
        ]
        relation = self.customers.get(customer, NOBODY)[3]
        if relation:
            before.append(("relation", relation, 1))
        hashed = f"none:{hashlib.sha256(encode(plain).encode()).hexdigest()}"
        return PlainDecision(f"order:{id}:paid", hashed, at, before, [], [], [], {})

    def _befriend(self, customer, decision):
        """Get to know a newcomer and welcome him, have him followed up, and make him a member."""
        rules, at, source = self.rules, decision.at, "first order"
        relation = f"{rules.carrier}:{rules.employee}:{customer}"
        tie = (customer, rules.employee, rules.carrier, source)
        decision.before.append(("relation", relation, 0))
        decision.events.append(("CustomerAdded", "customer", customer, source, at))
        decision.events.append(("FriendAdded", "relation", relation, *tie, rules.stage, at))
        decision.events.append(("RelationBegun", "customer", customer, relation, at))
        decision.events.append(("MemberJoined", "member", customer, rules.currency, at))
        self.customers[customer] = decision.after["customer", customer] = (2, at, source, relation)
        self.relations[relation] = (1, *tie, at, rules.stage)
        decision.after["relation", relation] = self.relations[relation]
        decision.requests.append(
            (
                "SendMessage",
                f"{decision.key}/welcome/1",
                customer,
                relation,
                rules.employee,
                rules.carrier,
                rules.welcome,
                rules.variables,
                at + rules.deadline,
            )
        )
        due = self._follow_up(at)
        decision.timers.append(("FollowUpDue", relation, customer, rules.stage, 1, due))
        return (1, at, *NO_MEMBER[2:])

    def _climb(self, member, decision, order, tiers):
        """Let a member reach these tiers, and grant him each gift that he was not granted."""
        version, joined_at, spent, paid, orders, last, tier, reached, gifts = member
        id, customer, _, _, at = order
        for tier, threshold, gift, value, items in tiers:
            decision.events.append(
                ("TierReached", "member", customer, tier, threshold, spent, id, at)
            )
            version, reached = version + 1, (*reached, (tier, threshold, id, at))
            if all(granted[0] != gift for granted in gifts):
                decision.events.append(("GiftGranted", "member", customer, gift, tier, value, at))
                version, gifts = version + 1, (*gifts, (gift, value, at))
                key = f"{decision.key}/gift/{gift}"
                decision.requests.append(("ShipGift", key, customer, gift, items, value, id))
        return (version, joined_at, spent, paid, orders, last, tier, reached, gifts)

    def _follow_up(self, at):
        """So many days later at the same time on the wall."""
        seconds, rest = divmod(at, 1_000_000)
        wall = datetime.fromtimestamp(seconds, self.rules.zone)
        due = wall + timedelta(days=self.rules.follow_up_days)
        return int(due.timestamp()) * 1_000_000 + rest
