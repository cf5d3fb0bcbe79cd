"""Every event belongs to one kind of entity: the one it is about."""

from typing import get_args

import pendulum
import pytest

from privlib.commands import Order, Refund
from privlib.entities import (
    ENTITY_KINDS,
    Campaign,
    Coupon,
    CouponState,
    Customer,
    Daybook,
    GiftStanding,
    KnownDay,
    Member,
    MemberGift,
    OrderRecord,
    ProfileField,
    Relation,
    Standing,
    SurveyRecord,
)
from privlib.errors import ImpossibleEventError
from privlib.events import (
    CampaignPaused,
    CampaignResumed,
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
    CustomerAdded,
    CustomerNamed,
    DayCelebrated,
    DayReminderRaised,
    Event,
    FollowUpRaised,
    FriendAdded,
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    ImportantDayLearned,
    MemberImported,
    MemberJoined,
    OrderRecorded,
    Placed,
    ProfileFieldCleared,
    ProfileFieldSet,
    QuestionAsked,
    RefundApplied,
    RefundExceeded,
    RefundWaited,
    RelationBegun,
    SpendAdded,
    SpendReversed,
    StageMoved,
    SuggestionMade,
    SurveyAnswered,
    SurveyClosed,
    SurveyFinished,
    SurveyNudged,
    SurveyReopened,
    SurveyStarted,
    TagsChanged,
    TierLost,
    TierReached,
)
from privlib.values.ids import EntityRef
from privlib.values.money import yuan
from privlib.values.personal import PersonalRef

AT = pendulum.datetime(2026, 6, 1, 4)
RELATION = "wecom:mei:wei"
ORDER = Order(id="A-1", customer="wei", paid=yuan(200))
REFUND = Refund(id="R-1", order="A-1", customer="wei", amount=yuan(50))
FRIENDS = Relation(
    id=RELATION,
    customer="wei",
    employee="mei",
    carrier="wecom",
    since=AT,
    standings=[Standing(lifecycle="customer", stage="new friend", since=AT)],
)
BIRTHDAY = KnownDay(name="birthday", day=PersonalRef("day:wei:birthday"), mark="m", told_at=AT)
DAYBOOK = Daybook(id="wei", days=[BIRTHDAY])
WEI = Member(id="wei", joined_at=AT, spent=yuan(6_000), tier="silver")
PACK = MemberGift(id="silver-pack", value=yuan(300), at=AT)
ISSUED = Coupon(id="c-1", state=CouponState.ISSUED, customer="wei", campaign="june")

ASKED = SurveyRecord(
    id="basics:wei", survey="basics", customer="wei", relation=RELATION, rounds=1, asked_at=AT
)
TOLD = {"survey": "basics", "customer": "wei", "at": AT}
BUDGET = {"customer": "wei", "field": "budget", "source": "survey:basics:budget", "at": AT}

# Each event beside an entity to which it can happen.
HAPPENS = {
    CustomerAdded: (Customer(id="wei"), CustomerAdded(customer="wei", source="import", at=AT)),
    CustomerNamed: (
        Customer(id="wei", known_since=AT),
        CustomerNamed(customer="wei", name=PersonalRef("name:wei"), at=AT),
    ),
    FriendAdded: (
        Relation(id=RELATION),
        FriendAdded(
            relation=RELATION,
            customer="wei",
            employee="mei",
            carrier="wecom",
            source="friend",
            placed=[Placed("customer", "new friend")],
            at=AT,
        ),
    ),
    RelationBegun: (
        Customer(id="wei", version=1, known_since=AT),
        RelationBegun(customer="wei", relation=RELATION, at=AT),
    ),
    StageMoved: (
        FRIENDS,
        StageMoved(
            relation=RELATION,
            customer="wei",
            lifecycle="customer",
            came_from="new friend",
            to="first response",
            at=AT,
        ),
    ),
    FollowUpRaised: (
        FRIENDS,
        FollowUpRaised(
            relation=RELATION, customer="wei", employee="mei", stage="new friend", at=AT
        ),
    ),
    MemberJoined: (Member(id="wei"), MemberJoined(customer="wei", currency="CNY", at=AT)),
    MemberImported: (
        Member(id="wei"),
        MemberImported(customer="wei", joined_at=AT, spent=yuan(7_000), at=AT),
    ),
    OrderRecorded: (OrderRecord(id="A-1"), OrderRecorded(order=ORDER, at=AT)),
    RefundApplied: (
        OrderRecord(id="A-1", order=ORDER),
        RefundApplied(order="A-1", customer="wei", refund=REFUND, amount=yuan(50), at=AT),
    ),
    RefundWaited: (OrderRecord(id="A-1"), RefundWaited(refund=REFUND, at=AT)),
    RefundExceeded: (
        OrderRecord(id="A-1", order=ORDER, waiting=[REFUND]),
        RefundExceeded(order="A-1", customer="wei", refund="R-1", excess=yuan(10), at=AT),
    ),
    SpendAdded: (WEI, SpendAdded(customer="wei", order="A-1", amount=yuan(200), at=AT)),
    SpendReversed: (
        WEI,
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(50), at=AT),
    ),
    TierReached: (
        WEI,
        TierReached(customer="wei", tier="gold", threshold=yuan(10_000), spent=yuan(10_000), at=AT),
    ),
    TierLost: (
        WEI,
        TierLost(
            customer="wei",
            tier="silver",
            to=None,
            threshold=yuan(5_000),
            spent=yuan(4_000),
            at=AT,
        ),
    ),
    GiftGranted: (
        WEI,
        GiftGranted(customer="wei", gift="gold-pack", tier="gold", value=yuan(800), at=AT),
    ),
    GiftAlreadyGiven: (
        WEI,
        GiftAlreadyGiven(customer="wei", gift="gold-pack", tier="gold", value=yuan(800), at=AT),
    ),
    GiftReturnable: (
        Member(id="wei", joined_at=AT, gifts=[PACK]),
        GiftReturnable(customer="wei", gift="silver-pack", value=yuan(300), at=AT),
    ),
    GiftReearned: (
        Member(
            id="wei",
            joined_at=AT,
            gifts=[
                MemberGift(
                    id="silver-pack", value=yuan(300), at=AT, standing=GiftStanding.RETURNABLE
                )
            ],
        ),
        GiftReearned(customer="wei", gift="silver-pack", value=yuan(300), at=AT),
    ),
    CouponIssued: (
        Coupon(id="c-1"),
        CouponIssued(
            coupon="c-1",
            customer="wei",
            campaign="june",
            template="20 off 100",
            value=yuan(20),
            threshold=yuan(100),
            at=AT,
        ),
    ),
    CouponRedeemed: (
        ISSUED,
        CouponRedeemed(coupon="c-1", customer="wei", order="A-1", value=yuan(20), at=AT),
    ),
    CouponExpired: (ISSUED, CouponExpired(coupon="c-1", customer="wei", value=yuan(20), at=AT)),
    CampaignPaused: (Campaign(id="june"), CampaignPaused(campaign="june", at=AT)),
    CampaignResumed: (
        Campaign(id="june", paused_since=AT),
        CampaignResumed(campaign="june", at=AT),
    ),
    ImportantDayLearned: (
        Daybook(id="wei"),
        ImportantDayLearned(
            customer="wei",
            name="birthday",
            day=PersonalRef("day:wei:birthday"),
            mark="m",
            edits=0,
            edited_in=0,
            at=AT,
        ),
    ),
    DayCelebrated: (
        DAYBOOK,
        DayCelebrated(customer="wei", name="birthday", year=2026, fell_in=2026, at=AT),
    ),
    DayReminderRaised: (
        DAYBOOK,
        DayReminderRaised(
            customer="wei", relation=RELATION, employee="mei", name="birthday", year=2026, at=AT
        ),
    ),
    SurveyStarted: (SurveyRecord(id="basics:wei"), SurveyStarted(**TOLD, relation=RELATION)),
    QuestionAsked: (ASKED, QuestionAsked(**TOLD, question="budget")),
    SurveyAnswered: (ASKED, SurveyAnswered(**TOLD, question="budget", value=yuan(500))),
    SurveyNudged: (ASKED, SurveyNudged(**TOLD, question="budget")),
    SurveyFinished: (ASKED, SurveyFinished(**TOLD)),
    SurveyReopened: (ASKED, SurveyReopened(**TOLD)),
    SurveyClosed: (ASKED, SurveyClosed(**TOLD)),
    SuggestionMade: (
        ASKED,
        SuggestionMade(**TOLD, outcome="gold", suggests="plan", what="gold plan"),
    ),
    ProfileFieldSet: (
        Customer(id="wei", known_since=AT),
        ProfileFieldSet(**BUDGET, value=yuan(500)),
    ),
    ProfileFieldCleared: (
        Customer(
            id="wei",
            known_since=AT,
            profile=[
                ProfileField(field="budget", source="survey:basics:budget", value=yuan(500), at=AT)
            ],
        ),
        ProfileFieldCleared(**BUDGET),
    ),
    TagsChanged: (
        FRIENDS,
        TagsChanged(relation=RELATION, customer="wei", cause="by hand", added=["vip"], at=AT),
    ),
}
EVENTS = get_args(Event)


def test_the_table_above_has_every_event_under_its_own_class():
    assert set(HAPPENS) == set(EVENTS)
    assert all(type(event) is kind for kind, (_, event) in HAPPENS.items())


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_happens_to_the_entity_it_is_about_and_makes_its_next_version(kind):
    entity, event = HAPPENS[kind]
    assert event.about == EntityRef(entity.kind, entity.id)
    after = entity.apply(event)
    assert type(after) is type(entity)
    assert after.id == entity.id
    assert after.version == entity.version + 1
    assert after != entity


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_changes_nothing_of_the_entity_it_was_applied_to(kind):
    entity, event = HAPPENS[kind]
    before = repr(entity)
    entity.apply(event)
    assert repr(entity) == before


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_an_event_cannot_happen_to_an_entity_of_another_kind(kind):
    _, event = HAPPENS[kind]
    for name, entity_kind in ENTITY_KINDS.items():
        if name == event.about.kind:
            continue
        with pytest.raises(ImpossibleEventError) as caught:
            entity_kind(id=event.about.id).apply(event)
        assert str(caught.value) == (
            f"{kind.__name__} cannot happen to this {entity_kind.__name__}: "
            "it is about another kind of entity"
        )


def test_every_kind_of_entity_is_listed_under_its_name():
    assert list(ENTITY_KINDS) == [
        "customer",
        "relation",
        "member",
        "order",
        "coupon",
        "campaign",
        "daybook",
        "survey",
    ]
    assert all(entity_kind.kind == name for name, entity_kind in ENTITY_KINDS.items())


def test_only_the_campaign_is_shared_by_all():
    assert [name for name, kind in ENTITY_KINDS.items() if kind.shared] == ["campaign"]


def test_events_that_name_a_customer_name_him_alike():
    named = [event for _, event in HAPPENS.values() if hasattr(event, "customer")]
    assert len(named) == len(EVENTS) - 2
    assert {event.customer for event in named} == {"wei"}
