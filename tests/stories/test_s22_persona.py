"""S22, persona (品牌 IP).

The voice the shop speaks with (name, role, age, character, interests, manner), used by templates
and checked against content; each carrier may have its face of it.
"""

import pendulum
import pytest
from attrs import define, field

from privlib import (
    InMemory,
    NewFriend,
    PrivateDomain,
    explain,
    hookimpl,
    program_from_toml,
    program_warnings,
    voice_faults,
)
from privlib.plugins import Capabilities, Delivery, Outcome
from privlib.requests import SendMessage

pytestmark = pytest.mark.system("S22")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
SHOP = program_from_toml("""
[shop]
name = "Aunt Lin's tea"

[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new friend"

[welcome]
text = "Hello {name}, I am {persona}, {title} of {shop}. 🍵"
name_if_unknown = "friend"

[[personas]]
name = "Aunt Lin"
role = "keeper of the shop"
age = 52
character = "warm, never in a hurry"
interests = ["old trees", "clay pots"]
manner = "short sentences, asks before she tells"
title = "tea master"
social_identity = "neighbour of everybody in the lane"
experience = "thirty springs in the hills of Hangzhou"
picture = "lin.png"
to_customer = "an aunt who knows tea"
calls_customer = "亲爱的{name}"
forbidden = ["cheapest", "最便宜"]
emoji = { use = "few", most_emoji = 2, allowed = ["🍵", "🌿"] }

[[personas.faces]]
carrier = "wecom"
title = "your tea adviser"

[[personas.faces]]
carrier = "sms"
name = "Lin"
emoji = { use = "none" }
longest = 70
""")


@define(eq=False)
class Postbox:
    """A channel to one carrier that keeps what was sent."""

    carrier: str
    sent: list[str] = field(factory=list)

    @property
    def name(self):
        return self.carrier

    @property
    def capabilities(self):
        return Capabilities(carriers=frozenset({self.carrier}), requests=frozenset({SendMessage}))

    @hookimpl
    def privlib_channels(self):
        return [self]

    def send(self, request, text):
        self.sent.append(text)
        return Delivery(outcome=Outcome.ACCEPTED)


def welcomed_on(carrier):
    postbox = Postbox(carrier)
    domain = PrivateDomain(SHOP, plugins=[InMemory(), postbox], clock=lambda: NOON)
    domain.accept_friend(
        NewFriend(customer="wei", employee="mei", carrier=carrier, source="card", added_at=NOON)
    )
    domain.deliver(at=NOON)
    return postbox.sent


@pytest.mark.parametrize(
    ("carrier", "said"),
    [
        ("wecom", "Hello friend, I am Aunt Lin, your tea adviser of Aunt Lin's tea. 🍵"),
        ("sms", "Hello friend, I am Lin, tea master of Aunt Lin's tea. 🍵"),
        ("console", "Hello friend, I am Aunt Lin, tea master of Aunt Lin's tea. 🍵"),
    ],
)
def test_a_newcomer_is_welcomed_by_the_face_on_his_carrier(carrier, said):
    assert welcomed_on(carrier) == [said]


def test_what_she_would_not_say_is_told_with_the_reason():
    [fault] = voice_faults("Our 最 便 宜 tea", SHOP.persona)
    assert explain(fault) == 'Aunt Lin never says "最便宜": at characters 5 to 9.'
    assert explain(fault, locale="zh-CN") == "Aunt Lin 从不说“最便宜”：见第 5 至 9 个字。"
    [fault] = voice_faults("Come by! 🎉", SHOP.persona)
    assert explain(fault) == "Aunt Lin does not use 🎉, at character 10, but only: 🍵, 🌿."


def test_her_welcome_fits_everywhere_but_where_she_uses_no_emoji():
    told = [(each.carrier, explain(each.reason)) for each in program_warnings(SHOP)]
    assert told == [("sms", "Aunt Lin uses no emoji; this one has 1.")]
