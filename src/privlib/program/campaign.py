"""Campaigns: a period, a budget, and the coupons given out in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.naming import duplicate_names
from privlib.program.offers.checks import check_optional_count
from privlib.values.choice import as_tuple, each_of, kind_of
from privlib.values.dates import add_days
from privlib.values.ids import CampaignName, CustomerId, campaign_name, join_key, plain_id
from privlib.values.money import Money
from privlib.values.period import DatePeriod

__all__ = ["CampaignRules", "CouponTemplate", "budget_key", "customer_key"]


@frozen(kw_only=True)
class CouponTemplate:
    """An offer: so much off from so much, for so many days, so many times a customer."""

    name: str = field(converter=plain_id)
    value: Money = field(validator=kind_of(Money))
    threshold: Money = field(validator=kind_of(Money))
    valid_days: int | None = field(default=None, validator=check_optional_count)
    per_customer: int | None = field(default=None, validator=check_optional_count)

    def __attrs_post_init__(self) -> None:
        if self.value.minor <= 0:
            raise InvalidValueError(f"the value of a coupon is above 0; got {self.value}")
        if self.threshold < self.value:
            raise InvalidValueError(
                f"a coupon of {self.value} from {self.threshold} would give more than is paid"
            )


@frozen(kw_only=True)
class CampaignRules:
    """One campaign: from one local day until another, within a budget, with its coupons.

    `ends` is the first day after the campaign. The budget is taken when a coupon is issued and
    given back when it runs out unused.

    Raises ProgramError with every fault.
    """

    name: CampaignName = field(converter=campaign_name)
    starts: date
    ends: date | None = None
    budget: Money = field(validator=kind_of(Money))
    coupons: tuple[CouponTemplate, ...] = field(
        default=(), converter=as_tuple, validator=each_of(CouponTemplate)
    )

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        path = "starts"
        try:
            DatePeriod(self.starts)
            path = "ends"
            DatePeriod(self.starts, self.ends)
        except InvalidValueError as fault:
            yield Problem(path, str(fault))
        else:
            yield from self._coupons_beyond()
        if self.budget.minor < 0:
            yield Problem("budget", f"a budget is 0 or more; got {self.budget}")
        names = {at: coupon.name for at, coupon in enumerate(self.coupons)}
        yield from duplicate_names(names, "coupons[{}].name")

    def _coupons_beyond(self) -> Iterator[Problem]:
        """The coupons that, given out on the last day, run out beyond the calendar.

        Of a campaign without an end, the first day is looked at.
        """
        for at, coupon in enumerate(self.coupons):
            if coupon.valid_days is not None:
                try:
                    add_days(self.ends or self.starts, coupon.valid_days + 1)
                except InvalidValueError as fault:
                    yield Problem(f"coupons[{at}].valid_days", str(fault))

    @property
    def days(self) -> DatePeriod:
        """The local days on which it runs."""
        return DatePeriod(self.starts, self.ends)

    def coupon(self, name: str) -> CouponTemplate | None:
        """The coupon of this name, if the campaign has one."""
        return next((coupon for coupon in self.coupons if coupon.name == name), None)


def budget_key(campaign: CampaignName) -> str:
    """The key of the limit that a campaign's budget is.

    >>> budget_key(CampaignName("june"))
    'campaign:june:budget'
    """
    return join_key("campaign", campaign, "budget")


def customer_key(campaign: CampaignName, coupon: str, customer: CustomerId) -> str:
    """The key of the limit that one customer has of a coupon.

    >>> customer_key(CampaignName("june"), "20 off", CustomerId("wei"))
    'campaign:june:coupon:20 off:customer:wei'
    """
    return join_key("campaign", campaign, "coupon", coupon, "customer", customer)
