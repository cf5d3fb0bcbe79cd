"""What a shop may tell, and what is refused when it is told."""

from decimal import Decimal

import pendulum
import pytest

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    OrderLine,
    Refund,
    RefundLine,
    StageMove,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.commands.surveys import GivenAnswer
from privlib.errors import (
    CurrencyMismatchError,
    InvalidIdError,
    InvalidValueError,
    NaiveMomentError,
)
from privlib.values.important_day import YearlyDay
from privlib.values.money import Money, yuan

AT = pendulum.datetime(2026, 6, 1)
SURVEY = {"survey": "basics", "customer": "wei", "relation": "wecom:mei:wei"}
GOOD = {
    OrderLine: {"sku": "tea", "paid": yuan(1)},
    Order: {"id": "A-1", "customer": "wei", "paid": yuan(1)},
    RefundLine: {"line": "tea", "amount": yuan(1)},
    Refund: {"id": "R-1", "order": "A-1", "customer": "wei"},
    MemberImport: {"customer": "wei", "joined_at": AT, "spent": yuan(1)},
    NewFriend: {"customer": "wei", "employee": "mei", "carrier": "wecom", "added_at": AT},
    StageMove: {"key": "k-1", "relation": "wecom:mei:wei", "to": "regular"},
    CouponIssue: {"key": "k-1", "customer": "wei", "campaign": "spring", "coupon": "ten-off"},
    CouponRedemption: {"coupon": "c-1", "customer": "wei", "order": "A-1", "amount": yuan(1)},
    CampaignPause: {"key": "k-1", "campaign": "spring"},
    CampaignResumption: {"key": "k-1", "campaign": "spring"},
    ImportantDayTold: {
        "customer": "wei",
        "name": "birthday",
        "day": YearlyDay(month=6, day=18, year=1990),
        "told_at": AT,
    },
    SurveyStart: {"key": "k-1", **SURVEY},
    SurveyAnswer: {**SURVEY, "question": "budget", "value": yuan(1), "answered_at": AT},
    SurveyAnswers: {**SURVEY, "answers": (GivenAnswer("budget", 1),), "answered_at": AT},
}
IDS = [
    *((OrderLine, name) for name in ("sku", "id")),
    *((Order, name) for name in ("id", "customer")),
    (RefundLine, "line"),
    *((Refund, name) for name in ("id", "order", "customer")),
    (MemberImport, "customer"),
    *((NewFriend, name) for name in ("customer", "employee", "carrier", "source")),
    *((StageMove, name) for name in ("key", "to")),
    *((CouponIssue, name) for name in ("key", "customer", "campaign", "coupon")),
    *((CouponRedemption, name) for name in ("customer", "order")),
    *((CampaignPause, name) for name in ("key", "campaign")),
    *((CampaignResumption, name) for name in ("key", "campaign")),
    *((ImportantDayTold, name) for name in ("customer", "name")),
]
LONG_IDS = [
    (StageMove, "relation"),
    *((SurveyStart, name) for name in ("key", "survey", "customer")),
    *((SurveyAnswer, name) for name in ("survey", "customer", "question")),
    *((SurveyAnswers, name) for name in ("survey", "customer")),
]
LONG_IDS = [
    (StageMove, "relation"),
    (SurveyStart, "relation"),
    (SurveyAnswer, "relation"),
    (SurveyAnswers, "relation"),
    (CouponRedemption, "coupon"),
]
AMOUNTS = [
    (OrderLine, "paid"),
    (Order, "paid"),
    (RefundLine, "amount"),
    (Refund, "amount"),
    (MemberImport, "spent"),
    (CouponRedemption, "amount"),
]
TIMES = [
    (Order, "paid_at"),
    (Refund, "refunded_at"),
    (MemberImport, "joined_at"),
    (NewFriend, "added_at"),
    (ImportantDayTold, "told_at"),
    (SurveyAnswer, "answered_at"),
    (SurveyAnswers, "answered_at"),
]


@pytest.mark.parametrize("command", GOOD)
def test_a_good_command_is_taken_and_cannot_be_changed(command):
    told = command(**GOOD[command])
    assert told == command(**GOOD[command])
    assert hash(told) == hash(command(**GOOD[command]))
    for name in GOOD[command]:
        with pytest.raises(AttributeError):
            setattr(told, name, getattr(told, name))


@pytest.mark.parametrize("command", GOOD)
def test_a_command_is_told_by_name_and_whole(command):
    with pytest.raises(TypeError):
        command(*GOOD[command].values())
    with pytest.raises(TypeError):
        command(**GOOD[command], colour="red")
    for name in GOOD[command]:
        with pytest.raises(TypeError, match=name):
            command(**{other: GOOD[command][other] for other in GOOD[command] if other != name})


@pytest.mark.parametrize(("command", "name"), IDS)
@pytest.mark.parametrize(
    ("id", "phrase"),
    [
        ("", "is empty"),
        ("A" * 129, "has 129 characters; at most 128 fit"),
        ("A" * 10_000_000, "has 10000000 characters; at most 128 fit"),
        ("A\x00B", "holds control characters or blanks at its ends"),
        ("\ud800", "holds control characters or blanks at its ends"),
        (" A", "holds control characters or blanks at its ends"),
        (7, "must be text; got int"),
        (1.5, "must be text; got float"),
        (b"A", "must be text; got bytes"),
        (None, "must be text; got NoneType"),
    ],
    ids=lambda value: ascii(value)[:16] if not isinstance(value, type) else value.__name__,
)
def test_an_id_that_cannot_be_is_refused(command, name, id, phrase):
    with pytest.raises(InvalidIdError, match=phrase) as refusal:
        command(**{**GOOD[command], name: id})
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize(("command", "name"), LONG_IDS)
def test_an_id_that_is_made_of_several_may_be_longer_but_not_endless(command, name):
    longest = {"relation": 1_154, "coupon": 512}[name]
    assert getattr(command(**{**GOOD[command], name: "A" * longest}), name) == "A" * longest
    for id, phrase in (
        ("A" * (longest + 1), f"has {longest + 1} characters; at most {longest} fit"),
        ("A" * 10_000_000, f"has 10000000 characters; at most {longest} fit"),
        ("", "is empty"),
        ("A\x00B", "holds control characters"),
        ("\ud800", "holds control characters"),
        (7, "must be text; got int"),
        (None, "must be text; got NoneType"),
    ):
        with pytest.raises(InvalidValueError, match=phrase):
            command(**{**GOOD[command], name: id})


@pytest.mark.parametrize(("command", "name"), AMOUNTS)
@pytest.mark.parametrize("amount", [1.0, 100, True, "1.00", Decimal(1), [100, "CNY"]])
def test_an_amount_that_is_not_money_is_refused(command, name, amount):
    with pytest.raises(
        InvalidValueError, match=f"{name} must be Money; got {type(amount).__name__}"
    ):
        command(**{**GOOD[command], name: amount})


@pytest.mark.parametrize(("command", "name"), AMOUNTS)
def test_an_amount_may_be_nothing_and_not_less(command, name):
    assert getattr(command(**{**GOOD[command], name: yuan(0)}), name) == yuan(0)
    with pytest.raises(InvalidValueError, match=f"{name} cannot be negative; got -0.01 CNY"):
        command(**{**GOOD[command], name: -yuan("0.01")})


@pytest.mark.parametrize(("command", "name"), [pair for pair in AMOUNTS if pair[0] is not Refund])
def test_an_amount_is_not_left_open(command, name):
    with pytest.raises(InvalidValueError, match=f"{name} must be Money; got NoneType"):
        command(**{**GOOD[command], name: None})


@pytest.mark.parametrize(("command", "name"), TIMES)
def test_a_time_names_its_zone(command, name):
    with pytest.raises(NaiveMomentError, match="2026-06-01T00:00:00 names no time zone"):
        command(**{**GOOD[command], name: pendulum.naive(2026, 6, 1)})


@pytest.mark.parametrize(("command", "name"), TIMES)
@pytest.mark.parametrize("time", ["2026-06-01T00:00:00Z", 0, 1.5, True, AT.date(), AT.time()])
def test_a_time_is_a_time(command, name, time):
    with pytest.raises(InvalidValueError, match="a moment is a datetime with a time zone; got"):
        command(**{**GOOD[command], name: time})


def test_only_what_happened_just_now_needs_no_time():
    assert Order(**GOOD[Order], paid_at=None).paid_at is None
    assert Refund(**GOOD[Refund], refunded_at=None).refunded_at is None
    for command, name in ((MemberImport, "joined_at"), (NewFriend, "added_at")):
        with pytest.raises(InvalidValueError, match="got NoneType"):
            command(**{**GOOD[command], name: None})


@pytest.mark.parametrize("quantity", [0, -1, True, False, 1.0, "1", None, Decimal(1), 10**400 * -1])
def test_a_quantity_is_a_whole_number_above_0(quantity):
    with pytest.raises(
        InvalidValueError, match="the quantity of a line is a whole number above 0; got"
    ) as refusal:
        OrderLine(sku="tea", quantity=quantity, paid=yuan(1))
    assert len(str(refusal.value)) < 120


def test_a_quantity_has_64_bits_as_money_has():
    for quantity, bits in ((2**63, 64), (10**5_000, 16_610)):
        with pytest.raises(InvalidValueError, match=f"a quantity of {bits} bits is beyond the 64"):
            OrderLine(sku="tea", quantity=quantity, paid=yuan(1))
    assert OrderLine(sku="tea", quantity=2**63 - 1, paid=yuan(1)).quantity == 2**63 - 1


def test_a_quantity_is_1_where_none_is_told():
    assert OrderLine(sku="tea", paid=yuan(1)).quantity == 1
    assert OrderLine(sku="tea", paid=yuan(0), quantity=10_000).quantity == 10_000


def test_a_line_is_called_by_its_sku_where_it_has_no_id():
    assert OrderLine(sku="tea", paid=yuan(1)).id == "tea"
    assert OrderLine(sku="tea", paid=yuan(1), id="gift").id == "gift"
    assert OrderLine(sku="tea", paid=yuan(1)) == OrderLine(sku="tea", paid=yuan(1), id="tea")


def order(*lines, paid):
    return Order(id="A-1", customer="wei", paid=paid, lines=lines)


def line(sku, paid, id=None):
    return OrderLine(sku=sku, paid=paid, id=id or sku)


def test_lines_sum_to_the_order_to_the_last_fen():
    lines = [line("tea", yuan("0.01")), line("cup", yuan("4999.99"))]
    assert order(*lines, paid=yuan(5000)).lines == tuple(lines)
    for paid in (yuan("4999.99"), yuan("5000.01"), yuan(0)):
        with pytest.raises(
            InvalidValueError, match=f"the lines of the order sum to 5000.00 CNY, not to {paid}"
        ):
            order(*lines, paid=paid)


def test_an_order_needs_no_lines_and_may_have_one_that_was_free():
    assert order(paid=yuan(5000)).lines == ()
    assert order(line("gift", yuan(0)), paid=yuan(0)).paid == yuan(0)


def test_an_order_is_in_one_currency():
    for lines in (
        [line("tea", Money(100, "USD"))],
        [line("tea", yuan(1)), line("cup", Money(0, "USD"))],
    ):
        with pytest.raises(
            CurrencyMismatchError, match="a line in USD cannot be part of the order in CNY"
        ):
            order(*lines, paid=yuan(1))


def test_two_lines_of_an_order_have_two_ids():
    with pytest.raises(InvalidValueError, match="two lines of an order have the id 'tea': give"):
        order(line("tea", yuan(1)), line("tea", yuan(1)), paid=yuan(2))
    assert len(order(line("tea", yuan(1)), line("tea", yuan(1), "tea 2"), paid=yuan(2)).lines) == 2


def test_the_list_that_was_told_can_change_without_the_order():
    lines = [line("tea", yuan(1))]
    told = Order(id="A-1", customer="wei", paid=yuan(1), lines=lines)
    lines.clear()
    assert told.lines == (line("tea", yuan(1)),)
    returned = [RefundLine(line="tea", amount=yuan(1))]
    back = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(1), lines=returned)
    returned.clear()
    assert back.lines == (RefundLine(line="tea", amount=yuan(1)),)


def refund(*lines, amount):
    return Refund(id="R-1", order="A-1", customer="wei", amount=amount, lines=lines)


def test_lines_sum_to_the_refund_to_the_last_fen():
    lines = [RefundLine(line="tea", amount=yuan(1)), RefundLine(line="cup", amount=yuan("0.50"))]
    assert refund(*lines, amount=yuan("1.50")).lines == tuple(lines)
    for amount in (yuan("1.49"), yuan("1.51")):
        with pytest.raises(
            InvalidValueError, match=f"the lines of the refund sum to 1.50 CNY, not to {amount}"
        ):
            refund(*lines, amount=amount)


def test_a_refund_of_all_that_is_left_names_no_lines():
    assert refund(amount=None).amount is None
    with pytest.raises(InvalidValueError, match="a refund with lines needs the amount they sum to"):
        refund(RefundLine(line="tea", amount=yuan(1)), amount=None)


def test_a_refund_is_in_one_currency():
    with pytest.raises(
        CurrencyMismatchError, match="a line in JPY cannot be part of the refund in CNY"
    ):
        refund(RefundLine(line="tea", amount=Money(100, "JPY")), amount=yuan(1))


def test_two_lines_of_a_refund_have_two_ids():
    twice = RefundLine(line="tea", amount=yuan(1))
    with pytest.raises(InvalidValueError, match="two lines of a refund have the id 'tea'"):
        refund(twice, twice, amount=yuan(2))


def test_lines_of_another_type_are_refused():
    for lines in (None, 5, ["tea"], "tea", [None], [{"sku": "tea"}]):
        with pytest.raises(InvalidValueError):
            Order(**GOOD[Order], lines=lines)
        with pytest.raises(InvalidValueError):
            Refund(**GOOD[Refund], amount=yuan(1), lines=lines)


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (Order, "order:A-1:paid"),
        (Refund, "order:A-1:refund:R-1"),
        (MemberImport, "member:wei:import"),
        (NewFriend, "friend:wecom%3Amei%3Awei:1780272000000000"),
        (StageMove, "move-stage:k-1"),
        (CouponIssue, "issue-coupon:k-1"),
        (CouponRedemption, "coupon:c-1:order:A-1"),
        (CampaignPause, "pause-campaign:k-1"),
        (CampaignResumption, "resume-campaign:k-1"),
        (ImportantDayTold, "important-day:wei:birthday:1780272000000000"),
    ],
)
def test_a_command_is_keyed_by_what_it_is_about(command, key):
    assert command(**GOOD[command]).decision_key == key


def test_a_day_may_be_told_with_or_without_a_relation():
    told = ImportantDayTold(**GOOD[ImportantDayTold], relation="wecom:mei:wei")
    assert (told.relation, ImportantDayTold(**GOOD[ImportantDayTold]).relation) == (
        "wecom:mei:wei",
        None,
    )
    with pytest.raises(InvalidIdError, match="is empty"):
        ImportantDayTold(**GOOD[ImportantDayTold], relation="")
    with pytest.raises(InvalidValueError, match="day must be YearlyDay; got str"):
        ImportantDayTold(**{**GOOD[ImportantDayTold], "day": "1990-06-18"})


def test_an_id_with_a_colon_makes_no_key_of_another_command():
    for sly, other in (
        (Order(id="A-1:refund", customer="wei", paid=yuan(1)), Order(**GOOD[Order])),
        (
            Order(id="A:1", customer="wei", paid=yuan(1)),
            Order(id="A%3A1", customer="wei", paid=yuan(1)),
        ),
        (
            Refund(id="R", order="A:refund:B", customer="wei"),
            Refund(id="B:refund:R", order="A", customer="wei"),
        ),
    ):
        assert sly.decision_key != other.decision_key
    one = NewFriend(customer="c", employee="b", carrier="a:x", added_at=AT)
    two = NewFriend(customer="c", employee="x:b", carrier="a", added_at=AT)
    assert one.relation != two.relation


def test_the_same_friend_at_another_moment_has_another_key_and_the_same_relation():
    friend = NewFriend(**GOOD[NewFriend])
    again = NewFriend(**{**GOOD[NewFriend], "added_at": AT.add(microseconds=1)})
    assert friend.relation == again.relation == "wecom:mei:wei"
    assert friend.decision_key != again.decision_key
    assert friend.source == "friend"


@pytest.mark.parametrize(
    "answers",
    [[], [GivenAnswer("budget", 1), GivenAnswer("budget", 2)]],
    ids=["none", "two to one question"],
)
def test_a_form_has_one_answer_to_each_question(answers):
    with pytest.raises(InvalidValueError, match="one answer or more is expected, and one to each"):
        SurveyAnswers(**{**GOOD[SurveyAnswers], "answers": answers})


def test_an_answer_is_nothing_that_cannot_be_compared():
    with pytest.raises(InvalidValueError, match="nothing is compared with a float"):
        GivenAnswer("budget", 1.5)
