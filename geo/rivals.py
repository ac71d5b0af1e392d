"""Rivals: which of an article's mentions of sides are enemies of a side, there and then, and how much each weighs.

The registry's conflicts decide; where it knows of no fight, the blocs of the sides do. Kin count as one, foreign
helpers for less, and the enemies a country's war is mainly fought with for more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from geo.actors import Actor, ActorRegistry
from geo.bearing import joins
from geo.discourse import Discourse, Said
from geo.lexicon import lexicon
from geo.sides import Scene

STATES = frozenset({"government", "new-government"})
INSURGENTS = "insurgents"
_ALLIED = frozenset({"opposition", "islamist", "turkish-backed"})
"""Blocs that fought on one side in most wars without rows of their own; fighting each other, they are named."""


class Rivals:
    """The enemies of a side among the mentions of one article."""

    def __init__(self, discourse: Discourse, actors: ActorRegistry) -> None:
        self._discourse, self._actors = discourse, actors

    def rivals(self, a: Actor, b: Actor, scene: Scene) -> bool:
        """Whether two sides fight each other there and then; where the registry knows of no fight, by their blocs."""
        if self._actors.kin(a.id, b.id) or not b.exists_on(scene.day):
            return False
        fought = self._actors.fights(a.id, b.id, scene.day, scene.country)
        if fought is not None:
            return fought
        if {a.bloc, b.bloc} <= _ALLIED or a.bloc == b.bloc or self._actors.allied(a.id, b.id, scene.day):
            return False
        return not (scene.country and b.countries and scene.country not in b.countries)

    def means(self, said: Said, actor: Actor, scene: Scene) -> bool:
        found = self._actors.match(said.text, scene.day, scene.country)
        return found is not None and found.actor.id == actor.id

    def named(self, known: Actor, sides: Iterable[Said], scene: Scene) -> Counter[Actor]:
        """The enemies of a side among mentions, weighed: foreign helpers count for less. Kin count as one."""
        out: Counter[Actor] = Counter()
        for said in sides:
            if self._discourse.is_out(said) or self._discourse.only_describes(said):
                continue
            found = self._actors.match(said.text, scene.day, scene.country)
            if found is not None and self.rivals(known, found.actor, scene):
                out[found.actor] += 1 if found.actor.bloc in ("foreign", "international") else 3
        return out

    def told(self, known: Actor, sides: list[Said], scene: Scene) -> Counter[Actor]:
        """The enemies that the mentions of one sentence name, allies as one side: the main ones where there is one."""
        return self.main(known, self._as_one(self.named(known, sides, scene), sides, scene), scene)

    def unnamed(self, known: Actor, scene: Scene) -> Counter[Actor]:
        """ "terrorists", "militants" without a name, in the mouth of a state: its insurgents."""
        out: Counter[Actor] = Counter()
        meant = self._actors.match(INSURGENTS, scene.day, scene.country) if known.bloc in STATES else None
        if meant is None or not self.rivals(known, meant.actor, scene):
            return out
        for said in self._discourse.sides():
            vague = lexicon().is_class(said.text.split()[-1].lower(), "loaded")
            if vague and self._actors.match(said.text, scene.day, scene.country) is None:
                out[meant.actor] += 3
        return out

    def main(self, known: Actor, found: Counter[Actor], scene: Scene) -> Counter[Actor]:
        """Of enemies found the main ones, where there is one among them."""
        main = {e.actor for e in self._actors.enemies(known.id, scene.day, scene.country) if e.main}
        kept = Counter({a: n for a, n in found.items() if not main.isdisjoint(self._actors.family(a.id))})
        return kept or found

    def are_main(self, known: Actor, found: Counter[Actor], scene: Scene) -> bool:
        """Whether enemies are main ones; where the registry knows of no fight, any rival is."""
        enemies = self._actors.enemies(known.id, scene.day, scene.country)
        main = {e.actor for e in enemies if e.main}
        return not enemies or all(not main.isdisjoint(self._actors.family(a.id)) for a in found)

    def _as_one(self, found: Counter[Actor], sides: list[Said], scene: Scene) -> Counter[Actor]:
        """ "X and allied rebels were killed": allies told in one breath are one side, and go by the first name."""
        if len(found) != 2 or not all(actor.bloc in _ALLIED for actor in found):
            return found
        for a, b in pairwise(sides):
            first = self._actors.match(a.text, scene.day, scene.country)
            other = self._actors.match(b.text, scene.day, scene.country)
            if first is None or other is None or {first.actor, other.actor} != set(found):
                continue
            if joins(self._discourse.between(a.end, b.start)):
                return Counter({first.actor: found.total()})
        return found

    def kin_as_one(self, weighed: Counter[Actor]) -> Counter[Actor]:
        """A faction's weight goes to the side it is part of, where that is named too."""
        out: Counter[Actor] = Counter()
        for actor, n in weighed.items():
            above = [self._actors.actor(i) for i in self._actors.family(actor.id)[1:]]
            out[next((side for side in above if side in weighed), actor)] += n
        return out
