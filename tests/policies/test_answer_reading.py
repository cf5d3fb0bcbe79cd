"""Answer reading: a customer's own words as an answer, and nothing guessed."""

from datetime import date

import pytest

from privlib.policies.answer_reading import answer_objection, read_answer
from privlib.program.questions import (
    Day,
    FreeText,
    MoneyAmount,
    OneChoice,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.refusals import (
    AnswerOfWrongKind,
    AnswerOutOfRange,
    AnswerTooLong,
    ChoicesOutOfRange,
    ChoiceUnknown,
)
from privlib.values.money import Money, yuan

TEAS = ["green", "black", "white"]
ONE = OneChoice(id="q", text="?", choices=TEAS)
SOME = SeveralChoices(id="q", text="?", choices=TEAS, most=2)
NUMBER = WholeNumber(id="q", text="?", lowest=0, highest=99)
MONEY = MoneyAmount(id="q", text="?", lowest=yuan(10))
YES_NO = YesNo(id="q", text="?", yes="是", no="否")
DAY = Day(id="q", text="?", lowest=date(2026, 1, 1), highest=date(2026, 12, 31))
TEXT = FreeText(id="q", text="?", longest=5)


def read(question, text):
    return read_answer(question, text, currency="CNY")


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (ONE, "2", "black"),
        (ONE, " ２ ", "black"),
        (ONE, "black", "black"),
        (SOME, "3,1", ("green", "white")),
        (SOME, "1 3", ("green", "white")),
        (SOME, "１、３", ("green", "white")),
        (SOME, "white，green", ("green", "white")),
        (SOME, "1; white", ("green", "white")),
        (SOME, "2 2", ("black",)),
        (NUMBER, "0", 0),
        (NUMBER, "９９", 99),
        (MONEY, "10", yuan(10)),
        (MONEY, "19.9", yuan("19.90")),
        (MONEY, "１９．９０", yuan("19.90")),
        (YES_NO, "1", True),
        (YES_NO, "2", False),
        (YES_NO, "是", True),
        (YES_NO, "否", False),
        (DAY, "2026-06-01", date(2026, 6, 1)),
        (DAY, "２０２６－０６－０１", date(2026, 6, 1)),
        (TEXT, " 五个字以内 ", "五个字以内"),
    ],
)
def test_what_can_be_read_is_read(question, text, value):
    assert read(question, text) == value
    assert type(read(question, text)) is type(value)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (NUMBER, "three"),
        (NUMBER, "1.5"),
        (NUMBER, "1 2"),
        (NUMBER, "³"),
        (NUMBER, "٣"),
        (NUMBER, "1" * 19),
        (NUMBER, ""),
        (MONEY, "19.999"),
        (MONEY, "19,90"),
        (MONEY, "-5"),
        (MONEY, "20 yuan"),
        (YES_NO, "yes"),
        (YES_NO, "3"),
        (DAY, "2026-6-1"),
        (DAY, "2026-02-30"),
        (DAY, "1 June"),
        (TEXT, "  "),
    ],
)
def test_what_would_have_to_be_guessed_is_no_answer(question, text):
    assert read(question, text) == AnswerOfWrongKind(question="q", needs=question.tag)


@pytest.mark.parametrize(
    ("question", "text", "refusal"),
    [
        (ONE, "0", ChoiceUnknown(question="q", known=TEAS)),
        (ONE, "4", ChoiceUnknown(question="q", known=TEAS)),
        (ONE, "Black", ChoiceUnknown(question="q", known=TEAS)),
        (ONE, "", ChoiceUnknown(question="q", known=TEAS)),
        (SOME, "1,4", ChoiceUnknown(question="q", known=TEAS)),
        (SOME, "green black", ChoiceUnknown(question="q", known=TEAS)),
        (SOME, "1,2,3", ChoicesOutOfRange(question="q", fewest=1, most=2, has=3)),
        (NUMBER, "100", AnswerOutOfRange(question="q", lowest=0, highest=99, has=100)),
        (NUMBER, "-1", AnswerOutOfRange(question="q", lowest=0, highest=99, has=-1)),
        (MONEY, "9.99", AnswerOutOfRange(question="q", lowest=yuan(10), has=yuan("9.99"))),
        (TEXT, "六个字太多了", AnswerTooLong(question="q", longest=5, has=6)),
    ],
)
def test_what_is_no_answer_says_with_its_numbers_why(question, text, refusal):
    assert read(question, text) == refusal


def test_a_day_outside_its_bounds_says_which():
    bounds = {"question": "q", "lowest": DAY.lowest, "highest": DAY.highest}
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        assert answer_objection(DAY, day) == AnswerOutOfRange(**bounds, has=day)
    for day in (DAY.lowest, DAY.highest):
        assert answer_objection(DAY, day) is None


def test_what_is_personal_is_not_repeated():
    born = Day(id="q", text="?", highest=date(2026, 6, 1), personal=True)
    refusal = read(born, "2026-06-02")
    assert refusal == AnswerOutOfRange(question="q", highest=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (ONE, ("green",)),
        (ONE, 1),
        (SOME, "green"),
        (NUMBER, True),
        (NUMBER, "3"),
        (MONEY, 10),
        (YES_NO, 1),
        (DAY, "2026-06-01"),
        (TEXT, ""),
    ],
)
def test_a_value_of_another_kind_is_no_answer(question, value):
    refusal = AnswerOfWrongKind(question="q", needs=question.tag)
    assert answer_objection(question, value) == refusal


def test_money_has_the_digits_of_its_currency():
    yen = MoneyAmount(id="q", text="?")
    assert read_answer(yen, "500", currency="JPY") == Money(500, "JPY")
    refusal = AnswerOfWrongKind(question="q", needs="money")
    assert read_answer(yen, "500.5", currency="JPY") == refusal
