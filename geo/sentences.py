"""Sentences: a text cut where a reader would stop, without a model. Offsets index the text.

Line breaks end a sentence unless the line is wrapped (the next line goes on in lower case).
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt maj capt sgt brig adm sen rep gov st jr sr vs etc no nos fig inc ltd co corp "
    "jan feb mar apr jun jul aug sep sept oct nov dec approx est e.g i.e u.s u.k u.n u.a.e a.m p.m ft km".split()
)
_BREAK = re.compile(r"\n+")
_END = re.compile(r"[.!?…]+[\"'”’)\]»]*\s+(?=[\"'“‘(\[«]*[A-Z0-9ÀÁÂÄÅÇÉÈÊÍÎÓÔÖØŞŠÚÜŽİ@•–—-])")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)–-] ?(?=[A-Z])|[•–—*-] ?(?=[A-Z])")
"""What stands before the words of a list's item: "3-", "(a)", a bullet. It would be read as a word."""
_FILED = (
    r"(?:[A-Z]{4}|[A-Z]{1,3}[ ’'/-][A-Z]{2})[A-Z.’' /-]{0,28}(?:, [A-Z][\w.’' -]{2,30}){0,2}"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: ?\([A-Z][\w .&/-]{1,30}\))? ?(?:--|[-–—])"
)
_FILED_ALONE = re.compile(_FILED)
_DATELINE = re.compile(_FILED + r" ?(?=[\"“‘']?[A-Z])")
"""Where a wire story was filed, "BEIRUT (Agency) - ": no part of the sentence behind it."""
_MAX = 1200
"""A stretch without a full stop longer than this is cut at a space: longer ones are tables or noise."""


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence that holds a letter, in order, blanks trimmed."""
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        at = start
        filed = _DATELINE.match(text, start, end)
        if filed is not None:
            spans.append((start, filed.end()))
            at = filed.end()
        for stop in _END.finditer(text, start, end):
            if _is_stop(text, at, stop.start()):
                spans.append((at, stop.end()))
                at = stop.end()
        spans.append((at, end))
    return [piece for span in spans for piece in _pieces(text, *span)]


def is_dateline(text: str) -> bool:
    """Whether a sentence is only the place (and agency, and day) where a story was filed."""
    return _FILED_ALONE.fullmatch(text.strip()) is not None


def _lines(text: str) -> list[tuple[int, int]]:
    """Paragraphs: lines, wrapped ones joined again."""
    lines: list[tuple[int, int]] = []
    at = 0
    for gap in _BREAK.finditer(text):
        wrapped = len(gap.group()) == 1 and text[gap.end() : gap.end() + 1].islower()
        if not wrapped:
            lines.append((at, gap.start()))
            at = gap.end()
    lines.append((at, len(text)))
    return lines


def _is_stop(text: str, start: int, at: int) -> bool:
    """Whether the full stop at `at` ends a sentence and not an abbreviation or an initial."""
    if text[at] != ".":
        return True
    word = text[max(start, at - 12) : at].split()[-1:] or [""]
    bare = word[0].lstrip("(\"'“‘[").lower()
    return not (bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha() and word[0].isupper()))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without blanks at its ends, cut at spaces where it is too long to be a sentence."""
    out: list[tuple[int, int]] = []
    while end - start > _MAX:
        cut = text.rfind(" ", start + 1, start + _MAX)
        cut = cut if cut > start else start + _MAX
        out.append((start, cut))
        start = cut
    out.append((start, end))
    trimmed = []
    for a, b in out:
        piece = text[a:b]
        a, b = a + len(piece) - len(piece.lstrip()), b - (len(piece) - len(piece.rstrip()))
        item = _ITEM.match(text, a, b)
        if item is not None:
            a = item.end()
        if a < b and any(ch.isalpha() for ch in text[a:b]):
            trimmed.append((a, b))
    return trimmed
