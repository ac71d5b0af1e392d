"""Owned: who a place belongs to: "the rebels are now masters of X", "X belongs to the rebels since Sunday"."""

from __future__ import annotations

from collections.abc import Iterator

from geo.claims import Kind
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed
from geo.frames.possess import began
from geo.frames.slots import grammatical_subject, objects_of
from geo.lexicon import Trigger
from geo.mentions import Sort
from geo.trees import Token

_BEING = frozenset({"is", "are", "was", "were"})
_BECOMING = frozenset("become becomes became becoming made make makes".split())


def _masters(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A is now master of X", "A became masters of X", "A made itself master of X"."""
    verb = noun.head
    subject = grammatical_subject(verb) if verb.lower_ in _BEING | _BECOMING else None
    places = [p for p in places_of(list(objects_of(noun, "of")), parsed) if p.text]
    if subject is None or not places or not is_armed(subject, parsed):
        return
    timed = began(verb) or began(noun) or verb.lower_ in _BECOMING
    again = any(t.lower_ in ("again", "back") for t in verb.children)
    kind = Kind.RECAPTURE if again else Kind.CAPTURE if timed else Kind.HOLD
    yield build(verb, trigger, places, subject, None, parsed, kind=kind, shape="control", strong=True)


def _belongs(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X now belongs to A": a state, or its beginning where a time tells of one."""
    subject = grammatical_subject(verb)
    holder = first(t for t in objects_of(verb, "to") if is_armed(t, parsed))
    places = places_of([subject], parsed) if subject is not None else []
    places = [p for p in places if p.sort is Sort.PLACE or p.kind_words or p.sort is Sort.NAME and began(verb)]
    if holder is None or not places or verb.dep_ in ("relcl", "acl"):
        return
    again = any(t.lower_ in ("again", "back") for t in verb.children)
    kind = Kind.RECAPTURE if again else Kind.CAPTURE if began(verb) else Kind.HOLD
    yield build(verb, trigger, places, holder, None, parsed, kind=kind, shape="control", strong=True)


RULES: dict[str, Rule] = {"masters": _masters, "belongs": _belongs}
