"""`controlmap gazetteer`: look at and change the places of a workspace and their names."""

from __future__ import annotations

import click

from geo.cli.door import Door

ROOMS = {
    verb: f"geo.cli.gazetteer.{verb}:{verb}_command"
    for verb in (
        "list",
        "show",
        "search",
        "add",
        "set",
        "alias",
        "unalias",
        "remove",
        "undo",
        "check",
        "unresolved",
        "layers",
    )
}


@click.group(cls=Door, rooms=ROOMS)
def gazetteer() -> None:
    """Look at and change the places of a workspace and the names they go by.

    Changes are written to gazetteer/ at once, whole, in the files' own order, and noted in gazetteer/changes.log.
    They reach the map with the next `controlmap build`.
    """
