"""Beforehand: a description that tells who took a place before what the sentence reports of it.

"Rebels entered X, the only town taken by the army in the war": the army's gain is past where the rebels' is told.
Comes from the frames of a sentence; gives them back, such a gain as background.
"""

from __future__ import annotations

from dataclasses import replace

from geo.claims import CHANGES, Status
from geo.frames.frame import Frame
from geo.frames.refs import PlaceRef
from geo.frames.slots import is_time


def past_gains(frames: list[Frame]) -> list[Frame]:
    """The frames, each undated participle that describes a place told to go to another side now as background."""
    main = [f for f in frames if _happens(f) and f.trigger.dep_ not in ("acl", "relcl", "amod")]
    return [
        replace(f, status=Status.BACKGROUND, status_word="before") if _describes(f) and _past(f, main) else f
        for f in frames
    ]


def _happens(frame: Frame) -> bool:
    return frame.kind in CHANGES and frame.status is Status.REPORTED and frame.taker is not None


def _describes(frame: Frame) -> bool:
    """ "X, a town captured by A": a participle with no day of its own."""
    trigger = frame.trigger
    return (
        _happens(frame) and trigger.dep_ == "acl" and trigger.tag_ == "VBN" and not any(map(is_time, trigger.subtree))
    )


def _past(frame: Frame, main: list[Frame]) -> bool:
    for other in main:
        if other.taker is None or frame.taker is None or other.taker.text == frame.taker.text:
            continue
        if any(_same(place, own) for place in other.places for own in frame.places):
            return True
    return False


_BESIDE = 40
"""Characters from a name to the noun behind its comma that describes it: ", the only provincial capital"."""


def _same(place: PlaceRef, own: PlaceRef) -> bool:
    """Whether a description is of the place: of its name, or of a noun right behind it that points back."""
    return place.start == own.start or own.text is None and 0 < own.start - place.end <= _BESIDE
