"""The catalogue in simplified Chinese."""

from __future__ import annotations

from privlib import events, refusals, requests
from privlib.explaining.mandarin_assortment import ASSORTMENT
from privlib.explaining.mandarin_conditions import CONDITIONS, alternatives, goods_in_mandarin
from privlib.explaining.mandarin_pricing import PRICING
from privlib.explaining.mandarin_receipt import RECEIPT
from privlib.explaining.mandarin_surveys import SURVEYS
from privlib.explaining.mandarin_voice import VOICE
from privlib.explaining.wording import Wording, grouped
from privlib.policies.tier_upgrade import Progress
from privlib.values.money import Money

__all__ = ["WORDING"]


def _money(money: Money) -> str:
    return f"{grouped(money)} {'元' if money.currency == 'CNY' else money.currency}"


def _progress(progress: Progress) -> str:
    if progress.next_tier is None:
        return "{customer} 已达最高等级；累计已消费 {spent}。"
    gift = "，并获赠 {gift.id}" if progress.gift else ""
    return f"{{customer}} 再消费 {{missing}}即升至 {{next_tier}}{gift}；累计已消费 {{spent}}。"


def _tier_reached(event: events.TierReached) -> str:
    cause = "凭订单 {order} " if event.order else ""
    return f"{{customer}} {cause}升至等级 {{tier}}：累计消费 {{spent}}，门槛 {{threshold}}。"


def _tier_lost(event: events.TierLost) -> str:
    falls = "降至 {to}" if event.to else "不再有等级"
    return f"{{customer}} 失去等级 {{tier}}，{falls}：累计消费 {{spent}}，门槛 {{threshold}}。"


def _refund_waited(event: events.RefundWaited) -> str:
    much = "全部余额" if event.refund.amount is None else "{refund.amount}"
    return f"退款 {{refund}}（{much}）先于订单 {{refund.order}} 到达，等待该订单。"


def _coupon_issued(event: events.CouponIssued) -> str:
    end = "，有效期至 {expires_at}" if event.expires_at else ""
    return (
        f"{{customer}} 获得活动 {{campaign}} 的券 {{coupon}}：满 {{threshold}}减 {{value}}{end}。"
    )


def _message(request: requests.SendMessage) -> str:
    until = "（最迟 {not_after}）" if request.not_after else ""
    return f"以 {{employee}} 的名义在 {{carrier}} 上发送给 {{customer}}{until}：“{{text}}”"


def _gift(request: requests.ShipGift) -> str:
    return "向 {customer} 寄送礼品 {gift}，价值 {value}" + (
        "：{items}。" if request.items else "。"
    )


def _reminder(request: requests.RemindEmployee) -> str:
    since = "自 {since} 起" if request.since else ""
    return f"提醒 {{employee}} 跟进 {{customer}}，其{since}处于阶段 {{stage}}。"


def _not_running(refusal: refusals.CampaignNotRunning) -> str:
    end = "至 {ends}" if refusal.ends else "起"
    return f"活动 {{campaign}} 不在进行中：活动时间为 {{starts}} {end}。"


def _day_reminder(request: requests.RemindOfDay) -> str:
    when = {0: "今天", 1: "明天"}.get(request.days, " {days} 天后")
    return f"提醒 {{employee}}：{when}是 {{customer}} 的 {{name}}。"


def _stage_moved(event: events.StageMoved) -> str:
    why = {
        events.MoveCause.BY_HAND: "",
        events.MoveCause.BY_ITSELF: "自动",
        events.MoveCause.RE_MAPPED: "因阶段调整",
    }
    said = "从阶段 {came_from} 进入生命周期 {lifecycle} 的阶段 {to}。"
    return f"{{customer}} {why[event.cause]}{said}"


WORDING = Wording(
    money=_money,
    comma="、",
    nothing="无",
    yes_or_no={True: "是", False: "否"},
    alternatives=alternatives,
    goods=lambda goods: goods_in_mandarin(goods, _money),
    receipt=RECEIPT,
    sentences={
        Progress: _progress,
        events.CustomerAdded: "{customer} 成为本店客户，来源：{source}。",
        events.CustomerNamed: "本店得知了 {customer} 的姓名。",
        events.FriendAdded: (
            "{customer} 在 {carrier} 上成为 {employee} 的好友，来源：{source}；阶段：{stages}。"
        ),
        events.RelationBegun: "{customer} 与本店建立了联系：{relation}。",
        events.StageMoved: _stage_moved,
        events.FollowUpRaised: "已提醒 {employee} 跟进 {customer}，其仍处于阶段 {stage}。",
        events.MemberJoined: "{customer} 成为会员。",
        events.MemberImported: "{customer} 作为 {joined_at} 入会的会员导入，累计消费 {spent}。",
        events.OrderRecorded: ("{customer} 的订单 {order} 已支付：{order.paid}。"),
        events.RefundApplied: ("订单 {order} 向 {customer} 退款 {amount}（退款 {refund.id}）。"),
        events.RefundWaited: _refund_waited,
        events.RefundExceeded: "退款 {refund} 超出订单 {order} 可退金额 {excess}。",
        events.SpendAdded: "订单 {order} 为 {customer} 计入消费 {amount}。",
        events.SpendReversed: "订单 {order} 的退款 {refund} 从 {customer} 的消费中扣除 {amount}。",
        events.TierReached: _tier_reached,
        events.TierLost: _tier_lost,
        events.GiftGranted: "{customer} 应得等级 {tier} 的礼品 {gift}，价值 {value}。",
        events.GiftAlreadyGiven: "{customer} 此前已获得等级 {tier} 的礼品 {gift}，价值 {value}。",
        events.GiftReturnable: (
            "{customer} 的礼品 {gift}（价值 {value}）已不再满足条件，可要求退回。"
        ),
        events.GiftReearned: "{customer} 再次满足礼品 {gift}（价值 {value}）的条件。",
        events.CouponIssued: _coupon_issued,
        events.CouponRedeemed: "{customer} 在订单 {order} 上使用了券 {coupon}：减 {value}。",
        events.CouponExpired: "{customer} 的券 {coupon}（价值 {value}）未使用已过期。",
        events.CampaignPaused: "活动 {campaign} 已暂停。",
        events.CampaignResumed: "活动 {campaign} 已恢复。",
        events.ImportantDayLearned: "本店得知了 {customer} 的 {name} 日期。",
        events.DayCelebrated: "已为 {customer} 庆祝 {year} 年的 {name}。",
        events.DayReminderRaised: "已提醒 {employee}：{customer} 的 {name} 临近。",
        requests.RemindOfDay: _day_reminder,
        refusals.ImportantDayUnknown: "没有名为 {name} 的纪念日；现有：{known}。",
        refusals.DayAlreadyKnown: "{customer} 的 {name} 自 {since} 起已知，日期相同。",
        refusals.DayToldLater: "{customer} 在此之后已于 {told_at} 重新告知 {name}。",
        refusals.DayEditsUsedUp: (
            "{customer} 在 {year} 年已修改 {name} {edits} 次，每年限 {limit} 次。"
        ),
        refusals.LunarCalendarMissing: "{customer} 的 {name} 为农历日期，而本店未配置农历。",
        requests.SendMessage: _message,
        requests.ShipGift: _gift,
        requests.RemindEmployee: _reminder,
        refusals.CustomerUnknown: "本店不认识客户 {customer}。",
        refusals.AlreadyMember: "{customer} 自 {since} 起已是会员。",
        refusals.AlreadyFriends: "{relation} 自 {since} 起已是好友。",
        refusals.OrderAlreadyRecorded: (
            "订单 {order} 此前已记录为 {recorded}，现报为 {told}；不同之处：{differs}。"
        ),
        refusals.OrderOfAnother: "订单 {order} 不是 {customer} 的订单。",
        refusals.RefundAlreadyRecorded: "订单 {order} 的退款 {refund} 此前已以不同内容记录。",
        refusals.RefundExceedsPaid: (
            "订单 {order} 实付 {paid}，已退 {refunded}：再退 {wanted}超出实付。"
        ),
        refusals.RefundLineUnknown: "订单 {order} 没有明细 {line}。",
        refusals.LineRefundExceedsPaid: "订单 {order} 的明细 {line} 尚余 {left}：不能退 {wanted}。",
        refusals.RelationUnknown: "不存在好友关系 {relation}。",
        refusals.LifecycleUnknown: "不存在生命周期 {lifecycle}；现有：{known}。",
        refusals.StageUnknown: "生命周期 {lifecycle} 中不存在阶段 {stage}；现有阶段：{known}。",
        refusals.StageMoveNotAllowed: (
            "生命周期 {lifecycle} 的阶段 {stage} 不能手动进入 {to}；可进入：{allowed}。"
        ),
        refusals.CampaignUnknown: "不存在活动 {campaign}。",
        refusals.CampaignNotRunning: _not_running,
        refusals.CampaignIsPaused: "活动 {campaign} 自 {since} 起暂停。",
        refusals.CampaignAlreadyPaused: "活动 {campaign} 自 {since} 起已经暂停。",
        refusals.CampaignNotPaused: "活动 {campaign} 并未暂停。",
        refusals.CampaignExhausted: (
            "活动 {campaign} 已用预算 {used}，总预算 {budget}：不足以再支出 {wanted}。"
        ),
        refusals.CouponLimitReached: (
            "活动 {campaign} 的券 {coupon} 已发放 {had} 张，每人限 {limit} 张。"
        ),
        refusals.CouponUnknown: "不存在券 {coupon}。",
        refusals.CouponAlreadyIssued: ("券 {coupon} 此前已按另一请求发放；不同之处：{differs}。"),
        refusals.CouponOfAnother: "券 {coupon} 属于其他客户。",
        refusals.CouponAlreadyRedeemed: "券 {coupon} 已于 {at} 用于订单 {order}。",
        refusals.CouponHasExpired: "券 {coupon} 已于 {at} 过期。",
        refusals.CouponBelowThreshold: "券 {coupon} 需订单满 {needs}；本单为 {has}。",
        **CONDITIONS,
        **ASSORTMENT,
        **PRICING,
        **VOICE,
        **SURVEYS,
    },
)
