"""Fronted: sentences that begin with what happened and end with where it did.

"Lost are A in P and B in Q", "Lost to C: A and B", "Back under the army's control are A and B".

The tree takes the participle, or the "hands", for the subject and the names for anything; the words' order is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.frame import Frame, build
from geo.frames.items import lists
from geo.frames.lists import item_ref, with_neighbours
from geo.frames.parsed import Parsed
from geo.frames.parties import is_side, owner
from geo.frames.refs import PlaceRef, SideRef
from geo.frames.slots import objects_of
from geo.lexicon import Trigger, lexicon
from geo.trees import Token

_BEING = frozenset({"is", "are", "was", "were"})
_LEADS = frozenset(
    "also now back still again newly already firmly once more among those them finally thus safely".split()
)
_REACH = 12
"""Words before the verb in which a fronted predicate fits."""
_KIND = r"(?:towns?|villages?|cit(?:y|ies)|districts?|areas?|neighbou?rhoods?|settlements?)"
_LEAD = re.compile(rf" (?:(?:also|now|again|the|both|nearby|strategic) )*(?:{_KIND} (?:of )?)?")


def fronted(parsed: Parsed) -> tuple[list[Frame], int]:
    """The frames of a sentence told backwards, and the index of its verb; nothing, and -1, where it is not one."""
    verb = next((t for t in parsed.tokens[1 : _REACH + 1] if t.lower_ in _BEING or t.text == ":"), None)
    if verb is None or any(parsed.mention(t) is not None and t.i == 0 for t in parsed.tokens[:1]):
        return [], -1
    places = _behind(verb, parsed)
    found = [*_participle(verb, places, parsed)] if places else []
    if places and verb.text != ":":
        found += _held(verb, places, parsed)
    return (found, verb.i) if found else ([], -1)


def _behind(verb: Token, parsed: Parsed) -> list[PlaceRef]:
    """The names of the list that begins right behind the verb."""
    end = parsed.at(verb)[1] - parsed.start
    for items in lists(parsed):
        if items[0].mention.start >= end:
            lead = parsed.masked.original[end : items[0].mention.start]
            return with_neighbours([item_ref(i, parsed) for i in items]) if _LEAD.fullmatch(lead) else []
    return []


def _participle(verb: Token, places: list[PlaceRef], parsed: Parsed) -> Iterator[Frame]:
    """ "Lost in one day are", "Also captured by A were", "Among those taken are"."""
    for token in parsed.tokens[: verb.i]:
        trigger = _told(token)
        if trigger is None and token.lower_ not in _LEADS:
            return
        if trigger is None:
            continue
        behind = parsed.tokens[token.i + 1 : verb.i]
        sides = {p.lower_: t for p in behind for t in p.children if is_side(t, parsed) and t.i > p.i}
        lost = trigger.frame == "lose"
        taker, loser = (sides.get("to"), sides.get("by")) if lost else (sides.get("by"), sides.get("from"))
        if any(parsed.mention(t) is not None and t not in (taker, loser) for t in behind):
            return
        kind = Kind.WITHDRAWAL if lost and loser is not None and taker is None else trigger.kind
        frame = build(token, trigger, places, taker, loser, parsed, kind=kind)
        a, b = parsed.at(token)
        spoken_of = SideRef("they", a, b, True, False)  # whose gains, or losses, the text was telling
        if taker is None and loser is None:
            frame = replace(frame, loser=spoken_of) if lost else replace(frame, taker=spoken_of)
        yield frame
        return


def _told(token: Token) -> Trigger | None:
    found = (t for t in lexicon().verbs.get(token.lower_, ()) if t.frame in ("take", "clear", "lose"))
    return next(found, None) if token.lower_.endswith(("ed", "en", "st", "ght", "on", "un")) else None


def _held(verb: Token, places: list[PlaceRef], parsed: Parsed) -> Iterator[Frame]:
    """ "Back under A's control are", "Now in the hands of A are", "Gone from A's hands are"."""
    before = parsed.tokens[: verb.i]
    words = {t.lower_ for t in before}
    noun = next((t for t in before if is_control(t)), None)
    trigger = next((t for t in lexicon().nouns.get(noun.lower_, ()) if t.frame == "control"), None) if noun else None
    if noun is None or trigger is None or words.isdisjoint(_INSIDE):
        return
    if before[0].lower_ not in _LEADS | _INSIDE | _LOST:
        return
    holder = next((t for t in objects_of(noun, "of") if is_side(t, parsed)), None) or owner(noun, parsed)
    if any(parsed.mention(t) is not None and t is not holder for t in before):
        return
    words |= {t.lower_ for t in parsed.tokens[verb.i + 1 : verb.i + 2]}
    gone = not words.isdisjoint(_LOST)
    kind = Kind.WITHDRAWAL if gone else Kind.HOLD
    if not gone and not words.isdisjoint({"back", "again"}):
        kind = Kind.RECAPTURE
    elif not gone and "now" in words:
        kind = Kind.CAPTURE
    taker, loser = (None, holder) if gone else (holder, None)
    yield build(verb, trigger, places, taker, loser, parsed, kind=kind, shape="control", strong=True)


_INSIDE = frozenset({"under", "in", "within", "from", "of"})
_LOST = frozenset({"out", "gone", "lost", "slipped"})
