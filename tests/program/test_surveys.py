"""Surveys in a program: what can be asked, and what is refused with its path."""

from datetime import date

import pytest
from hypothesis import given

from privlib.conditions import All, Always, field
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program import Survey, SurveyOutcome
from privlib.program.loading import program_from_parts, program_from_toml
from privlib.program.questions import (
    Day,
    FreeText,
    MoneyAmount,
    OneChoice,
    Option,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.testing.strategies import programs
from privlib.values.money import yuan

LEAST = """
[shop]
name = "Tea"
[welcome]
text = "Hi"
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
[[surveys]]
name = "basics"
"""
TEA = OneChoice(id="tea", text="Which?", choices=["green", "black"])
CUPS = WholeNumber(id="cups", text="How many?")
WHY = FreeText(id="why", text="Why?")


def toml(text):
    return program_from_toml(LEAST + text).surveys[0]


def problems_of(make, *args, **fields):
    with pytest.raises(ProgramError) as caught:
        make(*args, **fields)
    return set(caught.value.problems)


def survey(*questions, **fields):
    return Survey(name="basics", questions=questions, **fields)


def test_toml_says_what_python_says():
    said = toml(
        """
        nudge_after_days = 2
        open_days = 14
        again_after_days = 365
        [[surveys.questions]]
        id = "tea"
        kind = "one_choice"
        text = "{name}, which?"
        choices = ["green", { label = "black", tags = ["likes black"] }]
        field = "favourite tea"
        [[surveys.questions]]
        id = "ware"
        kind = "several_choices"
        text = "Which ware?"
        choices = ["pot", "cup", "tray"]
        fewest = 1
        most = 2
        personal = true
        [[surveys.questions]]
        id = "cups"
        kind = "number"
        text = "How many?"
        lowest = 0
        highest = 20
        [[surveys.questions]]
        id = "budget"
        kind = "money"
        text = "How much?"
        lowest = "9.90"
        [[surveys.questions]]
        id = "gifts"
        kind = "yes_no"
        text = "Do you give tea away?"
        yes = "是"
        no = "否"
        [[surveys.questions]]
        id = "born"
        kind = "date"
        text = "When were you born?"
        highest = 2026-06-01
        personal = true
        [[surveys.questions]]
        id = "why"
        kind = "text"
        text = "Why?"
        longest = 20
        asked_when = { tea = "black", cups = { at_least = 3 } }
        [[surveys.outcomes]]
        name = "much"
        when = { budget = { at_least = 500 } }
        suggests = "adviser"
        what = "Lin"
        reason = "{budget}"
        tags = ["big spender"]
        """
    )
    assert said == survey(
        OneChoice(
            id="tea",
            text="{name}, which?",
            choices=[Option("green"), Option("black", ["likes black"])],
            field="favourite tea",
        ),
        SeveralChoices(
            id="ware",
            text="Which ware?",
            choices=["pot", "cup", "tray"],
            fewest=1,
            most=2,
            personal=True,
        ),
        WholeNumber(id="cups", text="How many?", lowest=0, highest=20),
        MoneyAmount(id="budget", text="How much?", lowest=yuan("9.90")),
        YesNo(id="gifts", text="Do you give tea away?", yes="是", no="否"),
        Day(id="born", text="When were you born?", highest=date(2026, 6, 1), personal=True),
        FreeText(
            id="why",
            text="Why?",
            longest=20,
            asked_when=All([field("tea").equals("black"), field("cups").at_least(3)]),
        ),
        outcomes=[
            SurveyOutcome(
                name="much",
                when=field("budget").at_least(yuan(500)),
                suggests="adviser",
                what="Lin",
                reason="{budget}",
                tags=["big spender"],
            )
        ],
        nudge_after_days=2,
        open_days=14,
        again_after_days=365,
    )


@given(programs(max_promotions=0))
def test_a_program_with_surveys_is_stored_and_read_back(program):
    assert program_from_parts(program.parts) == program


def test_a_question_sends_its_choices_numbered():
    assert TEA.message == "Which?\n1. green\n2. black"
    assert YesNo(id="gifts", text="Gifts?").message == "Gifts?\n1. yes\n2. no"
    assert CUPS.message == "How many?"


def test_a_condition_looks_at_earlier_questions_only():
    ahead = OneChoice(id="tea", text="?", choices=["a", "b"], asked_when=field("cups").at_least(1))
    assert problems_of(survey, ahead, CUPS) == {
        Problem("questions[0].asked_when", '"cups" is not asked before "tea"')
    }
    itself = WholeNumber(id="cups", text="?", asked_when=field("cups").at_least(1))
    assert problems_of(survey, itself) == {
        Problem("questions[0].asked_when", '"cups" is not asked before "cups"')
    }


def test_a_condition_asks_as_the_kind_of_the_question_allows():
    wrong = WholeNumber(id="cups", text="?", asked_when=field("tea").at_least("green"))
    assert problems_of(survey, TEA, wrong) == {
        Problem("questions[1].asked_when.tea", "text is not compared by at_least")
    }
    unknown = WholeNumber(id="cups", text="?", asked_when=field("te").equals("green"))
    assert problems_of(survey, TEA, unknown) == {
        Problem("questions[1].asked_when.te", 'unknown field; did you mean "tea"?')
    }


def test_a_condition_names_choices_that_there_are():
    wrong = WholeNumber(id="cups", text="?", asked_when=field("tea").equals("grean"))
    assert problems_of(survey, TEA, wrong) == {
        Problem("questions[1].asked_when", 'there is no tea "grean"; did you mean "green"?')
    }


def test_of_what_is_personal_only_whether_it_is_known_can_be_asked():
    known = WholeNumber(id="cups", text="?", asked_when=field("why").is_known())
    assert survey(WHY, known).ids == ("why", "cups")
    read = WholeNumber(id="cups", text="?", asked_when=field("why").equals("so"))
    assert problems_of(survey, WHY, read) == {
        Problem("questions[1].asked_when", '"why" is personal: ask only whether it is known')
    }
    outcome = SurveyOutcome(name="o", when=field("why").equals("so"), tags=["t"])
    assert problems_of(survey, WHY, outcomes=[outcome]) == {
        Problem("outcomes[0].when", '"why" is personal: ask only whether it is known')
    }


def test_a_reason_holds_answers_that_are_not_personal():
    def reasoned(reason):
        return [SurveyOutcome(name="o", suggests="plan", what="gold", reason=reason)]

    assert survey(TEA, outcomes=reasoned("likes {tea}")).outcomes
    assert problems_of(survey, TEA, outcomes=reasoned("likes {te}")) == {
        Problem("outcomes[0].reason", '{te} is not a variable; did you mean "tea"?')
    }
    assert problems_of(survey, TEA, WHY, outcomes=reasoned("{why}")) == {
        Problem("outcomes[0].reason", "{why} is personal, and a reason travels")
    }


def test_a_question_may_use_the_name_and_the_shop():
    asked = WholeNumber(id="cups", text="{name}, {shopp}?")
    assert problems_of(survey, asked) == {
        Problem("questions[0].text", '{shopp} is not a variable; did you mean "shop"?')
    }


def test_two_questions_or_outcomes_have_two_names():
    assert problems_of(survey, CUPS, CUPS) == {
        Problem("questions[1].id", '"cups" stands at [0] already')
    }
    outcome = SurveyOutcome(name="o", tags=["t"])
    assert problems_of(survey, CUPS, outcomes=[outcome, outcome]) == {
        Problem("outcomes[1].name", '"o" stands at [0] already')
    }


def test_a_survey_asks_something():
    assert problems_of(survey) == {Problem("questions", "there must be at least one")}


@pytest.mark.parametrize(("nudge", "ends"), [(1, 2), (2, None), (None, 2)])
def test_a_nudge_comes_before_the_end(nudge, ends):
    assert survey(CUPS, nudge_after_days=nudge, open_days=ends).ids == ("cups",)


@pytest.mark.parametrize(("nudge", "ends"), [(2, 2), (3, 2)])
def test_a_nudge_that_comes_too_late_is_a_fault(nudge, ends):
    assert problems_of(survey, CUPS, nudge_after_days=nudge, open_days=ends) == {
        Problem("nudge_after_days", f"after {nudge} days it is closed: it is open {ends}")
    }


@pytest.mark.parametrize("name", ["nudge_after_days", "open_days", "again_after_days"])
@pytest.mark.parametrize("days", [0, 3_651, True, 1.5, "2"])
def test_days_are_1_to_3650(name, days):
    with pytest.raises(InvalidValueError, match=f"{name} is 1 to 3650; got"):
        survey(CUPS, **{name: days})


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, Problem("", "nothing follows: an outcome has tags, or suggests something")),
        (
            {"tags": ["t"], "reason": "so"},
            Problem("reason", "belongs to a suggestion, and nothing is suggested"),
        ),
        (
            {"suggests": "plan", "what": "gold"},
            Problem("reason", "is missing: the employee is told which plan, why"),
        ),
    ],
)
def test_an_outcome_says_what_follows_and_why(fields, problem):
    assert problems_of(SurveyOutcome, name="o", **fields) == {problem}


@pytest.mark.parametrize("id", ["", "Tea", "tea-1", "1", "a" * 41, "_tea"])
def test_the_id_of_a_question_is_a_word_of_small_letters(id):
    with pytest.raises(InvalidValueError, match="made of 1 to 40 small letters"):
        WholeNumber(id=id, text="?")


def test_a_word_that_means_something_in_conditions_is_no_id():
    with pytest.raises(InvalidValueError, match="pieces means something else in conditions"):
        WholeNumber(id="pieces", text="?")


@pytest.mark.parametrize("name", ["a:b", "50%", "a" * 41, ""])
def test_a_name_of_a_survey_is_short_and_plain(name):
    with pytest.raises(InvalidValueError):
        Survey(name=name, questions=[CUPS])


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (["2", "b"], "choices are numbered, so that none is a number; got '2'"),
        (["２", "b"], "choices are numbered, so that none is a number; got '２'"),
        (["a, b", "c"], "holds what separates one choice from the next"),
        (["甲、乙", "丙"], "holds what separates one choice from the next"),
    ],
)
def test_a_choice_is_told_from_all_others(choices, message):
    with pytest.raises(InvalidValueError, match=message):
        OneChoice(id="tea", text="?", choices=choices)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (
            lambda: OneChoice(id="tea", text="?", choices=["a"]),
            Problem("choices", "there are at least two to choose from"),
        ),
        (
            lambda: OneChoice(id="tea", text="?", choices=["a", "a"]),
            Problem("choices[1]", '"a" stands at [0] already'),
        ),
        (
            lambda: OneChoice(id="tea", text="?", choices=[Option("a", ["t"]), "b"], personal=True),
            Problem("personal", "tags would tell what is personal"),
        ),
        (
            lambda: SeveralChoices(id="tea", text="?", choices=["a", "b"], fewest=3),
            Problem("fewest", "3 to 2 of 2 choices cannot be chosen"),
        ),
        (
            lambda: WholeNumber(id="cups", text="?", lowest=2, highest=1),
            Problem("lowest", "no number lies from 2 to 1"),
        ),
        (
            lambda: MoneyAmount(id="budget", text="?", lowest=yuan(2), highest=yuan(1)),
            Problem("lowest", "no amount lies from 2.00 CNY to 1.00 CNY"),
        ),
        (
            lambda: Day(id="day", text="?", lowest=date(2026, 6, 2), highest=date(2026, 6, 1)),
            Problem("lowest", "no day lies from 2026-06-02 to 2026-06-01"),
        ),
        (lambda: YesNo(id="tea", text="?", yes="so", no="so"), Problem("no", '"so" means yes')),
    ],
)
def test_a_question_that_nobody_can_answer_is_a_fault(make, problem):
    assert problems_of(make) == {problem}


@pytest.mark.parametrize("longest", [0, 2_001, True, "9"])
def test_a_text_has_1_to_2000_characters(longest):
    with pytest.raises(InvalidValueError, match="longest is 1 to 2,000; got"):
        FreeText(id="why", text="?", longest=longest)


def test_two_surveys_have_two_names():
    text = '[[surveys.questions]]\nid = "cups"\nkind = "number"\ntext = "?"\n'
    twice = f'{LEAST}{text}[[surveys]]\nname = "basics"\n{text}'
    named = Problem("surveys[1].name", '"basics" stands at [0] already')
    assert problems_of(program_from_toml, twice) == {named}
    faulty = twice.replace('name = "basics"\n', 'name = "basics"\nopen_days = 0\n')
    assert problems_of(program_from_toml, faulty) == {
        Problem("surveys[0].open_days", "open_days is 1 to 3650; got 0"),
        Problem("surveys[1].open_days", "open_days is 1 to 3650; got 0"),
        named,
    }


def test_an_amount_is_in_the_currency_of_the_shop():
    program = program_from_toml(
        LEAST.replace("[welcome]", 'currency = "USD"\n[welcome]')
        + '[[surveys.questions]]\nid = "budget"\nkind = "money"\ntext = "?"\nlowest = 1'
    )
    assert str(program.surveys[0].questions[0].lowest) == "1.00 USD"


def test_a_question_is_always_asked_where_nothing_is_said():
    assert CUPS.asked_when == Always()
