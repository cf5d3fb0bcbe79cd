"""What is checked: the laws of the domain, and the promises of a storage."""

from __future__ import annotations

from from_code.docstrings import link, sentence
from privlib.testing import laws
from privlib.testing.conformance import StorageSuite
from privlib.testing.conformance.promises import PROMISES, promises_of
from privlib.testing.conformance.running import checks_of

__all__ = ["checks_table", "laws_table", "promises_table"]


def laws_table() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every law that can be checked, in its sentence."""
    return ("check", "the law"), [
        (link("privlib.testing.laws", check.__name__), sentence(check))
        for check in (*laws.CHECKS, *laws.PRICE_CHECKS)
    ]


def promises_table() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every promise that can be taken back."""
    return ("promise", "it says that"), [(f"`{name}`", said) for name, said in PROMISES.items()]


def checks_table() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every check of a storage, group by group, with the promises it is about."""
    return ("check", "only where it is promised"), [
        (_said(check), ", ".join(f"`{name}`" for name in promises_of(StorageSuite, check)))
        for check in checks_of(StorageSuite)
    ]


def _said(check: str) -> str:
    return check.removeprefix("test_").replace("_", " ")
