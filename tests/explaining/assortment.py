"""What is not sold: each once for each shape, and what its sentence has to hold."""

from datetime import date

from privlib.refusals import MembersOnly, NotSoldHere

ELSEWHERE = NotSoldHere(
    sku="cup", channel="shop", platform="tmall", channels=["mini program", "WeCom"]
)
EARLY = MembersOnly(sku="new tea", tiers=["gold"], opens=date(2026, 6, 1))
SAMPLES = [
    (ELSEWHERE, ["cup", "shop", "tmall", "mini program", "WeCom"]),
    (NotSoldHere(sku="cup", channels=["WeCom"], platforms=["tmall"]), ["cup", "WeCom", "tmall"]),
    (EARLY, ["new tea", "gold", "2026-06-01"]),
    (MembersOnly(sku="new tea", tiers=["gold"], plans=["annual"]), ["new tea", "gold", "annual"]),
    (MembersOnly(sku="new tea"), ["new tea"]),
]
