"""S3, first response (首次响应).

Everyone who enters is received at once; no welcome is lost or late; an unanswered newcomer is
escalated. (Welcomes by time of day and staff, and the survey, are not there yet.)
"""

import io

import pendulum
import pytest
from attrs import evolve

from privlib import (
    ConsoleChannel,
    InMemory,
    KeyConflictError,
    Masked,
    NewFriend,
    Order,
    PrivateDomain,
    SecretMissingError,
    default_program,
    yuan,
)
from privlib.events import CustomerAdded, FollowUpRaised, FriendAdded, Placed, RelationBegun
from privlib.refusals import AlreadyFriends
from privlib.requests import SendMessage

pytestmark = pytest.mark.system("S3")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
WELCOME = "Hello friend, welcome to the tea house! Ask me anything, and tell me what you like."


def opened(**settings):
    program = default_program()
    program = evolve(program, shop=evolve(program.shop, name="the tea house"))
    console = io.StringIO()
    channel = ConsoleChannel(stream=console, zone="Asia/Shanghai")
    plugins = [InMemory(), channel]
    return PrivateDomain(program, plugins=plugins, clock=lambda: NOON, **settings), console


def newcomer(customer="wei", **fields):
    told = {"employee": "mei", "carrier": "console", "source": "live code", "added_at": NOON}
    return NewFriend(customer=customer, **(told | fields))


def counts(report):
    return {"accepted": report.accepted, "expired": report.expired, "waiting": report.waiting}


def test_a_newcomer_is_welcomed_at_once_in_the_name_of_his_employee():
    domain, console = opened()
    decision = domain.accept_friend(newcomer())
    assert decision.events == (
        CustomerAdded(customer="wei", source="live code", at=NOON),
        FriendAdded(
            relation="console:mei:wei",
            customer="wei",
            employee="mei",
            carrier="console",
            source="live code",
            placed=[Placed("customer", "new friend")],
            at=NOON,
        ),
        RelationBegun(customer="wei", relation="console:mei:wei", at=NOON),
    )
    report = domain.deliver(at=NOON.add(seconds=3))
    assert counts(report) == {"accepted": 1, "expired": 0, "waiting": 0}
    assert console.getvalue() == (
        "Send wei on console in the name of mei, by 2026-06-01 12:00:20 at the latest: "
        f'"{WELCOME}"\n'
    )


@pytest.mark.parametrize(
    ("late", "accepted"),
    [({"seconds": 20}, 1), ({"seconds": 20, "microseconds": 1}, 0), ({"hours": 1}, 0)],
)
def test_after_twenty_seconds_a_welcome_is_not_sent_any_more(late, accepted):
    domain, console = opened()
    domain.accept_friend(newcomer())
    report = domain.deliver(at=NOON.add(**late))
    assert counts(report) == {"accepted": accepted, "expired": 1 - accepted, "waiting": 0}
    assert console.getvalue().count("Send wei") == accepted


def test_a_welcome_that_came_too_late_never_comes_again():
    domain, console = opened()
    domain.accept_friend(newcomer())
    domain.deliver(at=NOON.add(seconds=21))
    assert domain.deliver(at=NOON.add(hours=2)).expired == 0
    domain.accept_friend(newcomer())
    domain.deliver(at=NOON.add(hours=3))
    assert console.getvalue() == ""


def test_a_shop_may_have_its_own_deadline():
    program = default_program()
    program = evolve(program, welcome=evolve(program.welcome, deadline_seconds=3_600))
    console = io.StringIO()
    domain = PrivateDomain(program, plugins=[InMemory(), ConsoleChannel(stream=console)])
    domain.accept_friend(newcomer())
    assert domain.deliver(at=NOON.add(hours=1)).accepted == 1


def test_however_often_it_is_told_there_is_one_welcome():
    domain, console = opened()
    first = domain.accept_friend(newcomer())
    again = [domain.accept_friend(newcomer()) for _ in range(5)]
    assert not first.replayed
    assert all(decision.replayed for decision in again)
    for seconds in range(5):
        domain.deliver(at=NOON.add(seconds=seconds))
        domain.accept_friend(newcomer())
    assert console.getvalue().count("Send wei") == 1


def test_who_adds_the_same_employee_a_second_time_is_no_newcomer():
    domain, console = opened()
    domain.accept_friend(newcomer())
    later = domain.accept_friend(newcomer(added_at=NOON.add(days=1)))
    assert later.refusals == (AlreadyFriends(relation="console:mei:wei", since=NOON),)
    assert later.changes_nothing
    domain.deliver(at=NOON)
    domain.deliver(at=NOON.add(days=1))
    assert console.getvalue().count("Send wei") == 1


def test_the_same_thing_told_with_other_content_is_a_conflict():
    domain, _ = opened()
    domain.accept_friend(newcomer())
    with pytest.raises(KeyConflictError):
        domain.accept_friend(newcomer(source="live stream"))


def test_who_comes_by_a_first_order_is_welcomed_in_the_name_of_the_shop():
    domain, console = opened()
    domain.record_order(Order(id="A-1", customer="wei", paid=yuan(50), paid_at=NOON))
    domain.record_order(Order(id="A-2", customer="wei", paid=yuan(50), paid_at=NOON))
    domain.deliver(at=NOON.add(seconds=1))
    assert console.getvalue() == (
        "Send wei on console in the name of shop, by 2026-06-01 12:00:20 at the latest: "
        f'"{WELCOME}"\n'
    )


def test_a_friend_who_orders_is_not_welcomed_again():
    domain, console = opened()
    domain.accept_friend(newcomer())
    decision = domain.record_order(
        Order(id="A-1", customer="wei", paid=yuan(50), paid_at=NOON.add(seconds=5))
    )
    assert not [each for each in decision.requests if isinstance(each, SendMessage)]
    domain.deliver(at=NOON.add(seconds=6))
    assert console.getvalue().count("Send wei") == 1


def test_each_newcomer_gets_his_own_welcome():
    domain, console = opened()
    for customer in ("wei", "lan", "bo"):
        domain.accept_friend(newcomer(customer))
    assert domain.deliver(at=NOON.add(seconds=1)).accepted == 3
    welcomed = [line.split()[1] for line in console.getvalue().splitlines()]
    assert sorted(welcomed) == ["bo", "lan", "wei"]


def test_a_welcome_on_a_carrier_without_a_channel_waits_and_is_not_called_sent():
    domain, console = opened()
    domain.accept_friend(newcomer(carrier="wecom"))
    assert counts(domain.deliver(at=NOON)) == {"accepted": 0, "expired": 0, "waiting": 1}
    assert console.getvalue() == ""


def test_a_newcomer_is_called_by_his_name_which_is_kept_apart():
    domain, console = opened(secret=b"sixteen bytes or more")
    decision = domain.accept_friend(newcomer(name=Masked("Wei Li")))
    assert "Wei Li" not in repr(decision)
    domain.deliver(at=NOON)
    assert "Hello Wei Li, welcome to the tea house!" in console.getvalue()


def test_a_name_that_looks_like_a_variable_is_said_as_it_is():
    domain, console = opened(secret=b"sixteen bytes or more")
    domain.accept_friend(newcomer(name=Masked("{shop}")))
    domain.deliver(at=NOON)
    assert "Hello {shop}, welcome to the tea house!" in console.getvalue()


def test_a_name_is_not_taken_without_a_secret():
    domain, console = opened()
    with pytest.raises(SecretMissingError):
        domain.accept_friend(newcomer(name=Masked("Wei Li")))
    domain.deliver(at=NOON)
    assert console.getvalue() == ""


def test_an_unanswered_newcomer_is_followed_up_after_three_days():
    domain, console = opened()
    domain.accept_friend(newcomer())
    domain.deliver(at=NOON)
    due = NOON.add(days=3)
    assert domain.run_due(at=due.subtract(seconds=1)) == ()
    [decision] = domain.run_due(at=due)
    assert decision.events == (
        FollowUpRaised(
            relation="console:mei:wei",
            customer="wei",
            employee="mei",
            stage="new friend",
            at=due,
        ),
    )
    domain.deliver(at=due)
    assert console.getvalue().splitlines()[1:] == [
        "Remind mei to get in touch with wei, in stage new friend since 2026-06-01 12:00."
    ]


def test_the_employee_is_reminded_once_however_often_the_clock_is_asked():
    domain, console = opened()
    domain.accept_friend(newcomer())
    for hours in range(72, 120, 6):
        domain.run_due(at=NOON.add(hours=hours))
        domain.deliver(at=NOON.add(hours=hours))
    assert console.getvalue().count("Remind mei") == 1
