"""Dates that carry their precision: what a text says of a day, and how it was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How tight a date is."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days start..end, both included; `day` is the best single day inside them."""

    start: date
    end: date
    day: date
    precision: Precision
    basis: str
