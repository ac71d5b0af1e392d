"""The words before an expression: the role they give it, and the piece of a month or the night they name."""

from __future__ import annotations

from dataclasses import dataclass

from geo.dates.mentions import DateRole

_ROLES = {
    "since": DateRole.SINCE,
    "starting": DateRole.SINCE,
    "beginning": DateRole.SINCE,
    "until": DateRole.UNTIL,
    "till": DateRole.UNTIL,
    "by": DateRole.BY,
    "before": DateRole.BEFORE,
    "prior": DateRole.BEFORE,
    "ahead": DateRole.BEFORE,
    "after": DateRole.AFTER,
    "following": DateRole.AFTER,
    "between": DateRole.DURING,
    "during": DateRole.DURING,
    "throughout": DateRole.DURING,
}
_PIECES = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "earlier": "earlier",
    "later": "later",
    "start": "start",
    "turn": "start",
    "beginning": "start",
    "end": "end",
    "close": "end",
}
_WITH_OF = frozenset("middle start turn beginning end close".split())
_PARTS_OF = frozenset("half week days".split())
_PIECES_OF = {"last half": "second half", "second days": "first days"}
_HOURS = frozenset(
    "dawn noon midday midnight sunrise sunset dusk daybreak nightfall morning afternoon evening night overnight hours "
    "small wee pre-dawn".split()
)
_PLAIN = frozenset(
    "on in at of the over through to from into around about shortly just soon sometime only very first second last "
    "opening final not ever up as recently".split()
)
_WORDS = frozenset(_ROLES) | frozenset(_PIECES) | _PARTS_OF | _HOURS | _PLAIN
_SLOTS = frozenset(
    "in since by until till before after during through throughout from of between mid early late recently "
    "prior".split()
)
_DAY_SLOTS = frozenset("on since until early late".split())
_MOST_WORDS = 8
_LONGEST_WORD = 10


@dataclass(frozen=True, slots=True)
class Dress:
    """What stands before a part. `start` is where the mention begins; plain prepositions stay outside it.

    piece is early, mid, late, start, end, earlier, later, "first half" and so on, or empty. night is "on" for
    "overnight on Friday", "into" for "overnight into Friday", or empty.
    """

    start: int
    role: DateRole | None = None
    piece: str = ""
    night: str = ""
    slot: bool = False
    day_slot: bool = False


def dress(low: str, start: int, floor: int) -> Dress:
    """The dress of the part at `start` in folded text; looks back no further than `floor`."""
    words, places = _run(low, start, floor)
    if not words:
        return Dress(start)
    role, piece, first = None, "", start
    for at, word in enumerate(words):
        told = _role(words, at)
        named = _piece(words, at)
        if (
            (told and told is not DateRole.DURING)
            or named
            or _is_hour(words, at)
            or word == "as"
            and told is None
            and (words[at + 1 : at + 2] == ["of"])
        ):
            first = min(first, places[at])
        role, piece = role or told, piece or named
    slots = _SLOTS.intersection(words)
    return Dress(first, role, piece, _night(words), bool(slots), not _DAY_SLOTS.isdisjoint(words))


def _run(low: str, start: int, floor: int) -> tuple[list[str], list[int]]:
    """The words of time that stand without a gap before `start`, and where each begins."""
    words: list[str] = []
    places: list[int] = []
    at = start
    while len(words) < _MOST_WORDS:
        end = at
        while end > floor and low[end - 1] == " ":
            end -= 1
        if end == at and low[at - 4 : at] in ("mid-", "mid\u2010"):
            end -= 1
        elif end == at:
            break
        begin = low.rfind(" ", max(floor, end - _LONGEST_WORD - 1), end) + 1
        begin = max(begin, floor, end - _LONGEST_WORD)
        word = low[begin:end].lstrip("(\"'\u201c\u2018-\u2013\u2014")
        if word not in _WORDS:
            break
        at = end - len(word)
        if at > 0 and low[at - 1].isalnum():
            break
        words.insert(0, word)
        places.insert(0, at)
    return words, places


def _role(words: list[str], at: int) -> DateRole | None:
    word = words[at]
    told = _ROLES.get(word)
    after = words[at + 1] if at + 1 < len(words) else ""
    if word == "up" and after == "to":
        return DateRole.UNTIL
    if told is None or word == "until" and at and words[at - 1] == "not":
        return None
    if word in ("prior", "ahead") and after not in ("to", "of") or word == "beginning" and after == "of":
        return None
    if told in (DateRole.BEFORE, DateRole.AFTER, DateRole.DURING) and _HOURS.intersection(words[at + 1 :]):
        return None
    return told


def _piece(words: list[str], at: int) -> str:
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in ("first", "second", "last", "opening", "final", "early") and after in _PARTS_OF:
        side = {"last": "last", "final": "last", "second": "second"}.get(word, "first")
        return _PIECES_OF.get(f"{side} {after}", f"{side} {after}")
    if (word in _WITH_OF and after != "of") or after == "as":
        return ""
    return _PIECES.get(word, "")


def _is_hour(words: list[str], at: int) -> bool:
    return words[at] in _HOURS


def _night(words: list[str]) -> str:
    if "overnight" not in words:
        return ""
    return "into" if words[-1] in ("into", "to") else "on"
