"""`controlmap actors`: look at and change the sides of a war and the names they go by."""

from __future__ import annotations

import click

from geo.cli.door import Door

ROOMS = {
    verb: f"geo.cli.actors.{verb}:{verb}_command" for verb in ("list", "show", "search", "alias", "unalias", "check")
}


@click.group(cls=Door, rooms=ROOMS)
def actors() -> None:
    """Look at and change the sides of a war and the names they go by.

    A name means an actor in a country and for a time: "the government" of Syria is not the same before and
    after 8 December 2024.
    """
