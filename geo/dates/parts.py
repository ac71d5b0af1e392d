"""A recognised expression before its surroundings are read: what it may mean, and how to count it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geo.dates.counting import Clock, Stretch
from geo.dates.mentions import DateRole, Shift


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its folded twin of equal length: lower case, every blank a space, a paragraph's end a NUL."""

    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Part:
    """An expression at low[start:end].

    kind is weekday, date, month, year, season, unit, shift or other. count turns a clock into days; it gets a
    clock that may be meaningless where `absolute` says that none is needed. `slot` asks for a preposition or the
    like beside it (the bare month of "in May"); `turns` says that words of future turn it round.
    """

    start: int
    end: int
    kind: str
    count: Callable[[Clock], Stretch] | None = None
    absolute: bool = False
    turns: bool = False
    slot: bool = False
    role: DateRole | None = None
    shift: Shift | None = None
    joined: bool = False

    def counted(self, clock: Clock) -> Stretch:
        """The days meant; ValueError for a part that names none."""
        if self.count is None:
            raise ValueError("not a countable expression")
        return self.count(clock)


def fold(text: str) -> Page:
    """The page of a text. Offsets in it are offsets in the text."""
    low = text.replace("\u0130", "I").lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = low.replace("\r\n", " \n").replace("\n\n", " \0").replace("\n \n", "  \0")
    for blank in "\n\t\r\v\f\xa0\u2009\u202f":
        low = low.replace(blank, " ")
    return Page(text, low.replace("\u2019", "'"))


_CLAUSE_END = re.compile(
    r"[.;!?\0]|\b(?:said|says|told|announced|added|reported|confirmed|declared|claimed|wrote|after|when)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|scheduled|expected to|set to|slated|intends?|aims?|vow(?:s|ed)"
    r"|promis(?:es|ed)|upcoming|deadline|ultimatum|ahead of|no later than|must|going to|(?:is|are) to"
    r"|hopes? to|due (?:on|in|by|for|to (?:begin|start|end|take|be|hold|meet|expire|leave|arrive)))\b|'ll\b"
)
_BREAK = re.compile(r"[.;!?\0]|\b(?:said|says|told|and|but|which|who|that|while|as|after|when|where)\b")
_WILL = re.compile(r"\b(?:will|(?:is|are) (?:to|set to|due to|expected to|scheduled to)|plans? to|hopes? to)\b")
_REACH = 90
"""Characters of the same clause in which a word of future counts; a long clause of news has about that many."""


def looks_ahead(page: Page, start: int, end: int) -> bool:
    """Whether the clause of low[start:end] speaks of what is to come ("will meet on Monday", "on Monday they will")."""
    low, first = page.low, max(0, start - _REACH)
    for found in _CLAUSE_END.finditer(low, first, start):
        first = found.end()
    if _AHEAD.search(low, first, start):
        return True
    stop = _BREAK.search(low, end, end + _REACH)
    return _WILL.search(low, end, stop.start() if stop else end + _REACH) is not None
