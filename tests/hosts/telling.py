"""What the stories of hosts share: what is told of a customer, and who hears of it."""

from attrs import define, field

from privlib import EntityRef, Masked, NewFriend, Order, hookimpl, yuan
from privlib.plugins import Capabilities, Delivery
from privlib.requests import SendMessage, ShipGift
from privlib.testing.conformance.samples import NOON

WEI = EntityRef("member", "wei")


def order(id="A-1", paid=6_000):
    return Order(id=id, customer="wei", paid=yuan(paid), paid_at=NOON)


def friend(name="Wei Li"):
    return NewFriend(
        customer="wei", employee="mei", carrier="console", added_at=NOON, name=Masked(name)
    )


@define(eq=False)
class Mailbox:
    """A channel that keeps what it is given."""

    sent: list = field(factory=list)
    name: str = "mailbox"
    capabilities = Capabilities(
        carriers=frozenset({"console"}), requests=frozenset({SendMessage, ShipGift})
    )

    @hookimpl
    def privlib_channels(self):
        return [self]

    def send(self, request, text):
        self.sent.append((request.key, text))
        return Delivery(outcome="accepted")


@define(eq=False)
class Listener:
    """An observer that keeps what it hears."""

    heard: list = field(factory=list)
    name: str = "listener"

    @hookimpl
    def privlib_observers(self):
        return [self.heard.append]
