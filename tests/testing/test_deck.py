"""The deck: every command there is, each with another that has the same key."""

from typing import get_args

import pytest
from attrs import evolve

from privlib.commands import Command
from privlib.policies.answer_reading import answer_objection
from privlib.program.loading import default_program
from privlib.program.questions import (
    Day,
    MoneyAmount,
    OneChoice,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.program.survey import Survey
from privlib.testing.deck import Deck
from privlib.values.money import yuan

QUESTIONS = [
    OneChoice(id="tea", text="?", choices=["green", "black"]),
    SeveralChoices(id="ware", text="?", choices=["cup", "pot"]),
    WholeNumber(id="cups", text="?"),
    MoneyAmount(id="budget", text="?"),
    YesNo(id="gifts", text="?"),
    Day(id="since", text="?"),
]
PROGRAM = evolve(default_program(), surveys=[Survey(name="basics", questions=QUESTIONS)])
DECK = Deck(PROGRAM)
COMMANDS = [
    DECK.order(1, yuan(99)),
    DECK.refund(1, 1, yuan(100)),
    DECK.member_import(1, yuan(99)),
    DECK.new_friend(1, 0, 0),
    DECK.stage_move(1, 1, 0, 1),
    DECK.stage_remap(1, 1, 0, 1),
    DECK.coupon_issue(1, 0),
    DECK.coupon_redemption(1, 1, yuan(100)),
    DECK.campaign_pause(1, 0),
    DECK.campaign_resumption(1, 0),
    DECK.important_day(1, 1, 0),
    DECK.survey_start(1, 0, 1, 0),
    DECK.survey_answer(0, 0, 1, 0, 1),
    DECK.survey_form(0, 1, 0, 1),
]


def test_the_deck_has_every_command_there_is():
    assert {type(command) for command in COMMANDS} == set(get_args(Command))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_every_command_can_be_told_otherwise_under_its_key(command):
    other = DECK.otherwise(command)
    assert other != command
    assert other.decision_key == command.decision_key


def test_a_number_is_the_same_command_each_time_but_for_its_customer_where_it_slips():
    assert DECK.order(1, yuan(99)) == DECK.order(1, yuan(99))
    slipped = DECK.order(1, yuan(99), slip=1)
    assert slipped.id == DECK.order(1, yuan(99)).id
    assert slipped.customer != DECK.order(1, yuan(99)).customer


def test_names_are_given_only_where_they_are_asked_for():
    named = Deck(default_program(), with_names=True)
    assert [named.new_friend(number, 0, 0).name is None for number in range(2)] == [True, False]
    assert [DECK.new_friend(number, 0, 0).name for number in range(2)] == [None, None]


@pytest.mark.parametrize("number", range(4))
def test_a_form_answers_every_question_by_its_kind(number):
    form = DECK.survey_form(0, 1, 0, number)
    assert len(form.answers) == len(QUESTIONS)
    for question, given in zip(QUESTIONS, form.answers, strict=True):
        assert answer_objection(question, given.value) is None
