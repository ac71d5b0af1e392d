"""Gains listed: "among the spoils was X", "the captured towns include X", "the liberated districts are X and Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.frames.frame import Frame, Rule, build, places_of
from geo.frames.nouns import is_class
from geo.frames.parsed import Parsed
from geo.frames.parties import owner
from geo.frames.refs import SideRef
from geo.frames.slots import conjuncts, is_verb
from geo.lexicon import Trigger
from geo.trees import Token


def _gains(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "Among the spoils was the base": what stands behind the verb was taken."""
    if noun.dep_ in ("nsubj", "nsubjpass"):
        yield from _included(noun, trigger, parsed)
        return
    verb = noun.head.head
    if noun.head.lower_ == "among" and is_verb(verb):
        slots = ("dobj",) if verb.lower_ in _COUNTING else ("nsubj", "attr", "nsubjpass")
        heads = [c for c in verb.children if c.dep_ in slots and c.i > verb.i]
        yield from _listed(verb, heads, trigger, parsed, owner(noun, parsed))


_COUNTING = frozenset("counts counted lists listed names named includes included numbers numbered mentions".split())
"""Verbs with which somebody tells of gains: "the statement counts X among them"."""


def _included(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "The gains were made in the north and include X"."""
    for verb in conjuncts(noun.head):
        if is_verb(verb) and verb.lower_ in ("include", "included", "includes") and noun.i < verb.i:
            yield from _listed(verb, [c for c in verb.children if c.dep_ == "dobj"], trigger, parsed)


def _described(participle: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "The captured towns include X": the participle tells what happened to the names behind the verb."""
    noun = participle.head
    verb = noun.head
    if noun.dep_ != "nsubj" or not is_class(noun, "settlement", "quarter", "position", "facility", "area"):
        return
    if is_verb(verb) and noun.i < verb.i and verb.lower_ in _LISTING:
        heads = [c for c in verb.children if c.dep_ in ("attr", "dobj") and c.i > verb.i]
        yield from _listed(verb, heads, trigger, parsed)


_LISTING = frozenset({"was", "were", "is", "are", "include", "included", "includes"})


def _listed(
    verb: Token, heads: list[Token], trigger: Trigger, parsed: Parsed, whose: Token | None = None
) -> Iterator[Frame]:
    places = places_of(heads, parsed)
    if places:
        a, b = parsed.at(verb)
        frame = build(verb, trigger, places, whose, None, parsed, shape="control", strong=True)
        yield frame if frame.taker is not None else replace(frame, taker=SideRef("they", a, b, True, False))


RULES: dict[str, Rule] = {"gains": _gains, "described": _described}
