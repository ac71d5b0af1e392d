"""`controlmap actors alias`"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("alias")
@click.argument("actor_id", metavar="ID")
@click.argument("text")
@click.option("--country", metavar="CC", help="Holds in articles about this country only, as in SY.")
@click.option("--from", "valid_from", type=options.Day(), metavar="DATE", help="First day with this meaning.")
@click.option("--to", "valid_to", type=options.Day(), metavar="DATE", help="Last day.")
@click.option("--role", is_flag=True, help="A role word, as in 'the army'; needs --country.")
@click.option("--note", default="", help="What an editor should know.")
@why
@options.workspace
def alias_command(
    actor_id: str,
    text: str,
    country: str | None,
    valid_from: date | None,
    valid_to: date | None,
    role: bool,
    note: str,
    why: str,
    folder: Path | None,
) -> None:
    """Add a name that articles use for an actor.

    \b
    Example:
      controlmap actors alias sdf "the Kurdish-led alliance" --country SY --role --from 2015-10-10
    """
    edits.add_actor_name(
        own_folder(folder), actor_id, text, country=country, valid_from=valid_from, valid_to=valid_to, role=role,
        note=note, why=why,
    )  # fmt: skip
    click.echo(f"{actor_id}: {text}")
