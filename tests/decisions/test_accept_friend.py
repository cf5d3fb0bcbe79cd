"""Accepting a friend: one welcome in time, one follow-up, and a name that stays out of sight."""

import logging

import pendulum
import pytest
from attrs import evolve

from privlib.commands import NewFriend
from privlib.decisions import EntityVersion, State, accept_friend
from privlib.decisions.records import DecisionRecord
from privlib.decisions.stored import EVENTS, REQUESTS
from privlib.entities import Customer, Relation
from privlib.errors import InvalidIdError, SecretMissingError
from privlib.events import CustomerAdded, CustomerNamed, FriendAdded, Placed, RelationBegun
from privlib.program.lifecycle import Lifecycle
from privlib.program.loading import default_program
from privlib.program.stage import Stage
from privlib.refusals import AlreadyFriends
from privlib.requests import SendMessage, Variable
from privlib.timers import FollowUpDue
from privlib.values.money import yuan
from privlib.values.personal import Masked, PersonalRef, PersonalValue

PROGRAM = default_program()
SECRET = PROGRAM.with_secret(b"sixteen bytes or more of our own")
ADDED = pendulum.datetime(2026, 6, 1, 4)
TOLD = ADDED.add(seconds=7)
NAME = "Wei Canary Li"


def friend(**others):
    told = {"customer": "wei", "employee": "mei", "carrier": "wecom", "added_at": ADDED}
    return NewFriend(**told | others)


def accepted(state, told, program=PROGRAM):
    decision = accept_friend(state, told, program, at=TOLD)
    assert decision.after == state.after(decision.events)
    return decision


def test_a_new_friend_is_welcomed_within_the_deadline_and_followed_up():
    decision = accepted(State(), friend(source="shop window"))
    assert decision.key == f"friend:wecom%3Amei%3Awei:{ADDED.int_timestamp}000000"
    assert decision.at == TOLD
    assert decision.events == (
        CustomerAdded(customer="wei", source="shop window", at=ADDED),
        FriendAdded(
            relation="wecom:mei:wei",
            customer="wei",
            employee="mei",
            carrier="wecom",
            source="shop window",
            placed=[Placed("customer", "new friend")],
            at=ADDED,
        ),
        RelationBegun(customer="wei", relation="wecom:mei:wei", at=ADDED),
    )
    assert decision.requests == (
        SendMessage(
            key=f"{decision.key}/welcome/1",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            carrier="wecom",
            text=PROGRAM.welcome.text,
            variables=[Variable("name", "friend"), Variable("shop", "the shop")],
            not_after=ADDED.add(seconds=20),
        ),
    )
    assert decision.timers == (
        FollowUpDue(
            relation="wecom:mei:wei",
            customer="wei",
            lifecycle="customer",
            stage="new friend",
            version=1,
            due=ADDED.add(days=3),
        ),
    )
    assert decision.before == (
        EntityVersion("customer", "wei", 0),
        EntityVersion("relation", "wecom:mei:wei", 0),
    )
    assert decision.personal == decision.refusals == decision.cancels == ()
    assert decision.after.member("wei").joined_at is None


def test_a_known_customer_who_befriends_another_employee_is_welcomed_by_that_one():
    state = accepted(State(), friend()).after
    decision = accepted(state, friend(employee="tao"))
    assert [type(event) for event in decision.events] == [FriendAdded, RelationBegun]
    assert decision.requests[0].employee == "tao"
    assert decision.timers[0].relation == "wecom:tao:wei"


def test_where_the_first_stage_asks_for_no_follow_up_no_timer_is_set():
    program = evolve(PROGRAM, lifecycles=[Lifecycle(name="customer", stages=[Stage(name="only")])])
    decision = accepted(State(), friend(), program)
    assert decision.timers == ()
    assert decision.after.relation("wecom:mei:wei").standing("customer").stage == "only"


def test_friends_already_are_refused_and_not_welcomed_again():
    state = accepted(State(), friend()).after
    decision = accepted(state, friend(added_at=ADDED.add(days=1)))
    assert decision.refusals == (AlreadyFriends(relation="wecom:mei:wei", since=ADDED),)
    assert decision.changes_nothing


@pytest.mark.parametrize("source", ["first order", "import"])
def test_the_name_of_a_customer_who_was_known_without_one_is_learned(source):
    known = Customer(id="wei", version=1, known_since=ADDED.subtract(days=9), source=source)
    decision = accepted(State(known), friend(name=Masked(NAME)), SECRET)
    ref = PersonalRef("name:wei")
    assert decision.events[0] == CustomerNamed(customer="wei", name=ref, at=ADDED)
    assert [type(event) for event in decision.events] == [
        CustomerNamed,
        FriendAdded,
        RelationBegun,
    ]
    assert decision.personal == (PersonalValue(ref=ref, customer="wei", value=Masked(NAME)),)
    assert decision.after.customer("wei") == evolve(
        known, version=3, name=ref, relations=("wecom:mei:wei",)
    )
    assert Variable("name", ref, otherwise="friend") in decision.requests[0].variables


def test_a_name_that_is_known_is_neither_told_again_nor_kept_again():
    named = Customer(id="wei", version=1, known_since=ADDED, name=PersonalRef("name:wei"))
    decision = accepted(State(named), friend(name=Masked("Another")), SECRET)
    assert [type(event) for event in decision.events] == [FriendAdded, RelationBegun]
    assert decision.personal == ()


@pytest.mark.law("S4")
def test_a_name_goes_into_the_erasable_table_and_nowhere_else(caplog):
    """No personal value in events, requests, repr, str, or logs."""
    caplog.set_level(logging.DEBUG)
    decision = accepted(State(), friend(name=Masked(NAME)), SECRET)
    ref = PersonalRef("name:wei")
    assert decision.personal == (PersonalValue(ref=ref, customer="wei", value=Masked(NAME)),)
    assert decision.after.customer("wei").name == ref
    assert Variable("name", ref, otherwise="friend") in decision.requests[0].variables
    logging.getLogger().warning("%s %r %s", decision, decision, decision.personal)
    shown = [
        repr(decision),
        str(decision),
        repr(decision.after),
        repr(decision.personal),
        str(decision.personal[0]),
        repr(friend(name=Masked(NAME))),
        f"{friend(name=Masked(NAME))}",
        caplog.text,
        DecisionRecord.of(decision).dump(),
        *map(EVENTS.dump, decision.events),
        *map(REQUESTS.dump, decision.requests),
    ]
    assert "Masked(13 characters)" in caplog.text
    assert not [text for text in shown if "Canary" in text]


@pytest.mark.law("S4")
@pytest.mark.parametrize(
    "state",
    [
        State(),
        State(Customer(id="wei", known_since=ADDED)),
        State(
            Customer(id="wei", known_since=ADDED),
            Relation(id="wecom:mei:wei", since=ADDED),
        ),
    ],
    ids=["unknown", "known customer", "friends already"],
)
def test_a_name_told_without_a_secret_is_an_error_that_does_not_show_it(state):
    """A decision stores a hash of what was told: of a name it must be keyed, even in a refusal."""
    with pytest.raises(SecretMissingError) as caught:
        accept_friend(state, friend(name=Masked(NAME)), PROGRAM, at=TOLD)
    assert "Canary" not in repr(caught.value)
    assert accept_friend(state, friend(), PROGRAM, at=TOLD).input_hash.startswith("none:")
    keyed = accept_friend(state, friend(name=Masked(NAME)), SECRET, at=TOLD)
    assert keyed.input_hash.startswith(f"{SECRET.secret.id}:")


def test_the_hash_of_what_was_told_differs_by_name_and_by_secret():
    other = PROGRAM.with_secret(b"another sixteen bytes of our own")
    hashes = {
        accepted(State(), friend(name=Masked(name)), program).input_hash
        for name in (NAME, "Ana")
        for program in (SECRET, other)
    }
    assert len(hashes) == 4


def test_a_customer_id_that_is_personal_is_an_error():
    with pytest.raises(InvalidIdError):
        accepted(State(), friend(customer="13800138000"))


def test_what_a_friend_spends_later_is_his_own_affair():
    state = accepted(State(), friend()).after
    assert state.member("wei").spent == yuan(0)
    assert state.customer("wei").known_since == ADDED
