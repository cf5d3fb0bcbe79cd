"""Delivering: each request at most once at a time, to whom it may go, and its fate written down."""

import logging
from datetime import timedelta

import pytest
from attrs import evolve
from tests.domain.channels import (
    ACCEPTED,
    EVERYTHING,
    NOON,
    Check,
    Clock,
    Overtaken,
    Post,
)

from privlib import (
    InMemory,
    InvalidValueError,
    Masked,
    NewFriend,
    Order,
    PrivateDomain,
    StorageUnavailableError,
    default_program,
    hookimpl,
    yuan,
)
from privlib.domain import DeliveryReport
from privlib.plugins import Capabilities, Delivery, PluginFault
from privlib.program import Welcome
from privlib.requests import SendMessage, ShipGift

PROGRAM = default_program()
SECRET = b"0123456789abcdef"
CANARY = "Wei Canary"
WELCOME = "order:A-1:paid/welcome/1"
GIFT = "order:A-1:paid/gift/silver-pack"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def storage():
    """In memory: that all outboxes are alike is shown in tests/adapters/test_outbox.py."""
    return InMemory()


@pytest.fixture
def make_domain(storage, clock):
    def make(*plugins, program=PROGRAM):
        return PrivateDomain(program, plugins=[storage, *plugins], secret=SECRET, clock=clock)

    return make


def rich_order(id="A-1", customer="wei"):
    """An order that brings a welcome within 20 seconds and a gift."""
    return Order(id=id, customer=customer, paid=yuan(5_000), paid_at=NOON)


def a_gift(number):
    """An order that brings a gift."""
    return Order(id=f"A-{number}", customer=f"c-{number}", paid=yuan(5_000), paid_at=NOON)


def friend(customer="wei", name=CANARY):
    return NewFriend(
        customer=customer, employee="mei", carrier="wecom", added_at=NOON, name=Masked(name)
    )


def test_what_is_asked_for_is_sent_once(make_storage):
    post = Post()
    domain = PrivateDomain(PROGRAM, plugins=[make_storage(), post], clock=Clock())
    decision = domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(accepted=2)
    assert [request for request, _ in post.given] == list(decision.requests)
    assert domain.deliver() == DeliveryReport()
    assert domain.deliver(at=NOON.add(years=1)) == DeliveryReport()
    assert len(post.given) == 2
    assert domain.faults == ()


def test_nothing_to_send_is_no_work(make_domain):
    assert make_domain(Post()).deliver() == DeliveryReport()


def test_what_is_asked_for_later_is_not_sent_before(make_domain, clock):
    post = Post()
    domain = make_domain(post)
    domain.record_order(rich_order(), at=NOON.add(hours=1))
    assert domain.deliver() == DeliveryReport()
    clock.pass_by(hours=1)
    assert domain.deliver().accepted == 1


def test_more_than_a_page_is_sent_in_one_go(make_storage):
    post = Post()
    domain = PrivateDomain(PROGRAM, plugins=[make_storage(), post], clock=Clock())
    domain.record_orders(a_gift(number) for number in range(120))
    assert domain.deliver() == DeliveryReport(accepted=240)
    assert len(set(post.keys)) == 240


def test_a_new_domain_sends_what_the_last_one_left(make_domain):
    make_domain().record_order(rich_order())
    post = Post()
    assert make_domain(post).deliver().accepted == 2
    assert post.keys == [WELCOME, GIFT]


# What channels answer


def test_a_request_that_is_put_off_is_sent_again_with_the_same_key(make_domain, clock):
    post = Post(Delivery(outcome="retry", retry_seconds=90))
    domain = make_domain(post)
    domain.record_order(a_gift(1))
    domain.storage.claim(at=NOON, limit=1, lease_seconds=10**6)  # the welcome is somebody else's
    assert domain.deliver() == DeliveryReport(retry=1)
    clock.pass_by(seconds=89)
    assert domain.deliver() == DeliveryReport()
    clock.pass_by(seconds=1)
    post.answers = ACCEPTED
    assert domain.deliver() == DeliveryReport(accepted=1)
    assert len(set(post.keys)) == 1
    assert len(post.keys) == 2


def test_a_channel_that_says_at_once_is_not_asked_ten_times_at_once(make_domain, clock):
    post = Post(Delivery(outcome="retry", retry_seconds=0))
    domain = make_domain(post)
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(retry=2)
    assert len(post.given) == 2
    clock.pass_by(seconds=1)
    assert domain.deliver() == DeliveryReport(retry=2)


def test_a_request_dies_after_ten_tries_and_holds_up_nobody(make_domain, clock):
    broken = evolve(EVERYTHING, requests=frozenset({ShipGift}))
    gifts = Post(Delivery(outcome="retry"), capabilities=broken, name="gifts")
    domain = make_domain(gifts, Post())
    domain.record_order(rich_order())
    for _ in range(12):
        domain.deliver()
        clock.pass_by(minutes=5)
    assert gifts.keys == [GIFT] * 10
    gifts.answers = ACCEPTED
    domain.record_order(rich_order("A-2", "mei"), at=clock.now)
    assert domain.deliver() == DeliveryReport(accepted=1, expired=1)
    assert gifts.keys[10:] == ["order:A-2:paid/gift/silver-pack"]


@pytest.mark.parametrize("outcome", ["refused", "unknown"])
def test_what_is_refused_or_unknown_is_not_sent_again(make_domain, clock, outcome):
    post = Post(Delivery(outcome=outcome, reason="no such customer"))
    domain = make_domain(post)
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(**{outcome: 2})
    clock.pass_by(days=9)
    assert domain.deliver() == DeliveryReport()
    assert len(post.given) == 2


def test_what_is_unknown_is_sent_again_where_the_channel_deduplicates(make_domain, clock):
    sure = evolve(EVERYTHING, deduplicates=True)
    post = Post(Delivery(outcome="unknown"), capabilities=sure)
    domain = make_domain(post)
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(retry=2)
    post.answers = ACCEPTED
    clock.pass_by(seconds=60)
    assert domain.deliver() == DeliveryReport(accepted=1, expired=1)
    assert post.keys == [WELCOME, GIFT, GIFT]


def test_a_channel_that_raises_stops_nobody_and_is_named(make_domain, clock):
    def raise_at_gifts(request):
        return RuntimeError("13800138000") if isinstance(request, ShipGift) else ACCEPTED

    domain = make_domain(Post(raise_at_gifts))
    domain.record_orders([rich_order("A-1"), rich_order("A-2", "mei")])
    assert domain.deliver() == DeliveryReport(accepted=2, unknown=2)
    assert domain.faults == (PluginFault("post", "privlib_channels", "raised RuntimeError"),) * 2
    assert "13800138000" not in repr(domain.faults)
    clock.pass_by(days=1)
    assert domain.deliver() == DeliveryReport()


def test_a_channel_that_raises_is_tried_again_where_it_deduplicates(make_domain, clock):
    post = Post(RuntimeError(), capabilities=evolve(EVERYTHING, deduplicates=True))
    domain = make_domain(post)
    domain.record_order(a_gift(1))
    assert domain.deliver() == DeliveryReport(retry=2)
    clock.pass_by(seconds=60)
    assert domain.deliver() == DeliveryReport(retry=1, expired=1)


@pytest.mark.parametrize(
    ("junk", "shape"),
    [
        (None, "NoneType"),
        (True, "bool"),
        ("accepted", "str"),
        ({"outcome": "accepted"}, "dict"),
        (Delivery, "type"),
        (Delivery(outcome="waiting", retry_seconds=0), "waiting"),
        (Delivery(outcome="expired"), "expired"),
    ],
)
def test_a_channel_that_returns_junk_stops_nobody_and_is_named(make_domain, junk, shape):
    odd = Post(lambda _: junk, capabilities=evolve(EVERYTHING, requests=frozenset({ShipGift})))
    domain = make_domain(odd, Post(name="sound"))
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(accepted=1, unknown=1)
    assert domain.faults == (PluginFault("post", "privlib_channels", f"returned {shape}"),)


@pytest.mark.parametrize("seconds", [-1, 1.5, "60", None, True, 30 * 86_400 + 1, 10**30])
def test_a_delivery_has_a_sensible_time_to_wait(seconds):
    with pytest.raises(InvalidValueError, match="retry_seconds is 0 to 2,592,000"):
        Delivery(outcome="retry", retry_seconds=seconds)


@pytest.mark.parametrize("reason", [None, 7, "a\0b", "\ud800", "x" * 65_537])
def test_a_delivery_has_a_reason_that_can_be_kept(reason):
    with pytest.raises(InvalidValueError):
        Delivery(outcome="refused", reason=reason)


def test_a_delivery_has_a_known_outcome():
    with pytest.raises(InvalidValueError, match="accepted, retry, refused, unknown"):
        Delivery(outcome="sent")


def test_the_longest_wait_and_the_longest_reason_can_be_kept(make_domain, clock):
    post = Post(Delivery(outcome="retry", retry_seconds=30 * 86_400, reason="微" * 65_536))
    domain = make_domain(post)
    domain.record_order(a_gift(1))
    assert domain.deliver() == DeliveryReport(retry=2)
    clock.pass_by(days=30)
    assert domain.deliver() == DeliveryReport(retry=1, expired=1)


def test_capabilities_that_break_later_are_a_fault_of_their_channel_only(make_domain):
    class Broken:
        name = "broken"
        works = True

        @hookimpl
        def privlib_channels(self):
            return [self]

        @property
        def capabilities(self):
            if self.works:
                return EVERYTHING
            raise RuntimeError

        def send(self, request, text):
            raise AssertionError

    broken, post = Broken(), Post()
    domain = make_domain(broken, post)
    broken.works = False
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(accepted=2)
    assert domain.faults == (PluginFault("broken", "privlib_channels", "raised RuntimeError"),) * 2


# To whom


def test_without_a_channel_requests_wait_and_none_is_lost(make_domain, clock):
    domain = make_domain()
    domain.record_order(a_gift(1))
    assert domain.deliver() == DeliveryReport(waiting=2)
    assert domain.deliver() == DeliveryReport()
    for _ in range(15):
        clock.pass_by(hours=1)
        domain.deliver()
    clock.pass_by(hours=1)
    assert make_domain(Post()).deliver() == DeliveryReport(accepted=1)


def test_a_message_goes_over_its_own_carrier(make_domain):
    def on(carrier):
        can = Capabilities(carriers=frozenset({carrier}), requests=frozenset({SendMessage}))
        return Post(capabilities=can, name=carrier)

    wecom, console = on("wecom"), on("console")
    domain = make_domain(console, wecom)
    domain.accept_friend(friend("wei"))
    domain.record_order(rich_order("A-1", "mei"))
    assert domain.deliver() == DeliveryReport(accepted=2, waiting=1)
    assert [request.carrier for request, _ in wecom.given] == ["wecom"]
    assert [request.carrier for request, _ in console.given] == ["console"]


def test_the_first_channel_that_serves_it_gets_it(make_domain):
    first, second = Post(name="first"), Post(name="second")
    domain = make_domain(first, second)
    domain.record_order(rich_order())
    domain.deliver()
    assert (len(first.given), second.given) == (2, [])


@pytest.mark.parametrize(("longest", "report"), [(6, {"accepted": 1}), (5, {"refused": 1})])
def test_a_text_longer_than_the_channel_carries_is_refused_without_it(make_domain, longest, report):
    post = Post(capabilities=evolve(EVERYTHING, longest_text=longest))
    hello = evolve(PROGRAM, welcome=Welcome(text="{name}!"))
    domain = make_domain(post, program=hello)
    domain.accept_friend(friend(name="微信 好友"))
    assert domain.deliver() == DeliveryReport(**report)
    assert post.texts == ["微信 好友!"][: report.get("accepted", 0)]


def test_a_refusal_for_length_tells_both_lengths(make_domain):
    settled = []

    class Watched(InMemory):
        def settle(self, claimed, delivery, *, at):
            settled.append(delivery)
            return super().settle(claimed, delivery, at=at)

    post = Post(capabilities=evolve(EVERYTHING, longest_text=10))
    domain = PrivateDomain(PROGRAM, plugins=[Watched(), post], clock=Clock())
    domain.record_order(a_gift(1))
    assert domain.deliver() == DeliveryReport(accepted=1, refused=1)
    reason = "the text has 78 characters; post carries 10"
    assert Delivery(outcome="refused", reason=reason) in settled


@pytest.mark.parametrize("longest", [0, -1, 1.5, "10", True])
def test_the_longest_text_is_a_number_of_characters(longest):
    with pytest.raises(InvalidValueError, match="longest_text is a whole number above 0"):
        evolve(EVERYTHING, longest_text=longest)


def test_carriers_are_several_and_not_the_letters_of_one():
    with pytest.raises(InvalidValueError, match="expected several"):
        Capabilities(carriers="wecom", requests=[SendMessage])
    assert Capabilities(carriers=["wecom"], requests=[SendMessage]).carriers == {"wecom"}


# In time


def test_what_is_too_late_is_settled_without_the_channel(make_domain, clock):
    post = Post()
    domain = make_domain(post)
    domain.record_order(rich_order())
    clock.pass_by(seconds=20, microseconds=1)
    assert domain.deliver() == DeliveryReport(accepted=1, expired=1)
    assert post.keys == [GIFT]
    clock.pass_by(days=1)
    assert domain.deliver() == DeliveryReport()


def test_the_last_moment_is_not_too_late(make_domain, clock):
    post = Post()
    domain = make_domain(post)
    domain.record_order(rich_order())
    clock.pass_by(seconds=20)
    assert domain.deliver() == DeliveryReport(accepted=2)


def test_what_becomes_too_late_while_others_are_sent_is_not_sent(make_domain, clock):
    def take_11_seconds(_request):
        clock.pass_by(seconds=11)
        return ACCEPTED

    post = Post(take_11_seconds, capabilities=evolve(EVERYTHING, requests=frozenset({SendMessage})))
    domain = make_domain(post)
    for name in ("a", "b", "c"):
        domain.accept_friend(friend(name))
    assert domain.deliver() == DeliveryReport(accepted=2, expired=1)
    assert len(post.given) == 2


def test_what_was_not_sent_in_half_of_the_lease_is_left_to_the_next(make_domain, clock):
    quick = Post(name="quick")
    rival = make_domain(quick)

    def take_25_seconds(_request):
        clock.pass_by(seconds=25)
        rival.deliver()
        return ACCEPTED

    slow = Post(take_25_seconds, name="slow")
    domain = make_domain(slow)
    for number in range(5):
        domain.record_order(a_gift(number), at=NOON.subtract(hours=1))
    assert domain.deliver() == DeliveryReport(accepted=2)
    assert rival.deliver() == DeliveryReport()
    clock.pass_by(seconds=10)
    assert rival.deliver() == DeliveryReport(accepted=4, expired=4)
    gifts = [key for key in slow.keys + quick.keys if "gift" in key]
    assert sorted(gifts) == [f"order:A-{number}:paid/gift/silver-pack" for number in range(5)]


def test_a_given_moment_holds_for_all(make_domain, clock):
    clock.pass_by(days=9)
    domain = make_domain(Post())
    domain.record_order(rich_order())
    assert domain.deliver(at=NOON) == DeliveryReport(accepted=2)


def test_a_request_whose_sender_died_is_sent_again_with_the_same_key(make_domain, clock):
    class PowerCutError(BaseException):
        """Takes everything down, in the midst of sending."""

    dying = Post(PowerCutError())
    domain = make_domain(dying)
    domain.record_order(rich_order())
    with pytest.raises(PowerCutError):
        domain.deliver()
    post = Post()
    restarted = make_domain(post)
    assert restarted.deliver() == DeliveryReport()
    clock.pass_by(seconds=60)
    assert restarted.deliver() == DeliveryReport(accepted=1, expired=1)
    assert dying.keys == [WELCOME]
    assert post.keys == [GIFT]


# Send checks


def test_a_check_that_has_a_reason_stops_the_request_for_good(make_domain, clock, storage):
    post = Post()
    check = Check(lambda request: "no gifts today" if isinstance(request, ShipGift) else None)
    domain = make_domain(post, check)
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(accepted=1, refused=1)
    assert post.keys == [WELCOME]
    assert check.asked[0][1] == NOON
    clock.pass_by(days=1)
    assert domain.deliver() == DeliveryReport()
    assert domain.faults == ()


def test_a_check_sees_the_clock_on_the_wall_of_the_shop(make_domain):
    check = Check()
    domain = make_domain(Post(), check)
    domain.record_order(rich_order())
    domain.deliver(at=NOON.in_timezone("UTC"))
    assert [(at, at.hour, at.timezone_name) for _, at in check.asked] == [
        (NOON, 12, "Asia/Shanghai")
    ] * 2


def test_every_check_is_asked_until_one_refuses(make_domain):
    checks = [Check(name="one"), Check("no", name="two"), Check(name="three")]
    domain = make_domain(Post(), *checks)
    domain.record_order(a_gift(1))
    domain.deliver()
    assert [len(check.asked) for check in checks] == [2, 2, 0]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (RuntimeError("13800138000"), "raised RuntimeError"),
        (True, "returned bool"),
        (False, "returned bool"),
        (0, "returned int"),
        (["no"], "returned list"),
        (timedelta(hours=1), "returned timedelta"),
        ("a\0b", "raised InvalidValueError"),
        ("\ud800", "raised InvalidValueError"),
    ],
)
def test_a_check_that_fails_puts_the_request_off_and_is_named(make_domain, clock, answer, fault):
    post, check = Post(), Check(answer)
    domain = make_domain(post, check)
    domain.record_order(rich_order())
    assert domain.deliver() == DeliveryReport(retry=2)
    assert post.given == []
    assert domain.faults == (PluginFault("check", "privlib_send_checks", fault),) * 2
    assert "13800138000" not in repr(domain.faults)
    check.answers = None
    clock.pass_by(seconds=60)
    assert domain.deliver() == DeliveryReport(accepted=1, expired=1)


def test_what_is_too_late_is_not_asked_about(make_domain, clock):
    check = Check()
    domain = make_domain(Post(), check)
    domain.record_order(rich_order())
    clock.pass_by(minutes=1)
    domain.deliver()
    assert [request.key for request, _ in check.asked] == [GIFT]


# Names


def test_a_name_is_filled_in_at_the_last_step(make_domain):
    post = Post()
    domain = make_domain(post)
    decision = domain.accept_friend(friend(name="{shop} {name} 👩‍👩‍👧"))
    assert domain.deliver().accepted == 1
    assert len(post.texts) == 1
    assert post.texts[0].startswith("Hello {shop} {name} 👩‍👩‍👧, welcome to the shop! Ask me")
    assert "{name}" in decision.requests[0].text


def test_somebody_unknown_by_name_is_greeted_all_the_same(make_domain):
    post = Post()
    domain = make_domain(post)
    domain.record_order(rich_order())
    domain.deliver()
    assert post.texts[0].startswith("Hello friend, welcome to the shop!")


def test_whoever_ordered_first_is_welcomed_by_name_when_he_becomes_a_friend(make_storage):
    post = Post()
    domain = PrivateDomain(PROGRAM, plugins=[make_storage(), post], secret=SECRET, clock=Clock())
    domain.record_order(Order(id="A-1", customer="wei", paid=yuan(5), paid_at=NOON))
    domain.accept_friend(friend())
    assert domain.deliver() == DeliveryReport(accepted=2)
    assert [text.partition(",")[0] for text in post.texts] == ["Hello friend", f"Hello {CANARY}"]


def test_an_erased_name_is_not_sent(make_domain):
    post = Post()
    domain = make_domain(post)
    domain.accept_friend(friend())
    domain.storage.erase_personal("wei")
    domain.deliver()
    assert CANARY not in repr(post.given)
    assert post.texts[0].startswith("Hello friend, welcome to the shop!")


def test_a_name_is_in_no_words_but_those_that_are_sent(make_domain, storage, caplog):
    caplog.set_level(logging.DEBUG)
    post = Post(RuntimeError(CANARY))
    domain = make_domain(post, Check())
    decision = domain.accept_friend(friend())
    report = domain.deliver()
    words = [
        repr(decision),
        repr(storage.stored(decision.key)),
        repr(report),
        repr(domain.faults),
        repr(domain),
        repr(post.given[0][0]),
        repr(storage),
        caplog.text,
    ]
    assert CANARY in post.texts[0]
    assert [text for text in words if CANARY in text] == []


def test_a_storage_that_fails_is_no_fault_of_the_channel(make_domain, storage, clock):
    class Forgetful(Overtaken):
        def personal(self, refs):
            raise StorageUnavailableError("gone")

    make_domain().accept_friend(friend())
    post = Post()
    domain = PrivateDomain(PROGRAM, plugins=[Forgetful(storage, lambda: None), post], clock=clock)
    with pytest.raises(StorageUnavailableError):
        domain.deliver()
    assert (domain.faults, post.given) == ((), [])
    clock.pass_by(seconds=10)
    assert len(storage.claim(at=NOON.add(minutes=1))) == 1
