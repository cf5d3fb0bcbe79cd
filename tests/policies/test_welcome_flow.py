"""Welcome flow: the first message and its deadline."""

import pendulum
import pytest
from attrs import evolve

from privlib.entities import Relation
from privlib.policies.welcome_flow import welcome_message
from privlib.program import Face, Persona
from privlib.program.welcome import Welcome
from privlib.requests import SendMessage, Variable
from privlib.values.personal import PersonalRef

AT = pendulum.datetime(2026, 6, 1, 4)
FRIENDS = Relation(id="wecom:mei:wei", customer="wei", employee="mei", carrier="wecom")


def welcome(text, *, relation=FRIENDS, name=None, deadline=20, persona=None):
    return welcome_message(
        relation,
        Welcome(text=text, deadline_seconds=deadline, name_if_unknown="dear"),
        key="k/welcome/1",
        shop="Tea House",
        persona=persona,
        name=name,
        at=AT,
    )


def test_the_welcome_names_its_variables_in_order_and_its_deadline():
    assert welcome("Hello {name} from {shop}!", name=PersonalRef("name:wei")) == SendMessage(
        key="k/welcome/1",
        customer="wei",
        relation="wecom:mei:wei",
        employee="mei",
        carrier="wecom",
        text="Hello {name} from {shop}!",
        variables=[
            Variable("name", PersonalRef("name:wei"), otherwise="dear"),
            Variable("shop", "Tea House"),
        ],
        not_after=pendulum.datetime(2026, 6, 1, 4, 0, 20),
    )


def test_somebody_whose_name_is_unknown_is_called_what_the_program_says():
    assert welcome("Hello {name}!").variables == (Variable("name", "dear"),)


def test_the_persona_is_called_as_on_the_carrier():
    lin = Persona(name="Aunt Lin", title="tea master", faces=[Face(carrier="wecom", name="Lin")])
    message = welcome("I am {persona}, {title}.", persona=lin)
    assert message.variables == (Variable("persona", "Lin"), Variable("title", "tea master"))


def test_a_text_without_variables_carries_none():
    assert welcome("Hello!", name=PersonalRef("name:wei")).variables == ()


@pytest.mark.parametrize("seconds", [1, 20, 604_800])
def test_the_deadline_counts_from_the_moment_of_the_friendship(seconds):
    message = welcome("Hello!", deadline=seconds)
    assert (message.not_after - AT).total_seconds() == seconds


@pytest.mark.parametrize("missing", ["customer", "employee", "carrier"])
def test_a_blank_is_not_welcomed(missing):
    assert welcome("Hello!", relation=evolve(FRIENDS, **{missing: None})) is None
