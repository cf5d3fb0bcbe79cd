"""Strategies for stories: what a shop tells over a while, and what is decided upon it."""

from __future__ import annotations

from collections.abc import Sized
from functools import lru_cache
from typing import Final, TypeAlias

import pendulum
from hypothesis import strategies as st

from privlib.commands import Command
from privlib.decisions.decision import Decision
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop
from privlib.testing.deck import Deck
from privlib.testing.strategies.ladder import amounts_near
from privlib.values.moment import later, moment
from privlib.values.money import Money

__all__ = ["Story", "decisions", "stories"]

Story: TypeAlias = list[tuple[pendulum.DateTime, Command]]

_FROM: Final = moment(pendulum.datetime(2026, 6, 1))
_PAUSES: Final = st.sampled_from([0, 0, 0, 0, 1, 3_600, 86_400, 30 * 86_400])  # seconds
_NUMBERS: Final = st.integers(0, 4)
_WISHES: Final = st.integers(0, 1)
_MONTHS: Final = st.integers(5, 8)
_SLIPS: Final = st.sampled_from([0, 0, 0, 0, 0, 0, 1])


@st.composite
def stories(draw: st.DrawFn, *, program: Program | None = None, max_commands: int = 12) -> Story:
    """Commands of every kind about a few customers, each with its moment, as a shop tells them.

    Some are told twice, some with other content, some are refused; orders come near the
    thresholds of the program (the default one). Names are told only to a program with a secret,
    important days to one that celebrates some, too.
    """
    commands = _commands(default_program() if program is None else program)
    at = _FROM
    story: Story = []
    for _ in range(draw(st.integers(0, max_commands))):
        at = later(at, seconds=draw(_PAUSES))
        story.append((at, draw(commands)))
    return story


@st.composite
def decisions(
    draw: st.DrawFn, *, program: Program | None = None, max_commands: int = 12
) -> Decision:
    """Decisions upon the commands of a story, and upon the timers that come due in it."""
    rules = default_program() if program is None else program
    shop = BareShop(rules)
    shop.knows(Deck(rules).customer(0), since=_FROM)
    for at, command in draw(stories(program=rules, max_commands=max_commands)):
        shop.run_due(at=at)
        shop.tell(command, at=at)
    shop.tell(draw(_commands(rules)), at=_FROM)
    return draw(st.sampled_from(shop.decisions))


def _commands(program: Program) -> st.SearchStrategy[Command]:
    return _commands_to(program, with_names=program.secret is not None)


@lru_cache(maxsize=64)
def _commands_to(program: Program, *, with_names: bool) -> st.SearchStrategy[Command]:
    deck = Deck(program, with_names=with_names)
    amounts = amounts_near(program.ladder, currency=program.currency)
    told = [
        _about_orders(deck, amounts),
        _about_people(deck, amounts),
        _about_coupons(deck, amounts),
    ]
    if _can_ask(program, with_names=with_names):
        told.append(_about_surveys(deck))
    return st.one_of(told)


def _can_ask(program: Program, *, with_names: bool) -> bool:
    """Whether there is a survey to ask, and a secret if one of its answers is personal."""
    questions = [question for survey in program.surveys for question in survey.questions]
    return bool(questions) and (with_names or not any(each.personal for each in questions))


def _about_orders(deck: Deck, amounts: st.SearchStrategy[Money]) -> st.SearchStrategy[Command]:
    given_back = st.none() | amounts | st.just(Money(1, deck.program.currency))
    return st.builds(deck.order, _NUMBERS, amounts, slip=_SLIPS) | st.builds(
        deck.refund, _NUMBERS, _NUMBERS, given_back, slip=_SLIPS
    )


def _about_people(deck: Deck, amounts: st.SearchStrategy[Money]) -> st.SearchStrategy[Command]:
    customers, employees = _any(range(deck.customers)), _any(range(2))
    told = [st.builds(deck.important_day, customers, employees, _NUMBERS, month=_MONTHS)]
    return st.one_of(
        *(told if deck.with_names and deck.program.important_days else []),
        st.builds(deck.member_import, customers, amounts),
        st.builds(deck.new_friend, customers, employees, st.just(0)),
        st.builds(deck.stage_move, _NUMBERS, customers, employees, _any(deck.stages)),
    )


def _about_coupons(deck: Deck, amounts: st.SearchStrategy[Money]) -> st.SearchStrategy[Command]:
    campaigns = _any(deck.campaigns)
    return st.one_of(
        st.builds(deck.coupon_issue, _WISHES, _any(deck.offers), slip=_SLIPS),
        st.builds(deck.coupon_redemption, _WISHES, _NUMBERS, amounts, slip=_SLIPS),
        st.builds(deck.campaign_pause, _NUMBERS, campaigns)
        | st.builds(deck.campaign_resumption, _NUMBERS, campaigns),
    )


def _about_surveys(deck: Deck) -> st.SearchStrategy[Command]:
    surveys, whom = _any(deck.program.surveys), (st.integers(0, 1), st.just(0))
    return st.one_of(
        st.builds(deck.survey_start, _WISHES, surveys, *whom),
        st.builds(deck.survey_answer, surveys, _NUMBERS, *whom, st.integers(0, 9)),
        st.builds(deck.survey_form, surveys, *whom, st.integers(0, 9)),
    )


def _any(things: Sized) -> st.SearchStrategy[int]:
    """The number of any of them."""
    return st.integers(0, len(things) - 1)
