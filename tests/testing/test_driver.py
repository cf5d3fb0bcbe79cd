"""The driver: replayed from its seed, and whatever breaks a law is named with its place."""

from itertools import count

import pytest
from attrs import define, evolve
from tests.profiles import DRIVER_SEEDS, DRIVER_STEPS, SQL_DRIVER_STEPS

from privlib.adapters.in_memory import InMemory
from privlib.errors import InvalidValueError, LawBrokenError
from privlib.plugins.storages import Claimed
from privlib.program.loading import default_program
from privlib.testing.dice import Dice
from privlib.testing.driver import Place, Report, drive
from privlib.values.money import yuan

PROGRAM = default_program()
SHOPS = count(1)
VARIANTS = {
    "the default": PROGRAM,
    "keeps tiers and gifts": evolve(
        PROGRAM,
        ladder=evolve(PROGRAM.ladder, tier_after_refund="keep", gift_after_refund="keep"),
    ),
    "refuses strangers": evolve(
        PROGRAM,
        enrolment=evolve(PROGRAM.enrolment, unknown_customer="refuse", imported_member="catch_up"),
    ),
    "has a small budget": evolve(
        PROGRAM,
        campaigns=[
            evolve(
                PROGRAM.campaigns[0],
                budget=yuan(100),
                coupons=[evolve(PROGRAM.campaigns[0].coupons[0], per_customer=2)],
            )
        ],
    ),
}


@pytest.mark.law("T2")
@pytest.mark.law("T4")
@pytest.mark.law("D1")
@pytest.mark.law("D2")
@pytest.mark.law("K3")
@pytest.mark.parametrize("seed", range(DRIVER_SEEDS))
def test_many_steps_in_memory_break_no_law(seed):
    """Spend, tiers, gifts, limits, timers, histories and the outbox are what they should be."""
    program = list(VARIANTS.values())[seed % len(VARIANTS)]
    report = drive(seed=seed, steps=DRIVER_STEPS, program=program)
    assert report.steps == DRIVER_STEPS
    assert report.decisions > DRIVER_STEPS // 2
    assert 0 < report.refused < report.decisions
    assert report.events > DRIVER_STEPS // 2
    assert report.requests > 0


@pytest.mark.law("D1")
@pytest.mark.law("K3")
def test_many_steps_on_every_database_break_no_law(open_sql):
    """The same as in memory, with the same numbers."""
    report = drive(
        seed=1,
        steps=SQL_DRIVER_STEPS,
        make_storage=lambda clock: open_sql(shop=f"shop {next(SHOPS)}", clock=clock),
    )
    assert report == drive(seed=1, steps=SQL_DRIVER_STEPS)


def test_the_same_seed_takes_the_same_steps_and_another_takes_others():
    assert drive(seed=5, steps=300) == drive(seed=5, steps=300)
    assert evolve(drive(seed=6, steps=300), seed=5) != drive(seed=5, steps=300)


def test_a_drive_of_no_steps_opens_no_shop():
    assert drive(seed=1, steps=0) == Report(seed=1, steps=0)
    with pytest.raises(InvalidValueError, match="0 steps or more; got -1"):
        drive(seed=1, steps=-1)


@pytest.mark.parametrize("end", [1, 2, 7, 1_000])
def test_dice_fall_on_every_number_below_the_end_alike(end):
    dice = Dice(end)
    drawn = [dice.below(end) for _ in range(20 * end)]
    assert set(drawn) == set(range(end))


# Storages with one fault each, and the law that finds it out.


@define(eq=False)
class ForgetsSomeEntities(InMemory):
    """Every fifth decision leaves the entities as they were."""

    _saves: int = 0

    def _write(self, plan, limits):
        self._saves += 1
        if self._saves % 5 == 0:
            plan.entities.clear()
        super()._write(plan, limits)


@define(eq=False)
class ForgetsKeys(InMemory):
    """Known keys are news again."""

    def save(self, *decisions):
        self._decisions.clear()
        return super().save(*decisions)


@define(eq=False)
class IgnoresTheInput(InMemory):
    """A key is known whatever is told under it."""

    def save(self, *decisions):
        known = [self._decisions.get(decision.key) for decision in decisions]
        return super().save(
            *(
                each if stored is None else evolve(each, input_hash=stored.input_hash)
                for each, stored in zip(decisions, known, strict=True)
            )
        )


@define(eq=False)
class NeverGivesBack(InMemory):
    """Room in a limit is taken for ever."""

    def _write(self, plan, limits):
        super()._write(
            plan, {key: max(used, self._limits.get(key, 0)) for key, used in limits.items()}
        )


@define(eq=False)
class CountsNothing(InMemory):
    """Room in a limit is never taken."""

    def _write(self, plan, limits):
        super()._write(plan, {})


@define(eq=False)
class LosesTimers(InMemory):
    """Timers that are set are not always kept."""

    def _write(self, plan, limits):
        late = [key for key, timer in plan.timers.items() if timer and timer.due.day == 1]
        for key in late:
            plan.timers[key] = None
        super()._write(plan, limits)


@define(eq=False)
class KeepsTimersThatFired(InMemory):
    """A timer that was decided comes again."""

    def _write(self, plan, limits):
        for timer in plan.fires:
            plan.timers.pop(timer.key, None)
        super()._write(plan, limits)


@define(eq=False)
class LosesRequests(InMemory):
    """Of several requests of one decision only the first is kept."""

    def _write(self, plan, limits):
        del plan.requests[1:]
        super()._write(plan, limits)


@define(eq=False)
class HandsOutTwice(InMemory):
    """What was claimed is handed out a second time in the same breath."""

    def claim(self, **given):
        claimed = super().claim(**given)
        return (*claimed, *(Claimed(each.request, each.attempt) for each in claimed[:1]))


FAULTS = [
    (ForgetsSomeEntities, "S3"),
    (ForgetsKeys, "D1"),
    (IgnoresTheInput, "D2"),
    (NeverGivesBack, "K3"),
    (CountsNothing, "K3"),
    (LosesTimers, "timers"),
    (KeepsTimersThatFired, "timers"),
    (LosesRequests, "outbox"),
    (HandsOutTwice, "outbox"),
]


@pytest.mark.parametrize(
    ("faulty", "law"), FAULTS, ids=lambda each: getattr(each, "__name__", each)
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_storage_with_a_fault_is_found_out_and_the_place_is_named(faulty, law, seed):
    with pytest.raises(LawBrokenError, match=f"^{law} does not hold: ") as found:
        drive(seed=seed, steps=4_000, make_storage=lambda clock: faulty(clock=clock))
    place = found.value.example
    assert isinstance(place, Place)
    assert place.seed == seed
    with pytest.raises(LawBrokenError, match=f"^{law} does not hold: ") as again:
        drive(seed=seed, steps=place.step, make_storage=lambda clock: faulty(clock=clock))
    assert again.value.example == place


def test_an_error_is_raised_as_it_is_with_its_place_beside_it():
    with pytest.raises(ZeroDivisionError) as found:
        drive(seed=3, steps=10, make_storage=lambda clock: InMemory(clock=lambda: 1 // 0))
    assert any("of drive(seed=3, steps=10)" in note for note in found.value.__notes__)
