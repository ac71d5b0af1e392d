"""Rules for expressions counted from the publication day, or from another date of the text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date

from geo.dates import counting
from geo.dates.counting import SEASONS, Clock, Stretch, days, move
from geo.dates.mentions import DateRole, Shift
from geo.dates.parts import Page, Part, looks_ahead
from geo.dates.span import Precision
from geo.dates.words import MONTH, MONTHS, NUMBER, TIME_OF_DAY, UNIT, WEEKDAY, S, number_of

Found = re.Match[str]
Reader = Callable[[Page, Found], Part | None]
Rule = tuple[str, str, Reader]
_RECENTLY_DAYS = 14
_RECENT_DAYS = {"day": 7, "hour": 1, "night": 7, "week": 28, "month": 92, "year": 1096, "decade": 7305}
"""How far back "in recent days" and its like reach: what the articles meant, or a little more."""


def part_of(found: Found, count: Callable[[Clock], Stretch], role: DateRole | None = None) -> Part:
    return Part(*found.span(), "unit", count, role=role)


def shifted(found: Found, shift: Shift, end: int | None = None) -> Part:
    return Part(found.start(), end or found.end(), "shift", role=DateRole.ANCHORED, shift=shift)


def about(lo: date, hi: date, day: date | None = None) -> Stretch:
    return Stretch(lo, hi, Precision.RANGE, day)


def unit_of(word: str) -> tuple[str, int]:
    """A unit of `counting.move` and how many of it the word stands for."""
    word = {"hr": "hour"}.get(word, word)
    if word == "fortnight":
        return "week", 2
    return ("day", 1) if word in ("night", "morning", "evening", "afternoon") else (word, 1)


def _near_day(page: Page, found: Found) -> Part | None:
    """Today, yesterday, tomorrow and the night just past."""
    word = found["near"]
    match word:
        case "yesterday":
            return part_of(found, lambda clock: counting.one_day(days(clock.today, -1)))
        case "today" | "tonight":
            return part_of(found, lambda clock: counting.one_day(clock.today))
        case "tomorrow":
            return part_of(found, lambda clock: counting.one_day(days(clock.today, 1)))
    offset = -2 if word.endswith("yesterday") else 2
    return part_of(found, lambda clock: counting.one_day(days(clock.today, offset)))


def _overnight(page: Page, found: Found) -> Part | None:
    return part_of(found, lambda clock: about(days(clock.today, -1), clock.today))


def _named_unit(page: Page, found: Found) -> Part | None:
    """Reads "Last week", "this month", "the past year", "last November", "last summer", "the following day"."""
    said, unit = found["rel"], found["unit"].rstrip(".")
    the = page.low[max(0, found.start() - 4) : found.start()].strip() == "the"
    if said in ("previous", "preceding", "following") or (
        said == "next" and (the or unit == "day") and unit not in MONTHS
    ):
        if unit in MONTHS or unit in SEASONS or said == "next" and looks_ahead(page, *found.span()):
            return None
        name, size = unit_of(unit)
        size *= -1 if said in ("previous", "preceding") else 1
        return shifted(found, Shift(size, "day" if name == "weekend" else name, size, size))
    if (the or said == "past") and said in ("last", "past") and unit in _RECENT_DAYS:
        return part_of(found, lambda clock: about(move(clock.today, -1, unit), clock.today), DateRole.DURING)
    if unit in MONTHS:
        if not page.text[found.start("unit")].isupper() and unit in ("may", "march", "mar", "dec", "jan", "sat"):
            return None
        return Part(*found.span(), "month", lambda clock: _named_month(MONTHS[unit], said, clock))
    if unit in SEASONS:
        return Part(*found.span(), "season", lambda clock: _named_season(unit, said, clock))
    if unit in ("night", "morning", "afternoon", "evening"):
        return part_of(found, lambda clock: _part_of_day(unit, said, clock))
    role = DateRole.DURING if said == "this" else None
    if unit == "weekend" and said == "this":
        return Part(*found.span(), "unit", lambda clock: _calendar_unit(unit, said, clock), turns=True)
    return part_of(found, lambda clock: _calendar_unit(unit, said, clock), role)


def _calendar_unit(unit: str, said: str, clock: Clock) -> Stretch:
    step = {"last": -1, "past": -1, "this": 0}.get(said, 1)
    if unit == "weekend":
        nearest = counting.weekend(clock.today)
        if nearest.lo > clock.today and not clock.ahead:
            nearest = counting.weekend(days(clock.today, -7))
        if said == "last" and clock.today.weekday() < 5:
            return nearest
        return counting.weekend(days(nearest.lo, 7 * step))
    if unit == "day":
        return counting.one_day(days(clock.today, step))
    return counting.unit_around(move(counting.unit_around(clock.today, unit).lo, step, unit), unit)


def _named_month(number: int, said: str, clock: Clock) -> Stretch:
    if said in ("next", "coming"):
        return counting.nearest_month(number, Clock(counting.months(clock.today, 1).replace(day=1), True))
    if said == "this":
        return counting.month(clock.today.year, number)
    return counting.nearest_month(number, Clock(days(clock.today.replace(day=1), -1)))


def _named_season(name: str, said: str, clock: Clock) -> Stretch:
    current = counting.nearest_season(name, clock)
    if said in ("next", "coming"):
        return counting.nearest_season(name, Clock(clock.today, True))
    if said == "this":
        return counting.season(name, clock.today.year)
    return current if current.hi < clock.today else counting.season(name, current.lo.year - 1)


def _part_of_day(unit: str, said: str, clock: Clock) -> Stretch:
    if said == "this":
        return counting.one_day(clock.today)
    if said in ("last", "past"):
        before = days(clock.today, -1)
        return about(before, clock.today, before) if unit == "night" else counting.one_day(before)
    return counting.one_day(days(clock.today, 1))


def _rolling(page: Page, found: Found) -> Part | None:
    """Reads "The past five weeks", "in recent days", "the last 24 hours", "over the next two days"."""
    said, number = found["rel"], found["n"]
    unit, size = unit_of(found["unit"])
    least, likely, most = (size * count for count in number_of(number)) if number else (1, 3, 7)
    if said in ("previous", "preceding"):
        return shifted(found, Shift(-1, unit, -most, -1))
    if said in ("next", "following", "coming"):
        if said == "following" or (said == "next" and not looks_ahead(page, *found.span())):
            return shifted(found, Shift(least, unit, 1, most if number else 4))
        return part_of(found, lambda clock: about(clock.today, back(clock.today, -most, unit)), DateRole.FUTURE)

    def count(clock: Clock) -> Stretch:
        if number is None:
            return about(days(clock.today, -_RECENT_DAYS[unit]), clock.today)
        return about(back(clock.today, likely, unit), clock.today)

    return part_of(found, count, DateRole.DURING)


def back(today: date, number: int, unit: str) -> date:
    """`number` units before; hours are whole days begun."""
    if unit == "hour":
        return days(today, -math.ceil(number / 24))
    return move(today, -number, unit)


def _ago(page: Page, found: Found) -> Part | None:
    """Reads "Two days ago", "three weeks later", "a day before"."""
    unit, size = unit_of(found["unit"])
    plural = page.low[found.end("unit") : found.end("unit") + 1] == "s"
    the = found[0].startswith("the ")
    if not found["n"] and not plural and not the:
        return None
    least, likely, most = (1, 1, 1) if the else number_of(found["n"])
    least, likely, most = least * size, likely * size, most * size
    if found["way"] in ("ago", "back"):
        return part_of(found, lambda clock: _ago_stretch(clock.today, unit, (least, likely, most), bool(found["n"])))
    if found["way"] in ("from now", "from today"):
        return part_of(found, lambda clock: about(clock.today, move(clock.today, most, unit)), DateRole.FUTURE)
    sign = 1 if found["way"] in ("later", "after", "afterwards", "afterward", "following") else -1
    if unit == "hour":
        most = math.ceil(most / 24) if found["n"] and most >= 12 else 0
        least, likely, unit = most, most, "day"
    low, high = sorted((sign * least, sign * most))
    return shifted(found, Shift(sign * likely, unit, low, high))


def _ago_stretch(today: date, unit: str, size: tuple[int, int, int], numbered: bool) -> Stretch:
    least, likely, most = size
    if unit == "hour":
        return about(days(today, -round(likely / 24) if numbered else -1), today)
    day = move(today, -likely, unit)
    if unit == "day":
        return counting.one_day(day) if least == most else about(days(today, -most), days(today, -least), day)
    if unit == "week":
        return Stretch(days(today, -7 * most - 3), days(today, -7 * least + 3), Precision.WEEK, day)
    first, last = move(today, -most, unit), move(today, -least, unit)
    if unit == "decade":
        return about(counting.year(first.year - 2).lo, counting.year(last.year + 2).hi, day)
    lo, hi = counting.unit_around(first, unit), counting.unit_around(last, unit)
    return Stretch(lo.lo, hi.hi, lo.precision if least == most else Precision.RANGE, day)


def _earlier_in(page: Page, found: Found) -> Part | None:
    """Reads "Earlier in the week", "later that day", "the end of the year"."""
    unit, _ = unit_of(found["unit"])
    edge, which = found["edge"].split(" ")[0], found["which"]
    if unit == "day" or which in ("that", "the same"):
        return shifted(found, Shift(0, unit, 0, 0, widen=unit != "day"))
    if edge in ("earlier", "later", "course"):

        def beside(clock: Clock) -> Stretch:
            return earlier(counting.unit_around(clock.today, unit), clock, edge)

        return part_of(found, beside, DateRole.DURING)
    part = {"start": "start", "beginning": "start", "turn": "start", "middle": "mid"}.get(edge, "end")
    offset = {"last": -1, "next": 1}.get(which, 0)

    def count(clock: Clock) -> Stretch:
        first = counting.unit_around(clock.today, unit).lo
        return counting.portion(counting.unit_around(move(first, offset, unit), unit), part)

    return part_of(found, count)


def earlier(stretch: Stretch, clock: Clock, side: str) -> Stretch:
    """The part of a current week, month or year before the publication day ("earlier this month"), or after it."""
    if not stretch.lo <= clock.today <= stretch.hi:
        return stretch
    if side == "later":
        return about(min(days(clock.today, 1), stretch.hi), stretch.hi)
    if side == "course":
        return stretch
    precision = Precision.YEAR if stretch.unit == "year" else Precision.RANGE
    return Stretch(stretch.lo, max(stretch.lo, days(clock.today, -1)), precision)


def _recently(page: Page, found: Found) -> Part | None:
    return part_of(found, lambda clock: about(days(clock.today, -_RECENTLY_DAYS), clock.today), DateRole.DURING)


def _the_weekend(page: Page, found: Found) -> Part | None:
    return part_of(found, lambda clock: _calendar_unit("weekend", "this", clock))


NUM = rf"(?P<n>{NUMBER})(?:{S}or{S}(?:so|more|{NUMBER})|{S}and{S}a{S}half)?"
DATED = rf"(?:{WEEKDAY}|{MONTH}|\d{{1,2}}(?:st|nd|rd|th)?{S}(?:of{S})?{MONTH})"
_CALENDAR = (
    rf"(?:week(?:end)?|month|year|night|day|morning|afternoon|evening|spring|summer|autumn|fall|winter|decade|{MONTH})"
)
NUMBER_LETTERS = "0123456789acdefmnost"
UNIT_LETTERS = "hdnwfmy"
RELATIVE: tuple[Rule, ...] = (
    (
        "dty",
        rf"(?P<near>(?:the{S})?day{S}before{S}yesterday|(?:the{S})?day{S}after{S}tomorrow|yesterday|today|tonight"
        rf"|tomorrow)(?!\w)(?:{S}{TIME_OF_DAY}(?!\w))?",
        _near_day,
    ),
    (
        "odit",
        rf"(?:overnight(?!{S}(?:(?:on|into|from|between|of|to){S})?(?:(?:early|late|the){S})?{DATED})(?!-)"
        rf"|(?:during|in|through|throughout){S}the{S}night(?!{S}(?:of|between|from|to|on)\b)(?!\w))",
        _overnight,
    ),
    (
        "elsbmct",
        rf"(?P<edge>earlier|later|(?:start|beginning|end|middle|close|turn|course){S}of){S}(?:in{S})?"
        rf"(?P<which>the{S}same|the|that|this|last|next){S}(?P<unit>day|week|month|year)(?!\w)",
        _earlier_in,
    ),
    (
        "lprcnf",
        rf"(?P<rel>last|past|recent|previous|preceding|final|coming|next|following){S}(?:{NUM}[ -]{{1,3}})?"
        rf"(?<=[ -])(?P<unit>{UNIT})s(?!\w)(?!{S}of\b)",
        _rolling,
    ),
    (
        "ltpncf",
        rf"(?P<rel>last|this|past|next|coming|previous|preceding|following){S}(?P<unit>{_CALENDAR})(?![\w])"
        rf"(?!{S}of\b)",
        _named_unit,
    ),
    (
        NUMBER_LETTERS + UNIT_LETTERS,
        rf"(?:{NUM}[ -]{{1,3}}|the{S})?(?:more{S})?(?P<unit>{UNIT})s?{S}"
        r"(?P<way>ago|earlier|later|before|after(?:wards?)?|prior|previously|back|from now|from today)(?!\w)",
        _ago,
    ),
    ("mrl", rf"(?:more{S})?recently(?!\w)(?!{S}as\b)|lately(?!\w)", _recently),
    ("t", rf"the{S}weekend(?!\w)", _the_weekend),
)
