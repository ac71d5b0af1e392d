"""Giving: verbs by which a place passes to somebody without a fight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.candidates import NEED_OVER
from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.lists import place_refs, with_neighbours
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_body, is_side
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    doer,
    is_passive,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger
from geo.mentions import Sort
from geo.trees import Token

_LEFT_OPEN = frozenset({"cede", "concede", "relinquish"})
"""Verbs that need not say to whom: then the place is left, and nobody is said to have been given it."""
_ASIDE = frozenset({"according", "due", "thanks", "owing", "prior", "close", "next"})
"""Words whose "to" gives nobody anything: "gave up X, according to the mission"."""
_NEED_NAME = frozenset({"surrender", "give", "return", "turn"})


def give(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "B handed X over to A", "X was handed to A", "B gave it to A" of a place spoken of."""
    obj = undergoer(verb)
    heads = [*([obj] if obj is not None else []), *objects_of(verb, "over")]
    if not heads or is_control(heads[0]):
        return
    taker = _recipient(verb, heads, parsed)
    to_armed = is_body(taker, parsed) and is_armed(doer(verb), parsed)
    passed_over = particle(verb) in ("over", "up", "back") or any(objects_of(verb, "over"))
    if trigger.lemma in NEED_OVER and not passed_over and not (heads[0].lower_ == "it" and to_armed):
        return
    places = places_of(heads, parsed)
    if not places or trigger.lemma in ("transfer", "return") and not is_armed(taker, parsed):
        return
    if trigger.lemma in _NEED_NAME and not places[0].text and not to_armed:
        return
    if places[0].text and trigger.lemma == "hand":
        places = _given(verb, places, taker, parsed)
    open_ended = trigger.lemma in _LEFT_OPEN or trigger.lemma == "give" and particle(verb) == "up"
    kind = Kind.WITHDRAWAL if taker is None and open_ended else None
    yield build(verb, trigger, places, taker, doer(verb), parsed, kind=kind)


def _recipient(verb: Token, heads: list[Token], parsed: Parsed) -> Token | None:
    """The side given to, wherever the tree hung its "to"."""
    direct = first(t for t in objects_of(verb, "to") if is_side(t, parsed))
    if direct is not None:
        return direct
    for token in verb.subtree:
        if token.lower_ == "to" and token.i > verb.i and token.tag_ in ("IN", "TO") and token.head.lower_ not in _ASIDE:
            found = first(c for c in token.children if c.dep_ == "pobj" and is_side(c, parsed))
            if found is not None:
                return found
    return None


def _given(verb: Token, places: list[PlaceRef], taker: Token | None, parsed: Parsed) -> list[PlaceRef]:
    """A long list handed over: every name between the verb and the taker but those that only locate."""
    if taker is None:
        return places
    known = {(p.start, p.end) for p in places}
    covered = [(p.start, p.end) for p in places]
    out = list(places)
    for token, mention in parsed.names():
        a, _b = parsed.at(token)
        if (
            not verb.i < token.i < taker.i
            or any(s <= a < e for s, e in covered)
            or mention.sort not in (Sort.PLACE, Sort.NAME)
        ):
            continue
        if (
            token.dep_ == "pobj"
            and (token.head.lower_ in _LOCATING or token.head.head.lower_ in _SEATS)
            or token.dep_ == "poss"
        ):
            continue
        for ref in place_refs(token, parsed):
            if (ref.start, ref.end) not in known and not any(s <= ref.start < e for s, e in covered):
                known.add((ref.start, ref.end))
                out.append(replace(ref, parents=()) if token.dep_ == "appos" else ref)
    return with_neighbours(sorted(out, key=lambda r: r.start))


_LOCATING = frozenset({"in", "near", "from", "at", "by", "after"})
_SEATS = frozenset({"capital", "seat", "centre", "center", "part"})
"""What a place may be of another that is not given with it: "X, capital of Y"."""


def admit(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "B let A into X", "A was allowed into X by B": nobody fought for it."""
    guest, host = undergoer(verb), doer(verb)
    if not is_armed(guest, parsed) or is_passive(verb) and not is_body(guest, parsed) or guest is None:
        return
    if host is not None and not is_body(host, parsed):
        return
    places = places_of([t for at in (verb, guest) for t in objects_of(at, "into", "inside")], parsed)
    if places and (host is not None or is_passive(verb)):
        yield build(verb, trigger, places, guest, host, parsed)


RULES: dict[str, Rule] = {"give": give, "admit": admit}
