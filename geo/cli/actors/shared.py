"""What the actors commands share."""

from __future__ import annotations

from typing import Any

from geo.actors import Actor, ActorRegistry
from geo.cli.door import did_you_mean
from geo.errors import NotFoundError

COLUMNS = ("id", "name", "bloc", "countries", "valid_from", "valid_to")


def actor_of(registry: ActorRegistry, actor_id: str) -> Actor:
    """The actor, or NotFoundError that offers the nearest ids."""
    if actor_id not in registry.actors:
        hint = did_you_mean(actor_id, list(registry.actors))
        raise NotFoundError(f"no actor '{actor_id}'.{hint or ' `controlmap actors search` looks for names.'}")
    return registry.actor(actor_id)


def record(actor: Actor) -> dict[str, Any]:
    """An actor as a flat record."""
    return {
        "id": actor.id, "name": actor.name, "bloc": actor.bloc, "colour": actor.colour, "parent": actor.parent,
        "countries": list(actor.countries),
        "valid_from": actor.valid_from and actor.valid_from.isoformat(),
        "valid_to": actor.valid_to and actor.valid_to.isoformat(),
        "note": actor.note,
    }  # fmt: skip
