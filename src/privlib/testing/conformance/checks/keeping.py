"""Checks of keeping: histories that never change, programs, and names that can be erased."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve

from privlib.commands import Refund
from privlib.decisions.state import State
from privlib.decisions.verbs import decide
from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.storages import WholeStorage
from privlib.program.campaign import CampaignRules
from privlib.program.loading import program_from_toml
from privlib.program.program import Shop
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import (
    FAR,
    NOON,
    PROGRAM,
    SECRET_PROGRAM,
    WEI,
    bare,
    decided,
    friend,
    order,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CampaignName, CustomerId, OrderId, RefundId
from privlib.values.money import Money
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["Keeping"]

_SMALL: Final = """
[shop]
name = "Kaffee"
currency = "EUR"
zone = "Europe/Berlin"
[[lifecycles]]
name = "customer"
[[lifecycles.stages]]
name = "new"
[welcome]
text = "Hallo {name}"
[[ladder.tiers]]
name = "one"
threshold = "0.01"
"""


class Keeping(Supplied):
    """Histories are appended to, programs are kept once, personal values in one place."""

    def test_what_was_written_down_never_changes(self) -> None:
        """Ledger entries cannot change, whatever is told, settled or erased afterwards."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 6_000)))
        before = storage.history([WEI])
        for claimed in storage.claim(at=NOON):
            storage.settle(claimed, Delivery(outcome=Outcome.REFUSED), at=NOON)
        storage.save(decided(storage, order("A-1", 6_000), at=NOON.add(days=1)))
        storage.save(decided(storage, order("A-2", 5_000), at=NOON.add(days=1)))
        refund = Refund(id=RefundId("R"), order=OrderId("A-1"), customer=CustomerId("wei"))
        storage.save(decided(storage, refund, at=NOON.add(days=2)))
        storage.erase_personal(CustomerId("wei"))
        after = storage.history([WEI])
        assert after[: len(before)] == before
        assert len(after) > len(before) > 0

    def test_a_history_folds_to_the_entity(self) -> None:
        """State and events cannot disagree."""
        storage = self.new()
        storage.save(decided(storage, order("A-1", 4_000)))
        storage.save(decided(storage, order("A-2", 4_000), at=NOON.add(days=1)))
        refund = Refund(id=RefundId("R"), order=OrderId("A-1"), customer=CustomerId("wei"))
        storage.save(decided(storage, refund, at=NOON.add(days=2)))
        events = [recorded.event for recorded in storage.history([WEI])]
        assert State().after(events).entities == storage.get([WEI])

    def test_a_history_comes_by_decision_and_within_one_as_decided(self) -> None:
        """Its order is declared: by the moment of the decision, not by when it was saved."""
        storage = self.new()
        first = decided(storage, order("A-1", 6_000))
        storage.save(first)
        earlier = decided(storage, order("A-2", 10), at=NOON.subtract(days=1))
        storage.save(earlier)
        told = [
            (event, each.key, number)
            for each in (earlier, first)
            for number, event in enumerate(each.events)
            if event.about == WEI
        ]
        history = storage.history([WEI])
        assert [(each.event, each.decision, each.number) for each in history] == told

    def test_decisions_of_one_save_and_one_moment_keep_their_order(self) -> None:
        """Whatever their keys: the first of them comes first."""
        storage = self.new()
        first = decided(storage, order("Z-1", 4_000))
        second = decide(first.after, order("A-1", 4_000), PROGRAM, at=NOON)
        third = decide(second.after, order("M-1", 4_000), PROGRAM, at=NOON)
        storage.save(first, second, third)
        told = [recorded.decision for recorded in storage.history([WEI])]
        assert list(dict.fromkeys(told)) == [first.key, second.key, third.key]

    def test_a_history_of_several_entities_is_one_history(self) -> None:
        """Each event once, in the order decided, and nothing about nobody."""
        storage = self.new()
        assert storage.history([]) == storage.history([WEI]) == ()
        decision = decided(storage, order("A-1", 6_000))
        storage.save(decision)
        refs = list(decision.changes)
        history = storage.history(iter([*reversed(refs), refs[0]]))
        assert [recorded.event for recorded in history] == list(decision.events)
        assert [recorded.number for recorded in history] == list(range(len(decision.events)))

    def test_a_kept_program_is_read_back_equal(self) -> None:
        """Programs are kept side by side, each once, without their secret."""
        odd = evolve(PROGRAM, shop=Shop(name="Tea, 茶 & 'co' 👩‍👩‍👧", zone="America/New_York"))
        may = CampaignRules(
            name=CampaignName("may"),
            starts=date(2026, 5, 1),
            ends=date(2026, 6, 1),
            budget=Money(2**63 - 1),
        )
        rich = evolve(PROGRAM, campaigns=[may])
        storage = self.new()
        programs = [PROGRAM, odd, rich, program_from_toml(_SMALL)]
        for program in (*programs, SECRET_PROGRAM, odd):
            storage.keep_program(program)
        found = [storage.program(program.version) for program in programs]
        assert found == programs
        assert [each.version for each in found if each] == [each.version for each in programs]
        assert [each.secret for each in found if each] == [None] * 4
        assert storage.program("0" * 64) is None

    def test_personal_values_are_read_by_reference(self) -> None:
        """One told again is replaced; a reference to nothing is passed over."""
        storage = self.new()
        _keep(
            storage, "first", _value("name:wei", "Wei Li"), _value("name:mei", "梅 👩‍👩‍👧", "mei")
        )
        _keep(storage, "marriage", _value("name:wei", "Wei Wang"))
        assert _revealed(storage, "name:mei", "none", "name:wei") == {
            "name:mei": "梅 👩‍👩‍👧",
            "name:wei": "Wei Wang",
        }

    def test_erasing_takes_all_of_one_customer_and_no_other(self) -> None:
        """Erase: how many there were; the second time, or of nobody, none."""
        storage = self.new()
        wei, nobody = CustomerId("wei"), CustomerId("nobody")
        _keep(storage, "a", _value("name:wei", "Wei"), _value("phone:wei", "13800138000"))
        _keep(storage, "b", _value("name:mei", "Mei", "mei"))
        assert [storage.erase_personal(each) for each in (wei, wei, nobody)] == [2, 0, 0]
        assert _revealed(storage, "name:wei", "phone:wei", "name:mei") == {"name:mei": "Mei"}

    def test_an_erased_name_is_in_nothing_that_can_be_read(self) -> None:
        """Erase: nothing that the storage gives out has it, before or after."""
        storage = self.new()
        decision = decided(storage, friend(name="Wei Canary"), program=SECRET_PROGRAM)
        storage.save(decision)
        seen = [repr((contents(storage), storage.stored(decision.key)))]
        assert storage.erase_personal(CustomerId("wei")) == 1
        storage.save(decision)
        seen.append(repr((contents(storage), storage.stored(decision.key), storage.due(FAR))))
        assert storage.personal([value.ref for value in decision.personal]) == {}
        assert ["Canary" in text for text in seen] == [False, False]
        assert "name:wei" in seen[1]


def _value(ref: str, text: str, customer: str = "wei") -> PersonalValue:
    return PersonalValue(ref=PersonalRef(ref), customer=CustomerId(customer), value=Masked(text))


def _keep(storage: WholeStorage, key: str, *values: PersonalValue) -> None:
    storage.save(bare(key, personal=values))


def _revealed(storage: WholeStorage, *ids: str) -> dict[str, str]:
    found = storage.personal([PersonalRef(id) for id in ids])
    return {ref.id: value.reveal() for ref, value in found.items()}
