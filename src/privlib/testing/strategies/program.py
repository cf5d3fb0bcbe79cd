"""Strategies for programs and their parts: shops, enrolment, stages, welcomes."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st

from privlib.encoding.canonical import Secret
from privlib.program.enrolment import ContactLikeIds, Enrolment, ImportedMember, UnknownCustomer
from privlib.program.important_days import DayRule
from privlib.program.program import PART_TYPES, Part, Program, Shop
from privlib.program.welcome import Welcome
from privlib.testing.strategies.campaign import campaign_rules
from privlib.testing.strategies.ids import carrier_ids, employee_ids
from privlib.testing.strategies.important_day import day_rules
from privlib.testing.strategies.ladder import ladders
from privlib.testing.strategies.lifecycle import lifecycles
from privlib.testing.strategies.period import zones
from privlib.testing.strategies.persona import personas
from privlib.testing.strategies.price_book import price_books
from privlib.testing.strategies.pricing import promotion_sets
from privlib.testing.strategies.service import services
from privlib.testing.strategies.survey import surveys
from privlib.testing.strategies.text import templates, texts

__all__ = [
    "enrolments",
    "parts",
    "programs",
    "secrets",
    "shops",
    "welcomes",
]

_ENROLMENTS: Final = st.builds(
    Enrolment,
    unknown_customer=st.sampled_from(UnknownCustomer),
    imported_member=st.sampled_from(ImportedMember),
    contact_like_ids=st.sampled_from(ContactLikeIds),
    carrier=carrier_ids(),
    employee=employee_ids(),
)
_WELCOMES: Final = st.builds(
    Welcome, text=templates(), deadline_seconds=st.integers(1, 604_800), name_if_unknown=texts()
)
_IN_A_VOICE: Final = st.builds(
    Welcome, text=templates(variables=["name", "shop", "persona", "title"])
)


@cache
def shops(*, currency: str = "CNY") -> st.SearchStrategy[Shop]:
    """Shops of one currency, in any zone."""
    return st.builds(Shop, name=texts(), currency=st.just(currency), zone=zones())


def enrolments() -> st.SearchStrategy[Enrolment]:
    """Rules for who becomes a customer and a member."""
    return _ENROLMENTS


def welcomes() -> st.SearchStrategy[Welcome]:
    """First messages, with and without variables."""
    return _WELCOMES


def programs(
    *, currency: str = "CNY", max_tiers: int = 5, max_promotions: int = 2
) -> st.SearchStrategy[Program]:
    """Whole programs of one currency, under any rules, with up to `max_promotions` promotions."""
    return _programs(currency, max_tiers, max_promotions)


@st.composite
def _programs(draw: st.DrawFn, currency: str, max_tiers: int, max_promotions: int) -> Program:
    ladder = draw(ladders(max_tiers=max_tiers, currency=currency))
    campaigns = draw(
        st.lists(campaign_rules(currency=currency), max_size=2, unique_by=lambda rules: rules.name)
    )
    tiers = [tier.name for tier in ladder.tiers]
    service = draw(services(max_holidays=2))
    offered = promotion_sets(
        max_promotions=max_promotions,
        currency=currency,
        tiers=tiers,
        holidays=sorted({holiday.name for holiday in service.holidays}),
        next_coupons=[(rules.name, each.name) for rules in campaigns for each in rules.coupons],
    )
    promotions, pricing = draw(offered)
    voices = draw(st.lists(personas(), max_size=2, unique_by=lambda persona: persona.name))
    return Program(
        shop=draw(shops(currency=currency)),
        service=service,
        enrolment=draw(_ENROLMENTS),
        ladder=ladder,
        welcome=draw(_IN_A_VOICE if voices else _WELCOMES),
        personas=voices,
        lifecycles=draw(
            st.lists(
                lifecycles(currency=currency),
                min_size=1,
                max_size=2,
                unique_by=lambda each: each.name,
            )
        ),
        campaigns=campaigns,
        pricing=pricing,
        promotions=promotions,
        prices=draw(price_books(currency=currency, tiers=tiers, max_each=1)),
        important_days=draw(_day_rules(currency)),
        surveys=draw(st.lists(surveys(currency=currency), max_size=1)),
    )


@cache
def _day_rules(currency: str) -> st.SearchStrategy[list[DayRule]]:
    return st.lists(day_rules(currency=currency), max_size=2, unique_by=lambda rule: rule.name)


def parts() -> st.SearchStrategy[Part]:
    """Parts of programs, as they are stored."""
    places = st.integers(0, len(PART_TYPES) - 1)
    return st.builds(lambda program, place: program.parts[place], programs(), places)


def secrets() -> st.SearchStrategy[Secret]:
    """Secrets of at least 16 bytes."""
    return st.binary(min_size=16, max_size=32).map(Secret)
