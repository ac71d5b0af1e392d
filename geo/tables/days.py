"""Days in cells: ISO dates, and what spreadsheets make of them, to ISO dates again.

A day with a named month, or with the year first, is read as it stands, and one with dots has the day first. Of
one with strokes only the column as a whole can say which number is the month: where no row does, it is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class DayOrder(StrEnum):
    """Which number of 8/12/2024 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"
    MIXED = "mixed"


_PIVOT = 30
"""A year of two digits below this is of this century, as Excel and LibreOffice write and read them."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?")
_STROKES = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?: 0{1,2}:00(?::00)?)?")
_DAY_NAMED = re.compile(r"(\d{1,2})[-. ]+([A-Za-z]+)[-.,]? *(\d{4}|\d{2})")
_NAMED_DAY = re.compile(r"([A-Za-z]+)[-. ]+(\d{1,2}),? +(\d{4})")


def day_order(written: Iterable[str]) -> DayOrder:
    """What the cells of a column say together: a number above 12 is a day."""
    found = set()
    for text in written:
        match = _STROKES.fullmatch(text.strip())
        if match and match[2] != ".":
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                found.add(DayOrder.DAY_FIRST)
            if second > 12 >= first:
                found.add(DayOrder.MONTH_FIRST)
    return DayOrder.MIXED if len(found) > 1 else next(iter(found), DayOrder.UNKNOWN)


def iso_day(written: str, order: DayOrder = DayOrder.UNKNOWN) -> str:
    """The cell as an ISO year, month or day. Raises ValueError that says what is wrong with it."""
    text = written.strip()
    if iso := _ISO.fullmatch(text):
        year, month, day = iso[1], iso[2], iso[3]
        _day(int(year), int(month or 1), int(day or 1), text)
        return text
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DAY_NAMED.fullmatch(text):
        return _day(_year(match[3]), _month(match[2], text), int(match[1]), text)
    if match := _NAMED_DAY.fullmatch(text):
        return _day(_year(match[3]), _month(match[1], text), int(match[2]), text)
    if match := _STROKES.fullmatch(text):
        day, month = _which(int(match[1]), int(match[3]), match[2], order, text)
        return _day(_year(match[4]), month, day, text)
    raise ValueError(f"{text!r} is no date; write it as 2024-12-08")


def _which(first: int, second: int, sign: str, order: DayOrder, text: str) -> tuple[int, int]:
    """Day and month."""
    if sign == "." or first == second or first > 12 or order is DayOrder.DAY_FIRST:
        return first, second
    if second > 12 or order is DayOrder.MONTH_FIRST:
        return second, first
    raise ValueError(f"{text!r}: which number is the month cannot be told; write it as 2024-12-08")


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < _PIVOT else 1900)


def _month(word: str, text: str) -> int:
    if word.casefold() not in _MONTHS:
        raise ValueError(f"{text!r} is no date; write it as 2024-12-08")
    return _MONTHS[word.casefold()]


def _day(year: int, month: int, day: int, text: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar; write it as 2024-12-08") from None
