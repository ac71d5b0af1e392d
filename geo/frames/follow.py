"""Followers: who moves in where another has just left ("pulled out of X, and soldiers took up their posts").

Comes from the frames of a sentence; gives them back, a withdrawal with its taker where a later clause names one.
"""

from __future__ import annotations

from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.frame import Frame
from geo.frames.parsed import Parsed
from geo.frames.parties import is_body, side_ref
from geo.frames.slots import grammatical_subject, is_verb, objects_of, undergoer
from geo.frames.status import status
from geo.trees import Token

_MOVING_IN = frozenset(
    "moved walked marched drove rolled came went stepped poured streamed rushed strode filed swept moving driving "
    "marching walking rolling pouring".split()
)
"""Verbs that with a bare "in" tell who followed."""
_MANNING = frozenset("manned occupied filled replaced followed guarded".split())
_POSTS = frozenset("place places posts post positions position checkpoints void vacuum gap towers trenches".split())
"""What the followers took, filled or manned: "took their place", "filled the void"."""


def followed(frames: list[Frame], parsed: Parsed) -> list[Frame]:
    """The frames, each withdrawal without a taker given the body that the sentence lets move in afterwards."""
    return [_with_follower(f, parsed) if _left(f) else f for f in frames]


def _left(frame: Frame) -> bool:
    return frame.kind is Kind.WITHDRAWAL and frame.taker is None and frame.status is Status.REPORTED


def _with_follower(frame: Frame, parsed: Parsed) -> Frame:
    for verb in parsed.tokens[frame.trigger.i + 1 :]:
        if not _follows(verb):
            continue
        subject = _subject(verb, parsed)
        side = side_ref(subject, parsed) if subject is not None else None
        same = side is not None and frame.loser is not None and side.start == frame.loser.start
        if side is None or same or status(verb)[0] is not Status.REPORTED:
            continue
        return replace(frame, taker=side)
    return frame


def _subject(verb: Token, parsed: Parsed) -> Token | None:
    subject = grammatical_subject(verb)
    if subject is None or subject.i > verb.i or subject.tag_.startswith("PRP"):
        return None
    return subject if is_body(subject, parsed) else None


def _follows(verb: Token) -> bool:
    """ "moved in", "walked in", "took their place", "took over", "manned its towers"."""
    if not is_verb(verb):
        return False
    obj = undergoer(verb)
    if verb.lower_ in _MOVING_IN:
        bare_in = any(
            c.lower_ == "in" and not any(g.dep_ == "pobj" and g.tag_ != "JJ" for g in c.children) for c in verb.children
        )
        return bare_in and (obj is None or obj.i < verb.i)
    if verb.lower_ in ("took", "taken", "taking"):
        over = any(c.lower_ == "over" for c in verb.children)
        return over and (obj is None or obj.i < verb.i) or obj is not None and obj.lower_ in _POSTS and obj.i > verb.i
    if verb.lower_ in _MANNING:
        return (
            obj is None
            and not any(objects_of(verb, "in", "at"))
            or obj is not None
            and (obj.lower_ in _POSTS or obj.lower_ in ("them", "it"))
        )
    return False
