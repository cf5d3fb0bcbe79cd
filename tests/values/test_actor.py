"""Actors, and the choices out of a closed list that their kind is one of."""

import pytest

from privlib.errors import InvalidIdError, InvalidValueError
from privlib.values.actor import SYSTEM, Actor, ActorKind
from privlib.values.choice import chosen
from privlib.values.rate import Rounding


def test_an_actor_is_the_software_an_employee_or_the_customer():
    assert [Actor(kind, "x").kind for kind in ("system", "employee", "customer")] == list(ActorKind)
    assert Actor("employee", "mei") == Actor(ActorKind.EMPLOYEE, "mei")
    assert Actor("employee", "mei") != Actor("customer", "mei")
    assert Actor("system", "privlib") == SYSTEM


@pytest.mark.parametrize(
    "kind", ["robot", "", "Employee", "SYSTEM", None, 1, True, ["system"], "x" * 10**7]
)
def test_another_kind_of_actor_is_refused_with_the_list(kind):
    with pytest.raises(
        InvalidValueError, match="is not one of: system, employee, customer"
    ) as refusal:
        Actor(kind, "mei")
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("id", ["", "A" * 129, "A" * 10_000_000, "a\x00b", " mei", None, 7])
def test_an_actor_has_a_proper_id(id):
    with pytest.raises(InvalidIdError, match=r"^the .*id (is|has|holds|must)") as refusal:
        Actor("employee", id)
    assert len(str(refusal.value)) < 100


def test_an_actor_has_a_kind():
    with pytest.raises(TypeError, match="kind"):
        Actor()


def test_an_actor_cannot_be_changed():
    with pytest.raises(AttributeError):
        SYSTEM.id = "mei"


def test_a_choice_is_read_from_its_text_or_is_itself():
    assert chosen(Rounding, "half_up") is chosen(Rounding, Rounding.HALF_UP) is Rounding.HALF_UP


@pytest.mark.parametrize("value", ["HALF_UP", "half-up", "", None, 0, {}, [], float("nan")])
def test_what_is_not_on_the_list_is_refused_with_the_list(value):
    with pytest.raises(
        InvalidValueError, match="one of: half_up, half_down, half_even, down, up, floor, ceiling"
    ):
        chosen(Rounding, value)
