"""Small real channels and a clock, for the tests of the shell."""

import pendulum
from attrs import define, field

from privlib import hookimpl
from privlib.plugins import Capabilities, Delivery
from privlib.requests import RemindEmployee, SendMessage, ShipGift

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
EVERYTHING = Capabilities(
    carriers=frozenset({"console", "wecom"}),
    requests=frozenset({SendMessage, ShipGift, RemindEmployee}),
)
ACCEPTED = Delivery(outcome="accepted")


@define(eq=False)
class Post:
    """A channel that takes everything, answers what it is told to, and keeps what it was given."""

    answers: object = ACCEPTED
    capabilities: Capabilities = EVERYTHING
    name: str = "post"
    given: list = field(factory=list)

    @hookimpl
    def privlib_channels(self):
        return [self]

    def send(self, request, text):
        self.given.append((request, text))
        answer = self.answers(request) if callable(self.answers) else self.answers
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def keys(self):
        return [request.key for request, _ in self.given]

    @property
    def texts(self):
        return [text for request, text in self.given if isinstance(request, SendMessage)]


@define(eq=False)
class Check:
    """A send check that answers what it is told to."""

    answers: object = None
    name: str = "check"
    asked: list = field(factory=list)

    @hookimpl
    def privlib_send_checks(self):
        return [self.check]

    def check(self, request, at):
        self.asked.append((request, at))
        answer = self.answers(request) if callable(self.answers) else self.answers
        if isinstance(answer, BaseException):
            raise answer
        return answer


@define(eq=False)
class Listener:
    """An observer that keeps what it hears, and then does what it is told to."""

    does: object = None
    name: str = "listener"
    heard: list = field(factory=list)

    @hookimpl
    def privlib_observers(self):
        return [self.hear]

    def hear(self, decision):
        self.heard.append(decision)
        if isinstance(self.does, BaseException):
            raise self.does


@define(eq=False)
class Clock:
    """A clock that stands still until it is moved."""

    now: pendulum.DateTime = NOON

    def __call__(self):
        return self.now

    def pass_by(self, **time):
        self.now = self.now.add(**time)


class Overtaken:
    """A real storage, just before whose every save somebody else does something."""

    name = "overtaken"

    def __init__(self, storage, rival):
        self._storage = storage
        self._rival = rival

    def __getattr__(self, name):
        return getattr(self._storage, name)

    @hookimpl
    def privlib_storage(self):
        return self

    def save(self, *decisions):
        self._rival()
        return self._storage.save(*decisions)
