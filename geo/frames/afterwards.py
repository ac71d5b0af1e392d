"""Afterwards: places that one verb tells of in turn ("X fell first, then Y and Z", "took X on Friday, followed by Y").

Comes from the frames of a sentence; gives them back with a frame of its own for what stands behind "then": the tree
hangs it anywhere, so the words decide. `notes` holds "then", for such a frame has no day but that it was later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.claims import CHANGES
from geo.frames.frame import Frame
from geo.frames.lists import place_refs
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.refs import PlaceRef
from geo.frames.slots import is_verb
from geo.mentions import Sort
from geo.trees import Token

THEN = "then"
_TURN = re.compile(
    r"(?: first)?[,;] (?:and )?(?:then|followed by|and then|later|finally|next)"
    r"(?: the (?:town|village|city|district|port|base) of)? "
)
_ON = re.compile(r",?(?: late| early)?(?: on| in)? ")
_MEMBERS = 6
"""Places one behind the other in a sentence, each with its "then": more stand in no text that was seen."""


def in_turn(frames: list[Frame], parsed: Parsed) -> list[Frame]:
    """The frames, each followed by one for the places told behind it with "then" that no frame has."""
    if parsed.forms.isdisjoint({"then", "followed", "later", "finally", "next"}):
        return frames
    out = list(frames)
    for frame in frames:
        if frame.shape == "verb" and is_verb(frame.trigger) and frame.kind in CHANGES and frame.places:
            told = {(place.start, place.end) for f in out for place in f.places}
            out += [f for f in _behind(frame, parsed) if all((p.start, p.end) not in told for p in f.places)]
    return out


def _behind(frame: Frame, parsed: Parsed) -> Iterator[Frame]:
    text, start = parsed.masked.original, parsed.start
    ends = {parsed.at(frame.trigger)[1], *(place.end for place in frame.places if place.text)}
    ends |= {d.end for d in parsed.dates if any(_ON.fullmatch(text[e - start : d.start - start]) for e in ends)}
    for _ in range(_MEMBERS):
        found = next(_next(ends, frame, parsed), None)
        if found is None:
            return
        yield replace(frame, places=tuple(found[1]), beside=found[0], notes=(*frame.notes, THEN))
        ends = {place.end for place in found[1]}


def _next(ends: set[int], frame: Frame, parsed: Parsed) -> Iterator[tuple[Token, list[PlaceRef]]]:
    text, start = parsed.masked.original, parsed.start
    for token, name in parsed.names():
        subject = token.dep_ in ("nsubj", "nsubjpass") and is_verb(token.head) and token.head.i > token.i
        if token.i <= frame.trigger.i or name.sort not in PLACE_SORTS - {Sort.STATE} or subject:
            continue
        if any(_TURN.fullmatch(text[end - start : name.start]) for end in ends if end - start < name.start):
            refs = [r for r in place_refs(token, parsed) if r.text and r.start >= start + name.start]
            if refs:
                yield token, refs
