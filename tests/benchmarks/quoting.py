"""Quoting: a member's price, promotions and the best of his coupons, beside plain integers."""

from tests.benchmarks.comparing import calling, compared
from tests.benchmarks.priced.member import member_work
from tests.benchmarks.priced.ours import MemberFloor, member_product as library
from tests.benchmarks.targets import at_most

MEMBER = at_most("R6", "member, 100, 8 coupons", gate=8, goal=4, unit="x floor")


def rows(effort, *, product=library):
    """A basket of 20 lines, of which every reason is read."""
    work = member_work()
    ours, floor = product(work), MemberFloor(work)
    total, least = (side.plain(side.explained())[0] for side in (ours, floor))
    if total != least:
        raise AssertionError(f"the quote asks {total} fen, the floor {least}")
    yield compared(MEMBER, effort, ours=calling(ours.explained), other=calling(floor.explained))
