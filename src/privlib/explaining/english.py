"""The English catalogue."""

from __future__ import annotations

from privlib import events, refusals, requests
from privlib.explaining.english_assortment import ASSORTMENT
from privlib.explaining.english_conditions import CONDITIONS, alternatives, goods_in_english
from privlib.explaining.english_pricing import PRICING
from privlib.explaining.english_receipt import RECEIPT
from privlib.explaining.english_surveys import SURVEYS
from privlib.explaining.english_voice import VOICE
from privlib.explaining.wording import Wording, grouped
from privlib.policies.tier_upgrade import Progress
from privlib.values.money import Money

__all__ = ["WORDING"]


def _money(money: Money) -> str:
    return f"{grouped(money)} {'yuan' if money.currency == 'CNY' else money.currency}"


def _progress(progress: Progress) -> str:
    if progress.next_tier is None:
        return "{customer} is at the top of the ladder; spent so far: {spent}."
    gift = ", with the gift {gift.id}" if progress.gift else ""
    return f"{{missing}} more brings {{customer}} to {{next_tier}}{gift}; spent so far: {{spent}}."


def _tier_reached(event: events.TierReached) -> str:
    cause = " with order {order}" if event.order else ""
    return f"{{customer}} reached tier {{tier}}{cause}: {{spent}} spent, {{threshold}} needed."


def _tier_lost(event: events.TierLost) -> str:
    falls = " and falls to {to}" if event.to else " and is in no tier now"
    return f"{{customer}} lost tier {{tier}}{falls}: {{spent}} spent, {{threshold}} needed."


def _refund_waited(event: events.RefundWaited) -> str:
    much = "of all that is left" if event.refund.amount is None else "of {refund.amount}"
    return f"Refund {{refund}} {much} came before order {{refund.order}} and waits for it."


def _coupon_issued(event: events.CouponIssued) -> str:
    end = ", good until {expires_at}" if event.expires_at else ""
    return (
        "{customer} got coupon {coupon} of campaign {campaign}: {value} off from {threshold}"
        f"{end}."
    )


def _message(request: requests.SendMessage) -> str:
    until = ", by {not_after} at the latest" if request.not_after else ""
    return f'Send {{customer}} on {{carrier}} in the name of {{employee}}{until}: "{{text}}"'


def _gift(request: requests.ShipGift) -> str:
    return "Send {customer} the gift {gift}, worth {value}" + (
        ": {items}." if request.items else "."
    )


def _reminder(request: requests.RemindEmployee) -> str:
    since = " since {since}" if request.since else ""
    return f"Remind {{employee}} to get in touch with {{customer}}, in stage {{stage}}{since}."


def _stage_moved(event: events.StageMoved) -> str:
    why = {
        events.MoveCause.BY_HAND: "",
        events.MoveCause.BY_ITSELF: " by itself",
        events.MoveCause.RE_MAPPED: ", since the stages were changed",
    }
    said = "{customer} moved from stage {came_from} to stage {to} of lifecycle {lifecycle}"
    return f"{said}{why[event.cause]}."


def _not_running(refusal: refusals.CampaignNotRunning) -> str:
    end = " until {ends}" if refusal.ends else ""
    return f"Campaign {{campaign}} is not running: it runs from {{starts}}{end}."


def _day_reminder(request: requests.RemindOfDay) -> str:
    when = {0: "today", 1: "tomorrow"}.get(request.days, "in {days} days")
    return f"Remind {{employee}} of {{name}} of {{customer}}: it is {when}."


WORDING = Wording(
    money=_money,
    comma=", ",
    nothing="none",
    yes_or_no={True: "yes", False: "no"},
    alternatives=alternatives,
    goods=lambda goods: goods_in_english(goods, _money),
    receipt=RECEIPT,
    sentences={
        Progress: _progress,
        events.CustomerAdded: "{customer} became known to the shop through: {source}.",
        events.CustomerNamed: "The shop learned the name of {customer}.",
        events.FriendAdded: (
            "{customer} became a friend of {employee} on {carrier} through: {source}; "
            "stage: {stages}."
        ),
        events.RelationBegun: "{customer} has a tie to the shop: {relation}.",
        events.StageMoved: _stage_moved,
        events.FollowUpRaised: (
            "{employee} was reminded to get in touch with {customer}, still in stage {stage}."
        ),
        events.MemberJoined: "{customer} became a member.",
        events.MemberImported: (
            "{customer} was taken over as a member since {joined_at} with {spent} spent."
        ),
        events.OrderRecorded: ("Order {order} of {customer} was paid: {order.paid}."),
        events.RefundApplied: (
            "{amount} of order {order} went back to {customer} (refund {refund.id})."
        ),
        events.RefundWaited: _refund_waited,
        events.RefundExceeded: (
            "Refund {refund} asked for {excess} more than order {order} could bear."
        ),
        events.SpendAdded: "Order {order} adds {amount} to the spend of {customer}.",
        events.SpendReversed: (
            "Refund {refund} of order {order} takes {amount} off the spend of {customer}."
        ),
        events.TierReached: _tier_reached,
        events.TierLost: _tier_lost,
        events.GiftGranted: "{customer} is owed the gift {gift} of tier {tier}, worth {value}.",
        events.GiftAlreadyGiven: (
            "{customer} was given the gift {gift} of tier {tier}, worth {value}, before."
        ),
        events.GiftReturnable: (
            "The gift {gift} of {customer}, worth {value}, is no longer earned and may be asked "
            "back."
        ),
        events.GiftReearned: "{customer} has earned the gift {gift}, worth {value}, once more.",
        events.CouponIssued: _coupon_issued,
        events.CouponRedeemed: "{customer} used coupon {coupon} on order {order}: {value} off.",
        events.CouponExpired: "Coupon {coupon} of {customer}, worth {value}, ran out unused.",
        events.CampaignPaused: "Campaign {campaign} was paused.",
        events.CampaignResumed: "Campaign {campaign} runs on.",
        events.ImportantDayLearned: "The shop learned when {name} of {customer} is.",
        events.DayCelebrated: "{name} of {customer} was celebrated, that of the year {year}.",
        events.DayReminderRaised: "{employee} was reminded that {name} of {customer} is near.",
        requests.RemindOfDay: _day_reminder,
        refusals.ImportantDayUnknown: "No day {name} is celebrated; there are: {known}.",
        refusals.DayAlreadyKnown: "This day {name} of {customer} is known since {since}.",
        refusals.DayToldLater: "{customer} told the day {name} anew after that: at {told_at}.",
        refusals.DayEditsUsedUp: (
            "{customer} has changed the day {name} {edits} times in {year}, of {limit} that are "
            "allowed in a year."
        ),
        refusals.LunarCalendarMissing: (
            "The day {name} of {customer} is a lunar one, and the shop has no lunar calendar."
        ),
        requests.SendMessage: _message,
        requests.ShipGift: _gift,
        requests.RemindEmployee: _reminder,
        refusals.CustomerUnknown: "Customer {customer} is not known to the shop.",
        refusals.AlreadyMember: "{customer} has been a member since {since}.",
        refusals.AlreadyFriends: "{relation} have been friends since {since}.",
        refusals.OrderAlreadyRecorded: (
            "Order {order} was recorded before with {recorded}, now told with {told}; "
            "it differs in: {differs}."
        ),
        refusals.OrderOfAnother: "Order {order} is not an order of {customer}.",
        refusals.RefundAlreadyRecorded: (
            "Refund {refund} of order {order} was recorded before with other content."
        ),
        refusals.RefundExceedsPaid: (
            "Order {order} was paid with {paid}, of which {refunded} went back: {wanted} more is "
            "too much."
        ),
        refusals.RefundLineUnknown: "Order {order} has no line {line}.",
        refusals.LineRefundExceedsPaid: (
            "Line {line} of order {order} has {left} left: {wanted} is too much."
        ),
        refusals.RelationUnknown: "There is no relation {relation}.",
        refusals.LifecycleUnknown: "There is no lifecycle {lifecycle}; there are: {known}.",
        refusals.StageUnknown: (
            "There is no stage {stage} in lifecycle {lifecycle}; there are: {known}."
        ),
        refusals.StageMoveNotAllowed: (
            "Stage {stage} of lifecycle {lifecycle} does not lead to {to} by hand; it leads to: "
            "{allowed}."
        ),
        refusals.CampaignUnknown: "There is no campaign {campaign}.",
        refusals.CampaignNotRunning: _not_running,
        refusals.CampaignIsPaused: "Campaign {campaign} has been paused since {since}.",
        refusals.CampaignAlreadyPaused: "Campaign {campaign} is paused already, since {since}.",
        refusals.CampaignNotPaused: "Campaign {campaign} is not paused.",
        refusals.CampaignExhausted: (
            "Campaign {campaign} has used {used} of its budget of {budget}: {wanted} more does "
            "not fit."
        ),
        refusals.CouponLimitReached: (
            "Coupon {coupon} of campaign {campaign} was given {had} times of {limit} a customer."
        ),
        refusals.CouponUnknown: "There is no coupon {coupon}.",
        refusals.CouponAlreadyIssued: (
            "Coupon {coupon} was given out before on another wish; it differs in: {differs}."
        ),
        refusals.CouponOfAnother: "Coupon {coupon} was given to another customer.",
        refusals.CouponAlreadyRedeemed: "Coupon {coupon} was used on order {order} at {at}.",
        refusals.CouponHasExpired: "Coupon {coupon} ran out at {at}.",
        refusals.CouponBelowThreshold: (
            "Coupon {coupon} needs an order of {needs}; this one has {has}."
        ),
        **CONDITIONS,
        **ASSORTMENT,
        **PRICING,
        **VOICE,
        **SURVEYS,
    },
)
