"""Welcome flow: what is said first to somebody new, and until when."""

from __future__ import annotations

import pendulum

from privlib.entities.relation import Relation
from privlib.program.persona import Persona
from privlib.program.welcome import Welcome
from privlib.requests import SendMessage, Variable
from privlib.values.moment import later
from privlib.values.personal import PersonalRef
from privlib.values.template import variables_of

__all__ = ["welcome_message"]


def welcome_message(
    relation: Relation,
    welcome: Welcome,
    *,
    key: str,
    shop: str,
    persona: Persona | None,
    name: PersonalRef | None,
    at: pendulum.DateTime,
) -> SendMessage | None:
    """The welcome of a new relation, as the persona says it on its carrier; None for a blank."""
    if relation.customer is None or relation.employee is None or relation.carrier is None:
        return None
    unknown = welcome.name_if_unknown
    variables = {
        "shop": Variable("shop", shop),
        "name": Variable("name", name, unknown) if name else Variable("name", unknown),
    }
    if persona is not None:
        here = persona.on(relation.carrier)
        variables["persona"] = Variable("persona", here.name)
        variables["title"] = Variable("title", here.title)
    return SendMessage(
        key=key,
        customer=relation.customer,
        relation=relation.id,
        employee=relation.employee,
        carrier=relation.carrier,
        text=welcome.text,
        variables=tuple(variables[used] for used in variables_of(welcome.text)),
        not_after=later(at, seconds=welcome.deadline_seconds),
    )
