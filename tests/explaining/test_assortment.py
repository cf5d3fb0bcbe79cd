"""What is not sold, as a shopkeeper reads it."""

import pytest
from tests.explaining.assortment import EARLY, ELSEWHERE

from privlib.explaining import explain
from privlib.refusals import MembersOnly, NotSoldHere


@pytest.mark.parametrize(
    ("refusal", "english", "mandarin"),
    [
        (
            ELSEWHERE,
            "cup is sold only over mini program, WeCom; this basket is bought over shop on tmall.",
            "cup 仅在渠道 mini program、WeCom 销售；本单来自渠道 shop、平台 tmall。",
        ),
        (
            NotSoldHere(sku="cup", platforms=["tmall"]),
            "cup is sold only on tmall; this basket is bought in a place that is not told.",
            "cup 仅在平台 tmall 销售；本单未注明来源。",
        ),
        (
            EARLY,
            "new tea is sold only to members of tier gold; from 2026-06-01 on to everybody.",
            "new tea 仅限等级 gold 的会员购买；2026-06-01 起对所有人开放。",
        ),
        (
            MembersOnly(sku="new tea", tiers=["gold"], plans=["annual"]),
            "new tea is sold only to members of tier gold who are also holders of the plan annual.",
            "new tea 仅限等级 gold 的会员且为付费计划 annual 的会员购买。",
        ),
        (MembersOnly(sku="new tea"), "new tea is sold only to members.", "new tea 仅限会员购买。"),
    ],
)
def test_what_is_not_sold_says_where_or_to_whom_it_is(refusal, english, mandarin):
    assert explain(refusal) == english
    assert explain(refusal, locale="zh-CN") == mandarin
