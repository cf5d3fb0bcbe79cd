"""Conditions: one tree of what must be so, explained, and compiled to a function."""

from __future__ import annotations

from privlib.conditions.agreeing import can_hold_together
from privlib.conditions.asking import amount, distinct, field, pieces
from privlib.conditions.checking import check_condition, condition_problems
from privlib.conditions.compiling import Holds, Select, compile_condition, compile_filter
from privlib.conditions.facts import (
    CUSTOMER,
    RELATION,
    SHOPPING,
    CustomerFacts,
    RelationFacts,
    ShoppingFacts,
)
from privlib.conditions.kinds import Kind
from privlib.conditions.many import compile_many
from privlib.conditions.reading import condition_from_plain
from privlib.conditions.reasons import unmet
from privlib.conditions.tree import (
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Measure,
    Measured,
    Not,
)
from privlib.conditions.vocabulary import Field, Vocabulary
from privlib.conditions.walking import amounts_in, leaves
from privlib.conditions.writing import condition_to_plain
from privlib.values.time_of_day import WEEKDAYS

__all__ = [
    "CUSTOMER",
    "RELATION",
    "SHOPPING",
    "WEEKDAYS",
    "All",
    "Always",
    "AnyOf",
    "Compared",
    "Condition",
    "CustomerFacts",
    "EarlyAccess",
    "Field",
    "Holds",
    "Kind",
    "Measure",
    "Measured",
    "Not",
    "RelationFacts",
    "Select",
    "ShoppingFacts",
    "Vocabulary",
    "amount",
    "amounts_in",
    "can_hold_together",
    "check_condition",
    "compile_condition",
    "compile_filter",
    "compile_many",
    "condition_from_plain",
    "condition_problems",
    "condition_to_plain",
    "distinct",
    "field",
    "leaves",
    "pieces",
    "unmet",
]
