"""Calendar arithmetic: named units as stretches of days, and the nearest such unit to a day.

Every function returns new dates and may raise OverflowError or ValueError outside the years 1 to 9999.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.dates.span import Precision

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, three months long; meteorological and northern, where the wars of the corpus are."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a date is counted from: the publication day, and whether the text looks ahead from it."""

    today: date
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days lo..hi, both included. `day` is set where one of them is better than the last."""

    lo: date
    hi: date
    precision: Precision
    day: date | None = None
    unit: str = "day"


def days(first: date, count: int) -> date:
    """The day `count` days after (before, if negative)."""
    return first + timedelta(days=count)


def months(first: date, count: int) -> date:
    """The same day of the month `count` months on, or the month's last day."""
    index = first.year * 12 + first.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def one_day(day: date) -> Stretch:
    return Stretch(day, day, Precision.DAY, day)


def week(day: date) -> Stretch:
    """Monday to Sunday around the day."""
    monday = days(day, -day.weekday())
    return Stretch(monday, days(monday, 6), Precision.WEEK, unit="week")


def weekend(day: date) -> Stretch:
    """Saturday and Sunday of the day's week."""
    saturday = days(day, 5 - day.weekday())
    return Stretch(saturday, days(saturday, 1), Precision.RANGE, unit="weekend")


def month(year: int, number: int) -> Stretch:
    return Stretch(
        date(year, number, 1), date(year, number, monthrange(year, number)[1]), Precision.MONTH, unit="month"
    )


def year(number: int) -> Stretch:
    return Stretch(date(number, 1, 1), date(number, 12, 31), Precision.YEAR, unit="year")


def season(name: str, number: int) -> Stretch:
    """Winter belongs to the year it begins in."""
    first = date(number, SEASONS[name], 1)
    return Stretch(first, days(months(first, 3), -1), Precision.RANGE, unit="season")


def unit_around(day: date, unit: str) -> Stretch:
    """The day, week, weekend, month or year that holds the day."""
    match unit:
        case "week":
            return week(day)
        case "weekend":
            return weekend(day)
        case "month":
            return month(day.year, day.month)
        case "year":
            return year(day.year)
    return one_day(day)


def move(day: date, number: int, unit: str) -> date:
    """The day `number` units on."""
    match unit:
        case "week":
            return days(day, 7 * number)
        case "month":
            return months(day, number)
        case "year":
            return months(day, 12 * number)
        case "decade":
            return months(day, 120 * number)
    return days(day, number)


def nearest_weekday(number: int, clock: Clock) -> Stretch:
    """The nearest such weekday on or before the clock's day; on or after it where the text looks ahead."""
    if clock.ahead:
        return one_day(days(clock.today, (number - clock.today.weekday()) % 7))
    return one_day(days(clock.today, -((clock.today.weekday() - number) % 7)))


def nearest_day(month_number: int, day_number: int, clock: Clock) -> Stretch:
    """The nearest such day of a month, with the same sides as `nearest_weekday`. 29 February finds a leap year."""
    step = 1 if clock.ahead else -1
    for number in range(clock.today.year, clock.today.year + 9 * step, step):
        if day_number <= monthrange(number, month_number)[1]:
            found = date(number, month_number, day_number)
            if found == clock.today or (found > clock.today) == clock.ahead:
                return one_day(found)
    raise ValueError(f"no day {day_number} in month {month_number}")


def nearest_month(number: int, clock: Clock) -> Stretch:
    """The nearest such month that has begun; the current or a coming one where the text looks ahead."""
    behind = clock.today.month >= number
    offset = (0 if clock.today.month <= number else 1) if clock.ahead else (0 if behind else -1)
    return month(clock.today.year + offset, number)


def nearest_season(name: str, clock: Clock) -> Stretch:
    found = season(name, clock.today.year)
    if clock.ahead:
        return found if found.hi >= clock.today else season(name, clock.today.year + 1)
    return found if found.lo <= clock.today else season(name, clock.today.year - 1)


def portion(stretch: Stretch, part: str) -> Stretch:
    """The early, mid or late part, or the start or end, of a week, month, season or year.

    Months part into 1-10, 11-20 and 21-end, years into four months each; a month's end is its last seven days, a
    year's its December; of a week, early is Monday and Tuesday and late Friday to Sunday.
    """
    lo, hi, length = stretch.lo, stretch.hi, (stretch.hi - stretch.lo).days + 1
    if stretch.unit in ("day", "weekend"):
        return stretch
    if stretch.unit == "week":
        cuts = {"early": (0, 1), "start": (0, 1), "mid": (2, 3), "late": (4, 6), "end": (4, 6)}
    elif stretch.unit == "month":
        cuts = {"early": (0, 9), "start": (0, 6), "mid": (10, 19), "late": (20, length), "end": (length - 7, length)}
    elif stretch.unit == "year":
        return replace(_months_of(lo, part), unit="part")
    else:
        third = length // 3
        cuts = {"early": (0, third - 1), "start": (0, third - 1), "mid": (third, 2 * third - 1)}
        cuts |= {"late": (2 * third, length), "end": (2 * third, length)}
    half = length // 2
    cuts |= {"first half": (0, half - 1), "second half": (half, length), "first week": (0, 6), "second week": (7, 13)}
    cuts |= {"last week": (length - 7, length), "first days": (0, 4), "last days": (length - 5, length)}
    first, last = cuts[part]
    if first >= length:
        return stretch
    narrowed = replace(stretch, lo=days(lo, max(0, first)), hi=min(hi, days(lo, last)), day=None, unit="part")
    return replace(narrowed, precision=Precision.RANGE)


def _months_of(first: date, part: str) -> Stretch:
    """The named part of the year that begins on `first`."""
    begin, end = _YEAR_PARTS[part]
    lo, hi = months(first, begin - 1), days(months(first, end - 1), 30)
    return Stretch(lo, min(hi, month(first.year, end).hi), Precision.RANGE)


_YEAR_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "start": (1, 1),
    "end": (12, 12),
    "first half": (1, 6),
    "second half": (7, 12),
    "first week": (1, 1),
    "second week": (1, 1),
    "last week": (12, 12),
    "first days": (1, 1),
    "last days": (12, 12),
}
