"""`controlmap gazetteer remove`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed


@click.command("remove")
@click.argument("place_ids", metavar="ID...|-", nargs=-1, required=True, shell_complete=complete_place)
@edit_options
def remove_command(place_ids: tuple[str, ...], edit: Edit) -> None:
    """Remove places and their spellings. Refused while other places lie in them or mentions are judged to be them.

    With - the ids are read from standard input, one a line, or from JSON lines: all are removed, or none.

    \b
    Examples:
      controlmap gazetteer remove tal-example --why "stood twice"
      controlmap gazetteer list --kind landmark --json | controlmap gazetteer remove - --dry-run
    """
    ids = listed(place_ids, "id")
    with edit.session() as session:
        for place_id in ids:
            edits.remove_place(session, place_id)
    hint = "" if edit.dry_run else "; `controlmap gazetteer undo` brings it back"
    edit.tell(session, [f"{place_id} removed{hint}" for place_id in ids], ids=ids)
