"""A frame: one reported event or state, with its places, sides and status. Rules build it, `reading` settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from geo.claims import Kind, Reason, Status
from geo.frames.lists import place_refs, with_neighbours
from geo.frames.opening import placed
from geo.frames.parsed import Parsed
from geo.frames.parties import is_civil, no_side, side_ref
from geo.frames.refs import PlaceRef, SideRef
from geo.frames.slots import is_verb, objects_of
from geo.frames.status import status
from geo.lexicon import Trigger
from geo.trees import Token


@dataclass(frozen=True)
class Frame:
    """One reported event or state. trigger is the token that carries it.

    beside: the token its date stands by, where one verb tells of several days ("took X on Sunday and Y on Monday").
    """

    trigger: Token
    word: str
    kind: Kind
    places: tuple[PlaceRef, ...]
    taker: SideRef | None
    loser: SideRef | None
    status: Status
    status_word: str
    strong: bool
    shape: str = "verb"
    reason: Reason | None = None
    beside: Token | None = None
    notes: tuple[str, ...] = field(default=())


Rule = Callable[[Token, Trigger, Parsed], Iterator[Frame]]


def build(
    token: Token,
    trigger: Trigger,
    places: list[PlaceRef],
    taker: Token | None,
    loser: Token | None,
    parsed: Parsed,
    kind: Kind | None = None,
    **more: Any,
) -> Frame:
    places = placed(token, _with_members(token, places, parsed) if is_verb(token) else places, parsed)
    state, word = status(token)
    voted = any(t.lower_ in _VOTES for t in objects_of(token, "at", "in")) if is_verb(token) else False
    other = voted or not trigger.strong and parsed.of_other_field
    leaver = loser if (kind or trigger.kind) is Kind.WITHDRAWAL else None
    reason = Reason.NOT_CONTROL if other or no_side(taker, parsed) or is_civil(leaver, parsed) else None
    base = Frame(
        token,
        token.text,
        kind or trigger.kind,
        tuple(places),
        side_ref(taker, parsed) if taker is not None else None,
        side_ref(loser, parsed) if loser is not None else None,
        state,
        word,
        trigger.strong,
        reason=reason,
    )
    return replace(base, **more) if more else base


_VOTES = frozenset("polls poll election elections vote ballot referendum primaries primary".split())
"""Where places are won by votes: "seized X at the polls"."""


def _with_members(verb: Token, places: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """The places, and those of an "including" that the tree hung on the verb itself."""
    if not places or "including" not in parsed.forms:
        return places
    told = {(p.start, p.end) for p in places}
    members = [p for p in places_of(objects_of(verb, "including"), parsed) if p.text and (p.start, p.end) not in told]
    return [*places, *members]


def places_of(heads: Iterator[Token] | list[Token], parsed: Parsed) -> list[PlaceRef]:
    seen: dict[tuple[int, int], PlaceRef] = {}
    for head in heads:
        for ref in place_refs(head, parsed):
            seen.setdefault((ref.start, ref.end), ref)
    return with_neighbours(list(seen.values()))


def first(tokens: Iterator[Token]) -> Token | None:
    return next(tokens, None)
