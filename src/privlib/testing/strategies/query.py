"""Strategies for queries, and for where their pages start."""

from __future__ import annotations

from hypothesis import strategies as st

from privlib.entities import IndexKey
from privlib.entities.query import Position, Query
from privlib.testing.strategies.ids import plain_ids

__all__ = ["index_keys", "positions", "queries"]


def index_keys() -> st.SearchStrategy[IndexKey]:
    """Names and values under which entities are found."""
    return st.builds(IndexKey, st.sampled_from(["customer", "tier"]), plain_ids())


def positions() -> st.SearchStrategy[Position]:
    """Places after which a page starts."""
    return st.builds(Position, plain_ids(), plain_ids())


def queries(*, max_limit: int = 100) -> st.SearchStrategy[Query]:
    """Queries for entities of any kind, by id or by index, in pages of up to `max_limit`."""
    page = {"after": st.none() | positions(), "limit": st.integers(1, max_limit)}
    bound = st.none() | plain_ids()
    return st.one_of(
        st.builds(Query, st.sampled_from(["customer", "member", "order"]), **page),
        st.builds(
            Query, st.just("coupon"), index=st.just("customer"), low=bound, high=bound, **page
        ),
    )
