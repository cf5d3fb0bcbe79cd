"""The tree as a value: what can be built, joined, hashed, stored; and the words it is bound to."""

import copy
import pickle
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from attrs import frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from tests.profiles import CASES

from privlib.conditions import (
    CUSTOMER,
    SHOPPING,
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Field,
    Kind,
    Measured,
    Not,
    Vocabulary,
    amount,
    amounts_in,
    check_condition,
    compile_condition,
    compile_filter,
    compile_many,
    condition_problems,
    field,
    leaves,
    pieces,
    unmet,
)
from privlib.encoding.canonical import canonical, digest, parse_canonical
from privlib.encoding.converting import converter
from privlib.encoding.documents import Documents
from privlib.errors import (
    InvalidValueError,
    NaiveMomentError,
    Problem,
    ProgramError,
    UnknownSchemaError,
)
from privlib.testing.strategies import conditions
from privlib.values.comparison import Comparison
from privlib.values.goods import Goods
from privlib.values.money import Money, yuan

GOLD = field("tier").equals("gold")
NEW = field("nth_order").equals(1)
VIP = field("tags").contains_any("vip")


@frozen(kw_only=True)
class Rule:
    """A part of a program that holds conditions."""

    name: str
    when: Condition = Always()
    also: tuple[Condition, ...] = ()


# Joining


def test_joined_conditions_lie_side_by_side():
    assert All([GOLD, NEW, VIP]) == GOLD & NEW & VIP
    assert AnyOf([GOLD, NEW, VIP]) == GOLD | NEW | VIP
    assert All([GOLD, AnyOf([NEW, VIP])]) == GOLD & (NEW | VIP)
    assert Always() & GOLD == GOLD & Always() == GOLD
    assert Always() & Always() == Always()
    assert ~~GOLD == GOLD
    assert Not(GOLD) == ~GOLD


@pytest.mark.parametrize("join", [lambda: GOLD and NEW, lambda: GOLD or NEW, lambda: not GOLD])
def test_python_s_own_and_or_and_not_are_no_way_to_join_and_say_so(join):
    with pytest.raises(TypeError, match=r"join two with & and \|"):
        join()


def test_what_is_no_condition_cannot_be_joined():
    with pytest.raises(InvalidValueError, match="a condition is expected; got str"):
        GOLD & "tier"
    with pytest.raises(InvalidValueError, match="a condition is expected; got FieldAsked"):
        GOLD | field("tier")
    with pytest.raises(InvalidValueError, match="at least one condition is expected"):
        All([])
    with pytest.raises(InvalidValueError, match="expected several, such as a list"):
        AnyOf("tier")


def test_conditions_lie_within_each_other_32_deep_and_no_deeper():
    deep = GOLD
    for _ in range(31):
        deep = Not(deep)
    nobody = SimpleNamespace(tier="silver")
    assert compile_condition(deep, CUSTOMER)(nobody)
    assert compile_many({"deep": deep}, CUSTOMER)(nobody) == ("deep",)
    for deeper in (lambda: Not(deep), lambda: All([GOLD, deep]), lambda: AnyOf([deep])):
        with pytest.raises(InvalidValueError, match="at most 32 conditions lie within each other"):
            deeper()


def test_early_access_is_as_deep_as_what_it_is_spelled_out_to():
    opens, early_opens = date(2026, 6, 11), date(2026, 6, 8)
    deep = GOLD
    for _ in range(29):
        deep = Not(deep)
    early = EarlyAccess(early=deep, opens=opens, early_opens=early_opens)
    assert early.depth == early.spelled_out.depth == 32
    assert list(leaves(early))
    with pytest.raises(InvalidValueError, match="at most 32 conditions lie within each other"):
        EarlyAccess(early=Not(deep), opens=opens, early_opens=early_opens)
    assert EarlyAccess(early=Not(deep), opens=opens).depth == 32


def test_a_wide_tree_is_compiled():
    wide = AnyOf([field("tier").equals(f"tier {number}") for number in range(3_000)])
    holds = compile_condition(wide, CUSTOMER)
    assert holds(SimpleNamespace(tier="tier 2999"))
    assert not holds(SimpleNamespace(tier="tier 3000"))


# Values


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (1.5, "nothing is compared with a float"),
        (None, "nothing is compared with a NoneType"),
        ({"gold"}, "nothing is compared with a set"),
        (["gold", ["silver"]], "nothing is compared with a list"),
        (2**63, "a number of 64 bits is beyond 64"),
        ("half \ud800", "half of a surrogate pair"),
    ],
)
def test_what_cannot_be_compared_with_is_refused(given, error):
    with pytest.raises(InvalidValueError, match=error):
        field("tier").one_of(given) if isinstance(given, list) else field("tier").equals(given)


def test_a_moment_names_its_zone():
    with pytest.raises(NaiveMomentError):
        field("at").at_least(datetime(2026, 6, 1))  # noqa: DTZ001 - that is the point
    assert field("at").at_least(datetime(2026, 6, 1, tzinfo=UTC)).value.isoformat() == (
        "2026-06-01T00:00:00+00:00"
    )


@pytest.mark.parametrize(
    ("comparison", "value", "error"),
    [
        ("between", ("a",), "between: two values, from and until, are expected"),
        ("between", "a", "between: two values"),
        ("one_of", (), "one_of: one or more values are expected"),
        ("one_of", "gold", "one_of: one or more values"),
        ("equal", ("gold",), "equal: one value is expected"),
        ("known", "gold", "known: nothing to compare with is expected"),
        ("nearly", "gold", "'nearly' is not one of: equal"),
    ],
)
def test_a_comparison_has_as_many_values_as_it_needs(comparison, value, error):
    with pytest.raises(InvalidValueError, match=error):
        Compared(field="tier", comparison=comparison, value=value)


def test_early_is_before():
    with pytest.raises(InvalidValueError, match="2026-06-01 is not earlier than 2026-06-01"):
        EarlyAccess(opens=date(2026, 6, 1), early=GOLD, early_opens=date(2026, 6, 1))
    with pytest.raises(InvalidValueError, match="expected a date such as"):
        EarlyAccess(opens="2026-06-01", early=GOLD)


def test_one_and_true_are_two_things():
    one, true = field("orders").equals(1), field("orders").equals(value=True)
    assert one != true
    assert len({one, true}) == 2
    check_condition(one, CUSTOMER)
    with pytest.raises(ProgramError, match="a whole number is expected; got True"):
        compile_condition(true, CUSTOMER)


@settings(max_examples=CASES, deadline=None)
@given(condition=conditions())
def test_a_condition_is_a_value(condition):
    again = copy.deepcopy(condition)
    assert again == condition
    assert hash(again) == hash(condition)
    assert pickle.loads(pickle.dumps(condition)) == condition
    with pytest.raises(FrozenInstanceError):
        condition.depth = 0


def test_its_comparisons_and_amounts_are_found_wherever_they_lie():
    tea = Goods(categories=["tea"], price_from=yuan(10))
    reached = amount(tea).between(yuan(200), yuan(300))
    condition = EarlyAccess(opens=date(2026, 6, 1), early=~(GOLD | reached & NEW))
    assert [leaf for leaf in leaves(condition) if leaf in (GOLD, reached, NEW)] == [
        GOLD,
        reached,
        NEW,
    ]
    assert list(amounts_in(condition)) == [yuan(200), yuan(300), yuan(10)]


# Storing


@settings(max_examples=2 * CASES, deadline=None)
@given(condition=conditions(), other=conditions())
def test_what_holds_conditions_is_stored_and_read_back_and_named_by_its_content(condition, other):
    rule = Rule(name="spring", when=condition, also=(other, condition))
    text = canonical(rule, whole=True)
    again = converter(whole=True).structure(parse_canonical(text), Rule)
    assert again == rule
    assert digest(canonical(again, whole=True)) == digest(text)
    document = Documents(Rule)
    assert document.load(document.dump(rule)) == rule


def test_the_canonical_text_of_a_condition_is_as_it_was():
    rule = Rule(name="spring", when=GOLD & ~pieces(Goods(skus=["cup"])).at_least(3))
    assert canonical(rule) == (
        '{"name":"spring","when":{"conditions":['
        '{"comparison":"equal","field":"tier","kind":"compared","value":"gold"},'
        '{"condition":{"comparison":"at_least","kind":"measured","measure":"pieces",'
        '"of":{"skus":["cup"]},"value":3},"kind":"not"}],"kind":"all"}}'
    )
    assert canonical(Rule(name="spring")) == '{"name":"spring"}'
    money = Rule(name="spring", when=amount().at_least(yuan(200)))
    assert '"value":{"money":[20000,"CNY"]}' in canonical(money)
    day = Rule(name="spring", when=field("date").at_least(date(2026, 6, 1)))
    assert '"value":{"date":"2026-06-01"}' in canonical(day)


@pytest.mark.parametrize(
    "stored",
    [
        '{"kind":"nearly"}',
        '{"conditions":[]}',
        '["all"]',
        '{"kind":"compared","field":"tier","comparison":"equal","value":null}',
        '{"kind":"compared","field":"tier","comparison":"equal","value":{"cash":1}}',
        '{"kind":"compared","field":"tier","comparison":"equal","value":{"money":[1,"CNY"],"x":1}}',
    ],
)
def test_what_is_no_stored_condition_is_refused(stored):
    with pytest.raises(UnknownSchemaError):
        Documents(Rule).load(f'{{"kind":"Rule","v":1,"name":"spring","when":{stored}}}')


# Words


def test_every_fault_of_a_tree_built_in_python_is_told_with_its_path():
    condition = (
        field("tire").equals("gold")
        & (GOLD | field("orders").equals("three"))
        & ~amount().at_least(3)
        & EarlyAccess(opens=date(2026, 6, 1), early=field("tags").equals("vip"))
    )
    assert list(condition_problems(condition, SHOPPING)) == [
        Problem("all[0].tire", 'unknown field; did you mean "tier"?'),
        Problem("all[1].any[1].orders", "a whole number is expected; got 'three'"),
        Problem("all[2].not.amount", "an amount of money is expected; got 3"),
        Problem("all[3].early_access.early.tags", "texts is not compared by equal"),
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda condition: compile_condition(condition, CUSTOMER),
        lambda condition: compile_filter(condition, CUSTOMER),
        lambda condition: unmet(condition, SimpleNamespace(), CUSTOMER),
        lambda condition: check_condition(condition, CUSTOMER),
    ],
)
def test_nothing_is_asked_in_words_that_are_not_there(ask):
    with pytest.raises(ProgramError, match="pieces: no goods are measured here"):
        ask(pieces().at_least(3))


def test_many_are_refused_with_their_names():
    with pytest.raises(ProgramError) as caught:
        compile_many(
            {"gold": GOLD, "a": field("x").is_known(), "b": ~amount().at_least(1)}, SHOPPING
        )
    assert [problem.path for problem in caught.value.problems] == ["a.x", "b.not.amount"]


def test_two_currencies_do_not_meet_in_one_comparison():
    with pytest.raises(ProgramError, match="are in two currencies"):
        check_condition(amount(Goods(price_from=Money(1, "USD"))).at_least(yuan(1)), SHOPPING)
    words = Vocabulary(fields=[Field(name="spent", kind=Kind.MONEY)])
    with pytest.raises(ProgramError, match="cannot compare"):
        check_condition(field("spent").between(yuan(1), Money(2, "USD")), words)


@pytest.mark.parametrize("reads", ["", "a.", "a b", "1a", "__class__", "a.__dict__", "for", "a()"])
def test_a_field_is_read_from_an_attribute_and_nothing_else(reads):
    with pytest.raises(InvalidValueError, match="is not an attribute of anything"):
        Field(name="city", kind="text", reads=reads)


@pytest.mark.parametrize("name", ["all", "any", "not", "early_access", "amount", "pieces"])
def test_what_means_something_else_is_no_field(name):
    with pytest.raises(InvalidValueError, match=f"{name} means something else in conditions"):
        Field(name=name, kind="text")


def test_a_vocabulary_has_each_name_once_and_adds_to_numbers_only():
    with pytest.raises(InvalidValueError, match="two fields have the name 'city'"):
        Vocabulary(fields=[Field(name="city", kind="text"), Field(name="city", kind="number")])
    with pytest.raises(InvalidValueError, match="only to a number is something added"):
        Field(name="city", kind="text", plus=1)
    with pytest.raises(InvalidValueError, match="'names' is not one of: text"):
        Field(name="city", kind="names")


@pytest.mark.parametrize("text", ["gold') or True or ('", "v1", "facts", "{}", "\\", "'", '"""'])
def test_no_text_of_a_user_s_is_ever_part_of_what_runs(text):
    condition = field("tier").equals(text) | field("tags").contains_any(text, "b")
    holds = compile_condition(condition, SHOPPING)
    assert text not in holds.__code__.co_consts
    assert text in holds.__globals__.values()
    assert holds(SimpleNamespace(tier=text, tags=frozenset()))
    assert holds(SimpleNamespace(tier=None, tags=frozenset({text})))
    assert not holds(SimpleNamespace(tier="other", tags=frozenset({"c"})))
    assert compile_many({text: condition}, SHOPPING)(
        SimpleNamespace(tier=text, tags=frozenset())
    ) == (text,)


def test_what_runs_can_call_no_builtin():
    assert compile_condition(GOLD, CUSTOMER).__globals__["__builtins__"] == {}


def test_the_kinds_of_conditions_have_tags_of_their_own():
    kinds = Condition.__args__
    assert set(kinds) == {Compared, Measured, All, AnyOf, Not, Always, EarlyAccess}
    assert len({kind.tag for kind in kinds}) == len(kinds)
    assert len(Comparison) == 16
