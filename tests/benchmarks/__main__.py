"""The command: `python -m tests.benchmarks [FAMILY ...] [--json OUT]`."""

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import click
from attrs import evolve
from tests.benchmarks.measuring import Effort
from tests.benchmarks.targets import Row

FAMILIES = {
    "values": "M1 money, V1 replace and V2 create an entity",
    "encoding": "S1 an entity as stored, written and read",
    "hooks": "H1 telling observers of a decision",
    "conditions": "G1 a segment picked, G2 a hundred segments at once",
    "imports": "I1 what importing costs, I2 what it leaves alone",
    "pricing": "P1, P2 and P5 to P8 a basket and many promotions",
    "peers": "P3 and P4 a basket and many promotions, beside packages that price such",
    "coupons": "C1 the best set of coupons, C2 within a budget",
    "lifecycle": "L1 a customer moved, L2 beside state machines, L3 what he weighs",
    "quoting": "R6 a member's basket with promotions and coupons in hand",
    "deciding": "R1 record_order in memory",
    "saving": "A1 one order saved in SQLite, A2 many",
    "year": "R2 the grocery year into SQLite",
}
LINE = "{:3} {:24} {:>9} {:>9} {:>7}  {:17} {:7} {}"
QUICK = Effort(rounds=3, bulk=6_000)


@click.command()
@click.argument("families", nargs=-1, type=click.Choice(list(FAMILIES)), metavar="[FAMILY ...]")
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write rows.")
@click.option("--quick", is_flag=True, help="Fewer rounds and orders: a look, not a result.")
@click.option("--bulk", type=click.IntRange(min=2), help="How many orders are saved in bulk.")
@click.option("--list", "listing", is_flag=True, help="Say which families there are.")
def benchmarks(
    families: tuple[str, ...], out: Path | None, bulk: int | None, *, quick: bool, listing: bool
) -> None:
    """Measure each FAMILY (all of them, unless named) and say which gates hold.

    Ratios are medians over interleaved rounds in CPU time. Exit code 1: a gate does not hold.
    """
    if listing:
        for name, holds in FAMILIES.items():
            click.echo(f"{name:10} {holds}")
        return
    effort = QUICK if quick else Effort()
    if bulk is not None:
        effort = evolve(effort, bulk=bulk)
    rows = list(shown(families or tuple(FAMILIES), effort))
    if out is not None:
        out.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", "utf-8")
    if any(row.is_missed for row in rows):
        raise SystemExit(1)


def shown(families: Iterable[str], effort: Effort) -> Iterator[Row]:
    """The rows of these families, each printed as soon as it is known."""
    click.echo(LINE.format("", "", "seen", "gate", "goal", "", "", "").rstrip())
    for family in families:
        for row in import_module(f"tests.benchmarks.{family}").rows(effort):
            click.echo(LINE.format(*cells(row)).rstrip())
            yield row


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is printed."""
    target = row.target
    return (
        target.id,
        target.case,
        "-" if row.value is None else figure(row.value),
        f"{'>=' if target.at_least else '<='} {figure(target.gate)}",
        figure(target.goal),
        target.unit,
        verdict(row),
        row.note,
    )


def verdict(row: Row) -> str:
    """What is said of a row."""
    if row.value is None:
        return "absent"
    return "goal" if row.reaches_its_goal else "holds" if row.holds else "MISSED"


def figure(value: float) -> str:
    """A figure with as many digits as say something."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    benchmarks()
