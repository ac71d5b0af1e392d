"""Conflicts: who fights whom, in which country, and when.

Reads rows of actor_conflicts.csv; answers which sides stand against one on a day. A row of a side
holds for its members too: what fights "Syrian rebels" fights Ahrar al-Sham. Where a country has no
row for a side nothing is known of its enemies there, and the answer is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.actors.model import Actor


@dataclass(frozen=True, slots=True)
class Conflict:
    """side fights each of against in a country, while it lasts (bounds inclusive).

    also: its lesser enemies, and allies of the main ones: nobody is taken to mean them who is not named.
    retakes: what side takes from them is ground it held when the war began, and taking it is told as retaking.
    """

    country: str
    side: str
    against: tuple[str, ...]
    also: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    retakes: bool = False
    note: str = ""

    def holds_on(self, day: date | None) -> bool:
        """Whether the conflict is on at the day; on an unknown day any may be."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Enemy:
    """A side that fights another. main: it may be meant where nobody is named; retakes: see `Conflict`."""

    actor: str
    main: bool
    retakes: bool


class Conflicts:
    """The conflicts of a registry, by country."""

    def __init__(self, rows: Iterable[Conflict], actors: Mapping[str, Actor]) -> None:
        self._actors = actors
        self._known: dict[tuple[str, date | None, str | None], tuple[Enemy, ...]] = {}
        self._rows: dict[str, list[Conflict]] = defaultdict(list)
        for row in rows:
            self._rows[row.country].append(row)

    def against(self, actor_id: str, on: date | None, country: str | None) -> tuple[Enemy, ...]:
        """The sides that fight an actor, the main ones first."""
        key = (actor_id, on, country)
        if key not in self._known:
            self._known[key] = self._against(*key)
        return self._known[key]

    def _against(self, actor_id: str, on: date | None, country: str | None) -> tuple[Enemy, ...]:
        mine = set(self._family(actor_id))
        own = self._has_own(actor_id, country or "", on)
        found: dict[str, Enemy] = {}
        for row in self._rows.get(country or "", ()):
            if not row.holds_on(on):
                continue
            for main, others in ((True, row.against), (False, row.also)):
                for other in others:
                    if row.side in mine:
                        _keep(found, Enemy(other, main and (row.side == actor_id or not own), row.retakes))
                    if other in mine:
                        _keep(found, Enemy(row.side, main and not self._has_own(other, row.country, on), False))
        kin = [other for other in found if other in mine or actor_id in self._family(other)]
        for other in kin:
            del found[other]
        return tuple(sorted(found.values(), key=lambda enemy: not enemy.main))

    def _has_own(self, actor_id: str, country: str, on: date | None) -> bool:
        """Whether a side has rows of its own there and then, which say who its main enemies are."""
        return any(row.side == actor_id and row.against and row.holds_on(on) for row in self._rows.get(country, ()))

    def allied(self, a: str, b: str, on: date | None) -> bool:
        """Whether two sides share a main enemy somewhere and do not fight each other there."""
        for country in self._rows:
            mine, theirs = self.against(a, on, country), self.against(b, on, country)
            if any(e.actor in (b, *self._family(b)) for e in mine):
                return False
            if {e.actor for e in mine if e.main} & {e.actor for e in theirs if e.main}:
                return True
        return False

    def any_in(self, country: str, on: date | None) -> bool:
        """Whether any conflict is on in a country on a day."""
        return any(row.holds_on(on) for row in self._rows.get(country, ()))

    def _family(self, actor_id: str) -> Iterable[str]:
        at: str | None = actor_id
        while at is not None:
            yield at
            at = self._actors[at].parent


def _keep(found: dict[str, Enemy], enemy: Enemy) -> None:
    old = found.get(enemy.actor)
    if old is None:
        found[enemy.actor] = enemy
    else:
        found[enemy.actor] = Enemy(enemy.actor, old.main or enemy.main, old.retakes or enemy.retakes)
