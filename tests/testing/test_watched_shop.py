"""The watched shop: whatever is not as its witness has it is named by the law that is broken."""

import pytest
from attrs import evolve

from privlib.commands import CouponIssue, Order, Refund
from privlib.errors import LawBrokenError
from privlib.program.loading import default_program
from privlib.testing.watched_shop import WatchedShop
from privlib.values.money import Money, yuan

PROGRAM = default_program()


def a_shop(*commands):
    shop = WatchedShop(PROGRAM)
    for command in commands:
        shop.tell(command)
    return shop


FIRST = Order(id="A-1", customer="wei", paid=yuan(5_000))
SECOND = Order(id="A-2", customer="wei", paid=yuan(1))


def test_an_account_that_comes_to_another_spend_is_m4():
    shop = a_shop(FIRST)
    shop.witness.account("wei").spent += 1
    with pytest.raises(LawBrokenError, match=r"^M4 does not hold: wei is at "):
        shop.tell(SECOND)


@pytest.mark.parametrize(("paid", "fen"), [("5000", 1), ("4999.99", -1)])
def test_a_tier_that_is_not_that_of_the_spend_is_t2(paid, fen):
    shop = a_shop(evolve(FIRST, paid=yuan(paid)))
    shop.check()
    silver, *others = PROGRAM.ladder.tiers
    moved = evolve(silver, threshold=silver.threshold + Money(fen))
    ladder = evolve(PROGRAM.ladder, tiers=[moved, *others])
    shop.witness.program = evolve(shop.program, ladder=ladder)
    with pytest.raises(LawBrokenError, match=r"^T2 does not hold: wei stands in "):
        shop.check()


def test_a_gift_that_is_marked_against_the_rule_is_t6():
    shop = a_shop(FIRST, Refund(id="R-1", order="A-1", customer="wei"))
    shop.check()
    ladder = evolve(PROGRAM.ladder, gift_after_refund="keep")
    shop.witness.program = evolve(shop.program, ladder=ladder)
    with pytest.raises(LawBrokenError, match=r"^T6 does not hold: silver-pack of wei is returna"):
        shop.check()


def test_a_decision_under_another_program_is_t7():
    shop = a_shop()
    shop.witness.program = evolve(shop.program, campaigns=())
    with pytest.raises(LawBrokenError, match=r"^T7 does not hold: order:A-1:paid names "):
        shop.tell(FIRST)


def test_a_broken_shop_is_closed_without_another_word():
    shop = a_shop(FIRST)
    shop.witness.account("wei").spent += 1
    with pytest.raises(LawBrokenError):
        shop.check()
    shop.close()


def test_what_is_asked_for_and_never_sent_is_lost():
    shop = a_shop(FIRST)
    (gift,) = [key for key in shop.witness.requests if "/gift/" in key]
    shop.storage._outbox.pop(gift)
    with pytest.raises(LawBrokenError, match=r"^outbox does not hold: .* was never sent"):
        shop.close()


def test_a_gift_granted_a_second_time_is_t4():
    shop = a_shop()
    shop.witness.gifts.add(("wei", "silver-pack"))
    with pytest.raises(LawBrokenError, match=r"^T4 does not hold: wei is granted silver-pack"):
        shop.tell(FIRST)


def test_a_request_that_is_asked_for_twice_is_d1():
    shop = a_shop(FIRST)
    asked = dict(shop.witness.requests)
    other = a_shop()
    other.witness.requests.update(asked)
    with pytest.raises(LawBrokenError, match="is asked for a second time"):
        other.tell(FIRST)


def test_a_budget_that_is_overdrawn_is_k3():
    shop = a_shop(FIRST)
    shop.tell(CouponIssue(key="k", customer="wei", campaign="newcomers", coupon="20 off 100"))
    shop.witness.bounds["campaign:newcomers:budget"] = 1_999
    with pytest.raises(LawBrokenError, match=r"^K3 does not hold: 2000 is taken of "):
        shop.check()
