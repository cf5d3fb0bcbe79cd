"""How a command ends: its exit codes, and what becomes of an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from privlib.errors import PrivlibError, ProgramError, SchemaVersionError, StorageError

__all__ = ["ExitCode", "reported_errors"]


class ExitCode(IntEnum):
    """What a command says to the shell that called it. 2, wrong usage, is click's own."""

    FINE = 0
    FAULTS = 1
    USAGE = 2
    STORAGE = 3
    INTERRUPTED = 130


def _failure(message: str, code: ExitCode) -> click.ClickException:
    failure = click.ClickException(message)
    setattr(failure, "exit_code", int(code))  # noqa: B010 - typed as a constant of the class
    return failure


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn what privlib raises into one message and the exit code that belongs to it.

    A reader who went away, as in `privlib explain … | head`, is left to click, which ends quietly.
    """
    try:
        yield
    except ProgramError as fault:
        raise _failure(f"the program has faults\n{fault}", ExitCode.FAULTS) from None
    except (StorageError, SchemaVersionError) as fault:
        raise _failure(f"storage: {fault}", ExitCode.STORAGE) from None
    except PrivlibError as fault:
        raise _failure(str(fault), ExitCode.FAULTS) from None
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _failure(f"{fault.filename or 'file'}: {fault.strerror}", ExitCode.FAULTS) from None
    except KeyboardInterrupt:
        raise _failure(
            "interrupted; what was saved is whole, run it again to go on", ExitCode.INTERRUPTED
        ) from None
