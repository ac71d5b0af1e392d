"""Neighbouring expressions that say one thing: "Saturday, 30 November", "Monday to Wednesday", "a day after Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.dates.anchored import shift_stretch
from geo.dates.counting import Clock, Stretch, days
from geo.dates.mentions import Shift
from geo.dates.parts import Page, Part
from geo.dates.span import Precision

_BESIDE = re.compile(r"(?:,| -| \u2013)? \(?(?:the |a )?|,? ?\(")
_TO = re.compile(
    r" ?[-\u2013\u2014] ?| (?:to|until|till|through|thru|into) (?:the )?(?:early |late |mid-|end of |middle of )?"
)
_AND = re.compile(r" and (?:early |late |mid-)?")
_BETWEEN = re.compile(r"\bbetween (?:the |early |late )?\Z")
_FROM_DATE = re.compile(r" (?:the )?(?:to )?(?:the )?")
_SIDES = ("before", "after", "prior")
_RANGED = frozenset({"weekday", "date", "month", "year"})
_WIDEST_GAP = 16


def join(page: Page, found: Iterable[Part]) -> list[Part]:
    """The parts with neighbours that belong together made one."""
    joined: list[Part] = []
    for part in found:
        whole = _together(page, joined[-1], part) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(part)
    return joined


def _together(page: Page, left: Part, right: Part) -> Part | None:
    if not 0 <= right.start - left.end <= _WIDEST_GAP:
        return None
    gap = page.low[left.end : right.start]
    kinds = (left.kind, right.kind)
    if "weekday" in kinds and "date" in kinds and _BESIDE.fullmatch(gap):
        end = right.end + (gap.endswith("(") and page.low[right.end : right.end + 1] == ")")
        named = right if right.kind == "date" else left
        return Part(left.start, end, "date", named.count, absolute=named.absolute, turns=named.turns)
    if left.shift and right.kind in _RANGED and _FROM_DATE.fullmatch(gap):
        return _from(left, right, left.shift) if page.low.endswith(_SIDES, 0, left.end) else None
    if left.kind == right.kind and left.kind in _RANGED and not left.joined and _is_range(page, left, right, gap):
        return _range(left, right)
    return None


def _is_range(page: Page, left: Part, right: Part, gap: str) -> bool:
    if _TO.fullmatch(gap):
        return True
    if not _AND.fullmatch(gap):
        return False
    return _BETWEEN.search(page.low, max(0, left.start - 16), left.start) is not None


def _range(left: Part, right: Part) -> Part:
    def count(clock: Clock) -> Stretch:
        last = right.counted(clock)
        first = left.counted(clock if left.absolute else Clock(days(last.hi, -1)))
        if first.lo > last.hi:
            first = last
        return Stretch(first.lo, last.hi, Precision.RANGE, unit="range")

    slot = left.slot and right.slot
    return Part(
        left.start, right.end, right.kind, count, absolute=right.absolute, turns=right.turns, slot=slot, joined=True
    )


def _from(left: Part, right: Part, shift: Shift) -> Part:
    def count(clock: Clock) -> Stretch:
        return shift_stretch(shift, right.counted(clock))

    return Part(left.start, right.end, "other", count, absolute=right.absolute, turns=right.turns)
