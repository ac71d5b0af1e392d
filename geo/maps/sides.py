"""Sides: how each actor of a build looks, on all its pages alike.

The bloc decides colour and shape, so that the shape repeats what the colour says. Sides of one bloc are told
apart by a mark cut out of the shape: the one with the most reports has none. A side that the registry does not
know is a shield with its words for a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from geo.actors import ActorRegistry
from geo.claims import Claim
from geo.maps.quotes import clean
from geo.timeline import ControlState

# One shape a bloc, in the order in which blocs appear in the registry; after these they repeat.
SHAPES = ("circle", "square", "diamond", "triangle", "pentagon", "down", "hexagon", "cross", "star")
# Marks cut out of a shape: none, dot, bar, upright bar, ring. Beyond these, sides of one bloc look alike.
CUTS = 5
NOBODY = {"name": "Nobody reported", "bloc": "", "colour": "#8a8a84", "shape": "circle", "cut": 0}
# Yellow is the one colour of Okabe and Ito's palette that no bloc of the registry has.
UNKNOWN = {"bloc": "not in the registry of sides", "colour": "#f0e442", "shape": "shield"}
LONGEST = 60  # characters of the words for a side; they are the reader's only name for it


class Sides:
    """The looks of the sides of one build."""

    def __init__(self, claims: Iterable[Claim], states: Iterable[ControlState], registry: ActorRegistry) -> None:
        counts: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for claim in claims:
            counts.update(side for side in (claim.from_actor, claim.to_actor) if side is not None)
            if claim.to_actor is None and claim.to_text:
                words[unknown(claim.to_text)] += 1
        for state in states:
            counts.update(side for side in (state.controller, state.previous, *state.rivals) if side is not None)
        blocs = list(dict.fromkeys(actor.bloc for actor in registry.actors.values()))
        self._looks: dict[str, dict[str, Any]] = {"": NOBODY}
        taken: dict[tuple[str, str], int] = defaultdict(int)
        for side in sorted(counts, key=lambda one: (-counts[one], one)):
            actor = registry.actors.get(side)
            if actor is None:
                self._looks[side] = {**NOBODY, "name": clean(side)}
                continue
            shape = SHAPES[blocs.index(actor.bloc) % len(SHAPES)]
            look = {"name": clean(actor.name), "bloc": clean(actor.bloc), "colour": actor.colour, "shape": shape}
            self._looks[side] = {**look, "cut": taken[actor.colour, shape] % CUTS}
            taken[actor.colour, shape] += 1
        for at, side in enumerate(sorted(words, key=lambda one: (-words[one], one))):
            self._looks[side] = {**UNKNOWN, "name": f"“{side[1:]}”", "cut": at % CUTS}

    def looks(self, used: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The looks of these sides and of nobody, by id."""
        return {side: self._looks[side] for side in sorted({"", *used}) if side in self._looks}


def unknown(words: str) -> str:
    """The id of a side that the registry does not know: its words, which no actor's id can be."""
    plain = clean(words).strip()
    return "?" + (plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…")
