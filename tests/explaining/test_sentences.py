"""Explaining: every event, request, refusal and progress is one sentence in every locale."""

import io
from typing import get_args

import pendulum
import pytest
from attrs import fields
from tests.explaining import assortment, conditions, important_days, pricing, surveys, voice

from privlib import SYSTEM, Decision, events, refusals, requests
from privlib.adapters.console import ConsoleChannel
from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.errors import InvalidValueError
from privlib.events import Event, Placed
from privlib.explaining import LOCALES, explain
from privlib.explaining.sentences import _WORDINGS
from privlib.policies.tier_upgrade import Progress
from privlib.program import Gift
from privlib.quotes import Hint
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.values.money import Money, yuan
from privlib.values.personal import PersonalRef

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
EVENING = pendulum.datetime(2026, 6, 3, 20, 15, 30, tz="Asia/Shanghai")
JULY = pendulum.datetime(2026, 7, 1, tz="Asia/Shanghai")
ORDER = Order(
    id="A-1001",
    customer="wei",
    paid=yuan("5000.01"),
    paid_at=NOON,
    lines=[OrderLine(sku="tea", paid=yuan("5000.01"))],
)
REFUND = Refund(id="R-7", order="A-1001", customer="wei", amount=yuan("12.34"))
REFUND_OF_ALL = Refund(id="R-8", order="A-1001", customer="wei")

# Each thing once for each shape of its optional fields, and what its sentence has to hold.
SAMPLES = [
    (
        Progress(
            customer="wei",
            spent=yuan(9_680),
            tier="silver",
            next_tier="gold",
            missing=yuan(320),
            gift=Gift(id="gold-pack", value=yuan(800)),
        ),
        ["wei", "9,680", "gold", "320", "gold-pack"],
    ),
    (
        Progress(
            customer="wei",
            spent=yuan(0),
            tier=None,
            next_tier="silver",
            missing=yuan(5_000),
            gift=None,
        ),
        ["wei", "silver", "5,000", " 0 "],
    ),
    (
        Progress(
            customer="wei",
            spent=yuan("123456.78"),
            tier="diamond",
            next_tier=None,
            missing=None,
            gift=None,
        ),
        ["wei", "123,456.78"],
    ),
    (events.CustomerAdded(customer="wei", source="live code 3", at=NOON), ["wei", "live code 3"]),
    (
        events.CustomerAdded(
            customer="wei", source="friend", name=PersonalRef("name:wei"), at=NOON
        ),
        ["wei", "friend"],
    ),
    (
        events.CustomerNamed(customer="wei", name=PersonalRef("name:wei"), at=NOON),
        ["wei"],
    ),
    (
        events.FriendAdded(
            relation="wecom:mei:wei",
            customer="wei",
            employee="mei",
            carrier="wecom",
            source="live code 3",
            placed=[Placed("customer", "new friend")],
            at=NOON,
        ),
        ["wei", "mei", "wecom", "live code 3", "new friend"],
    ),
    (
        events.RelationBegun(customer="wei", relation="wecom:mei:wei", at=NOON),
        ["wei", "wecom:mei:wei"],
    ),
    (
        events.StageMoved(
            relation="wecom:mei:wei",
            customer="wei",
            lifecycle="customer",
            came_from="new friend",
            to="lost",
            at=NOON,
        ),
        ["wei", "new friend", "lost"],
    ),
    (
        events.FollowUpRaised(
            relation="wecom:mei:wei", customer="wei", employee="mei", stage="dormant", at=NOON
        ),
        ["wei", "mei", "dormant"],
    ),
    (events.MemberJoined(customer="wei", currency="CNY", at=NOON), ["wei"]),
    (
        events.MemberImported(customer="wei", joined_at=NOON, spent=yuan(7_500), at=EVENING),
        ["wei", "2026-06-01 12:00", "7,500"],
    ),
    (events.OrderRecorded(order=ORDER, at=NOON), ["A-1001", "wei", "5,000.01"]),
    (
        events.RefundApplied(
            order="A-1001",
            customer="wei",
            refund=REFUND,
            amount=yuan("12.34"),
            lines=[RefundLine(line="tea", amount=yuan("12.34"))],
            at=NOON,
        ),
        ["A-1001", "wei", "R-7", "12.34"],
    ),
    (
        events.RefundApplied(
            order="A-1001", customer="wei", refund=REFUND_OF_ALL, amount=yuan(4_000), at=NOON
        ),
        ["A-1001", "wei", "R-8", "4,000"],
    ),
    (events.RefundWaited(refund=REFUND, at=NOON), ["R-7", "A-1001", "12.34"]),
    (events.RefundWaited(refund=REFUND_OF_ALL, at=NOON), ["R-8", "A-1001"]),
    (
        events.RefundExceeded(
            order="A-1001", customer="wei", refund="R-7", excess=yuan("0.50"), at=NOON
        ),
        ["A-1001", "R-7", "0.50"],
    ),
    (
        events.SpendAdded(customer="wei", order="A-1001", amount=yuan(200), at=NOON),
        ["wei", "A-1001", "200"],
    ),
    (
        events.SpendReversed(
            customer="wei", order="A-1001", refund="R-7", amount=yuan("12.34"), at=NOON
        ),
        ["wei", "A-1001", "R-7", "12.34"],
    ),
    (
        events.TierReached(
            customer="wei",
            tier="silver",
            threshold=yuan(5_000),
            spent=yuan("5000.01"),
            order="A-1001",
            at=NOON,
        ),
        ["wei", "silver", "5,000 ", "5,000.01", "A-1001"],
    ),
    (
        events.TierReached(
            customer="wei", tier="silver", threshold=yuan(5_000), spent=yuan(7_500), at=NOON
        ),
        ["wei", "silver", "5,000", "7,500"],
    ),
    (
        events.TierLost(
            customer="wei",
            tier="gold",
            to="silver",
            threshold=yuan(10_000),
            spent=yuan(9_999),
            at=NOON,
        ),
        ["wei", "gold", "silver", "10,000", "9,999"],
    ),
    (
        events.TierLost(
            customer="wei", tier="gold", to=None, threshold=yuan(10_000), spent=yuan(1), at=NOON
        ),
        ["wei", "gold", "10,000", " 1 "],
    ),
    (
        events.GiftGranted(
            customer="wei", gift="gold-pack", tier="gold rung", value=yuan(800), at=NOON
        ),
        ["wei", "gold-pack", "gold rung", "800"],
    ),
    (
        events.GiftAlreadyGiven(
            customer="wei", gift="gold-pack", tier="gold rung", value=yuan(800), at=NOON
        ),
        ["wei", "gold-pack", "gold rung", "800"],
    ),
    (
        events.GiftReturnable(customer="wei", gift="gold-pack", value=yuan(800), at=NOON),
        ["wei", "gold-pack", "800"],
    ),
    (
        events.GiftReearned(customer="wei", gift="gold-pack", value=yuan(800), at=NOON),
        ["wei", "gold-pack", "800"],
    ),
    (
        events.CouponIssued(
            coupon="c-1",
            customer="wei",
            campaign="june",
            template="20 off",
            value=yuan(20),
            threshold=yuan(100),
            expires_at=JULY,
            at=NOON,
        ),
        ["c-1", "wei", "june", "20 ", "100", "2026-07-01 00:00"],
    ),
    (
        events.CouponIssued(
            coupon="c-1",
            customer="wei",
            campaign="june",
            template="20 off",
            value=yuan(20),
            threshold=yuan(100),
            at=NOON,
        ),
        ["c-1", "wei", "june", "20 ", "100"],
    ),
    (
        events.CouponRedeemed(
            coupon="c-1", customer="wei", order="A-1001", value=yuan(20), at=NOON
        ),
        ["c-1", "wei", "A-1001", "20"],
    ),
    (
        events.CouponExpired(coupon="c-1", customer="wei", value=yuan(20), at=NOON),
        ["c-1", "wei", "20"],
    ),
    (events.CampaignPaused(campaign="june", at=NOON), ["june"]),
    (events.CampaignResumed(campaign="june", at=NOON), ["june"]),
    (
        requests.SendMessage(
            key="k",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            carrier="wecom",
            text="Hi {name}!",
            not_after=EVENING,
        ),
        ["wei", "mei", "wecom", "Hi {name}!", "2026-06-03 20:15:30"],
    ),
    (
        requests.SendMessage(
            key="k",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            carrier="wecom",
            text="Hi",
        ),
        ["wei", "mei", "wecom", "Hi"],
    ),
    (
        requests.ShipGift(
            key="k",
            customer="wei",
            gift="gold-pack",
            items=["tea set", "thermos"],
            value=yuan(800),
            order="A-1001",
        ),
        ["wei", "gold-pack", "tea set", "thermos", "800"],
    ),
    (
        requests.ShipGift(key="k", customer="wei", gift="gold-pack", value=yuan(800)),
        ["wei", "gold-pack", "800"],
    ),
    (
        requests.RemindEmployee(
            key="k",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            stage="dormant",
            since=NOON,
        ),
        ["wei", "mei", "dormant", "2026-06-01 12:00"],
    ),
    (
        requests.RemindEmployee(
            key="k",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            stage="dormant",
        ),
        ["wei", "mei", "dormant"],
    ),
    (refusals.CustomerUnknown(customer="wei"), ["wei"]),
    (refusals.AlreadyMember(customer="wei", since=NOON), ["wei", "2026-06-01 12:00"]),
    (
        refusals.AlreadyFriends(relation="wecom:mei:wei", since=NOON),
        ["wecom:mei:wei", "2026-06-01 12:00"],
    ),
    (
        refusals.OrderAlreadyRecorded(
            order="A-1001", recorded=yuan(200), told=yuan(300), differs=["paid", "lines"]
        ),
        ["A-1001", "200", "300", "paid", "lines"],
    ),
    (refusals.OrderOfAnother(order="A-1001", customer="wei"), ["A-1001", "wei"]),
    (refusals.RefundAlreadyRecorded(order="A-1001", refund="R-7"), ["A-1001", "R-7"]),
    (
        refusals.RefundExceedsPaid(
            order="A-1001", paid=yuan(200), refunded=yuan(150), wanted=yuan("50.01")
        ),
        ["A-1001", "200", "150", "50.01"],
    ),
    (refusals.RefundLineUnknown(order="A-1001", line="tea"), ["A-1001", "tea"]),
    (
        refusals.LineRefundExceedsPaid(
            order="A-1001", line="tea", left=yuan(5), wanted=yuan("5.01")
        ),
        ["A-1001", "tea", "5 ", "5.01"],
    ),
    (
        refusals.LifecycleUnknown(lifecycle="care", known=["customer", "aipl"]),
        ["care", "customer", "aipl"],
    ),
    (refusals.RelationUnknown(relation="wecom:mei:wei"), ["wecom:mei:wei"]),
    (
        refusals.StageUnknown(lifecycle="customer", stage="gone", known=["new", "old"]),
        ["gone", "new", "old"],
    ),
    (
        refusals.StageMoveNotAllowed(
            lifecycle="customer", stage="new", to="old", allowed=["first response", "lost"]
        ),
        ["new", "old", "first response", "lost"],
    ),
    (
        refusals.StageMoveNotAllowed(lifecycle="customer", stage="new", to="old", allowed=[]),
        ["new", "old"],
    ),
    (refusals.CampaignUnknown(campaign="june"), ["june"]),
    (
        refusals.CampaignNotRunning(campaign="june", starts=NOON, ends=JULY),
        ["june", "2026-06-01 12:00", "2026-07-01 00:00"],
    ),
    (
        refusals.CampaignNotRunning(campaign="june", starts=NOON),
        ["june", "2026-06-01 12:00"],
    ),
    (refusals.CampaignIsPaused(campaign="june", since=NOON), ["june", "2026-06-01 12:00"]),
    (refusals.CampaignAlreadyPaused(campaign="june", since=NOON), ["june", "2026-06-01 12:00"]),
    (refusals.CampaignNotPaused(campaign="june"), ["june"]),
    (
        refusals.CampaignExhausted(
            campaign="june", used=yuan(90), budget=yuan(100), wanted=yuan(20)
        ),
        ["june", "90", "100", "20"],
    ),
    (
        refusals.CouponLimitReached(campaign="june", coupon="20 off", had=4, limit=3),
        ["june", "20 off", "4", "3"],
    ),
    (refusals.CouponUnknown(coupon="c-1"), ["c-1"]),
    (
        refusals.CouponAlreadyIssued(coupon="c-1", differs=["customer", "coupon"]),
        ["c-1", "customer", "coupon"],
    ),
    (refusals.CouponOfAnother(coupon="c-1"), ["c-1"]),
    (
        refusals.CouponAlreadyRedeemed(coupon="c-1", order="A-1001", at=NOON),
        ["c-1", "A-1001", "2026-06-01 12:00"],
    ),
    (refusals.CouponHasExpired(coupon="c-1", at=EVENING), ["c-1", "2026-06-03 20:15:30"]),
    (
        refusals.CouponBelowThreshold(coupon="c-1", needs=yuan(200), has=yuan("199.99")),
        ["c-1", "200", "199.99"],
    ),
    *important_days.SAMPLES,
    *conditions.SAMPLES,
    *assortment.SAMPLES,
    *voice.SAMPLES,
    *pricing.SAMPLES,
    *surveys.SAMPLES,
]
THINGS = [thing for thing, _ in SAMPLES]
KINDS = {*get_args(Event), *get_args(Request), *get_args(Refusal), Progress, Hint}
# What a sentence leaves out: the relation where both ends of it are named, keys of requests, what
# is known from the order or coupon itself.
LEFT_OUT = {
    "key",
    "lines",
    "tier of Progress",
    "currency of MemberJoined",
    "customer of RefundWaited",
    "customer of RefundExceeded",
    "name of CustomerAdded",
    "order of ShipGift",
    "relation of FriendAdded",
    "relation of StageMoved",
    "cause of StageMoved",
    "relation of FollowUpRaised",
    "relation of SendMessage",
    "relation of RemindEmployee",
    "relation of RemindOfDay",
    "relation of DayReminderRaised",
    "relation of ImportantDayLearned",
    "mark of ImportantDayLearned",
    "relation of SuggestToEmployee",
    "suggests of SuggestToEmployee",
    "suggests of SuggestionMade",
    "customer of TagsChanged",
    "needs of AnswerOfWrongKind",
    "template of CouponIssued",
    "field of ConditionUnmet",
    "called of ConditionUnmet",
    "comparison of ConditionUnmet",
    "base of ConditionUnmet",
    "base of AmountNotReached",
    "rule of Excluded",
}


def name_of(thing):
    unset = [each.name for each in fields(type(thing)) if getattr(thing, each.name) in (None, ())]
    return f"{type(thing).__name__}{' without ' + ', '.join(unset) if unset else ''}"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("thing", "holds"), SAMPLES, ids=map(name_of, THINGS))
def test_a_sentence_holds_its_ids_amounts_and_times(thing, holds, locale):
    sentence = explain(thing, locale=locale, zone="Asia/Shanghai")
    for part in holds:
        assert part in sentence
    assert "None" not in sentence
    assert sentence.count("{") == (1 if "Hi {name}!" in holds else 0)
    assert sentence.endswith((".", "。", '"', "”"))
    assert "  " not in sentence


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("thing", THINGS, ids=name_of)
def test_no_id_is_left_out_of_a_sentence_in_silence(thing, locale):
    sentence = explain(thing, locale=locale)
    kind = type(thing).__name__
    for each in fields(type(thing)):
        value = getattr(thing, each.name)
        if isinstance(value, str) and not {each.name, f"{each.name} of {kind}"} & LEFT_OUT:
            assert value in sentence


def test_there_is_a_sample_of_every_kind():
    assert {type(thing) for thing in THINGS} == KINDS


def test_every_optional_field_is_there_set_and_unset():
    unset = {(type(thing), each.name) for thing in THINGS for each in fields(type(thing))
             if getattr(thing, each.name) is None}  # fmt: skip
    filled = {(type(thing), each.name) for thing in THINGS for each in fields(type(thing))
              if getattr(thing, each.name) is not None}  # fmt: skip
    optional = {
        (kind, each.name)
        for kind in KINDS
        for each in fields(kind)
        if "None" in str(each.type) and each.name != "not_after"
    }
    assert optional <= unset
    assert optional <= filled


def test_every_locale_has_a_sentence_for_every_kind_and_for_nothing_else():
    assert LOCALES == ("en", "zh-CN")
    for locale in LOCALES:
        assert set(_WORDINGS[locale].sentences) == KINDS


def test_no_two_kinds_have_the_same_sentence():
    for locale in LOCALES:
        said = {explain(thing, locale=locale, zone="Asia/Shanghai") for thing in THINGS}
        assert len(said) >= len(KINDS)


def test_sentences_as_a_shopkeeper_reads_them():
    reached = events.TierReached(
        customer="wei",
        tier="silver",
        threshold=yuan(5_000),
        spent=yuan("5100.50"),
        order="A-1001",
        at=NOON,
    )
    assert explain(reached) == (
        "wei reached tier silver with order A-1001: 5,100.50 yuan spent, 5,000 yuan needed."
    )
    assert explain(reached, locale="zh-CN") == (
        "wei 凭订单 A-1001 升至等级 silver：累计消费 5,100.50 元，门槛 5,000 元。"
    )
    gift = requests.ShipGift(
        key="k", customer="wei", gift="gold-pack", items=["tea set", "cup"], value=yuan(800)
    )
    assert explain(gift) == "Send wei the gift gold-pack, worth 800 yuan: tea set, cup."
    assert explain(gift, locale="zh-CN") == "向 wei 寄送礼品 gold-pack，价值 800 元：tea set、cup。"


def test_what_is_not_there_is_left_out_of_the_sentence():
    lost = {"customer": "wei", "tier": "gold", "threshold": yuan(10_000), "spent": yuan(1)}
    assert explain(events.TierLost(**lost, to=None, at=NOON)) == (
        "wei lost tier gold and is in no tier now: 1 yuan spent, 10,000 yuan needed."
    )
    assert explain(events.TierLost(**lost, to="silver", at=NOON)) == (
        "wei lost tier gold and falls to silver: 1 yuan spent, 10,000 yuan needed."
    )
    assert explain(refusals.CampaignNotRunning(campaign="june", starts=NOON)) == (
        "Campaign june is not running: it runs from 2026-06-01 04:00 UTC."
    )
    assert explain(refusals.CampaignNotRunning(campaign="june", starts=NOON, ends=JULY)) == (
        "Campaign june is not running: "
        "it runs from 2026-06-01 04:00 UTC until 2026-06-30 16:00 UTC."
    )
    nowhere = refusals.StageMoveNotAllowed(lifecycle="customer", stage="lost", to="new", allowed=[])
    assert (
        explain(nowhere)
        == "Stage lost of lifecycle customer does not lead to new by hand; it leads to: none."
    )
    assert explain(nowhere, locale="zh-CN") == (
        "生命周期 customer 的阶段 lost 不能手动进入 new；可进入：无。"
    )


def test_a_reminder_says_since_when_only_if_it_is_known():
    reminder = {"key": "k", "customer": "wei", "relation": "r", "employee": "mei", "stage": "new"}
    assert explain(requests.RemindEmployee(**reminder)) == (
        "Remind mei to get in touch with wei, in stage new."
    )
    assert explain(requests.RemindEmployee(**reminder, since=NOON)) == (
        "Remind mei to get in touch with wei, in stage new since 2026-06-01 04:00 UTC."
    )
    assert explain(requests.RemindEmployee(**reminder), locale="zh-CN") == (
        "提醒 mei 跟进 wei，其处于阶段 new。"
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "braces", ["{customer}", "{", "}", "{}", "{0}", "{{tier}}", "{spent.minor}"]
)
def test_braces_in_ids_are_never_read_as_fields(braces, locale):
    gift = events.GiftGranted(
        customer=f"a{braces}", gift=f"b{braces}", tier=f"c{braces}", value=yuan(1), at=NOON
    )
    plain = events.GiftGranted(customer="a", gift="b", tier="c", value=yuan(1), at=NOON)
    template = explain(plain, locale=locale)
    sentence = explain(gift, locale=locale)
    assert sentence.replace(braces, "") == template.replace(braces, "")
    for id in "abc":
        assert f"{id}{braces}" in sentence


@pytest.mark.parametrize("locale", LOCALES)
def test_braces_in_texts_items_and_lists_are_never_read_as_fields(locale):
    message = requests.SendMessage(
        key="k",
        customer="{text}",
        relation="r",
        employee="{key}",
        carrier="c",
        text="Hi {customer} {key} {nothing.at.all}",
    )
    sentence = explain(message, locale=locale)
    assert "Hi {customer} {key} {nothing.at.all}" in sentence
    assert "{text}" in sentence
    shipped = requests.ShipGift(
        key="k", customer="wei", gift="{items}", items=["{gift}", "{key}"], value=yuan(1)
    )
    assert "{items}" in explain(shipped, locale=locale)
    assert "{gift}" in explain(shipped, locale=locale)
    unknown = refusals.StageUnknown(lifecycle="customer", stage="{known}", known=["{stage}"])
    assert "{known}" in explain(unknown, locale=locale)
    assert "{stage}" in explain(unknown, locale=locale)


def test_the_console_prints_the_text_as_it_would_be_sent_and_nothing_else_of_it():
    stream = io.StringIO()
    message = requests.SendMessage(
        key="k",
        customer="Hi {name}",
        relation="r",
        employee="mei",
        carrier="console",
        text="Hi {name}",
    )
    ConsoleChannel(stream=stream).send(message, "Hi {customer}")
    assert stream.getvalue() == ('Send Hi {name} on console in the name of mei: "Hi {customer}"\n')


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (yuan(0), "0 yuan", "0 元"),
        (yuan(5), "5 yuan", "5 元"),
        (yuan("0.01"), "0.01 yuan", "0.01 元"),
        (yuan("19.90"), "19.90 yuan", "19.90 元"),
        (yuan(999), "999 yuan", "999 元"),
        (yuan(1_000), "1,000 yuan", "1,000 元"),
        (yuan("1234567.89"), "1,234,567.89 yuan", "1,234,567.89 元"),
        (yuan("-0.50"), "-0.50 yuan", "-0.50 元"),
        (yuan(-1_000), "-1,000 yuan", "-1,000 元"),
        (yuan("-1234.05"), "-1,234.05 yuan", "-1,234.05 元"),
        (Money(123_456, "USD"), "1,234.56 USD", "1,234.56 USD"),
        (Money(100, "USD"), "1 USD", "1 USD"),
        (Money(1_234_567, "JPY"), "1,234,567 JPY", "1,234,567 JPY"),
        (Money(-1_000, "JPY"), "-1,000 JPY", "-1,000 JPY"),
        (Money(1_500, "KWD"), "1.500 KWD", "1.500 KWD"),
        (Money(2**63 - 1), "92,233,720,368,547,758.07 yuan", "92,233,720,368,547,758.07 元"),
    ],
)
def test_money_is_written_with_thousands_and_without_idle_zeros(money, english, chinese):
    added = events.SpendAdded(customer="wei", order="A-1", amount=money, at=NOON)
    assert explain(added) == f"Order A-1 adds {english} to the spend of wei."
    assert explain(added, locale="zh-CN") == f"订单 A-1 为 wei 计入消费 {chinese}。"


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ("UTC", "2026-05-31 17:00"),
        ("Asia/Shanghai", "2026-06-01 01:00"),
        ("America/New_York", "2026-05-31 13:00"),
        ("Asia/Kolkata", "2026-05-31 22:30"),
    ],
)
def test_the_zone_says_what_the_clock_showed(zone, clock):
    paused = refusals.CampaignIsPaused(campaign="june", since=pendulum.datetime(2026, 5, 31, 17))
    assert explain(paused, zone=zone) == f"Campaign june has been paused since {clock}."
    assert explain(paused, locale="zh-CN", zone=zone) == f"活动 june 自 {clock} 起暂停。"


def test_seconds_are_said_where_there_are_any():
    since = pendulum.datetime(2026, 5, 31, 17, 0, 5)
    paused = refusals.CampaignIsPaused(campaign="june", since=since)
    assert explain(paused, zone="UTC") == (
        "Campaign june has been paused since 2026-05-31 17:00:05."
    )


def test_without_a_zone_a_time_says_that_it_is_in_utc():
    paused = refusals.CampaignIsPaused(campaign="june", since=NOON)
    assert explain(paused) == "Campaign june has been paused since 2026-06-01 04:00 UTC."
    assert explain(paused, locale="zh-CN") == "活动 june 自 2026-06-01 04:00 UTC 起暂停。"


@pytest.mark.parametrize("locale", ["fr", "EN", "zh", "", None, "en{x}"])
def test_a_locale_without_a_catalogue_is_refused(locale):
    with pytest.raises(InvalidValueError, match="is not one of: en, zh-CN"):
        explain(THINGS[0], locale=locale)


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (ORDER, "Order"),
        (REFUND, "Refund"),
        (Decision(key="k", input_hash="h", program="p", at=NOON, by=SYSTEM), "Decision"),
        (None, "NoneType"),
        ("wei", "str"),
        (events.TierReached, "type"),
        (Gift(id="g", value=yuan(1)), "Gift"),
    ],
)
def test_what_is_no_event_request_refusal_or_progress_is_refused(thing, name):
    with pytest.raises(InvalidValueError, match=f"^{name} is nothing to explain; give one event"):
        explain(thing)


@pytest.mark.parametrize("thing", THINGS, ids=name_of)
def test_a_zone_that_is_none_is_refused_whatever_is_explained(thing):
    with pytest.raises(InvalidValueError, match="is not a time zone such as Asia/Shanghai"):
        explain(thing, zone="Asia/Shangai")
