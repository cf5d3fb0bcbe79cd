"""The commands and their options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from privlib.cli.drawing import FORMATS, drawn
from privlib.cli.order_files import Row, read_orders
from privlib.cli.outcome import ExitCode, reported_errors
from privlib.cli.replaying import Replay, print_standings, write_json
from privlib.cli.standings import standings_of
from privlib.decisions.progress import progress
from privlib.domain import PrivateDomain
from privlib.entities import ENTITY_KINDS, Member
from privlib.entities.query import Query
from privlib.errors import InvalidValueError, StorageUnavailableError
from privlib.explaining import LOCALES, explain
from privlib.explaining.drawing import GRAPHS, program_graphs
from privlib.plugins.storages import Recorded, WholeStorage, all_found
from privlib.program.loading import default_program, load_program
from privlib.program.program import Program
from privlib.values.ids import EntityRef

__all__ = ["application"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="privlib-domain", message="privlib %(version)s")
def application() -> None:
    """privlib: the private-domain rules of a shop.

    Exit codes: 0 all is well; 1 faults were found (in a program, in rows, in cases, or there is no
    such member), or nobody reads on; 2 wrong usage; 3 the storage cannot be used; 130 interrupted.
    """


@application.command()
@click.argument("program", type=_FILE)
@click.option("--cases", type=_FOLDER, help="Try the baskets of all *.toml in this folder.")
def check(program: Path, cases: Path | None) -> None:
    """Check a PROGRAM in TOML: every fault with its path; and what baskets cost, with `--cases`.

    What costs more here than on a public platform, by its public prices, is said, and no fault.
    So is, as a warning, what does not fit the voice of the shop's persona.
    Of each case is said whether it is as expected, or what differs, with both values.
    """
    with reported_errors():
        from privlib.cli.checking import CaseRun, tell_warnings, tell_worse_offers  # noqa: PLC0415 - it prices

        found = load_program(program)
        click.echo(f"{program}: no faults; version {found.version[:16]}")
        tell_warnings(found)
        tell_worse_offers(found)
        if cases is not None:
            run = CaseRun(found)
            run.run(cases)
            if not run.is_fine:
                raise SystemExit(ExitCode.FAULTS)


@application.command()
@click.argument("program", type=_FILE)
@click.option("--of", "of", type=click.Choice(list(GRAPHS)), multiple=True, help="Else all.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="mermaid", show_default=True)
@click.option("--out", type=_OUT, help="Write it to this file.")
def graph(program: Path, of: tuple[str, ...], kind: str, out: Path | None) -> None:
    """Draw a PROGRAM in TOML: its ladder, its lifecycle, its welcome.

    Mermaid is text that many sites draw; SVG is drawn by Graphviz, where its dot is on the PATH.
    """
    with reported_errors():
        text = drawn(program_graphs(load_program(program), of or None), kind)
        if out is None:
            click.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")


@application.command()
@click.argument("orders", type=_FILE)
@click.option("--program", "program_file", type=_FILE, help="TOML; else the default program.")
@click.option("--storage", required=True, help="sqlite:///shop.db or postgresql://host/shop")
@click.option("--shop", default="shop", show_default=True, help="Which shop of the storage.")
@click.option("--json", "json_file", type=_OUT, help="Write the result as JSON too.")
@click.option("--strict", is_flag=True, help="Stop at the first bad row.")
def replay(
    orders: Path,
    program_file: Path | None,
    storage: str,
    shop: str,
    json_file: Path | None,
    *,
    strict: bool,
) -> None:
    """Tell a file of ORDERS, CSV or Parquet, to a storage.

    Columns: order_id, customer_id, paid_at (ISO 8601 with offset), amount; and, where wanted,
    kind (order or refund), refund_id, lines (JSON). What was told before changes nothing.
    """
    with reported_errors():
        program = default_program() if program_file is None else load_program(program_file)
        rows = read_orders(orders, program.currency)
        _replay(rows, program, storage, shop=shop, json_file=json_file, strict=strict)


@application.command()
@click.option(
    "--storage", default="sqlite:///privlib-demo.db", show_default=True, help="Where to keep it."
)
@click.option("--json", "json_file", type=_OUT, help="Write the result as JSON too.")
def demo(storage: str, json_file: Path | None) -> None:
    """Replay one real grocery chain's year: 155,848 orders of 2,469 households."""
    with reported_errors():
        from privlib.cli.grocery_year import grocery_program, grocery_year  # noqa: PLC0415

        total, orders = grocery_year()
        rows = (Row(order.id, order) for order in orders)
        _replay(rows, grocery_program(), storage, json_file=json_file, total=total)


def _replay(
    rows: Iterable[Row],
    program: Program,
    storage: str,
    *,
    json_file: Path | None,
    shop: str = "shop",
    strict: bool = False,
    total: int | None = None,
) -> None:
    console = Console()
    with _opened(storage, shop) as kept:
        run = Replay(PrivateDomain(program, [kept]), console, strict=strict, total=total)
        run.run(rows)
        standings = standings_of(kept, program)
    print_standings(console, standings, program, run, _size_of(storage))
    if json_file is not None:
        write_json(json_file, standings, program)
    if run.bad:
        raise SystemExit(ExitCode.FAULTS)


@application.command("explain")
@click.option("--storage", required=True, help="sqlite:///shop.db or postgresql://host/shop")
@click.option("--shop", default="shop", show_default=True, help="Which shop of the storage.")
@click.option("--locale", type=click.Choice(LOCALES), default="en", show_default=True)
@click.argument("member")
def explain_member(storage: str, shop: str, locale: str, member: str) -> None:
    """Tell a MEMBER's history in sentences, and how far the next tier is."""
    with reported_errors(), _opened(_there(storage), shop) as kept:
        history = kept.history(_all_about(kept, member))
        if not history:
            raise InvalidValueError(f"nothing is known of {member!r:.60} in this storage")
        program = _program_of(kept, history)
        for recorded in history:
            when = recorded.event.at.in_timezone(program.zone).format("YYYY-MM-DD HH:mm")
            click.echo(f"{when}  {explain(recorded.event, locale=locale, zone=program.zone)}")
        found = kept.get([EntityRef("member", member)])
        for entity in found:
            if isinstance(entity, Member):
                click.echo(explain(progress(entity, program), locale=locale))


@contextmanager
def _opened(url: str, shop: str) -> Iterator[WholeStorage]:
    try:
        from privlib.adapters.sql import SqlStorage  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError:
        raise InvalidValueError('a storage needs: pip install "privlib-domain[sql]"') from None
    storage = SqlStorage(url, shop)
    try:
        yield storage
    finally:
        storage.close()


def _there(url: str) -> str:
    """The URL, unless it names a SQLite file that is not there, which opening would make."""
    path = url.partition("?")[0].removeprefix("sqlite:///")
    if url.startswith("sqlite:///") and not Path(path).exists():
        raise StorageUnavailableError(f"there is no file {path}")
    return url


def _size_of(url: str) -> int | None:
    """The size of a SQLite file with its write-ahead log, in bytes."""
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or not path.exists():
        return None
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _all_about(storage: WholeStorage, customer: str) -> Iterable[EntityRef]:
    """Everything that is a customer's: himself, his membership, relations, orders, coupons."""
    yield EntityRef("customer", customer)
    yield EntityRef("member", customer)
    for kind in ENTITY_KINDS:
        query = Query(kind, index="customer", low=customer, high=customer, limit=1000)
        for entity in all_found(storage, query):
            yield EntityRef(kind, entity.id)


def _program_of(storage: WholeStorage, history: tuple[Recorded, ...]) -> Program:
    """The program under which the latest of it was decided."""
    decision = storage.stored(history[-1].decision)
    kept = None if decision is None else storage.program(decision.program)
    return kept or default_program()
