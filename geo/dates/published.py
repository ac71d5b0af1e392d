"""Publication dates as sidecars, front matter and page metadata write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from geo.dates.span import Precision
from geo.dates.words import MONTHS

_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? +)?"
_TIME = r"(?:[ ,]+(?:at +)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: *(?:[+-]\d\d:?\d\d|[a-z]{1,5}))?)?"
_CLOCK = r"[t ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?(?: ?(?:z|utc|gmt|[+-]\d\d:?\d\d|[+-]\d\d))?"
_ISO = re.compile(rf"(\d{{4}})-(\d\d)(?:-(\d\d)(?:{_CLOCK})?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t\d{4,6}z?)?")
_YEAR = re.compile(r"(\d{4})")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})" + _TIME)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _TIME)
_DAY_FIRST = re.compile(_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? +([a-z]{3,9})\.?,? +(\d{4})" + _TIME)
_MONTH_FIRST = re.compile(_WEEKDAY + r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})" + _TIME)
_MONTH = re.compile(r"([a-z]{3,9})\.?,? +(\d{4})")
FIRST_YEAR = 1900
"""No article of the web or the press archives meant here is older; "0001-01-01" and the like are blanks."""


def parse_published(value: object) -> tuple[date, Precision] | None:
    """The day of a publication date and how tight it is, or None where the value is no possible date.

    Takes dates, datetimes and text: ISO 8601 with or without a time and zone, a year and month, a year, RFC 2822,
    and the orders of the English press. The day is the one written, whatever the zone. A month or a year alone
    gives its first day with precision month or year. 11/12/2024 says two things and gives None.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = " ".join(value.lower().split())
    return _numeric(text) or _worded(text)


def _numeric(text: str) -> tuple[date, Precision] | None:
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _day(int(year), int(month), int(day)) if day else _part(int(year), int(month))
    if found := _COMPACT.fullmatch(text) or _SLASHED.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR.fullmatch(text):
        return _part(int(found[1]), None)
    return None


def _worded(text: str) -> tuple[date, Precision] | None:
    if found := _DAY_FIRST.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2])
    if found := _MONTH.fullmatch(text):
        number = MONTHS.get(found[1])
        return _part(int(found[2]), number) if number else None
    return None


def _named(year: str, month: str, day: str) -> tuple[date, Precision] | None:
    number = MONTHS.get(month)
    return _day(int(year), number, int(day)) if number else None


def _day(year: int, month: int, day: int) -> tuple[date, Precision] | None:
    if year < FIRST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day), Precision.DAY


def _part(year: int, month: int | None) -> tuple[date, Precision] | None:
    if year < FIRST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    return date(year, month or 1, 1), Precision.MONTH if month else Precision.YEAR
