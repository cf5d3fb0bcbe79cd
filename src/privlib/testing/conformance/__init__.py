"""Conformance: suites that the author of an adapter inherits to see that it keeps its promises."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(f"{__name__}.checks", f"{__name__}.contents")

from privlib.testing.conformance.promises import Promised  # noqa: E402
from privlib.testing.conformance.report import Failure, Report  # noqa: E402
from privlib.testing.conformance.running import run_suite  # noqa: E402
from privlib.testing.conformance.suite import StorageSuite  # noqa: E402
from privlib.testing.conformance.supplied import Fault, Host  # noqa: E402

__all__ = ["Failure", "Fault", "Host", "Promised", "Report", "StorageSuite", "run_suite"]
