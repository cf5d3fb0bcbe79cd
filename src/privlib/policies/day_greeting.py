"""Day greeting: what a customer is told on his day."""

from __future__ import annotations

import pendulum

from privlib.entities.customer import Customer
from privlib.entities.relation import Relation
from privlib.program.important_days import DayRule
from privlib.requests import SendMessage, Variable
from privlib.values.template import variables_of

__all__ = ["greeting"]


def greeting(
    rule: DayRule,
    customer: Customer,
    relation: Relation,
    *,
    key: str,
    shop: str,
    not_after: pendulum.DateTime,
) -> SendMessage | None:
    """The greeting over a relation; None where there is nothing to say, or no such relation."""
    if relation.employee is None or relation.carrier is None or rule.text is None:
        return None
    unknown = rule.name_if_unknown
    name = Variable("name", customer.name, unknown) if customer.name else Variable("name", unknown)
    variables = {"shop": Variable("shop", shop), "name": name}
    return SendMessage(
        key=key,
        customer=customer.id,
        relation=relation.id,
        employee=relation.employee,
        carrier=relation.carrier,
        text=rule.text,
        variables=tuple(variables[used] for used in variables_of(rule.text)),
        not_after=not_after,
    )
