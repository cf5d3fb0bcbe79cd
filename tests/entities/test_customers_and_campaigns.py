"""Customer, relation, coupon and campaign, event by event."""

import pendulum
import pytest
from attrs import evolve

from privlib.entities import Campaign, Coupon, CouponState, Customer, IndexKey, Relation, Standing
from privlib.errors import ImpossibleEventError
from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponIssued,
    CouponRedeemed,
    CustomerAdded,
    CustomerNamed,
    FollowUpRaised,
    FriendAdded,
    Placed,
    RelationBegun,
    StageMoved,
)
from privlib.values.money import yuan
from privlib.values.personal import PersonalRef

JUNE = pendulum.datetime(2026, 6, 1, 4)
JULY = pendulum.datetime(2026, 7, 1, 4)
RELATION = "wecom:mei:wei"
FRIENDS = Relation(id=RELATION).apply(
    FriendAdded(
        relation=RELATION,
        customer="wei",
        employee="mei",
        carrier="wecom",
        source="shop window",
        placed=[Placed("customer", "new friend")],
        at=JUNE,
    )
)


def moved(came_from, to):
    return StageMoved(
        relation=RELATION, customer="wei", lifecycle="customer", came_from=came_from, to=to, at=JULY
    )


def test_a_customer_is_known_since_he_was_added():
    event = CustomerAdded(customer="wei", source="door", name=PersonalRef("name:wei"), at=JUNE)
    known = Customer(id="wei").apply(event)
    assert known == Customer(
        id="wei", version=1, known_since=JUNE, source="door", name=PersonalRef("name:wei")
    )
    assert known.index_keys == ()


def test_the_shop_gets_to_know_nobody_twice():
    with pytest.raises(ImpossibleEventError, match="the shop knows him already"):
        Customer(id="wei", known_since=JUNE).apply(
            CustomerAdded(customer="wei", source="import", at=JULY)
        )


def test_a_customer_who_had_no_name_is_named_once():
    event = CustomerNamed(customer="wei", name=PersonalRef("name:wei"), at=JULY)
    known = Customer(id="wei", version=1, known_since=JUNE, source="import")
    named = known.apply(event)
    assert named == evolve(known, version=2, name=PersonalRef("name:wei"))
    for other in (named, Customer(id="wei")):
        with pytest.raises(ImpossibleEventError, match="knows his name, or nobody of his id"):
            other.apply(event)


def test_a_friendship_starts_in_its_stage():
    assert (
        Relation(
            id=RELATION,
            version=1,
            customer="wei",
            employee="mei",
            carrier="wecom",
            source="shop window",
            since=JUNE,
            standings=[Standing(lifecycle="customer", stage="new friend", since=JUNE)],
        )
        == FRIENDS
    )


def test_a_lifecycle_that_came_later_starts_where_the_move_came_from():
    after = FRIENDS.apply(evolve(moved("aware", "interested"), lifecycle="aipl"))
    assert after.standings == (
        Standing(lifecycle="aipl", stage="interested", since=JULY, moved=True),
        Standing(lifecycle="customer", stage="new friend", since=JUNE),
    )


def test_a_customer_keeps_his_ties_in_the_order_of_their_ids():
    known = Customer(id="wei", known_since=JUNE)
    begun = [RelationBegun(customer="wei", relation=id, at=JULY) for id in ("b", "a")]
    both = known.apply(begun[0]).apply(begun[1])
    assert both.relations == ("a", "b")
    with pytest.raises(ImpossibleEventError, match="he has the relation a already"):
        both.apply(begun[1])


def test_nobody_becomes_a_friend_twice():
    again = FriendAdded(
        relation=RELATION,
        customer="wei",
        employee="mei",
        carrier="wecom",
        source="friend",
        placed=[Placed("customer", "new friend")],
        at=JULY,
    )
    with pytest.raises(ImpossibleEventError, match="the two are friends already"):
        FRIENDS.apply(again)


def test_a_relation_moves_from_where_it_stands_only():
    after = FRIENDS.apply(moved("new friend", "first response"))
    assert after.standing("customer") == Standing(
        lifecycle="customer", stage="first response", since=JULY, moved=True
    )
    assert after.since == JUNE
    with pytest.raises(ImpossibleEventError, match="it stands in first response"):
        after.apply(moved("new friend", "lost"))
    with pytest.raises(ImpossibleEventError, match="the two are not friends"):
        Relation(id=RELATION).apply(moved("new friend", "first response"))


def test_reminders_are_counted():
    raised = FollowUpRaised(
        relation=RELATION, customer="wei", employee="mei", stage="new friend", at=JULY
    )
    twice = FRIENDS.apply(raised).apply(raised)
    assert (twice.follow_ups, twice.version, twice.standings) == (2, 3, FRIENDS.standings)


def test_nobody_is_reminded_of_somebody_who_is_no_friend():
    raised = FollowUpRaised(
        relation=RELATION, customer="wei", employee="mei", stage="new friend", at=JULY
    )
    with pytest.raises(ImpossibleEventError, match="the two are not friends"):
        Relation(id=RELATION).apply(raised)


def test_a_relation_is_found_by_its_customer_its_employee_and_its_stage():
    assert Relation(id=RELATION).index_keys == ()
    assert FRIENDS.index_keys == (
        IndexKey("customer", "wei"),
        IndexKey("employee", "mei"),
        IndexKey("stage", "customer:new friend"),
    )


def test_a_coupon_remembers_the_offer_it_was_made_of():
    issued = Coupon(id="c-1").apply(
        CouponIssued(
            coupon="c-1",
            customer="wei",
            campaign="june",
            template="20 off 100",
            value=yuan(20),
            threshold=yuan(100),
            expires_at=JULY,
            at=JUNE,
        )
    )
    assert issued == Coupon(
        id="c-1",
        version=1,
        state=CouponState.ISSUED,
        customer="wei",
        campaign="june",
        template="20 off 100",
        value=yuan(20),
        threshold=yuan(100),
        issued_at=JUNE,
        expires_at=JULY,
    )
    used = issued.apply(
        CouponRedeemed(coupon="c-1", customer="wei", order="A-1", value=yuan(20), at=JULY)
    )
    assert (used.state, used.order, used.redeemed_at) == (CouponState.REDEEMED, "A-1", JULY)


def test_a_coupon_is_found_by_its_customer_and_by_its_campaign():
    assert Coupon(id="c-1").index_keys == ()
    assert Coupon(id="c-1", customer="wei", campaign="june").index_keys == (
        IndexKey("customer", "wei"),
        IndexKey("campaign", "june"),
    )


def test_a_campaign_is_paused_and_runs_on():
    paused = Campaign(id="june").apply(CampaignPaused(campaign="june", at=JUNE))
    assert paused == Campaign(id="june", version=1, paused_since=JUNE)
    assert paused.apply(CampaignResumed(campaign="june", at=JULY)) == Campaign(id="june", version=2)
    assert paused.index_keys == ()


def test_a_paused_campaign_is_not_paused_and_a_running_one_not_resumed():
    with pytest.raises(ImpossibleEventError, match="it is paused already"):
        Campaign(id="june", paused_since=JUNE).apply(CampaignPaused(campaign="june", at=JULY))
    with pytest.raises(ImpossibleEventError, match="it is running"):
        Campaign(id="june").apply(CampaignResumed(campaign="june", at=JULY))
