"""The gazetteer: places, the names they go by, and who lies within whom. Reads, never writes (see `edits`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One place. lat/lon in degrees WGS 84, None where the place is known by name only.

    radius_m: how far from the point the true spot may be (for an area: its half extent).
    """

    id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    radius_m: float
    parent: str | None
    country: str
    population: int = 0
    source: str = ""
    note: str = ""
    layer: str = "workspace"


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place's name. kind: preferred, variant, historic, generic."""

    place: str
    text: str
    language: str
    kind: str = "variant"
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean, how well it fits (0..1) and why."""

    place: Place
    score: float
    because: str
