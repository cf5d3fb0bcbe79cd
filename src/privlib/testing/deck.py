"""The deck: commands made of small numbers, for stories, for the machine and for the driver."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import pendulum
from attrs import evolve, frozen

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    Command,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    OrderLine,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.commands.surveys import GivenAnswer
from privlib.program.program import Program
from privlib.program.questions import (
    Day,
    MoneyAmount,
    Question,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.program.survey import Survey
from privlib.timers import CouponEnds
from privlib.values.allocation import allocate_money
from privlib.values.answer import Told
from privlib.values.dates import add_days
from privlib.values.ids import CampaignName, CustomerId, RelationId, join_key
from privlib.values.important_day import YearlyDay
from privlib.values.moment import later, moment
from privlib.values.money import LARGEST_MINOR, Money
from privlib.values.personal import Masked

__all__ = ["Deck"]

_SINCE: Final = moment(pendulum.datetime(2026, 6, 1))
_SMALL: Final = (0, 1, 99, 10_000, 123_456)  # minor units
_WEIGHTS: Final = (1, 2, 3)


@frozen(slots=False)
class Deck:
    """Commands to a shop of a few customers. The same numbers always make the same command.

    A number stands for the same order, wish or friend each time it comes; with other content it is
    told differently, which the shop must notice. What belongs to a number belongs to one customer,
    but for a slip. New friends have names only where the program has a secret, `with_names`.

    >>> from privlib import default_program, yuan
    >>> order = Deck(default_program()).order(4, yuan(200))
    >>> order.decision_key, order.customer
    ('order:A-4:paid', 'c-1')
    """

    program: Program
    customers: int = 3
    with_names: bool = False

    @cached_property
    def amounts(self) -> tuple[Money, ...]:
        """Small amounts, and those at each threshold, one minor unit below and above it."""
        edges = [
            tier.threshold.minor + step
            for tier in self.program.ladder.tiers
            for step in (-1, 0, 1)
            if tier.threshold.minor + step <= LARGEST_MINOR
        ]
        return tuple(Money(minor, self.program.currency) for minor in (*_SMALL, *edges))

    @cached_property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Each coupon of the program with its campaign, and one that there is not."""
        campaigns = self.program.campaigns
        there = [(rules.name, offer.name) for rules in campaigns for offer in rules.coupons]
        return (*there, *there, ("no such campaign", "no such coupon"))

    @cached_property
    def campaigns(self) -> tuple[str, ...]:
        """Each campaign of the program, and one that there is not."""
        return (*(rules.name for rules in self.program.campaigns), "no such campaign")

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """Each stage of the first lifecycle, and one that there is not."""
        return (*self.program.lifecycles[0].names, "no such stage")

    def customer(self, number: int) -> CustomerId:
        """Whose a number is."""
        return CustomerId(f"c-{number % self.customers}")

    def amount(self, number: int) -> Money:
        """The amount of a number."""
        return self.amounts[number % len(self.amounts)]

    def order(self, number: int, paid: Money, *, slip: int = 0) -> Order:
        """An order; every other one has lines."""
        shares = allocate_money(paid, _WEIGHTS) if number % 2 else ()
        return Order(
            id=f"A-{number}",
            customer=self.customer(number + slip),
            paid=paid,
            lines=[OrderLine(sku=f"sku-{place}", paid=share) for place, share in enumerate(shares)],
        )

    def refund(self, order: int, number: int, amount: Money | None, *, slip: int = 0) -> Refund:
        """A refund of an order, known or not: of an amount, or of all that is left."""
        return Refund(
            id=f"R-{number}",
            order=f"A-{order}",
            customer=self.customer(order + slip),
            amount=amount,
        )

    def member_import(self, number: int, spent: Money) -> MemberImport:
        """A member from the time before."""
        return MemberImport(customer=self.customer(number), joined_at=_SINCE, spent=spent)

    def new_friend(self, number: int, employee: int, minutes: int) -> NewFriend:
        """A new friend; every other one has a name, if any has."""
        return NewFriend(
            customer=self.customer(number),
            employee=self._employee(employee),
            carrier=self.program.enrolment.carrier,
            added_at=later(_SINCE, seconds=60 * minutes),
            name=Masked(f"Name {number}") if self.with_names and number % 2 else None,
        )

    def _employee(self, number: int) -> str:
        return "lin" if number % 2 else self.program.enrolment.employee

    def stage_move(self, key: int, number: int, employee: int, stage: int) -> StageMove:
        """A wish to move a relation, now and then to a stage that there is not."""
        relation = self._relation(number, employee)
        to = self.stages[stage % len(self.stages)]
        return StageMove(key=f"k-{key}", relation=relation, to=to)

    def important_day(
        self, number: int, employee: int, minutes: int, *, month: int = 6
    ) -> ImportantDayTold:
        """A day that comes every year, of a friend or not; it needs a program with a secret."""
        customer, carrier = self.customer(number), self.program.enrolment.carrier
        relation = join_key(carrier, self._employee(employee), customer)
        names = [rule.name for rule in self.program.important_days] or ["no such day"]
        return ImportantDayTold(
            customer=customer,
            name=names[number % len(names)],
            day=YearlyDay(month=month, day=1 + number % 28),
            told_at=later(_SINCE, seconds=60 * minutes),
            relation=RelationId(relation) if employee else None,
        )

    def stage_remap(self, key: int, number: int, employee: int, stage: int) -> StageRemap:
        """A wish to put a relation into another stage, now and then into one that there is not."""
        move = self.stage_move(key, number, employee, stage)
        first = self.program.lifecycles[0].name
        return StageRemap(key=move.key, relation=move.relation, lifecycle=first, to=move.to)

    def coupon_issue(self, key: int, offer: int, *, slip: int = 0) -> CouponIssue:
        """A wish for a coupon."""
        campaign, coupon = self.offers[offer % len(self.offers)]
        return CouponIssue(
            key=f"k-{key}", customer=self.customer(key + slip), campaign=campaign, coupon=coupon
        )

    def coupon_redemption(
        self, key: int, order: int, amount: Money, *, slip: int = 0
    ) -> CouponRedemption:
        """A wish to use the coupon that the wish of this key was given."""
        return CouponRedemption(
            coupon=self.coupon_issue(key, 0).coupon_id,
            customer=self.customer(key + slip),
            order=f"A-{order}",
            amount=amount,
        )

    def late_redemption(self, ends: CouponEnds, order: int) -> CouponRedemption:
        """A wish to use a coupon that is about to run out, on an order that is large enough."""
        return CouponRedemption(
            coupon=ends.coupon,
            customer=ends.customer,
            order=f"A-{order}",
            amount=Money(LARGEST_MINOR // 2, self.program.currency),
        )

    def campaign_pause(self, key: int, campaign: int) -> CampaignPause:
        """A wish to pause a campaign."""
        return CampaignPause(key=f"k-{key}", campaign=self._campaign(campaign))

    def campaign_resumption(self, key: int, campaign: int) -> CampaignResumption:
        """A wish to let a campaign run on."""
        return CampaignResumption(key=f"k-{key}", campaign=self._campaign(campaign))

    def survey_start(self, key: int, survey: int, number: int, employee: int) -> SurveyStart:
        """A wish to ask a survey of the program."""
        return SurveyStart(
            key=f"k-{key}",
            survey=self._survey(survey).name,
            customer=self.customer(number),
            relation=self._relation(number, employee),
        )

    def survey_answer(
        self, survey: int, question: int, number: int, employee: int, answer: int
    ) -> SurveyAnswer:
        """An answer to a question of a survey, now and then one that cannot be."""
        asked = self._survey(survey)
        which = asked.questions[question % len(asked.questions)]
        return SurveyAnswer(
            survey=asked.name,
            customer=self.customer(number),
            relation=self._relation(number, employee),
            question=which.id,
            value=self._answer_to(which, answer),
            answered_at=later(_SINCE, seconds=60 * answer),
        )

    def survey_form(self, survey: int, number: int, employee: int, answer: int) -> SurveyAnswers:
        """Answers to all questions of a survey at once."""
        asked = self._survey(survey)
        return SurveyAnswers(
            survey=asked.name,
            customer=self.customer(number),
            relation=self._relation(number, employee),
            answers=[
                GivenAnswer(each.id, self._answer_to(each, answer)) for each in asked.questions
            ],
            answered_at=later(_SINCE, seconds=60 * answer),
        )

    def _survey(self, number: int) -> Survey:
        return self.program.surveys[number % len(self.program.surveys)]

    def _answer_to(self, question: Question, number: int) -> Told:  # noqa: PLR0911 - one row a kind
        """An answer of the kind that the question asks for; what is personal is masked."""
        label = question.labels[number % len(question.labels)] if question.labels else "1"
        if question.personal:
            return Masked(label)
        match question:
            case SeveralChoices():
                return (label,)
            case YesNo():
                return number % 2 == 0
            case WholeNumber():
                return number
            case MoneyAmount():
                return Money(number * 10_000, self.program.currency)
            case Day():
                return add_days(_SINCE.date(), number)
            case _:
                return label

    def _relation(self, number: int, employee: int) -> RelationId:
        carrier = self.program.enrolment.carrier
        return RelationId(join_key(carrier, self._employee(employee), self.customer(number)))

    def _campaign(self, number: int) -> CampaignName:
        return CampaignName(self.campaigns[number % len(self.campaigns)])

    def otherwise(self, command: Command) -> Command:  # noqa: C901, PLR0911 - a table, one row a command
        """The same key with other content, which must be noticed as a conflict."""
        fen = Money(1, self.program.currency)
        match command:
            case Order():
                return evolve(command, paid=command.paid + fen, lines=())
            case Refund():
                return evolve(command, amount=fen if command.amount is None else None, lines=())
            case MemberImport():
                return evolve(command, spent=command.spent + fen)
            case NewFriend():
                return evolve(command, source="another door")
            case StageMove() | StageRemap():
                return evolve(command, to=f"{command.to}, or not")
            case CouponIssue():
                return evolve(command, coupon="another")
            case CouponRedemption():
                return evolve(command, amount=command.amount + fen)
            case CampaignPause() | CampaignResumption():
                return evolve(command, campaign=CampaignName("another"))
            case ImportantDayTold():
                return evolve(command, day=YearlyDay(month=13 - command.day.month, day=1))
            case SurveyStart() | SurveyAnswer() | SurveyAnswers():
                return evolve(command, relation=RelationId("another"))
