"""Compiled, explained, picked out of many, looked up at once: a condition means one thing."""

import pendulum
import pytest
from attrs import evolve, frozen
from hypothesis import example, given, settings, strategies as st
from tests.conditions.plainly import plainly
from tests.profiles import CASES

from privlib.conditions import (
    CUSTOMER,
    SHOPPING,
    All,
    Always,
    AnyOf,
    Compared,
    EarlyAccess,
    Field,
    Kind,
    Measured,
    Not,
    Vocabulary,
    compile_condition,
    compile_filter,
    compile_many,
    field,
    unmet,
)
from privlib.errors import CurrencyMismatchError
from privlib.refusals import AlternativesUnmet, MetByNobody, NotOpenYet
from privlib.testing.strategies import conditions, facts, moments, money
from privlib.values.comparison import Comparison, opposite
from privlib.values.money import Money, yuan

MANY = settings(max_examples=5 * CASES, deadline=None)
SOME = settings(max_examples=CASES, deadline=None)
CONDITIONS = conditions()


def holds(condition, told, vocabulary=SHOPPING):
    return compile_condition(condition, vocabulary)(told)


@MANY
@given(condition=CONDITIONS, told=facts())
def test_compiled_it_holds_where_it_plainly_does_and_just_there_nothing_is_unmet(condition, told):
    answer = plainly(condition, told)
    assert holds(condition, told) is answer
    assert (unmet(condition, told, SHOPPING) == ()) is answer


@MANY
@given(condition=conditions(kinds=[Compared, Measured]), told=facts())
def test_a_comparison_alone_is_compiled_and_explained_alike(condition, told):
    assert holds(condition, told) is plainly(condition, told)
    assert (unmet(condition, told, SHOPPING) == ()) is plainly(condition, told)


@SOME
@given(condition=CONDITIONS, many=st.lists(facts(), max_size=6))
def test_a_filter_picks_those_of_which_it_holds_in_their_order(condition, many):
    assert compile_filter(condition, SHOPPING)(many) == [
        told for told in many if plainly(condition, told)
    ]


@SOME
@given(several=st.lists(CONDITIONS, max_size=8), told=st.lists(facts(), min_size=1, max_size=4))
def test_many_at_once_are_those_that_hold_one_by_one_in_their_order(several, told):
    named = {f"segment {number}": each for number, each in enumerate(several)}
    which = compile_many(named, SHOPPING)
    for each in [*told, *told]:
        assert which(each) == tuple(
            name for name, condition in named.items() if plainly(condition, each)
        )


TIERS = st.sampled_from(["gold", "silver", "vip"])
WANTED = st.builds(lambda tier: field("tier").equals(tier), TIERS) | st.builds(
    lambda tiers: field("tier").one_of(*tiers), st.lists(TIERS, min_size=1, max_size=2)
)


@SOME
@given(
    several=st.lists(st.tuples(WANTED, CONDITIONS, st.booleans()), min_size=3, max_size=12),
    told=st.lists(facts(), min_size=1, max_size=4),
)
def test_what_is_looked_up_is_what_would_have_been_tested(several, told):
    named = {
        f"{number}": wanted & other if both else wanted
        for number, (wanted, other, both) in enumerate(several)
    }
    which = compile_many(named, SHOPPING)
    for each in [*told, evolve(told[0], tier="of no segment"), evolve(told[0], tier=None)]:
        assert which(each) == tuple(
            name for name, condition in named.items() if plainly(condition, each)
        )


# Logic


@SOME
@given(one=CONDITIONS, other=CONDITIONS, told=facts())
def test_de_morgan(one, other, told):
    assert holds(~(one & other), told) is holds(~one | ~other, told)
    assert holds(~(one | other), told) is holds(~one & ~other, told)
    for joined, spread in ((one & other, ~one | ~other), (one | other, ~one & ~other)):
        assert bool(unmet(~joined, told, SHOPPING)) is bool(unmet(spread, told, SHOPPING))


@SOME
@given(condition=CONDITIONS, told=facts())
def test_either_a_condition_is_unmet_or_its_contrary_is(condition, told):
    assert bool(unmet(condition, told, SHOPPING)) is not bool(unmet(~condition, told, SHOPPING))
    assert holds(Not(Not(condition)), told) is holds(condition, told)
    assert holds(~~condition, told) is holds(condition, told)


@SOME
@given(leaf=conditions(kinds=[Compared, Measured]), told=facts())
def test_the_opposite_of_a_comparison_holds_where_it_does_not_of_all_that_is_known(leaf, told):
    contrary = evolve(leaf, comparison=opposite(leaf.comparison))
    if isinstance(leaf, Measured) or SHOPPING[leaf.field].read(told) is not None:
        assert holds(contrary, told) is not holds(leaf, told)
    elif leaf.comparison in {Comparison.AT_LEAST, Comparison.LESS_THAN, Comparison.OUTSIDE}:
        assert not holds(contrary, told)
        assert not holds(leaf, told)
    assert opposite(opposite(leaf.comparison)) is leaf.comparison


@SOME
@given(several=st.lists(CONDITIONS, min_size=1, max_size=4), told=facts())
def test_all_that_is_unmet_of_all_is_what_is_unmet_of_each(several, told):
    assert unmet(All(several), told, SHOPPING) == tuple(
        reason for each in several for reason in unmet(each, told, SHOPPING)
    )


@SOME
@given(several=st.lists(CONDITIONS, min_size=2, max_size=4), told=facts())
def test_what_is_enough_in_several_ways_is_one_reason_with_no_such_reason_directly_within(
    several, told
):
    reasons = unmet(AnyOf(several), told, SHOPPING)
    if reasons:
        (only,) = reasons
        assert isinstance(only, AlternativesUnmet)
        assert len(only.alternatives) >= len(several)
        for alternative in only.alternatives:
            assert alternative
            assert len(alternative) > 1 or not isinstance(alternative[0], AlternativesUnmet)


@SOME
@given(condition=CONDITIONS, told=facts())
def test_always_changes_nothing_and_its_contrary_is_met_by_nobody(condition, told):
    assert holds(condition & Always(), told) is holds(condition, told)
    assert holds(condition | Always(), told)
    assert not holds(condition & ~Always(), told)
    assert unmet(~Always(), told, SHOPPING) == (MetByNobody(),)


@SOME
@given(condition=conditions(kinds=[EarlyAccess]), told=facts())
def test_early_access_is_refused_with_the_day_on_which_it_holds_for_this_person(condition, told):
    reasons = unmet(condition, told, SHOPPING)
    if reasons:
        (reason,) = reasons
        assert isinstance(reason, NotOpenYet)
        assert told.date < reason.opens
        then = evolve(told, date=reason.opens)
        may_depend_on_the_date = condition.early != Always()
        assert holds(condition, then) or (
            may_depend_on_the_date and reason.opens == condition.early_opens
        )


# Every kind of field, known and unknown


@frozen(kw_only=True)
class Thing:
    spent: Money | None
    at: pendulum.DateTime | None
    size: int | None


@frozen
class Box:
    thing: Thing


THINGS = Vocabulary(
    fields=[
        Field(name="spent", kind=Kind.MONEY, reads="thing.spent"),
        Field(name="at", kind=Kind.MOMENT, reads="thing.at"),
        Field(name="size", kind=Kind.NUMBER, reads="thing.size", plus=10),
    ]
)
INSTANTS = moments()
ASKED = conditions(vocabulary=THINGS)


@MANY
@given(
    condition=ASKED,
    spent=st.none() | money(max_value=yuan(4)),
    at=st.none() | INSTANTS,
    size=st.none() | st.integers(-10, -6),
)
def test_fields_that_lie_deeper_and_are_added_to_are_compiled_and_explained_alike(
    condition, spent, at, size
):
    told = Box(Thing(spent=spent, at=at, size=size))
    answer = compile_condition(condition, THINGS)(told)
    assert answer is (unmet(condition, told, THINGS) == ())
    assert compile_filter(condition, THINGS)([told]) == ([told] if answer else [])
    assert compile_many({"it": condition}, THINGS)(told) == (("it",) if answer else ())


@example(size=None, asked=1)
@given(size=st.none() | st.integers(0, 3), asked=st.integers(10, 13))
def test_what_is_added_is_added_before_it_is_compared(size, asked):
    told = Box(Thing(spent=None, at=None, size=size))
    sized = None if size is None else size + 10
    assert holds(field("size").equals(asked), told, THINGS) is (sized == asked)
    assert holds(field("size").between(asked, asked + 1), told, THINGS) is (sized == asked)
    assert holds(field("size").one_of(asked, 99), told, THINGS) is (sized == asked)
    assert holds(field("size").none_of(asked, 99), told, THINGS) is (sized != asked)


def test_money_of_another_currency_is_an_error_not_a_silent_no():
    told = Box(Thing(spent=Money(500, "USD"), at=None, size=None))
    with pytest.raises(CurrencyMismatchError):
        holds(field("spent").at_least(yuan(5)), told, THINGS)
    with pytest.raises(CurrencyMismatchError):
        unmet(field("spent").at_least(yuan(5)), told, THINGS)


@pytest.mark.parametrize("compiled", [compile_condition, compile_filter])
def test_what_is_equal_is_compiled_once(compiled):
    one, other = (field("tier").one_of("gold", "vip") & field("orders").at_least(2) for _ in "ab")
    assert one is not other
    assert compiled(one, CUSTOMER) is compiled(other, CUSTOMER)
    assert compiled(one, CUSTOMER) is not compiled(one, SHOPPING)
