"""Expressions that hang on another date: "the day before", "three weeks later", "on the second day"."""

from __future__ import annotations

from geo.dates.counting import Stretch, days, move, unit_around
from geo.dates.mentions import DateMention, Shift
from geo.dates.span import DateSpan, Precision


def resolve_anchored(mention: DateMention, anchor: DateSpan) -> DateSpan:
    """The span a mention of role ANCHORED means when it is counted from `anchor`.

    "A day earlier" keeps the anchor's own width; "two months later" is a whole month, "three weeks later" seven
    days. A mention that hangs on nothing keeps its own span, or takes the anchor's. Never raises: a date beyond
    the calendar gives the anchor.
    """
    if mention.shift is None:
        return mention.span or anchor
    try:
        found = shift_stretch(mention.shift, Stretch(anchor.start, anchor.end, anchor.precision, anchor.day))
    except (OverflowError, ValueError):
        return anchor
    words = " ".join(mention.text.split())
    held = anchor.start.isoformat() if anchor.start == anchor.end else f"{anchor.start} to {anchor.end}"
    basis = f'"{words}" counted from {held}, the date it hangs on'
    return DateSpan(found.lo, found.hi, found.day or found.hi, found.precision, basis)


def shift_stretch(shift: Shift, anchor: Stretch) -> Stretch:
    """The stretch a shift leads to. May raise OverflowError or ValueError beyond the calendar."""
    origin = anchor.day or anchor.hi
    if shift.widen:
        return unit_around(origin, shift.unit)
    if shift.ordinal:
        day = days(anchor.lo, shift.number)
        return Stretch(day, day, Precision.DAY, day)
    lo, hi = move(anchor.lo, shift.least, shift.unit), move(anchor.hi, shift.most, shift.unit)
    day = move(origin, shift.number, shift.unit)
    exact = shift.least == shift.most
    if shift.unit not in ("week", "month", "year", "decade") or shift.number == 0:
        return Stretch(lo, hi, anchor.precision if exact else Precision.RANGE, day)
    if shift.unit == "week":
        return Stretch(days(lo, -3), days(hi, 3), Precision.WEEK, day)
    first, last = unit_around(lo, shift.unit), unit_around(hi, shift.unit)
    one = exact and first.lo == last.lo
    return Stretch(first.lo, last.hi, first.precision if one else Precision.RANGE, day)
