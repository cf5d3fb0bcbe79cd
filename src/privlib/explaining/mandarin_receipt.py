"""The words of a receipt in simplified Chinese."""

from __future__ import annotations

from typing import Final

from privlib.explaining.receipt_words import ReceiptWords
from privlib.quotes import PaymentKind

__all__ = ["RECEIPT"]

RECEIPT: Final = ReceiptWords(
    head="报价 {at}，金额单位：{unit}",
    yuan="元",
    colon="：",
    line="{sku} × {quantity}",
    line_named="{sku}（{id}）× {quantity}",
    shipping="运费：{method}",
    adjustment="{source}，按 {base} 计",
    replaced="未采用：{prices}",
    to_pay="应付",
    pieces="其中 {pieces} 件，享 {sources}",
    pieces_plain="其中 {pieces} 件",
    total="原价合计",
    taken_off="优惠合计",
    payable="应付",
    paid_by={
        PaymentKind.POINTS: "{points} 积分抵扣",
        PaymentKind.WALLET: "储值支付",
        PaymentKind.GIFT_CARD: "礼品卡 {source} 支付",
    },
    due="还需支付",
    applied="已享优惠",
    of_promotion="{source}（{promotion}）",
    with_code="，优惠码 {code}",
    times="，{times} 次",
    cut="另有 {cut}无处可减",
    gifts="赠品",
    gift="{sku} × {pieces}，来自 {promotion}",
    instead_of="，代替 {sku}",
    next_coupons="下单返券",
    next_coupon="活动 {campaign} 的券 {coupon}，来自 {promotion}",
    points="本单积分 {times} 倍。",
    against="与公域平台比较",
    any_platform="各平台",
    saved="在此购买可省 {amount}",
    lost="在此购买多付 {amount}",
    same="价格相同",
    dearer="；此处更贵：{skus}",
    unknown="；公域价未知，未计入：{lines}",
    not_sold="不可购买",
    left_out="未享优惠",
    runner_up="次优组合：{sources}",
    nothing_else="无优惠",
    proven="没有更优惠的组合。",
    not_proven="未经证明：搜索提前结束，未能试遍所有组合。",
)
