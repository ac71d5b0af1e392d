"""Patterns: a second reader of the tightest frames, by the order of words alone.

Comes from a masked sentence; gives `Tight` frames: "A took P", "P was taken by A", "P fell to A", "A drove B from P",
"A withdrew from P", "A took control of P", "the capture of P by A", with nothing but describing words between. It knows
no tree and shares no rule with `frames`, so where both see one change, and the same side, that is worth something; and
where they differ, that is too. A pattern with a word of denial, plan or condition in or before it is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from geo.frames.parsed import PLACE_SORTS
from geo.lexicon import lexicon
from geo.masking import Masked, Segment
from geo.mentions import Sort


class Second(StrEnum):
    """What the second reader says of a change that the first one read."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = ""


@dataclass(frozen=True, slots=True)
class Tight:
    """One change. Spans are character offsets into the article; taker and loser None where the pattern names none."""

    place: tuple[int, int]
    taker: tuple[int, int] | None
    loser: tuple[int, int] | None
    shape: str


_DOUBT = 8
"""Words before a pattern in which a word of denial, plan or condition still speaks of it."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d,.]*|[^\w\s]")
_UNREAL = frozenset(
    "not n't never no if unless whether would will could may might should must can cannot to-be plan plans planned vow "
    "vowed hope hopes hoped try tried tries trying attempt attempted attempts fail failed fails failing deny denied "
    "denies threaten threatened aim aims aimed bid wants want until before without rejected prevent prevented repelled "
    "since ago previously".split()
)
_WORDS = {
    "by": "b", "from": "f", "of": "o", "over": "v", "to": "t", "was": "w", "were": "w", "been": "w",
    "is": "w", "are": "w", ",": ",",
    "has": "h", "have": "h", "had": "h", "and": "c", "control": "C", "fell": "F", "fallen": "F", "out": "u",
}  # fmt: skip
_PAST = re.compile(r"(?:ed|t|en|ove|ook|ew|ized|an)$")
_FRAMES = {"take": "T", "clear": "T", "expel": "X", "leave": "L", "nominal_take": "N"}
# d: a describing word; K: a kind of place; x: anything else, which no pattern crosses
_PLACE = r"[dK]*(?:Ko[dK]*)?(?P<place>P)"
_SHAPES = {
    "active": re.compile(rf"(?P<taker>S)[hd]*T{_PLACE}(?![SP'])"),
    "control": re.compile(rf"(?P<taker>S)[hd]*Td*C[ov]{_PLACE}(?!')"),
    "passive": re.compile(r"(?P<place>P)K?[h]?w+d*Td*bd*(?P<taker>S)"),
    "fall": re.compile(r"(?P<place>P)K?[hd]*Ftd*(?P<taker>S)"),
    "expel": re.compile(rf"(?P<taker>S)[hd]*Xd*(?P<loser>S)u?[fo]{_PLACE}"),
    "leave": re.compile(rf"(?P<loser>S)[hd]*Lu?[fo]{_PLACE}"),
    "noun": re.compile(rf"No{_PLACE}bd*(?P<taker>S)"),
}


def tight(masked: Masked) -> list[Tight]:
    """The tight frames of a sentence, in order of their places; none where a word near by casts doubt on it."""
    sorts = {segment.mention.sort for segment in masked.segments if segment.mention is not None}
    if sorts.isdisjoint(PLACE_SORTS):  # every shape has a place
        return []
    tokens = list(_TOKEN.finditer(masked.text))
    words = [token.group().lower() for token in tokens]
    if "?" in words:
        return []
    segments = {segment.masked_start: segment for segment in masked.segments}
    letters = "".join(_letter(word, segments.get(token.start())) for word, token in zip(words, tokens, strict=True))
    found: dict[tuple[int, int], Tight] = {}
    for shape, pattern in _SHAPES.items():
        for match in pattern.finditer(letters):
            near = words[max(0, match.start() - _DOUBT) : match.end()]
            if not _UNREAL.isdisjoint(near) or any(word.endswith(("n't", "n’t")) for word in near):
                continue
            roles = {role: _span(tokens[match.start(role)], masked) for role in match.groupdict()}
            for place in _listed(letters, match.start("place")):
                one = Tight(_span(tokens[place], masked), roles.get("taker"), roles.get("loser"), shape)
                found.setdefault(one.place, one)
    return sorted(found.values(), key=lambda one: one.place)


_LIST = re.compile(r"(?:,?c?d*K?d*(?=P)P)*")


def _listed(letters: str, at: int) -> list[int]:
    """The place and those that go on its list behind it."""
    match = _LIST.match(letters, at + 1)
    end = match.end() if match else at + 1
    listed = [i for i in range(at + 1, end) if letters[i] == "P"]
    return [at, *listed] if "c" in letters[at:end] else [at]


def _span(token: re.Match[str], masked: Masked) -> tuple[int, int]:
    return masked.original_offset(token.start()), masked.original_offset(token.end(), at_end=True)


def _letter(word: str, segment: Segment | None) -> str:
    if segment is not None:
        if segment.mention is None:
            return "d"
        if segment.mention.sort is Sort.ACTOR:
            return "S"
        return "P" if segment.mention.sort in PLACE_SORTS else "x"
    return _letter_of(word)


@lru_cache(maxsize=65_536)
def _letter_of(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    lex = lexicon()
    classes = lex.word_classes.get(word, frozenset())
    if "armed" in classes:
        return "S"
    for trigger in lex.verbs.get(word, ()):
        if trigger.frame in _FRAMES and _PAST.search(word) and (trigger.strong or trigger.lemma in _LIGHT):
            return _FRAMES[trigger.frame]
    if any(trigger.frame == "nominal_take" and trigger.strong for trigger in lex.nouns.get(word, ())):
        return "N"
    if not classes.isdisjoint(_KINDS):
        return "K"
    describing = not classes.isdisjoint(_ADJECTIVES) or word.endswith("ly") or word in _DESCRIBING
    return "d" if describing else "x"


_KINDS = frozenset({"settlement", "quarter", "facility", "region", "area"})
_ADJECTIVES = frozenset({"adjective", "direction_adj"})
_LIGHT = frozenset({"take", "gain", "secure", "recover", "regain", "drive", "push", "pull", "flush", "clear"})
_DESCRIBING = frozenset(
    "the a an its their also then now both full complete total strategic key nearby neighbouring neighboring whole "
    "entire small important vital main recently back major first second third two three".split()
)


def compared(frames: list[Tight], place: tuple[int, int], taker: tuple[int, int] | None) -> Second:
    """Whether a change that was read by the tree, of a place and by a taker's words, is read so by the patterns."""
    for one in frames:
        if one.place[0] < place[1] and place[0] < one.place[1]:
            if one.taker is None or taker is None:
                return Second.AGREES if one.taker is None and one.loser is not None else Second.SILENT
            same = one.taker[0] < taker[1] and taker[0] < one.taker[1]
            return Second.AGREES if same else Second.DIFFERS
    return Second.SILENT
