"""Secured: what a side makes safe that its enemy is said not to have ("X is not in rebel hands; A secured it").

Comes from the frames of a sentence; gives them back, "secured" as a state where nothing was taken.
"""

from __future__ import annotations

from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.frame import Frame


def secured(frames: list[Frame]) -> list[Frame]:
    """The frames; what is told as secured after another's hold on it is denied was kept, and not taken."""
    denied = [f for f in frames if f.kind is Kind.HOLD and f.status is Status.DENIED and f.taker is not None]
    return [_kept(f) if any(_same_place(f, d) for d in denied) else f for f in frames] if denied else frames


def _kept(frame: Frame) -> Frame:
    safe = frame.kind is Kind.CAPTURE and frame.trigger.lower_ in _SECURED
    return replace(frame, kind=Kind.HOLD) if safe else frame


_SECURED = frozenset({"secured", "securing"})


def _same_place(frame: Frame, denied: Frame) -> bool:
    """Whether a later frame is about the same place, by its name or by "the town"."""
    names = {place.text for place in denied.places}
    return frame.trigger.i > denied.trigger.i and all(p.text is None or p.text in names for p in frame.places)
