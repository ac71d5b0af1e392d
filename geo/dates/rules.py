"""The rules: one pattern for each way of writing a date, and what it says. Patterns read folded text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

from geo.dates import counting
from geo.dates.counting import Clock, Stretch
from geo.dates.lengths import LENGTHS
from geo.dates.parts import Page, Part
from geo.dates.relative import RELATIVE, Reader, Rule
from geo.dates.span import Precision
from geo.dates.words import DAY_OF_MONTH, DAYS, MONTH, MONTHS, TIME_OF_DAY, WEEKDAY, YEAR, S

Found = re.Match[str]

_TO = rf"(?: ?[-\u2013\u2014/] ?|{S}(?:to|and|until|till|through|or){S})"
_OF_YEAR = rf"(?:,?{S}(?:of{S})?(?P<y>{YEAR})|{S}(?:of{S})?(?P<ago>last|this|next){S}year(?!\w))?"
_SHORT_DAYS = re.compile(r"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b")
_NUMERIC_YEARS = (1900, 2100)
ISO = r"\d{4}-\d\d-\d\d(?![\d-])"
NUMERIC = r"\d{1,4}(?P<dot>[./])\d{1,2}(?P=dot)\d{2,4}(?![\d/])(?!\.\d)"


def _iso(page: Page, found: Found) -> Part | None:
    year, month, day = (int(piece) for piece in found[0].split("-"))
    return _written(found, year, month, day)


def _numeric(page: Page, found: Found) -> Part | None:
    """30.11.2024, 2024/11/30, 30/11/2024, 11/30/2024; with strokes only where one number cannot be a month."""
    first, second, third = (int(piece) for piece in re.split(r"[./]", found[0]))
    if found[0][4:5] in (".", "/"):
        return _written(found, first, second, third)
    if third < 1000:
        return None
    if "." in found[0] or first > 12 or first == second:
        return _written(found, third, second, first)
    return _written(found, third, first, second) if second > 12 else None


def _written(found: Found, year: int, month: int, day: int) -> Part | None:
    if not _NUMERIC_YEARS[0] <= year < _NUMERIC_YEARS[1] or not 1 <= month <= 12:
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    stretch = counting.one_day(date(year, month, day))
    return Part(found.start(), found.end(), "date", lambda clock: stretch, absolute=True)


def month_number(page: Page, start: int, word: str, *, sure: bool) -> int | None:
    """The month a word means. `sure`: a day beside it; else March, May and the short forms need a capital."""
    number = MONTHS.get(word.rstrip("."))
    if number is None or page.text[start].isupper():
        return number
    return number if sure and len(word.rstrip(".")) > 3 or word == "may" and sure else None


def _day_and_month(page: Page, found: Found) -> Part | None:
    """Reads "27 November", "27-28 November 2024", "November 27 to 29"."""
    number = month_number(page, found.start("mon"), found["mon"], sure=True)
    first = int(re.sub(r"\D", "", found["d1"]))
    last = int(re.sub(r"\D", "", found["d2"])) if found["d2"] else first
    start, end = found.span()
    if number is None:
        return None
    if _is_count(page, found):
        return Part(start, found.end("mon"), "month", lambda clock: counting.nearest_month(number, clock), turns=True)
    if found["d2"] and not _is_range(page, found, first, last):
        if found.start("mon") < found.start("d1"):
            last, end = first, found.end("d1")
        else:
            first, start = last, found.start("d2")
    if last > 29 and last > monthrange(2024, number)[1]:
        return None
    year = _year_of(found) if end == found.end() else None
    if isinstance(year, int):
        if last > monthrange(year, number)[1]:
            return None
        stretch = _days_of(year, number, first, last)
        return Part(start, end, "date", lambda clock: stretch, absolute=True)

    def count(clock: Clock) -> Stretch:
        if year is not None:
            return _days_of(clock.today.year + year(), number, first, last)
        until = counting.nearest_day(number, last, clock).hi
        return _days_of(until.year, number, first, last)

    return Part(start, end, "date", count, turns=year is None)


def _is_range(page: Page, found: Found, first: int, last: int) -> bool:
    """Reads "3 to 5 May" is one; "3 and 12 May" only after "between"."""
    if last <= first:
        return False
    loose = found["to"].strip() in ("and", "or") and last > first + 1
    return not loose or page.low[max(0, found.start() - 8) : found.start()].strip() == "between"


def _is_count(page: Page, found: Found) -> bool:
    """Reads "In May 12 villages fell": a month, then a number of things."""
    if found.start("mon") > found.start("d1") or found["y"]:
        return False
    if page.low[max(0, found.start() - 3) : found.start()] != "in ":
        return False
    return re.match(r" [a-z]+s\b", page.low[found.end() : found.end() + 20]) is not None


def _days_of(year: int, month: int, first: int, last: int) -> Stretch:
    lo, hi = date(year, month, first), date(year, month, last)
    return counting.one_day(hi) if lo == hi else Stretch(lo, hi, Precision.RANGE, unit="range")


def _year_of(found: Found) -> int | Callable[[], int] | None:
    """The year written; or how many years from publication ("last year"); or None."""
    if found["y"]:
        return int(found["y"])
    if found["ago"]:
        offset = {"last": -1, "this": 0, "next": 1}[found["ago"]]
        return lambda: offset
    return None


def _month(page: Page, found: Found) -> Part | None:
    """Reads "November 2024", "March last year", and the bare month of "in June"."""
    number = month_number(page, found.start("mon"), found["mon"], sure=bool(found["y"]))
    if number is None:
        return None
    year = _year_of(found)
    if isinstance(year, int):
        return Part(*found.span(), "month", lambda clock: counting.month(year, number), absolute=True)
    if year is not None:
        return Part(*found.span(), "month", lambda clock: counting.month(clock.today.year + year(), number))
    return Part(*found.span(), "month", lambda clock: counting.nearest_month(number, clock), turns=True, slot=True)


def _weekday(page: Page, found: Found) -> Part | None:
    word = found["wd"].rstrip(".")
    start, end = found.span()
    if len(word) < 6:
        if not _SHORT_DAYS.match(page.text, found.start("wd")):
            return None
        end -= found[0].endswith(".") and not found["tod"] and page.text[end : end + 1] in ("", "\n")
    number, said = DAYS[word], (found["rel"] or "").split(" ")[-1]
    if found["wk"]:
        offset = {"last": -7, "this": 0, "next": 7}[found["wk"]]
        return Part(start, end, "weekday", lambda clock: _in_week(number, clock, offset))
    if said in ("last", "past"):
        return Part(start, end, "weekday", lambda clock: _strictly(number, clock, -1))
    if said in ("next", "coming"):
        return Part(start, end, "weekday", lambda clock: _strictly(number, clock, 1))
    slot = len(word) < 6
    return Part(start, end, "weekday", lambda clock: counting.nearest_weekday(number, clock), turns=True, slot=slot)


def _in_week(number: int, clock: Clock, offset: int) -> Stretch:
    return counting.one_day(counting.days(counting.week(clock.today).lo, number + offset))


def _strictly(number: int, clock: Clock, side: int) -> Stretch:
    beside = Clock(counting.days(clock.today, side), side > 0)
    return counting.nearest_weekday(number, beside)


def _year(page: Page, found: Found) -> Part | None:
    first = int(found["y1"])
    last = first
    if found["y2"]:
        last = int(found["y2"]) if len(found["y2"]) == 4 else first - first % 100 + int(found["y2"])
        if not first < last < first + 60:
            return None
    elif _COUNTED.match(page.low, found.end()):
        return None
    stretch = counting.year(first)
    if last > first:
        stretch = Stretch(stretch.lo, date(last, 12, 31), Precision.RANGE, unit="range")
    return Part(*found.span(), "year", lambda clock: stretch, absolute=True, slot=not found["y2"])


_COUNTED = re.compile(
    r" (?:men|women|people|troops|fighters|soldiers|civilians|houses|homes|families|villages|dead|km|metres|meters"
    r"|kilomet(?:re|er)s|rebels|militants|prisoners|refugees|displaced|tonnes|hectares|others|local|foreign|armed)\b"
)


def _decade(page: Page, found: Found) -> Part | None:
    first = int(found["ten"])
    stretch = Stretch(date(first, 1, 1), date(first + 9, 12, 31), Precision.RANGE, unit="decade")
    return Part(*found.span(), "year", lambda clock: stretch, absolute=True)


def _season(page: Page, found: Found) -> Part | None:
    name, year = found["season"], _year_of(found)
    capital = page.text[found.start("season")].isupper()
    if capital and re.search(r"[A-Z]\w* $", page.text[max(0, found.start() - 15) : found.start()]):
        return None
    if isinstance(year, int):
        return Part(*found.span(), "season", lambda clock: counting.season(name, year), absolute=True)
    if year is not None:
        return Part(*found.span(), "season", lambda clock: counting.season(name, clock.today.year + year()))
    if capital or name == "fall":
        return None
    return Part(*found.span(), "season", lambda clock: counting.nearest_season(name, clock), turns=True, slot=True)


_DAYS_IN = rf"(?P<d1>{DAY_OF_MONTH})(?:(?P<to>{_TO})(?P<d2>{DAY_OF_MONTH}))?"
_DIGITS, _MONTH_LETTERS = "0123456789", "jfmasond"
RULES: tuple[Rule, ...] = (
    (_DIGITS, ISO, _iso),
    (_DIGITS, NUMERIC, _numeric),
    (_DIGITS, rf"{_DAYS_IN}{S}(?:of{S})?(?P<mon>{MONTH}){_OF_YEAR}", _day_and_month),
    (_MONTH_LETTERS, rf"(?P<mon>{MONTH}){S}(?:the{S})?{_DAYS_IN}{_OF_YEAR}", _day_and_month),
    (_MONTH_LETTERS, rf"(?P<mon>{MONTH}){_OF_YEAR}", _month),
    *RELATIVE,
    *LENGTHS,
    (
        "lptncmwfs",
        rf"(?:(?P<rel>last|(?:this{S})?past|this|next|(?:this{S})?coming){S})?(?P<wd>{WEEKDAY})"
        rf"(?:{S}(?P<tod>{TIME_OF_DAY})(?!\w))?(?:{S}(?:of{S})?(?P<wk>last|this|next){S}week(?!\w))?",
        _weekday,
    ),
    ("12", r"(?P<ten>(?:19|20)\d0)s(?!\w)", _decade),
    (
        "12",
        r"(?P<y1>(?:19|20)\d\d)(?![\w%])(?![.,]\d)(?: ?[-\u2013] ?(?P<y2>(?:(?:19|20)\d\d|\d\d)(?![\w-])))?",
        _year,
    ),
    ("safw", rf"(?P<season>spring|summer|autumn|fall|winter)(?!\w){_OF_YEAR}", _season),
)
"""First characters, pattern, reader. Order is meaning: where two rules match at one place, the earlier one reads."""

_NAMES_IN_PATTERN = re.compile(r"\(\?P<\w+>")
_BACKWARD = re.compile(r"\(\?P=dot\)")


def _unnamed(pattern: str) -> str:
    return _BACKWARD.sub("[./]", _NAMES_IN_PATTERN.sub("(?:", pattern))


def _by_first_letter() -> dict[str, tuple[re.Pattern[str], list[tuple[re.Pattern[str], Reader]]]]:
    """For each first character the rules that may begin with it: in one pattern, and each alone."""
    compiled = [(firsts, pattern, re.compile(pattern), read) for firsts, pattern, read in RULES]
    letters = sorted({letter for firsts, *_ in compiled for letter in firsts})
    table = {}
    for letter in letters:
        chosen = [rule for rule in compiled if letter in rule[0]]
        together = "|".join(f"({_unnamed(pattern)})" for _, pattern, _, _ in chosen)
        table[letter] = re.compile(together), [(alone, read) for _, _, alone, read in chosen]
    return table


_FIRST = _by_first_letter()
_START = re.compile(rf"\b(?<!\d[-.,/:\u2013])(?<![+#$\u00a3\u20ac@_])[{''.join(_FIRST)}]")
_CUE = re.compile(
    rf"\b(?:(?:19|20)\d\d|{MONTH}|{WEEKDAY}"
    r"|da(?:y|wn)|week|month|year|hour|hr|fortnight|decade|night|morning|afternoon|evening|yesterday|to(?:day|night|mor)"
    r"|overnight|spring|summer|autumn|fall|winter|recently|lately|shortly|soon|immediately|then)"
)
_BEFORE, _AFTER = 48, 40
"""Characters before and after a cue that an expression around it may take; the longest the rules allow are shorter."""


def _windows(low: str) -> Iterator[tuple[int, int]]:
    """The stretches of text that hold a cue: the rules are slow, and most of a text says nothing of time."""
    start = end = -1
    for cue in _CUE.finditer(low):
        at = cue.start()
        if at - _BEFORE > end:
            if end >= 0:
                yield max(0, start), end
            start = at - _BEFORE
        end = at + _AFTER
    if end >= 0:
        yield max(0, start), end


def parts(page: Page) -> Iterator[Part]:
    """The expressions of a page in order, none overlapping another."""
    low = page.low
    for start, end in _windows(low):
        at = start
        while begin := _START.search(low, at, end):
            part = _part_at(page, begin.start(), end, begin[0])
            at = part.end if part else begin.end()
            if part:
                yield part


def _part_at(page: Page, start: int, end: int, letter: str) -> Part | None:
    together, rules = _FIRST[letter]
    found = together.match(page.low, start, end)
    if found is None:
        return None
    alone, read = rules[(found.lastindex or 1) - 1]
    again = alone.match(page.low, start)
    return read(page, again) if again else None
