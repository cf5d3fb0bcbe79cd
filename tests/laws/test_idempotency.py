"""The laws of telling twice (D1, D2) and of deciding alike everywhere (D3)."""

import os
import subprocess
import sys

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from privlib import InMemory, PrivateDomain, default_program
from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
    MemberImport,
    NewFriend,
    Order,
    OrderLine,
    Refund,
    StageMove,
)
from privlib.decisions import State, decide
from privlib.errors import KeyConflictError
from privlib.testing.laws import (
    check_decisions_can_be_stored,
    check_decisions_name_their_program,
    check_events_say_all_that_changes,
    check_the_same_inputs_give_the_same_decision,
    check_told_twice_changes_nothing,
)
from privlib.testing.strategies import programs
from privlib.testing.verbs import tell_domain
from privlib.values.money import Money, yuan
from privlib.values.personal import Masked

AT = pendulum.datetime(2026, 6, 1, 4)
LATER = AT.add(days=2)
PROGRAM = default_program()
SECRET = b"sixteen bytes or more of our own"

WISH = CouponIssue(key="k", customer="wei", campaign="newcomers", coupon="20 off 100")
COUPON = "issue-coupon:k/coupon/1"
# A pool of things to tell, some of which are refused, or not, by what was told before them.
POOL = (
    Order(id="A-1", customer="wei", paid=yuan(4_999)),
    Order(id="A-2", customer="wei", paid=yuan(5_001), paid_at=AT),
    Order(id="A-3", customer="ana", paid=yuan(0)),
    Refund(id="R-1", order="A-1", customer="wei", amount=yuan(1_000)),
    Refund(id="R-2", order="A-1", customer="wei"),
    Refund(id="R-3", order="A-2", customer="ana", amount=yuan(9_000)),
    MemberImport(customer="bo", joined_at=AT, spent=yuan(60_000)),
    MemberImport(customer="wei", joined_at=AT, spent=yuan(10)),
    NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=AT, name=Masked("Wei Li")),
    NewFriend(customer="ana", employee="shop", carrier="console", added_at=AT),
    StageMove(key="k", relation="console:shop:wei", to="agent"),
    StageMove(key="k-2", relation="wecom:mei:wei", to="dormant"),
    WISH,
    evolve(WISH, key="k-2"),
    CouponRedemption(coupon=COUPON, customer="wei", order="A-1", amount=yuan(200)),
    CouponRedemption(coupon=COUPON, customer="ana", order="A-3", amount=yuan(99)),
    CampaignPause(key="k", campaign="newcomers"),
    CampaignResumption(key="k", campaign="newcomers"),
)
# Each kind of command, and the same key with other content.
CONFLICTS = (
    (POOL[0], evolve(POOL[0], paid=yuan(5_000))),
    (POOL[0], evolve(POOL[0], customer="ana")),
    (POOL[3], evolve(POOL[3], amount=yuan(999))),
    (POOL[4], evolve(POOL[4], amount=yuan(4_999))),
    (POOL[6], evolve(POOL[6], spent=yuan(1))),
    (POOL[8], evolve(POOL[8], name=Masked("Wei Wu"))),
    (POOL[9], evolve(POOL[9], source="door")),
    (POOL[10], evolve(POOL[10], to="lost")),
    (WISH, evolve(WISH, customer="ana")),
    (POOL[14], evolve(POOL[14], amount=yuan(201))),
    (POOL[16], evolve(POOL[16], campaign="spring")),
    (POOL[17], evolve(POOL[17], campaign="spring")),
)


def opened():
    storage = InMemory(clock=lambda: AT)
    return PrivateDomain(PROGRAM, plugins=[storage], secret=SECRET, clock=lambda: AT)


def tell(domain, command, *, at=AT):
    return tell_domain(domain, command, at=at)


def snapshot(domain):
    """All that a storage keeps."""
    storage = domain.storage
    return (
        dict(storage._entities),
        {ref: tuple(recorded) for ref, recorded in storage._history.items()},
        dict(storage._decisions),
        dict(storage._limits),
        dict(storage._timers),
        {key: (waiting.request, waiting.state) for key, waiting in storage._outbox.items()},
        dict(storage._personal),
    )


def told_all(commands=POOL):
    domain = opened()
    return domain, [tell(domain, command) for command in commands]


@pytest.mark.law("D1")
@given(commands=st.lists(st.sampled_from(POOL), max_size=25))
def test_whatever_is_told_again_changes_nothing_and_is_answered_as_before(commands):
    """Told again: the first result, no new event, no new outbox row."""
    domain, first = opened(), {}
    for command in commands:
        before = snapshot(domain)
        decision = tell(domain, command, at=AT if command not in first else LATER)
        if command in first:
            assert decision.replayed
            assert decision == evolve(first[command], personal=())
            assert snapshot(domain) == before
        else:
            assert not decision.replayed
            assert snapshot(domain) != before
            first[command] = decision


@pytest.mark.law("D1")
def test_telling_a_whole_story_again_changes_nothing():
    """Every verb, told again after all that followed, gives its first result."""
    domain, first = told_all()
    before = snapshot(domain)
    again = [tell(domain, command, at=LATER) for command in POOL]
    assert again == [evolve(decision, personal=()) for decision in first]
    assert all(decision.replayed for decision in again)
    assert snapshot(domain) == before


@pytest.mark.law("D1")
def test_timers_that_are_run_again_run_out_once():
    """A timer that was decided is gone: run again, nothing is due."""
    domain, _ = told_all()
    decided = domain.run_due(at=AT.add(days=120))
    kinds = {type(event).__name__ for decision in decided for event in decision.events}
    assert kinds == {"StageMoved"}
    before = snapshot(domain)
    assert domain.run_due(at=AT.add(days=120)) == ()
    assert snapshot(domain) == before


@pytest.mark.law("D1")
@given(
    orders=st.lists(
        st.builds(
            Order,
            id=st.sampled_from(["A-1", "A-2", "A-3"]),
            customer=st.sampled_from(["wei", "ana"]),
            paid=st.integers(0, 1_100_000).map(Money),
        ),
        min_size=1,
        max_size=6,
    ),
    refunds=st.lists(
        st.builds(
            Refund,
            id=st.sampled_from(["R-1", "R-2"]),
            order=st.sampled_from(["A-1", "A-2", "A-3"]),
            customer=st.sampled_from(["wei", "ana"]),
            amount=st.none() | st.integers(0, 1_100_000).map(Money),
        ),
        max_size=6,
    ),
    data=st.data(),
)
def test_the_core_itself_notices_facts_that_were_told_before(orders, refunds, data):
    """An order or refund that is in the state makes no event; with other content it is refused."""
    state = State()
    for command in data.draw(st.permutations([*orders, *refunds])):
        decision = decide(state, command, PROGRAM, at=AT)
        assert decision.after == state.after(decision.events)
        again = decide(decision.after, command, PROGRAM, at=LATER)
        assert again.changes_nothing
        assert bool(again.refusals) == bool(decision.refusals)
        assert again.after == decision.after
        state = decision.after


@pytest.mark.law("D1")
def test_whatever_the_program_the_core_itself_notices_what_was_told_before():
    """Told again: no new event, no new request, though no storage knows the key."""
    check_told_twice_changes_nothing(programs())


@pytest.mark.law("D2")
@pytest.mark.parametrize(
    ("command", "other"), CONFLICTS, ids=[type(pair[0]).__name__ for pair in CONFLICTS]
)
def test_a_key_told_with_other_content_is_a_conflict_and_changes_nothing(command, other):
    """Same key, other payload: conflict, no change."""
    domain, _ = told_all()
    before = snapshot(domain)
    assert other.decision_key == command.decision_key
    with pytest.raises(KeyConflictError, match="was told before with other content"):
        tell(domain, other)
    assert snapshot(domain) == before
    assert tell(domain, command).replayed


@pytest.mark.law("D2")
def test_a_key_belongs_to_its_kind_of_command():
    """The same key told with four kinds of wishes is four wishes."""
    domain = opened()
    tell(domain, POOL[0])
    wishes = [POOL[10], WISH, POOL[16], POOL[17]]
    assert {wish.key for wish in wishes} == {"k"}
    decisions = [tell(domain, wish) for wish in wishes]
    assert not any(decision.replayed or decision.refusals for decision in decisions)
    assert len({decision.key for decision in decisions}) == 4


@pytest.mark.law("D2")
def test_a_refused_wish_is_answered_alike_and_tried_again_under_another_key():
    """A refusal is a result: the same key gives it again, another key decides anew."""
    domain = opened()
    first = tell(domain, WISH)
    assert [type(refusal).__name__ for refusal in first.refusals] == ["CustomerUnknown"]
    tell(domain, POOL[0])
    assert tell(domain, WISH).refusals == first.refusals
    assert tell(domain, evolve(WISH, key="k-2")).refusals == ()


STORY = """
import pendulum
from attrs import evolve
from privlib import default_program
from privlib.commands import *
from privlib.decisions import State, decide
from privlib.decisions.records import DecisionRecord
from privlib.decisions.stored import ENTITIES, EVENTS, REQUESTS
from privlib.encoding.canonical import digest
from privlib.values.money import yuan
from privlib.values.personal import Masked

AT = pendulum.datetime(2026, 3, 6, 23, 30, tz="Asia/Shanghai")
program = default_program().with_secret(b"sixteen bytes or more of our own")
program = evolve(program, shop=evolve(program.shop, zone="America/New_York"))
lines = [OrderLine(sku=f"sku-{n}", paid=yuan(1_000 + n)) for n in range(7)]
commands = [
    Refund(id="R-2", order="A-1", customer="wei", amount=yuan("0.05")),
    Refund(id="R-1", order="A-1", customer="wei", amount=yuan("0.03")),
    Order(id="A-1", customer="wei", paid=yuan(7_021), lines=lines),
    Order(id="A-2", customer="wei", paid=yuan(60_000)),
    Refund(id="R-3", order="A-2", customer="wei"),
    MemberImport(customer="bo", joined_at=AT, spent=yuan(60_000)),
    NewFriend(customer="an", employee="mei", carrier="wecom", added_at=AT, name=Masked("An")),
    StageMove(key="k", relation="wecom:mei:an", to="agent"),
    CouponIssue(key="k", customer="an", campaign="newcomers", coupon="20 off 100"),
    CouponRedemption(coupon="issue-coupon:k/coupon/1", customer="bo", order="A", amount=yuan(9)),
    CampaignPause(key="k", campaign="newcomers"),
    CampaignResumption(key="k", campaign="newcomers"),
]
state, texts = State(), [program.version]
pending = []
for command in commands:
    decision = decide(state, command, program, at=AT)
    state = decision.after
    pending.extend(decision.timers)
    texts += [decision.key, decision.input_hash, DecisionRecord.of(decision).dump()]
    texts += [*map(EVENTS.dump, decision.events), *map(REQUESTS.dump, decision.requests)]
for timer in pending:
    decision = decide(state, timer, program, at=timer.due)
    state = decision.after
    texts += [DecisionRecord.of(decision).dump(), *map(EVENTS.dump, decision.events)]
texts += [ENTITIES.dump(entity) for entity in state.entities]
assert len(texts) > 90, len(texts)
story_digest = digest("\\n".join(texts))
"""


def digest_here():
    names = {}
    exec(STORY, names)
    return names["story_digest"]


@pytest.mark.law("D3")
def test_the_same_story_gives_the_same_digest_in_every_process():
    """Equal digests over PYTHONHASHSEED and TZ."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", f"{STORY}\nprint(story_digest)"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "1", "2")
        for zone in ("UTC", "Asia/Shanghai")
    ]
    digests = [run.communicate(timeout=60)[0].strip() for run in runs]
    assert [run.returncode for run in runs] == [0] * 6
    assert set(digests) == {digest_here()}


@pytest.mark.law("D3")
def test_whatever_the_program_the_same_inputs_give_the_same_decision():
    """Same state, same command, same policy: same decision, and same state after it."""
    check_the_same_inputs_give_the_same_decision(programs())


@pytest.mark.law("S3")
def test_the_events_of_a_decision_say_all_that_changes():
    """The state after a decision is the fold of its events."""
    check_events_say_all_that_changes(programs())


@pytest.mark.law("T7")
def test_every_decision_names_the_program_it_was_made_under():
    """Each decision names its policy version."""
    check_decisions_name_their_program(programs())


@pytest.mark.law("S1")
def test_whatever_is_decided_can_be_stored_and_read_back():
    """`load(dump(x)) == x` of every event, request and record of a decision."""
    check_decisions_can_be_stored(programs())


@pytest.mark.law("D3")
@given(commands=st.lists(st.sampled_from(POOL), max_size=12))
def test_the_same_inputs_give_equal_decisions(commands):
    """Same events and same policy: same decisions; and nothing that was given is changed."""
    program = PROGRAM.with_secret(SECRET)
    state = State()
    for command in dict.fromkeys(commands):
        shown, told = repr(state), repr(command)
        one = decide(state, command, program, at=AT)
        other = decide(state, command, program, at=AT)
        assert one == other
        assert one.after == other.after
        assert (repr(state), repr(command)) == (shown, told)
        state = one.after


@pytest.mark.law("D3")
def test_lines_in_the_same_order_share_alike_and_a_fen_never_wanders():
    """Ties among lines go to the first of them, in every run."""
    lines = [OrderLine(sku=sku, paid=yuan(1)) for sku in ("c", "a", "b")]
    order = Order(id="A-1", customer="wei", paid=yuan(3), lines=lines)
    state = decide(State(), order, PROGRAM, at=AT).after
    refund = Refund(id="R-1", order="A-1", customer="wei", amount=Money(4))
    shares = decide(state, refund, PROGRAM, at=AT).events[0].lines
    assert [(share.line, share.amount.minor) for share in shares] == [("c", 2), ("a", 1), ("b", 1)]
