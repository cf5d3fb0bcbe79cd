"""StorageSuite: everything that a storage promises, as checks that an author inherits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from privlib.testing.conformance.checks.batches import Batches
from privlib.testing.conformance.checks.failing import Failing
from privlib.testing.conformance.checks.finding import Finding
from privlib.testing.conformance.checks.guarding import Guarding
from privlib.testing.conformance.checks.hosting import Hosting
from privlib.testing.conformance.checks.keeping import Keeping
from privlib.testing.conformance.checks.keys import Keys
from privlib.testing.conformance.checks.limits import Limits
from privlib.testing.conformance.checks.outbox import Outbox
from privlib.testing.conformance.checks.processes import Processes
from privlib.testing.conformance.checks.racing import Racing
from privlib.testing.conformance.checks.reading import Reading
from privlib.testing.conformance.checks.relaying import Relaying
from privlib.testing.conformance.checks.reopening import Reopening
from privlib.testing.conformance.checks.round_trips import RoundTrips
from privlib.testing.conformance.checks.skew import Skew
from privlib.testing.conformance.checks.timers import Timers
from privlib.testing.conformance.checks.visibility import Visibility
from privlib.testing.conformance.not_promised import tell_not_promised
from privlib.testing.conformance.running import taken_back

__all__ = ["StorageSuite"]


class StorageSuite(  # pytest runs the checks of the last of them first
    Failing,
    Hosting,
    Processes,
    Racing,
    Visibility,
    Reopening,
    Keeping,
    RoundTrips,
    Timers,
    Relaying,
    Outbox,
    Limits,
    Keys,
    Batches,
    Skew,
    Guarding,
    Finding,
    Reading,
):
    """What every storage promises: inherit it in a test class, and pytest runs all of it.

    Say in `make` how an empty storage is made, and supply what your promises need: `reopen`,
    `opener`, `host`, `broken`. Everything counts as promised until the class takes it back, as
    in `joins_a_host = False`; pytest skips those checks and names them in the end::

        class TestShelf(StorageSuite):
            survives_reopening = shared_by_processes = joins_a_host = False
            tells_a_lost_connection = tells_a_full_disk = False
            tells_a_read_only_place = tells_a_timeout = False

            def make(self):
                return Shelf()

    The checks come in the order in which a storage is written: first of all, what is saved is read
    back. With `pytest -x` you meet one fault after the other.

    There is no check of migration from an older layout: so far there is only one.
    `PRIVLIB_PROFILE=full` runs every race 50 times instead of 3.
    """

    @pytest.fixture(autouse=True)
    def _each_check(self, request: pytest.FixtureRequest) -> Iterator[None]:
        """Leave out what is not promised; close what was opened."""
        promise = taken_back(type(self), request.function.__name__)
        if promise is not None:
            tell_not_promised(request, promise)
        self.begin()
        yield
        self.end()
