"""The timeline: claims in, control states out. A pure function; its rules are in docs/timeline.md."""

from __future__ import annotations

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

    controller is None where nobody is reported in control. supporting and conflicting hold claim
    ids, oldest first; sources counts independent publishers; last_reported is the latest
    publication day among the supporting claims.
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
