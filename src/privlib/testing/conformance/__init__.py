"""Conformance: suites that the author of an adapter inherits to see that it keeps its promises."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in ("checks", "contents", "saving")))

from privlib.testing.conformance.not_promised import NotPromised  # noqa: E402
from privlib.testing.conformance.promises import Promised  # noqa: E402
from privlib.testing.conformance.report import Failure, Report  # noqa: E402
from privlib.testing.conformance.running import run_suite  # noqa: E402
from privlib.testing.conformance.suite import StorageSuite  # noqa: E402
from privlib.testing.conformance.supplied import Breakdown, Host  # noqa: E402

__all__ = [
    "Breakdown",
    "Failure",
    "Host",
    "NotPromised",
    "Promised",
    "Report",
    "StorageSuite",
    "run_suite",
]
