"""How much a run of the tests tries: `ci`, the default, or `PRIVLIB_PROFILE=full pytest`."""

from privlib.testing.conformance.effort import effort, profile

FULL = profile() == "full"

CASES = 1_000 if FULL else 100
"""How many cases Hypothesis draws for a test that does not say so itself."""

PRICED_BASKETS = 100_000 if FULL else 2_000
"""How many baskets are priced by trying every combination, too."""

RACE_ROUNDS = effort().rounds
"""How often each race is run: as often as those of the suite that is shipped."""

LOOKED_UP = None if FULL else 200
"""How many of the thousand decisions of a race are looked up afterwards, each by its key."""

KILLS = None if FULL else 24
"""How many of the points at which a process can be killed are tried, on each database."""

FAULTS_IN_SQL = None if FULL else 12
"""How many of the calls of a SQL storage are made to fail, each way; in memory all of them are."""

SEEDS = 1_000 if FULL else 50
"""How many plans of many faults are drawn."""

MACHINE_RUNS, MACHINE_STEPS = (2_000, 100) if FULL else (200, 40)
"""Runs of the state machine in memory, and the most steps of each."""

SQL_MACHINE_RUNS, SQL_MACHINE_STEPS = (100, 50) if FULL else (5, 20)
"""The same on each database."""

DRIVER_SEEDS, DRIVER_STEPS = (100, 50_000) if FULL else (8, 8_000)
"""From how many seeds the driver drives in memory, and how many steps from each."""

SQL_DRIVER_STEPS = 20_000 if FULL else 400
"""How many steps it takes on each database."""


def spread(several, count):
    """So many of them, evenly over the whole and always the same ones; all where count is None."""
    if count is None or count >= len(several):
        return list(several)
    return [several[place * len(several) // count] for place in range(count)]
