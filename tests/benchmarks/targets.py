"""Targets: what is to be reached, and rows that say what was."""

from attrs import frozen

__all__ = ["Row", "Target", "at_least", "at_most"]


@frozen(kw_only=True)
class Target:
    """One figure to be reached: the gate must hold on a noisy machine, the goal is aimed for.

    Its id is that of the table of performance targets; `case` tells apart the figures of one id.
    """

    id: str
    case: str
    gate: float
    goal: float
    unit: str
    at_least: bool

    def is_reached(self, value: float, bound: float) -> bool:
        return value >= bound if self.at_least else value <= bound


def at_most(id: str, case: str, *, gate: float, goal: float, unit: str) -> Target:
    """A figure that must not be greater."""
    return Target(id=id, case=case, gate=gate, goal=goal, unit=unit, at_least=False)


def at_least(id: str, case: str, *, gate: float, goal: float, unit: str) -> Target:
    """A figure that must not be less."""
    return Target(id=id, case=case, gate=gate, goal=goal, unit=unit, at_least=True)


@frozen(kw_only=True)
class Row:
    """A target with the figure that was seen, and what else was seen with it.

    Of a peer that is not there, no figure is seen; the note says so.
    """

    target: Target
    value: float | None
    note: str = ""

    @property
    def is_missed(self) -> bool:
        return self.value is not None and not self.holds

    @property
    def holds(self) -> bool:
        return self._reaches(self.target.gate)

    @property
    def reaches_its_goal(self) -> bool:
        return self._reaches(self.target.goal)

    def _reaches(self, bound: float) -> bool:
        return self.value is not None and self.target.is_reached(self.value, bound)

    def as_json(self) -> dict[str, object]:
        target = self.target
        return {
            "target": target.id,
            "case": target.case,
            "value": self.value,
            "gate": target.gate,
            "goal": target.goal,
            "unit": target.unit,
            "holds": self.holds,
            "note": self.note,
        }
