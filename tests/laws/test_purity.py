"""Law D4: the core reads no clock, no chance, no environment, no locale and no file."""

import builtins
import io
import json
import locale
import os
import random  # noqa: TID251 - to be shut out
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

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
    OrderLine,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.commands.surveys import GivenAnswer
from privlib.decisions import EntityVersion, State, decide, needs
from privlib.decisions.progress import progress
from privlib.explaining import LOCALES, explain
from privlib.program import DayRule
from privlib.program.questions import WholeNumber, YesNo
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
from privlib.values.ids import EntityRef
from privlib.values.important_day import YearlyDay
from privlib.values.money import yuan
from privlib.values.personal import Masked

AT = pendulum.datetime(2026, 3, 6, 4)
BIRTHDAY = YearlyDay(month=3, day=6)
GREETED = DayRule(name="birthday", text="Happy birthday, {name}!", remind_days_ahead=0)
QUESTIONS = [YesNo(id="likes_tea", text="Tea?"), WholeNumber(id="cups", text="How many?")]
BASICS = Survey(name="basics", questions=QUESTIONS, nudge_after_days=1, open_days=9)
PROGRAM = evolve(default_program(), surveys=[BASICS], important_days=[GREETED]).with_secret(
    b"sixteen bytes or more of our own"
)
COUPON = "issue-coupon:k/coupon/1"
TOLD = {"survey": "basics", "customer": "an", "relation": "wecom:mei:an"}
STORY = (
    Refund(id="R-1", order="A-1", customer="wei", amount=yuan(100)),
    Order(
        id="A-1",
        customer="wei",
        paid=yuan(12_000),
        lines=[OrderLine(sku="tea", paid=yuan(7_000)), OrderLine(sku="cup", paid=yuan(5_000))],
    ),
    Refund(id="R-2", order="A-1", customer="wei", amount=yuan(9_000)),
    MemberImport(customer="bo", joined_at=AT, spent=yuan(60_000)),
    NewFriend(customer="an", employee="mei", carrier="wecom", added_at=AT, name=Masked("An")),
    StageMove(key="k", relation="wecom:mei:an", to="first response"),
    FollowUpDue(
        relation="wecom:mei:an", customer="an", lifecycle="customer", stage="first response", due=AT
    ),
    StageRemap(key="k", relation="wecom:mei:an", lifecycle="customer", to="won back"),
    StageCheckDue(relation="wecom:mei:an", customer="an", due=AT.add(days=30)),
    CouponIssue(key="k", customer="wei", campaign="newcomers", coupon="20 off 100"),
    CouponRedemption(coupon=COUPON, customer="bo", order="A-1", amount=yuan(9)),
    CouponEnds(coupon=COUPON, customer="wei", campaign="newcomers", due=AT.add(days=30)),
    CouponIssue(key="k-2", customer="an", campaign="newcomers", coupon="20 off 100"),
    CouponRedemption(
        coupon="issue-coupon:k-2/coupon/1", customer="an", order="A-2", amount=yuan(100)
    ),
    CampaignPause(key="k", campaign="newcomers"),
    CampaignResumption(key="k", campaign="newcomers"),
    ImportantDayTold(
        customer="an",
        name="birthday",
        day=evolve(BIRTHDAY, year=1990),
        told_at=AT,
        relation="wecom:mei:an",
    ),
    ImportantDayNear(
        customer="an",
        name="birthday",
        day=BIRTHDAY,
        year=2026,
        relation="wecom:mei:an",
        version=1,
        due=AT,
    ),
    ImportantDayDue(
        customer="an",
        name="birthday",
        day=BIRTHDAY,
        year=2026,
        relation="wecom:mei:an",
        version=1,
        due=AT,
    ),
    SurveyStart(key="k", **TOLD),
    SurveyNudgeDue(**TOLD, due=AT),
    SurveyAnswer(**TOLD, question="likes_tea", value=True, answered_at=AT),
    SurveyAnswers(**TOLD, answers=[GivenAnswer("cups", 3)], answered_at=AT),
    SurveyCloses(**TOLD, due=AT),
    Order(id="A-1", customer="wei", paid=yuan(1)),
)

FORBIDDEN = (
    (builtins, "open"),
    (builtins, "input"),
    (io, "open"),
    (os, "open"),
    (os, "stat"),
    (os, "listdir"),
    (os, "urandom"),
    (os, "getenv"),
    (os, "getcwd"),
    (type(os.environ), "__getitem__"),
    (type(os.environ), "get"),
    (time, "time"),
    (time, "time_ns"),
    (time, "monotonic"),
    (time, "monotonic_ns"),
    (time, "perf_counter"),
    (time, "localtime"),
    (time, "sleep"),
    (pendulum, "now"),
    (pendulum, "today"),
    (random, "random"),
    (random, "choice"),
    (random, "randint"),
    (random.Random, "random"),
    (random.Random, "getrandbits"),
    (uuid, "uuid4"),
    (uuid, "uuid1"),
    (locale, "getlocale"),
    (locale, "setlocale"),
    (socket, "socket"),
    (threading, "Thread"),
)


class OutsideWorldError(Exception):
    """Something outside of the arguments was asked."""


@contextmanager
def nothing_outside():
    """Whatever lies outside of a function's arguments raises when it is asked."""

    def closed(owner, name):
        def refuse(*_args, **_named):
            raise OutsideWorldError(f"{owner.__name__}.{name} was asked")

        return refuse

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in FORBIDDEN:
            patch.setattr(owner, name, closed(owner, name))
        yield


def run_story():
    """All verbs, one after the other; the decisions."""
    state, decisions = State(), []
    for command in STORY:
        needs(command)
        decision = decide(state, command, PROGRAM, at=AT)
        state = decision.after
        decisions.append(decision)
    return decisions


def tell_story(decisions):
    """All that happened in sentences, and how far wei is, in every locale."""
    happened = [
        each
        for decision in decisions
        for each in (*decision.events, *decision.requests, *decision.refusals)
    ]
    happened.append(progress(decisions[-1].after.member("wei"), PROGRAM))
    return [
        explain(each, locale=locale, zone=PROGRAM.zone) for locale in LOCALES for each in happened
    ]


@pytest.mark.law("D4")
def test_every_verb_runs_with_the_world_shut_out():
    """With clock, chance, environment, locale and files closed, all decisions are the same."""
    usual = run_story()
    in_words = tell_story(usual)
    with nothing_outside():
        shut_out = run_story()
        shut_out_in_words = tell_story(shut_out)
    assert shut_out == usual
    assert [decision.after for decision in shut_out] == [decision.after for decision in usual]
    assert shut_out_in_words == in_words


@pytest.mark.law("D4")
def test_the_story_has_every_command_and_every_timer_and_most_are_not_refused():
    """What is shown for the story is shown for every verb."""
    assert {type(command) for command in STORY} == {*Command.__args__, *Timer.__args__}
    refused = [decision.key for decision in run_story() if decision.refusals]
    assert refused == ["coupon:issue-coupon%3Ak/coupon/1:order:A-1", "order:A-1:paid"]


def test_the_state_after_is_the_fold_of_the_events_for_every_verb():
    state = State()
    for decision in run_story():
        assert decision.after == state.after(decision.events)
        assert (decision.after == state) == (not decision.events)
        state = decision.after


def test_before_lists_what_was_read_or_is_changed_in_the_version_it_had():
    """What is shared by all is listed only where it changes; who is new has version 0."""
    state = State()
    for decision in run_story():
        changed = [event.about for event in decision.events]
        read = [EntityRef(each.kind, each.id) for each in state.entities if not each.shared]
        versions = {ref: entity.version for ref, entity in state.items()}
        assert decision.before == tuple(
            sorted(EntityVersion(*ref, versions.get(ref, 0)) for ref in {*read, *changed})
        )
        for entry in decision.before:
            after = decision.after.find(entry.ref)
            assert after.version == entry.version + changed.count(entry.ref)
        state = decision.after


ORDER_IN_THE_CORE = """
import pendulum
from privlib import Order, State, default_program, needs, record_order, yuan
order = Order(id="A-1001", customer="wei", paid=yuan(5_000))
needs(order)
decision = record_order(State(), order, default_program(), at=pendulum.datetime(2026, 6, 1))
assert decision.after.member("wei").tier == "silver"
"""
NOT_THE_CORES = {
    *("hypothesis", "pytest", "sqlite3", "sqlalchemy", "psycopg", "rich", "click", "pyarrow"),
    *("pandas", "pluggy", "asyncio", "socket", "ssl", "subprocess", "multiprocessing"),
}


@pytest.mark.law("D4")
@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import privlib", {"attr", "attrs", "cattrs", "pendulum", *NOT_THE_CORES}),
        (ORDER_IN_THE_CORE, NOT_THE_CORES),
    ],
    ids=["import privlib", "an order in the core"],
)
def test_a_fresh_process_imports_nothing_that_asks_the_outside_world(code, absent):
    """The core reads no file, clock or network: it does not even import what could."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    modules = set(json.loads(run.stdout))
    assert "privlib" in modules
    assert {name.partition(".")[0] for name in modules} & absent == set()


@pytest.mark.law("D4")
@pytest.mark.parametrize(
    "ask",
    [
        lambda: Path(__file__).read_bytes(),
        lambda: os.environ["HOME"],
        lambda: os.environ.get("HOME"),
        lambda: os.getenv("HOME"),
        lambda: os.urandom(1),
        lambda: time.time(),  # noqa: PLW0108, TID251 - looked up when it is called
        lambda: time.monotonic(),  # noqa: PLW0108
        lambda: random.random(),  # noqa: PLW0108
        lambda: uuid.uuid4(),  # noqa: PLW0108, TID251
        lambda: locale.getlocale(),  # noqa: PLW0108
        lambda: pendulum.now(),  # noqa: PLW0108, TID251
    ],
)
def test_the_world_is_really_shut_out(ask):
    """A look at the clock, at chance or at a file is caught."""
    with nothing_outside(), pytest.raises(OutsideWorldError):
        ask()
    ask()


@pytest.mark.law("D4")
def test_time_zone_and_locale_of_the_process_make_no_difference(monkeypatch):
    """The shop's zone stands in its program; the machine's is of no account."""
    usual = run_story()
    try:
        for zone in ("Pacific/Kiritimati", "America/New_York"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert run_story() == usual
    finally:
        monkeypatch.undo()
        time.tzset()
