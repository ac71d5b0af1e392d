"""Rules: for each class of trigger word, the function that reads its slots.

Comes from a `Parsed` sentence; yields `Frame`s. A rule returns nothing where its slots do not fit,
and the reason is kept for the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from geo.frames import absent, control, enter, gains, give, lose, mastery, nominal, owned, possess, serial, states, take
from geo.frames.afterwards import in_turn
from geo.frames.beforehand import past_gains
from geo.frames.follow import followed
from geo.frames.frame import Frame, Rule
from geo.frames.fronted import fronted
from geo.frames.parsed import Parsed
from geo.frames.secured import secured
from geo.frames.shared import dated_apart, shared
from geo.frames.slots import is_verb
from geo.lexicon import Trigger, lexicon
from geo.trees import Token

RULES: dict[str, Rule] = {}
for _family in (take, lose, give, enter, states, nominal, control, possess, mastery, gains, serial, absent, owned):
    RULES |= _family.RULES


def frames(parsed: Parsed) -> list[Frame]:
    """Every frame of a sentence, in order of its triggers; the held-words ("rebel-held X") last."""
    out, verb = fronted(parsed)
    words = lexicon().trigger_words
    for token in parsed.tokens:
        if token.i <= verb or token.lower_ not in words:
            continue
        for trigger in _triggers(token, parsed):
            out += RULES[trigger.frame](token, trigger, parsed)
    told = in_turn(shared(dated_apart(out, parsed), parsed), parsed)
    return [*followed(past_gains(secured(told)), parsed), *states.held(parsed)]


def _triggers(token: Token, parsed: Parsed) -> Iterator[Trigger]:
    """What a word can report where it stands: as a verb, or as a noun."""
    if parsed.mention(token) is not None:
        return
    lex = lexicon()
    yield from lex.others.get(token.lower_, ())
    if (is_verb(token) or any(c.dep_ == "agent" for c in token.children)) and token.dep_ != "compound":
        found = lex.verbs.get(token.lower_, ())
        if _adjectival(token, parsed):
            yield from _described(found)
        else:
            yield from found
    elif token.dep_ == "amod" and token.tag_ == "JJ" and token.lower_ in lex.verbs:
        yield from _described(lex.verbs[token.lower_])
    elif token.tag_.startswith("NN") or token.tag_ in ("VBG", "VB"):
        yield from lex.nouns.get(token.lower_, ())


@cache
def _described(triggers: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """What the participles among them report where they only describe a noun."""
    return tuple(replace(t, frame="described") for t in triggers if t.frame in ("take", "clear"))


def _adjectival(verb: Token, parsed: Parsed) -> bool:
    """ "occupied Donbas", "the captured town": a participle that only describes."""
    if verb.tag_ != "VBN" or any(c.dep_ in ("aux", "auxpass", "agent") for c in verb.children):
        return False
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return verb.dep_ == "amod" or (
        following is not None and parsed.mention(following) is not None and verb.dep_ not in ("acl", "ROOT", "conj")
    )


__all__ = ["RULES", "Frame", "frames"]
