"""Taking: verbs whose subject takes a place, clears it, or drives somebody out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.enter import enter
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_side
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    conjuncts,
    doer,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger


def take(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        return
    if is_control(obj):
        return
    places = places_of([obj], parsed)
    if not places and trigger.strong and obj.lower_ in ("stronghold", "strongholds"):
        return
    extra_from = list(objects_of(verb, "from")) + [t for o in conjuncts(obj) for t in objects_of(o, "from")]
    loser = first(t for t in extra_from if is_armed(t, parsed))
    kind = trigger.kind
    if particle(verb) == "back" and kind is Kind.CAPTURE:
        kind = Kind.RECAPTURE
    if (
        verb.lower_.startswith("t")
        and trigger.lemma == "take"
        and particle(verb) in ("up", "off", "down", "away", "out")
    ):
        return
    yield build(verb, trigger, places, doer(verb), loser, parsed, kind=kind)


def clear(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        return
    places = places_of([obj], parsed)
    sources = list(objects_of(verb, "from", "of")) + list(objects_of(obj, "from", "of"))
    if places and not (is_armed(obj, parsed)):
        loser = first(t for t in sources if is_armed(t, parsed))
        if trigger.lemma in ("clear", "free", "rid", "purge", "cleanse") and loser is None and not places[0].text:
            return
        yield build(verb, trigger, places, doer(verb), loser, parsed)
    elif is_armed(obj, parsed):
        yield build(verb, trigger, places_of(sources, parsed), doer(verb), obj, parsed)


def expel(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        if trigger.lemma == "push":
            yield from enter(verb, replace(trigger, kind=Kind.PARTIAL_CAPTURE), parsed)
        return
    if not is_side(obj, parsed):
        return
    sources = list(objects_of(verb, "from", "out of", "off")) + [
        t for o in conjuncts(obj) for t in objects_of(o, "from", "out of")
    ]
    after = (
        sources
        if sources
        else [
            t
            for prep in verb.subtree
            if prep.lower_ == "from" and prep.i > verb.i
            for t in prep.children
            if t.dep_ == "pobj"
        ]
    )
    places = places_of(after, parsed)
    if not places and not trigger.strong and particle(verb) not in ("out", "back", "off", "away"):
        return
    if not places and particle(verb) == "back":
        return
    if not places:
        a, b = parsed.at(verb)
        places = [PlaceRef(a, b, None, ("town",))]
    kind = Kind.PARTIAL_CAPTURE if all(p.partial for p in places) else trigger.kind
    yield build(verb, trigger, places, doer(verb), obj, parsed, kind=kind)


RULES: dict[str, Rule] = {"take": take, "clear": clear, "expel": expel}
