"""Registering: what draws each of privlib's types, for Hypothesis to find by its entry point.

Hypothesis calls `register` at the end of its own import. The strategies are imported when one is
first drawn from: they import Hypothesis in their turn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import pendulum
from attrs import has, resolve_types

from privlib.commands import Command, OrderLine, RefundLine
from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.commands.surveys import GivenAnswer
from privlib.commands.tender import GiftCard, Tender
from privlib.conditions import Condition
from privlib.decisions.decision import Decision
from privlib.encoding.canonical import Secret
from privlib.entities import Entity, IndexKey, ProfileField, RecordedAnswer
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.entities.query import Position, Query
from privlib.events import Event
from privlib.program import (
    AutomaticMove,
    CampaignRules,
    CouponTemplate,
    DayRule,
    DayWindow,
    EmojiHabit,
    Enrolment,
    Face,
    Gift,
    Holiday,
    Ladder,
    Lifecycle,
    NamedCalendar,
    Part,
    Persona,
    Program,
    Service,
    ServiceHours,
    Shop,
    Stage,
    Survey,
    SurveyOutcome,
    Tier,
    Welcome,
)
from privlib.program.offers import Offer
from privlib.program.paying import PointsAsMoney
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.program.pricing import Group, Layer, Pricing
from privlib.program.promotion import Promotion, Stacking, Threshold, UseLimits
from privlib.program.questions import Option, Question
from privlib.program.remapping import StageMap
from privlib.quotes import (
    Adjustment,
    AgainstPublic,
    Applied,
    GiftLine,
    Hint,
    LeftOut,
    LineAgainstPublic,
    NextCouponGranted,
    Payment,
    PieceGroup,
    Quote,
    QuotedLine,
    QuotedShipping,
    RunnerUp,
    ShelfPrice,
)
from privlib.refusals import Refusal
from privlib.requests import Request, Variable
from privlib.reservations import Exhausted, Reservation
from privlib.timers import Timer
from privlib.values.actor import Actor
from privlib.values.folded_text import FoldedText
from privlib.values.goods import Goods
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EmployeeId,
    EntityRef,
    GiftId,
    OrderId,
    PromotionName,
    RefundId,
    RelationId,
    TierName,
)
from privlib.values.important_day import YearlyDay
from privlib.values.moment import Micros
from privlib.values.money import Money
from privlib.values.period import DatePeriod, Period
from privlib.values.personal import Masked, PersonalRef, PersonalValue
from privlib.values.rate import Rate
from privlib.values.span import Span
from privlib.values.term import Term
from privlib.values.window import NaturalWindow, RollingWindow

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]

# Any: a class, a NewType and a union have no type in common.
_BY_TYPE: dict[Any, str] = {
    Money: "money",
    Rate: "rates",
    Actor: "actors",
    pendulum.DateTime: "moments",
    Micros: "micros",
    Period: "periods",
    DatePeriod: "date_periods",
    Term: "terms",
    NaturalWindow: "natural_windows",
    RollingWindow: "rolling_windows",
    Masked: "masked_texts",
    PersonalRef: "personal_refs",
    PersonalValue: "personal_values",
    CustomerId: "customer_ids",
    EmployeeId: "employee_ids",
    RelationId: "relation_ids",
    OrderId: "order_ids",
    RefundId: "refund_ids",
    CouponId: "coupon_ids",
    GiftId: "gift_ids",
    TierName: "tier_names",
    CampaignName: "campaign_names",
    PromotionName: "promotion_names",
    EntityRef: "entity_refs",
    IndexKey: "index_keys",
    Position: "positions",
    Query: "queries",
    OrderLine: "order_lines",
    RefundLine: "refund_lines",
    Variable: "variables",
    Reservation: "reservations",
    Exhausted: "exhausted_limits",
    Gift: "gifts",
    Tier: "tiers",
    Ladder: "ladders",
    CouponTemplate: "coupon_templates",
    CampaignRules: "campaign_rules",
    PriceRule: "price_rules",
    PriceFloor: "price_floors",
    SoldOnly: "sold_only_rules",
    PublicPrice: "public_prices",
    PriceBook: "price_books",
    Shop: "shops",
    ServiceHours: "service_hours",
    Holiday: "holidays",
    Service: "services",
    Enrolment: "enrolments",
    Stage: "stages",
    AutomaticMove: "automatic_moves",
    Lifecycle: "lifecycles",
    StageMap: "stage_maps",
    Welcome: "welcomes",
    EmojiHabit: "emoji_habits",
    Face: "faces",
    Persona: "personas",
    Span: "spans",
    FoldedText: "folded_texts",
    YearlyDay: "yearly_days",
    DayRule: "day_rules",
    NamedCalendar: "named_calendars",
    Option: "options",
    SurveyOutcome: "survey_outcomes",
    Survey: "surveys",
    GivenAnswer: "given_answers",
    ProfileField: "profile_fields",
    RecordedAnswer: "recorded_answers",
    Program: "programs",
    Goods: "goods",
    Threshold: "thresholds",
    Stacking: "stackings",
    UseLimits: "use_limits",
    Promotion: "promotions",
    PointsAsMoney: "points_as_money",
    Layer: "layers",
    Group: "groups",
    Pricing: "pricing_settings",
    BasketLine: "basket_lines",
    ShippingLine: "shipping_lines",
    Basket: "baskets",
    GiftCard: "gift_cards",
    Tender: "tenders",
    CouponInHand: "coupons_in_hand",
    CustomerState: "customer_states",
    ShelfPrice: "shelf_prices",
    Adjustment: "adjustments",
    PieceGroup: "piece_groups",
    QuotedLine: "quoted_lines",
    QuotedShipping: "quoted_ways",
    Applied: "applied_promotions",
    LeftOut: "left_outs",
    GiftLine: "gift_lines",
    NextCouponGranted: "granted_coupons",
    Payment: "payments",
    RunnerUp: "runners_up",
    LineAgainstPublic: "lines_against_public",
    AgainstPublic: "quotes_against_public",
    Hint: "hints",
    Quote: "quotes",
    Part: "parts",
    Secret: "secrets",
    Decision: "decisions",
}
_FAMILIES: dict[Any, str] = {
    Command: "commands",
    Condition: "conditions",
    Entity: "entities",
    Event: "events",
    Request: "requests",
    Refusal: "refusals",
    Timer: "timers",
    Offer: "offers",
    DayWindow: "day_windows",
    Question: "questions",
}


def register() -> None:
    """Let Hypothesis know what draws each type: `st.from_type(Money)`, `st.builds(function)`."""
    for kind, name in _BY_TYPE.items():
        _register(kind, name)
    for family, name in _FAMILIES.items():
        for kind in get_args(family):
            _register(kind, name, kinds=(kind,))


def _register(kind: Any, name: str, **bounds: tuple[Any, ...]) -> None:  # noqa: ANN401 - as above
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - see the first lines

    if has(kind):
        resolve_types(kind)  # so that `st.builds(Order)` too can go by the types of its fields
    register_type_strategy(kind, partial(_drawn, name, bounds))


def _drawn(name: str, bounds: dict[str, tuple[Any, ...]], _type: object) -> SearchStrategy[Any]:
    """What the strategy of this name draws."""
    from privlib.testing import strategies  # noqa: PLC0415 - see the first lines

    drawn: SearchStrategy[Any] = getattr(strategies, name)(**bounds)
    return drawn
