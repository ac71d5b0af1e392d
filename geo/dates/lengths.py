"""Rules for lengths of time, and for expressions that hang on another date without a number of their own."""

from __future__ import annotations

import math
import re

from geo.dates.counting import days
from geo.dates.mentions import DateRole, Shift
from geo.dates.parts import Page, Part, looks_ahead
from geo.dates.relative import (
    DATED,
    NUM,
    NUMBER_LETTERS,
    UNIT_LETTERS,
    Found,
    Rule,
    about,
    back,
    part_of,
    shifted,
    unit_of,
)
from geo.dates.words import MONTH, NUMBER, ORDINALS, TIME_OF_DAY, UNIT, S, number_of

_IN_A_MATTER = {"hour": 1, "day": 6, "night": 6, "week": 28}
_LONGEST_IN = 31
"""Days: "took it in 11 days" ends with the news; "in two months" says nothing of when."""


def _within(page: Page, found: Found) -> Part | None:
    """Reads "In 11 days", "in a matter of days", "for two years", "after five months": a length of time."""
    unit, size = unit_of(found["unit"])
    number = found["n"] or None
    likely = number_of(number)[1] * size if number else _IN_A_MATTER.get(unit, 999)
    plural = page.low[found.end("unit") : found.end("unit") + 1] == "s"
    if (number is None and not plural) or page.low[found.end() : found.end() + 5].lstrip("- ").startswith("old"):
        return None
    if found["beside"]:
        return _beside(found, unit, likely if number else number_of(None)[2] * size)
    length = _back_days(likely, unit) if number else likely
    told = page.low[max(0, found.start() - 5) : found.start()] != "time "
    if found["how"] in ("in", "within") and length <= _LONGEST_IN and told:
        ahead = looks_ahead(page, *found.span())
        if ahead:
            return part_of(found, lambda clock: about(clock.today, days(clock.today, length)), DateRole.FUTURE)
        return part_of(found, lambda clock: about(days(clock.today, -length), clock.today), DateRole.DURING)
    return Part(*found.span(), "other", role=DateRole.DURATION)


def _beside(found: Found, unit: str, most: int) -> Part | None:
    """Reads "in the 12 days before the fall", "within hours of the attack", "in the weeks ahead"."""
    beside, how = found["beside"].split(" ")[0], found["how"]
    if beside == "of" and how != "within":
        return Part(found.start(), found.start("beside") - 1, "other", role=DateRole.DURATION)
    if how in ("for", "lasting", "lasted") and beside in ("before", "after", "following"):
        return Part(found.start(), found.start("beside") - 1, "other", role=DateRole.DURATION)
    if beside in ("ago", "back", "earlier", "later") or how in ("over", "for", "after", "lasting", "lasted"):
        return None
    if beside in ("ahead", "to"):
        return part_of(found, lambda clock: about(clock.today, back(clock.today, -most, unit)), DateRole.FUTURE)
    end = found.start("beside") - 1 if beside == "of" else found.end()
    unit, most = ("day", math.ceil(most / 24)) if unit == "hour" else (unit, most)
    if beside in ("before", "prior", "leading"):
        return shifted(found, Shift(-1, unit, -most, 0 if unit == "day" else -1), end)
    return shifted(found, Shift(1 if unit == "day" and most > 1 else 0, unit, 0, most), end)


def _back_days(number: int, unit: str) -> int:
    """Days before the last day that so long a time begins; hours short of a day say nothing."""
    if unit == "hour":
        return math.ceil(number / 24) if number >= 24 else 999
    return {"day": number - 1, "night": number, "week": 7 * number - 1}.get(unit, 999)


def _long(page: Page, found: Found) -> Part | None:
    """Reads "A four-day assault", "weeks-long", but no "12-year-old"."""
    if re.match(r"[ -]old\b", page.low[found.end() : found.end() + 5]):
        return None
    return Part(*found.span(), "other", role=DateRole.DURATION)


def _nth_day(page: Page, found: Found) -> Part | None:
    """Reads "On the second day of clashes" hangs on the clashes; "for a third day" is a length."""
    word = found["ord"]
    number = ORDINALS.get(word) or int(word[:-2])
    before = page.low[max(0, found.start() - 12) : found.start()]
    if re.search(r"\bfor (?:a|the|its|their) $", before):
        return Part(*found.span(), "other", role=DateRole.DURATION)
    if not re.search(r"\bon (?:the|its|their) $", before) and page.low[found.end() : found.end() + 4] != " of ":
        return None
    size = (number - 1) * (7 if found["unit"] == "week" else 1)
    return shifted(found, Shift(size, "day", size, size, ordinal=True))


def _same(page: Page, found: Found) -> Part | None:
    """Reads "That day", "the same week", "the following days", "the next day", "shortly afterwards", "since then"."""
    if "unit" in found.groupdict() and found["unit"]:
        unit, _ = unit_of(found["unit"])
        wide = unit in ("week", "month", "year", "weekend")
        return shifted(found, Shift(0, unit, 0, 0, widen=wide))
    return shifted(found, Shift(0, "day", 0, 0))


_SOME = (
    r"(?:(?:just|only|barely|less|more|little|than|under|over|about|around|nearly|almost|roughly|at least|up to"
    rf"|the space of|as little as|the course of|a little|well|the){S}){{0,4}}"
)
LENGTHS: tuple[Rule, ...] = (
    (
        "faiwdotl",
        rf"(?P<how>for|after|in|within|during|over|throughout|lasting|lasted){S}{_SOME}"
        rf"(?:{NUM}[ -]{{1,3}}|(?:a{S})?matter{S}of{S})?(?:full{S}|whole{S}|straight{S}|consecutive{S})?"
        rf"(?P<unit>{UNIT})s?(?![\w'-])(?:{S}(?P<beside>before|prior{S}to|leading{S}up{S}to|after|following|that{S}followed"
        rf"|of(?={S}(?:the|a|an|its|their|his|her){S}|{S}\w{{3,}}ing\b)|ahead|to{S}come|ago|back|earlier|later)(?!\w))?",
        _within,
    ),
    (
        NUMBER_LETTERS + UNIT_LETTERS,
        rf"(?:{NUMBER}-{UNIT}(?:s|-long)?|(?:day|week|month|year|hour)s?-long)(?!\w)",
        _long,
    ),
    (
        "0123456789fsten",
        rf"(?P<ord>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)){S}(?:consecutive{S}|straight{S}|successive{S})?"
        rf"(?P<unit>day|week)(?!\w)(?!{S}of{S}(?:{MONTH}|(?:last|this|next|the){S}(?:month|year)))",
        _nth_day,
    ),
    (
        "ts",
        rf"(?:that|(?:the{S})?same){S}(?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year)(?!\w)",
        _same,
    ),
    (
        "si",
        rf"(?:shortly|soon|immediately){S}(?:after(?:wards?)?|thereafter|before)(?!\w)"
        rf"(?!{S}(?:the{S}|on{S}|early{S}|late{S})?(?:{TIME_OF_DAY}|{DATED}|\d))",
        _same,
    ),
    ("t", r"(?:(?<=since )|(?<=by )|(?<=until ))then(?!\w)", _same),
)
