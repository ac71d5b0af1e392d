"""`controlmap gazetteer`: look at and change the places of a workspace and their names."""

from __future__ import annotations

import click

from geo.cli.door import Door

VERBS = (
    "list show search add set alias unalias move merge split remove",
    "check unresolved judge lookup import export log undo layers",
)
ROOMS = {verb: f"geo.cli.gazetteer.{verb}:{verb}_command" for verb in " ".join(VERBS).split()}
ROOMS["import"] = "geo.cli.gazetteer.importing:import_command"


@click.group(cls=Door, rooms=ROOMS)
def gazetteer() -> None:
    """Look at and change the places of a workspace and the names they go by.

    A change is checked, written whole or not at all, in the files' own order, noted in gazetteer/changes.log with
    who, when and why, and can be taken back with `undo`. After it you are told which claims it would move, bring to
    the map or take from it. It reaches the map with the next `controlmap build`.
    """
