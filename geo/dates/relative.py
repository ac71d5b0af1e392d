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
from geo.dates.words import MONTH, MONTHS, NUMBER, ORDINALS, TIME_OF_DAY, UNIT, WEEKDAY, S, number_of

Found = re.Match[str]
Reader = Callable[[Page, Found], Part | None]
Rule = tuple[str, str, Reader]
_RECENTLY_DAYS = 14
_RECENT_DAYS = {"day": 7, "hour": 1, "night": 7, "week": 28, "month": 92, "year": 1096, "decade": 7305}
"""How far back "in recent days" and its like reach: what the articles meant, or a little more."""
_IN_A_MATTER = {"hour": 1, "day": 6, "night": 6, "week": 28}
_LONGEST_IN = 31
"""Days: "took it in 11 days" ends with the news; "in two months" says nothing of when."""


def _part(found: Found, count: Callable[[Clock], Stretch], role: DateRole | None = None) -> Part:
    return Part(*found.span(), "unit", count, role=role)


def _shifted(found: Found, shift: Shift, end: int | None = None) -> Part:
    return Part(found.start(), end or found.end(), "shift", role=DateRole.ANCHORED, shift=shift)


def _about(lo: date, hi: date, day: date | None = None) -> Stretch:
    return Stretch(lo, hi, Precision.RANGE, day)


def _unit(word: str) -> tuple[str, int]:
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
            return _part(found, lambda clock: counting.one_day(days(clock.today, -1)))
        case "today" | "tonight":
            return _part(found, lambda clock: counting.one_day(clock.today))
        case "tomorrow":
            return _part(found, lambda clock: counting.one_day(days(clock.today, 1)))
    offset = -2 if word.endswith("yesterday") else 2
    return _part(found, lambda clock: counting.one_day(days(clock.today, offset)))


def _overnight(page: Page, found: Found) -> Part | None:
    return _part(found, lambda clock: _about(days(clock.today, -1), clock.today))


def _named_unit(page: Page, found: Found) -> Part | None:
    """ "Last week", "this month", "the past year", "last November", "last summer", "the following day"."""
    said, unit = found["rel"], found["unit"].rstrip(".")
    the = page.low[max(0, found.start() - 4) : found.start()].strip() == "the"
    if said in ("previous", "preceding", "following") or (
        said == "next" and (the or unit == "day") and unit not in MONTHS
    ):
        if unit in MONTHS or unit in SEASONS or said == "next" and looks_ahead(page, *found.span()):
            return None
        name, size = _unit(unit)
        size *= -1 if said in ("previous", "preceding") else 1
        return _shifted(found, Shift(size, "day" if name == "weekend" else name, size, size))
    if (the or said == "past") and said in ("last", "past") and unit in _RECENT_DAYS:
        return _part(found, lambda clock: _about(move(clock.today, -1, unit), clock.today), DateRole.DURING)
    if unit in MONTHS:
        if not page.text[found.start("unit")].isupper() and unit in ("may", "march", "mar", "dec", "jan", "sat"):
            return None
        return Part(*found.span(), "month", lambda clock: _named_month(MONTHS[unit], said, clock))
    if unit in SEASONS:
        return Part(*found.span(), "season", lambda clock: _named_season(unit, said, clock))
    if unit in ("night", "morning", "afternoon", "evening"):
        return _part(found, lambda clock: _part_of_day(unit, said, clock))
    role = DateRole.DURING if said == "this" else None
    if unit == "weekend" and said == "this":
        return Part(*found.span(), "unit", lambda clock: _calendar_unit(unit, said, clock), turns=True)
    return _part(found, lambda clock: _calendar_unit(unit, said, clock), role)


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
        return _about(before, clock.today, before) if unit == "night" else counting.one_day(before)
    return counting.one_day(days(clock.today, 1))


def _rolling(page: Page, found: Found) -> Part | None:
    """ "The past five weeks", "in recent days", "the last 24 hours", "over the next two days"."""
    said, number = found["rel"], found["n"]
    unit, size = _unit(found["unit"])
    least, likely, most = (size * count for count in number_of(number)) if number else (1, 3, 7)
    if said in ("previous", "preceding"):
        return _shifted(found, Shift(-1, unit, -most, -1))
    if said in ("next", "following", "coming"):
        if said == "following" or (said == "next" and not looks_ahead(page, *found.span())):
            return _shifted(found, Shift(least, unit, 1, most if number else 4))
        return _part(found, lambda clock: _about(clock.today, _back(clock.today, -most, unit)), DateRole.FUTURE)

    def count(clock: Clock) -> Stretch:
        if number is None:
            return _about(days(clock.today, -_RECENT_DAYS[unit]), clock.today)
        return _about(_back(clock.today, likely, unit), clock.today)

    return _part(found, count, DateRole.DURING)


def _back(today: date, number: int, unit: str) -> date:
    """`number` units before; hours are whole days begun."""
    if unit == "hour":
        return days(today, -math.ceil(number / 24))
    return move(today, -number, unit)


def _ago(page: Page, found: Found) -> Part | None:
    """ "Two days ago", "three weeks later", "a day before"."""
    unit, size = _unit(found["unit"])
    plural = page.low[found.end("unit") : found.end("unit") + 1] == "s"
    the = found[0].startswith("the ")
    if not found["n"] and not plural and not the:
        return None
    least, likely, most = (1, 1, 1) if the else number_of(found["n"])
    least, likely, most = least * size, likely * size, most * size
    if found["way"] in ("ago", "back"):
        return _part(found, lambda clock: _ago_stretch(clock.today, unit, (least, likely, most), bool(found["n"])))
    if found["way"] in ("from now", "from today"):
        return _part(found, lambda clock: _about(clock.today, move(clock.today, most, unit)), DateRole.FUTURE)
    sign = 1 if found["way"] in ("later", "after", "afterwards", "afterward", "following") else -1
    if unit == "hour":
        most = math.ceil(most / 24) if found["n"] and most >= 12 else 0
        least, likely, unit = most, most, "day"
    low, high = sorted((sign * least, sign * most))
    return _shifted(found, Shift(sign * likely, unit, low, high))


def _ago_stretch(today: date, unit: str, size: tuple[int, int, int], numbered: bool) -> Stretch:
    least, likely, most = size
    if unit == "hour":
        return _about(days(today, -round(likely / 24) if numbered else -1), today)
    day = move(today, -likely, unit)
    if unit == "day":
        return counting.one_day(day) if least == most else _about(days(today, -most), days(today, -least), day)
    if unit == "week":
        return Stretch(days(today, -7 * most - 3), days(today, -7 * least + 3), Precision.WEEK, day)
    first, last = move(today, -most, unit), move(today, -least, unit)
    if unit == "decade":
        return _about(counting.year(first.year - 2).lo, counting.year(last.year + 2).hi, day)
    lo, hi = counting.unit_around(first, unit), counting.unit_around(last, unit)
    return Stretch(lo.lo, hi.hi, lo.precision if least == most else Precision.RANGE, day)


def _within(page: Page, found: Found) -> Part | None:
    """ "In 11 days", "in a matter of days", "for two years", "after five months": a length of time."""
    unit, size = _unit(found["unit"])
    number = found["n"] or None
    likely = number_of(number)[1] * size if number else _IN_A_MATTER.get(unit, 999)
    plural = page.low[found.end("unit") : found.end("unit") + 1] == "s"
    if (number is None and not plural) or page.low[found.end() : found.end() + 5].lstrip("- ").startswith("old"):
        return None
    if found["beside"]:
        return _beside(found, unit, likely if number else number_of(None)[2] * size)
    length = _back_days(likely, unit) if number else likely
    told = page.low[max(0, found.start() - 5) : found.start()] != "time "
    if found["how"] in ("in", "within") and length <= _LONGEST_IN and told:
        ahead = looks_ahead(page, *found.span())
        if ahead:
            return _part(found, lambda clock: _about(clock.today, days(clock.today, length)), DateRole.FUTURE)
        return _part(found, lambda clock: _about(days(clock.today, -length), clock.today), DateRole.DURING)
    return Part(*found.span(), "other", role=DateRole.DURATION)


def _beside(found: Found, unit: str, most: int) -> Part | None:
    """ "In the 12 days before the fall", "within hours of the attack", "in the weeks ahead"; the rest is for `_ago`."""
    beside, how = found["beside"].split(" ")[0], found["how"]
    if beside == "of" and how != "within":
        return Part(found.start(), found.start("beside") - 1, "other", role=DateRole.DURATION)
    if beside in ("ago", "earlier", "later") or how in ("over", "for", "after", "lasting", "lasted"):
        return None
    if beside in ("ahead", "to"):
        return _part(found, lambda clock: _about(clock.today, _back(clock.today, -most, unit)), DateRole.FUTURE)
    end = found.start("beside") - 1 if beside == "of" else found.end()
    unit, most = ("day", math.ceil(most / 24)) if unit == "hour" else (unit, most)
    if beside in ("before", "prior", "leading"):
        return _shifted(found, Shift(-1, unit, -most, 0 if unit == "day" else -1), end)
    return _shifted(found, Shift(1 if unit == "day" and most > 1 else 0, unit, 0, most), end)


def _back_days(number: int, unit: str) -> int:
    """Days before the last day that so long a time begins; hours short of a day say nothing."""
    if unit == "hour":
        return math.ceil(number / 24) if number >= 24 else 999
    return {"day": number - 1, "night": number, "week": 7 * number - 1}.get(unit, 999)


def _long(page: Page, found: Found) -> Part | None:
    """ "A four-day assault", "weeks-long", but no "12-year-old"."""
    if re.match(r"[ -]old\b", page.low[found.end() : found.end() + 5]):
        return None
    return Part(*found.span(), "other", role=DateRole.DURATION)


def _nth_day(page: Page, found: Found) -> Part | None:
    """ "On the second day of clashes" hangs on the clashes; "for a third day" is a length."""
    word = found["ord"]
    number = ORDINALS.get(word) or int(word[:-2])
    before = page.low[max(0, found.start() - 12) : found.start()]
    if re.search(r"\bfor (?:a|the|its|their) $", before):
        return Part(*found.span(), "other", role=DateRole.DURATION)
    if not re.search(r"\bon (?:the|its|their) $", before) and page.low[found.end() : found.end() + 4] != " of ":
        return None
    size = (number - 1) * (7 if found["unit"] == "week" else 1)
    return _shifted(found, Shift(size, "day", size, size, ordinal=True))


def _same(page: Page, found: Found) -> Part | None:
    """ "That day", "the same week", "the following days", "the next day", "shortly afterwards", "since then"."""
    if "unit" in found.groupdict() and found["unit"]:
        unit, _ = _unit(found["unit"])
        wide = unit in ("week", "month", "year", "weekend")
        return _shifted(found, Shift(0, unit, 0, 0, widen=wide))
    return _shifted(found, Shift(0, "day", 0, 0))


def _earlier_in(page: Page, found: Found) -> Part | None:
    """ "Earlier in the week", "later that day", "the end of the year"."""
    unit, _ = _unit(found["unit"])
    edge, which = found["edge"].split(" ")[0], found["which"]
    if unit == "day" or which in ("that", "the same"):
        return _shifted(found, Shift(0, unit, 0, 0, widen=unit != "day"))
    if edge in ("earlier", "later", "course"):

        def beside(clock: Clock) -> Stretch:
            return earlier(counting.unit_around(clock.today, unit), clock, edge)

        return _part(found, beside, DateRole.DURING)
    part = {"start": "start", "beginning": "start", "turn": "start", "middle": "mid"}.get(edge, "end")
    offset = {"last": -1, "next": 1}.get(which, 0)

    def count(clock: Clock) -> Stretch:
        first = counting.unit_around(clock.today, unit).lo
        return counting.portion(counting.unit_around(move(first, offset, unit), unit), part)

    return _part(found, count)


def earlier(stretch: Stretch, clock: Clock, side: str) -> Stretch:
    """The part of a current week, month or year before the publication day ("earlier this month"), or after it."""
    if not stretch.lo <= clock.today <= stretch.hi:
        return stretch
    if side == "later":
        return _about(min(days(clock.today, 1), stretch.hi), stretch.hi)
    if side == "course":
        return stretch
    precision = Precision.YEAR if stretch.unit == "year" else Precision.RANGE
    return Stretch(stretch.lo, max(stretch.lo, days(clock.today, -1)), precision)


def _recently(page: Page, found: Found) -> Part | None:
    return _part(found, lambda clock: _about(days(clock.today, -_RECENTLY_DAYS), clock.today), DateRole.DURING)


def _the_weekend(page: Page, found: Found) -> Part | None:
    return _part(found, lambda clock: _calendar_unit("weekend", "this", clock))


_SOME = (
    r"(?:(?:just|only|barely|less|more|little|than|under|over|about|around|nearly|almost|roughly|at least|up to"
    rf"|the space of|as little as|the course of|a little|well|the){S}){{0,4}}"
)
_NUM = rf"(?P<n>{NUMBER})(?:{S}or{S}(?:so|more|{NUMBER})|{S}and{S}a{S}half)?"
_DATED = rf"(?:{WEEKDAY}|{MONTH}|\d{{1,2}}(?:st|nd|rd|th)?{S}(?:of{S})?{MONTH})"
_CALENDAR = (
    rf"(?:week(?:end)?|month|year|night|day|morning|afternoon|evening|spring|summer|autumn|fall|winter|decade|{MONTH})"
)
_NUMBER_LETTERS = "0123456789acdefmnost"
_UNIT_LETTERS = "hdnwfmy"
RELATIVE: tuple[Rule, ...] = (
    (
        "dty",
        rf"(?P<near>(?:the{S})?day{S}before{S}yesterday|(?:the{S})?day{S}after{S}tomorrow|yesterday|today|tonight"
        rf"|tomorrow)(?!\w)(?:{S}{TIME_OF_DAY}(?!\w))?",
        _near_day,
    ),
    (
        "odit",
        rf"(?:overnight(?!{S}(?:(?:on|into|from|between|of|to){S})?(?:(?:early|late|the){S})?{_DATED})(?!-)"
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
        rf"(?P<rel>last|past|recent|previous|preceding|final|coming|next|following){S}(?:{_NUM}[ -]{{1,3}})?"
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
        _NUMBER_LETTERS + _UNIT_LETTERS,
        rf"(?:{_NUM}[ -]{{1,3}}|the{S})?(?:more{S})?(?P<unit>{UNIT})s?{S}"
        r"(?P<way>ago|earlier|later|before|after(?:wards?)?|prior|previously|back|from now|from today)(?!\w)",
        _ago,
    ),
    (
        "faiwdotl",
        rf"(?P<how>for|after|in|within|during|over|throughout|lasting|lasted){S}{_SOME}"
        rf"(?:{_NUM}[ -]{{1,3}}|(?:a{S})?matter{S}of{S})?(?:full{S}|whole{S}|straight{S}|consecutive{S})?"
        rf"(?P<unit>{UNIT})s?(?![\w'-])(?:{S}(?P<beside>before|prior{S}to|leading{S}up{S}to|after|following|that{S}followed"
        rf"|of(?={S}(?:the|a|an|its|their|his|her){S}|{S}\w{{3,}}ing\b)|ahead|to{S}come|ago|earlier|later)(?!\w))?",
        _within,
    ),
    (
        _NUMBER_LETTERS + _UNIT_LETTERS,
        rf"(?:{NUMBER}-{UNIT}(?:s|-long)?|(?:day|week|month|year|hour)s?-long)(?!\w)",
        _long,
    ),
    (
        "0123456789fsten",
        rf"(?P<ord>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)){S}(?:consecutive{S}|straight{S}|successive{S})?"
        rf"(?P<unit>day|week)(?!\w)(?!{S}of{S}(?:{MONTH}|(?:last|this|next|the){S}(?:month|year)))",
        _nth_day,
    ),
    (
        "ts",
        rf"(?:that|(?:the{S})?same){S}(?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year)(?!\w)",
        _same,
    ),
    (
        "si",
        rf"(?:shortly|soon|immediately){S}(?:after(?:wards?)?|thereafter|before)(?!\w)"
        rf"(?!{S}(?:the{S}|on{S}|early{S}|late{S})?(?:{TIME_OF_DAY}|{_DATED}|\d))",
        _same,
    ),
    ("t", r"(?:(?<=since )|(?<=by )|(?<=until ))then(?!\w)", _same),
    ("mrl", rf"(?:more{S})?recently(?!\w)(?!{S}as\b)|lately(?!\w)", _recently),
    ("t", rf"the{S}weekend(?!\w)", _the_weekend),
)
