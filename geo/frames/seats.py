"""Seats: the bases of armed units, which a text names by the unit: "the camp of the 3rd Brigade"."""

from __future__ import annotations

import re

from geo.frames.nouns import is_class, is_plural
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.mentions import Sort
from geo.trees import Token

_UNITS = "Battalion|Regiment|Brigade|Division|Corps|Command|Company|Unit"
_ORDINAL_UNIT = rf"(?:(?:\d+(?:st|nd|rd|th)|[A-Z][\w-]*) ){{1,5}}?(?:{_UNITS})"
_NAMED_UNIT = rf"(?P<unit>{_ORDINAL_UNIT}(?: \d+)?|(?:{_UNITS}) \d+)(?![\w-])"
_ITS_SEAT = re.compile(rf" (?:belonging to|of) (?:the |its |their )?{_NAMED_UNIT}")
_NEXT_SEAT = re.compile(rf",?(?: and)?(?: of)? (?:the |its |their )?{_NAMED_UNIT}")

_WHOSE_SEAT = re.compile(rf"(?P<unit>{_ORDINAL_UNIT})['’]s (?:[a-z]+ ){{0,2}}$")


def seats_of_units(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "the base of the 3rd Brigade", "the seats of the 3rd Brigade and of the Eastern Command"."""
    if not is_class(token, "facility") and token.lower_ not in _SEATS:
        return []
    text, (start, at) = parsed.masked.original, (end - parsed.start for end in parsed.at(token))
    found = _ITS_SEAT.match(text, at) or _WHOSE_SEAT.search(text, 0, start)
    out: list[PlaceRef] = []
    while found is not None:
        a, b = found.span("unit")
        if not out and a > at and not is_plural(token) and token.lower_ not in _SEATS:
            a = start  # "headquarters of the 3rd Brigade"
        name = PlaceRef(parsed.start + a, parsed.start + b, text[a:b], (token.lower_,), certain=True, sort=Sort.NAME)
        out.append(name)
        found = _NEXT_SEAT.match(text, found.end())
    return out


_SEATS = frozenset({"seat", "seats", "home", "compound", "compounds"})
