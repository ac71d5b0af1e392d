"""`controlmap actors show`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.actors import ActorRegistry
from geo.cli import options, output
from geo.cli.actors.shared import actor_of, record
from geo.workspace import Workspace


@click.command("show")
@click.argument("actor_id", metavar="ID")
@options.as_json
@options.workspace
def show_command(actor_id: str, as_json: bool | None, folder: Path | None) -> None:
    """Show all that is known of an actor, with every name it goes by.

    \b
    Example:
      controlmap actors show sdf
    """
    registry = ActorRegistry.load(Workspace.find(folder).gazetteer)
    actor = actor_of(registry, actor_id)
    known = record(actor) | {
        "names": [
            {
                "text": name.text,
                "country": name.country,
                "valid_from": name.valid_from and name.valid_from.isoformat(),
                "valid_to": name.valid_to and name.valid_to.isoformat(),
                "role": "role" if name.role else None,
            }
            for name in registry.names
            if name.actor == actor.id
        ]
    }
    output.record(known, as_json)
