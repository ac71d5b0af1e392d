"""`find_dates`: the expressions of a text with their surroundings read, counted and put into words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geo.dates import counting
from geo.dates.counting import Clock, Stretch, days
from geo.dates.dress import Dress, dress
from geo.dates.joining import join
from geo.dates.mentions import DateMention, DateRole
from geo.dates.parts import Page, Part, fold, looks_ahead
from geo.dates.relative import earlier
from geo.dates.rules import parts
from geo.dates.span import DateSpan, Precision

_NO_CLOCK = date(2000, 1, 1)
"""Stands in where an expression needs no clock."""
_SOON_DAYS = 14
"""A day and month this far ahead is meant ahead even without a word of future: nobody leaves out the year of a day
that lies almost a whole year back."""
_FAR_DAYS = 200
"""A day, month or season further ahead than this is taken as the last one, whatever the clause says."""
_NAME_AFTER = re.compile(
    r"(?:['\u2019]s)? (?:Alliance|Movement|Brigades?|Regiment|Battalion|Division|Corps|Revolution|Mosque|Coalition|Bloc"
    r"|Forces?|Martyrs?|Street|Square|Bridge|Avenue|Boulevard|Road|University|Hospital|Dam|City|District|Airport|Stadium"
    r"|Camp|Palace|Market|Park|Front|Army|Times|Telegraph|Mirror|Express|Mail|Post|Group|Committee|Party|School|Shield"
    r"|Prayers?|Herald|alliance|movement|coalition|bloc|brigade)\b"
)
_NAME_BEFORE = re.compile(
    r"(?:Black|Bloody|Good|Super|Ash|Palm|Mail on|Independent on|World on|[Ee]very|[Ee]ach|on most|Operation) $"
)
_OPEN_ENDED = frozenset({DateRole.BY, DateRole.UNTIL, DateRole.BEFORE})
_CAN_BE_NAMED = frozenset({"weekday", "date", "month", "year", "season"})
_GIVEN_NAMES = frozenset({"may", "april", "june", "august"})
_BESIDE = re.compile(r",? (?:and|or|to) |, ")
_NOUN = re.compile(r" (?!and |or |to |in |of |at |on |for |the |was |is |when |as |by |but )[a-z]{3,}")
_FIRST_SINCE = re.compile(r"\b(?:first|biggest|largest|most|\w{3,}est)\b[^.;]{0,60}$")


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """Every expression of time in the text, in order, none overlapping another.

    Offsets count from the first character of `text`. Without a publication date only full dates, and months and
    years with their number, get a span. Never raises, whatever the text.
    """
    page = fold(text)
    mentions: list[DateMention] = []
    before: Part | None = None
    for part in join(page, parts(page)):
        floor = mentions[-1].end if mentions else 0
        worn = dress(page.low, part.start, floor)
        if not _stands(page, part, worn, before):
            continue
        before = part
        mentions.append(_mention(page, part, worn, published))
    return mentions


def _stands(page: Page, part: Part, worn: Dress, before: Part | None) -> bool:
    """Whether the part is a date at all: no piece of a name, and a bare month, year or season in its slot."""
    text = page.text
    if part.kind in _CAN_BE_NAMED and (
        _NAME_AFTER.match(text, part.end) or _NAME_BEFORE.search(text, max(0, part.start - 16), part.start)
    ):
        return False
    if not part.slot:
        return True
    if part.kind == "weekday":
        return worn.day_slot
    if worn.slot:
        return part.kind != "month" or not _is_person(page, part)
    if before and before.kind == part.kind and _BESIDE.fullmatch(page.low[before.end : part.start]):
        return True
    after = page.low[part.end : part.end + 12]
    word = page.low[part.start : part.end]
    if part.kind == "month" and word in ("may", "march", "mar", "jan"):
        return False
    if after.startswith("'s ") or (page.low[part.start - 1 : part.start] == "(" and after.startswith(")")):
        return True
    the = page.low[max(0, part.start - 4) : part.start] == "the "
    return part.kind in ("month", "year") and the and _NOUN.match(after) is not None


def _is_person(page: Page, part: Part) -> bool:
    """Reads "Of Jan Egeland", "from Mar Elias", "of May Ziade"."""
    word, before = page.low[part.start : part.end], page.low[max(0, part.start - 5) : part.start]
    if not re.match(r" [A-Z][a-z]", page.text[part.end : part.end + 3]):
        return word in ("jan", "mar")
    return word in ("jan", "mar") or (word in _GIVEN_NAMES and before.endswith((" of ", "from ")))


def _mention(page: Page, part: Part, worn: Dress, published: date | None) -> DateMention:
    text = page.text[worn.start : part.end]
    role = part.role or worn.role or DateRole.POINT
    if part.count is None or part.role in (DateRole.ANCHORED, DateRole.DURATION):
        return DateMention(worn.start, part.end, None, text, role, part.shift)
    if worn.role and part.role is DateRole.DURING:
        role = worn.role
    if published is None and not part.absolute:
        return DateMention(worn.start, part.end, None, text, role)
    try:
        stretch, ahead = _count(page, part, worn, published)
        span, role = _span(stretch, role, published, ahead)
    except (OverflowError, ValueError):
        return DateMention(worn.start, part.end, None, text, role)
    if role is DateRole.SINCE and _FIRST_SINCE.search(page.low[max(0, worn.start - 70) : worn.start]):
        role = DateRole.DURATION
    span = replace(span, basis=_basis(text, part, published, ahead))
    return DateMention(worn.start, part.end, span, text, role)


def _count(page: Page, part: Part, worn: Dress, published: date | None) -> tuple[Stretch, bool]:
    """The days meant, and whether they were counted forward."""
    clock = Clock(published or _NO_CLOCK)
    back = part.counted(clock)
    stretch = _trimmed(back, worn, clock)
    if not part.turns or published is None:
        return stretch, False
    if stretch.lo > published:
        stretch = _trimmed(part.counted(Clock(days(back.lo, -1))), worn, clock)
    if worn.role is not DateRole.SINCE:
        ahead = looks_ahead(page, worn.start, part.end)
        if ahead or part.kind == "date" or worn.role in _OPEN_ENDED:
            forward = _trimmed(part.counted(Clock(published, True)), worn, clock)
            if _is_forward(forward, stretch, worn, published, part.kind, ahead):
                return forward, forward.lo > published
    return stretch, False


def _is_forward(forward: Stretch, back: Stretch, worn: Dress, published: date, kind: str, ahead: bool) -> bool:
    """Whether the coming day, month or season is meant and not the last one."""
    distance = (forward.lo - published).days
    if distance > _FAR_DAYS:
        return False
    nearer = worn.role in _OPEN_ENDED and 2 * distance < (published - back.hi).days
    return ahead or nearer or (kind == "date" and distance <= _SOON_DAYS)


def _trimmed(stretch: Stretch, worn: Dress, clock: Clock) -> Stretch:
    """The stretch cut to the piece or night the words before it name."""
    if worn.night and stretch.lo == stretch.hi:
        day = stretch.lo
        if worn.night == "into" or day == clock.today:
            return Stretch(days(day, -1), day, Precision.RANGE, day)
        return Stretch(day, days(day, 1), Precision.RANGE, day)
    if not worn.piece or stretch.unit in ("day", "range", "part"):
        return stretch
    if worn.piece in ("earlier", "later"):
        return earlier(stretch, clock, worn.piece)
    return counting.portion(stretch, worn.piece)


def _span(stretch: Stretch, role: DateRole, published: date | None, ahead: bool) -> tuple[DateSpan, DateRole]:
    """The span, cut at the publication day where it is told as past, and the role that follows from it."""
    lo, hi, precision = stretch.lo, stretch.hi, stretch.precision
    if published is not None and role is not DateRole.DURATION:
        if ahead or role is DateRole.FUTURE or lo > published or (role in _OPEN_ENDED and hi > published):
            role = DateRole.FUTURE
        elif hi > published:
            hi = published
    if role is DateRole.SINCE:
        last = max(hi, published) if published else hi
        return DateSpan(lo, last, lo, precision if last == hi else Precision.RANGE, ""), role
    day = stretch.day if stretch.day and lo <= stretch.day <= hi else hi
    if role is DateRole.POINT and stretch.unit == "range":
        role = DateRole.DURING
    return DateSpan(lo, hi, day, precision, ""), role


def _basis(text: str, part: Part, published: date | None, ahead: bool) -> str:
    words = " ".join(text.replace('"', "").split())
    if part.absolute or published is None:
        return f'"{words}" as written'
    side = "forward" if ahead else "back"
    return f'"{words}" counted {side} from publication on {published} ({counting.WEEKDAYS[published.weekday()]})'
