"""The stage: a place in a lifecycle, with the ways out of it and what guards them."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from privlib.conditions import Always, Condition
from privlib.errors import InvalidValueError
from privlib.values.choice import as_tuple, choice_field, each_of, kind_of
from privlib.values.ids import plain_id

__all__ = ["AutomaticMove", "Stage", "StageRole"]


class StageRole(StrEnum):
    """What a stage is to the shop.

    `open`: the tie is alive. `dormant`: it sleeps, and can be woken. `terminal`: it ends here, and
    nothing leads out of it.
    """

    OPEN = "open"
    DORMANT = "dormant"
    TERMINAL = "terminal"


@frozen(kw_only=True)
class AutomaticMove:
    """A way that is gone by itself, as soon as a condition holds.

    >>> from privlib.conditions import field
    >>> AutomaticMove(to="repeat", when=field("orders").at_least(2)).to
    'repeat'
    """

    to: str = field(converter=plain_id)
    when: Condition = field(validator=kind_of(Condition))


@frozen(kw_only=True)
class Stage:
    """One stage: the ways out of it, by hand and by itself, and what guards it.

    `leads_to` are the ways by hand. Of `moves`, the first that holds is gone. `enters_when` must
    hold for every move into the stage, `leaves_when` for every move out of it. After
    `follow_up_days` in it an employee should follow up.
    """

    name: str = field(converter=plain_id)
    role: StageRole = choice_field(StageRole, default=StageRole.OPEN)
    leads_to: tuple[str, ...] = field(default=(), converter=as_tuple)
    moves: tuple[AutomaticMove, ...] = field(
        default=(), converter=as_tuple, validator=each_of(AutomaticMove)
    )
    enters_when: Condition = field(default=Always(), validator=kind_of(Condition))
    leaves_when: Condition = field(default=Always(), validator=kind_of(Condition))
    follow_up_days: int | None = field(default=None)

    @follow_up_days.validator
    def _some_days(self, _attribute: object, days: int | None) -> None:
        if days is not None and (type(days) is not int or not 1 <= days <= 3650):
            raise InvalidValueError(f"follow_up_days is 1 to 3650; got {days!r:.40}")

    @property
    def ways(self) -> tuple[str, ...]:
        """Where the stage leads, by hand and by itself."""
        return (*self.leads_to, *(move.to for move in self.moves))
