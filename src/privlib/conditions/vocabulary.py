"""Vocabularies: which fields conditions can ask for, and where facts have them."""

from __future__ import annotations

from keyword import iskeyword

from attrs import field, frozen

from privlib.conditions.kinds import Kind
from privlib.conditions.tree import Measure
from privlib.errors import InvalidValueError
from privlib.values.choice import as_tuple, choice_field, chosen, each_of
from privlib.values.ids import plain_id, plain_text

__all__ = ["Field", "Vocabulary"]

_TAKEN = frozenset({*Measure, "all", "any", "not", "early_access"})


@frozen(kw_only=True)
class Field:
    """One field: its name, what it holds, which attribute of the facts it is, how it is called.

    `reads` may be dotted, and is the name itself unless given. What is `always_known` is never
    None. `plus` is added to a number that is read.

    >>> Field(name="city", kind="text", reads="address.city").called
    'city'
    """

    name: str = field(converter=plain_id)
    kind: Kind = choice_field(Kind)
    reads: str = field()
    called: str = field(converter=plain_text)
    always_known: bool = False
    plus: int = 0

    @reads.default
    def _the_name(self) -> str:
        return self.name

    @called.default
    def _the_name_in_words(self) -> str:
        return self.name.replace("_", " ")

    @name.validator
    def _check_name(self, _attribute: object, name: str) -> None:
        if name in _TAKEN:
            raise InvalidValueError(f"{name} means something else in conditions")

    @reads.validator
    def _check_path(self, _attribute: object, reads: str) -> None:
        for step in reads.split("."):
            if not step.isidentifier() or iskeyword(step) or step.startswith("__"):
                raise InvalidValueError(f"{reads!r:.60} is not an attribute of anything")

    def __attrs_post_init__(self) -> None:
        if self.plus and self.kind is not Kind.NUMBER:
            raise InvalidValueError(f"{self.name}: only to a number is something added")

    def read(self, facts: object) -> object:
        """What these facts hold, None where it is not known."""
        value = facts
        for step in self.reads.split("."):
            value = getattr(value, step)
        return value + self.plus if self.plus and isinstance(value, int) else value


def _measures(given: object) -> tuple[Measure, ...]:
    return tuple(chosen(Measure, each) for each in as_tuple(given))  # type: ignore[arg-type]  # it checks


@frozen(kw_only=True, cache_hash=True)
class Vocabulary:
    """The fields that conditions can ask for, and what they can measure of goods.

    >>> words = Vocabulary(fields=[Field(name="city", kind="text")])
    >>> words["city"].kind.value
    'text'

    Raises InvalidValueError where two fields have one name.
    """

    fields: tuple[Field, ...] = field(converter=as_tuple, validator=each_of(Field))
    measures: tuple[Measure, ...] = field(default=(), converter=_measures)
    _by_name: dict[str, Field] = field(init=False, factory=dict, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for each in self.fields:
            if self._by_name.setdefault(each.name, each) is not each:
                raise InvalidValueError(f"two fields have the name {each.name!r}")

    @property
    def names(self) -> tuple[str, ...]:
        """All that can be asked for, by its name."""
        return (*self._by_name, *self.measures)

    def get(self, name: str) -> Field | None:
        """The field of this name, if there is one."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]
