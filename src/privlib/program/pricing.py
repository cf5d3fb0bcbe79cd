"""Pricing settings: the layers in their order, how promotions are chosen, how cents are shared."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import field, frozen
from attrs.validators import optional as if_given

from privlib.errors import Problem, ProgramError
from privlib.program.codes import CodeMatching
from privlib.program.naming import duplicate_names
from privlib.program.offers.checks import check_count, check_optional_count
from privlib.program.paying import PointsAsMoney
from privlib.values.allocation import Overflow
from privlib.values.choice import as_tuple, choice_field, each_of, kind_of
from privlib.values.ids import plain_id
from privlib.values.rate import Rounding
from privlib.values.remainder import Remainder

__all__ = ["Choice", "Crossing", "Group", "Layer", "Objective", "Pricing"]


class Choice(StrEnum):
    """How a layer chooses among what could apply.

    `best`: the combination that is best by the objective. `in_order`: one after the other by
    priority, then name, each that still may.
    """

    BEST = "best"
    IN_ORDER = "in_order"


class Objective(StrEnum):
    """Whom the best combination is best for.

    `customer`: he pays the least. `shop`: of the combinations to which nothing could be added, the
    one in which he pays the most. Which pieces the same promotions are about does not depend on it.
    """

    CUSTOMER = "customer"
    SHOP = "shop"


class Crossing(StrEnum):
    """Whether the layers are chosen together (`crossed`), or one after the other (`by_layer`)."""

    CROSSED = "crossed"
    BY_LAYER = "by_layer"


@frozen(kw_only=True)
class Layer:
    """One layer: what is in it sees what the layers before it have left."""

    name: str = field(converter=plain_id)
    choice: Choice = choice_field(Choice, Choice.BEST)


@frozen(kw_only=True)
class Group:
    """A group of promotions, of which at most so many apply to one basket."""

    name: str = field(converter=plain_id)
    at_most: int = field(default=1, validator=check_count)


_LAYERS = tuple(Layer(name=name) for name in ("line", "order", "coupon", "shipping"))


@frozen(kw_only=True)
class Pricing:
    """How a basket is priced: layers, choice, and the rounding and sharing of amounts.

    `remainder` says which lines get the odd minor units of an amount; within a line they go to the
    pieces to which most of one is due.
    `node_budget` bounds the search for the best combination by a count of steps, never by time;
    a quote whose search was cut short says that it is not proven.

    Raises ProgramError where there is no layer, or two layers or groups have one name.
    """

    layers: tuple[Layer, ...] = field(default=_LAYERS, converter=as_tuple, validator=each_of(Layer))
    groups: tuple[Group, ...] = field(default=(), converter=as_tuple, validator=each_of(Group))
    at_most: int | None = field(default=None, validator=check_optional_count)
    objective: Objective = choice_field(Objective, Objective.CUSTOMER)
    crossing: Crossing = choice_field(Crossing, Crossing.CROSSED)
    node_budget: int = field(default=20_000, validator=check_count)
    rounding: Rounding = choice_field(Rounding, Rounding.HALF_UP)
    remainder: Remainder = choice_field(Remainder, Remainder.LARGEST)
    overflow: Overflow = choice_field(Overflow, Overflow.RESHARED)
    codes: CodeMatching = choice_field(CodeMatching, CodeMatching.ANY_CASE)
    points_as_money: PointsAsMoney | None = field(
        default=None, validator=if_given(kind_of(PointsAsMoney))
    )

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if not self.layers:
            yield Problem("layers", "there is at least one layer")
        layers = {at: layer.name for at, layer in enumerate(self.layers)}
        yield from duplicate_names(layers, "layers[{}].name")
        groups = {at: group.name for at, group in enumerate(self.groups)}
        yield from duplicate_names(groups, "groups[{}].name")

    def group_limit(self, name: str) -> int:
        """How many of a group apply to one basket at most."""
        return next((group.at_most for group in self.groups if group.name == name), 1)
