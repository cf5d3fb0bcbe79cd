"""S19, relation care (客情).

Birthdays and other important days: on the day, some days around it or in its month; once a year
whatever edits are made; from a minimum tenure on; by the lunar calendar too. (Preferences, who was
last contacted when, caps per customer over all carriers and quiet hours are not there yet.)
"""

import io

import pendulum
import pytest
from attrs import evolve

from privlib import (
    AroundTheDay,
    ConsoleChannel,
    DayRule,
    Gift,
    ImportantDayTold,
    InMemory,
    LunarCalendarMissingError,
    Masked,
    MemberImport,
    NewFriend,
    PrivateDomain,
    SecretMissingError,
    WholeMonth,
    YearlyDay,
    default_program,
    yuan,
)
from privlib.adapters.lunar import BoraxCalendar
from privlib.events import DayCelebrated, DayReminderRaised, ImportantDayLearned
from privlib.refusals import (
    CustomerUnknown,
    DayAlreadyKnown,
    DayEditsUsedUp,
    DayToldLater,
    ImportantDayUnknown,
    LunarCalendarMissing,
    RelationUnknown,
)

pytestmark = pytest.mark.system("S19")

SHANGHAI = "Asia/Shanghai"
NOON = pendulum.datetime(2026, 6, 1, 12, tz=SHANGHAI)
WEI = "console:mei:wei"
SECRET = b"sixteen bytes or more of our own"
GREETED = DayRule(
    name="birthday",
    text="Happy birthday, {name}! Your {shop}",
    gift=Gift(id="cake", value=yuan(60), items=["cake"]),
)
JUNE_18 = YearlyDay(month=6, day=18, year=1990)
LUNAR = YearlyDay(month=5, day=5, calendar="lunar")


def opened(*rules, zone=SHANGHAI, lunar=None, at=NOON, storage=None):
    """A shop with these rules, in which wei has just added mei, and what its console prints."""
    program = default_program()
    program = evolve(program, shop=evolve(program.shop, zone=zone), important_days=rules)
    program = program if lunar is None else program.with_lunar(lunar)
    console = io.StringIO()
    plugins = [storage or InMemory(), ConsoleChannel(stream=console)]
    domain = PrivateDomain(program, plugins=plugins, secret=SECRET, clock=lambda: at)
    friend = NewFriend(
        customer="wei", employee="mei", carrier="console", added_at=at, name=Masked("Li Wei")
    )
    domain.accept_friend(friend)
    domain.deliver(at=at)
    console.truncate(0)
    console.seek(0)
    return domain, console


def told(day, *, at=NOON, name="birthday", relation=WEI, customer="wei"):
    return ImportantDayTold(customer=customer, name=name, day=day, told_at=at, relation=relation)


def tell(domain, day, *, at=NOON, **others):
    return domain.tell_important_day(told(day, at=at, **others), at=at)


def on(year, month, day, hour=9, minute=0, *, zone=SHANGHAI):
    return pendulum.datetime(year, month, day, hour, minute, tz=zone)


def celebrated(domain, *, at):
    """Of which years days are celebrated by now, and when each was due."""
    return [
        (event.year, decision.fires[0].due)
        for decision in domain.run_due(at=at)
        for event in decision.events
        if isinstance(event, DayCelebrated)
    ]


def test_on_the_day_at_nine_he_is_greeted_and_gets_his_gift():
    domain, console = opened(GREETED)
    tell(domain, JUNE_18)
    domain.run_due(at=on(2026, 6, 18, 8, 59))
    domain.deliver(at=on(2026, 6, 18, 8, 59))
    assert "birthday" not in console.getvalue()
    assert celebrated(domain, at=on(2026, 6, 18)) == [(2026, on(2026, 6, 18))]
    domain.deliver(at=on(2026, 6, 18))
    until = "by 2026-06-19 00:00 at the latest"
    assert console.getvalue().splitlines()[-2:] == [
        f'Send wei on console in the name of mei, {until}: "Happy birthday, Li Wei! Your the shop"',
        "Send wei the gift cake, worth 60 yuan: cake.",
    ]


def test_it_comes_again_every_year_and_once_only():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18)
    years = [celebrated(domain, at=on(year, 12, 31)) for year in (2026, 2026, 2027, 2028)]
    assert years == [
        [(2026, on(2026, 6, 18))],
        [],
        [(2027, on(2027, 6, 18))],
        [(2028, on(2028, 6, 18))],
    ]


def test_what_is_seen_late_is_celebrated_and_the_greeting_alone_is_too_late():
    domain, console = opened(GREETED)
    tell(domain, JUNE_18)
    late = on(2026, 6, 25)
    assert celebrated(domain, at=late) == [(2026, on(2026, 6, 18))]
    domain.deliver(at=late)
    assert "Happy birthday" not in console.getvalue()
    assert "the gift cake" in console.getvalue()


@pytest.mark.parametrize(
    ("window", "opens"),
    [
        (AroundTheDay(days_before=3, days_after=3), on(2026, 6, 15)),
        (WholeMonth(), on(2026, 6, 1, 12)),  # it is June already
    ],
)
def test_a_window_opens_before_the_day(window, opens):
    domain, _ = opened(evolve(GREETED, window=window))
    tell(domain, JUNE_18)
    assert celebrated(domain, at=on(2026, 12, 31)) == [(2026, opens)]


def test_the_month_of_the_next_year_opens_on_its_first():
    domain, _ = opened(evolve(GREETED, window=WholeMonth()))
    tell(domain, YearlyDay(month=5, day=18))
    assert celebrated(domain, at=on(2027, 12, 31)) == [(2027, on(2027, 5, 1))]


def test_who_tells_it_after_the_day_while_the_window_is_open_gets_it_now():
    domain, _ = opened(evolve(GREETED, window=WholeMonth()))
    at = on(2026, 6, 20, 15)
    tell(domain, JUNE_18, at=at)
    assert celebrated(domain, at=at) == [(2026, at)]


def test_at_night_now_is_the_next_time_of_day():
    domain, _ = opened(evolve(GREETED, window=WholeMonth()))
    at = on(2026, 6, 20, 2)
    tell(domain, JUNE_18, at=at)
    assert celebrated(domain, at=at) == []
    assert celebrated(domain, at=on(2026, 6, 20)) == [(2026, on(2026, 6, 20))]


def test_who_tells_it_when_the_window_is_over_waits_for_the_next_year():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18, at=on(2026, 6, 19, 0))
    assert celebrated(domain, at=on(2027, 12, 31)) == [(2027, on(2027, 6, 18))]


def test_an_edit_after_it_was_celebrated_moves_only_the_next_years():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18)
    assert celebrated(domain, at=on(2026, 6, 18)) == [(2026, on(2026, 6, 18))]
    tell(domain, YearlyDay(month=11, day=11), at=on(2026, 7, 1))
    assert celebrated(domain, at=on(2027, 12, 31)) == [(2027, on(2027, 11, 11))]


def test_an_edit_before_it_moves_this_years():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18)
    tell(domain, YearlyDay(month=11, day=11), at=on(2026, 6, 2))
    assert celebrated(domain, at=on(2026, 12, 31)) == [(2026, on(2026, 11, 11))]


def test_he_may_change_it_once_a_calendar_year_and_the_first_telling_is_no_change():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18)
    assert tell(domain, YearlyDay(month=6, day=19), at=on(2026, 6, 2)).refusals == ()
    again = tell(domain, YearlyDay(month=6, day=20), at=on(2026, 12, 31, 23, 59))
    assert again.refusals == (
        DayEditsUsedUp(customer="wei", name="birthday", year=2026, edits=1, limit=1),
    )
    assert tell(domain, YearlyDay(month=6, day=20), at=on(2027, 1, 1, 0)).refusals == ()


def test_as_many_changes_as_the_program_says():
    for limit, allowed in ((0, 0), (2, 2), (None, 5)):
        domain, _ = opened(evolve(GREETED, edits_per_year=limit))
        tell(domain, JUNE_18)
        changes = [
            tell(domain, YearlyDay(month=7, day=day), at=NOON.add(days=day)) for day in range(1, 6)
        ]
        assert [not each.refusals for each in changes] == [number < allowed for number in range(5)]


def test_the_same_day_told_anew_is_no_change():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18)
    same = tell(domain, JUNE_18, at=on(2026, 6, 2))
    assert same.refusals == (DayAlreadyKnown(customer="wei", name="birthday", since=NOON),)
    moved = tell(domain, JUNE_18, at=on(2026, 6, 3), relation=None)
    assert (moved.refusals, moved.events[0].edits) == ((), 0)
    assert tell(domain, JUNE_18.without_year, at=on(2026, 6, 4)).events[0].edits == 1


def test_what_was_told_earlier_does_not_replace_what_was_told_later():
    domain, _ = opened(GREETED)
    tell(domain, JUNE_18, at=on(2026, 6, 2))
    late = domain.tell_important_day(told(YearlyDay(month=7, day=1), at=NOON), at=on(2026, 6, 3))
    assert late.refusals == (DayToldLater(customer="wei", name="birthday", told_at=on(2026, 6, 2)),)


def test_days_taken_over_from_elsewhere_bring_nothing_for_the_years_before():
    domain, _ = opened(GREETED)
    told_long_ago = told(YearlyDay(month=5, day=1), at=on(2019, 1, 1))
    domain.tell_important_day(told_long_ago)
    assert celebrated(domain, at=on(2026, 12, 31)) == []
    assert celebrated(domain, at=on(2027, 12, 31)) == [(2027, on(2027, 5, 1))]


@pytest.mark.parametrize(("days", "years"), [(17, [2026, 2027]), (18, [2027])])
def test_who_has_not_been_known_long_enough_gets_nothing_that_year(days, years):
    """From 1 June until 18 June there are 17 days."""
    domain, _ = opened(evolve(GREETED, min_tenure_days=days))
    tell(domain, JUNE_18)
    assert [year for year, _ in celebrated(domain, at=on(2027, 12, 31))] == years


def test_for_members_only_counts_from_when_they_joined():
    domain, _ = opened(evolve(GREETED, members_only=True, min_tenure_days=365))
    tell(domain, JUNE_18)
    assert celebrated(domain, at=on(2026, 12, 31)) == []
    joined = on(2026, 6, 18, 23)
    domain.import_member(MemberImport(customer="wei", joined_at=joined, spent=yuan(0)))
    assert celebrated(domain, at=on(2027, 12, 31)) == [(2027, on(2027, 6, 18))]


@pytest.mark.parametrize(("leap_day", "day"), [("feb_28", (2, 28)), ("mar_1", (3, 1))])
def test_the_29th_of_february_has_a_declared_day_in_other_years(leap_day, day):
    domain, _ = opened(evolve(GREETED, leap_day=leap_day))
    tell(domain, YearlyDay(month=2, day=29, year=2000))
    assert celebrated(domain, at=on(2028, 12, 31)) == [
        (2027, on(2027, *day)),
        (2028, on(2028, 2, 29)),
    ]


def test_a_time_of_day_that_summer_time_skips_is_the_moment_after_the_gap():
    domain, _ = opened(evolve(GREETED, at="02:30"), zone="America/New_York")
    tell(domain, YearlyDay(month=3, day=14))
    due = on(2027, 3, 14, 3, zone="America/New_York")
    assert celebrated(domain, at=due.subtract(seconds=1)) == []
    assert celebrated(domain, at=due) == [(2027, due)]


def test_a_lunar_day_falls_on_another_date_each_year():
    domain, _ = opened(GREETED, lunar=BoraxCalendar())
    tell(domain, LUNAR)
    assert celebrated(domain, at=on(2028, 12, 31)) == [
        (2026, on(2026, 6, 19)),
        (2027, on(2027, 6, 9)),
        (2028, on(2028, 5, 28)),
    ]


def test_the_month_of_a_lunar_day_is_the_lunar_one():
    domain, _ = opened(evolve(GREETED, window=WholeMonth()), lunar=BoraxCalendar())
    tell(domain, LUNAR)
    assert celebrated(domain, at=on(2026, 12, 31)) == [(2026, on(2026, 6, 15))]


def test_from_the_moon_to_the_sun_and_back_it_is_not_celebrated_twice_in_a_calendar_year():
    domain, _ = opened(evolve(GREETED, edits_per_year=None), lunar=BoraxCalendar())
    tell(domain, YearlyDay(month=12, day=20, calendar="lunar"))  # of 2026: 27 January 2027
    assert celebrated(domain, at=on(2027, 2, 1)) == [(2026, on(2027, 1, 27))]
    tell(domain, YearlyDay(month=3, day=3), at=on(2027, 2, 2))
    assert celebrated(domain, at=on(2028, 12, 31)) == [(2028, on(2028, 3, 3))]


def test_a_shop_without_a_lunar_calendar_takes_no_lunar_day():
    domain, _ = opened(GREETED)
    assert tell(domain, LUNAR).refusals == (LunarCalendarMissing(customer="wei", name="birthday"),)


def test_a_shop_that_lost_its_calendar_hears_so_and_loses_no_day():
    storage = InMemory()
    domain, _ = opened(GREETED, lunar=BoraxCalendar(), storage=storage)
    tell(domain, LUNAR)
    without, _ = opened(GREETED, storage=storage)
    with pytest.raises(LunarCalendarMissingError, match=r"Program\.with_lunar"):
        without.run_due(at=on(2026, 6, 19))
    assert celebrated(domain, at=on(2026, 6, 19)) == [(2026, on(2026, 6, 19))]


def test_all_that_speaks_against_a_day_is_told():
    domain, _ = opened(GREETED)
    assert tell(domain, JUNE_18, name="wedding").refusals == (
        ImportantDayUnknown(name="wedding", known=["birthday"]),
    )
    nobody = tell(domain, LUNAR, customer="nobody", relation=WEI)
    assert nobody.refusals == (
        CustomerUnknown(customer="nobody"),
        RelationUnknown(relation=WEI),
        LunarCalendarMissing(customer="nobody", name="birthday"),
    )


def test_the_employee_is_reminded_some_days_before():
    domain, console = opened(DayRule(name="birthday", remind_days_ahead=3))
    tell(domain, JUNE_18)
    reminded = [
        event
        for decision in domain.run_due(at=on(2026, 6, 15))
        for event in decision.events
        if isinstance(event, DayReminderRaised)
    ]
    assert [(event.employee, event.year) for event in reminded] == [("mei", 2026)]
    domain.deliver(at=on(2026, 6, 15))
    lines = console.getvalue().splitlines()
    assert "Remind mei of birthday of wei: it is in 3 days." in lines
    domain.run_due(at=on(2027, 6, 14))
    domain.run_due(at=on(2027, 6, 17))
    domain.deliver(at=on(2027, 6, 17))
    assert console.getvalue().splitlines()[-1] == "Remind mei of birthday of wei: it is tomorrow."


def test_nobody_is_reminded_of_a_day_that_is_over():
    domain, console = opened(DayRule(name="birthday", window=WholeMonth(), remind_days_ahead=3))
    tell(domain, YearlyDay(month=5, day=30), at=on(2026, 5, 31))
    domain.run_due(at=on(2026, 12, 31))
    domain.deliver(at=on(2026, 12, 31))
    assert "birthday" not in console.getvalue()
    domain.run_due(at=on(2027, 5, 27))
    domain.deliver(at=on(2027, 5, 27))
    assert "it is in 3 days" in console.getvalue()


def test_without_a_relation_the_gift_comes_without_a_greeting():
    domain, console = opened(evolve(GREETED, remind_days_ahead=3))
    decision = tell(domain, JUNE_18, relation=None)
    assert len(decision.timers) == 1
    domain.run_due(at=on(2026, 6, 18))
    domain.deliver(at=on(2026, 6, 18))
    assert "the gift cake" in console.getvalue()
    assert "birthday" not in console.getvalue()


def test_days_of_several_names_are_celebrated_side_by_side():
    domain, _ = opened(GREETED, DayRule(name="wedding", text="Cheers!"))
    tell(domain, JUNE_18)
    decision = tell(domain, JUNE_18, name="wedding")
    assert [day.name for day in decision.after.daybook("wei").days] == ["birthday", "wedding"]
    names = [
        event.name
        for each in domain.run_due(at=on(2026, 6, 18))
        for event in each.events
        if isinstance(event, DayCelebrated)
    ]
    assert sorted(names) == ["birthday", "wedding"]


def test_a_day_that_is_celebrated_no_more_is_not_waited_for_again():
    storage = InMemory()
    domain, _ = opened(GREETED, storage=storage)
    tell(domain, JUNE_18)
    without, _ = opened(storage=storage)
    assert celebrated(without, at=on(2026, 12, 31)) == []
    assert storage.due(on(2099, 1, 1)) == ()


def test_the_day_lies_in_the_erasable_table_and_nowhere_else_with_its_year():
    domain, _ = opened(GREETED)
    decision = tell(domain, JUNE_18)
    [learned] = decision.events
    assert isinstance(learned, ImportantDayLearned)
    assert domain.storage.personal([learned.day])[learned.day].reveal() == (
        '{"calendar":"solar","day":18,"leap_month":false,"month":6,"year":1990}'
    )
    assert "1990" not in repr(decision)
    assert domain.storage.erase_personal("wei") == 2  # his name, too
    assert domain.storage.personal([learned.day]) == {}


def test_a_day_needs_a_program_with_a_secret():
    program = evolve(default_program(), important_days=[GREETED])
    with pytest.raises(SecretMissingError, match="a day is personal"):
        PrivateDomain(program).tell_important_day(told(JUNE_18))


def test_the_same_telling_twice_changes_nothing():
    domain, _ = opened(GREETED)
    first = tell(domain, JUNE_18)
    again = tell(domain, JUNE_18)
    assert again.replayed
    assert (again.events, again.timers) == (first.events, first.timers)
