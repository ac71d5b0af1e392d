"""Actors: the sides of the wars, and the names that mean them at a date, in a country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Actor:
    """A side. bloc groups sides of one colour; colour is #rrggbb; validity bounds are inclusive."""

    id: str
    name: str
    bloc: str
    colour: str
    parent: str | None = None
    countries: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name of an actor; "the government" is a name that holds in a country for a time."""

    actor: str
    text: str
    country: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    role: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """The actor that words mean, and why."""

    actor: Actor
    because: str
