"""Checks of reading: what was written is there, and in which order it comes."""

from __future__ import annotations

from privlib.commands import Order
from privlib.decisions.decision import Decision
from privlib.decisions.needs import needs
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.entities import ENTITY_KINDS
from privlib.entities.query import Query
from privlib.plugins.storages import Saved
from privlib.requests import SendMessage, ShipGift
from privlib.testing.conformance.contents import contents, everything
from privlib.testing.conformance.samples import NOON, PROGRAM, WEI, decided, order
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import EntityRef

__all__ = ["Reading"]


class Reading(Supplied):
    """What was saved is read back, and nothing else."""

    def test_what_is_saved_is_read_back(self) -> None:
        """Read your writes: entities, events, requests and timers, all as decided."""
        storage = self.new()
        decision = decided(storage, order("A-1", 5_000))
        assert storage.save(decision) == Saved((decision,))
        assert storage.get([EntityRef("order", "A-1"), WEI]) == (
            decision.after.order("A-1"),
            decision.after.member("wei"),
        )
        held = contents(storage)
        assert held["requests"] == list(decision.requests)
        assert [type(request) for request in decision.requests] == [SendMessage, ShipGift]
        assert held["timers"] == decision.timers != ()
        assert held["history"] == [
            (event, decision.key, number, decision.at)
            for number, event in enumerate(decision.events)
        ]

    def test_an_empty_storage_answers_with_nothing(self) -> None:
        """Absent and empty: nobody is there, no limit is used, nothing is due."""
        storage = self.new()
        assert storage.get([WEI, EntityRef("order", "A-1")]) == ()
        assert storage.get([]) == ()
        assert storage.stored("order:A-1:paid") is None
        assert storage.program("no such version") is None
        assert storage.personal([]) == {}
        assert contents(storage, "budget") == {
            "entities": [],
            "history": [],
            "timers": (),
            "requests": [],
            "limits": {"budget": 0},
        }

    def test_two_storages_share_nothing(self) -> None:
        """A storage that `make` gives is a new one."""
        one, other = self.new(), self.new()
        one.save(decided(one, order("A-1")))
        assert other.get([WEI]) == ()
        assert other.stored("order:A-1:paid") is None

    def test_saving_no_decision_writes_nothing(self) -> None:
        """To save nothing is no mistake."""
        storage = self.new()
        assert storage.save() == Saved(())
        assert contents(storage)["entities"] == []

    def test_entities_come_in_the_order_asked_for_each_once(self) -> None:
        """The order of an answer is declared: that of the question."""
        storage = self.new()
        for name in ("wei", "mei", "li"):
            storage.save(decided(storage, order(f"A-{name}", 10, name)))
        wanted = [EntityRef("member", name) for name in ("mei", "nobody", "wei", "mei", "li")]
        found = storage.get(iter([EntityRef("order", "A-li"), *wanted]))
        assert [(entity.kind, entity.id) for entity in found] == [
            ("order", "A-li"),
            ("member", "mei"),
            ("member", "wei"),
            ("member", "li"),
        ]

    def test_a_thousand_entities_fit_into_one_save(self) -> None:
        """One save may be large, and so may one question."""
        storage = self.new()
        names = [f"customer-{number}" for number in range(1_100)]
        storage.save(*(_decided_upon_nothing(order(f"A-{name}", 10, name)) for name in names))
        found = storage.get([EntityRef("member", name) for name in reversed(names)])
        assert [member.id for member in found] == names[::-1]
        assert [member.id for member in everything(storage, Query("member"))] == sorted(names)
        assert len(storage.limits(names)) == 1_100


def _decided_upon_nothing(command: Order) -> Decision:
    blanks = [ENTITY_KINDS[ref.kind](id=ref.id) for ref in needs(command).entities]
    return decide(State(*blanks), command, PROGRAM, at=NOON)
