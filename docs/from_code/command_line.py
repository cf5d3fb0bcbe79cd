"""The commands of the command line, each with its options."""

from __future__ import annotations

import click

from from_code.docstrings import sentence
from privlib.cli.application import application

__all__ = ["command_line"]


def command_line() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every command, what it does, and its options."""
    return ("command", "what it does", "options"), [
        (f"`{_usage(name, command)}`", sentence(command.callback), _options(command))
        for name, command in application.commands.items()
    ]


def _usage(name: str, command: click.Command) -> str:
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    return " ".join(["privlib", name, *(each.human_readable_name for each in arguments)])


def _options(command: click.Command) -> str:
    options = [each for each in command.params if isinstance(each, click.Option)]
    return " ".join(f"`{each.opts[0]}`" for each in options)
