"""Strategies: what Hypothesis draws, valid by construction, for a shop's own tests and for ours.

Each has a plural name, and bounds that are keywords. Hypothesis knows them by type as well:
`st.from_type(Money)`, `st.from_type(CustomerId)`, `st.builds(your_function)`.
"""

from __future__ import annotations

from privlib.testing.strategies.amount import (
    currencies,
    money,
    rates,
)
from privlib.testing.strategies.basket import (
    basket_lines,
    baskets,
    coupons_in_hand,
    customer_states,
    shipping_lines,
)
from privlib.testing.strategies.campaign import (
    campaign_rules,
    coupon_templates,
)
from privlib.testing.strategies.command import (
    campaign_pauses,
    campaign_resumptions,
    commands,
    coupon_issues,
    coupon_redemptions,
    given_answers,
    member_imports,
    new_friends,
    stage_moves,
    stage_remaps,
    survey_answers,
    survey_forms,
    survey_starts,
)
from privlib.testing.strategies.condition import (
    conditions,
    facts,
)
from privlib.testing.strategies.entity import (
    campaigns,
    coupons,
    customers,
    daybooks,
    entities,
    members,
    order_records,
    relations,
    survey_records,
)
from privlib.testing.strategies.event import (
    events,
)
from privlib.testing.strategies.goods import goods, prices
from privlib.testing.strategies.happening import (
    happenings,
)
from privlib.testing.strategies.hint import hints
from privlib.testing.strategies.ids import (
    campaign_names,
    carrier_ids,
    coupon_ids,
    customer_ids,
    employee_ids,
    entity_refs,
    gift_ids,
    order_ids,
    plain_ids,
    promotion_names,
    refund_ids,
    relation_ids,
    tier_names,
)
from privlib.testing.strategies.important_day import (
    day_rules,
    day_windows,
    days_told,
    named_calendars,
    yearly_days,
)
from privlib.testing.strategies.ladder import (
    amounts_near,
    gifts,
    ladders,
    tiers,
)
from privlib.testing.strategies.lifecycle import (
    automatic_moves,
    lifecycles,
    stage_maps,
    stages,
)
from privlib.testing.strategies.moment import (
    micros,
    moments,
)
from privlib.testing.strategies.offer import offers
from privlib.testing.strategies.order import (
    histories,
    order_lines,
    orders,
    refund_lines,
    refunds,
    refunds_of,
)
from privlib.testing.strategies.period import (
    date_periods,
    days,
    natural_windows,
    periods,
    rolling_windows,
    terms,
    zones,
)
from privlib.testing.strategies.person import (
    actors,
    masked_texts,
    personal_refs,
    personal_values,
)
from privlib.testing.strategies.persona import (
    emoji_habits,
    faces,
    folded_texts,
    personas,
    spans,
)
from privlib.testing.strategies.price_book import (
    catalogue_lines,
    price_books,
    price_floors,
    price_rules,
    public_prices,
    shoppers,
    sold_only_rules,
)
from privlib.testing.strategies.pricing import (
    groups,
    layers,
    points_as_money,
    pricing_settings,
    promotion_sets,
)
from privlib.testing.strategies.program import (
    enrolments,
    parts,
    programs,
    secrets,
    shops,
    welcomes,
)
from privlib.testing.strategies.promotion import (
    promotions,
    thresholds,
    use_limits,
)
from privlib.testing.strategies.query import index_keys, positions, queries
from privlib.testing.strategies.quote import (
    applied_promotions,
    gift_lines,
    granted_coupons,
    left_outs,
    lines_against_public,
    payments,
    quotes,
    quotes_against_public,
    runners_up,
)
from privlib.testing.strategies.quoted_line import (
    adjustments,
    piece_groups,
    quoted_lines,
    quoted_ways,
    shelf_prices,
)
from privlib.testing.strategies.refusal import (
    refusals,
)
from privlib.testing.strategies.request import (
    exhausted_limits,
    requests,
    reservations,
    timers,
    variables,
)
from privlib.testing.strategies.service import (
    holidays,
    service_hours,
    services,
)
from privlib.testing.strategies.stacking import stackings
from privlib.testing.strategies.story import (
    decisions,
    stories,
)
from privlib.testing.strategies.survey import (
    options,
    questions,
    survey_outcomes,
    surveys,
)
from privlib.testing.strategies.survey_event import profile_fields, recorded_answers
from privlib.testing.strategies.tender import gift_cards, tenders
from privlib.testing.strategies.text import (
    templates,
    texts,
)

__all__ = [
    "actors",
    "adjustments",
    "amounts_near",
    "applied_promotions",
    "automatic_moves",
    "basket_lines",
    "baskets",
    "campaign_names",
    "campaign_pauses",
    "campaign_resumptions",
    "campaign_rules",
    "campaigns",
    "carrier_ids",
    "catalogue_lines",
    "commands",
    "conditions",
    "coupon_ids",
    "coupon_issues",
    "coupon_redemptions",
    "coupon_templates",
    "coupons",
    "coupons_in_hand",
    "currencies",
    "customer_ids",
    "customer_states",
    "customers",
    "date_periods",
    "day_rules",
    "day_windows",
    "daybooks",
    "days",
    "days_told",
    "decisions",
    "emoji_habits",
    "employee_ids",
    "enrolments",
    "entities",
    "entity_refs",
    "events",
    "exhausted_limits",
    "faces",
    "facts",
    "folded_texts",
    "gift_cards",
    "gift_ids",
    "gift_lines",
    "gifts",
    "given_answers",
    "goods",
    "granted_coupons",
    "groups",
    "happenings",
    "hints",
    "histories",
    "holidays",
    "index_keys",
    "ladders",
    "layers",
    "left_outs",
    "lifecycles",
    "lines_against_public",
    "masked_texts",
    "member_imports",
    "members",
    "micros",
    "moments",
    "money",
    "named_calendars",
    "natural_windows",
    "new_friends",
    "offers",
    "options",
    "order_ids",
    "order_lines",
    "order_records",
    "orders",
    "parts",
    "payments",
    "periods",
    "personal_refs",
    "personal_values",
    "personas",
    "piece_groups",
    "plain_ids",
    "points_as_money",
    "positions",
    "price_books",
    "price_floors",
    "price_rules",
    "prices",
    "pricing_settings",
    "profile_fields",
    "programs",
    "promotion_names",
    "promotion_sets",
    "promotions",
    "public_prices",
    "queries",
    "questions",
    "quoted_lines",
    "quoted_ways",
    "quotes",
    "quotes_against_public",
    "rates",
    "recorded_answers",
    "refund_ids",
    "refund_lines",
    "refunds",
    "refunds_of",
    "refusals",
    "relation_ids",
    "relations",
    "requests",
    "reservations",
    "rolling_windows",
    "runners_up",
    "secrets",
    "service_hours",
    "services",
    "shelf_prices",
    "shipping_lines",
    "shoppers",
    "shops",
    "sold_only_rules",
    "spans",
    "stackings",
    "stage_maps",
    "stage_moves",
    "stage_remaps",
    "stages",
    "stories",
    "survey_answers",
    "survey_forms",
    "survey_outcomes",
    "survey_records",
    "survey_starts",
    "surveys",
    "templates",
    "tenders",
    "terms",
    "texts",
    "thresholds",
    "tier_names",
    "tiers",
    "timers",
    "use_limits",
    "variables",
    "welcomes",
    "yearly_days",
    "zones",
]
