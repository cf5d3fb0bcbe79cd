"""Plugins are checked when a domain is built; what is wrong with one is said by its name."""

import io
import types

import pendulum
import pytest
from attrs import define, evolve, field

from privlib import (
    ConsoleChannel,
    InMemory,
    InvalidValueError,
    Order,
    PluginError,
    PrivateDomain,
    Shop,
    hookimpl,
    yuan,
)
from privlib.plugins import Capabilities, Delivery, Plugins, WholeStorage, hookspecs
from privlib.program.loading import default_program
from privlib.requests import SendMessage, ShipGift

GIFTS = Capabilities(carriers=frozenset(), requests=frozenset({ShipGift}))


@define(eq=False)
class Courier:
    """A channel as an author writes one."""

    name: str = "courier"
    capabilities: Capabilities = GIFTS
    sent: list = field(factory=list)

    @hookimpl
    def privlib_channels(self):
        return [self]

    def send(self, request, text):
        self.sent.append(request)
        return Delivery(outcome="accepted")


def Giving(hook, given, name="giver"):  # noqa: N802 - it makes a plugin
    """A plugin that gives, or raises, what it is told, for one hook."""

    def give(self):
        if isinstance(given, Exception):
            raise given
        return given

    return type("Giver", (), {"name": name, hook: hookimpl(give)})()


def plugged(plugins):
    return Plugins(plugins, program=default_program())


def built(*plugins):
    return PrivateDomain(default_program(), plugins=plugins)


# What works


def test_plugins_are_taken_in_the_order_given():
    first, second = Courier(name="first"), Courier(name="second")
    plugins = plugged([first, second])
    assert [named.given for named in plugins.channels] == [first, second]
    assert [named.plugin for named in plugins.channels] == ["first", "second"]


def test_one_plugin_may_give_several_things():
    class Suite:
        name = "suite"
        storage = InMemory()

        @hookimpl
        def privlib_storage(self):
            return self.storage

        @hookimpl
        def privlib_channels(self):
            return (Courier(), ConsoleChannel())

        @hookimpl
        def privlib_observers(self):
            return [print]

        @hookimpl
        def privlib_send_checks(self):
            return [lambda request, at: None]

    plugins = plugged([Suite()])
    assert plugins.storage is Suite.storage
    assert (len(plugins.channels), len(plugins.observers), len(plugins.send_checks)) == (2, 1, 1)


def test_a_module_can_be_a_plugin():
    module = types.ModuleType("my_shop_plugins")
    module.privlib_channels = hookimpl(lambda: [Courier()])
    (channel,) = plugged([module]).channels
    assert channel.plugin == "my_shop_plugins"


@pytest.mark.parametrize("kind", [staticmethod, classmethod])
def test_a_hook_need_not_be_a_method_of_the_object(kind):
    class Shop:
        name = "shop"

    Shop.privlib_channels = kind(hookimpl(lambda *cls: [Courier()]))
    assert len(plugged([Shop()]).channels) == 1


def test_a_plugin_without_a_name_goes_by_its_class():
    class Unnamed:
        @hookimpl
        def privlib_observers(self):
            return [print]

    (observer,) = plugged([Unnamed()]).observers
    assert observer.plugin == "Unnamed"


def test_no_opinion_is_no_answer():
    plugins = plugged([Giving("privlib_channels", None), Giving("privlib_storage", None, "other")])
    assert (plugins.storage, plugins.channels) == (None, ())


def test_two_equal_channels_may_both_be_there_under_different_names():
    one, other = ConsoleChannel(name="one"), ConsoleChannel(name="other")
    assert [named.given.name for named in plugged([one, other]).channels] == ["one", "other"]


def test_plugins_that_are_equal_as_values_are_refused_with_the_cure_and_without_their_fields():
    @define
    class Value:
        name: str = field(eq=False)
        token: str = "canary"

        @hookimpl
        def privlib_channels(self):
            return [Courier()]

    with pytest.raises(PluginError, match=r"other equals another.*eq=False") as raised:
        plugged([Value(name="one"), Value(name="other")])
    assert "canary" not in str(raised.value)


def test_each_hook_is_called_once():
    calls = []

    class Counting:
        name = "counting"

        @hookimpl
        def privlib_channels(self):
            calls.append("channels")
            return [Courier()]

    domain = built(Counting())
    domain.record_order(Order(id="A-1", customer="wei", paid=yuan(5_000)))
    domain.deliver()
    domain.deliver()
    assert calls == ["channels"]


def test_two_domains_share_nothing():
    one, other = Courier(name="courier"), Courier(name="courier")
    first, second = built(one), built(other)
    first.record_order(Order(id="A-1", customer="wei", paid=yuan(5_000)))
    assert first.storage is not second.storage
    assert second.progress("wei").spent == yuan(0)
    assert (second.deliver().accepted, first.deliver().accepted) == (0, 1)
    assert (len(one.sent), len(other.sent)) == (1, 0)
    assert first.faults == second.faults == ()


def test_one_plugin_may_serve_two_domains():
    courier = Courier()
    first, second = built(courier), built(courier)
    for domain in (first, second):
        domain.record_order(Order(id="A-1", customer="wei", paid=yuan(5_000)))
        domain.deliver()
    assert len(courier.sent) == 2


def test_what_a_storage_holds_does_not_decide_whether_it_is_one():
    class Empty(InMemory):
        def __len__(self):
            return 0

    storage = Empty()
    assert built(storage).storage is storage


# Names


def test_two_plugins_of_one_name_are_refused():
    with pytest.raises(PluginError, match="two plugins are named courier"):
        plugged([Courier(), Courier()])


def test_one_plugin_given_twice_is_refused():
    courier = Courier()
    with pytest.raises(PluginError, match="two plugins are named courier"):
        plugged([courier, courier])


def test_two_storages_are_refused_with_both_names():
    with pytest.raises(PluginError, match="first and second each give a storage"):
        plugged([InMemory(name="first"), InMemory(name="second")])


# Hooks


def test_a_misspelt_hook_is_refused_with_the_nearest_one():
    class Misspelt:
        name = "misspelt"

        @hookimpl
        def privlib_chanels(self):
            return []

    with pytest.raises(PluginError, match=r"misspelt.*privlib_chanels.*privlib_channels"):
        plugged([Misspelt()])


def test_a_misspelt_hook_is_refused_without_its_mark_too():
    class Misspelt:
        name = "misspelt"

        def privlib_storages(self):
            return InMemory()

    with pytest.raises(PluginError, match=r"misspelt.*privlib_storages.*privlib_storage"):
        plugged([Misspelt()])


def test_a_marked_method_that_is_no_hook_is_refused():
    class Misspelt:
        name = "misspelt"

        @hookimpl
        def privilb_channels(self):
            return []

    with pytest.raises(PluginError, match=r"misspelt.*privilb_channels"):
        plugged([Misspelt()])


def test_a_hook_by_another_name_is_checked_too():
    class Renamed:
        name = "renamed"

        @hookimpl(specname="privlib_chanels")
        def give_channels(self):
            return []

    with pytest.raises(PluginError, match=r"renamed.*privlib_chanels"):
        plugged([Renamed()])


def test_a_hook_without_its_mark_is_refused():
    class Unmarked:
        name = "unmarked"

        def privlib_channels(self):
            return []

    with pytest.raises(PluginError, match="unmarked: privlib_channels lacks the mark @hookimpl"):
        plugged([Unmarked()])


def test_a_hook_with_a_keyword_only_argument_is_refused():
    class KeywordOnly:
        name = "keyword only"

        @hookimpl
        def privlib_channels(self, *, registry):
            return []

    with pytest.raises(PluginError, match="keyword only: privlib_channels has keyword-only"):
        plugged([KeywordOnly()])


def test_a_hook_with_an_argument_that_is_not_given_is_refused():
    class Asking:
        name = "asking"

        @hookimpl
        def privlib_channels(self, registry):
            return []

    with pytest.raises(PluginError, match=r"(?s)asking.*registry"):
        plugged([Asking()])


@pytest.mark.parametrize(
    "hook", [name for name in hookspecs.__all__ if name.startswith("privlib_")]
)
def test_a_hook_that_raises_is_named(hook):
    with pytest.raises(PluginError, match=f"giver raised in {hook}: RuntimeError") as raised:
        plugged([Courier(), Giving(hook, RuntimeError("13800138000"))])
    assert "13800138000" not in str(raised.value)


def test_an_async_hook_is_refused():
    class Async:
        name = "async"

        @hookimpl
        async def privlib_channels(self):
            return []

    with pytest.raises(PluginError, match=r"async.*privlib_channels"):
        plugged([Async()])


# Junk


@pytest.mark.parametrize("plugin", [InMemory, ConsoleChannel, Courier])
def test_a_class_in_place_of_an_object_is_refused(plugin):
    with pytest.raises(PluginError, match=f"{plugin.__name__} is a class"):
        plugged([plugin])


@pytest.mark.parametrize("plugin", [None, 1, "sqlite:///shop.db", object(), {}, print])
def test_what_has_no_hook_is_no_plugin(plugin):
    with pytest.raises(PluginError, match="has no hook"):
        plugged([plugin])


def test_a_storage_without_a_hook_is_not_silently_passed_over():
    class Mine:
        name = "mine"

        def save(self, *decisions):
            raise NotImplementedError

    with pytest.raises(PluginError, match="mine has no hook"):
        built(Mine())


@pytest.mark.parametrize("plugins", [None, 7, InMemory(), ConsoleChannel()])
def test_what_is_no_list_of_plugins_is_refused(plugins):
    with pytest.raises(PluginError, match="a list of plugins"):
        plugged(plugins)


@pytest.mark.parametrize("junk", [1, "memory", [], {}, object(), InMemory, print])
def test_what_is_no_storage_is_refused(junk):
    with pytest.raises(PluginError, match=r"giver gave .* in privlib_storage"):
        plugged([Giving("privlib_storage", junk)])


def test_what_a_storage_lacks_is_named():
    class Half:
        joined = False

        def get(self, refs):
            return ()

        def save(self, *decisions):
            return None

    with pytest.raises(PluginError, match="it lacks ") as raised:
        plugged([Giving("privlib_storage", Half())])
    lacking = str(raised.value).partition("it lacks ")[2].split(", ")
    wanted = {name for name in dir(WholeStorage) if not name.startswith("_")}
    assert set(lacking) == wanted - {"joined", "get", "save"}
    assert "claim" in lacking


@pytest.mark.parametrize("hook", ["privlib_channels", "privlib_observers", "privlib_send_checks"])
@pytest.mark.parametrize("junk", [1, "console", {}, object(), print, {print}])
def test_what_is_no_list_is_refused(hook, junk):
    with pytest.raises(PluginError, match=f"giver gave .* in {hook}; a list is expected"):
        plugged([Giving(hook, junk)])


@pytest.mark.parametrize("hook", ["privlib_channels", "privlib_observers", "privlib_send_checks"])
@pytest.mark.parametrize("junk", [None, 1, "console", [], object(), Courier, dict])
def test_junk_in_a_list_is_refused(hook, junk):
    with pytest.raises(PluginError, match=f"giver gave .* in {hook}"):
        plugged([Giving(hook, [junk])])


def test_a_channel_needs_capabilities_and_a_way_to_send():
    class Silent:
        capabilities = GIFTS

    class Secretive:
        def send(self, request, text):
            return Delivery(outcome="accepted")

    for channel in (Silent(), Secretive()):
        with pytest.raises(PluginError, match="giver gave"):
            plugged([Giving("privlib_channels", [channel])])


@pytest.mark.parametrize("capabilities", [None, {}, {"carriers": []}, "all", Capabilities])
def test_capabilities_that_are_none_are_refused(capabilities):
    with pytest.raises(PluginError, match=r"giver gave Courier in privlib_channels.*apabilities"):
        plugged([Giving("privlib_channels", [Courier(capabilities=capabilities)])])


def test_capabilities_that_raise_are_refused_by_name():
    class Broken:
        @property
        def capabilities(self):
            raise RuntimeError("13800138000")

        def send(self, request, text):
            return Delivery(outcome="accepted")

    with pytest.raises(PluginError, match="giver gave Broken in privlib_channels") as raised:
        plugged([Giving("privlib_channels", [Broken()])])
    assert "13800138000" not in str(raised.value)


@pytest.mark.parametrize("hook", ["privlib_observers", "privlib_send_checks"])
def test_async_functions_are_refused_since_nobody_awaits_them(hook):
    async def listen(*_):
        return None

    with pytest.raises(PluginError, match=f"giver gave .* in {hook}.*async"):
        plugged([Giving(hook, [listen])])


def test_async_channels_are_refused_since_nobody_awaits_them():
    class Async(Courier):
        async def send(self, request, text):
            return Delivery(outcome="accepted")

    with pytest.raises(PluginError, match=r"giver gave Async in privlib_channels.*async"):
        plugged([Giving("privlib_channels", [Async()])])


def test_a_domain_with_a_faulty_plugin_is_not_built_and_nothing_is_sent():
    courier = Courier()
    with pytest.raises(PluginError):
        built(courier, Giving("privlib_channels", [None]))
    assert courier.sent == []


def test_a_plugin_error_can_be_caught_as_what_it_is():
    assert issubclass(PluginError, RuntimeError)


# What is handed over


@pytest.mark.parametrize(
    "hook", [name for name in hookspecs.__all__ if name.startswith("privlib_")]
)
def test_a_hook_may_ask_for_the_program(hook):
    asked = []

    def give(self, program):
        asked.append(program)

    built(type("Asking", (), {hook: hookimpl(give)})())
    assert asked == [default_program()]


def test_one_console_channel_prints_in_the_zone_of_each_shop_it_is_plugged_into():
    stream = io.StringIO()
    channel = ConsoleChannel(stream)
    noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
    for zone in ("Asia/Shanghai", "America/New_York"):
        program = evolve(default_program(), shop=Shop(name="tea", zone=zone))
        domain = PrivateDomain(program, plugins=[channel])
        domain.record_order(Order(id="A-1", customer="wei", paid=yuan(200), paid_at=noon))
        domain.deliver(at=noon)
    shanghai, new_york = stream.getvalue().splitlines()
    assert "by 2026-06-01 12:00:20 at the latest" in shanghai
    assert "by 2026-06-01 00:00:20 at the latest" in new_york


def test_a_console_channel_with_a_zone_of_its_own_keeps_it():
    (channel,) = plugged([ConsoleChannel(zone="Europe/Paris")]).channels
    assert channel.given.zone == "Europe/Paris"


# What cannot be called


def test_a_hook_without_self_is_refused_by_name():
    class Selfless:
        @hookimpl
        def privlib_channels():
            return []

    with pytest.raises(PluginError, match="Selfless: privlib_channels is a method and needs self"):
        plugged([Selfless()])


def test_a_channel_sends_a_request_and_a_text():
    class Textless(Courier):
        def send(self, request):
            return Delivery(outcome="accepted")

    with pytest.raises(PluginError, match=r"whose send cannot be called with \(request, text\)"):
        plugged([Giving("privlib_channels", [Textless()])])


@pytest.mark.parametrize(
    ("hook", "taken"),
    [("privlib_observers", r"\(decision\)"), ("privlib_send_checks", r"\(request, at\)")],
)
def test_an_observer_or_send_check_is_asked_with_what_it_takes(hook, taken):
    with pytest.raises(PluginError, match=f"which cannot be called with {taken}"):
        plugged([Giving(hook, [lambda: None])])
    plugged([Giving(hook, [lambda *given: None])])


@pytest.mark.parametrize(
    ("carriers", "requests"),
    [
        ("sms", {SendMessage}),
        ({"sms"}, SendMessage),
        ({"sms"}, ["SendMessage"]),
        ({"sms"}, [Order]),
        (None, {SendMessage}),
    ],
)
def test_capabilities_name_carriers_and_kinds_of_request(carriers, requests):
    with pytest.raises(InvalidValueError):
        Capabilities(carriers=carriers, requests=requests)


def test_capabilities_take_lists_and_keep_sets():
    assert Capabilities(carriers=["sms"], requests=[SendMessage]) == Capabilities(
        carriers=frozenset({"sms"}), requests=frozenset({SendMessage})
    )
