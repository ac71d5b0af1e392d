"""Dates: tables of expressions, and properties that hold for any text."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dates import find_dates

SATURDAY = date(2024, 11, 30)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("30 November 2024", "2024-11-30", "2024-11-30"),
        ("on Friday", "2024-11-29", "2024-11-29"),
        ("last week", "2024-11-18", "2024-11-24"),
    ],
)
def test_expressions(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text, SATURDAY)
    assert found.span is not None
    assert (found.span.start.isoformat(), found.span.end.isoformat()) == (start, end)
