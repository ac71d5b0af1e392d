"""Dates: what a text says of time (`find_dates`), counted from the day it was published."""

from geo.dates.anchored import resolve_anchored
from geo.dates.finding import find_dates
from geo.dates.mentions import DateMention, DateRole, Shift
from geo.dates.published import parse_published
from geo.dates.span import DateSpan, Precision

__all__ = [
    "DateMention",
    "DateRole",
    "DateSpan",
    "Precision",
    "Shift",
    "find_dates",
    "parse_published",
    "resolve_anchored",
]
