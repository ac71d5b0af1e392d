"""`controlmap gazetteer set`"""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed
from geo.gazetteer.files import PLACE_COLUMNS


def _columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    known = (*PLACE_COLUMNS[1:], "point")
    return [CompletionItem(column) for column in known if column.startswith(incomplete)]


@click.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("place_id", metavar="ID|-", shell_complete=complete_place)
@click.argument("column", shell_complete=_columns)
@click.argument("value")
@edit_options
def set_command(place_id: str, column: str, value: str, edit: Edit) -> None:
    """Set one column of a place; an empty VALUE ("") clears it.

    COLUMN is a column of places.csv, or point for latitude and longitude together. With - for ID the ids are read
    from standard input, one a line or from JSON lines, and the column is set for all of them.

    \b
    Examples:
      controlmap gazetteer set nubl radius_m 1500
      controlmap gazetteer set nubl point "36.3747 36.9957" --why "centre of the town"
      controlmap gazetteer list --within nubl --json | controlmap gazetteer set - country SY
    """
    ids = listed([place_id], "id")
    with edit.session() as session:
        before = {one: edits.set_field(session, one, column, value) for one in ids}
    lines = [f"{one} {column}: {was or '(empty)'} -> {value or '(empty)'}" for one, was in before.items()]
    edit.tell(session, lines, ids=ids, column=column, before=before, after=value)
