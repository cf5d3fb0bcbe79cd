"""A recorded workload: a week of a shop, in which every verb there is has its turn."""

import os
from datetime import date

import pendulum
from attrs import define, evolve

from privlib import (
    Actor,
    CampaignPause,
    CampaignResumption,
    CampaignRules,
    CouponIssue,
    CouponRedemption,
    CouponTemplate,
    FreeText,
    GivenAnswer,
    Lifecycle,
    MemberImport,
    NewFriend,
    OneChoice,
    Option,
    Order,
    OrderLine,
    PrivateDomain,
    Refund,
    RefundLine,
    Stage,
    StageMove,
    Survey,
    SurveyAnswer,
    SurveyAnswers,
    SurveyOutcome,
    SurveyStart,
    Welcome,
    default_program,
    hookimpl,
    yuan,
)
from privlib.conditions import field
from privlib.plugins import Capabilities, Delivery
from privlib.requests import RemindEmployee, SendMessage, ShipGift, SuggestToEmployee
from privlib.testing.verbs import tell_domain
from privlib.values.personal import Masked

START = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
SECRET = b"sixteen bytes or more of our own"
LIN = Actor("employee", "lin")

# A welcome has a week here, and all is over within it: what a dead process had claimed waits for
# a minute, and has to be seen to arrive. (Too late it is not sent: a law of deliveries.)
PROGRAM = evolve(
    default_program(),
    lifecycles=[
        Lifecycle(
            name="customer",
            stages=[
                Stage(name="new friend", leads_to=["in touch"], follow_up_days=2),
                Stage(name="in touch", leads_to=["customer"], follow_up_days=3),
                Stage(name="customer", leads_to=["dormant"]),
                Stage(name="dormant", leads_to=["customer"], follow_up_days=30),
            ],
        )
    ],
    welcome=Welcome(text="Hello {name}, welcome to {shop}!", deadline_seconds=604_800),
    campaigns=[
        CampaignRules(
            name="june",
            starts=date(2026, 6, 1),
            budget=yuan(60),
            coupons=[
                CouponTemplate(
                    name="20 off",
                    value=yuan(20),
                    threshold=yuan(100),
                    valid_days=2,
                    per_customer=1,
                )
            ],
        )
    ],
    surveys=[
        Survey(
            name="basics",
            questions=[
                OneChoice(
                    id="tea",
                    text="Which tea?",
                    choices=[Option("green", ["green"]), "black"],
                    field="tea",
                ),
                FreeText(
                    id="why", text="Why?", field="why", asked_when=field("tea").equals("green")
                ),
            ],
            outcomes=[
                SurveyOutcome(name="pot", suggests="product", what="a pot", reason="likes {tea}")
            ],
            nudge_after_days=1,
            open_days=6,
        )
    ],
)


@define(eq=False)
class LoggingPost:
    """A channel that writes down each request in a file before it answers, as a carrier would."""

    path: str
    name: str = "post"
    capabilities = Capabilities(
        carriers=frozenset({"console", "wecom"}),
        requests=frozenset({SendMessage, ShipGift, RemindEmployee, SuggestToEmployee}),
    )

    @hookimpl
    def privlib_channels(self):
        return [self]

    def send(self, request, text):
        log = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        line = text.replace("\n", " / ")
        os.write(log, f"{request.key}\t{line}\n".encode())
        os.close(log)
        if request.customer == "lan" and isinstance(request, ShipGift):
            return Delivery(outcome="refused", reason="out of stock")
        return Delivery(outcome="accepted")


def shop_over(storage, log):
    """The shop whose workload this is, over a storage; what it sends goes into a log."""
    plugins = [storage, LoggingPost(str(log))]
    return PrivateDomain(PROGRAM, plugins=plugins, secret=SECRET, clock=lambda: START)


def told(command, *, at=None, **settings):
    def step(domain):
        return [tell_domain(domain, command, at=at, **settings)]

    return step


def told_in_bulk(*commands):
    def step(domain):
        decisions = []
        domain.record_orders(commands, on_decision=lambda _, decision: decisions.append(decision))
        return decisions

    return step


def due_by(at):
    return lambda domain: domain.run_due(at=at)


def delivered(at):
    def step(domain):
        domain.deliver(at=at)
        return []

    return step


def erased(customer):
    def step(domain):
        domain.storage.erase_personal(customer)
        return []

    return step


def day(number, **time):
    return START.add(days=number, **time)


def friend(customer, at, **settings):
    return NewFriend(customer=customer, employee="mei", carrier="wecom", added_at=at, **settings)


def order(id, customer, paid, at, **settings):
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=at, **settings)


def refund(id, order, customer, at, **settings):
    return Refund(id=id, order=order, customer=customer, refunded_at=at, **settings)


def coupon(key, customer):
    return CouponIssue(key=key, customer=customer, campaign="june", coupon="20 off")


def redemption(key, customer, amount):
    used = coupon(key, customer).coupon_id
    return CouponRedemption(coupon=used, customer=customer, order="A-2", amount=yuan(amount))


ASKED = {"survey": "basics", "customer": "ana", "relation": "wecom:mei:ana"}


def answer(question, value, at):
    return SurveyAnswer(**ASKED, question=question, value=value, answered_at=at)


TEA = OrderLine(sku="tea", quantity=2, paid=yuan(200))
SET = OrderLine(sku="tea set", quantity=1, paid=yuan(5_000))
BACK = RefundLine(line="tea set", amount=yuan(1_000))

WORKLOAD = (
    told(friend("wei", day(0), name=Masked("Wei Li"), source="poster")),
    told(friend("wei", day(0, minutes=1)), by=LIN),  # friends already
    told(order("A-1", "wei", 5_200, day(0, hours=1), lines=[TEA, SET])),
    told(order("A-2", "ana", 300, day(0, hours=2))),
    told(friend("ana", day(0, hours=3), name=Masked("Ana"))),
    told(
        Refund(id="R-1", order="A-3", customer="lan", amount=yuan(1), refunded_at=day(0, hours=4))
    ),
    told(order("A-3", "lan", 12_000, day(0, hours=5))),
    told(MemberImport(customer="bo", joined_at=day(-400), spent=yuan(60_000)), at=day(1)),
    told(refund("R-5", "A-4", "bo", day(1), amount=yuan(101))),  # more than is to come
    told(order("A-4", "bo", 100, day(1, minutes=1))),
    told(MemberImport(customer="wei", joined_at=day(-400), spent=yuan(1)), at=day(1)),
    told(StageMove(key="m-1", relation="wecom:mei:wei", to="in touch"), at=day(1, hours=1), by=LIN),
    told(StageMove(key="m-2", relation="wecom:mei:ana", to="dormant"), at=day(1, hours=1)),
    told(SurveyStart(key="s-1", **ASKED), at=day(1, hours=1)),
    told(answer("tea", "black", day(1, hours=1, minutes=10))),
    told(answer("tea", "green", day(1, hours=1, minutes=20))),  # which opens another question
    told(coupon("c-1", "wei"), at=day(1, hours=2)),
    told(coupon("c-2", "ana"), at=day(1, hours=2)),
    told(coupon("c-3", "wei"), at=day(1, hours=3)),  # one each
    told(CampaignPause(key="p-1", campaign="june"), at=day(1, hours=4), by=LIN),
    told(coupon("c-4", "lan"), at=day(1, hours=5)),  # paused
    told(CampaignResumption(key="p-2", campaign="june"), at=day(1, hours=6), by=LIN),
    told(coupon("c-5", "lan"), at=day(1, hours=7)),
    told(coupon("c-6", "bo"), at=day(1, hours=7)),  # the budget is used up
    told(redemption("c-2", "ana", 99), at=day(1, hours=8)),  # too little
    told(redemption("c-1", "wei", 300), at=day(1, hours=9)),
    delivered(day(1, hours=10)),
    told(refund("R-2", "A-1", "wei", day(2), amount=yuan(1_000), lines=[BACK])),
    due_by(day(2, hours=2)),  # a nudge
    due_by(day(2, hours=6)),  # three follow-ups
    told(answer("why", Masked("It is bitter"), day(2, hours=7))),
    told(
        SurveyAnswers(**ASKED, answers=[GivenAnswer("tea", "black")], answered_at=day(2, hours=8))
    ),
    delivered(day(2, hours=6)),
    told_in_bulk(
        order("A-1", "wei", 5_200, day(0, hours=1), lines=[TEA, SET]),  # known
        *(order(f"B-{number}", "bo", 10 + number, day(3, hours=number)) for number in range(20)),
        order("B-20", "wei", 1_100, day(4)),
        refund("R-3", "B-7", "bo", day(4, hours=1)),
        refund("R-4", "B-8", "bo", day(4, hours=2), amount=yuan(99)),  # more than was paid
    ),
    due_by(day(5)),  # another follow-up, and two coupons run out
    told(coupon("c-7", "bo"), at=day(5)),
    told(StageMove(key="m-3", relation="wecom:mei:wei", to="customer"), at=day(5), by=LIN),
    told(StageMove(key="m-4", relation="wecom:mei:wei", to="dormant"), at=day(5, hours=1)),
    delivered(day(6)),
    delivered(day(6, hours=1)),  # whatever a dead process had claimed
    due_by(day(8)),  # a survey closes
    erased("wei"),
)


def tell(domain, workload=WORKLOAD):
    """Tell it all, blindly; the keys of the decisions that came of it."""
    return [decision.key for step in workload for decision in step(domain)]
