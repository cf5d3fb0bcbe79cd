"""Checking: what costs less elsewhere, and all cases of a folder quoted under a program."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import define

from privlib.cli.case_results import differences
from privlib.cli.pricing_cases import read_cases
from privlib.errors import ProgramError
from privlib.explaining import explain
from privlib.policies.pricing.public_prices import worse_than_public
from privlib.program.program import Program
from privlib.reports import program_warnings

__all__ = ["CaseRun", "tell_warnings", "tell_worse_offers"]


def tell_worse_offers(program: Program) -> None:
    """Say what the shop sells for more than a public platform does."""
    for offer in worse_than_public(program.prices, program.promotions):
        place = f"on {offer.platform}" if offer.platform else "elsewhere"
        click.echo(f'"{offer.offer}" sells {offer.sku} for {offer.price}; {place}: {offer.public}')


def tell_warnings(program: Program) -> None:
    """Say what is no fault, and may not be what the shop means."""
    for warning in program_warnings(program):
        place = f"{warning.path} on {warning.carrier}" if warning.carrier else warning.path
        click.echo(f"warning: {place}: {explain(warning.reason)}")


@define
class CaseRun:
    """One run: how many cases are as expected, how many differ, what could not be read."""

    program: Program
    fine: int = 0
    differing: int = 0
    faults: int = 0

    def run(self, folder: Path) -> None:
        """Try every case of every file, in the order of their names."""
        for path in sorted(folder.glob("*.toml")):
            self._try_file(path)
        tried = self.fine + self.differing
        click.echo(f"as expected: {self.fine} of {tried} cases")
        if not tried + self.faults:
            click.echo(f"{folder}: there are no cases here", err=True)

    @property
    def is_fine(self) -> bool:
        """Whether there were cases, and all are as expected."""
        return bool(self.fine) and not self.differing and not self.faults

    def _try_file(self, path: Path) -> None:
        try:
            cases = read_cases(path, self.program.currency)
        except ProgramError as fault:
            for problem in fault.problems:
                click.echo(f"{path.name}: {problem}", err=True)
            self.faults += len(fault.problems)
            return
        for case in cases:
            found = differences(case, self.program)
            click.echo(f"{path.name}: {case.name}: {'differs' if found else 'ok'}")
            for difference in found:
                click.echo(f"  {difference}")
            self.differing += bool(found)
            self.fine += not found
