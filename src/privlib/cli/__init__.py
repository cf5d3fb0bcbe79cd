"""The command line: check a program, replay orders, explain a member, see a demo."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; say what to install where its libraries are missing."""
    try:
        from privlib.cli.application import application  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError as missing:
        if missing.name not in {"click", "rich"}:
            raise
        sys.exit('privlib: the command line needs: pip install "privlib-domain[cli]"')
    application(prog_name="privlib")
