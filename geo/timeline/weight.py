"""How reports weigh: which sides are one side, which reports are one source, which side admits a loss.

Claims and the actor registry in; camps of agreeing claims, counts and ranks out. Used by `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.claims import Claim

if TYPE_CHECKING:
    from geo.actors import Actor, ActorRegistry


#: Sentences shorter than this (in characters) may well be equal by chance: "Rebels captured the town on Friday."
_COPY = 50


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", (text or "").casefold()))


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """True where the words of `part` stand in `whole` one after another."""
    size = len(part)
    return size > 0 and any(whole[i : i + size] == part for i in range(len(whole) - size + 1))


class Sides:
    """Kinship among actors. Without a registry every actor is kin to itself alone."""

    def __init__(self, registry: ActorRegistry | None = None) -> None:
        self._registry = registry
        self._actors: Mapping[str, Actor] = registry.actors if registry is not None else {}
        self._lines: dict[str, tuple[str, ...]] = {}

    def line(self, actor: str) -> tuple[str, ...]:
        """The actor and those it belongs to, itself first."""
        if actor not in self._lines:
            line: list[str] = []
            step: str | None = actor
            while step is not None and step not in line:
                line.append(step)
                known = self._actors.get(step)
                step = known.parent if known is not None else None
            self._lines[actor] = tuple(line)
        return self._lines[actor]

    def same(self, one: str | None, other: str | None) -> bool:
        """One actor, or one is part of the other (a faction and its coalition)."""
        return one is not None and other is not None and (one in self.line(other) or other in self.line(one))

    def allied(self, one: str | None, other: str | None) -> bool:
        """The same, or parts of one whole."""
        return one is not None and other is not None and self.line(one)[-1] == self.line(other)[-1]

    def last_day(self, actor: str | None) -> date | None:
        """The last day on which the registry knows the actor; None where it has no end."""
        known = self._actors.get(actor) if actor is not None else None
        return known.valid_to if known is not None else None

    def owns_loss(self, claim: Claim) -> bool:
        """True where the side that lost the place is the one who says so."""
        if claim.attribution is None or claim.from_actor is None:
            return False
        if self._registry is not None:
            match = self._registry.match(claim.attribution, claim.date, None)
            if match is not None:
                return self.same(match.actor.id, claim.from_actor)
        said = _words(claim.attribution)
        return any(_within(_words(name), said) for name in (claim.from_text, claim.from_name))


def publishers(claims: Iterable[Claim], evidence: Mapping[str, str]) -> int:
    """How many independent sources stand behind the claims.

    Claims are one source if they have one publisher (or, where none is known, one article), or if their
    evidence, if it is more than a few words, is the same. evidence gives the words by claim id; for a claim
    that it lacks, two sentences count as copies if their lengths and every quoted part of them agree.
    """
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for claim in claims:
        name = " ".join(_words(claim.publisher))
        who = ("publisher", name) if name else ("article", claim.article)
        parent[root(who)] = root(("words", *_print(claim, evidence)))
    return len({root(key) for key in list(parent)})


def _print(claim: Claim, evidence: Mapping[str, str]) -> tuple[object, ...]:
    length = claim.sentence_end - claim.sentence_start
    if length < _COPY:
        return (claim.article,)
    if claim.id in evidence:
        return _words(evidence[claim.id])
    said = (claim.trigger, claim.place_text, claim.from_text, claim.to_text, claim.attribution)
    ends = (claim.evidence_start, claim.evidence_end, claim.sentence_end)
    return (*(_words(text) for text in said), *(end - claim.sentence_start for end in ends))


@dataclass(frozen=True, slots=True)
class Camp:
    """Claims that agree on who has the place: its most specific side first, then partners."""

    sides: tuple[str, ...]
    claims: tuple[Claim, ...]
    admitted: bool
    sources: int

    @property
    def rank(self) -> tuple[bool, int, date]:
        return self.admitted, self.sources, max(claim.date for claim in self.claims if claim.date is not None)


@dataclass(frozen=True, slots=True)
class Scales:
    """What the weighing needs to know beside the claims."""

    sides: Sides
    evidence: Mapping[str, str]
    own_loss: bool = True

    def camps(self, claims: Sequence[Claim]) -> list[Camp]:
        """The claims by the taker (or holder) they name, strongest camp first.

        Allied takers form one camp, unless a claim says that one took the place from the other.
        """
        takers = sorted({claim.to_actor for claim in claims if claim.to_actor is not None})
        groups: list[set[str]] = []
        for taker in takers:
            friends = [group for group in groups if any(self._together(taker, other, claims) for other in group)]
            groups = [group for group in groups if group not in friends] + [{taker}.union(*friends)]
        found = [self._camp([c for c in claims if c.to_actor in group]) for group in groups]
        return sorted(sorted(found, key=lambda camp: camp.sides), key=lambda camp: camp.rank, reverse=True)

    def _together(self, one: str, other: str, claims: Sequence[Claim]) -> bool:
        if not self.sides.allied(one, other):
            return False
        return not any(
            claim.to_actor in (one, other) and claim.from_actor in (one, other) and claim.to_actor != claim.from_actor
            for claim in claims
        )

    def _camp(self, claims: Sequence[Claim]) -> Camp:
        named = {claim.to_actor for claim in claims if claim.to_actor is not None}
        exact = sorted(a for a in named if not any(a != b and a in self.sides.line(b) for b in named))
        behind = {a: publishers([c for c in claims if c.to_actor == a], self.evidence) for a in exact}
        return Camp(
            sides=tuple(sorted(exact, key=lambda actor: -behind[actor])),
            claims=tuple(claims),
            admitted=self.own_loss and any(self.sides.owns_loss(claim) for claim in claims),
            sources=publishers(claims, self.evidence),
        )
