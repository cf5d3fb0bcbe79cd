"""The laws of tiers and their gifts (T1 to T7)."""

from collections import Counter

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from privlib.adapters.in_memory import InMemory
from privlib.commands import MemberImport, Order, Refund
from privlib.decisions import State, decide, record_order, reverse_order
from privlib.domain.private_domain import PrivateDomain
from privlib.entities import Member
from privlib.entities.member import GiftStanding, MemberGift, Reached
from privlib.events import (
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    OrderRecorded,
    RefundApplied,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.explaining import explain
from privlib.policies.tier_upgrade import progress_of, tier_lost, tiers_reached
from privlib.program.ladder import GiftAfterRefund, Ladder, Tier, TierAfterRefund
from privlib.program.loading import default_program, program_from_parts
from privlib.requests import ShipGift
from privlib.testing.laws import (
    check_each_gift_is_granted_once,
    check_one_order_reaches_each_tier_it_crosses,
    check_refunds_do_to_gifts_what_the_rule_says,
    check_splitting_an_order_brings_the_same_gifts,
    check_thresholds_are_inclusive,
    check_tiers_follow_net_spend,
    check_tiers_never_fall_by_purchases,
)
from privlib.testing.laws.cases import purchases, ups_and_downs
from privlib.testing.plain_ladder import tier_for
from privlib.testing.strategies import (
    amounts_near,
    histories,
    ladders,
    members,
    programs,
    refunds_of,
)
from privlib.values.money import total, yuan

PROGRAM = default_program()
NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
SOME = settings(max_examples=75, deadline=None)
FEW = settings(max_examples=40, deadline=None)  # histories take long to draw
MORE = settings(max_examples=150, deadline=None)  # under any rules, not under one
GIFTS = {tier.name: tier.gift for tier in PROGRAM.ladder.tiers}
RULES_OF_TIERS = st.sampled_from(TierAfterRefund)
RULES_OF_GIFTS = st.sampled_from(GiftAfterRefund)


def under(ladder, **rules):
    """The default program with another ladder, or with other rules for refunds."""
    return evolve(PROGRAM, ladder=evolve(ladder, **rules))


def order(number, paid, customer="wei"):
    return Order(id=f"A-{number}", customer=customer, paid=paid)


def told(program, *commands, state=None):
    """Every decision on commands told one after another."""
    decisions, state = [], state or State()
    for command in commands:
        decisions.append(decide(state, command, program, at=NOON))
        state = decisions[-1].after
    return decisions


def wei_after(program, *commands, state=None):
    decisions = told(program, *commands, state=state)
    return (decisions[-1].after if decisions else state or State()).member("wei")


def of_type(decisions, *types):
    return [event for decision in decisions for event in decision.events if type(event) in types]


# T1


@pytest.mark.law("T1")
def test_a_tier_never_falls_by_buying():
    """Purchases only: tier never falls."""
    check_tiers_never_fall_by_purchases(programs(), settings=SOME)


@pytest.mark.law("T1")
@FEW
@given(data=st.data())
def test_whoever_has_spent_more_stands_no_lower(data):
    """`tier(s+d) >= tier(s)`, whatever became of the member before."""
    ladder = data.draw(ladders())
    program = under(ladder)
    member = data.draw(members(program=program))
    more = data.draw(amounts_near(ladder))
    bought = Order(id="one more", customer=member.id, paid=more)
    after = record_order(State(member), bought, program, at=NOON).after.member(member.id)
    assert ladder.rung_of(after.tier) >= ladder.rung_of(member.tier)
    assert ladder.rungs_reached(after.spent.minor) >= ladder.rungs_reached(member.spent.minor)


# T2


@pytest.mark.law("T2")
@pytest.mark.law("T6")
def test_the_tier_follows_from_net_spend_and_the_named_rule_alone():
    """A function of net spend and the policy: `keep` goes by the most that net spend ever was."""
    check_tiers_follow_net_spend(programs(), settings=MORE)


@pytest.mark.law("T2")
@SOME
@given(data=st.data(), rule=RULES_OF_TIERS)
def test_the_order_of_deliveries_does_not_matter_to_the_tier(data, rule):
    """Tier is not a function of the order of deliveries."""
    ladder = data.draw(ladders())
    program = under(ladder, tier_after_refund=rule)
    bought = data.draw(purchases(program))
    one, other = (
        wei_after(program, *each) for each in (bought, data.draw(st.permutations(bought)))
    )
    assert (one.spent, one.tier, one.orders) == (other.spent, other.tier, other.orders)
    assert one.gifts == other.gifts
    assert [reached.tier for reached in one.reached] == [reached.tier for reached in other.reached]


@pytest.mark.law("T2")
def test_splitting_an_order_reaches_the_same_tiers_and_gifts():
    """Tier is a function of net spend: the same money in several orders reaches the same."""
    check_splitting_an_order_brings_the_same_gifts(programs(), settings=SOME)


@pytest.mark.law("T2")
@FEW
@given(data=st.data())
def test_the_spend_of_others_does_not_matter_to_a_tier(data):
    """Tier is a function of one's own net spend."""
    ladder = data.draw(ladders())
    program = under(ladder, tier_after_refund="recompute")
    history = data.draw(histories())
    decisions = told(program, *history)
    for person in {command.customer for command in history}:
        own = [command for command in history if command.customer == person]
        alone = told(program, *own)[-1].after.member(person)
        among_others = decisions[-1].after.member(person)
        assert (alone.spent, alone.tier, alone.gifts) == (
            among_others.spent,
            among_others.tier,
            among_others.gifts,
        )
        assert alone.tier == tier_for(ladder, alone.spent)


# T3

BOUNDARIES = [
    pytest.param("4999.99", None),
    pytest.param("5000.00", "silver"),
    pytest.param("5000.01", "silver"),
    pytest.param("9999.99", "silver"),
    pytest.param("10000.00", "gold"),
    pytest.param("10000.01", "gold"),
    pytest.param("49999.99", "gold"),
    pytest.param("50000.00", "platinum"),
    pytest.param("50000.01", "platinum"),
    pytest.param("99999.99", "platinum"),
    pytest.param("100000.00", "diamond"),
    pytest.param("100000.01", "diamond"),
]


@pytest.mark.law("T3")
@pytest.mark.parametrize(("spent", "tier"), BOUNDARIES)
def test_a_threshold_is_inclusive(spent, tier):
    """499,999 fen no, 500,000 yes; likewise 1,000,000, 5,000,000 and 10,000,000."""
    assert wei_after(PROGRAM, order(1, yuan(spent))).tier == tier


@pytest.mark.law("T3")
@pytest.mark.parametrize(("spent", "tier"), BOUNDARIES)
def test_a_threshold_is_inclusive_for_the_fen_that_comes_last(spent, tier):
    """Thresholds are inclusive, reached in two orders as in one."""
    almost = order(1, yuan(spent) - yuan("0.01"))
    assert wei_after(PROGRAM, almost, order(2, yuan("0.01"))).tier == tier


@pytest.mark.law("T3")
@pytest.mark.parametrize(("spent", "tier"), BOUNDARIES)
def test_a_threshold_is_inclusive_on_the_way_down(spent, tier):
    """Thresholds are inclusive, also for what a refund leaves."""
    back = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(200_000) - yuan(spent))
    member = wei_after(PROGRAM, order(1, yuan(200_000)), back)
    assert (member.spent, member.tier) == (yuan(spent), tier)


@pytest.mark.law("T3")
@pytest.mark.parametrize(("spent", "tier"), BOUNDARIES)
def test_a_threshold_is_inclusive_for_an_imported_member(spent, tier):
    """Thresholds are inclusive, also for what was spent before."""
    imported = MemberImport(customer="wei", joined_at=NOON, spent=yuan(spent))
    assert wei_after(PROGRAM, imported).tier == tier


@pytest.mark.law("T3")
@SOME
@given(ladder=ladders(max_tiers=8))
def test_every_threshold_of_every_ladder_is_inclusive(ladder):
    """Thresholds inclusive, the fen below not, on any ladder."""
    for rung, tier in enumerate(ladder.tiers):
        below, at = tier.threshold - yuan("0.01"), tier.threshold
        assert ladder.rungs_reached(below.minor) == rung
        assert ladder.rungs_reached(at.minor) == rung + 1
        assert tiers_reached(Member(id="wei", spent=at), ladder) == ladder.tiers[: rung + 1]
        assert tiers_reached(Member(id="wei", spent=below), ladder) == ladder.tiers[:rung]
        stands = Member(id="wei", tier=tier.name, spent=at)
        assert tier_lost(stands, ladder) is None
        falls_to = ladder.tiers[rung - 1] if rung else None
        lost = tier_lost(evolve(stands, spent=below), ladder)
        kept = ladder.tier_after_refund is TierAfterRefund.KEEP
        assert lost == (None if kept else (tier, falls_to))


@pytest.mark.law("T3")
@pytest.mark.parametrize("currency", ["CNY", "USD", "JPY", "KWD"])
def test_a_threshold_is_inclusive_in_every_currency(currency):
    """Thresholds inclusive, to the minor unit of whatever currency the shop reckons in."""
    check_thresholds_are_inclusive(programs(currency=currency, max_tiers=8), settings=SOME)


@pytest.mark.law("T3")
@FEW
@given(data=st.data())
def test_what_is_missing_to_the_next_tier_reaches_it_and_a_fen_less_does_not(data):
    """Thresholds inclusive: progress names the very amount that reaches the next tier."""
    ladder = data.draw(ladders())
    program = under(ladder, tier_after_refund="recompute")
    member = data.draw(members(program=program))
    ahead = progress_of(member, ladder)
    if ahead.next_tier is None:
        assert ahead.missing is None
        assert ladder.rungs_reached(member.spent.minor) == len(ladder.tiers)
        return
    reaches, misses = (
        record_order(
            State(member), Order(id="one more", customer=member.id, paid=paid), program, at=NOON
        ).after.member(member.id)
        for paid in (ahead.missing, ahead.missing - yuan("0.01"))
    )
    assert (reaches.tier, misses.tier) == (ahead.next_tier, member.tier)


# T4


@pytest.mark.law("T4")
@SOME
@given(data=st.data(), tiers=RULES_OF_TIERS, gifts=RULES_OF_GIFTS)
def test_a_gift_is_granted_once_whatever_is_bought_and_given_back(data, tiers, gifts):
    """Each gift is granted at most once per member over any purchase/refund sequence."""
    ladder = data.draw(ladders())
    program = under(ladder, tier_after_refund=tiers, gift_after_refund=gifts)
    decisions = told(program, *data.draw(ups_and_downs(program)))
    granted = [event.gift for event in of_type(decisions, GiftGranted)]
    shipped = [request for each in decisions for request in each.requests]
    shipped = [request.gift for request in shipped if isinstance(request, ShipGift)]
    assert max(Counter(granted).values(), default=1) == 1
    assert shipped == granted
    peak = max(each.after.member("wei").spent for each in decisions)
    reached = [tier for tier in ladder.tiers if tier.threshold <= peak]
    assert granted == [tier.gift.id for tier in reached if tier.gift is not None]


@pytest.mark.law("T4")
def test_a_gift_is_granted_once_to_each_of_many_members_whatever_comes_first():
    """Each gift at most once per member, also where refunds come before their orders."""
    check_each_gift_is_granted_once(programs(), settings=SOME)


@pytest.mark.law("T4")
@SOME
@given(data=st.data(), rule=st.sampled_from(["already_rewarded", "catch_up"]))
def test_an_imported_member_gets_no_gift_a_second_time(data, rule):
    """Each gift at most once per member, those given before privlib came included."""
    ladder = data.draw(ladders())
    enrolment = evolve(PROGRAM.enrolment, imported_member=rule)
    program = evolve(under(ladder), enrolment=enrolment)
    before = data.draw(amounts_near(ladder))
    imported = MemberImport(customer="wei", joined_at=NOON, spent=before)
    decisions = told(program, imported, *data.draw(ups_and_downs(program)))
    first = decisions[0]
    owed = [tier.gift.id for tier in ladder.tiers if tier.threshold <= before and tier.gift]
    was_given = [] if rule == "catch_up" else owed
    assert [event.gift for event in of_type([first], GiftAlreadyGiven)] == was_given
    assert [event.gift for event in of_type([first], GiftGranted)] == (
        owed if rule == "catch_up" else []
    )
    all_gifts = Counter(e.gift for e in of_type(decisions, GiftGranted, GiftAlreadyGiven))
    assert max(all_gifts.values(), default=1) == 1


@pytest.mark.law("T4")
@SOME
@given(data=st.data())
def test_a_gift_is_granted_once_even_if_its_threshold_moves(data):
    """Each gift at most once, by its id, whatever happens to thresholds in between."""
    first, second = data.draw(ladders()), data.draw(ladders())
    gifts = [tier.gift for tier in first.tiers]
    moved = evolve(
        second,
        tiers=[evolve(tier, gift=gift) for tier, gift in zip(second.tiers, gifts, strict=False)],
    )
    state, decisions = State(), []
    for command in data.draw(ups_and_downs(under(first))):
        program = under(data.draw(st.sampled_from([first, moved])))
        decisions += told(program, command, state=state)
        state = decisions[-1].after
    granted = Counter(event.gift for event in of_type(decisions, GiftGranted))
    assert max(granted.values(), default=1) == 1


@pytest.mark.law("T4")
def test_silver_lost_and_reached_again_brings_the_gift_back_and_no_second_one():
    """The silver gift is granted once; what a refund marked, new spend earns again."""
    commands = [
        order(1, yuan(5_000)),
        Refund(id="R-1", order="A-1", customer="wei", amount=yuan("0.01")),
        order(2, yuan("0.01")),
    ]
    decisions = told(PROGRAM, *commands)
    gift = {"customer": "wei", "gift": "silver-pack", "value": yuan(300), "at": NOON}
    assert of_type(decisions, GiftGranted, GiftReturnable, GiftReearned) == [
        GiftGranted(tier="silver", **gift),
        GiftReturnable(**gift),
        GiftReearned(**gift),
    ]
    assert [len(each.requests) for each in decisions[1:]] == [0, 0]
    member = decisions[-1].after.member("wei")
    assert member.gifts == (MemberGift(id="silver-pack", value=yuan(300), at=NOON),)
    assert member.reached == (Reached(tier="silver", threshold=yuan(5_000), order="A-1", at=NOON),)


# T5


@pytest.mark.law("T5")
def test_one_purchase_reaches_each_tier_it_crosses_once_and_in_ascending_order():
    """One purchase that crosses k thresholds yields exactly k milestone events, ascending."""
    check_one_order_reaches_each_tier_it_crosses(programs(max_tiers=8), settings=MORE)


@pytest.mark.law("T5")
def test_one_order_from_nothing_to_platinum_reaches_three_tiers_with_their_gifts():
    """One purchase that crosses 3 thresholds yields exactly 3 milestone events, ascending."""
    wei = State(Member(id="wei", joined_at=NOON))
    bought = order(1, yuan(50_000))
    decision = record_order(wei, bought, PROGRAM, at=NOON)
    steps = [("silver", 5_000), ("gold", 10_000), ("platinum", 50_000)]
    about = {"customer": "wei", "at": NOON}
    assert decision.events == (
        OrderRecorded(order=bought, at=NOON),
        SpendAdded(order="A-1", amount=yuan(50_000), **about),
        *(
            event
            for tier, threshold in steps
            for event in (
                TierReached(
                    tier=tier,
                    threshold=yuan(threshold),
                    spent=yuan(50_000),
                    order="A-1",
                    **about,
                ),
                GiftGranted(gift=GIFTS[tier].id, tier=tier, value=GIFTS[tier].value, **about),
            )
        ),
    )
    assert decision.requests == tuple(
        ShipGift(
            key=f"order:A-1:paid/gift/{GIFTS[tier].id}",
            customer="wei",
            gift=GIFTS[tier].id,
            items=GIFTS[tier].items,
            value=GIFTS[tier].value,
            order="A-1",
        )
        for tier, _ in steps
    )


# T6


@pytest.mark.law("T6")
def test_a_refund_does_to_the_gifts_what_the_named_rule_says():
    """Refund: `returnable` marks what net spend no longer earns, `keep` marks nothing."""
    check_refunds_do_to_gifts_what_the_rule_says(programs(), settings=MORE)


@pytest.mark.law("T6")
@SOME
@given(data=st.data(), tiers=RULES_OF_TIERS, gifts=RULES_OF_GIFTS)
def test_what_a_refund_takes_away_is_decided_alike_each_time_and_explained(data, tiers, gifts):
    """Both rules are deterministic and explained: with the spend and the threshold."""
    ladder = data.draw(ladders())
    program = under(ladder, tier_after_refund=tiers, gift_after_refund=gifts)
    commands = data.draw(ups_and_downs(program))
    decisions = told(program, *commands)
    assert told(program, *commands) == decisions
    thresholds = {tier.name: tier.threshold for tier in ladder.tiers}
    for command, decision in zip(commands, decisions, strict=True):
        lost = of_type([decision], TierLost)
        assert isinstance(command, Refund) or not lost
        for event in lost:
            assert event.spent == decision.after.member("wei").spent
            assert event.spent < thresholds[event.tier] == event.threshold
            assert event.to == tier_for(ladder, event.spent)


FALLING = [
    order(1, yuan(12_000)),
    Refund(id="R-1", order="A-1", customer="wei", amount=yuan("7000.01")),
]


@pytest.mark.law("T6")
def test_by_default_a_refund_takes_tiers_away_and_marks_gifts():
    """Refund, recompute now: deterministic and explained, whole decision."""
    decision = told(PROGRAM, *FALLING)[-1]
    about = {"customer": "wei", "at": NOON}
    fell = TierLost(tier="gold", to=None, threshold=yuan(10_000), spent=yuan("4999.99"), **about)
    assert decision.events == (
        RefundApplied(order="A-1", refund=FALLING[1], amount=yuan("7000.01"), **about),
        SpendReversed(order="A-1", refund="R-1", amount=yuan("7000.01"), **about),
        fell,
        GiftReturnable(gift="silver-pack", value=yuan(300), **about),
        GiftReturnable(gift="gold-pack", value=yuan(800), **about),
    )
    assert decision.requests == ()
    assert explain(fell) == (
        "wei lost tier gold and is in no tier now: 4,999.99 yuan spent, 10,000 yuan needed."
    )


@pytest.mark.law("T6")
def test_kept_tiers_and_gifts_outlast_a_refund():
    """Refund, keep: nothing but the spend changes."""
    program = under(PROGRAM.ladder, tier_after_refund="keep", gift_after_refund="keep")
    decision = told(program, *FALLING)[-1]
    about = {"customer": "wei", "at": NOON}
    assert decision.events == (
        RefundApplied(order="A-1", refund=FALLING[1], amount=yuan("7000.01"), **about),
        SpendReversed(order="A-1", refund="R-1", amount=yuan("7000.01"), **about),
    )
    member = decision.after.member("wei")
    assert (member.spent, member.tier) == (yuan("4999.99"), "gold")
    assert [gift.standing for gift in member.gifts] == [GiftStanding.EARNED] * 2


@pytest.mark.law("T6")
def test_a_kept_tier_is_not_reached_a_second_time():
    """Refund, keep: spend that comes back to a kept tier reaches nothing new."""
    program = under(PROGRAM.ladder, tier_after_refund="keep")
    again = told(program, *FALLING, order(2, yuan("5000.01")))[-1]
    assert of_type([again], TierReached, GiftGranted) == []
    assert [event.gift for event in of_type([again], GiftReearned)] == ["silver-pack", "gold-pack"]


@pytest.mark.law("T6")
def test_one_refund_can_take_two_tiers_and_says_where_the_member_falls():
    """Refund, recompute: one event from the tier he stood in to the one he falls to."""
    back = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(93_000))
    decision = told(PROGRAM, order(1, yuan(100_000)), back)[-1]
    assert of_type([decision], TierLost) == [
        TierLost(
            customer="wei",
            tier="diamond",
            to="silver",
            threshold=yuan(100_000),
            spent=yuan(7_000),
            at=NOON,
        )
    ]


# T7


@pytest.mark.law("T7")
@FEW
@given(data=st.data())
def test_a_decision_names_its_program_and_decides_alike_under_it_later(data):
    """A change of version does not rewrite past decisions: each replays to the same result."""
    old, new = (under(data.draw(ladders())) for _ in range(2))
    history = data.draw(histories(max_orders=4))
    before = told(old, *history)
    assert {decision.program for decision in before} <= {old.version}
    under_new = told(new, *history)
    assert {decision.program for decision in under_new} <= {new.version}
    assert (old.version == new.version) is (old == new)
    again = program_from_parts(old.parts)
    assert again.version == old.version
    assert told(again, *history) == before


@pytest.mark.law("T7")
def test_another_threshold_rule_or_gift_is_another_version():
    """Each decision names its policy version: any change of the rules makes another."""
    silver, *others = PROGRAM.ladder.tiers
    changed = [
        under(PROGRAM.ladder),
        under(PROGRAM.ladder, tier_after_refund="keep"),
        under(PROGRAM.ladder, gift_after_refund="keep"),
        under(PROGRAM.ladder, tiers=[evolve(silver, threshold=yuan("5000.01")), *others]),
        under(PROGRAM.ladder, tiers=[evolve(silver, name="Silver"), *others]),
        under(PROGRAM.ladder, tiers=[evolve(silver, gift=None), *others]),
        under(
            PROGRAM.ladder,
            tiers=[evolve(silver, gift=evolve(silver.gift, value=yuan("299.99"))), *others],
        ),
        under(PROGRAM.ladder, tiers=others),
        under(Ladder(tiers=[Tier(name="silver", threshold=yuan(5_000))])),
    ]
    assert changed[0].version == PROGRAM.version
    assert len({program.version for program in changed}) == len(changed)
    for program in changed:
        assert told(program, order(1, yuan(5_000)))[0].program == program.version


@pytest.mark.law("T7")
def test_a_new_program_leaves_the_stored_decision_and_what_was_reached_as_they_were():
    """A change of policy version does not rewrite past decisions."""
    storage = InMemory(clock=lambda: NOON)
    silver, *others = PROGRAM.ladder.tiers
    stricter = under(PROGRAM.ladder, tiers=[evolve(silver, threshold=yuan(6_000)), *others])
    bought = order(1, yuan(5_500))
    first = PrivateDomain(PROGRAM, [storage], clock=lambda: NOON).record_order(bought, at=NOON)
    domain = PrivateDomain(stricter, [storage], clock=lambda: NOON)

    again = domain.record_order(bought, at=NOON)
    assert again.replayed
    assert again == first
    assert again.program == PROGRAM.version != stricter.version
    assert storage.stored(first.key) == first

    later = domain.record_order(order(2, yuan(1)), at=NOON)
    assert later.program == stricter.version
    assert of_type([later], TierReached, TierLost, GiftGranted, GiftReturnable) == []
    member = later.after.member("wei")
    assert (member.tier, member.spent) == ("silver", yuan(5_501))
    assert member.reached == (Reached(tier="silver", threshold=yuan(5_000), order="A-1", at=NOON),)

    fallen = reverse_order(
        later.after,
        Refund(id="R-1", order="A-2", customer="wei"),
        stricter,
        at=NOON,
    )
    assert [(event.tier, event.threshold) for event in of_type([fallen], TierLost)] == [
        ("silver", yuan(6_000))
    ]


@pytest.mark.law("T2")
@FEW
@given(data=st.data())
def test_net_spend_is_what_was_paid_less_what_went_back(data):
    """The net spend that decides a tier, against plain sums."""
    bought = data.draw(purchases(PROGRAM))
    backs = [back for one in bought for back in data.draw(refunds_of(one))]
    decisions = told(PROGRAM, *bought, *backs)
    net = total(one.paid for one in bought)
    net -= total(event.amount for event in of_type(decisions, RefundApplied))
    member = wei_after(PROGRAM, *bought, *backs)
    assert member.spent == net
    assert member.tier == tier_for(PROGRAM.ladder, net)
