"""Strategies for actors and for personal values."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from privlib.testing.strategies.ids import customer_ids, plain_ids
from privlib.testing.strategies.text import texts
from privlib.values.actor import Actor, ActorKind
from privlib.values.ids import join_key
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["actors", "masked_texts", "personal_refs", "personal_values"]

_ACTORS: Final = st.builds(Actor, st.sampled_from(ActorKind), plain_ids())
_MASKED: Final = (st.sampled_from(["Wei Li", "李薇", "13800138000"]) | texts()).map(Masked)
_REFS: Final = customer_ids().map(lambda customer: PersonalRef(join_key("name", customer)))


def actors() -> st.SearchStrategy[Actor]:
    """Those by whom something is decided: the system, employees, customers."""
    return _ACTORS


def masked_texts() -> st.SearchStrategy[Masked]:
    """Names, phone numbers and other personal texts, masked."""
    return _MASKED


def personal_refs() -> st.SearchStrategy[PersonalRef]:
    """References to customers' names."""
    return _REFS


@st.composite
def personal_values(draw: st.DrawFn) -> PersonalValue:
    """Customers' names on their way into the erasable table."""
    customer = draw(customer_ids())
    ref = PersonalRef(join_key("name", customer))
    return PersonalValue(ref=ref, customer=customer, value=draw(masked_texts()))
