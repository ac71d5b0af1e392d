"""`controlmap actors list`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.actors import ActorRegistry
from geo.cli import options, output
from geo.cli.actors.shared import COLUMNS, record
from geo.workspace import Workspace


@click.command("list")
@click.option("--country", metavar="CC", help="Only actors of this country's war, as in SY.")
@click.option("--bloc", metavar="BLOC", help="Only actors of this bloc.")
@options.as_json
@options.workspace
def list_command(country: str | None, bloc: str | None, as_json: bool | None, folder: Path | None) -> None:
    """List the actors.

    \b
    Example:
      controlmap actors list --country SY
    """
    registry = ActorRegistry.load(Workspace.find(folder).gazetteer)
    options.known("bloc", bloc, {actor.bloc for actor in registry.actors.values()})
    options.known(
        "country", country and country.upper(), {cc for one in registry.actors.values() for cc in one.countries}
    )
    found = [
        record(actor)
        for actor in registry.actors.values()
        if (country is None or country.upper() in actor.countries) and bloc in (None, actor.bloc)
    ]
    output.rows(found, COLUMNS, as_json, "No actor is like that.")
