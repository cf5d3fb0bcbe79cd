"""Days that come every year, and what their sentences have to hold."""

import pendulum

from privlib import events, refusals, requests
from privlib.values.personal import PersonalRef

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
HIS = {"customer": "wei", "name": "birthday"}
REMINDER = {"key": "k", "relation": "wecom:mei:wei", "employee": "mei", **HIS}

SAMPLES = [
    (
        events.ImportantDayLearned(
            **HIS,
            day=PersonalRef("day:wei:birthday"),
            mark="m",
            edits=0,
            edited_in=0,
            relation="wecom:mei:wei",
            at=NOON,
        ),
        ["wei", "birthday"],
    ),
    (
        events.DayCelebrated(**HIS, year=2026, fell_in=2026, at=NOON),
        ["wei", "birthday", "2026"],
    ),
    (
        events.DayReminderRaised(
            **HIS, relation="wecom:mei:wei", employee="mei", year=2026, at=NOON
        ),
        ["mei", "wei", "birthday"],
    ),
    (requests.RemindOfDay(**REMINDER, days=3), ["mei", "wei", "birthday", "3"]),
    (requests.RemindOfDay(**REMINDER, days=1), ["mei", "wei", "birthday"]),
    (requests.RemindOfDay(**REMINDER, days=0), ["mei", "wei", "birthday"]),
    (
        refusals.ImportantDayUnknown(name="bithday", known=["birthday", "wedding"]),
        ["bithday", "birthday", "wedding"],
    ),
    (
        refusals.DayAlreadyKnown(**HIS, since=NOON),
        ["wei", "birthday", "2026-06-01 12:00"],
    ),
    (refusals.DayToldLater(**HIS, told_at=NOON), ["wei", "birthday", "2026-06-01 12:00"]),
    (
        refusals.DayEditsUsedUp(**HIS, year=2026, edits=2, limit=1),
        ["wei", "birthday", "2026", "2", "1"],
    ),
    (refusals.LunarCalendarMissing(**HIS), ["wei", "birthday"]),
]
