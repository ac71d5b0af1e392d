"""Elapsed: times counted from what happened at another place ("took X, two days after Y")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.dates import DateMention, DateRole
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.mentions import Sort
from geo.trees import Token

_TOWNS = PLACE_SORTS - {Sort.STATE}
_BEHIND = re.compile(r" (?:the (?:town|village|city|district|port|base) of )?")


def days_after(parsed: Parsed) -> Iterator[tuple[DateMention, Token]]:
    """Each length of time that ends in "after" with a bare name right behind it: no clause, nothing of its own."""
    text, start = parsed.masked.original, parsed.start
    for date in parsed.dates:
        if date.role is not DateRole.ANCHORED or not date.text.lower().endswith(" after"):
            continue
        for token, name in parsed.names():
            alone = not text[name.end :].strip() or text[name.end] in ",.;)"
            if alone and name.sort in _TOWNS and _BEHIND.fullmatch(text[date.end - start : name.start]):
                yield date, token
