"""The catalogue in simplified Chinese, on what speaks against promotions, codes and coupons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib import refusals
from privlib.explaining.wording import Sentence, decimal
from privlib.quotes import Hint
from privlib.refusals import Exclusion

__all__ = ["PRICING"]

_ON: Final = {"remaining": "", "list": "（按原价计）", "member": "（按会员价计）"}
_EXCLUDED: Final[Mapping[Exclusion, str]] = {
    Exclusion.ALONE: "不能与 {by} 同享，其中有一项须单独使用。",
    Exclusion.GROUP: "同组 {group} 名额已由 {by} 占用。",
    Exclusion.NEVER_WITH: "与 {by} 互斥。",
    Exclusion.AT_MOST: "可叠加的优惠已满：{by}。",
}


def _amount_not_reached(refusal: refusals.AmountNotReached) -> str:
    on = _ON.get(refusal.base, "（按 {base} 计）")
    return f"{{promotion}}：还差 {{missing}}，满 {{needs}}可用，现为 {{has}}{on}。"


def _beaten(refusal: refusals.Beaten) -> str:
    if refusal.amount.minor < 0:
        told = "{by} 对本店更有利；改用此项，应付变动 {amount}。"
    elif refusal.amount.minor == 0:
        told = "并不比 {by} 更优惠。" if refusal.by else "用后并不更优惠。"
    else:
        beaten = "不及 {by}，" if refusal.by else ""
        told = f"{beaten}改用此项将多付 {{amount}}。"
    return f"{{promotion}}：{told}"


def _excluded(refusal: refusals.Excluded) -> str:
    return f"{{promotion}}：{_EXCLUDED[refusal.rule]}"


def _partner_missing(refusal: refusals.PartnerMissing) -> str:
    one = "" if len(refusal.partners) == 1 else "其一"
    return f"{{promotion}}：须与 {{partners}} {one}同享，而本单未享。"


def _not_running(refusal: refusals.PromotionNotRunning) -> str:
    match refusal.starts, refusal.ends:
        case None, None:
            when = ""
        case None, _:
            when = "：活动时间至 {ends} 止"
        case _, None:
            when = "：活动时间为 {starts} 起"
        case _:
            when = "：活动时间为 {starts} 至 {ends}"
    return f"{{promotion}}：不在活动期内{when}。"


def _uses_spent(refusal: refusals.UsesSpent) -> str:
    whose = "该客户" if refusal.by_customer else ""
    return f"{{promotion}}：{whose}已使用 {{used}} 次，限 {{limit}} 次。"


def _hint(hint: Hint) -> str:
    named = "{promotion}" if hint.coupon is None else "{coupon}（{promotion}）"
    of = "" if hint.goods.is_all else "（{goods}）"
    bought = " {more}" if hint.pieces is None else " {pieces} 件"
    cost = "" if hint.pieces is None else "，计 {more}"
    return f"{named}：再买{bought}{of}{cost}，{_brought(hint)}，届时应付 {{payable}}。"


def _brought(hint: Hint) -> str:
    if hint.gift is not None:
        return "即赠 {gift.sku} × {gift.pieces}"
    if hint.next_coupon is not None:
        return "即返活动 {next_coupon.campaign} 的券 {next_coupon.coupon}"
    if hint.points_times is not None:
        return f"本单积分 {decimal(hint.points_times)} 倍"
    now = "" if hint.takes_off_now is None else "（现减 {takes_off_now}）"
    return f"即减 {{takes_off}}{now}"


PRICING: Final[Mapping[type, Sentence]] = {
    Hint: _hint,
    refusals.AmountNotReached: _amount_not_reached,
    refusals.PiecesNotReached: "{promotion}：还差 {missing} 件，满 {needs} 件可用，现为 {has} 件。",
    refusals.ProductsNotReached: (
        "{promotion}：还差 {missing} 种商品，满 {needs} 种可用，现为 {has} 种。"
    ),
    refusals.TooFewForSet: "{promotion}：再加 {missing} 件可成一组，需 {needs} 件，现为 {has} 件。",
    refusals.NothingToTouch: "{promotion}：购物车中没有适用的商品。",
    refusals.NothingLeft: "{promotion}：已无可减金额。",
    refusals.Beaten: _beaten,
    refusals.Excluded: _excluded,
    refusals.PartnerMissing: _partner_missing,
    refusals.PromotionNotRunning: _not_running,
    refusals.UsesSpent: _uses_spent,
    refusals.BudgetTooSmall: ("{promotion}：预算 {budget}，已用 {spent}，剩余 {left}不足以抵扣。"),
    refusals.WaitsForCode: "{promotion}：需输入优惠码。",
    refusals.WaitsForCoupon: "{promotion}：需持有优惠券。",
    refusals.WaitsForCustomer: "{promotion}：每位顾客有次数限制，需先知道是谁购买。",
    refusals.CodeUnknown: "{code}：没有活动使用此优惠码。",
    refusals.CouponOfNoPromotion: "{coupon}：没有名为 {promotion} 的活动。",
    refusals.CouponNotYetGood: "{coupon}：{at} 起可用。",
    refusals.CouponRanOut: "{coupon}：已于 {at} 过期。",
    refusals.GiftInBasket: "{promotion}：赠品 {sku} × {gives} 已在购物车中。",
    refusals.GiftOutOfStock: "{promotion}：赠品缺货：{skus}。",
    refusals.SearchCutShort: "{promotion}：搜索提前结束，未能与其他优惠逐一比较。",
}
