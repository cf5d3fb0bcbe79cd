"""The trial of a law: many cases are drawn, and the first breach of the law is raised, shrunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeAlias, TypeVar

from attrs import field, frozen
from hypothesis import (
    HealthCheck,
    given,
    settings as Settings,  # noqa: N812 - it is a class
    strategies as st,
)

from privlib.errors import InvalidValueError, LawBrokenError, PrivlibError
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop, Decide

__all__ = ["Programs", "Settings", "Trial"]

Case = TypeVar("Case")
Programs: TypeAlias = Program | st.SearchStrategy[Program]
Breaches: TypeAlias = Callable[[BareShop, Case], Iterator[str]]


@frozen
class Trial:
    """A law on trial: its id, the programs and the `decide` that it is tried on, and how long.

    Without settings, the number of cases is that of Hypothesis's current profile.
    """

    law: str
    programs: Programs = field()
    decide: Decide
    settings: Settings | None = None

    @programs.validator
    def _some_programs(self, _attribute: object, programs: object) -> None:
        if not isinstance(programs, Program | st.SearchStrategy):
            given_type = type(programs).__name__
            raise InvalidValueError(f"a Program or a strategy of programs; got {given_type}")

    def over(
        self, cases: Callable[[Program], st.SearchStrategy[Case]], breaches: Breaches[Case]
    ) -> None:
        """Try the law on cases drawn for each program; each breach is told in a sentence.

        Raises LawBrokenError with the smallest case that breaks the law.
        """
        run = given(drawn=_drawn(self.programs, cases))(_try)
        given_settings = Settings() if self.settings is None else self.settings
        chosen = Settings(
            given_settings,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=[*given_settings.suppress_health_check, HealthCheck.too_slow],
        )
        chosen(run)(trial=_Tried(self.law, self.decide, breaches))


@st.composite
def _drawn(
    draw: st.DrawFn, programs: Programs, cases: Callable[[Program], st.SearchStrategy[Case]]
) -> tuple[Program, Case]:
    program = programs if isinstance(programs, Program) else draw(programs)
    return program, draw(cases(program))


@frozen
class _Tried(Generic[Case]):
    law: str
    decide: Decide
    breaches: Breaches[Case]


def _try(*, trial: _Tried[Case], drawn: tuple[Program, Case]) -> None:
    """One case. A decision that cannot be applied, or is an error, is a breach too."""
    program, case = drawn
    shop = BareShop(program, trial.decide)
    try:
        breach = next(trial.breaches(shop, case), None)
    except PrivlibError as fault:
        breach = f"{type(fault).__name__}: {fault}"
    if breach is not None:
        raise LawBrokenError(trial.law, breach, case)
