"""Actors: the sides of the wars, and the names that mean them at a date, in a country.

`ActorRegistry.load(folder)` reads actors.csv and actor_names.csv; `ActorRegistry.match` says which
actor a phrase of an article means, and why.
"""

from geo.actors.model import Actor, ActorMatch, ActorName
from geo.actors.registry import ActorRegistry

__all__ = ["Actor", "ActorMatch", "ActorName", "ActorRegistry"]
