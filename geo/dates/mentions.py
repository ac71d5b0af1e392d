"""What a text says of time: the role of an expression, the shift of one that hangs on another date, the mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.dates.span import DateSpan


class DateRole(StrEnum):
    """How an expression stands to the event it is told with."""

    POINT = "point"
    """A named day, week, month, season or year."""
    SINCE = "since"
    """From that date to the publication day; the best single day is the first."""
    UNTIL = "until"
    BY = "by"
    AFTER = "after"
    BEFORE = "before"
    DURING = "during"
    """Somewhere inside a stretch: a range, "this week", "in recent days"."""
    FUTURE = "future"
    """Not yet come when the article was published."""
    ANCHORED = "anchored"
    """Counted from another date of the text ("the day before"); see `resolve_anchored`."""
    DURATION = "duration"
    """A length of time and no date ("for two years", "for the first time since 2012"). A span, where one is
    given, supposes that the time ended with the publication day."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The way from an anchor to the date meant: -2 day, +3 week. `unit` is day, week, month or year.

    least and most bound a vague number ("a few days later"); `widen` asks for the whole unit around the anchor
    ("that month") instead of a shift; `ordinal` counts from the first day of the anchor ("on the second day").
    """

    number: int
    unit: str
    least: int
    most: int
    widen: bool = False
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression at text[start:end]; span is None where it cannot be counted."""

    start: int
    end: int
    span: DateSpan | None
    text: str
    role: DateRole
    shift: Shift | None = None
