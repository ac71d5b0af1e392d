"""Giving: verbs by which a place passes to somebody without a fight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.lists import place_refs, with_neighbours
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_side
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    doer,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger
from geo.mentions import Sort


def give(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    if (
        trigger.lemma in ("give", "turn", "hand", "yield")
        and particle(verb) not in ("over", "up", "back")
        and not any(True for _ in objects_of(verb, "over"))
    ) and trigger.lemma != "hand":
        return
    obj = undergoer(verb)
    heads = [obj] if obj is not None else []
    heads += list(objects_of(verb, "over"))
    if heads and is_control(heads[0]):
        return
    places = places_of(heads, parsed)
    taker = _recipient(verb, heads, parsed)
    if not places or trigger.lemma in ("transfer", "return") and not is_armed(taker, parsed):
        return
    if trigger.lemma in ("surrender", "give", "return", "turn") and not places[0].text:
        return
    if places[0].text and trigger.lemma == "hand":
        places = _given(verb, places, taker, parsed)
    yield build(verb, trigger, places, taker, doer(verb), parsed)


def _recipient(verb: Token, heads: list[Token], parsed: Parsed) -> Token | None:
    """The side given to, wherever the tree hung its "to"."""
    direct = first(t for t in objects_of(verb, "to") if is_side(t, parsed))
    if direct is not None:
        return direct
    for token in verb.subtree:
        if token.lower_ == "to" and token.i > verb.i and token.tag_ in ("IN", "TO"):
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
            and token.head.lower_ in ("in", "near", "from", "at", "by", "after")
            or token.dep_ == "poss"
        ):
            continue
        for ref in place_refs(token, parsed):
            if (ref.start, ref.end) not in known and not any(s <= ref.start < e for s, e in covered):
                known.add((ref.start, ref.end))
                out.append(replace(ref, parents=()) if token.dep_ == "appos" else ref)
    return with_neighbours(sorted(out, key=lambda r: r.start))


RULES: dict[str, Rule] = {"give": give}
