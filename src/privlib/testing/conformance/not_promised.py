"""Not promised: pytest says in the end, unasked, what each storage does not promise."""

from __future__ import annotations

from typing import Final

import pytest

from privlib.testing.conformance.report import not_promised_lines

__all__ = ["NotPromised", "tell_not_promised"]

_NAME: Final = "privlib-not-promised"


class NotPromised:
    """A plugin of pytest that collects what was left out and prints it in a section of its own.

    The first check that is left out registers it. Where tests run in processes of their own, as
    under pytest-xdist, register one in the `pytest_configure` of your conftest.py.
    """

    def __init__(self) -> None:
        self._left_out: dict[str, dict[str, tuple[str, ...]]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of a check that was left out."""
        for name, told in report.user_properties if report.when == "setup" else ():
            if name == _NAME:
                suite, promise, check = str(told).split()
                checks = self._left_out.setdefault(suite, {})
                checks[promise] = (*checks.get(promise, ()), check)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was left out, whatever options pytest was given."""
        if self._left_out:
            terminalreporter.section("not promised")
        for suite, checks in sorted(self._left_out.items()):
            for line in not_promised_lines(suite, checks):
                terminalreporter.line(line)


def tell_not_promised(request: pytest.FixtureRequest, promise: str) -> None:
    """Leave a check out and say so, now as a skip and once more in the end."""
    plugins = request.config.pluginmanager
    if not any(isinstance(plugin, NotPromised) for plugin in plugins.get_plugins()):
        plugins.register(NotPromised(), _NAME)
    suite = type(request.instance).__name__
    check = request.function.__name__
    request.node.user_properties.append((_NAME, f"{suite} {promise} {check}"))
    pytest.skip(f"not promised by {suite}: {promise}")
