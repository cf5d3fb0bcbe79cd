"""The strategies that privlib ships: what they draw is valid, and reaches the corners."""

from datetime import date
from typing import get_args

import pendulum
import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st

from privlib.adapters.in_memory import InMemory
from privlib.commands import (
    MemberImport,
    NewFriend,
    Order,
    OrderLine,
    Refund,
)
from privlib.conditions import field
from privlib.decisions import State, accept_friend, decide, import_member, record_order
from privlib.decisions.entering import check_customer_id
from privlib.decisions.stored import ENTITIES
from privlib.domain.private_domain import PrivateDomain
from privlib.encoding.documents import Documents
from privlib.entities import CouponState
from privlib.entities.member import GiftStanding
from privlib.errors import CurrencyMismatchError, InvalidValueError
from privlib.events import (
    Event,
    GiftReearned,
    ProfileFieldCleared,
    RefundWaited,
    SurveyReopened,
)
from privlib.policies.pricing.quoting import quote_basket
from privlib.program import (
    CampaignRules,
    CouponTemplate,
    DayRule,
    Holiday,
    Program,
    Service,
    Shop,
    WholeMonth,
)
from privlib.program.ladder import GiftAfterRefund, Ladder, TierAfterRefund
from privlib.program.loading import default_program, program_from_parts
from privlib.program.offers import NextCoupon, Offer
from privlib.program.questions import FreeText, OneChoice, Option
from privlib.program.survey import Survey
from privlib.program.survey_outcome import SurveyOutcome
from privlib.refusals import Refusal
from privlib.testing import strategies
from privlib.testing.bare_shop import BareShop
from privlib.testing.strategies import (
    amounts_near,
    baskets,
    campaigns,
    coupon_issues,
    coupon_redemptions,
    coupon_templates,
    coupons,
    customer_ids,
    customer_states,
    customers,
    date_periods,
    days,
    decisions,
    exhausted_limits,
    histories,
    ladders,
    member_imports,
    members,
    moments,
    money,
    new_friends,
    order_ids,
    order_lines,
    order_records,
    orders,
    periods,
    programs,
    promotion_sets,
    promotions,
    queries,
    rates,
    refund_lines,
    refunds,
    refunds_of,
    relations,
    reservations,
    rolling_windows,
    services,
    stories,
    templates,
    terms,
)
from privlib.values.ids import EntityRef, checked_id, looks_like_contact
from privlib.values.money import LARGEST_MINOR, Money, total, yuan
from privlib.values.personal import Masked
from privlib.values.rate import Rate, percent
from privlib.values.template import variables_of

PROGRAM = default_program()
WITH_SECRET = PROGRAM.with_secret(b"sixteen bytes or more of our own")
WITH_DAYS = evolve(
    WITH_SECRET,
    important_days=[
        DayRule(name="birthday", window=WholeMonth(), at="00:00", remind_days_ahead=60)
    ],
)
ASKING = evolve(
    WITH_SECRET,
    surveys=[
        Survey(
            name="basics",
            questions=[
                OneChoice(
                    id="tea",
                    text="Which?",
                    choices=[Option("green", ["green"]), "black"],
                    field="tea",
                ),
                FreeText(
                    id="why", text="Why?", field="why", asked_when=field("tea").equals("green")
                ),
            ],
            outcomes=[SurveyOutcome(name="all", suggests="product", what="a pot", reason="{tea}")],
            nudge_after_days=1,
            open_days=20,
        )
    ],
)
NOON = pendulum.datetime(2026, 6, 1, 12)
SPRING = Holiday(name="春节", first=date(2026, 2, 15), last=date(2026, 2, 23))
SOME = settings(max_examples=40, deadline=None)
COMMANDS = Documents(Order, Refund, NewFriend)
QUICK = settings(
    max_examples=2_000,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TWO_LINES = Order(
    id="A-1",
    customer="wei",
    paid=yuan(200),
    lines=[OrderLine(sku="tea", paid=yuan(150)), OrderLine(sku="cup", paid=yuan(50))],
)


def first(strategy, condition):
    """The first thing drawn of which the condition holds; fails if there is none."""
    return find(strategy, condition, settings=QUICK)


def test_every_strategy_is_named_and_told_in_one_sentence():
    for name in strategies.__all__:
        told = getattr(strategies, name).__doc__
        sentence = told.partition("\n\n")[0]
        assert sentence.endswith("."), name


# Amounts, shares, ids, moments


@SOME
@given(data=st.data(), low=money(), more=money())
def test_money_stays_within_its_bounds_and_reaches_both(data, low, more):
    high = low + more
    assert low <= data.draw(money(min_value=low, max_value=high)) <= high
    assert data.draw(money(min_value=high, max_value=high)) == high
    assert yuan(0) <= data.draw(money(max_value=high)) <= high
    assert data.draw(money(min_value=high)) >= high


@SOME
@given(drawn=money(currency="JPY"), bounded=money(max_value=Money(7, "USD")))
def test_money_is_of_the_currency_named_or_of_its_bounds(drawn, bounded):
    assert drawn.currency == "JPY"
    assert bounded in [Money(minor, "USD") for minor in range(8)]


def test_bounds_that_leave_no_amount_are_refused_with_their_numbers():
    with pytest.raises(InvalidValueError, match=r"between 2\.00 CNY and 1\.00 CNY"):
        money(min_value=yuan(2), max_value=yuan(1))
    with pytest.raises(InvalidValueError, match=r"between 0\.00 CNY and -0\.01 CNY"):
        money(max_value=yuan("-0.01"))
    with pytest.raises(CurrencyMismatchError):
        money(min_value=yuan(1), max_value=Money(200, "USD"))
    with pytest.raises(CurrencyMismatchError):
        money(max_value=yuan(1), currency="USD")
    with pytest.raises(InvalidValueError, match="ISO 4217"):
        money(currency="XXX")


@SOME
@given(money(min_value=Money(LARGEST_MINOR)) | money(min_value=Money(-5), max_value=Money(-5)))
def test_money_can_be_drawn_at_the_ends(drawn):
    assert drawn in {Money(LARGEST_MINOR), Money(-5)}


@SOME
@given(share=rates(), small=rates(max_value=percent("12.5")))
def test_a_rate_is_at_most_the_whole_or_the_bound(share, small):
    assert 0 <= share.numerator <= share.denominator
    assert small.numerator * 8 <= small.denominator


def test_rates_reach_nothing_the_whole_and_odd_shares():
    assert first(rates(), lambda rate: rate == Rate(0)) == Rate(0)
    assert first(rates(), lambda rate: rate == Rate(1)) == Rate(1)
    assert first(rates(), lambda rate: rate.denominator == 3).denominator == 3


@SOME
@given(customer=customer_ids(), order=order_ids())
def test_ids_can_be_ids_and_no_customer_is_named_by_contact(customer, order):
    assert checked_id(customer) == customer
    assert checked_id(order) == order
    assert not looks_like_contact(customer)
    check_customer_id(customer, PROGRAM)


def test_ids_are_not_all_plain():
    for ids in (customer_ids(), order_ids()):
        assert first(ids, lambda drawn: len(drawn) == 128)
        assert first(ids, lambda drawn: not drawn.isascii())
        assert first(ids, lambda drawn: ":" in drawn or "%" in drawn)


@SOME
@given(data=st.data(), one=moments(), other=moments())
def test_a_moment_lies_between_its_bounds(data, one, other):
    low, high = sorted([one, other])
    assert low <= data.draw(moments(min_value=low, max_value=high)) <= high
    assert data.draw(moments(min_value=low)) >= low
    assert data.draw(moments(max_value=high)) <= high
    assert one.tzinfo is pendulum.UTC


def test_moments_outside_this_century_are_drawn_where_one_bound_lies_there():
    early, late = pendulum.datetime(1990, 1, 1), pendulum.datetime(2200, 1, 1)
    assert first(moments(max_value=early), lambda at: True) == early
    assert first(moments(min_value=late), lambda at: True) == late
    with pytest.raises(InvalidValueError, match="no moment lies between 2200-01-01"):
        moments(min_value=late, max_value=early)


# Orders, refunds, histories


@SOME
@given(
    any_order=orders(max_paid=yuan(3)),
    plain=orders(with_lines=False),
    lined=orders(with_lines=True, customers=st.just("mei")),
)
def test_orders_are_as_they_were_asked_for(any_order, plain, lined):
    assert any_order.paid <= yuan(3)
    assert plain.lines == ()
    assert lined.lines
    assert lined.customer == "mei"
    for order in (any_order, plain, lined):
        assert COMMANDS.load(COMMANDS.dump(order)) == order


def test_orders_reach_the_corners():
    assert first(orders(), lambda order: order.paid == yuan(0))
    assert first(orders(max_paid=yuan(200)), lambda order: order.paid == yuan(200))
    assert first(orders(), lambda order: len(order.lines) > 2 and order.paid > yuan(1))
    assert first(orders(), lambda order: order.paid and any(not x.paid for x in order.lines))
    assert first(orders(), lambda order: order.paid_at and order.lines)


@SOME
@given(st.data())
def test_refunds_of_an_order_never_exceed_what_was_paid_and_are_never_refused(data):
    order = data.draw(orders())
    refunds = data.draw(refunds_of(order))
    assert len({refund.id for refund in refunds}) == len(refunds)
    assert total(refund.amount for refund in refunds if refund.amount is not None) <= order.paid
    assert all(refund.amount is not None for refund in refunds[:-1])
    state = record_order(State(), order, PROGRAM, at=NOON).after
    for refund in refunds:
        assert COMMANDS.load(COMMANDS.dump(refund)) == refund
        assert refund.refunded_at is None or refund.refunded_at >= (order.paid_at or NOON.min)
        decision = decide(state, refund, PROGRAM, at=NOON)
        assert decision.refusals == ()
        state = decision.after


def test_refunds_reach_the_corners():
    drawn = refunds_of(TWO_LINES)
    assert first(drawn, lambda refunds: refunds == []) == []
    assert first(drawn, lambda refunds: len(refunds) == 4)
    assert first(drawn, lambda refunds: any(len(refund.lines) == 2 for refund in refunds))
    assert first(drawn, lambda refunds: len(refunds) > 1 and refunds[-1].amount is None)
    assert first(
        drawn, lambda refunds: total(refund.amount or yuan(0) for refund in refunds) == yuan(200)
    )
    assert first(refunds_of(TWO_LINES, max_refunds=1), lambda refunds: len(refunds) == 1)


@SOME
@given(histories(customers=2, max_orders=4, max_paid=yuan(900)))
def test_a_history_is_told_without_a_refusal_and_leaves_nothing_waiting(history):
    bought = {command.id: command for command in history if isinstance(command, Order)}
    assert len(bought) <= 4
    assert len({command.customer for command in history}) <= 2
    assert all(order.paid <= yuan(900) for order in bought.values())
    state = State()
    for command in history:
        decision = decide(state, command, PROGRAM, at=NOON)
        assert decision.refusals == ()
        assert decision.events != ()
        state = decision.after
    for order in bought.values():
        record = state.order(order.id)
        assert record.order == order
        assert (record.waiting, record.exceeded) == ((), ())
        assert record.refunded <= order.paid


@SOME
@given(histories(refunds_first=False, with_lines=True))
def test_a_history_can_be_asked_for_in_the_order_in_which_things_happened(history):
    known = {}
    for command in history:
        if isinstance(command, Order):
            assert command.lines
            known[command.id] = command
        else:
            assert command.customer == known[command.order].customer


def waits(history):
    state = State()
    for command in history:
        decision = decide(state, command, PROGRAM, at=NOON)
        state = decision.after
        if any(isinstance(event, RefundWaited) for event in decision.events):
            return True
    return False


def test_histories_reach_the_corners():
    assert first(histories(), lambda history: history == []) == []
    assert first(histories(), lambda history: len({c.customer for c in history}) == 3)
    assert first(histories(), waits)
    assert first(
        histories(),
        lambda history: sum(isinstance(command, Order) for command in history) == 6,
    )


# Ladders, programs, members, friends


@SOME
@given(ladder=ladders(max_tiers=3), in_yen=ladders(currency="JPY"))
def test_ladders_have_as_many_tiers_as_asked_for_in_one_currency(ladder, in_yen):
    assert len(ladder.tiers) <= 3
    assert {tier.threshold.currency for tier in in_yen.tiers} <= {"JPY"}
    assert {tier.gift.value.currency for tier in in_yen.tiers if tier.gift} <= {"JPY"}


def test_ladders_reach_the_corners():
    assert first(ladders(), lambda ladder: ladder.tiers == ()) == Ladder()
    assert first(ladders(), lambda ladder: len(ladder.tiers) == 5)
    assert first(
        ladders(),
        lambda ladder: len({tier.gift is None for tier in ladder.tiers}) == 2,
    )
    for rule in TierAfterRefund:
        assert first(ladders(), lambda ladder, rule=rule: ladder.tier_after_refund is rule)
    for rule in GiftAfterRefund:
        assert first(ladders(), lambda ladder, rule=rule: ladder.gift_after_refund is rule)


@pytest.mark.parametrize("step", ["-0.01", "0.00", "0.01"])
@pytest.mark.parametrize("rung", range(4))
def test_amounts_near_a_ladder_lie_on_both_sides_of_each_threshold(rung, step):
    wanted = PROGRAM.ladder.tiers[rung].threshold + yuan(step)
    assert first(amounts_near(PROGRAM.ladder), lambda amount: amount == wanted) == wanted


@SOME
@given(amounts_near(Ladder(), currency="USD"))
def test_amounts_near_no_ladder_are_any_of_the_currency(amount):
    assert amount >= Money(0, "USD")


@SOME
@given(program=programs(), abroad=programs(currency="USD", max_tiers=2))
def test_a_program_is_stored_and_read_back_as_the_same(program, abroad):
    for drawn in (program, abroad):
        back = program_from_parts(drawn.parts)
        assert back == drawn
        assert back.version == drawn.version
    assert abroad.currency == "USD"
    assert len(abroad.ladder.tiers) <= 2


def test_programs_reach_the_corners():
    assert first(programs(), lambda program: len(program.lifecycles[0].stages) > 2)
    assert first(programs(), lambda program: any(c.coupons for c in program.campaigns))
    assert first(programs(), lambda program: "{name}" in program.welcome.text)
    assert first(programs(), lambda program: program.zone != "Asia/Shanghai")
    assert first(programs(), lambda program: len(program.service.holidays) == 2)


@pytest.mark.parametrize(
    "corner",
    [
        lambda service: any(hours.closes < hours.opens for hours in service.hours),
        lambda service: any(hours.closes == "24:00" for hours in service.hours),
        lambda service: any(hours.days == ("sun",) for hours in service.hours),
        lambda service: len(service.hours) == 3,
        lambda service: len(service.holidays) == 3,
        lambda service: any(len(holiday.days) == 1 for holiday in service.holidays),
        lambda service: any(
            holiday.first <= day <= holiday.last
            for holiday in service.holidays
            for day in service.working_days
        ),
        lambda service: service == evolve(Service(), hours=service.hours),
    ],
)
def test_service_hours_reach_their_corners(corner):
    assert first(services(), corner)


@SOME
@given(st.data())
def test_a_member_stands_where_the_rules_of_his_program_leave_him(data):
    program = data.draw(programs())
    member = data.draw(members(program=program))
    ladder = program.ladder
    assert member.joined_at is not None
    assert yuan(0) <= member.spent
    assert ENTITIES.load(ENTITIES.dump(member)) == member
    stands, reaches = ladder.rung_of(member.tier), ladder.rungs_reached(member.spent.minor)
    assert stands == reaches or (
        stands > reaches and ladder.tier_after_refund is TierAfterRefund.KEEP
    )
    told = MemberImport(customer=member.id, joined_at=NOON, spent=yuan(1))
    assert import_member(State(member), told, program, at=NOON).refusals != ()


def test_members_reach_the_corners():
    drawn = members(program=PROGRAM)
    assert first(drawn, lambda member: member.tier is None)
    assert first(drawn, lambda member: member.tier == "diamond")
    assert first(drawn, lambda member: member.spent == yuan(5_000))
    assert first(drawn, lambda member: member.orders == 0)
    assert first(drawn, lambda member: member.orders and member.paid > member.spent)
    assert first(
        drawn, lambda member: GiftStanding.RETURNABLE in {gift.standing for gift in member.gifts}
    )
    kept = evolve(PROGRAM, ladder=evolve(PROGRAM.ladder, tier_after_refund="keep"))
    assert first(members(program=kept), lambda one: one.tier == "gold" and one.spent < yuan(10_000))


@SOME
@given(new_friends(customers=st.just("wei"), employees=["lin"]))
def test_a_new_friend_is_welcomed_by_any_program(friend):
    assert (friend.customer, friend.employee, friend.name) == ("wei", "lin", None)
    assert COMMANDS.load(COMMANDS.dump(friend)) == friend
    assert accept_friend(State(), friend, PROGRAM, at=NOON).refusals == ()


@SOME
@given(new_friends(customers=st.sampled_from(["wei", "mei"]), with_names=True))
def test_a_new_friend_with_a_name_needs_a_program_with_a_secret(friend):
    program = PROGRAM.with_secret(b"0123456789abcdef0123456789abcdef")
    decision = accept_friend(State(), friend, program, at=friend.added_at)
    assert [value.value for value in decision.personal] == [friend.name]


@pytest.mark.parametrize("customer", ["x" * 124, "x" * 128, "%" * 128, "a:b:" * 20])
def test_a_new_friend_with_the_longest_id_can_be_called_by_name(customer):
    """The reference to his name is made of his id, and longer than it."""
    friend = NewFriend(
        customer=customer, employee="lin", carrier="wecom", added_at=NOON, name=Masked("Wei")
    )
    program = PROGRAM.with_secret(b"0123456789abcdef0123456789abcdef")
    storage = InMemory(clock=lambda: NOON)
    PrivateDomain(program, [storage], clock=lambda: NOON).accept_friend(friend)
    (known,) = storage.get([EntityRef("customer", customer)])
    assert ENTITIES.load(ENTITIES.dump(known)) == known
    assert storage.personal([known.name])[known.name].reveal() == "Wei"


# Bounds of the others


@SOME
@given(
    imported=member_imports(customers=st.just("wei"), max_spent=yuan(3)),
    redemption=coupon_redemptions(customers=st.just("mei"), max_amount=yuan(3)),
    issue=coupon_issues(customers=st.just("lan")),
    line=order_lines(max_paid=yuan(3)),
    share=refund_lines(max_amount=yuan(3)),
)
def test_commands_stay_within_their_bounds(imported, redemption, issue, line, share):
    assert (imported.customer, redemption.customer, issue.customer) == ("wei", "mei", "lan")
    amounts = [imported.spent, redemption.amount, line.paid, share.amount]
    assert max(amount.minor for amount in amounts) <= 300


@SOME
@given(refunds(max_paid=yuan(3)))
def test_a_refund_is_of_a_part_or_of_all_that_is_left(refund):
    assert refund.amount is None or refund.amount <= yuan(3)


@SOME
@given(
    day=days(min_value=date(2024, 2, 28), max_value=date(2024, 3, 1)),
    open_ended=periods(with_end=False),
    ended=date_periods(with_end=True),
    term=terms(max_length=2),
    window=rolling_windows(max_days=3),
)
def test_days_periods_terms_and_windows_stay_within_their_bounds(
    day, open_ended, ended, term, window
):
    assert date(2024, 2, 28) <= day <= date(2024, 3, 1)
    assert open_ended.end is None
    assert ended.ends > ended.starts
    assert 1 <= term.length <= 2
    assert 1 <= window.days <= 3


@SOME
@given(
    taken=reservations(max_limit=7), full=exhausted_limits(max_limit=7), page=queries(max_limit=3)
)
def test_limits_and_pages_stay_within_their_bounds(taken, full, page):
    assert taken.amount <= 7
    assert full.used + full.wanted > full.limit
    assert full.limit <= 7
    assert page.limit <= 3


@SOME
@given(text=templates(variables=["wish"]), coupon=coupon_templates(currency="JPY"))
def test_templates_name_the_variables_given_and_no_others(text, coupon):
    assert set(variables_of(text)) <= {"wish"}
    assert coupon.value.currency == "JPY"
    assert coupon.value <= coupon.threshold


def test_bounds_that_leave_nothing_are_refused():
    for drawn, said in (
        (lambda: days(min_value=date(2026, 1, 2), max_value=date(2026, 1, 1)), "no day lies"),
        (lambda: terms(max_length=0), "a term is at least 1 long; got 0"),
        (lambda: rolling_windows(max_days=0), "a rolling window is at least 1 day; got 0"),
        (lambda: first(reservations(max_limit=-1), bool), "a limit is 0 or more; got -1"),
    ):
        with pytest.raises(InvalidValueError, match=said):
            drawn()


# Entities, stories, decisions


@SOME
@given(relation=relations(program=PROGRAM), coupon=coupons(program=PROGRAM))
def test_entities_of_a_program_stand_where_it_lets_them(relation, coupon):
    assert relation.standings[0].stage in PROGRAM.lifecycles[0].names
    if coupon.state is not CouponState.BLANK:
        (campaign,) = PROGRAM.campaigns
        assert coupon.campaign == campaign.name
        assert campaign.coupon(coupon.template) is not None


def test_entities_reach_the_corners():
    for state in CouponState:
        assert first(coupons(), lambda coupon, state=state: coupon.state is state)
    for stage in PROGRAM.lifecycles[0].names:
        assert first(
            relations(program=PROGRAM), lambda one, stage=stage: one.standings[0].stage == stage
        )
    assert first(customers(), lambda customer: customer.known_since is None)
    assert first(customers(), lambda customer: customer.name is not None)
    assert first(campaigns(program=PROGRAM), lambda campaign: campaign.paused_since is not None)
    assert first(order_records(), lambda record: record.waiting and record.order is None)
    assert first(order_records(), lambda record: record.order and record.refunds)


@SOME
@given(stories(program=PROGRAM, max_commands=9))
def test_a_story_can_be_told_and_its_moments_do_not_run_back(story):
    assert len(story) <= 9
    moments_told = [at for at, _ in story]
    assert moments_told == sorted(moments_told)
    shop = BareShop(PROGRAM)
    for at, command in story:
        assert shop.tell(command, at=at).key == command.decision_key


def what_stories_come_to(program):
    seen = set()

    @settings(QUICK, max_examples=600, derandomize=True)
    @given(story=stories(program=program, max_commands=30))
    def collect(story):
        shop = BareShop(program)
        for at, command in story:
            shop.run_due(at=at)
            shop.tell(command, at=at)
        for decision in shop.decisions:
            seen.update(type(thing) for thing in (*decision.events, *decision.refusals))

    collect()
    return seen


def test_stories_come_to_every_event_and_to_most_refusals():
    programs = (WITH_SECRET, WITH_DAYS, ASKING)
    seen = set().union(*map(what_stories_come_to, programs))
    rare = {GiftReearned, SurveyReopened, ProfileFieldCleared}
    assert set(get_args(Event)) - seen <= rare
    assert len(set(get_args(Refusal)) & seen) >= 18


@SOME
@given(decisions())
def test_a_decision_that_is_drawn_is_the_fold_of_its_events(decision):
    for about, entity in decision.changes.items():
        assert entity.version >= sum(event.about == about for event in decision.events)
    assert bool(decision.events) or not decision.requests


# Promotions, pricing settings, baskets, customers


@SOME
@given(data=st.data(), kind=st.sampled_from(get_args(Offer)))
def test_promotions_are_of_the_kinds_named_only(data, kind):
    assert type(data.draw(promotions(kinds=[kind])).offer) is kind
    assert type(data.draw(strategies.offers(kinds=[kind]))) is kind


def test_a_kind_that_is_no_offer_is_refused():
    with pytest.raises(InvalidValueError, match="Order is not one of: PercentOff, AmountOff"):
        promotions(kinds=[Order])
    with pytest.raises(InvalidValueError, match="NextCoupon is not one of"):
        promotions(kinds=[NextCoupon], next_coupons=[])


@SOME
@given(
    drawn=promotion_sets(
        currency="JPY", tiers=["gold"], holidays=["春节"], next_coupons=[("june", "tea")]
    )
)
def test_promotions_of_a_set_may_stand_in_one_program(drawn):
    offered, pricing = drawn
    june = CampaignRules(
        name="june",
        starts=date(2026, 6, 1),
        budget=Money(1, "JPY"),
        coupons=[CouponTemplate(name="tea", value=Money(1, "JPY"), threshold=Money(1, "JPY"))],
    )
    program = Program(
        shop=Shop(name="Tea", currency="JPY"),
        service=Service(holidays=[SPRING]),
        lifecycles=PROGRAM.lifecycles,
        welcome=PROGRAM.welcome,
        campaigns=[june],
        promotions=offered,
        pricing=pricing,
    )
    assert program.promotions == offered


@pytest.mark.parametrize(
    "corner",
    [
        lambda offered, pricing: any(each.stacking.only_with for each in offered),
        lambda offered, pricing: any(each.stacking.never_with for each in offered),
        lambda offered, pricing: any(each.stacking.alone for each in offered),
        lambda offered, pricing: any(group.at_most == 2 for group in pricing.groups),
        lambda offered, pricing: pricing.at_most == 1,
        lambda offered, pricing: sum(bool(each.codes) for each in offered) > 1,
        lambda offered, pricing: any(each.base == "after:line" for each in offered),
        lambda offered, pricing: len(offered) == 6,
        lambda offered, pricing: not offered,
    ],
)
def test_sets_of_promotions_reach_their_corners(corner):
    first(promotion_sets(), lambda drawn: corner(*drawn))


@SOME
@given(basket=baskets(max_lines=2, max_quantity=5, currency="USD"))
def test_baskets_stay_within_their_bounds(basket):
    assert len(basket.lines) <= 2
    assert all(1 <= line.quantity <= 5 for line in basket.lines)
    assert basket.currency in {None, "USD"}


@SOME
@given(customer=customer_states(promotions=["p"], tiers=["iron"], max_coupons=1))
def test_customers_have_coupons_of_the_promotions_named_and_one_of_the_tiers(customer):
    assert customer.tier in {None, "iron"}
    assert len(customer.coupons) <= 1
    assert {coupon.promotion for coupon in customer.coupons} <= {None, "p"}


MEETINGS = (
    lambda quote: len(quote.applied) > 2,
    lambda quote: any(line.split for line in quote.lines),
    lambda quote: any(each.coupon for each in quote.applied),
    lambda quote: bool(quote.gifts),
    lambda quote: quote.payable.minor == 0 < quote.list.minor,
)


def test_promotions_and_baskets_meet():
    """In each way; all are looked for at once and for long, since some are seldom drawn."""
    asked = st.tuples(promotion_sets(max_promotions=12), baskets(), customer_states(promotions=()))
    missing = list(MEETINGS)
    long = settings(QUICK, max_examples=10_000)
    assert find(asked, lambda drawn: meet_in_all_ways(missing, quoted(*drawn)), settings=long)


def meet_in_all_ways(missing, quote):
    missing[:] = [way for way in missing if not way(quote)]
    return not missing


def quoted(drawn, basket, customer):
    """A quote at noon under the default program with these promotions."""
    offered, pricing = drawn
    program = evolve(PROGRAM, promotions=offered, pricing=pricing)
    return quote_basket(basket, customer, program, at=NOON)
