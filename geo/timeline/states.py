"""A control state: who is reported to control one place during one interval, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Condition(StrEnum):
    """What is reported of a place during one state."""

    HELD = "held"
    PARTLY_HELD = "partly_held"
    CONTESTED = "contested"
    DISPUTED = "disputed"
    BESIEGED = "besieged"
    VACATED = "vacated"


@dataclass(frozen=True, slots=True)
class ControlState:
    """Who is reported to control a place from `start` to `end` (both included; end None: still so).

    controller is None where nobody is reported in control. rivals are the other sides: those inside
    it, before it, or said to hold it; under `held` they are partners named as joint takers.
    supporting and conflicting hold claim ids, oldest first; sources counts independent publishers;
    last_reported is the latest publication day among the supporting claims. basis says in words what
    decided between reports that disagree, or who took it where the registry does not know the side.
    """

    place_id: str
    start: date
    end: date | None
    controller: str | None
    previous: str | None
    rivals: tuple[str, ...]
    condition: Condition
    supporting: tuple[str, ...]
    conflicting: tuple[str, ...]
    sources: int
    last_reported: date | None
    basis: str = ""

    def covers(self, day: date) -> bool:
        """True where `day` lies inside the interval."""
        return self.start <= day and (self.end is None or day <= self.end)


def state_on(states: Iterable[ControlState], day: date) -> dict[str, ControlState]:
    """The state of every place that has one on `day`, by place id, in the order of the ids."""
    found = {state.place_id: state for state in states if state.covers(day)}
    return dict(sorted(found.items()))
