"""Kinds: whether what was taken was taken back.

The words of a frame decide first. Where they leave it open ("captured", "drove out") the sides do: a
state that drives insurgents out, a side that takes ground it held when the war began, or ground that the
article tells it lost, takes it back.
"""

from __future__ import annotations

from geo.actors import Actor, ActorRegistry
from geo.claims import Kind
from geo.frames.rules import Frame
from geo.lexicon import lexicon
from geo.sides import Scene, Side

_EXPELLING = frozenset({"expel", "nominal_expel", "clear"})
_SELF_RULED = frozenset({"government", "foreign", "rival-government", "kurdish-led"})
"""Blocs that hold what they hold as their own ground: driving them out is taking, not taking back."""


def families(frame: Frame) -> frozenset[str]:
    """The frame families of a frame's trigger word."""
    word, lex = frame.trigger.lower_, lexicon()
    return frozenset(trigger.frame for table in (lex.verbs, lex.nouns, lex.others) for trigger in table.get(word, ()))


def settled_kind(kind: Kind, scene: Scene, taker: Side, loser: Side, actors: ActorRegistry) -> Kind:
    """The kind of a change, its sides known."""
    if taker.actor is None:
        return kind
    if kind is Kind.RECAPTURE and scene.frame.trigger.lower_.startswith(("liberat", "free")):
        return kind if _is_state(taker.actor, scene, actors) else Kind.CAPTURE
    if kind is Kind.CAPTURE and _takes_back(scene, taker.actor, loser.actor, actors):
        return Kind.RECAPTURE
    return kind


def _takes_back(scene: Scene, taker: Actor, loser: Actor | None, actors: ActorRegistry) -> bool:
    for enemy in actors.enemies(taker.id, scene.day, scene.country):
        if enemy.retakes and loser is not None and enemy.actor in actors.family(loser.id):
            return True
    drives_out = not _EXPELLING.isdisjoint(families(scene.frame)) and _is_state(taker, scene, actors)
    return drives_out and (loser is None or loser.bloc not in _SELF_RULED)


def _is_state(actor: Actor, scene: Scene, actors: ActorRegistry) -> bool:
    state = actors.government(scene.country or "", scene.day)
    return state is not None and state.id == actor.id
