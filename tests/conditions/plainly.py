"""What a condition means, written down plainly: neither compiled nor explained."""

from privlib.conditions import WEEKDAYS, All, Always, AnyOf, Compared, EarlyAccess, Measured, Not


def plainly(condition, facts):  # noqa: C901, PLR0911 - one case for each
    match condition:
        case Always():
            return True
        case Not(condition=inner):
            return not plainly(inner, facts)
        case All(conditions=several):
            return all(plainly(each, facts) for each in several)
        case AnyOf(conditions=several):
            return any(plainly(each, facts) for each in several)
        case EarlyAccess(opens=opens, early=early, early_opens=early_opens):
            if facts.date >= opens:
                return True
            return plainly(early, facts) and (early_opens is None or early_opens <= facts.date)
        case Measured(measure="amount"):
            return so(condition, facts.amount(condition.of, condition.base), lambda it: it.minor)
        case Measured(measure=measure):
            return so(condition, getattr(facts, measure)(condition.of))
        case Compared(field="nth_order"):
            return so(condition, facts.orders + 1)
        case Compared(field="time_of_day"):
            return so(condition, facts.time_of_day, minutes)
        case Compared(field="weekday"):
            return so(condition, facts.weekday, WEEKDAYS.index)
        case Compared(field=field):
            return so(condition, getattr(facts, field))


def minutes(clock):
    hours, past = clock.split(":")
    return int(hours) * 60 + int(past)


def so(leaf, has, read=lambda it: it):  # noqa: C901, PLR0911, PLR0912 - one line for each
    needs = [read(each) for each in leaf.value] if isinstance(leaf.value, tuple) else None
    need = read(leaf.value) if needs is None else None
    known = has is not None
    match leaf.comparison:
        case "known":
            return known
        case "unknown":
            return not known
        case "equal":
            return known and has == need
        case "not_equal":
            return not known or has != need
        case "one_of":
            return known and any(has == each for each in needs)
        case "none_of":
            return not known or all(has != each for each in needs)
        case "at_least":
            return known and not has < need
        case "more_than":
            return known and need < has
        case "at_most":
            return known and not need < has
        case "less_than":
            return known and has < need
        case "between":
            return known and inside(has, *needs)
        case "outside":
            return known and not inside(has, *needs)
        case "contains_any":
            return known and any(each in has for each in needs)
        case "contains_none":
            return not known or not any(each in has for each in needs)
        case "contains_all":
            return known and all(each in has for each in needs)
        case "lacks_any":
            return not known or not all(each in has for each in needs)


def inside(has, low, high):
    if low < high:
        return low <= has < high
    return not high <= has < low
