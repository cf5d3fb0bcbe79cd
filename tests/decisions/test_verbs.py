"""What each command needs loaded, which verb decides it, and how far a member is."""

import copy
import pickle
from typing import get_args

import pendulum
import pytest
from attrs import evolve

from privlib import default_program
from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    Command,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.commands.surveys import GivenAnswer
from privlib.decisions import (
    Needs,
    State,
    accept_friend,
    answer_survey,
    celebrate_day,
    check_stages,
    close_survey,
    decide,
    expire_coupon,
    import_member,
    issue_coupon,
    move_stage,
    needs,
    nudge_survey,
    pause_campaign,
    record_order,
    redeem_coupon,
    remap_stage,
    remind_employee,
    remind_of_day,
    resume_campaign,
    reverse_order,
    start_survey,
    tell_important_day,
)
from privlib.decisions.progress import progress
from privlib.entities import (
    Coupon,
    CouponState,
    Customer,
    Daybook,
    KnownDay,
    Member,
    Relation,
    SurveyRecord,
)
from privlib.errors import InvalidValueError
from privlib.policies.tier_upgrade import Progress
from privlib.program.important_days import DayRule
from privlib.program.ladder import Ladder, Tier
from privlib.program.program import Shop
from privlib.program.questions import YesNo
from privlib.program.survey import Survey
from privlib.timers import (
    CouponEnds,
    FollowUpDue,
    ImportantDayDue,
    ImportantDayNear,
    StageCheckDue,
    SurveyCloses,
    SurveyNudgeDue,
    Timer,
)
from privlib.values.actor import Actor
from privlib.values.ids import EntityRef
from privlib.values.important_day import YearlyDay
from privlib.values.money import Money, yuan
from privlib.values.personal import PersonalRef

AT = pendulum.datetime(2026, 6, 1, 4)
QUESTION = YesNo(id="likes_tea", text="Do you like tea?")
BASICS = Survey(name="basics", questions=[QUESTION], nudge_after_days=2, open_days=9)
PROGRAM = evolve(
    default_program(),
    surveys=[BASICS],
    important_days=[DayRule(name="birthday", text="Hello {name}!", remind_days_ahead=1)],
).with_secret(b"sixteen bytes or more of our own")
DAYBOOK = EntityRef("daybook", "wei")
BIRTHDAY = YearlyDay(month=6, day=1)
ON_HIS_DAY = {
    "customer": "wei",
    "name": "birthday",
    "day": BIRTHDAY,
    "year": 2026,
    "relation": "wecom:mei:wei",
    "due": AT,
}
CUSTOMER, MEMBER = EntityRef("customer", "wei"), EntityRef("member", "wei")
RELATION = EntityRef("relation", "wecom:mei:wei")
SURVEY = EntityRef("survey", "basics:wei")
TOLD = {"survey": "basics", "customer": "wei", "relation": "wecom:mei:wei"}
NEWCOMERS = EntityRef("campaign", "newcomers")
STATE = State(
    Customer(id="wei", known_since=AT),
    Relation(
        id="wecom:mei:wei",
        customer="wei",
        employee="mei",
        carrier="wecom",
        since=AT,
    ),
    Daybook(
        id="wei",
        days=[
            KnownDay(
                name="birthday",
                day=PersonalRef("day:wei:birthday"),
                mark="m",
                told_at=AT.subtract(days=9),
            )
        ],
    ),
    SurveyRecord(
        id="basics:wei",
        survey="basics",
        customer="wei",
        relation="wecom:mei:wei",
        rounds=1,
        asked_at=AT.subtract(days=2),
        asking="likes_tea",
    ),
    Coupon(id="c-1", state=CouponState.ISSUED, customer="wei", campaign="newcomers"),
)

# Each command: an example, what has to be loaded for it, and the verb that decides it.
TABLE = {
    Order: (
        Order(id="A-1", customer="wei", paid=yuan(200)),
        Needs((CUSTOMER, MEMBER, EntityRef("order", "A-1"))),
        record_order,
    ),
    Refund: (
        Refund(id="R-1", order="A-1", customer="wei"),
        Needs((CUSTOMER, MEMBER, EntityRef("order", "A-1"))),
        reverse_order,
    ),
    MemberImport: (
        MemberImport(customer="wei", joined_at=AT, spent=yuan(9_000)),
        Needs((CUSTOMER, MEMBER)),
        import_member,
    ),
    NewFriend: (
        NewFriend(customer="wei", employee="tao", carrier="wecom", added_at=AT),
        Needs((CUSTOMER, MEMBER, EntityRef("relation", "wecom:tao:wei"))),
        accept_friend,
    ),
    StageMove: (
        StageMove(key="k", relation="wecom:mei:wei", to="first response"),
        Needs((RELATION,)),
        move_stage,
    ),
    FollowUpDue: (
        FollowUpDue(
            relation="wecom:mei:wei",
            customer="wei",
            lifecycle="customer",
            stage="new friend",
            due=AT,
        ),
        Needs((RELATION,)),
        remind_employee,
    ),
    StageRemap: (
        StageRemap(key="k", relation="wecom:mei:wei", lifecycle="customer", to="first response"),
        Needs((RELATION,)),
        remap_stage,
    ),
    StageCheckDue: (
        StageCheckDue(relation="wecom:mei:wei", customer="wei", due=AT),
        Needs((MEMBER, RELATION)),
        check_stages,
    ),
    CouponIssue: (
        CouponIssue(key="k", customer="wei", campaign="newcomers", coupon="20 off 100"),
        Needs(
            (CUSTOMER, NEWCOMERS, EntityRef("coupon", "issue-coupon:k/coupon/1")),
            (
                "campaign:newcomers:budget",
                "campaign:newcomers:coupon:20 off 100:customer:wei",
            ),
        ),
        issue_coupon,
    ),
    CouponRedemption: (
        CouponRedemption(coupon="c-1", customer="wei", order="A-1", amount=yuan(200)),
        Needs((EntityRef("coupon", "c-1"),)),
        redeem_coupon,
    ),
    CouponEnds: (
        CouponEnds(coupon="c-1", customer="wei", campaign="newcomers", due=AT),
        Needs((EntityRef("coupon", "c-1"),)),
        expire_coupon,
    ),
    CampaignPause: (
        CampaignPause(key="k", campaign="newcomers"),
        Needs((NEWCOMERS,)),
        pause_campaign,
    ),
    CampaignResumption: (
        CampaignResumption(key="k", campaign="newcomers"),
        Needs((NEWCOMERS,)),
        resume_campaign,
    ),
    ImportantDayTold: (
        ImportantDayTold(
            customer="wei",
            name="birthday",
            day=BIRTHDAY,
            told_at=AT,
            relation="wecom:mei:wei",
        ),
        Needs((CUSTOMER, DAYBOOK, RELATION)),
        tell_important_day,
    ),
    ImportantDayDue: (
        ImportantDayDue(**ON_HIS_DAY),
        Needs((CUSTOMER, MEMBER, DAYBOOK, RELATION)),
        celebrate_day,
    ),
    ImportantDayNear: (
        ImportantDayNear(**ON_HIS_DAY),
        Needs((CUSTOMER, MEMBER, DAYBOOK, RELATION)),
        remind_of_day,
    ),
    SurveyStart: (
        SurveyStart(key="k", **TOLD),
        Needs((CUSTOMER, MEMBER, RELATION, SURVEY)),
        start_survey,
    ),
    SurveyAnswer: (
        SurveyAnswer(**TOLD, question="likes_tea", value=True, answered_at=AT),
        Needs((CUSTOMER, MEMBER, RELATION, SURVEY)),
        answer_survey,
    ),
    SurveyAnswers: (
        SurveyAnswers(**TOLD, answers=[GivenAnswer("likes_tea", False)], answered_at=AT),  # noqa: FBT003
        Needs((CUSTOMER, MEMBER, RELATION, SURVEY)),
        answer_survey,
    ),
    SurveyNudgeDue: (
        SurveyNudgeDue(**TOLD, due=AT),
        Needs((CUSTOMER, MEMBER, RELATION, SURVEY)),
        nudge_survey,
    ),
    SurveyCloses: (
        SurveyCloses(**TOLD, due=AT),
        Needs((CUSTOMER, MEMBER, RELATION, SURVEY)),
        close_survey,
    ),
}
KINDS = (*get_args(Command), *get_args(Timer))


def test_the_table_above_has_every_command_and_every_timer():
    assert set(TABLE) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_command_says_what_has_to_be_loaded_for_it(kind):
    command, needed, _ = TABLE[kind]
    assert needs(command) == needed


def test_what_is_known_says_what_is_needed_besides():
    wei = Customer(id="wei", known_since=AT, relations=["r-1", "r-2"])
    first, second = EntityRef("relation", "r-1"), EntityRef("relation", "r-2")
    order = Order(id="A-1", customer="wei", paid=yuan(200))
    assert needs(order, State(wei)) == Needs((first, second))
    assert needs(order, State(wei, Relation(id="r-1"))) == Needs((second,))
    assert needs(order, State(Customer(id="wei"))) == Needs(())
    move = StageMove(key="k", relation="wecom:mei:wei", to="lost")
    assert needs(move, STATE) == Needs((MEMBER,))
    assert needs(move, State(Relation(id="wecom:mei:wei"))) == Needs(())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_command_is_decided_by_its_own_verb(kind):
    command, _, verb = TABLE[kind]
    mei = Actor("employee", "mei")
    decision = decide(STATE, command, PROGRAM, at=AT, by=mei)
    assert decision == verb(STATE, command, PROGRAM, at=AT, by=mei)
    assert (decision.key, decision.by, decision.at) == (command.decision_key, mei, AT)
    assert decision.events or decision.refusals or decision.fires


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_loaded_by_need_is_enough(kind):
    """A state that holds all there is and one that holds what is needed decide alike."""
    command, needed, verb = TABLE[kind]
    wanted = [entity for ref, entity in STATE.items() if ref in needed.entities]
    slim = verb(State(*wanted), command, PROGRAM, at=AT)
    full = verb(STATE, command, PROGRAM, at=AT)
    assert slim.events == full.events
    assert slim.refusals == full.refusals
    assert (slim.requests, slim.timers, slim.cancels) == (full.requests, full.timers, full.cancels)
    assert slim.reservations == full.reservations


def test_what_is_no_command_is_decided_by_nobody():
    with pytest.raises(InvalidValueError, match="a command is expected, such as Order; got str"):
        decide(State(), "A-1", PROGRAM, at=AT)
    with pytest.raises(InvalidValueError, match="a command is expected, such as Order; got str"):
        needs("A-1")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_who_decided_is_an_actor(kind):
    command, _, verb = TABLE[kind]
    with pytest.raises(InvalidValueError, match=r'by is an Actor, .*"mei"\); got str'):
        verb(STATE, command, PROGRAM, at=AT, by="mei")


def test_a_state_is_given_its_entities_one_by_one():
    with pytest.raises(InvalidValueError, match=r"one by one: State\(wei, order\)"):
        State([Member(id="wei")])


def test_keys_of_wishes_and_facts_never_meet():
    keys = {command.decision_key for command, _, _ in TABLE.values()}
    assert len(keys) == len(TABLE)
    assert Order(id="A:1", customer="wei", paid=yuan(1)).decision_key == "order:A%3A1:paid"
    assert len({follow.decision_key for follow in _dues("wecom:mei:wei")}) == 2


def _dues(relation):
    return [
        FollowUpDue(
            relation=relation,
            customer="wei",
            lifecycle="customer",
            stage="new friend",
            due=AT.add(days=days),
        )
        for days in (0, 1)
    ]


def test_progress_says_how_far_the_next_tier_is_and_its_gift():
    wei = Member(id="wei", joined_at=AT, spent=yuan("9999.99"), tier="silver")
    assert progress(wei, PROGRAM) == Progress(
        customer="wei",
        spent=yuan("9999.99"),
        tier="silver",
        next_tier="gold",
        missing=yuan("0.01"),
        gift=PROGRAM.ladder.tiers[1].gift,
    )


def test_at_the_top_no_tier_is_ahead():
    wei = Member(id="wei", joined_at=AT, spent=yuan(100_000), tier="diamond")
    assert progress(wei, PROGRAM) == Progress(
        customer="wei",
        spent=yuan(100_000),
        tier="diamond",
        next_tier=None,
        missing=None,
        gift=None,
    )


def test_somebody_unknown_has_all_the_way_before_him_in_the_shops_currency():
    dollars = evolve(
        PROGRAM,
        shop=Shop(name="Tea House", currency="USD"),
        ladder=Ladder(tiers=[Tier(name="silver", threshold=Money(70_000, "USD"))]),
        campaigns=(),
    )
    assert progress(State().member("nobody"), dollars) == Progress(
        customer="nobody",
        spent=Money(0, "USD"),
        tier=None,
        next_tier="silver",
        missing=Money(70_000, "USD"),
        gift=None,
    )
    assert progress(State().member("nobody"), PROGRAM).missing == yuan(5_000)


def test_a_state_answers_with_a_blank_for_what_it_lacks():
    state = State()
    assert state.member("wei") == Member(id="wei")
    assert state.find(MEMBER) is None
    assert state != "State()"
    assert State(Member(id="wei")) != state
    assert State(limits={"a": 1}) != state
    assert repr(State(Customer(id="wei"))).startswith("State(Customer(id='wei'")
    with pytest.raises(TypeError):
        hash(state)


def test_a_decision_can_be_pickled_and_copied_whole():
    order = Order(id="A-1", customer="wei", paid=yuan(5_000), paid_at=AT)
    decision = decide(State(), order, default_program(), at=AT)
    for again in (pickle.loads(pickle.dumps(decision)), copy.deepcopy(decision)):
        assert again == decision
        assert again.after == decision.after
