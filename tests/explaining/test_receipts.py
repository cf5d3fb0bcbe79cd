"""Receipts: a quote as it is explained, line by line, with every reason."""

import re

import pendulum
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

from privlib.commands import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.explaining import LOCALES, explain
from privlib.explaining.columns import Row, aligned, width
from privlib.explaining.wording import grouped, with_cents
from privlib.policies.pricing import quote_basket
from privlib.program.loading import default_program
from privlib.program.offers import FreeShipping, NthItem, Step, ThresholdOff
from privlib.program.promotion import Promotion
from privlib.quotes import (
    Adjustment,
    AgainstPublic,
    Applied,
    GiftLine,
    LeftOut,
    LineAgainstPublic,
    NextCouponGranted,
    Payment,
    PaymentKind,
    PieceGroup,
    Quote,
    QuotedLine,
    QuotedShipping,
    RunnerUp,
    ShelfPrice,
)
from privlib.refusals import (
    AmountNotReached,
    Beaten,
    CodeUnknown,
    ConditionUnmet,
    NotSoldHere,
    WaitsForCode,
)
from privlib.testing.strategies import quotes
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan
from privlib.values.rate import Rate

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")


def off(source, layer, base, amount):
    return Adjustment(source=source, layer=layer, base_minor=base, amount_minor=amount)


GOLD = off("gold price", "shelf", 60_00, 5_00)
FULL = Quote(
    at=NOON,
    list=yuan(1_150),
    goods=yuan("1092.50"),
    shipping_list=yuan(10),
    shipping_cost=yuan(0),
    proven=False,
    program="p",
    input="i",
    lines=[
        QuotedLine(
            id="longjing",
            sku="longjing",
            quantity=2,
            list_minor=120_00,
            payable_minor=62_50,
            adjustments=[
                off("gold price", "shelf", 120_00, 10_00),
                off("second half", "line", 110_00, 27_50),
                off("spring", "order", 82_50, 20_00),
            ],
            split=[
                PieceGroup(
                    pieces=1,
                    list_minor=60_00,
                    payable_minor=41_67,
                    adjustments=[GOLD, off("spring", "order", 55_00, 13_33)],
                ),
                PieceGroup(
                    pieces=1,
                    list_minor=60_00,
                    payable_minor=20_83,
                    adjustments=[
                        GOLD,
                        off("second half", "line", 55_00, 27_50),
                        off("spring", "order", 27_50, 6_67),
                    ],
                ),
            ],
            shelf=ShelfPrice(
                rule="gold price", price_minor=55_00, replaced=[("june", 58_00), ("plan", 59_50)]
            ),
        ),
        QuotedLine(
            id="second", sku="tea set", quantity=1, list_minor=1_030_00, payable_minor=1_030_00
        ),
    ],
    shipping=[
        QuotedShipping(
            id="standard",
            method="standard",
            list_minor=10_00,
            payable_minor=0,
            adjustments=[off("free post", "shipping", 10_00, 10_00)],
        )
    ],
    applied=[
        Applied(source="second half", promotion="second half", layer="line", amount=yuan("27.50")),
        Applied(
            source="c-1",
            promotion="spring",
            layer="order",
            amount=yuan(20),
            times=2,
            coupon="c-1",
            cut=yuan(5),
        ),
        Applied(
            source="free post",
            promotion="free post",
            layer="shipping",
            amount=yuan(10),
            code="POST",
        ),
        Applied(source="gift day", promotion="gift day", layer="order", amount=yuan(0)),
    ],
    gifts=[
        GiftLine(promotion="gift day", sku="cup", pieces=2),
        GiftLine(promotion="gift day", sku="bag", pieces=1, instead_of="mug"),
    ],
    next_coupons=[NextCouponGranted(promotion="again", campaign="june", coupon="20 off")],
    points_times=Rate(3, 2),
    payments=[
        Payment(kind=PaymentKind.POINTS, amount=yuan(5), points=500),
        Payment(kind=PaymentKind.WALLET, amount=yuan(50)),
        Payment(kind=PaymentKind.GIFT_CARD, amount=yuan(100), source="G-7"),
    ],
    against_public=[
        AgainstPublic(
            platform="jd",
            lines=[
                LineAgainstPublic(
                    id="longjing", sku="longjing", here=yuan("62.50"), there=yuan(150)
                ),
                LineAgainstPublic(id="second", sku="tea set", here=yuan(1_030), there=yuan(1_000)),
            ],
        ),
        AgainstPublic(
            platform="tmall",
            lines=[
                LineAgainstPublic(id="longjing", sku="longjing", here=yuan("62.50"), there=yuan(60))
            ],
            unknown=["second"],
        ),
    ],
    not_sold=[
        LeftOut(
            source="wechat tea",
            reasons=[NotSoldHere(sku="wechat tea", channel="store", channels=["wechat"])],
        )
    ],
    left_out=[
        LeftOut(
            source="big",
            reasons=[
                AmountNotReached(promotion="big", needs=yuan(2_000), has=yuan(1_150)),
                ConditionUnmet(
                    field="tier", called="tier", comparison="equal", needs="gold", has="silver"
                ),
            ],
        ),
        LeftOut(
            source="summer",
            reasons=[Beaten(promotion="summer", by=["spring"], amount=yuan("0.50"))],
        ),
        LeftOut(source="TEA", reasons=[CodeUnknown(code="TEA")]),
    ],
    runner_up=RunnerUp(sources=["second half", "summer"], payable=yuan(1_093)),
)
ENGLISH = """\
Quote of 2026-06-01 12:00, amounts in yuan

2 x longjing                                           120.00
  did not count: june 58.00, plan 59.50
  gold price, on 120.00                                -10.00
  second half, on 110.00                               -27.50
  spring, on 82.50                                     -20.00
  to pay                                                62.50
    1 of them, with gold price, spring                  41.67
    1 of them, with gold price, second half, spring     20.83
1 x tea set (second)                                 1,030.00
Shipping: standard                                      10.00
  free post, on 10.00                                  -10.00
  to pay                                                 0.00

List price                                           1,160.00
Taken off                                              -67.50
To pay                                               1,092.50
Paid with 500 points                                    -5.00
Paid from the wallet                                   -50.00
Paid with gift card G-7                               -100.00
Left to pay                                            937.50

Applied
  second half                                          -27.50
  c-1 (spring), 2 times                                -20.00
    5 yuan more found nothing to take off
  free post, code POST                                 -10.00
  gift day

Gifts
  2 x cup, from gift day
  1 x bag, from gift day, instead of mug

Coupons for the next order
  20 off of campaign june, from again

The order earns 1.5 times the points.

Against public platforms
  jd: 57.50 yuan saved; costs more here: tea set
  tmall: 2.50 yuan more here; costs more here: longjing; left out, price there not known: second

Not sold
  wechat tea is sold only over wechat; this basket is bought over store.

Not applied
  big: 850 yuan more is needed, 1,150 yuan of 2,000 yuan.
  big: The tier has to be gold; it is silver.
  summer: with it instead of spring the customer would pay 0.50 yuan more.
  TEA: no promotion has this code.

Next best: second half, summer                       1,093.00
Not proven: the search ended before every combination was tried."""
CHINESE = """\
报价 2026-06-01 12:00，金额单位：元

longjing × 2                                         120.00
  未采用：june 58.00、plan 59.50
  gold price，按 120.00 计                           -10.00
  second half，按 110.00 计                          -27.50
  spring，按 82.50 计                                -20.00
  应付                                                62.50
    其中 1 件，享 gold price、spring                  41.67
    其中 1 件，享 gold price、second half、spring     20.83
tea set（second）× 1                               1,030.00
运费：standard                                        10.00
  free post，按 10.00 计                             -10.00
  应付                                                 0.00

原价合计                                           1,160.00
优惠合计                                             -67.50
应付                                               1,092.50
500 积分抵扣                                          -5.00
储值支付                                             -50.00
礼品卡 G-7 支付                                     -100.00
还需支付                                             937.50

已享优惠
  second half                                        -27.50
  c-1（spring），2 次                                -20.00
    另有 5 元无处可减
  free post，优惠码 POST                             -10.00
  gift day

赠品
  cup × 2，来自 gift day
  bag × 1，来自 gift day，代替 mug

下单返券
  活动 june 的券 20 off，来自 again

本单积分 1.5 倍。

与公域平台比较
  jd：在此购买可省 57.50 元；此处更贵：tea set
  tmall：在此购买多付 2.50 元；此处更贵：longjing；公域价未知，未计入：second

不可购买
  wechat tea 仅在渠道 wechat 销售；本单来自渠道 store。

未享优惠
  big：还差 850 元，满 2,000 元可用，现为 1,150 元。
  big：等级须为 gold；现为 silver。
  summer：不及 spring，改用此项将多付 0.50 元。
  TEA：没有活动使用此优惠码。

次优组合：second half、summer                      1,093.00
未经证明：搜索提前结束，未能试遍所有组合。"""


def test_a_quote_reads_as_a_receipt_with_every_reason():
    assert explain(FULL, zone="Asia/Shanghai") == ENGLISH
    assert explain(FULL, zone="Asia/Shanghai", locale="zh-CN") == CHINESE


BARE = Quote(
    at=NOON,
    list=yuan(30),
    goods=yuan(30),
    shipping_list=yuan(0),
    shipping_cost=yuan(0),
    proven=True,
    program="p",
    input="i",
    lines=[QuotedLine(id="cup", sku="cup", quantity=1, list_minor=30_00, payable_minor=30_00)],
)


def test_what_there_is_none_of_has_no_heading():
    assert explain(BARE) == (
        "Quote of 2026-06-01 04:00 UTC, amounts in yuan\n\n"
        "1 x cup  30.00\n\n"
        "To pay   30.00\n\n"
        "No combination is better."
    )
    assert explain(BARE, locale="zh-CN", zone="Asia/Shanghai") == (
        "报价 2026-06-01 12:00，金额单位：元\n\n"
        "cup × 1  30.00\n\n"
        "应付     30.00\n\n"
        "没有更优惠的组合。"
    )


def test_another_currency_is_named_and_written_with_its_own_digits():
    yen = Quote(
        at=NOON,
        list=Money(1_500, "JPY"),
        goods=Money(1_500, "JPY"),
        shipping_list=Money(0, "JPY"),
        shipping_cost=Money(0, "JPY"),
        proven=True,
        program="p",
        input="i",
    )
    assert explain(yen, zone="Asia/Tokyo") == (
        "Quote of 2026-06-01 13:00, amounts in JPY\n\nTo pay  1,500\n\nNo combination is better."
    )


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (Rate(2), "2"),
        (Rate(3, 2), "1.5"),
        (Rate(201, 100), "2.01"),
        (Rate(1, 8), "0.125"),
        (Rate(1, 3), "1/3"),
    ],
)
def test_points_are_multiplied_by_a_decimal_where_there_is_one(times, said):
    assert f"The order earns {said} times the points." in explain(evolve(BARE, points_times=times))


def test_points_earned_once_are_not_told():
    assert "points" not in explain(evolve(BARE, points_times=Rate(1)))


@pytest.mark.parametrize(
    ("second", "english", "chinese"),
    [
        (RunnerUp(sources=["a", "b"], payable=yuan(31)), "Next best: a, b", "次优组合：a、b"),
        (RunnerUp(sources=[], payable=yuan(31)), "Next best: nothing", "次优组合：无优惠"),
    ],
)
def test_the_runner_up_is_told_with_what_it_would_cost(second, english, chinese):
    quote = evolve(BARE, runner_up=second)
    assert f"\n{english}" in explain(quote)
    assert f"\n{chinese}" in explain(quote, locale="zh-CN")
    assert explain(quote).splitlines()[-2].endswith(" 31.00")


@pytest.mark.parametrize(
    ("there", "english", "chinese"),
    [
        ("30.01", "any of them: 0.01 yuan saved", "各平台：在此购买可省 0.01 元"),
        (30, "any of them: the same here", "各平台：价格相同"),
        (
            "29.99",
            "any of them: 0.01 yuan more here; costs more here: cup",
            "各平台：在此购买多付 0.01 元；此处更贵：cup",
        ),
    ],
)
def test_what_is_saved_or_lost_against_platforms_without_a_name_is_told(there, english, chinese):
    cup = LineAgainstPublic(id="cup", sku="cup", here=yuan(30), there=yuan(there))
    quote = evolve(BARE, against_public=[AgainstPublic(lines=[cup])])
    assert f"\nAgainst public platforms\n  {english}\n" in explain(quote)
    assert f"\n与公域平台比较\n  {chinese}\n" in explain(quote, locale="zh-CN")


def test_what_is_left_out_for_no_reason_of_its_own_is_not_listed():
    quote = evolve(BARE, left_out=[LeftOut(source="spring", reasons=[])])
    assert explain(quote) == explain(BARE)


def test_names_with_braces_stand_there_as_they_are():
    quote = evolve(
        BARE,
        gifts=[GiftLine(promotion="{sku}", sku="{pieces}", pieces=1)],
        left_out=[LeftOut(source="{by}", reasons=[WaitsForCode(promotion="{by}")])],
    )
    assert "  1 x {pieces}, from {sku}\n" in explain(quote)
    assert "  {by}: it wants a code.\n" in explain(quote)


def test_an_amount_that_made_the_price_higher_is_added():
    line = QuotedLine(
        id="cup",
        sku="cup",
        quantity=1,
        list_minor=30_00,
        payable_minor=32_00,
        adjustments=[off("floor", "shelf", 30_00, -2_00)],
    )
    told = explain(evolve(BARE, lines=[line], goods=yuan(32)))
    assert "  floor, on 30.00   2.00\n  to pay           32.00\n" in told


PROGRAM = evolve(
    default_program(),
    promotions=[
        Promotion(
            name="second half",
            layer="line",
            goods=Goods(categories=["tea"]),
            offer=NthItem(n=2, percent=50),
        ),
        Promotion(name="spring", offer=ThresholdOff(steps=[Step(amount=yuan(200), off=yuan(20))])),
        Promotion(name="free post", layer="shipping", offer=FreeShipping()),
    ],
)
FRESH = """\
Quote of 2026-06-01 12:00, amounts in yuan

2 x longjing                          120.00
  second half, on 120.00              -30.00
  c-1, on 90.00                       -15.00
  to pay                               75.00
    1 of them, with c-1                50.00
    1 of them, with second half, c-1   25.00
1 x cup                                30.00
  c-1, on 30.00                        -5.00
  to pay                               25.00
Shipping: standard                     10.00
  free post, on 10.00                 -10.00
  to pay                                0.00

List price                            160.00
Taken off                             -60.00
To pay                                100.00

Applied
  second half                         -30.00
  c-1 (coupon)                        -20.00
  free post                           -10.00

Not applied
  spring: 50 yuan more is needed, 150 yuan of 200 yuan.
  TEA: no promotion has this code.

No combination is better."""


def test_a_quote_fresh_from_the_rules_reads_as_a_receipt_too():
    basket = Basket(
        lines=[
            BasketLine(sku="longjing", price=yuan(60), quantity=2, categories=["tea"]),
            BasketLine(sku="cup", price=yuan(30)),
        ],
        shipping=[ShippingLine(price=yuan(10))],
    )
    coupon = CouponInHand(id="c-1", value=yuan(20), threshold=yuan(100))
    quote = quote_basket(basket, CustomerState(coupons=[coupon]), PROGRAM, codes=["TEA"], at=NOON)
    assert explain(quote, zone="Asia/Shanghai") == FRESH


def test_columns_line_up_by_the_places_that_characters_take():
    assert width("茶 tea") == 6
    assert width("é") == width("é") == 1
    rows = [Row("茶", yuan(1_000)), Row("a longer text without an amount"), Row("cup", yuan(5))]
    assert aligned([rows]) == ("茶   1,000.00\na longer text without an amount\ncup      5.00")


def test_sections_without_rows_leave_no_gap():
    assert aligned([[], [Row("one")], [], [Row("two")]]) == "one\n\ntwo"
    assert aligned([]) == ""


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(quote=quotes(), locale=st.sampled_from(LOCALES))
def test_a_receipt_leaves_nothing_out_and_its_amounts_line_up(quote, locale):
    told = explain(quote, locale=locale)
    for line in (*quote.lines, *quote.shipping):
        assert with_cents(line.list) in told
        for each in line.adjustments:
            assert f"{each.source}" in told
            assert with_cents(-each.amount) in told
    assert with_cents(quote.payable) in told
    assert with_cents(quote.due) in told
    for left in (*quote.left_out, *quote.not_sold):
        assert left.source in told
    for against in quote.against_public:
        assert grouped(max(against.saved, -against.saved)) in told or not against.saved
        assert all(name in told for name in (*against.dearer, *against.unknown))
    shown = [row for row in told.splitlines() if re.search(r"  -?[\d,]+\.\d\d$", row)]
    assert len({width(row) for row in shown}) == 1
