"""The program: all the rules of a shop, checked together, named by their content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from attrs import evolve, field, frozen
from attrs.validators import optional

from privlib.conditions import RELATION, Vocabulary
from privlib.encoding.canonical import Secret, canonical, digest
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.amounts_within import amounts_within
from privlib.program.campaign import CampaignRules
from privlib.program.condition_checks import known_values
from privlib.program.enrolment import Enrolment
from privlib.program.important_days import DayRule, NamedCalendar, day_problems
from privlib.program.ladder import Ladder
from privlib.program.lifecycle import Lifecycle
from privlib.program.lifecycle_program_checks import lifecycle_problems
from privlib.program.naming import duplicate_names
from privlib.program.persona import Persona, persona_problems
from privlib.program.price_book import PriceBook
from privlib.program.price_checks import unknown_names
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion
from privlib.program.promotion_checks import promotion_problems
from privlib.program.service import Service
from privlib.program.stacking_checks import group_problems
from privlib.program.survey import Survey
from privlib.program.welcome import Welcome
from privlib.values.choice import as_tuple, each_of, kind_of
from privlib.values.dates import checked_zone
from privlib.values.ids import CampaignName, plain_text
from privlib.values.important_day import LunarCalendar
from privlib.values.kept import kept
from privlib.values.money import minor_digits
from privlib.values.template import variables_of

__all__ = ["PART_TYPES", "VOCABULARIES", "Part", "Program", "Shop", "between_parts"]


def _currency(value: str) -> str:
    minor_digits(value)
    return value


@frozen
class Part:
    """One part of a program as it is stored: its name, its digest, its canonical text."""

    name: str
    digest: str
    text: str


@frozen(kw_only=True)
class Shop:
    """What holds for the whole shop: its name, its currency and its time zone."""

    name: str = field(converter=plain_text)
    currency: str = field(default="CNY", converter=_currency)
    zone: str = field(default="Asia/Shanghai", converter=checked_zone)


def between_parts(parts: Mapping[str, Any]) -> Iterator[Problem]:
    """The faults that no part has by itself, among those of the parts that could be read."""
    shop, campaigns = parts.get("shop"), parts.get("campaigns", ())
    names = {at: rules.name for at, rules in enumerate(campaigns)}
    yield from duplicate_names(names, "campaigns[{}].name")
    if "personas" in parts:
        yield from _of_personas(parts["personas"], parts.get("welcome"))
    for problem in day_problems(dict(enumerate(parts.get("important_days", ())))):
        yield problem.under("important_days")
    surveys = {at: survey.name for at, survey in enumerate(parts.get("surveys", ()))}
    yield from duplicate_names(surveys, "surveys[{}].name")
    if shop is not None:
        yield from _days_nowhere(shop, campaigns)
        yield from _other_currencies(shop, parts)
    if "lifecycles" in parts:
        if not parts["lifecycles"]:
            yield Problem("lifecycles", "there must be at least one")
        yield from lifecycle_problems(dict(enumerate(parts["lifecycles"])), parts)
    if "promotions" in parts:
        yield from promotion_problems(dict(enumerate(parts["promotions"])), parts)
        if "pricing" in parts:
            yield from group_problems(parts["promotions"], parts["pricing"])
    if "prices" in parts:
        yield from _names_nowhere(parts["prices"], parts)


def _other_currencies(shop: Shop, parts: Mapping[str, Any]) -> Iterator[Problem]:
    for name, part in parts.items():
        for path, amount in amounts_within(part, name):
            if amount.currency != shop.currency:
                yield Problem(path, f"{amount} is not in {shop.currency}, the currency of the shop")


def _of_personas(personas: tuple[Persona, ...], welcome: Welcome | None) -> Iterator[Problem]:
    """What is wrong between personas, and what a welcome asks of them that they have not."""
    for problem in persona_problems(dict(enumerate(personas))):
        yield problem.under("personas")
    used = variables_of(welcome.text) if welcome is not None else ()
    if not personas:
        for name in ("persona", "title"):
            if name in used:
                yield Problem("welcome.text", f"{{{name}}} needs a persona; there is none")
    elif "title" in used and not personas[0].title:
        yield Problem("welcome.text", f'{{title}} needs a title of "{personas[0].name}"')


def _names_nowhere(book: PriceBook, parts: Mapping[str, Any]) -> Iterator[Problem]:
    rules, sold_only = dict(enumerate(book.rules)), dict(enumerate(book.sold_only))
    for problem in unknown_names(rules, sold_only, known_values(parts)):
        yield problem.under("prices")


def _days_nowhere(shop: Shop, campaigns: tuple[CampaignRules, ...]) -> Iterator[Problem]:
    """The first day of the calendar is, in the shop's zone, partly before it."""
    for at, rules in enumerate(campaigns):
        try:
            rules.days.in_zone(shop.zone)
        except InvalidValueError as fault:
            yield Problem(f"campaigns[{at}].starts", f"in {shop.zone}, {fault}")


@frozen(kw_only=True, slots=False)
class Program:
    """The shop's whole set of rules as one frozen value.

    Its version is the digest of its parts' digests: the same rules have the same version
    everywhere, and any change makes another. The secret is no part of it; of a lunar calendar its
    name and version are.

    Raises ProgramError with every fault that lies between the parts.
    """

    shop: Shop = field(validator=kind_of(Shop))
    service: Service = field(default=Service(), validator=kind_of(Service))
    enrolment: Enrolment = field(default=Enrolment(), validator=kind_of(Enrolment))
    ladder: Ladder = field(default=Ladder(), validator=kind_of(Ladder))
    lifecycles: tuple[Lifecycle, ...] = field(converter=as_tuple, validator=each_of(Lifecycle))
    welcome: Welcome = field(validator=kind_of(Welcome))
    personas: tuple[Persona, ...] = field(
        default=(), converter=as_tuple, validator=each_of(Persona)
    )
    campaigns: tuple[CampaignRules, ...] = field(
        default=(), converter=as_tuple, validator=each_of(CampaignRules)
    )
    promotions: tuple[Promotion, ...] = field(
        default=(), converter=as_tuple, validator=each_of(Promotion)
    )
    pricing: Pricing = field(default=Pricing(), validator=kind_of(Pricing))
    prices: PriceBook = field(default=PriceBook(), validator=kind_of(PriceBook))
    important_days: tuple[DayRule, ...] = field(
        default=(), converter=as_tuple, validator=each_of(DayRule)
    )
    lunar: NamedCalendar | None = field(default=None, validator=optional(kind_of(NamedCalendar)))
    lunar_calendar: LunarCalendar | None = field(default=None, eq=False, repr=False)
    surveys: tuple[Survey, ...] = field(default=(), converter=as_tuple, validator=each_of(Survey))
    secret: Secret | None = field(default=None, eq=False, validator=optional(kind_of(Secret)))

    def __attrs_post_init__(self) -> None:
        problems = list(between_parts({name: getattr(self, name) for name in PART_TYPES}))
        calendar = self.lunar_calendar
        if calendar is not None and self.lunar != NamedCalendar.of(calendar):
            problems.append(Problem("lunar", "is another calendar than the one given"))
        if problems:
            raise ProgramError(problems)

    @property
    def currency(self) -> str:
        """The one currency of the shop."""
        return self.shop.currency

    @property
    def zone(self) -> str:
        """The time zone in which the shop reckons days."""
        return self.shop.zone

    @property
    def persona(self) -> Persona | None:
        """In whose voice the shop speaks where nobody is named: the first of the personas."""
        return next(iter(self.personas), None)

    def campaign(self, name: CampaignName) -> CampaignRules | None:
        """The campaign of this name, if there is one."""
        return next((rules for rules in self.campaigns if rules.name == name), None)

    def day_rule(self, name: str) -> DayRule | None:
        """How days of this name are celebrated, if they are."""
        return next((rule for rule in self.important_days if rule.name == name), None)

    def survey(self, name: str) -> Survey | None:
        """The survey of this name, if there is one."""
        return next((survey for survey in self.surveys if survey.name == name), None)

    def lifecycle(self, name: str | None = None) -> Lifecycle | None:
        """The lifecycle of this name, if there is one; the first where none is named."""
        if name is None:
            return self.lifecycles[0]
        return next((each for each in self.lifecycles if each.name == name), None)

    @cached_property
    def made(self) -> dict[str, object]:
        """What policies work out of the program once and keep, by their names."""
        return kept()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts as they are stored, each under the digest of its text."""
        texts = {name: canonical(getattr(self, name), whole=True) for name in PART_TYPES}
        return tuple(Part(name, digest(text), text) for name, text in texts.items())

    @cached_property
    def version(self) -> str:
        """The digest of the parts' digests: what a decision names as its rules."""
        return digest(canonical([[part.name, part.digest] for part in self.parts]))

    def with_secret(self, secret: Secret | bytes) -> Program:
        """The same program, with a secret to key the hashes of what is told."""
        return evolve(self, secret=secret if isinstance(secret, Secret) else Secret(secret))

    def with_lunar(self, calendar: LunarCalendar) -> Program:
        """The same program, with a lunar calendar to reckon by; it has a version of its own."""
        return evolve(self, lunar=NamedCalendar.of(calendar), lunar_calendar=calendar)


PART_TYPES: dict[str, Any] = {
    "shop": Shop,
    "service": Service,
    "enrolment": Enrolment,
    "ladder": Ladder,
    "lifecycles": tuple[Lifecycle, ...],
    "welcome": Welcome,
    "personas": tuple[Persona, ...],
    "campaigns": tuple[CampaignRules, ...],
    "pricing": Pricing,
    "promotions": tuple[Promotion, ...],
    "prices": PriceBook,
    "important_days": tuple[DayRule, ...],
    "lunar": NamedCalendar | None,
    "surveys": tuple[Survey, ...],
}
VOCABULARIES: Final[Mapping[str, Vocabulary]] = {"lifecycles": RELATION}
"""The parts whose conditions are not about baskets, and in which words they are written."""
