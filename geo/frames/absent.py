"""Absent: a side of which nothing is left: "no rebels remain in X", "nothing is left of the army in X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_body
from geo.frames.refs import SideRef
from geo.frames.slots import objects_of
from geo.lexicon import Trigger
from geo.trees import Token

_NOBODY = frozenset({"nothing", "nobody", "none"})
_NO = frozenset({"no", "not"})


def absent(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """The withdrawal of whoever is told to be there no more; nothing where the words do not deny that somebody is."""
    if trigger.lemma == "gone":
        yield from _gone(verb, parsed)
        return
    noun = verb.head if verb.dep_ == "acl" else next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    if noun is None or not (noun.lower_ in _NOBODY or any(c.lower_ in _NO for c in noun.lefts)):
        return
    of = [t for at in (noun, verb) for t in objects_of(at, "of", "from")]
    side = noun if is_body(noun, parsed) else first(t for t in of if is_body(t, parsed))
    around = [t for at in (verb, noun, *of) for t in objects_of(at, "in", "inside", "at")]
    places = [p for p in places_of(around, parsed) if p.text]
    if side is None or not places or noun.i > verb.i:
        return
    frame = build(verb, trigger, places, None, side, parsed, kind=Kind.WITHDRAWAL, strong=True)
    if frame.loser is not None:
        frame = replace(frame, loser=_without_no(frame.loser))
    yield replace(frame, status=Status.REPORTED) if frame.status is Status.DENIED else frame


def _gone(verb: Token, parsed: Parsed) -> Iterator[Frame]:
    """ "The soldiers are gone from X", "have gone from the streets of X"."""
    side = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    places = [p for p in places_of(list(objects_of(verb, "from")), parsed) if p.text]
    if side is not None and is_body(side, parsed) and places and any(c.lower_ in _BE_GONE for c in verb.lefts):
        yield build(verb, _LEFT, places, None, side, parsed, kind=Kind.WITHDRAWAL, strong=True)


_BE_GONE = frozenset({"is", "are", "was", "were", "has", "have", "had", "'re", "be"})
_LEFT = Trigger("gone", "verb", "absent", Kind.WITHDRAWAL, True)
_NONE_OF = re.compile(r"(?:no|not|none|a|single|more|longer|any)\s+(?:of the )?", re.IGNORECASE)


def _without_no(side: SideRef) -> SideRef:
    """ "no rebels", "a single soldier": the side without the words that count it down to nothing."""
    while (found := _NONE_OF.match(side.text)) is not None:
        side = replace(side, text=side.text[found.end() :], start=side.start + found.end())
    return side


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

RULES: dict[str, Rule] = {"absent": absent}
