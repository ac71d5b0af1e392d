"""Actors: the sides of the wars, and the names that mean them at a date, in a country.

`ActorRegistry.load(folder)` reads actors.csv, actor_names.csv and actor_conflicts.csv;
`ActorRegistry.match` says which actor a phrase of an article means, and why; `enemies` who fights whom.
"""

from geo.actors.conflicts import Conflict, Enemy
from geo.actors.model import Actor, ActorMatch, ActorName
from geo.actors.registry import ActorRegistry

__all__ = ["Actor", "ActorMatch", "ActorName", "ActorRegistry", "Conflict", "Enemy"]
