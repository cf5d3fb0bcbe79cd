"""Replaying: a stream of orders told to a domain, with progress shown and bad rows named."""

from __future__ import annotations

import gc
import json
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter

import click
from attrs import Factory, define
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from privlib.cli.order_files import Row
from privlib.cli.standings import Standings
from privlib.commands import Command, Order, Refund
from privlib.decisions.decision import Decision
from privlib.domain import PrivateDomain, Summary
from privlib.explaining import explain
from privlib.explaining.english import WORDING
from privlib.program.program import Program
from privlib.values.money import Money

__all__ = ["Replay", "print_standings", "write_json"]

_EVERY = 10_000


@define
class Replay:
    """One run: what was told, what was wrong, and how long it took."""

    domain: PrivateDomain
    console: Console
    strict: bool = False
    total: int | None = None
    summary: Summary = Factory(Summary)
    bad: int = 0
    seconds: float = 0.0
    _places: deque[str] = Factory(deque)
    _shown: int = 0
    _progress: Progress | None = None
    _task: TaskID | None = None

    def run(self, rows: Iterable[Row]) -> None:
        """Tell every row, in its order; in strict mode, stop at the first that is bad."""
        start = perf_counter()
        # Values refer to no one who refers to them: looking for cycles all the time finds none.
        gc.set_threshold(100_000, 50, 50)
        if self.console.is_terminal:
            self._progress = Progress(
                TextColumn("replaying"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self.console,
            )
            self._task = self._progress.add_task("orders", total=self.total)
            with self._progress:
                self._tell(rows)
        else:
            self._tell(rows)
        self.seconds = perf_counter() - start

    def _tell(self, rows: Iterable[Row]) -> None:
        self.summary = self.domain.record_orders(
            self._commands(rows), on_decision=self._decided, on_problem=self._problem
        )

    def _commands(self, rows: Iterable[Row]) -> Iterator[Order | Refund]:
        for row in rows:
            if self.strict and self.bad:
                return
            if row.command is None:
                self._report(row.place, row.reason)
                continue
            self._places.append(row.place)
            yield row.command

    def _decided(self, _command: Command, decision: Decision) -> None:
        place = self._places.popleft()
        for refusal in decision.refusals:
            self._report(place, f"refused: {explain(refusal)}")
        self._step()

    def _problem(self, _command: Command, problem: Exception) -> None:
        self._report(self._places.popleft(), str(problem))
        self._step()

    def _report(self, place: str, reason: str) -> None:
        self.bad += 1
        click.echo(f"{place}: {reason}", err=True)

    def _step(self) -> None:
        self._shown += 1
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)
        elif self._shown % _EVERY == 0:
            self.console.print(f"{self._shown:,} rows told")


def print_standings(
    console: Console, standings: Standings, program: Program, replay: Replay, size: int | None
) -> None:
    """The result as a table for people."""
    rate = replay.summary.told / replay.seconds if replay.seconds else 0.0
    table = Table(title="The shop as it stands", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("orders", f"{standings.orders:,}")
    table.add_row("customers", f"{standings.customers:,}")
    table.add_row("members", f"{standings.members:,}")
    for tier in program.ladder.tiers:
        table.add_row(f"  in tier {tier.name}", f"{standings.per_tier[tier.name]:,}")
    table.add_row("  in no tier", f"{standings.per_tier[None]:,}")
    value = WORDING.money(Money(standings.gifts_value, program.currency))
    table.add_row("gifts", f"{standings.gifts:,}")
    table.add_row("  worth", value)
    table.add_row("told in this run", f"{replay.summary.told:,}")
    table.add_row("  of these new", f"{replay.summary.new:,}")
    table.add_row("  bad rows", f"{replay.bad:,}")
    table.add_row("seconds", f"{replay.seconds:,.1f}")
    table.add_row("orders per second", f"{rate:,.0f}")
    if size is not None:
        table.add_row("size of the file", f"{size / 1e6:,.1f} MB")
    console.print(table)
    nearest = Table(title="Nearest to their next tier")
    for heading in ("member", "spent", "tier", "next", "missing"):
        nearest.add_column(heading, justify="right" if heading in {"spent", "missing"} else "left")
    for ahead in standings.nearest:
        nearest.add_row(
            ahead.customer,
            WORDING.money(ahead.spent),
            ahead.tier or "",
            ahead.next_tier or "",
            "" if ahead.missing is None else WORDING.money(ahead.missing),
        )
    console.print(nearest)


def write_json(path: Path, standings: Standings, program: Program) -> None:
    """The result as JSON for programs."""
    text = json.dumps(standings.as_json(program), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
