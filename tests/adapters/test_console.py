"""The console channel prints what would be sent."""

import io

import pytest

from privlib import ConsoleChannel, Masked, NewFriend, Order, PrivateDomain, yuan
from privlib.plugins import Delivery
from privlib.program.loading import default_program
from privlib.requests import RemindEmployee, SendMessage, ShipGift
from privlib.testing.conformance.samples import NOON


def message(text, **variables):
    return SendMessage(
        key="k", customer="wei", relation="r", employee="mei", carrier="console", text=text
    )


def printed(request, text="", **settings):
    stream = io.StringIO()
    channel = ConsoleChannel(stream, **settings)
    assert channel.send(request, text) == Delivery(outcome="accepted")
    return stream.getvalue()


def test_a_gift_is_printed_in_a_sentence():
    gift = ShipGift(key="k", customer="wei", gift="tea", items=["cup", "pot"], value=yuan("19.90"))
    assert printed(gift) == "Send wei the gift tea, worth 19.90 yuan: cup, pot.\n"
    assert "19.90 元" in printed(gift, locale="zh-CN")


def test_a_reminder_is_printed_in_the_zone_of_the_shop():
    reminder = RemindEmployee(
        key="k", customer="wei", relation="r", employee="mei", stage="new friend", since=NOON
    )
    assert "2026-06-01 12:00" in printed(reminder, zone="Asia/Shanghai")
    assert "2026-06-01 04:00" in printed(reminder)


def test_a_message_is_printed_as_it_would_be_sent():
    line = printed(message("Hello {name}!"), "Hello Wei!")
    assert line == 'Send wei on console in the name of mei: "Hello Wei!"\n'


@pytest.mark.parametrize("template", ["wei", "", "e", "Send", "{text}", "{customer}", "{name}"])
def test_only_the_text_of_a_message_is_filled_in(template):
    line = printed(message(template), "Good day")
    assert line == 'Send wei on console in the name of mei: "Good day"\n'


def test_what_a_text_holds_is_not_read_as_a_template():
    assert printed(message("{name}"), "{customer} {key}").endswith(': "{customer} {key}"\n')


def test_without_a_stream_it_is_standard_output(capsys):
    domain = PrivateDomain(default_program(), plugins=[ConsoleChannel()])
    domain.record_order(Order(id="A-1", customer="wei", paid=yuan(5_000), paid_at=NOON))
    assert domain.deliver(at=NOON).accepted == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Send wei on console in the name of shop")
    assert lines[0].endswith(
        '"Hello friend, welcome to the shop! Ask me anything, and tell me what you like."'
    )
    assert lines[1].startswith("Send wei the gift silver-pack, worth 300 yuan")
    assert len(lines) == 2


def test_a_message_for_another_carrier_is_not_printed(capsys):
    domain = PrivateDomain(
        default_program(), plugins=[ConsoleChannel()], secret=b"0123456789abcdef"
    )
    domain.accept_friend(
        NewFriend(
            customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked("Wei Li")
        )
    )
    assert domain.deliver(at=NOON).waiting == 1
    assert capsys.readouterr().out == ""
