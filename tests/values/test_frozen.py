"""Frozen classes with a twin behave as those of attrs do, but for their speed."""

import copy
import pickle
from inspect import signature

import attrs
import pytest
from attrs import Factory, field

from privlib.decisions.decision import Decision
from privlib.decisions.stored import ENTITIES, EVENTS, REFUSALS, REQUESTS, TIMERS
from privlib.entities import ENTITY_KINDS, Coupon, Member
from privlib.errors import InvalidValueError
from privlib.values.frozen import frozen, made_of, replace, replacer
from privlib.values.money import Money, yuan


def above_zero(_thing, attribute, value):
    if value <= 0:
        raise InvalidValueError(f"{attribute.name} is above 0; got {value}")


class Body:
    """What both decorators are given."""

    __slots__ = ()

    def doubled(self):
        return self.grams * 2


def tea(decorator):
    @decorator(kw_only=True)
    class Tea(Body):
        """Some tea."""

        grams: int = field(converter=int, validator=above_zero)
        kind: str = "green"
        notes: list = Factory(list)
        price: int = field()
        _hidden: str = "h"

        @price.default
        def _by_weight(self):
            return self.grams * 3

        def __attrs_post_init__(self):
            if self.doubled() > 1_000:
                raise InvalidValueError("too much tea")

    return Tea


@frozen
class Tag:
    """Given by place."""

    group: str
    name: str = "any"
    colour: str = field(default="red", kw_only=True)


OURS, THEIRS = tea(frozen), tea(attrs.frozen)


@pytest.mark.parametrize(
    "given",
    [
        {"grams": 50},
        {"grams": "50", "kind": "black"},
        {"grams": 50, "notes": [1], "price": 7, "hidden": "x"},
    ],
)
def test_it_is_made_as_attrs_makes_it(given):
    ours, theirs = OURS(**given), THEIRS(**given)
    assert attrs.asdict(ours) == attrs.asdict(theirs)
    assert repr(ours) == repr(theirs)
    assert ours.doubled() == theirs.doubled()
    assert ours == OURS(**given)
    assert type(ours) is OURS


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, TypeError),
        ({"grams": 5, "weight": 5}, TypeError),
        ({"grams": 0}, InvalidValueError),
        ({"grams": "much"}, ValueError),
        ({"grams": 501}, InvalidValueError),
    ],
)
def test_it_refuses_what_attrs_refuses(given, fault):
    for kind in (OURS, THEIRS):
        with pytest.raises(fault):
            kind(**given)


def box(decorator):
    @decorator(kw_only=True)
    class Box:
        """What looks at itself while it is made."""

        side: int
        volume: int = field()

        @volume.default
        def _of_a_cube(self):
            return self.face() * self.side

        @volume.validator
        def _a_box_of_its_kind(self, _attribute, volume):
            if not isinstance(self, Box) or volume < self.face():
                raise InvalidValueError("no box")

        def face(self):
            return self.side * self.side

    return Box


@pytest.mark.parametrize("decorator", [frozen, attrs.frozen])
def test_defaults_and_checks_may_use_the_methods_of_the_class(decorator):
    kind = box(decorator)
    assert kind(side=3).volume == 27
    with pytest.raises(InvalidValueError, match="no box"):
        kind(side=3, volume=8)


@frozen
class Awkward:
    """Fields of the names that the written functions use themselves."""

    _new: int
    _cls: int = 2
    _twin: int = 3
    _made: int = 4
    _set: int = 5
    _missing: list = Factory(list)


def test_no_name_of_a_field_is_in_the_way():
    made = made_of(Awkward)(1, 2, 3, 4, 5, [])
    assert made == Awkward(1) == replace(Awkward(0), new=1) == Awkward(new=1, missing=[])
    assert type(made) is Awkward


@attrs.frozen
class Leaf:
    """A class of attrs' own to inherit from."""

    _origin: str = "Yunnan"


@frozen
class Pressed(Leaf):
    """Fields of its own and of its parent."""

    grams: int = 357
    shape: str = field(default="cake", kw_only=True)


def test_the_fields_of_a_parent_are_fields():
    pressed = Pressed("Fujian", 100, shape="brick")
    assert (pressed.grams, pressed._origin, pressed.shape) == (100, "Fujian", "brick")
    assert pressed == replace(Pressed(), grams=100, origin="Fujian", shape="brick")


@frozen
class Counted:
    """A field that is reckoned, not given."""

    grams: int
    _cached: int = field(default=0, init=False)


def test_replacing_gives_a_field_that_is_not_given_its_default_again():
    counted = Counted(5)
    object.__setattr__(counted, "_cached", 7)
    assert replace(counted, grams=6)._cached == attrs.evolve(counted, grams=6)._cached == 0


@pytest.mark.parametrize("default", [attrs.NOTHING, Factory(list)])
def test_a_field_that_is_not_given_needs_a_default_that_is_a_value(default):
    with pytest.raises(TypeError, match="cached: a field that is not given needs a default"):

        @frozen
        class Kept:
            cached: list = field(init=False, default=default)


def test_a_default_that_is_made_is_made_each_time():
    assert OURS(grams=1).notes is not OURS(grams=1).notes


def test_the_signature_says_what_is_given_and_how():
    assert list(signature(OURS).parameters) == ["grams", "kind", "notes", "price", "hidden"]
    kinds = [each.kind for each in signature(Tag).parameters.values()]
    assert [kind.name for kind in kinds] == ["POSITIONAL_OR_KEYWORD"] * 2 + ["KEYWORD_ONLY"]
    assert Tag("a", "b", colour="c") == Tag(group="a", name="b", colour="c")


MADE = [
    Tag("a"),
    Awkward(1, missing=()),
    replace(Pressed("Fujian"), shape="brick"),
    replace(Tag("a"), name="b"),
    made_of(Tag)("a", "b", "c"),
    replacer(Tag, "name")(Tag("a"), "b"),
    yuan(2) + yuan(3),
    Money(5),
]


@pytest.mark.parametrize("thing", MADE, ids=repr)
def test_nobody_can_change_it_however_it_was_made(thing):
    name = attrs.fields(type(thing))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(thing, name, "other")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(thing, name)
    with pytest.raises(AttributeError):
        thing.other = 1


@pytest.mark.parametrize("thing", MADE, ids=repr)
def test_it_is_copied_and_pickled_however_it_was_made(thing):
    for again in (copy.copy(thing), copy.deepcopy(thing), pickle.loads(pickle.dumps(thing))):
        assert again == thing
        assert hash(again) == hash(thing)
        assert type(again) is type(thing)


def test_replacing_is_what_attrs_evolve_does():
    wei = Member(id="wei", spent=yuan(5))
    assert replace(wei, version=3, spent=yuan(7)) == attrs.evolve(wei, version=3, spent=yuan(7))
    assert wei == Member(id="wei", spent=yuan(5))
    assert replace(wei) == wei
    assert replace(wei) is not wei
    assert type(replace(wei)) is Member


def test_replacing_a_field_that_is_not_there_is_an_error():
    with pytest.raises(AttributeError):
        replace(Member(id="wei"), spend=yuan(1))
    with pytest.raises(AttributeError):
        replace(Member(id="wei"), doubled=1)


def test_what_replaces_some_fields_again_and_again_does_what_replace_does():
    wei = Member(id="wei", spent=yuan(5))
    spending = replacer(Member, "spent", "version")
    assert spending(wei, yuan(7), 3) == replace(wei, version=3, spent=yuan(7))
    assert wei == Member(id="wei", spent=yuan(5))
    counted = Counted(5)
    object.__setattr__(counted, "_cached", 7)
    assert replacer(Counted, "grams")(counted, 6)._cached == 0
    with pytest.raises(AttributeError, match="Member has no field spend"):
        replacer(Member, "spend")


def test_attrs_evolve_still_checks_what_it_is_given():
    with pytest.raises(InvalidValueError):
        attrs.evolve(OURS(grams=5), grams=-1)


def test_such_a_class_is_final():
    with pytest.raises(TypeError, match="MyTag: Tag is final"):

        class MyTag(Tag):
            pass


def test_a_converter_that_asks_for_more_than_the_value_is_refused_with_its_field():
    with pytest.raises(TypeError, match="grams: a converter here is a plain function"):

        @frozen
        class Tea:
            grams: int = field(converter=attrs.Converter(lambda value, _: value, takes_self=True))


KINDS = [
    *ENTITY_KINDS.values(),
    *(
        kind
        for family in (ENTITIES, EVENTS, REQUESTS, REFUSALS, TIMERS)
        for kind in family._kinds.values()
    ),
    Decision,
    Money,
    Coupon,
]


@pytest.mark.parametrize("kind", sorted(set(KINDS), key=lambda kind: kind.__name__))
def test_everything_that_is_made_often_is_made_through_a_twin(kind):
    assert callable(made_of(kind))
