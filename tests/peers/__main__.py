"""The command: `python -m tests.peers DIR [--json OUT]`."""

import json
from pathlib import Path

import click
from tests.peers.running import outcomes_in, report_of


@click.command()
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write it all."
)
def peers(folder: Path, out: Path | None) -> None:
    """Run the cases of other engines in every file of DIR, and say where we agree with them."""
    outcomes = outcomes_in(folder)
    for name, each in outcomes.items():
        _tell(name, each)
    if out is not None:
        text = json.dumps(report_of(outcomes), ensure_ascii=False, indent=1, default=str)
        out.write_text(text + "\n", encoding="utf-8")


def _tell(name, outcomes):
    agreeing = sum(each.agrees for each in outcomes)
    beyond = sum(each.beyond is not None for each in outcomes)
    profile = outcomes[0].case.profile.name if outcomes else "no cases"
    click.echo(f"{name} ({profile})")
    click.echo(
        f"  agree {agreeing}, differ {len(outcomes) - agreeing - beyond}, out of scope {beyond}"
    )
    for each in outcomes:
        if each.error is not None:
            click.echo(f"  differ       {each.case.id}: {each.error}")
        for found in each.differs:
            what = f"{found.what}: expected {found.expected}, got {found.got}"
            click.echo(f"  differ       {each.case.id}: {what}")
    for each in outcomes:
        if each.beyond is not None:
            click.echo(f"  out of scope {each.case.id}: {each.beyond}")


if __name__ == "__main__":
    peers()
