"""Lifecycles: what is wrong with a graph of stages, each fault with its path."""

import pytest

from privlib.conditions import RELATION, can_hold_together, field
from privlib.errors import Problem, ProgramError
from privlib.program import AutomaticMove, Lifecycle, Stage
from privlib.program.lifecycle_examples import EXAMPLES, example_lifecycle
from privlib.program.loading import default_program, program_from_toml

orders, silent, stayed = field("orders"), field("days_since_last_order"), field("days_in_stage")


def problems_of(*stages, **starts):
    with pytest.raises(ProgramError) as raised:
        Lifecycle(name="customer", stages=stages, **starts)
    return list(raised.value.problems)


def to(name, when):
    return AutomaticMove(to=name, when=when)


def round_of(*conditions, **guards):
    """Stages in a circle, each left for the next where its condition holds."""
    names = [f"s{place}" for place in range(len(conditions))]
    return Lifecycle(
        name="round",
        stages=[
            Stage(
                name=name,
                moves=[to(names[(place + 1) % len(names)], conditions[place])],
                **guards,
            )
            for place, name in enumerate(names)
        ],
    )


def test_targets_that_there_are_not_are_named_wherever_they_stand():
    stages = [
        Stage(name="new", leads_to=["odl"], moves=[to("gone", orders.at_least(1))]),
        Stage(name="old", leads_to=["new"]),
    ]
    assert problems_of(*stages, on_loss="lots", on_return="niw") == [
        Problem("stages[0].leads_to[0]", 'there is no stage "odl"; did you mean "old"?'),
        Problem("stages[0].moves[0].to", 'there is no stage "gone"'),
        Problem("on_return", 'there is no stage "niw"; did you mean "new"?'),
        Problem("on_loss", 'there is no stage "lots"'),
        Problem("stages[1]", 'no way leads from "new" to "old"'),
    ]


def test_a_trap_is_told_from_an_end():
    new, end = Stage(name="new", leads_to=["end"]), Stage(name="end", role="terminal")
    assert Lifecycle(name="customer", stages=[new, end]).names == ("new", "end")
    assert problems_of(new, Stage(name="end", leads_to=["end"])) == [
        Problem("stages[1]", 'no way leads out of "end": give it one, or role = "terminal"')
    ]
    assert problems_of(new, Stage(name="end", role="terminal", leads_to=["new"])) == [
        Problem("stages[1].role", '"end" is terminal, and yet leads to "new"')
    ]


def test_loss_and_return_are_ways():
    new, lost = Stage(name="new", leads_to=["new"]), Stage(name="lost")
    back = Stage(name="back", leads_to=["new"])
    stages = [Stage(name="new", leads_to=["back"]), lost, back]
    assert Lifecycle(name="l", stages=stages, on_loss="lost", on_return="back").on_loss == "lost"
    assert problems_of(Stage(name="new", leads_to=["back"]), lost, back, on_loss="lost") == [
        Problem("stages[1]", 'no way leads out of "lost": give it one, or role = "terminal"')
    ]
    assert new.ways == ("new",)


def test_a_condition_in_other_words_is_refused_with_its_path():
    stage = Stage(name="new", enters_when=field("weekday").equals("mon"))
    [problem] = problems_of(stage)
    assert problem.path == "stages[0].enters_when.weekday"


@pytest.mark.parametrize(
    "conditions",
    [
        [orders.at_least(1), orders.at_least(1)],
        [orders.at_least(1), silent.at_least(90)],
        [orders.at_least(1), orders.less_than(5), orders.equals(3)],
        [field("employee").differs_from("mei"), field("employee").one_of("mei", "lin")],
        [silent.is_unknown(), silent.is_unknown()],
        [stayed.at_least(0), orders.at_least(1)],
        [silent.less_than(90) | orders.at_least(1), silent.at_least(90)],
        [~orders.less_than(1), orders.at_least(1)],
    ],
)
def test_moves_that_could_chase_each_other_for_ever_are_refused(conditions):
    with pytest.raises(ProgramError, match=r'"s0" -> "s1".* chase each other for ever'):
        round_of(*conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        [silent.at_least(90), silent.less_than(90)],
        [orders.at_least(1), stayed.at_least(1)],
        [orders.at_least(3), orders.at_least(1), orders.at_most(2)],
        [field("employee").equals("mei"), field("employee").one_of("lin", "tao")],
        [silent.is_unknown(), silent.at_least(0)],
        [silent.less_than(90) & orders.at_least(1), silent.at_least(90) | orders.less_than(1)],
        [~orders.less_than(1), orders.less_than(1)],
        [orders.less_than(0), orders.at_least(0)],
        [field("is_member").equals(value=True), field("is_member").equals(value=False)],
    ],
)
def test_moves_that_exclude_each_other_may_go_round(conditions):
    assert len(round_of(*conditions).stages) == len(conditions)


def test_a_guard_breaks_a_circle_too():
    circle = [orders.at_least(1), orders.at_least(1)]
    assert round_of(*circle, leaves_when=stayed.at_least(1))
    assert round_of(*circle, enters_when=orders.equals(0))
    with pytest.raises(ProgramError):
        round_of(*circle, leaves_when=orders.at_least(1))


def test_a_stage_is_not_left_for_itself():
    stage = Stage(name="new", moves=[to("new", orders.at_least(1))], leads_to=["old"])
    assert problems_of(stage, Stage(name="old", role="terminal")) == [
        Problem("stages[0].moves[0].to", "a stage is not left for itself")
    ]


def test_where_it_would_take_too_long_conditions_are_taken_to_agree():
    either = [field("employee").equals(f"a{n}") | orders.at_least(n) for n in range(12)]
    assert can_hold_together([*either, orders.equals(0), field("employee").equals("b")], RELATION)


def test_what_the_default_lifecycle_and_the_examples_say_is_sound():
    assert default_program().lifecycles[0].on_return == "won back"
    assert [len(example_lifecycle(name).stages) for name in EXAMPLES] == [4, 5, 5]


def test_conditions_of_lifecycles_are_read_in_words_of_their_own():
    text = """
    [shop]
    name = "Tea"
    [welcome]
    text = "Hi"
    [[lifecycles]]
    name = "customer"
    [[lifecycles.stages]]
    name = "new"
    enters_when = { days_in_stage = { at_least = 1 }, spent = { at_least = "9.90" } }
    leaves_when = { weekday = "mon", tier = "gold" }
    [[ladder.tiers]]
    name = "silver"
    threshold = 1
    """
    with pytest.raises(ProgramError) as raised:
        program_from_toml(text)
    assert [each.path for each in raised.value.problems] == [
        "lifecycles[0].stages[0].leaves_when.weekday"
    ]
    with pytest.raises(ProgramError) as raised:
        program_from_toml(text.replace('weekday = "mon", ', ""))
    assert list(raised.value.problems) == [
        Problem("lifecycles[0].stages[0].leaves_when", 'there is no tier "gold"')
    ]


def test_a_shop_has_a_lifecycle_and_none_twice():
    least = '[shop]\nname = "Tea"\n[welcome]\ntext = "Hi"\n'
    one = '[[lifecycles]]\nname = "a"\nstages = [{ name = "new" }]\n'
    with pytest.raises(ProgramError, match="lifecycles: there must be at least one"):
        program_from_toml(f"lifecycles = []\n{least}")
    with pytest.raises(ProgramError, match=r'lifecycles\[1\].name: "a" stands at \[0\] already'):
        program_from_toml(f"{least}{one}{one}")
