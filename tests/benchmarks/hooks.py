"""Hooks: telling the observers of a decision, beside calling a hook of pluggy with as many."""

from itertools import repeat

import pluggy
from tests.benchmarks.comparing import compared
from tests.benchmarks.deciding import decided
from tests.benchmarks.stream import stream
from tests.benchmarks.targets import at_least

from privlib import Decision, InMemory, default_program
from privlib.adapters.clock import system_clock
from privlib.domain.telling import Telling
from privlib.plugins.manager import Named

CALL = "x faster than hook"
NONE = at_least("H1", "no observer", gate=8, goal=20, unit=CALL)
FIVE = at_least("H1", "5 observers", gate=3, goal=6, unit=CALL)

hookspec, hookimpl = pluggy.HookspecMarker("benchmark"), pluggy.HookimplMarker("benchmark")


class Specification:
    """The hook that is called at each decision, which our hooks are not."""

    @hookspec
    def decided(self, decision: Decision) -> None:
        """Be told of a decision."""


class Plugin:
    """Looks at what it is told, over a hook or as an observer."""

    def __init__(self):
        self.key = None

    @hookimpl
    def decided(self, decision):
        self.key = decision.key


def rows(effort):
    decision = decided(stream(1), default_program())[0]
    for target, count in ((NONE, 0), (FIVE, 5)):
        tell = telling([Plugin() for _ in range(count)])
        call = hook([Plugin() for _ in range(count)])
        yield compared(
            target,
            effort,
            ours=lambda times, tell=tell: told(times, tell, decision),
            other=lambda times, call=call: called(times, call, decision),
        )


def told(times, tell, decision):
    for _ in repeat(None, times):
        tell(decision)


def called(times, call, decision):
    for _ in repeat(None, times):
        call(decision=decision)


def telling(plugins):
    """What tells each plugin of a decision that was just saved."""
    observers = tuple(Named(str(number), each.decided) for number, each in enumerate(plugins))
    return Telling(InMemory(), default_program(), system_clock, observers, [])._observe


def hook(plugins):
    """The peer: a hook with the same plugins."""
    manager = pluggy.PluginManager("benchmark")
    manager.add_hookspecs(Specification)
    for plugin in plugins:
        manager.register(plugin)
    return manager.hook.decided
