"""`controlmap actors search`"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from geo.actors import ActorRegistry
from geo.cli import options, output
from geo.cli.actors.shared import record
from geo.names import plain
from geo.workspace import Workspace


@click.command("search")
@click.argument("text")
@click.option("--country", metavar="CC", help="In an article about this country, as in SY.")
@click.option("--on", "day", type=options.Day(), metavar="DATE", help="On this day.")
@options.as_json
@options.workspace
def search_command(text: str, country: str | None, day: date | None, as_json: bool | None, folder: Path | None) -> None:
    """Say which actor words mean, in a country and on a day, and list the actors whose names hold the words.

    \b
    Examples:
      controlmap actors search "the government" --country SY --on 2025-06-01
      controlmap actors search peshmerga
    """
    registry = ActorRegistry.load(Workspace.find(folder).gazetteer)
    found = {}
    match = registry.match(text, day, country)
    if match is not None:
        found[match.actor.id] = record(match.actor) | {"because": match.because}
    key = plain(text)
    named = [(actor.id, actor.name) for actor in registry.actors.values()]
    for actor_id, name in [*named, *((name.actor, name.text) for name in registry.names)]:
        if key in plain(name) and actor_id not in found:
            found[actor_id] = record(registry.actor(actor_id)) | {"because": f"has the name {name}"}
    columns = ("id", "name", "bloc", "countries", "because")
    output.rows(found.values(), columns, as_json, f"No actor goes by '{text}'.")
