"""Siblings: what is wrong between those tables of a part that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from cattrs import Converter

from privlib.encoding.tagged import TAG
from privlib.errors import Problem
from privlib.program.campaign import CampaignRules
from privlib.program.condition_checks import known_values
from privlib.program.faults import problems_of
from privlib.program.important_days import DayRule, day_problems
from privlib.program.ladder import Tier, tier_problems
from privlib.program.lifecycle import Lifecycle
from privlib.program.lifecycle_checks import stage_problems
from privlib.program.lifecycle_program_checks import lifecycle_problems
from privlib.program.naming import duplicate_names
from privlib.program.offers import Offer, PercentOff
from privlib.program.persona import Persona, persona_problems
from privlib.program.price_book import FloorReach
from privlib.program.price_checks import book_problems, unknown_names
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.program.promotion import Promotion, Trigger
from privlib.program.promotion_checks import promotion_problems
from privlib.program.service import Holiday, service_problems
from privlib.program.stage import Stage
from privlib.program.survey import Survey

__all__ = ["sibling_problems"]

T = TypeVar("T")
_STEP: Final = re.compile(r"[^.\[]*")


def sibling_problems(  # noqa: C901 - a table, one row a part
    reader: Converter,
    part: str,
    raw: Any,  # noqa: ANN401 - as TOML has it
    parts: Mapping[str, Any],
) -> Iterator[Problem]:
    """What is wrong between those tables of a part that can be read, and with the other parts."""
    if part == "ladder" and isinstance(raw, Mapping):
        tiers = _readable(reader, raw.get("tiers"), Tier)
        yield from (problem.under(part) for problem in tier_problems(tiers))
    elif part == "service" and isinstance(raw, Mapping):
        yield from (problem.under(part) for problem in _of_service(reader, raw))
    elif part == "personas":
        problems = persona_problems(_readable(reader, raw, Persona))
        yield from (problem.under(part) for problem in problems)
        seen = _seen_without_faults(reader, raw, Persona)
        yield from (problem.under(part) for problem in seen)
    elif part == "lifecycles" and isinstance(raw, list) and raw:
        yield from lifecycle_problems(_readable(reader, raw, Lifecycle), parts)
        for at, table in enumerate(raw):
            for problem in _of_stages(reader, table):
                yield problem.under(f"{part}[{at}]")
    elif part == "campaigns":
        campaigns = _readable(reader, raw, CampaignRules)
        yield from duplicate_names(
            {at: rules.name for at, rules in campaigns.items()}, "campaigns[{}].name"
        )
        problems = _seen_without_faults(reader, raw, CampaignRules)
        yield from (problem.under(part) for problem in problems)
    elif part == "important_days":
        problems = day_problems(_readable(reader, raw, DayRule))
        yield from (problem.under(part) for problem in problems)
    elif part == "promotions" and isinstance(raw, list):
        tables = [_mended(reader, table) for table in raw]
        promotions = _readable(reader, tables, Promotion)
        yield from promotion_problems(promotions, parts, names=_names_in(raw))
        for problems in (_seen(reader, tables), _seen_without_faults(reader, tables, Promotion)):
            yield from (problem.under(part) for problem in problems)
    elif part == "surveys":
        surveys = _readable(reader, raw, Survey)
        yield from duplicate_names(
            {at: survey.name for at, survey in surveys.items()}, "surveys[{}].name"
        )
    elif part == "prices" and isinstance(raw, Mapping):
        yield from (problem.under(part) for problem in _of_prices(reader, raw, parts))


def _of_service(reader: Converter, raw: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong between those holidays and working days that can be read."""
    named = raw.get("working_days")
    days = {
        at: day
        for at, day in enumerate(named if isinstance(named, list) else ())
        if not _faults(reader, day, date)
    }
    yield from service_problems(_readable(reader, raw.get("holidays"), Holiday), days)


def _of_stages(reader: Converter, table: Any) -> Iterator[Problem]:  # noqa: ANN401 - as TOML has it
    """What is wrong between those stages of a lifecycle that can be read."""
    raw = table.get("stages") if isinstance(table, Mapping) else None
    if isinstance(raw, list) and raw:
        starts = {key: table.get(key) for key in ("on_return", "on_loss")}
        named = {key: name if isinstance(name, str) else None for key, name in starts.items()}
        yield from stage_problems(_readable(reader, raw, Stage), _names_in(raw), **named)


def _of_prices(
    reader: Converter, raw: Mapping[str, Any], parts: Mapping[str, Any]
) -> Iterator[Problem]:
    """What is wrong between those rules, floors and so on of a price book that can be read."""
    rules = _readable(reader, raw.get("rules"), PriceRule)
    floors = _readable(reader, raw.get("floors"), PriceFloor)
    sold_only = _readable(reader, raw.get("sold_only"), SoldOnly)
    public = _readable(reader, raw.get("public"), PublicPrice)
    lifts = raw.get("floors_bind", FloorReach.ALL) == FloorReach.ALL
    yield from book_problems(rules, floors, sold_only, public, lifts=lifts)
    yield from unknown_names(rules, sold_only, known_values(parts))


def _mended(reader: Converter, table: Any) -> Any:  # noqa: ANN401 - as TOML has it
    """The table of a promotion, so that what can be read of it is, and means what it says.

    Another offer stands where its own cannot be read; codes mean nothing without their trigger.
    """
    if not isinstance(table, Mapping):
        return table
    mended = dict(table)
    if _faults(reader, table.get("offer"), Offer):
        mended["offer"] = {TAG: PercentOff.tag, "percent": 1}
    if table.get("trigger", Trigger.AUTOMATIC) not in list(Trigger):
        mended.pop("trigger")
        mended.pop("codes", None)
    return mended


def _seen(reader: Converter, tables: list[Any]) -> Iterator[Problem]:
    """What is wrong with promotions once their offers can be read."""
    for at, table in enumerate(tables):
        if isinstance(table, Mapping):
            yield from (problem.under(f"[{at}]") for problem in _faults(reader, table, Promotion))


def _names_in(raw: list[Any]) -> list[str]:
    """The names of all tables of a list, also of those that cannot be read."""
    named = (each.get("name") for each in raw if isinstance(each, Mapping))
    return [name for name in named if isinstance(name, str)]


def _readable(reader: Converter, raw: Any, type_: type[T]) -> dict[int, T]:  # noqa: ANN401 - as TOML has it
    """The tables of a list that can be read by their position, without what is wrong in them."""
    tables = enumerate(raw) if isinstance(raw, list) else ()
    read = ((at, _without_faults(reader, table, type_)) for at, table in tables)
    return {at: value for at, value in read if value is not None}


def _without_faults(reader: Converter, table: Any, type_: type[T]) -> T | None:  # noqa: ANN401 - as TOML has it
    if not isinstance(table, Mapping):
        return None
    for _ in range(3):  # settings by themselves, then between them, then all is well
        wrong = _faulty(_faults(reader, table, type_))
        if not wrong:
            return reader.structure(table, type_)
        table = {key: value for key, value in table.items() if key not in wrong}
    return None


def _seen_without_faults(reader: Converter, raw: Any, type_: type[T]) -> Iterator[Problem]:  # noqa: ANN401 - as TOML has it
    """What is wrong between the settings of each table, were those left out that are faulty."""
    for at, table in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(table, Mapping):
            wrong = _faulty(_faults(reader, table, type_))
            rest = {key: value for key, value in table.items() if key not in wrong}
            for problem in _faults(reader, rest, type_):
                if not wrong & _faulty([problem]):
                    yield problem.under(f"[{at}]")


def _faults(reader: Converter, value: Any, type_: Any) -> list[Problem]:  # noqa: ANN401 - a union is no type
    try:
        reader.structure(value, type_)
    except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
        return list(problems_of(fault, ""))
    return []


def _faulty(problems: Iterable[Problem]) -> set[str]:
    """The settings of a table that these problems are with."""
    return {_STEP.match(problem.path)[0] for problem in problems}  # type: ignore[index]  # it matches all
